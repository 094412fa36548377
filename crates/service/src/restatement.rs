//! Restatements: a month's figures as they were first published beside what they are now, and why they differ.
//!
//! Nothing is kept for it: both are computed from the snapshots, the first with only those that were loaded when the
//! month's first extract came to count. So either can be computed again at any time.

use std::collections::BTreeMap;

use jiff::civil::Date;
use practice::indicator::{Group, IndicatorValue, Part, PeriodKind, behind};
use practice::outcome::Status;
use store::{Scope, Snapshot, SnapshotState};
use vocabulary::day::Day;

use crate::Service;
use crate::figures::{Figures, Knowledge, loaded_on};
use crate::refusal::Refusal;

/// A measure's value for a month, then and now.
#[derive(Clone, Debug)]
pub struct Restatement {
    /// The measure's place in the library.
    pub measure: u16,
    /// As first published.
    pub first: IndicatorValue,
    /// As known now.
    pub now: IndicatorValue,
    /// Why they differ, in events.
    pub causes: Causes,
}

/// Why a value differs from what was first published: how many events of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Causes {
    /// Their clock still ran when the month was first published.
    pub clock_ran: usize,
    /// They had happened and were not on record.
    pub recorded_late: usize,
    /// Something in their record was changed since, and they are judged differently.
    pub corrected: usize,
    /// They are gone from the record, or belong to another month now.
    pub withdrawn: usize,
}

impl Causes {
    /// Whether nothing differs.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Whether the record was changed, beyond clocks that ran out.
    pub fn is_restated(self) -> bool {
        !Self { clock_ran: 0, ..self }.is_empty()
    }
}

/// Every measure of a month, then and now.
#[derive(Clone, Debug)]
pub struct Restatements {
    /// The last day of the month.
    pub month: Day,
    /// The day on which its figures were first published.
    pub published_on: Date,
    /// Measures whose value or whose events differ.
    pub restated: Vec<Restatement>,
    /// How many measures were compared.
    pub compared: usize,
}

impl Service {
    /// The month-ends for which an extract counts, the newest first.
    pub async fn published_months(&self, scope: &Scope) -> Result<Vec<Date>, Refusal> {
        let snapshots = self.snapshots(scope).await?;
        let mut months: Vec<Date> = committed(&snapshots)
            .filter(|snapshot| is_monthly(snapshot))
            .map(|snapshot| snapshot.as_at)
            .collect();
        months.sort_unstable();
        months.dedup();
        months.reverse();
        Ok(months)
    }

    /// A month's figures as first published beside what they are now; nothing when no extract tells of its end.
    pub async fn restatements(&self, scope: &Scope, month: Date) -> Result<Option<Restatements>, Refusal> {
        let snapshots = self.snapshots(scope).await?;
        let of_month =
            committed(&snapshots).filter(|snapshot| snapshot.as_at == month && is_monthly(snapshot));
        let Some(published_on) = of_month.map(loaded_on).min() else { return Ok(None) };
        let then = Knowledge { as_at: Some(month), known_on: Some(published_on), with_staged: None };
        let (Some(then), Some(now)) =
            (self.figures(scope, then).await?, self.figures(scope, Knowledge::default()).await?)
        else {
            return Ok(None);
        };
        Ok(Some(Restatements::between(&then, &now, Day::of(month), published_on)))
    }
}

fn committed(snapshots: &[Snapshot]) -> impl Iterator<Item = &Snapshot> {
    snapshots.iter().filter(|snapshot| snapshot.state == SnapshotState::Committed)
}

/// Yearly returns are no monthly publication.
fn is_monthly(snapshot: &Snapshot) -> bool {
    !matches!(snapshot.collection.as_str(), "ssda903" | "cin")
}

impl Restatements {
    /// What a month's figures were and are.
    pub fn between(then: &Figures, now: &Figures, month: Day, published_on: Date) -> Self {
        let mut restated = Vec::new();
        let mut compared = 0;
        for (place, measure) in (0_u16..).zip(&now.library.measures) {
            let Some(was) = then.library.measure(&measure.code) else { continue };
            let (Some(first), Some(value)) = (of_month(then, was, month), of_month(now, place, month)) else {
                continue;
            };
            compared += 1;
            let causes = causes(then, &first, now, &value);
            if !causes.is_empty() {
                restated.push(Restatement { measure: place, first, now: value, causes });
            }
        }
        Self { month, published_on, restated, compared }
    }
}

fn of_month(figures: &Figures, measure: u16, month: Day) -> Option<IndicatorValue> {
    let fits = |value: &&IndicatorValue| {
        value.group == Group::Council
            && value.period.end == month
            && matches!(value.period.kind, PeriodKind::Month | PeriodKind::Position)
    };
    figures.values_of(measure).iter().find(fits).copied()
}

/// An event by what tells it from others, whatever is said of it.
type EventName = (String, Option<Day>);

fn causes(then: &Figures, first: &IndicatorValue, now: &Figures, value: &IndicatorValue) -> Causes {
    let (mut was, is) = (events(then, first), events(now, value));
    let mut causes = Causes::default();
    let mut unseen: Vec<EventName> = Vec::new();
    for (name, parts) in is {
        let before = was.remove(&name).unwrap_or_default();
        let added = parts.len().saturating_sub(before.len());
        unseen.extend(std::iter::repeat_n(name, added));
        causes.withdrawn += before.len().saturating_sub(parts.len());
        causes.corrected += before.iter().zip(&parts).filter(|(before, after)| before != after).count();
    }
    causes.withdrawn += was.values().map(Vec::len).sum::<usize>();
    if !unseen.is_empty() {
        let running = running(then, first.measure);
        for name in unseen {
            match running.get(&name) {
                Some(()) => causes.clock_ran += 1,
                None => causes.recorded_late += 1,
            }
        }
    }
    causes
}

fn events(figures: &Figures, value: &IndicatorValue) -> BTreeMap<EventName, Vec<Part>> {
    let mut events: BTreeMap<EventName, Vec<Part>> = BTreeMap::new();
    for (place, part) in behind(&figures.library, &figures.outcomes, value) {
        let outcome = &figures.outcomes.outcomes[place];
        let subject = figures.history.picture.words.text(outcome.subject).to_owned();
        events.entry((subject, outcome.event_on)).or_default().push(part);
    }
    events.values_mut().for_each(|parts| parts.sort_unstable());
    events
}

/// Events whose clock ran when figures were made.
fn running(figures: &Figures, measure: u16) -> BTreeMap<EventName, ()> {
    let standard = figures.library.measures[usize::from(measure)].standard;
    let outcomes = &figures.outcomes.outcomes;
    let first = outcomes.partition_point(|outcome| outcome.standard < standard);
    outcomes[first..]
        .iter()
        .take_while(|outcome| outcome.standard == standard)
        .filter(|outcome| outcome.status == Status::Due || outcome.met_on.is_none())
        .map(|outcome| {
            ((figures.history.picture.words.text(outcome.subject).to_owned(), outcome.event_on), ())
        })
        .collect()
}
