//! Ofsted's Annex A: eleven lists of a council's children as its record knows them on the last day of a month.
//!
//! Six months back for lists 1 to 8, the day itself for list 9, twelve months for lists 10 and 11 (reference: the lists
//! as the pan-regional schema of January 2024 has them).

mod adoption;
mod care;
pub mod codes;
mod front_door;
mod plans;

use std::borrow::Cow;
use std::sync::OnceLock;

use vocabulary::day::Day;

use crate::life::Council;
use crate::life::fact::{Fact, View};
use crate::life::family::Child;
use crate::life::locality::{self, Locality, Stage};
use crate::life::need::Need;
use crate::life::person::Sex;
use crate::sheet::{Cell, Layout, Table};
use codes::yes_no;

/// The layouts of the eleven lists.
pub fn layouts() -> &'static [Layout] {
    static LAYOUTS: OnceLock<Vec<Layout>> = OnceLock::new();
    LAYOUTS.get_or_init(|| Layout::parse(include_str!("layout.tsv")))
}

/// The eleven lists as at the last day of a month.
pub fn lists(council: &Council, month_end: Day) -> Vec<Table> {
    let extract = Extract::new(council, month_end);
    vec![
        front_door::contacts(&extract),
        front_door::early_help(&extract),
        front_door::referrals(&extract),
        front_door::assessments(&extract),
        front_door::enquiries(&extract),
        plans::in_need(&extract),
        plans::protection(&extract),
        care::looked_after(&extract),
        care::leavers(&extract),
        adoption::children(&extract),
        adoption::adopters(&extract),
    ]
}

/// What every list of one extract shares.
struct Extract<'a> {
    council: &'a Council,
    day: Day,
    view: View,
    half_a_year_ago: Day,
    a_year_ago: Day,
}

impl<'a> Extract<'a> {
    fn new(council: &'a Council, day: Day) -> Self {
        let (half_a_year_ago, a_year_ago) = (day.plus_months(-6), day.plus_months(-12));
        Self { council, day, view: View::of(day), half_a_year_ago, a_year_ago }
    }

    fn table(&self, list: &'static str) -> Table {
        Table::new(Layout::named(layouts(), list))
    }

    /// In the last six months.
    fn recent(&self, day: Day) -> bool {
        day > self.half_a_year_ago && day <= self.day
    }

    fn within_a_year(&self, day: Day) -> bool {
        day > self.a_year_ago && day <= self.day
    }

    /// Still going on, or ended in the last six months.
    fn open_or_recent(&self, ended: Option<Day>) -> bool {
        ended.is_none_or(|day| self.recent(day))
    }

    /// The episodes of need that stand in the record, each under the identifier it has there.
    fn needs<'b>(&self, child: &'b Child) -> impl Iterator<Item = (&'b Need, Cow<'b, str>)> {
        let view = self.view;
        let stands = move |need: &&Need| need.stands(&view);
        child.needs.iter().filter(stands).map(move |need| (need, need.id(child, &view)))
    }

    /// Identifier, gender, ethnicity, date of birth and age: nothing but a name is known of the unborn.
    fn about(&self, child: &Child, id: &str) -> Vec<Cell> {
        let person = &child.person;
        let born = Some(person.born).filter(|born| *born <= self.day);
        let sex = if born.is_some() { person.sex } else { Sex::Unknown };
        vec![
            Cell::from(id.to_owned()),
            gender(sex).into(),
            codes::cell(codes::ETHNICITY, person.ethnicity).into(),
            born.into(),
            born.map(|born| i64::from(self.day.age_in_years(born))).into(),
        ]
    }

    /// The same with disability.
    fn about_with_disability(&self, child: &Child, id: &str) -> Vec<Cell> {
        let mut cells = self.about(child, id);
        cells.push(yes_no(!child.person.disabilities.is_empty()).into());
        cells
    }

    /// Allocated team and worker.
    fn allocated(&self, locality: Locality, stage: Stage, case: u64, on: Day) -> [Cell; 2] {
        let holder = self.council.workforce.holder(locality, stage, case, on.min(self.day));
        [locality::team(locality, stage).into(), locality::worker(holder.worker).into()]
    }

    /// How many of some facts fall in the last twelve months.
    fn in_a_year<'b>(&self, facts: impl Iterator<Item = &'b Fact>) -> usize {
        facts.filter_map(|fact| self.view.day(fact)).filter(|day| self.within_a_year(*day)).count()
    }
}

impl Need {
    /// Whether the record shows it at all.
    pub fn stands(&self, view: &View) -> bool {
        view.day(&self.referral).is_some() && self.removed.is_none_or(|removed| view.known < removed)
    }

    /// The identifier under which it stands.
    pub fn id<'b>(&'b self, child: &'b Child, view: &View) -> Cow<'b, str> {
        match &self.double {
            Some(double) if view.known < double.merged => Cow::Borrowed(&double.id),
            _ => Cow::Borrowed(&child.person.id),
        }
    }
}

/// The cell of a sex.
fn gender(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "a) Male",
        Sex::Female => "b) Female",
        Sex::Unknown => "c) Not stated/recorded",
    }
}
