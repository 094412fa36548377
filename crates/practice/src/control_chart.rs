//! Control charts: whether a figure that moves from month to month has changed, or only varies as it always did.
//!
//! XmR charts with the limits, signals and words of NHS England's *Making Data Count*: the mean, limits at 2.66 times the
//! mean moving range from it, four signals, the kind of variation and whether the target can be relied on. How it is
//! read here, and what was rejected: `docs/decisions/0014-control-charts.md`. No limits are set aside silently: they are
//! worked out anew only from a [`Rebase`], which names its cause, author and date.

mod sentence;
mod signals;
#[cfg(test)]
mod tests;

pub use crate::standard::Polarity;
use vocabulary::day::Day;

pub use sentence::{amount, month};
pub use signals::{Side, Signal, SignalKind};

/// Limits lie this many mean moving ranges from the mean.
pub const LIMIT_FACTOR: f64 = 2.66;
/// With fewer points than this, limits are trial limits.
pub const POINTS_FOR_LIMITS: usize = 12;

/// A figure of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The period in words: `May 2026`.
    pub period: String,
    /// The last day of the period.
    pub ends_on: Day,
    /// The figure; none when nothing happened of which it could be made.
    pub value: Option<f64>,
    /// Of how many it holds, for a share.
    pub numerator: Option<u32>,
    /// Of how many it could hold.
    pub denominator: Option<u32>,
}

/// What the figures are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Hundredths: from 0 to 100.
    Percent,
    /// Days.
    Days,
    /// A number of children, visits or the like: never below 0.
    Number,
}

/// What the figures measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// In words, to follow the figure: `of initial conferences were held within 15 working days`.
    pub sentence: String,
    /// What the figures are in.
    pub unit: Unit,
    /// Which way is better.
    pub polarity: Polarity,
    /// The target, if there is one.
    pub target: Option<f64>,
}

/// Why new limits are worked out from a day on: only a known change of the process is a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebase {
    from: Day,
    cause: String,
    author: String,
    decided_on: Day,
}

/// Why limits can't be worked out anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RebaseRefusal {
    /// No cause.
    #[error("new limits need the cause of the change")]
    NoCause,
    /// No author.
    #[error("new limits need the name of who decided on them")]
    NoAuthor,
    /// The change lies after the day on which it was decided that it had happened.
    #[error("new limits can't begin after the day on which they were decided")]
    BeforeTheChange,
}

impl Rebase {
    /// New limits from a day on, with what changed, who decided it and when.
    pub fn new(from: Day, cause: &str, author: &str, decided_on: Day) -> Result<Self, RebaseRefusal> {
        let (cause, author) = (cause.trim().to_owned(), author.trim().to_owned());
        match () {
            () if cause.is_empty() => Err(RebaseRefusal::NoCause),
            () if author.is_empty() => Err(RebaseRefusal::NoAuthor),
            () if decided_on < from => Err(RebaseRefusal::BeforeTheChange),
            () => Ok(Self { from, cause, author, decided_on }),
        }
    }

    /// The first day of the changed process.
    pub fn from(&self) -> Day {
        self.from
    }

    /// What changed.
    pub fn cause(&self) -> &str {
        &self.cause
    }

    /// Who decided on new limits.
    pub fn author(&self) -> &str {
        &self.author
    }

    /// When.
    pub fn decided_on(&self) -> Day {
        self.decided_on
    }
}

/// A run of points with one mean and one pair of limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Its first point.
    pub first: usize,
    /// Its last point.
    pub last: usize,
    /// How many of its points have a figure.
    pub figures: usize,
    /// The mean.
    pub mean: f64,
    /// The limits as calculated, which may lie where no figure can; none with a single figure.
    pub limits: Option<(f64, f64)>,
    /// Why it begins where it does, if it is not the first.
    pub rebase: Option<Rebase>,
}

/// What kind of variation the latest figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variation {
    /// Something changed, for the better.
    Improving,
    /// Something changed, for the worse.
    Concerning,
    /// Something changed; neither way is better.
    Neither,
    /// Nothing but what always varies.
    CommonCause,
}

/// Whether the target can be relied on while the process stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assurance {
    /// The limits lie on the better side of the target.
    WillConsistentlyMeet,
    /// The target lies between the limits.
    HitAndMiss,
    /// The limits lie on the worse side of the target.
    WillFallShort,
}

/// A series with its limits and what they say.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlChart {
    /// The points, the oldest first.
    pub points: Vec<Point>,
    /// The parts with one process each, in order; empty when there is no figure.
    pub segments: Vec<Segment>,
    /// The signals, in order of their first points.
    pub signals: Vec<Signal>,
    /// What the latest figure shows.
    pub variation: Variation,
    /// Whether the target can be relied on; none without a target, a better side or limits.
    pub assurance: Option<Assurance>,
}

