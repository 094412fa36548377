//! Home: what needs me, by role.

mod by_role;
mod facts;
mod page;
mod plan_tasks;
mod recent;
mod task;
mod tasks;

use service::Action;

use crate::routes::{Route, page_and_json};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![
        page_and_json(
            "/",
            Action::ViewHome,
            ("", "What needs the person who asks, in the role they act in."),
            page::show,
        )
        .answers::<page::HomeView>(),
    ]
}
