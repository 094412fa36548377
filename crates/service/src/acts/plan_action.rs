//! The actions of the plan: who does what by when, what they say of it, and what others find.

use improvement::plan::status::{Status, by_rule};
use improvement::plan::{
    Check, Confidence, DoneReport, ManualStatus, Objective, PlanAction, Progress, Revision, RevisionAnswer,
    Source, SuccessMeasure,
};
use improvement::register::Partner;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use vocabulary::id::{ObjectiveId, PartnerId, PlanActionId, UserId};

use super::Seen;
use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Adds an action under an objective.
#[derive(Debug, Serialize)]
pub struct AddPlanAction {
    /// The objective.
    pub objective: ObjectiveId,
    /// What is done.
    pub title: String,
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// Who answers for it.
    pub lead: Option<UserId>,
    /// Their post.
    pub post: String,
    /// The partner agency that does it with the council.
    pub partner: Option<PartnerId>,
    /// First day.
    pub start: Date,
    /// Last day.
    pub due: Date,
    /// How it is known to have worked.
    pub success: SuccessMeasure,
    /// The body that tests it.
    pub forum: String,
}

impl Act for AddPlanAction {
    const KIND: &'static str = "add-plan-action";
    const ACTION: Action = Action::KeepPlan;
    type Outcome = PlanActionId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<PlanActionId>, Refusal> {
        let objective: Objective = performing.find(self.objective).await?;
        let names = performing.transaction.names(performing.scope).await?;
        let mut problems = Problems::default();
        problems.require_text(&self.title, 300, "title", "what is done");
        problems.require_text(&self.post, 120, "post", "the post that answers for it");
        problems.require_text(&self.forum, 120, "forum", "the body that tests it");
        problems.require_text(&self.success.what, 300, "success", "how it is known to have worked");
        problems.require_text(&self.success.target, 200, "target", "what it is to be");
        problems.require(
            self.success.baseline.chars().count() <= 200,
            "baseline",
            "Enter 200 characters or fewer.",
        );
        problems.require(self.due >= self.start, "due", "Enter a day on or after the first.");
        let lead = self.lead.filter(|lead| names.iter().any(|(id, _)| id == lead));
        problems.require(lead.is_some(), "lead", "Choose who answers for it.");
        problems.refuse_any()?;
        if let Some(partner) = self.partner {
            let _known: Partner = performing.find(partner).await?;
        }
        let known: Vec<PlanAction> = performing.transaction.list(performing.scope).await?;
        let under = known.iter().filter(|action| action.objective == objective.id);
        let action = PlanAction {
            id: PlanActionId(performing.chance.id()?),
            council: objective.council,
            episode: objective.episode,
            objective: objective.id,
            number: under.map(|action| action.number).max().unwrap_or(0) + 1,
            title: self.title.trim().to_owned(),
            sources: self.sources,
            lead: lead.ok_or(Refusal::NotFound)?,
            post: self.post.trim().to_owned(),
            partner: self.partner,
            start: self.start,
            due: self.due,
            revisions: Vec::new(),
            success: self.success,
            forum: self.forum.trim().to_owned(),
            progress: Vec::new(),
            done: None,
            checks: Vec::new(),
            manual: None,
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&action).await?;
        let detail = json!({ "objective": action.objective, "start": action.start, "due": action.due });
        Ok(of_action(&action, "Added", detail))
    }
}

/// Says how an action stands, in three fields.
#[derive(Debug, Serialize)]
pub struct ReportProgress {
    /// The action, as seen.
    pub action: Seen<PlanActionId>,
    /// What was done since.
    pub note: String,
    /// How sure the lead is.
    pub confidence: Option<Confidence>,
    /// What stands in the way; empty where nothing does.
    pub barrier: String,
}

impl Act for ReportProgress {
    const KIND: &'static str = "report-progress";
    const ACTION: Action = Action::UpdatePlanAction;
    type Outcome = PlanActionId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<PlanActionId>, Refusal> {
        let mut action = own_action(performing, &self.action).await?;
        let mut problems = Problems::default();
        problems.require_text(&self.note, 1_000, "note", "what was done since");
        problems.require(
            self.confidence.is_some(),
            "confidence",
            "Choose how sure you are that it will be done in time.",
        );
        problems.require(self.barrier.chars().count() <= 500, "barrier", "Enter 500 characters or fewer.");
        problems.refuse_any()?;
        let confidence = self.confidence.ok_or(Refusal::NotFound)?;
        action.progress.push(Progress {
            on: performing.today,
            note: self.note.trim().to_owned(),
            confidence,
            barrier: self.barrier.trim().to_owned(),
            stamp: performing.stamp(),
        });
        performing.transaction.update(&mut action).await?;
        let barred = !self.barrier.trim().is_empty();
        Ok(of_action(&action, "Told of", json!({ "confidence": confidence.code(), "barrier": barred })))
    }
}

/// Reports an action done. It waits then for somebody else to verify it.
#[derive(Debug, Serialize)]
pub struct ReportDone {
    /// The action, as seen.
    pub action: Seen<PlanActionId>,
    /// The day it was done.
    pub on: Date,
    /// What shows it, and where that is kept.
    pub evidence: String,
}

