//! A date that a standard speaks of: a field of the record, or a date of another record of the same person.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use vocabulary::day::Day;
use vocabulary::records::Table;

use crate::condition::{BoundConditions, Condition, Holds};
use crate::field::{BoundField, Row, When};
use crate::picture::{Picture, Sheet};
use crate::reason::{Told, Why};

/// A date, as a standard writes it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DateOf {
    Field(String),
    Other(OtherDate),
}

/// A date of another record of the same person.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherDate {
    pub(crate) record: String,
    pub(crate) field: String,
    pub(crate) pick: Pick,
    pub(crate) of: String,
    #[serde(default = "first")]
    pub(crate) nth: u32,
    #[serde(default, rename = "where")]
    pub(crate) conditions: Vec<Condition>,
}

fn first() -> u32 {
    1
}

/// In which direction from the named day the other date is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Pick {
    #[serde(rename = "first on or after")]
    FirstOnOrAfter,
    #[serde(rename = "first after")]
    FirstAfter,
    #[serde(rename = "latest on or before")]
    LatestOnOrBefore,
    #[serde(rename = "latest before")]
    LatestBefore,
}

/// Events of the same person that are counted or strung into gaps.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventsOf {
    pub(crate) record: String,
    pub(crate) field: String,
    #[serde(default, rename = "where")]
    pub(crate) conditions: Vec<Condition>,
}

impl DateOf {
    /// The name that messages give it.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Field(name) => name,
            Self::Other(other) => &other.field,
        }
    }

    pub(crate) fn bind<'p>(&'p self, table: &'p Table, picture: &'p Picture) -> BoundDate<'p> {
        match self {
            Self::Field(name) => BoundDate::Field(BoundField::bind(name, table, picture)),
            Self::Other(other) => BoundDate::Other(Box::new(BoundOther {
                kind: &other.record,
                of: BoundField::bind(&other.of, table, picture),
                pick: other.pick,
                nth: other.nth,
                list: List::bind(&other.record, &other.field, &other.conditions, picture),
            })),
        }
    }
}

impl<'de> Deserialize<'de> for DateOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DateVisitor)
    }
}

struct DateVisitor;

impl<'de> Visitor<'de> for DateVisitor {
    type Value = DateOf;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name, or { record, field, pick, of } for a date of another record")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<DateOf, E> {
        Ok(DateOf::Field(name.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DateOf, A::Error> {
        OtherDate::deserialize(MapAccessDeserializer::new(map)).map(DateOf::Other)
    }
}

/// A date bound to a picture.
#[derive(Debug)]
pub(crate) enum BoundDate<'p> {
    Field(BoundField<'p>),
    Other(Box<BoundOther<'p>>),
}

#[derive(Debug)]
pub(crate) struct BoundOther<'p> {
    kind: &'p str,
    of: BoundField<'p>,
    pick: Pick,
    nth: u32,
    list: List<'p>,
}

/// A list of another kind of record, if the picture holds it.
#[derive(Debug)]
enum List<'p> {
    Held { sheet: &'p Sheet, field: BoundField<'p>, conditions: BoundConditions<'p> },
    NotHeld(&'p str),
}

impl<'p> List<'p> {
    fn bind(kind: &'p str, field: &'p str, conditions: &'p [Condition], picture: &'p Picture) -> Self {
        match picture.sheet(kind) {
            None => Self::NotHeld(kind),
            Some(sheet) => Self::Held {
                sheet,
                field: BoundField::bind(field, &sheet.table, picture),
                conditions: BoundConditions::bind(conditions, &sheet.table, picture),
            },
        }
    }
}

impl<'p> BoundDate<'p> {
    pub(crate) fn when(&self, row: Row) -> Told<'p, When> {
        match self {
            Self::Field(field) => field.when(row),
            Self::Other(other) => other.when(row),
        }
    }

    pub(crate) fn day(&self, row: Row) -> Told<'p, Day> {
        match self.when(row) {
            Told::Known(when) => Told::Known(when.day),
            Told::Blank => Told::Blank,
            Told::Unclear(why) => Told::Unclear(why),
        }
    }

    /// Why there is no date where one is needed.
    pub(crate) fn absent(&self) -> Why<'p> {
        match self {
            Self::Field(field) => field.blank(),
            Self::Other(other) => Why::NoneFound { kind: other.kind },
        }
    }

