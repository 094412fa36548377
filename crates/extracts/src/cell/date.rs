//! Dates as councils' files have them. The day comes first; an impossible one is never turned round or rolled over.

use vocabulary::day::Day;
use vocabulary::records::Moment;

use super::{Calendar, FaultKind, Said};

/// Dates outside these years are slips of a finger or the zero of a spreadsheet, for anyone on a return.
const FIRST_YEAR: i32 = 1920;
const LAST_YEAR: i32 = 2099;

/// A date written as text: 31/05/2026, 1/6/26, 2026-05-31, 2026-05-31T00:00:00, 31-May-2026, 20260531, 46173.
pub fn of_text(text: &str, calendar: Calendar) -> Said<'static> {
    let bytes = text.as_bytes();
    if let [d1, d2, b'/', m1, m2, b'/', y1, y2, y3, y4] = *bytes
        && [d1, d2, m1, m2, y1, y2, y3, y4].iter().all(u8::is_ascii_digit)
    {
        let year = two(y1, y2) * 100 + two(y3, y4);
        return day(year, two(m1, m2), two(d1, d2));
    }
    if bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') && !text.is_empty() {
        return of_digits(text, calendar);
    }
    match without_time(text).and_then(parts) {
        Some((year, month, day_of_month)) => day(year, month, day_of_month),
        None => Said::Unreadable(FaultKind::NotADate),
    }
}

/// A day as a spreadsheet counts it. `formatted` as a date, any number is one; otherwise only a likely one.
pub fn of_serial(serial: f64, calendar: Calendar, formatted: bool) -> Said<'static> {
    const EPOCH_FROM_1900: f64 = 25_569.0;
    const EPOCH_FROM_1904: f64 = 24_107.0;
    if !serial.is_finite() || serial.abs() > 100_000_000.0 {
        return Said::Unreadable(FaultKind::NotADate);
    }
    // A number such as 20260531 in a column of days was written as a date without signs between.
    if !formatted && (19_000_000.0..21_000_000.0).contains(&serial) {
        return of_digits(&super::as_text(serial), calendar);
    }
    let epoch = if calendar == Calendar::From1904 { EPOCH_FROM_1904 } else { EPOCH_FROM_1900 };
    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    let number = (serial.floor() - epoch) as i32;
    if (first_day()..=last_day()).contains(&number) {
        Said::Day(Day(number))
    } else if formatted || (0.0..3_000_000.0).contains(&serial) {
        Said::Unreadable(FaultKind::ImpossibleDate)
    } else {
        Said::Unreadable(FaultKind::NotADate)
    }
}

fn of_digits(text: &str, calendar: Calendar) -> Said<'static> {
    let bytes = text.as_bytes();
    if let [y1, y2, y3, y4, m1, m2, d1, d2] = *bytes
        && !text.contains('.')
    {
        return day(two(y1, y2) * 100 + two(y3, y4), two(m1, m2), two(d1, d2));
    }
    // 31.05.2026
    if let Some((year, month, day_of_month)) = parts(text) {
        return day(year, month, day_of_month);
    }
    match text.parse::<f64>() {
        Ok(serial) => of_serial(serial, calendar, false),
        Err(_) => Said::Unreadable(FaultKind::NotADate),
    }
}

/// A day and a time written as text: 31/05/2026 14:30, 2026-05-31T14:30:00, 31/05/2026 2:30 PM, 46173.6.
///
/// A day alone is not taken for midnight, since clocks of hours run from here.
pub fn moment_of_text(text: &str, calendar: Calendar) -> Said<'static> {
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && let Ok(serial) = text.parse::<f64>()
        && text.contains('.')
    {
        return moment_of_serial(serial, calendar, false);
    }
    let Said::Day(day) = of_text(text, calendar) else { return of_text(text, calendar) };
    let after_the_day = text.find(['T', ' ']).filter(|_| without_time(text) != Some(text));
    let minutes = after_the_day.and_then(|at| minutes(text[at + 1..].trim()));
    minutes.map_or(Said::Unreadable(FaultKind::NoTime), |minutes| moment(day, minutes))
}

/// A day and a time as a spreadsheet counts them: the fraction is the time.
pub fn moment_of_serial(serial: f64, calendar: Calendar, formatted: bool) -> Said<'static> {
    const MINUTES_IN_A_DAY: f64 = 1_440.0;
    match of_serial(serial, calendar, formatted) {
        Said::Day(_) if serial.fract() == 0.0 => Said::Unreadable(FaultKind::NoTime),
        #[expect(clippy::cast_possible_truncation, reason = "a fraction of a day is under 1,441 minutes")]
        Said::Day(day) => moment(day, (serial.fract() * MINUTES_IN_A_DAY).round() as i64),
        said => said,
    }
}

