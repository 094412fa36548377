//! `no_more_than`: at most so many, as the council counts them or as the events of a window, such as placements in a year.

use serde::Deserialize;
use vocabulary::day::Day;

use super::recorded_as::JudgedOn;
use super::{Judge, Question, Verdict};
use crate::date::{DateOf, EventsOf};
use crate::events::{BoundEvents, Gathered};
use crate::field::{BoundField, Row};
use crate::limit::{Interval, Limit, Span, Unit};
use crate::names::Names;
use crate::outcome::Status;
use crate::reason::{Told, Why};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoMoreThan {
    most: Limit,
    number: Option<String>,
    events: Option<EventsOf>,
    window: Option<Interval>,
    on: Option<DateOf>,
    until: Option<DateOf>,
}

pub(crate) struct BoundNoMoreThan<'p> {
    most: Option<u32>,
    counted: Counted<'p>,
    judged: JudgedOn<'p>,
}

enum Counted<'p> {
    Number(BoundField<'p>),
    Events(BoundEvents<'p>, Span),
    /// The load refuses such a file.
    Nothing,
}

impl NoMoreThan {
    pub(crate) fn check(&self, names: &mut Names<'_>) {
        match (&self.number, &self.events, self.window) {
            (Some(number), None, None) => names.number(number),
            (None, Some(events), Some(window)) => {
                names.events(events);
                if window.unit.needs_moments() {
                    names.problem("window", "the window counts in days or longer units");
                }
            }
            _ => names
                .problem("no_more_than", "`no_more_than` needs either `number`, or `events` and a `window`"),
        }
        names.optional_dates([self.on.as_ref(), self.until.as_ref()]);
    }

    pub(crate) fn limits(&self) -> Vec<(Limit, Option<Unit>)> {
        let window = self.window.map(|window| (window.limit, Some(window.unit)));
        [Some((self.most, None)), window].into_iter().flatten().collect()
    }

    pub(crate) fn bind<'p>(&'p self, question: Question<'p>) -> BoundNoMoreThan<'p> {
        let picture = question.picture;
        let counted = match (&self.number, &self.events, self.window) {
            (Some(number), _, _) => Counted::Number(BoundField::bind(number, &question.sheet.table, picture)),
            (None, Some(events), Some(window)) => {
                Counted::Events(BoundEvents::bind(events, picture), window.span(question.council_limit))
            }
            _ => Counted::Nothing,
        };
        let judged = JudgedOn::bind(self.on.as_ref(), self.until.as_ref(), question);
        BoundNoMoreThan { most: self.most.number(question.council_limit), counted, judged }
    }
}

impl<'p> Judge<'p> for BoundNoMoreThan<'p> {
    fn judge(&self, row: Row, verdicts: &mut Vec<Verdict<'p>>) {
        verdicts.push(self.judged.verdict(row, |on| {
            self.status(row, on)
                .map_or_else(|why| Verdict::cannot_tell(Some(on), why), |status| Verdict::on(on, status))
        }));
    }
}

impl<'p> BoundNoMoreThan<'p> {
    fn status(&self, row: Row, on: Day) -> Result<Status, Why<'p>> {
        let most = self.most.ok_or(Why::LimitNotSet)?;
        let (count, unseen) = match &self.counted {
            Counted::Number(field) => match field.number(row) {
                Told::Known(number) => (number, None),
                Told::Blank => return Err(field.blank()),
                Told::Unclear(why) => return Err(why),
            },
            Counted::Events(events, window) => in_window(events, *window, row, on)?,
            Counted::Nothing => return Err(Why::NotHappened),
        };
        match unseen {
            _ if count > f64::from(most) => Ok(Status::Missed),
            Some(why) => Err(why),
            None => Ok(Status::Met),
        }
    }
}

/// How many events lie in the window that ends on a day, and why there may be more.
fn in_window<'p>(
    events: &BoundEvents<'p>,
    window: Span,
    row: Row,
    on: Day,
) -> Result<(f64, Option<Why<'p>>), Why<'p>> {
    let Gathered { events: found, unclear } = events.gather(row, window.window_before(on)?, on)?;
    let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
    Ok((f64::from(count), unclear.or(events.only_latest().then_some(Why::OnlyLatest))))
}
