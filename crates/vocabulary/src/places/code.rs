//! The nine-character codes of the Office for National Statistics for districts, counties and councils.

use std::fmt;

/// A code such as `E09000001` (City of London): a letter for the country and eight digits.
///
/// The Postcode Directory also uses `L99999999` for the Channel Islands and `M99999999` for the Isle of Man.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaCode([u8; Self::LENGTH]);

impl AreaCode {
    /// Characters of a code.
    pub const LENGTH: usize = 9;

    /// The code, if the text has the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_bytes(text.as_bytes())
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let code: [u8; Self::LENGTH] = bytes.try_into().ok()?;
        let (country, digits) = code.split_first()?;
        let formed = b"EWSNLM".contains(country) && digits.iter().all(u8::is_ascii_digit);
        formed.then_some(Self(code))
    }

    /// The code as printed.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a code is made of ASCII letters and digits only")
    }

    /// Whether it lies in England.
    pub fn is_english(self) -> bool {
        self.0[0] == b'E'
    }

    /// Whether grid references there are those of the National Grid, which Northern Ireland and the islands do not use.
    pub fn is_on_the_national_grid(self) -> bool {
        b"EWS".contains(&self.0[0])
    }

    /// The country, in words.
    pub fn country(self) -> &'static str {
        match self.0[0] {
            b'E' => "England",
            b'W' => "Wales",
            b'S' => "Scotland",
            b'N' => "Northern Ireland",
            b'L' => "Channel Islands",
            _ => "Isle of Man",
        }
    }

    pub(super) fn bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
