//! Small councils, written as lines: `kind subject field=value ...`, `-` for blank and `?` for unreadable.

use vocabulary::day::Day;
use vocabulary::records::{Catalogue, Cell, Column, Records, Source, Table, Word, Words};

use super::*;

mod comparing;
mod derived;
mod merging;
mod properties;

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

pub(super) fn records(lines: &str) -> Records {
    let mut records = Records::default();
    let lines: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    for line in &lines {
        for cell in line.split(' ').skip(2) {
            let (kind, (field, _)) = (line.split(' ').next().unwrap(), cell.split_once('=').unwrap());
            let declared = Catalogue::national().kind(kind).and_then(|kind| kind.field(field));
            let field_type = declared.expect("a field of the catalogue").field_type;
            let table = records.table_mut(kind, &[]);
            if table.column(field).is_none() {
                table.columns.push((field.to_owned(), Column::of(field_type)));
            }
        }
    }
    for (row, line) in lines.iter().enumerate() {
        let mut parts = line.split(' ');
        let kind = parts.next().unwrap();
        let (subject, list) = (records.words.add(parts.next().unwrap()), records.words.add(kind));
        let cells: Vec<_> = parts.map(|cell| cell.split_once('=').unwrap()).collect();
        let Records { words, tables } = &mut records;
        if tables.iter().all(|table| table.kind != kind) {
            tables.push(Table { kind: kind.to_owned(), subject: vec![], columns: vec![], source: vec![] });
        }
        let table = tables.iter_mut().find(|table| table.kind == kind).unwrap();
        table.subject.push(subject);
        table.source.push(Source { list, row: u32::try_from(row).unwrap() });
        for (field, column) in &mut table.columns {
            let text = cells.iter().find(|(name, _)| name == field).map_or("-", |(_, text)| *text);
            push(column, text, words);
        }
    }
    records
}

fn push(column: &mut Column, text: &str, words: &mut Words) {
    match (text, column) {
        ("-", column) => column.push_blank(),
        ("?", column) => column.push_unreadable(),
        (text, Column::Days(cells)) => cells.push(Cell::Value(day(text))),
        (text, Column::Words(cells)) => cells.push(Cell::Value(words.add(text))),
        (text, Column::Numbers(cells)) => cells.push(Cell::Value(text.parse().unwrap())),
        (_, Column::Moments(_)) => panic!("no field of the catalogue is a moment"),
    }
}

/// Annex A snapshots, each of a day and loaded that day.
pub(super) fn annex_a<'a>(parts: &'a [(&str, Records)]) -> Vec<Snapshot<'a>> {
    snapshots("annex-a", parts)
}

pub(super) fn snapshots<'a>(collection: &'a str, parts: &'a [(&str, Records)]) -> Vec<Snapshot<'a>> {
    let snapshot = |(load, (as_at, records)): (usize, &'a (&str, Records))| Snapshot {
        as_at: day(as_at),
        loaded_on: day(as_at),
        load: u32::try_from(load).unwrap(),
        collection,
        records,
    };
    parts.iter().enumerate().map(snapshot).collect()
}

pub(super) fn history(snapshots: &[Snapshot<'_>]) -> History {
    known_on(snapshots, "2099-12-31")
}

pub(super) fn known_on(snapshots: &[Snapshot<'_>], known_on: &str) -> History {
    let question =
        Question { known_on: day(known_on), late_after_days: 10, catalogue: Catalogue::national() };
    History::of(snapshots, &question)
}

/// The records of a kind, one a line, with the days on which they were shown.
pub(super) fn listed(picture: &Picture, kind: &str) -> Vec<String> {
    let Some(sheet) = picture.sheet(kind) else { return Vec::new() };
    let line = |row: usize| {
        let mut line = picture.words.text(sheet.table.subject[row]).to_owned();
        for (name, column) in &sheet.table.columns {
            line += &format!(" {name}={}", shown_as(Value::of(column, row, |word| word), &picture.words));
        }
        format!("{line} [{} {}]", sheet.shown_first_on[row], sheet.shown_last_on[row])
    };
    (0..sheet.table.len()).map(line).collect()
}

pub(super) fn shown_as(value: Value, words: &Words) -> String {
    match value {
        Value::Blank => "-".to_owned(),
        Value::Unreadable => "?".to_owned(),
        Value::Day(day) => day.to_string(),
        Value::Word(word) => words.text(word).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Moment(moment) => moment.day().to_string(),
    }
}

/// A record by its kind, subject and day.
pub(super) fn named(record: &RecordName, words: &Words) -> String {
    let on = record.on.map_or_else(String::new, |on| format!(" {on}"));
    format!("{} {}{on}", words.text(record.kind), words.text(record.subject))
}

pub(super) fn texts(of: &[Word], words: &Words) -> Vec<String> {
    of.iter().map(|&word| words.text(word).to_owned()).collect()
}
