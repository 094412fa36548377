//! Buttons, and links that look like one.

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::{AsContent, Content};

/// A button of a form, or a link in the shape of a button.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/button.html")]
pub struct Button {
    pub(super) content: Content,
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) href: Option<String>,
    pub(super) disabled: bool,
    pub(super) start: bool,
    pub(super) once: Option<bool>,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
}

impl Button {
    /// A button that sends its form; a second click in the same second is ignored where scripting is on.
    pub fn submit(content: impl AsContent) -> Self {
        Self::new(content).once(true)
    }

    /// A button that sends its form each time it is pressed: for searches and filters, which change nothing.
    pub fn new(content: impl AsContent) -> Self {
        Self { content: content.as_content(), kind: "submit".to_owned(), ..Self::default() }
    }

    /// A link in the shape of a button, for going on without sending anything.
    pub fn link(content: impl AsContent, href: impl std::fmt::Display) -> Self {
        Self { href: Some(href.to_string()), ..Self::new(content) }
    }

    /// The second choice beside a main button.
    pub fn secondary(self) -> Self {
        self.classes("govuk-button--secondary")
    }

    /// Something that ends, closes or removes.
    pub fn destructive(self) -> Self {
        self.classes("govuk-button--warning")
    }

    /// For dark backgrounds.
    pub fn inverse(self) -> Self {
        self.classes("govuk-button--inverse")
    }

    /// With the arrow of a first step.
    pub fn start(mut self) -> Self {
        self.start = true;
        self
    }

    /// Whether a second click in the same second is ignored.
    pub fn once(mut self, once: bool) -> Self {
        self.once = Some(once);
        self
    }

    /// The id.
    pub fn id(mut self, id: impl std::fmt::Display) -> Self {
        self.id = id.to_string();
        self
    }

    /// The name and value sent when this button is the one pressed.
    pub fn sends(mut self, name: impl std::fmt::Display, value: impl std::fmt::Display) -> Self {
        self.name = name.to_string();
        self.value = value.to_string();
        self
    }

    /// The type attribute: `submit`, `button` or `reset`.
    pub fn kind(mut self, kind: impl std::fmt::Display) -> Self {
        self.kind = kind.to_string();
        self
    }

    /// Cannot be pressed; say in words why.
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }
}

dressed!(Button);
parts!(Button);
