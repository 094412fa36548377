//! Tables as CSV (RFC 4180) in UTF-8, with dates as ISO 8601 and no cell that runs as a formula.

use super::table::{Cell, Table, neutralised};

/// Writes a table with its heading row. Lines end as RFC 4180 has it.
pub fn write(table: &Table) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    let titles: Vec<String> = table.columns.iter().map(|column| neutralised(&column.title)).collect();
    let mut write = |record: &[String]| writer.write_record(record).expect("writing to memory does not fail");
    write(&titles);
    for row in &table.rows {
        let mut record: Vec<String> = row.iter().map(printed).collect();
        record.resize(table.columns.len().max(record.len()), String::new());
        write(&record);
    }
    writer.into_inner().expect("flushing to memory does not fail")
}

fn printed(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => neutralised(text),
        Cell::Integer(number) => number.to_string(),
        Cell::Number(number) if number.is_finite() => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Number(_) | Cell::Empty => String::new(),
    }
}
