//! Reads improvement notices and statutory directions.

use super::{DocumentKind, Reading};

/// Whether the text is a notice, a direction or neither.
pub fn kind_of(_text: &str) -> DocumentKind {
    DocumentKind::Unknown
}

/// Reads a notice or direction (or text of unknown kind, as far as the same rules carry).
pub fn read(_text: &str, _kind: DocumentKind) -> Reading {
    Reading::default()
}
