//! Limits and their units: how a due day is counted from a start (calendar.md, section 3).
//!
//! The start is day 0. Months and years are calendar months, clamped to the last day of a shorter one; weeks are seven
//! days; hours are elapsed hours. With "beginning with the day" the start is day 1.

use std::fmt;
use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use vocabulary::day::Day;
use vocabulary::working_days::{WorkingDayTable, england_and_wales};

use crate::reason::Why;

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Unit {
    #[serde(rename = "working days")]
    WorkingDays,
    #[serde(rename = "calendar days")]
    CalendarDays,
    #[serde(rename = "weeks")]
    Weeks,
    #[serde(rename = "months")]
    Months,
    #[serde(rename = "years")]
    Years,
    #[serde(rename = "hours")]
    Hours,
    #[serde(rename = "minutes")]
    Minutes,
}

/// A number, or the council's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Number(u32),
    Council,
}

/// The greatest limit: so many years still end within the calendar.
const MOST: u32 = 10_000;

/// A limit with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Interval {
    pub(crate) limit: Limit,
    pub(crate) unit: Unit,
}

/// An interval whose limit is known or known not to be set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) limit: Option<u32>,
    pub(crate) unit: Unit,
    pub(crate) first_day_counts: bool,
}

impl Unit {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::WorkingDays => "working days",
            Self::CalendarDays => "calendar days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
            Self::Hours => "hours",
            Self::Minutes => "minutes",
        }
    }

    /// Whether it counts by the clock, not by the calendar.
    pub(crate) fn needs_moments(self) -> bool {
        matches!(self, Self::Hours | Self::Minutes)
    }
}

impl Limit {
    pub(crate) fn number(self, council: Option<u32>) -> Option<u32> {
        match self {
            Self::Number(number) => Some(number),
            Self::Council => council,
        }
    }
}

impl Interval {
    pub(crate) fn span(self, council: Option<u32>) -> Span {
        Span { limit: self.limit.number(council), unit: self.unit, first_day_counts: false }
    }
}

impl Span {
    /// The last day in time, for a clock that starts on this day.
    pub(crate) fn due(&self, start: Day) -> Result<Day, Why<'static>> {
        let limit = self.limit.ok_or(Why::LimitNotSet)?;
        let count = days_of(limit);
        let due = match self.unit {
            Unit::WorkingDays => return self.due_in_working_days(start, limit),
            Unit::CalendarDays => start.plus_days(count),
            Unit::Weeks => start.plus_days(count.saturating_mul(7)),
            Unit::Months => start.plus_months(count),
            Unit::Years => start.plus_years(count),
            // The load refuses these where there is no moment; a whole day is what is left of them.
            Unit::Hours => start.plus_days(count / 24),
            Unit::Minutes => start.plus_days(count / (24 * 60)),
        };
        Ok(if self.first_day_counts { due.plus_days(-1) } else { due })
    }

    fn due_in_working_days(&self, start: Day, limit: u32) -> Result<Day, Why<'static>> {
        let table = working_days();
        let starts_on_day_1 = self.first_day_counts && table.is_working_day(start) == Some(true);
        let limit = if starts_on_day_1 { limit.saturating_sub(1) } else { limit }.min(MOST);
        table.add(start, limit).ok_or(Why::OutsideCalendar)
    }

    /// Whether a stop is in time: a stop on a weekend or bank holiday counts as the working day before it.
    pub(crate) fn in_time(&self, stop: Day, due: Day) -> bool {
        stop <= due || (self.unit == Unit::WorkingDays && working_days().between(due, stop) == Some(0))
    }

    /// The first day of a look-back window of this length that ends on a day.
    pub(crate) fn window_before(&self, end: Day) -> Result<Day, Why<'static>> {
        let count = days_of(self.limit.ok_or(Why::LimitNotSet)?);
        let before = match self.unit {
            Unit::Weeks => end.plus_days(count.saturating_mul(-7)),
            Unit::Months => end.plus_months(-count),
            Unit::Years => end.plus_years(-count),
            Unit::WorkingDays => return working_days_before(end, count),
            Unit::CalendarDays | Unit::Hours | Unit::Minutes => end.plus_days(-count),
        };
        Ok(before.plus_days(1))
    }
}

/// A limit as a number to add to a day; a council's own beyond all use is as good as none.
fn days_of(limit: u32) -> i32 {
    i32::try_from(limit.min(MOST)).expect("ten thousand is a small number")
}

