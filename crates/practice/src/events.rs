//! Events of one person in a list: visits, reviews, earlier referrals.

use vocabulary::day::Day;

use crate::condition::{BoundConditions, Condition, Holds};
use crate::date::EventsOf;
use crate::field::{BoundField, Row};
use crate::picture::{Picture, Sheet};
use crate::reason::{Told, Why};

/// A day on which something happened, and the last day on which a source showed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Event {
    pub(crate) day: Day,
    pub(crate) shown_last_on: Day,
}

/// The events of a person in a span of days, each day once.
#[derive(Debug)]
pub(crate) struct Gathered<'p> {
    pub(crate) events: Vec<Event>,
    /// Why there may be more of them: a date could not be read.
    pub(crate) unclear: Option<Why<'p>>,
}

/// A list of events bound to a picture.
#[derive(Debug)]
pub(crate) struct BoundEvents<'p> {
    kind: &'p str,
    name: &'p str,
    held: Option<Held<'p>>,
}

#[derive(Debug)]
struct Held<'p> {
    sheet: &'p Sheet,
    field: BoundField<'p>,
    conditions: BoundConditions<'p>,
}

impl<'p> BoundEvents<'p> {
    pub(crate) fn bind(events: &'p EventsOf, picture: &'p Picture) -> Self {
        Self::of(&events.record, &events.field, &events.conditions, picture)
    }

    pub(crate) fn of(
        kind: &'p str,
        field: &'p str,
        conditions: &'p [Condition],
        picture: &'p Picture,
    ) -> Self {
        let held = picture.sheet(kind).map(|sheet| Held {
            sheet,
            field: BoundField::bind(field, &sheet.table, picture),
            conditions: BoundConditions::bind(conditions, &sheet.table, picture),
        });
        Self { kind, name: field, held }
    }

    /// Whether these are the events of a field.
    pub(crate) fn are(&self, kind: &str, field: &str) -> bool {
        self.kind == kind && self.name == field
    }

    /// Whether others may have happened unseen between two that are known.
    pub(crate) fn only_latest(&self) -> bool {
        self.held.as_ref().is_some_and(|held| held.sheet.only_latest)
    }

    /// The person's events from one day to another, both included; an error when the list is not there.
    pub(crate) fn gather(&self, row: Row, first: Day, last: Day) -> Result<Gathered<'p>, Why<'p>> {
        let held = self.held.as_ref().ok_or(Why::NotHeld { kind: self.kind })?;
        let mut gathered = Gathered { events: Vec::new(), unclear: None };
        for place in held.sheet.rows_of(row.subject) {
            let other = Row { row: place, subject: row.subject };
            match (held.conditions.hold(other, None), held.field.day(other)) {
                (_, Told::Unclear(why @ Why::NotSupplied { .. })) => return Err(why),
                (Holds::No, _) | (_, Told::Blank) => {}
                (_, Told::Known(day)) if day < first || day > last => {}
                (Holds::Unclear(why), _) | (_, Told::Unclear(why)) => gathered.unclear = Some(why),
                (Holds::Yes, Told::Known(day)) => {
                    gathered.events.push(Event { day, shown_last_on: held.sheet.shown_last_on[place] });
                }
            }
        }
        gathered.events.sort_unstable();
        // Of two sources that show one event, the one that showed it longer is kept.
        gathered.events.reverse();
        gathered.events.dedup_by_key(|event| event.day);
        gathered.events.reverse();
        Ok(gathered)
    }
}
