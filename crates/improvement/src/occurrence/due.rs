//! From a base day and a distance to a due date, with the sentence that explains it.

use jiff::ToSpan;
use jiff::civil::Date;
use vocabulary::date::PartialDate;
use vocabulary::interval::{Interval, Unit};
use vocabulary::working_days::{BankHolidays, Basis};

use super::{Due, Precision, UndatedReason};
use crate::timing::{Bound, Timing};
use crate::words;

/// The day this long after `start`, with working days counted by the calendar.
pub(crate) fn later(start: Date, interval: Interval, calendar: &BankHolidays) -> Option<Date> {
    match interval.unit {
        Unit::WorkingDays => {
            calendar.add_working_days(start, u32::from(interval.amount)).map(|counted| counted.value)
        }
        _ => interval.after(start),
    }
}

/// The day this long before `stop`.
fn earlier(stop: Date, interval: Interval, calendar: &BankHolidays) -> Option<Date> {
    let amount = i64::from(interval.amount);
    match interval.unit {
        Unit::Days => stop.checked_sub(amount.days()).ok(),
        Unit::Weeks => stop.checked_sub(amount.weeks()).ok(),
        Unit::Months => stop.checked_sub(amount.months()).ok(),
        Unit::Years => stop.checked_sub(amount.years()).ok(),
        Unit::WorkingDays => {
            let mut day = stop;
            let mut left = interval.amount;
            while left > 0 {
                day = day.yesterday().ok()?;
                left -= u16::from(calendar.is_working_day(day));
            }
            Some(day)
        }
    }
}

/// A base day or month that can carry a deadline.
pub(super) fn usable(date: PartialDate) -> Result<(Date, Date, Precision), UndatedReason> {
    let precision = match date {
        PartialDate::Day(_) => Precision::Day,
        PartialDate::Month { .. } => Precision::Month,
        PartialDate::Year(_) | PartialDate::DayOfUnknownYear { .. } => {
            return Err(UndatedReason::PartialDate(date));
        }
    };
    match (date.first_day(), date.last_day()) {
        (Some(first), Some(last)) => Ok((first, last, precision)),
        _ => Err(UndatedReason::PartialDate(date)),
    }
}

/// The due date of a timing counted from a base, and why: `6 weeks after 11 August 2016, the day of issue.`
///
/// `who` names the base after its date (`the day of issue`).
pub(super) fn from_base(
    timing: &Timing,
    base: PartialDate,
    who: &str,
    calendar: &BankHolidays,
) -> Result<(Due, String), UndatedReason> {
    let (first, last, precision) = usable(base)?;
    let base_words = format!("{}, {who}", base.in_words());
    let too_far = UndatedReason::PartialDate(base);
    let (earliest, latest, mut why) = match (timing.bound, timing.offset) {
        (Some(Bound::Before), None) => {
            // The day of an event known by its month is open, so it is not held against anyone before the month ends.
            let day = if precision == Precision::Day { last.yesterday().ok() } else { Some(last) };
            (None, day, format!("Before {base_words}."))
        }
        (Some(Bound::Before), Some(offset)) => {
            let day = earlier(last, offset, calendar);
            (None, day, format!("{} before {base_words}.", offset.in_words()))
        }
        (Some(Bound::After), None) => (Some(first), None, format!("Not before {base_words}.")),
        (Some(Bound::After), Some(offset)) => {
            let day = later(first, offset, calendar).ok_or(too_far.clone())?;
            let from = PartialDate::Day(day).in_words();
            let why = format!("Not before {from}: {} after {base_words}.", offset.in_words());
            (Some(day), None, why)
        }
        (_, Some(offset)) => {
            (None, later(last, offset, calendar), format!("{} after {base_words}.", offset.in_words()))
        }
        (_, None) => (None, Some(last), format!("On {base_words}.")),
    };
    let Some(day) = latest.or(earliest) else { return Err(too_far) };
    if precision == Precision::Month {
        why.push_str(" Only the month is known, so the last day it can mean counts.");
    }
    if let Some(offset) = timing.offset {
        why.push_str(&counted_in_working_days(offset, day, calendar));
    }
    Ok((Due { earliest, latest, precision }, why))
}

/// For a length in working days, a sentence that says which bank holidays it was counted by; otherwise nothing.
pub(crate) fn counted_in_working_days(length: Interval, due: Date, calendar: &BankHolidays) -> String {
    if length.unit != Unit::WorkingDays {
        return String::new();
    }
    let listed = calendar.basis(due) == Basis::Listed;
    format!(" Counted with {}.", words::calendar_in_words(calendar, listed))
}

/// The due date that a printed date gives by itself.
pub(super) fn printed(date: PartialDate, bound: Option<Bound>) -> Result<(Due, String), UndatedReason> {
    let (first, last, precision) = usable(date)?;
    let (earliest, latest, precision) = match bound {
        Some(Bound::After) => (Some(first), None, precision),
        Some(Bound::Before) => (None, first.yesterday().ok(), Precision::Day),
        _ => (None, Some(last), precision),
    };
    if latest.or(earliest).is_none() {
        return Err(UndatedReason::PartialDate(date));
    }
    let due = Due { earliest, latest, precision };
    let why = format!("The notice gives the date: {}.", date.in_words());
    Ok((due, why))
}
