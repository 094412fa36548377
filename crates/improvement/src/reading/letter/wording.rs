//! One sentence of an inspector as a finding.

use super::{polarity, subject};
use crate::reading::{ReadFinding, Span};

/// The finding that a sentence makes.
pub(crate) fn finding(sentence: &str, span: Span) -> ReadFinding {
    ReadFinding {
        text: sentence.to_owned(),
        span,
        polarity: polarity::polarity(sentence),
        topic: subject::topic(sentence),
        cohort: subject::cohort(sentence),
        hedge: subject::hedge(sentence),
        service_area: subject::service_area(sentence),
    }
}
