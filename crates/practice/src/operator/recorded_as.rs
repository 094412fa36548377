//! `recorded_as`: something is recorded in one of certain ways, such as the child seen during the assessment.

use serde::Deserialize;
use vocabulary::day::Day;
use vocabulary::records::Word;

use super::{Judge, Question, Verdict};
use crate::date::{BoundDate, DateOf};
use crate::field::{BoundField, Row};
use crate::names::Names;
use crate::outcome::Status;
use crate::reason::Told;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordedAs {
    field: String,
    #[serde(rename = "in")]
    words: Vec<String>,
    on: Option<DateOf>,
    until: Option<DateOf>,
    blank: Blank,
}

/// What a blank says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Blank {
    #[serde(rename = "missed")]
    Missed,
    #[serde(rename = "cannot tell")]
    CannotTell,
}

pub(crate) struct BoundRecordedAs<'p> {
    field: BoundField<'p>,
    words: Vec<Word>,
    judged: JudgedOn<'p>,
    blank: Blank,
}

impl RecordedAs {
    pub(crate) fn check(&self, names: &mut Names<'_>) {
        names.words(&self.field);
        names.optional_dates([self.on.as_ref(), self.until.as_ref()]);
        if self.words.is_empty() {
            names.problem("in", "`in` lists no code that would meet the standard");
        }
    }

    pub(crate) fn bind<'p>(&'p self, question: Question<'p>) -> BoundRecordedAs<'p> {
        let words = self.words.iter().filter_map(|word| question.picture.words.find(word)).collect();
        BoundRecordedAs {
            field: BoundField::bind(&self.field, &question.sheet.table, question.picture),
            words,
            judged: JudgedOn::bind(self.on.as_ref(), self.until.as_ref(), question),
            blank: self.blank,
        }
    }
}

impl<'p> Judge<'p> for BoundRecordedAs<'p> {
    fn judge(&self, row: Row, verdicts: &mut Vec<Verdict<'p>>) {
        verdicts.push(self.judged.verdict(row, |on| match (self.field.word(row), self.blank) {
            (Told::Known(word), _) if self.words.contains(&word) => Verdict::on(on, Status::Met),
            (Told::Known(_), _) | (Told::Blank, Blank::Missed) => Verdict::on(on, Status::Missed),
            (Told::Blank, Blank::CannotTell) => Verdict::cannot_tell(Some(on), self.field.blank()),
            (Told::Unclear(why), _) => Verdict::cannot_tell(Some(on), why),
        }));
    }
}

/// The day on which a record is judged once for all, and the end of what it is about.
pub(crate) struct JudgedOn<'p> {
    on: Option<BoundDate<'p>>,
    until: Option<BoundDate<'p>>,
    as_at: Day,
}

impl<'p> JudgedOn<'p> {
    /// Without a date, the record is judged on the day of the question.
    pub(crate) fn bind(on: Option<&'p DateOf>, until: Option<&'p DateOf>, question: Question<'p>) -> Self {
        let bind = |date: &'p DateOf| date.bind(&question.sheet.table, question.picture);
        Self { on: on.map(bind), until: until.map(bind), as_at: question.picture.as_at }
    }

    pub(crate) fn verdict(&self, row: Row, judge: impl FnOnce(Day) -> Verdict<'p>) -> Verdict<'p> {
        let on = match self.on.as_ref().map(|on| on.needed(row)) {
            None => self.as_at,
            Some(Ok(on)) => on,
            Some(Err(why)) => return Verdict::cannot_tell(None, why),
        };
        let ended_on = match self.until.as_ref().map(|until| until.day(row)) {
            Some(Told::Known(ended)) => Some(ended).filter(|&ended| ended <= self.as_at),
            Some(Told::Blank | Told::Unclear(_)) | None => None,
        };
        Verdict { ended_on, ..judge(on) }
    }
}
