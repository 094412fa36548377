//! Gaps between meetings, in words for the board and the Department.

use jiff::civil::Date;
use vocabulary::date::day_in_words;

use super::{Cadence, CadenceFacts, Gap, GapEnd, GapStart, GapVerdict, InquorateMeetings};
use crate::occurrence::{RuleSource, counted_in_working_days};
use crate::words::{anchor_apposition, counted};

pub(super) fn of_gap(gap: &Gap, starts_inquorate: bool, facts: &CadenceFacts<'_>) -> String {
    let mut sentence = match gap.end {
        GapEnd::Held { .. } => closed(gap),
        GapEnd::Open => open(gap),
        GapEnd::Planned { .. } => planned(gap),
    };
    if let RuleSource::Variation(_) = gap.rule {
        sentence.push_str(" The interval is that of an agreed variation.");
    }
    if gap.rule == RuleSource::LocalSetting {
        sentence.push_str(" The interval is a local setting; it is not the notice’s.");
    }
    if let GapStart::Anchor(start) = &gap.start
        && start.inferred
    {
        sentence.push_str(" That the clock runs from this day is our reading and is not yet confirmed.");
    }
    sentence.push_str(&quorum(gap, starts_inquorate, facts.inquorate));
    sentence.push_str(&counted_in_working_days(gap.every, gap.limit_on, facts.calendar));
    sentence
}

fn closed(gap: &Gap) -> String {
    let days = counted(gap.days, "day", "days");
    let between = format!("{days} from {} to the meeting on {}", start(gap), day_in_words(gap.to));
    match gap.verdict {
        GapVerdict::Within if gap.at_most => format!("{between}: within the limit of {}.", length(gap)),
        GapVerdict::Within => format!("{between}: within the {} the notice names.", length(gap)),
        GapVerdict::Breach | GapVerdict::WouldBreach => {
            format!("{between}: {} over the limit of {}. This is a breach.", over(gap), length(gap))
        }
        GapVerdict::LongerThanNamed | GapVerdict::WouldBeLonger => format!(
            "{between}: {} longer than the {} the notice names. This is not a breach, because the notice sets no maximum.",
            over(gap),
            length(gap)
        ),
    }
}

fn open(gap: &Gap) -> String {
    let since = format!("No meeting since {}", start(gap));
    let limit = day_in_words(gap.limit_on);
    match gap.verdict {
        GapVerdict::Within if gap.at_most => {
            format!("{since}, {}. The next must be held by {limit}.", ago(gap.days))
        }
        GapVerdict::Within => format!("{since}, {}. The next is expected by {limit}.", ago(gap.days)),
        GapVerdict::Breach | GapVerdict::WouldBreach => format!(
            "{since}, {}. The limit of {} ended on {limit}, so the rule is breached by {} so far.",
            ago(gap.days),
            length(gap),
            over(gap)
        ),
        GapVerdict::LongerThanNamed | GapVerdict::WouldBeLonger => format!(
            "{since}, {}: {} longer than the {} the notice names. This is not a breach, because the notice sets no maximum.",
            ago(gap.days),
            over(gap),
            length(gap)
        ),
    }
}

fn planned(gap: &Gap) -> String {
    let days = counted(gap.days, "day", "days");
    let leaves = format!("The meeting planned for {} leaves a gap of {days}", day_in_words(gap.to));
    let limit = day_in_words(gap.limit_on);
    match gap.verdict {
        GapVerdict::WouldBreach => format!(
            "{leaves}, {} over the limit of {}. Hold a meeting by {limit}, or have a change of the interval agreed first.",
            over(gap),
            length(gap)
        ),
        GapVerdict::WouldBeLonger => {
            format!("{leaves}, {} longer than the {} the notice names.", over(gap), length(gap))
        }
        _ if gap.at_most => format!("{leaves}, within the limit of {}.", length(gap)),
        _ => format!("{leaves}, within the {} the notice names.", length(gap)),
    }
}

fn quorum(gap: &Gap, starts_inquorate: bool, setting: InquorateMeetings) -> String {
    match (setting, gap.inquorate.len()) {
        (InquorateMeetings::Count, 0) if starts_inquorate => {
            " It starts with a meeting that had no quorum.".to_owned()
        }
        (_, 0) => String::new(),
        (InquorateMeetings::Count, _) => " It ends with a meeting that had no quorum.".to_owned(),
        (InquorateMeetings::DoNotCount, 1) => {
            " 1 meeting in this time had no quorum and does not count.".to_owned()
        }
        (InquorateMeetings::DoNotCount, several) => {
            format!(" {several} meetings in this time had no quorum and do not count.")
        }
    }
}

pub(super) fn not_started(no_rule: bool) -> String {
    if no_rule {
        "No interval is set for this body’s meetings.".to_owned()
    } else {
        "Not started: no meeting has been held, and the day the clock starts is not known.".to_owned()
    }
}

/// How the body stands: its open gap, what has gone before, and what is planned.
pub(super) fn overall(cadence: &Cadence, ended_on: Option<Date>) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(ended) = ended_on {
        parts.push(format!("The rule ended on {}.", day_in_words(ended)));
    } else if let Some(open) = cadence.gaps.last() {
        parts.push(open.sentence.clone());
    }
    let closed = &cadence.gaps[..cadence.gaps.len().saturating_sub(1)];
    let breaches = closed.iter().filter(|gap| gap.verdict == GapVerdict::Breach).count();
    if !closed.is_empty() && closed.iter().any(|gap| gap.at_most) {
        let judged = closed.iter().filter(|gap| gap.at_most).count();
        parts.push(format!("{breaches} of {judged} earlier gaps broke the limit."));
    }
    if let Some(warning) = cadence.warnings().next() {
        parts.push(warning.sentence.clone());
    }
    if !cadence.unrecorded.is_empty() {
        let count = u32::try_from(cadence.unrecorded.len()).unwrap_or(u32::MAX);
        let meetings = counted(count, "planned meeting", "planned meetings");
        parts.push(format!("{meetings} in the past not yet recorded as held or cancelled."));
    }
    parts.join(" ")
}

fn start(gap: &Gap) -> String {
    let day = day_in_words(gap.from);
    match &gap.start {
        GapStart::Anchor(start) => format!("{day} ({})", anchor_apposition(start.anchor)),
        GapStart::Held { .. } => format!("the meeting on {day}"),
        GapStart::Planned { .. } => format!("the meeting planned for {day}"),
    }
}

fn length(gap: &Gap) -> String {
    gap.every.in_words()
}

fn over(gap: &Gap) -> String {
    counted(gap.days_over, "day", "days")
}

fn ago(days: u32) -> String {
    if days == 0 { "today".to_owned() } else { format!("{} ago", counted(days, "day", "days")) }
}
