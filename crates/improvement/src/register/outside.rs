//! What happens around the register: meetings and reviews, partners, escalation.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::id::{CouncilId, EpisodeId, MeetingId, PartnerId};
use vocabulary::party::Party;

use super::Stamp;

/// The kinds of dated event that duties hang on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A meeting of a body.
    Meeting,
    /// A review by the Department or the adviser.
    Review,
    /// A visit by inspectors.
    Visit,
}

impl EventKind {
    /// The kind in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Meeting => "Board meeting",
            Self::Review => "Department review",
            Self::Visit => "Inspectors' visit",
        }
    }
}

/// Whether a dated event is ahead, happened or was called off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventState {
    /// In the diary.
    Planned,
    /// It took place.
    Held,
    /// It did not take place.
    Cancelled,
}

impl EventState {
    /// The state in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Held => "Held",
            Self::Cancelled => "Cancelled",
        }
    }
}

/// A meeting, review or visit on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its id.
    pub id: MeetingId,
    /// The council.
    pub council: CouncilId,
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
    #[serde(default)]
    pub quorate: Option<bool>,
    /// A note (venue, reason for calling off).
    #[serde(default)]
    pub note: String,
    /// Edit version, from 1.
    pub version: i64,
    /// Who recorded it.
    pub stamp: Stamp,
}

/// A partner agency of the council.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// The agency's name.
    pub name: String,
    /// Why it counts as a partner: the statutory list, the council's own identification, the chair's choice.
    pub basis: String,
    /// Whether it has a seat on the improvement board.
    pub on_board: bool,
    /// First day.
    pub from: Date,
    /// Last day.
    #[serde(default)]
    pub to: Option<Date>,
    /// Edit version, from 1.
    pub version: i64,
    /// Who recorded it.
    pub stamp: Stamp,
}

/// The Department's decision to use, or not to use, its powers. Only the Department records it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// Its id, that of an event.
    pub id: MeetingId,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// Why: unwilling, unable, progress not satisfactory, assessment date missed.
    pub ground: String,
    /// The power cited.
    pub power: String,
    /// What was decided.
    pub decision: String,
    /// The day of the decision.
    pub decided_on: Date,
    /// The instrument that came of it, in words.
    #[serde(default)]
    pub result: String,
    /// Edit version, from 1.
    pub version: i64,
    /// Who recorded it.
    pub stamp: Stamp,
}
