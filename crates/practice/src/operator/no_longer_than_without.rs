//! `no_longer_than_without`: a state past a limit needs something, such as a panel's look at a long protection plan.

use serde::Deserialize;
use vocabulary::day::Day;

use super::recurring::Chain;
use super::{Clock, Judge, Question, Verdict};
use crate::date::{BoundDate, DateOf};
use crate::events::BoundEvents;
use crate::field::Row;
use crate::limit::{Interval, Limit, Span, Unit};
use crate::names::Names;
use crate::picture::Sheet;
use crate::reason::{Told, Why};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoLongerThanWithout {
    from: DateOf,
    until: Option<DateOf>,
    limit: Limit,
    unit: Unit,
    needs: DateOf,
    again_after: Option<Interval>,
}

pub(crate) struct BoundOnce<'p> {
    sheet: &'p Sheet,
    from: BoundDate<'p>,
    until: Option<BoundDate<'p>>,
    needs: BoundDate<'p>,
    span: Span,
    as_at: Day,
}

impl NoLongerThanWithout {
    pub(crate) fn check(&self, names: &mut Names<'_>) {
        names.optional_dates([Some(&self.from), Some(&self.needs), self.until.as_ref()]);
        let units = [Some(self.unit), self.again_after.map(|interval| interval.unit)];
        if units.into_iter().flatten().any(Unit::needs_moments) {
            names.problem("unit", "a state's length is counted in days or longer units");
        }
        if self.recurs() && matches!(self.needs, DateOf::Field(_)) {
            let what =
                "with `again_after`, `needs` is a date of another record, because one field holds one date";
            names.problem("needs", what);
        }
    }

    /// Whether it is needed again after each further interval.
    pub(crate) fn recurs(&self) -> bool {
        self.again_after.is_some()
    }

    pub(crate) fn limits(&self) -> Vec<(Limit, Option<Unit>)> {
        let again = self.again_after.map(|interval| (interval.limit, Some(interval.unit)));
        [Some((self.limit, Some(self.unit))), again].into_iter().flatten().collect()
    }

    pub(crate) fn bind<'p>(&'p self, question: Question<'p>) -> Box<dyn Judge<'p> + 'p> {
        let span = Interval { limit: self.limit, unit: self.unit }.span(question.council_limit);
        let (table, picture) = (&question.sheet.table, question.picture);
        if let (Some(again), DateOf::Other(other)) = (self.again_after, &self.needs) {
            let events = BoundEvents::of(&other.record, &other.field, &other.conditions, picture);
            let spans = vec![span, again.span(question.council_limit)];
            return Box::new(Chain::bind(&self.from, self.until.as_ref(), events, spans, question));
        }
        Box::new(BoundOnce {
            sheet: question.sheet,
            from: self.from.bind(table, picture),
            until: self.until.as_ref().map(|until| until.bind(table, picture)),
            needs: self.needs.bind(table, picture),
            span,
            as_at: picture.as_at,
        })
    }
}

impl<'p> Judge<'p> for BoundOnce<'p> {
    fn judge(&self, row: Row, verdicts: &mut Vec<Verdict<'p>>) {
        verdicts.push(match self.from.needed(row) {
            Ok(start) => self.verdict(row, start),
            Err(why) => Verdict::cannot_tell(None, why),
        });
    }
}

impl<'p> BoundOnce<'p> {
    fn verdict(&self, row: Row, start: Day) -> Verdict<'p> {
        let due = match self.span.due(start) {
            Ok(due) => due,
            Err(why) => return Verdict::cannot_tell(Some(start), why),
        };
        let stop = self.needs.day(row);
        let in_time = match stop {
            Told::Known(day) if day < start => {
                return Verdict::cannot_tell(Some(start), Why::StopBeforeStart);
            }
            Told::Known(day) => self.span.in_time(day, due),
            Told::Blank | Told::Unclear(_) => false,
        };
        let ended = self.until.as_ref().map_or(Told::Blank, |until| until.day(row));
        let may_be_unseen = self.needs.may_be_unseen(row, self.sheet, due, &stop);
        Clock { start, due, stop, in_time, ended, may_be_unseen }.settle(self.as_at)
    }
}
