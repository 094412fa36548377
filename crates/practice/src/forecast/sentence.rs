//! A forecast in words.

use super::{Forecast, MONTHS_AHEAD, Obstacle, Reason, SMALLEST_GROUP};
use crate::control_chart::{Measure, POINTS_FOR_LIMITS, amount, month};

impl Forecast {
    /// The forecast in a sentence.
    pub fn sentence(&self, measure: &Measure) -> String {
        let target = measure.target.map_or_else(
            || "the target".to_owned(),
            |target| format!("the target of {}", amount(target, measure.unit)),
        );
        match *self {
            Self::Meets => format!("On its present path the figure meets {target} already."),
            Self::Expected { month: expected, earliest, latest } => {
                let expected = month(expected);
                format!(
                    "On its present path the figure is expected to meet {target} in {expected}; four times in five {}.",
                    match latest {
                        Some(latest) if latest == earliest => format!("in {}", month(latest)),
                        Some(latest) => format!("between {} and {}", month(earliest), month(latest)),
                        None => format!("not before {}, and it may not at all", month(earliest)),
                    }
                )
            }
            Self::NotOnThisPath(Obstacle::DoesNotApproach) => {
                format!("Not on this path: the figure does not move towards {target}.")
            }
            Self::NotOnThisPath(Obstacle::TooSlow) => {
                format!(
                    "Not on this path: the figure moves towards {target}, but would not meet it within {MONTHS_AHEAD} months."
                )
            }
            Self::CannotTell(reason) => format!("No forecast: {}.", reason.words()),
        }
    }
}

impl Reason {
    fn words(self) -> String {
        match self {
            Self::NoTarget => "there is no target".to_owned(),
            Self::NoBetterSide => "neither more nor less is better".to_owned(),
            Self::SmallGroup => {
                format!("the group is smaller than {SMALLEST_GROUP}, so single children decide the figure")
            }
            Self::FewPoints { points } => {
                format!(
                    "{points} points of groups of {SMALLEST_GROUP} or more so far, {POINTS_FOR_LIMITS} are needed"
                )
            }
        }
    }
}
