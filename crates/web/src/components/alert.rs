//! A message about a part of the page (MoJ alert); the banner is for the whole page.

use askama::Template;

use super::content::parts;
use super::{AsContent, Content};

/// How urgent the message is; the word is read out before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    /// Worth knowing.
    Information,
    /// Done.
    Success,
    /// Will go wrong.
    Warning,
    /// Has gone wrong.
    Error,
}

impl AlertKind {
    fn word(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A message with a title that is its heading.
#[derive(Clone, Debug, Template)]
#[template(path = "components/alert.html")]
pub struct Alert {
    kind: AlertKind,
    title: String,
    content: Content,
    heading_level: u8,
}

impl Alert {
    /// A message under a heading of level 2.
    pub fn new(kind: AlertKind, title: impl std::fmt::Display, content: impl AsContent) -> Self {
        Self { kind, title: title.to_string(), content: content.as_content(), heading_level: 2 }
    }

    /// Another heading level than 2.
    pub fn heading_level(mut self, level: u8) -> Self {
        self.heading_level = level;
        self
    }
}

parts!(Alert);
