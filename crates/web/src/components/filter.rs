//! Narrowing a list (MoJ filter): a plain form, so that a filtered view has an address.

use std::borrow::Borrow;

use askama::Template;

use super::content::parts;
use super::{AsContent, Content, Link};

/// The values chosen under one question, each removable.
#[derive(Clone, Debug, Default)]
pub struct SelectedFilters {
    heading: String,
    links: Vec<Link>,
}

impl SelectedFilters {
    /// The question and, for each value, its words and the address of the list without it.
    pub fn new(heading: impl std::fmt::Display, links: impl IntoIterator<Item: Borrow<Link>>) -> Self {
        Self {
            heading: heading.to_string(),
            links: links.into_iter().map(|link| link.borrow().clone()).collect(),
        }
    }
}

/// The form beside a list.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/filter.html")]
pub struct Filter {
    action: String,
    heading: String,
    fields: Vec<Content>,
    selected: Vec<SelectedFilters>,
    results_id: String,
}

impl Filter {
    /// A filter of the list at this address, whose element has this id.
    pub fn new(action: impl std::fmt::Display, results_id: impl std::fmt::Display) -> Self {
        Self {
            action: action.to_string(),
            results_id: results_id.to_string(),
            heading: "Filter".to_owned(),
            ..Self::default()
        }
    }

    /// Adds a question.
    pub fn field(mut self, part: impl AsContent) -> Self {
        self.fields.push(part.as_content());
        self
    }

    /// Adds what is chosen now.
    pub fn selected(mut self, selected: impl Borrow<SelectedFilters>) -> Self {
        let selected = selected.borrow();
        if !selected.links.is_empty() {
            self.selected.push(selected.clone());
        }
        self
    }
}

parts!(Filter);
