//! Instruments: the chain, reading a new one, confirming its rows, what it leaves open, signing, amendments.

mod add;
mod compare;
mod confirm;
mod confirm_acts;
mod confirm_forms;
mod document;
mod document_acts;
mod duty_form;
mod fields_of_row;
mod list;
mod new;
mod questions;
mod queue;
#[cfg(test)]
mod sample;
mod sign;
mod source;
mod uncovered;
pub mod upload;
mod wording;

use service::Action;

use crate::routes::{Route, form, page, page_and_json};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    let mut routes = vec![
        page_and_json(
            "/notices",
            Action::ViewNotice,
            ("duties", "The chain of instruments of the council's interventions."),
            list::show,
        )
        .answers::<list::NoticesView>(),
        form("/notices/open", Action::OpenEpisode, list::open),
        form("/notices/link", Action::LinkInstruments, list::link),
        page("/notices/new", Action::BringInInstrument, new::show),
        form("/notices/new", Action::BringInInstrument, new::bring_in),
    ];
    routes.extend(routes_of_one());
    routes.extend(routes_of_rows());
    routes
}

fn routes_of_one() -> Vec<Route> {
    vec![
        page_and_json(
            "/notices/{id}",
            Action::ViewNotice,
            ("duties", "One instrument: what it says of itself, its clauses and the duties under each."),
            document::show,
        )
        .answers::<document::InstrumentView>(),
        form("/notices/{id}/anchors", Action::EnterAnchor, document_acts::enter_anchor),
        page("/notices/{id}/original", Action::ExportRegister, document_acts::original),
        page("/notices/{id}/text", Action::ExportRegister, document_acts::text),
        page_and_json(
            "/notices/{id}/uncovered",
            Action::ViewNotice,
            ("duties", "Every sentence of an instrument and what it turned out to be."),
            uncovered::show,
        )
        .answers::<uncovered::UncoveredView>(),
        form("/notices/{id}/uncovered", Action::ClassifyPassage, uncovered::classify),
        page_and_json(
            "/notices/{id}/questions",
            Action::ViewNotice,
            ("duties", "What an instrument leaves open, and what was decided."),
            questions::list,
        )
        .answers::<questions::QuestionsView>(),
        page_and_json(
            "/questions/{id}",
            Action::ViewNotice,
            ("duties", "One question that an instrument leaves open."),
            questions::show,
        )
        .answers::<questions::QuestionView>(),
        form("/questions/{id}", Action::DecideQuestion, questions::decide),
        page("/notices/{id}/sign", Action::SignRegister, sign::show),
        form("/notices/{id}/sign", Action::SignRegister, sign::sign),
        page_and_json(
            "/notices/{id}/compare/{old}",
            Action::ViewNotice,
            ("duties", "What a later instrument does to the duties of an earlier one."),
            compare::show,
        )
        .answers::<compare::CompareView>(),
        form("/notices/{id}/compare/{old}", Action::LinkInstruments, compare::apply),
    ]
}

fn routes_of_rows() -> Vec<Route> {
    vec![
        page_and_json(
            "/notices/{id}/confirm",
            Action::ViewNotice,
            ("duties", "The suggested rows of an instrument, in the order people confirm them."),
            confirm::show,
        )
        .answers::<confirm::ConfirmView>(),
        form("/notices/{id}/rows/confirm", Action::ConfirmObligation, confirm_acts::confirm),
        form("/notices/{id}/rows/{row}/edit", Action::EditObligation, confirm_acts::edit),
        form("/notices/{id}/rows/{row}/split", Action::EditObligation, confirm_acts::split),
        form("/notices/{id}/rows/{row}/merge", Action::EditObligation, confirm_acts::merge),
        form("/notices/{id}/rows/{row}/same", Action::EditObligation, confirm_acts::same),
        form("/notices/{id}/rows/{row}/set-aside", Action::EditObligation, confirm_acts::set_aside),
        form("/notices/{id}/rows/{row}/reopen", Action::EditObligation, confirm_acts::reopen),
        page("/notices/{id}/add", Action::EditObligation, add::show),
        form("/notices/{id}/rows/add", Action::EditObligation, add::add),
    ]
}
