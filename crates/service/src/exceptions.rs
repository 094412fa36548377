//! Exceptions and tomorrow's list: events past their day and still not done, events whose day comes soon; and what became
//! of those that stood on the list before.

use std::collections::{HashMap, HashSet};

use practice::library::Library;
use practice::outcome::{Outcome, Status};
use practice::standard::{Basis, SourceStatus, Standard};
use store::{DataClass, Scope};
use vocabulary::day::Day;
use vocabulary::id::{ChildId, CouncilId};
use vocabulary::records::{Subject, Word};
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

/// Whether a viewer may know whose the outcomes of a standard are.
pub fn may_know_of(standard: &Standard, scope: &Scope) -> bool {
    !standard.sealed || scope.allows(DataClass::SealedChildren)
}

/// The last day that tomorrow's list looks ahead to.
pub(crate) fn horizon(as_at: Day) -> Day {
    let (from, to) = (as_at.date().year() - 1, as_at.date().year() + 1);
    let table = WorkingDayTable::new(england_and_wales(), from, to);
    table.add(as_at, WORKING_DAYS_AHEAD).unwrap_or_else(|| as_at.plus_days(14))
}

impl Figures {
    /// The events of a list that a viewer may count: of the teams of their scope, and of sealed standards only for those
    /// who may read sealed records.
    pub fn on_list<'f, 's>(
        &'f self,
        list: ExceptionList,
        scope: &'s Scope,
    ) -> impl Iterator<Item = &'f Outcome> + use<'f, 's> {
        let (as_at, horizon) = (self.as_at, horizon(self.as_at));
        let standards = self.library.standards.iter();
        let listed: Vec<bool> = standards
            .map(|standard| puts_on_lists(&self.library, standard) && may_know_of(standard, scope))
            .collect();
        self.outcomes.outcomes.iter().filter(move |outcome| {
            listed[usize::from(outcome.standard)]
                && list.holds(outcome, as_at, horizon)
                && scope.holds_team(self.team_of(outcome))
        })
    }

    /// Whether events of a standard stand on the lists for a viewer.
    pub fn lists(&self, standard: &Standard, scope: &Scope) -> bool {
        puts_on_lists(&self.library, standard) && may_know_of(standard, scope)
    }

    /// How many events of sealed standards stand on a list of the whole council and are kept from a viewer.
    pub fn sealed_on_list(&self, list: ExceptionList, scope: &Scope) -> usize {
        let (as_at, horizon) = (self.as_at, horizon(self.as_at));
        let kept = self.outcomes.outcomes.iter().filter(|outcome| {
            let standard = &self.library.standards[usize::from(outcome.standard)];
            puts_on_lists(&self.library, standard)
                && !may_know_of(standard, scope)
                && list.holds(outcome, as_at, horizon)
        });
        kept.count()
    }

    /// The team that answers for an outcome, by its name: the one its record names, else the one that holds the child.
    pub fn team_of(&self, outcome: &Outcome) -> Option<&str> {
        let holder = || self.holders.get(&outcome.subject).and_then(|holder| holder.team);
        outcome.team.or_else(holder).map(|team| self.history.picture.words.text(team))
    }

    /// The team that holds a child, by its name.
    pub fn team_of_child(&self, child: Word) -> Option<&str> {
        let holder = self.holders.get(&child)?;
        holder.team.map(|team| self.history.picture.words.text(team))
    }

    /// Whether a viewer may open a child: one whom a team of their scope holds, or has an event of on one of its lists.
    pub fn opens_child(&self, child: Word, scope: &Scope) -> bool {
        let on_own_list = |list| self.on_list(list, scope).any(|outcome| outcome.subject == child);
        scope.allows(DataClass::PseudonymousChildren)
            && (scope.holds_team(self.team_of_child(child))
                || on_own_list(ExceptionList::Exceptions)
                || on_own_list(ExceptionList::Tomorrow))
    }

    /// The age of a child in whole years on the day of the figures, where the date of birth is known.
    pub fn age_of(&self, child: Word) -> Option<i32> {
        self.age_on(child, self.as_at)
    }

    /// The age of a child in whole years on a day, where the date of birth is known.
    pub fn age_on(&self, child: Word, day: Day) -> Option<i32> {
        let sheet = self.history.picture.sheet("child")?;
        let row = sheet.rows_of(child).next()?;
        Some(day.age_in_years(sheet.table.column("born_on")?.day(row).value()?))
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
    pub fn left_since(&self, earlier: &Self, scope: &Scope) -> Left {
        let name = |figures: &Self, outcome: &Outcome| {
            let subject = figures.history.picture.words.text(outcome.subject).to_owned();
            (figures.library.standards[usize::from(outcome.standard)].code.clone(), subject, outcome.event_on)
        };
        let was: HashSet<_> =
            earlier.on_list(ExceptionList::Exceptions, scope).map(|outcome| name(earlier, outcome)).collect();
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
