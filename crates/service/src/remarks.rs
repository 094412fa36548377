//! What people say of measures and exceptions, read together: targets, comments, baselines, notes.

use std::collections::BTreeMap;

use improvement::register::Stamp;
use jiff::civil::Date;
use practice::control_chart::Rebase;
use store::{ChartRebase, DataClass, ExceptionNote, MeasureComment, MeasureTarget, Scope};
use vocabulary::day::Day;
use vocabulary::id::{ChildId, UserId};

use crate::Service;
use crate::refusal::Refusal;
use crate::surroundings::london_day;

/// What people say of a council's measures.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    /// Every target ever proposed, the oldest first.
    pub targets: Vec<MeasureTarget>,
    /// Every comment, the oldest first.
    pub comments: Vec<MeasureComment>,
    /// Every new baseline, by its month.
    pub rebases: Vec<ChartRebase>,
    /// The names of everybody who has or had a role.
    pub names: BTreeMap<UserId, String>,
}

impl Remarks {
    /// The target that counts: the one approved last.
    pub fn target_of(&self, measure: &str) -> Option<&MeasureTarget> {
        let approved =
            self.targets_of(measure).filter_map(|target| Some((target.approved.as_ref()?.at, target)));
        approved.max_by_key(|(at, _)| *at).map(|(_, target)| target)
    }

    /// What people had said by a day: a target approved later was no target yet.
    #[must_use]
    pub fn by(mut self, day: Date) -> Self {
        let said_by = |stamp: &Stamp| london_day(stamp.at) <= day;
        self.targets.retain(|target| said_by(&target.stamp));
        for target in &mut self.targets {
            target.approved = target.approved.take().filter(said_by);
        }
        self.comments.retain(|comment| said_by(&comment.stamp));
        self.rebases.retain(|rebase| said_by(&rebase.stamp));
        self
    }

    /// Every target of a measure, the oldest first.
    pub fn targets_of(&self, measure: &str) -> impl Iterator<Item = &MeasureTarget> {
        self.targets.iter().filter(move |target| target.measure == measure)
    }

    /// Every comment on a measure, the oldest first.
    pub fn comments_of(&self, measure: &str) -> impl Iterator<Item = &MeasureComment> {
        self.comments.iter().filter(move |comment| comment.measure == measure)
    }

    /// Whether anybody said anything of a measure: then it has a history.
    pub fn speak_of(&self, measure: &str) -> bool {
        let rebased = self.rebases.iter().any(|rebase| rebase.measure == measure);
        rebased || self.targets_of(measure).next().is_some() || self.comments_of(measure).next().is_some()
    }

    /// The new baselines of a measure's chart.
    pub fn rebases_of(&self, measure: &str) -> impl Iterator<Item = Rebase> {
        let of_measure = self.rebases.iter().filter(move |rebase| rebase.measure == measure);
        of_measure.filter_map(|rebase| {
            let decided = Day::of(london_day(rebase.stamp.at));
            Rebase::new(Day::of(rebase.from_month), &rebase.cause, self.name(rebase.stamp.by), decided).ok()
        })
    }

    /// Somebody's name.
    pub fn name(&self, person: UserId) -> &str {
        self.names.get(&person).map_or("somebody no longer here", String::as_str)
    }
}

/// The notes on exceptions, by their key.
pub type ExceptionNotes = BTreeMap<String, ExceptionNote>;

impl Service {
    /// What people say of the measures of the scope's council.
    pub async fn remarks(&self, scope: &Scope) -> Result<Remarks, Refusal> {
        if !scope.allows(DataClass::Aggregates) {
            return Err(Refusal::NotFound);
        }
        let mut transaction = self.store.snapshot().await?;
        let remarks = Remarks {
            targets: transaction.list(scope).await?,
            comments: transaction.list(scope).await?,
            rebases: transaction.list(scope).await?,
            names: transaction.names(scope).await?.into_iter().collect(),
        };
        transaction.commit().await?;
        Ok(remarks)
    }

    /// The notes on exceptions of the scope's council, by the event they are on: whoever may see the event may see what was
    /// said of it, also by the team that had the child before.
    pub async fn exception_notes(&self, scope: &Scope) -> Result<ExceptionNotes, Refusal> {
        if !scope.allows(DataClass::PseudonymousChildren) {
            return Err(Refusal::NotFound);
        }
        let mut transaction = self.store.snapshot().await?;
        let notes: Vec<ExceptionNote> = transaction.list(scope).await?;
        transaction.commit().await?;
        Ok(notes.into_iter().map(|note| (note.id.clone(), note)).collect())
    }

    /// What is done meanwhile about an exception that a team answers for now, for those who read what is written about
    /// its children.
    pub fn mitigation(
        &self,
        scope: &Scope,
        team: Option<&str>,
        note: &ExceptionNote,
    ) -> Result<Option<String>, Refusal> {
        if !scope.allows(DataClass::IdentifiableChildren) || !scope.holds_team(team) {
            return Ok(None);
        }
        Ok(Some(self.keys.open_text(&note.sealed_mitigation)?))
    }

    /// Everybody in the scope's council who may be named as the owner of something, by name.
    pub async fn owners(&self, scope: &Scope) -> Result<Vec<(UserId, String)>, Refusal> {
        let mut transaction = self.store.snapshot().await?;
        let mut names = transaction.names(scope).await?;
        transaction.commit().await?;
        names.sort_by(|one, other| one.1.cmp(&other.1));
        Ok(names)
    }
}

/// Which child an exception's key is about, as forms carry it.
pub fn child_of(text: &str) -> Result<ChildId, Refusal> {
    ChildId::parse(text).ok_or(Refusal::NotFound)
}
