//! Loading extracts: staging a snapshot, making it count, setting it aside; and the limits a council sets itself.

use serde::Serialize;
use serde_json::json;
use store::{CouncilLimit, Scope, Snapshot, SnapshotState};
use vocabulary::id::SnapshotId;

use super::Seen;
use crate::Service;
use crate::action::Action;
use crate::declared::{library, library_hash};
use crate::extract::difference::{before, changes_of, difference};
use crate::extract::{Identities, Kept, ReadExtract, Replacing};
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Stages what was read: kept, sealed, shown; no figure rests on it yet.
#[derive(Debug, Serialize)]
pub struct StageExtract {
    /// The collection it is of: the same files may hold several.
    pub collection: String,
    /// One hash for its files.
    pub source_hash: String,
    /// The day it tells of.
    pub as_at: jiff::civil::Date,
    /// The extract itself.
    #[serde(skip)]
    pub extract: ReadExtract,
}

impl StageExtract {
    /// The request for an extract that was read.
    pub fn of(extract: ReadExtract) -> Self {
        Self {
            collection: extract.collection.clone(),
            source_hash: extract.source_hash(),
            as_at: extract.as_at,
            extract,
        }
    }
}

impl Act for StageExtract {
    const KIND: &'static str = "stage-extract";
    const ACTION: Action = Action::LoadExtract;
    type Outcome = SnapshotId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<SnapshotId>, Refusal> {
        self.refuse_what_cannot_stand(performing).await?;
        let mut extract = self.extract;
        let mut identities = Identities::load(performing.transaction, performing.scope).await?;
        let service = performing.service();
        identities
            .replace(
                &mut extract.records,
                &mut Replacing {
                    transaction: performing.transaction,
                    scope: performing.scope,
                    keys: &service.keys,
                    chance: performing.chance,
                    now: performing.now,
                },
            )
            .await?;
        let children = extract.records.table("child").map_or(0, vocabulary::records::Table::len);
        let kept = Kept { records: extract.records.compacted(), findings: extract.finding_rows };
        let known: Vec<Snapshot> = performing.transaction.list(performing.scope).await?;
        let changes = match before(&known, &extract.collection, extract.as_at) {
            Some(former) => {
                let former_kept = service.open_kept(former)?;
                let newer = (extract.as_at, &kept.records);
                Some(changes_of(&difference(
                    &extract.collection,
                    (former.as_at, &former_kept.records),
                    newer,
                )))
            }
            None => None,
        };
        let kept_hash = service.attachments.keep(&kept.sealed(&service.keys, performing.chance)?)?;
        let snapshot = Snapshot {
            id: SnapshotId(performing.chance.id()?),
            council: performing.actor.council,
            collection: extract.collection,
            year: extract.year,
            as_at: extract.as_at,
            state: SnapshotState::Staged,
            source_hash: self.source_hash,
            kept_hash,
            files: extract.files,
            lists: extract.lists,
            findings: extract.findings,
            rules_run: extract.rules_run,
            children,
            changes,
            committed: None,
            reason: String::new(),
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&snapshot).await?;
        Ok(Applied {
            outcome: snapshot.id,
            thing: "snapshot",
            thing_id: snapshot.id.to_string(),
            // The log is read by people who see no figures before disclosure control: no count of children stands in it.
            summary: format!(
                "Staged {} as at {}",
                snapshot.title(),
                vocabulary::date::day_in_words(snapshot.as_at)
            ),
            detail: json!({ "source_hash": snapshot.source_hash, "kept_hash": snapshot.kept_hash }),
            happened_on: None,
        })
    }
}

/// The snapshot of the same files, of the same collection and day, that was not set aside.
fn same_files<'k>(known: &'k [Snapshot], act: &StageExtract) -> Option<&'k Snapshot> {
    known.iter().find(|known| {
        known.source_hash == act.source_hash
            && known.collection == act.collection
            && known.as_at == act.as_at
            && known.state != SnapshotState::SetAside
    })
}

impl Service {
    /// The snapshot that the same files of the same day have already, staged or counting.
    pub async fn snapshot_of_files(
        &self,
        scope: &Scope,
        act: &StageExtract,
    ) -> Result<Option<Snapshot>, Refusal> {
        let mut transaction = self.store.snapshot().await?;
        let known: Vec<Snapshot> = transaction.list(scope).await?;
        transaction.commit().await?;
        Ok(same_files(&known, act).cloned())
    }
}

impl StageExtract {
    async fn refuse_what_cannot_stand(&self, performing: &mut Performing<'_>) -> Result<(), Refusal> {
        let mut problems = Problems::default();
        problems.require(
            self.as_at <= performing.today,
            "as_at",
            "An extract cannot tell of a day that has not come. Enter the day it was taken.",
        );
        problems.require(
            !self.extract.records.is_empty(),
            "files",
            "No record could be read from these files, so there is nothing to load. See the findings.",
        );
        problems.refuse_any()?;
        let known: Vec<Snapshot> = performing.transaction.list(performing.scope).await?;
        match same_files(&known, self) {
            Some(same) => Err(Refusal::invalid(
                "files",
                format!(
                    "These files were loaded before, as {} as at {}{}. Loading them again changes nothing.",
                    same.title(),
                    vocabulary::date::day_in_words(same.as_at),
                    if same.state == SnapshotState::Staged {
                        ", and wait there to be made to count"
                    } else {
                        ""
                    }
                ),
            )),
            None => Ok(()),
        }
    }
}

