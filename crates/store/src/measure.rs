//! What people say of a measure: the target it is held against, the comment beside a month, the new baseline of its
//! chart. Each is a fact of its own with author and day; none is edited away.

use improvement::register::Stamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::id::{ChartRebaseId, CouncilId, MeasureCommentId, MeasureTargetId};

/// What a measure is to reach, by when, and the way there. It counts once a second person has approved it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasureTarget {
    /// Its id.
    pub id: MeasureTargetId,
    /// The council.
    pub council: CouncilId,
    /// The measure's code.
    pub measure: String,
    /// The value to reach, in the measure's own unit: a percentage or a number.
    pub value: f64,
    /// The day by which it is to be reached.
    pub reach_by: Date,
    /// Where the way there starts: the value then.
    pub from_value: f64,
    /// The day the way there starts on.
    pub from_day: Date,
    /// Why this value: who set it and where it is written down.
    pub basis: String,
    /// The second person.
    pub approved: Option<Stamp>,
    /// Edit version.
    pub version: i64,
    /// Who proposed it and when.
    pub stamp: Stamp,
}

impl MeasureTarget {
    /// Where the measure should be on a day, on a straight way from the start to the target; the target from its day on.
    pub fn expected_on(&self, day: Date) -> f64 {
        let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
        let whole = days(self.from_day, self.reach_by);
        if whole <= 0 {
            return self.value;
        }
        let part = f64::from(days(self.from_day, day).clamp(0, whole)) / f64::from(whole);
        self.from_value + (self.value - self.from_value) * part
    }
}

/// What somebody says of a measure's month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureComment {
    /// Its id.
    pub id: MeasureCommentId,
    /// The council.
    pub council: CouncilId,
    /// The measure's code.
    pub measure: String,
    /// The last day of the month it is about.
    pub month: Date,
    /// What they say.
    pub text: String,
    /// Edit version.
    pub version: i64,
    /// Who says so and when.
    pub stamp: Stamp,
}

/// From a month on, a chart's mean and limits are computed anew, because something is known to have changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartRebase {
    /// Its id.
    pub id: ChartRebaseId,
    /// The council.
    pub council: CouncilId,
    /// The measure's code.
    pub measure: String,
    /// The last day of the first month under the new baseline.
    pub from_month: Date,
    /// What changed.
    pub cause: String,
    /// Edit version.
    pub version: i64,
    /// Who says so and when.
    pub stamp: Stamp,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use vocabulary::id::UserId;

    use super::*;

    #[test]
    fn half_way_in_time_is_half_way_in_value_and_nothing_is_expected_beyond_the_target() {
        let target = MeasureTarget {
            id: MeasureTargetId(1),
            council: CouncilId(1),
            measure: "assessment-45wd".into(),
            value: 90.0,
            reach_by: date(2026, 12, 31),
            from_value: 70.0,
            from_day: date(2026, 12, 11),
            basis: "the board".into(),
            approved: None,
            version: 1,
            stamp: Stamp { by: UserId(1), role: String::new(), at: jiff::Timestamp::UNIX_EPOCH },
        };
        assert_eq!(target.expected_on(date(2026, 1, 1)), 70.0);
        assert_eq!(target.expected_on(date(2026, 12, 21)), 80.0);
        assert_eq!(target.expected_on(date(2027, 6, 1)), 90.0);
    }
}
