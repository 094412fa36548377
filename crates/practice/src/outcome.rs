//! Outcomes: one event of one subject judged by one standard.
//!
//! An outcome holds the days of its clock, not only a verdict, so that one pass answers for every month-end: what was
//! met, missed or due on any day up to the picture's own is read off its days.

use vocabulary::day::Day;
use vocabulary::records::{Source, Word};

/// What can be said of an event under a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It happened as it must.
    Met,
    /// It did not, or not in time.
    Missed,
    /// The clock runs.
    Due,
    /// The standard does not ask it of this event; the reason says why.
    NotApplicable,
    /// The record does not say; the reason says what is missing.
    CannotTell,
}

impl Status {
    /// The status as files and interfaces write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Due => "due",
            Self::NotApplicable => "not_applicable",
            Self::CannotTell => "cannot_tell",
        }
    }
}

/// One event judged by one standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The standard's place in its library.
    pub standard: u16,
    /// Whom it is about.
    pub subject: Word,
    /// The day the clock starts, or the day of the event; none when it can't be told.
    pub event_on: Option<Day>,
    /// The last day on which it is in time.
    pub due_on: Option<Day>,
    /// The day it was done, in time or not.
    pub met_on: Option<Day>,
    /// The day on which it stopped being asked (the plan ended, the child left care), if it did.
    pub ended_on: Option<Day>,
    /// The verdict on the picture's day.
    pub status: Status,
    /// Why it is not applicable or can't be told: a place in [`Outcomes::reasons`].
    pub reason: Option<u16>,
    /// Team, where the source gives it.
    pub team: Option<Word>,
    /// Worker, where the source gives it.
    pub worker: Option<Word>,
    /// The row of the record in the sheet of its standard's kind.
    pub row: u32,
    /// Where the record stands in its source.
    pub source: Source,
}

/// Every outcome of a picture.
#[derive(Clone, Debug, Default)]
pub struct Outcomes {
    /// In order of standard, subject and event.
    pub outcomes: Vec<Outcome>,
    /// Why something is not applicable or can't be told, in words.
    pub reasons: Vec<String>,
    /// Standards that can't be told at all.
    pub untold: Vec<Untold>,
}

/// A standard without any outcome, because no source supplies the list that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untold {
    /// The standard's place in its library.
    pub standard: u16,
    /// Why.
    pub reason: String,
}

impl Outcome {
    /// What could be said on an earlier day, if the records were then what they are now; none when the event had not
    /// begun.
    pub fn status_on(&self, day: Day) -> Option<Status> {
        if self.event_on.is_some_and(|begun| day < begun) {
            return None;
        }
        let Some(due_on) = self.due_on else { return Some(self.status) };
        let done = match self.met_on {
            Some(met_on) => met_on <= day,
            None => self.status == Status::Met,
        };
        let ended_first = self.ended_on.is_some_and(|ended_on| ended_on <= day && ended_on < due_on);
        Some(match self.status {
            status if done => status,
            _ if ended_first => Status::NotApplicable,
            _ if day <= due_on => Status::Due,
            Status::CannotTell => Status::CannotTell,
            _ => Status::Missed,
        })
    }
}
