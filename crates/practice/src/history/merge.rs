//! The rows of each record, one snapshot after another: which row stands, what vanished, what was recorded late.

use vocabulary::day::Day;
use vocabulary::records::Word;

use super::differences::{Comparison, Differences, Doubt};
use super::draft::Draft;
use super::events::{Event, Latest};
use super::supply::{Line, Shown, Supply};
use super::value::Value;
use super::windows::Would;
use super::{LateRecord, RecordName, Vanished, Withdrawn};
use crate::picture::Sheet;

/// What became of a record in one collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The newest list shows it.
    Shown,
    /// The list's window moved on.
    Left,
    /// The list of this snapshot should show it.
    Vanished { gone: u32 },
    /// It may have left or vanished.
    CannotTell(Doubt),
}

/// The rows that are one record, the oldest first, among all rows of its subject.
#[derive(Clone, Copy)]
pub(super) struct Record<'r> {
    pub(super) lines: &'r [Line],
    pub(super) of_subject: &'r [Line],
    /// Whether other records have the same keys, so that which is which is a guess by their order.
    pub(super) tied: bool,
}

/// What is found on the way, kind by kind.
pub(super) struct Merge<'a> {
    shown: &'a [Shown<'a>],
    late_after_days: i32,
    found: Found,
    comparisons: Vec<Comparison>,
}

/// Everything found besides the records themselves.
#[derive(Default)]
pub(super) struct Found {
    pub(super) vanished: Vec<Vanished>,
    pub(super) late: Vec<LateRecord>,
    pub(super) withdrawn: Vec<Withdrawn>,
    pub(super) events: Vec<Event>,
    pub(super) differences: Vec<Differences>,
}

impl<'a> Merge<'a> {
    pub(super) fn new(shown: &'a [Shown<'a>], late_after_days: i32) -> Self {
        Self { shown, late_after_days, found: Found::default(), comparisons: Comparison::all(shown) }
    }

    /// Puts the records of one kind together.
    pub(super) fn kind(&mut self, supply: &Supply<'_>) -> Sheet {
        let lines = supply.lines(self.shown);
        let latest = Latest::of(supply);
        let mut kept = Kept::default();
        for comparison in &mut self.comparisons {
            comparison.begin(supply, self.shown);
        }
        for of_subject in lines.chunk_by(Line::same_subject) {
            for group in of_subject.chunk_by(Line::same_record) {
                let tied =
                    !supply.one_a_subject() && group.windows(2).any(|two| two[0].snapshot == two[1].snapshot);
                if tied {
                    for comparison in &mut self.comparisons {
                        comparison.tied(supply, self.shown, group);
                    }
                    for lines in &apart(group) {
                        self.record(supply, &latest, Record { lines, of_subject, tied }, &mut kept);
                    }
                } else {
                    self.record(supply, &latest, Record { lines: group, of_subject, tied }, &mut kept);
                }
            }
        }
        kept.sheet(supply, self.shown)
    }

    /// What was found in all kinds.
    pub(super) fn finish(mut self) -> Found {
        let late = &self.found.late;
        self.found.differences =
            self.comparisons.into_iter().map(|comparison| comparison.finish(self.shown, late)).collect();
        self.found
    }

    fn record(&mut self, supply: &Supply<'_>, latest: &Latest, record: Record<'_>, kept: &mut Kept) {
        let fates = self.fates(supply, record);
        let is_gone = |fate: &Fate| matches!(fate, Fate::Vanished { .. });
        let still_shown = fates.iter().any(|(_, fate)| !is_gone(fate));
        for &(last, fate) in &fates {
            if let Fate::Vanished { gone } = fate {
                self.vanish(supply.name_of(self.shown, last), gone, still_shown);
            }
        }
        if still_shown {
            let gone_from = |line: &Line| {
                let same = |other: Line| self.collection(other) == self.collection(*line);
                fates.iter().any(|(last, fate)| is_gone(fate) && same(*last))
            };
            kept.add(record.lines.iter().copied().filter(|line| !gone_from(line)), self.shown);
        }
        self.late(supply, record);
        latest.collect(supply, self.shown, record, self.late_after_days, &mut self.found);
        for comparison in &mut self.comparisons {
            comparison.record(supply, self.shown, record, &fates);
        }
    }

    fn collection(&self, line: Line) -> Word {
        self.shown[line.snapshot as usize].collection
    }

    /// What became of the record in each collection that ever showed it, with the last row there.
    fn fates(&self, supply: &Supply<'_>, record: Record<'_>) -> Vec<(Line, Fate)> {
        let mut fates: Vec<(Line, Fate)> = Vec::with_capacity(1);
        for &line in record.lines.iter().rev() {
            if fates.iter().all(|(last, _)| self.collection(*last) != self.collection(line)) {
                fates.push((line, fate(supply, self.shown, line, record.of_subject)));
            }
        }
        fates
    }

    fn vanish(&mut self, record: RecordName, gone: u32, still_shown: bool) {
        let snapshot = &self.shown[gone as usize];
        let (collection, gone_on) = (snapshot.collection, snapshot.as_at);
        self.found.vanished.push(Vanished { record, collection, gone_on, still_shown });
    }

    /// Notes a record that the snapshot before its first should have shown.
    fn late(&mut self, supply: &Supply<'_>, record: Record<'_>) {
        let first = record.lines[0];
        let (Some(before), Some(field), false) =
            (supply.before[first.snapshot as usize], supply.key_day(), record.tied)
        else {
            return;
        };
        let Some(happened_on) = supply.value(self.shown, first, field).and_then(Value::day) else { return };
        let before = &self.shown[before as usize];
        let first_shown_on = self.shown[first.snapshot as usize].as_at;
        let is_late =
            happened_on <= before.as_at && first_shown_on.days_since(happened_on) > self.late_after_days;
        let showing = supply.showing[first.snapshot as usize];
        let was_due = |showing: &super::Showing| {
            showing.would_show(supply, self.shown, first, before.as_at) == Would::Show
        };
        if is_late && showing.is_some_and(was_due) {
            let (record, field) = (supply.name_of(self.shown, first), supply.fields[field].word);
            let (collection, not_shown_on) = (before.collection, before.as_at);
            let late = LateRecord { record, collection, field, happened_on, first_shown_on, not_shown_on };
            self.found.late.push(late);
        }
    }
}

