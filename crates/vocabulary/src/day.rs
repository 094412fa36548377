//! A calendar day as a number, for passes over many records.
//!
//! Four bytes, days since 1 January 1970. Comparing and subtracting are those of the number; months are calendar
//! months, clamped to the last day of a shorter one (calendar.md, section 3, point 7).

use std::fmt;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// A calendar day, counted from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

const EPOCH: Date = Date::constant(1970, 1, 1);

impl Day {
    /// The day of a date.
    pub fn of(date: Date) -> Self {
        let days = EPOCH.until(date).map_or(0, |span| span.get_days());
        Self(days)
    }

    /// The date of the day; the first or last date there is, for a day outside the calendar.
    pub fn date(self) -> Date {
        EPOCH.saturating_add(self.0.days())
    }

    /// The day of a year, a month from 1 and a day of the month, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self::of)
    }

    /// The day as ISO writes it, `2026-05-31`, if the text is one.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self::of)
    }

    /// This many days later; earlier when negative.
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The same day of a later month, or that month's last day.
    pub fn plus_months(self, months: i32) -> Self {
        Self::of(self.date().saturating_add(Span::new().months(months)))
    }

    /// The same day of a later year, or 28 February.
    pub fn plus_years(self, years: i32) -> Self {
        self.plus_months(years.saturating_mul(12))
    }

    /// Days from an earlier day to this one; negative when it is later.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The last day of the day's month.
    pub fn end_of_month(self) -> Self {
        Self::of(self.date().last_of_month())
    }

    /// Whole years from a birth to this day.
    pub fn age_in_years(self, born: Self) -> i32 {
        let (now, then) = (self.date(), born.date());
        let had_birthday = (now.month(), now.day()) >= (then.month(), then.day());
        i32::from(now.year()) - i32::from(then.year()) - i32::from(!had_birthday)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn months_end_on_the_last_day_of_a_shorter_one() {
        assert_eq!(day("2023-11-30").plus_months(3), day("2024-02-29"));
        assert_eq!(day("2022-11-30").plus_months(3), day("2023-02-28"));
        assert_eq!(day("2024-02-29").plus_years(1), day("2025-02-28"));
    }

    #[test]
    fn a_child_is_a_year_older_on_the_birthday() {
        assert_eq!(day("2026-05-30").age_in_years(day("2020-05-31")), 5);
        assert_eq!(day("2026-05-31").age_in_years(day("2020-05-31")), 6);
    }

    #[test]
    fn a_day_before_1970_is_a_day_too() {
        assert_eq!(day("1969-12-31"), Day(-1));
        assert_eq!(Day(-1).to_string(), "1969-12-31");
    }

    proptest! {
        #[test]
        fn a_day_is_its_date(number in -40_000_i32..60_000) {
            prop_assert_eq!(Day::of(Day(number).date()), Day(number));
        }
    }
}
