//! Facts about one object, as keys and values, alone or in a card.

use std::borrow::Borrow;

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::{AsContent, Content};

/// A link beside a fact; the hidden words say what it changes.
#[derive(Clone, Debug, Default)]
pub struct Action {
    pub(super) content: Content,
    pub(super) href: String,
    pub(super) hidden: String,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
}

impl Action {
    /// A link whose visible word is short ("Change") and whose hidden words finish the sentence.
    pub fn new(
        content: impl AsContent,
        href: impl std::fmt::Display,
        hidden: impl std::fmt::Display,
    ) -> Self {
        Self {
            content: content.as_content(),
            href: href.to_string(),
            hidden: hidden.to_string(),
            ..Self::default()
        }
    }
}

dressed!(Action);

/// One fact.
#[derive(Clone, Debug, Default)]
pub struct SummaryRow {
    pub(super) key: Content,
    pub(super) key_classes: Classes,
    pub(super) value: Content,
    pub(super) value_classes: Classes,
    pub(super) actions: Option<Vec<Action>>,
    pub(super) actions_classes: Classes,
    pub(super) classes: Classes,
}

impl SummaryRow {
    /// A key and its value.
    pub fn new(key: impl AsContent, value: impl AsContent) -> Self {
        Self { key: key.as_content(), value: value.as_content(), ..Self::default() }
    }

    /// Adds a link.
    pub fn action(mut self, action: impl Borrow<Action>) -> Self {
        self.actions.get_or_insert_default().push(action.borrow().clone());
        self
    }

    fn has_actions(&self) -> bool {
        self.actions.as_ref().is_some_and(|actions| !actions.is_empty())
    }
}

/// The frame around a list, with a title and links of its own.
#[derive(Clone, Debug)]
pub struct SummaryCard {
    pub(super) title: Content,
    pub(super) heading_level: u8,
    pub(super) actions: Vec<Action>,
    classes: Classes,
    attributes: Attributes,
}

impl SummaryCard {
    /// A card under its title.
    pub fn new(title: impl AsContent) -> Self {
        Self {
            title: title.as_content(),
            heading_level: 2,
            actions: Vec::new(),
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }

    /// Adds a link about the whole card.
    pub fn action(mut self, action: impl Borrow<Action>) -> Self {
        self.actions.push(action.borrow().clone());
        self
    }

    /// Another heading level than 2.
    pub fn heading_level(mut self, level: u8) -> Self {
        self.heading_level = level;
        self
    }
}

dressed!(SummaryCard);

/// A list of facts.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/summary_list.html")]
pub struct SummaryList {
    pub(super) rows: Vec<SummaryRow>,
    pub(super) card: Option<SummaryCard>,
    classes: Classes,
    attributes: Attributes,
}

impl SummaryList {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a key and its value.
    pub fn row(self, key: impl AsContent, value: impl AsContent) -> Self {
        self.row_part(SummaryRow::new(key, value))
    }

    /// Adds a fact with a "Change" link.
    pub fn row_to_change(
        self,
        key: impl AsContent,
        value: impl AsContent,
        href: impl std::fmt::Display,
        what: impl std::fmt::Display,
    ) -> Self {
        self.row_part(SummaryRow::new(key, value).action(Action::new("Change", href, what)))
    }

    /// Adds a row part.
    pub fn row_part(mut self, row: impl Borrow<SummaryRow>) -> Self {
        self.rows.push(row.borrow().clone());
        self
    }

    /// Puts the list into a card.
    pub fn in_card(mut self, card: impl Borrow<SummaryCard>) -> Self {
        self.card = Some(card.borrow().clone());
        self
    }

    fn any_actions(&self) -> bool {
        self.rows.iter().any(SummaryRow::has_actions)
    }

    fn card_title(&self) -> Option<&Content> {
        self.card.as_ref().map(|card| &card.title).filter(|title| !title.is_empty())
    }
}

dressed!(SummaryList);
parts!(SummaryList);
