//! Dates of an inspection as printed: `17–28 September 2018`, `24 November to 17 December 2015`, `7 and 8 March`.
//!
//! A range usually prints its month or year once; a day without them takes them from the next day printed.

use jiff::civil::Date;

/// The month that a word names, in full or by its first letters.
pub(crate) fn month(word: &str) -> Option<i8> {
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
    let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    if word.len() < 3 {
        return None;
    }
    MONTHS
        .iter()
        .position(|name| *name == word || name[..3] == word || (word == "sept" && name.starts_with("sept")))
        .and_then(|index| i8::try_from(index + 1).ok())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Number(u32, usize),
    Month(i8),
    Separator,
    Slash,
    Ignored,
    Stop,
}

#[derive(Clone, Copy, Debug, Default)]
struct Part {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
}

/// First and last day of the first range of dates in the text; `year` serves when none is printed.
pub(crate) fn range(text: &str, year: Option<i16>) -> Option<(Date, Date)> {
    let mut parts = parts(&tokens(text));
    fill(&mut parts, year);
    let days: Vec<Date> =
        parts.iter().filter_map(|part| Date::new(part.year?, part.month?, part.day?).ok()).collect();
    Some((*days.iter().min()?, *days.iter().max()?))
}

/// The first whole date of the text.
pub(crate) fn single(text: &str) -> Option<Date> {
    range(text, None).map(|(first, _)| first)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            run(rest, |c| c.is_ascii_digit())
        } else if first.is_alphabetic() {
            run(rest, |c| c.is_alphabetic())
        } else {
            first.len_utf8()
        };
        let word = &rest[..length];
        if let Some(token) = token(word, first, tokens.last()) {
            tokens.push(token);
        }
        rest = &rest[length..];
    }
    tokens
}

fn run(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.chars().take_while(|c| keep(*c)).map(char::len_utf8).sum()
}

fn token(word: &str, first: char, before: Option<&Token>) -> Option<Token> {
    if first.is_ascii_digit() {
        return Some(word.parse().map_or(Token::Stop, |number| Token::Number(number, word.len())));
    }
    if first.is_alphabetic() {
        return Some(word_token(word, before));
    }
    match first {
        '-' | '–' | '—' | '‑' | '−' | ',' | '&' | ';' => Some(Token::Separator),
        '/' | '.' if matches!(before, Some(Token::Number(..))) => Some(Token::Slash),
        c if c.is_whitespace() || matches!(c, ':' | '(' | ')' | '.') => None,
        _ => Some(Token::Stop),
    }
}

fn word_token(word: &str, before: Option<&Token>) -> Token {
    let lower = word.to_lowercase();
    if matches!(lower.as_str(), "st" | "nd" | "rd" | "th") && matches!(before, Some(Token::Number(..))) {
        return Token::Ignored;
    }
    if let Some(month) = month(&lower) {
        return Token::Month(month);
    }
    match lower.as_str() {
        "to" | "and" | "until" | "till" | "through" => Token::Separator,
        "of" | "from" | "between" | "on" | "the" | "monday" | "tuesday" | "wednesday" | "thursday"
        | "friday" | "saturday" | "sunday" | "commencing" | "beginning" | "week" => Token::Ignored,
        _ => Token::Stop,
    }
}

/// Days in order of print. Words before the first day are passed over; words after it end the range.
fn parts(tokens: &[Token]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut separated = true;
    let mut index = 0;
    while index < tokens.len() {
        if let Some((part, used)) = numeric(&tokens[index..]) {
            parts.push(part);
            separated = false;
            index += used;
            continue;
        }
        match tokens[index] {
            Token::Number(year @ 1900..=2199, 4) => {
                if let Some(last) = parts.last_mut().filter(|last| last.year.is_none()) {
                    last.year = i16::try_from(year).ok();
                }
                separated = false;
            }
            Token::Number(day @ 1..=31, 1 | 2) if separated => {
                parts.push(Part { day: i8::try_from(day).ok(), ..Part::default() });
                separated = false;
            }
            Token::Month(month) => {
                if let Some(last) = parts.last_mut().filter(|last| last.month.is_none()) {
                    last.month = Some(month);
                }
            }
            Token::Separator => separated = true,
            Token::Ignored | Token::Slash => {}
            Token::Stop | Token::Number(..) if parts.iter().any(|part| part.month.is_some()) => break,
            Token::Stop | Token::Number(..) => {
                parts.clear();
                separated = true;
            }
        }
        index += 1;
    }
    parts
}

