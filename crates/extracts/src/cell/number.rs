//! Counts and ages: whole numbers, which spreadsheets keep as fractions and text.

use super::{FaultKind, Said};

/// A whole number written as text.
pub fn of_text(text: &str, least: f64, most: f64) -> Said<'static> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    match text.parse::<f64>() {
        Ok(number) if plain => whole(number, least, most),
        _ => Said::Unreadable(FaultKind::NotANumber),
    }
}

/// A number that may have a fraction, such as a weighed caseload, written as text.
pub fn any_of_text(text: &str) -> Said<'static> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    match text.parse::<f64>() {
        Ok(number) if plain => any(number),
        _ => Said::Unreadable(FaultKind::NotANumber),
    }
}

/// A number that may have a fraction.
pub fn any(number: f64) -> Said<'static> {
    match number {
        number if !number.is_finite() => Said::Unreadable(FaultKind::NotANumber),
        number if number < 0.0 => Said::Unreadable(FaultKind::OutOfBounds),
        number => Said::Number(number),
    }
}

/// A whole number.
pub fn whole(number: f64, least: f64, most: f64) -> Said<'static> {
    let kind = if !number.is_finite() {
        FaultKind::NotANumber
    } else if number.fract() != 0.0 {
        FaultKind::NotWhole
    } else if number < least || number > most {
        FaultKind::OutOfBounds
    } else {
        return Said::Number(number);
    };
    Said::Unreadable(kind)
}

/// A number as a person writes it: without a fraction when it has none.
pub fn as_text(number: f64) -> String {
    // `Display` of a float never uses an exponent and leaves out an empty fraction.
    number.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_whole_and_within_its_bounds() {
        let cases = [
            ("3", Said::Number(3.0)),
            ("3.0", Said::Number(3.0)),
            ("0", Said::Number(0.0)),
            ("6.138", Said::Unreadable(FaultKind::NotWhole)),
            ("-1", Said::Unreadable(FaultKind::OutOfBounds)),
            ("41", Said::Unreadable(FaultKind::OutOfBounds)),
            ("three", Said::Unreadable(FaultKind::NotANumber)),
            ("inf", Said::Unreadable(FaultKind::NotANumber)),
            ("1e3", Said::Unreadable(FaultKind::NotANumber)),
        ];
        for (text, said) in cases {
            assert_eq!(of_text(text, 0.0, 40.0), said, "{text}");
        }
    }

    #[test]
    fn a_number_that_is_an_identifier_has_no_fraction() {
        assert_eq!(as_text(123.0), "123");
        assert_eq!(as_text(100_000_000_000.0), "100000000000");
        assert_eq!(as_text(12.5), "12.5");
    }
}
