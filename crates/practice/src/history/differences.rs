//! What is different between the two newest snapshots of a collection.

use vocabulary::day::Day;
use vocabulary::records::{Subject, Word};

use super::merge::{Fate, Record};
use super::supply::{Line, Shown, Supply};
use super::{LateRecord, RecordName};

pub use super::value::Value;

/// How a field changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Something stands where nothing stood.
    Filled,
    /// Nothing stands where something stood.
    Emptied,
    /// A latest date moved on, as it should.
    MovedOn,
    /// A day that had been given is another now.
    Restated,
    /// Something else stands there, as when a child has another worker.
    Changed,
}

/// A field of a record that changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The record, as the newer snapshot has it.
    pub record: RecordName,
    /// The field's name.
    pub field: Word,
    /// What stood there.
    pub before: Value,
    /// What stands there.
    pub after: Value,
    /// In what manner it changed.
    pub manner: Manner,
}

/// Why it can't be told what became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Several records of a child have the same key, and they are not all the same in both snapshots.
    SameKey,
    /// The day that decides whether the list should still show it could not be read or isn't supplied.
    UnreadableDay,
    /// How far back the collection shows such records isn't known.
    NoWindow,
    /// It was open, and the next snapshot is so much later that it may have ended and left the list since.
    OpenWhenLastShown,
    /// It was open, and the list, which shows one record a child, shows a later one.
    Replaced,
}

/// A record of which it can't be told whether it vanished, left or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CannotTell {
    /// The record.
    pub record: RecordName,
    /// Why.
    pub doubt: Doubt,
}

/// What is different between the two newest snapshots of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    /// The collection.
    pub collection: Word,
    /// The day that the older snapshot speaks of, and the day it was loaded.
    pub older: (Day, Day),
    /// The same of the newer one.
    pub newer: (Day, Day),
    /// Kinds that only one of the two supplies, so that nothing can be said of their records.
    pub supplied_by_one: Vec<Word>,
    /// Records that the newer shows and the older doesn't.
    pub appeared: Vec<RecordName>,
    /// Fields that changed in records that both show.
    pub changed: Vec<Change>,
    /// Records that the newer should show and doesn't.
    pub vanished: Vec<RecordName>,
    /// Records that the older shows and whose window has moved on.
    pub left: Vec<RecordName>,
    /// Records of which it can't be told.
    pub cannot_tell: Vec<CannotTell>,
    /// Children whom only the newer speaks of.
    pub new_children: Vec<Word>,
    /// Children whom only the older speaks of, although the newer should show one of their records.
    pub vanished_children: Vec<Word>,
    /// Events that the newer shows first, though the older covers their day.
    pub late: Vec<LateRecord>,
}

/// Two snapshots of a collection while their records are compared.
pub(super) struct Comparison {
    older: u32,
    newer: u32,
    /// Whether both supply the kind at hand.
    both: bool,
    children: [Vec<Word>; 2],
    found: Differences,
}

impl Comparison {
    /// One for each collection with two snapshots or more.
    pub(super) fn all(shown: &[Shown<'_>]) -> Vec<Self> {
        let mut comparisons: Vec<Self> = Vec::new();
        for newer in (0..shown.len()).rev() {
            let collection = shown[newer].collection;
            let newest = shown[newer + 1..].iter().all(|later| later.collection != collection);
            let older = (0..newer).rev().find(|&older| shown[older].collection == collection);
            if let (true, Some(older)) = (newest, older) {
                comparisons.push(Self::between(shown, older, newer));
            }
        }
        comparisons.reverse();
        comparisons
    }

    fn between(shown: &[Shown<'_>], older: usize, newer: usize) -> Self {
        let days = |place: usize| (shown[place].as_at, shown[place].loaded_on);
        let found = Differences {
            collection: shown[newer].collection,
            older: days(older),
            newer: days(newer),
            supplied_by_one: Vec::new(),
            appeared: Vec::new(),
            changed: Vec::new(),
            vanished: Vec::new(),
            left: Vec::new(),
            cannot_tell: Vec::new(),
            new_children: Vec::new(),
            vanished_children: Vec::new(),
            late: Vec::new(),
        };
        let place = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Self {
            older: place(older),
            newer: place(newer),
            both: false,
            children: [Vec::new(), Vec::new()],
            found,
        }
    }

    /// Begins with a kind.
    pub(super) fn begin(&mut self, supply: &Supply<'_>, shown: &[Shown<'_>]) {
        let tables = [self.older, self.newer].map(|place| supply.tables[place as usize]);
        self.both = tables.iter().all(Option::is_some);
        if tables[0].is_some() != tables[1].is_some() {
            self.found.supplied_by_one.push(supply.word);
        }
        if supply.kind.is_none_or(|kind| kind.subject != Subject::Child) {
            return;
        }
        for (children, (place, table)) in
            self.children.iter_mut().zip([self.older, self.newer].iter().zip(tables))
        {
            let subjects = table.iter().flat_map(|table| &table.subject);
            children.extend(subjects.map(|&subject| shown[*place as usize].word(subject)));
        }
    }

    /// Looks at records that can't be told apart: they are the same, or it can't be told how they differ.
    pub(super) fn tied(&mut self, supply: &Supply<'_>, shown: &[Shown<'_>], group: &[Line]) {
        let of = |place: u32| group.iter().copied().filter(move |line| line.snapshot == place);
        let Some(any) = of(self.newer).next().or(of(self.older).next()) else { return };
        let cells = |place: u32| {
            let cell = |line, field| supply.value(shown, line, field).map(Value::bits);
            let row = |line| (0..supply.fields.len()).map(|field| cell(line, field)).collect::<Vec<_>>();
            let mut rows: Vec<_> = of(place).map(row).collect();
            rows.sort_unstable();
            rows
        };
        if self.both && cells(self.older) != cells(self.newer) {
            self.found
                .cannot_tell
                .push(CannotTell { record: supply.name_of(shown, any), doubt: Doubt::SameKey });
        }
    }

