//! One act of the log as people read it, and many as a timeline.

use askama::Template;
use serde::Serialize;
use store::LogEntry;
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::UserId;

use super::detail::{DetailRow, rows};
use super::moment_in_words;
use crate::components::{Html, Timeline, TimelineItem};

/// One act.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EntryView {
    /// Its place in the log.
    pub number: i64,
    /// Its kind, for programs.
    pub kind: String,
    /// What happened, in a sentence.
    pub summary: String,
    /// Who acted.
    pub who: String,
    /// In which role.
    pub role: String,
    /// The day it happened, as the actor says (ISO 8601).
    pub happened_on: String,
    /// When the server recorded it, in words.
    pub recorded: String,
    /// When it happened, in words, where that is another day than the recording.
    pub happened_earlier: Option<String>,
    /// The history of the thing it is about.
    pub thing_href: String,
    /// What it changed.
    pub detail: Vec<DetailRow>,
}

impl EntryView {
    /// An entry with the name of whoever acted.
    pub fn of(entry: &LogEntry, name_of: &impl Fn(UserId) -> String) -> Self {
        let act = &entry.entry;
        let happened = service::london_day(act.happened_at);
        let same_day = happened == service::london_day(act.recorded_at);
        Self {
            number: entry.seq + 1,
            kind: act.kind.clone(),
            summary: act.summary.clone(),
            who: act.person.map_or_else(|| "Headway".to_owned(), name_of),
            role: act.role.clone(),
            happened_on: happened.to_string(),
            recorded: moment_in_words(act.recorded_at),
            happened_earlier: (!same_day).then(|| day_in_words(happened)),
            thing_href: format!("/history/{}/{}", act.thing, act.thing_id),
            detail: rows(&act.detail),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/records/entry_partial.html")]
struct EntryPartial<'a> {
    entry: &'a EntryView,
    linked: bool,
}

/// The acts of one thing, in the order given.
pub fn timeline(entries: &[EntryView]) -> Timeline {
    items(entries, false)
}

/// The acts on many things, each with a link to its thing.
pub fn linked_timeline(entries: &[EntryView]) -> Timeline {
    items(entries, true)
}

fn items(entries: &[EntryView], linked: bool) -> Timeline {
    Timeline::new(entries.iter().map(|entry| {
        TimelineItem::new(&entry.summary, &entry.happened_on, &entry.recorded)
            .by(format!("{}, {}", entry.who, entry.role))
            .content(Html::of(&EntryPartial { entry, linked }))
    }))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use service::hash_of;
    use store::NewLogEntry;
    use vocabulary::id::ActId;

    pub fn entry(seq: i64, thing: &str, summary: &str) -> LogEntry {
        let recorded_at = crate::trial::now();
        LogEntry {
            seq,
            salt: hash_of(summary).into_bytes(),
            entry: NewLogEntry {
                act: ActId(1),
                kind: "enter-anchor".into(),
                council: Some(crate::trial::COUNCIL),
                person: Some(crate::trial::MAKER),
                role: "programme manager".into(),
                thing: thing.into(),
                thing_id: "7".into(),
                summary: summary.into(),
                detail: r#"{"source":"Letter <b>"}"#.into(),
                happened_at: "2026-01-05T00:00:00Z".parse().unwrap(),
                recorded_at,
            },
        }
    }

    #[test]
    fn an_act_recorded_later_than_it_happened_says_both_days() {
        let view =
            EntryView::of(&entry(4, "instrument", "Entered the day of receipt"), &|_| "Priya Nair".into());
        assert_eq!(view.happened_earlier.as_deref(), Some("5 January 2026"));
        let html = linked_timeline(&[view]).to_string();
        assert!(html.contains("Priya Nair, programme manager"));
        assert!(html.contains("Happened on 5 January 2026"));
        assert!(html.contains("10 June 2026, 10:00am"));
        assert!(html.contains("Letter &#60;b&#62;"));
        assert!(html.contains("/history/instrument/7"));
    }
}
