//! The life of the intervention: its chain of documents, decisions about statutory powers, lifting and what follows.

mod record;
mod show;

use service::Action;

use crate::routes::{Route, form, page, page_and_json};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![
        page_and_json(
            "/intervention",
            Action::ViewNotice,
            ("", "The life of the interventions: documents, decisions about powers, lifting, supervision."),
            show::show,
        )
        .answers::<show::InterventionsView>(),
        page("/intervention/escalation", Action::RecordEscalation, record::ask_escalation),
        form("/intervention/escalation", Action::RecordEscalation, record::escalate),
        page("/intervention/lifting", Action::RecordLifting, record::ask_lifting),
        form("/intervention/lifting", Action::RecordLifting, record::lift),
    ]
}
