//! A sheet while it is being put together.

use vocabulary::day::Day;
use vocabulary::records::{Column, FieldType, Source, Table, Word};

use super::value::Value;
use crate::picture::Sheet;

/// Records of one kind in any order, with the days on which sources showed them.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) table: Table,
    pub(super) shown_first_on: Vec<Day>,
    pub(super) shown_last_on: Vec<Day>,
}

/// A record made from others, and where it comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    pub(super) subject: Word,
    pub(super) source: Source,
    pub(super) shown_first_on: Day,
    pub(super) shown_last_on: Day,
}

impl Draft {
    pub(super) fn new(kind: &str) -> Self {
        let table =
            Table { kind: kind.to_owned(), subject: Vec::new(), columns: Vec::new(), source: Vec::new() };
        Self { table, shown_first_on: Vec::new(), shown_last_on: Vec::new() }
    }

    /// Takes the sheet of a kind out of a list to add to it, or begins one.
    pub(super) fn taken_from(sheets: &mut Vec<Sheet>, kind: &str) -> Self {
        match sheets.iter().position(|sheet| sheet.table.kind == kind) {
            Some(place) => {
                let Sheet { table, shown_first_on, shown_last_on, .. } = sheets.swap_remove(place);
                Self { table, shown_first_on, shown_last_on }
            }
            None => Self::new(kind),
        }
    }

    /// Makes sure that there is a column; in the records that are there already it can't be told.
    pub(super) fn with_column(mut self, name: &str, field_type: FieldType) -> Self {
        if self.table.column(name).is_none() {
            let mut column = Column::of(field_type);
            for _ in 0..self.table.len() {
                column.push_unreadable();
            }
            self.table.columns.push((name.to_owned(), column));
        }
        self
    }

    /// Adds a record; a field that isn't among the values can't be told.
    pub(super) fn push(&mut self, made: Made, values: &[(&str, Value)]) {
        for (name, column) in &mut self.table.columns {
            let value =
                values.iter().find(|(field, _)| field == name).map_or(Value::Unreadable, |(_, value)| *value);
            value.push_to(column);
        }
        self.table.subject.push(made.subject);
        self.table.source.push(made.source);
        self.shown_first_on.push(made.shown_first_on);
        self.shown_last_on.push(made.shown_last_on);
    }

    /// Drops everything about these subjects, who are in order.
    pub(super) fn without(self, subjects: &[Word]) -> Self {
        let stays = |row: &u32| subjects.binary_search(&self.table.subject[*row as usize]).is_err();
        let order: Vec<u32> = rows(&self.table).filter(stays).collect();
        self.reordered(&order)
    }

    fn reordered(&self, order: &[u32]) -> Self {
        let pick = |days: &[Day]| order.iter().map(|&row| days[row as usize]).collect();
        Self {
            table: self.table.reordered(order),
            shown_first_on: pick(&self.shown_first_on),
            shown_last_on: pick(&self.shown_last_on),
        }
    }

    /// The sheet: each subject's records together, in order of their days.
    pub(super) fn sheet(self, only_latest: bool) -> Sheet {
        let first_day =
            self.table.columns.iter().find(|(name, _)| name.ends_with("_on")).map(|(_, column)| column);
        let day = |row: u32| first_day.and_then(|column| column.day(row as usize).value());
        let mut order: Vec<u32> = rows(&self.table).collect();
        let key =
            |&row: &u32| (self.table.subject[row as usize], day(row), self.table.source[row as usize], row);
        order.sort_by_key(key);
        let Self { table, shown_first_on, shown_last_on } = self.reordered(&order);
        let mut subjects: Vec<(Word, std::ops::Range<u32>)> = Vec::new();
        for (row, &subject) in rows(&table).zip(&table.subject) {
            match subjects.last_mut() {
                Some((last, rows)) if *last == subject => rows.end = row + 1,
                _ => subjects.push((subject, row..row + 1)),
            }
        }
        Sheet { subjects, table, shown_first_on, shown_last_on, only_latest }
    }
}

fn rows(table: &Table) -> std::ops::Range<u32> {
    0..u32::try_from(table.len()).unwrap_or(u32::MAX)
}
