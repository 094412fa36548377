//! Pages of a long list.

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::{AsContent, Content};

/// The page before or after.
#[derive(Clone, Debug, Default)]
pub struct PageLink {
    pub(super) href: String,
    pub(super) content: Option<Content>,
    pub(super) label: Option<String>,
    pub(super) attributes: Attributes,
}

impl PageLink {
    /// A link with the usual words.
    pub fn new(href: impl std::fmt::Display) -> Self {
        Self { href: href.to_string(), ..Self::default() }
    }

    /// Other words than "Previous page" or "Next page".
    pub fn words(mut self, content: impl AsContent) -> Self {
        self.content = Some(content.as_content());
        self
    }

    /// What the page is about.
    pub fn label(mut self, label: impl std::fmt::Display) -> Self {
        self.label = Some(label.to_string());
        self
    }
}

/// A page by its number, or a gap between numbers.
#[derive(Clone, Debug, Default)]
pub struct PageNumber {
    pub(super) number: String,
    pub(super) href: String,
    pub(super) current: bool,
    pub(super) gap: bool,
    pub(super) spoken: Option<String>,
}

impl PageNumber {
    fn spoken(&self) -> String {
        self.spoken.clone().unwrap_or_else(|| format!("Page {}", self.number))
    }
}

/// The pages around the one shown.
#[derive(Clone, Debug, Template)]
#[template(path = "components/pagination.html")]
pub struct Pagination {
    pub(super) previous: Option<PageLink>,
    pub(super) next: Option<PageLink>,
    pub(super) numbers: Option<Vec<PageNumber>>,
    pub(super) label: String,
    classes: Classes,
    attributes: Attributes,
}

impl Pagination {
    /// The page before and the page after, for things read in order (meetings, months).
    pub fn steps(previous: Option<PageLink>, next: Option<PageLink>) -> Self {
        Self {
            previous,
            next,
            numbers: None,
            label: "Pagination".to_owned(),
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }

    /// Numbered pages: the first, the last, and those beside the current one.
    pub fn numbered(current: usize, last: usize, address: impl Fn(usize) -> String) -> Self {
        let mut numbers = Vec::new();
        for page in 1..=last {
            let near = page.abs_diff(current) <= 1 || page == 1 || page == last;
            if near {
                numbers.push(PageNumber {
                    number: page.to_string(),
                    href: address(page),
                    current: page == current,
                    ..PageNumber::default()
                });
            } else if !numbers.last().is_some_and(|number| number.gap) {
                numbers.push(PageNumber { gap: true, ..PageNumber::default() });
            }
        }
        let previous = (current > 1).then(|| PageLink::new(address(current - 1)));
        let next = (current < last).then(|| PageLink::new(address(current + 1)));
        Self { numbers: Some(numbers), ..Self::steps(previous, next) }
    }

    fn is_block(&self) -> bool {
        self.numbers.is_none() && (self.previous.is_some() || self.next.is_some())
    }
}

dressed!(Pagination);
parts!(Pagination);
