//! Events out of latest dates: Annex A shows only the last visit, review or assessment of each child, so each distinct
//! date over the snapshots is an event (reference annex-a.md, section 7).
//!
//! A source that lists every event wins for the days that it covers; latest dates fill in the other days.

use vocabulary::day::Day;
use vocabulary::records::{Catalogue, FieldType, Source, Word};

use super::draft::{Draft, Made};
use super::merge::{Found, Record};
use super::supply::{Line, Shown, Supply};
use super::value::Value;
use super::{LateRecord, Withdrawn, windows};
use crate::picture::Sheet;

/// A field that holds the latest of a run of events, and the kind of record that each of them is.
struct LatestField {
    kind: &'static str,
    field: &'static str,
    event: &'static str,
    event_field: &'static str,
    /// A field that speaks of the same event, under its name in both kinds.
    beside: Option<&'static str>,
}

const fn latest(
    kind: &'static str,
    field: &'static str,
    event: &'static str,
    event_field: &'static str,
) -> LatestField {
    LatestField { kind, field, event, event_field, beside: None }
}

const LATEST: [LatestField; 8] = [
    LatestField {
        beside: Some("seen_alone"),
        ..latest("protection_plan", "last_visit_on", "protection_visit", "visited_on")
    },
    latest("protection_plan", "last_review_on", "protection_review", "held_on"),
    latest("looked_after_period", "last_review_on", "care_review", "held_on"),
    latest("looked_after_period", "last_visit_on", "care_visit", "visited_on"),
    latest("looked_after_period", "last_health_assessment_on", "health_assessment", "held_on"),
    latest("looked_after_period", "last_dental_check_on", "dental_check", "held_on"),
    latest("care_leaver", "last_pathway_review_on", "pathway_review", "held_on"),
    latest("care_leaver", "last_contact_on", "care_leaver_contact", "held_on"),
];

/// Something that happened, as latest dates show it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// Its place in [`LATEST`].
    place: usize,
    subject: Word,
    on: Day,
    beside: Value,
    source: Source,
    shown_first_on: Day,
    shown_last_on: Day,
}

/// The latest dates that a kind holds, with the places of their fields.
pub(super) struct Latest(Vec<LatestPlaces>);

struct LatestPlaces {
    place: usize,
    field: usize,
    beside: Option<usize>,
}

/// A date that a record showed, while its later snapshots are read.
struct Standing {
    event: Event,
    collection: Word,
    /// The snapshot that showed it last.
    snapshot: u32,
}

impl Latest {
    /// The latest dates of a kind that some snapshot supplies.
    pub(super) fn of(supply: &Supply<'_>) -> Self {
        let of_kind = LATEST.iter().enumerate().filter(|(_, latest)| latest.kind == supply.name);
        let places = |(place, latest): (usize, &LatestField)| {
            let beside = latest.beside.and_then(|name| supply.field(name));
            Some(LatestPlaces { place, field: supply.field(latest.field)?, beside })
        };
        Self(of_kind.filter_map(places).collect())
    }

    /// Notes the events of one record, those recorded late, and the dates that were taken back.
    pub(super) fn collect(
        &self,
        supply: &Supply<'_>,
        shown: &[Shown<'_>],
        record: Record<'_>,
        late_after_days: i32,
        found: &mut Found,
    ) {
        for latest in &self.0 {
            let mut standing: Vec<Standing> = Vec::new();
            for &line in record.lines {
                let Some(on) = supply.value(shown, line, latest.field).and_then(Value::day) else { continue };
                if !record.tied {
                    take_back(supply, shown, latest, line, on, &mut standing, &mut found.withdrawn);
                }
                if show_again(&mut standing, on, shown, line) {
                    continue;
                }
                if !record.tied {
                    let late = late(supply, shown, latest, record, line, on);
                    let is_late = |late: &LateRecord| late.first_shown_on.days_since(on) > late_after_days;
                    found.late.extend(late.filter(is_late));
                }
                standing.push(latest.standing(supply, shown, line, on));
            }
            found.events.extend(standing.into_iter().map(|standing| standing.event));
        }
    }
}

impl LatestPlaces {
    fn standing(&self, supply: &Supply<'_>, shown: &[Shown<'_>], line: Line, on: Day) -> Standing {
        let snapshot = &shown[line.snapshot as usize];
        let beside =
            self.beside.and_then(|field| supply.value(shown, line, field)).unwrap_or(Value::Unreadable);
        let event = Event {
            place: self.place,
            subject: line.subject(),
            on,
            beside,
            source: snapshot.source(supply.table(line).source[line.row as usize]),
            shown_first_on: snapshot.as_at,
            shown_last_on: snapshot.as_at,
        };
        Standing { event, collection: snapshot.collection, snapshot: line.snapshot }
    }
}

