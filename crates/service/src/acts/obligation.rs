//! What people do with suggested rows: confirm, edit, split, merge, link, set aside, add. Re-reading never alters a row
//! that a person has touched.

use improvement::reading::{BearerRule, Modality, Span};
use improvement::register::{Instrument, InstrumentState, Obligation, ObligationState, Origin};
use improvement::timing::Timing;
use serde::{Deserialize, Serialize};
use serde_json::json;
use vocabulary::id::{InstrumentId, ObligationId, UserId};
use vocabulary::party::Party;

use super::{Seen, short};
use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Confirms suggested rows as they stand.
#[derive(Debug, Serialize)]
pub struct ConfirmObligations {
    /// The rows, as seen.
    pub rows: Vec<Seen<ObligationId>>,
}

impl Act for ConfirmObligations {
    const KIND: &'static str = "confirm-obligations";
    const ACTION: Action = Action::ConfirmObligation;
    type Outcome = usize;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<usize>, Refusal> {
        if self.rows.is_empty() {
            return Err(Refusal::invalid("rows", "Choose at least one row to confirm."));
        }
        let mut references = Vec::new();
        for seen in &self.rows {
            let mut row: Obligation = performing.find_seen(seen, "A row").await?;
            if row.state != ObligationState::Suggested {
                return Err(Refusal::Conflict { thing: format!("Row {}", row.reference) });
            }
            row.state = ObligationState::Confirmed;
            row.confirmed = Some(performing.stamp());
            performing.transaction.update(&mut row).await?;
            references.push(row.reference);
        }
        let (thing_id, count) = (self.rows[0].id.to_string(), self.rows.len());
        Ok(Applied {
            outcome: count,
            thing: "obligation",
            thing_id,
            summary: format!("Confirmed {}", short(&references.join(", "))),
            detail: json!({ "rows": self.rows.iter().map(|seen| seen.id).collect::<Vec<_>>() }),
            happened_on: None,
        })
    }
}

/// The fields of a row that a person may set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DutyFields {
    /// What must be done.
    pub text: String,
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
    /// Theme.
    pub theme: String,
}

impl DutyFields {
    /// The fields of a row as they stand.
    pub fn of(row: &Obligation) -> Self {
        Self {
            text: row.text.clone(),
            bearers: row.bearers.clone(),
            bearer_rule: row.bearer_rule,
            counterparties: row.counterparties.clone(),
            modality: row.modality,
            timing: row.timing.clone(),
            evidence: row.evidence.clone(),
            theme: row.theme.clone(),
        }
    }

    fn check(&self) -> Result<(), Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.text, 2_000, "text", "what must be done");
        problems.require(!self.bearers.is_empty(), "bearers", "Enter who must act.");
        problems.require_text(&self.theme, 60, "theme", "a theme");
        problems.refuse_any()
    }

    fn write_to(self, row: &mut Obligation) {
        row.text = self.text.trim().to_owned();
        row.bearers = self.bearers;
        row.bearer_rule = self.bearer_rule;
        row.counterparties = self.counterparties;
        row.modality = self.modality;
        row.timing = self.timing;
        row.evidence = self.evidence;
        row.theme = self.theme;
    }
}

/// Corrects a row and confirms it. A row in force keeps its clock: that changes by a variation or [`super::ChangeClock`].
#[derive(Debug, Serialize)]
pub struct EditObligation {
    /// The row, as seen.
    pub row: Seen<ObligationId>,
    /// Its fields from now on.
    pub fields: DutyFields,
    /// Why the reading was corrected.
    pub reason: String,
}

