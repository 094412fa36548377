//! A council's figures as one read model: the picture of its committed snapshots, what the standards say of it, and the
//! indicators folded from that; kept in memory as long as the snapshots and limits that they rest on are the same.
//!
//! No figure is computed anywhere else: page, file, interface and command line are views of this.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZero;
use std::sync::{Arc, RwLock};
use std::thread;

use jiff::civil::Date;
use practice::assess::{Settings, assess};
use practice::control_chart::{self, ControlChart, Point, Rebase, Unit};
use practice::history::{History, Question};
use practice::indicator::{Group, IndicatorValue, Measure, PeriodKind, fold};
use practice::library::Library;
use practice::outcome::Outcomes;
use store::{CouncilLimit, DataClass, Scope, Snapshot, SnapshotState};
use vocabulary::day::Day;
use vocabulary::id::{CouncilId, SnapshotId};
use vocabulary::records::Word;

use crate::Service;
use crate::declared::library;
use crate::extract::Kept;
use crate::holders::{self, Holder};
use crate::refusal::Refusal;
use crate::remarks::Remarks;
use crate::surroundings::london_day;

/// An event is recorded late when an extract that covered its day, taken this many days after it, did not show it.
pub(crate) const LATE_AFTER_DAYS: i32 = 3;

const INTERRUPTED: &str = "The work was interrupted. Try again.";

/// Months of history that indicators are folded for.
const MONTHS: usize = 36;

/// What is known of a council's children on a day, and what the standards say of it.
#[derive(Debug)]
pub struct Figures {
    /// The council.
    pub council: CouncilId,
    /// The day of the question.
    pub as_at: Day,
    /// The standards.
    pub library: Arc<Library>,
    /// Every committed snapshot up to that day, by the day it tells of.
    pub snapshots: Vec<Snapshot>,
    /// The picture, what vanished, what came late.
    pub history: History,
    /// What the standards say.
    pub outcomes: Outcomes,
    /// The indicators of the last three years, folded from that.
    pub values: Vec<IndicatorValue>,
    /// The council's own limits.
    pub limits: Vec<CouncilLimit>,
    /// Who holds each child: the team and worker of the newest record that names them.
    pub(crate) holders: HashMap<Word, Holder>,
    /// The log's size when this was read.
    pub generation: i64,
}

/// Which figures are asked for: as at a day, and as they were known on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// The day the figures tell of: the day of the newest snapshot when none is named.
    pub as_at: Option<Date>,
    /// Only what was loaded by this day counts: everything when none is named.
    pub known_on: Option<Date>,
    /// A staged snapshot that counts as if it had been committed: what the figures would be.
    pub with_staged: Option<SnapshotId>,
}

impl Knowledge {
    /// As at a day, by all that is known now.
    pub fn as_at(day: Date) -> Self {
        Self { as_at: Some(day), ..Self::default() }
    }

    /// Whether a snapshot counts for it.
    fn counts(&self, snapshot: &Snapshot) -> bool {
        let counts = snapshot.state == SnapshotState::Committed || self.with_staged == Some(snapshot.id);
        counts && self.known_on.is_none_or(|day| loaded_on(snapshot) <= day)
    }
}

/// The day from which figures rest on a snapshot: the day it was made to count.
pub fn loaded_on(snapshot: &Snapshot) -> Date {
    london_day(snapshot.committed.as_ref().unwrap_or(&snapshot.stamp).at)
}

/// Figures already made. They hold as long as what they rest on does: other acts leave them alone.
#[derive(Debug, Default)]
pub(crate) struct KeptFigures(RwLock<Vec<KeptEntry>>);

#[derive(Debug)]
struct KeptEntry {
    figures: Arc<Figures>,
    asked: Knowledge,
    /// The snapshots and limits they rest on.
    basis: u64,
    /// The log's size at which that was last looked at.
    generation: i64,
}

impl KeptFigures {
    /// Kept figures about which nothing can have changed: the log has not grown.
    fn current(&self, council: CouncilId, asked: Knowledge, generation: i64) -> Option<Arc<Figures>> {
        let kept = self.0.read().ok()?;
        let held = kept.iter().find(|kept| kept.figures.council == council && kept.asked == asked)?;
        (held.generation >= generation).then(|| Arc::clone(&held.figures))
    }

