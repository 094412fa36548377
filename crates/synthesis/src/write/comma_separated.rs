//! A module of the SSDA903 return as a CSV file: a row of headings, days as dd/mm/yyyy.

use crate::sheet::{Cell, Table};

/// The bytes of the file.
pub fn comma_separated(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let headings = table.layout.columns.iter().map(|column| column.name);
    let mut written = writer.write_record(headings);
    for row in &table.rows {
        written = written.and_then(|()| writer.write_record(row.iter().map(printed)));
    }
    written.expect("every row of a table has as many cells as its layout, and memory takes what is written");
    writer.into_inner().expect("writing to memory doesn't fail")
}

fn printed(cell: &Cell) -> String {
    match cell {
        Cell::Day(day) => {
            let date = day.date();
            format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
        }
        other => other.shown(),
    }
}
