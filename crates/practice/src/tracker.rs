//! Trackers: children whom people follow one by one, declared one a file (`library/trackers`).
//!
//! A tracker is a view over outcomes and records: which children are on it, what each standard says of the newest event
//! of each. It judges nothing itself, so it can't disagree with a measure.

mod declared;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use vocabulary::day::Day;
use vocabulary::records::{Cell, Column, DataClass, Word};

use crate::condition::{BoundConditions, Condition, Holds};
use crate::field::Row;
use crate::history::History;
use crate::library::Library;
use crate::outcome::{Outcome, Outcomes, Status};
use crate::picture::{Picture, Sheet};
use crate::standard::Theme;
use crate::written::LibraryFile;

/// A declared tracker.
#[derive(Clone, Debug)]
pub struct Tracker {
    /// Its id, which is its file's name too.
    pub code: String,
    /// Its name for people.
    pub title: String,
    /// What it is about.
    pub theme: Theme,
    /// Whom it follows, in words: "children in the stage before proceedings".
    pub tracks: String,
    /// Which child stands first.
    pub order: Order,
    /// The standards whose answers are its columns.
    pub columns: Vec<TrackedStandard>,
    /// Fields of the child's newest records, shown beside the answers.
    pub facts: Vec<TrackedFact>,
    /// Whether being on it is itself a sealed fact, as with adoption and exploitation.
    pub sealed: bool,
    /// The prose after the front matter.
    pub prose: String,
    /// The whole file.
    pub file: LibraryFile,
    pub(crate) entries: Vec<Entry>,
}

/// Which child stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// The one with the earliest day that is still to come or was missed.
    SoonestDue,
    /// The one who has been on it for longest.
    LongestOnIt,
}

/// A column of a tracker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackedStandard {
    /// The standard's place in its library.
    pub standard: u16,
    /// The column's heading.
    pub heading: String,
}

/// A field that a tracker shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackedFact {
    /// The kind of record.
    pub record: String,
    /// The field.
    pub field: String,
    /// The column's heading.
    pub heading: String,
}

/// What puts a child on a tracker.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Entry {
    /// A record of a kind for which these conditions hold, or can't be told: nobody is left off for want of a date.
    Record { record: String, conditions: Vec<Condition> },
    /// An event of a standard that has not ended, due at most so many days from now.
    DueWithin { standard: u16, days: i32 },
    /// An event of a standard that began at most so many days ago.
    Since { standard: u16, days: i32 },
}

/// A child on a tracker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackedChild {
    /// The child.
    pub subject: Word,
    /// The day from which something has put it there, where that can be told.
    pub since: Option<Day>,
    /// For each column, the newest event of its standard: a place in the outcomes.
    pub answers: Vec<Option<usize>>,
    /// For each fact, what the newest record says; empty when there is none.
    pub facts: Vec<String>,
}

/// A child who was on the lists that a tracker is made of and is no longer shown by any, without a recorded end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The child.
    pub subject: Word,
    /// The kind of record that is gone.
    pub kind: Word,
    /// The record's day.
    pub on: Option<Day>,
    /// The day of the first extract without it.
    pub gone_on: Day,
}

/// What an answer comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Past its day and not done.
    Late,
    /// The clock runs.
    Due,
    /// The record does not say.
    CannotTell,
    /// Done, but late; or not as it must be.
    Missed,
    /// As it must be.
    Met,
    /// Not asked of this event.
    NotApplicable,
}

impl State {
    /// The state of an outcome.
    pub fn of(outcome: &Outcome) -> Self {
        match outcome.status {
            Status::Met => Self::Met,
            Status::Missed => {
                let open = outcome.met_on.is_none() && outcome.ended_on.is_none();
                if open && outcome.due_on.is_some() { Self::Late } else { Self::Missed }
            }
            Status::Due => Self::Due,
            Status::NotApplicable => Self::NotApplicable,
            Status::CannotTell => Self::CannotTell,
        }
    }
}

/// A vanished record is told of for so many days.
const DROPPED_SHOWN_FOR: i32 = 92;

