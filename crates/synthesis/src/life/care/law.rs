//! Under which law a child is looked after, and how the period ends: agreement with parents, emergency protection,
//! interim and full care orders, placement orders.
//!
//! Police protection lasts at most 72 hours; placing with parents needs a care order (rules 358 and 361 of the return).

use vocabulary::day::Day;

use super::Adoption;
use crate::life::clerk::Clerk;
use crate::life::fact::Fact;
use crate::life::person::Person;

/// How a child comes into care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// By agreement with the parents (section 20).
    Agreement,
    /// By an interim care order.
    Proceedings,
    /// By police protection or an emergency protection order.
    Emergency,
    /// Alone, to seek asylum.
    Unaccompanied,
}

/// The legal side of a period.
#[derive(Clone, Debug)]
pub struct Law {
    /// Legal statuses from their first days on.
    pub statuses: Vec<(Day, &'static str)>,
    /// The day the period ends.
    pub ends: Day,
    /// Why it ends.
    pub reason: &'static str,
    /// The plan for permanence.
    pub permanence: &'static str,
    /// The way to adoption.
    pub adoption: Option<Adoption>,
    /// The day from which the child lives with parents under the order.
    pub home_from: Option<Day>,
}

const AS_AN_ADULT: &[(&str, f64)] = &[("E5", 32.0), ("E6", 22.0), ("E17", 34.0), ("E7", 6.0), ("E8", 6.0)];
const HOME: &[(&str, f64)] = &[("E4A", 60.0), ("E4B", 22.0), ("E13", 8.0), ("E8", 10.0)];
const GUARDIANSHIP: &[(&str, f64)] =
    &[("E45", 35.0), ("E46", 15.0), ("E47", 40.0), ("E48", 4.0), ("E41", 6.0)];

/// The legal course of a period that begins on a day.
pub fn course(clerk: &mut Clerk<'_>, person: &Person, started: Day, route: Route) -> Law {
    let mut law = Law {
        statuses: Vec::new(),
        ends: started,
        reason: "",
        permanence: "a",
        adoption: None,
        home_from: None,
    };
    match route {
        Route::Agreement => agreement(clerk, person, started, &mut law),
        Route::Proceedings => proceedings(clerk, person, started, &mut law),
        Route::Emergency => emergency(clerk, person, started, &mut law),
        Route::Unaccompanied => {
            law.statuses.push((started, "V2"));
            law.until_adult(clerk, person, "f");
        }
    }
    law.cut_at_eighteen(clerk, person);
    law
}

fn agreement(clerk: &mut Clerk<'_>, person: &Person, from: Day, law: &mut Law) {
    law.statuses.push((from, "V2"));
    if clerk.chance.happens(0.30) {
        let issued = clerk.world.at_work(from.plus_days(clerk.chance.between(25, 220)));
        return proceedings(clerk, person, issued, law);
    }
    let teenager = from.age_in_years(person.born) >= 14;
    if clerk.chance.happens(if teenager { 0.5 } else { 0.08 }) {
        return law.until_adult(clerk, person, if teenager { "d" } else { "f" });
    }
    law.ends = from.plus_days(3 + clerk.chance.wait(150.0));
    law.reason = clerk.chance.pick(HOME);
}

fn emergency(clerk: &mut Clerk<'_>, person: &Person, from: Day, law: &mut Law) {
    let police = clerk.chance.happens(0.75);
    law.statuses.push((from, if police { "L1" } else { "L2" }));
    let until = from.plus_days(if police { clerk.chance.between(1, 2) } else { clerk.chance.between(3, 7) });
    if clerk.chance.happens(0.5) {
        return agreement(clerk, person, until, law);
    }
    if police && clerk.chance.happens(0.4) {
        (law.ends, law.reason) = (until, "E4B");
        return;
    }
    proceedings(clerk, person, until, law);
}

/// An interim care order, and what the court decides after half a year to a year.
fn proceedings(clerk: &mut Clerk<'_>, person: &Person, from: Day, law: &mut Law) {
    law.statuses.push((from, "C1"));
    let decided = clerk.world.at_work(from.plus_days(clerk.chance.between(130, 340)));
    let age = decided.age_in_years(person.born);
    let (adoption, guardianship, home) = match age {
        ..5 => (0.42, 0.16, 0.12),
        5..10 => (0.05, 0.18, 0.14),
        _ => (0.0, 0.12, 0.16),
    };
    let place = clerk.chance.unit();
    if place < adoption {
        return placement_order(clerk, person, decided, law);
    }
    if place < adoption + guardianship {
        (law.ends, law.reason, law.permanence) = (decided, clerk.chance.pick(GUARDIANSHIP), "c");
        return;
    }
    if place < adoption + guardianship + home {
        (law.ends, law.reason) = (decided, "E4A");
        return;
    }
    law.statuses.push((decided, "C2"));
    if clerk.chance.happens(0.09) {
        law.home_from = Some(decided);
        law.ends = decided.plus_days(200 + clerk.chance.wait(300.0));
        law.reason = "E4A";
    } else if clerk.chance.happens(0.14) {
        law.ends = clerk.world.at_work(decided.plus_days(250 + clerk.chance.wait(500.0)));
        (law.reason, law.permanence) = (clerk.chance.pick(GUARDIANSHIP), "c");
    } else {
        law.until_adult(clerk, person, "f");
    }
}

/// A placement order, and the way from it to adoption or back.
fn placement_order(clerk: &mut Clerk<'_>, person: &Person, ordered: Day, law: &mut Law) {
    law.statuses.push((ordered, "E1"));
    law.permanence = "b";
    let first = law.statuses[0].0;
    let decided =
        clerk.world.at_work(ordered.plus_days(-clerk.chance.between(8, 45))).max(first.plus_days(20));
    let mut adoption = Adoption {
        family: person.number,
        decided: clerk.enter(decided.min(ordered)),
        ordered: clerk.enter(ordered),
        matched: None,
        placed: None,
        adopted: None,
        reversed: None,
        fostering: None,
        dispensed: clerk.chance.happens(0.85),
        adopters: if clerk.chance.happens(0.88) { 2 } else { 1 },
    };
    if clerk.chance.happens(0.14) {
        let reversed = clerk.world.at_work(ordered.plus_days(clerk.chance.between(200, 500)));
        let why = clerk.chance.pick(&[("RD1", 35.0), ("RD3", 45.0), ("RD4", 20.0)]);
        adoption.reversed = Some((clerk.enter(reversed), why));
        law.adoption = Some(adoption);
        law.statuses.push((clerk.world.at_work(reversed.plus_days(30)), "C2"));
        return law.until_adult(clerk, person, "f");
    }
    let fostering = clerk.chance.happens(0.14);
    if fostering {
        // Carers who foster for adoption take the child between the decision and the order.
        let day = clerk.world.at_work(decided.plus_days(2)).min(ordered);
        adoption.fostering = Some(clerk.enter(day));
    }
    let matched = clerk.within_days(ordered, 15, if fostering { 60 } else { 121 }, 0.35);
    let placed = clerk.working(matched, 4, 25);
    let adopted = clerk.world.at_work(placed.plus_days(clerk.chance.between(110, 330)));
    adoption.matched = Some(clerk.enter(matched));
    adoption.placed = Some(clerk.enter(placed));
    adoption.adopted = Some(clerk.enter(adopted));
    (law.ends, law.reason) = (adopted, if adoption.dispensed { "E12" } else { "E11" });
    law.adoption = Some(adoption);
}

impl Law {
    /// The legal status on a day of the period.
    pub fn status_on(&self, day: Day) -> &'static str {
        let status = self.statuses.iter().rev().find(|(from, _)| *from <= day);
        status.map_or(self.statuses[0].1, |(_, status)| *status)
    }

    fn until_adult(&mut self, clerk: &mut Clerk<'_>, person: &Person, permanence: &'static str) {
        self.ends = person.born.plus_years(18);
        self.reason = clerk.chance.pick(AS_AN_ADULT);
        self.permanence = permanence;
    }

    fn cut_at_eighteen(&mut self, clerk: &mut Clerk<'_>, person: &Person) {
        let eighteen = person.born.plus_years(18);
        if self.ends >= eighteen {
            let already = AS_AN_ADULT.iter().any(|(reason, _)| *reason == self.reason);
            self.reason = if already { self.reason } else { clerk.chance.pick(AS_AN_ADULT) };
            self.ends = eighteen;
        }
        let ends = self.ends;
        self.statuses.retain(|(from, _)| *from < ends);
        self.home_from = self.home_from.filter(|from| *from < ends);
        if let Some(adoption) = &mut self.adoption {
            let within = |fact: &Fact| fact.on <= ends;
            adoption.reversed = adoption.reversed.filter(|(fact, _)| within(fact));
        }
    }
}
