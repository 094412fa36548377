//! What became of every stretch of the text: so that nothing of a document is silently lost.

use super::lines::Line;
use crate::reading::{Passage, PassageKind, Span};

/// A stretch that some rule claimed.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: PassageKind,
    /// The clause it belongs to.
    pub clause: String,
}

/// Claims in order and without overlap, with every line between them filled in as context, lead-in or noise.
pub(crate) fn cover(lines: &[Line<'_>], mut claims: Vec<Claim>, chapeaux: &[usize]) -> Vec<Passage> {
    claims.retain(|claim| claim.span[0] < claim.span[1]);
    claims.sort_by_key(|claim| claim.span[0]);
    let mut passages = Vec::new();
    let mut line = 0;
    let mut covered = 0;
    for claim in claims {
        if claim.span[0] < covered {
            continue;
        }
        while line < lines.len() && lines[line].span[0] < claim.span[0] {
            fill(lines, line, [covered, claim.span[0]], chapeaux, &mut passages);
            if lines[line].span[1] > claim.span[0] {
                break;
            }
            line += 1;
        }
        covered = claim.span[1];
        let number = line_number(lines, claim.span[0]);
        passages.push(Passage { span: claim.span, line: number, kind: claim.kind, clause: claim.clause });
        while line < lines.len() && lines[line].span[1] <= covered {
            line += 1;
        }
    }
    while line < lines.len() {
        fill(lines, line, [covered, usize::MAX], chapeaux, &mut passages);
        line += 1;
    }
    passages
}

/// The part of a line that lies within `window` becomes a passage of its own, unless blank.
fn fill(lines: &[Line<'_>], index: usize, window: Span, chapeaux: &[usize], passages: &mut Vec<Passage>) {
    let line = &lines[index];
    let (from, to) = (line.span[0].max(window[0]), line.span[1].min(window[1]));
    if from >= to {
        return;
    }
    let Some(words) = line.text.get(from - line.span[0]..to - line.span[0]) else { return };
    let trimmed = words.trim();
    if trimmed.is_empty() {
        return;
    }
    let start = from + (words.len() - words.trim_start().len());
    let kind = if chapeaux.binary_search(&index).is_ok() {
        PassageKind::Chapeau
    } else if line.is_prose() {
        PassageKind::Context
    } else {
        PassageKind::Noise
    };
    passages.push(Passage {
        span: [start, start + trimmed.len()],
        line: line.number,
        kind,
        clause: String::new(),
    });
}

/// The number of the line on which an offset stands.
pub(crate) fn line_number(lines: &[Line<'_>], at: usize) -> usize {
    let after = lines.partition_point(|line| line.span[0] <= at);
    lines.get(after.saturating_sub(1)).map_or(1, |line| line.number)
}
