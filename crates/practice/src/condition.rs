//! Conditions on a record: whom a standard is about, what is excluded, which events count.
//!
//! A condition holds, does not hold, or can't be told. A blank holds no test but `is_not`, `not_in` and
//! `present = false`; an age without a date of birth can't be told.

use serde::Deserialize;
use vocabulary::day::Day;
use vocabulary::records::{Table, Word};

use crate::field::{BoundField, Row};
use crate::picture::Picture;
use crate::reason::{Told, Why};
use crate::written::WrittenDay;

/// One test of one field.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "WrittenCondition")]
pub(crate) struct Condition {
    pub(crate) field: String,
    pub(crate) test: Test,
    /// For an age: the field of the day on which it is taken, when that is not the clock's start.
    pub(crate) age_on: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    In(Vec<String>),
    NotIn(Vec<String>),
    Present,
    Absent,
    AtLeast(f64),
    AtMost(f64),
    OnOrAfter(Day),
    Before(Day),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCondition {
    field: String,
    is: Option<String>,
    is_not: Option<String>,
    #[serde(rename = "in")]
    within: Option<Vec<String>>,
    not_in: Option<Vec<String>>,
    present: Option<bool>,
    at_least: Option<f64>,
    at_most: Option<f64>,
    on_or_after: Option<WrittenDay>,
    before: Option<WrittenDay>,
    age_on: Option<String>,
}

impl Condition {
    pub(crate) fn is_about_age(&self) -> bool {
        self.field == "age"
    }
}

impl TryFrom<WrittenCondition> for Condition {
    type Error = String;

    fn try_from(written: WrittenCondition) -> Result<Self, String> {
        let tests = [
            written.is.map(|word| Test::In(vec![word])),
            written.is_not.map(|word| Test::NotIn(vec![word])),
            written.within.map(Test::In),
            written.not_in.map(Test::NotIn),
            written.present.map(|present| if present { Test::Present } else { Test::Absent }),
            written.at_least.map(Test::AtLeast),
            written.at_most.map(Test::AtMost),
            written.on_or_after.map(|day| Test::OnOrAfter(day.0)),
            written.before.map(|day| Test::Before(day.0)),
        ];
        let mut tests = tests.into_iter().flatten();
        match (tests.next(), tests.next()) {
            (Some(test), None) => Ok(Self { field: written.field, test, age_on: written.age_on }),
            (Some(_), Some(_)) => {
                Err(format!("the condition on `{}` has two tests; write two conditions", written.field))
            }
            (None, _) => Err(format!(
                "the condition on `{}` has no test; the tests are `is`, `is_not`, `in`, `not_in`, `present`, \
                 `at_least`, `at_most`, `on_or_after` and `before`",
                written.field
            )),
        }
    }
}

/// Whether conditions hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds<'p> {
    Yes,
    No,
    Unclear(Why<'p>),
}

/// Conditions that all have to hold, bound to a picture.
#[derive(Debug)]
pub(crate) struct BoundConditions<'p> {
    conditions: Vec<BoundCondition<'p>>,
}

#[derive(Debug)]
struct BoundCondition<'p> {
    subject: SubjectOfTest<'p>,
    test: BoundTest,
}

#[derive(Debug)]
enum SubjectOfTest<'p> {
    Field(BoundField<'p>),
    Age { born: BoundField<'p>, on: Option<BoundField<'p>> },
}

#[derive(Debug)]
enum BoundTest {
    In(Vec<Word>),
    NotIn(Vec<Word>),
    Present,
    Absent,
    AtLeast(f64),
    AtMost(f64),
    OnOrAfter(Day),
    Before(Day),
}

