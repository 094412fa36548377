//! What happened and who looked: the history of acts, the access log, and the log's own proof.

pub mod access_log;
mod changes;
pub mod detail;
pub mod entry;
mod history;
mod proof;
pub mod thing;

use jiff::Timestamp;
use service::Action;
use vocabulary::date::day_in_words;

use crate::routes::{Route, page, page_and_json};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![
        page("/history", Action::ViewHistory, history::show),
        page_and_json(
            "/changes",
            Action::ViewHistory,
            (
                "plan",
                "What changed since a day or a meeting: every thing acted on, once, with its newest act.",
            ),
            changes::show,
        )
        .answers::<changes::ChangesView>(),
        page("/history/{thing}/{id}", Action::ViewHistory, thing::show),
        page("/access-log", Action::ViewAccessLog, access_log::show),
        page("/access-log.csv", Action::ViewAccessLog, access_log::download),
        page("/log", Action::ViewHistory, proof::show),
    ]
}

/// A moment in London: `4 June 2026, 9:32am`.
pub fn moment_in_words(at: Timestamp) -> String {
    let here = at.to_zoned(service::london());
    let (hour, half) = match here.hour() {
        0 => (12, "am"),
        hour @ 1..=11 => (hour, "am"),
        12 => (12, "pm"),
        hour => (hour - 12, "pm"),
    };
    format!("{}, {hour}:{:02}{half}", day_in_words(here.date()), here.minute())
}

#[cfg(test)]
mod tests {
    use super::moment_in_words;

    #[test]
    fn a_moment_is_told_in_london_time() {
        let words = |text: &str| moment_in_words(text.parse().unwrap());
        assert_eq!(words("2026-06-10T09:02:00Z"), "10 June 2026, 10:02am");
        assert_eq!(words("2026-12-31T23:30:00Z"), "31 December 2026, 11:30pm");
        assert_eq!(words("2026-06-30T23:30:00Z"), "1 July 2026, 12:30am");
        assert_eq!(words("2026-01-01T12:00:00Z"), "1 January 2026, 12:00pm");
    }
}
