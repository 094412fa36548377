//! The generic header and the main navigation under it.

use std::borrow::Borrow;

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::{AsContent, Content};

/// The bar with the council's name or logo, leading home.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/generic_header.html")]
pub struct GenericHeader {
    logo: Content,
    href: String,
    pub(super) container_classes: Option<String>,
    classes: Classes,
    attributes: Attributes,
}

impl GenericHeader {
    /// A header with words or a logo.
    pub fn new(logo: impl AsContent, href: impl std::fmt::Display) -> Self {
        Self { logo: logo.as_content(), href: href.to_string(), ..Self::default() }
    }
}

dressed!(GenericHeader);

/// One of the main areas. Without an address it is shown as words: not there yet, or not for this person.
#[derive(Clone, Debug, Default)]
pub struct NavigationItem {
    pub(super) content: Content,
    pub(super) href: Option<String>,
    pub(super) current: bool,
    pub(super) active: bool,
    pub(super) attributes: Attributes,
}

impl NavigationItem {
    /// An area that can be opened.
    pub fn new(content: impl AsContent, href: impl std::fmt::Display) -> Self {
        Self { content: content.as_content(), href: Some(href.to_string()), ..Self::default() }
    }

    /// An area that cannot be opened now.
    pub fn closed(content: impl AsContent) -> Self {
        Self { content: content.as_content(), ..Self::default() }
    }

    /// The person is in this area.
    pub fn active(mut self) -> Self {
        self.active = true;
        self
    }

    /// The person is on this very page.
    pub fn current(mut self) -> Self {
        self.current = true;
        self
    }

    fn marked(&self) -> bool {
        self.active || self.current
    }

    fn mark(&self) -> &'static str {
        if self.current { "page" } else { "true" }
    }
}

/// The service's name and main areas.
#[derive(Clone, Debug, Template)]
#[template(path = "components/service_navigation.html")]
pub struct ServiceNavigation {
    pub(super) service_name: Option<String>,
    pub(super) service_href: Option<String>,
    pub(super) items: Vec<NavigationItem>,
    pub(super) label: String,
    pub(super) region_label: String,
    pub(super) menu_label: Option<String>,
    pub(super) menu_text: String,
    pub(super) navigation_id: String,
    pub(super) navigation_classes: Classes,
    pub(super) collapse: Option<bool>,
    pub(super) at_start: Option<Content>,
    pub(super) at_end: Option<Content>,
    classes: Classes,
    attributes: Attributes,
}

impl ServiceNavigation {
    /// The main areas, in order.
    pub fn new(items: impl IntoIterator<Item: Borrow<NavigationItem>>) -> Self {
        Self {
            service_name: None,
            service_href: None,
            items: items.into_iter().map(|item| item.borrow().clone()).collect(),
            label: "Menu".to_owned(),
            region_label: "Service information".to_owned(),
            menu_label: None,
            menu_text: "Menu".to_owned(),
            navigation_id: "navigation".to_owned(),
            navigation_classes: Classes::default(),
            collapse: None,
            at_start: None,
            at_end: None,
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }

    /// The service's name, leading to its first page.
    pub fn service(mut self, name: impl std::fmt::Display, href: impl std::fmt::Display) -> Self {
        self.service_name = Some(name.to_string());
        self.service_href = Some(href.to_string());
        self
    }

    fn collapses(&self) -> bool {
        self.collapse.unwrap_or(self.items.len() > 1)
    }

    fn is_region(&self) -> bool {
        self.service_name.is_some() || self.at_start.is_some() || self.at_end.is_some()
    }
}

dressed!(ServiceNavigation);
parts!(GenericHeader, ServiceNavigation);
