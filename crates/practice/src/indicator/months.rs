//! The months of a history: each day's month is looked up, and every period is a run of months.

use vocabulary::day::Day;

use super::{Period, PeriodKind};

/// Months before the history's first, for periods of up to a year that end in it.
pub(super) const BEFORE: usize = 12;

/// Consecutive months that end with the day of the question.
#[derive(Clone, Debug)]
pub(super) struct Months {
    /// The first day of each month, [`BEFORE`] of them before the history begins.
    starts: Vec<Day>,
    /// The last day of each, or the day of the question in the month of that.
    ends: Vec<Day>,
    /// The month of each day from the first.
    of_day: Vec<u16>,
    /// The periods that end with each month of the history.
    runs: Vec<Vec<Run>>,
}

/// A period that ends with a month, and the month that it begins with: for a rolling year the first whole one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) first: usize,
    pub(super) period: Period,
}

impl Months {
    /// The last months up to a day, of which the last may be cut short by it.
    pub(super) fn new(as_at: Day, months: usize) -> Self {
        let this_month = first_of_month(as_at);
        let back = |count: usize| this_month.plus_months(-i32::try_from(count).unwrap_or(i32::MAX));
        let starts: Vec<Day> = (0..months + BEFORE).rev().map(back).collect();
        let ends: Vec<Day> = starts.iter().map(|start| start.end_of_month().min(as_at)).collect();
        let mut of_day = Vec::new();
        for (place, (&start, &end)) in (0_u16..).zip(starts.iter().zip(&ends)) {
            let days = usize::try_from(end.days_since(start)).unwrap_or(0) + 1;
            of_day.extend(std::iter::repeat_n(place, days));
        }
        let mut months = Self { starts, ends, of_day, runs: Vec::new() };
        months.runs = months.of_history().map(|place| months.runs_to(place)).collect();
        months
    }

    fn runs_to(&self, place: usize) -> Vec<Run> {
        let month = Run { first: place, period: self.period(PeriodKind::Month, place, place) };
        let into_quarter = months_into(self.starts[place], 3);
        let is_quarter = into_quarter == 2 || place + 1 == self.len();
        let quarter = (place - into_quarter, PeriodKind::Quarter);
        let april = (place - (months_into(self.starts[place], 12) + 9) % 12, PeriodKind::YearToDate);
        let mut runs = vec![month];
        for (first, kind) in [Some(quarter).filter(|_| is_quarter), Some(april)].into_iter().flatten() {
            runs.push(Run { first, period: self.period(kind, first, place) });
        }
        runs.push(self.rolling_year(place));
        runs
    }

    fn period(&self, kind: PeriodKind, first: usize, last: usize) -> Period {
        Period { kind, start: self.starts[first], end: self.ends[last] }
    }

    /// How many there are, with those before the history.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The places of the history's own months.
    pub(super) fn of_history(&self) -> std::ops::Range<usize> {
        BEFORE..self.starts.len()
    }

    /// The place of a day's month.
    pub(super) fn place(&self, day: Day) -> Option<usize> {
        let days = usize::try_from(day.days_since(*self.starts.first()?)).ok()?;
        self.of_day.get(days).map(|&place| usize::from(place))
    }

    /// A month's last day, or the day of the question in the month of that.
    pub(super) fn end(&self, place: usize) -> Day {
        self.ends[place]
    }

    /// The month, the quarter where it ends or runs, the year to date and the rolling year that end with a month.
    pub(super) fn runs(&self, place: usize) -> &[Run] {
        &self.runs[place - BEFORE]
    }

    /// The rolling year that ends with the day of the question.
    pub(super) fn last_year(&self) -> Option<&Run> {
        self.runs.last()?.iter().find(|run| run.period.kind == PeriodKind::RollingYear)
    }

    fn rolling_year(&self, place: usize) -> Run {
        let (end, first) = (self.ends[place], place + 1 - BEFORE);
        let whole = end == end.end_of_month();
        let start = if whole { self.starts[first] } else { end.plus_months(-12).plus_days(1) };
        Run { first, period: Period { kind: PeriodKind::RollingYear, start, end } }
    }

    pub(super) fn position(&self, place: usize) -> Period {
        let end = self.ends[place];
        Period { kind: PeriodKind::Position, start: end, end }
    }
}

fn first_of_month(day: Day) -> Day {
    day.plus_days(1 - i32::from(day.date().day()))
}

/// How many months of a run of this many, from January, lie before a month.
fn months_into(start: Day, run: usize) -> usize {
    usize::try_from(start.date().month() - 1).unwrap_or(0) % run
}
