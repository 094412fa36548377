//! Search over everything in the programme that the viewer may read.

mod found;
mod matching;
mod page;

use service::Action;

use crate::routes::{Route, page};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![page("/search", Action::SearchProgramme, page::show)]
}
