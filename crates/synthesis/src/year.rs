//! The year of the two annual returns, from 1 April to 31 March, as a council knows it when it sends them in the summer.

use vocabulary::day::Day;

use crate::life::fact::{Fact, View};

/// A collection year, named by the year in which it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// 2026 for the year to 31 March 2026.
    pub ending: i16,
    /// 1 April.
    pub begins: Day,
    /// 31 March.
    pub ends: Day,
    /// What is known when the return is sent.
    pub view: View,
}

/// Days from the end of the year to the end of June, when the return is sent.
const UNTIL_SENT: i32 = 91;

impl Year {
    /// The year that ends in a year.
    pub fn ending(ending: i16) -> Self {
        let ends = Day::new(ending, 3, 31).unwrap_or(Day(0));
        let begins = ends.plus_months(-12).plus_days(1);
        Self { ending, begins, ends, view: View { known: ends.plus_days(UNTIL_SENT), up_to: ends } }
    }

    /// Whether a day lies in it.
    pub fn holds(&self, day: Day) -> bool {
        (self.begins..=self.ends).contains(&day)
    }

    /// The day of a fact if it is known and lies in the year.
    pub fn within(&self, fact: &Fact) -> Option<Day> {
        self.view.day(fact).filter(|day| self.holds(*day))
    }

    /// Whether something with these days touches the year.
    pub fn touches(&self, from: Day, until: Option<Day>) -> bool {
        from <= self.ends && until.is_none_or(|until| until >= self.begins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_runs_from_april_to_march() {
        let year = Year::ending(2026);
        assert_eq!((year.begins, year.ends), (Day::new(2025, 4, 1).unwrap(), Day::new(2026, 3, 31).unwrap()));
        assert!(year.touches(Day::new(2020, 1, 1).unwrap(), None));
        assert!(!year.touches(year.ends.plus_days(1), None));
    }
}