/// The first of the days that hold this many working days and end on a day.
fn working_days_before(end: Day, count: i32) -> Result<Day, Why<'static>> {
    let mut day = end.plus_days(1);
    let mut left = count;
    while left > 0 {
        day = day.plus_days(-1);
        if working_days().is_working_day(day).ok_or(Why::OutsideCalendar)? {
            left -= 1;
        }
    }
    Ok(day)
}

/// The working days of the years that extracts speak of.
pub(crate) fn working_days() -> &'static WorkingDayTable {
    static TABLE: OnceLock<WorkingDayTable> = OnceLock::new();
    TABLE.get_or_init(|| WorkingDayTable::new(england_and_wales(), 1985, 2060))
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LimitVisitor)
    }
}

struct LimitVisitor;

impl Visitor<'_> for LimitVisitor {
    type Value = Limit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, or \"council\" for a limit that the council sets")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Limit, E> {
        match u32::try_from(number).ok().filter(|&number| number <= MOST) {
            Some(number) => Ok(Limit::Number(number)),
            None => Err(E::custom(format!("a limit lies between 0 and {MOST}"))),
        }
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Limit, E> {
        match word {
            "council" => Ok(Limit::Council),
            other => Err(E::custom(format!("a limit is a whole number or \"council\", not {other:?}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn span(limit: u32, unit: Unit) -> Span {
        Span { limit: Some(limit), unit, first_day_counts: false }
    }

    #[test]
    fn due_days_are_those_of_the_guidance() {
        let rows = [
            ("2016-03-21", 15, Unit::WorkingDays, "2016-04-13", "a conference over Easter"),
            ("2022-12-23", 1, Unit::WorkingDays, "2022-12-28", "a referral before Christmas"),
            ("2022-09-16", 1, Unit::WorkingDays, "2022-09-20", "the state funeral"),
            ("2024-11-30", 3, Unit::Months, "2025-02-28", "the last day of a shorter month"),
            ("2024-02-29", 1, Unit::Years, "2025-02-28", "a leap day"),
            ("2026-01-31", 6, Unit::Weeks, "2026-03-14", "six weeks are 42 days"),
        ];
        for (start, limit, unit, due, reason) in rows {
            assert_eq!(span(limit, unit).due(day(start)), Ok(day(due)), "{reason}");
        }
    }

    #[test]
    fn beginning_with_the_day_makes_the_start_day_1() {
        let proceedings = Span { limit: Some(26), unit: Unit::Weeks, first_day_counts: true };
        assert_eq!(proceedings.due(day("2026-01-05")), Ok(day("2026-01-05").plus_days(181)));
        let from_a_saturday = Span { limit: Some(1), unit: Unit::WorkingDays, first_day_counts: true };
        assert_eq!(from_a_saturday.due(day("2026-06-06")), Ok(day("2026-06-08")));
        assert_eq!(from_a_saturday.due(day("2026-06-05")), Ok(day("2026-06-05")));
    }

    #[test]
    fn a_stop_on_the_weekend_counts_as_the_friday() {
        let friday = day("2026-06-05");
        assert!(span(5, Unit::WorkingDays).in_time(day("2026-06-07"), friday));
        assert!(!span(5, Unit::WorkingDays).in_time(day("2026-06-08"), friday));
        assert!(!span(1, Unit::Weeks).in_time(day("2026-06-06"), friday));
    }

    #[test]
    fn a_limit_beyond_all_use_breaks_nothing() {
        for unit in [Unit::Years, Unit::Months, Unit::Weeks, Unit::CalendarDays, Unit::WorkingDays] {
            let due = span(u32::MAX, unit).due(day("2026-06-05"));
            assert!(due.is_err() || due.is_ok_and(|due| due > day("2050-01-01")), "{unit:?}: {due:?}");
            assert!(
                span(u32::MAX, unit)
                    .window_before(day("2026-06-05"))
                    .map_or(true, |first| first < day("2000-01-01"))
            );
        }
    }

    proptest! {
        #[test]
        fn a_window_of_working_days_holds_that_many(end in 15_000_i32..21_000, count in 1_u32..60) {
            let first = span(count, Unit::WorkingDays).window_before(Day(end)).expect("in the calendar");
            prop_assert_eq!(working_days().between(first.plus_days(-1), Day(end)), Some(count));
        }
    }
}
