//! The same calendar unrolled for passes over many records: one look-up a question.

use super::{BankHolidays, Date};
use crate::day::Day;

/// Working days of a span of years, numbered; answers in constant time what [`BankHolidays`] answers by walking.
#[derive(Clone, Debug)]
pub struct WorkingDayTable {
    first: Day,
    /// Working days from the table's first day up to and including each day.
    count: Vec<u32>,
    /// The day of each working day, in order.
    days: Vec<Day>,
}

impl WorkingDayTable {
    /// Unrolls a calendar from the start of one year to the end of another.
    pub fn new(holidays: &BankHolidays, first_year: i16, last_year: i16) -> Self {
        let mut date = Date::constant(first_year, 1, 1);
        let first = Day::of(date);
        let (mut count, mut days) = (Vec::new(), Vec::new());
        while date.year() <= last_year {
            if holidays.is_working_day(date) {
                days.push(Day::of(date));
            }
            count.push(u32::try_from(days.len()).unwrap_or(u32::MAX));
            match date.tomorrow() {
                Ok(next) => date = next,
                Err(_) => break,
            }
        }
        Self { first, count, days }
    }

    /// The `limit`-th working day after `start`; nothing outside the table's years.
    pub fn add(&self, start: Day, limit: u32) -> Option<Day> {
        if limit == 0 {
            return Some(start);
        }
        let before = self.count_to(start)?;
        self.days.get((before + limit) as usize - 1).copied()
    }

    /// Working days after `start`, up to and including `stop`; nothing when `stop` is earlier or outside the table.
    pub fn between(&self, start: Day, stop: Day) -> Option<u32> {
        if stop < start {
            return None;
        }
        Some(self.count_to(stop)? - self.count_to(start)?)
    }

    /// Whether people are at work; nothing outside the table's years.
    pub fn is_working_day(&self, day: Day) -> Option<bool> {
        let place = usize::try_from(day.days_since(self.first)).ok()?;
        let upto = *self.count.get(place)?;
        let before = place.checked_sub(1).map_or(0, |place| self.count[place]);
        Some(upto > before)
    }

    fn count_to(&self, day: Day) -> Option<u32> {
        let place = usize::try_from(day.days_since(self.first)).ok()?;
        self.count.get(place).copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::england_and_wales;
    use super::*;

    proptest! {
        #[test]
        fn the_table_answers_as_the_calendar_does(start in 13_000_i32..23_000, limit in 0_u32..120, later in 0_i32..400) {
            let table = WorkingDayTable::new(england_and_wales(), 2000, 2040);
            let (start, stop) = (Day(start), Day(start + later));
            let walked = england_and_wales().add_working_days(start.date(), limit).expect("inside the calendar");
            prop_assert_eq!(table.add(start, limit), Some(Day::of(walked.value)));
            let walked = england_and_wales().working_days_between(start.date(), stop.date()).expect("in order");
            prop_assert_eq!(table.between(start, stop), Some(walked.value));
            prop_assert_eq!(table.is_working_day(start), Some(england_and_wales().is_working_day(start.date())));
        }
    }
}
