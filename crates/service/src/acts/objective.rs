//! The objectives of the plan: what will be different for children, and whether it is.

use improvement::plan::{ImpactTest, Objective, Source};
use improvement::register::Episode;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use vocabulary::id::{EpisodeId, ObjectiveId, UserId};

use super::Seen;
use crate::action::Action;
use crate::declared::library;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// What an objective says, as a form gives it.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectiveWords {
    /// The theme it stands under.
    pub theme: String,
    /// What will be different for children, in one sentence.
    pub outcome: String,
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// Who answers for it.
    pub lead: Option<UserId>,
    /// Their post.
    pub post: String,
    /// The body that tests it.
    pub forum: String,
    /// Measures, by their codes.
    pub measures: Vec<String>,
    /// What audits are asked.
    pub audit: String,
    /// Whom it asks among children, families and staff.
    pub voice: String,
}

impl ObjectiveWords {
    async fn checked(self, performing: &mut Performing<'_>) -> Result<(Self, UserId), Refusal> {
        let names = performing.transaction.names(performing.scope).await?;
        let mut problems = Problems::default();
        problems.require_text(&self.theme, 120, "theme", "the theme");
        problems.require_text(&self.outcome, 300, "outcome", "what will be different for children");
        problems.require_text(&self.post, 120, "post", "the post that answers for it");
        problems.require_text(&self.forum, 120, "forum", "the body that tests it");
        for (text, field) in [(&self.audit, "audit"), (&self.voice, "voice")] {
            problems.require(text.chars().count() <= 500, field, "Enter 500 characters or fewer.");
        }
        let lead = self.lead.filter(|lead| names.iter().any(|(id, _)| id == lead));
        problems.require(lead.is_some(), "lead", "Choose who answers for it.");
        let unknown = self.measures.iter().find(|code| library().measure(code).is_none());
        if let Some(code) = unknown {
            problems.require(
                false,
                "measures",
                format!("There is no measure “{code}”. The scorecard’s measures end their address with their code."),
            );
        }
        problems.refuse_any()?;
        let trimmed = |text: &str| text.trim().to_owned();
        let words = Self {
            theme: trimmed(&self.theme),
            outcome: trimmed(&self.outcome),
            post: trimmed(&self.post),
            forum: trimmed(&self.forum),
            audit: trimmed(&self.audit),
            voice: trimmed(&self.voice),
            ..self
        };
        Ok((words, lead.ok_or(Refusal::NotFound)?))
    }

    fn put_into(self, objective: &mut Objective, lead: UserId) {
        objective.theme = self.theme;
        objective.outcome = self.outcome;
        objective.sources = self.sources;
        objective.lead = lead;
        objective.post = self.post;
        objective.forum = self.forum;
        objective.measures = self.measures;
        objective.audit = self.audit;
        objective.voice = self.voice;
    }
}

/// Adds an objective to the plan.
#[derive(Debug, Serialize)]
pub struct AddObjective {
    /// The intervention.
    pub episode: EpisodeId,
    /// What it says.
    pub words: ObjectiveWords,
}

impl Act for AddObjective {
    const KIND: &'static str = "add-objective";
    const ACTION: Action = Action::KeepPlan;
    type Outcome = ObjectiveId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<ObjectiveId>, Refusal> {
        let episode: Episode = performing.find(self.episode).await?;
        let (words, lead) = self.words.checked(performing).await?;
        let known: Vec<Objective> = performing.transaction.list(performing.scope).await?;
        let of_episode = known.iter().filter(|objective| objective.episode == episode.id);
        let mut objective = Objective {
            id: ObjectiveId(performing.chance.id()?),
            council: episode.council,
            episode: episode.id,
            number: of_episode.map(|objective| objective.number).max().unwrap_or(0) + 1,
            theme: String::new(),
            outcome: String::new(),
            sources: Vec::new(),
            lead,
            post: String::new(),
            forum: String::new(),
            measures: Vec::new(),
            audit: String::new(),
            voice: String::new(),
            tests: Vec::new(),
            version: 1,
            stamp: performing.stamp(),
        };
        words.put_into(&mut objective, lead);
        performing.transaction.insert(&objective).await?;
        Ok(of_objective(&objective, "Added", json!({ "theme": objective.theme, "post": objective.post })))
    }
}

