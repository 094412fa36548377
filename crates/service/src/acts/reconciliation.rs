//! Holding a tracker against the case records, and settling what differs.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use store::{DataClass, Reconciliation};
use vocabulary::id::{ReconciliationId, UserId};

use super::Seen;
use crate::action::Action;
use crate::extract::{Identities, Replacing};
use crate::figures::Figures;
use crate::perform::{Act, Applied, Performing};
use crate::reconciliation::{Comparison, ReadTracker, hold};
use crate::refusal::{Problems, Refusal};

/// Holds a tracker that was read against the records as the figures have them, and keeps what differs.
#[derive(Debug, Serialize)]
pub struct ReconcileTracker {
    /// SHA-256 of its file.
    pub source_hash: String,
    /// What it is held against, by code.
    pub comparison: String,
    /// The day it tells of.
    pub as_at: Date,
    /// The tracker, under the identifiers of the council's own system.
    #[serde(skip)]
    pub tracker: ReadTracker,
    /// The figures whose records it is held against.
    #[serde(skip)]
    pub figures: Arc<Figures>,
}

impl ReconcileTracker {
    /// The request for a tracker that was read.
    pub fn of(tracker: ReadTracker, figures: Arc<Figures>) -> Self {
        let (source_hash, comparison) = (tracker.source_hash.clone(), tracker.comparison.clone());
        Self { source_hash, comparison, as_at: tracker.as_at, tracker, figures }
    }
}

impl Act for ReconcileTracker {
    const KIND: &'static str = "reconcile-tracker";
    const ACTION: Action = Action::ReconcileTracker;
    type Outcome = ReconciliationId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<ReconciliationId>, Refusal> {
        let comparison = Comparison::named(&self.comparison).ok_or(Refusal::NotFound)?;
        if self.figures.council != performing.actor.council {
            return Err(Refusal::NotFound);
        }
        let mut problems = Problems::default();
        problems.require(
            self.as_at <= performing.today,
            "as_at",
            "A tracker cannot tell of a day that has not come. Enter the day it was taken.",
        );
        problems.require(
            !self.tracker.records.is_empty(),
            "file",
            "No row of the file could be used. Check that its headings are those named below.",
        );
        problems.refuse_any()?;
        let mut records = self.tracker.records;
        let mut identities = Identities::load(performing.transaction, performing.scope).await?;
        let service = performing.service();
        let mut replacing = Replacing {
            transaction: performing.transaction,
            scope: performing.scope,
            keys: &service.keys,
            chance: performing.chance,
            now: performing.now,
        };
        identities.replace(&mut records, &mut replacing).await?;
        let held = hold(&comparison, &records, self.as_at, &self.figures);
        let reconciliation = Reconciliation {
            id: ReconciliationId(performing.chance.id()?),
            council: performing.actor.council,
            kind: comparison.code.clone(),
            file: self.tracker.file,
            source_hash: self.source_hash,
            as_at: self.as_at,
            extracts_as_at: self.figures.as_at.date(),
            rows: self.tracker.rows,
            unusable: self.tracker.unusable,
            matched: held.matched,
            differences: held.differences,
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&reconciliation).await?;
        Ok(applied(reconciliation, &comparison))
    }
}

fn applied(reconciliation: Reconciliation, comparison: &Comparison) -> Applied<ReconciliationId> {
    Applied {
        outcome: reconciliation.id,
        thing: "reconciliation",
        thing_id: reconciliation.id.to_string(),
        // The log is read by people who see no figures before disclosure control, so no count of children stands in it.
        summary: format!("Reconciled a tracker: {}", comparison.title),
        detail: json!({
            "source_hash": reconciliation.source_hash, "as_at": reconciliation.as_at,
            "extracts_as_at": reconciliation.extracts_as_at,
        }),
        happened_on: None,
    }
}

/// Says who settles a difference, and whether it is settled.
#[derive(Debug, Serialize)]
pub struct SettleDifference {
    /// The reconciliation, as seen.
    pub reconciliation: Seen<ReconciliationId>,
    /// The difference's place in it.
    pub place: usize,
    /// Who settles it.
    pub owner: Option<UserId>,
    /// Whether it is settled now.
    pub settled: bool,
}

impl Act for SettleDifference {
    const KIND: &'static str = "settle-difference";
    const ACTION: Action = Action::ReconcileTracker;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut reconciliation: Reconciliation =
            performing.find_seen(&self.reconciliation, "The reconciliation").await?;
        let names = performing.transaction.names(performing.scope).await?;
        let stamp = performing.stamp();
        let scope = performing.scope;
        let difference = reconciliation.differences.get_mut(self.place).filter(|difference| {
            let team = Some(difference.team.as_str()).filter(|team| !team.is_empty());
            scope.allows(DataClass::PseudonymousChildren) && scope.holds_team(team)
        });
        let difference = difference.ok_or(Refusal::NotFound)?;
        let was_settled = difference.settled.is_some();
        let mut problems = Problems::default();
        let known = self.owner.is_some_and(|owner| names.iter().any(|(id, _)| *id == owner));
        problems.require(known, "owner", "Choose who settles it.");
        problems.refuse_any()?;
        difference.owner = self.owner;
        difference.settled = match (self.settled, difference.settled.take()) {
            (true, Some(before)) => Some(before),
            (true, None) => Some(stamp),
            (false, _) => None,
        };
        let verb = match (self.settled, was_settled) {
            (true, _) => "Settled",
            (false, true) => "Reopened",
            (false, false) => "Gave an owner to",
        };
        performing.transaction.update(&mut reconciliation).await?;
        Ok(Applied {
            outcome: (),
            thing: "reconciliation",
            thing_id: reconciliation.id.to_string(),
            summary: format!("{verb} difference {} of a reconciliation", self.place + 1),
            detail: json!({ "place": self.place, "owner": self.owner, "settled": self.settled }),
            happened_on: None,
        })
    }
}
