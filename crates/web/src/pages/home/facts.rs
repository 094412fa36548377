//! What stands out in the programme on a day: late, due, undated, waiting for somebody.

use improvement::cadence::Cadence;
use improvement::occurrence::{Occurrence, State, UndatedReason};
use improvement::register::{
    Instrument, InstrumentState, Obligation, ObligationState, OccurrenceMark, Variation, VariationState,
};
use service::Programme;
use vocabulary::id::{ObligationId, UserId};
use vocabulary::party::Party;

/// A due date of a live duty.
#[derive(Clone, Copy, Debug)]
pub struct Due<'a> {
    /// The duty.
    pub row: &'a Obligation,
    /// The due date.
    pub occurrence: &'a Occurrence,
}

impl Due<'_> {
    /// Whether the duty falls on one of these.
    pub fn falls_on(&self, parties: &[Party]) -> bool {
        self.row.bearers.iter().any(|bearer| parties.contains(bearer))
    }
}

/// The duties that count: confirmed or in force.
pub fn live(programme: &Programme) -> impl Iterator<Item = &Obligation> {
    programme.obligations.iter().filter(|row| row.state.counts())
}

/// Due dates in one of these states, the earliest first; of each duty only its earliest, so that a list counts duties.
fn dues<'a>(programme: &'a Programme, wanted: &[State]) -> Vec<Due<'a>> {
    let mut dues = Vec::new();
    for row in live(programme) {
        let schedule = programme.calendar.schedule(row.id);
        let occurrences = schedule.iter().flat_map(|schedule| &schedule.occurrences);
        let fitting = occurrences.filter(|occurrence| wanted.contains(&occurrence.state));
        let earliest = fitting.min_by_key(|occurrence| occurrence.due.sort_day());
        dues.extend(earliest.map(|occurrence| Due { row, occurrence }));
    }
    dues.sort_by_key(|due| (due.occurrence.due.sort_day(), due.row.position));
    dues
}

/// What is overdue, the longest first.
pub fn overdue(programme: &Programme) -> Vec<Due<'_>> {
    dues(programme, &[State::Overdue])
}

/// What is due within 30 days or this month, the next first.
pub fn soon(programme: &Programme) -> Vec<Due<'_>> {
    dues(programme, &[State::DueSoon, State::DueThisMonth])
}

/// Live duties without a date because something must be entered first.
pub fn undated(programme: &Programme) -> Vec<&Obligation> {
    let missing = |row: &&Obligation| {
        let undated = programme.calendar.schedule(row.id).and_then(|schedule| schedule.undated.as_ref());
        undated.is_some_and(|undated| {
            matches!(
                undated.reason,
                UndatedReason::AnchorMissing(_)
                    | UndatedReason::AnchorNotNamed
                    | UndatedReason::IntervalNotSet { .. }
                    | UndatedReason::PartialDate(_)
                    | UndatedReason::EventNotScheduled(_)
            )
        })
    };
    live(programme).filter(missing).collect()
}

/// Documents with rows that wait for a person, and how many.
pub fn to_confirm(programme: &Programme) -> Vec<(&Instrument, usize)> {
    let waiting = |instrument: &Instrument| {
        let rows = programme.obligations_of(instrument.id);
        rows.filter(|row| row.state == ObligationState::Suggested).count()
    };
    programme.instruments.iter().map(|each| (each, waiting(each))).filter(|(_, rows)| *rows > 0).collect()
}

/// Documents with questions without a decision, and how many.
pub fn with_questions(programme: &Programme) -> Vec<(&Instrument, usize)> {
    let open = |instrument: &Instrument| {
        let own = programme.questions.iter().filter(|question| question.instrument == instrument.id);
        own.filter(|question| question.decision.is_none()).count()
    };
    programme.instruments.iter().map(|each| (each, open(each))).filter(|(_, open)| *open > 0).collect()
}

