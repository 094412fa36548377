//! Changing when a duty is due: variations that only the named approver may agree, intervals that bodies set, and
//! corrections of a misread clock. Until agreed, the old rule counts.

use improvement::register::{
    FormerTiming, IntervalSetting, Obligation, ObligationState, Variation, VariationState,
};
use improvement::timing::Timing;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use vocabulary::date::PartialDate;
use vocabulary::id::{ObligationId, VariationId};
use vocabulary::interval::Interval;
use vocabulary::party::Party;

use super::{Seen, short};
use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Asks for another cadence or deadline.
#[derive(Debug, Serialize)]
pub struct RequestVariation {
    /// The duty.
    pub obligation: ObligationId,
    /// The interval asked for, when the duty recurs.
    pub every: Option<Interval>,
    /// The date asked for, when it is due once.
    pub due_on: Option<PartialDate>,
    /// Why.
    pub reason: String,
    /// Who may answer, as the document names it.
    pub approver: Party,
    /// The day it was asked.
    pub asked_on: Date,
}

impl Act for RequestVariation {
    const KIND: &'static str = "request-variation";
    const ACTION: Action = Action::RequestVariation;
    type Outcome = VariationId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<VariationId>, Refusal> {
        let row: Obligation = performing.find(self.obligation).await?;
        let mut problems = Problems::default();
        problems.require_text(&self.reason, 1_000, "reason", "the reason");
        problems.require(
            self.every.is_some() != self.due_on.is_some(),
            "every",
            "Enter either another interval or another date.",
        );
        problems.require(
            self.asked_on <= performing.today,
            "asked_on",
            "Enter a day that is not in the future.",
        );
        problems.require(
            row.state == ObligationState::InForce,
            "",
            "Only a duty in force can be varied. Confirm and sign its register first.",
        );
        problems.require(
            may_approve(&self.approver, &row),
            "approver",
            "Choose who the document lets answer: the Department for how often the board meets, the Department or the \
             board for other dates, and never the council itself.",
        );
        problems.refuse_any()?;
        let waiting: Vec<Variation> = performing.transaction.list(performing.scope).await?;
        if waiting.iter().any(|v| v.obligation == row.id && v.state == VariationState::Asked) {
            return Err(Refusal::invalid("", "A request for this duty waits for an answer already."));
        }
        let variation = Variation {
            id: VariationId(performing.chance.id()?),
            council: row.council,
            episode: row.episode,
            obligation: row.id,
            from_rule: improvement::words::timing_in_words(&row.timing),
            every: self.every,
            due_on: self.due_on,
            reason: self.reason.trim().to_owned(),
            asked_on: self.asked_on,
            approver: self.approver.clone(),
            state: VariationState::Asked,
            effective_from: None,
            answer: String::new(),
            answered: None,
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&variation).await?;
        Ok(Applied {
            outcome: variation.id,
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("Asked the {} for a variation of {}", self.approver, row.reference),
            detail: json!({ "variation": variation.id, "every": self.every, "due_on": self.due_on, "reason": self.reason }),
            happened_on: Some(self.asked_on),
        })
    }
}

/// Whether a party may answer for a duty at all. The request names the approver, so naming a kinder one must not help:
/// how often the board meets is the Department's alone to vary.
fn may_approve(approver: &Party, row: &Obligation) -> bool {
    let department = [Party::DEPARTMENT, Party::MINISTERS].contains(approver);
    let boards_rhythm = row.timing.every.is_some() && row.bearers.contains(&Party::BOARD);
    department || (!boards_rhythm && [Party::BOARD, Party::CHAIR].contains(approver))
}

/// Agrees or refuses a variation. Only a role of the party that the document names may.
#[derive(Debug, Serialize)]
pub struct AnswerVariation {
    /// The request, as seen.
    pub variation: Seen<VariationId>,
    /// Whether it is agreed.
    pub agreed: bool,
    /// The first day the new rule counts; never before the answer's own day.
    pub effective_from: Option<Date>,
    /// The answer's words.
    pub answer: String,
}

impl Act for AnswerVariation {
    const KIND: &'static str = "answer-variation";
    const ACTION: Action = Action::AnswerVariation;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut variation: Variation = performing.find_seen(&self.variation, "This request").await?;
        performing.authorise(Action::AnswerVariation, variation.approver.as_str())?;
        if variation.stamp.by == performing.actor.person {
            return Err(Refusal::Separation(
                "You asked for this variation, so somebody else must answer it.",
            ));
        }
        let from = self.effective_from.unwrap_or(performing.today);
        let mut problems = Problems::default();
        problems.require(variation.state == VariationState::Asked, "", "This request was answered already.");
        problems.require(
            !self.agreed || from >= performing.today,
            "effective_from",
            "Enter today or a later day: what happened before the answer is judged by the old rule.",
        );
        problems.require(
            self.agreed || !self.answer.trim().is_empty(),
            "answer",
            "Enter why the request is refused.",
        );
        problems.refuse_any()?;
        let row: Obligation = performing.find(variation.obligation).await?;
        variation.state = if self.agreed { VariationState::Agreed } else { VariationState::Refused };
        variation.effective_from = self.agreed.then_some(from);
        variation.answer = self.answer.trim().to_owned();
        variation.answered = Some(performing.stamp());
        performing.transaction.update(&mut variation).await?;
        let verb = if self.agreed { "Agreed to" } else { "Refused" };
        Ok(Applied {
            outcome: (),
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("{verb} the variation of {}", row.reference),
            detail: json!({ "variation": variation.id, "effective_from": variation.effective_from, "answer": variation.answer }),
            happened_on: None,
        })
    }
}