/// Makes a staged snapshot count.
#[derive(Debug, Serialize)]
pub struct CommitSnapshot {
    /// The snapshot, as seen.
    pub snapshot: Seen<SnapshotId>,
}

impl Act for CommitSnapshot {
    const KIND: &'static str = "commit-snapshot";
    const ACTION: Action = Action::LoadExtract;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut snapshot: Snapshot = performing.find_seen(&self.snapshot, "The snapshot").await?;
        let mut problems = Problems::default();
        problems.require(
            snapshot.state == SnapshotState::Staged,
            "snapshot",
            "Only a staged snapshot can be made to count.",
        );
        problems.refuse_any()?;
        snapshot.state = SnapshotState::Committed;
        snapshot.committed = Some(performing.stamp());
        performing.transaction.update(&mut snapshot).await?;
        Ok(of_snapshot(
            &snapshot,
            "Made to count",
            json!({ "kept_hash": snapshot.kept_hash, "library": library_hash() }),
        ))
    }
}

/// Sets a staged snapshot aside. What counts already is corrected by loading again, never taken back.
#[derive(Debug, Serialize)]
pub struct SetSnapshotAside {
    /// The snapshot, as seen.
    pub snapshot: Seen<SnapshotId>,
    /// Why.
    pub reason: String,
}

impl Act for SetSnapshotAside {
    const KIND: &'static str = "set-snapshot-aside";
    const ACTION: Action = Action::LoadExtract;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut snapshot: Snapshot = performing.find_seen(&self.snapshot, "The snapshot").await?;
        let mut problems = Problems::default();
        problems.require_text(&self.reason, 500, "reason", "why it is set aside");
        problems.require(
            snapshot.state == SnapshotState::Staged,
            "snapshot",
            "Figures rest on this snapshot. Load a corrected extract instead: both stay on record.",
        );
        problems.refuse_any()?;
        snapshot.state = SnapshotState::SetAside;
        snapshot.reason = self.reason.trim().to_owned();
        performing.transaction.update(&mut snapshot).await?;
        Ok(of_snapshot(&snapshot, "Set aside", json!({ "reason": snapshot.reason })))
    }
}

fn of_snapshot(snapshot: &Snapshot, verb: &str, detail: serde_json::Value) -> Applied<()> {
    Applied {
        outcome: (),
        thing: "snapshot",
        thing_id: snapshot.id.to_string(),
        summary: format!(
            "{verb}: {} as at {}",
            snapshot.title(),
            vocabulary::date::day_in_words(snapshot.as_at)
        ),
        detail,
        happened_on: None,
    }
}

/// Sets the council's own limit for a standard that leaves it to the council.
#[derive(Debug, Serialize)]
pub struct SetCouncilLimit {
    /// The standard's code.
    pub standard: String,
    /// The limit, in the unit that the standard names.
    pub limit: u32,
    /// Who decided it, when, and where it is written down.
    pub basis: String,
}

impl Act for SetCouncilLimit {
    const KIND: &'static str = "set-council-limit";
    const ACTION: Action = Action::SetCouncilLimit;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let standard = library().standard(&self.standard);
        if standard.is_none_or(|standard| standard.council_limit.is_none()) {
            return Err(Refusal::NotFound);
        }
        let mut problems = Problems::default();
        problems.require(
            (1..=10_000).contains(&self.limit),
            "limit",
            "Enter a whole number from 1 to 10,000.",
        );
        problems.require_text(
            &self.basis,
            500,
            "basis",
            "who decided it, when, and where it is written down",
        );
        problems.refuse_any()?;
        let council = performing.actor.council;
        let key = format!("{council}-{}", self.standard);
        let known: Option<CouncilLimit> = performing.transaction.find(performing.scope, &key).await?;
        let former = known.as_ref().map(|known| known.limit);
        match known {
            Some(mut known) => {
                known.limit = self.limit;
                known.basis = self.basis.trim().to_owned();
                known.stamp = performing.stamp();
                performing.transaction.update(&mut known).await?;
            }
            None => {
                let limit = CouncilLimit {
                    id: key.clone(),
                    council,
                    standard: self.standard.clone(),
                    limit: self.limit,
                    basis: self.basis.trim().to_owned(),
                    version: 1,
                    stamp: performing.stamp(),
                };
                performing.transaction.insert(&limit).await?;
            }
        }
        Ok(Applied {
            outcome: (),
            thing: "council-limit",
            thing_id: key,
            summary: format!("Set the council's limit of {} to {}", self.standard, self.limit),
            detail: json!({ "limit": self.limit, "former": former, "basis": self.basis }),
            happened_on: None,
        })
    }
}
