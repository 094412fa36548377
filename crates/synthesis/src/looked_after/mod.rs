//! The SSDA903 return on looked after children: a file for each module, for the year to 31 March.
//!
//! Columns and codes as of the collection years 2023 to 2027 (reference: the validator's rule sets and the regional
//! schemas, 2026). Short breaks and temporary placements are not simulated.

mod adoption;
mod care;
mod health;
mod leavers;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use vocabulary::day::Day;

use crate::life::Council;
use crate::life::care::CarePeriod;
use crate::life::family::Child;
use crate::life::person::Sex;
use crate::sheet::{Cell, Layout, Table};
use crate::year::Year;

/// The layouts of the modules.
pub fn layouts() -> &'static [Layout] {
    static LAYOUTS: OnceLock<Vec<Layout>> = OnceLock::new();
    LAYOUTS.get_or_init(|| Layout::parse(include_str!("layout.tsv")))
}

/// The modules of the return for a year; those that came later are left out of earlier years.
pub fn modules(council: &Council, ending: i16) -> Vec<Table> {
    let sending = Return { council, year: Year::ending(ending) };
    let mut modules = vec![
        care::episodes(&sending),
        care::reviews(&sending),
        care::unaccompanied(&sending),
        health::health(&sending),
        leavers::leavers(&sending),
        adoption::adopted(&sending),
        adoption::decided(&sending),
        care::previous_permanence(&sending),
        care::missing(&sending),
    ];
    if ending >= 2024 {
        modules.push(care::workers(&sending));
    }
    if ending >= 2027 {
        modules.push(care::deprivation_of_liberty(&sending));
    }
    modules.insert(0, header(&sending, &modules));
    modules
}

/// What every module of one return shares.
struct Return<'a> {
    council: &'a Council,
    year: Year,
}

impl<'a> Return<'a> {
    fn table(&self, module: &'static str) -> Table {
        Table::new(Layout::named(layouts(), module))
    }

    /// Periods of care that touch the year.
    fn periods(&self) -> impl Iterator<Item = (&'a Child, &'a CarePeriod)> {
        let year = self.year;
        let all = self.council.children.iter();
        let all = all.flat_map(|child| child.care.iter().map(move |period| (child, period)));
        all.filter(move |(_, period)| {
            let started = year.view.day(period.started());
            started.is_some_and(|started| year.touches(started, year.view.day(&period.ended)))
        })
    }

    /// The latest period of each child that touches the year.
    fn latest_periods(&self) -> Vec<(&'a Child, &'a CarePeriod)> {
        let mut latest: Vec<(&Child, &CarePeriod)> = Vec::new();
        for (child, period) in self.periods() {
            // The periods of one child stand together.
            latest.pop_if(|(other, _)| other.person.number == child.person.number);
            latest.push((child, period));
        }
        latest
    }

    /// Identifier and date of birth.
    fn about(&self, child: &Child) -> Vec<Cell> {
        vec![child.person.id.clone().into(), child.person.born.into()]
    }

    fn sex(&self, sex: Sex) -> &'static str {
        match (self.year.ending >= 2025, sex) {
            (true, Sex::Male) => "M",
            (true, Sex::Female) => "F",
            (true, Sex::Unknown) => "U",
            // Before 2025 there was no code for a sex that is not known.
            (false, Sex::Male | Sex::Unknown) => "1",
            (false, Sex::Female) => "2",
        }
    }
}

/// One row for every child of any module.
fn header(sending: &Return<'_>, modules: &[Table]) -> Table {
    let subjects: BTreeSet<String> =
        modules.iter().flat_map(|table| table.rows.iter().map(|row| row[0].shown())).collect();
    let mut table = sending.table("Header");
    for child in sending.council.children.iter().filter(|child| subjects.contains(&child.person.id)) {
        let person = &child.person;
        let female = person.sex == Sex::Female;
        table.push(vec![
            person.id.clone().into(),
            sending.sex(person.sex).into(),
            person.born.into(),
            person.ethnicity.into(),
            pupil_number_unknown(person.born, sending.year.ends).into(),
            (if female { "0" } else { "" }).into(),
            Cell::Blank,
        ]);
    }
    table
}

/// Why there is no unique pupil number: too young for school, or sources that don't agree.
pub fn pupil_number_unknown(born: Day, on: Day) -> &'static str {
    if on.age_in_years(born) < 5 { "UN1" } else { "UN5" }
}

/// Yes and no as the return codes them.
fn flag(yes: bool) -> &'static str {
    if yes { "1" } else { "0" }
}
