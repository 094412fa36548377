//! The register's timings, parties and states as sentences for people, in the manner of GOV.UK: plain, active, dated.
//!
//! A sentence never says more than the record: no date without its anchor, no breach where the notice names no maximum.

#[cfg(test)]
mod tests;

use vocabulary::date::PartialDate;
use vocabulary::interval::{Interval, Unit};
use vocabulary::party::Party;
pub use vocabulary::words::sentence_case;
use vocabulary::working_days::BankHolidays;

use crate::occurrence::{Due, EventKind, Occurrence, Precision, State, UndatedReason};
use crate::reading::{BearerRule, Modality};
use crate::timing::{AnchorKind, Bound, Timing, TimingKind};

/// When a duty is due, as a phrase: `At least every 4 weeks (a gap of more than 28 days is a breach)`.
pub fn timing_in_words(timing: &Timing) -> String {
    match timing.kind {
        TimingKind::None => "No time given".to_owned(),
        TimingKind::Continuous => continuous(timing),
        TimingKind::Recurring => recurring(timing),
        TimingKind::Conditional => conditional(timing),
        TimingKind::OneOffRelative => relative(timing),
        TimingKind::OneOffAbsolute => absolute(timing),
    }
}

fn continuous(timing: &Timing) -> String {
    match timing.until.as_deref().map(|until| without_leading(until, &["until"])) {
        Some(until) if !until.is_empty() => format!("All the time, until “{until}”"),
        _ => "All the time, for as long as the notice is in force".to_owned(),
    }
}

fn recurring(timing: &Timing) -> String {
    if let Some(every) = timing.every {
        let length = every.in_words();
        if timing.at_most {
            return format!("At least every {length} ({})", gap_rule(every));
        }
        return format!("Every {} (the notice names no maximum gap)", without_one(&length));
    }
    if timing.event.is_some() || matches!(timing.anchor, Some(kind) if event_anchor(kind)) {
        return tied(timing);
    }
    match &timing.set_by {
        Some(party) => format!("At an interval that {} must set", party_in_words(party)),
        None => "Again and again: the notice does not say how often".to_owned(),
    }
}

/// `a gap of more than 28 days is a breach`: weeks are told in days, because that is how they are counted.
fn gap_rule(every: Interval) -> String {
    match every.unit {
        Unit::Weeks => {
            let days = u32::from(every.amount) * 7;
            format!("a gap of more than {days} days is a breach")
        }
        _ => format!("a gap of more than {} is a breach", every.in_words()),
    }
}

fn tied(timing: &Timing) -> String {
    let event = match (&timing.event, timing.anchor) {
        (Some(event), _) => event.trim().to_owned(),
        (None, Some(kind)) => format!("each {}", event_noun(kind)),
        (None, None) => "each occasion".to_owned(),
    };
    let bare = without_leading(&event, &["prior to", "before", "after", "following", "at", "with", "within"]);
    let phrase = match (timing.bound, timing.offset) {
        (Some(Bound::Before), Some(offset)) => format!("at least {} before {bare}", offset.in_words()),
        (Some(Bound::Before), None) => format!("before {bare}"),
        (Some(Bound::After), Some(offset)) => format!("not before {} after {bare}", offset.in_words()),
        (Some(Bound::After), None) => format!("after {bare}"),
        (_, Some(offset)) => format!("within {} of {bare}", offset.in_words()),
        (_, None) if starts_with_one_of(bare, &["each", "every", "any"]) => format!("with {bare}"),
        (_, None) => bare.to_owned(),
    };
    sentence_case(&phrase)
}

fn conditional(timing: &Timing) -> String {
    let words = timing.event.as_deref().unwrap_or(&timing.text).trim();
    if words.is_empty() {
        "Only when a condition comes true".to_owned()
    } else {
        format!("Only when this comes true: “{words}”")
    }
}

