//! `before_event`: something is recorded before an event takes effect, such as approval before a distant placement.

use serde::Deserialize;
use vocabulary::day::Day;

use super::{Clock, Judge, Question, Verdict};
use crate::date::{BoundDate, DateOf};
use crate::field::Row;
use crate::limit::{Interval, Limit, Span, Unit};
use crate::names::Names;
use crate::picture::Sheet;
use crate::reason::{Told, Why};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeforeEvent {
    event: DateOf,
    what: DateOf,
    or_within: Option<Interval>,
}

pub(crate) struct BoundBeforeEvent<'p> {
    sheet: &'p Sheet,
    event: BoundDate<'p>,
    what: BoundDate<'p>,
    or_within: Option<Span>,
    as_at: Day,
}

impl BeforeEvent {
    pub(crate) fn check(&self, names: &mut Names<'_>) {
        names.date(&self.event);
        names.date(&self.what);
        if self.or_within.is_some_and(|interval| interval.unit.needs_moments()) {
            names.problem("or_within", "`or_within` is counted in days or longer units");
        }
    }

    pub(crate) fn limits(&self) -> Vec<(Limit, Option<Unit>)> {
        self.or_within.iter().map(|interval| (interval.limit, Some(interval.unit))).collect()
    }

    pub(crate) fn bind<'p>(&'p self, question: Question<'p>) -> BoundBeforeEvent<'p> {
        let (table, picture) = (&question.sheet.table, question.picture);
        BoundBeforeEvent {
            sheet: question.sheet,
            event: self.event.bind(table, picture),
            what: self.what.bind(table, picture),
            or_within: self.or_within.map(|interval| interval.span(question.council_limit)),
            as_at: picture.as_at,
        }
    }
}

impl<'p> Judge<'p> for BoundBeforeEvent<'p> {
    fn judge(&self, row: Row, verdicts: &mut Vec<Verdict<'p>>) {
        verdicts.push(match self.event.start(row) {
            Told::Known(event) => self.verdict(row, event.day),
            Told::Blank => Verdict::not_applicable(None, Why::NotHappened),
            Told::Unclear(why) => Verdict::cannot_tell(None, why),
        });
    }
}

impl<'p> BoundBeforeEvent<'p> {
    fn verdict(&self, row: Row, event: Day) -> Verdict<'p> {
        let due = match self.or_within.map_or(Ok(event), |span| span.due(event)) {
            Ok(due) => due,
            Err(why) => return Verdict::cannot_tell(Some(event), why),
        };
        let stop = self.what.day(row);
        let in_time = match (stop, self.or_within) {
            (Told::Known(stop), Some(span)) => span.in_time(stop, due),
            (Told::Known(stop), None) => stop <= event,
            (Told::Blank | Told::Unclear(_), _) => false,
        };
        let may_be_unseen = self.what.may_be_unseen(row, self.sheet, due, &stop);
        let clock = Clock { start: event, due, stop, in_time, ended: Told::Blank, may_be_unseen };
        Verdict { asked_before: true, ..clock.settle(self.as_at) }
    }
}