impl Tracker {
    /// The children on it, in its order.
    pub fn children(&self, library: &Library, picture: &Picture, outcomes: &Outcomes) -> Vec<TrackedChild> {
        let mut on_it: BTreeMap<Word, Option<Day>> = BTreeMap::new();
        for entry in &self.entries {
            entry.put(library, picture, outcomes, &mut on_it);
        }
        let slices: Vec<(usize, &[Outcome])> =
            self.columns.iter().map(|column| of_standard(outcomes, column.standard)).collect();
        let facts: Vec<Shown<'_>> = self.facts.iter().map(|fact| Shown::of(fact, library, picture)).collect();
        let mut children: Vec<TrackedChild> = on_it
            .into_iter()
            .map(|(subject, since)| TrackedChild {
                subject,
                since,
                answers: slices.iter().map(|slice| newest(*slice, subject)).collect(),
                facts: facts.iter().map(|fact| fact.newest(subject, picture)).collect(),
            })
            .collect();
        children.sort_by_key(|child| (self.rank(child, outcomes), child.since, child.subject));
        children
    }

    /// Children whose records vanished lately and who are no longer on it: nobody drops off without a decision on record.
    pub fn dropped(
        &self,
        library: &Library,
        history: &History,
        children: &[TrackedChild],
        as_at: Day,
    ) -> Vec<Dropped> {
        let kinds: Vec<&str> = self.entries.iter().map(|entry| entry.kind(library)).collect();
        let words = &history.picture.words;
        let mut dropped: Vec<Dropped> = Vec::new();
        for gone in &history.vanished {
            let recent = (0..=DROPPED_SHOWN_FOR).contains(&as_at.days_since(gone.gone_on));
            let subject = gone.record.subject;
            let of_it = kinds.contains(&words.text(gone.record.kind));
            let still_on_it = children.iter().any(|child| child.subject == subject);
            let told = dropped.iter().any(|known| known.subject == subject);
            if recent && of_it && !gone.still_shown && !still_on_it && !told {
                let (kind, on, gone_on) = (gone.record.kind, gone.record.on, gone.gone_on);
                dropped.push(Dropped { subject, kind, on, gone_on });
            }
        }
        dropped
    }

    /// Late before due before the rest, each by day; or nothing where the order is by how long a child has been on it.
    fn rank(&self, child: &TrackedChild, outcomes: &Outcomes) -> (u8, Option<Day>) {
        if self.order == Order::LongestOnIt {
            return (0, None);
        }
        let answers = child.answers.iter().flatten().map(|&place| &outcomes.outcomes[place]);
        let open = answers.filter(|outcome| matches!(State::of(outcome), State::Late | State::Due));
        let soonest = open.filter_map(|outcome| outcome.due_on).min();
        (u8::from(soonest.is_none()), soonest)
    }
}

impl Entry {
    fn put(
        &self,
        library: &Library,
        picture: &Picture,
        outcomes: &Outcomes,
        on_it: &mut BTreeMap<Word, Option<Day>>,
    ) {
        let mut put = |subject: Word, since: Option<Day>| {
            let known = on_it.entry(subject).or_insert(since);
            *known = (*known).or(since).map(|day| since.map_or(day, |since| day.min(since)));
        };
        match self {
            Self::Record { record, conditions } => {
                let Some(sheet) = picture.sheet(record) else { return };
                let bound = BoundConditions::bind(conditions, &sheet.table, picture);
                let newest = newest_list(library, sheet);
                for (row, &subject) in sheet.table.subject.iter().enumerate() {
                    if newest.is_some_and(|newest| sheet.shown_last_on[row] < newest) {
                        continue;
                    }
                    let day = first_day(sheet, row);
                    if bound.hold(Row { row, subject }, day) != Holds::No {
                        put(subject, day);
                    }
                }
            }
            Self::DueWithin { standard, days } => {
                for outcome in of_standard(outcomes, *standard).1 {
                    let near = outcome.due_on.is_some_and(|due| due <= picture.as_at.plus_days(*days));
                    if near && outcome.ended_on.is_none() && outcome.status != Status::NotApplicable {
                        put(outcome.subject, outcome.event_on);
                    }
                }
            }
            Self::Since { standard, days } => {
                for outcome in of_standard(outcomes, *standard).1 {
                    let recent = |begun: Day| (0..=*days).contains(&picture.as_at.days_since(begun));
                    if outcome.event_on.is_some_and(recent) {
                        put(outcome.subject, outcome.event_on);
                    }
                }
            }
        }
    }

