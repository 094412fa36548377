//! Workbooks: xlsx and xlsm cell by cell from the sheet, xls and ods as a whole. Hidden sheets are sheets too.
//!
//! Macros are never run and links to other files are refused; formulas are read as the value stored with them.

use std::io::Cursor;

use calamine::{
    CellErrorType, Data, DataRef, Ods, Reader, Sheet as SheetName, SheetType, SheetVisible, Xls, Xlsx,
};

use super::archive::Archive;
use super::sheet::Sheet;
use super::{Gathered, Note};
use crate::NamedFile;
use crate::cell::{Calendar, Raw};
use crate::refusal::Refusal;

/// Reads a zip archive as the workbook it is, or notes that it is something else.
pub fn read_archive(
    gathered: &mut Gathered,
    number: u32,
    file: &NamedFile<'_>,
) -> Result<&'static str, Refusal> {
    let mut archive = Archive::open(file.name, file.bytes)?;
    if archive.has(|name| name.ends_with("vbaProject.bin") || name.starts_with("Basic/")) {
        gathered.note(Note::Macros, number, None, None, None);
    }
    if archive.has(|name| name == "xl/workbook.xml") {
        if archive.has(|name| name.starts_with("xl/externalLinks/")) {
            return Err(Refusal::ExternalLinks { file: file.name.to_owned() });
        }
        read_new(gathered, number, file)?;
        return Ok("a workbook");
    }
    if is_open_document(&mut archive) {
        if links_outside(&mut archive) {
            return Err(Refusal::ExternalLinks { file: file.name.to_owned() });
        }
        read_open_document(gathered, number, file)?;
        return Ok("an OpenDocument workbook");
    }
    gathered.note(Note::OtherKind, number, None, None, None);
    let word = archive.has(|name| name.starts_with("word/"));
    let binary = archive.has(|name| name == "xl/workbook.bin");
    Ok(match (word, binary) {
        (true, _) => "a Word document",
        (_, true) => "a binary workbook (save it as .xlsx)",
        _ => "an archive (unpack it and give the files in it)",
    })
}

fn is_open_document(archive: &mut Archive<'_>) -> bool {
    const KIND: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    archive.beginning("mimetype", 100).is_some_and(|kind| kind.starts_with(KIND))
}

/// OpenDocument names a table's source in another file in the table itself.
fn links_outside(archive: &mut Archive<'_>) -> bool {
    const LOOKED_AT: u64 = 64 * 1_000_000;
    const SIGNS: [&[u8]; 2] = [b"<table:table-source", b"'file://"];
    let content = archive.beginning("content.xml", LOOKED_AT).unwrap_or_default();
    SIGNS.iter().any(|sign| content.windows(sign.len()).any(|window| window == *sign))
}

fn read_new(gathered: &mut Gathered, number: u32, file: &NamedFile<'_>) -> Result<(), Refusal> {
    let mut workbook =
        Xlsx::new(Cursor::new(file.bytes)).map_err(|_| damaged(file, "its workbook cannot be read"))?;
    let calendar = calendar(workbook.has_1904_epoch());
    for name in sheets(gathered, number, workbook.sheets_metadata()) {
        let mut cells = workbook
            .worksheet_cells_reader(&name)
            .map_err(|_| damaged(file, &format!("its sheet “{name}” cannot be read")))?;
        let mut sheet = Sheet::new(gathered, number, Some(&name), &name, calendar);
        let mut last_row = None;
        while sheet.wants_more() {
            let record = cells
                .next_cell_with_formula_metadata()
                .map_err(|_| damaged(file, &format!("its sheet “{name}” breaks off")))?;
            let Some(record) = record else { break };
            let (row, column) = record.pos;
            end_rows_before(&mut sheet, &mut last_row, row);
            let formula = record.formula.is_some();
            let raw = match raw_of(&record.value) {
                Raw::Blank if formula => Raw::NoValue,
                raw => raw,
            };
            sheet.cell(row, column as usize, raw);
            if formula {
                sheet.formula(row, column as usize);
            }
        }
        end_rows_before(&mut sheet, &mut last_row, u32::MAX);
        sheet.finish();
    }
    Ok(())
}

fn end_rows_before(sheet: &mut Sheet<'_>, last_row: &mut Option<u32>, row: u32) {
    if let Some(last) = *last_row
        && last != row
    {
        sheet.end_row(last);
    }
    *last_row = Some(row);
}

/// The names of the sheets with cells, noting those that are hidden.
fn sheets(gathered: &mut Gathered, number: u32, all: &[SheetName]) -> Vec<String> {
    let mut names = Vec::new();
    for sheet in all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        if sheet.visible != SheetVisible::Visible {
            gathered.note(Note::HiddenSheet, number, None, None, Some(&sheet.name));
        }
        names.push(sheet.name.clone());
    }
    names
}

