//! The closed set of operators: what a standard may ask of an event, one file each.
//!
//! A standard's file names one of them; there is no scripting. What can't be said with them needs a new operator here
//! (docs/decisions/0011-standards-are-files.md).

mod at_least_every;
mod before_event;
mod counted;
mod no_longer_than_without;
mod no_more_than;
mod not_again_within;
mod present_while;
mod recorded_as;
mod recurring;
mod within;

#[cfg(test)]
mod tests;

use serde::de::DeserializeOwned;
use toml::{Table, Value};
use vocabulary::day::Day;

use crate::field::Row;
use crate::limit::{Limit, Unit};
use crate::names::Names;
use crate::outcome::Status;
use crate::picture::{Picture, Sheet};
use crate::reason::{Told, Why};
use crate::written::plain;

/// What must happen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operator {
    Within(within::Within),
    AtLeastEvery(at_least_every::AtLeastEvery),
    BeforeEvent(before_event::BeforeEvent),
    PresentWhile(present_while::PresentWhile),
    NoLongerThanWithout(no_longer_than_without::NoLongerThanWithout),
    NoMoreThan(no_more_than::NoMoreThan),
    NotAgainWithin(not_again_within::NotAgainWithin),
    RecordedAs(recorded_as::RecordedAs),
    Counted(counted::Counted),
}

const KINDS: &str = "`within`, `at_least_every`, `before_event`, `present_while`, `no_longer_than_without`, \
                     `no_more_than`, `not_again_within`, `recorded_as` and `counted`";

/// What an operator is asked about: the records of one kind in a picture, and the council's own limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'p> {
    pub(crate) picture: &'p Picture,
    pub(crate) sheet: &'p Sheet,
    pub(crate) council_limit: Option<u32>,
}

/// An operator bound to a picture.
pub(crate) trait Judge<'p> {
    /// Judges a record: one verdict, or one a gap, in order of their clocks.
    fn judge(&self, row: Row, verdicts: &mut Vec<Verdict<'p>>);
}

/// What an operator says of one clock, before it is asked whether the standard is about it at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict<'p> {
    pub(crate) start: Option<Day>,
    pub(crate) due_on: Option<Day>,
    pub(crate) met_on: Option<Day>,
    pub(crate) ended_on: Option<Day>,
    pub(crate) status: Status,
    pub(crate) why: Option<Why<'p>>,
    /// Whether it is asked before its day: an event to come has to be prepared for.
    pub(crate) asked_before: bool,
}

impl Operator {
    /// Reads the `[operator]` table of a file.
    pub(crate) fn read(mut table: Table) -> Result<Self, String> {
        let kind = match table.remove("kind") {
            Some(Value::String(kind)) => kind,
            _ => return Err(format!("the operator needs a `kind`; the kinds are {KINDS}")),
        };
        let read = match kind.as_str() {
            "within" => keys(table).map(Self::Within),
            "at_least_every" => keys(table).map(Self::AtLeastEvery),
            "before_event" => keys(table).map(Self::BeforeEvent),
            "present_while" => keys(table).map(Self::PresentWhile),
            "no_longer_than_without" => keys(table).map(Self::NoLongerThanWithout),
            "no_more_than" => keys(table).map(Self::NoMoreThan),
            "not_again_within" => keys(table).map(Self::NotAgainWithin),
            "recorded_as" => keys(table).map(Self::RecordedAs),
            "counted" => keys(table).map(Self::Counted),
            other => return Err(format!("unknown operator `{other}`; the kinds are {KINDS}")),
        };
        read.map_err(|message| format!("in the operator `{kind}`: {message}"))
    }

    /// Checks every name that it speaks of.
    pub(crate) fn check(&self, names: &mut Names<'_>) {
        match self {
            Self::Within(operator) => operator.check(names),
            Self::AtLeastEvery(operator) => operator.check(names),
            Self::BeforeEvent(operator) => operator.check(names),
            Self::PresentWhile(operator) => operator.check(names),
            Self::NoLongerThanWithout(operator) => operator.check(names),
            Self::NoMoreThan(operator) => operator.check(names),
            Self::NotAgainWithin(operator) => operator.check(names),
            Self::RecordedAs(operator) => operator.check(names),
            Self::Counted(operator) => operator.check(names),
        }
    }

