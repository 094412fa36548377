//! Hours that pass on the clock: the 72 hours of a return interview are elapsed hours in Europe/London.
//!
//! Moments are kept on the local clock, and twice a year an hour of it is missing or comes twice: summer time runs from
//! 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October (Summer Time Act 1972 as amended by
//! the Summer Time Order 2002). An hour that comes twice is read as its first coming.

use vocabulary::day::Day;
use vocabulary::records::Moment;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// The moment on the local clock this many minutes of real time later.
pub(crate) fn later(start: Moment, minutes: i64) -> Moment {
    let universal = universal_minutes(start).saturating_add(minutes);
    let summer = Moment(universal.saturating_add(HOUR));
    if universal_minutes(summer) == universal { summer } else { Moment(universal) }
}

/// Whether a moment is no later than another in real time.
pub(crate) fn no_later(moment: Moment, than: Moment) -> bool {
    universal_minutes(moment) <= universal_minutes(than)
}

fn universal_minutes(local: Moment) -> i64 {
    let year = local.day().date().year();
    let begins = last_sunday(year, 3).map_or(i64::MAX, |day| i64::from(day.0) * DAY + HOUR);
    let ends = last_sunday(year, 10).map_or(i64::MIN, |day| i64::from(day.0) * DAY + 2 * HOUR);
    if local.0 >= begins && local.0 < ends { local.0 - HOUR } else { local.0 }
}

/// The last Sunday of a month of 31 days.
fn last_sunday(year: i16, month: i8) -> Option<Day> {
    let last = Day::new(year, month, 31)?;
    Some(last.plus_days(-i32::from(last.date().weekday().to_sunday_zero_offset())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(day: &str, hour: i64) -> Moment {
        Moment(i64::from(Day::parse(day).expect("a day").0) * DAY + hour * HOUR)
    }

    #[test]
    fn seventy_two_hours_over_a_clock_change_end_an_hour_off() {
        assert_eq!(later(moment("2026-06-01", 9), 72 * HOUR), moment("2026-06-04", 9));
        assert_eq!(later(moment("2026-03-28", 9), 72 * HOUR), moment("2026-03-31", 10));
        assert_eq!(later(moment("2026-10-24", 9), 72 * HOUR), moment("2026-10-27", 8));
    }
}