/// Takes a request back.
#[derive(Debug, Serialize)]
pub struct WithdrawVariation {
    /// The request, as seen.
    pub variation: Seen<VariationId>,
}

impl Act for WithdrawVariation {
    const KIND: &'static str = "withdraw-variation";
    const ACTION: Action = Action::RequestVariation;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut variation: Variation = performing.find_seen(&self.variation, "This request").await?;
        if variation.state != VariationState::Asked {
            return Err(Refusal::invalid("", "This request was answered already."));
        }
        variation.state = VariationState::Withdrawn;
        performing.transaction.update(&mut variation).await?;
        Ok(Applied {
            outcome: (),
            thing: "obligation",
            thing_id: variation.obligation.to_string(),
            summary: "Withdrew a request for a variation".into(),
            detail: json!({ "variation": variation.id }),
            happened_on: None,
        })
    }
}

/// Records the interval that the named body set where the document leaves it open.
#[derive(Debug, Serialize)]
pub struct SetInterval {
    /// The duty.
    pub obligation: ObligationId,
    /// The interval.
    pub every: Interval,
    /// The decision it rests on.
    pub decision: String,
    /// The day of the decision.
    pub decided_on: Date,
}

impl Act for SetInterval {
    const KIND: &'static str = "set-interval";
    const ACTION: Action = Action::SetInterval;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let row: Obligation = performing.find(self.obligation).await?;
        let setter = row.timing.set_by.clone();
        performing.authorise(Action::SetInterval, setter.as_ref().map_or("", Party::as_str))?;
        let mut problems = Problems::default();
        problems.require(
            row.timing.every.is_none(),
            "every",
            "The document gives this interval itself: ask for a variation instead.",
        );
        problems.require(self.every.amount > 0, "every", "Enter an interval of one or more.");
        problems.require_text(&self.decision, 300, "decision", "the decision it rests on");
        problems.require(
            self.decided_on <= performing.today,
            "decided_on",
            "Enter a day that is not in the future.",
        );
        problems.refuse_any()?;
        let setting = IntervalSetting {
            id: format!("{}-{}-{}", row.id, self.decided_on, performing.now.as_second()),
            council: row.council,
            episode: row.episode,
            obligation: row.id,
            every: self.every,
            set_by: setter.unwrap_or(Party::COUNCIL),
            decision: self.decision.trim().to_owned(),
            decided_on: self.decided_on,
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&setting).await?;
        Ok(Applied {
            outcome: (),
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("Set the interval of {} to {} (local)", row.reference, self.every.in_words()),
            detail: json!({ "every": self.every, "decision": self.decision }),
            happened_on: Some(self.decided_on),
        })
    }
}

/// Replaces a misread clock from today on; what was due under the old clock stays as it was.
#[derive(Debug, Serialize)]
pub struct ChangeClock {
    /// The duty, as seen.
    pub row: Seen<ObligationId>,
    /// Its clock from now on.
    pub timing: Timing,
    /// Why the clock was wrong.
    pub reason: String,
}

impl Act for ChangeClock {
    const KIND: &'static str = "change-clock";
    const ACTION: Action = Action::ChangeClock;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.reason, 1_000, "reason", "why the clock was read wrongly");
        problems.refuse_any()?;
        let mut row: Obligation = performing.find_seen(&self.row, "This duty").await?;
        let live = matches!(row.state, ObligationState::Confirmed | ObligationState::InForce);
        if !live {
            return Err(Refusal::invalid(
                "",
                "Only a confirmed duty or one in force has a clock to correct.",
            ));
        }
        if row.timing == self.timing {
            return Err(Refusal::invalid("timing", "Nothing changes: this is the clock that stands."));
        }
        let former = FormerTiming {
            timing: std::mem::replace(&mut row.timing, self.timing),
            until: performing.today,
            reason: self.reason.trim().to_owned(),
            stamp: performing.stamp(),
        };
        let before = former.timing.clone();
        row.former_timings.push(former);
        row.state = ObligationState::Confirmed;
        row.confirmed = Some(performing.stamp());
        performing.transaction.update(&mut row).await?;
        Ok(Applied {
            outcome: (),
            thing: "obligation",
            thing_id: row.id.to_string(),
            summary: format!("Corrected the clock of {}: {}", row.reference, short(&self.reason)),
            detail: json!({ "before": before, "after": row.timing, "reason": self.reason }),
            happened_on: None,
        })
    }
}
