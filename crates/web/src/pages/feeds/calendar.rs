//! The due dates of the duties as an iCalendar file (RFC 5545). Titles carry the clause and a few words of the duty:
//! nothing about children ever stands in a calendar.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component as _, Event, Property};
use improvement::occurrence::{Occurrence, Precision, State as Standing};
use improvement::register::Obligation;
use improvement::words::{bearers_in_words, status_in_words};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use service::{Action, Programme, Refusal};
use vocabulary::party::Party;

use crate::guard::no_such_page;
use crate::state::AppState;

/// Answers the feed; an unknown address, and one whose owner lost their role, look like any page that is not there.
pub async fn show(State(state): State<AppState>, Path(secret): Path<String>) -> Response {
    match read(&state, &secret).await {
        Ok(file) => ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], file).into_response(),
        Err(Refusal::Unavailable(reason)) => {
            let status = axum::http::StatusCode::SERVICE_UNAVAILABLE;
            crate::errors::error_page(status, &Refusal::Unavailable(reason)).into_response()
        }
        Err(_) => no_such_page().await,
    }
}

async fn read(state: &AppState, secret: &str) -> Result<String, Refusal> {
    let service = &state.service;
    let (actor, feed) = service.feed_actor(secret).await?.ok_or(Refusal::NotFound)?;
    service.authorise(&actor, Action::ViewCalendar, "")?;
    let scope = service.authoriser.scope(&actor);
    let programme = service.programme(&scope, actor.generation).await?;
    let bearer = feed.bearer.map(Party::named);
    let feed = Written {
        title: &feed.title,
        bearer: bearer.as_ref(),
        address: &state.settings.public_address,
        now: service.clock.now(),
    };
    Ok(feed.of(&programme))
}

/// What a feed is written with.
struct Written<'a> {
    title: &'a str,
    bearer: Option<&'a Party>,
    address: &'a str,
    now: Timestamp,
}

impl Written<'_> {
    fn of(&self, programme: &Programme) -> String {
        let mut calendar = Calendar::new();
        calendar.name(&format!("{} ({})", self.title, programme.council.name));
        calendar.append_property(
            Property::new("REFRESH-INTERVAL", "PT6H").add_parameter("VALUE", "DURATION").done(),
        );
        calendar.append_property(Property::new("X-PUBLISHED-TTL", "PT6H"));
        let live = programme.obligations.iter().filter(|row| row.state.counts());
        for row in live.filter(|row| self.bearer.is_none_or(|party| row.bearers.contains(party))) {
            let schedule = programme.calendar.schedule(row.id);
            for occurrence in schedule.iter().flat_map(|schedule| &schedule.occurrences) {
                if let Some(event) = self.event(row, occurrence, programme.as_at) {
                    calendar.push(event);
                }
            }
        }
        calendar.to_string()
    }

    /// One due date; none for what was settled more than a year ago, and for what was waived or not used.
    fn event(&self, row: &Obligation, occurrence: &Occurrence, today: Date) -> Option<Event> {
        let day = occurrence.due.latest.or(occurrence.due.earliest)?;
        let year_ago = today.checked_sub(1.year()).unwrap_or(Date::MIN);
        let long_settled = occurrence.state.is_settled() && day < year_ago;
        if long_settled || matches!(occurrence.state, Standing::Waived | Standing::NotUsed) {
            return None;
        }
        let month_only = occurrence.due.precision == Precision::Month;
        let by_month = if month_only { " (due by the end of the month)" } else { "" };
        let link = format!("{}/duties/{}", self.address, row.id);
        let bearers = bearers_in_words(&row.bearers, row.bearer_rule);
        let description = format!("{}\n{bearers}.\n{link}", status_in_words(occurrence));
        let mut event = Event::new();
        event
            .uid(&format!("{}-{}@headway", row.id, occurrence.key))
            .summary(&format!("{}: {}{by_month}", row.reference, short(&row.text)))
            .description(&description)
            .url(&link)
            .append_property(Property::new("DTSTAMP", utc(self.now)))
            .append_property(whole_day("DTSTART", day))
            .append_property(whole_day("DTEND", day.tomorrow().unwrap_or(day)))
            .append_property(Property::new("TRANSP", "TRANSPARENT"));
        Some(event.done())
    }
}

fn whole_day(name: &str, day: Date) -> Property {
    Property::new(name, day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
}

fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The first words of a duty, as many as fit a calendar's cell.
fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.trim_end_matches('.').to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole_words, _)| whole_words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial;

    fn file(bearer: Option<Party>) -> String {
        let feed = Written {
            title: "Duties, all",
            bearer: bearer.as_ref(),
            address: "https://headway.northmoor.example",
            now: trial::now(),
        };
        // Unfolded, as RFC 5545 has readers do before they look at a line.
        feed.of(&trial::programme()).replace("\r\n ", "")
    }

    fn lines(file: &str) -> Vec<&str> {
        file.split("\r\n").collect()
    }

    #[test]
    fn every_due_date_is_a_whole_day_with_a_lasting_identity() {
        let file = file(None);
        let lines = lines(&file);
        assert!(lines.contains(&"BEGIN:VCALENDAR") && lines.contains(&"VERSION:2.0"));
        assert!(lines.contains(&"X-WR-CALNAME:Duties\\, all (Northmoor Council)"), "{file}");
        assert!(lines.contains(&"DTSTART;VALUE=DATE:20260331"));
        assert!(lines.contains(&"DTEND;VALUE=DATE:20260401"));
        assert!(lines.contains(&"DTSTAMP:20260610T090000Z"));
        let plan = format!("UID:{}-date:2026-03-31@headway", vocabulary::id::ObligationId(102));
        assert!(lines.contains(&plan.as_str()), "{file}");
        assert!(file.contains("Overdue by 71 days."));
        assert_eq!(file, super::tests::file(None), "the same twice");
        assert!(!file.contains("caseloads"), "a suggestion is no duty");
    }

    #[test]
    fn what_is_known_to_the_month_stands_on_its_last_day_and_says_so() {
        let file = file(Some(Party::DEPARTMENT));
        assert!(file.contains("DTSTART;VALUE=DATE:20260731"));
        assert!(file.contains("(due by the end of the month)"));
        assert!(!file.contains("SUMMARY:2:"), "only the duties of the chosen party");
    }

    #[test]
    fn identities_are_never_used_twice() {
        let file = file(None);
        let mut seen: Vec<&str> = lines(&file).into_iter().filter(|line| line.starts_with("UID:")).collect();
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all);
        assert!(all >= 4, "{file}");
    }

    #[tokio::test]
    async fn an_unknown_address_looks_like_any_page_that_is_not_there() {
        let trial = trial::Trial::new().await;
        let unknown = trial.get(None, "/feeds/guess/headway.ics").await;
        let absent = trial.get(None, "/no-such-page").await;
        assert_eq!((unknown.status, unknown.body), (absent.status, absent.body));
    }
}
