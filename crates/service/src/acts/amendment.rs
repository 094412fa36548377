//! What a later instrument does to the duties of an earlier one: carried-over duties keep their identity, their owner,
//! their marks and their history; changed ones keep a "was" link; the rest is superseded.

use improvement::amendment::{Amendment, Comparable, amendment};
use improvement::register::{Instrument, InstrumentState, Obligation, ObligationState, Origin};
use serde::Serialize;
use serde_json::json;
use vocabulary::id::InstrumentId;

use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::Refusal;

/// Applies the difference between two instruments of one intervention.
#[derive(Debug, Serialize)]
pub struct ApplyAmendment {
    /// The earlier instrument.
    pub old: InstrumentId,
    /// The later one, read but not yet signed.
    pub new: InstrumentId,
}

/// What became of the duties.
#[derive(Clone, Copy, Debug, Serialize, serde::Deserialize)]
pub struct AmendmentCounts {
    /// Duties found in both, unchanged.
    pub carried: usize,
    /// Duties found in both, changed.
    pub changed: usize,
    /// Duties only in the later one.
    pub added: usize,
    /// Duties only in the earlier one.
    pub removed: usize,
}

/// The duties of a register that an amendment compares, with the amendment itself.
pub fn compare(old: &[Obligation], new: &[Obligation]) -> Amendment {
    let comparable = |row: &Obligation| Comparable {
        reference: row.reference.clone(),
        text: row.text.clone(),
        modality: row.modality,
        bearers: row.bearers.clone(),
        bearer_rule: row.bearer_rule,
        timing: row.timing.clone(),
        theme: row.theme.clone(),
    };
    let old: Vec<_> = old.iter().map(comparable).collect();
    let new: Vec<_> = new.iter().map(comparable).collect();
    amendment(&old, &new)
}

/// The rows of an instrument that an amendment looks at.
pub fn compared_rows(rows: impl IntoIterator<Item = Obligation>, old: bool) -> Vec<Obligation> {
    let live = |row: &Obligation| row.state.counts() || (!old && row.state == ObligationState::Suggested);
    rows.into_iter().filter(live).collect()
}

impl Act for ApplyAmendment {
    const KIND: &'static str = "apply-amendment";
    const ACTION: Action = Action::LinkInstruments;
    type Outcome = AmendmentCounts;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<AmendmentCounts>, Refusal> {
        let old: Instrument = performing.find(self.old).await?;
        let new: Instrument = performing.find(self.new).await?;
        if old.episode != new.episode || old.id == new.id {
            return Err(Refusal::invalid("old", "Choose two documents of the same intervention."));
        }
        if new.state != InstrumentState::InForce {
            return Err(Refusal::invalid(
                "new",
                "Sign the later document's register first: until then the earlier duties are the ones that count.",
            ));
        }
        let mut old_rows = compared_rows(performing.obligations_of(&old).await?, true);
        let mut new_rows = compared_rows(performing.obligations_of(&new).await?, false);
        if old_rows.is_empty() {
            return Err(Refusal::invalid("old", "The earlier document has no live duty to carry over."));
        }
        let difference = compare(&old_rows, &new_rows);
        let mut counts = AmendmentCounts {
            carried: 0,
            changed: 0,
            added: difference.added.len(),
            removed: difference.removed.len(),
        };
        for carried in &difference.carried {
            let (before, after) = (&mut old_rows[carried.old], &mut new_rows[carried.new]);
            let unchanged = carried.changes.is_empty();
            counts.carried += usize::from(unchanged);
            counts.changed += usize::from(!unchanged);
            before.state = if unchanged { ObligationState::CarriedOver } else { ObligationState::Superseded };
            before.reason = format!("Continued as {} of “{}”", after.reference, new.title);
            after.origin = Origin::CarriedFrom { row: before.id };
            after.owner = after.owner.or(before.owner);
            performing.transaction.update(before).await?;
            performing.transaction.update(after).await?;
        }
        for removed in &difference.removed {
            let row = &mut old_rows[*removed];
            row.state = ObligationState::Superseded;
            row.reason = format!("Not continued by “{}”", new.title);
            performing.transaction.update(row).await?;
        }
        Ok(Applied {
            outcome: counts,
            thing: "instrument",
            thing_id: new.id.to_string(),
            summary: format!(
                "Carried {} duties over from “{}”, {} changed, {} new, {} not continued",
                counts.carried, old.title, counts.changed, counts.added, counts.removed
            ),
            detail: json!({ "old": old.id, "counts": counts }),
            happened_on: None,
        })
    }
}
