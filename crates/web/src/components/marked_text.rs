//! The words of a document with the spans marked that a reading was made from.

use std::borrow::Borrow;
use std::ops::Range;

use super::content::escaped;
use super::{AsContent, Content, Html};

/// What a mark says about its words; shown by underline and label, not by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// The words a suggestion was read from.
    Suggested,
    /// The words of something a person has confirmed.
    Confirmed,
    /// Words that a person must read: nothing could be made of them.
    Unread,
}

impl MarkKind {
    fn class(self) -> &'static str {
        match self {
            Self::Suggested => "headway-mark--suggested",
            Self::Confirmed => "headway-mark--confirmed",
            Self::Unread => "headway-mark--unread",
        }
    }
}

/// A span of the text, in bytes, with its visible label ("Duty 3").
#[derive(Clone, Debug)]
pub struct Mark {
    /// Where the words stand.
    pub span: Range<usize>,
    /// What the mark says.
    pub kind: MarkKind,
    /// The visible label.
    pub label: String,
    /// The id of the marked words, to link to.
    pub id: String,
    /// Where the label leads: the row made from the words.
    pub href: Option<String>,
}

/// A text with marks. Line ends are kept; a mark that overlaps an earlier one starts where that one ends.
#[derive(Clone, Debug)]
pub struct MarkedText {
    markup: Html,
}

impl MarkedText {
    /// Marks a text.
    pub fn new(text: &str, marks: impl IntoIterator<Item: Borrow<Mark>>) -> Self {
        let mut marks: Vec<_> = marks.into_iter().map(|mark| mark.borrow().clone()).collect();
        marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        let mut markup = String::new();
        let mut at = 0;
        for mark in &marks {
            let start = boundary(text, mark.span.start.max(at));
            let end = boundary(text, mark.span.end);
            if start >= end {
                continue;
            }
            markup.push_str(&escaped(&text[at..start]));
            markup.push_str(&marked(mark, &text[start..end]));
            at = end;
        }
        markup.push_str(&escaped(&text[at..]));
        Self { markup: Html::written(format!("<div class=\"headway-source\">{markup}</div>")) }
    }
}

impl std::fmt::Display for MarkedText {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.markup.fmt(formatter)
    }
}

impl askama::filters::HtmlSafe for MarkedText {}

impl AsContent for MarkedText {
    fn as_content(&self) -> Content {
        Content::Html(self.markup.clone())
    }
}

fn marked(mark: &Mark, words: &str) -> String {
    let label = escaped(&mark.label);
    let label = match &mark.href {
        Some(href) => format!("<a class=\"headway-mark__label\" href=\"{}\">{label}</a>", escaped(href)),
        None => format!("<span class=\"headway-mark__label\">{label}</span>"),
    };
    format!(
        "{label}<mark class=\"headway-mark {}\" id=\"{}\">{}</mark>",
        mark.kind.class(),
        escaped(&mark.id),
        escaped(words)
    )
}

/// The nearest place at or before an offset where the text can be cut.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
