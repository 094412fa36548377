//! Lengths of time as notices print them: 4 weeks, 6 months, 20 working days.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The unit of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Working days in England (weekdays that are not bank holidays).
    WorkingDays,
    /// Weeks of seven calendar days.
    Weeks,
    /// Calendar months, clamped to the last day of the month.
    Months,
    /// Calendar years, clamped like months.
    Years,
}

/// A positive length of time in one unit.
///
/// Written as an ISO 8601 duration (`P4W`, `P6M`); working days, which ISO does not know, as `P20WD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Interval {
    /// How many units.
    pub amount: u16,
    /// Of what.
    pub unit: Unit,
}

impl Interval {
    /// An interval of so many units.
    pub const fn new(amount: u16, unit: Unit) -> Self {
        Self { amount, unit }
    }

    /// The calendar day this long after `start`; working days need a calendar and give nothing here.
    pub fn after(self, start: Date) -> Option<Date> {
        let amount = i64::from(self.amount);
        let span = match self.unit {
            Unit::Days => amount.days(),
            Unit::Weeks => amount.weeks(),
            Unit::Months => amount.months(),
            Unit::Years => amount.years(),
            Unit::WorkingDays => return None,
        };
        start.checked_add(span).ok()
    }

    /// Reads what [`Interval`] displays.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('P')?;
        let letters = rest.find(|c: char| !c.is_ascii_digit())?;
        let unit = match &rest[letters..] {
            "D" => Unit::Days,
            "WD" => Unit::WorkingDays,
            "W" => Unit::Weeks,
            "M" => Unit::Months,
            "Y" => Unit::Years,
            _ => return None,
        };
        Some(Self::new(rest[..letters].parse().ok()?, unit))
    }

    /// The interval in words: `4 weeks`, `1 month`.
    pub fn in_words(self) -> String {
        let (one, many) = match self.unit {
            Unit::Days => ("day", "days"),
            Unit::WorkingDays => ("working day", "working days"),
            Unit::Weeks => ("week", "weeks"),
            Unit::Months => ("month", "months"),
            Unit::Years => ("year", "years"),
        };
        format!("{} {}", self.amount, if self.amount == 1 { one } else { many })
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = match self.unit {
            Unit::Days => "D",
            Unit::WorkingDays => "WD",
            Unit::Weeks => "W",
            Unit::Months => "M",
            Unit::Years => "Y",
        };
        write!(f, "P{}{letters}", self.amount)
    }
}

impl Serialize for Interval {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an interval such as P4W"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_clamp_to_the_end_of_the_month() {
        let three = Interval::new(3, Unit::Months);
        assert_eq!(three.after(date(2026, 11, 30)), Some(date(2027, 2, 28)));
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in ["P4W", "P6M", "P20WD", "P1Y", "P28D"] {
            assert_eq!(Interval::parse(text).map(|i| i.to_string()).as_deref(), Some(text));
        }
    }
}
