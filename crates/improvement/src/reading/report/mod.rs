//! Reads inspection reports, 2012 to today.

use super::Reading;

/// Whether the text carries the signatures of an inspection report.
pub fn looks_like_report(_text: &str) -> bool {
    false
}

/// Reads an inspection report.
pub fn read(_text: &str) -> Reading {
    Reading::default()
}
