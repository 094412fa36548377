//! English date expressions: `29th May 2012`, `January 2014`, `27 July`, `11/8/16`, lists that print the year once.

use jiff::civil::Date;
use vocabulary::date::PartialDate;

use super::words::Word;

/// Reads a date that starts at word `at`; gives it and the index after its last word.
pub fn date_at(words: &[Word<'_>], at: usize) -> Option<(PartialDate, usize)> {
    let word = words.get(at)?;
    if let Some(day) = numeric(word.text) {
        return Some((PartialDate::Day(day), at + 1));
    }
    if let Some(day) = day_number(word.text) {
        let next = if words.get(at + 1).is_some_and(|word| word.text == "of") { at + 2 } else { at + 1 };
        let month = words.get(next).and_then(|word| month(word.text))?;
        return with_year(words, next + 1, month, day);
    }
    let after_day = at > 0 && day_number(words[at - 1].text).is_some();
    let month = month_word(words, at).filter(|_| !after_day)?;
    month_first(words, at, month)
}

fn with_year(words: &[Word<'_>], at: usize, month: i8, day: i8) -> Option<(PartialDate, usize)> {
    let comma = words.get(at).is_some_and(|word| word.text == ",");
    let place = at + usize::from(comma);
    if let Some(year) = words.get(place).and_then(|word| year(word.text)) {
        return Date::new(year, month, day).ok().map(|day| (PartialDate::Day(day), place + 1));
    }
    Date::new(2000, month, day).ok()?;
    Some((PartialDate::DayOfUnknownYear { month, day }, at))
}

fn month_first(words: &[Word<'_>], at: usize, month: i8) -> Option<(PartialDate, usize)> {
    let next = words.get(at + 1)?;
    if let Some(year) = year(next.text) {
        return Some((PartialDate::Month { year, month }, at + 2));
    }
    if let Some(day) = day_number(next.text) {
        let place = at + 2 + usize::from(words.get(at + 2).is_some_and(|word| word.text == ","));
        let year = words.get(place).and_then(|word| year(word.text))?;
        return Date::new(year, month, day).ok().map(|day| (PartialDate::Day(day), place + 1));
    }
    shared_year(words, at, month)
}

/// "April and October 2013": the first month borrows the year the list prints once.
fn shared_year(words: &[Word<'_>], at: usize, month: i8) -> Option<(PartialDate, usize)> {
    let mut place = at + 1;
    for _ in 0..3 {
        let joined = words.get(place).is_some_and(|word| matches!(word.text, "and" | "," | "or"));
        if !joined {
            return None;
        }
        place += 1;
        if words.get(place).is_some_and(|word| word.text == "and") {
            place += 1;
        }
        words.get(place).and_then(|word| self::month(word.text))?;
        place += 1;
        if let Some(year) = words.get(place).and_then(|word| year(word.text)) {
            return Some((PartialDate::Month { year, month }, at + 1));
        }
    }
    None
}

/// The month named at `at`; "may" only where it can't be the verb.
fn month_word(words: &[Word<'_>], at: usize) -> Option<i8> {
    let word = &words[at];
    let month = month(word.text)?;
    (word.text != "may" || word.capital).then_some(month)
}

/// Whether the word "may" at `at` is the month.
pub fn is_month_of_may(words: &[Word<'_>], at: usize) -> bool {
    let dated = words.get(at + 1).is_some_and(|word| year(word.text).is_some());
    let day = at > 0 && day_number(words[at - 1].text).is_some();
    words[at].capital
        && (dated
            || day
            || at > 0 && matches!(words[at - 1].text, "in" | "by" | "until" | "since" | "during"))
}

/// A month by its name or usual short form, 1 to 12.
pub fn month(text: &str) -> Option<i8> {
    const MONTHS: &[&str] = &[
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
    const SHORT: &[&str] =
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec"];
    let at = MONTHS
        .iter()
        .position(|name| *name == text)
        .or_else(|| SHORT.iter().position(|name| *name == text))?;
    i8::try_from(at + 1).ok()
}

/// A day of the month with or without its ordinal ending.
fn day_number(text: &str) -> Option<i8> {
    let core = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    core.parse().ok().filter(|day| (1..=31).contains(day) && core.len() <= 2)
}

/// A year as notices print it, four digits.
pub fn year(text: &str) -> Option<i16> {
    (text.len() == 4).then(|| text.parse().ok()).flatten().filter(|year| (1980..=2100).contains(year))
}

/// `11/8/16`, `31.03.2022`, `2016-08-11`: day first unless the year stands first.
pub fn numeric(text: &str) -> Option<Date> {
    let separator = ['/', '.', '-'].into_iter().find(|mark| text.matches(*mark).count() == 2)?;
    let mut parts = text.split(separator);
    let (first, middle, last) = (parts.next()?, parts.next()?, parts.next()?);
    if first.len() == 4 {
        return Date::new(first.parse().ok()?, middle.parse().ok()?, last.parse().ok()?).ok();
    }
    let year: i16 = last.parse().ok()?;
    let full = match last.len() {
        2 => 2000 + year,
        4 => year,
        _ => return None,
    };
    Date::new(full, middle.parse().ok()?, first.parse().ok()?).ok().filter(|_| (1980..=2100).contains(&full))
}

/// Every date in the words, with its word range.
pub fn dates(words: &[Word<'_>]) -> Vec<(PartialDate, usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match date_at(words, at) {
            Some((date, end)) => {
                found.push((date, at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::notice::words::words;

    fn check(text: &str) -> Vec<String> {
        let lower = text.to_ascii_lowercase();
        dates(&words(&lower, text, 0, text.len())).iter().map(|(date, _, _)| date.to_string()).collect()
    }

    #[test]
    fn dates_keep_their_printed_precision() {
        let rows: [(&str, &[&str]); 10] = [
            ("dated 29th May 2012", &["2012-05-29"]),
            ("by January 2014", &["2014-01"]),
            ("of 27 July (the report)", &["--07-27"]),
            ("Date: 11/8/16", &["2016-08-11"]),
            ("in October 2012, April 2013 and October 2013", &["2012-10", "2013-04", "2013-10"]),
            ("in April and October 2013", &["2013-04", "2013-10"]),
            ("the board may meet", &[]),
            ("on the 31st of March 2010", &["2010-03-31"]),
            ("by 31.03.2022", &["2022-03-31"]),
            ("31 February 2020", &[]),
        ];
        for (text, expected) in rows {
            assert_eq!(check(text), expected, "{text}");
        }
    }
}
