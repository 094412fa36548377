//! What people say of an exception: whether the child was not seen, or seen and recorded late, or the data are wrong;
//! why, what is done meanwhile, who answers for it and by when.

use improvement::register::Stamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::id::{ChildId, CouncilId, UserId};

/// What an exception turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExceptionKind {
    /// What the child is owed has not happened.
    NotSeen,
    /// It happened and is not on record yet.
    RecordedLate,
    /// The record says something that is not so.
    DataWrong,
}

impl ExceptionKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::NotSeen, Self::RecordedLate, Self::DataWrong];

    /// The kind as forms and addresses carry it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotSeen => "not-seen",
            Self::RecordedLate => "recorded-late",
            Self::DataWrong => "data-wrong",
        }
    }

    /// The kind in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotSeen => "Not seen",
            Self::RecordedLate => "Recorded late",
            Self::DataWrong => "Data wrong",
        }
    }

    /// The kind of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What is said of one event of one child under one standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionNote {
    /// Its key, [`ExceptionNote::key_of`].
    pub id: String,
    /// The council.
    pub council: CouncilId,
    /// The standard's code.
    pub standard: String,
    /// The child.
    pub child: ChildId,
    /// The day the clock started.
    pub event_on: Option<Date>,
    /// The day it was due.
    pub due_on: Option<Date>,
    /// The team then answering for the child; empty where the extract does not say.
    pub team: String,
    /// What it turned out to be.
    pub kind: ExceptionKind,
    /// Why, by a code of the council's list of reasons.
    pub reason: String,
    /// What is done meanwhile: free text about a child, sealed, in hexadecimal.
    pub sealed_mitigation: String,
    /// Who answers for it.
    pub owner: UserId,
    /// The day by which it is expected to be right.
    pub expected_on: Date,
    /// Edit version.
    pub version: i64,
    /// Who said so last and when.
    pub stamp: Stamp,
}

impl ExceptionNote {
    /// The key of the note on an event.
    pub fn key_of(council: CouncilId, standard: &str, child: ChildId, event_on: Option<Date>) -> String {
        let day = event_on.map_or_else(|| "undated".to_owned(), |day| day.to_string());
        format!("{council}-{standard}-{child}-{day}")
    }
}