    /// Kept figures that rest on the same snapshots and limits.
    fn with_basis(
        &self,
        council: CouncilId,
        asked: Knowledge,
        basis: u64,
        generation: i64,
    ) -> Option<Arc<Figures>> {
        let mut kept = self.0.write().ok()?;
        let held = kept
            .iter_mut()
            .find(|kept| kept.figures.council == council && kept.asked == asked && kept.basis == basis)?;
        held.generation = generation;
        Some(Arc::clone(&held.figures))
    }

    fn keep(&self, entry: KeptEntry) {
        // A picture of three years takes some tens of megabytes; few days are asked about at once.
        const MOST: usize = 6;
        if let Ok(mut kept) = self.0.write() {
            kept.retain(|known| known.figures.council != entry.figures.council || known.asked != entry.asked);
            // Today's figures stay: most pages ask for them.
            let oldest = kept.iter().position(|known| known.asked != Knowledge::default());
            if kept.len() >= MOST {
                kept.remove(oldest.unwrap_or(0));
            }
            kept.push(entry);
        }
    }
}

/// What figures rest on, in one number: each snapshot and limit at its version.
fn basis_of(snapshots: &[Snapshot], limits: &[CouncilLimit]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for snapshot in snapshots {
        (snapshot.id.0, snapshot.version).hash(&mut hasher);
    }
    for limit in limits {
        (limit.id.as_str(), limit.version).hash(&mut hasher);
    }
    hasher.finish()
}

impl Figures {
    /// Whether a viewer is shown the figures of a group: the council's, and those of the teams of their scope. A worker's
    /// figures are records of staff.
    pub fn shows_group(&self, group: Group, scope: &Scope) -> bool {
        match group {
            Group::Council => true,
            Group::Team(team) => scope.holds_team(Some(self.history.picture.words.text(team))),
            Group::Worker(_) => false,
        }
    }
}

impl Service {
    /// The figures of the scope's council, as asked.
    ///
    /// Nothing when no snapshot counts yet.
    pub async fn figures(&self, scope: &Scope, asked: Knowledge) -> Result<Option<Arc<Figures>>, Refusal> {
        if !scope.allows(DataClass::Aggregates) {
            return Err(Refusal::NotFound);
        }
        let mut transaction = self.store.snapshot().await?;
        let generation = transaction.log_size().await?;
        let council = scope.council();
        if let Some(kept) = self.figures.current(council, asked, generation) {
            transaction.commit().await?;
            return Ok(Some(kept));
        }
        let mut snapshots: Vec<Snapshot> = transaction.list(scope).await?;
        let limits: Vec<CouncilLimit> = transaction.list(scope).await?;
        transaction.commit().await?;
        snapshots.retain(|snapshot| asked.counts(snapshot));
        let Some(newest) = snapshots.iter().map(|snapshot| snapshot.as_at).max() else { return Ok(None) };
        let as_at = asked.as_at.unwrap_or(newest);
        snapshots.retain(|snapshot| snapshot.as_at <= as_at);
        if snapshots.is_empty() {
            return Ok(None);
        }
        let basis = basis_of(&snapshots, &limits);
        if let Some(kept) = self.figures.with_basis(council, asked, basis, generation) {
            return Ok(Some(kept));
        }
        // Made one at a time, so that many who ask for the same figures at once wait for one making.
        let _turn = self.making_figures.lock().await;
        if let Some(kept) = self.figures.with_basis(council, asked, basis, generation) {
            return Ok(Some(kept));
        }
        let as_at = Day::of(as_at);
        let (attachments, keys) = (self.attachments.clone(), self.keys.clone());
        let figures = crate::sign_in::run_off(move || {
            let kept =
                opened(&snapshots, &|one| Kept::from_sealed(&keys, &attachments.read(&one.kept_hash)?))?;
            Ok(Figures::of(council, as_at, snapshots, &kept, limits, generation))
        })
        .await?;
        let figures = Arc::new(figures);
        self.figures.keep(KeptEntry { figures: Arc::clone(&figures), asked, basis, generation });
        Ok(Some(figures))
    }
}

/// What each snapshot keeps. They are opened side by side, since opening three years of them takes as long as judging.
fn opened(
    snapshots: &[Snapshot],
    open: &(dyn Fn(&Snapshot) -> Result<Kept, Refusal> + Sync),
) -> Result<Vec<Kept>, Refusal> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = snapshots.len().div_ceil(threads).max(1);
    let open_share = |share: &[Snapshot]| share.iter().map(open).collect::<Result<Vec<_>, _>>();
    thread::scope(|scope| {
        let shares: Vec<_> =
            snapshots.chunks(share).map(|share| scope.spawn(move || open_share(share))).collect();
        let mut kept = Vec::with_capacity(snapshots.len());
        for share in shares {
            let opened = share.join().map_err(|_| Refusal::Unavailable(INTERRUPTED.into()))?;
            kept.extend(opened?);
        }
        Ok(kept)
    })
}

