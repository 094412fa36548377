//! Calendar feeds: due dates for calendar programs, under secret addresses.

mod calendar;

use crate::routes::{Route, public};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![public("/feeds/{secret}/headway.ics", calendar::show)]
}
