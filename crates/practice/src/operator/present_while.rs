//! `present_while`: a state needs something in place while it lasts, such as a permanence plan while in care.

use serde::Deserialize;
use vocabulary::day::Day;

use super::{Judge, Question, Verdict};
use crate::date::{BoundDate, DateOf};
use crate::field::{BoundField, Row};
use crate::limit::{Interval, Limit, Span, Unit};
use crate::names::Names;
use crate::outcome::Status;
use crate::picture::Sheet;
use crate::reason::{Told, Why};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PresentWhile {
    from: DateOf,
    needs: DateOf,
    limit: Limit,
    unit: Unit,
    until: Option<DateOf>,
}

pub(crate) struct BoundPresentWhile<'p> {
    sheet: &'p Sheet,
    from: BoundDate<'p>,
    needs: Needed<'p>,
    until: Option<BoundDate<'p>>,
    span: Span,
    as_at: Day,
}

enum Needed<'p> {
    Date(BoundDate<'p>),
    Cell(BoundField<'p>),
}

impl PresentWhile {
    pub(crate) fn check(&self, names: &mut Names<'_>) {
        names.date(&self.from);
        match &self.needs {
            DateOf::Field(name) => names.any_field(name),
            other @ DateOf::Other(_) => names.date(other),
        }
        names.optional_dates([self.until.as_ref()]);
        if self.unit.needs_moments() {
            names.problem("unit", "what must be present is counted in days or longer units");
        }
    }

    pub(crate) fn limits(&self) -> Vec<(Limit, Option<Unit>)> {
        vec![(self.limit, Some(self.unit))]
    }

    pub(crate) fn bind<'p>(&'p self, question: Question<'p>) -> BoundPresentWhile<'p> {
        let (table, picture) = (&question.sheet.table, question.picture);
        let needs = match self.needs.bind(table, picture) {
            BoundDate::Field(field) if !field.is_days() => Needed::Cell(field),
            date => Needed::Date(date),
        };
        BoundPresentWhile {
            sheet: question.sheet,
            from: self.from.bind(table, picture),
            needs,
            until: self.until.as_ref().map(|until| until.bind(table, picture)),
            span: Interval { limit: self.limit, unit: self.unit }.span(question.council_limit),
            as_at: picture.as_at,
        }
    }
}

impl<'p> Judge<'p> for BoundPresentWhile<'p> {
    fn judge(&self, row: Row, verdicts: &mut Vec<Verdict<'p>>) {
        let start = self.from.needed(row);
        verdicts.push(match start {
            Ok(start) => {
                self.verdict(row, start).unwrap_or_else(|why| Verdict::cannot_tell(Some(start), why))
            }
            Err(why) => Verdict::cannot_tell(None, why),
        });
    }
}

impl<'p> BoundPresentWhile<'p> {
    fn verdict(&self, row: Row, start: Day) -> Result<Verdict<'p>, Why<'p>> {
        let due = self.span.due(start)?;
        let ended_on = self.ended_on(row)?;
        let verdict = Verdict { due_on: Some(due), ended_on, ..Verdict::on(start, Status::Due) };
        Ok(match (self.stands(row)?, ended_on) {
            (Standing::Since(day), _) => Verdict { status: Status::Met, met_on: Some(day), ..verdict },
            (Standing::Yes, _) => Verdict { status: Status::Met, ..verdict },
            (Standing::No, Some(ended)) if ended < due => {
                Verdict { status: Status::NotApplicable, why: Some(Why::EndedFirst), ..verdict }
            }
            (Standing::No, None) if self.as_at <= due => verdict,
            (Standing::No, _) if self.may_be_unseen(row, due) => {
                Verdict { status: Status::CannotTell, why: Some(Why::OnlyLatest), ..verdict }
            }
            (Standing::No, _) => Verdict { status: Status::Missed, ..verdict },
        })
    }

    fn may_be_unseen(&self, row: Row, due: Day) -> bool {
        let Needed::Date(date) = &self.needs else { return false };
        date.may_be_unseen(row, self.sheet, due, &Told::Blank)
    }

    fn ended_on(&self, row: Row) -> Result<Option<Day>, Why<'p>> {
        match self.until.as_ref().map_or(Told::Blank, |until| until.day(row)) {
            Told::Known(ended) => Ok(Some(ended).filter(|&ended| ended <= self.as_at)),
            Told::Blank => Ok(None),
            Told::Unclear(why) => Err(why),
        }
    }

    fn stands(&self, row: Row) -> Result<Standing, Why<'p>> {
        match &self.needs {
            Needed::Date(date) => match date.day(row) {
                Told::Known(day) if day <= self.as_at => Ok(Standing::Since(day)),
                Told::Known(_) | Told::Blank => Ok(Standing::No),
                Told::Unclear(why) => Err(why),
            },
            Needed::Cell(field) => match field.presence(row) {
                Told::Known(()) => Ok(Standing::Yes),
                Told::Blank => Ok(Standing::No),
                Told::Unclear(why) => Err(why),
            },
        }
    }
}

enum Standing {
    Since(Day),
    Yes,
    No,
}