/// Whether the date stands already; then it was shown on this day too.
fn show_again(standing: &mut [Standing], on: Day, shown: &[Shown<'_>], line: Line) -> bool {
    let Some(again) = standing.iter_mut().find(|standing| standing.event.on == on) else { return false };
    again.event.shown_last_on = again.event.shown_last_on.max(shown[line.snapshot as usize].as_at);
    again.snapshot = line.snapshot;
    true
}

/// Takes away the later dates that this record showed in the same collection before: they were shown by mistake.
fn take_back(
    supply: &Supply<'_>,
    shown: &[Shown<'_>],
    latest: &LatestPlaces,
    line: Line,
    on: Day,
    standing: &mut Vec<Standing>,
    withdrawn: &mut Vec<Withdrawn>,
) {
    let collection = shown[line.snapshot as usize].collection;
    standing.retain(|before| {
        let taken_back = before.snapshot < line.snapshot && before.event.on > on;
        let stays = before.collection != collection || !taken_back;
        if !stays {
            let (record, field) = (supply.name_of(shown, line), supply.fields[latest.field].word);
            withdrawn.push(Withdrawn { record, field, was: before.event.on, is: on });
        }
        stays
    });
}

/// The date as a late one, if the snapshot before shows the record on a later day without it.
fn late(
    supply: &Supply<'_>,
    shown: &[Shown<'_>],
    latest: &LatestPlaces,
    record: Record<'_>,
    line: Line,
    on: Day,
) -> Option<LateRecord> {
    let before = supply.before[line.snapshot as usize]?;
    let not_shown_on = shown[before as usize].as_at;
    let earlier = record.lines.iter().find(|earlier| earlier.snapshot == before)?;
    let earlier = supply.value(shown, *earlier, latest.field)?;
    let covered = on <= not_shown_on && earlier != Value::Unreadable;
    let field = supply.fields[latest.field].word;
    let snapshot = &shown[line.snapshot as usize];
    let (collection, first_shown_on) = (snapshot.collection, snapshot.as_at);
    let record = supply.name_of(shown, line);
    covered.then_some(LateRecord { record, collection, field, happened_on: on, first_shown_on, not_shown_on })
}

/// Adds the sheets of events to those of the sources.
pub(super) fn add_sheets(
    sheets: &mut Vec<Sheet>,
    mut events: Vec<Event>,
    shown: &[Shown<'_>],
    catalogue: &Catalogue,
) {
    // The events of records that vanished go with them, unless the child still has a record of that kind: then its
    // keys were corrected and the events happened all the same.
    events.retain(|event| {
        let sheet = sheets.iter().find(|sheet| sheet.table.kind == LATEST[event.place].kind);
        sheet.is_some_and(|sheet| !sheet.rows_of(event.subject).is_empty())
    });
    events.sort_by_key(|event| {
        (event.place, event.subject, event.on, event.shown_first_on, event.shown_last_on)
    });
    for of_one_field in events.chunk_by(|one, other| one.place == other.place) {
        add_sheet(sheets, of_one_field, shown, catalogue);
    }
}

fn add_sheet(sheets: &mut Vec<Sheet>, events: &[Event], shown: &[Shown<'_>], catalogue: &Catalogue) {
    let latest = &LATEST[events[0].place];
    let covered = covered(latest, shown);
    let mut draft = Draft::taken_from(sheets, latest.event).with_column(latest.event_field, FieldType::Day);
    if let Some(beside) = latest.beside {
        let field = catalogue.kind(latest.event).and_then(|kind| kind.field(beside));
        draft = draft.with_column(beside, field.map_or(FieldType::Code, |field| field.field_type));
    }
    for same in events.chunk_by(|one, other| (one.subject, one.on) == (other.subject, other.on)) {
        let newest = same.iter().max_by_key(|event| event.shown_last_on).unwrap_or(&same[0]);
        if covered.iter().any(|(from, to)| (*from..=*to).contains(&newest.on)) {
            continue;
        }
        let made = Made {
            subject: newest.subject,
            source: newest.source,
            shown_first_on: same[0].shown_first_on,
            shown_last_on: newest.shown_last_on,
        };
        let mut values = vec![(latest.event_field, Value::Day(newest.on))];
        values.extend(latest.beside.map(|name| (name, newest.beside)));
        draft.push(made, &values);
    }
    sheets.push(draft.sheet(covered.is_empty()));
}

/// The days that sources cover which list every event.
fn covered(latest: &LatestField, shown: &[Shown<'_>]) -> Vec<(Day, Day)> {
    let mut covered = Vec::new();
    for snapshot in shown {
        let Some(table) = snapshot.records.table(latest.event) else { continue };
        let first_listed = || {
            let column = table.column(latest.event_field)?;
            (0..table.len()).filter_map(|row| column.day(row).value()).min()
        };
        let from = match windows::showing(snapshot.collection_name, latest.event) {
            Some(showing) => showing.period.first_day(snapshot.as_at),
            None => first_listed().unwrap_or(snapshot.as_at),
        };
        covered.push((from, snapshot.as_at));
    }
    covered
}
