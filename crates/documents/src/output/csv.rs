//! Tables as CSV (RFC 4180) in UTF-8, with dates as ISO 8601 and no cell that runs as a formula.

use super::table::{Cell, Column, ColumnKind, Table, as_meant, neutralised};

/// Why bytes are not the table they should be.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsvRefusal {
    /// It has other columns, or cannot be read at all.
    #[error("the file does not have the columns it should have")]
    Columns,
    /// A cell holds something else than its column's cells do.
    #[error("line {line}: the column {column} does not hold a value of its kind")]
    Cell {
        /// The line in the file, from 1.
        line: usize,
        /// The column.
        column: String,
    },
}

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

/// Reads what [`write`] wrote: the same rows, with an empty text as an empty cell.
pub fn read(bytes: &[u8], name: &str, columns: &[Column]) -> Result<Table, CsvRefusal> {
    let mut reader = ::csv::ReaderBuilder::new().from_reader(bytes);
    let titles = reader.headers().map_err(|_| CsvRefusal::Columns)?;
    let expected = columns.iter().map(|column| neutralised(&column.title));
    if !titles.iter().map(str::to_owned).eq(expected) {
        return Err(CsvRefusal::Columns);
    }
    let mut rows = Vec::new();
    for (line, record) in (2..).zip(reader.records()) {
        let record = record.map_err(|_| CsvRefusal::Columns)?;
        let cells = record.iter().zip(columns).map(|(text, column)| {
            value(text, column.kind).ok_or_else(|| CsvRefusal::Cell { line, column: column.title.clone() })
        });
        rows.push(cells.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(Table { name: name.to_owned(), columns: columns.to_vec(), rows })
}

fn value(text: &str, kind: ColumnKind) -> Option<Cell> {
    if text.is_empty() {
        return Some(Cell::Empty);
    }
    match kind {
        ColumnKind::Text | ColumnKind::LongText => Some(Cell::Text(as_meant(text).to_owned())),
        ColumnKind::Integer => text.parse().ok().map(Cell::Integer),
        ColumnKind::Number => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Cell::Number),
        ColumnKind::Date => text.parse().ok().map(Cell::Date),
    }
}
