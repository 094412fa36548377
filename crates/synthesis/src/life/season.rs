//! Demand through the year and what it does: referrals are fewest in August and most in term time, rise slowly from
//! year to year, and one surge fills the teams' trays until they catch up.
//!
//! The shape is invented after the usual one of English councils; no council's figures are in it.

use vocabulary::day::Day;

use super::locality::{LOCALITIES, Locality};
use super::{FIRST, LAST};
use crate::chance::Chance;

/// Weight of each month of the year, from January.
const MONTHS: [f64; 12] = [1.02, 0.98, 1.12, 0.93, 1.04, 1.10, 1.02, 0.72, 0.98, 1.08, 1.12, 0.85];
const GROWTH_IN_A_YEAR: f64 = 0.02;
/// From February to June 2025, referrals after a widely reported case.
const SURGE: (i32, i32, f64) = (2025 * 12 + 1, 2025 * 12 + 5, 1.30);

/// How many families come, month by month, and how full the trays are.
#[derive(Clone, Debug)]
pub struct Season {
    first_month: i32,
    /// Weights of the months up to and including each.
    summed: Vec<f64>,
    /// Work waiting at the end of each month, in months of ordinary work, for each locality.
    waiting: Vec<Vec<f64>>,
}

impl Season {
    /// The demand of the whole time that is simulated.
    pub fn of_the_whole_time() -> Self {
        let (first_month, last_month) = (month(FIRST), month(LAST));
        let weights: Vec<f64> = (first_month..=last_month).map(|month| weight(month, first_month)).collect();
        let mut sum = 0.0;
        let summed = weights.iter().map(|weight| {
            sum += weight;
            sum
        });
        let waiting = LOCALITIES.iter().map(|locality| waiting(&weights, *locality)).collect();
        Self { first_month, summed: summed.collect(), waiting }
    }

    /// A day on which a family is first referred; seldom on a weekend.
    pub fn first_day(&self, chance: &mut Chance) -> Day {
        let place = chance.unit() * self.summed[self.summed.len() - 1];
        let index = self.summed.partition_point(|&sum| sum <= place).min(self.summed.len() - 1);
        let month = self.first_month + i32::try_from(index).unwrap_or(0);
        let first = FIRST.plus_months(month - self.first_month);
        let days = first.plus_months(1).days_since(first);
        loop {
            let day = first.plus_days(chance.between(0, days - 1));
            if !is_weekend(day) || chance.happens(0.15) {
                return day;
            }
        }
    }

    /// How far behind a locality's teams are on a day, from 0 to 1.
    pub fn pressure(&self, locality: Locality, day: Day) -> f64 {
        let index = usize::try_from(month(day) - self.first_month).unwrap_or(0);
        let months = &self.waiting[locality.place()];
        // Two months of waiting work are as bad as it gets.
        (months[index.min(months.len() - 1)] / 2.0).min(1.0)
    }
}

/// Months since the year 0.
fn month(day: Day) -> i32 {
    let date = day.date();
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

fn weight(month: i32, first_month: i32) -> f64 {
    let season = MONTHS[month.rem_euclid(12) as usize];
    let years = f64::from(month - first_month) / 12.0;
    let surge = if (SURGE.0..=SURGE.1).contains(&month) { SURGE.2 } else { 1.0 };
    season * surge * (1.0 + GROWTH_IN_A_YEAR * years)
}

/// A tray that fills when more comes than the team can do, and empties when less comes.
fn waiting(weights: &[f64], locality: Locality) -> Vec<f64> {
    let mut tray: f64 = 0.0;
    let months = weights.iter().enumerate().map(|(index, weight)| {
        let usual = 1.0 + GROWTH_IN_A_YEAR * index as f64 / 12.0;
        tray = (tray + weight / usual - locality.capacity()).max(0.0);
        tray
    });
    months.collect()
}

/// Whether a day is a Saturday or a Sunday.
pub fn is_weekend(day: Day) -> bool {
    // 1 January 1970 was a Thursday.
    matches!((day.0 + 3).rem_euclid(7), 5 | 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn fewer_families_come_in_august_than_in_november_and_few_on_weekends() {
        let (season, mut chance) = (Season::of_the_whole_time(), Chance::new(1, 0, 0));
        let days: Vec<Day> = (0..20_000).map(|_| season.first_day(&mut chance)).collect();
        let of_month = |month: i8| days.iter().filter(|day| day.date().month() == month).count();
        assert!(of_month(8) * 4 < of_month(11) * 3, "{} and {}", of_month(8), of_month(11));
        assert!(days.iter().filter(|day| is_weekend(**day)).count() < 2_000);
        assert!(days.iter().all(|day| (FIRST..=LAST).contains(day)));
    }

    #[test]
    fn the_surge_fills_the_trays_and_most_where_capacity_is_least() {
        let season = Season::of_the_whole_time();
        let [north, _, south] = LOCALITIES;
        let (before, after) = (day("2025-01-31"), day("2025-06-30"));
        assert!(season.pressure(north, after) > season.pressure(north, before) + 0.3);
        assert!(season.pressure(north, after) > season.pressure(south, after));
        assert!(season.pressure(south, day("2025-12-31")) < 0.2);
    }

    #[test]
    fn saturday_and_sunday_are_the_weekend() {
        assert!(is_weekend(day("2026-10-31")) && is_weekend(day("2026-11-01")));
        assert!(!is_weekend(day("2026-10-30")) && !is_weekend(day("2026-11-02")));
    }
}