impl Act for EditObligation {
    const KIND: &'static str = "edit-obligation";
    const ACTION: Action = Action::EditObligation;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        self.fields.check()?;
        let mut row: Obligation = performing.find_seen(&self.row, "This row").await?;
        let before = DutyFields::of(&row);
        let live = matches!(row.state, ObligationState::InForce);
        if !matches!(
            row.state,
            ObligationState::Suggested | ObligationState::Confirmed | ObligationState::InForce
        ) {
            return Err(Refusal::invalid(
                "",
                "This row is no longer live, so it cannot be edited. Put it back first.",
            ));
        }
        if live && before.timing != self.fields.timing {
            return Err(Refusal::invalid(
                "timing",
                "This duty is in force. Ask for a variation, or correct its clock with a reason, to change when it is due.",
            ));
        }
        if live && self.reason.trim().is_empty() {
            return Err(Refusal::invalid("reason", "Enter why the row in force is corrected."));
        }
        let after = self.fields.clone();
        self.fields.write_to(&mut row);
        row.reason.clone_from(&self.reason);
        // A corrected row is confirmed by whoever corrected it, and in force again only when a second person signs.
        row.state = ObligationState::Confirmed;
        row.confirmed = Some(performing.stamp());
        performing.transaction.update(&mut row).await?;
        Ok(Applied {
            outcome: (),
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("Corrected and confirmed {}: {}", row.reference, short(&row.text)),
            detail: json!({ "before": before, "after": after, "reason": self.reason }),
            happened_on: None,
        })
    }
}

/// Splits a row into parts that can each be evidenced on their own.
#[derive(Debug, Serialize)]
pub struct SplitObligation {
    /// The row, as seen.
    pub row: Seen<ObligationId>,
    /// The text of each part, two or more.
    pub parts: Vec<String>,
}

impl Act for SplitObligation {
    const KIND: &'static str = "split-obligation";
    const ACTION: Action = Action::EditObligation;
    type Outcome = Vec<ObligationId>;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<Vec<ObligationId>>, Refusal> {
        let parts: Vec<&str> = self.parts.iter().map(|part| part.trim()).filter(|p| !p.is_empty()).collect();
        let mut problems = Problems::default();
        problems.require(
            (2..=12).contains(&parts.len()),
            "parts",
            "Enter 2 to 12 parts, each on a line of its own.",
        );
        problems.refuse_any()?;
        let mut whole: Obligation = performing.find_seen(&self.row, "This row").await?;
        require_undecided(&whole)?;
        let mut ids = Vec::new();
        for (number, text) in (0_i64..).zip(&parts) {
            let mut part = whole.clone();
            part.id = ObligationId(performing.chance.id()?);
            part.position = whole.position + number + 1;
            part.reference = format!("{}/{}", whole.reference, letter(number));
            part.text = (*text).to_owned();
            part.state = ObligationState::Suggested;
            part.confirmed = None;
            part.origin = Origin::SplitFrom { row: whole.id };
            part.version = 1;
            part.stamp = performing.stamp();
            performing.transaction.insert(&part).await?;
            ids.push(part.id);
        }
        whole.state = ObligationState::Split;
        performing.transaction.update(&mut whole).await?;
        Ok(Applied {
            outcome: ids,
            thing: "obligation",
            thing_id: whole.id.to_string(),
            summary: format!("Split {} into {} parts", whole.reference, parts.len()),
            detail: json!({ "parts": parts }),
            happened_on: None,
        })
    }
}

fn letter(number: i64) -> char {
    u8::try_from(number).ok().filter(|n| *n < 26).map_or('z', |n| char::from(b'a' + n))
}

fn require_undecided(row: &Obligation) -> Result<(), Refusal> {
    if matches!(row.state, ObligationState::Suggested | ObligationState::Confirmed) {
        Ok(())
    } else {
        Err(Refusal::invalid("", "This row was decided or is in force already. Look at its history."))
    }
}

/// Merges rows that are one duty into the first of them.
#[derive(Debug, Serialize)]
pub struct MergeObligations {
    /// The rows, as seen; the first stays and takes the text.
    pub rows: Vec<Seen<ObligationId>>,
    /// The text of the merged duty.
    pub text: String,
}