    /// The kind of record that puts a child on it.
    fn kind<'l>(&'l self, library: &'l Library) -> &'l str {
        match self {
            Self::Record { record, .. } => record,
            Self::DueWithin { standard, .. } | Self::Since { standard, .. } => {
                &library.standards[usize::from(*standard)].record
            }
        }
    }
}

/// For a kind with one record a subject, the day of its newest list: such a list shows who is on it that day (care
/// leavers), and a record that is no longer in it has no end to tell by.
fn newest_list(library: &Library, sheet: &Sheet) -> Option<Day> {
    let kind = library.catalogue.kind(&sheet.table.kind)?;
    let one_a_subject = kind.fields.iter().all(|field| !field.key);
    sheet.shown_last_on.iter().max().copied().filter(|_| one_a_subject)
}

/// The first day of a record: its first column of days, which is the kind's key where it has one.
fn first_day(sheet: &Sheet, row: usize) -> Option<Day> {
    let column = sheet.table.columns.iter().find(|(name, _)| name.ends_with("_on"));
    column.and_then(|(_, column)| column.day(row).value())
}

/// The outcomes of a standard, with the place of the first.
fn of_standard(outcomes: &Outcomes, standard: u16) -> (usize, &[Outcome]) {
    let first = outcomes.outcomes.partition_point(|outcome| outcome.standard < standard);
    let last = outcomes.outcomes.partition_point(|outcome| outcome.standard <= standard);
    (first, &outcomes.outcomes[first..last])
}

/// The newest event of a subject that the standard asks something of, or the newest of all.
fn newest((first, slice): (usize, &[Outcome]), subject: Word) -> Option<usize> {
    let start = slice.partition_point(|outcome| outcome.subject < subject);
    let own = slice[start..].iter().take_while(|outcome| outcome.subject == subject).enumerate();
    let asked = |outcome: &Outcome| outcome.status != Status::NotApplicable;
    own.max_by_key(|(_, outcome)| (asked(outcome), outcome.event_on, outcome.due_on))
        .map(|(place, _)| first + start + place)
}

/// A fact bound to a picture.
struct Shown<'p> {
    column: Option<(&'p Sheet, &'p Column)>,
    labels: &'p [(String, String)],
}

impl<'p> Shown<'p> {
    fn of(fact: &TrackedFact, library: &'p Library, picture: &'p Picture) -> Self {
        let sheet = picture.sheet(&fact.record);
        let column = sheet.and_then(|sheet| Some((sheet, sheet.table.column(&fact.field)?)));
        let register = library.registers.iter().find(|register| register.kind.name == fact.record);
        let labels = register.and_then(|register| {
            let place = register.kind.fields.iter().position(|field| field.name == fact.field)?;
            register.codes.get(place).map(Vec::as_slice)
        });
        Self { column, labels: labels.unwrap_or_default() }
    }

    fn newest(&self, subject: Word, picture: &Picture) -> String {
        let Some((sheet, column)) = self.column else { return String::new() };
        let Some(row) = sheet.rows_of(subject).next_back() else { return String::new() };
        if let Cell::Value(word) = column.word(row) {
            let code = picture.words.text(word);
            let label = self.labels.iter().find(|(known, _)| known == code);
            return label.map_or(code, |(_, label)| label).to_owned();
        }
        match (column.day(row), column.number(row)) {
            (Cell::Value(day), _) => vocabulary::date::day_in_words(day.date()),
            (_, Cell::Value(number)) => number.to_string(),
            (Cell::Unreadable, _) | (_, Cell::Unreadable) => "cannot be read".to_owned(),
            _ => String::new(),
        }
    }
}

/// Facts that a tracker may show: pseudonymous ones, and teams and workers.
fn may_be_shown(class: DataClass) -> bool {
    matches!(class, DataClass::C3 | DataClass::W)
}
