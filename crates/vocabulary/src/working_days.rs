//! Working days in England and Wales: any day but Saturday, Sunday, Good Friday, Christmas Day and bank holidays.
//!
//! The dates are a file, because holidays are moved and added at short notice; the rules of the Banking and Financial
//! Dealings Act 1971 as practised since 1978 are the fallback outside the years of the file, and an answer that
//! rests on them says so. Counting: the start is day 0 and day 1 is the next working day, whether or not the start is
//! itself a working day; a stop on a non-working day counts as the last working day before it.

mod list;
mod rules;
mod table;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::OnceLock;

use jiff::civil::{Date, Weekday};

pub use rules::{easter_sunday, holidays_by_rule};
pub use table::WorkingDayTable;

/// Why a day is a bank holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HolidayKind {
    /// On its usual day.
    Regular,
    /// On a weekday in place of a weekend day.
    Substitute,
    /// On another day than its usual one, by proclamation.
    Moved,
    /// For a single occasion.
    OneOff,
}

/// A bank holiday on a weekday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankHoliday {
    /// The day.
    pub on: Date,
    /// Its name, as a person would print it.
    pub name: String,
    /// Why it is one.
    pub kind: HolidayKind,
}

/// What an answer about working days rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Every day asked about lies in the years of the published list.
    Listed,
    /// At least one day lies outside them and was judged by the general rules.
    ByRule,
}

/// A counted answer and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted<T> {
    /// The answer.
    pub value: T,
    /// Whether the list covers it.
    pub basis: Basis,
}

/// Why a file of bank holidays was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct BankHolidayError {
    /// The line at fault, from 1; one past the last line when something is missing at the end.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// A versioned list of bank holidays and the years that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankHolidays {
    calendar: String,
    version: Date,
    first_year: i16,
    last_year: i16,
    holidays: Vec<BankHoliday>,
}

/// The published bank holidays of England and Wales, as shipped.
pub fn england_and_wales() -> &'static BankHolidays {
    static SHIPPED: OnceLock<BankHolidays> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        BankHolidays::parse(include_str!("../../../library/calendars/england-and-wales.toml"))
            .expect("the shipped calendar is read by this crate's own tests")
    })
}

impl BankHolidays {
    /// Reads the text of a calendar file such as `library/calendars/england-and-wales.toml`.
    ///
    /// Strict: an unknown key, a date out of order, a holiday on a weekend or a covered year with fewer than the eight
    /// holidays of the law is refused, because a file cut short would move deadlines silently.
    pub fn parse(text: &str) -> Result<Self, BankHolidayError> {
        list::parse(text)
    }

    /// The calendar's name: `england-and-wales`.
    pub fn calendar(&self) -> &str {
        &self.calendar
    }

    /// The day this list was last changed; a recalculation prints it.
    pub fn version(&self) -> Date {
        self.version
    }

    /// The first and last calendar years covered by the list.
    pub fn coverage(&self) -> (i16, i16) {
        (self.first_year, self.last_year)
    }

    /// The listed holidays, in date order.
    pub fn holidays(&self) -> &[BankHoliday] {
        &self.holidays
    }

    /// Whether the day is covered by the list or judged by the rules.
    pub fn basis(&self, day: Date) -> Basis {
        if (self.first_year..=self.last_year).contains(&day.year()) { Basis::Listed } else { Basis::ByRule }
    }

    /// The bank holiday on this weekday, if it is one.
    pub fn holiday_on(&self, day: Date) -> Option<BankHoliday> {
        match self.basis(day) {
            Basis::Listed => {
                let place = self.holidays.binary_search_by_key(&day, |holiday| holiday.on).ok()?;
                Some(self.holidays[place].clone())
            }
            Basis::ByRule => holidays_by_rule(day.year()).into_iter().find(|holiday| holiday.on == day),
        }
    }

    /// Whether people are at work.
    pub fn is_working_day(&self, day: Date) -> bool {
        if is_weekend(day) {
            return false;
        }
        match self.basis(day) {
            Basis::Listed => self.holidays.binary_search_by_key(&day, |holiday| holiday.on).is_err(),
            Basis::ByRule => !rules::is_holiday_by_rule(day),
        }
    }

    /// The `count`-th working day after `start`; `start` itself for none. Nothing past the end of the year 9999.
    pub fn add_working_days(&self, start: Date, count: u32) -> Option<Counted<Date>> {
        let mut day = start;
        let mut left = count;
        while left > 0 {
            day = day.tomorrow().ok()?;
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        Some(Counted { value: day, basis: self.basis_of_period(start, day) })
    }

    /// The working days after `start`, up to and including `stop`; nothing when the stop comes before the start.
    pub fn working_days_between(&self, start: Date, stop: Date) -> Option<Counted<u32>> {
        if stop < start {
            return None;
        }
        let days = weekdays_after(start, stop) - self.holidays_after(start, stop);
        let value = u32::try_from(days).expect("a year has more weekdays than holidays, whatever its ends");
        Some(Counted { value, basis: self.basis_of_period(start, stop) })
    }

    fn basis_of_period(&self, start: Date, stop: Date) -> Basis {
        self.basis(start).max(self.basis(stop))
    }

    /// Holidays on the days after `start`, up to and including `stop`.
    fn holidays_after(&self, start: Date, stop: Date) -> i64 {
        let up_to = |day: Date| self.holidays.partition_point(|holiday| holiday.on <= day);
        let listed = up_to(stop) - up_to(start);
        let by_rule = (start.year()..=stop.year())
            .filter(|year| !(self.first_year..=self.last_year).contains(year))
            .flat_map(holidays_by_rule)
            .filter(|holiday| start < holiday.on && holiday.on <= stop)
            .count();
        i64::try_from(listed + by_rule).expect("fewer holidays than a date can count")
    }
}

/// Calendar days from `start` to `stop`; negative when the stop comes first.
pub fn days_between(start: Date, stop: Date) -> i64 {
    start.duration_until(stop).as_hours() / 24
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Mondays to Fridays after `start`, up to and including `stop`.
fn weekdays_after(start: Date, stop: Date) -> i64 {
    let days = days_between(start, stop);
    let in_whole_weeks = days / 7 * 5;
    let first_left = i64::from(start.weekday().to_monday_zero_offset()) + 1;
    let left = (0..days % 7).filter(|step| (first_left + step) % 7 < 5).count();
    in_whole_weeks + i64::try_from(left).expect("at most six days are left of a week")
}

impl HolidayKind {
    /// The kind as the file writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Substitute => "substitute",
            Self::Moved => "moved",
            Self::OneOff => "one-off",
        }
    }
}

impl fmt::Display for HolidayKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
