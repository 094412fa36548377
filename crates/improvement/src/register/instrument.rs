//! Instruments and their chain.

use serde::{Deserialize, Serialize};
use vocabulary::date::PartialDate;
use vocabulary::id::{AnchorId, CouncilId, EpisodeId, InstrumentId, QuestionId};

use super::Stamp;
use crate::reading::{Document, Passage, PassageKind, Question, ReadClause, ReadFinding, Recommendation};
use crate::timing::AnchorKind;

/// Where an instrument stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InstrumentState {
    /// Read, and being confirmed row by row.
    Draft,
    /// The register of its duties is signed by a second person; its confirmed duties are in force.
    InForce,
    /// Replaced by a later instrument.
    Replaced,
    /// Ended: lifted, closed or expired.
    Ended,
}

/// A document with authority, as read. Its original text is kept for ever beside it; a reading never edits it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instrument {
    /// Its id.
    pub id: InstrumentId,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// What the document says of itself.
    pub document: Document,
    /// The title shown in lists.
    pub title: String,
    /// Where it stands.
    pub state: InstrumentState,
    /// SHA-256 of the uploaded bytes, in hexadecimal.
    pub file_hash: String,
    /// The name of the uploaded file, shown as text only.
    pub file_name: String,
    /// What the file was ("pdf", "docx", "txt").
    pub file_kind: String,
    /// What the extraction warned about.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Its parts in order.
    pub clauses: Vec<ReadClause>,
    /// Every sentence and what it turned out to be.
    pub passages: Vec<Passage>,
    /// Recommendations, when it is an inspection report.
    #[serde(default)]
    pub recommendations: Vec<Recommendation>,
    /// Findings, when it is a report or a letter.
    #[serde(default)]
    pub findings: Vec<ReadFinding>,
    /// The second person's signature under the register of its duties.
    #[serde(default)]
    pub signed: Option<Stamp>,
    /// The day its duties came into force.
    #[serde(default)]
    pub in_force_from: Option<jiff::civil::Date>,
    /// The last day they were in force.
    #[serde(default)]
    pub in_force_to: Option<jiff::civil::Date>,
    /// Edit version, from 1.
    pub version: i64,
    /// Who brought it in.
    pub stamp: Stamp,
}

/// What one instrument does to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Makes the other's recommendations its own duties.
    Incorporates,
    /// Takes the other's place.
    Replaces,
    /// Changes some of the other's clauses.
    Amends,
    /// Stands beside the other.
    RunsBeside,
    /// Ends the other.
    Closes,
}

impl Relation {
    /// Every relation, in the order shown.
    pub const ALL: [Self; 5] =
        [Self::Incorporates, Self::Replaces, Self::Amends, Self::RunsBeside, Self::Closes];

    /// The verb between two titles.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Incorporates => "incorporates",
            Self::Replaces => "replaces",
            Self::Amends => "amends",
            Self::RunsBeside => "runs beside",
            Self::Closes => "closes",
        }
    }
}

/// A link of the chain: `from` does something to `to`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentLink {
    /// A key made of both ids.
    pub id: String,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// The later or outer instrument.
    pub from: InstrumentId,
    /// The earlier or inner one.
    pub to: InstrumentId,
    /// What it does.
    pub relation: Relation,
    /// Edit version, from 1.
    pub version: i64,
    /// Who linked them.
    pub stamp: Stamp,
}

/// A dated event a clock runs from, with its evidence and who entered it. A correction is a new row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Its id.
    pub id: AnchorId,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// The instrument whose clocks it starts.
    pub instrument: InstrumentId,
    /// Which event.
    pub kind: AnchorKind,
    /// The day, to the precision known.
    pub on: PartialDate,
    /// Where the date comes from: a letter, an e-mail, the document's own words.
    pub source: String,
    /// Whether it stands as the reader found it, and no person has confirmed it yet.
    #[serde(default)]
    pub as_read: bool,
    /// Whether a later entry took its place.
    #[serde(default)]
    pub replaced: bool,
    /// Edit version, from 1.
    pub version: i64,
    /// Who entered it.
    pub stamp: Stamp,
}

/// A question the reader would not guess the answer of, and the decision once a person has made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenQuestion {
    /// Its id.
    pub id: QuestionId,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// The instrument that raises it.
    pub instrument: InstrumentId,
    /// The question as read.
    pub question: Question,
    /// The decision, when there is one.
    #[serde(default)]
    pub decision: Option<QuestionDecision>,
    /// Edit version, from 1.
    pub version: i64,
    /// When it was read.
    pub stamp: Stamp,
}

/// The answer to a question, kept with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionDecision {
    /// What was decided.
    pub answer: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub stamp: Stamp,
}

/// A person's word on what a sentence is, where it differs from the reading or fills it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassageDecision {
    /// A key made of the instrument's id and the passage's place.
    pub id: String,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// The instrument.
    pub instrument: InstrumentId,
    /// The passage's first byte in the text.
    pub at: usize,
    /// What it is.
    pub kind: PassageKind,
    /// Why.
    pub reason: String,
    /// Edit version, from 1.
    pub version: i64,
    /// Who decided.
    pub stamp: Stamp,
}
