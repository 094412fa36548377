//! Meetings, reviews and visits: whether the board meets as often as it must, and what is recorded of each date.

mod list;
mod record;

use service::Action;

use crate::routes::{Route, form, page, page_and_json};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![
        page_and_json(
            "/meetings",
            Action::ViewMeetings,
            ("meetings", "Meetings, reviews and visits, and each gap between meetings against the rule."),
            list::show,
        )
        .answers::<list::MeetingsView>(),
        page("/meetings.csv", Action::ExportRegister, list::csv),
        page("/meetings.xlsx", Action::ExportRegister, list::xlsx),
        page("/meetings/new", Action::RecordEvent, record::ask),
        form("/meetings/new", Action::RecordEvent, record::record),
        page("/meetings/{id}", Action::RecordEvent, record::ask_change),
        form("/meetings/{id}", Action::RecordEvent, record::change),
    ]
}