impl Act for MergeObligations {
    const KIND: &'static str = "merge-obligations";
    const ACTION: Action = Action::EditObligation;
    type Outcome = ObligationId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<ObligationId>, Refusal> {
        let mut problems = Problems::default();
        problems.require(self.rows.len() >= 2, "rows", "Choose two or more rows to merge.");
        problems.require_text(&self.text, 2_000, "text", "what the merged duty asks");
        problems.refuse_any()?;
        let mut rows = Vec::new();
        for seen in &self.rows {
            let row: Obligation = performing.find_seen(seen, "A row").await?;
            require_undecided(&row)?;
            rows.push(row);
        }
        if rows.iter().any(|row| row.instrument != rows[0].instrument) {
            return Err(Refusal::invalid(
                "rows",
                "Choose rows of one document; rows of two can be marked as the same duty.",
            ));
        }
        let ids: Vec<ObligationId> = rows.iter().map(|row| row.id).collect();
        let references: Vec<String> = rows.iter().map(|row| row.reference.clone()).collect();
        let (kept, others) = rows.split_first_mut().ok_or(Refusal::NotFound)?;
        for other in others.iter_mut() {
            other.state = ObligationState::Merged;
            other.reason = format!("Merged into {}", kept.reference);
            performing.transaction.update(other).await?;
            kept.span = [kept.span[0].min(other.span[0]), kept.span[1].max(other.span[1])];
            for bearer in &other.bearers {
                if !kept.bearers.contains(bearer) {
                    kept.bearers.push(bearer.clone());
                }
            }
        }
        self.text.trim().clone_into(&mut kept.text);
        kept.origin = Origin::MergedFrom { rows: ids.clone() };
        kept.state = ObligationState::Suggested;
        kept.confirmed = None;
        performing.transaction.update(kept).await?;
        Ok(Applied {
            outcome: kept.id,
            thing: "obligation",
            thing_id: kept.id.to_string(),
            summary: format!("Merged {}", short(&references.join(", "))),
            detail: json!({ "rows": ids }),
            happened_on: None,
        })
    }
}

/// Marks two rows as the same duty, so that one piece of evidence answers both.
#[derive(Debug, Serialize)]
pub struct MarkSameDuty {
    /// One row, as seen.
    pub row: Seen<ObligationId>,
    /// The other.
    pub other: ObligationId,
}

impl Act for MarkSameDuty {
    const KIND: &'static str = "mark-same-duty";
    const ACTION: Action = Action::EditObligation;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut row: Obligation = performing.find_seen(&self.row, "This row").await?;
        let mut other: Obligation = performing.find(self.other).await?;
        if row.id == other.id || row.same_as.contains(&other.id) {
            return Err(Refusal::invalid("other", "Choose another row: these are linked already."));
        }
        row.same_as.push(other.id);
        other.same_as.push(row.id);
        performing.transaction.update(&mut row).await?;
        performing.transaction.update(&mut other).await?;
        Ok(Applied {
            outcome: (),
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("Marked {} and {} as the same duty", row.reference, other.reference),
            detail: json!({ "other": other.id }),
            happened_on: None,
        })
    }
}

/// Sets a row aside as no duty, with a reason.
#[derive(Debug, Serialize)]
pub struct SetAside {
    /// The row, as seen.
    pub row: Seen<ObligationId>,
    /// Why it is no duty.
    pub reason: String,
}

impl Act for SetAside {
    const KIND: &'static str = "set-aside";
    const ACTION: Action = Action::EditObligation;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.reason, 500, "reason", "why this is not a duty");
        problems.refuse_any()?;
        let mut row: Obligation = performing.find_seen(&self.row, "This row").await?;
        require_undecided(&row)?;
        row.state = ObligationState::NotADuty;
        row.reason = self.reason.trim().to_owned();
        performing.transaction.update(&mut row).await?;
        Ok(Applied {
            outcome: (),
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("Set {} aside as not a duty: {}", row.reference, short(&row.reason)),
            detail: json!({ "reason": row.reason }),
            happened_on: None,
        })
    }
}

/// Undoes a decision: a confirmed, set-aside or merged row is a suggestion again.
#[derive(Debug, Serialize)]
pub struct ReopenObligation {
    /// The row, as seen.
    pub row: Seen<ObligationId>,
}

