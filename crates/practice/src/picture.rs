//! The picture of a council on a day: its records, each subject's together and in order of their days.
//!
//! A picture is made of one set of records ([`Picture::of`]) or of many snapshots (`history`). Standards are judged on
//! pictures only.

use std::ops::Range;

use vocabulary::day::Day;
use vocabulary::records::{Records, Table, Word, Words};

/// The records of one kind, sorted by subject.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The records, sorted by subject and then by the kind's first key day.
    pub table: Table,
    /// Each subject and the rows that are theirs, sorted by subject.
    pub subjects: Vec<(Word, Range<u32>)>,
    /// For each record, the last day on which a source showed it as it stands here. The sources' day when there is one.
    pub shown_last_on: Vec<Day>,
    /// For each record, the first day on which a source showed it.
    pub shown_first_on: Vec<Day>,
    /// Whether the records are every event that happened, or only the latest that each source showed (the last visit
    /// of Annex A): between two latest events others may have happened unseen.
    pub only_latest: bool,
}

/// What is known of a council on a day.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The last day that the records speak of.
    pub as_at: Day,
    /// Texts and codes.
    pub words: Words,
    /// One sheet a kind that any source supplies.
    pub sheets: Vec<Sheet>,
}

impl Sheet {
    /// The rows of a subject; empty when there are none.
    pub fn rows_of(&self, subject: Word) -> Range<usize> {
        match self.subjects.binary_search_by_key(&subject, |(subject, _)| *subject) {
            Ok(place) => {
                let rows = &self.subjects[place].1;
                rows.start as usize..rows.end as usize
            }
            Err(_) => 0..0,
        }
    }
}

impl Picture {
    /// The sheet of a kind, if any source supplies it.
    pub fn sheet(&self, kind: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.table.kind == kind)
    }

    /// The picture that one set of records gives, as at its own day.
    pub fn of(records: Records, as_at: Day) -> Self {
        let sheets = records.tables.into_iter().map(|table| Sheet::sorted(table, as_at)).collect();
        Self { as_at, words: records.words, sheets }
    }
}

impl Sheet {
    fn sorted(table: Table, as_at: Day) -> Self {
        let mut order: Vec<u32> = (0..u32::try_from(table.len()).unwrap_or(u32::MAX)).collect();
        let first_day =
            table.columns.iter().find(|(name, _)| name.ends_with("_on")).map(|(_, column)| column);
        order.sort_by_key(|&row| {
            let day = first_day.and_then(|column| column.day(row as usize).value());
            (table.subject[row as usize], day, row)
        });
        let table = table.reordered(&order);
        let subjects = spans(&table.subject);
        let shown = vec![as_at; table.len()];
        Self { subjects, shown_last_on: shown.clone(), shown_first_on: shown, only_latest: false, table }
    }
}

/// Runs of equal subjects in a sorted column.
fn spans(subjects: &[Word]) -> Vec<(Word, Range<u32>)> {
    let mut spans: Vec<(Word, Range<u32>)> = Vec::new();
    for (row, &subject) in subjects.iter().enumerate() {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        match spans.last_mut() {
            Some((last, rows)) if *last == subject => rows.end = row + 1,
            _ => spans.push((subject, row..row + 1)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use vocabulary::records::{Cell, Column, FieldType, Source};

    use super::*;

    #[test]
    fn each_childs_records_stand_together_in_order_of_their_days() {
        let mut records = Records::default();
        let (ann, ben, list) =
            (records.words.add("ann"), records.words.add("ben"), records.words.add("List 4"));
        let table = records.table_mut("assessment", &[("started_on", FieldType::Day)]);
        for (row, (subject, day)) in [(ben, 20), (ann, 30), (ben, 10)].into_iter().enumerate() {
            table.subject.push(subject);
            table.source.push(Source { list, row: u32::try_from(row).unwrap() });
            let Column::Days(cells) = &mut table.columns[0].1 else { panic!("days") };
            cells.push(Cell::Value(Day(day)));
        }
        let picture = Picture::of(records, Day(40));
        let sheet = picture.sheet("assessment").expect("there");
        let days: Vec<_> =
            sheet.rows_of(ben).map(|row| sheet.table.column("started_on").unwrap().day(row)).collect();
        assert_eq!(days, [Cell::Value(Day(10)), Cell::Value(Day(20))]);
        assert_eq!(sheet.rows_of(ann), 0..1);
        assert_eq!(sheet.table.source[1].row, 2);
    }
}