impl Figures {
    fn of(
        council: CouncilId,
        as_at: Day,
        snapshots: Vec<Snapshot>,
        kept: &[Kept],
        limits: Vec<CouncilLimit>,
        generation: i64,
    ) -> Self {
        let library = Arc::clone(library());
        let sources: Vec<practice::history::Snapshot<'_>> = (0_u32..)
            .zip(snapshots.iter().zip(kept))
            .map(|(load, (snapshot, kept))| practice::history::Snapshot {
                as_at: Day::of(snapshot.as_at),
                loaded_on: Day::of(loaded_on(snapshot)),
                load,
                collection: &snapshot.collection,
                records: &kept.records,
            })
            .collect();
        let question = Question {
            known_on: Day(i32::MAX / 2),
            late_after_days: LATE_AFTER_DAYS,
            catalogue: &library.catalogue,
        };
        let mut history = History::of(&sources, &question);
        history.picture.as_at = as_at;
        let settings =
            Settings { limits: limits.iter().map(|limit| (limit.standard.clone(), limit.limit)).collect() };
        let outcomes = assess(&library, &history.picture, &settings);
        let values = fold(&library, &outcomes, as_at, MONTHS);
        let holders = holders::of(&history.picture);
        Self { council, as_at, library, snapshots, history, outcomes, values, limits, holders, generation }
    }

    /// The values of a measure, in the order of their periods and groups.
    pub fn values_of(&self, measure: u16) -> &[IndicatorValue] {
        let first = self.values.partition_point(|value| value.measure < measure);
        let last = self.values.partition_point(|value| value.measure <= measure);
        &self.values[first..last]
    }

    /// A council's values of a measure month by month, or its position at each month's end, the oldest first.
    pub fn monthly(&self, measure: u16, group: Group) -> impl Iterator<Item = &IndicatorValue> {
        self.values_of(measure).iter().filter(move |value| {
            value.group == group && matches!(value.period.kind, PeriodKind::Month | PeriodKind::Position)
        })
    }

    /// The newest value of a measure over twelve months, or its newest position.
    pub fn newest_year(&self, measure: u16, group: Group) -> Option<&IndicatorValue> {
        let fits = |value: &&IndicatorValue| {
            value.group == group
                && matches!(value.period.kind, PeriodKind::RollingYear | PeriodKind::Position)
        };
        self.values_of(measure).iter().filter(fits).max_by_key(|value| value.period.end)
    }

    /// The chart of a measure over the months of the history, with what people say of it.
    pub fn chart(&self, measure: u16, remarks: &Remarks) -> (ControlChart, control_chart::Measure) {
        let declared = &self.library.measures[usize::from(measure)];
        let target = remarks.target_of(&declared.code);
        let asked =
            control_chart::Measure { target: target.map(|target| target.value), ..chart_measure(declared) };
        let mut points: Vec<Point> =
            self.monthly(measure, Group::Council).map(|value| point(value, &asked)).collect();
        let first = points.iter().position(|point| point.value.is_some_and(|value| value > 0.0)).unwrap_or(0);
        points.drain(..first);
        let rebases: Vec<Rebase> = remarks.rebases_of(&declared.code).collect();
        (ControlChart::of(points, &asked, &rebases), asked)
    }

    /// Whom a value is about: `council`, or `team: ...`.
    pub fn group_name(&self, group: Group) -> String {
        let words = &self.history.picture.words;
        match group {
            Group::Council => "council".to_owned(),
            Group::Team(team) => format!("team: {}", words.text(team)),
            Group::Worker(worker) => format!("worker: {}", words.text(worker)),
        }
    }
}

fn chart_measure(measure: &Measure) -> control_chart::Measure {
    control_chart::Measure {
        sentence: measure.sentence.clone(),
        unit: if measure.is_count { Unit::Number } else { Unit::Percent },
        polarity: measure.polarity,
        target: None,
    }
}

fn point(value: &IndicatorValue, measure: &control_chart::Measure) -> Point {
    let share = measure.unit == Unit::Percent;
    Point {
        period: control_chart::month(value.period.end),
        ends_on: value.period.end,
        value: value.value,
        numerator: share.then_some(value.numerator),
        denominator: share.then_some(value.denominator),
    }
}
