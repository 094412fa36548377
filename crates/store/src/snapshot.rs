//! Snapshots: one load of one collection, never changed once it counts; and the limits that a council sets itself.
//!
//! What stands here are facts about the load (C2); the records of children are in a sealed file that the row names.

use improvement::register::Stamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::id::{CouncilId, SnapshotId};

/// Whether a snapshot counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SnapshotState {
    /// Read, checked and shown as a difference; no figure rests on it yet.
    Staged,
    /// Figures rest on it.
    Committed,
    /// Set aside before it counted; kept as a fact.
    SetAside,
}

/// One load of one collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Its id.
    pub id: SnapshotId,
    /// The council.
    pub council: CouncilId,
    /// The collection's name: `annex-a`, `ssda903`, `cin` or a register's.
    pub collection: String,
    /// The year of the specification it was read by.
    pub year: i16,
    /// The day that it tells of.
    pub as_at: Date,
    /// Whether it counts.
    pub state: SnapshotState,
    /// SHA-256 over the source files in order of their hashes, in hexadecimal: the same files twice are one load.
    pub source_hash: String,
    /// The sealed file with its records and findings, by its hash.
    pub kept_hash: String,
    /// The source files.
    pub files: Vec<SnapshotFile>,
    /// The lists, modules or groups.
    pub lists: Vec<SnapshotList>,
    /// What the rules found, one entry a rule that found something.
    pub findings: Vec<SnapshotFinding>,
    /// How many rules were asked.
    pub rules_run: usize,
    /// How many children it speaks of.
    pub children: usize,
    /// What differs from the snapshot before it; none for the first of its collection.
    pub changes: Option<SnapshotChanges>,
    /// Who made it count.
    pub committed: Option<Stamp>,
    /// Why it was set aside.
    pub reason: String,
    /// Edit version.
    pub version: i64,
    /// Who loaded it and when.
    pub stamp: Stamp,
}

impl Snapshot {
    /// What it is called on pages: the collection in words.
    pub fn title(&self) -> String {
        match self.collection.as_str() {
            "annex-a" => "Annex A".into(),
            "ssda903" => format!("SSDA903 {}", self.year),
            "cin" => format!("Children in need census {}", self.year),
            other => vocabulary::words::name_in_words(other),
        }
    }
}

/// A source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotFile {
    /// Its name as given.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub hash: String,
}

/// A list of the collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotList {
    /// Its name: `List 4`.
    pub name: String,
    /// Data rows read.
    pub rows: usize,
    /// Rows that became records.
    pub records: usize,
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotFinding {
    /// The rule's code.
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// What it means, for people.
    pub message: String,
    /// Rows with it.
    pub rows: usize,
}

/// What differs from the snapshot before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotChanges {
    /// Children it speaks of for the first time.
    pub new_children: usize,
    /// Children whose records disappeared though the lists still cover them.
    pub vanished_children: usize,
    /// Records that are new.
    pub new_records: usize,
    /// Records of which something changed.
    pub changed_records: usize,
    /// Records that disappeared though the lists still cover them.
    pub vanished_records: usize,
    /// Events recorded late: they happened before the snapshot before, which did not show them.
    pub recorded_late: usize,
}

/// The limit that a council set itself for a standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CouncilLimit {
    /// Its key: the council and the standard's code.
    pub id: String,
    /// The council.
    pub council: CouncilId,
    /// The standard's code.
    pub standard: String,
    /// The limit, in the unit that the standard names.
    pub limit: u32,
    /// Who decided it, when and where it is written down.
    pub basis: String,
    /// Edit version.
    pub version: i64,
    /// Who recorded it.
    pub stamp: Stamp,
}
