//! The evidence a clause asks for, in its own words.

use super::words::{Word, find};

/// Where evidence is spoken of, and how many words of it to keep.
const ASKED: [(&str, usize); 22] = [
    ("information arising from ..3 audits", 2),
    ("evidence arising from ..8 audits", 2),
    ("independent audit confirms", 3),
    ("management information and the audit of", 5),
    ("evidenced through|by", 4),
    ("supported by evidence of", 10),
    ("feedback mechanisms such as", 3),
    ("demonstrating how", 12),
    ("measured by|against", 10),
    ("written report of", 6),
    ("written ?# ?monthly report", 1),
    ("performance reports", 1),
    ("provide evidence", 12),
    ("evidence must|should be provided", 16),
    ("evidence of", 8),
    ("report the impact", 10),
    ("qualitative feedback reports", 1),
    ("management information to confirm", 6),
    ("audit arrangements|reports", 1),
    ("externally validated via", 4),
    ("data , analysis and recommendations", 1),
    ("specific commentary against", 4),
];

/// The first evidence expressions among the words, as word ranges; at most two.
pub fn asked(words: &[Word<'_>]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (pattern, more) in ASKED {
        if let Some((from, to)) = find(words, 0, pattern) {
            let end = (to..(to + more).min(words.len()))
                .find(|at| words[*at].is_mark())
                .unwrap_or((to + more).min(words.len()));
            let end = if more <= 3 && more > 0 && to + more > end { end } else { end.max(to) };
            if found.iter().all(|(start, stop)| end <= *start || from >= *stop) {
                found.push((from, end.max(to)));
            }
        }
        if found.len() == 2 {
            break;
        }
    }
    found
}
