//! The register: every live duty with its clause, who must do it, when, and how it stands.

use askama::Template;
use axum::response::Response;
use improvement::register::Obligation;
use improvement::words::{
    bearers_in_words, due_in_words, modality_in_words, sentence_case, state_in_words, status_in_words,
    theme_title, timing_in_words,
};
use jiff::civil::Date;
use serde::Serialize;
use service::{Action, Programme};
use utoipa::ToSchema;

use super::cells::{due_tag, lines, link, register_tag};
use super::file::downloads;
use super::filter::{By, DutyFilter};
use super::question::refused;
use super::standing::{live, notice_title, shown, sort_day, undated};
use crate::components::{Cell, Filter, Heading, Pagination, Select, Table};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// What the register can be narrowed by.
pub const BY: [By; 8] =
    [By::Words, By::Status, By::Notice, By::Bearer, By::Theme, By::Modality, By::State, By::Owner];

const PAGE: usize = 50;

/// The register of duties, or the part of it that was asked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DutiesView {
    /// What was asked for, in words.
    pub asked_for: String,
    /// Live duties in the whole register.
    pub live: usize,
    /// Duties that match.
    pub found: usize,
    /// The page shown, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The duties of this page.
    pub duties: Vec<DutyRow>,
}

/// One duty of the register.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DutyRow {
    /// Its id.
    pub id: String,
    /// Its clause.
    pub reference: String,
    /// The title of the document that carries it.
    pub notice: String,
    /// The document's id.
    pub notice_id: String,
    /// What must be done.
    pub text: String,
    /// Who must act, in words.
    pub bearers: String,
    /// How strongly it binds, in a word.
    pub modality: String,
    /// When, in words.
    pub timing: String,
    /// The date that matters now, in words.
    pub due: Option<String>,
    /// The day that date sorts by.
    pub due_on: Option<String>,
    /// The state of that date, in a word or two.
    pub due_state: Option<String>,
    /// How it stands, in a sentence.
    pub status: String,
    /// Where it stands in the register.
    pub state: String,
    /// Its theme.
    pub theme: String,
    /// The person answerable.
    pub owner: Option<String>,
}

impl DutyRow {
    /// The row of a duty.
    pub fn of(programme: &Programme, row: &Obligation) -> Self {
        let shown = shown(programme, row);
        let reason = undated(programme, row).map(|undated| undated.sentence.clone());
        Self {
            id: row.id.to_string(),
            reference: row.reference.clone(),
            notice: notice_title(programme, row),
            notice_id: row.instrument.to_string(),
            text: row.text.clone(),
            bearers: bearers_in_words(&row.bearers, row.bearer_rule),
            modality: modality_in_words(row.modality).to_owned(),
            timing: timing_in_words(&row.timing),
            due: shown.map(|occurrence| sentence_case(&due_in_words(&occurrence.due))),
            due_on: shown.and_then(sort_day).map(|day| day.to_string()),
            due_state: shown.map(|occurrence| state_in_words(occurrence.state).to_owned()),
            status: shown.map(status_in_words).or(reason).unwrap_or_default(),
            state: row.state.in_words().to_owned(),
            theme: theme_title(&row.theme),
            owner: row.owner.map(|owner| programme.name_of(owner).to_owned()),
        }
    }
}

/// The filter of the register from an address.
pub fn filter(fields: &Fields) -> DutyFilter {
    DutyFilter::asked("/duties", fields, &BY, &["sort"])
}

/// The duties that a filter asks for, in the order it asks for.
pub fn found<'a>(programme: &'a Programme, filter: &DutyFilter) -> Vec<&'a Obligation> {
    let mut rows: Vec<&Obligation> =
        programme.obligations.iter().filter(|row| filter.matches(programme, row)).collect();
    match filter.kept("sort") {
        Some("due") => {
            rows.sort_by_key(|row| shown(programme, row).and_then(sort_day).unwrap_or(Date::MAX));
        }
        Some("bearer") => rows.sort_by_key(|row| bearers_in_words(&row.bearers, row.bearer_rule)),
        Some("owner") => rows.sort_by_key(|row| {
            row.owner.map_or_else(|| "\u{10ffff}".to_owned(), |owner| programme.name_of(owner).to_owned())
        }),
        _ => {}
    }
    rows
}

impl DutiesView {
    /// One page of the register.
    pub fn of(programme: &Programme, filter: &DutyFilter, page: usize) -> Self {
        let rows = found(programme, filter);
        let pages = rows.len().div_ceil(PAGE).max(1);
        let page = page.clamp(1, pages);
        let duties = rows.iter().skip((page - 1) * PAGE).take(PAGE).map(|row| DutyRow::of(programme, row));
        Self {
            asked_for: filter.in_words(programme),
            live: live(programme).count(),
            found: rows.len(),
            page,
            pages,
            duties: duties.collect(),
        }
    }

