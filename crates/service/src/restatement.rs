//! Restatements: a month's figures as they were first published beside what they are now, and why they differ.
//!
//! Nothing is kept for it: both are computed from the snapshots, the first with only those that were loaded when the
//! month's first extract came to count. So either can be computed again at any time.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use practice::indicator::{Group, IndicatorValue, Part, PeriodKind, behind};
use practice::outcome::{Outcome, Status};
use store::{Scope, Snapshot, SnapshotState};
use vocabulary::day::Day;

use crate::Service;
use crate::figures::{Figures, Knowledge, loaded_on};
use crate::refusal::Refusal;

/// A month's figures with only what was known on the day they were first published.
#[derive(Clone, Debug)]
pub struct FirstPublished {
    /// The last day of the month.
    pub month: Day,
    /// The day on which its first extract came to count.
    pub published_on: Date,
    /// The figures as they were then.
    pub figures: Arc<Figures>,
}

/// A measure's value for a month, then and now.
#[derive(Clone, Debug)]
pub struct Restatement {
    /// The measure's place in the library of the figures now.
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
    /// They, or what was done about them, had happened and were not on record.
    pub recorded_late: usize,
    /// Something in their record was changed since: they are judged differently, or belong to another month.
    pub corrected: usize,
    /// They are gone from the record.
    pub withdrawn: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    ClockRan,
    RecordedLate,
    Corrected,
    Withdrawn,
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

    fn add(&mut self, cause: Cause) {
        match cause {
            Cause::ClockRan => self.clock_ran += 1,
            Cause::RecordedLate => self.recorded_late += 1,
            Cause::Corrected => self.corrected += 1,
            Cause::Withdrawn => self.withdrawn += 1,
        }
    }
}

impl Service {
    /// The month-ends for which an extract counts, the newest first.
    pub async fn published_months(&self, scope: &Scope) -> Result<Vec<Date>, Refusal> {
        let snapshots = self.snapshots(scope).await?;
        let monthly = committed(&snapshots).filter(|snapshot| is_monthly(snapshot));
        let mut months: Vec<Date> = monthly.map(|snapshot| snapshot.as_at).collect();
        months.sort_unstable();
        months.dedup();
        months.reverse();
        Ok(months)
    }

    /// A month's figures as they were first published; nothing when no extract tells of its end.
    pub async fn first_published(
        &self,
        scope: &Scope,
        month: Date,
    ) -> Result<Option<FirstPublished>, Refusal> {
        let snapshots = self.snapshots(scope).await?;
        let of_month =
            committed(&snapshots).filter(|snapshot| snapshot.as_at == month && is_monthly(snapshot));
        let Some(published_on) = of_month.map(loaded_on).min() else { return Ok(None) };
        let then = Knowledge { as_at: Some(month), known_on: Some(published_on), with_staged: None };
        let figures = self.figures(scope, then).await?;
        Ok(figures.map(|figures| FirstPublished { month: Day::of(month), published_on, figures }))
    }
}

fn committed(snapshots: &[Snapshot]) -> impl Iterator<Item = &Snapshot> {
    snapshots.iter().filter(|snapshot| snapshot.state == SnapshotState::Committed)
}

/// Yearly returns are no monthly publication.
fn is_monthly(snapshot: &Snapshot) -> bool {
    !matches!(snapshot.collection.as_str(), "ssda903" | "cin")
}

impl FirstPublished {
    /// A measure's value then and now; none when either has no value for the month, when no extract held what it counts,
    /// or when the record tells of it only as it is now.
    pub fn beside(&self, now: &Figures, measure: u16) -> Option<Restatement> {
        let then = self.figures.as_ref();
        let was = then.library.measure(&now.library.measures[usize::from(measure)].code)?;
        let only_now = now.library.measures[usize::from(measure)].tells_only_of_now();
        if only_now || is_untold(then, was) || is_untold(now, measure) {
            return None;
        }
        let first = of_month(then, was, self.month)?;
        let value = of_month(now, measure, self.month)?;
        let causes = causes(&Side::of(then, &first), &Side::of(now, &value));
        Some(Restatement { measure, first, now: value, causes })
    }

    /// Every measure of which something differs, and how many were compared.
    pub fn restated(&self, now: &Figures) -> (Vec<Restatement>, usize) {
        let places = 0..u16::try_from(now.library.measures.len()).unwrap_or(u16::MAX);
        let all: Vec<Restatement> = places.filter_map(|place| self.beside(now, place)).collect();
        let compared = all.len();
        (all.into_iter().filter(|restatement| !restatement.causes.is_empty()).collect(), compared)
    }
}

fn is_untold(figures: &Figures, measure: u16) -> bool {
    let standard = figures.library.measures[usize::from(measure)].standard;
    figures.outcomes.untold.iter().any(|untold| untold.standard == standard)
}

