//! Makes sure that every scrap of the text ends as exactly one passage, in order.

use crate::reading::source::{LineIndex, trimmed};
use crate::reading::{Passage, PassageKind, Span};

/// A stretch of the text and what it turned out to be, before gaps are filled.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: PassageKind,
    /// The clause it belongs to.
    pub clause: String,
}

/// Orders the stretches, clips overlaps and gives what lies between them to noise.
pub fn cover(text: &str, mut stretches: Vec<Stretch>, lines: &LineIndex) -> Vec<Passage> {
    stretches.sort_by_key(|stretch| (stretch.span[0], stretch.span[1]));
    let mut passages = Vec::with_capacity(stretches.len());
    let mut at = 0;
    let mut push = |from: usize, to: usize, kind: PassageKind, clause: String| {
        if from < to
            && let Some(span) = trimmed(text, from, to)
        {
            passages.push(Passage { span, line: lines.line_of(span[0]), kind, clause });
        }
    };
    for stretch in stretches {
        let [from, to] = [stretch.span[0].max(at), stretch.span[1]];
        if to <= from || !text.is_char_boundary(from) || !text.is_char_boundary(to) {
            continue;
        }
        push(at, from, PassageKind::Noise, String::new());
        push(from, to, stretch.kind, stretch.clause);
        at = to;
    }
    push(at, text.len(), PassageKind::Noise, String::new());
    passages
}
