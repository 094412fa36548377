//! The field's abbreviations, written out at their first use on each page.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Html;
use super::content::escaped;

/// Abbreviations and what they stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary(BTreeMap<String, String>);

impl Glossary {
    /// A glossary from pairs of abbreviation and full words.
    pub fn new<A: Into<String>, W: Into<String>>(pairs: impl IntoIterator<Item = (A, W)>) -> Self {
        Self(pairs.into_iter().map(|(short, words)| (short.into(), words.into())).collect())
    }

    /// What an abbreviation stands for; a plural "s" is allowed.
    pub fn words_for(&self, short: &str) -> Option<&str> {
        let exact = self.0.get(short);
        exact.or_else(|| short.strip_suffix('s').and_then(|stem| self.0.get(stem))).map(String::as_str)
    }
}

/// The abbreviations met so far on one page: make one for each page shown.
#[derive(Clone, Debug, Default)]
pub struct FirstUses {
    glossary: Arc<Glossary>,
    seen: RefCell<BTreeSet<String>>,
}

impl FirstUses {
    /// For one page.
    pub fn new(glossary: Arc<Glossary>) -> Self {
        Self { glossary, seen: RefCell::default() }
    }

    /// Writes abbreviations out: "full words (ABBR)" the first time, an `abbr` with its title afterwards.
    pub fn expand(&self, text: impl std::fmt::Display) -> Html {
        let text = text.to_string();
        let mut markup = String::new();
        for piece in pieces(&text) {
            match self.glossary.words_for(piece) {
                Some(words) => markup.push_str(&self.written_out(piece, words)),
                None => markup.push_str(&escaped(piece)),
            }
        }
        Html::written(markup)
    }

    fn written_out(&self, short: &str, words: &str) -> String {
        let (shown, full) = (escaped(short), escaped(words));
        let stem = short.strip_suffix('s').filter(|stem| self.glossary.words_for(stem) == Some(words));
        let first_time = self.seen.borrow_mut().insert(stem.unwrap_or(short).to_owned());
        if first_time {
            format!("{full} (<abbr>{shown}</abbr>)")
        } else {
            format!("<abbr title=\"{full}\">{shown}</abbr>")
        }
    }
}

/// Cuts a text into words and what stands between them, losing nothing.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let in_word = first.is_alphanumeric();
        let end = rest.find(|letter: char| letter.is_alphanumeric() != in_word).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
}
