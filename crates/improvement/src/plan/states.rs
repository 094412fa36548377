//! The four states of an objective: duty met, action done, impact shown, embedded. Doing is not improving, so none of them
//! follows from another and nothing averages them.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{ImpactTest, Objective, PlanAction};
use crate::words::counted;

/// Months after the difference was first shown at which it is tested again.
pub const RETESTS_AFTER_MONTHS: [i32; 2] = [3, 6];

/// How many of something are so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that are.
    pub are: usize,
    /// All.
    pub of: usize,
}

/// Whether a difference for children was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impact {
    /// Nobody has tested.
    NotTested,
    /// The newest test found none.
    NotShown(Date),
    /// Tests have found it without a break since a day.
    ShownSince(Date),
}

/// Whether a difference has lasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embedded {
    /// No difference was shown, so there is nothing to embed.
    NothingToEmbed,
    /// The next test is due on a day.
    TestDue(Date),
    /// It was shown, and held at both later tests.
    Since(Date),
    /// It was shown once, and a later test found that it is gone.
    FellBack(Date),
}

/// An objective's four states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct States {
    /// Of the duties it serves, those that are met as far as they have fallen due.
    pub duties: Share,
    /// Of its actions, those reported done and not found since to be otherwise.
    pub done: Share,
    /// Of its actions, those that somebody else verified.
    pub verified: Share,
    /// Whether a difference was shown.
    pub impact: Impact,
    /// Whether it lasted.
    pub embedded: Embedded,
}

/// The states of an objective with its actions; `duties` says how its duties stand.
pub fn states<'a>(
    objective: &Objective,
    actions: impl Iterator<Item = &'a PlanAction>,
    duties: Share,
) -> States {
    let (mut done, mut verified) = (Share::default(), Share::default());
    for action in actions {
        done.of += 1;
        verified.of += 1;
        let fell_back = action.newest_check().is_some_and(|check| !check.holds);
        done.are += usize::from(action.done.is_some() && !fell_back);
        verified.are += usize::from(action.is_verified());
    }
    States { duties, done, verified, impact: impact(&objective.tests), embedded: embedded(&objective.tests) }
}

fn impact(tests: &[ImpactTest]) -> Impact {
    match tests.last() {
        None => Impact::NotTested,
        Some(newest) if !newest.holds => Impact::NotShown(newest.on),
        Some(_) => Impact::ShownSince(shown_since(tests).expect("the newest test holds")),
    }
}

/// The day of the first of the unbroken run of tests that hold.
fn shown_since(tests: &[ImpactTest]) -> Option<Date> {
    tests.iter().rev().take_while(|test| test.holds).last().map(|test| test.on)
}

fn embedded(tests: &[ImpactTest]) -> Embedded {
    let Some(newest) = tests.last() else { return Embedded::NothingToEmbed };
    let Some(since) = shown_since(tests) else {
        let was_shown = tests.iter().any(|test| test.holds);
        return if was_shown { Embedded::FellBack(newest.on) } else { Embedded::NothingToEmbed };
    };
    for months in RETESTS_AFTER_MONTHS {
        let due = since.saturating_add(months.months());
        if newest.on < due {
            return Embedded::TestDue(due);
        }
    }
    Embedded::Since(newest.on)
}

impl States {
    /// Whether every action is done and no difference has been shown: a headline, because it looks like success.
    pub fn done_without_impact(&self) -> bool {
        self.done.of > 0 && self.done.are == self.done.of && !matches!(self.impact, Impact::ShownSince(_))
    }

    /// The first state, in words.
    pub fn duty_in_words(&self) -> String {
        match self.duties {
            Share { of: 0, .. } => "It serves no duty of a notice".to_owned(),
            Share { are, of } if are == of => format!("Yes: {}", counted(of, "duty", "duties")),
            Share { are, of } => format!("Not yet: {are} of {}", counted(of, "duty", "duties")),
        }
    }

