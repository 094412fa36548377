//! Whole files to records and findings.

mod annex_a;
mod census;
mod dirt;
mod hostile;
mod properties;
mod registers;
mod ssda903;
mod workbooks;

use vocabulary::day::Day;
use vocabulary::records::{Cell, Column, Records};

use crate::{Collection, NamedFile, Question, Reading, Refusal, read};

/// Reads files of a collection, in 2026 and with 31 May 2026 as the day of the extract.
fn reading_of(collection: Collection, files: &[(&str, &[u8])]) -> Reading {
    try_reading(collection, files).expect("a reading")
}

fn try_reading(collection: Collection, files: &[(&str, &[u8])]) -> Result<Reading, Refusal> {
    let files: Vec<NamedFile<'_>> = files.iter().map(|(name, bytes)| NamedFile { name, bytes }).collect();
    let question =
        Question { year: Some(2026), as_at: Day::parse("2026-05-31"), ..Question::about(collection) };
    read(&files, &question)
}

/// The rows that a rule or note names in a list.
fn rows(reading: &Reading, code: &str, list: &str) -> Vec<u32> {
    let of = reading.findings.iter().filter(|finding| finding.code == code && finding.list == Some(list));
    of.filter_map(|finding| finding.row).collect()
}

/// Whether a note or rule says anything at all.
fn says(reading: &Reading, code: &str) -> bool {
    reading.findings.iter().any(|finding| finding.code == code)
}

/// Every record of a kind as text: the subject, then its fields in the order asked for.
fn records(records: &Records, kind: &str, fields: &[&str]) -> Vec<String> {
    let Some(table) = records.table(kind) else { return vec![format!("no {kind}")] };
    let line = |row: usize| {
        let subject = records.words.text(table.subject[row]).to_owned();
        let cells = fields.iter().map(|field| {
            let column = table.column(field);
            column.map_or_else(|| "absent".to_owned(), |column| cell(records, column, row))
        });
        std::iter::once(subject).chain(cells).collect::<Vec<_>>().join(" ")
    };
    (0..table.len()).map(line).collect()
}

fn cell(records: &Records, column: &Column, row: usize) -> String {
    fn shown<T>(cell: Cell<T>, show: impl FnOnce(T) -> String) -> String {
        match cell {
            Cell::Blank => "-".to_owned(),
            Cell::Unreadable => "?".to_owned(),
            Cell::Value(value) => show(value),
        }
    }
    match column {
        Column::Days(_) => shown(column.day(row), |day| day.to_string()),
        Column::Words(_) => shown(column.word(row), |word| records.words.text(word).to_owned()),
        Column::Numbers(_) => shown(column.number(row), |number| number.to_string()),
        Column::Moments(_) => shown(column.moment(row), |moment| moment.0.to_string()),
    }
}

/// The totals of a list: rows, records, findings alone.
fn totals(reading: &Reading, list: &str) -> (u32, u32, u32) {
    let list = reading.lists.iter().find(|other| other.name == list).expect("the list was read");
    (list.rows, list.records, list.findings_only)
}
