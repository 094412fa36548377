//! A postcode of the United Kingdom, read from whatever a case system exported.
//!
//! The outward part is one or two letters, a digit and perhaps one more letter or digit; the inward part is a digit and
//! two letters. Both are kept as numbers whose order is the order of a table.

use std::fmt;

/// A well-formed postcode. It has no text form on purpose: once read, it can only be looked up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode {
    pub(super) outward: u32,
    pub(super) inward: u16,
}

const LETTERS: u32 = 26;
const INWARD_LENGTH: usize = 3;

impl Postcode {
    /// Reads a postcode in capitals or small letters, with or without spaces; none if it has not the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut written = Vec::with_capacity(7);
        for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
            if !letter.is_ascii_alphanumeric() || written.len() == 7 {
                return None;
            }
            written.push(letter.to_ascii_uppercase() as u8);
        }
        let (outward, inward) = written.split_at(written.len().checked_sub(INWARD_LENGTH)?);
        Some(Self { outward: pack_outward(outward)?, inward: pack_inward(inward)? })
    }
}

fn pack_outward(part: &[u8]) -> Option<u32> {
    let (first, second, rest) = match part {
        [first, second, rest @ ..] if second.is_ascii_uppercase() => (*first, letter(*second)? + 1, rest),
        [first, rest @ ..] => (*first, 0, rest),
        [] => return None,
    };
    let (number, last) = match rest {
        [number] => (*number, 0),
        [number, last] => (*number, ending(*last)?),
        _ => return None,
    };
    Some(((letter(first)? * (LETTERS + 1) + second) * 10 + digit(number)?) * (LETTERS + 11) + last)
}

fn pack_inward(part: &[u8]) -> Option<u16> {
    let [number, first, second] = part else { return None };
    let packed = (digit(*number)? * LETTERS + letter(*first)?) * LETTERS + letter(*second)?;
    u16::try_from(packed).ok()
}

fn letter(byte: u8) -> Option<u32> {
    byte.is_ascii_uppercase().then(|| u32::from(byte - b'A'))
}

fn digit(byte: u8) -> Option<u32> {
    byte.is_ascii_digit().then(|| u32::from(byte - b'0'))
}

fn ending(byte: u8) -> Option<u32> {
    digit(byte).map(|digit| digit + 1).or_else(|| letter(byte).map(|letter| letter + 11))
}

impl fmt::Debug for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Postcode(withheld)")
    }
}
