//! The fold: one pass over the outcomes of each measure serves every month of the history.

use rayon::prelude::*;
use vocabulary::day::Day;
use vocabulary::records::Word;

use super::months::{Months, Run};
use super::{Group, IndicatorValue, Measure, Part, Period, PeriodKind};
use crate::library::Library;
use crate::operator::Operator;
use crate::outcome::{Outcome, Outcomes};
use crate::standard::CountBy;

/// Every measure of a library for the last months up to a day: by month, quarter, rolling year and year to date, or as
/// the position at each month's end.
///
/// For the council every period is there; for teams and workers those in which something was counted.
pub fn fold(library: &Library, outcomes: &Outcomes, as_at: Day, months: usize) -> Vec<IndicatorValue> {
    let months = Months::new(as_at, months);
    let groups = Groups::of(&outcomes.outcomes);
    let values: Vec<Vec<IndicatorValue>> = library
        .measures
        .par_iter()
        .enumerate()
        .map(|(place, measure)| {
            let operator = &library.standards[usize::from(measure.standard)].operator;
            let of_measure = &outcomes.outcomes[of_standard(outcomes, measure.standard)];
            let folded = Folded::of(measure, operator, of_measure, &months, &groups);
            folded.values(u16::try_from(place).unwrap_or(u16::MAX), measure)
        })
        .collect();
    values.concat()
}

/// The outcomes behind a value, as places in the outcomes, each with its part.
pub fn behind(library: &Library, outcomes: &Outcomes, value: &IndicatorValue) -> Vec<(usize, Part)> {
    let measure = &library.measures[usize::from(value.measure)];
    let operator = &library.standards[usize::from(measure.standard)].operator;
    let Period { kind, start, end } = value.period;
    let part = |outcome: &Outcome| match kind {
        PeriodKind::Position => measure.part_on(operator, outcome, end),
        _ => {
            let (day, part) = measure.part_by_day(operator, outcome)?;
            (start <= day && day <= end).then_some(part)
        }
    };
    let of_measure = of_standard(outcomes, measure.standard).map(|place| (place, &outcomes.outcomes[place]));
    let of_group = of_measure.filter(|(_, outcome)| is_of(outcome, value.group));
    of_group.filter_map(|(place, outcome)| Some((place, part(outcome)?))).collect()
}

fn of_standard(outcomes: &Outcomes, standard: u16) -> std::ops::Range<usize> {
    let first = outcomes.outcomes.partition_point(|outcome| outcome.standard < standard);
    let last = outcomes.outcomes.partition_point(|outcome| outcome.standard <= standard);
    first..last
}

/// The months at whose ends a position can be told: all of the history, or the last alone.
fn of_positions(measure: &Measure, months: &Months) -> std::ops::Range<usize> {
    let history = months.of_history();
    match measure.count_by {
        CountBy::Now => history.end.saturating_sub(1)..history.end,
        _ => history,
    }
}

fn is_of(outcome: &Outcome, group: Group) -> bool {
    match group {
        Group::Council => true,
        Group::Team(team) => outcome.team == Some(team),
        Group::Worker(worker) => outcome.worker == Some(worker),
    }
}

/// Every group that any outcome is of, in order, so that an outcome's groups are looked up and not searched for.
struct Groups {
    all: Vec<Group>,
    /// The place of each team and worker among all, by word; the council's, which is first, for words that are neither.
    teams: Vec<usize>,
    workers: Vec<usize>,
}

impl Groups {
    fn of(outcomes: &[Outcome]) -> Self {
        let mut groups = Self { all: vec![Group::Council], teams: Vec::new(), workers: Vec::new() };
        groups.teams = groups.places(outcomes.iter().filter_map(|outcome| outcome.team), Group::Team);
        groups.workers = groups.places(outcomes.iter().filter_map(|outcome| outcome.worker), Group::Worker);
        groups
    }

    fn places(&mut self, words: impl Iterator<Item = Word>, group: fn(Word) -> Group) -> Vec<usize> {
        let mut places: Vec<usize> = Vec::new();
        for word in words {
            let word = word.0 as usize;
            places.resize(places.len().max(word + 1), 0);
            places[word] = 1;
        }
        for (word, place) in (0..).zip(&mut places).filter(|(_, place)| **place > 0) {
            *place = self.all.len();
            self.all.push(group(Word(word)));
        }
        places
    }

    /// The places of an outcome's groups.
    fn places_of(&self, outcome: &Outcome) -> impl Iterator<Item = usize> {
        let team = outcome.team.map(|team| self.teams[team.0 as usize]);
        let worker = outcome.worker.map(|worker| self.workers[worker.0 as usize]);
        [Some(0), team, worker].into_iter().flatten()
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    numerator: u32,
    denominator: u32,
    cannot_tell: u32,
}

impl Tally {
    fn add(&mut self, part: Part) {
        if part == Part::CannotTell {
            self.cannot_tell += 1;
        } else {
            self.denominator += 1;
            self.numerator += u32::from(part == Part::Shown);
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            numerator: self.numerator + other.numerator,
            denominator: self.denominator + other.denominator,
            cannot_tell: self.cannot_tell + other.cannot_tell,
        }
    }