/// `13/01/2014`, day first; a two-digit year is of this century.
fn numeric(tokens: &[Token]) -> Option<(Part, usize)> {
    let [
        Token::Number(day, _),
        Token::Slash,
        Token::Number(month, _),
        Token::Slash,
        Token::Number(year, digits),
        ..,
    ] = *tokens
    else {
        return None;
    };
    let year = if digits == 2 { year + 2000 } else { year };
    let part =
        Part { day: i8::try_from(day).ok(), month: i8::try_from(month).ok(), year: i16::try_from(year).ok() };
    Some((part, 5))
}

fn fill(parts: &mut Vec<Part>, year: Option<i16>) {
    while parts.last().is_some_and(|last| last.month.is_none()) {
        parts.pop();
    }
    if parts.iter().all(|part| part.year.is_none())
        && let Some(last) = parts.last_mut()
    {
        last.year = year;
    }
    for index in (0..parts.len().saturating_sub(1)).rev() {
        let next = parts[index + 1];
        let part = &mut parts[index];
        part.month = part.month.or(next.month);
        if part.year.is_none() {
            part.year = next.year.map(|year| if part.month > next.month { year - 1 } else { year });
        }
    }
    for index in 1..parts.len() {
        let before = parts[index - 1];
        let part = &mut parts[index];
        if part.year.is_none() {
            part.year = before.year.map(|year| if part.month < before.month { year + 1 } else { year });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, from: &str, to: &str) {
        let (first, last) = range(text, None).unwrap_or_else(|| panic!("no range in {text:?}"));
        assert_eq!((first.to_string().as_str(), last.to_string().as_str()), (from, to), "{text}");
    }

    #[test]
    fn every_style_of_range_gives_its_first_and_last_day() {
        check("13 January 2014 – 5 February 2014", "2014-01-13", "2014-02-05");
        check("18 March 2014 – 09 April 2014", "2014-03-18", "2014-04-09");
        check("24 November 2015 to 17 December 2015", "2015-11-24", "2015-12-17");
        check("24 November - 17 December 2015", "2015-11-24", "2015-12-17");
        check("17–28 September 2018", "2018-09-17", "2018-09-28");
        check("6 March – 30 March 2017", "2017-03-06", "2017-03-30");
        check("19 February 2024 to 1 March 2024", "2024-02-19", "2024-03-01");
        check("between 4 and 14 June 2018", "2018-06-04", "2018-06-14");
        check("26th February 2024 to 8th March 2024    2", "2024-02-26", "2024-03-08");
        check("13/01/2014 - 05/02/2014", "2014-01-13", "2014-02-05");
        check("Monday 3 to Thursday 13 November 2014", "2014-11-03", "2014-11-13");
        check("3 to 7 and 17 to 20 February 2014", "2014-02-03", "2014-02-20");
        check("12 November 2013 to 4 December", "2013-11-12", "2013-12-04");
    }

    #[test]
    fn a_range_over_new_year_prints_its_year_once() {
        check("25 November to 14 January 2016", "2015-11-25", "2016-01-14");
    }

    #[test]
    fn a_year_that_is_not_printed_comes_from_the_letter_or_not_at_all() {
        assert_eq!(range("7 and 8 March", None), None);
        let (first, last) = range("7 and 8 March", Some(2017)).expect("a year is given");
        assert_eq!((first.to_string().as_str(), last.to_string().as_str()), ("2017-03-07", "2017-03-08"));
    }
}
