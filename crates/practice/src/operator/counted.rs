//! `counted`: each record counts and none is judged, such as referrals received or plans open.

use serde::Deserialize;

use super::recorded_as::JudgedOn;
use super::{Judge, Question, Verdict};
use crate::date::DateOf;
use crate::field::Row;
use crate::names::Names;
use crate::outcome::Status;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counted {
    on: DateOf,
    until: Option<DateOf>,
}

pub(crate) struct BoundCounted<'p> {
    judged: JudgedOn<'p>,
}

impl Counted {
    pub(crate) fn check(&self, names: &mut Names<'_>) {
        names.optional_dates([Some(&self.on), self.until.as_ref()]);
    }

    pub(crate) fn bind<'p>(&'p self, question: Question<'p>) -> BoundCounted<'p> {
        BoundCounted { judged: JudgedOn::bind(Some(&self.on), self.until.as_ref(), question) }
    }
}

impl<'p> Judge<'p> for BoundCounted<'p> {
    fn judge(&self, row: Row, verdicts: &mut Vec<Verdict<'p>>) {
        verdicts.push(self.judged.verdict(row, |on| Verdict::on(on, Status::Met)));
    }
}
