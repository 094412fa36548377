//! A tracker's spreadsheet held against the case extract: what matches, what only one of them has, where they disagree.

use improvement::register::Stamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::id::{ChildId, CouncilId, ReconciliationId, UserId};

/// How a row of the tracker and the case extract differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mismatch {
    /// The tracker has it and the case extract has not: not yet on record.
    MissingHere,
    /// The case extract has it and the tracker has not.
    MissingThere,
    /// Both have it and a field differs.
    Disagreeing,
}

/// One difference, with who settles it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// How they differ.
    pub mismatch: Mismatch,
    /// The child.
    pub child: ChildId,
    /// The day that tells it from others of the child.
    pub on: Option<Date>,
    /// The field, where they disagree.
    pub field: String,
    /// What the tracker says: a date, a number or a code.
    pub there: String,
    /// What the case extract says.
    pub here: String,
    /// The row of the tracker, counted from 1 below its headings.
    pub row: Option<u32>,
    /// The team that holds the child.
    pub team: String,
    /// Who settles it.
    pub owner: Option<UserId>,
    /// What was done about it, once it is settled.
    pub settled: Option<Stamp>,
}

/// One tracker held against the extracts of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reconciliation {
    /// Its id.
    pub id: ReconciliationId,
    /// The council.
    pub council: CouncilId,
    /// The kind of record that was compared.
    pub kind: String,
    /// The file's name.
    pub file: String,
    /// SHA-256 of the file in hexadecimal.
    pub source_hash: String,
    /// The day that the tracker tells of.
    pub as_at: Date,
    /// The day that the extracts it was held against tell of.
    pub extracts_as_at: Date,
    /// Rows read.
    pub rows: usize,
    /// Rows that could not be used, with why.
    pub unusable: Vec<String>,
    /// Rows that match.
    pub matched: usize,
    /// Everything that differs.
    pub differences: Vec<Difference>,
    /// Edit version.
    pub version: i64,
    /// Who loaded it and when.
    pub stamp: Stamp,
}
