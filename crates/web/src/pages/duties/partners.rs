//! The partner agencies of the intervention: why each counts as one, and whether it sits on the board.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::register::Partner;
use serde::Serialize;
use service::acts::{AddPartner, EndPartner, Seen};
use service::{Action, Programme, Refusal};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::PartnerId;

use super::cells::link;
use super::question::{Answers, QuestionPage, Sent, parts_of, programme_now, refused, send, typed_date};
use crate::components::{AsContent as _, Cell, Choices, DateInput, Heading, Input, Problems, Table};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// The partner register.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartnersView {
    /// Partners, those that count today first.
    pub partners: Vec<PartnerView>,
}

/// One partner.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartnerView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Why it counts as a partner.
    pub basis: String,
    /// Whether it sits on the board, in words.
    pub on_board: String,
    /// From when to when, in words.
    pub period: String,
    /// Whether it has ended.
    pub ended: bool,
}

impl PartnersView {
    /// The register of a programme.
    pub fn of(programme: &Programme) -> Self {
        let mut partners: Vec<&Partner> = programme.partners.iter().collect();
        partners.sort_by_key(|partner| (partner.to.is_some(), partner.name.to_lowercase()));
        let view = |partner: &Partner| PartnerView {
            id: partner.id.to_string(),
            name: partner.name.clone(),
            basis: partner.basis.clone(),
            on_board: if partner.on_board { "Has a seat" } else { "No seat" }.to_owned(),
            period: match partner.to {
                Some(to) => format!("{} to {}", day_in_words(partner.from), day_in_words(to)),
                None => format!("Since {}", day_in_words(partner.from)),
            },
            ended: partner.to.is_some(),
        };
        Self { partners: partners.into_iter().map(view).collect() }
    }

    fn table(&self, may_manage: bool) -> Table {
        let headings = ["Agency", "Why it is a partner", "Improvement board", "Period"];
        let headings =
            headings.into_iter().map(Heading::new).chain(may_manage.then(|| Heading::new("Change")));
        let rows = self.partners.iter().map(|partner| {
            let mut cells = vec![
                Cell::new(&partner.name),
                Cell::new(&partner.basis),
                Cell::new(&partner.on_board),
                Cell::new(&partner.period),
            ];
            if may_manage {
                let end = link(&format!("End {}", partner.name), &format!("/partners/{}/end", partner.id));
                cells.push(Cell::new(if partner.ended { "".as_content() } else { end.as_content() }));
            }
            cells
        });
        Table::new("Partner agencies").headings(headings).rows(rows).first_cell_is_heading().stacks()
    }
}

#[derive(Template)]
#[template(path = "pages/duties/partners.html")]
struct PartnersPage {
    frame: Frame,
    table: Table,
    may_manage: bool,
    view: PartnersView,
}

/// Shows the register.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let view = PartnersView::of(&programme);
    let may_manage = viewer.may(Action::ManagePartners) && programme.current_episode().is_some();
    let frame = Frame {
        breadcrumbs: breadcrumbs(&[]),
        sub_navigation: duties_navigation("/partners"),
        ..viewer.programme_frame(&programme, "Partners", Area::Duties)
    };
    let page = PartnersPage { frame, table: view.table(may_manage), may_manage, view: view.clone() };
    Ok(viewer.show(&page, &view))
}

fn frame(viewer: &Viewer, programme: &Programme, heading: String) -> Frame {
    Frame {
        breadcrumbs: breadcrumbs(&[("Partners", "/partners")]),
        ..viewer.programme_frame(programme, heading, Area::Duties)
    }
}

/// Asks for a new partner.
pub async fn ask(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let today = parts_of(programme.as_at);
    Ok(question(&viewer, &programme, &Fields::default(), today, Problems::default()).show(&viewer))
}

/// Adds a partner.
pub async fn add(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let episode = programme.current_episode().ok_or(Refusal::NotFound).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let act = AddPartner {
        episode: episode.id,
        name: fields.text("name").to_owned(),
        basis: fields.text("basis").to_owned(),
        on_board: fields.text("on_board") == "yes",
        from: answers.day(&fields, "from"),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(_) => Ok(viewer.after("/partners", "partner")),
        Sent::Again(problems) => {
            let typed = typed_date(&fields, "from");
            Ok(question(&viewer, &programme, &fields, typed, problems).show(&viewer))
        }
    }
}

fn question(
    viewer: &Viewer,
    programme: &Programme,
    fields: &Fields,
    [day, month, year]: [String; 3],
    problems: Problems,
) -> QuestionPage {
    let page = frame(viewer, programme, "Add a partner".to_owned());
    QuestionPage::new(page, viewer, "Add the partner", "/partners")
        .asks(Input::new("name", "The agency’s name").value(fields.text("name")).problem_in(&problems))
        .asks(
            Input::new("basis", "Why it counts as a partner")
                .hint("For example, the statutory list, the notice, or the chair’s choice")
                .value(fields.text("basis"))
                .problem_in(&problems),
        )
        .asks(
            Choices::radios("on_board", "Does it have a seat on the improvement board?")
                .choice("yes", "Yes")
                .choice("no", "No")
                .chosen(fields.maybe("on_board").unwrap_or("no")),
        )
        .asks(DateInput::new("from", "First day").values(day, month, year).problem_in(&problems))
        .with_problems(problems)
}

fn find<'a>(programme: &'a Programme, id: &str) -> Result<&'a Partner, Refusal> {
    let id = PartnerId::parse(id).ok_or(Refusal::NotFound)?;
    programme.partners.iter().find(|partner| partner.id == id).ok_or(Refusal::NotFound)
}

/// Asks for the last day.
pub async fn ask_end(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let partner = find(&programme, &id).map_err(refused(&viewer))?;
    let today = parts_of(programme.as_at);
    Ok(ending(&viewer, &programme, partner, today, Problems::default()).show(&viewer))
}

/// Ends a partnership.
pub async fn end(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let seen = PartnerId::parse(&id).ok_or(Refusal::NotFound).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let act = EndPartner {
        partner: Seen { id: seen, version: fields.number("version").unwrap_or(0) },
        to: answers.day(&fields, "to"),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(()) => Ok(viewer.after("/partners", "partner-ended")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let partner = find(&programme, &id).map_err(refused(&viewer))?;
            Ok(ending(&viewer, &programme, partner, typed_date(&fields, "to"), problems).show(&viewer))
        }
    }
}

fn ending(
    viewer: &Viewer,
    programme: &Programme,
    partner: &Partner,
    [day, month, year]: [String; 3],
    problems: Problems,
) -> QuestionPage {
    let page = frame(viewer, programme, format!("End the partnership with {}", partner.name));
    QuestionPage::new(page, viewer, "End the partnership", "/partners")
        .asks(DateInput::new("to", "Last day").values(day, month, year).problem_in(&problems))
        .sends("version", partner.version)
        .with_problems(problems)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn an_empty_register_says_so() {
        let view = PartnersView::of(&sample::programme());
        let frame = Frame::new("Partners");
        let page = PartnersPage { frame, table: view.table(true), may_manage: true, view };
        let html = page.render().unwrap();
        assert!(html.contains("No partner agency is recorded."));
        assert!(html.contains("/partners/new"));
    }
}
