//! The chain of instruments: every document of the intervention, what it is, where it stands, what waits.

use askama::Template;
use axum::response::Response;
use improvement::register::{Instrument, InstrumentLink, Relation};
use serde::Serialize;
use service::acts::{LinkInstruments, OpenEpisode};
use service::{Action, Programme, Refusal};
use utoipa::ToSchema;
use vocabulary::id::InstrumentId;

use super::wording::{
    Linked, Progress, episode_in_words, kind_in_words, open_questions, state_in_words, state_tag,
};
use crate::components::{Input, Problems, Select, Tag};
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// The documents of the council's interventions, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoticesView {
    /// Interventions.
    pub interventions: Vec<InterventionView>,
}

/// One intervention and its documents.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InterventionView {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Where it stands, in words.
    pub state: String,
    /// Its documents, newest first.
    pub instruments: Vec<InstrumentCard>,
}

/// One document in the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InstrumentCard {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is, in words.
    pub kind: String,
    /// Where it stands, in words.
    pub state: String,
    /// How far its rows are.
    pub progress: Progress,
    /// Questions that wait for a decision.
    pub questions: usize,
    /// What it does to other documents and what they do to it: the words before the title, and the title.
    pub relations: Vec<RelationView>,
}

/// A link of the chain, told from one of its ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RelationView {
    /// The words before the title ("Replaces", "Is replaced by").
    pub verb: String,
    /// The other document.
    pub other: Linked,
}

#[derive(Template)]
#[template(path = "pages/notices/list.html")]
struct NoticesPage {
    frame: Frame,
    view: NoticesView,
    may_bring_in: bool,
    open: Option<Input>,
    link: Option<LinkForm>,
}

/// The questions of the form that links two documents.
struct LinkForm {
    from: Select,
    relation: Select,
    to: Select,
}

impl NoticesPage {
    fn tag(&self, state: &str) -> Tag {
        state_tag(state)
    }
}

/// Shows the chain of instruments.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(|refusal| Refused(refusal, viewer.format))?;
    let page = page(&viewer, &programme, &Fields::default(), Problems::default());
    Ok(viewer.show(&page, &page.view))
}

/// Opens an intervention.
pub async fn open(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let act = OpenEpisode { title: fields.text("title").to_owned() };
    let outcome = viewer.perform(&fields, act).await.map(drop);
    answer(&viewer, &fields, outcome, "opened").await
}

/// Links two documents.
pub async fn link(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let outcome =
        match (chosen(&fields, "from"), relation_named(fields.text("relation")), chosen(&fields, "to")) {
            (Some(from), Some(relation), Some(to)) => {
                viewer.perform(&fields, LinkInstruments { from, to, relation }).await.map(drop)
            }
            (None, ..) => Err(Refusal::invalid("from", "Choose the later document.")),
            (_, None, _) => Err(Refusal::invalid("relation", "Choose what it does.")),
            (.., None) => Err(Refusal::invalid("to", "Choose the earlier document.")),
        };
    answer(&viewer, &fields, outcome, "linked").await
}

async fn answer(
    viewer: &Viewer,
    fields: &Fields,
    outcome: Result<(), Refusal>,
    done: &str,
) -> Result<Response, Refused> {
    let Err(refusal) = outcome else { return Ok(viewer.after("/notices", done)) };
    let problems = beside_fields(refusal)?;
    let programme = viewer.programme().await?;
    let page = page(viewer, &programme, fields, problems);
    Ok(viewer.show_problems(&page, &page.view))
}

fn page(viewer: &Viewer, programme: &Programme, typed: &Fields, problems: Problems) -> NoticesPage {
    let may = |action| viewer.may(action);
    let open = may(Action::OpenEpisode).then(|| {
        Input::new("title", "What will people call it?")
            .hint("For instance: Improvement notice, August 2026")
            .value(typed.text("title"))
            .problem_in(&problems)
    });
    let link = (may(Action::LinkInstruments) && programme.instruments.len() > 1)
        .then(|| link_form(programme, typed, &problems));
    NoticesPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: duties_navigation("/notices"),
            problems,
            ..viewer.programme_frame(programme, "Notices and other documents", Area::Duties)
        },
        view: NoticesView::of(programme),
        may_bring_in: may(Action::BringInInstrument),
        open,
        link,
    }
}

fn link_form(programme: &Programme, typed: &Fields, problems: &Problems) -> LinkForm {
    let documents = |name: &str, label: &str| {
        let mut select = Select::new(name, label).option("", "Choose a document").chosen(typed.text(name));
        for instrument in programme.instruments.iter().rev() {
            select = select.option(instrument.id, &instrument.title);
        }
        select.problem_in(problems)
    };
    let mut relation = Select::new("relation", "What it does")
        .option("", "Choose what it does")
        .chosen(typed.text("relation"));
    for known in Relation::ALL {
        relation = relation.option(relation_name(known), known.verb());
    }
    LinkForm {
        from: documents("from", "The later document"),
        relation: relation.problem_in(problems),
        to: documents("to", "The earlier document"),
    }
}

