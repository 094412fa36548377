//! Reads inspectors' monitoring-visit letters.

use super::Reading;

/// Whether the text carries the signatures of a monitoring-visit letter.
pub fn looks_like_letter(_text: &str) -> bool {
    false
}

/// Reads a monitoring-visit letter.
pub fn read(_text: &str) -> Reading {
    Reading::default()
}