/// Registers that are confirmed row by row and wait for a second person's signature.
pub fn to_sign(programme: &Programme) -> Vec<&Instrument> {
    let ready = |instrument: &&Instrument| {
        let mut rows = programme.obligations_of(instrument.id);
        let any_live = programme.obligations_of(instrument.id).any(|row| row.state.counts());
        instrument.state == InstrumentState::Draft
            && any_live
            && rows.all(|row| row.state != ObligationState::Suggested)
    };
    programme.instruments.iter().filter(ready).collect()
}

/// Marks that wait for verification by somebody who neither made them nor answers for the duty.
pub fn to_verify(programme: &Programme, me: UserId) -> Vec<(&OccurrenceMark, &Obligation)> {
    let others = programme.marks.iter().filter(|mark| mark.verified.is_none() && mark.stamp.by != me);
    others
        .filter_map(|mark| Some((mark, programme.obligation(mark.obligation)?)))
        .filter(|(_, row)| row.owner != Some(me))
        .collect()
}

/// Variations without an answer.
pub fn waiting_variations(programme: &Programme) -> impl Iterator<Item = (&Variation, &Obligation)> {
    let asked = programme.variations.iter().filter(|variation| variation.state == VariationState::Asked);
    asked.filter_map(|variation| Some((variation, programme.obligation(variation.obligation)?)))
}

/// The cadence of bodies whose duty to meet is in force; one that is only confirmed binds nobody yet.
fn cadences_in_force(programme: &Programme) -> impl Iterator<Item = &Cadence> {
    let in_force = |id: &ObligationId| {
        programme.obligation(*id).is_some_and(|row| row.state == ObligationState::InForce)
    };
    programme.calendar.cadences.iter().filter(move |(id, _)| in_force(id)).map(|(_, cadence)| cadence)
}

/// How many gaps between meetings broke a maximum, or break it now.
pub fn cadence_breaches(programme: &Programme) -> usize {
    cadences_in_force(programme).map(|cadence| cadence.breaches().count()).sum()
}

/// How each body stands against its cadence, in a sentence.
pub fn cadence_sentences(programme: &Programme) -> Vec<String> {
    let sentences = cadences_in_force(programme).map(|cadence| cadence.sentence.clone());
    sentences.filter(|sentence| !sentence.is_empty()).collect()
}

/// What is overdue, counted by who must act, the most first.
pub fn overdue_by_bearer(programme: &Programme) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for due in overdue(programme) {
        let words = improvement::words::bearers_in_words(&due.row.bearers, due.row.bearer_rule);
        match counts.iter_mut().find(|(known, _)| *known == words) {
            Some((_, count)) => *count += 1,
            None => counts.push((words, 1)),
        }
    }
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial;

    #[test]
    fn what_stands_out_in_northmoor_is_found() {
        let programme = trial::programme();
        let references =
            |dues: Vec<Due<'_>>| dues.iter().map(|due| due.row.reference.clone()).collect::<Vec<_>>();
        assert_eq!(references(overdue(&programme)), ["2"]);
        assert!(references(soon(&programme)).contains(&"3".to_owned()));
        assert_eq!(undated(&programme).iter().map(|row| row.reference.as_str()).collect::<Vec<_>>(), ["4"]);
        assert_eq!(to_confirm(&programme)[0].1, 1);
        assert_eq!(with_questions(&programme)[0].1, 1);
        assert_eq!(waiting_variations(&programme).count(), 1);
        assert_eq!(overdue_by_bearer(&programme), [("The council".to_owned(), 1)]);
    }

    #[test]
    fn nobody_verifies_what_they_marked_or_answer_for() {
        let mut programme = trial::programme();
        programme.marks.push(trial::mark(102));
        assert_eq!(to_verify(&programme, trial::MAKER).len(), 0);
        let other = UserId(99);
        assert_eq!(to_verify(&programme, other).len(), 1);
        programme.obligations[1].owner = Some(other);
        assert_eq!(to_verify(&programme, other).len(), 0);
    }
}
