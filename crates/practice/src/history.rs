//! One picture of a council out of many snapshots, as it was known on any day.
//!
//! An extract shows the latest of everything and only a window of it (reference annex-a.md, sections 2 and 7), so what
//! happened is rebuilt by comparing snapshots. The newest snapshot's row of a record wins; what has left a list because
//! its window moved on is kept as it was last shown; what is gone although the list would still have shown it has
//! *vanished*: it is dropped and listed. Nothing is changed silently: [`Differences`] lists what appeared, changed,
//! vanished, was recorded late, or can't be told.

mod care;
mod differences;
mod draft;
mod events;
mod merge;
mod supply;
#[cfg(test)]
mod tests;
mod value;
mod windows;

use vocabulary::day::Day;
use vocabulary::records::{Catalogue, Records, Source, Subject, Word, Words};

pub use differences::{CannotTell, Change, Differences, Doubt, Manner, Value};
pub use windows::{Period, Showing, WINDOWS};

use crate::picture::{Picture, Sheet};
use draft::Draft;
use merge::Merge;

/// One load of one collection.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'a> {
    /// The day that the extract speaks of.
    pub as_at: Day,
    /// The day it was loaded.
    pub loaded_on: Day,
    /// Its number among the council's loads: of two loads of one day the higher is the correction.
    pub load: u32,
    /// The collection: `annex-a`, `ssda903`, `cin` or a register's name.
    pub collection: &'a str,
    /// What it holds.
    pub records: &'a Records,
}

/// What is asked of the snapshots.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Only snapshots loaded by this day count.
    pub known_on: Day,
    /// An event is recorded late when it is first shown more than this many days after it happened.
    pub late_after_days: i32,
    /// Which kinds there are, and what tells two records of a kind apart.
    pub catalogue: &'a Catalogue,
}

/// A record by what tells it from others, and where a snapshot showed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordName {
    /// The kind's name.
    pub kind: Word,
    /// Whom it is about.
    pub subject: Word,
    /// Its key day, for a kind that has one and where it could be read.
    pub on: Option<Day>,
    /// Where it stands in the snapshot that showed it last.
    pub source: Source,
    /// The day of that snapshot.
    pub shown_on: Day,
}

/// A record that a newer snapshot of the same collection should show and does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vanished {
    /// The record, with its last source.
    pub record: RecordName,
    /// The collection it vanished from.
    pub collection: Word,
    /// The day of the first snapshot without it.
    pub gone_on: Day,
    /// Whether another collection still shows it, so that it stays in the picture.
    pub still_shown: bool,
}

/// An event that a snapshot should have shown and a later one showed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateRecord {
    /// The record, as the snapshot that first showed it has it.
    pub record: RecordName,
    /// The collection that shows it late.
    pub collection: Word,
    /// The field that holds the day of the event.
    pub field: Word,
    /// The day it happened.
    pub happened_on: Day,
    /// The day of the first snapshot that shows it.
    pub first_shown_on: Day,
    /// The day of the snapshot before, which covers the day and doesn't show it.
    pub not_shown_on: Day,
}

/// A latest date that a later snapshot of the same record took back by showing an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// The record, as the snapshot that took it back has it.
    pub record: RecordName,
    /// The field.
    pub field: Word,
    /// The day that was shown.
    pub was: Day,
    /// The earlier day shown instead.
    pub is: Day,
}

/// What many snapshots say together.
#[derive(Clone, Debug)]
pub struct History {
    /// The records, each as its newest source shows it. Its words are those of everything else here.
    pub picture: Picture,
    /// Records that should be shown and no longer are.
    pub vanished: Vec<Vanished>,
    /// Children none of whose records are left because they vanished.
    pub vanished_children: Vec<Word>,
    /// Events first shown later than they should have been, over all snapshots.
    pub late: Vec<LateRecord>,
    /// Latest visits, reviews and the like that were shown once and then taken back; they count as events no more.
    pub withdrawn: Vec<Withdrawn>,
    /// For each collection with two snapshots or more, what is different between the two newest.
    pub differences: Vec<Differences>,
}

impl History {
    /// Puts the snapshots together, in whatever order they come.
    pub fn of(snapshots: &[Snapshot<'_>], question: &Question<'_>) -> Self {
        let mut words = Words::default();
        let shown = supply::in_order(snapshots, question.known_on, &mut words);
        let kinds = supply::kinds(&shown, question.catalogue, &mut words);
        let mut merge = Merge::new(&shown, question.late_after_days);
        let mut sheets: Vec<Sheet> = kinds.iter().map(|kind| merge.kind(kind)).collect();
        let found = merge.finish();
        let children = children_of(&found.vanished, question.catalogue, &words);
        let vanished_children = drop_vanished(&mut sheets, children);
        events::add_sheets(&mut sheets, found.events, &shown, question.catalogue);
        care::add_sheets(&mut sheets, &words, question.catalogue);
        in_catalogue_order(&mut sheets, question.catalogue);
        let as_at = shown.iter().map(|snapshot| snapshot.as_at).max().unwrap_or(question.known_on);
        Self {
            picture: Picture { as_at, words, sheets },
            vanished: found.vanished,
            vanished_children,
            late: found.late,
            withdrawn: found.withdrawn,
            differences: found.differences,
        }
    }
}

/// The children among the subjects of dropped records.
fn children_of(vanished: &[Vanished], catalogue: &Catalogue, words: &Words) -> Vec<Word> {
    let is_childs = |gone: &&Vanished| {
        let kind = catalogue.kind(words.text(gone.record.kind));
        !gone.still_shown && kind.is_some_and(|kind| kind.subject == Subject::Child)
    };
    let mut children: Vec<Word> = vanished.iter().filter(is_childs).map(|gone| gone.record.subject).collect();
    children.sort_unstable();
    children.dedup();
    children
}

/// Of these children, those of whom no record is left; what is known of them as persons goes too.
fn drop_vanished(sheets: &mut Vec<Sheet>, mut children: Vec<Word>) -> Vec<Word> {
    let is_left = |child: Word| {
        sheets.iter().any(|sheet| sheet.table.kind != "child" && !sheet.rows_of(child).is_empty())
    };
    children.retain(|&child| !is_left(child));
    if !children.is_empty() && sheets.iter().any(|sheet| sheet.table.kind == "child") {
        let persons = Draft::taken_from(sheets, "child").without(&children).sheet(false);
        sheets.push(persons);
    }
    children
}

fn in_catalogue_order(sheets: &mut [Sheet], catalogue: &Catalogue) {
    let place =
        |kind: &str| catalogue.kinds.iter().position(|known| known.name == kind).unwrap_or(usize::MAX);
    sheets.sort_by(|one, other| {
        let (one, other) = (&one.table.kind, &other.table.kind);
        (place(one), one).cmp(&(place(other), other))
    });
}