fn relative(timing: &Timing) -> String {
    let from = match (timing.anchor, &timing.event) {
        (Some(kind), _) => Some(anchor_happening(kind).to_owned()),
        (None, Some(event)) => Some(without_leading(event, &["prior to", "before", "after"]).to_owned()),
        (None, None) => None,
    };
    let Some(from) = from else {
        return match timing.offset {
            Some(offset) => format!("Within {} (the notice does not say from when)", offset.in_words()),
            None => quoted_or(timing, "Once (no deadline given)"),
        };
    };
    let phrase = match (timing.bound, timing.offset) {
        (Some(Bound::Before), Some(offset)) => format!("At least {} before {from}", offset.in_words()),
        (Some(Bound::Before), None) => format!("Before {from}"),
        (Some(Bound::After), Some(offset)) => format!("Not before {} after {from}", offset.in_words()),
        (Some(Bound::After), None) => format!("After {from}"),
        (_, Some(offset)) => format!("Within {} of {from}", offset.in_words()),
        (_, None) => format!("On the day of {from}"),
    };
    if timing.anchor_inferred { format!("{phrase} (our reading: confirm the start)") } else { phrase }
}

fn absolute(timing: &Timing) -> String {
    if timing.dates.is_empty() {
        return quoted_or(timing, "Once (no deadline given)");
    }
    let days: Vec<String> = timing.dates.iter().map(|date| end_of(*date)).collect();
    let lead = match timing.bound {
        Some(Bound::After) => "Not before",
        Some(Bound::Before) => "Before",
        _ => "By",
    };
    format!("{lead} {}", joined(&days, "and"))
}

fn end_of(date: PartialDate) -> String {
    match date {
        PartialDate::Month { .. } | PartialDate::Year(_) => format!("the end of {}", date.in_words()),
        _ => date.in_words(),
    }
}

fn quoted_or(timing: &Timing, otherwise: &str) -> String {
    if timing.text.trim().is_empty() { otherwise.to_owned() } else { format!("“{}”", timing.text.trim()) }
}

/// A due date in words: `by the end of October 2012`, `by 4 June 2026`, `not before 11 February 2017`.
pub fn due_in_words(due: &Due) -> String {
    let latest = due.latest.map(|day| match due.precision {
        Precision::Month if day == day.last_of_month() => {
            let month = PartialDate::Month { year: day.year(), month: day.month() };
            format!("by the end of {}", month.in_words())
        }
        _ => format!("by {}", PartialDate::Day(day).in_words()),
    });
    let earliest = due.earliest.map(|day| format!("not before {}", PartialDate::Day(day).in_words()));
    match (earliest, latest) {
        (Some(earliest), Some(latest)) => format!("{earliest} and {latest}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "no date".to_owned(),
    }
}

/// The state of an occurrence with its figures: `Overdue by 6 days. It was due by 22 September 2016.`
pub fn status_in_words(occurrence: &Occurrence) -> String {
    let due = due_in_words(&occurrence.due);
    let late = counted(occurrence.days_late.unwrap_or(0), "day", "days");
    let met_on = occurrence.met_on.map(|day| PartialDate::Day(day).in_words()).unwrap_or_default();
    match occurrence.state {
        State::Upcoming | State::DueSoon | State::DueThisMonth => format!("Due {due}."),
        State::Open => format!("It may be done now: {due}. The notice gives no last day."),
        State::Overdue => format!("Overdue by {late}. It was due {due}."),
        State::MissedAim => format!("Aim missed by {late}. It was to be done {due}. This is not a breach."),
        State::NotUsed => format!("Not used. The time for it was {due}."),
        State::Met => format!("Met on {met_on}. It was due {due}."),
        State::MetLate => format!("Met on {met_on}, {late} late. It was due {due}."),
        State::Waived => format!("Waived by an agreed variation. It was due {due}."),
    }
}

/// The word for a state, for a tag.
pub fn state_in_words(state: State) -> &'static str {
    match state {
        State::Upcoming => "Upcoming",
        State::DueThisMonth => "Due this month",
        State::DueSoon => "Due soon",
        State::Open => "Open",
        State::Overdue => "Overdue",
        State::Met => "Met",
        State::MetLate => "Met late",
        State::Waived => "Waived",
        State::MissedAim => "Aim missed",
        State::NotUsed => "Not used",
    }
}

