//! Extracts: what was read is staged as a snapshot, shown as a difference, and made to count in one act.
//!
//! The records of children are kept in a sealed file; the database holds facts about the load. Before anything is kept,
//! each identifier of the council's own system is replaced by a random id (security rules, section 1).

pub(crate) mod difference;
mod identity;
mod kept;
mod reader;
mod wire;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{
    AccessEntry, CouncilPlaces, DataClass, Scope, Snapshot, SnapshotFile, SnapshotFinding, SnapshotList,
};
use vocabulary::records::Records;

pub use difference::{ChangedField, DifferenceDetail};
pub use identity::Identities;
pub(crate) use identity::Replacing;
pub use kept::Kept;
pub use reader::{COLLECTIONS, EXTRACT_WORKER_ARGUMENT, ExtractQuestion, ExtractReader, GivenFile};
pub use wire::{Shape, answer_extract_request, in_words};

use crate::Service;
use crate::refusal::Refusal;
use crate::surroundings::hexadecimal;

/// An extract that was read and checked, ready to be staged.
#[derive(Clone, Debug)]
pub struct ReadExtract {
    /// The collection's name.
    pub collection: String,
    /// The year of the specification it was read by.
    pub year: i16,
    /// The day that it tells of.
    pub as_at: jiff::civil::Date,
    /// The source files.
    pub files: Vec<SnapshotFile>,
    /// Its lists.
    pub lists: Vec<SnapshotList>,
    /// What the rules found.
    pub findings: Vec<SnapshotFinding>,
    /// Where they found it.
    pub finding_rows: Vec<FindingRow>,
    /// How many rules were asked.
    pub rules_run: usize,
    /// Its records, under the identifiers of the council's own system.
    pub records: Records,
}

/// A row that a rule found at fault. It may quote the cell, so it is sealed with the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRow {
    /// The rule's code.
    pub code: String,
    /// The file's name.
    pub file: String,
    /// The list.
    pub list: String,
    /// The data row, from 0.
    pub row: u32,
    /// The column, as the file spells it.
    pub column: String,
    /// What is wrong with it.
    pub message: String,
}

impl ReadExtract {
    /// One hash for all files, whatever their order and names.
    pub fn source_hash(&self) -> String {
        let mut hashes: Vec<&str> = self.files.iter().map(|file| file.hash.as_str()).collect();
        hashes.sort_unstable();
        hexadecimal(&Sha256::digest(hashes.join(" ").as_bytes()))
    }
}

impl Service {
    /// Which authority the scope's council is and which adjoin it, once it has said so.
    pub async fn council_places(&self, scope: &Scope) -> Result<Option<CouncilPlaces>, Refusal> {
        let mut transaction = self.store.snapshot().await?;
        let places = transaction.find(scope, &scope.council().to_string()).await?;
        transaction.commit().await?;
        Ok(places)
    }

    /// The snapshots of the scope's council, by the day they tell of.
    pub async fn snapshots(&self, scope: &Scope) -> Result<Vec<Snapshot>, Refusal> {
        let mut transaction = self.store.snapshot().await?;
        let snapshots = transaction.list(scope).await?;
        transaction.commit().await?;
        Ok(snapshots)
    }

    /// The records and findings of a snapshot, for those who read the records of the whole council's children.
    pub fn kept(&self, scope: &Scope, snapshot: &Snapshot) -> Result<Kept, Refusal> {
        // A snapshot is the whole council's: who sees some teams only never opens it.
        let whole = scope.allows(DataClass::PseudonymousChildren) && scope.teams().is_none();
        if whole && snapshot.council == scope.council() {
            self.open_kept(snapshot)
        } else {
            Err(Refusal::NotFound)
        }
    }

    /// The identifiers of the council's own system by random id. Writes down first that they were asked for.
    pub async fn own_names(&self, scope: &Scope) -> Result<HashMap<String, String>, Refusal> {
        if !scope.allows(DataClass::IdentifiableChildren) {
            return Err(Refusal::NotFound);
        }
        let mut transaction = self.store.begin().await?;
        transaction
            .record_access(&AccessEntry {
                at: self.clock.now(),
                person: Some(scope.viewer()),
                role: "command line".into(),
                council: Some(scope.council()),
                what: "exported".into(),
                route: "headway assess".into(),
                thing: "outcomes with children's own identifiers".into(),
                source: "this machine".into(),
                request_id: String::new(),
            })
            .await?;
        let names = identity::own_names(&mut transaction, scope, &self.keys).await?;
        transaction.commit().await?;
        Ok(names)
    }

    /// What a snapshot keeps, for the program's own counting.
    pub(crate) fn open_kept(&self, snapshot: &Snapshot) -> Result<Kept, Refusal> {
        let sealed = self.attachments.read(&snapshot.kept_hash)?;
        Kept::from_sealed(&self.keys, &sealed)
    }
}

/// Findings by rule: how many rows, how much they matter, what they mean.
fn summed(reading: &extracts::Reading) -> Vec<SnapshotFinding> {
    let mut found: Vec<SnapshotFinding> = Vec::new();
    for finding in &reading.findings {
        match found.iter_mut().find(|known| known.code == finding.code) {
            Some(known) => known.rows += 1,
            None => found.push(SnapshotFinding {
                code: finding.code.to_owned(),
                severity: finding.severity.name().to_owned(),
                message: finding.message.to_owned(),
                rows: 1,
            }),
        }
    }
    found
}

/// Where findings stand. Of a rule that finds very many, the first thousand are kept.
fn rows_of(reading: &extracts::Reading) -> Vec<FindingRow> {
    const MOST: usize = 1_000;
    let mut kept: HashMap<&str, usize> = HashMap::new();
    let mut rows = Vec::new();
    for finding in &reading.findings {
        let count = kept.entry(finding.code).or_insert(0);
        *count += 1;
        if *count > MOST {
            continue;
        }
        rows.push(FindingRow {
            code: finding.code.to_owned(),
            file: reading.file(finding).to_owned(),
            list: finding.list.unwrap_or_default().to_owned(),
            row: finding.row.unwrap_or_default(),
            column: reading.column(finding).unwrap_or_default().to_owned(),
            message: finding.message.to_owned(),
        });
    }
    rows
}
