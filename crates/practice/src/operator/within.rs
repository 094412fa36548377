//! `within`: from one event to another within a limit, such as a conference within 15 working days.

use serde::Deserialize;
use vocabulary::day::Day;
use vocabulary::records::Moment;

use super::{Clock, Judge, Question, Verdict};
use crate::date::{BoundDate, DateOf};
use crate::elapsed;
use crate::field::{Row, When};
use crate::limit::{Limit, Span, Unit};
use crate::names::Names;
use crate::picture::Sheet;
use crate::reason::{Told, Why};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Within {
    from: DateOf,
    to: DateOf,
    limit: Limit,
    unit: Unit,
    until: Option<DateOf>,
    #[serde(default)]
    first_day_counts: bool,
}

pub(crate) struct BoundWithin<'p> {
    sheet: &'p Sheet,
    from: BoundDate<'p>,
    to: BoundDate<'p>,
    until: Option<BoundDate<'p>>,
    span: Span,
    as_at: Day,
}

impl Within {
    pub(crate) fn check(&self, names: &mut Names<'_>) {
        for date in [&self.from, &self.to] {
            names.date(date);
            if self.unit.needs_moments() {
                names.moment(date);
            }
        }
        names.optional_dates([self.until.as_ref()]);
    }

    pub(crate) fn limits(&self) -> Vec<(Limit, Option<Unit>)> {
        vec![(self.limit, Some(self.unit))]
    }

    pub(crate) fn bind<'p>(&'p self, question: Question<'p>) -> BoundWithin<'p> {
        let (table, picture) = (&question.sheet.table, question.picture);
        BoundWithin {
            sheet: question.sheet,
            from: self.from.bind(table, picture),
            to: self.to.bind(table, picture),
            until: self.until.as_ref().map(|until| until.bind(table, picture)),
            span: Span {
                limit: self.limit.number(question.council_limit),
                unit: self.unit,
                first_day_counts: self.first_day_counts,
            },
            as_at: picture.as_at,
        }
    }
}

impl<'p> Judge<'p> for BoundWithin<'p> {
    fn judge(&self, row: Row, verdicts: &mut Vec<Verdict<'p>>) {
        verdicts.push(match self.from.start(row) {
            Told::Known(start) => self.verdict(row, start),
            Told::Blank => Verdict::cannot_tell(None, self.from.absent()),
            Told::Unclear(why) => Verdict::cannot_tell(None, why),
        });
    }
}

impl<'p> BoundWithin<'p> {
    fn verdict(&self, row: Row, start: When) -> Verdict<'p> {
        let (due, last_moment) = match self.due(start) {
            Ok(due) => due,
            Err(why) => return Verdict::cannot_tell(Some(start.day), why),
        };
        let (stop, in_time) = match self.to.when(row) {
            Told::Known(stop) if stop.day <= self.as_at && precedes(stop, start) => {
                return Verdict::cannot_tell(Some(start.day), Why::StopBeforeStart);
            }
            Told::Known(stop) => (Told::Known(stop.day), self.in_time(stop, due, last_moment)),
            Told::Blank => (Told::Blank, false),
            Told::Unclear(why) => (Told::Unclear(why), false),
        };
        let ended = self.until.as_ref().map_or(Told::Blank, |until| until.day(row));
        let may_be_unseen = self.to.may_be_unseen(row, self.sheet, due, &stop);
        Clock { start: start.day, due, stop, in_time, ended, may_be_unseen }.settle(self.as_at)
    }

    /// The last day in time, and in hours or minutes the last moment.
    fn due(&self, start: When) -> Result<(Day, Option<Moment>), Why<'static>> {
        let Some(start_moment) = start.moment.filter(|_| self.span.unit.needs_moments()) else {
            return Ok((self.span.due(start.day)?, None));
        };
        let limit = i64::from(self.span.limit.ok_or(Why::LimitNotSet)?);
        let minutes = if self.span.unit == Unit::Hours { limit * 60 } else { limit };
        let last = elapsed::later(start_moment, minutes);
        Ok((last.day(), Some(last)))
    }

    fn in_time(&self, stop: When, due: Day, last_moment: Option<Moment>) -> bool {
        match (stop.moment, last_moment) {
            (Some(moment), Some(last)) => elapsed::no_later(moment, last),
            _ => self.span.in_time(stop.day, due),
        }
    }
}

fn precedes(stop: When, start: When) -> bool {
    match (stop.moment, start.moment) {
        (Some(stop), Some(start)) => stop < start,
        _ => stop.day < start.day,
    }
}
