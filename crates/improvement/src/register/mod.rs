//! The register of an intervention: the episode, its chain of instruments, the obligations they carry and what
//! happened to each. These are the stored facts; what falls due is computed from them (`occurrence`, `cadence`).

mod instrument;
mod obligation;
mod outside;

pub use instrument::*;
pub use obligation::*;
pub use outside::*;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vocabulary::id::{CouncilId, EpisodeId, UserId};

/// Who recorded something and when the server recorded it. The day it *happened* is a field of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The person.
    pub by: UserId,
    /// The role they acted in, as the access policies name it.
    pub role: String,
    /// Server time, UTC.
    pub at: Timestamp,
}

/// One local authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Council {
    /// Its id.
    pub id: CouncilId,
    /// Its name as people say it ("Northmoor Council").
    pub name: String,
    /// Whom to ask about accessibility and privacy, printed in the statements.
    #[serde(default)]
    pub contact: String,
}

/// Where an intervention stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EpisodeState {
    /// An instrument is being read or is in force.
    Open,
    /// Lifted, with a period of supervision and support running.
    Supervision,
    /// Lifted, and no supervision left.
    Lifted,
}

/// One intervention in a council: a chain of instruments from trigger to lifting and the supervision after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Episode {
    /// Its id.
    pub id: EpisodeId,
    /// The council.
    pub council: CouncilId,
    /// What people call it ("Improvement notice, August 2026").
    pub title: String,
    /// Where it stands.
    pub state: EpisodeState,
    /// The day it was lifted, with the letter that says so.
    #[serde(default)]
    pub lifted: Option<Lifting>,
    /// Edit version, from 1.
    pub version: i64,
    /// Who opened it.
    pub stamp: Stamp,
}

/// The end of an intervention. It comes from a letter, not from the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifting {
    /// The day of the letter.
    pub on: jiff::civil::Date,
    /// The letter's reference or title.
    pub letter: String,
    /// The last day of supervision, where the letter sets one.
    pub supervision_to: Option<jiff::civil::Date>,
    /// The light duties of the supervision period, in words.
    #[serde(default)]
    pub supervision_terms: String,
    /// Who recorded it.
    pub stamp: Stamp,
}
