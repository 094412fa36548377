//! Tracked changes: how many, and by whom.

use std::collections::BTreeSet;

use super::super::xml::Element;

/// What was met of tracked changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    pub(super) insertions: usize,
    pub(super) deletions: usize,
    authors: BTreeSet<String>,
}

impl Changes {
    /// Notes a change by its element; moves count as a deletion here and an insertion there.
    pub(super) fn note(&mut self, element: &Element) {
        const AUTHORS_KEPT: usize = 50;
        const LONGEST_NAME: usize = 80;
        match element.name.as_str() {
            "ins" | "moveTo" => self.insertions += 1,
            "del" | "moveFrom" => self.deletions += 1,
            _ => return,
        }
        let author: String = element.attribute("author").unwrap_or("").chars().take(LONGEST_NAME).collect();
        if !author.trim().is_empty() && self.authors.len() < AUTHORS_KEPT {
            self.authors.insert(author);
        }
    }

    /// The authors as they stand in a sentence.
    pub(super) fn authors_in_words(&self) -> String {
        const NAMED: usize = 5;
        let mut named: Vec<&str> = self.authors.iter().take(NAMED).map(String::as_str).collect();
        let others = format!("{} others", self.authors.len().saturating_sub(NAMED));
        if self.authors.len() > NAMED {
            named.push(&others);
        }
        match named.split_last() {
            None => "an unnamed author".to_owned(),
            Some((only, [])) => (*only).to_owned(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        }
    }
}