fn of_month(figures: &Figures, measure: u16, month: Day) -> Option<IndicatorValue> {
    let fits = |value: &&IndicatorValue| {
        value.group == Group::Council
            && value.period.end == month
            && matches!(value.period.kind, PeriodKind::Month | PeriodKind::Position)
    };
    figures.values_of(measure).iter().find(fits).copied()
}

/// An event by what tells it from others, whatever is said of it: whom it is about and when its clock started.
type EventName<'a> = (&'a str, Option<Day>);

/// One of the two values, with the events that it rests on.
struct Side<'a> {
    figures: &'a Figures,
    value: &'a IndicatorValue,
}

type Events<'a> = BTreeMap<EventName<'a>, Vec<(Part, &'a Outcome)>>;

impl<'a> Side<'a> {
    fn of(figures: &'a Figures, value: &'a IndicatorValue) -> Self {
        Self { figures, value }
    }

    fn name(&self, outcome: &Outcome) -> EventName<'a> {
        (self.figures.history.picture.words.text(outcome.subject), outcome.event_on)
    }

    /// The events that are counted in the value.
    fn counted(&self) -> Events<'a> {
        let mut events = Events::new();
        for (place, part) in behind(&self.figures.library, &self.figures.outcomes, self.value) {
            let outcome = &self.figures.outcomes.outcomes[place];
            events.entry(self.name(outcome)).or_default().push((part, outcome));
        }
        events.values_mut().for_each(|parts| parts.sort_by_key(|(part, _)| *part));
        events
    }

    /// Every event that the measure's standard judged, counted or not.
    fn judged(&self) -> BTreeMap<EventName<'a>, &'a Outcome> {
        let standard = self.figures.library.measures[usize::from(self.value.measure)].standard;
        let outcomes = &self.figures.outcomes.outcomes;
        let first = outcomes.partition_point(|outcome| outcome.standard < standard);
        let of_standard = outcomes[first..].iter().take_while(|outcome| outcome.standard == standard);
        of_standard.map(|outcome| (self.name(outcome), outcome)).collect()
    }
}

/// What tells two sides apart: events counted on one of them only, and events counted otherwise.
fn causes(then: &Side<'_>, now: &Side<'_>) -> Causes {
    let mut causes = Causes::default();
    let month = now.value.period.end;
    let (mut before, after) = (then.counted(), now.counted());
    let mut appeared: Vec<(EventName<'_>, &Outcome)> = Vec::new();
    let mut left: Vec<(EventName<'_>, &Outcome)> = Vec::new();
    for (name, is) in after {
        let was = before.remove(&name).unwrap_or_default();
        for ((_, was), (_, is)) in was.iter().zip(&is).filter(|((was, _), (is, _))| was != is) {
            causes.add(cause(Some(was), is, month));
        }
        appeared.extend(is.iter().skip(was.len()).map(|(_, outcome)| (name, *outcome)));
        left.extend(was.iter().skip(is.len()).map(|(_, outcome)| (name, *outcome)));
    }
    for (name, was) in before {
        left.extend(was.iter().map(|(_, outcome)| (name, *outcome)));
    }
    if appeared.is_empty() && left.is_empty() {
        return causes;
    }
    let (judged_then, judged_now) = (then.judged(), now.judged());
    let mut moved: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, was) in left {
        match judged_now.get(&name) {
            Some(is) => causes.add(cause(Some(was), is, month)),
            None => *moved.entry(name.0).or_default() += 1,
        }
    }
    for (name, is) in appeared {
        let was = judged_then.get(&name).copied();
        // The day that its clock starts on was corrected: one event, not one gone and one new.
        let corrected = was.is_none() && moved.get_mut(name.0).is_some_and(take_one);
        causes.add(if corrected { Cause::Corrected } else { cause(was, is, month) });
    }
    (0..moved.values().sum()).for_each(|_| causes.add(Cause::Withdrawn));
    causes
}

fn take_one(count: &mut usize) -> bool {
    let any = *count > 0;
    *count = count.saturating_sub(1);
    any
}

/// Why an event is counted otherwise than it was: by what was said of it then, if anything, and what is said now.
fn cause(was: Option<&Outcome>, is: &Outcome, month: Day) -> Cause {
    let Some(was) = was else { return Cause::RecordedLate };
    let done_unseen = was.met_on.is_none() && is.met_on.is_some_and(|met_on| met_on <= month);
    match was.status {
        _ if done_unseen => Cause::RecordedLate,
        // What was blank or unreadable was filled in.
        Status::CannotTell if is.status != Status::CannotTell => Cause::RecordedLate,
        Status::Due => Cause::ClockRan,
        _ => Cause::Corrected,
    }
}
