//! The improvement plan: objectives that each say what will be different for children, and the actions under them.
//!
//! These are the stored facts. What they come to is computed: the status of an action by one printed rule ([`status`]), and
//! the four states of an objective, which are never averaged ([`states`]).

mod risk;
pub mod states;
pub mod status;

pub use risk::{Risk, RiskReview, Score, Trend};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::id::{
    CouncilId, EpisodeId, InstrumentId, ObjectiveId, ObligationId, PartnerId, PlanActionId, UserId,
};

use crate::register::Stamp;

/// Where an objective or action comes from. Whatever nothing maps to stands in the list of gaps.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A duty of a notice.
    Duty(ObligationId),
    /// A recommendation of an inspection report, by its place among them.
    Recommendation(InstrumentId, usize),
    /// A finding of a report or letter, by its place among them.
    Finding(InstrumentId, usize),
}

/// What is to be different for children, in one sentence, with everything that shows whether it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// Its id.
    pub id: ObjectiveId,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// Its number in the plan, from 1.
    pub number: u32,
    /// The theme it stands under.
    pub theme: String,
    /// What will be different for children, in one sentence.
    pub outcome: String,
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// Who answers for it.
    pub lead: UserId,
    /// Their post: it stays when the person goes.
    pub post: String,
    /// The body that tests it.
    pub forum: String,
    /// The first pillar: measures, by their codes.
    pub measures: Vec<String>,
    /// The second pillar: what audits are asked; empty while nothing is.
    pub audit: String,
    /// The third pillar: whom it asks among children, families and staff; empty while nobody is.
    pub voice: String,
    /// Tests of whether it made a difference, the oldest first.
    pub tests: Vec<ImpactTest>,
    /// Edit version, from 1.
    pub version: i64,
    /// Who recorded it.
    pub stamp: Stamp,
}

/// A test of whether an objective made a difference for children: what each of the three pillars says, and what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImpactTest {
    /// The day the difference was tested for.
    pub on: Date,
    /// Whether it is there.
    pub holds: bool,
    /// What the figures say; empty where they say nothing.
    pub data: String,
    /// What audits say; empty where they say nothing.
    pub audit: String,
    /// What children, families and staff say; empty where nobody was asked.
    pub voice: String,
    /// Who tested it, which is never the lead.
    pub stamp: Stamp,
}

/// Something that somebody does by a day, so that an objective is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAction {
    /// Its id.
    pub id: PlanActionId,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// The objective it serves.
    pub objective: ObjectiveId,
    /// Its number under the objective, from 1.
    pub number: u32,
    /// What is done.
    pub title: String,
    /// Where it comes from, beside what its objective names.
    pub sources: Vec<Source>,
    /// Who answers for it.
    pub lead: UserId,
    /// Their post.
    pub post: String,
    /// The partner agency that does it with the council.
    pub partner: Option<PartnerId>,
    /// The first day.
    pub start: Date,
    /// The last day, as first agreed. It is never edited: a later day is a revision.
    pub due: Date,
    /// Later days that were asked for, the oldest first.
    pub revisions: Vec<Revision>,
    /// How it is known to have worked.
    pub success: SuccessMeasure,
    /// The body that tests it.
    pub forum: String,
    /// What was said of it, the oldest first.
    pub progress: Vec<Progress>,
    /// That its lead reported it done; none before, and none again once it was returned.
    pub done: Option<DoneReport>,
    /// What others found when they verified it or looked again, the oldest first.
    pub checks: Vec<Check>,
    /// A status by hand, worse or better than the rule's.
    pub manual: Option<ManualStatus>,
    /// Edit version, from 1.
    pub version: i64,
    /// Who recorded it.
    pub stamp: Stamp,
}

/// How an action is known to have worked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuccessMeasure {
    /// What is looked at.
    pub what: String,
    /// Where it stood at the start, with its day.
    pub baseline: String,
    /// What it is to be.
    pub target: String,
    /// By when.
    pub by: Option<Date>,
}

/// A later day that was asked for. Until the board agrees, the day before it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The day asked for.
    pub to: Date,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub asked: Stamp,
    /// What the board answered.
    pub answer: Option<RevisionAnswer>,
}

/// What the board answered to a later day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionAnswer {
    /// Whether it agreed.
    pub agreed: bool,
    /// Why.
    pub reason: String,
    /// Who recorded it, for the board.
    pub stamp: Stamp,
}

/// How sure the lead is that it will be done in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// It will.
    High,
    /// It may not.
    Medium,
    /// It will not, as things stand.
    Low,
}

impl Confidence {
    /// Every degree.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// The degree as forms and files carry it.
    pub fn code(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// The degree in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::High => "High: it will be done in time",
            Self::Medium => "Medium: it may not be done in time",
            Self::Low => "Low: it will not be done in time, as things stand",
        }
    }

    /// The degree of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|degree| degree.code() == code)
    }
}

/// What somebody said of an action on a day, in three fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The day it tells of.
    pub on: Date,
    /// What was done since.
    pub note: String,
    /// How sure the lead is.
    pub confidence: Confidence,
    /// What stands in the way, or what is asked of whom; empty where nothing is.
    pub barrier: String,
    /// Who said so.
    pub stamp: Stamp,
}

/// That an action is done, with what shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoneReport {
    /// The day it was done.
    pub on: Date,
    /// What shows it, and where that is kept.
    pub evidence: String,
    /// Who reported it.
    pub stamp: Stamp,
}

/// What somebody else found: whether an action is done as reported, or whether it still holds months later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The day it was looked at.
    pub on: Date,
    /// Whether it holds.
    pub holds: bool,
    /// What was looked at, and what was found.
    pub finding: String,
    /// Who looked, which is never the lead nor whoever reported it done.
    pub stamp: Stamp,
}

/// A status by hand beside the rule's. Both are printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualStatus {
    /// The status.
    pub status: status::Status,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub stamp: Stamp,
    /// Who else approved it, where it is better than the rule's.
    pub approved: Option<Stamp>,
}

impl PlanAction {
    /// The day that counts: the last that the board agreed, else the first.
    pub fn due_now(&self) -> Date {
        let agreed = self.revisions.iter().rev().find(|revision| revision.is_agreed());
        agreed.map_or(self.due, |revision| revision.to)
    }

    /// The later day that waits for the board's answer.
    pub fn revision_waiting(&self) -> Option<(usize, &Revision)> {
        self.revisions.iter().enumerate().rfind(|(_, revision)| revision.answer.is_none())
    }

    /// By how many days the day that counts lies after the first.
    pub fn slipped_days(&self) -> i32 {
        (self.due_now() - self.due).get_days()
    }

    /// The newest check of what was reported done; none before anybody looked, and none of an earlier report.
    pub fn newest_check(&self) -> Option<&Check> {
        let done = self.done.as_ref()?;
        self.checks.last().filter(|check| check.stamp.at >= done.stamp.at)
    }

    /// Whether somebody else found that it is done as reported, and nobody found since that it is not.
    pub fn is_verified(&self) -> bool {
        self.newest_check().is_some_and(|check| check.holds)
    }

    /// What was said of it last.
    pub fn newest_progress(&self) -> Option<&Progress> {
        self.progress.last()
    }
}

impl Revision {
    fn is_agreed(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.agreed)
    }
}
