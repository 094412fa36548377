//! Obligations, what is known of each due instance, and the changes of their clocks.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::date::PartialDate;
use vocabulary::id::{CouncilId, EpisodeId, InstrumentId, ObligationId, UserId, VariationId};
use vocabulary::interval::Interval;
use vocabulary::party::Party;

use super::Stamp;
use crate::reading::{BearerRule, Cue, Modality, Span};
use crate::timing::Timing;

/// Where an obligation stands. Nothing suggested is ever in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObligationState {
    /// Read from the document; nobody has looked yet.
    Suggested,
    /// A person confirmed it; the register is not signed yet.
    Confirmed,
    /// Confirmed, and the register signed by a second person.
    InForce,
    /// A person said it is no duty, with a reason.
    NotADuty,
    /// Split into other rows.
    Split,
    /// Merged into another row.
    Merged,
    /// Taken over unchanged, or nearly, by a later instrument.
    CarriedOver,
    /// Changed or dropped by a later instrument.
    Superseded,
    /// Ended with the intervention.
    Ended,
}

impl ObligationState {
    /// The state in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Suggested => "Suggested",
            Self::Confirmed => "Confirmed",
            Self::InForce => "In force",
            Self::NotADuty => "Not a duty",
            Self::Split => "Split",
            Self::Merged => "Merged",
            Self::CarriedOver => "Carried over",
            Self::Superseded => "Superseded",
            Self::Ended => "Ended",
        }
    }

    /// Whether the row counts as a live duty of the register: confirmed, in force.
    pub fn counts(self) -> bool {
        matches!(self, Self::Confirmed | Self::InForce)
    }
}

/// Where a row comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Origin {
    /// Suggested by the reader.
    Read,
    /// Part of a row that was split.
    SplitFrom {
        /// The row that was split.
        row: ObligationId,
    },
    /// Made of several rows.
    MergedFrom {
        /// The rows.
        rows: Vec<ObligationId>,
    },
    /// Added by a person because the reader missed it.
    Added,
    /// A recommendation of a report that the instrument incorporates.
    Incorporated {
        /// The report.
        instrument: InstrumentId,
    },
    /// The row of an earlier instrument that this one continues.
    CarriedFrom {
        /// The earlier row.
        row: ObligationId,
    },
}

/// One duty that can be evidenced on its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Obligation {
    /// Its id, kept across amendments that carry it over.
    pub id: ObligationId,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// The instrument that carries it.
    pub instrument: InstrumentId,
    /// Order within the instrument.
    pub position: i64,
    /// The clause, by its printed labels.
    pub reference: String,
    /// What must be done.
    pub text: String,
    /// First line of the carrying words, from 1.
    pub line: usize,
    /// The carrying words in the instrument's text, in bytes.
    pub span: Span,
    /// Who must act.
    pub bearers: Vec<Party>,
    /// Any or all of them.
    pub bearer_rule: BearerRule,
    /// To or with whom.
    pub counterparties: Vec<Party>,
    /// How strongly.
    pub modality: Modality,
    /// When.
    pub timing: Timing,
    /// Evidence asked for.
    pub evidence: Vec<String>,
    /// Theme of the register.
    pub theme: String,
    /// How sure the reader was, 0 to 1; 1 for rows a person added.
    pub confidence: f64,
    /// What the reader asked people to look at.
    pub flags: Vec<String>,
    /// Which words gave which field.
    pub cues: Vec<Cue>,
    /// Where it stands.
    pub state: ObligationState,
    /// Where it comes from.
    pub origin: Origin,
    /// Rows that ask the same; one piece of evidence answers all.
    #[serde(default)]
    pub same_as: Vec<ObligationId>,
    /// Why it is no duty, was merged or superseded.
    #[serde(default)]
    pub reason: String,
    /// The person answerable for it in the programme.
    #[serde(default)]
    pub owner: Option<UserId>,
    /// Who confirmed it.
    #[serde(default)]
    pub confirmed: Option<Stamp>,
    /// Clocks it ran on before, oldest first: a rule change never rewrites what was due under the old one.
    #[serde(default)]
    pub former_timings: Vec<FormerTiming>,
    /// Edit version, from 1.
    pub version: i64,
    /// Who made the row.
    pub stamp: Stamp,
}

/// A clock that was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerTiming {
    /// The clock.
    pub timing: Timing,
    /// The last day it counted.
    pub until: Date,
    /// Who replaced it and why.
    pub reason: String,
    /// When that was recorded.
    pub stamp: Stamp,
}

/// Whether a variation was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VariationState {
    /// Asked for; the old rule counts.
    Asked,
    /// Agreed by the approver that the notice names.
    Agreed,
    /// Refused by the approver.
    Refused,
    /// Taken back by those who asked.
    Withdrawn,
}

impl VariationState {
    /// The state in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Asked => "Waiting for an answer",
            Self::Agreed => "Agreed",
            Self::Refused => "Refused",
            Self::Withdrawn => "Withdrawn",
        }
    }
}

/// A request to change a cadence or a deadline. Until the named approver agrees, the old rule counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variation {
    /// Its id.
    pub id: VariationId,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// The duty whose clock would change.
    pub obligation: ObligationId,
    /// The rule at the time of asking, in words.
    pub from_rule: String,
    /// The interval asked for.
    pub every: Option<Interval>,
    /// The date asked for, when the clock is a single date.
    pub due_on: Option<PartialDate>,
    /// Why.
    pub reason: String,
    /// The day it was asked.
    pub asked_on: Date,
    /// Who may answer, as the notice names it.
    pub approver: Party,
    /// Whether it was agreed.
    pub state: VariationState,
    /// The first day the new rule counts.
    #[serde(default)]
    pub effective_from: Option<Date>,
    /// The answer's words.
    #[serde(default)]
    pub answer: String,
    /// Who answered.
    #[serde(default)]
    pub answered: Option<Stamp>,
    /// Edit version, from 1.
    pub version: i64,
    /// Who asked.
    pub stamp: Stamp,
}

/// An interval that the document leaves open and the named body set: shown as local, not as the notice's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntervalSetting {
    /// A key made of the obligation's id and the day.
    pub id: String,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// The duty.
    pub obligation: ObligationId,
    /// The interval.
    pub every: Interval,
    /// Who set it.
    pub set_by: Party,
    /// The decision it rests on (minute reference).
    pub decision: String,
    /// The day it was decided; it counts from then.
    pub decided_on: Date,
    /// Edit version, from 1.
    pub version: i64,
    /// Who recorded it.
    pub stamp: Stamp,
}

/// What is known of one due instance: how and when it was met, and who verified that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccurrenceMark {
    /// A key made of the obligation's id and the instance's key.
    pub id: String,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// The duty.
    pub obligation: ObligationId,
    /// Which instance, by the key the calendar computes.
    pub occurrence: String,
    /// The day it was met.
    pub met_on: Date,
    /// What shows it: a title, a reference, a minute.
    pub evidence: String,
    /// A second person's verification; the owner never verifies their own.
    #[serde(default)]
    pub verified: Option<Stamp>,
    /// Edit version, from 1.
    pub version: i64,
    /// Who recorded it.
    pub stamp: Stamp,
}