    /// The second state, in words.
    pub fn done_in_words(&self) -> String {
        match self.done {
            Share { of: 0, .. } => "It has no action".to_owned(),
            Share { are, of } => {
                let verified = self.verified.are;
                format!("{are} of {} done, {verified} verified", counted(of, "action", "actions"))
            }
        }
    }

    /// The third state, in words.
    pub fn impact_in_words(&self) -> String {
        let day = vocabulary::date::day_in_words;
        match self.impact {
            Impact::NotTested => "Not tested".to_owned(),
            Impact::NotShown(on) => format!("Not shown on {}", day(on)),
            Impact::ShownSince(on) => format!("Shown since {}", day(on)),
        }
    }

    /// The fourth state on a day, in words.
    pub fn embedded_in_words(&self, today: Date) -> String {
        let day = vocabulary::date::day_in_words;
        match self.embedded {
            Embedded::NothingToEmbed => "Nothing to embed yet".to_owned(),
            Embedded::TestDue(on) if on < today => format!("Not tested again: that was due by {}", day(on)),
            Embedded::TestDue(on) => format!("Test again by {}", day(on)),
            Embedded::Since(on) => format!("Yes, tested on {}", day(on)),
            Embedded::FellBack(on) => format!("Fell back on {}", day(on)),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use vocabulary::id::UserId;

    use super::*;
    use crate::register::Stamp;

    fn tests_on(tests: &[(Date, bool)]) -> Vec<ImpactTest> {
        let test = |&(on, holds)| ImpactTest {
            on,
            holds,
            data: "91% in time".into(),
            audit: String::new(),
            voice: String::new(),
            stamp: Stamp { by: UserId(2), role: "independent chair".into(), at: jiff::Timestamp::UNIX_EPOCH },
        };
        tests.iter().map(test).collect()
    }

    #[test]
    fn a_difference_is_embedded_only_when_it_held_three_and_six_months_later() {
        let first = (date(2026, 1, 31), true);
        assert_eq!(embedded(&tests_on(&[])), Embedded::NothingToEmbed);
        assert_eq!(embedded(&tests_on(&[first])), Embedded::TestDue(date(2026, 4, 30)));
        let second = (date(2026, 5, 4), true);
        assert_eq!(embedded(&tests_on(&[first, second])), Embedded::TestDue(date(2026, 7, 31)));
        let third = (date(2026, 8, 3), true);
        assert_eq!(embedded(&tests_on(&[first, second, third])), Embedded::Since(date(2026, 8, 3)));
    }

    #[test]
    fn what_fell_back_begins_again() {
        let fell = [(date(2026, 1, 31), true), (date(2026, 5, 4), false)];
        assert_eq!(embedded(&tests_on(&fell)), Embedded::FellBack(date(2026, 5, 4)));
        assert_eq!(impact(&tests_on(&fell)), Impact::NotShown(date(2026, 5, 4)));
        let again = [fell[0], fell[1], (date(2026, 6, 1), true)];
        assert_eq!(impact(&tests_on(&again)), Impact::ShownSince(date(2026, 6, 1)));
        assert_eq!(embedded(&tests_on(&again)), Embedded::TestDue(date(2026, 9, 1)));
        let never = [(date(2026, 1, 31), false)];
        assert_eq!(embedded(&tests_on(&never)), Embedded::NothingToEmbed);
    }

    #[test]
    fn all_done_and_nothing_shown_is_told() {
        let states = States {
            duties: Share { are: 3, of: 4 },
            done: Share { are: 5, of: 5 },
            verified: Share { are: 4, of: 5 },
            impact: Impact::NotTested,
            embedded: Embedded::NothingToEmbed,
        };
        assert!(states.done_without_impact());
        assert_eq!(states.done_in_words(), "5 of 5 actions done, 4 verified");
        assert_eq!(states.duty_in_words(), "Not yet: 3 of 4 duties");
        let shown = States { impact: Impact::ShownSince(date(2026, 5, 1)), ..states };
        assert!(!shown.done_without_impact());
        let no_action = States { done: Share::default(), verified: Share::default(), ..states };
        assert!(!no_action.done_without_impact());
    }
}
