//! One answer out of a long list.

use std::borrow::Borrow;

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::field::{answered, labelled};
use super::{AsContent, Content, ErrorMessage, Hint, Label};

/// One line of the list; without a value its words are what is sent.
#[derive(Clone, Debug, Default)]
pub struct SelectOption {
    pub(super) value: Option<String>,
    pub(super) text: String,
    pub(super) selected: Option<bool>,
    pub(super) disabled: bool,
    pub(super) attributes: Attributes,
}

impl SelectOption {
    /// A line with the value it sends.
    pub fn new(value: impl std::fmt::Display, text: impl std::fmt::Display) -> Self {
        Self { value: Some(value.to_string()), text: text.to_string(), ..Self::default() }
    }

    /// A line that sends its own words.
    pub fn words(text: impl std::fmt::Display) -> Self {
        Self { text: text.to_string(), ..Self::default() }
    }

    fn sent(&self) -> &str {
        self.value.as_deref().unwrap_or(&self.text)
    }
}

/// A drop-down list.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/select.html")]
pub struct Select {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: Label,
    pub(super) hint: Option<Hint>,
    pub(super) error: Option<ErrorMessage>,
    pub(super) described_by: String,
    pub(super) chosen: Option<String>,
    pub(super) options: Vec<SelectOption>,
    pub(super) disabled: bool,
    pub(super) before: Option<Content>,
    pub(super) after: Option<Content>,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
    pub(super) group_classes: Classes,
    pub(super) group_attributes: Attributes,
}

impl Select {
    /// A list whose id is its name.
    pub fn new(name: impl std::fmt::Display, label: impl AsContent) -> Self {
        let name = name.to_string();
        Self { id: name.clone(), name, label: Label::new(label), ..Self::default() }
    }

    /// Adds a line with the value it sends.
    pub fn option(self, value: impl std::fmt::Display, text: impl std::fmt::Display) -> Self {
        self.option_part(SelectOption::new(value, text))
    }

    /// Adds a line part.
    pub fn option_part(mut self, option: impl Borrow<SelectOption>) -> Self {
        self.options.push(option.borrow().clone());
        self
    }

    /// Adds many lines.
    pub fn options(mut self, options: impl IntoIterator<Item: Borrow<SelectOption>>) -> Self {
        self.options.extend(options.into_iter().map(|option| option.borrow().clone()));
        self
    }

    /// The value that is chosen already.
    pub fn chosen(mut self, value: impl std::fmt::Display) -> Self {
        self.chosen = Some(value.to_string());
        self
    }

    fn is_selected(&self, option: &SelectOption) -> bool {
        option.selected.unwrap_or_else(|| self.chosen.as_deref() == Some(option.sent()))
    }
}

dressed!(Select);
answered!(Select);
labelled!(Select);
parts!(Select);