impl ControlChart {
    /// The chart of points in order of their days.
    pub fn of(points: Vec<Point>, measure: &Measure, rebases: &[Rebase]) -> Self {
        let segments = segments(&points, rebases);
        let signals: Vec<Signal> =
            segments.iter().flat_map(|segment| signals::find(&points, segment)).collect();
        let variation = variation(&points, &signals, measure.polarity);
        let assurance = segments.last().and_then(|segment| assurance(segment, measure));
        Self { points, segments, signals, variation, assurance }
    }

    /// The segment of the latest figures.
    pub fn current(&self) -> Option<&Segment> {
        self.segments.last()
    }

    /// The latest point with a figure.
    pub fn latest(&self) -> Option<(&Point, f64)> {
        self.points.iter().rev().find_map(|point| Some((point, point.value?)))
    }
}

impl Segment {
    /// Whether there are too few points for more than trial limits.
    pub fn is_trial(&self) -> bool {
        self.figures < POINTS_FOR_LIMITS
    }

    /// The limits as they are drawn and named: no share is below 0% or above 100%, no count or wait below 0.
    pub fn shown_limits(&self, unit: Unit) -> Option<(f64, f64)> {
        let top = if unit == Unit::Percent { 100.0 } else { f64::INFINITY };
        self.limits.map(|(lower, upper)| (lower.max(0.0), upper.min(top)))
    }
}

/// Cuts the points at each rebase, and works out the mean and the limits of each part.
fn segments(points: &[Point], rebases: &[Rebase]) -> Vec<Segment> {
    let mut ordered: Vec<&Rebase> = rebases.iter().collect();
    ordered.sort_by_key(|rebase| (rebase.from, rebase.decided_on));
    // The change takes hold with the first period that ends on or after it.
    let start_of = |rebase: &Rebase| points.partition_point(|point| point.ends_on < rebase.from);
    let mut starts: Vec<(usize, Option<&Rebase>)> = vec![(0, None)];
    for rebase in ordered {
        match starts.last_mut() {
            Some((start, known)) if *start == start_of(rebase) => *known = Some(rebase),
            _ => starts.push((start_of(rebase), Some(rebase))),
        }
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([points.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(&(first, rebase), end)| segment(points, first..end, rebase))
        .collect()
}

fn segment(points: &[Point], places: std::ops::Range<usize>, rebase: Option<&Rebase>) -> Option<Segment> {
    let values: Vec<f64> = points[places.clone()].iter().filter_map(|point| point.value).collect();
    let count = values.len();
    let mean = mean(&values)?;
    let ranges: Vec<f64> = values.windows(2).map(|two| (two[1] - two[0]).abs()).collect();
    let limits = self::mean(&ranges).map(|range| (mean - LIMIT_FACTOR * range, mean + LIMIT_FACTOR * range));
    let (first, last) = (places.start, places.end - 1);
    Some(Segment { first, last, figures: count, mean, limits, rebase: rebase.cloned() })
}

#[expect(clippy::cast_precision_loss, reason = "no series has so many points")]
fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// What the signals say of the latest figure. The kinds are asked in their order: how far from the mean it lies counts
/// before the way it moves.
fn variation(points: &[Point], signals: &[Signal], polarity: Polarity) -> Variation {
    let latest = points.iter().rposition(|point| point.value.is_some());
    let of_latest =
        signals.iter().filter(|signal| latest.is_some_and(|latest| signal.points.contains(&latest)));
    let Some(signal) = of_latest.min_by_key(|signal| signal.kind) else { return Variation::CommonCause };
    match (polarity, signal.side) {
        (Polarity::Context, _) => Variation::Neither,
        (Polarity::High, Side::Above) | (Polarity::Low, Side::Below) => Variation::Improving,
        (Polarity::High, Side::Below) | (Polarity::Low, Side::Above) => Variation::Concerning,
    }
}

fn assurance(segment: &Segment, measure: &Measure) -> Option<Assurance> {
    let (target, (lower, upper)) = (measure.target?, segment.limits?);
    let (all_meet, none_meets) = match measure.polarity {
        Polarity::High => (lower >= target, upper < target),
        Polarity::Low => (upper <= target, lower > target),
        Polarity::Context => return None,
    };
    Some(match (all_meet, none_meets) {
        (true, _) => Assurance::WillConsistentlyMeet,
        (_, true) => Assurance::WillFallShort,
        _ => Assurance::HitAndMiss,
    })
}
