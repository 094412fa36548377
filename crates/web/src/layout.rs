//! The frame around every page: header, navigation, the lines that say as at when and for whose eyes, footer.

use askama::Template;

use crate::assets;
use crate::components::{
    AsContent, BackLink, Breadcrumbs, Content, GenericHeader, Html, Link, NavigationItem, NotificationBanner,
    Problems, ServiceNavigation, SkipLink, SubNavigation,
};

/// The name of the service, in the navigation and in page titles.
pub const SERVICE_NAME: &str = "Headway";

/// The handling mark of a page, printed on every sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HandlingMark {
    /// No mark: the public help, glossary and accessibility pages.
    #[default]
    Unmarked,
    /// Routine council business.
    Official,
    /// Anything about children, staff or an unpublished judgement.
    OfficialSensitive,
}

impl HandlingMark {
    /// The words of the mark.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::Unmarked => None,
            Self::Official => Some("OFFICIAL"),
            Self::OfficialSensitive => Some("OFFICIAL-SENSITIVE"),
        }
    }

    /// The print style takes the mark of each sheet from this class: no words reach the style sheet.
    fn page_class(self) -> &'static str {
        match self {
            Self::Unmarked => "headway-sheet",
            Self::Official => "headway-sheet headway-sheet--official",
            Self::OfficialSensitive => "headway-sheet headway-sheet--official-sensitive",
        }
    }
}

/// The council whose page this is.
#[derive(Clone, Debug, Default)]
pub struct CouncilName {
    /// Its name.
    pub name: String,
    /// The address of its logo, served by this program; the name is its text alternative.
    pub logo: Option<String>,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person's name.
    pub name: String,
    /// The role they act in.
    pub role: Option<String>,
    /// The account page.
    pub account_href: String,
    /// Where signing out posts to.
    pub sign_out_action: String,
}

/// The search box.
#[derive(Clone, Debug)]
pub struct SearchBox {
    /// The page of results.
    pub action: String,
    /// What was searched for.
    pub words: String,
}

/// What every page carries besides its own content.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The page's main heading and the first words of its title. Never names a child.
    pub heading: String,
    /// Smaller words above the heading: the area or object.
    pub caption: Option<String>,
    /// The council.
    pub council: CouncilName,
    /// Who is signed in, if anyone.
    pub signed_in: Option<SignedIn>,
    /// The six areas; one without an address is shown as words.
    pub areas: Vec<NavigationItem>,
    /// The pages of this area or object.
    pub sub_navigation: Option<SubNavigation>,
    /// Where the page stands.
    pub breadcrumbs: Option<Breadcrumbs>,
    /// The way back, on question pages.
    pub back_link: Option<BackLink>,
    /// The day and data the page speaks of: "31 May 2026, data loaded 2 June 2026".
    pub as_at: Option<String>,
    /// Who can see this page, in words.
    pub audience: Option<String>,
    /// The history of what the page shows.
    pub history_href: Option<String>,
    /// The page in other forms.
    pub downloads: Vec<Link>,
    /// The handling mark.
    pub handling: HandlingMark,
    /// "Draft" and the like, across every printed sheet.
    pub watermark: Option<String>,
    /// What has just happened.
    pub banner: Option<NotificationBanner>,
    /// What is wrong with the form on this page.
    pub problems: Problems,
    /// The search box, where the person may search.
    pub search: Option<SearchBox>,
    /// Accessibility statement, help, glossary, privacy.
    pub footer_links: Vec<Link>,
    /// The version of the program.
    pub version: String,
    /// The token each form sends back.
    pub form_token: Option<String>,
}

impl Frame {
    /// A frame with a heading; the rest is set field by field.
    pub fn new(heading: impl std::fmt::Display) -> Self {
        Self {
            heading: heading.to_string(),
            footer_links: Self::usual_footer_links(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Self::default()
        }
    }

    /// The links every page ends with.
    pub fn usual_footer_links() -> Vec<Link> {
        vec![
            Link::new("Help", "/help"),
            Link::new("Glossary", "/glossary"),
            Link::new("Accessibility statement", "/accessibility"),
            Link::new("Privacy", "/privacy"),
        ]
    }

    /// The title of the page, beginning with "Error: " when the form has problems.
    pub fn title(&self) -> String {
        let error = if self.problems.is_empty() { "" } else { "Error: " };
        let council =
            if self.council.name.is_empty() { String::new() } else { format!(" – {}", self.council.name) };
        format!("{error}{} – {SERVICE_NAME}{council}", self.heading)
    }

    /// The hidden field that every form which changes something carries.
    pub fn token_field(&self) -> Html {
        Html::of(&TokenField { token: self.form_token.as_deref().unwrap_or_default() })
    }

    /// The address of a style sheet or script.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// The first stop of the keyboard.
    pub fn skip_link(&self) -> SkipLink {
        SkipLink::new("Skip to main content", "#main")
    }

    /// The bar with the council's name or logo.
    pub fn header(&self) -> GenericHeader {
        GenericHeader::new(self.logo(), "/")
    }

    /// The service's name and main areas.
    pub fn navigation(&self) -> ServiceNavigation {
        ServiceNavigation::new(self.areas.clone()).service(SERVICE_NAME, "/")
    }

    /// Whether there is anything to say under the heading.
    pub fn has_facts(&self) -> bool {
        self.as_at.is_some()
            || self.audience.is_some()
            || self.history_href.is_some()
            || !self.downloads.is_empty()
    }

    fn logo(&self) -> Content {
        match (&self.council.logo, self.council.name.as_str()) {
            (Some(address), name) => Content::Html(Html::of(&Logo { address, name })),
            (None, "") => SERVICE_NAME.as_content(),
            (None, name) => name.as_content(),
        }
    }

    /// The class that gives each printed sheet its mark.
    pub fn page_class(&self) -> &'static str {
        self.handling.page_class()
    }
}

#[derive(Template)]
#[template(source = r#"<input type="hidden" name="form_token" value="{{ token }}">"#, ext = "html")]
struct TokenField<'a> {
    token: &'a str,
}

#[derive(Template)]
#[template(source = r#"<img class="headway-logo" src="{{ address }}" alt="{{ name }}">"#, ext = "html")]
struct Logo<'a> {
    address: &'a str,
    name: &'a str,
}

#[cfg(test)]
mod tests;
