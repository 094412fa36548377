//! Duties of one register that say the same in two sections, so that one piece of evidence can answer both.
//!
//! Only a suggestion: a person links them.

use std::collections::HashMap;

use serde::Serialize;

use super::wording::{bare, shared};
use super::{COMMON_WORD, Comparable};
use crate::words;

/// Two duties that are likely one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SameDuty {
    /// The earlier one's place in the register.
    pub first: usize,
    /// The later one's place.
    pub second: usize,
    /// Share of the telling words of the shorter one that stand in both, from 0 to 1.
    pub likeness: f64,
    /// Why we think so, in a sentence.
    pub reason: String,
}

/// Share of the shorter duty's telling words that must stand in the other.
const LEAST_SHARE: f64 = 0.7;
/// Shared telling words without which likeness is chance.
const LEAST_WORDS: usize = 3;

/// Words that tell nothing of what a duty is about.
const COMMON: &[&str] = &[
    "a",
    "about",
    "after",
    "all",
    "also",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "before",
    "by",
    "can",
    "council",
    "each",
    "ensure",
    "ensuring",
    "every",
    "for",
    "from",
    "has",
    "have",
    "how",
    "if",
    "in",
    "include",
    "including",
    "into",
    "is",
    "it",
    "its",
    "made",
    "make",
    "may",
    "more",
    "must",
    "no",
    "not",
    "of",
    "on",
    "or",
    "other",
    "out",
    "over",
    "provide",
    "regular",
    "regularly",
    "shall",
    "should",
    "such",
    "that",
    "the",
    "their",
    "them",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "under",
    "up",
    "was",
    "when",
    "where",
    "which",
    "who",
    "will",
    "with",
    "within",
];

/// The pairs of a register that are likely the same duty, most alike first.
pub fn same_duties(register: &[Comparable]) -> Vec<SameDuty> {
    let telling: Vec<Vec<String>> = register.iter().map(|duty| telling_words(&duty.text)).collect();
    let mut found: Vec<SameDuty> = Vec::new();
    for (first, second) in neighbours(&telling) {
        let (one, other) = (&register[first], &register[second]);
        if one.modality != other.modality || clause(&one.reference) == clause(&other.reference) {
            continue;
        }
        let bearer = one.bearers.iter().find(|party| other.bearers.contains(party));
        let Some(bearer) = bearer.map(words::party_in_words) else { continue };
        let in_both = shared(&telling[first], &telling[second]);
        let shorter = telling[first].len().min(telling[second].len());
        #[expect(clippy::cast_precision_loss, reason = "a text has far fewer than 2^52 words")]
        let likeness = in_both as f64 / shorter as f64;
        if in_both >= LEAST_WORDS && likeness >= LEAST_SHARE {
            let reason = format!(
                "{} and {} both fall on {bearer}, and share {in_both} of {shorter} telling words: {}.",
                one.reference,
                other.reference,
                listed(&telling[first], &telling[second])
            );
            found.push(SameDuty { first, second, likeness, reason });
        }
    }
    found.sort_by(|a, b| {
        b.likeness.total_cmp(&a.likeness).then(a.first.cmp(&b.first)).then(a.second.cmp(&b.second))
    });
    found
}

/// Pairs that share enough telling words, other than very common ones, to be worth comparing.
fn neighbours(telling: &[Vec<String>]) -> Vec<(usize, usize)> {
    let mut holding: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, words) in telling.iter().enumerate() {
        for word in words {
            holding.entry(word).or_default().push(index);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for places in holding.values().filter(|places| places.len() <= COMMON_WORD) {
        for (nth, first) in places.iter().enumerate() {
            pairs.extend(places[nth + 1..].iter().map(|second| (*first, *second)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The words that say what a duty is about, each once, in a plain form, sorted.
fn telling_words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '–' | '—'));
    let mut telling: Vec<String> = words
        .map(bare)
        .filter(|word| !word.is_empty() && !COMMON.contains(&word.as_str()))
        .map(plain)
        .collect();
    telling.sort_unstable();
    telling.dedup();
    telling
}

/// The word without a plural or possessive ending.
fn plain(word: String) -> String {
    let word = word.trim_end_matches("’s").trim_end_matches("'s").to_owned();
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ => match word.strip_suffix('s') {
            Some(stem) if stem.len() > 3 && !stem.ends_with('s') => stem.to_owned(),
            _ => word,
        },
    }
}

/// The clause of a reference, without the letter of a split sentence: `3.a` of `3.a/s1`.
fn clause(reference: &str) -> &str {
    reference.split('/').next().unwrap_or(reference).trim()
}

fn listed(one: &[String], other: &[String]) -> String {
    let in_both: Vec<String> =
        one.iter().filter(|word| other.binary_search(word).is_ok()).take(6).cloned().collect();
    words::joined(&in_both, "and")
}
