//! Marking a due instance as met, and a second person's verification.

use improvement::register::{Obligation, ObligationState, OccurrenceMark};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use vocabulary::id::ObligationId;

use super::short;
use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Says that a due instance was met, and what shows it.
#[derive(Debug, Serialize)]
pub struct MarkMet {
    /// The duty.
    pub obligation: ObligationId,
    /// Which instance, by the key the calendar computes.
    pub occurrence: String,
    /// The day it was met.
    pub met_on: Date,
    /// What shows it.
    pub evidence: String,
}

impl Act for MarkMet {
    const KIND: &'static str = "mark-met";
    const ACTION: Action = Action::MarkOccurrence;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let row: Obligation = performing.find(self.obligation).await?;
        let key = improvement::occurrence::OccurrenceKey::parse(&self.occurrence);
        let mut problems = Problems::default();
        problems.require(key.is_some(), "occurrence", "Choose which due date was met.");
        problems.require(
            row.state == ObligationState::InForce,
            "",
            "Only a duty in force can be met. Confirm and sign its register first.",
        );
        problems.require(self.met_on <= performing.today, "met_on", "Enter a day that is not in the future.");
        problems.require_text(&self.evidence, 500, "evidence", "what shows that it was met");
        problems.refuse_any()?;
        let id = format!("{}-{}", row.id, self.occurrence);
        let standing: Option<OccurrenceMark> = performing.transaction.find(performing.scope, &id).await?;
        if standing.is_some() {
            return Err(Refusal::invalid("occurrence", "This due date is marked as met already."));
        }
        let mark = OccurrenceMark {
            id,
            council: row.council,
            episode: row.episode,
            obligation: row.id,
            occurrence: self.occurrence.clone(),
            met_on: self.met_on,
            evidence: self.evidence.trim().to_owned(),
            verified: None,
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&mark).await?;
        Ok(Applied {
            outcome: (),
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("Marked {} as met: {}", row.reference, short(&mark.evidence)),
            detail: json!({ "occurrence": self.occurrence, "met_on": self.met_on, "evidence": mark.evidence }),
            happened_on: Some(self.met_on),
        })
    }
}

/// Verifies, as a second person, that an instance was met.
#[derive(Debug, Serialize)]
pub struct VerifyMet {
    /// The mark's key.
    pub mark: String,
    /// The version the person saw.
    pub version: i64,
}

impl Act for VerifyMet {
    const KIND: &'static str = "verify-met";
    const ACTION: Action = Action::VerifyOccurrence;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut mark: OccurrenceMark = performing.find(&self.mark).await?;
        let row: Obligation = performing.find(mark.obligation).await?;
        if mark.version != self.version {
            return Err(Refusal::Conflict { thing: "This due date".into() });
        }
        let person = performing.actor.person;
        if mark.stamp.by == person || row.owner == Some(person) {
            return Err(Refusal::Separation(
                "You marked this as met, or answer for the duty, so somebody else must verify it.",
            ));
        }
        mark.verified = Some(performing.stamp());
        performing.transaction.update(&mut mark).await?;
        Ok(Applied {
            outcome: (),
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("Verified that {} was met", row.reference),
            detail: json!({ "occurrence": mark.occurrence, "evidence": mark.evidence }),
            happened_on: None,
        })
    }
}