impl<'p> BoundConditions<'p> {
    pub(crate) fn bind(conditions: &'p [Condition], table: &'p Table, picture: &'p Picture) -> Self {
        let bind = |condition: &'p Condition| BoundCondition {
            subject: if condition.is_about_age() {
                let on = condition.age_on.as_deref().map(|name| BoundField::bind(name, table, picture));
                SubjectOfTest::Age { born: BoundField::bind("child.born_on", table, picture), on }
            } else {
                SubjectOfTest::Field(BoundField::bind(&condition.field, table, picture))
            },
            test: condition.test.bind(picture),
        };
        Self { conditions: conditions.iter().map(bind).collect() }
    }

    /// Whether a record is out whatever the day of its clock.
    pub(crate) fn rule_out(&self, row: Row) -> bool {
        let known = |condition: &&BoundCondition<'_>| {
            !matches!(condition.subject, SubjectOfTest::Age { on: None, .. })
        };
        self.conditions.iter().filter(known).any(|condition| condition.holds(row, None) == Holds::No)
    }

    /// Whether all hold for a record whose clock starts on a day. One that does not hold decides, whatever else is unclear.
    pub(crate) fn hold(&self, row: Row, clock: Option<Day>) -> Holds<'p> {
        let mut all = Holds::Yes;
        for condition in &self.conditions {
            match condition.holds(row, clock) {
                Holds::No => return Holds::No,
                unclear @ Holds::Unclear(_) if all == Holds::Yes => all = unclear,
                Holds::Yes | Holds::Unclear(_) => {}
            }
        }
        all
    }
}

impl Test {
    fn bind(&self, picture: &Picture) -> BoundTest {
        let words = |texts: &[String]| texts.iter().filter_map(|text| picture.words.find(text)).collect();
        match self {
            Self::In(texts) => BoundTest::In(words(texts)),
            Self::NotIn(texts) => BoundTest::NotIn(words(texts)),
            Self::Present => BoundTest::Present,
            Self::Absent => BoundTest::Absent,
            Self::AtLeast(number) => BoundTest::AtLeast(*number),
            Self::AtMost(number) => BoundTest::AtMost(*number),
            Self::OnOrAfter(day) => BoundTest::OnOrAfter(*day),
            Self::Before(day) => BoundTest::Before(*day),
        }
    }
}

impl<'p> BoundCondition<'p> {
    fn holds(&self, row: Row, clock: Option<Day>) -> Holds<'p> {
        match &self.subject {
            SubjectOfTest::Field(field) => self.field_holds(field, row),
            SubjectOfTest::Age { born, on } => {
                let on = match on {
                    None => clock,
                    Some(on) => match on.day(row) {
                        Told::Known(day) => Some(day),
                        Told::Blank => return Holds::Unclear(on.blank()),
                        Told::Unclear(why) => return Holds::Unclear(why),
                    },
                };
                self.age_holds(born, on, row)
            }
        }
    }

    fn age_holds(&self, born: &BoundField<'p>, on: Option<Day>, row: Row) -> Holds<'p> {
        let born_on = match born.day(row) {
            Told::Known(day) => day,
            Told::Blank => return Holds::Unclear(born.blank()),
            Told::Unclear(why) => return Holds::Unclear(why),
        };
        // Without a clock the record is judged no further, and that reason is given first.
        let Some(on) = on else { return Holds::Unclear(born.blank()) };
        self.number_holds(f64::from(on.age_in_years(born_on)))
    }

    fn number_holds(&self, number: f64) -> Holds<'p> {
        match self.test {
            BoundTest::AtLeast(least) => number >= least,
            BoundTest::AtMost(most) => number <= most,
            _ => false,
        }
        .into()
    }

    fn field_holds(&self, field: &BoundField<'p>, row: Row) -> Holds<'p> {
        match &self.test {
            BoundTest::In(words) => decided(field.word(row), false, |word| words.contains(&word)),
            BoundTest::NotIn(words) => decided(field.word(row), true, |word| !words.contains(&word)),
            BoundTest::Present => decided(field.presence(row), false, |()| true),
            BoundTest::Absent => decided(field.presence(row), true, |()| false),
            BoundTest::AtLeast(least) => decided(field.number(row), false, |number| number >= *least),
            BoundTest::AtMost(most) => decided(field.number(row), false, |number| number <= *most),
            BoundTest::OnOrAfter(first) => decided(field.day(row), false, |day| day >= *first),
            BoundTest::Before(first) => decided(field.day(row), false, |day| day < *first),
        }
    }
}

fn decided<'p, T>(told: Told<'p, T>, blank: bool, test: impl Fn(T) -> bool) -> Holds<'p> {
    match told {
        Told::Known(value) => test(value).into(),
        Told::Blank => blank.into(),
        Told::Unclear(why) => Holds::Unclear(why),
    }
}

impl From<bool> for Holds<'_> {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}
