//! `at_least_every`: visits and reviews at no more than an interval, from a start until an end.

use serde::Deserialize;

use super::Question;
use super::recurring::Chain;
use crate::date::{DateOf, EventsOf};
use crate::events::BoundEvents;
use crate::limit::{Interval, Limit, Unit};
use crate::names::Names;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AtLeastEvery {
    from: DateOf,
    until: Option<DateOf>,
    events: EventsOf,
    intervals: Vec<Interval>,
}

impl AtLeastEvery {
    pub(crate) fn check(&self, names: &mut Names<'_>) {
        names.date(&self.from);
        names.optional_dates([self.until.as_ref()]);
        names.events(&self.events);
        if self.intervals.is_empty() {
            names.problem("intervals", "`intervals` holds no interval");
        }
        if self.intervals.iter().any(|interval| interval.unit.needs_moments()) {
            names.problem("intervals", "intervals between events are counted in days or longer units");
        }
    }

    pub(crate) fn limits(&self) -> Vec<(Limit, Option<Unit>)> {
        self.intervals.iter().map(|interval| (interval.limit, Some(interval.unit))).collect()
    }

    pub(crate) fn bind<'p>(&'p self, question: Question<'p>) -> Chain<'p> {
        let spans = self.intervals.iter().map(|interval| interval.span(question.council_limit)).collect();
        let events = BoundEvents::bind(&self.events, question.picture);
        Chain::bind(&self.from, self.until.as_ref(), events, spans, question)
    }
}
