//! When a figure is expected to meet its target, if it goes on as it does.
//!
//! The path is fitted to the points since the limits were last worked out anew, and only for groups of 20 or more:
//! with fewer, one child moves the figure by more than five points in a hundred. The path is the Theil-Sen line (the
//! middle of the slopes between all pairs of points), of shares on the logit scale, so that it bends towards 100% and
//! never passes it. The interval comes from how far the points lie off the path; four times in five the path meets the
//! target inside it. It says what goes on as it does, not what will happen: the next change is not in the data.

mod fit;
mod sentence;
#[cfg(test)]
mod tests;

use vocabulary::day::Day;

use crate::control_chart::{ControlChart, Measure, POINTS_FOR_LIMITS, Point, Polarity};
use fit::{Fit, Scale};

/// The smallest group of which anything is forecast.
pub const SMALLEST_GROUP: u32 = 20;
/// Nothing is forecast further ahead.
pub const MONTHS_AHEAD: i32 = 36;

/// What can be said of when the target is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecast {
    /// The path meets the target already.
    Meets,
    /// The path meets the target in a month ahead.
    Expected {
        /// The last day of the month in which the path meets the target.
        month: Day,
        /// Of the earliest month inside the interval.
        earliest: Day,
        /// Of the latest; none when it lies beyond what is forecast or may never come.
        latest: Option<Day>,
    },
    /// It doesn't meet the target on this path.
    NotOnThisPath(Obstacle),
    /// It can't be told.
    CannotTell(Reason),
}

/// Why the target isn't met on this path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The path is level or leads away from the target.
    DoesNotApproach,
    /// The path leads to the target, but not within [`MONTHS_AHEAD`].
    TooSlow,
}

/// Why it can't be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no target.
    NoTarget,
    /// Neither more nor less is better.
    NoBetterSide,
    /// The group is smaller than [`SMALLEST_GROUP`], or its size isn't known.
    SmallGroup,
    /// Fewer points of large enough groups than limits need.
    FewPoints {
        /// How many there are.
        points: usize,
    },
}

impl Forecast {
    /// The forecast of the current segment of a chart.
    pub fn of(chart: &ControlChart, measure: &Measure) -> Self {
        Self::fitted(chart, measure).unwrap_or_else(Self::CannotTell)
    }

    fn fitted(chart: &ControlChart, measure: &Measure) -> Result<Self, Reason> {
        let target = measure.target.ok_or(Reason::NoTarget)?;
        if measure.polarity == Polarity::Context {
            return Err(Reason::NoBetterSide);
        }
        let few = Reason::FewPoints { points: 0 };
        let segment = chart.current().ok_or(few)?;
        let all = &chart.points[segment.first..=segment.last];
        let group = usual_group(all).filter(|&group| group >= SMALLEST_GROUP).ok_or(Reason::SmallGroup)?;
        let scale = Scale::of(measure.unit, group);
        let points: Vec<(f64, f64)> = all.iter().filter_map(|point| placed(point, scale)).collect();
        if points.len() < POINTS_FOR_LIMITS {
            return Err(Reason::FewPoints { points: points.len() });
        }
        let latest =
            all.iter().rfind(|point| is_large(point)).map(|point| month_number(point.ends_on)).ok_or(few)?;
        // Turned over when less is better, so that from here on more is.
        let turn = if measure.polarity == Polarity::High { 1.0 } else { -1.0 };
        let turned: Vec<(f64, f64)> = points.iter().map(|&(month, value)| (month, turn * value)).collect();
        Ok(meets(&Fit::of(&turned), turn * scale.target(target), latest))
    }
}

/// When a path meets a level that is better the higher it is.
fn meets(fit: &Fit, target: f64, latest: i32) -> Forecast {
    let first = |level: &dyn Fn(f64) -> f64| {
        (latest..=latest + MONTHS_AHEAD).find(|&month| level(f64::from(month)) >= target)
    };
    match first(&|month| fit.at(month)) {
        Some(month) if month == latest => Forecast::Meets,
        Some(month) => {
            let earliest = first(&|month| fit.at(month) + fit.margin(month)).unwrap_or(month);
            Forecast::Expected {
                month: end_of(month),
                // What is ahead can't have happened yet.
                earliest: end_of(earliest.max(latest + 1)),
                latest: first(&|month| fit.at(month) - fit.margin(month)).map(end_of),
            }
        }
        None if fit.slope <= 0.0 => Forecast::NotOnThisPath(Obstacle::DoesNotApproach),
        None => Forecast::NotOnThisPath(Obstacle::TooSlow),
    }
}

/// The group's usual size: the middle of its sizes.
fn usual_group(points: &[Point]) -> Option<u32> {
    let mut sizes: Vec<u32> = points.iter().filter_map(|point| point.denominator).collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() / 2).copied()
}

fn is_large(point: &Point) -> bool {
    point.value.is_some() && point.denominator.is_some_and(|group| group >= SMALLEST_GROUP)
}

/// A point as the fit takes it, if its group is large enough.
fn placed(point: &Point, scale: Scale) -> Option<(f64, f64)> {
    let value = point.value.filter(|_| is_large(point))?;
    Some((f64::from(month_number(point.ends_on)), scale.value(value, point.denominator?)))
}

/// Months from year 0, so that they can be counted.
fn month_number(day: Day) -> i32 {
    let date = day.date();
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// The last day of the month of a number.
fn end_of(month: i32) -> Day {
    let start = Day(0);
    start.plus_months(month - month_number(start)).end_of_month()
}
