//! Invented notices in the styles of their eras, told as lists of what falls due.

mod notices;
mod rules;

use std::collections::BTreeMap;

use jiff::civil::Date;
use vocabulary::date::PartialDate;
use vocabulary::interval::{Interval, Unit};
use vocabulary::working_days::england_and_wales;

use super::*;
use crate::timing::{AnchorKind, Bound, Timing, TimingKind};
use crate::words::{due_in_words, state_in_words};

/// One duty and what is known of it; everything empty but its first rule.
#[derive(Clone, Debug)]
struct Case {
    modality: Modality,
    rules: Vec<Rule>,
    in_force: InForce,
    anchors: BTreeMap<AnchorKind, Anchor>,
    events: Vec<Event>,
    performed_by: Option<EventKind>,
    local_intervals: Vec<LocalInterval>,
    revisions: Vec<Revision>,
    marks: BTreeMap<OccurrenceKey, Vec<Mark>>,
}

impl Case {
    fn must(timing: Timing) -> Self {
        Self {
            modality: Modality::Must,
            rules: vec![Rule { effective_from: None, timing, source: RuleSource::AsRead }],
            in_force: InForce::default(),
            anchors: BTreeMap::new(),
            events: vec![],
            performed_by: None,
            local_intervals: vec![],
            revisions: vec![],
            marks: BTreeMap::new(),
        }
    }

    fn should(timing: Timing) -> Self {
        Self { modality: Modality::Should, ..Self::must(timing) }
    }

    fn with(mut self, kind: AnchorKind, on: &str) -> Self {
        let on = PartialDate::parse(on).expect("a date");
        self.anchors.insert(kind, Anchor { on, source: "the covering letter".to_owned(), inferred: false });
        self
    }

    fn event(mut self, kind: EventKind, on: &str, state: EventState) -> Self {
        let date = PartialDate::parse(on).expect("a date");
        self.events.push(Event { id: on.to_owned(), kind, on: date, state });
        self
    }

    fn performed_by_meetings(mut self, days: &[&str]) -> Self {
        self.performed_by = Some(EventKind::Meeting);
        days.iter().fold(self, |case, day| case.event(EventKind::Meeting, day, EventState::Held))
    }

    fn met(mut self, key: &str, on: Date) -> Self {
        let mark = Mark::Met { on, by: "minutes".to_owned() };
        self.marks.entry(OccurrenceKey::parse(key).expect("a key")).or_default().push(mark);
        self
    }

    fn rule(mut self, from: Date, timing: Timing, source: RuleSource) -> Self {
        self.rules.push(Rule { effective_from: Some(from), timing, source });
        self
    }

    fn facts(&self) -> DutyFacts<'_> {
        DutyFacts {
            modality: self.modality,
            rules: &self.rules,
            in_force: self.in_force,
            anchors: &self.anchors,
            events: &self.events,
            performed_by: self.performed_by.clone(),
            tied_to: None,
            local_intervals: &self.local_intervals,
            revisions: &self.revisions,
            marks: &self.marks,
            calendar: england_and_wales(),
        }
    }

    fn on(&self, as_at: Date) -> Schedule {
        schedule(&self.facts(), as_at, Horizon::all_until_a_year_after(as_at))
    }

    /// `key: due - state` for each occurrence, then why there is no further date.
    fn told(&self, as_at: Date) -> Vec<String> {
        let schedule = self.on(as_at);
        let mut lines: Vec<String> = schedule
            .occurrences
            .iter()
            .map(|one| format!("{}: {} - {}", one.key, due_in_words(&one.due), state_in_words(one.state)))
            .collect();
        lines.extend(schedule.undated.map(|undated| undated.sentence));
        lines
    }
}

fn within(amount: u16, unit: Unit, anchor: AnchorKind) -> Timing {
    relative(Bound::Within, amount, unit, anchor)
}

fn after(amount: u16, unit: Unit, anchor: AnchorKind) -> Timing {
    relative(Bound::After, amount, unit, anchor)
}

fn relative(bound: Bound, amount: u16, unit: Unit, anchor: AnchorKind) -> Timing {
    Timing {
        kind: TimingKind::OneOffRelative,
        anchor: Some(anchor),
        bound: Some(bound),
        offset: Some(Interval::new(amount, unit)),
        ..Timing::default()
    }
}

fn before(anchor: AnchorKind) -> Timing {
    Timing {
        kind: TimingKind::OneOffRelative,
        anchor: Some(anchor),
        bound: Some(Bound::Before),
        ..Timing::default()
    }
}

fn printed(dates: &[&str]) -> Timing {
    let dates = dates.iter().map(|date| PartialDate::parse(date).expect("a date")).collect();
    Timing { kind: TimingKind::OneOffAbsolute, dates, ..Timing::default() }
}

fn at_most(amount: u16, unit: Unit) -> Timing {
    let every = Some(Interval::new(amount, unit));
    Timing { kind: TimingKind::Recurring, every, at_most: true, ..Timing::default() }
}

fn nominal(amount: u16, unit: Unit, anchor: AnchorKind) -> Timing {
    Timing { anchor: Some(anchor), at_most: false, ..at_most(amount, unit) }
}

fn open_interval() -> Timing {
    Timing { kind: TimingKind::Recurring, ..Timing::default() }
}

fn with_each(event: &str, bound: Option<Bound>) -> Timing {
    Timing { event: Some(event.to_owned()), bound, ..open_interval() }
}
