//! Where looked after children live, and how often they move.

use vocabulary::day::Day;

use super::law::Law;
use crate::life::clerk::Clerk;
use crate::life::person::{self, Person};

/// A placement as the return describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The type: `U6`, `K2`, `H5` and so on; what the return of a year calls it is decided when it is written.
    pub kind: &'static str,
    /// The provider; empty where none is asked.
    pub provider: &'static str,
    /// Postcode, in the area that no real place has.
    pub postcode: String,
    /// Number of a registered home; empty where none is asked.
    pub registration: String,
    /// Outside the council's area.
    pub out_of_area: bool,
}

/// A move into a placement.
#[derive(Clone, Debug)]
pub struct Move {
    /// The day.
    pub on: Day,
    /// Where to.
    pub to: Placement,
    /// The carer stays the same and only the kind of placement changes.
    pub same_carer: bool,
    /// Why the one before ended.
    pub reason: &'static str,
}

const REASONS: &[(&str, f64)] = &[
    ("CARPL", 46.0),
    ("CREQB", 17.0),
    ("CREQO", 8.0),
    ("CHILD", 8.0),
    ("LAREQ", 8.0),
    ("STAND", 2.0),
    ("ALLEG", 2.0),
    ("CLOSE", 3.0),
    ("OTHER", 6.0),
];

/// The least time between two changes of placement or status that are not the same change.
const APART: i32 = 3;

/// The placements of a period.
pub fn course(clerk: &mut Clerk<'_>, person: &Person, started: Day, law: &Law) -> Vec<Move> {
    let first = new_placement(clerk, person, started);
    let mut moves = vec![Move { on: started, to: first, same_carer: false, reason: "" }];
    let fixed = planned(clerk, law);
    let settled = fixed.iter().map(|moved| moved.on).min().unwrap_or(law.ends);
    loop {
        let last = &moves[moves.len() - 1];
        let stay = usual_stay(last.to.kind, last.on.age_in_years(person.born));
        let on = last.on.plus_days(APART + clerk.chance.wait(stay));
        // Nobody is moved in the last days before a planned move or the end.
        if on.plus_days(APART) >= settled.min(law.ends) {
            break;
        }
        let near = |(day, _): &(Day, &str)| day.days_since(on).abs() <= APART;
        let on = law.statuses.iter().find(|status| near(status)).map_or(on, |(day, _)| *day);
        if on > last.on {
            let next = next_move(clerk, person, last, on);
            moves.push(next);
        }
    }
    moves.extend(fixed.into_iter().filter(|moved| moved.on < law.ends && moved.on > started));
    moves
}

fn next_move(clerk: &mut Clerk<'_>, person: &Person, last: &Move, on: Day) -> Move {
    if last.to.kind == "U6" && on.days_since(last.on) > 300 && clerk.chance.happens(0.35) {
        let to = Placement { kind: "U4", ..last.to.clone() };
        return Move { on, to, same_carer: true, reason: "PLACE" };
    }
    let reason = clerk.chance.pick(REASONS);
    Move { on, to: new_placement(clerk, person, on), same_carer: false, reason }
}

/// Moves that the plan brings: home under a care order, fostering for adoption, placed for adoption.
fn planned(clerk: &mut Clerk<'_>, law: &Law) -> Vec<Move> {
    let mut moves = Vec::new();
    if let Some(on) = law.home_from {
        moves.push(Move { on, to: placed(clerk, "P1", "PR0", 0.1), same_carer: false, reason: "CARPL" });
    }
    let Some(adoption) = &law.adoption else { return moves };
    if let Some(fostering) = &adoption.fostering {
        let to = placed(clerk, "U5", "PR1", 0.4);
        moves.push(Move { on: fostering.on, to, same_carer: false, reason: "CARPL" });
    }
    if let Some(with) = &adoption.placed {
        let current = adoption.fostering.is_some();
        let kind = if current { "A5" } else { "A6" };
        let to = match moves.last() {
            Some(before) if current => Placement { kind, ..before.to.clone() },
            _ => placed(clerk, kind, "PR1", 0.5),
        };
        moves.push(Move {
            on: with.on,
            to,
            same_carer: current,
            reason: if current { "PLACE" } else { "CARPL" },
        });
    }
    moves
}

fn usual_stay(kind: &str, age: i32) -> f64 {
    match kind {
        "U3" | "U4" => 1_100.0,
        "K2" => 420.0,
        "H5" => 330.0,
        _ if age < 10 => 800.0,
        _ => 480.0,
    }
}

fn new_placement(clerk: &mut Clerk<'_>, person: &Person, on: Day) -> Placement {
    let kind = match on.age_in_years(person.born) {
        16.. => clerk.chance.pick(&[("U6", 32.0), ("K2", 22.0), ("H5", 42.0), ("U3", 4.0)]),
        10..=15 if person.unaccompanied => "U6",
        10..=15 => clerk.chance.pick(&[("U6", 58.0), ("K2", 27.0), ("U3", 15.0)]),
        3..=9 => clerk.chance.pick(&[("U6", 74.0), ("K2", 3.0), ("U3", 23.0)]),
        _ => clerk.chance.pick(&[("U6", 76.0), ("R3", 4.0), ("U3", 20.0)]),
    };
    let (provider, out_of_area) = match kind {
        "K2" => (clerk.chance.pick(&[("PR1", 18.0), ("PR4", 78.0), ("PR5", 4.0)]), 0.6),
        "H5" => (clerk.chance.pick(&[("PR4", 85.0), ("PR5", 15.0)]), 0.3),
        "R3" => ("PR4", 0.7),
        "U3" => ("PR1", 0.25),
        _ => (clerk.chance.pick(&[("PR1", 60.0), ("PR4", 40.0)]), 0.28),
    };
    placed(clerk, kind, provider, out_of_area)
}

fn placed(clerk: &mut Clerk<'_>, kind: &'static str, provider: &'static str, out: f64) -> Placement {
    let out_of_area = clerk.chance.happens(out);
    let sectors = if out_of_area { (5, 9) } else { (1, 4) };
    let registration = match kind {
        "P1" | "A5" | "A6" => String::new(),
        _ => format!("99{:05}", clerk.chance.between(1, 400)),
    };
    Placement { kind, provider, postcode: person::postcode(clerk.chance, sectors), registration, out_of_area }
}