/// What became of a record in the collection of the row that showed it last there.
fn fate(supply: &Supply<'_>, shown: &[Shown<'_>], line: Line, of_subject: &[Line]) -> Fate {
    let Some(next) = supply.next[line.snapshot as usize] else { return Fate::Shown };
    let Some(showing) = supply.showing[line.snapshot as usize] else {
        if shown[line.snapshot as usize].collection_name == supply.name {
            return fate_in_register(supply, shown, line, next);
        }
        return if supply.one_a_subject() || supply.kind.is_none() {
            Fate::Left
        } else {
            Fate::CannotTell(Doubt::NoWindow)
        };
    };
    match showing.would_show(supply, shown, line, shown[next as usize].as_at) {
        Would::NotShow => return Fate::Left,
        Would::CannotTell(doubt) => return Fate::CannotTell(doubt),
        Would::Show => {}
    }
    let later = |other: &&Line| other.snapshot == next && other.first_key() > line.first_key();
    if showing.only_latest
        && let Some(&later) = of_subject.iter().find(later)
    {
        return replaced(supply, shown, line, later, next);
    }
    match showing.moves_to {
        Some(kind) if is_on(shown, next, kind, line.subject()) => Fate::Left,
        _ => Fate::Vanished { gone: next },
    }
}

/// What became of a row of a register. A register is kept from month to month, so it shows everything from its first row
/// on: what lies in that time and is no longer there was taken out.
fn fate_in_register(supply: &Supply<'_>, shown: &[Shown<'_>], line: Line, next: u32) -> Fate {
    let Some(field) = supply.key_day() else { return Fate::CannotTell(Doubt::NoWindow) };
    let Some(on) = supply.value(shown, line, field).and_then(Value::day) else {
        return Fate::CannotTell(Doubt::UnreadableDay);
    };
    let column = supply.columns[next as usize][field];
    let first = column.and_then(|column| (0..column.len()).filter_map(|row| column.day(row).value()).min());
    match first {
        Some(first) if first <= on => Fate::Vanished { gone: next },
        Some(_) => Fate::Left,
        None => Fate::CannotTell(Doubt::NoWindow),
    }
}

