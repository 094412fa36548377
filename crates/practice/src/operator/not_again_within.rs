//! `not_again_within`: none of the same came shortly before, such as a referral within 12 months of another.

use serde::Deserialize;
use vocabulary::day::Day;

use super::recorded_as::JudgedOn;
use super::{Judge, Question, Verdict};
use crate::date::{DateOf, EventsOf};
use crate::events::{BoundEvents, Gathered};
use crate::field::Row;
use crate::limit::{Interval, Limit, Span, Unit};
use crate::names::Names;
use crate::outcome::Status;
use crate::reason::Why;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotAgainWithin {
    on: DateOf,
    limit: Limit,
    unit: Unit,
    earlier: Option<EventsOf>,
    until: Option<DateOf>,
}

pub(crate) struct BoundNotAgainWithin<'p> {
    judged: JudgedOn<'p>,
    earlier: BoundEvents<'p>,
    span: Span,
}

impl NotAgainWithin {
    pub(crate) fn check(&self, names: &mut Names<'_>) {
        names.optional_dates([Some(&self.on), self.until.as_ref()]);
        match &self.earlier {
            Some(earlier) => names.events(earlier),
            None if matches!(self.on, DateOf::Other(_)) => {
                names.problem("earlier", "without `earlier`, `on` is a field of the record itself");
            }
            None => {}
        }
        if self.unit.needs_moments() {
            names.problem("unit", "what came before is looked for in days or longer units");
        }
    }

    pub(crate) fn limits(&self) -> Vec<(Limit, Option<Unit>)> {
        vec![(self.limit, Some(self.unit))]
    }

    pub(crate) fn bind<'p>(&'p self, question: Question<'p>) -> BoundNotAgainWithin<'p> {
        let picture = question.picture;
        let earlier = match &self.earlier {
            Some(earlier) => BoundEvents::bind(earlier, picture),
            None => BoundEvents::of(&question.sheet.table.kind, self.on.name(), &[], picture),
        };
        BoundNotAgainWithin {
            judged: JudgedOn::bind(Some(&self.on), self.until.as_ref(), question),
            earlier,
            span: Interval { limit: self.limit, unit: self.unit }.span(question.council_limit),
        }
    }
}

impl<'p> Judge<'p> for BoundNotAgainWithin<'p> {
    fn judge(&self, row: Row, verdicts: &mut Vec<Verdict<'p>>) {
        verdicts.push(self.judged.verdict(row, |on| {
            self.status(row, on)
                .map_or_else(|why| Verdict::cannot_tell(Some(on), why), |status| Verdict::on(on, status))
        }));
    }
}

impl<'p> BoundNotAgainWithin<'p> {
    /// Two on one day are one, so only days before count.
    fn status(&self, row: Row, on: Day) -> Result<Status, Why<'p>> {
        let Gathered { events, unclear } = self.earlier.gather(row, Day(i32::MIN), on.plus_days(-1))?;
        let latest = events.last().map(|event| self.span.due(event.day)).transpose()?;
        if latest.is_some_and(|until| on <= until) {
            return Ok(Status::Missed);
        }
        self.span.limit.ok_or(Why::LimitNotSet)?;
        let unseen = unclear.or(self.earlier.only_latest().then_some(Why::OnlyLatest));
        unseen.map_or(Ok(Status::Met), Err)
    }
}