/// Reads an OLE container as the xls workbook it is, or notes that it is something else.
pub fn read_old(gathered: &mut Gathered, number: u32, file: &NamedFile<'_>) -> Result<&'static str, Refusal> {
    if names(file.bytes, "EncryptedPackage") {
        return Err(Refusal::Password { file: file.name.to_owned() });
    }
    if !names(file.bytes, "Workbook") && !names(file.bytes, "Book") {
        gathered.note(Note::OtherKind, number, None, None, None);
        return Ok("an Office file that is no workbook");
    }
    if names(file.bytes, "_VBA_PROJECT") {
        gathered.note(Note::Macros, number, None, None, None);
    }
    let mut workbook =
        Xls::new(Cursor::new(file.bytes)).map_err(|_| damaged(file, "its workbook cannot be read"))?;
    let calendar = calendar(workbook.has_1904_epoch());
    read_whole(gathered, number, file, &mut workbook, calendar)?;
    Ok("an Excel 97-2003 workbook")
}

fn read_open_document(gathered: &mut Gathered, number: u32, file: &NamedFile<'_>) -> Result<(), Refusal> {
    let mut workbook =
        Ods::new(Cursor::new(file.bytes)).map_err(|_| damaged(file, "its workbook cannot be read"))?;
    read_whole(gathered, number, file, &mut workbook, Calendar::From1900)
}

fn read_whole<'b, R: Reader<Cursor<&'b [u8]>>>(
    gathered: &mut Gathered,
    number: u32,
    file: &NamedFile<'_>,
    workbook: &mut R,
    calendar: Calendar,
) -> Result<(), Refusal> {
    for name in sheets(gathered, number, workbook.sheets_metadata()) {
        let range = workbook
            .worksheet_range(&name)
            .map_err(|_| damaged(file, &format!("its sheet “{name}” cannot be read")))?;
        let formulas = workbook.worksheet_formula(&name).unwrap_or_default();
        let (top, left) = range.start().unwrap_or_default();
        let mut sheet = Sheet::new(gathered, number, Some(&name), &name, calendar);
        let mut last_row = None;
        for (row, column, value) in range.used_cells() {
            let (Ok(row), column) = (u32::try_from(row), column + left as usize) else { break };
            let row = row + top;
            end_rows_before(&mut sheet, &mut last_row, row);
            sheet.cell(row, column, raw_of_data(value));
            let place = (row, u32::try_from(column).unwrap_or(u32::MAX));
            if formulas.get_value(place).is_some_and(|formula| !formula.is_empty()) {
                sheet.formula(row, column);
            }
        }
        end_rows_before(&mut sheet, &mut last_row, u32::MAX);
        sheet.finish();
    }
    Ok(())
}

fn raw_of<'c>(value: &'c DataRef<'_>) -> Raw<'c> {
    match value {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a spreadsheet's numbers are floats of their own accord"
        )]
        DataRef::Int(number) => Raw::Number(*number as f64),
        DataRef::Float(number) => Raw::Number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Raw::Text(text),
        DataRef::SharedString(text) => Raw::Text(text),
        DataRef::Bool(flag) => Raw::Flag(*flag),
        DataRef::DateTime(moment) if moment.is_datetime() => Raw::Serial(moment.as_f64()),
        DataRef::DateTime(length) => Raw::Number(length.as_f64()),
        DataRef::Error(error) => raw_of_error(error),
        DataRef::Empty => Raw::Blank,
    }
}

fn raw_of_data(value: &Data) -> Raw<'_> {
    match value {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a spreadsheet's numbers are floats of their own accord"
        )]
        Data::Int(number) => Raw::Number(*number as f64),
        Data::Float(number) => Raw::Number(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Raw::Text(text),
        Data::Bool(flag) => Raw::Flag(*flag),
        Data::DateTime(moment) if moment.is_datetime() => Raw::Serial(moment.as_f64()),
        Data::DateTime(length) => Raw::Number(length.as_f64()),
        Data::Error(error) => raw_of_error(error),
        Data::Empty => Raw::Blank,
    }
}

/// A look-up that found nothing is how spreadsheets write blank; other errors are errors.
fn raw_of_error(error: &CellErrorType) -> Raw<'static> {
    if *error == CellErrorType::NA { Raw::Text("#N/A") } else { Raw::Error }
}

fn calendar(from_1904: bool) -> Calendar {
    if from_1904 { Calendar::From1904 } else { Calendar::From1900 }
}

/// Whether an OLE container names a stream, in UTF-16 as its directory does.
fn names(bytes: &[u8], stream: &str) -> bool {
    let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wide.len()).any(|window| window == wide)
}

fn damaged(file: &NamedFile<'_>, why: &str) -> Refusal {
    Refusal::Damaged { file: file.name.to_owned(), why: why.to_owned() }
}
