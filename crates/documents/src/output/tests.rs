//! What a spreadsheet program, a screen reader and a second run see.

use std::io::{Cursor, Read};

use jiff::civil::date;

use super::csv;
use super::table::{Cell, Column, ColumnKind, Table, neutralised};
use super::xlsx::Workbook;

fn table() -> Table {
    Table {
        name: "Duties: by clause".into(),
        columns: vec![
            Column::new("Clause", ColumnKind::Text),
            Column::new("Due", ColumnKind::Date),
            Column::new("Change", ColumnKind::Integer),
            Column::new("Share", ColumnKind::Number),
        ],
        rows: vec![
            vec![
                "=HYPERLINK(\"http://example.invalid\")".into(),
                date(2031, 3, 4).into(),
                Cell::Integer(-3),
                Cell::Number(0.5),
            ],
            vec!["1.a, first part".into(), Cell::Empty],
        ],
    }
}

#[test]
fn cells_that_would_run_as_formulas_get_an_apostrophe() {
    for start in ["=", "+", "-", "@", "\t", "\r", "\0"] {
        let text = format!("{start}1+1");
        let safe = neutralised(&text);
        assert!(safe.starts_with('\''), "{text:?} became {safe:?}");
        assert!(!safe.contains('\0'));
    }
    assert_eq!(neutralised("3-4 children"), "3-4 children");
}

#[test]
fn csv_keeps_numbers_and_dates_typed() {
    let written = String::from_utf8(csv::write(&table())).expect("UTF-8");
    let lines: Vec<&str> = written.split("\r\n").collect();
    assert_eq!(lines[0], "Clause,Due,Change,Share");
    assert_eq!(lines[1], "\"'=HYPERLINK(\"\"http://example.invalid\"\")\",2031-03-04,-3,0.5");
    assert_eq!(lines[2], "\"1.a, first part\",,,");
}

#[test]
fn a_table_written_as_csv_reads_back_the_same() {
    let mut table = table();
    table.rows[1].resize(4, Cell::Empty);
    table.rows.push(vec!["'quoted".into(), Cell::Empty, Cell::Integer(0), Cell::Number(100.0 / 3.0)]);
    assert_eq!(csv::read(&csv::write(&table), &table.name, &table.columns), Ok(table));
}

#[test]
fn a_csv_of_other_columns_or_with_a_word_for_a_number_is_refused() {
    let columns = table().columns;
    assert_eq!(csv::read(b"Clause,Due\r\n", "", &columns), Err(csv::CsvRefusal::Columns));
    let words = b"Clause,Due,Change,Share\r\n1,2031-03-04,many,\r\n";
    let refusal = csv::CsvRefusal::Cell { line: 2, column: "Change".into() };
    assert_eq!(csv::read(words, "", &columns), Err(refusal));
}

fn workbook() -> Workbook {
    Workbook {
        title: "Duties of Northmoor".into(),
        about: vec![("Council".into(), "Northmoor".into()), ("Made by".into(), "=cmd".into())],
        notes: vec!["Dates are days in England.".into()],
        tables: vec![table(), Table { name: "Duties: by clause".into(), ..table() }, Table::default()],
    }
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a zip");
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("XML is text");
            (part.name().expect("name").into_owned(), text)
        })
        .collect()
}

#[test]
fn the_same_workbook_has_the_same_bytes() {
    let created = date(2031, 1, 2).at(3, 4, 5, 0);
    let first = workbook().write(created).expect("written");
    assert_eq!(first, workbook().write(created).expect("written"));
    let core = parts(&first).into_iter().find(|(name, _)| name == "docProps/core.xml").expect("properties").1;
    assert!(core.contains("2031-01-02T03:04:05Z") && core.contains("Duties of Northmoor"), "{core}");
}

#[test]
fn a_workbook_has_no_formula_no_merged_cell_and_a_frozen_heading_on_every_table() {
    let parts = parts(&workbook().write(date(2031, 1, 2).at(0, 0, 0, 0)).expect("written"));
    let sheets: Vec<&String> = parts
        .iter()
        .filter(|(name, _)| name.starts_with("xl/worksheets/sheet"))
        .map(|(_, xml)| xml)
        .collect();
    assert_eq!(sheets.len(), 5, "cover, notes, three tables");
    for sheet in &sheets {
        assert!(!sheet.contains("<f>") && !sheet.contains("mergeCell"), "{sheet}");
    }
    for sheet in &sheets[1..4] {
        assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<tablePart "), "{sheet}");
    }
    assert!(
        sheets[2].contains("<v>-3</v>") && sheets[2].contains("<v>47911</v>"),
        "numbers and dates are typed: {}",
        sheets[2]
    );
}
