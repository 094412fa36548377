//! Rules of quality: one file each, run over every row, each answering passes, fails, or can't tell and why.
//!
//! A rule sees the whole extract and changes nothing, so neither the order of the rules nor how many run at once can
//! matter. How to add one: `docs/adding-a-rule.md`.

mod annex_a;
mod cin;
mod register;
mod shape;
mod ssda903;
mod structure;
#[cfg(test)]
mod testing;

use std::fmt;
use std::sync::OnceLock;

use rayon::prelude::*;
use vocabulary::day::Day;
use vocabulary::records::{Cell, Word, Words};

use crate::Question;
use crate::layout::{Collection, Layout, Years};
use crate::reading::Severity;
use crate::source::{Gathered, NOTES};
use crate::table::ListTable;

pub use shape::{groups_of_siblings, readable};

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its code: the Department's where it has one.
    pub code: &'static str,
    /// How much a failure matters.
    pub severity: Severity,
    /// What a failure means, for people.
    pub message: &'static str,
    /// The years in which it is in force.
    pub years: Years,
    /// How it answers.
    pub check: Check,
}

/// How a rule answers.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// For every list there is.
    EachList(fn(&Extract<'_>, usize, &ListTable, &mut Answers)),
    /// For the rows of one list, from some of its columns.
    EachRow {
        /// The list.
        list: &'static str,
        /// The columns, in the order in which the row has them.
        columns: &'static [&'static str],
        /// The answer for a row.
        answer: fn(&Row<'_>) -> Answer,
    },
}

/// A rule's answer for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing is wrong.
    Passes,
    /// The rule is broken; the column of the rule's list that shows it.
    Fails(usize),
    /// It can't be told.
    CannotTell(Why),
}

/// Why a rule can't tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// A cell it needs can't be read.
    Unreadable,
    /// A column it needs isn't there.
    MissingColumn,
    /// A list it needs isn't there.
    MissingList,
    /// The day the extract was made isn't known.
    NoDay,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "a cell it needs can't be read",
            Self::MissingColumn => "a column it needs is missing",
            Self::MissingList => "a list it needs is missing",
            Self::NoDay => "the day the extract was made is not known",
        })
    }
}

/// What rules look at.
pub struct Extract<'a> {
    /// The collection's layout.
    pub layout: &'static Layout,
    /// Its lists, as far as they are there.
    pub tables: &'a [Option<ListTable>],
    /// Their texts and codes.
    pub words: &'a Words,
    /// The year.
    pub year: i16,
    /// The day the extract was made, when known.
    pub as_at: Option<Day>,
    /// The last day that anything can have happened on, when known.
    pub latest: Option<Day>,
    /// What is shared between lists, worked out once.
    pub shared: Shared,
}

/// Work that several lists' answers share.
#[derive(Default)]
pub struct Shared {
    /// For each fact, the children whose lists disagree about it.
    pub disagreeing: OnceLock<Vec<Vec<bool>>>,
    /// Identifiers that differ from another only by leading zeros.
    pub zeros: OnceLock<Vec<bool>>,
}

/// A row as a rule sees it: the columns the rule named.
pub struct Row<'a> {
    extract: &'a Extract<'a>,
    table: &'a ListTable,
    columns: &'a [usize],
    row: usize,
}

impl Row<'_> {
    /// The day in a column of the rule.
    pub fn day(&self, column: usize) -> Cell<Day> {
        self.table.day(self.columns[column], self.row)
    }

    /// The code or text in a column of the rule.
    pub fn text(&self, column: usize) -> Cell<&str> {
        self.table.word(self.columns[column], self.row).map(|word| self.extract.words.text(word))
    }
}

/// A row that breaks a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// The row in the table.
    pub row: u32,
    /// The column of the layout.
    pub column: usize,
    /// What stands there, where it may be shown.
    pub value: Option<Word>,
}

/// A rule's answers for one list. Rows that aren't named pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Rows that fail.
    pub failures: Vec<Failure>,
    /// Rows for which it can't be told.
    pub unsure: Vec<(u32, Why)>,
    /// Why it can't be told for any row that doesn't fail.
    pub unsure_of_all: Option<Why>,
}

impl Answers {
    /// A row fails at a column.
    pub fn fails(&mut self, row: usize, column: usize) {
        self.fails_with(row, column, None);
    }

    /// A row fails at a column, where this stands.
    pub fn fails_with(&mut self, row: usize, column: usize, value: Option<Word>) {
        self.failures.push(Failure { row: number(row), column, value });
    }

    /// A row can't be told.
    pub fn cannot_tell(&mut self, row: usize, why: Why) {
        self.unsure.push((number(row), why));
    }

    /// No row can be told that doesn't fail.
    pub fn cannot_tell_any(&mut self, why: Why) {
        self.unsure_of_all = Some(why);
    }

    /// Each row once among those that can't be told, and not there when it fails.
    fn settled(mut self) -> Self {
        self.failures.sort_unstable();
        self.failures.dedup();
        self.unsure.sort_unstable();
        self.unsure.dedup_by_key(|(row, _)| *row);
        let failing = |row: u32| self.failures.binary_search_by_key(&row, |failure| failure.row).is_ok();
        self.unsure.retain(|(row, _)| !failing(*row));
        self
    }