    /// Binds it to a picture.
    pub(crate) fn bind<'p>(&'p self, question: Question<'p>) -> Box<dyn Judge<'p> + 'p> {
        match self {
            Self::Within(operator) => Box::new(operator.bind(question)),
            Self::AtLeastEvery(operator) => Box::new(operator.bind(question)),
            Self::BeforeEvent(operator) => Box::new(operator.bind(question)),
            Self::PresentWhile(operator) => Box::new(operator.bind(question)),
            Self::NoLongerThanWithout(operator) => operator.bind(question),
            Self::NoMoreThan(operator) => Box::new(operator.bind(question)),
            Self::NotAgainWithin(operator) => Box::new(operator.bind(question)),
            Self::RecordedAs(operator) => Box::new(operator.bind(question)),
            Self::Counted(operator) => Box::new(operator.bind(question)),
        }
    }

    /// The limits that it sets, each with its unit where it has one.
    pub(crate) fn limits(&self) -> Vec<(Limit, Option<Unit>)> {
        match self {
            Self::Within(operator) => operator.limits(),
            Self::AtLeastEvery(operator) => operator.limits(),
            Self::BeforeEvent(operator) => operator.limits(),
            Self::PresentWhile(operator) => operator.limits(),
            Self::NoLongerThanWithout(operator) => operator.limits(),
            Self::NoMoreThan(operator) => operator.limits(),
            Self::NotAgainWithin(operator) => operator.limits(),
            Self::RecordedAs(_) | Self::Counted(_) => Vec::new(),
        }
    }

    /// Whether what it judges lasts until its end, rather than until it is done.
    pub(crate) fn lasts(&self) -> bool {
        match self {
            Self::Within(_) | Self::AtLeastEvery(_) | Self::BeforeEvent(_) => false,
            Self::NoLongerThanWithout(operator) => !operator.recurs(),
            Self::PresentWhile(_)
            | Self::NoMoreThan(_)
            | Self::NotAgainWithin(_)
            | Self::RecordedAs(_)
            | Self::Counted(_) => true,
        }
    }

    /// Whether it is decided on its due day, and not only when it is done at last.
    pub(crate) fn is_decided_when_due(&self) -> bool {
        matches!(self, Self::BeforeEvent(_)) || self.lasts()
    }

    /// Whether each record counts and none is judged.
    pub(crate) fn only_counts(&self) -> bool {
        matches!(self, Self::Counted(_))
    }
}

fn keys<T: DeserializeOwned>(table: Table) -> Result<T, String> {
    T::deserialize(Value::Table(table)).map_err(|error| plain(error.message()))
}

impl<'p> Verdict<'p> {
    /// A verdict without a clock.
    pub(crate) fn on(start: Day, status: Status) -> Self {
        Self { why: None, status, ..Self::cannot_tell(Some(start), Why::NotHappened) }
    }

    pub(crate) fn cannot_tell(start: Option<Day>, why: Why<'p>) -> Self {
        let status = Status::CannotTell;
        let (due_on, met_on, ended_on) = (None, None, None);
        Self { start, due_on, met_on, ended_on, status, why: Some(why), asked_before: false }
    }

    pub(crate) fn not_applicable(start: Option<Day>, why: Why<'p>) -> Self {
        Self { status: Status::NotApplicable, ..Self::cannot_tell(start, why) }
    }
}

/// A clock that one event stops.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock<'p> {
    pub(crate) start: Day,
    pub(crate) due: Day,
    pub(crate) stop: Told<'p, Day>,
    /// Whether the stop, if there is one, is in time.
    pub(crate) in_time: bool,
    /// The end of what the clock belongs to.
    pub(crate) ended: Told<'p, Day>,
    /// Whether a stop in time may have gone unseen.
    pub(crate) may_be_unseen: bool,
}

impl<'p> Clock<'p> {
    /// The verdict on a day. What happens after that day has not happened yet.
    pub(crate) fn settle(&self, as_at: Day) -> Verdict<'p> {
        let stop = match self.stop {
            Told::Unclear(why) => return Verdict::cannot_tell(Some(self.start), why),
            Told::Known(stop) if stop <= as_at => Some(stop),
            Told::Known(_) | Told::Blank => None,
        };
        let verdict = Verdict { due_on: Some(self.due), ..Verdict::on(self.start, Status::Due) };
        if stop.is_some() && self.in_time {
            return Verdict { status: Status::Met, met_on: stop, ended_on: self.ended_by(as_at), ..verdict };
        }
        match (self.ended, self.ended_by(as_at)) {
            // Had it ended before the due day, nothing would be missed.
            (Told::Unclear(why), _) if stop.is_some() || as_at > self.due => {
                Verdict { status: Status::CannotTell, why: Some(why), ..verdict }
            }
            (_, ended_on) => {
                self.unless_unseen(self.not_in_time(as_at, stop, Verdict { ended_on, ..verdict }))
            }
        }
    }

    fn unless_unseen(&self, verdict: Verdict<'p>) -> Verdict<'p> {
        if verdict.status == Status::Missed && self.may_be_unseen {
            return Verdict {
                status: Status::CannotTell,
                met_on: None,
                why: Some(Why::OnlyLatest),
                ..verdict
            };
        }
        verdict
    }

    fn ended_by(&self, as_at: Day) -> Option<Day> {
        match self.ended {
            Told::Known(ended) if ended <= as_at => Some(ended),
            Told::Known(_) | Told::Blank | Told::Unclear(_) => None,
        }
    }

    fn not_in_time(&self, as_at: Day, stop: Option<Day>, verdict: Verdict<'p>) -> Verdict<'p> {
        match (stop, verdict.ended_on) {
            (_, Some(ended)) if ended < self.due => {
                Verdict { status: Status::NotApplicable, why: Some(Why::EndedFirst), ..verdict }
            }
            // What is done after the end belongs to something else.
            (Some(stop), Some(ended)) if stop > ended => Verdict { status: Status::Missed, ..verdict },
            (Some(_), _) => Verdict { status: Status::Missed, met_on: stop, ..verdict },
            (None, _) if as_at > self.due => Verdict { status: Status::Missed, ..verdict },
            (None, _) => verdict,
        }
    }
}
