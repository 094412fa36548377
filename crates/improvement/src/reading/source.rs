//! Places in a document's text: which line an offset lies on, and how to cut text safely.

use super::Span;

/// Where the lines of a text start; lines count from 1 and end at a line feed.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Notes where every line of `text` starts.
    pub fn new(text: &str) -> Self {
        let after_feeds = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(after_feeds).collect() }
    }

    /// The line that holds the byte at `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }
}

/// The longest head of `text` that is at most `limit` bytes and ends between characters.
pub fn head(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The span of `from..to` without white space at its ends, or nothing when only white space is left.
pub fn trimmed(text: &str, from: usize, to: usize) -> Option<Span> {
    let part = &text[from..to];
    let kept = part.trim();
    let start = from + (part.len() - part.trim_start().len());
    (!kept.is_empty()).then_some([start, start + kept.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_knows_its_line() {
        let lines = LineIndex::new("one\ntwo\n\nfour");
        assert_eq!((lines.line_of(0), lines.line_of(3), lines.line_of(4), lines.line_of(9)), (1, 1, 2, 4));
    }

    #[test]
    fn a_cut_never_splits_a_letter() {
        assert_eq!(head("aé", 2), "a");
    }
}
