//! The risks and issues of the plan: raised, looked at again, closed.

use improvement::plan::{Objective, Risk, RiskReview, Score};
use improvement::register::Episode;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use vocabulary::id::{EpisodeId, ObjectiveId, RiskId, UserId};

use super::Seen;
use super::plan_action::speaks_for;
use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Raises a risk or an issue.
#[derive(Debug, Serialize)]
pub struct RaiseRisk {
    /// The intervention.
    pub episode: EpisodeId,
    /// Whether it has come about already.
    pub is_issue: bool,
    /// What may happen, or has, and why.
    pub what: String,
    /// What that would mean for children.
    pub effect: String,
    /// The objective it stands in the way of.
    pub objective: Option<ObjectiveId>,
    /// Who answers for it.
    pub owner: Option<UserId>,
    /// How likely and how bad it is now.
    pub now: Option<Score>,
    /// What it is to come down to.
    pub target: Option<Score>,
    /// What holds it, and what more is done.
    pub control: String,
    /// The day by which it is looked at again.
    pub review_by: Date,
}

impl Act for RaiseRisk {
    const KIND: &'static str = "raise-risk";
    const ACTION: Action = Action::KeepPlan;
    type Outcome = RiskId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<RiskId>, Refusal> {
        let episode: Episode = performing.find(self.episode).await?;
        let names = performing.transaction.names(performing.scope).await?;
        let mut problems = Problems::default();
        problems.require_text(&self.what, 300, "what", "what may happen, or has");
        problems.require_text(&self.effect, 300, "effect", "what that would mean for children");
        problems.require_text(&self.control, 500, "control", "what holds it, and what more is done");
        problems.require(self.now.is_some(), "likelihood", "Choose how likely and how bad it is now.");
        problems.require(self.target.is_some(), "target_likelihood", "Choose what it is to come down to.");
        let owner = self.owner.filter(|owner| names.iter().any(|(id, _)| id == owner));
        problems.require(owner.is_some(), "owner", "Choose who answers for it.");
        problems.require(self.review_by >= performing.today, "review_by", "Enter today or a day ahead.");
        problems.refuse_any()?;
        if let Some(objective) = self.objective {
            let _known: Objective = performing.find(objective).await?;
        }
        let known: Vec<Risk> = performing.transaction.list(performing.scope).await?;
        let of_episode = known.iter().filter(|risk| risk.episode == episode.id);
        let review = RiskReview {
            on: performing.today,
            score: self.now.ok_or(Refusal::NotFound)?,
            control: self.control.trim().to_owned(),
            stamp: performing.stamp(),
        };
        let risk = Risk {
            id: RiskId(performing.chance.id()?),
            council: episode.council,
            episode: episode.id,
            number: of_episode.map(|risk| risk.number).max().unwrap_or(0) + 1,
            is_issue: self.is_issue,
            what: self.what.trim().to_owned(),
            effect: self.effect.trim().to_owned(),
            objective: self.objective,
            owner: owner.ok_or(Refusal::NotFound)?,
            target: self.target.ok_or(Refusal::NotFound)?,
            reviews: vec![review],
            review_by: self.review_by,
            closed: None,
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&risk).await?;
        Ok(of_risk(
            &risk,
            "Raised",
            json!({ "score": self.now, "target": risk.target, "issue": risk.is_issue }),
        ))
    }
}

/// Looks at a risk again.
#[derive(Debug, Serialize)]
pub struct ReviewRisk {
    /// The risk, as seen.
    pub risk: Seen<RiskId>,
    /// Whether it has come about.
    pub is_issue: bool,
    /// How likely and how bad it is now.
    pub now: Option<Score>,
    /// What holds it, and what more is done.
    pub control: String,
    /// The day by which it is looked at again.
    pub review_by: Date,
}

impl Act for ReviewRisk {
    const KIND: &'static str = "review-risk";
    const ACTION: Action = Action::UpdatePlanAction;
    type Outcome = RiskId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<RiskId>, Refusal> {
        let mut risk = own_risk(performing, &self.risk).await?;
        let mut problems = Problems::default();
        problems.require(risk.closed.is_none(), "", "This risk is closed. Raise it again if it is back.");
        problems.require_text(&self.control, 500, "control", "what holds it, and what more is done");
        problems.require(self.now.is_some(), "likelihood", "Choose how likely and how bad it is now.");
        problems.require(self.review_by >= performing.today, "review_by", "Enter today or a day ahead.");
        problems.refuse_any()?;
        let former = risk.score();
        let score = self.now.ok_or(Refusal::NotFound)?;
        risk.reviews.push(RiskReview {
            on: performing.today,
            score,
            control: self.control.trim().to_owned(),
            stamp: performing.stamp(),
        });
        risk.is_issue = self.is_issue;
        risk.review_by = self.review_by;
        performing.transaction.update(&mut risk).await?;
        Ok(of_risk(
            &risk,
            "Looked again at",
            json!({ "score": score, "former": former, "issue": risk.is_issue }),
        ))
    }
}

/// Closes a risk. It stays in the register with its reason.
#[derive(Debug, Serialize)]
pub struct CloseRisk {
    /// The risk, as seen.
    pub risk: Seen<RiskId>,
    /// Why.
    pub reason: String,
}

impl Act for CloseRisk {
    const KIND: &'static str = "close-risk";
    const ACTION: Action = Action::VerifyPlan;
    type Outcome = RiskId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<RiskId>, Refusal> {
        let mut risk: Risk = performing.find_seen(&self.risk, "The risk").await?;
        let mut problems = Problems::default();
        problems.require(risk.closed.is_none(), "", "This risk is closed already.");
        problems.require_text(&self.reason, 500, "reason", "why it is closed");
        problems.refuse_any()?;
        let stamp = performing.stamp();
        if risk.owner == stamp.by {
            return Err(Refusal::Separation("You answer for this risk, so somebody else closes it."));
        }
        risk.closed = Some((self.reason.trim().to_owned(), stamp));
        performing.transaction.update(&mut risk).await?;
        Ok(of_risk(&risk, "Closed", json!({ "reason": self.reason })))
    }
}

/// A risk that the actor answers for, or any where they keep the plan.
async fn own_risk(performing: &mut Performing<'_>, seen: &Seen<RiskId>) -> Result<Risk, Refusal> {
    let risk: Risk = performing.find_seen(seen, "The risk").await?;
    if speaks_for(performing, risk.owner) {
        Ok(risk)
    } else {
        Err(Refusal::Separation(
            "Somebody else answers for this risk. They, or the programme office, look at it again.",
        ))
    }
}

fn of_risk(risk: &Risk, verb: &str, detail: serde_json::Value) -> Applied<RiskId> {
    Applied {
        outcome: risk.id,
        thing: "risk",
        thing_id: risk.id.to_string(),
        summary: format!(
            "{verb} {} {}: {}",
            if risk.is_issue { "issue" } else { "risk" },
            risk.number,
            risk.what
        ),
        detail,
        happened_on: None,
    }
}
