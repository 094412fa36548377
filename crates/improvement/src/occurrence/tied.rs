//! Duties tied to events: with each board meeting, before each review, when requested.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    Draft, Drafted, Due, DutyFacts, Event, EventKind, EventState, OccurrenceKey, Reign, UndatedReason, due,
};
use crate::timing::{AnchorKind, Timing, TimingKind};
use crate::words;

/// Words that only lead to the event's name.
const LEADING: [&str; 21] = [
    "each",
    "every",
    "any",
    "all",
    "the",
    "a",
    "an",
    "at",
    "with",
    "within",
    "before",
    "after",
    "prior",
    "to",
    "in",
    "when",
    "for",
    "of",
    "following",
    "per",
    "on",
];

/// The kind of event that a recurring or conditional timing is tied to, if it is.
pub(super) fn kind_of(duty: &DutyFacts<'_>, timing: &Timing) -> Option<EventKind> {
    let may_be_tied = match timing.kind {
        TimingKind::Recurring => timing.every.is_none(),
        TimingKind::Conditional => true,
        _ => false,
    };
    if !may_be_tied {
        return None;
    }
    duty.tied_to.clone().or_else(|| kind_named(timing)).or(match timing.anchor {
        Some(AnchorKind::Meeting) => Some(EventKind::Meeting),
        Some(AnchorKind::Review) => Some(EventKind::Review),
        Some(AnchorKind::Visit) => Some(EventKind::Visit),
        _ => None,
    })
}

/// The kind of event that a timing names in words.
pub(super) fn kind_named(timing: &Timing) -> Option<EventKind> {
    timing.event.as_deref().and_then(EventKind::named)
}

impl EventKind {
    /// The kind that the words of a timing name: `each board meeting` is a meeting, `each survey` is named `survey`.
    pub fn named(words: &str) -> Option<Self> {
        let lower = words.to_lowercase();
        let mut left: Vec<&str> = lower.split_whitespace().collect();
        while left.first().is_some_and(|first| LEADING.contains(first)) {
            left.remove(0);
        }
        let name = left.join(" ");
        let has =
            |part: &str| left.iter().any(|word| word.trim_matches(|c: char| !c.is_alphabetic()) == part);
        let about = |one: &str, many: &str| has(one) || has(many);
        if name.is_empty() {
            None
        } else if about("meeting", "meetings") && (has("board") || left.len() == 1) {
            Some(Self::Meeting)
        } else if about("audit", "audits") || about("survey", "surveys") {
            Some(Self::Named(name))
        } else if about("review", "reviews") {
            Some(Self::Review)
        } else if about("report", "reports") {
            Some(Self::Report)
        } else if about("visit", "visits") {
            Some(Self::Visit)
        } else {
            Some(Self::Named(name))
        }
    }
}

/// One occurrence for each event that takes place, or is to, in the days of the rule.
pub(super) fn draft(duty: &DutyFacts<'_>, reign: &Reign<'_>, kind: &EventKind, as_at: Date) -> Drafted {
    let mut drafted = Drafted::default();
    let mut seen = BTreeSet::new();
    let mut one_lies_ahead = false;
    for event in duty.events.iter().filter(|event| event.kind == *kind) {
        let Some(first) = event.on.first_day().filter(|_| event.state != EventState::Cancelled) else {
            continue;
        };
        let in_force = duty.in_force.from.is_none_or(|from| event.on.last_day() >= Some(from));
        if !reign.holds_on(first) || !in_force || !seen.insert(event.id.as_str()) {
            continue;
        }
        one_lies_ahead |= event.on.last_day().is_some_and(|last| last >= as_at);
        match occurrence_of(duty, reign, event, as_at) {
            Ok(draft) => drafted.drafts.push(draft),
            Err(reason) => drafted.undated = Some(reason),
        }
    }
    if !one_lies_ahead && drafted.undated.is_none() {
        drafted.undated = Some(nothing_ahead(&reign.rule.timing, kind));
    }
    drafted
}

fn nothing_ahead(timing: &Timing, kind: &EventKind) -> UndatedReason {
    match timing.kind {
        TimingKind::Conditional => {
            let text =
                if timing.text.trim().is_empty() { timing.event.as_deref() } else { Some(&*timing.text) };
            UndatedReason::Conditional { text: text.unwrap_or_default().trim().to_owned() }
        }
        _ => UndatedReason::EventNotScheduled(kind.clone()),
    }
}

fn occurrence_of(
    duty: &DutyFacts<'_>,
    reign: &Reign<'_>,
    event: &Event,
    as_at: Date,
) -> Result<Draft, UndatedReason> {
    let timing = &reign.rule.timing;
    let who = format!("the day of the {}", words::event_in_words(&event.kind));
    let (mut due, mut why) = due::from_base(timing, event.on, &who, duty.calendar)?;
    if timing.kind == TimingKind::Conditional && timing.bound.is_none() && timing.offset.is_none() {
        // A condition that came true starts the duty; it does not set a last day for it.
        due = Due { earliest: event.on.first_day(), latest: None, precision: due.precision };
        why = format!("From {}, {who}.", event.on.in_words());
    }
    let passed = event.on.last_day().is_some_and(|last| last < as_at);
    if passed && event.state == EventState::Planned {
        why.push_str(" It has not been recorded whether it took place.");
    }
    Ok(Draft {
        key: OccurrenceKey::Event(event.id.clone()),
        due,
        why,
        rule: reign.rule.source,
        inferred: false,
        binding: true,
        met: None,
        replacements: vec![],
    })
}