    /// What is left of a sum without what came before.
    fn without(self, earlier: Self) -> Self {
        Self {
            numerator: self.numerator - earlier.numerator,
            denominator: self.denominator - earlier.denominator,
            cannot_tell: self.cannot_tell - earlier.cannot_tell,
        }
    }

    fn is_empty(self) -> bool {
        self.denominator == 0 && self.cannot_tell == 0
    }
}

/// What was counted for each group, month by month.
struct Folded<'m> {
    months: &'m Months,
    groups: &'m Groups,
    /// What was counted, for each group of which anything was.
    counted: Vec<OfGroup>,
    /// For each group, its place in that.
    places: Vec<Option<usize>>,
}

struct OfGroup {
    months: Vec<Tally>,
    /// The days of the last rolling year that lie before its first whole month.
    first_days: Tally,
}

impl<'m> Folded<'m> {
    fn of(
        measure: &Measure,
        operator: &Operator,
        outcomes: &[Outcome],
        months: &'m Months,
        groups: &'m Groups,
    ) -> Self {
        let mut folded = Self { months, groups, counted: Vec::new(), places: vec![None; groups.all.len()] };
        folded.group(0);
        for outcome in outcomes {
            if measure.count_by.is_position() {
                folded.add_positions(measure, operator, outcome);
            } else if let Some((day, part)) = measure.part_by_day(operator, outcome) {
                folded.add_by_day(outcome, day, part);
            }
        }
        folded
    }

    fn add_positions(&mut self, measure: &Measure, operator: &Operator, outcome: &Outcome) {
        let Some(event_on) = outcome.event_on else { return };
        let history = of_positions(measure, self.months);
        let first = self.months.place(event_on).unwrap_or(history.start).max(history.start);
        for place in first..history.end {
            let Some(part) = measure.part_on(operator, outcome, self.months.end(place)) else {
                continue;
            };
            for group in self.groups.places_of(outcome) {
                self.group(group).months[place].add(part);
            }
        }
    }

    fn add_by_day(&mut self, outcome: &Outcome, day: Day, part: Part) {
        let Some(place) = self.months.place(day) else { return };
        let is_before = |year: &Run| place + 1 == year.first && day >= year.period.start;
        let before_first = self.months.last_year().is_some_and(is_before);
        for group in self.groups.places_of(outcome) {
            let of_group = self.group(group);
            of_group.months[place].add(part);
            if before_first {
                of_group.first_days.add(part);
            }
        }
    }

    fn group(&mut self, place: usize) -> &mut OfGroup {
        let (counted, months) = (&mut self.counted, self.months);
        let place = *self.places[place].get_or_insert_with(|| {
            counted
                .push(OfGroup { months: vec![Tally::default(); months.len()], first_days: Tally::default() });
            counted.len() - 1
        });
        &mut self.counted[place]
    }

    fn values(&self, place: u16, measure: &Measure) -> Vec<IndicatorValue> {
        let mut values = Vec::new();
        for (&group, of_group) in self.groups.all.iter().zip(&self.places) {
            let Some(of_group) = *of_group else { continue };
            self.counted[of_group].each_period(measure, self.months, |period, tally| {
                if group != Group::Council && tally.is_empty() {
                    return;
                }
                let Tally { numerator, denominator, cannot_tell } = tally;
                let value = measure.value(numerator, denominator);
                let measure = place;
                values.push(IndicatorValue {
                    measure,
                    period,
                    group,
                    numerator,
                    denominator,
                    cannot_tell,
                    value,
                });
            });
        }
        values
    }
}

impl OfGroup {
    fn each_period(&self, measure: &Measure, months: &Months, mut each: impl FnMut(Period, Tally)) {
        if measure.count_by.is_position() {
            let places = of_positions(measure, months);
            return places.for_each(|place| each(months.position(place), self.months[place]));
        }
        // The sum up to each month, so that every period is a difference however long it is.
        let mut sums = Vec::with_capacity(months.len() + 1);
        sums.push(Tally::default());
        for (place, &month) in self.months.iter().enumerate() {
            sums.push(sums[place].plus(month));
        }
        for place in months.of_history() {
            for run in months.runs(place) {
                let mut tally = sums[place + 1].without(sums[run.first]);
                if run.period.kind == PeriodKind::RollingYear && place + 1 == months.len() {
                    tally = tally.plus(self.first_days);
                }
                each(run.period, tally);
            }
        }
    }
}