fn moment(day: Day, minutes: i64) -> Said<'static> {
    Said::Moment(Moment(i64::from(day.0) * 24 * 60 + minutes))
}

/// Minutes from midnight of a time such as 14:30, 14:30:00.000Z or 2:30 PM; a zone other than our own is not understood.
fn minutes(time: &str) -> Option<i64> {
    let upper = time.to_ascii_uppercase();
    let (clock, noon) = match (upper.strip_suffix("AM"), upper.strip_suffix("PM")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (upper.as_str(), None),
    };
    let mut parts = clock.trim().trim_end_matches('Z').split(':');
    let (hour, minute): (i64, i64) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let seconds_fit = parts.next().is_none_or(|seconds| seconds.parse::<f64>().is_ok_and(|it| it < 61.0));
    let hour = match noon {
        Some(noon) => (1..=12).contains(&hour).then_some(hour % 12 + noon)?,
        None => hour,
    };
    let fits = (0..24).contains(&hour) && (0..60).contains(&minute) && seconds_fit;
    (fits && parts.next().is_none()).then_some(hour * 60 + minute)
}

fn two(tens: u8, ones: u8) -> i32 {
    i32::from(tens - b'0') * 10 + i32::from(ones - b'0')
}

/// The text before a time of day; nothing when what follows the date is something else.
fn without_time(text: &str) -> Option<&str> {
    let Some(at) = text.find(['T', ' ']).filter(|at| text[..*at].bytes().any(|byte| byte.is_ascii_digit()))
    else {
        return Some(text);
    };
    let (date, time) = (&text[..at], text[at + 1..].trim());
    let is_time = time.starts_with(|sign: char| sign.is_ascii_digit())
        && time.contains(':')
        && time.chars().all(|sign| {
            sign.is_ascii_digit() || matches!(sign, ':' | '.' | '+' | 'Z' | '-' | ' ' | 'A' | 'P' | 'M')
        });
    if is_time && !date.is_empty() && date.contains(['/', '-', '.']) { Some(date) } else { Some(text) }
}

/// Year, month, day of a date in three parts.
fn parts(text: &str) -> Option<(i32, i32, i32)> {
    let mut pieces = text.split(['/', '-', '.', ' ', ',']).filter(|piece| !piece.is_empty());
    let (first, second, third) = (pieces.next()?, pieces.next()?, pieces.next()?);
    if pieces.next().is_some() {
        return None;
    }
    if first.len() == 4 {
        return Some((number(first)?, month(second)?, number(third)?));
    }
    let year = number(third)?;
    let year = match third.len() {
        4 => year,
        // Children of a return were born in this century or the end of the last.
        2 if year < 50 => 2000 + year,
        2 => 1900 + year,
        _ => return None,
    };
    Some((year, month(second)?, number(first)?))
}

fn number(text: &str) -> Option<i32> {
    let short = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if short { text.parse().ok() } else { None }
}

fn month(text: &str) -> Option<i32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if text.as_bytes().first()?.is_ascii_digit() {
        return number(text);
    }
    let name = text.to_ascii_lowercase();
    let place = MONTHS.iter().position(|month| name.len() >= 3 && month.starts_with(&name))?;
    i32::try_from(place + 1).ok()
}

fn day(year: i32, month: i32, day_of_month: i32) -> Said<'static> {
    let exists = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day_of_month);
    if exists && (FIRST_YEAR..=LAST_YEAR).contains(&year) {
        Said::Day(Day(days_from_civil(year, month, day_of_month)))
    } else {
        Said::Unreadable(FaultKind::ImpossibleDate)
    }
}

