//! Finds duties that the document states twice in different clauses, so that one piece of evidence can answer both.

use std::collections::BTreeSet;

use crate::reading::SuggestedObligation;

/// Rows beyond this many are not compared.
const MOST_COMPARED: usize = 600;

/// Flags each later row that repeats an earlier one of another clause with `same-as:<ref>`.
pub fn mark(rows: &mut [SuggestedObligation]) {
    let compared = rows.len().min(MOST_COMPARED);
    let stems: Vec<BTreeSet<String>> = rows[..compared].iter().map(|row| content(&row.text)).collect();
    for later in 1..compared {
        let twin = (0..later).find(|earlier| {
            clause(&rows[*earlier].reference) != clause(&rows[later].reference)
                && rows[*earlier].modality == rows[later].modality
                && alike(&stems[*earlier], &stems[later])
        });
        if let Some(earlier) = twin {
            let flag = format!("same-as:{}", rows[earlier].reference);
            rows[later].flags.push(flag);
        }
    }
}

fn clause(reference: &str) -> &str {
    reference.split('/').next().unwrap_or(reference)
}

/// Six words in ten shared, and at least four of them.
fn alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let shared = one.intersection(other).count();
    let all = one.len() + other.len() - shared;
    shared >= 4 && shared * 10 >= all * 6
}

/// The words that carry meaning, cut to their stems.
fn content(text: &str) -> BTreeSet<String> {
    const EMPTY: &[&str] = &[
        "the",
        "and",
        "that",
        "this",
        "with",
        "for",
        "from",
        "are",
        "must",
        "will",
        "should",
        "shall",
        "may",
        "their",
        "its",
        "all",
        "each",
        "any",
        "ensure",
        "ensuring",
        "council",
        "council's",
        "which",
        "been",
        "have",
        "has",
        "such",
        "other",
        "also",
        "including",
        "these",
        "those",
        "notice",
        "improvement",
    ];
    let lower = text.to_lowercase();
    lower
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .filter(|word| word.len() > 2 && !EMPTY.contains(word))
        .map(|word| word.trim_end_matches("'s").chars().take(6).collect())
        .collect()
}
