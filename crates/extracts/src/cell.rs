//! What stands in one cell of an extract: a value of the column's type, nothing, or something that can't be read.
//!
//! Councils' files hold UK dates, ISO dates, Excel serials of both calendars, numbers kept as text and text kept as
//! numbers, and several signs for nothing. What is not understood is never guessed at.

mod date;
mod number;

use std::borrow::Cow;

use vocabulary::day::Day;
use vocabulary::records::Moment;

use crate::codes::Spelling;
use crate::layout::Holds;

pub use number::as_text;

/// A cell as the file has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Raw<'a> {
    /// Nothing.
    Blank,
    /// Text.
    Text(&'a str),
    /// A number, which in a column of days is a spreadsheet's day.
    Number(f64),
    /// A day, counted as the workbook counts.
    Serial(f64),
    /// True or false.
    Flag(bool),
    /// A spreadsheet's error, such as `#REF!`.
    Error,
    /// A formula whose value was not stored.
    NoValue,
}

/// Which day a workbook counts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Calendar {
    /// The usual one, from 1900.
    #[default]
    From1900,
    /// That of older Macintosh workbooks, from 1904.
    From1904,
}

/// Why a cell can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// Not a date.
    NotADate,
    /// A date that can't be: 31 February, or the first day of a spreadsheet's calendar.
    ImpossibleDate,
    /// A day without the time of day that its column asks for.
    NoTime,
    /// Not one of the codes.
    NotACode,
    /// Not a number.
    NotANumber,
    /// A number with a fraction where a count stands.
    NotWhole,
    /// A number outside the bounds of its column.
    OutOfBounds,
    /// Text of the wrong form.
    Malformed,
    /// A spreadsheet's error or a formula without a value.
    SpreadsheetError,
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub enum Said<'a> {
    /// Nothing.
    Blank,
    /// A day.
    Day(Day),
    /// A day and a time.
    Moment(Moment),
    /// The code of this number in the column's set.
    Code(u16),
    /// Several codes.
    Codes(Vec<u16>),
    /// A number.
    Number(f64),
    /// Text, without spaces around it.
    Text(Cow<'a, str>),
    /// Something that can't be read.
    Unreadable(FaultKind),
}

/// Reads a cell.
pub fn read<'a>(raw: Raw<'a>, holds: Holds, spelling: Spelling, calendar: Calendar) -> Said<'a> {
    let text = match raw {
        Raw::Blank => return Said::Blank,
        Raw::Error | Raw::NoValue => return Said::Unreadable(FaultKind::SpreadsheetError),
        Raw::Number(number) | Raw::Serial(number) => {
            match holds {
                Holds::Day => return date::of_serial(number, calendar, matches!(raw, Raw::Serial(_))),
                Holds::Moment => {
                    return date::moment_of_serial(number, calendar, matches!(raw, Raw::Serial(_)));
                }
                Holds::Whole { least, most } => return number::whole(number, least, most),
                Holds::Number => return number::any(number),
                _ => {}
            }
            Cow::Owned(as_text(number))
        }
        Raw::Flag(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
        Raw::Text(text) => Cow::Borrowed(trimmed(text)),
    };
    of_text(text, holds, spelling, calendar)
}

