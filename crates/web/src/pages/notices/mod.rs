//! Instruments: the chain, reading a new one, confirming its rows, what it leaves open.

mod list;

use service::Action;

use crate::routes::{Route, page_and_json};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![page_and_json(
        "/notices",
        Action::ViewNotice,
        ("duties", "The chain of instruments of the council's interventions."),
        list::show,
    )
    .answers::<list::NoticesView>()]
}
