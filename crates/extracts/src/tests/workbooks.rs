//! Annex A from workbooks, as spreadsheet programs write them.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::{reading_of, records, rows, says, totals, try_reading};
use crate::Collection::AnnexA;
use crate::Refusal;

const HEADINGS: [&str; 7] = [
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age of Child (Years)",
    "Date of Contact",
    "Contact Source",
];

fn headings(sheet: &mut Worksheet, row: u32) {
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write(row, column, heading).expect("a heading");
    }
}

fn date(year: u16, month: u8, day: u8) -> ExcelDateTime {
    ExcelDateTime::from_ymd(year, month, day).expect("a date")
}

fn contact(sheet: &mut Worksheet, row: u32, child: impl rust_xlsxwriter::IntoExcelData) {
    let format = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write(row, 0, child).expect("a cell");
    sheet.write(row, 1, "b) Female").expect("a cell");
    sheet.write(row, 2, "a) WBRI").expect("a cell");
    sheet.write_with_format(row, 3, date(2016, 2, 1), &format).expect("a cell");
    sheet.write(row, 4, 10).expect("a cell");
    sheet.write_with_format(row, 5, date(2026, 3, 3), &format).expect("a cell");
    sheet.write(row, 6, "q) 6: Police").expect("a cell");
}

fn saved(mut workbook: Workbook) -> Vec<u8> {
    workbook.save_to_buffer().expect("a workbook")
}

const FIELDS: [&str; 2] = ["received_on", "source"];

#[test]
fn a_sheet_with_titles_above_and_any_name_is_read() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Sheet one").expect("a name");
    sheet.write(0, 0, "Annex A, contacts").expect("a cell");
    sheet.write(1, 1, "Snapshot 31/05/2026").expect("a cell");
    headings(sheet, 3);
    contact(sheet, 4, "00123");
    contact(sheet, 5, 456);
    contact(sheet, 8, "789");
    let reading = reading_of(AnnexA, &[("annex.xlsx", &saved(workbook))]);
    assert_eq!(
        records(&reading.records, "contact", &FIELDS),
        ["00123 2026-03-03 6", "456 2026-03-03 6", "789 2026-03-03 6"]
    );
    assert_eq!(rows(&reading, "F09", "List 1"), [2, 3]);
    assert_eq!(totals(&reading, "List 1"), (5, 3, 2));
    assert_eq!(records(&reading.records, "child", &["born_on"])[0], "00123 2016-02-01");
}

#[test]
fn a_hidden_sheet_is_read_and_said_to_be_hidden() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Cover").expect("a name");
    let sheet = workbook.add_worksheet().set_name("List 1").expect("a name").set_hidden(true);
    headings(sheet, 0);
    contact(sheet, 1, "1");
    let reading = reading_of(AnnexA, &[("annex.xlsx", &saved(workbook))]);
    assert_eq!(records(&reading.records, "contact", &FIELDS), ["1 2026-03-03 6"]);
    assert!(says(&reading, "F08"));
    assert!(!says(&reading, "F02"), "a sheet with nothing in it is nothing to speak of");
}

#[test]
fn a_workbook_that_counts_from_1904_gives_the_same_days() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    headings(sheet, 0);
    contact(sheet, 1, "1");
    // The day of contact as a workbook that counts from 1904 has it, once as a date and once as a plain number.
    let format = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_with_format(1, 5, 44_622.0, &format).expect("a cell");
    sheet.write(1, 3, 40_939.0).expect("a cell");
    let bytes = replaced(&saved(workbook), "xl/workbook.xml", |text| {
        text.replace("<workbookPr", "<workbookPr date1904=\"1\"")
    });
    let reading = reading_of(AnnexA, &[("annex.xlsx", &bytes)]);
    assert_eq!(records(&reading.records, "contact", &["received_on"]), ["1 2026-03-03"]);
    assert_eq!(records(&reading.records, "child", &["born_on"]), ["1 2016-02-01"]);
}