fn of_text(text: Cow<'_, str>, holds: Holds, spelling: Spelling, calendar: Calendar) -> Said<'_> {
    if text.is_empty() {
        return Said::Blank;
    }
    let said = match holds {
        Holds::Identifier | Holds::Text => {
            return if says_nothing(&text) { Said::Blank } else { Said::Text(text) };
        }
        Holds::Day => date::of_text(&text, calendar),
        Holds::Moment => date::moment_of_text(&text, calendar),
        Holds::Code(set) => {
            set.find(&text, spelling).map_or(Said::Unreadable(FaultKind::NotACode), Said::Code)
        }
        Holds::Codes(set) => codes(&text, set, spelling),
        Holds::Whole { least, most } => number::of_text(&text, least, most),
        Holds::Number => number::any_of_text(&text),
        Holds::Postcode => formed(text.clone(), is_postcode(&text)),
        Holds::PupilNumber => formed(text.clone(), is_pupil_number(&text)),
        Holds::Registration => formed(text.clone(), is_registration(&text)),
    };
    match said {
        Said::Unreadable(_) if says_nothing(&text) => Said::Blank,
        // Borrows of the text end here.
        Said::Unreadable(kind) => Said::Unreadable(kind),
        said => said,
    }
}

fn formed(text: Cow<'_, str>, well: bool) -> Said<'_> {
    if well { Said::Text(text) } else { Said::Unreadable(FaultKind::Malformed) }
}

fn codes(text: &str, set: &'static crate::codes::CodeSet, spelling: Spelling) -> Said<'static> {
    let tokens = text.split([' ', ',', ';', '|', '\n', '\t']).filter(|token| !token.is_empty());
    let mut numbers = Vec::new();
    for token in tokens {
        match set.find(token.trim_matches(['[', ']', '\'', '"']), spelling) {
            Some(number) => numbers.push(number),
            None => return Said::Unreadable(FaultKind::NotACode),
        }
    }
    if numbers.is_empty() { Said::Blank } else { Said::Codes(numbers) }
}

/// Text without spaces of any kind around it.
pub fn trimmed(text: &str) -> &str {
    let outer = |letter: char| letter.is_whitespace() || letter == '\u{feff}' || letter == '\u{200b}';
    // Most cells are clean, and looking at both ends is cheaper than walking.
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(first), Some(last)) if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim_matches(outer),
    }
}

/// Signs that systems and people write for nothing.
fn says_nothing(text: &str) -> bool {
    const SIGNS: [&str; 13] = [
        "nan", "-", "--", "..", ".", "<blank>", "(blank)", "blank", "#n/a", "n/a", "null", "<null>",
        "#n/a n/a",
    ];
    text.len() <= 8 && SIGNS.iter().any(|sign| text.eq_ignore_ascii_case(sign))
}

/// One or two letters, a digit, perhaps a digit or letter; a space perhaps; a digit and two letters.
fn is_postcode(text: &str) -> bool {
    let compact: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
    if !(5..=7).contains(&compact.len()) {
        return false;
    }
    let (outward, inward) = compact.split_at(compact.len() - 3);
    let letters = outward.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let inward_fits = inward[0].is_ascii_digit() && inward[1..].iter().all(u8::is_ascii_alphabetic);
    let district = &outward[letters..];
    let district_fits = district.first().is_some_and(u8::is_ascii_digit)
        && district.len() <= 2
        && district.iter().all(u8::is_ascii_alphanumeric);
    (1..=2).contains(&letters) && district_fits && inward_fits
}

fn is_pupil_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    if let [b'U' | b'u', b'N' | b'n', digit] = bytes {
        return (b'1'..=b'7').contains(digit);
    }
    bytes.len() == 13
        && bytes[0].is_ascii_alphabetic()
        && bytes[1..12].iter().all(u8::is_ascii_digit)
        && bytes[12].is_ascii_alphanumeric()
}

/// `SW` and a number, or `XX` and letters or digits for a worker without one.
fn is_registration(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    match upper.split_at_checked(2) {
        Some(("SW", number)) => !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()),
        Some(("XX", rest)) => rest.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Spelling = Spelling::Free;

    fn said(text: &str, holds: Holds) -> Said<'_> {
        read(Raw::Text(text), holds, TEXT, Calendar::From1900)
    }

    #[test]
    fn signs_for_nothing_are_blank_in_every_type() {
        for holds in [Holds::Text, Holds::Day, Holds::Whole { least: 0.0, most: 10.0 }, Holds::Postcode] {
            for sign in ["", "  ", "\u{a0}", "nan", "NaN", "-", "..", "<blank>", "#N/A", "NULL"] {
                assert_eq!(said(sign, holds), Said::Blank, "{sign:?}");
            }
        }
    }

    #[test]
    fn an_identifier_keeps_its_leading_zeros_and_loses_the_fraction_of_a_number() {
        assert_eq!(said(" 00123 ", Holds::Identifier), Said::Text("00123".into()));
        let number = read(Raw::Number(123.0), Holds::Identifier, TEXT, Calendar::From1900);
        assert_eq!(number, Said::Text("123".into()));
        let long = read(Raw::Number(1_234_567_890_123.0), Holds::Identifier, TEXT, Calendar::From1900);
        assert_eq!(long, Said::Text("1234567890123".into()));
    }

    #[test]
    fn a_postcode_has_the_form_of_one() {
        let cases =
            [("LS1 4AP", true), ("ls14ap", true), ("M1 1AE", true), ("EC1A 1BB", true), ("nope", false)];
        for (text, well) in cases.into_iter().chain([("LS1", false), ("1LS 4AP", false), ("LS1 4APX", false)])
        {
            assert_eq!(matches!(said(text, Holds::Postcode), Said::Text(_)), well, "{text}");
        }
    }

    #[test]
    fn numbers_and_reasons_have_their_forms() {
        let cases = [("A123456789012", true), ("A12345678901B", true), ("UN3", true), ("UN8", false)];
        for (text, well) in cases.into_iter().chain([("123456789012A", false), ("A12345", false)]) {
            assert_eq!(matches!(said(text, Holds::PupilNumber), Said::Text(_)), well, "{text}");
        }
        assert_eq!(said("SW123456", Holds::Registration), Said::Text("SW123456".into()));
        assert_eq!(said("A worker", Holds::Registration), Said::Unreadable(FaultKind::Malformed));
    }

    #[test]
    fn a_spreadsheet_error_is_not_blank() {
        let error = read(Raw::Error, Holds::Day, TEXT, Calendar::From1900);
        assert_eq!(error, Said::Unreadable(FaultKind::SpreadsheetError));
    }
}
