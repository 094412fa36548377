//! Why something is not asked of an event, or can't be told: the reasons behind *not applicable* and *can't tell*.

use std::collections::HashMap;
use std::fmt;

/// A reason, before it is put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Why<'p> {
    /// The cell holds something that is not a value of its type.
    Unreadable { kind: &'p str, field: &'p str },
    /// The cell is blank and something is needed.
    Blank { kind: &'p str, field: &'p str },
    /// The list is there without this field.
    NotSupplied { kind: &'p str, field: &'p str },
    /// No list of this kind is there.
    NotHeld { kind: &'p str },
    /// The list is there and has no such record of the person.
    NoneFound { kind: &'p str },
    /// The clock stops before it starts.
    StopBeforeStart,
    /// Events between two that are known may be unseen.
    OnlyLatest,
    /// The council's limit is not set.
    LimitNotSet,
    /// The calendar of working days does not reach so far.
    OutsideCalendar,
    /// The clock starts after the day of the question.
    NotBegun,
    /// The standard was not in force.
    NotInForce,
    /// What the clock belongs to ended before the due day.
    EndedFirst,
    /// The event that it must come before has not happened.
    NotHappened,
    /// An exclusion of the standard's file, in its own words.
    Excluded(&'p str),
}

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { kind, field } => write!(f, "`{field}` of `{kind}` could not be read"),
            Self::Blank { kind, field } => write!(f, "`{field}` of `{kind}` is blank"),
            Self::NotSupplied { kind, field } => write!(f, "the extract does not hold `{field}` of `{kind}`"),
            Self::NotHeld { kind } => write!(f, "no extract holds `{kind}`"),
            Self::NoneFound { kind } => write!(f, "the extract holds no such `{kind}` of the same person"),
            Self::StopBeforeStart => f.write_str("the clock stops before it starts"),
            Self::OnlyLatest => f.write_str("the extract shows only the latest"),
            Self::LimitNotSet => f.write_str("the council has not set its limit"),
            Self::OutsideCalendar => f.write_str("the day lies outside the calendar of working days"),
            Self::NotBegun => f.write_str("the clock starts after the day of the question"),
            Self::NotInForce => f.write_str("the standard was not in force on the day the clock started"),
            Self::EndedFirst => f.write_str("it ended before the due day"),
            Self::NotHappened => f.write_str("the event has not happened"),
            Self::Excluded(reason) => f.write_str(reason),
        }
    }
}

/// Reasons in words, each kept once.
#[derive(Debug, Default)]
pub(crate) struct Reasons<'p> {
    pub(crate) texts: Vec<String>,
    places: HashMap<Why<'p>, u16>,
}

impl<'p> Reasons<'p> {
    /// The place of a reason among the texts.
    pub(crate) fn place(&mut self, why: Why<'p>) -> u16 {
        if let Some(&place) = self.places.get(&why) {
            return place;
        }
        let place = u16::try_from(self.texts.len()).unwrap_or(u16::MAX);
        self.texts.push(why.to_string());
        self.places.insert(why, place);
        place
    }
}

/// What is known of a day, a number or a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told<'p, T> {
    Known(T),
    Blank,
    Unclear(Why<'p>),
}
