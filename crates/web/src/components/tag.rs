//! The status of a thing, as an adjective: never a link, never a colour alone.

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::{AsContent, Content};

/// The colours a tag can have; the words carry the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagColour {
    /// Nothing to do.
    Grey,
    /// Under way.
    Teal,
    /// Met, verified.
    Green,
    /// Needs attention soon.
    Yellow,
    /// Needs attention now.
    Orange,
    /// Wrong or missed; errors and breaches only.
    Red,
    /// Waiting for someone.
    Purple,
}

impl TagColour {
    fn class(self) -> &'static str {
        match self {
            Self::Grey => "govuk-tag--grey",
            Self::Teal => "govuk-tag--teal",
            Self::Green => "govuk-tag--green",
            Self::Yellow => "govuk-tag--yellow",
            Self::Orange => "govuk-tag--orange",
            Self::Red => "govuk-tag--red",
            Self::Purple => "govuk-tag--purple",
        }
    }
}

/// A status.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<strong class="govuk-tag{{ classes }}"{{ attributes }}>{{ content }}</strong>"#,
    ext = "html"
)]
pub struct Tag {
    content: Content,
    classes: Classes,
    attributes: Attributes,
}

impl Tag {
    /// A status without a colour of its own.
    pub fn new(content: impl AsContent) -> Self {
        Self { content: content.as_content(), ..Self::default() }
    }

    /// Gives it a colour.
    pub fn colour(self, colour: TagColour) -> Self {
        self.classes(colour.class())
    }
}

dressed!(Tag);
parts!(Tag);