/// Changes what an objective says. What it said before stands in the log.
#[derive(Debug, Serialize)]
pub struct EditObjective {
    /// The objective, as seen.
    pub objective: Seen<ObjectiveId>,
    /// What it says from now on.
    pub words: ObjectiveWords,
}

impl Act for EditObjective {
    const KIND: &'static str = "edit-objective";
    const ACTION: Action = Action::KeepPlan;
    type Outcome = ObjectiveId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<ObjectiveId>, Refusal> {
        let mut objective: Objective = performing.find_seen(&self.objective, "The objective").await?;
        let (words, lead) = self.words.checked(performing).await?;
        let former = json!({
            "theme": objective.theme, "outcome": objective.outcome, "lead": objective.lead, "post": objective.post,
            "measures": objective.measures,
        });
        words.put_into(&mut objective, lead);
        performing.transaction.update(&mut objective).await?;
        Ok(of_objective(&objective, "Changed", json!({ "former": former })))
    }
}

/// Says whether an objective has made a difference for children, and what shows it.
#[derive(Debug, Serialize)]
pub struct TestObjective {
    /// The objective, as seen.
    pub objective: Seen<ObjectiveId>,
    /// The day it was tested for.
    pub on: Date,
    /// Whether the difference is there.
    pub holds: bool,
    /// What the figures say.
    pub data: String,
    /// What audits say.
    pub audit: String,
    /// What children, families and staff say.
    pub voice: String,
}

impl Act for TestObjective {
    const KIND: &'static str = "test-objective";
    const ACTION: Action = Action::VerifyPlan;
    type Outcome = ObjectiveId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<ObjectiveId>, Refusal> {
        let mut objective: Objective = performing.find_seen(&self.objective, "The objective").await?;
        if objective.lead == performing.actor.person {
            return Err(Refusal::Separation("You answer for this objective, so somebody else tests it."));
        }
        let mut problems = Problems::default();
        problems.require(
            self.on <= performing.today,
            "on",
            "Enter today or a day before: a difference cannot be tested ahead.",
        );
        let last = objective.tests.last().map(|test| test.on);
        problems.require(
            last.is_none_or(|last| self.on >= last),
            "on",
            "Enter a day on or after the test before.",
        );
        let pillars = [(&self.data, "data"), (&self.audit, "audit"), (&self.voice, "voice")];
        for (text, field) in pillars {
            problems.require(text.chars().count() <= 1_000, field, "Enter 1,000 characters or fewer.");
        }
        let said = pillars.iter().filter(|(text, _)| !text.trim().is_empty()).count();
        problems.require(
            said > 0,
            "data",
            "Say what figures, audits or people show. One of the three at least.",
        );
        problems.refuse_any()?;
        objective.tests.push(ImpactTest {
            on: self.on,
            holds: self.holds,
            data: self.data.trim().to_owned(),
            audit: self.audit.trim().to_owned(),
            voice: self.voice.trim().to_owned(),
            stamp: performing.stamp(),
        });
        performing.transaction.update(&mut objective).await?;
        let verb = if self.holds { "Found a difference by" } else { "Found no difference by" };
        Ok(of_objective(&objective, verb, json!({ "on": self.on, "holds": self.holds, "pillars": said })))
    }
}

fn of_objective(objective: &Objective, verb: &str, detail: serde_json::Value) -> Applied<ObjectiveId> {
    Applied {
        outcome: objective.id,
        thing: "objective",
        thing_id: objective.id.to_string(),
        summary: format!("{verb} objective {}: {}", objective.number, objective.outcome),
        detail,
        happened_on: None,
    }
}
