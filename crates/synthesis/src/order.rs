//! What is asked for: how many children, which months, which seed, how much dirt.

use std::fmt;
use std::str::FromStr;

use vocabulary::day::Day;

use crate::life;

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    first: Day,
}

/// What to make.
#[derive(Clone, Debug)]
pub struct Order {
    /// Children known to social care between November 2023 and October 2026.
    pub children: u32,
    /// How many month ends.
    pub months: u32,
    /// The last of them.
    pub until: Month,
    /// The same seed gives the same council.
    pub seed: u64,
    /// The share of rows that are spoilt, from 0 to 1.
    pub dirty: f64,
}

/// Why an order can't be carried out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OrderRefused {
    /// Not written as a month.
    #[error("a month is written as a year and a month, such as 2026-10")]
    NotAMonth,
    /// No month, or no child.
    #[error("at least one month and one child are needed")]
    Nothing,
    /// Too many children for the identifiers.
    #[error("at most {0} children can be made")]
    TooMany(u32),
    /// Outside the time that is simulated.
    #[error("extracts can be made for the months from {0} to {1}")]
    OutsideTime(Month, Month),
    /// Not a share.
    #[error("the share of spoilt rows lies between 0 and 1")]
    NotAShare,
}

/// The most children whose identifiers stay apart.
const MOST_CHILDREN: u32 = 120_000;

/// Twelve months after the story is shown, so that every window is full, to the end of the simulated time.
const FIRST_MONTH: Month = Month { first: Day(18_353) };

impl Month {
    /// The last day of the month.
    pub fn end(self) -> Day {
        self.first.end_of_month()
    }

    /// Some months earlier.
    fn earlier(self, months: u32) -> Self {
        Self { first: self.first.plus_months(-i32::try_from(months).unwrap_or(i32::MAX / 2)) }
    }

    /// The last 31 March on or before the end of the month.
    fn last_year_end(self) -> i16 {
        let date = self.end().date();
        if date.month() >= 3 { date.year() } else { date.year() - 1 }
    }
}

impl FromStr for Month {
    type Err = OrderRefused;

    fn from_str(text: &str) -> Result<Self, OrderRefused> {
        let day = (text.len() == 7).then(|| Day::parse(&format!("{text}-01"))).flatten();
        day.map(|first| Self { first }).ok_or(OrderRefused::NotAMonth)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.first.date();
        write!(f, "{:04}-{:02}", date.year(), date.month())
    }
}

impl Order {
    /// The month ends asked for, in order.
    pub fn month_ends(&self) -> Vec<Month> {
        (0..self.months).rev().map(|back| self.until.earlier(back)).collect()
    }

    /// Year ends among them; when there is none, the last one before, so that a census is always there.
    pub fn year_ends(&self) -> Vec<i16> {
        let first = self.until.earlier(self.months.saturating_sub(1));
        let last = self.until.last_year_end();
        let begins = if first.first.date().month() <= 3 {
            first.first.date().year()
        } else {
            first.first.date().year() + 1
        };
        if begins > last { vec![last] } else { (begins..=last).collect() }
    }

    /// Whether it can be carried out.
    pub fn check(&self) -> Result<(), OrderRefused> {
        if self.children == 0 || self.months == 0 {
            return Err(OrderRefused::Nothing);
        }
        if self.children > MOST_CHILDREN {
            return Err(OrderRefused::TooMany(MOST_CHILDREN));
        }
        let last = Month { first: Day(life::LAST.0 - 30) };
        let earliest = self.until.earlier(self.months - 1);
        if earliest < FIRST_MONTH || self.until > last {
            return Err(OrderRefused::OutsideTime(FIRST_MONTH, last));
        }
        if !(0.0..=1.0).contains(&self.dirty) {
            return Err(OrderRefused::NotAShare);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(months: u32, until: &str) -> Order {
        Order { children: 10, months, until: until.parse().unwrap(), seed: 1, dirty: 0.0 }
    }

    #[test]
    fn three_years_to_october_hold_three_year_ends() {
        let order = order(36, "2026-10");
        let months = order.month_ends();
        assert_eq!((months[0].to_string(), months[35].to_string()), ("2023-11".into(), "2026-10".into()));
        assert_eq!(order.year_ends(), [2024, 2025, 2026]);
    }

    #[test]
    fn a_single_month_still_has_the_last_year_end() {
        assert_eq!(order(1, "2026-10").year_ends(), [2026]);
        assert_eq!(order(1, "2026-02").year_ends(), [2025]);
        assert_eq!(order(1, "2026-03").year_ends(), [2026]);
        assert_eq!(order(13, "2026-03").year_ends(), [2025, 2026]);
    }

    #[test]
    fn months_outside_the_simulated_time_are_refused_with_the_months_there_are() {
        assert!(order(1, "2028-03").check().is_ok());
        let refused = order(1, "2028-04").check().unwrap_err().to_string();
        assert!(refused.contains("2020-04") && refused.contains("2028-03"), "{refused}");
        assert!(order(200, "2026-10").check().is_err());
        assert_eq!("October".parse::<Month>(), Err(OrderRefused::NotAMonth));
        assert_eq!("2026-13".parse::<Month>(), Err(OrderRefused::NotAMonth));
    }
}
