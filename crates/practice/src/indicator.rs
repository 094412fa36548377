//! Indicators: folds over outcomes, for a period and a group of children. No figure is computed anywhere else, so page,
//! report and file can't disagree, and each number lists the outcomes behind it.

mod fold;
mod months;
mod set;
#[cfg(test)]
mod tests;

use vocabulary::day::Day;
use vocabulary::records::Word;

pub use fold::{behind, fold};
pub(crate) use set::read_set;
pub use set::{Benchmark, Entry, IndicatorSet};

use crate::library::Library;
use crate::operator::Operator;
use crate::outcome::{Outcome, Status};
use crate::standard::{CountBy, Polarity, Show, Standard};

/// What is counted of a standard's outcomes, and by which day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its id: the standard's code for what the standard's own file asks for.
    pub code: String,
    /// What it measures, in one line.
    pub title: String,
    /// The standard's place in its library.
    pub standard: u16,
    /// By which day an outcome is counted.
    pub count_by: CountBy,
    /// Which outcomes the percentage is of.
    pub show: Show,
    /// Which way is better.
    pub polarity: Polarity,
    /// The words after the value.
    pub sentence: String,
    /// Whether the value is a number of events, not a percentage.
    pub is_count: bool,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// A calendar month.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// The twelve months that end on a day.
    RollingYear,
    /// From 1 April to a day.
    YearToDate,
    /// A single day.
    Position,
}

/// A span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// How long it is.
    pub kind: PeriodKind,
    /// Its first day.
    pub start: Day,
    /// Its last day, or the day of the question while it runs.
    pub end: Day,
}

/// Whose outcomes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// All of the council's.
    Council,
    /// A team's.
    Team(Word),
    /// A worker's.
    Worker(Word),
}

/// An indicator's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndicatorValue {
    /// The measure's place in [`Library::measures`].
    pub measure: u16,
    /// For which days.
    pub period: Period,
    /// Whose.
    pub group: Group,
    /// How many are shown.
    pub numerator: u32,
    /// Of how many.
    pub denominator: u32,
    /// How many more could not be told, and are in neither.
    pub cannot_tell: u32,
    /// The percentage, none of none; or the number of events.
    pub value: Option<f64>,
}

/// An outcome's part in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// In numerator and denominator.
    Shown,
    /// In the denominator only.
    Counted,
    /// In neither, because it can't be told.
    CannotTell,
}

impl Measure {
    /// What a standard's own file asks for.
    pub(crate) fn of(standard: &Standard, place: u16) -> Self {
        Self {
            code: standard.code.clone(),
            title: standard.title.clone(),
            standard: place,
            count_by: standard.indicator.count_by,
            show: standard.indicator.show,
            polarity: standard.indicator.polarity,
            sentence: standard.indicator.sentence.clone(),
            is_count: standard.operator.only_counts(),
        }
    }

    /// Whether only its newest value can be told: the record says how it stands now, and not how it stood before.
    pub fn tells_only_of_now(&self) -> bool {
        self.count_by == CountBy::Now
    }

    /// The day by which an outcome is counted, and its part.
    fn part_by_day(&self, operator: &Operator, outcome: &Outcome) -> Option<(Day, Part)> {
        let part = match outcome.status {
            Status::Met => self.part(Show::Met),
            Status::Missed => self.part(Show::Missed),
            Status::CannotTell => Part::CannotTell,
            Status::Due | Status::NotApplicable => return None,
        };
        let day = match self.count_by {
            CountBy::Started => outcome.event_on,
            CountBy::Due => outcome.due_on,
            CountBy::Completed => completed_on(operator, outcome),
            CountBy::Position | CountBy::Now => None,
        };
        Some((day?, part))
    }

    /// An outcome's part in the position on a day.
    fn part_on(&self, operator: &Operator, outcome: &Outcome, day: Day) -> Option<Part> {
        let done = outcome.met_on.is_some_and(|met_on| met_on <= day) && !operator.lasts();
        if outcome.event_on? > day || done || outcome.ended_on.is_some_and(|ended_on| ended_on <= day) {
            return None;
        }
        match outcome.status_on(day)? {
            Status::Met => Some(self.part(Show::Met)),
            Status::Missed => Some(self.part(Show::Missed)),
            Status::CannotTell => Some(Part::CannotTell),
            Status::NotApplicable => None,
            // An open clock is in time so far; a state of which nothing is asked yet is no success.
            Status::Due if operator.lasts() && self.show == Show::Met => None,
            Status::Due => Some(self.part(Show::Met)),
        }
    }

    fn part(&self, outcome: Show) -> Part {
        if self.is_count || self.show == outcome { Part::Shown } else { Part::Counted }
    }

    fn value(&self, numerator: u32, denominator: u32) -> Option<f64> {
        match (self.is_count, denominator) {
            (true, _) => Some(f64::from(numerator)),
            (false, 0) => None,
            (false, _) => Some(f64::from(numerator) * 100.0 / f64::from(denominator)),
        }
    }
}

/// The day on which it was met or given up as missed; none while a clock is overdue and runs on.
fn completed_on(operator: &Operator, outcome: &Outcome) -> Option<Day> {
    let Some(due_on) = outcome.due_on else { return outcome.event_on };
    let done_on = outcome.met_on.max(outcome.met_on.and(outcome.event_on));
    match outcome.status {
        Status::Missed if operator.is_decided_when_due() => Some(due_on),
        Status::Missed => done_on.or(outcome.ended_on),
        Status::CannotTell => Some(due_on),
        _ => Some(done_on.unwrap_or(due_on)),
    }
}

impl Library {
    /// A measure's place by code.
    pub fn measure(&self, code: &str) -> Option<u16> {
        let place = self.measures.iter().position(|measure| measure.code == code)?;
        u16::try_from(place).ok()
    }
}
