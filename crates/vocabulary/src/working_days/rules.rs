//! The general rules for bank holidays in England and Wales, for years that no list covers.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{BankHoliday, HolidayKind, is_weekend};

/// The Sunday of Easter in the Gregorian calendar (the computus of Meeus, Jones and Butcher).
///
/// Nothing for years before the Gregorian calendar reached England, 1752.
pub fn easter_sunday(year: i16) -> Option<Date> {
    if year < 1752 {
        return None;
    }
    let year_number = i32::from(year);
    let golden = year_number % 19;
    let (century, of_century) = (year_number / 100, year_number % 100);
    let lunar_correction = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - lunar_correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let number = moon + weekday - 7 * late + 114;
    Date::new(year, i8::try_from(number / 31).ok()?, i8::try_from(number % 31 + 1).ok()?).ok()
}

/// The bank holidays of a year on weekdays by the general rules, in date order. Empty before 1752.
pub fn holidays_by_rule(year: i16) -> Vec<BankHoliday> {
    let Some(easter) = easter_sunday(year) else { return Vec::new() };
    let mut holidays = vec![
        regular(days_from(easter, -2), "Good Friday"),
        regular(days_from(easter, 1), "Easter Monday"),
        regular(nth_monday(year, 5, 1), "Early May"),
        regular(nth_monday(year, 5, -1), "Spring"),
        regular(nth_monday(year, 8, -1), "Summer"),
    ];
    holidays.push(on_or_next_free(day(year, 1, 1), "New Year's Day", &[]));
    // Boxing Day keeps the 26th when it is a weekday, so that a Sunday Christmas is made up on the 27th, after it.
    let (christmas, boxing) = (day(year, 12, 25), day(year, 12, 26));
    let christmas = on_or_next_free(christmas, "Christmas Day", &[boxing]);
    let boxing = on_or_next_free(boxing, "Boxing Day", &[christmas.on]);
    holidays.extend([christmas, boxing]);
    holidays.sort_by_key(|holiday| holiday.on);
    holidays
}

/// Whether a weekday is a bank holiday by the general rules.
pub(super) fn is_holiday_by_rule(day: Date) -> bool {
    let can_be_one = match day.month() {
        1 => day.day() <= 3,
        12 => day.day() >= 25,
        3..=5 | 8 => true,
        _ => false,
    };
    can_be_one && holidays_by_rule(day.year()).iter().any(|holiday| holiday.on == day)
}

fn regular(on: Date, name: &str) -> BankHoliday {
    BankHoliday { on, name: name.to_owned(), kind: HolidayKind::Regular }
}

fn on_or_next_free(usual: Date, name: &str, taken: &[Date]) -> BankHoliday {
    if !is_weekend(usual) {
        return regular(usual, name);
    }
    let mut on = usual;
    while is_weekend(on) || taken.contains(&on) {
        on = days_from(on, 1);
    }
    BankHoliday { on, name: format!("{name} (substitute day)"), kind: HolidayKind::Substitute }
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).expect("the days of January and December named here are in every year")
}

fn nth_monday(year: i16, month: i8, nth: i8) -> Date {
    day(year, month, 1)
        .nth_weekday_of_month(nth, Weekday::Monday)
        .expect("every month has a first and a last Monday")
}

fn days_from(start: Date, days: i64) -> Date {
    start.checked_add(days.days()).expect("no holiday is within a week of the end of the calendar")
}
