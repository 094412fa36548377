//! The key of an occurrence: what it is the instance of, so that what is recorded about it stays with it.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::date::PartialDate;

/// Which instance of a duty: `once`, `date:2012-10`, `n:3`, `event:<id>`, `gap:2016-09-08`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OccurrenceKey {
    /// The only one, counted from an anchor.
    Once,
    /// The one of a printed date.
    Date(PartialDate),
    /// The one of this number in a nominal series, from 1.
    Number(u32),
    /// The one of an event, by the event's id.
    Event(String),
    /// The one that ends a gap starting on this day.
    Gap(Date),
}

impl OccurrenceKey {
    /// Reads what the key displays.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "once" {
            return Some(Self::Once);
        }
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "date" => PartialDate::parse(rest).map(Self::Date),
            "n" => rest.parse().ok().filter(|number| *number > 0).map(Self::Number),
            "event" if !rest.is_empty() => Some(Self::Event(rest.to_owned())),
            "gap" if rest.len() == 10 => rest.parse().ok().map(Self::Gap),
            _ => None,
        }
    }
}

impl fmt::Display for OccurrenceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once => f.write_str("once"),
            Self::Date(date) => write!(f, "date:{date}"),
            Self::Number(number) => write!(f, "n:{number}"),
            Self::Event(id) => write!(f, "event:{id}"),
            Self::Gap(from) => write!(f, "gap:{from}"),
        }
    }
}

impl Serialize for OccurrenceKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for OccurrenceKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not the key of an occurrence"))
    }
}
