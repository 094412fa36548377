//! How far two readings of one document agree, word by word, whatever the order.

use std::collections::HashMap;

/// The words of a text: runs between white space, without punctuation at either end, lower case.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
}

/// A word that suggests a broken font table or lost spaces.
pub(crate) fn is_odd(word: &str) -> bool {
    const LONGEST_ENGLISH_WORD_HERE: usize = 32;
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let unknown = word.chars().any(|c| c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(&c));
    let address = word.contains(['/', '@', '.']);
    unknown || (letters > LONGEST_ENGLISH_WORD_HERE && !address)
}

/// The share of words that one reading has and the other lacks, from 0 (the same words) to 1 (none in common).
pub fn disagreement(first: &str, second: &str) -> f64 {
    let mut balance: HashMap<String, i64> = HashMap::new();
    let mut total = 0_i64;
    for word in words(first) {
        *balance.entry(word).or_default() += 1;
        total += 1;
    }
    for word in words(second) {
        *balance.entry(word).or_default() -= 1;
        total += 1;
    }
    if total == 0 {
        return 0.0;
    }
    let apart: i64 = balance.values().map(|count| count.abs()).sum();
    apart as f64 / total as f64
}