    /// Looks at a record in both snapshots.
    pub(super) fn record(
        &mut self,
        supply: &Supply<'_>,
        shown: &[Shown<'_>],
        record: Record<'_>,
        fates: &[(Line, Fate)],
    ) {
        if !self.both || record.tied {
            return;
        }
        let in_snapshot = |place: u32| {
            let from = record.lines.partition_point(|line| line.snapshot < place);
            record.lines.get(from).copied().filter(|line| line.snapshot == place)
        };
        match (in_snapshot(self.older), in_snapshot(self.newer)) {
            (None, None) => {}
            (None, Some(newer)) => self.found.appeared.push(supply.name_of(shown, newer)),
            (Some(older), Some(newer)) => self.compare(supply, shown, older, newer),
            (Some(older), None) => {
                let fate =
                    fates.iter().find(|(last, _)| last.snapshot == older.snapshot).map(|(_, fate)| *fate);
                self.gone(supply.name_of(shown, older), fate);
            }
        }
    }

    fn gone(&mut self, record: RecordName, fate: Option<Fate>) {
        match fate {
            Some(Fate::Vanished { .. }) => self.found.vanished.push(record),
            Some(Fate::CannotTell(doubt)) => self.found.cannot_tell.push(CannotTell { record, doubt }),
            Some(Fate::Left | Fate::Shown) | None => self.found.left.push(record),
        }
    }

    fn compare(&mut self, supply: &Supply<'_>, shown: &[Shown<'_>], older: Line, newer: Line) {
        for (place, field) in supply.fields.iter().enumerate() {
            let values = (supply.value(shown, older, place), supply.value(shown, newer, place));
            let (Some(before), Some(after)) = values else { continue };
            if before != after {
                let record = supply.name_of(shown, newer);
                let manner = manner(field.name, before, after);
                self.found.changed.push(Change { record, field: field.word, before, after, manner });
            }
        }
    }

    /// What was found, with what was recorded late in the newer snapshot.
    pub(super) fn finish(mut self, shown: &[Shown<'_>], late: &[LateRecord]) -> Differences {
        let newer = &shown[self.newer as usize];
        let older_on = shown[self.older as usize].as_at;
        let own = |late: &&LateRecord| {
            late.collection == newer.collection
                && (late.not_shown_on, late.first_shown_on) == (older_on, newer.as_at)
        };
        self.found.late = late.iter().filter(own).copied().collect();
        for children in &mut self.children {
            children.sort_unstable();
            children.dedup();
        }
        let [older, newer] = &self.children;
        let only_in = |these: &[Word], others: &[Word]| {
            these.iter().copied().filter(|child| others.binary_search(child).is_err()).collect::<Vec<_>>()
        };
        self.found.new_children = only_in(newer, older);
        let mut vanished: Vec<Word> = self.found.vanished.iter().map(|record| record.subject).collect();
        vanished.sort_unstable();
        let has_vanished = |child: &Word| vanished.binary_search(child).is_ok();
        self.found.vanished_children = only_in(older, newer).into_iter().filter(has_vanished).collect();
        self.found
    }
}

/// Days that show the newest of several, so that a later one is no correction.
const MOVES_ON: [&str; 4] = ["placement_on", "legal_status_on", "reviewed_on", "conference_target_on"];

fn manner(field: &str, before: Value, after: Value) -> Manner {
    let moves_on = field.starts_with("last_") || MOVES_ON.contains(&field);
    match (before, after) {
        (Value::Blank, _) => Manner::Filled,
        (_, Value::Blank) => Manner::Emptied,
        _ => match (before.day(), after.day()) {
            (Some(before), Some(after)) if moves_on && after > before => Manner::MovedOn,
            (Some(_), Some(_)) => Manner::Restated,
            _ => Manner::Changed,
        },
    }
}
