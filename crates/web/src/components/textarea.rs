//! Several lines of text, with or without a limit.

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::field::{answered, labelled};
use super::{AsContent, Content, ErrorMessage, Hint, Label};

/// An answer of several lines.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/textarea.html")]
pub struct Textarea {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: Label,
    pub(super) hint: Option<Hint>,
    pub(super) error: Option<ErrorMessage>,
    pub(super) described_by: String,
    pub(super) value: String,
    pub(super) rows: u16,
    pub(super) autocomplete: Option<String>,
    pub(super) spellcheck: Option<bool>,
    pub(super) disabled: bool,
    pub(super) before: Option<Content>,
    pub(super) after: Option<Content>,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
    pub(super) group_classes: Classes,
    pub(super) group_attributes: Attributes,
}

impl Textarea {
    /// A text area of five rows whose id is its name.
    pub fn new(name: impl std::fmt::Display, label: impl AsContent) -> Self {
        let name = name.to_string();
        Self { id: name.clone(), name, label: Label::new(label), rows: 5, ..Self::default() }
    }

    /// Sets a limit in characters. The count is shown where scripting is on; the server checks it always.
    pub fn at_most_characters(self, limit: u32) -> Self {
        self.counted("data-maxlength", limit, "characters")
    }

    /// Sets a limit in words.
    pub fn at_most_words(self, limit: u32) -> Self {
        self.counted("data-maxwords", limit, "words").group_attribute("data-count-type", "words")
    }

    fn counted(self, attribute: &str, limit: u32, unit: &str) -> Self {
        let info = format!("{}-info", self.id);
        let message = Hint::new(format!("You can enter up to {limit} {unit}"))
            .id(&info)
            .classes("govuk-character-count__message");
        self.group_classes("govuk-character-count")
            .group_attribute("data-module", "govuk-character-count")
            .group_attribute(attribute, limit)
            .classes("govuk-js-character-count")
            .described_by(info)
            .after(message)
    }

    /// What is filled in already.
    pub fn value(mut self, value: impl std::fmt::Display) -> Self {
        self.value = value.to_string();
        self
    }

    /// How many rows are shown.
    pub fn rows(mut self, rows: u16) -> Self {
        self.rows = rows;
        self
    }

    /// Whether the browser checks the spelling.
    pub fn spellcheck(mut self, checked: bool) -> Self {
        self.spellcheck = Some(checked);
        self
    }
}

dressed!(Textarea);
answered!(Textarea);
labelled!(Textarea);
parts!(Textarea);
