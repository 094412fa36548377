//! OC2: the health of children who have been looked after for a year without a break on 31 March.

use crate::chance::Chance;
use crate::life::care::CarePeriod;
use crate::life::family::Child;
use crate::sheet::{Cell, Table};

use super::{Return, flag};

pub fn health(sending: &Return<'_>) -> Table {
    let mut table = sending.table("OC2");
    let year = sending.year;
    for (child, period) in sending.periods() {
        let still = year.view.day(&period.ended).is_none();
        let whole_year = year.view.day(period.started()).is_some_and(|day| day < year.begins);
        if still && whole_year {
            table.push(row(sending, child, period));
        }
    }
    table
}

fn row(sending: &Return<'_>, child: &Child, period: &CarePeriod) -> Vec<Cell> {
    let year = sending.year;
    let age = year.ends.age_in_years(child.person.born);
    let mut chance = Chance::new(
        sending.council.seed,
        92,
        child.person.number * 64 + u64::from(year.ending.unsigned_abs()),
    );
    let (score, reason) = questionnaire(&mut chance, age);
    let misuse = age >= 11 && chance.happens(0.05);
    let received = misuse && chance.happens(0.5);
    let offered = misuse && !received && chance.happens(0.8);
    let assessments = period.health.iter().filter(|fact| year.within(fact).is_some()).count();
    let checked = period.dental.iter().any(|fact| year.within(fact).is_some());
    let mut row = sending.about(child);
    row.extend([
        score.into(),
        reason.into(),
        (if age >= 10 { flag(chance.happens(0.02)) } else { "" }).into(),
        (if age < 5 { flag(chance.happens(0.88)) } else { "" }).into(),
        flag(chance.happens(0.86)).into(),
        flag(checked).into(),
        flag(assessments >= if age < 5 { 2 } else { 1 }).into(),
        flag(misuse).into(),
        (if misuse { flag(received) } else { "" }).into(),
        (if misuse && !received { flag(offered) } else { "" }).into(),
    ]);
    row
}

/// The strengths and difficulties questionnaire is for children of 4 to 16 years; otherwise a reason stands in its place.
fn questionnaire(chance: &mut Chance, age: i32) -> (Option<i64>, &'static str) {
    if !(4..=16).contains(&age) {
        return (None, "SDQ1");
    }
    if chance.happens(0.2) {
        return (None, chance.pick(&[("SDQ2", 45.0), ("SDQ4", 30.0), ("SDQ5", 20.0), ("SDQ3", 5.0)]));
    }
    let score = chance.between(0, 14) + chance.between(0, 14);
    (Some(i64::from(score)), "")
}
