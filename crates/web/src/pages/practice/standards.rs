//! The standards library: every practice standard by theme, with what it rests on and how far its source was read.

use askama::Template;
use axum::response::Response;
use practice::standard::{Basis, SourceStatus, Standard, Theme};
use serde::Serialize;
use utoipa::ToSchema;

use super::navigation;
use crate::components::{Cell, Heading, Select, SelectOption, Table, Tag, TagColour};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

/// The practice standards.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StandardsView {
    /// Those that the filter lets through, by theme and code.
    pub standards: Vec<StandardRow>,
    /// How many there are in all.
    pub all: usize,
}

/// One standard in the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StandardRow {
    /// Its code.
    pub code: String,
    /// What must happen.
    pub title: String,
    /// What it is about, in words.
    pub theme: String,
    /// What it rests on, in words.
    pub basis: String,
    /// How far its source was read, in words.
    pub status: String,
    /// Whether the council must set its limit.
    pub council_limit: bool,
}

#[derive(Template)]
#[template(path = "pages/practice/standards.html")]
struct StandardsPage {
    frame: Frame,
    view: StandardsView,
    theme: Select,
    basis: Select,
    tables: Vec<Table>,
}

/// Shows the library.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let view = StandardsView::of(&service::library().standards, &asked);
    let page = StandardsPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: navigation(&viewer, "/standards"),
            audience: Some("People with a role in this improvement programme".to_owned()),
            ..super::frame(&viewer, "Practice standards").await?
        },
        theme: choice("theme", "About", &THEMES.map(theme_in_words), asked.text("theme")),
        basis: choice("basis", "Rests on", &BASES.map(basis_in_words), asked.text("basis")),
        tables: view.tables(),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

fn choice(name: &'static str, label: &str, words: &[&str], chosen: &str) -> Select {
    let everything = SelectOption::new("", "Everything");
    let options = words.iter().map(|words| SelectOption::new(*words, *words));
    Select::new(name, label)
        .options(std::iter::once(everything).chain(options).collect::<Vec<_>>())
        .chosen(chosen)
}

impl StandardsView {
    /// The standards that the address asks for.
    pub fn of(standards: &[Standard], asked: &Fields) -> Self {
        let wanted = |name: &str, words: &str| {
            matches!(asked.text(name), "" | "Everything") || asked.text(name) == words
        };
        let mut rows: Vec<(Theme, StandardRow)> = standards
            .iter()
            .filter(|standard| wanted("theme", theme_in_words(standard.theme)))
            .filter(|standard| wanted("basis", basis_in_words(standard.basis)))
            .map(|standard| (standard.theme, StandardRow::of(standard)))
            .collect();
        rows.sort_by(|(one, row), (other, another)| one.cmp(other).then_with(|| row.code.cmp(&another.code)));
        Self { standards: rows.into_iter().map(|(_, row)| row).collect(), all: standards.len() }
    }

    fn tables(&self) -> Vec<Table> {
        let by_theme = self.standards.chunk_by(|one, other| one.theme == other.theme);
        by_theme
            .map(|rows| {
                let caption = rows.first().map_or("", |row| row.theme.as_str());
                let headings = [
                    Heading::new("Standard"),
                    Heading::new("Rests on"),
                    Heading::new("Source"),
                    Heading::new("Code"),
                ];
                Table::new(caption).headings(headings).rows(rows.iter().map(StandardRow::cells)).stacks()
            })
            .collect()
    }
}

impl StandardRow {
    /// A standard as a row.
    pub fn of(standard: &Standard) -> Self {
        Self {
            code: standard.code.clone(),
            title: standard.title.clone(),
            theme: theme_in_words(standard.theme).to_owned(),
            basis: basis_in_words(standard.basis).to_owned(),
            status: status_in_words(standard.status).to_owned(),
            council_limit: standard.council_limit.is_some(),
        }
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::new(link(&self.title, &format!("/standards/{}", self.code))),
            Cell::new(&self.basis),
            Cell::new(status_tag(&self.status)),
            Cell::new(&self.code),
        ]
    }
}

const THEMES: [Theme; 16] = [
    Theme::Referral,
    Theme::Assessment,
    Theme::ChildProtection,
    Theme::ChildInNeed,
    Theme::Learning,
    Theme::Plo,
    Theme::LookedAfter,
    Theme::Health,
    Theme::Education,
    Theme::MissingCse,
    Theme::Stability,
    Theme::Adoption,
    Theme::CareLeavers,
    Theme::PrivateFostering,
    Theme::Workforce,
    Theme::Oversight,
];

const BASES: [Basis; 6] = [
    Basis::Statute,
    Basis::StatutoryGuidance,
    Basis::NationalMeasure,
    Basis::ProfessionalStandard,
    Basis::Notice,
    Basis::Local,
];

/// A theme, as a heading.
pub fn theme_in_words(theme: Theme) -> &'static str {
    match theme {
        Theme::Referral => "Contacts and referrals",
        Theme::Assessment => "Assessments",
        Theme::ChildProtection => "Child protection",
        Theme::ChildInNeed => "Children in need",
        Theme::Learning => "Learning from incidents and complaints",
        Theme::Plo => "Pre-proceedings and proceedings",
        Theme::LookedAfter => "Children in care: plans, reviews and visits",
        Theme::Health => "Health of children in care",
        Theme::Education => "Education of children in care",
        Theme::MissingCse => "Missing children and exploitation",
        Theme::Stability => "Stability of placements",
        Theme::Adoption => "Adoption",
        Theme::CareLeavers => "Care leavers",
        Theme::PrivateFostering => "Private fostering",
        Theme::Workforce => "Social workers, supervision and caseloads",
        Theme::Oversight => "Management oversight and records",
    }
}

/// What a standard rests on.
pub fn basis_in_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Statute => "Law",
        Basis::StatutoryGuidance => "Statutory guidance",
        Basis::NationalMeasure => "The way the Department measures",
        Basis::ProfessionalStandard => "A standard of the profession",
        Basis::Notice => "A notice or inspectors' letter",
        Basis::Local => "The council's own decision",
    }
}

/// How far a source was read.
pub fn status_in_words(status: SourceStatus) -> &'static str {
    match status {
        SourceStatus::Verified => "Source read",
        SourceStatus::Secondary => "Read second-hand",
        SourceStatus::Unverified => "Not verified",
    }
}

/// The tag of how far a source was read.
pub fn status_tag(words: &str) -> Tag {
    let colour = match words {
        "Source read" => TagColour::Green,
        "Read second-hand" => TagColour::Purple,
        _ => TagColour::Yellow,
    };
    Tag::new(words).colour(colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_filters_by_theme_and_basis() {
        let standards = &service::library().standards;
        let all = StandardsView::of(standards, &Fields::default());
        assert_eq!(all.standards.len(), all.all);
        let asked = Fields::parse(b"theme=Assessments&basis=Statutory+guidance");
        let some = StandardsView::of(standards, &asked);
        assert!(!some.standards.is_empty() && some.standards.len() < all.standards.len());
        let fits = |row: &StandardRow| row.theme == "Assessments" && row.basis == "Statutory guidance";
        assert!(some.standards.iter().all(fits));
    }
}
