//! AD1, for children adopted in the year, and decisions that a child should be placed for adoption.
//!
//! `DATE_PLACED` is the day of that decision and `DATE_PLACED_CEASED` of its reversal, as rules 117 and 118 use them.

use crate::life::adopters::Adopter;
use crate::life::care::Adoption;
use crate::life::person::Sex;
use crate::sheet::Table;

use super::{Return, flag};

pub fn adopted(sending: &Return<'_>) -> Table {
    let mut table = sending.table("AD1");
    for (child, period) in sending.periods() {
        let Some(adoption) = &period.adoption else { continue };
        let adopted = adoption.adopted.as_ref().and_then(|fact| sending.year.within(fact));
        let Some((matched, _)) =
            adoption.matched.as_ref().and_then(|fact| sending.year.view.day(fact)).zip(adopted)
        else {
            continue;
        };
        let (number, sexes, law) = adopters(sending, adoption);
        let mut row = sending.about(child);
        row.extend([
            adoption.decided.on.into(),
            matched.into(),
            flag(adoption.fostering.is_some()).into(),
            number.into(),
            sexes.into(),
            law.into(),
        ]);
        table.push(row);
    }
    table
}

fn adopters(sending: &Return<'_>, adoption: &Adoption) -> (i64, &'static str, &'static str) {
    let all = sending.council.adopters.iter();
    let family: Vec<&Adopter> = all.filter(|adopter| adopter.family == adoption.family).collect();
    let men = family.iter().filter(|adopter| adopter.sex == Sex::Male).count();
    match (family.len(), men) {
        (2, 1) => (2, "MF", "L11"),
        (2, 2) => (2, "MM", "L12"),
        (2, _) => (2, "FF", "L12"),
        (_, 0) => (1, "F1", "L0"),
        _ => (1, "M1", "L0"),
    }
}

pub fn decided(sending: &Return<'_>) -> Table {
    let mut table = sending.table("PlacedAdoption");
    for (child, period) in sending.periods() {
        let Some(adoption) = &period.adoption else { continue };
        let Some(decided) = sending.year.view.day(&adoption.decided) else { continue };
        let reversed = adoption.reversed.filter(|(fact, _)| sending.year.view.day(fact).is_some());
        if reversed.is_some_and(|(fact, _)| fact.on < sending.year.begins) {
            continue;
        }
        let mut row = sending.about(child);
        row.extend([
            decided.into(),
            reversed.map(|(fact, _)| fact.on).into(),
            reversed.map(|(_, why)| why).into(),
        ]);
        table.push(row);
    }
    table
}
