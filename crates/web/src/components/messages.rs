//! What the page says to the person: insets, warnings, hidden details, banners, the error summary, the panel.

use std::borrow::Borrow;

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::{AsContent, Content};

/// Words set apart, for instance a clause quoted from a notice.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<div{% if !id.is_empty() %} id="{{ id }}"{% endif %} class="govuk-inset-text{{ classes }}"{{ attributes }}>{{ content }}</div>"#,
    ext = "html"
)]
pub struct InsetText {
    pub(super) content: Content,
    pub(super) id: String,
    classes: Classes,
    attributes: Attributes,
}

impl InsetText {
    /// Words or a part set apart.
    pub fn new(content: impl AsContent) -> Self {
        Self { content: content.as_content(), ..Self::default() }
    }
}

dressed!(InsetText);

/// Something the person must know before going on.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/warning_text.html")]
pub struct WarningText {
    pub(super) content: Content,
    pub(super) spoken_before: Option<String>,
    classes: Classes,
    attributes: Attributes,
}

impl WarningText {
    /// A warning.
    pub fn new(content: impl AsContent) -> Self {
        Self { content: content.as_content(), ..Self::default() }
    }
}

dressed!(WarningText);

/// Words shown on request. Print shows them always.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/details.html")]
pub struct Details {
    pub(super) summary: Content,
    pub(super) content: Content,
    pub(super) id: String,
    pub(super) open: bool,
    classes: Classes,
    attributes: Attributes,
}

impl Details {
    /// A summary line and what it opens.
    pub fn new(summary: impl AsContent, content: impl AsContent) -> Self {
        Self { summary: summary.as_content(), content: content.as_content(), ..Self::default() }
    }

    /// Shown open at first.
    pub fn open(mut self) -> Self {
        self.open = true;
        self
    }
}

dressed!(Details);

/// One line of the error summary.
#[derive(Clone, Debug, Default)]
pub struct SummaryItem {
    pub(super) content: Content,
    pub(super) href: Option<String>,
    pub(super) attributes: Attributes,
}

impl SummaryItem {
    /// A message that leads to its field.
    pub fn linked(content: impl AsContent, href: impl std::fmt::Display) -> Self {
        Self { content: content.as_content(), href: Some(href.to_string()), ..Self::default() }
    }

    /// A message about the whole form.
    pub fn plain(content: impl AsContent) -> Self {
        Self { content: content.as_content(), ..Self::default() }
    }
}

/// All that is wrong with a form, at the top of its page. The title of the page then begins with "Error: ".
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/error_summary.html")]
pub struct ErrorSummary {
    pub(super) title: Content,
    pub(super) description: Content,
    pub(super) items: Vec<SummaryItem>,
    pub(super) keep_focus: Option<bool>,
    classes: Classes,
    attributes: Attributes,
}

impl ErrorSummary {
    /// An empty summary under its title.
    pub fn new(title: impl AsContent) -> Self {
        Self { title: title.as_content(), ..Self::default() }
    }

    /// Adds lines.
    pub fn items(mut self, items: impl IntoIterator<Item: Borrow<SummaryItem>>) -> Self {
        self.items.extend(items.into_iter().map(|item| item.borrow().clone()));
        self
    }

    /// Words before the lines.
    pub fn description(mut self, content: impl AsContent) -> Self {
        self.description = content.as_content();
        self
    }
}

dressed!(ErrorSummary);

/// What has just happened, or what everyone must know: one to a page, never beside an error summary.
#[derive(Clone, Debug, Template)]
#[template(path = "components/notification_banner.html")]
pub struct NotificationBanner {
    pub(super) content: Content,
    pub(super) title: Content,
    pub(super) title_id: String,
    pub(super) heading_level: u8,
    pub(super) success: bool,
    pub(super) role: String,
    pub(super) keep_focus: Option<bool>,
    classes: Classes,
    attributes: Attributes,
}

impl NotificationBanner {
    /// Something everyone on this page must know.
    pub fn important(content: impl AsContent) -> Self {
        Self {
            content: content.as_content(),
            title: Content::Text("Important".to_owned()),
            title_id: "govuk-notification-banner-title".to_owned(),
            heading_level: 2,
            success: false,
            role: "region".to_owned(),
            keep_focus: None,
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }

    /// The act the person asked for is done.
    pub fn success(content: impl AsContent) -> Self {
        Self {
            title: Content::Text("Success".to_owned()),
            success: true,
            role: "alert".to_owned(),
            ..Self::important(content)
        }
    }

    /// Another title.
    pub fn title(mut self, title: impl AsContent) -> Self {
        self.title = title.as_content();
        self
    }
}

dressed!(NotificationBanner);

/// The end of a journey: what has been done and its reference.
#[derive(Clone, Debug, Template)]
#[template(path = "components/panel.html")]
pub struct Panel {
    pub(super) title: Content,
    pub(super) content: Content,
    pub(super) heading_level: u8,
    pub(super) classes: Classes,
    attributes: Attributes,
}

impl Panel {
    /// A panel that is the page's main heading.
    pub fn new(title: impl AsContent, content: impl AsContent) -> Self {
        Self {
            title: title.as_content(),
            content: content.as_content(),
            heading_level: 1,
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }

    /// Another heading level than 1.
    pub fn heading_level(mut self, level: u8) -> Self {
        self.heading_level = level;
        self
    }
}

dressed!(Panel);

parts!(InsetText, WarningText, Details, ErrorSummary, NotificationBanner, Panel);