fn chosen(fields: &Fields, name: &str) -> Option<InstrumentId> {
    InstrumentId::parse(fields.text(name))
}

fn relation_name(relation: Relation) -> &'static str {
    match relation {
        Relation::Incorporates => "incorporates",
        Relation::Replaces => "replaces",
        Relation::Amends => "amends",
        Relation::RunsBeside => "runs-beside",
        Relation::Closes => "closes",
    }
}

fn relation_named(name: &str) -> Option<Relation> {
    Relation::ALL.into_iter().find(|relation| relation_name(*relation) == name)
}

impl NoticesView {
    /// The view of a programme.
    pub fn of(programme: &Programme) -> Self {
        let interventions = programme.episodes.iter().rev().map(|episode| InterventionView {
            id: episode.id.to_string(),
            title: episode.title.clone(),
            state: episode_in_words(episode.state).to_owned(),
            instruments: programme
                .instruments
                .iter()
                .rev()
                .filter(|instrument| instrument.episode == episode.id)
                .map(|instrument| InstrumentCard::of(programme, instrument))
                .collect(),
        });
        Self { interventions: interventions.collect() }
    }
}

impl InstrumentCard {
    fn of(programme: &Programme, instrument: &Instrument) -> Self {
        Self {
            id: instrument.id.to_string(),
            title: instrument.title.clone(),
            kind: kind_in_words(instrument.document.kind).to_owned(),
            state: state_in_words(instrument.state).to_owned(),
            progress: Progress::of(programme.obligations_of(instrument.id)),
            questions: open_questions(programme, instrument.id),
            relations: relations(programme, instrument.id),
        }
    }
}

/// The links of an instrument, from both sides.
pub fn relations(programme: &Programme, instrument: InstrumentId) -> Vec<RelationView> {
    let told = |link: &InstrumentLink| {
        let (verb, other) = if link.from == instrument {
            (improvement::words::sentence_case(link.relation.verb()), link.to)
        } else if link.to == instrument {
            (passive(link.relation).to_owned(), link.from)
        } else {
            return None;
        };
        let other = programme.instrument(other)?;
        Some(RelationView { verb, other: Linked::new(&other.title, format!("/notices/{}", other.id)) })
    };
    programme.links.iter().filter_map(told).collect()
}

fn passive(relation: Relation) -> &'static str {
    match relation {
        Relation::Incorporates => "Is incorporated by",
        Relation::Replaces => "Is replaced by",
        Relation::Amends => "Is amended by",
        Relation::RunsBeside => "Runs beside",
        Relation::Closes => "Is closed by",
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, html};
    use super::*;

    #[tokio::test]
    async fn before_anything_the_page_says_how_to_begin() {
        let sample = Sample::empty().await;
        let page = html(show(sample.manager().await).await).await;
        assert!(page.contains("No intervention is open"), "{page}");
        assert!(page.contains("action=\"/notices/open\""));
        let reader = html(show(sample.official().await).await).await;
        assert!(
            !reader.contains("action=\"/notices/open\""),
            "an official is offered no button that would refuse"
        );
    }

    #[tokio::test]
    async fn an_intervention_needs_a_title_and_then_waits_for_its_notice() {
        let sample = Sample::empty().await;
        let refused = open(sample.manager().await, Fields::default()).await.expect("a page");
        assert_eq!(refused.status(), 422);
        let named = Fields::parse(b"title=Improvement+notice%2C+2026");
        let opened = open(sample.manager().await, named).await.expect("a way on");
        assert_eq!(opened.headers()["location"], "/notices?done=opened");
        let page = html(show(sample.manager().await).await).await;
        assert!(page.contains("No document has been brought in yet"));
    }

    #[tokio::test]
    async fn a_link_is_told_from_both_documents() {
        let sample = Sample::two_notices().await;
        let form = format!("from={}&relation=amends&to={}", sample.later(), sample.notice());
        let linked = link(sample.manager().await, Fields::parse(form.as_bytes())).await.expect("a way on");
        assert_eq!(linked.headers()["location"], "/notices?done=linked");
        let page = html(show(sample.manager().await).await).await;
        assert!(page.contains("Amends") && page.contains("Is amended by"), "{page}");
        let itself = format!("from={0}&relation=amends&to={0}", sample.notice());
        let refused = link(sample.manager().await, Fields::parse(itself.as_bytes())).await.expect("a page");
        assert_eq!(refused.status(), 422);
    }
}
