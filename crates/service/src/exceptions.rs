//! Exceptions and tomorrow's list: events past their day and still not done, events whose day comes soon; and what became
//! of those that stood on the list before.

use std::collections::{HashMap, HashSet};

use practice::library::Library;
use practice::outcome::{Outcome, Status};
use practice::standard::{Basis, SourceStatus, Standard};
use vocabulary::day::Day;
use vocabulary::id::{ChildId, CouncilId};
use vocabulary::records::Subject;
use vocabulary::working_days::{WorkingDayTable, england_and_wales};

use crate::figures::Figures;

/// How far tomorrow's list looks ahead.
const WORKING_DAYS_AHEAD: u32 = 10;

/// Which of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExceptionList {
    /// Past their day and not done.
    Exceptions,
    /// Their day comes within the next ten working days.
    Tomorrow,
}

/// What became of events that stood among the exceptions of an earlier extract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// How many stood there.
    pub before: usize,
    /// How many still do.
    pub still: usize,
    /// Done since.
    pub done: usize,
    /// They had been done in time or before that day, and the record did not show it.
    pub recorded_late: usize,
    /// Their record was changed or is gone.
    pub corrected: usize,
    /// No longer asked: the plan or period ended.
    pub ended: usize,
}

impl ExceptionList {
    fn holds(self, outcome: &Outcome, as_at: Day, horizon: Day) -> bool {
        match self {
            Self::Exceptions => {
                // What is no longer asked cannot be made good: it was missed, and is counted in the figures.
                let ended = outcome.ended_on.is_some_and(|ended| ended <= as_at);
                outcome.status == Status::Missed
                    && outcome.met_on.is_none()
                    && outcome.due_on.is_some()
                    && !ended
            }
            Self::Tomorrow => {
                outcome.status == Status::Due
                    && outcome.due_on.is_some_and(|due| as_at <= due && due <= horizon)
            }
        }
    }
}

/// Whether a standard puts children on the lists: a duty to them, not a way of measuring, and one whose source was read.
fn puts_on_lists(library: &Library, standard: &Standard) -> bool {
    let kind = library.catalogue.kind(&standard.record);
    kind.is_some_and(|kind| kind.subject == Subject::Child)
        && standard.basis != Basis::NationalMeasure
        && standard.status != SourceStatus::Unverified
}

/// The last day that tomorrow's list looks ahead to.
pub(crate) fn horizon(as_at: Day) -> Day {
    let (from, to) = (as_at.date().year() - 1, as_at.date().year() + 1);
    let table = WorkingDayTable::new(england_and_wales(), from, to);
    table.add(as_at, WORKING_DAYS_AHEAD).unwrap_or_else(|| as_at.plus_days(14))
}

impl Figures {
    /// The events of a list, whosever they are. Pages show only those of their viewer's scope.
    pub fn on_list(&self, list: ExceptionList) -> impl Iterator<Item = &Outcome> {
        let (as_at, horizon) = (self.as_at, horizon(self.as_at));
        let listed: Vec<bool> =
            self.library.standards.iter().map(|standard| puts_on_lists(&self.library, standard)).collect();
        self.outcomes.outcomes.iter().filter(move |outcome| {
            listed[usize::from(outcome.standard)] && list.holds(outcome, as_at, horizon)
        })
    }

    /// The team that answers for an outcome, by its name: the one its record names, else the one that holds the child.
    pub fn team_of(&self, outcome: &Outcome) -> Option<&str> {
        let holder = || self.holders.get(&outcome.subject).and_then(|holder| holder.team);
        outcome.team.or_else(holder).map(|team| self.history.picture.words.text(team))
    }

    /// The worker of an outcome, by the extract's name; who holds the child where the record names no team.
    pub fn worker_of(&self, outcome: &Outcome) -> Option<&str> {
        let holder = || self.holders.get(&outcome.subject).and_then(|holder| holder.worker);
        let worker = if outcome.team.is_some() { outcome.worker } else { outcome.worker.or_else(holder) };
        worker.map(|worker| self.history.picture.words.text(worker))
    }

    /// The child an outcome is about, by random id; none for adopters and workers.
    pub fn child_of(&self, outcome: &Outcome) -> Option<ChildId> {
        ChildId::parse(self.history.picture.words.text(outcome.subject))
    }

    /// The key of the note on an exception.
    pub fn exception_key(&self, council: CouncilId, outcome: &Outcome) -> Option<String> {
        let standard = &self.library.standards[usize::from(outcome.standard)];
        let event_on = outcome.event_on.map(Day::date);
        Some(store::ExceptionNote::key_of(council, &standard.code, self.child_of(outcome)?, event_on))
    }

    /// What became of the exceptions of earlier figures that a viewer may count.
    pub fn left_since(&self, earlier: &Self, counts: impl Fn(Option<&str>) -> bool) -> Left {
        let name = |figures: &Self, outcome: &Outcome| {
            let subject = figures.history.picture.words.text(outcome.subject).to_owned();
            (figures.library.standards[usize::from(outcome.standard)].code.clone(), subject, outcome.event_on)
        };
        let was: HashSet<_> = earlier
            .on_list(ExceptionList::Exceptions)
            .filter(|outcome| counts(earlier.team_of(outcome)))
            .map(|outcome| name(earlier, outcome))
            .collect();
        let mut now: HashMap<_, &Outcome> = HashMap::with_capacity(was.len());
        for outcome in &self.outcomes.outcomes {
            let key = name(self, outcome);
            if was.contains(&key) {
                now.insert(key, outcome);
            }
        }
        let mut left = Left { before: was.len(), ..Left::default() };
        for key in &was {
            let Some(outcome) = now.get(key) else {
                left.corrected += 1;
                continue;
            };
            let count = match (outcome.status, outcome.met_on) {
                (Status::Missed, None) if outcome.ended_on.is_some_and(|ended| ended <= self.as_at) => {
                    &mut left.ended
                }
                (Status::Missed, None) => &mut left.still,
                (Status::NotApplicable, _) => &mut left.ended,
                (_, Some(met_on)) if met_on <= earlier.as_at => &mut left.recorded_late,
                (_, Some(_)) => &mut left.done,
                (Status::Met, None) => &mut left.done,
                (Status::Due | Status::CannotTell, None) => &mut left.corrected,
            };
            *count += 1;
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tomorrow_looks_ten_working_days_ahead_over_a_bank_holiday() {
        let day = |text: &str| Day::parse(text).expect("a day");
        assert_eq!(horizon(day("2026-12-18")), day("2027-01-06"));
    }
}
