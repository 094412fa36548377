//! Tiny tables for the tests of rules: each row with the answer expected of it and the reason it is there.

use vocabulary::day::Day;

use super::{Rule, extract};
use crate::cell::{Calendar, Raw};
use crate::layout::Collection;
use crate::source::Gathered;
use crate::table::{Filling, PartRead, row_number};
use crate::{Question, Why};

/// What is expected of a row; a failure may stand in any column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nothing is wrong.
    Passes,
    /// The rule is broken.
    Fails,
    /// It can't be told.
    Unsure(Why),
}

/// Lists of a collection, in a year, with a day the extract was made.
pub struct World {
    gathered: Gathered,
    question: Question<'static>,
    year: i16,
}

impl World {
    /// A world with no lists.
    pub fn new(collection: Collection, year: i16, as_at: Option<&str>) -> Self {
        let as_at = as_at.map(|day| Day::parse(day).expect("a day"));
        let question = Question { year: Some(year), as_at, ..Question::about(collection) };
        Self { gathered: Gathered::new(collection), question, year }
    }

    /// The same world with a list: headings and rows, cells parted by `|`.
    pub fn with(mut self, list: &str, headings: &str, rows: &[&str]) -> Self {
        let list = self.gathered.layout.list(list).expect("a list");
        let mut table = self.gathered.take(list);
        let columns: Vec<usize> =
            headings.split('|').map(|name| table.layout.column(name).expect(name)).collect();
        let mut part = PartRead {
            file: 0,
            sheet: None,
            first: row_number(&table),
            rows: 0,
            headings: vec![None; table.layout.columns.len()],
            blank_rows: Vec::new(),
        };
        for &column in &columns {
            part.headings[column] = Some(table.layout.columns[column].name.to_owned());
        }
        let mut filling = Filling::begin(&mut table, part, Calendar::From1900);
        for (number, row) in (0..).zip(rows) {
            for (&column, cell) in columns.iter().zip(row.split('|')) {
                filling.cell(&mut table, &mut self.gathered.ink, column, Raw::Text(cell));
            }
            filling.end_row(&mut table, number);
        }
        filling.end(&mut table);
        self.gathered.tables[list] = Some(table);
        self
    }

    /// A rule's answer for each row of a list.
    pub fn answers(&self, rule: &Rule, list: &str) -> Vec<Expected> {
        let number = self.gathered.layout.list(list).expect("a list");
        let table = self.gathered.tables[number].as_ref().expect("a list with rows");
        let answers = rule.answer(&extract(&self.gathered, &self.question, self.year), number, table);
        let of = |row: u32| {
            if answers.failures.iter().any(|failure| failure.row == row) {
                return Expected::Fails;
            }
            let unsure = answers.unsure.iter().find(|(other, _)| *other == row).map(|(_, why)| *why);
            unsure.or(answers.unsure_of_all).map_or(Expected::Passes, Expected::Unsure)
        };
        (0..row_number(table)).map(of).collect()
    }
}

/// Checks a rule on one list: cells parted by `|`, the answer, and why the row is there.
pub fn check(rule: &Rule, world: World, list: &str, headings: &str, rows: &[(&str, Expected, &str)]) {
    let cells: Vec<&str> = rows.iter().map(|(cells, _, _)| *cells).collect();
    let answers = world.with(list, headings, &cells).answers(rule, list);
    for ((cells, expected, reason), answer) in rows.iter().zip(answers) {
        assert_eq!(answer, *expected, "{reason}: {cells}");
    }
}
