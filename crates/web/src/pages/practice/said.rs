//! What people say of a measure, as its page shows it: targets with who proposed and who approved them, comments on its
//! months, new baselines of its chart.

use improvement::register::Stamp;
use practice::control_chart::{self, Unit, amount};
use serde::Serialize;
use service::{Remarks, london_day};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::day::Day;

use crate::components::{Cell, Heading, Table};
use crate::pages::duties::cells::{lines, link};

/// A target, as proposed and as approved.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TargetView {
    /// Its id.
    pub id: String,
    /// What is to be reached by when, in words.
    pub words: String,
    /// Where the way there starts, in words.
    pub from: String,
    /// Why this value: who set it and where it is written down.
    pub basis: String,
    /// Who proposed it and when.
    pub proposed: String,
    /// Who approved it and when; none while it waits.
    pub approved: Option<String>,
    /// Whether it is the one that counts.
    pub counts: bool,
}

/// A comment on a month.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CommentView {
    /// The month, in words.
    pub month: String,
    /// What is said.
    pub text: String,
    /// Who says it and when.
    pub said: String,
}

/// A month from which limits are worked out anew.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BaselineView {
    /// The first month, in words.
    pub from: String,
    /// What changed.
    pub cause: String,
    /// Who decided it and when.
    pub decided: String,
}

/// Who did something and when: `Wei Zhang, performance analyst, 4 June 2026`.
pub fn stamped(remarks: &Remarks, stamp: &Stamp) -> String {
    format!("{}, {}, {}", remarks.name(stamp.by), stamp.role, day_in_words(london_day(stamp.at)))
}

impl TargetView {
    /// Every target of a measure, the newest first.
    pub fn of_measure(remarks: &Remarks, measure: &str, unit: Unit) -> Vec<Self> {
        let counting = remarks.target_of(measure).map(|target| target.id);
        let mut targets: Vec<Self> = remarks
            .targets_of(measure)
            .map(|target| Self {
                id: target.id.to_string(),
                words: format!("{} by {}", amount(target.value, unit), day_in_words(target.reach_by)),
                from: format!("{} on {}", amount(target.from_value, unit), day_in_words(target.from_day)),
                basis: target.basis.clone(),
                proposed: stamped(remarks, &target.stamp),
                approved: target.approved.as_ref().map(|stamp| stamped(remarks, stamp)),
                counts: counting == Some(target.id),
            })
            .collect();
        targets.reverse();
        targets
    }

    /// The targets as a table, with the way to approve one for those who may.
    pub fn table(targets: &[Self], measure: &str, may_approve: bool) -> Table {
        let rows = targets.iter().map(|target| {
            let approve =
                link("Look at it and approve", &format!("/measures/{measure}/targets/{}", target.id));
            let approved = match (&target.approved, may_approve) {
                (Some(approved), _) => {
                    lines(&[approved, &if target.counts { "It counts" } else { "Replaced since" }])
                }
                (None, true) => lines(&[&"Waits for approval", &approve]),
                (None, false) => lines(&[&"Waits for approval"]),
            };
            vec![
                Cell::new(&target.words),
                Cell::new(&target.from),
                Cell::new(&target.basis),
                Cell::new(&target.proposed),
                Cell::new(approved),
            ]
        });
        Table::new("Targets, the newest first")
            .headings([
                Heading::new("Target"),
                Heading::new("The way starts at"),
                Heading::new("Basis"),
                Heading::new("Proposed by"),
                Heading::new("Approved by"),
            ])
            .rows(rows)
            .first_cell_is_heading()
            .stacks()
    }
}

impl CommentView {
    /// Every comment on a measure, the newest month first and of a month the newest comment.
    pub fn of_measure(remarks: &Remarks, measure: &str) -> Vec<Self> {
        let mut comments: Vec<_> = remarks.comments_of(measure).collect();
        comments.sort_by_key(|comment| std::cmp::Reverse((comment.month, comment.stamp.at)));
        let view = |comment: &store::MeasureComment| Self {
            month: control_chart::month(Day::of(comment.month)),
            text: comment.text.clone(),
            said: stamped(remarks, &comment.stamp),
        };
        comments.into_iter().map(view).collect()
    }
}

impl BaselineView {
    /// Every new baseline of a measure's chart, the newest first.
    pub fn of_measure(remarks: &Remarks, measure: &str) -> Vec<Self> {
        let of_measure = remarks.rebases.iter().rev().filter(|rebase| rebase.measure == measure);
        let view = |rebase: &store::ChartRebase| Self {
            from: control_chart::month(Day::of(rebase.from_month)),
            cause: rebase.cause.clone(),
            decided: stamped(remarks, &rebase.stamp),
        };
        of_measure.map(view).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_may_approve_is_led_to_it() {
        let target = TargetView {
            id: "07".into(),
            words: "90% by 31 July 2026".into(),
            from: "50% on 31 March 2026".into(),
            basis: "The board".into(),
            proposed: "Wei Zhang".into(),
            approved: None,
            counts: false,
        };
        let table = |may| TargetView::table(std::slice::from_ref(&target), "m", may).to_string();
        assert!(table(true).contains("/measures/m/targets/07"));
        assert!(
            !table(false).contains("/measures/m/targets/07") && table(false).contains("Waits for approval")
        );
    }
}