fn days_in(year: i32, month: i32) -> i32 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1 January 1970, in years that count from March so that the leap day comes last.
const fn days_from_civil(year: i32, month: i32, day_of_month: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day_of_month - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

const fn first_day() -> i32 {
    days_from_civil(FIRST_YEAR, 1, 1)
}

const fn last_day() -> i32 {
    days_from_civil(LAST_YEAR, 12, 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Said<'static> {
        of_text(text, Calendar::From1900)
    }

    #[test]
    fn a_moment_has_its_time_and_a_day_alone_is_not_midnight() {
        let half_past_two = |day: &str| Day::parse(day).map(|day| moment(day, 14 * 60 + 30)).expect("a day");
        let forms = [
            "31/05/2026 14:30",
            "2026-05-31T14:30:00",
            "2026-05-31 14:30:00.000",
            "31/05/2026 2:30 PM",
            "31-May-2026 14:30",
            "46173.604166667",
        ];
        for text in forms {
            assert_eq!(moment_of_text(text, Calendar::From1900), half_past_two("2026-05-31"), "{text}");
        }
        assert_eq!(
            moment_of_serial(46_173.604_166_667, Calendar::From1900, true),
            half_past_two("2026-05-31")
        );
        for text in ["31/05/2026", "2026-05-31", "46173", "31/05/2026 25:00"] {
            let said = moment_of_text(text, Calendar::From1900);
            assert_eq!(said, Said::Unreadable(FaultKind::NoTime), "{text}");
        }
        assert_eq!(
            moment_of_text("31/02/2026 09:00", Calendar::From1900),
            Said::Unreadable(FaultKind::ImpossibleDate)
        );
        assert_eq!(moment_of_text("soon", Calendar::From1900), Said::Unreadable(FaultKind::NotADate));
    }

    #[test]
    fn dates_are_read_in_every_form_councils_send() {
        let cases = [
            ("31/05/2026", "2026-05-31"),
            ("1/6/26", "2026-06-01"),
            ("01/06/98", "1998-06-01"),
            ("2026-05-31", "2026-05-31"),
            ("2026-05-31T00:00:00", "2026-05-31"),
            ("2026-05-31 00:00:00.000", "2026-05-31"),
            ("31/05/2026 14:30", "2026-05-31"),
            ("31/05/2026 02:30:00 PM", "2026-05-31"),
            ("2026/05/31", "2026-05-31"),
            ("31-05-2026", "2026-05-31"),
            ("31.05.2026", "2026-05-31"),
            ("31-May-2026", "2026-05-31"),
            ("1 April 2024", "2024-04-01"),
            ("01-Apr-24", "2024-04-01"),
            ("20260531", "2026-05-31"),
            ("46173", "2026-05-31"),
            ("46173.75", "2026-05-31"),
            ("29/02/2024", "2024-02-29"),
        ];
        for (text, day) in cases {
            assert_eq!(read(text), Said::Day(Day::parse(day).expect("a day")), "{text}");
        }
    }

    #[test]
    fn an_impossible_date_is_neither_rolled_over_nor_turned_round() {
        let cases = [
            "31/02/2026",
            "29/02/2025",
            "05/31/2026",
            "00/01/2026",
            "2026-13-01",
            "1899-12-30",
            "01/01/1900",
        ];
        for text in cases.into_iter().chain(["30/12/1899", "0", "1", "31/12/9999"]) {
            assert_eq!(read(text), Said::Unreadable(FaultKind::ImpossibleDate), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_called_that() {
        let cases = [
            "next week",
            "31/05",
            "05/2026",
            "31/05/2026/1",
            "31/05/2026 approx",
            "x",
            "1e5",
            "31st May 2026",
        ];
        for text in cases {
            assert_eq!(read(text), Said::Unreadable(FaultKind::NotADate), "{text}");
        }
    }

    #[test]
    fn both_calendars_of_spreadsheets_are_known() {
        let day = Said::Day(Day::parse("2026-05-31").expect("a day"));
        assert_eq!(of_serial(46_173.0, Calendar::From1900, true), day);
        assert_eq!(of_serial(44_711.0, Calendar::From1904, true), day);
        assert_eq!(of_serial(0.0, Calendar::From1900, true), Said::Unreadable(FaultKind::ImpossibleDate));
        assert_eq!(of_serial(f64::NAN, Calendar::From1900, true), Said::Unreadable(FaultKind::NotADate));
        assert_eq!(of_serial(-5.0, Calendar::From1900, false), Said::Unreadable(FaultKind::NotADate));
    }

    proptest! {
        #[test]
        fn a_day_written_in_any_form_comes_back(number in first_day()..=last_day()) {
            let date = Day(number).date();
            let (year, month, day) = (date.year(), date.month(), date.day());
            for text in [
                format!("{day:02}/{month:02}/{year}"),
                format!("{day}/{month}/{year}"),
                format!("{year}-{month:02}-{day:02}"),
                format!("{year}{month:02}{day:02}"),
            ] {
                prop_assert_eq!(read(&text), Said::Day(Day(number)), "{}", text);
            }
            prop_assert_eq!(of_serial(f64::from(number) + 25_569.0, Calendar::From1900, true), Said::Day(Day(number)));
        }

        #[test]
        fn no_text_stops_the_reader(text in ".{0,24}") {
            let _any = read(&text);
        }
    }
}