/// What became of a record whose place in a list of the latest only was taken by a later one.
fn replaced(supply: &Supply<'_>, shown: &[Shown<'_>], line: Line, later: Line, next: u32) -> Fate {
    let showing = supply.showing[line.snapshot as usize];
    if !showing.is_some_and(|showing| showing.is_open(supply, shown, line)) {
        return Fate::Left;
    }
    // An open record whose place is taken by one that began before it was last shown was given another start.
    let began = supply.key_day().and_then(|field| supply.value(shown, later, field)).and_then(Value::day);
    match began {
        Some(began) if began <= shown[line.snapshot as usize].as_at => Fate::Vanished { gone: next },
        _ => Fate::CannotTell(Doubt::Replaced),
    }
}

fn is_on(shown: &[Shown<'_>], snapshot: u32, kind: &str, subject: Word) -> bool {
    let snapshot = &shown[snapshot as usize];
    let table = snapshot.records.table(kind);
    table.is_some_and(|table| table.subject.iter().any(|&other| snapshot.word(other) == subject))
}

/// Rows with equal keys, set apart by their order in each snapshot.
fn apart(group: &[Line]) -> Vec<Vec<Line>> {
    let mut records: Vec<Vec<Line>> = Vec::new();
    for same_snapshot in group.chunk_by(|one, other| one.snapshot == other.snapshot) {
        for (place, &line) in same_snapshot.iter().enumerate() {
            match records.get_mut(place) {
                Some(lines) => lines.push(line),
                None => records.push(vec![line]),
            }
        }
    }
    records
}

/// The rows of the records that stay: of each record the newest first, and of one snapshot the first row first.
#[derive(Default)]
struct Kept {
    lines: Vec<Line>,
    ends: Vec<usize>,
    shown_first_on: Vec<Day>,
}

impl Kept {
    fn add(&mut self, lines: impl Iterator<Item = Line>, shown: &[Shown<'_>]) {
        let start = self.lines.len();
        self.lines.extend(lines);
        let own = &mut self.lines[start..];
        if let Some(first) = own.first() {
            self.shown_first_on.push(shown[first.snapshot as usize].as_at);
            own.sort_unstable_by_key(|line| (std::cmp::Reverse(line.snapshot), line.row));
            self.ends.push(self.lines.len());
        }
    }

    fn records(&self) -> impl Iterator<Item = &[Line]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.lines[start..end])
    }

    fn sheet(self, supply: &Supply<'_>, shown: &[Shown<'_>]) -> Sheet {
        let mut draft = Draft::new(supply.name);
        for lines in self.records() {
            let newest = lines[0];
            draft.table.subject.push(newest.subject());
            let source = supply.table(newest).source[newest.row as usize];
            draft.table.source.push(shown[newest.snapshot as usize].source(source));
            draft.shown_last_on.push(shown[newest.snapshot as usize].as_at);
        }
        for (place, field) in supply.fields.iter().enumerate() {
            let mut column = field.empty.reordered(&[]);
            for lines in self.records() {
                cell(supply, shown, lines, place).push_to(&mut column);
            }
            draft.table.columns.push((field.name.to_owned(), column));
        }
        draft.shown_first_on = self.shown_first_on;
        draft.sheet(false)
    }
}

/// The cell of the newest row whose source supplies the field; unreadable when no source of the record does.
fn cell(supply: &Supply<'_>, shown: &[Shown<'_>], lines: &[Line], field: usize) -> Value {
    let mut found: Option<(u32, Value)> = None;
    for &line in lines {
        match found {
            // Of several rows of one snapshot, which are one record, the first that says something.
            Some((snapshot, Value::Blank)) if snapshot == line.snapshot => {}
            Some(_) => break,
            None => {}
        }
        if let Some(value) = supply.value(shown, line, field) {
            found = Some((line.snapshot, value));
            if value != Value::Blank {
                break;
            }
        }
    }
    found.map_or(Value::Unreadable, |(_, value)| value)
}
