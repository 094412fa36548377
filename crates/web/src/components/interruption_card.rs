//! The page before a step that cannot be taken back (MoJ interruption card).

use std::borrow::Borrow;

use askama::Template;

use super::content::parts;
use super::{AsContent, Button, Content, Link};

/// A full-width card that is the page's main heading; its form posts to an address.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/interruption_card.html")]
pub struct InterruptionCard {
    heading: Content,
    content: Vec<Content>,
    action: String,
    hidden: Vec<(String, String)>,
    token: Content,
    button: Button,
    way_out: Link,
}

impl InterruptionCard {
    /// A card with the act it asks about and the way out.
    pub fn new(
        heading: impl AsContent,
        action: impl std::fmt::Display,
        button: impl AsContent,
        way_out: impl Borrow<Link>,
    ) -> Self {
        Self {
            heading: heading.as_content(),
            action: action.to_string(),
            button: Button::submit(button).inverse(),
            way_out: way_out.borrow().clone(),
            ..Self::default()
        }
    }

    /// Adds a paragraph or a part.
    pub fn with(mut self, content: impl AsContent) -> Self {
        self.content.push(content.as_content());
        self
    }

    /// The token of the page's frame (`frame.token_field()`), without which the act is refused.
    pub fn token(mut self, field: impl AsContent) -> Self {
        self.token = field.as_content();
        self
    }

    /// Adds a hidden field of the form.
    pub fn hidden(mut self, name: impl std::fmt::Display, value: impl std::fmt::Display) -> Self {
        self.hidden.push((name.to_string(), value.to_string()));
        self
    }
}

parts!(InterruptionCard);
