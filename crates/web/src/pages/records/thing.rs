//! What happened to one thing: each act with who, when, and what it changed.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use service::{Action, Programme, Refusal};

use super::entry::{EntryView, timeline};
use crate::components::Timeline;
use crate::errors::Refused;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

#[derive(Template)]
#[template(path = "pages/records/thing.html")]
struct ThingPage {
    frame: Frame,
    nothing_done: bool,
    timeline: Timeline,
    page_of_thing: Option<(String, String)>,
}

/// Shows the acts on one thing.
pub async fn show(viewer: Viewer, Path((thing, id)): Path<(String, String)>) -> Result<Response, Refused> {
    if !shows(&viewer, &thing) {
        return Err(Refusal::NotFound.into());
    }
    let programme = viewer.programme().await?;
    let entries = viewer.service.store.history_of(&viewer.scope, &thing, &id).await?;
    if entries.is_empty() && !is_read_from_a_document(&programme, &thing, &id) {
        return Err(Refusal::NotFound.into());
    }
    let name_of = |person| programme.name_of(person).to_owned();
    let view: Vec<EntryView> = entries.iter().map(|entry| EntryView::of(entry, &name_of)).collect();
    let page = ThingPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("History", "/history")]),
            sub_navigation: duties_navigation("/history"),
            caption: Some("History".to_owned()),
            ..viewer.programme_frame(&programme, heading(&thing), Area::Duties)
        },
        nothing_done: view.is_empty(),
        timeline: timeline(&view),
        page_of_thing: page_of(&thing, &id),
    };
    Ok(viewer.show(&page, &view))
}

/// Whether acts on a sort of thing are shown to a viewer: accounts to those who oversee access, exceptions to those who
/// may read of the children they are about, loads and reconciliations to those who see figures.
pub fn shows(viewer: &Viewer, thing: &str) -> bool {
    match thing {
        "person" => viewer.may(Action::ViewPeople),
        "exception" => viewer.may(Action::ViewChildren),
        "snapshot" | "reconciliation" => viewer.may(Action::ViewLoads),
        _ => true,
    }
}

/// What stands since its document was brought in has no act of its own until somebody decides on it.
fn is_read_from_a_document(programme: &Programme, thing: &str, id: &str) -> bool {
    match thing {
        "obligation" => programme.obligations.iter().any(|row| row.id.to_string() == id),
        "open_question" => programme.questions.iter().any(|question| question.id.to_string() == id),
        _ => false,
    }
}

/// What a sort of thing is called.
pub fn heading(thing: &str) -> &'static str {
    match thing {
        "council" => "The council’s settings",
        "episode" => "An intervention",
        "instrument" => "A document",
        "obligation" => "A duty",
        "open_question" => "An open question",
        "event" => "A meeting, review or visit",
        "partner" => "A partner",
        "person" => "An account",
        "measure" => "A measure",
        "objective" => "An objective of the plan",
        "plan-action" => "An action of the plan",
        "risk" => "A risk or an issue",
        "exception" => "An exception",
        "snapshot" => "A load",
        "council-places" => "The authorities that adjoin the council",
        "reconciliation" => "A reconciliation",
        _ => "What happened",
    }
}

/// The thing's own page, where it has one: the link's words and address.
fn page_of(thing: &str, id: &str) -> Option<(String, String)> {
    let (words, path) = match thing {
        "instrument" => ("Open the document", "/notices/"),
        "obligation" => ("Open the duty", "/duties/"),
        "open_question" => ("Open the question", "/questions/"),
        "event" => ("Open the meeting", "/meetings/"),
        "person" => ("Open the account", "/people/"),
        "measure" => ("Open the measure", "/measures/"),
        "objective" => ("Open the objective", "/plan/objectives/"),
        "plan-action" => ("Open the action", "/plan/actions/"),
        "risk" => ("Open the risk", "/plan/risks/"),
        "snapshot" => ("Open the load", "/loads/"),
        "reconciliation" => ("Open the reconciliation", "/reconciliations/"),
        _ => return None,
    };
    Some((words.to_owned(), format!("{path}{id}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_with_a_page_is_linked_from_its_history() {
        assert_eq!(page_of("obligation", "07").unwrap().1, "/duties/07");
        assert!(page_of("council", "07").is_none());
        assert_eq!(heading("open_question"), "An open question");
    }
}