    fn counted(&self) -> String {
        let duties = if self.found == 1 { "duty" } else { "duties" };
        let first = (self.page - 1) * PAGE + 1;
        match (self.found, self.pages) {
            (0, _) => "No duties".to_owned(),
            (found, 1) => format!("{found} {duties}"),
            (found, _) => format!("{first} to {} of {found} {duties}", first + self.duties.len() - 1),
        }
    }

    fn table(&self) -> Table {
        let headings = ["Duty", "Who and when", "What is due", "In the register"];
        let rows = self.duties.iter().map(|duty| {
            let due = match &duty.due_state {
                Some(word) => lines(&[&due_tag(word), &duty.status]),
                None => lines(&[&duty.status]),
            };
            let owner = duty.owner.as_deref().unwrap_or("Nobody answers for it yet");
            vec![
                Cell::new(lines(&[
                    &link(&super::cells::clause(&duty.reference), &format!("/duties/{}", duty.id)),
                    &duty.text,
                ])),
                Cell::new(lines(&[
                    &format!("{}: {}", duty.bearers, duty.modality.to_lowercase()),
                    &duty.timing,
                ])),
                Cell::new(due).sorts_as(duty.due_on.as_deref().unwrap_or("9999")),
                Cell::new(lines(&[&register_tag(&duty.state), &owner])),
            ]
        });
        Table::new(self.counted()).headings(headings.map(Heading::new)).rows(rows).stacks()
    }
}

#[derive(Template)]
#[template(path = "pages/duties/list.html")]
struct DutiesPage {
    frame: Frame,
    view: DutiesView,
    filter: Filter,
    table: Table,
    pagination: Option<Pagination>,
    unfiltered: bool,
}

/// Shows the register.
pub async fn show(viewer: Viewer, Asked(fields): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let filter = filter(&fields);
    let view = DutiesView::of(&programme, &filter, fields.number("page").unwrap_or(1));
    let may_export = viewer.may(Action::ExportRegister);
    let address = |path: &str| filter.address(path, &[]);
    let frame = Frame {
        breadcrumbs: breadcrumbs(&[]),
        sub_navigation: duties_navigation("/duties"),
        downloads: if may_export {
            downloads(&address("/duties.csv"), &address("/duties.xlsx"))
        } else {
            Vec::new()
        },
        ..viewer.programme_frame(&programme, "Duties", Area::Duties)
    };
    Ok(viewer.show(&page(frame, &programme, &filter, view.clone()), &view))
}

fn page(frame: Frame, programme: &Programme, filter: &DutyFilter, view: DutiesView) -> DutiesPage {
    let sort = Select::new("sort", "Order")
        .option("", "As in the document")
        .option("due", "What is due first")
        .option("bearer", "Who must act")
        .option("owner", "Answerable person")
        .chosen(filter.kept("sort").unwrap_or_default());
    let pagination = (view.pages > 1).then(|| {
        Pagination::numbered(view.page, view.pages, |page| {
            filter.address("/duties", &[("page", &page.to_string())])
        })
    });
    DutiesPage {
        frame,
        filter: filter.form(programme, "register", &BY).field(sort),
        table: view.table(),
        pagination,
        unfiltered: filter.is_empty(),
        view,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn each_duty_says_who_when_and_how_it_stands() {
        let programme = sample::programme();
        let filter = filter(&Fields::default());
        let view = DutiesView::of(&programme, &filter, 1);
        assert_eq!((view.live, view.found, view.pages), (3, 3, 1));
        let html = page(Frame::new("Duties"), &programme, &filter, view).render().unwrap();
        assert!(html.contains("At least every 4 weeks (a gap of more than 28 days is a breach)"));
        assert!(html.contains("Overdue by 1 day. It was due by the end of May 2026."));
        assert!(html.contains("No date: the day the notice was received is not known."));
        assert!(html.contains("Nobody answers for it yet"));
    }

    #[test]
    fn the_soonest_date_comes_first_when_asked_and_what_has_no_date_last() {
        let programme = sample::programme();
        let found = found(&programme, &filter(&Fields::parse(b"sort=due")));
        assert_eq!(found[0].reference, "2");
        assert_eq!(found[2].reference, "3");
    }

    #[test]
    fn a_page_beyond_the_last_shows_the_last() {
        let view = DutiesView::of(&sample::programme(), &filter(&Fields::default()), 99);
        assert_eq!(view.page, 1);
    }
}
