//! Pages for everybody, signed in or not: help, the glossary, the accessibility statement, privacy.

mod accessibility;
pub mod glossary;
mod guide;
mod privacy;

use improvement::register::Council;
use service::Refusal;

use crate::guard::Session;
use crate::layout::{CouncilName, Frame};
use crate::pages::entry::open_frame;
use crate::routes::{Route, public};
use crate::state::AppState;
use crate::viewer::{Guest, breadcrumbs};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![
        public("/help", guide::show),
        public("/glossary", glossary::show),
        public("/accessibility", accessibility::show),
        public("/privacy", privacy::show),
    ]
}

/// The frame of a page for everybody: no handling mark, and the way home only for those who are signed in.
fn frame(guest: &Guest, session: &Session, heading: &str) -> Frame {
    let frame = open_frame(guest, session, heading);
    Frame {
        handling: crate::layout::HandlingMark::Unmarked,
        breadcrumbs: guest.0.as_ref().and_then(|_| breadcrumbs(&[])),
        ..frame
    }
}

/// Whom to ask, by council: the viewer's own, or each of the installation.
async fn contacts(state: &AppState, guest: &Guest) -> Result<Vec<Council>, Refusal> {
    let mut councils = state.service.store.councils().await?;
    if let Some(viewer) = &guest.0 {
        councils.retain(|council| council.id == viewer.actor.council);
    }
    Ok(councils)
}

/// The council's name for the header, when there is only one it can be.
fn council_name(councils: &[Council]) -> CouncilName {
    match councils {
        [only] => CouncilName { name: only.name.clone(), logo: None },
        _ => CouncilName::default(),
    }
}
