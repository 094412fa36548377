//! Lines joined into running words, with the way back from every word to its place in the source.

use std::ops::Range;

use super::labels::is_private;
use super::lines::Line;
use crate::reading::Span;

/// Running text of several lines: one space between words, private-use glyphs left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Joined {
    /// The words.
    pub text: String,
    /// For each word, its offset in `text`, its offset in the source and its length in both.
    words: Vec<(usize, usize, usize)>,
}

impl Joined {
    /// The words of some lines.
    pub fn of<'l, 't: 'l>(lines: impl IntoIterator<Item = &'l Line<'t>>) -> Self {
        let mut joined = Self::default();
        for line in lines {
            joined.push(line.text, line.span[0]);
        }
        joined
    }

    /// Adds a line. A hyphen at the end of the words so far belongs to a word that goes on ("multi-" "agency").
    pub fn push(&mut self, line: &str, source: usize) {
        let mut glue = self.ends_in_hyphen() && line.starts_with(char::is_lowercase);
        for word in line.split(|c: char| c.is_whitespace() || is_private(c)).filter(|word| !word.is_empty()) {
            if !self.text.is_empty() && !glue {
                self.text.push(' ');
            }
            glue = false;
            let offset = word.as_ptr() as usize - line.as_ptr() as usize;
            self.words.push((self.text.len(), source + offset, word.len()));
            self.text.push_str(word);
        }
    }

    /// Where a stretch of the joined text stands in the source, from its first word's start to its last word's end.
    pub fn source(&self, range: Range<usize>) -> Span {
        let start = self.words.partition_point(|(at, _, length)| at + length <= range.start);
        let end = self.words.partition_point(|(at, _, _)| *at < range.end);
        match (self.words.get(start), self.words.get(end.saturating_sub(1))) {
            (Some(first), Some(last)) if start < end => {
                let from = first.1 + range.start.saturating_sub(first.0);
                let to = last.1 + (range.end - last.0).min(last.2);
                [from, to.max(from)]
            }
            _ => [0, 0],
        }
    }

    fn ends_in_hyphen(&self) -> bool {
        let mut back = self.text.chars().rev();
        back.next() == Some('-') && back.next().is_some_and(char::is_alphanumeric)
    }
}

/// Ranges of the sentences of a running text, without the spaces between them.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices() {
        if matches!(character, '.' | '!' | '?') {
            let end = closing_end(text, at + character.len_utf8());
            if end > start && sentence_ends(text, start, at, end) {
                ranges.push(start..end);
                start = end + usize::from(end < text.len());
            }
        }
    }
    if start < text.len() && !text[start..].trim().is_empty() {
        ranges.push(start..text.len());
    }
    ranges
}

fn closing_end(text: &str, from: usize) -> usize {
    let closing = text[from..].chars().take_while(|c| matches!(c, '’' | '”' | '\'' | '"' | ')' | ']'));
    from + closing.map(char::len_utf8).sum::<usize>()
}

fn sentence_ends(text: &str, start: usize, stop: usize, end: usize) -> bool {
    const ABBREVIATIONS: [&str; 12] =
        ["e.g", "i.e", "no", "mr", "mrs", "ms", "dr", "st", "etc", "paras", "para", "vs"];
    let after = &text[end..];
    if after.is_empty() {
        return true;
    }
    if !after.starts_with(' ') {
        return false;
    }
    let goes_on = after.trim_start().starts_with(|c: char| c.is_lowercase());
    let word = text[start..stop].rsplit(' ').next().unwrap_or("").trim_start_matches(['(', '‘', '“']);
    let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    !goes_on && !initial && !ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_parted_at_the_line_end_keeps_its_hyphen_and_its_place() {
        let source = "the multi-\n  agency hub";
        let lines = super::super::lines::lines(source);
        let joined = Joined::of(&lines);
        assert_eq!(joined.text, "the multi-agency hub");
        let span = joined.source(10..16);
        assert_eq!(&source[span[0]..span[1]], "agency");
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        let text = "Work, e.g. Direct work, is good. It helps (most) children.";
        let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["Work, e.g. Direct work, is good.", "It helps (most) children."]);
    }
}