    /// How many rows fail.
    pub fn failing_rows(&self) -> u32 {
        let mut rows: Vec<u32> = self.failures.iter().map(|failure| failure.row).collect();
        rows.dedup();
        number(rows.len())
    }
}

fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// A rule's answers for a list.
#[derive(Clone, Debug)]
pub struct ListAnswers {
    /// The rule.
    pub rule: &'static Rule,
    /// The list's number.
    pub list: usize,
    /// The answers.
    pub answers: Answers,
}

/// What all rules said.
#[derive(Clone, Debug)]
pub struct Ruled {
    /// How many rules were in force.
    pub rules: usize,
    /// Their answers, in the order of rules and lists.
    pub answers: Vec<ListAnswers>,
}

/// Runs every rule in force over every list.
pub fn run(gathered: &Gathered, question: &Question<'_>, year: i16) -> Ruled {
    let extract = extract(gathered, question, year);
    let rules: Vec<&'static Rule> =
        rules_of(question.collection).filter(|rule| rule.years.hold(year)).collect();
    let mut tasks = Vec::new();
    for rule in &rules {
        for (list, table) in gathered.tables.iter().enumerate() {
            if let Some(table) = table
                && rule.is_about(table.layout.name)
            {
                tasks.push((*rule, list, table));
            }
        }
    }
    let answer = |&(rule, list, table): &(&'static Rule, usize, &ListTable)| ListAnswers {
        rule,
        list,
        answers: rule.answer(&extract, list, table),
    };
    Ruled { rules: rules.len(), answers: tasks.par_iter().map(answer).collect() }
}

/// What rules look at, of the files that were gathered.
pub fn extract<'a>(gathered: &'a Gathered, question: &Question<'_>, year: i16) -> Extract<'a> {
    let latest = if question.collection.is_of_a_year() {
        Day::new(year, 3, 31)
    } else {
        question.as_at.or(question.not_after)
    };
    Extract {
        layout: gathered.layout,
        tables: &gathered.tables,
        words: &gathered.ink.words,
        year,
        as_at: question.as_at,
        latest,
        shared: Shared::default(),
    }
}

/// The rules of a collection, in order.
fn rules_of(collection: Collection) -> impl Iterator<Item = &'static Rule> {
    let own: &'static [Rule] = match collection {
        Collection::AnnexA => annex_a::RULES,
        Collection::Ssda903 => ssda903::RULES,
        Collection::ChildrenInNeed => cin::RULES,
        Collection::Register(_) => register::RULES,
    };
    structure::RULES.iter().chain(own)
}

impl Rule {
    fn is_about(&self, list: &str) -> bool {
        match self.check {
            Check::EachList(_) => true,
            Check::EachRow { list: own, .. } => own == list,
        }
    }

    /// The rule's answers for a list.
    pub fn answer(&self, extract: &Extract<'_>, list: usize, table: &ListTable) -> Answers {
        let mut answers = Answers::default();
        match self.check {
            Check::EachList(check) => check(extract, list, table, &mut answers),
            Check::EachRow { columns, answer, .. } => each_row(extract, table, columns, answer, &mut answers),
        }
        answers.settled()
    }
}

fn each_row(
    extract: &Extract<'_>,
    table: &ListTable,
    names: &[&str],
    answer: fn(&Row<'_>) -> Answer,
    answers: &mut Answers,
) {
    let columns: Vec<usize> = names.iter().filter_map(|name| table.layout.column(name)).collect();
    let there = |column: &usize| table.columns[*column].is_some();
    if columns.len() < names.len() || !columns.iter().all(there) {
        answers.cannot_tell_any(Why::MissingColumn);
        return;
    }
    for row in 0..table.len() {
        match answer(&Row { extract, table, columns: &columns, row }) {
            Answer::Passes => {}
            Answer::Fails(column) => answers.fails(row, columns[column]),
            Answer::CannotTell(why) => answers.cannot_tell(row, why),
        }
    }
}

/// A rule or note for a catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// Its code.
    pub code: &'static str,
    /// How much a failure matters.
    pub severity: Severity,
    /// What a failure means.
    pub message: &'static str,
    /// The years in which it is in force.
    pub years: Years,
}

/// Every rule of a collection, and what may be noted about its files.
pub fn catalogue(collection: Collection) -> Vec<RuleText> {
    let rules = rules_of(collection).map(|rule| RuleText {
        code: rule.code,
        severity: rule.severity,
        message: rule.message,
        years: rule.years,
    });
    let notes = NOTES.iter().map(|note| RuleText {
        code: note.code,
        severity: note.severity,
        message: note.message,
        years: Years::ALL,
    });
    rules.chain(notes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_for_one_rule_and_every_column_a_rule_names_exists() {
        for collection in Collection::ALL {
            let mut codes: Vec<&str> = catalogue(collection).iter().map(|rule| rule.code).collect();
            let count = codes.len();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), count);
            let layout = Layout::of(collection);
            for rule in rules_of(collection) {
                let Check::EachRow { list, columns, .. } = rule.check else { continue };
                let list = &layout.lists[layout.list(list).expect(rule.code)];
                assert!(columns.iter().all(|column| list.column(column).is_some()), "{}", rule.code);
            }
        }
    }
}
