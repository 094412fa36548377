//! What differs between a snapshot and the one before it of the same collection.

use practice::history::{Differences, History, Manner, Question, RecordName, Value};
use store::{DataClass, Scope, Snapshot, SnapshotChanges, SnapshotState};
use vocabulary::day::Day;
use vocabulary::id::ChildId;
use vocabulary::records::{Records, Word};

use crate::Service;
use crate::declared::library;
use crate::figures::LATE_AFTER_DAYS;
use crate::refusal::Refusal;

/// A field that changed in a record that both snapshots show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedField {
    /// Whose record.
    pub child: Option<ChildId>,
    /// The kind of record.
    pub kind: String,
    /// The day that tells it from others.
    pub on: Option<Day>,
    /// The field.
    pub field: String,
    /// What stood there.
    pub before: String,
    /// What stands there.
    pub after: String,
    /// `filled`, `emptied`, `moved on`, `restated` or `changed`.
    pub manner: &'static str,
}

/// What differs, record by record, for those who read children's records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DifferenceDetail {
    /// The day that the snapshot before tells of.
    pub former: Option<Day>,
    /// Children seen for the first time.
    pub new_children: Vec<ChildId>,
    /// Children gone although the lists still cover them.
    pub vanished_children: Vec<ChildId>,
    /// Records gone although the lists still cover them: child, kind, key day.
    pub vanished: Vec<(Option<ChildId>, String, Option<Day>)>,
    /// Fields with something else in them; dates that moved on as they should are left out.
    pub changed: Vec<ChangedField>,
    /// Events first shown late: child, kind, the day it happened.
    pub late: Vec<(Option<ChildId>, String, Day)>,
}

/// The committed snapshot that a new one of a collection is held against: the last up to its day.
pub(crate) fn before<'s>(
    known: &'s [Snapshot],
    collection: &str,
    as_at: jiff::civil::Date,
) -> Option<&'s Snapshot> {
    let of_collection = known.iter().filter(|snapshot| {
        snapshot.state == SnapshotState::Committed
            && snapshot.collection == collection
            && snapshot.as_at <= as_at
    });
    of_collection.max_by_key(|snapshot| (snapshot.as_at, snapshot.stamp.at))
}

/// Two snapshots of a collection, each with the day it tells of, held against each other.
pub(crate) fn difference(
    collection: &str,
    former: (jiff::civil::Date, &Records),
    newer: (jiff::civil::Date, &Records),
) -> History {
    let sources = [(0, former), (1, newer)].map(|(load, (as_at, records))| practice::history::Snapshot {
        as_at: Day::of(as_at),
        loaded_on: Day::of(as_at),
        load,
        collection,
        records,
    });
    let question = Question {
        known_on: Day(i32::MAX / 2),
        late_after_days: LATE_AFTER_DAYS,
        catalogue: &library().catalogue,
    };
    History::of(&sources, &question)
}

/// The differences in numbers.
pub(crate) fn changes_of(history: &History) -> SnapshotChanges {
    let Some(found) = history.differences.first() else { return SnapshotChanges::default() };
    SnapshotChanges {
        new_children: found.new_children.len(),
        vanished_children: found.vanished_children.len(),
        new_records: found.appeared.len(),
        changed_records: changed_records(found),
        vanished_records: found.vanished.len(),
        recorded_late: found.late.len(),
    }
}

fn changed_records(found: &Differences) -> usize {
    let mut records: Vec<(Word, Word, Option<Day>)> = found
        .changed
        .iter()
        .filter(|change| change.manner != Manner::MovedOn)
        .map(|change| (change.record.kind, change.record.subject, change.record.on))
        .collect();
    records.sort_unstable();
    records.dedup();
    records.len()
}

impl Service {
    /// What a snapshot changes, record by record. The reads of the children shown are the caller's to write down.
    pub async fn difference(&self, scope: &Scope, snapshot: &Snapshot) -> Result<DifferenceDetail, Refusal> {
        if !scope.allows(DataClass::PseudonymousChildren) || scope.teams().is_some() {
            return Err(Refusal::NotFound);
        }
        let mut known = self.snapshots(scope).await?;
        known.retain(|other| other.id != snapshot.id && other.stamp.at <= snapshot.stamp.at);
        let Some(former) = before(&known, &snapshot.collection, snapshot.as_at) else {
            return Ok(DifferenceDetail::default());
        };
        let (older, newer) = (self.kept(scope, former)?, self.kept(scope, snapshot)?);
        let history = difference(
            &snapshot.collection,
            (former.as_at, &older.records),
            (snapshot.as_at, &newer.records),
        );
        Ok(detail(&history, Day::of(former.as_at)))
    }
}

fn detail(history: &History, former: Day) -> DifferenceDetail {
    let text = |word: Word| history.picture.words.text(word).to_owned();
    let child = |record: &RecordName| ChildId::parse(history.picture.words.text(record.subject));
    let Some(found) = history.differences.first() else { return DifferenceDetail::default() };
    let value = |value: Value| value_in_words(value, history);
    let children = |words: &[Word]| {
        words.iter().filter_map(|word| ChildId::parse(history.picture.words.text(*word))).collect()
    };
    DifferenceDetail {
        former: Some(former),
        new_children: children(&found.new_children),
        vanished_children: children(&found.vanished_children),
        vanished: found.vanished.iter().map(|record| (child(record), text(record.kind), record.on)).collect(),
        changed: found
            .changed
            .iter()
            .filter(|change| change.manner != Manner::MovedOn)
            .map(|change| ChangedField {
                child: child(&change.record),
                kind: text(change.record.kind),
                on: change.record.on,
                field: text(change.field),
                before: value(change.before),
                after: value(change.after),
                manner: manner_in_words(change.manner),
            })
            .collect(),
        late: found
            .late
            .iter()
            .map(|late| (child(&late.record), text(late.record.kind), late.happened_on))
            .collect(),
    }
}

fn manner_in_words(manner: Manner) -> &'static str {
    match manner {
        Manner::Filled => "filled",
        Manner::Emptied => "emptied",
        Manner::MovedOn => "moved on",
        Manner::Restated => "restated",
        Manner::Changed => "changed",
    }
}

fn value_in_words(value: Value, history: &History) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Unreadable => "could not be read".to_owned(),
        Value::Day(day) => vocabulary::date::day_in_words(day.date()),
        Value::Word(word) => history.picture.words.text(word).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Moment(moment) => vocabulary::date::day_in_words(moment.day().date()),
    }
}
