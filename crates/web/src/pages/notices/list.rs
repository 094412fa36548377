//! The chain of instruments: every document of the intervention, what it is, where it stands, what waits.

use askama::Template;
use axum::response::Response;
use improvement::register::{Instrument, InstrumentState, ObligationState};
use serde::Serialize;
use service::Programme;
use utoipa::ToSchema;

use crate::errors::Refused;
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
    /// What people call it.
    pub title: String,
    /// Its documents, newest first.
    pub instruments: Vec<InstrumentRow>,
}

/// One document in the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InstrumentRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands, in words.
    pub state: String,
    /// Duties confirmed or in force.
    pub duties: usize,
    /// Suggested rows that wait for a person.
    pub waiting: usize,
    /// Questions that wait for a decision.
    pub questions: usize,
    /// What it does to other documents, in words.
    pub relations: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/notices/list.html")]
struct NoticesPage {
    frame: Frame,
    view: NoticesView,
    may_bring_in: bool,
}

/// Shows the chain of instruments.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(|refusal| Refused(refusal, viewer.format))?;
    let page = NoticesPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: duties_navigation("/notices"),
            ..viewer.programme_frame(&programme, "Notices and other documents", Area::Duties)
        },
        view: NoticesView::of(&programme),
        may_bring_in: viewer.may(service::Action::BringInInstrument),
    };
    Ok(viewer.show(&page, &page.view))
}

impl NoticesView {
    /// The view of a programme.
    pub fn of(programme: &Programme) -> Self {
        let interventions = programme.episodes.iter().rev().map(|episode| InterventionView {
            title: episode.title.clone(),
            instruments: programme
                .instruments
                .iter()
                .rev()
                .filter(|instrument| instrument.episode == episode.id)
                .map(|instrument| InstrumentRow::of(programme, instrument))
                .collect(),
        });
        Self { interventions: interventions.collect() }
    }
}

impl InstrumentRow {
    fn of(programme: &Programme, instrument: &Instrument) -> Self {
        let rows = || programme.obligations_of(instrument.id);
        let open =
            |q: &&improvement::register::OpenQuestion| q.instrument == instrument.id && q.decision.is_none();
        let links = programme.links.iter().filter(|link| link.from == instrument.id);
        let relation = |link: &improvement::register::InstrumentLink| {
            let other = programme.instrument(link.to)?;
            Some(format!("{} {}", link.relation.verb(), other.title))
        };
        Self {
            id: instrument.id.to_string(),
            title: instrument.title.clone(),
            state: state_in_words(instrument.state).to_owned(),
            duties: rows().filter(|row| row.state.counts()).count(),
            waiting: rows().filter(|row| row.state == ObligationState::Suggested).count(),
            questions: programme.questions.iter().filter(open).count(),
            relations: links.filter_map(relation).collect(),
        }
    }
}

/// Where an instrument stands, in words.
pub fn state_in_words(state: InstrumentState) -> &'static str {
    match state {
        InstrumentState::Draft => "Being confirmed",
        InstrumentState::InForce => "In force",
        InstrumentState::Replaced => "Replaced",
        InstrumentState::Ended => "Ended",
    }
}
