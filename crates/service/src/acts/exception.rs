//! What people say of exceptions.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use store::{DataClass, ExceptionKind, ExceptionNote};
use vocabulary::id::{ChildId, UserId};

use crate::action::Action;
use crate::declared::library;
use crate::exceptions::may_know_of;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};
use crate::surroundings::hash_of;

/// Why something a child is owed has not happened or is not on record, by code and in words.
///
/// A closed list, so that reasons can be counted; what is particular to a child stands in the sealed text.
pub const REASONS: [(&str, &str); 9] = [
    ("family-not-available", "The child or family was not available"),
    ("child-missing", "The child was missing or could not be found"),
    ("worker-absent", "The worker was absent or had left"),
    ("no-capacity", "Nobody had time for it"),
    ("other-agency", "Waiting for another agency"),
    ("court-or-decision", "Waiting for a court or a decision"),
    ("not-written-up", "It happened and is not written up"),
    ("wrong-entry", "Something is entered wrongly"),
    ("other", "Another reason"),
];

/// Says what an exception turned out to be, why, what is done about it, who answers for it and by when.
#[derive(Debug, Serialize)]
pub struct NoteException {
    /// The standard's code.
    pub standard: String,
    /// The child.
    pub child: ChildId,
    /// The day the clock started.
    pub event_on: Option<Date>,
    /// The day it was due.
    pub due_on: Option<Date>,
    /// The team that answers for the child, as the figures have it.
    pub team: String,
    /// The version of the note that the person saw; 0 when there was none.
    pub version: i64,
    /// What it turned out to be.
    pub kind: ExceptionKind,
    /// Why, a code of [`REASONS`].
    pub reason: String,
    /// What is done meanwhile; none leaves what stands, as somebody who may not read it must. It may be about a child, so
    /// it is kept sealed and out of the log.
    pub mitigation: Option<String>,
    /// Who answers for it.
    pub owner: UserId,
    /// The day by which it is expected to be right.
    pub expected_on: Date,
}

impl Act for NoteException {
    const KIND: &'static str = "note-exception";
    const ACTION: Action = Action::NoteException;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        if !performing.scope.allows(DataClass::PseudonymousChildren)
            || !performing.scope.holds_team(Some(&self.team))
            || !library().standard(&self.standard).is_some_and(|known| may_know_of(known, performing.scope))
        {
            return Err(Refusal::NotFound);
        }
        let mut problems = Problems::default();
        problems.require(
            REASONS.iter().any(|(code, _)| *code == self.reason),
            "reason",
            "Choose why it has not happened.",
        );
        if let Some(mitigation) = &self.mitigation {
            problems.require_text(mitigation, 1_000, "mitigation", "what is done meanwhile");
        }
        problems.require(
            self.expected_on >= performing.today,
            "expected_on",
            "Enter today or a day ahead: the day by which it is expected to be right.",
        );
        let names = performing.transaction.names(performing.scope).await?;
        let owner = names.iter().find(|(id, _)| *id == self.owner);
        problems.require(owner.is_some(), "owner", "Choose who answers for it.");
        problems.refuse_any()?;
        let council = performing.actor.council;
        let id = ExceptionNote::key_of(council, &self.standard, self.child, self.event_on);
        let known: Option<ExceptionNote> = performing.transaction.find(performing.scope, &id).await?;
        if known.as_ref().map_or(0, |known| known.version) != self.version {
            return Err(Refusal::Conflict { thing: "The note on this exception".into() });
        }
        let former = known.as_ref().map(|known| known.kind.code());
        let sealed_mitigation = match (&self.mitigation, &known) {
            (Some(mitigation), _) => {
                performing.service().keys.seal_text(performing.chance, mitigation.trim())?
            }
            (None, Some(known)) => known.sealed_mitigation.clone(),
            (None, None) => return Err(Refusal::invalid("mitigation", "Enter what is done meanwhile.")),
        };
        let mut note = ExceptionNote {
            id: id.clone(),
            council,
            standard: self.standard,
            child: self.child,
            event_on: self.event_on,
            due_on: self.due_on,
            team: self.team,
            kind: self.kind,
            reason: self.reason,
            sealed_mitigation,
            owner: self.owner,
            expected_on: self.expected_on,
            version: self.version.max(1),
            stamp: performing.stamp(),
        };
        match known {
            Some(_) => performing.transaction.update(&mut note).await?,
            None => performing.transaction.insert(&note).await?,
        }
        Ok(Applied {
            outcome: (),
            thing: "exception",
            // The key names a child, and the log is read by people who may not know of one.
            thing_id: hash_of(&id),
            summary: format!("Noted an exception to {}: {}", note.standard, note.kind.words()),
            detail: json!({
                "kind": note.kind.code(), "former": former, "reason": note.reason, "owner": note.owner,
                "expected_on": note.expected_on,
            }),
            happened_on: None,
        })
    }
}
