//! Duties: the register, one duty, the calendar, coverage, variations, partners.

mod cells;
mod file;
mod filter;
mod list;
mod question;
mod register_file;
#[cfg(test)]
mod sample;
mod standing;
mod summary;

pub use summary::{DutiesSummary, summary};

use service::Action;

use crate::routes::{Route, page, page_and_json};

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
    ]
}