impl Act for ReopenObligation {
    const KIND: &'static str = "reopen-obligation";
    const ACTION: Action = Action::EditObligation;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut row: Obligation = performing.find_seen(&self.row, "This row").await?;
        let undoable = matches!(
            row.state,
            ObligationState::Confirmed | ObligationState::NotADuty | ObligationState::Merged
        );
        if !undoable {
            return Err(Refusal::invalid(
                "",
                "This row cannot be put back: it is in force, split or no longer live.",
            ));
        }
        let was = row.state;
        row.state = ObligationState::Suggested;
        row.confirmed = None;
        row.reason.clear();
        performing.transaction.update(&mut row).await?;
        Ok(Applied {
            outcome: (),
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("Put {} back among the suggestions", row.reference),
            detail: json!({ "was": was }),
            happened_on: None,
        })
    }
}

/// Adds a duty that the reader missed, over words of the document.
#[derive(Debug, Serialize)]
pub struct AddObligation {
    /// The document.
    pub instrument: InstrumentId,
    /// The clause.
    pub reference: String,
    /// The carrying words.
    pub span: Span,
    /// The fields.
    pub fields: DutyFields,
}

impl Act for AddObligation {
    const KIND: &'static str = "add-obligation";
    const ACTION: Action = Action::EditObligation;
    type Outcome = ObligationId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<ObligationId>, Refusal> {
        self.fields.check()?;
        let instrument: Instrument = performing.find(self.instrument).await?;
        if matches!(instrument.state, InstrumentState::Replaced | InstrumentState::Ended) {
            return Err(Refusal::invalid(
                "",
                "This document is no longer in force, so no duty can be added to it.",
            ));
        }
        let text = performing.transaction.find_text(performing.scope, instrument.id).await?;
        let text = text.ok_or(Refusal::NotFound)?;
        if text.get(self.span[0]..self.span[1]).is_none_or(|words| words.trim().is_empty()) {
            return Err(Refusal::invalid("span", "Choose the words of the document that carry the duty."));
        }
        let rows = performing.obligations_of(&instrument).await?;
        let before = rows.iter().filter(|row| row.span[0] <= self.span[0]).map(|row| row.position).max();
        let first = rows.iter().map(|row| row.position).min().unwrap_or(0);
        let mut row = Obligation {
            id: ObligationId(performing.chance.id()?),
            council: instrument.council,
            episode: instrument.episode,
            instrument: instrument.id,
            position: before.map_or(first - 20, |before| before + 20),
            reference: self.reference.trim().to_owned(),
            text: String::new(),
            line: text[..self.span[0]].matches('\n').count() + 1,
            span: self.span,
            bearers: Vec::new(),
            bearer_rule: BearerRule::All,
            counterparties: Vec::new(),
            modality: Modality::Must,
            timing: Timing::default(),
            evidence: Vec::new(),
            theme: String::new(),
            confidence: 1.0,
            flags: Vec::new(),
            cues: Vec::new(),
            state: ObligationState::Confirmed,
            origin: Origin::Added,
            same_as: Vec::new(),
            reason: String::new(),
            owner: None,
            confirmed: Some(performing.stamp()),
            former_timings: Vec::new(),
            version: 1,
            stamp: performing.stamp(),
        };
        self.fields.write_to(&mut row);
        performing.transaction.insert(&row).await?;
        Ok(Applied {
            outcome: row.id,
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("Added {}: {}", row.reference, short(&row.text)),
            detail: json!({ "span": self.span }),
            happened_on: None,
        })
    }
}

/// Names the person answerable for a duty.
#[derive(Debug, Serialize)]
pub struct AssignOwner {
    /// The row, as seen.
    pub row: Seen<ObligationId>,
    /// The person; none to leave it unowned.
    pub owner: Option<UserId>,
}

impl Act for AssignOwner {
    const KIND: &'static str = "assign-owner";
    const ACTION: Action = Action::EditObligation;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut row: Obligation = performing.find_seen(&self.row, "This duty").await?;
        let name = match self.owner {
            Some(owner) => {
                let person = super::people::person_of_council(performing, owner).await;
                person.map_err(|_| Refusal::invalid("owner", "Choose a person with an account."))?.name
            }
            None => "nobody".to_owned(),
        };
        let was = row.owner;
        row.owner = self.owner;
        performing.transaction.update(&mut row).await?;
        Ok(Applied {
            outcome: (),
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("Made {name} answerable for {}", row.reference),
            detail: json!({ "was": was, "owner": self.owner }),
            happened_on: None,
        })
    }
}