/// Why a duty has no date, as a sentence.
pub fn undated_in_words(reason: &UndatedReason) -> String {
    match reason {
        UndatedReason::AnchorMissing(AnchorKind::Ended) => {
            "No date: it must be done before the notice ends, and no end date is known.".to_owned()
        }
        UndatedReason::AnchorMissing(kind) => format!("No date: {} is not known.", anchor_day(*kind)),
        UndatedReason::AnchorNotNamed => {
            "No date: the notice does not say from when the time runs.".to_owned()
        }
        UndatedReason::IntervalNotSet { by: Some(party) } => {
            format!("No date: {} has not yet set how often.", party_in_words(party))
        }
        UndatedReason::IntervalNotSet { by: None } => {
            "No date: the notice does not say how often, and no local interval is set.".to_owned()
        }
        UndatedReason::Continuous => "No single date: it applies all the time.".to_owned(),
        UndatedReason::Conditional { text } if text.is_empty() => {
            "No date: it applies only when a condition comes true.".to_owned()
        }
        UndatedReason::Conditional { text } => {
            format!("No date: it applies only when this comes true: “{text}”.")
        }
        UndatedReason::NoTimeGiven => "No date: the notice gives no time.".to_owned(),
        UndatedReason::PartialDate(date) => {
            format!("No date: “{}” is not complete enough to be a deadline.", date.in_words())
        }
        UndatedReason::EventNotScheduled(kind) => {
            format!("No next date: {} is not scheduled.", next_event(kind))
        }
    }
}

/// How strongly a duty binds, in one word.
pub fn modality_in_words(modality: Modality) -> &'static str {
    match modality {
        Modality::Must => "Must",
        Modality::Should => "Should",
        Modality::May => "May",
        Modality::Expects => "Expected",
    }
}

/// What follows from how strongly a duty binds.
pub fn modality_meaning(modality: Modality) -> &'static str {
    match modality {
        Modality::Must => "A duty. Missing it is a breach of the notice.",
        Modality::Should => "Advice or an aim. Missing it is not a breach.",
        Modality::May => "A choice. Nothing is missed if it is not used.",
        Modality::Expects => "An expectation. Missing it is not a breach.",
    }
}

/// Who must act: `The council`, `The council and the board, each of them`, `The Department or the adviser (either)`.
pub fn bearers_in_words(bearers: &[Party], rule: BearerRule) -> String {
    let names: Vec<String> = bearers.iter().map(party_in_words).collect();
    let words = match (names.len(), rule) {
        (0, _) => "nobody named".to_owned(),
        (1, _) => names[0].clone(),
        (_, BearerRule::All) => format!("{}, each of them", joined(&names, "and")),
        (2, BearerRule::Any) => format!("{} (either)", joined(&names, "or")),
        (_, BearerRule::Any) => format!("{} (any of them)", joined(&names, "or")),
    };
    sentence_case(&words)
}

/// A party in running text: `the council`, `the Department`, `Ofsted`.
pub fn party_in_words(party: &Party) -> String {
    match party.as_str() {
        "department" => "the Department".to_owned(),
        "ofsted" => "Ofsted".to_owned(),
        "lscb" => "the local safeguarding children board".to_owned(),
        name @ ("council" | "board" | "chair" | "adviser" | "commissioner" | "leader of the council") => {
            format!("the {name}")
        }
        name => name.to_owned(),
    }
}

/// A theme or any other kebab-case name as a title: `Practice quality`.
pub fn theme_title(theme: &str) -> String {
    sentence_case(&theme.replace('-', " "))
}

/// An event of a kind that a clock may be tied to: `meeting`, `review`, or the name that it was given.
pub fn event_in_words(kind: &EventKind) -> &str {
    match kind {
        EventKind::Meeting => "board meeting",
        EventKind::Review => "review",
        EventKind::Visit => "visit",
        EventKind::Report => "report",
        EventKind::Named(name) => name,
    }
}

fn next_event(kind: &EventKind) -> String {
    match kind {
        EventKind::Named(name) => format!("the next occasion (“{name}”)"),
        known => format!("the next {}", event_in_words(known)),
    }
}

