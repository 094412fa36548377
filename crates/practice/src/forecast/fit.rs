//! A straight path through points, little moved by a few that lie far off.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_3};

use crate::control_chart::Unit;

/// Four times in five a value of the standard normal distribution lies within this distance of 0.
const FOUR_IN_FIVE: f64 = 1.2816;
/// The standard deviation of a normal distribution is this many times its middle absolute deviation.
const DEVIATION: f64 = 1.4826;

/// The scale on which a path is straight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scale {
    /// The logarithm of the odds, for shares of a group of this usual size.
    Logit { group: f64 },
    /// As it is.
    Plain,
}

/// A path: where it is in the middle month, and how it moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fit {
    middle: f64,
    level: f64,
    pub(super) slope: f64,
    /// How far points lie off the path, as a standard deviation.
    spread: f64,
    points: f64,
    /// The sum of the squared distances of the months from their middle.
    months: f64,
}

impl Scale {
    /// The scale for figures of a unit.
    pub(super) fn of(unit: Unit, group: u32) -> Self {
        if unit == Unit::Percent { Self::Logit { group: f64::from(group) } } else { Self::Plain }
    }

    /// A figure on the scale. Half a child is added to those who met it and those who didn't, so that all and none
    /// have a place too.
    pub(super) fn value(self, value: f64, group: u32) -> f64 {
        match self {
            Self::Logit { .. } => {
                let (group, share) = (f64::from(group), value / 100.0);
                ((share * group + 0.5) / ((1.0 - share) * group + 0.5)).ln()
            }
            Self::Plain => value,
        }
    }

    /// A target on the scale. A target of 100% counts as met when less than half a child of the usual group is left.
    pub(super) fn target(self, target: f64) -> f64 {
        match self {
            Self::Logit { group } => {
                let share = (target / 100.0).clamp(0.5 / group, 1.0 - 0.5 / group);
                (share / (1.0 - share)).ln()
            }
            Self::Plain => target,
        }
    }
}

impl Fit {
    /// The path through two points or more, each a month and a value.
    #[expect(clippy::cast_precision_loss, reason = "no series has so many points")]
    pub(super) fn of(points: &[(f64, f64)]) -> Self {
        let count = points.len() as f64;
        let middle = points.iter().map(|(month, _)| month).sum::<f64>() / count;
        let mut slopes = Vec::with_capacity(points.len() * points.len() / 2);
        for (place, (month, value)) in points.iter().enumerate() {
            let later = points[place + 1..].iter().filter(|(later, _)| later > month);
            slopes.extend(later.map(|(later, other)| (other - value) / (later - month)));
        }
        let slope = median(slopes);
        let level = median(points.iter().map(|(month, value)| value - slope * (month - middle)).collect());
        let off = |(month, value): &(f64, f64)| (value - level - slope * (month - middle)).abs();
        // Two of the points' freedoms are spent on level and slope.
        let spent = (count / (count - 2.0).max(1.0)).sqrt();
        let spread = DEVIATION * spent * median(points.iter().map(off).collect());
        let months = points.iter().map(|(month, _)| (month - middle).powi(2)).sum();
        Self { middle, level, slope, spread, points: count, months }
    }

    /// Where the path is in a month.
    pub(super) fn at(&self, month: f64) -> f64 {
        self.level + self.slope * (month - self.middle)
    }

    /// How far the path may lie from there: the further from the middle of the points, the further.
    ///
    /// A median varies by pi/2 as much as a mean would, a Theil-Sen slope by pi/3 as much as that of least squares
    /// (for errors that are normally distributed).
    pub(super) fn margin(&self, month: f64) -> f64 {
        let of_level = FRAC_PI_2 / self.points;
        let of_slope =
            if self.months > 0.0 { FRAC_PI_3 * (month - self.middle).powi(2) / self.months } else { 0.0 };
        FOUR_IN_FIVE * self.spread * (of_level + of_slope).sqrt()
    }
}

/// The middle of some numbers; 0 for none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}
