//! The children in need census: every child referred in the year to 31 March and every case open on the 1 April before.
//!
//! Groups and codes as of the censuses 2020 to 2027 (reference: the schemas of 2017 to 2026 and the validator, 2026).
//! The codes of `PPOutcome` were not found; the one that a sample shows stands for a decision to issue.

mod groups;

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::life::Council;
use crate::life::family::Child;
use crate::life::need::Need;
use crate::life::person::Sex;
use crate::looked_after::pupil_number_unknown;
use crate::sheet::{Cell, Layout, Table};
use crate::year::Year;

/// The layouts of the groups; the child's stands twice, last as it was before 2025.
pub fn layouts() -> &'static [Layout] {
    static LAYOUTS: OnceLock<Vec<Layout>> = OnceLock::new();
    LAYOUTS.get_or_init(|| Layout::parse(include_str!("layout.tsv")))
}

/// The groups of a census: rows of inner groups know the row that they stand in.
#[derive(Clone, Debug)]
pub struct Census {
    /// The year in which it ends.
    pub ending: i16,
    /// `Child`.
    pub children: Table,
    /// `CINdetails`, inside `Child`.
    pub details: Table,
    /// `Assessments`, inside `CINdetails` as the next four.
    pub assessments: Table,
    /// `CINPlanDates`.
    pub plans: Table,
    /// `Section47`.
    pub enquiries: Table,
    /// `ChildProtectionPlans`.
    pub protection: Table,
    /// `PreProceedingsandFGDM`, from 2027.
    pub pre_proceedings: Table,
    /// `Reviews`, inside `ChildProtectionPlans`.
    pub reviews: Table,
}

/// The census of a year.
pub fn census(council: &Council, ending: i16) -> Census {
    let year = Year::ending(ending);
    let mut census = Census::empty(ending);
    for child in &council.children {
        let shown: Vec<&Need> = child.needs.iter().filter(|need| in_scope(need, &year)).collect();
        let mut ids: Vec<Cow<'_, str>> = shown.iter().map(|need| need.id(child, &year.view)).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            census.children.push(about(child, &id, &year, &shown));
            let at = census.children.rows.len() - 1;
            for need in shown.iter().filter(|need| need.id(child, &year.view) == id) {
                groups::details(council, &mut census, at, child, need, &year);
            }
        }
    }
    census
}

fn in_scope(need: &Need, year: &Year) -> bool {
    if !need.stands(&year.view) {
        return false;
    }
    let referred = year.within(&need.referral).is_some();
    let closed = year.view.maybe(&need.closed);
    referred || (!need.no_further_action && closed.is_none_or(|closed| closed >= year.begins))
}

fn about(child: &Child, id: &str, year: &Year, shown: &[&Need]) -> Vec<Cell> {
    let person = &child.person;
    let unborn = person.born > year.ends;
    let sex = match (year.ending >= 2025, person.sex) {
        _ if unborn => {
            if year.ending >= 2025 {
                "U"
            } else {
                "0"
            }
        }
        (true, Sex::Male) => "M",
        (true, Sex::Female) => "F",
        (true, Sex::Unknown) => "U",
        (false, Sex::Male) => "1",
        (false, Sex::Female) => "2",
        (false, Sex::Unknown) => "0",
    };
    let disabilities =
        if person.disabilities.is_empty() { "NONE".to_owned() } else { person.disabilities.join(" ") };
    let only_referred = shown.iter().all(|need| need.no_further_action);
    vec![
        id.to_owned().into(),
        Cell::Blank,
        (if only_referred { "UN7" } else { pupil_number_unknown(person.born, year.ends) }).into(),
        (!unborn).then_some(person.born).into(),
        unborn.then_some(person.born).into(),
        sex.into(),
        Cell::Blank,
        person.ethnicity.into(),
        disabilities.into(),
    ]
}

impl Census {
    fn empty(ending: i16) -> Self {
        let table = |group: &str| Table::new(Layout::named(layouts(), group));
        let before_2025 = layouts().iter().rev().find(|layout| layout.list == "Child");
        let children = before_2025.filter(|_| ending < 2025).map_or_else(|| table("Child"), Table::new);
        Self {
            ending,
            children,
            details: table("CINdetails"),
            assessments: table("Assessments"),
            plans: table("CINPlanDates"),
            enquiries: table("Section47"),
            protection: table("ChildProtectionPlans"),
            pre_proceedings: table("PreProceedingsandFGDM"),
            reviews: table("Reviews"),
        }
    }

    /// The groups in the order in which the schema names them.
    pub fn tables(&self) -> [&Table; 8] {
        [
            &self.children,
            &self.details,
            &self.assessments,
            &self.plans,
            &self.enquiries,
            &self.protection,
            &self.reviews,
            &self.pre_proceedings,
        ]
    }

    /// The same, to change them.
    pub fn tables_mut(&mut self) -> [&mut Table; 8] {
        [
            &mut self.children,
            &mut self.details,
            &mut self.assessments,
            &mut self.plans,
            &mut self.enquiries,
            &mut self.protection,
            &mut self.reviews,
            &mut self.pre_proceedings,
        ]
    }
}