impl Act for ReportDone {
    const KIND: &'static str = "report-action-done";
    const ACTION: Action = Action::UpdatePlanAction;
    type Outcome = PlanActionId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<PlanActionId>, Refusal> {
        let mut action = own_action(performing, &self.action).await?;
        let mut problems = Problems::default();
        problems.require_text(&self.evidence, 1_000, "evidence", "what shows it, and where that is kept");
        problems.require(self.on <= performing.today, "on", "Enter today or a day before.");
        let fell_back = by_rule(&action, performing.today).status == Status::FellBack;
        problems.require(
            action.done.is_none() || fell_back,
            "",
            "It is reported done already, and waits for somebody to verify it.",
        );
        problems.refuse_any()?;
        let evidence = self.evidence.trim().to_owned();
        action.done = Some(DoneReport { on: self.on, evidence, stamp: performing.stamp() });
        performing.transaction.update(&mut action).await?;
        Ok(Applied {
            happened_on: Some(self.on),
            ..of_action(&action, "Reported done", json!({ "on": self.on }))
        })
    }
}

/// Says what somebody else found: that an action is done as reported, that it is not, or that it no longer holds.
#[derive(Debug, Serialize)]
pub struct CheckPlanAction {
    /// The action, as seen.
    pub action: Seen<PlanActionId>,
    /// The day it was looked at.
    pub on: Date,
    /// Whether it holds.
    pub holds: bool,
    /// What was looked at, and what was found.
    pub finding: String,
}

impl Act for CheckPlanAction {
    const KIND: &'static str = "check-plan-action";
    const ACTION: Action = Action::VerifyPlan;
    type Outcome = PlanActionId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<PlanActionId>, Refusal> {
        let mut action: PlanAction = performing.find_seen(&self.action, "The action").await?;
        let Some(done) = &action.done else {
            return Err(Refusal::invalid("", "It is not reported done, so there is nothing to verify yet."));
        };
        let person = performing.actor.person;
        if action.lead == person || done.stamp.by == person {
            return Err(Refusal::Separation(
                "You lead this action or reported it done, so somebody else verifies it.",
            ));
        }
        let mut problems = Problems::default();
        problems.require_text(&self.finding, 1_000, "finding", "what was looked at, and what was found");
        problems.require(
            self.on <= performing.today && self.on >= done.on,
            "on",
            "Enter a day from the one it was done to today.",
        );
        problems.refuse_any()?;
        let was_verified = action.is_verified();
        action.checks.push(Check {
            on: self.on,
            holds: self.holds,
            finding: self.finding.trim().to_owned(),
            stamp: performing.stamp(),
        });
        // What was never verified goes back to its lead; what was and no longer holds has fallen back.
        if !self.holds && !was_verified {
            action.done = None;
        }
        performing.transaction.update(&mut action).await?;
        let verb = match (self.holds, was_verified) {
            (true, _) => "Verified",
            (false, true) => "Found that it no longer holds:",
            (false, false) => "Returned",
        };
        Ok(of_action(&action, verb, json!({ "on": self.on, "holds": self.holds })))
    }
}

/// Asks the board for a later day. Until it agrees, the day before counts.
#[derive(Debug, Serialize)]
pub struct AskRevision {
    /// The action, as seen.
    pub action: Seen<PlanActionId>,
    /// The day asked for.
    pub to: Date,
    /// Why.
    pub reason: String,
}

impl Act for AskRevision {
    const KIND: &'static str = "ask-revision";
    const ACTION: Action = Action::UpdatePlanAction;
    type Outcome = PlanActionId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<PlanActionId>, Refusal> {
        let mut action = own_action(performing, &self.action).await?;
        let mut problems = Problems::default();
        problems.require_text(&self.reason, 500, "reason", "why it needs longer");
        problems.require(
            self.to > action.due_now(),
            "to",
            format!(
                "Enter a day after {}, the one that counts now.",
                vocabulary::date::day_in_words(action.due_now())
            ),
        );
        problems.require(
            action.revision_waiting().is_none(),
            "",
            "A later day was asked for already, and waits for the board.",
        );
        problems.require(action.done.is_none(), "", "It is reported done, so it needs no later day.");
        problems.refuse_any()?;
        action.revisions.push(Revision {
            to: self.to,
            reason: self.reason.trim().to_owned(),
            asked: performing.stamp(),
            answer: None,
        });
        performing.transaction.update(&mut action).await?;
        let detail = json!({ "to": self.to, "from": action.due_now(), "reason": self.reason });
        Ok(of_action(&action, "Asked the board for a later day of", detail))
    }
}

/// Records what the board answered to a later day.
#[derive(Debug, Serialize)]
pub struct AnswerRevision {
    /// The action, as seen.
    pub action: Seen<PlanActionId>,
    /// Whether it agreed.
    pub agreed: bool,
    /// Why.
    pub reason: String,
}