    /// The date as a clock's start: one that is only the first known of its kind is none.
    pub(crate) fn start(&self, row: Row) -> Told<'p, When> {
        match (self, self.when(row)) {
            (Self::Other(other), Told::Known(_)) if other.is_a_later_bound() => {
                Told::Unclear(Why::OnlyLatest)
            }
            (_, told) => told,
        }
    }

    /// The start's day, or why there is none.
    pub(crate) fn needed(&self, row: Row) -> Result<Day, Why<'p>> {
        match self.start(row) {
            Told::Known(when) => Ok(when.day),
            Told::Blank => Err(self.absent()),
            Told::Unclear(why) => Err(why),
        }
    }

    /// Whether an event in time may have gone unseen by a record of a sheet, when none in time is known.
    ///
    /// A source that still showed the record after the due day, and its event as the latest or none at all, proves that
    /// there was none.
    pub(crate) fn may_be_unseen(&self, row: Row, sheet: &Sheet, due: Day, stop: &Told<'p, Day>) -> bool {
        let Self::Other(other) = self else { return false };
        let List::Held { sheet: list, .. } = &other.list else { return false };
        let of_that_list = std::ptr::eq(*list, sheet);
        let proves = of_that_list || *stop == Told::Blank;
        list.only_latest && !(proves && sheet.shown_last_on[row.row] > due)
    }
}

impl<'p> BoundOther<'p> {
    /// Whether what is picked is only known to be no earlier than the true one.
    fn is_a_later_bound(&self) -> bool {
        self.pick.looks_forward() && self.list.only_latest()
    }

    /// The date picked. Where one of the person's dates can't be read it might be the one, so nothing is told.
    fn when(&self, row: Row) -> Told<'p, When> {
        let of = match self.of.when(row) {
            Told::Known(of) => of,
            Told::Blank => return Told::Unclear(self.of.blank()),
            Told::Unclear(why) => return Told::Unclear(why),
        };
        let all = match self.list.dates(row) {
            Ok(dates) => dates,
            Err(why) => return Told::Unclear(why),
        };
        let mut dates: Vec<Shown> =
            all.iter().copied().filter(|date| self.pick.takes(date.when, of)).collect();
        dates.sort_by_key(|date| (date.when.day, date.when.moment));
        dates.dedup_by_key(|date| date.when);
        let place = usize::try_from(self.nth).unwrap_or(usize::MAX).saturating_sub(1);
        let picked = if self.pick.looks_forward() { dates.get(place) } else { dates.iter().rev().nth(place) };
        if self.list.only_latest() && self.is_unseen(picked, of, &all) {
            return Told::Unclear(Why::OnlyLatest);
        }
        picked.map_or(Told::Blank, |date| Told::Known(date.when))
    }

    /// Whether another date than the one picked, or one where none is, may have gone unseen.
    fn is_unseen(&self, picked: Option<&Shown>, of: When, all: &[Shown]) -> bool {
        match picked {
            Some(_) if self.pick.looks_forward() => false,
            Some(date) => self.nth > 1 || date.shown_last_on < of.day,
            None => self.nth > 1 || (!self.pick.looks_forward() && !all.is_empty()),
        }
    }
}

/// A date and the last day on which a source showed it.
#[derive(Clone, Copy, Debug)]
struct Shown {
    when: When,
    shown_last_on: Day,
}

impl<'p> List<'p> {
    /// Whether others may have happened unseen between two that are known.
    fn only_latest(&self) -> bool {
        matches!(self, Self::Held { sheet, .. } if sheet.only_latest)
    }

    fn dates(&self, row: Row) -> Result<Vec<Shown>, Why<'p>> {
        let (sheet, field, conditions) = match self {
            Self::Held { sheet, field, conditions } => (sheet, field, conditions),
            Self::NotHeld(kind) => return Err(Why::NotHeld { kind }),
        };
        let mut dates = Vec::new();
        for place in sheet.rows_of(row.subject) {
            let other = Row { row: place, subject: row.subject };
            match (conditions.hold(other, None), field.when(other)) {
                (Holds::No, _) | (_, Told::Blank) => {}
                (Holds::Unclear(why), _) | (_, Told::Unclear(why)) => return Err(why),
                (Holds::Yes, Told::Known(when)) => {
                    dates.push(Shown { when, shown_last_on: sheet.shown_last_on[place] });
                }
            }
        }
        Ok(dates)
    }
}

impl Pick {
    fn looks_forward(self) -> bool {
        matches!(self, Self::FirstOnOrAfter | Self::FirstAfter)
    }

    fn takes(self, when: When, of: When) -> bool {
        // Two moments are compared by the clock, anything else by the day.
        let order = match (when.moment, of.moment) {
            (Some(one), Some(other)) => one.cmp(&other),
            _ => when.day.cmp(&of.day),
        };
        match self {
            Self::FirstOnOrAfter => order.is_ge(),
            Self::FirstAfter => order.is_gt(),
            Self::LatestOnOrBefore => order.is_le(),
            Self::LatestBefore => order.is_lt(),
        }
    }
}
