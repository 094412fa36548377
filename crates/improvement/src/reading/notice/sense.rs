//! A sentence made ready for the rules: its words, who is named in it, and the cut-outs of its cleaned text.

use super::parties::{Mention, Names};
use super::words::{Word, words};

/// A sentence with its words and mentions.
#[derive(Debug)]
pub struct Sentence<'a> {
    /// The block's cleaned text.
    pub cased: &'a str,
    /// Its words and marks.
    pub words: Vec<Word<'a>>,
    /// Everyone named in it.
    pub mentions: Vec<Mention>,
}

impl<'a> Sentence<'a> {
    /// Takes in the sentence that stands at `from..to` of a block.
    pub fn new(cased: &'a str, lower: &'a str, from: usize, to: usize, names: &Names) -> Self {
        let words = words(lower, cased, from, to);
        let mentions = names.mentions(&words);
        Self { cased, words, mentions }
    }

    /// The word at `at`, empty past the end.
    pub fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text)
    }

    /// The printed words from `from` up to `to`, without marks at the ends.
    pub fn printed(&self, from: usize, to: usize) -> &str {
        let (from, to) = self.without_marks(from, to);
        if from >= to {
            return "";
        }
        &self.cased[self.words[from].start..self.words[to - 1].end]
    }

    /// The range without marks of punctuation at its ends.
    pub fn without_marks(&self, mut from: usize, to: usize) -> (usize, usize) {
        let mut to = to.min(self.words.len());
        while from < to && matches!(self.words[from].text, "," | ";" | ":" | ")" | "-") {
            from += 1;
        }
        while to > from && matches!(self.words[to - 1].text, "," | ";" | ":" | "(" | "-" | "and" | "or") {
            to -= 1;
        }
        (from, to)
    }

    /// Whether the printed sentence ends as a lead-in.
    pub fn ends_open(&self) -> bool {
        self.words.last().is_some_and(|word| word.text == ":")
    }
}