impl Act for AnswerRevision {
    const KIND: &'static str = "answer-revision";
    const ACTION: Action = Action::AnswerRevision;
    type Outcome = PlanActionId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<PlanActionId>, Refusal> {
        let mut action: PlanAction = performing.find_seen(&self.action, "The action").await?;
        let mut problems = Problems::default();
        problems.require_text(&self.reason, 500, "reason", "why");
        let place = action.revision_waiting().map(|(place, _)| place);
        problems.require(place.is_some(), "", "No later day waits for an answer.");
        problems.refuse_any()?;
        let stamp = performing.stamp();
        let revision = &mut action.revisions[place.ok_or(Refusal::NotFound)?];
        if revision.asked.by == stamp.by || action.lead == stamp.by {
            return Err(Refusal::Separation(
                "You asked for this day or lead the action, so somebody else answers.",
            ));
        }
        revision.answer =
            Some(RevisionAnswer { agreed: self.agreed, reason: self.reason.trim().to_owned(), stamp });
        let to = revision.to;
        performing.transaction.update(&mut action).await?;
        let verb = if self.agreed { "Agreed to a later day of" } else { "Refused a later day of" };
        Ok(of_action(&action, verb, json!({ "to": to, "agreed": self.agreed, "reason": self.reason })))
    }
}

/// Sets a status by hand beside the rule's. One that is better waits for a second person.
#[derive(Debug, Serialize)]
pub struct SetStatusByHand {
    /// The action, as seen.
    pub action: Seen<PlanActionId>,
    /// The status; none takes the one by hand away.
    pub status: Option<Status>,
    /// Why.
    pub reason: String,
}

impl Act for SetStatusByHand {
    const KIND: &'static str = "set-status-by-hand";
    const ACTION: Action = Action::UpdatePlanAction;
    type Outcome = PlanActionId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<PlanActionId>, Refusal> {
        let mut action = own_action(performing, &self.action).await?;
        let mut problems = Problems::default();
        problems.require_text(&self.reason, 500, "status_reason", "why the rule does not say it");
        problems.require(
            !matches!(self.status, Some(Status::Verified | Status::Waiting)),
            "status",
            "Whether it is done is not said by hand: report it done, and somebody else verifies it.",
        );
        problems.refuse_any()?;
        let told = by_rule(&action, performing.today).status;
        let stamp = performing.stamp();
        let reason = self.reason.trim().to_owned();
        action.manual = self.status.map(|status| ManualStatus { status, reason, stamp, approved: None });
        performing.transaction.update(&mut action).await?;
        let by_hand = self.status.map(Status::code);
        let detail = json!({ "by_hand": by_hand, "by_rule": told.code(), "reason": self.reason });
        Ok(of_action(&action, "Set a status by hand of", detail))
    }
}

/// Approves, as the second person, a status by hand that is better than the rule's.
#[derive(Debug, Serialize)]
pub struct ApproveStatusByHand {
    /// The action, as seen.
    pub action: Seen<PlanActionId>,
}

impl Act for ApproveStatusByHand {
    const KIND: &'static str = "approve-status-by-hand";
    const ACTION: Action = Action::VerifyPlan;
    type Outcome = PlanActionId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<PlanActionId>, Refusal> {
        let mut action: PlanAction = performing.find_seen(&self.action, "The action").await?;
        let (stamp, lead) = (performing.stamp(), action.lead);
        let waiting = action.manual.as_mut().filter(|manual| manual.approved.is_none());
        let Some(manual) = waiting else {
            return Err(Refusal::invalid("", "No status by hand waits for a second person."));
        };
        if manual.stamp.by == stamp.by || lead == stamp.by {
            return Err(Refusal::Separation(
                "You set this status or lead the action, so somebody else approves it.",
            ));
        }
        manual.approved = Some(stamp);
        let status = manual.status.code();
        performing.transaction.update(&mut action).await?;
        Ok(of_action(&action, "Approved a status by hand of", json!({ "by_hand": status })))
    }
}

/// An action that the actor leads, or any where they keep the plan.
async fn own_action(
    performing: &mut Performing<'_>,
    seen: &Seen<PlanActionId>,
) -> Result<PlanAction, Refusal> {
    let action: PlanAction = performing.find_seen(seen, "The action").await?;
    if speaks_for(performing, action.lead) {
        Ok(action)
    } else {
        Err(Refusal::Separation(
            "Somebody else leads this action. They, or the programme office, say how it stands.",
        ))
    }
}

/// Whether the actor speaks of what somebody answers for: their own, and all of it where they keep the plan.
pub(super) fn speaks_for(performing: &Performing<'_>, who_answers: UserId) -> bool {
    let keeps_plan = || performing.service().authorise(performing.actor, Action::KeepPlan, "").is_ok();
    who_answers == performing.actor.person || keeps_plan()
}

fn of_action(action: &PlanAction, verb: &str, detail: serde_json::Value) -> Applied<PlanActionId> {
    Applied {
        outcome: action.id,
        thing: "plan-action",
        thing_id: action.id.to_string(),
        summary: format!("{verb} action: {}", action.title),
        detail,
        happened_on: None,
    }
}
