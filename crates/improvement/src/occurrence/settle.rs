//! What became of an occurrence: its agreed date, whether it was done, and its state on the day of the question.

use jiff::civil::Date;
use vocabulary::date::day_in_words;
use vocabulary::working_days::days_between;

use super::{Draft, Due, DutyFacts, Mark, Occurrence, Precision, Replacement, RuleSource, State, due};
use crate::reading::Modality;
use crate::words;

/// Days ahead from which a date counts as soon.
const SOON: i64 = 30;

pub(super) fn settle(duty: &DutyFacts<'_>, mut draft: Draft, as_at: Date) -> Occurrence {
    let marks = duty.marks.get(&draft.key).map_or(&[][..], Vec::as_slice);
    let met = draft.met.take().or_else(|| first_met(marks, as_at));
    let met_on = met.as_ref().map(|(on, _)| *on);
    // A waiver agreed after the work was done excuses nothing.
    let waived_on = first_waiver(marks, as_at).filter(|agreed| met_on.is_none_or(|on| *agreed <= on));
    let judged_on = waived_on.or(met_on).unwrap_or(as_at);
    let was_due = apply_replacements(duty, &mut draft, judged_on);
    let days_late = draft.due.latest.and_then(|latest| days_past(latest, judged_on));
    let in_time = met_on.is_some_and(|on| draft.due.latest.is_none_or(|latest| on <= latest));
    let state = match (met_on, waived_on) {
        (Some(_), _) if in_time => State::Met,
        (_, Some(_)) => State::Waived,
        (Some(_), None) => State::MetLate,
        (None, None) => awaited(&draft.due, duty.modality, as_at),
    };
    let missed = matches!(state, State::Overdue | State::MetLate);
    if let (Some(late), State::Waived) = (days_late, state) {
        let days = words::counted(late, "day", "days");
        draft.why.push_str(&format!(" It was {days} late when the waiver was agreed."));
    }
    let (met_on, met_by) = met.unzip();
    Occurrence {
        key: draft.key,
        due: draft.due,
        was_due,
        state,
        why: draft.why,
        rule: draft.rule,
        inferred: draft.inferred,
        met_on,
        met_by,
        days_late,
        breach: missed && draft.binding && duty.modality == Modality::Must,
    }
}

fn first_met(marks: &[Mark], as_at: Date) -> Option<(Date, String)> {
    let met = marks.iter().filter_map(|mark| match mark {
        Mark::Met { on, by } if *on <= as_at => Some((*on, by.clone())),
        _ => None,
    });
    met.min()
}

fn first_waiver(marks: &[Mark], as_at: Date) -> Option<Date> {
    let waived = marks.iter().filter_map(|mark| match mark {
        Mark::Waived { agreed_on, .. } if *agreed_on <= as_at => Some(*agreed_on),
        _ => None,
    });
    waived.min()
}

/// Moves the date to the last one agreed by `known_on`; gives the earlier dates, oldest first.
fn apply_replacements(duty: &DutyFacts<'_>, draft: &mut Draft, known_on: Date) -> Vec<Due> {
    let mut replacements = std::mem::take(&mut draft.replacements);
    for revision in duty.revisions.iter().filter(|revision| revision.key == draft.key) {
        if let Ok((due, _)) = due::printed(revision.due, None) {
            replacements.push(Replacement {
                agreed_on: revision.agreed_on,
                due,
                why: String::new(),
                rule: RuleSource::Variation(revision.id),
            });
        }
    }
    replacements.retain(|replacement| replacement.agreed_on <= known_on);
    replacements.sort_by_key(|replacement| replacement.agreed_on);
    let mut was_due = Vec::with_capacity(replacements.len());
    for replacement in replacements {
        let late = draft.due.latest.and_then(|latest| days_past(latest, replacement.agreed_on));
        draft.why = revised_sentence(&replacement, &draft.due, late);
        was_due.push(draft.due);
        draft.due = replacement.due;
        draft.rule = replacement.rule;
    }
    was_due
}

fn revised_sentence(replacement: &Replacement, old: &Due, late: Option<u32>) -> String {
    let agreed = day_in_words(replacement.agreed_on);
    let mut why = format!(
        "Revised on {agreed} by an agreed variation. Until then it was due {}",
        words::due_in_words(old)
    );
    match late {
        Some(days) => why.push_str(&format!(", and {} late.", words::counted(days, "day", "days"))),
        None => why.push('.'),
    }
    if !replacement.why.is_empty() {
        why.push_str(&format!(" New date: {}", replacement.why));
    }
    why
}

/// The state of what is neither done nor waived.
fn awaited(due: &Due, modality: Modality, as_at: Date) -> State {
    let Some(latest) = due.latest else {
        let may_be_done = due.earliest.is_none_or(|earliest| earliest <= as_at);
        return if may_be_done { State::Open } else { State::Upcoming };
    };
    if latest < as_at {
        return match modality {
            Modality::Must => State::Overdue,
            Modality::Should | Modality::Expects => State::MissedAim,
            Modality::May => State::NotUsed,
        };
    }
    let first_possible = match due.precision {
        Precision::Month => latest.first_of_month(),
        Precision::Day => latest,
    };
    if due.precision == Precision::Month && first_possible <= as_at {
        State::DueThisMonth
    } else if days_between(as_at, first_possible) <= SOON {
        State::DueSoon
    } else {
        State::Upcoming
    }
}

fn days_past(latest: Date, day: Date) -> Option<u32> {
    u32::try_from(days_between(latest, day)).ok().filter(|days| *days > 0)
}
