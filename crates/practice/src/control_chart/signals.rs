//! The four signals of *Making Data Count* that something changed.

use super::{Point, Segment};

/// Points in a row on one side of the mean that are a signal.
const SHIFT: usize = 7;
/// Points in a row that rise, or fall, that are a signal.
const TREND: usize = 6;
/// Beyond this part of the way from the mean to a limit a point is near the limit.
const NEAR: f64 = 2.0 / 3.0;

/// What is unlikely to happen while a process stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignalKind {
    /// A point outside the limits, or several in a row outside the same one.
    OutsideLimits,
    /// Seven points or more in a row on one side of the mean.
    Shift,
    /// Two of three points in a row near the same limit.
    NearLimit,
    /// Six points or more in a row, each higher than the one before, or each lower.
    Trend,
}

/// Which way a signal points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Above the mean, or rising.
    Above,
    /// Below the mean, or falling.
    Below,
}

/// A signal with the points that make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// What was seen.
    pub kind: SignalKind,
    /// Which way it points.
    pub side: Side,
    /// The points, by their places in the series.
    pub points: Vec<usize>,
}

/// A figure with its place in the series, and where it lies.
#[derive(Clone, Copy)]
struct Figure {
    place: usize,
    value: f64,
    /// The side of the mean, unless it lies on it.
    side: Option<Side>,
    /// How far it lies from the mean, as a part of the way to the limit.
    reach: f64,
}

/// The signals of a segment. Points without a figure are passed over: the next figure counts as the next point.
pub(super) fn find(points: &[Point], segment: &Segment) -> Vec<Signal> {
    let Some((_, upper)) = segment.limits else { return Vec::new() };
    let figures = figures(points, segment, upper - segment.mean);
    let mut signals = outside(&figures);
    signals.extend(shifts(&figures));
    signals.extend(near_limits(&figures));
    signals.extend(trends(&figures));
    signals.sort_by_key(|signal| (signal.points[0], signal.kind));
    signals
}

fn figures(points: &[Point], segment: &Segment, half_width: f64) -> Vec<Figure> {
    // A mean of equal figures may differ from them in its last digit; that is no distance.
    let nothing = 1e-9 * segment.mean.abs().max(1.0);
    let figure = |(place, point): (usize, &Point)| {
        let value = point.value?;
        let distance = value - segment.mean;
        let side = match distance {
            _ if distance.abs() <= nothing => None,
            _ if distance > 0.0 => Some(Side::Above),
            _ => Some(Side::Below),
        };
        let reach = if side.is_none() { 0.0 } else { distance.abs() / half_width.max(nothing) };
        Some(Figure { place, value, side, reach })
    };
    let own = points.iter().enumerate().take(segment.last + 1).skip(segment.first);
    own.filter_map(figure).collect()
}

impl Figure {
    fn is_outside(&self) -> bool {
        self.reach > 1.0 + 1e-9
    }

    /// Near a limit, and not outside it.
    fn is_near(&self) -> bool {
        self.reach > NEAR && !self.is_outside()
    }
}

/// Points outside the same limit in a row are one signal.
fn outside(figures: &[Figure]) -> Vec<Signal> {
    let beyond = |figure: &Figure| figure.side.filter(|_| figure.is_outside());
    let runs = figures.chunk_by(|one, next| beyond(one) == beyond(next));
    runs.filter_map(|run| Some(signal(SignalKind::OutsideLimits, beyond(&run[0])?, run))).collect()
}

fn shifts(figures: &[Figure]) -> Vec<Signal> {
    let runs = figures.chunk_by(|one, next| one.side == next.side);
    let long = runs.filter(|run| run.len() >= SHIFT);
    long.filter_map(|run| Some(signal(SignalKind::Shift, run[0].side?, run))).collect()
}

fn trends(figures: &[Figure]) -> Vec<Signal> {
    let mut signals = Vec::new();
    for (side, goes_on) in [
        (Side::Above, (|one, next| next > one) as fn(f64, f64) -> bool),
        (Side::Below, |one, next| next < one),
    ] {
        let runs = figures.chunk_by(|one, next| goes_on(one.value, next.value));
        let long = runs.filter(|run| run.len() >= TREND);
        signals.extend(long.map(|run| signal(SignalKind::Trend, side, run)));
    }
    signals
}

/// Windows of three that share a point near the limit are one signal.
fn near_limits(figures: &[Figure]) -> Vec<Signal> {
    let mut signals: Vec<Signal> = Vec::new();
    for three in figures.windows(3) {
        for side in [Side::Above, Side::Below] {
            let near = three.iter().filter(|figure| figure.side == Some(side) && figure.is_near());
            let places: Vec<usize> = near.map(|figure| figure.place).collect();
            if places.len() < 2 {
                continue;
            }
            let known =
                signals.iter_mut().find(|known| known.side == side && known.points.contains(&places[0]));
            match known {
                Some(known) => known.points.extend(places),
                None => signals.push(Signal { kind: SignalKind::NearLimit, side, points: places }),
            }
        }
    }
    for signal in &mut signals {
        signal.points.sort_unstable();
        signal.points.dedup();
    }
    signals
}

fn signal(kind: SignalKind, side: Side, run: &[Figure]) -> Signal {
    Signal { kind, side, points: run.iter().map(|figure| figure.place).collect() }
}
