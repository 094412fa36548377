//! Dates as documents print them: sometimes only a month, sometimes a day without its year.
//!
//! A partial date is never completed by guessing. Only a full day or a month of a known year can become a deadline.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date to the precision the source gives: a day, a month of a year, a year, or a day whose year is not printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// A full calendar day.
    Day(Date),
    /// A month of a known year ("January 2014").
    Month {
        /// Calendar year, four digits.
        year: i16,
        /// Month, 1 to 12.
        month: i8,
    },
    /// A year alone.
    Year(i16),
    /// A day and month whose year is not printed ("27 July").
    DayOfUnknownYear {
        /// Month, 1 to 12.
        month: i8,
        /// Day of the month, 1 to 31.
        day: i8,
    },
}

impl PartialDate {
    /// The first day the date can mean, or nothing when the year is unknown.
    pub fn first_day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month { year, month } => Date::new(year, month, 1).ok(),
            Self::Year(year) => Date::new(year, 1, 1).ok(),
            Self::DayOfUnknownYear { .. } => None,
        }
    }

    /// The last day the date can mean: a month-precision deadline is due on the last day of the month.
    pub fn last_day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month { .. } => self.first_day().map(Date::last_of_month),
            Self::Year(year) => Date::new(year, 12, 31).ok(),
            Self::DayOfUnknownYear { .. } => None,
        }
    }

    /// The day, when the date is printed to the day.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            _ => None,
        }
    }

    /// Reads `2014-01-31`, `2014-01`, `2014` or `--07-27` (a day without its year, as ISO 8601:2000 writes it).
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("--") {
            let (month, day) = rest.split_once('-')?;
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            Date::new(2000, month, day).ok()?;
            return Some(Self::DayOfUnknownYear { month, day });
        }
        match text.len() {
            4 => text.parse().ok().map(Self::Year),
            7 => {
                let (year, month) = text.split_once('-')?;
                let (year, month) = (year.parse().ok()?, month.parse().ok()?);
                Date::new(year, month, 1).ok()?;
                Some(Self::Month { year, month })
            }
            10 => text.parse().ok().map(Self::Day),
            _ => None,
        }
    }

    /// The date in words: `4 June 2026`, `June 2026`, `2026` or `27 July (year not printed)`.
    pub fn in_words(self) -> String {
        match self {
            Self::Day(day) => day_in_words(day),
            Self::Month { year, month } => format!("{} {year}", month_name(month)),
            Self::Year(year) => year.to_string(),
            Self::DayOfUnknownYear { month, day } => {
                format!("{day} {} (year not printed)", month_name(month))
            }
        }
    }
}

/// A day in the house style: `4 June 2026`.
pub fn day_in_words(day: Date) -> String {
    format!("{} {} {}", day.day(), month_name(day.month()), day.year())
}

/// The English name of a month, 1 to 12; an empty string outside that range.
pub fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index).copied()).unwrap_or("")
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::DayOfUnknownYear { month, day } => write!(f, "--{month:02}-{day:02}"),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a date"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_due_on_its_last_day() {
        let month = PartialDate::parse("2012-12").expect("a month");
        assert_eq!(month.last_day().map(|d| d.to_string()).as_deref(), Some("2012-12-31"));
        assert_eq!(month.to_string(), "2012-12");
    }

    #[test]
    fn a_day_without_its_year_never_becomes_a_deadline() {
        let day = PartialDate::parse("--07-27").expect("a day and month");
        assert_eq!(day.first_day(), None);
        assert_eq!(day.last_day(), None);
        assert_eq!(day.in_words(), "27 July (year not printed)");
    }
}
