//! Duties: the register, one duty, the calendar, coverage, variations, partners.

mod approver;
mod calendar;
pub mod cells;
mod clock;
mod coverage;
mod duty_view;
pub mod file;
mod filter;
mod list;
mod met;
mod one;
mod owner;
mod partners;
pub mod question;
mod register_file;
#[cfg(test)]
pub mod sample;
mod standing;
mod summary;
mod variations;
mod vary;

pub use standing::DueItem;
pub use summary::{DutiesSummary, summary};

use service::Action;

use crate::routes::{Route, form, page, page_and_json};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![
        page_and_json(
            "/duties",
            Action::ViewDuty,
            ("duties", "The register of duties, narrowed by the fields of the address."),
            list::show,
        )
        .answers::<list::DutiesView>(),
        page("/duties.csv", Action::ExportRegister, register_file::csv),
        page("/duties.xlsx", Action::ExportRegister, register_file::xlsx),
        page_and_json(
            "/duties/{id}",
            Action::ViewDuty,
            ("duties", "One duty: its words, its fields, its due dates and what shows that they were met."),
            one::show,
        )
        .answers::<duty_view::OneDutyView>(),
        page("/duties/{id}/met", Action::MarkOccurrence, met::ask),
        form("/duties/{id}/met", Action::MarkOccurrence, met::mark),
        page("/duties/{id}/verify", Action::VerifyOccurrence, met::ask_to_verify),
        form("/duties/{id}/verify", Action::VerifyOccurrence, met::verify),
        page("/duties/{id}/owner", Action::EditObligation, owner::ask),
        form("/duties/{id}/owner", Action::EditObligation, owner::assign),
        page("/duties/{id}/variation", Action::RequestVariation, vary::ask),
        form("/duties/{id}/variation", Action::RequestVariation, vary::request),
        page("/duties/{id}/interval", Action::SetInterval, vary::ask_how_often),
        form("/duties/{id}/interval", Action::SetInterval, vary::set),
        page("/duties/{id}/clock", Action::ChangeClock, clock::ask),
        form("/duties/{id}/clock", Action::ChangeClock, clock::change),
        page_and_json(
            "/calendar",
            Action::ViewCalendar,
            ("calendar", "What falls due: overdue first, then twelve months, then what has no date and why."),
            calendar::show,
        )
        .answers::<calendar::CalendarView>(),
        page("/calendar.csv", Action::ExportRegister, calendar::csv),
        page("/calendar.xlsx", Action::ExportRegister, calendar::xlsx),
        page_and_json(
            "/coverage",
            Action::ViewCoverage,
            ("coverage", "Live duties against the plan and the evidence, with what is missing."),
            coverage::show,
        )
        .answers::<coverage::CoverageView>(),
        page("/coverage.csv", Action::ExportRegister, coverage::csv),
        page("/coverage.xlsx", Action::ExportRegister, coverage::xlsx),
        page_and_json(
            "/variations",
            Action::ViewVariations,
            ("duties", "Requests for another interval or date, those that wait first."),
            variations::show,
        )
        .answers::<variations::VariationsView>(),
        page_and_json(
            "/variations/{id}",
            Action::ViewVariations,
            ("duties", "One request for a variation."),
            variations::one,
        )
        .answers::<variations::VariationView>(),
        page("/variations/{id}/answer", Action::AnswerVariation, variations::ask),
        form("/variations/{id}/answer", Action::AnswerVariation, variations::answer),
        form("/variations/{id}/withdraw", Action::RequestVariation, variations::withdraw),
        page_and_json(
            "/partners",
            Action::ViewDuty,
            ("", "The partner agencies of the intervention."),
            partners::show,
        )
        .answers::<partners::PartnersView>(),
        page("/partners/new", Action::ManagePartners, partners::ask),
        form("/partners/new", Action::ManagePartners, partners::add),
        page("/partners/{id}/end", Action::ManagePartners, partners::ask_end),
        form("/partners/{id}/end", Action::ManagePartners, partners::end),
    ]
}
