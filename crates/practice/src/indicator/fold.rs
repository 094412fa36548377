//! The fold: one pass over the outcomes of each measure serves every month of the history.

use std::collections::BTreeMap;

use rayon::prelude::*;
use vocabulary::day::Day;

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
    let values: Vec<Vec<IndicatorValue>> = library
        .measures
        .par_iter()
        .enumerate()
        .map(|(place, measure)| {
            let operator = &library.standards[usize::from(measure.standard)].operator;
            let of_measure = &outcomes.outcomes[of_standard(outcomes, measure.standard)];
            let folded = Folded::of(measure, operator, of_measure, &months);
            folded.values(u16::try_from(place).unwrap_or(u16::MAX), measure, &months)
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

fn groups_of(outcome: &Outcome) -> impl Iterator<Item = Group> {
    let of_team = outcome.team.map(Group::Team);
    [Some(Group::Council), of_team, outcome.worker.map(Group::Worker)].into_iter().flatten()
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    numerator: u32,
    denominator: u32,
    cannot_tell: u32,
}

impl Tally {
    fn add(&mut self, part: Part) {
        match part {
            Part::CannotTell => self.cannot_tell += 1,
            Part::Counted => self.denominator += 1,
            Part::Shown => {
                self.denominator += 1;
                self.numerator += 1;
            }
        }
    }

    fn sum(tallies: &[Self]) -> Self {
        tallies.iter().fold(Self::default(), |sum, tally| Self {
            numerator: sum.numerator + tally.numerator,
            denominator: sum.denominator + tally.denominator,
            cannot_tell: sum.cannot_tell + tally.cannot_tell,
        })
    }

    fn is_empty(self) -> bool {
        self.denominator == 0 && self.cannot_tell == 0
    }
}

/// What was counted for each group, month by month.
struct Folded {
    groups: BTreeMap<Group, OfGroup>,
}

#[derive(Clone)]
struct OfGroup {
    months: Vec<Tally>,
    /// The days of the last rolling year that lie before its first whole month.
    first_days: Tally,
}

impl Folded {
    fn of(measure: &Measure, operator: &Operator, outcomes: &[Outcome], months: &Months) -> Self {
        let empty = OfGroup { months: vec![Tally::default(); months.len()], first_days: Tally::default() };
        let mut folded = Self { groups: BTreeMap::from([(Group::Council, empty)]) };
        for outcome in outcomes {
            if measure.count_by.is_position() {
                folded.add_positions(measure, operator, outcome, months);
            } else if let Some((day, part)) = measure.part_by_day(operator, outcome) {
                folded.add_by_day(outcome, day, part, months);
            }
        }
        folded
    }

    fn add_positions(&mut self, measure: &Measure, operator: &Operator, outcome: &Outcome, months: &Months) {
        let Some(event_on) = outcome.event_on else { return };
        let history = of_positions(measure, months);
        let first = months.place(event_on).unwrap_or(history.start).max(history.start);
        for place in first..history.end {
            let Some(part) = measure.part_on(operator, outcome, months.end(place)) else {
                continue;
            };
            for group in groups_of(outcome) {
                self.group(group, months).months[place].add(part);
            }
        }
    }

    fn add_by_day(&mut self, outcome: &Outcome, day: Day, part: Part, months: &Months) {
        let Some(place) = months.place(day) else { return };
        let is_before = |year: &Run| place + 1 == year.first && day >= year.period.start;
        let before_first = months.last_year().is_some_and(is_before);
        for group in groups_of(outcome) {
            let of_group = self.group(group, months);
            of_group.months[place].add(part);
            if before_first {
                of_group.first_days.add(part);
            }
        }
    }

    fn group(&mut self, group: Group, months: &Months) -> &mut OfGroup {
        let empty = || OfGroup { months: vec![Tally::default(); months.len()], first_days: Tally::default() };
        self.groups.entry(group).or_insert_with(empty)
    }

    fn values(&self, place: u16, measure: &Measure, months: &Months) -> Vec<IndicatorValue> {
        let mut values = Vec::new();
        for (&group, of_group) in &self.groups {
            for (period, tally) in of_group.periods(measure, months) {
                if group != Group::Council && tally.is_empty() {
                    continue;
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
            }
        }
        values
    }
}

impl OfGroup {
    fn periods(&self, measure: &Measure, months: &Months) -> Vec<(Period, Tally)> {
        let mut periods = Vec::new();
        if measure.count_by.is_position() {
            let places = of_positions(measure, months);
            return places.map(|place| (months.position(place), self.months[place])).collect();
        }
        for place in months.of_history() {
            for run in months.runs(place) {
                let mut tally = Tally::sum(&self.months[run.first..=place]);
                if run.period.kind == PeriodKind::RollingYear && place + 1 == months.len() {
                    tally = Tally::sum(&[tally, self.first_days]);
                }
                periods.push((run.period, tally));
            }
        }
        periods
    }
}
