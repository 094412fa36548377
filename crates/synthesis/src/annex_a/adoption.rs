//! Lists 10 and 11: children on the way to adoption, and adopters; the family identifier joins them.

use vocabulary::day::Day;

use crate::life::adopters::{Adopter, family_id};
use crate::life::care::{Adoption, CarePeriod};
use crate::life::family::Child;
use crate::sheet::{Cell, Table};

use super::codes::{self, yes_no};
use super::{Extract, gender};

/// Decided and not yet adopted, or adopted or reversed in the last twelve months.
pub fn children(extract: &Extract<'_>) -> Table {
    let mut table = extract.table("List 10");
    for child in &extract.council.children {
        for period in &child.care {
            let Some(adoption) = &period.adoption else { continue };
            let Some(decided) = extract.view.day(&adoption.decided) else { continue };
            let adopted = extract.view.maybe(&adoption.adopted);
            let reversed = adoption.reversed.as_ref().and_then(|(fact, _)| extract.view.day(fact));
            let finished = adopted.or(reversed).or_else(|| extract.view.day(&period.ended));
            if finished.is_none_or(|day| extract.within_a_year(day)) {
                table.push(row_child(extract, child, period, adoption, decided));
            }
        }
    }
    table
}

fn row_child(
    extract: &Extract<'_>,
    child: &Child,
    period: &CarePeriod,
    adoption: &Adoption,
    decided: Day,
) -> Vec<Cell> {
    let view = extract.view;
    let matched = view.maybe(&adoption.matched);
    let reversed = adoption.reversed.filter(|(fact, _)| view.day(fact).is_some());
    let mut about = extract.about_with_disability(child, &child.person.id);
    about.insert(1, matched.map(|_| family_id(adoption.family)).into());
    about.extend([
        view.day(period.started()).into(),
        decided.into(),
        view.day(&adoption.ordered).into(),
        matched.into(),
        view.maybe(&adoption.placed).into(),
        view.maybe(&adoption.adopted).into(),
        reversed.map(|(fact, _)| fact.on).into(),
        reversed.map(|(_, why)| codes::cell(codes::REVERSED, why)).into(),
        view.maybe(&adoption.fostering).into(),
    ]);
    about
}

/// Everyone in contact with the agency in the last twelve months.
pub fn adopters(extract: &Extract<'_>) -> Table {
    let mut table = extract.table("List 11");
    for adopter in &extract.council.adopters {
        let Some(enquired) = extract.view.day(&adopter.course.enquired) else { continue };
        let left = adopter.course.left.as_ref().and_then(|(fact, _)| extract.view.day(fact));
        let finished = left.or_else(|| extract.view.maybe(&adopter.course.adopted));
        if finished.is_none_or(|day| extract.within_a_year(day)) {
            table.push(row_adopter(extract, adopter, enquired, left));
        }
    }
    table
}

fn row_adopter(extract: &Extract<'_>, adopter: &Adopter, enquired: Day, left: Option<Day>) -> Vec<Cell> {
    let (view, course) = (extract.view, &adopter.course);
    let placed = view.maybe(&course.placed);
    vec![
        adopter.id.clone().into(),
        family_id(adopter.family).into(),
        gender(adopter.sex).into(),
        codes::cell(codes::ETHNICITY, adopter.ethnicity).into(),
        yes_no(adopter.disabled).into(),
        yes_no(course.fostering).into(),
        enquired.into(),
        view.maybe(&course.first_started).into(),
        view.maybe(&course.first_ended).into(),
        view.maybe(&course.second_started).into(),
        view.maybe(&course.second_ended).into(),
        view.maybe(&course.applied).into(),
        view.maybe(&course.approved).into(),
        view.maybe(&course.matched).into(),
        placed.into(),
        placed.map(|_| 1_i64).into(),
        view.maybe(&course.adopted).into(),
        left.into(),
        left.and(course.left).map(|(_, why)| codes::cell(codes::LEAVING, why)).into(),
    ]
}
