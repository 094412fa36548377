//! What people say of measures: targets, comments, new baselines of charts.

use jiff::civil::Date;
use practice::indicator::Measure;
use practice::standard::Polarity;
use serde::Serialize;
use serde_json::json;
use store::{ChartRebase, MeasureComment, MeasureTarget};
use vocabulary::date::day_in_words;
use vocabulary::id::{ChartRebaseId, MeasureCommentId, MeasureTargetId};

use super::{Seen, short};
use crate::action::Action;
use crate::declared::library;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Proposes what a measure is to reach. It counts once a second person has approved it.
#[derive(Debug, Serialize)]
pub struct ProposeTarget {
    /// The measure's code.
    pub measure: String,
    /// The value to reach, in the measure's own unit.
    pub value: f64,
    /// The day by which it is to be reached.
    pub reach_by: Date,
    /// The value that the way there starts from.
    pub from_value: f64,
    /// The day that the way there starts on.
    pub from_day: Date,
    /// Why this value: who set it and where it is written down.
    pub basis: String,
}

impl Act for ProposeTarget {
    const KIND: &'static str = "propose-target";
    const ACTION: Action = Action::SetTarget;
    type Outcome = MeasureTargetId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<MeasureTargetId>, Refusal> {
        let declared = measure_of(&self.measure)?;
        let is_count = declared.is_count;
        let mut problems = Problems::default();
        problems.require(
            declared.polarity != Polarity::Context,
            "value",
            "Neither way of this measure is better, so it has no target.",
        );
        let most = if is_count { 1_000_000.0 } else { 100.0 };
        let fits = |value: f64| value.is_finite() && (0.0..=most).contains(&value);
        problems.require(fits(self.value), "value", range_in_words(is_count));
        problems.require(fits(self.from_value), "from_value", range_in_words(is_count));
        problems.require(
            self.reach_by > self.from_day,
            "reach_by",
            "Enter a day after the day that the way there starts on.",
        );
        problems.require_text(&self.basis, 500, "basis", "who set it, and where it is written down");
        problems.refuse_any()?;
        let target = MeasureTarget {
            id: MeasureTargetId(performing.chance.id()?),
            council: performing.actor.council,
            measure: self.measure,
            value: self.value,
            reach_by: self.reach_by,
            from_value: self.from_value,
            from_day: self.from_day,
            basis: self.basis.trim().to_owned(),
            approved: None,
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&target).await?;
        Ok(Applied {
            outcome: target.id,
            thing: "measure",
            thing_id: target.measure.clone(),
            summary: format!(
                "Proposed the target {} of {} by {}",
                target.value,
                target.measure,
                day_in_words(target.reach_by)
            ),
            detail: json!({ "target": target.id, "from": target.from_value, "basis": target.basis }),
            happened_on: None,
        })
    }
}

/// Approves a target as the second person.
#[derive(Debug, Serialize)]
pub struct ApproveTarget {
    /// The target, as seen.
    pub target: Seen<MeasureTargetId>,
}

impl Act for ApproveTarget {
    const KIND: &'static str = "approve-target";
    const ACTION: Action = Action::ApproveTarget;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut target: MeasureTarget = performing.find_seen(&self.target, "The target").await?;
        if target.stamp.by == performing.actor.person {
            return Err(Refusal::Separation("Who proposed a target does not approve it: ask somebody else."));
        }
        let mut problems = Problems::default();
        problems.require(target.approved.is_none(), "target", "This target is approved already.");
        problems.refuse_any()?;
        target.approved = Some(performing.stamp());
        performing.transaction.update(&mut target).await?;
        Ok(Applied {
            outcome: (),
            thing: "measure",
            thing_id: target.measure.clone(),
            summary: format!("Approved the target {} of {}", target.value, target.measure),
            detail: json!({ "target": target.id }),
            happened_on: None,
        })
    }
}

/// Says something of a measure's month.
#[derive(Debug, Serialize)]
pub struct CommentOnMeasure {
    /// The measure's code.
    pub measure: String,
    /// The last day of the month it is about.
    pub month: Date,
    /// What is said.
    pub text: String,
}

impl Act for CommentOnMeasure {
    const KIND: &'static str = "comment-on-measure";
    const ACTION: Action = Action::CommentMeasure;
    type Outcome = MeasureCommentId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<MeasureCommentId>, Refusal> {
        measure_of(&self.measure)?;
        let mut problems = Problems::default();
        problems.require_text(&self.text, 2_000, "text", "what the figures mean, without naming a child");
        problems.require(
            self.month <= performing.today.last_of_month(),
            "month",
            "Choose a month that has begun.",
        );
        problems.refuse_any()?;
        let comment = MeasureComment {
            id: MeasureCommentId(performing.chance.id()?),
            council: performing.actor.council,
            measure: self.measure,
            month: self.month.last_of_month(),
            text: self.text.trim().to_owned(),
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&comment).await?;
        Ok(Applied {
            outcome: comment.id,
            thing: "measure",
            thing_id: comment.measure.clone(),
            // The history is read by more people than figures are, and a comment may hold small numbers.
            summary: format!("Commented on {} for {}", comment.measure, day_in_words(comment.month)),
            detail: json!({ "comment": comment.id, "month": comment.month }),
            happened_on: None,
        })
    }
}

/// Begins a new baseline of a measure's chart, because something is known to have changed.
#[derive(Debug, Serialize)]
pub struct BeginBaseline {
    /// The measure's code.
    pub measure: String,
    /// A day in the first month under it.
    pub from_month: Date,
    /// What changed.
    pub cause: String,
}

impl Act for BeginBaseline {
    const KIND: &'static str = "begin-baseline";
    const ACTION: Action = Action::RebaseChart;
    type Outcome = ChartRebaseId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<ChartRebaseId>, Refusal> {
        measure_of(&self.measure)?;
        let from_month = self.from_month.last_of_month();
        let mut problems = Problems::default();
        problems.require_text(&self.cause, 500, "cause", "what changed, and how it is known");
        problems.require(from_month <= performing.today, "from_month", "Choose a month that is over.");
        problems.refuse_any()?;
        let known: Vec<ChartRebase> = performing.transaction.list(performing.scope).await?;
        if known.iter().any(|known| known.measure == self.measure && known.from_month == from_month) {
            return Err(Refusal::invalid("from_month", "A new baseline begins with this month already."));
        }
        let rebase = ChartRebase {
            id: ChartRebaseId(performing.chance.id()?),
            council: performing.actor.council,
            measure: self.measure,
            from_month,
            cause: self.cause.trim().to_owned(),
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&rebase).await?;
        Ok(Applied {
            outcome: rebase.id,
            thing: "measure",
            thing_id: rebase.measure.clone(),
            summary: format!("Began a new baseline of {}: {}", rebase.measure, short(&rebase.cause)),
            detail: json!({ "rebase": rebase.id, "from_month": rebase.from_month }),
            happened_on: None,
        })
    }
}

/// A measure of the library; refused when there is none of this code.
fn measure_of(code: &str) -> Result<&'static Measure, Refusal> {
    let place = library().measure(code).ok_or(Refusal::NotFound)?;
    Ok(&library().measures[usize::from(place)])
}

fn range_in_words(is_count: bool) -> &'static str {
    if is_count { "Enter a number from 0." } else { "Enter a percentage from 0 to 100." }
}
