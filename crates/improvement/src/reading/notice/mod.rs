//! Reads improvement notices and statutory directions into a register of suggested duties.
//!
//! The text is cleaned with offsets kept, cut into headings, clauses and sentences, and read sentence by sentence:
//! strength, bearer, clock, evidence and theme, each with the words that gave it. Rules and their limits are told in
//! `docs/reading-notices.md`.

mod bearer;
mod chapeau;
mod clean;
mod clock;
pub mod dates;
mod document;
mod duty;
mod evidence;
mod extra;
mod label;
mod lines;
mod modality;
mod parties;
mod passages;
mod questions;
mod register;
mod same;
mod segment;
mod sense;
mod sentence;
mod split;
mod theme;
mod timing;
mod verbs;
mod words;

#[cfg(test)]
mod tests;

use super::source::{LineIndex, head};
use super::{DocumentKind, Passage, PassageKind, Question, Reading};

/// Beyond this many bytes a text is not read.
const LONGEST_READ: usize = 2 * 1024 * 1024;

/// Whether the text is a notice, a direction or neither.
pub fn kind_of(text: &str) -> DocumentKind {
    document::kind_of(text)
}

/// Reads a notice or direction (or text of unknown kind, as far as the same rules carry).
pub fn read(text: &str, kind: DocumentKind) -> Reading {
    let within = head(text, LONGEST_READ);
    let lines = LineIndex::new(text);
    let blocks = segment::blocks(lines::lines(within));
    let lowers: Vec<String> = blocks.iter().map(|block| block.text().to_ascii_lowercase()).collect();
    let names = document::names(&blocks, within);
    let mut register = register::walk(within, &blocks, &lowers, &names, &lines);
    register::mark_frequencies(&mut register, &blocks, &lowers, &names);
    let mut reading = Reading { document: document::facts(&blocks, &lowers, kind), ..Reading::default() };
    questions::mark_anchors(&mut register.rows, reading.document.issued_on.is_some());
    same::mark(&mut register.rows);
    reading.questions = questions::ask(&register, &blocks, &lowers, &names, &reading.document, within);
    reading.passages = passages::cover(within, std::mem::take(&mut register.stretches), &lines);
    reading.obligations = register.rows;
    reading.clauses = register.clauses;
    if within.len() < text.len() {
        leave_rest(text, within.len(), &lines, &mut reading);
    }
    reading
}

/// What lies beyond the limit stays one unread passage, and a question says so.
fn leave_rest(text: &str, from: usize, lines: &LineIndex, reading: &mut Reading) {
    let Some(span) = super::source::trimmed(text, from, text.len()) else { return };
    reading.passages.push(Passage {
        span,
        line: lines.line_of(span[0]),
        kind: PassageKind::Noise,
        clause: String::new(),
    });
    reading.questions.push(Question {
        kind: "document-kind".to_owned(),
        text: format!(
            "The text is longer than {} megabytes; only its beginning was read. Is this one document, and which part of it is the notice?",
            LONGEST_READ / (1024 * 1024)
        ),
        span,
        candidates: Vec::new(),
    });
}