#[test]
fn a_formula_is_read_as_the_value_stored_with_it_and_reported() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    headings(sheet, 0);
    contact(sheet, 1, "1");
    contact(sheet, 2, "2");
    sheet.write(1, 4, Formula::new("=5+5").set_result("10")).expect("a cell");
    sheet.write(2, 5, Formula::new("=NOW()").set_result("")).expect("a cell");
    let reading = reading_of(AnnexA, &[("annex.xlsx", &saved(workbook))]);
    assert_eq!(rows(&reading, "F06", "List 1"), [0, 1]);
    assert!(rows(&reading, "S07", "List 1").is_empty());
    let shown = records(&reading.records, "contact", &["received_on"]);
    assert!(shown == ["1 2026-03-03", "2 ?"] || shown == ["1 2026-03-03", "2 -"], "{shown:?}");
}

#[test]
fn what_a_spreadsheet_calls_an_error_is_unreadable_and_a_failed_look_up_is_blank() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    headings(sheet, 0);
    contact(sheet, 1, "1");
    contact(sheet, 2, "2");
    sheet.write(1, 5, Formula::new("=A1/0").set_result("#DIV/0!")).expect("a cell");
    sheet.write(2, 6, Formula::new("=NA()").set_result("#N/A")).expect("a cell");
    let reading = reading_of(AnnexA, &[("annex.xlsx", &saved(workbook))]);
    assert_eq!(records(&reading.records, "contact", &FIELDS), ["1 ? 6", "2 2026-03-03 -"]);
}

#[test]
fn two_sheets_of_one_list_are_one_list() {
    let mut workbook = Workbook::new();
    for (name, child) in [("North", "1"), ("South", "2")] {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        headings(sheet, 0);
        contact(sheet, 1, child);
    }
    let reading = reading_of(AnnexA, &[("annex.xlsx", &saved(workbook))]);
    assert_eq!(totals(&reading, "List 1"), (2, 2, 0));
    let sheets: Vec<_> = reading.lists[0].parts.iter().filter_map(|part| part.sheet.as_deref()).collect();
    assert_eq!(sheets, ["North", "South"]);
    assert!(says(&reading, "F14"));
}

#[test]
fn macros_are_said_to_be_there_and_links_to_other_files_refuse_the_workbook() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    headings(sheet, 0);
    contact(sheet, 1, "1");
    let bytes = saved(workbook);
    let with_macros = with_part(&bytes, "xl/vbaProject.bin", b"macros");
    assert!(says(&reading_of(AnnexA, &[("annex.xlsm", &with_macros)]), "F07"));
    let with_links = with_part(&bytes, "xl/externalLinks/externalLink1.xml", b"<externalLink/>");
    let refusal = try_reading(AnnexA, &[("annex.xlsx", &with_links)]).expect_err("a refusal");
    assert_eq!(refusal, Refusal::ExternalLinks { file: "annex.xlsx".into() });
}

#[test]
fn an_open_document_is_a_workbook_too() {
    let cells = |cells: &[&str]| {
        let cell = |text: &&str| match text.strip_prefix("date:") {
            Some(date) => format!(
                "<table:table-cell office:value-type=\"date\" office:date-value=\"{date}\"><text:p>{date}</text:p></table:table-cell>"
            ),
            None => format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
            ),
        };
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
         <office:spreadsheet><table:table table:name=\"List 1\">{}{}</table:table></office:spreadsheet></office:body>\
         </office:document-content>",
        cells(&HEADINGS),
        cells(&["007", "M", "WBRI", "date:2016-02-01", "10", "date:2026-03-03", "6"])
    );
    let manifest = "<manifest:manifest xmlns:manifest=\"m\"></manifest:manifest>";
    let bytes = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ]);
    let reading = reading_of(AnnexA, &[("annex.ods", &bytes)]);
    assert_eq!(records(&reading.records, "contact", &FIELDS), ["007 2026-03-03 6"]);
}

/// A zip archive of some parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

fn parts_of(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for number in 0..zip.len() {
        let mut entry = zip.by_index(number).expect("a part");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        parts.push((entry.name().expect("a name").into_owned(), bytes));
    }
    parts
}

/// The same archive with a part more.
pub fn with_part(bytes: &[u8], name: &str, part: &[u8]) -> Vec<u8> {
    let mut parts = parts_of(bytes);
    parts.push((name.to_owned(), part.to_vec()));
    archive(&parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

fn replaced(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = parts_of(bytes);
    for (_, part) in parts.iter_mut().filter(|(other, _)| other == name) {
        *part = change(std::str::from_utf8(part).expect("text")).into_bytes();
    }
    archive(&parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}
