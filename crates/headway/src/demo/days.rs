//! The days of the demonstration, counted back from the day it is made, so that it always stands nine months in.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};
use service::london;

/// The days its story turns on.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// The day it is made.
    pub today: Date,
    /// The day the inspection report was published.
    pub report_published: Date,
    /// The day the notice was issued.
    pub issued: Date,
    /// The day the notice's register was signed.
    pub signed: Date,
    /// The day the notice was revised after a review.
    pub revised: Date,
}

impl Days {
    /// The days before a day.
    pub fn before(today: Date) -> Self {
        let issued = weekday_before(today.saturating_sub(9.months()), Weekday::Tuesday);
        Self {
            today,
            report_published: weekday_before(issued.saturating_sub(7.weeks()), Weekday::Tuesday),
            issued,
            signed: issued.saturating_add(16.days()),
            revised: weekday_before(today.saturating_sub(6.days()), Weekday::Wednesday),
        }
    }

    /// Ten in the morning of a day, in London.
    pub fn at(&self, day: Date) -> Timestamp {
        day.at(10, 0, 0, 0).to_zoned(london()).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
    }

    /// The last day of the month so many months after the issue, as "June 2026".
    pub fn month_after_issue(&self, months: i32) -> String {
        let day = self.issued.saturating_add(months.months());
        format!("{} {}", vocabulary::date::month_name(day.month()), day.year())
    }
}

/// The last such weekday on or before a day.
pub fn weekday_before(day: Date, weekday: Weekday) -> Date {
    let back = day.weekday().since(weekday);
    day.saturating_sub(i64::from(back).days())
}