/// The day an anchor stands for, with its subject: `the day the notice was received`.
pub fn anchor_day(kind: AnchorKind) -> &'static str {
    match kind {
        AnchorKind::Issued => "the day the notice was issued",
        AnchorKind::Dated => "the date written on the notice",
        AnchorKind::Received => "the day the notice was received",
        AnchorKind::Commenced => "the day the notice started",
        AnchorKind::Published => "the day the report was published",
        AnchorKind::Judged => "the day of the judgement",
        AnchorKind::Visit => "the day of the inspectors’ visit",
        AnchorKind::Meeting => "the day of the board meeting",
        AnchorKind::Review => "the day of the Department’s review",
        AnchorKind::Ended => "the day the notice ends",
    }
}

/// The anchor after its date: `11 August 2016, the day of issue`.
pub fn anchor_apposition(kind: AnchorKind) -> &'static str {
    match kind {
        AnchorKind::Issued => "the day of issue",
        AnchorKind::Dated => "the date of the notice",
        AnchorKind::Received => "the day of receipt",
        AnchorKind::Commenced => "the day it started",
        AnchorKind::Published => "the day of publication",
        AnchorKind::Judged => "the day of the judgement",
        AnchorKind::Visit => "the day of the visit",
        AnchorKind::Meeting => "the day of the meeting",
        AnchorKind::Review => "the day of the review",
        AnchorKind::Ended => "the day the notice ends",
    }
}

/// What happens on an anchor's day: `within 6 weeks of the notice being issued`.
fn anchor_happening(kind: AnchorKind) -> &'static str {
    match kind {
        AnchorKind::Issued => "the notice being issued",
        AnchorKind::Dated => "the date of the notice",
        AnchorKind::Received => "the notice being received",
        AnchorKind::Commenced => "the start of the notice",
        AnchorKind::Published => "the report being published",
        AnchorKind::Judged => "the judgement",
        AnchorKind::Visit => "the inspectors’ visit",
        AnchorKind::Meeting => "the board meeting",
        AnchorKind::Review => "the Department’s review",
        AnchorKind::Ended => "the end of the notice",
    }
}

fn event_anchor(kind: AnchorKind) -> bool {
    matches!(kind, AnchorKind::Visit | AnchorKind::Meeting | AnchorKind::Review)
}

fn event_noun(kind: AnchorKind) -> &'static str {
    match kind {
        AnchorKind::Visit => "visit",
        AnchorKind::Meeting => "board meeting",
        _ => "review",
    }
}

/// Which list of bank holidays a day counted in working days rests on: `bank holidays as listed on 1 May 2026`.
pub fn calendar_in_words(calendar: &BankHolidays, listed: bool) -> String {
    if listed {
        let version = PartialDate::Day(calendar.version()).in_words();
        format!("bank holidays as listed on {version}")
    } else {
        let (first, last) = calendar.coverage();
        format!("bank holidays by the general rules: the list covers {first} to {last}")
    }
}

/// `1 day`, `6 days`.
pub fn counted(count: impl TryInto<u64>, one: &str, many: &str) -> String {
    let count = count.try_into().unwrap_or(u64::MAX);
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `a, b and c`.
pub fn joined(parts: &[String], last_word: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [firsts @ .., last] => format!("{} {last_word} {last}", firsts.join(", ")),
    }
}

fn without_one(length: &str) -> &str {
    length.strip_prefix("1 ").unwrap_or(length)
}

fn without_leading<'a>(text: &'a str, leads: &[&str]) -> &'a str {
    let text = text.trim();
    for lead in leads {
        let Some(start) = text.get(..lead.len()).filter(|start| start.eq_ignore_ascii_case(lead)) else {
            continue;
        };
        let rest = &text[start.len()..];
        if rest.starts_with(char::is_whitespace) {
            return rest.trim_start();
        }
    }
    text
}

fn starts_with_one_of(text: &str, words: &[&str]) -> bool {
    text.split_whitespace()
        .next()
        .is_some_and(|first| words.iter().any(|word| first.eq_ignore_ascii_case(word)))
}
