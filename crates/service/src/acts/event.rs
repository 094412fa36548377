//! Meetings, reviews and visits: what cadence is measured by.

use improvement::register::{Episode, Event, EventKind, EventState};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use vocabulary::date::day_in_words;
use vocabulary::id::{EpisodeId, MeetingId};
use vocabulary::party::Party;

use super::Seen;
use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Puts a meeting, review or visit into the diary, or records one that was held.
#[derive(Debug, Serialize)]
pub struct RecordEvent {
    /// The intervention.
    pub episode: EpisodeId,
    /// What it is.
    pub kind: EventKind,
    /// The body that meets, or who reviews.
    pub body: Party,
    /// The day.
    pub on: Date,
    /// Ahead, held or called off.
    pub state: EventState,
    /// For a meeting held: whether enough members were there.
    pub quorate: Option<bool>,
    /// A note.
    pub note: String,
}

impl Act for RecordEvent {
    const KIND: &'static str = "record-event";
    const ACTION: Action = Action::RecordEvent;
    type Outcome = MeetingId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<MeetingId>, Refusal> {
        let episode: Episode = performing.find(self.episode).await?;
        check(self.on, self.state, &self.note, performing.today)?;
        let standing: Vec<Event> = performing.transaction.list(performing.scope).await?;
        let twice = |event: &Event| event.on == self.on && event.kind == self.kind && event.body == self.body;
        if standing.iter().any(twice) {
            return Err(Refusal::invalid(
                "on",
                "One is recorded on this day already. Change that one instead.",
            ));
        }
        let event = Event {
            id: MeetingId(performing.chance.id()?),
            council: episode.council,
            episode: episode.id,
            kind: self.kind,
            body: self.body.clone(),
            on: self.on,
            state: self.state,
            quorate: self.quorate.filter(|_| self.state == EventState::Held),
            note: self.note.trim().to_owned(),
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&event).await?;
        Ok(Applied {
            outcome: event.id,
            thing: "event",
            thing_id: event.id.to_string(),
            summary: format!(
                "Recorded a {} on {}: {}",
                event.kind.in_words().to_lowercase(),
                day_in_words(event.on),
                event.state.in_words().to_lowercase()
            ),
            detail: json!({ "on": event.on, "state": event.state, "quorate": event.quorate }),
            happened_on: (event.on <= performing.today).then_some(event.on),
        })
    }
}

/// Changes a recorded meeting, review or visit: its day, whether it was held, whether it was quorate.
#[derive(Debug, Serialize)]
pub struct ChangeEvent {
    /// The event, as seen.
    pub event: Seen<MeetingId>,
    /// The day.
    pub on: Date,
    /// Ahead, held or called off.
    pub state: EventState,
    /// For a meeting held: whether enough members were there.
    pub quorate: Option<bool>,
    /// A note.
    pub note: String,
}

impl Act for ChangeEvent {
    const KIND: &'static str = "change-event";
    const ACTION: Action = Action::RecordEvent;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        check(self.on, self.state, &self.note, performing.today)?;
        let mut event: Event = performing.find_seen(&self.event, "This meeting").await?;
        let before = json!({ "on": event.on, "state": event.state, "quorate": event.quorate });
        event.on = self.on;
        event.state = self.state;
        event.quorate = self.quorate.filter(|_| self.state == EventState::Held);
        event.note = self.note.trim().to_owned();
        performing.transaction.update(&mut event).await?;
        Ok(Applied {
            outcome: (),
            thing: "event",
            thing_id: event.id.to_string(),
            summary: format!(
                "Changed the {} of {}: {}",
                event.kind.in_words().to_lowercase(),
                day_in_words(event.on),
                event.state.in_words().to_lowercase()
            ),
            detail: json!({ "before": before, "on": event.on, "state": event.state, "quorate": event.quorate }),
            happened_on: (event.on <= performing.today).then_some(event.on),
        })
    }
}

fn check(on: Date, state: EventState, note: &str, today: Date) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    problems.require(
        state != EventState::Held || on <= today,
        "on",
        "Enter a day that has come: what is still ahead cannot have been held.",
    );
    problems.require(
        state != EventState::Planned || on >= today,
        "on",
        "Enter today or a later day for what is planned, or say that it was held or cancelled.",
    );
    problems.require(note.chars().count() <= 500, "note", "Shorten the note to 500 characters or fewer.");
    problems.refuse_any()
}
