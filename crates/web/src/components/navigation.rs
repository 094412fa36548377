//! Ways around: back, breadcrumbs, skip link, and the pages of one object.

use std::borrow::Borrow;

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::{AsContent, Content};

/// A link by its words and address; without an address it is the page itself.
#[derive(Clone, Debug, Default)]
pub struct Link {
    pub(super) content: Content,
    pub(super) href: Option<String>,
    pub(super) current: bool,
    pub(super) attributes: Attributes,
}

impl Link {
    /// A link.
    pub fn new(content: impl AsContent, href: impl std::fmt::Display) -> Self {
        Self { content: content.as_content(), href: Some(href.to_string()), ..Self::default() }
    }

    /// The page the person is on.
    pub fn here(content: impl AsContent) -> Self {
        Self { content: content.as_content(), ..Self::default() }
    }

    /// Marks the link as the page the person is on.
    pub fn current(mut self) -> Self {
        self.current = true;
        self
    }

    /// The address, or nothing for the page itself.
    pub fn href(&self) -> Option<&str> {
        self.href.as_deref()
    }

    /// The words.
    pub fn content(&self) -> &Content {
        &self.content
    }
}

/// The way back to the page before.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<a href="{{ href }}" class="govuk-back-link{{ classes }}"{{ attributes }}>{{ content }}</a>"#,
    ext = "html"
)]
pub struct BackLink {
    pub(super) content: Content,
    href: String,
    classes: Classes,
    attributes: Attributes,
}

impl BackLink {
    /// "Back" to an address.
    pub fn new(href: impl std::fmt::Display) -> Self {
        Self { content: Content::Text("Back".to_owned()), href: href.to_string(), ..Self::default() }
    }
}

dressed!(BackLink);

/// Where the page stands.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/breadcrumbs.html")]
pub struct Breadcrumbs {
    pub(super) links: Vec<Link>,
    pub(super) label: String,
    pub(super) collapse: bool,
    classes: Classes,
    attributes: Attributes,
}

impl Breadcrumbs {
    /// The pages above this one, the highest first.
    pub fn new(links: impl IntoIterator<Item: Borrow<Link>>) -> Self {
        Self {
            links: links.into_iter().map(|link| link.borrow().clone()).collect(),
            label: "Breadcrumb".to_owned(),
            collapse: false,
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }

    /// Shows only the first and last on a narrow screen.
    pub fn collapsing(mut self) -> Self {
        self.collapse = true;
        self
    }
}

dressed!(Breadcrumbs);

/// The first stop of the keyboard: past the navigation to the content.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<a href="{{ href }}" class="govuk-skip-link{{ classes }}"{{ attributes }} data-module="govuk-skip-link">{{ content }}</a>"#,
    ext = "html"
)]
pub struct SkipLink {
    content: Content,
    href: String,
    classes: Classes,
    attributes: Attributes,
}

impl SkipLink {
    /// A skip link to an element of this page.
    pub fn new(content: impl AsContent, href: impl std::fmt::Display) -> Self {
        Self { content: content.as_content(), href: href.to_string(), ..Self::default() }
    }
}

dressed!(SkipLink);

/// The pages of one object or area (MoJ sub navigation); used instead of tabs.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/sub_navigation.html")]
pub struct SubNavigation {
    links: Vec<Link>,
    label: String,
}

impl SubNavigation {
    /// Named for what the pages are about.
    pub fn new(label: impl std::fmt::Display, links: impl IntoIterator<Item: Borrow<Link>>) -> Self {
        Self {
            links: links.into_iter().map(|link| link.borrow().clone()).collect(),
            label: label.to_string(),
        }
    }
}

parts!(BackLink, Breadcrumbs, SkipLink, SubNavigation);
