//! The life of a council's children, decided once by a seed, from which every extract is a picture.
//!
//! Simulated from 2012, so that children who have long been looked after are there, to March 2028. What is simulated
//! does not depend on which months are asked for.

pub mod adopters;
pub mod care;
pub mod clerk;
pub mod correction;
pub mod fact;
pub mod family;
pub mod leaver;
pub mod locality;
pub mod need;
pub mod person;
pub mod protection;
pub mod season;

use vocabulary::day::Day;

use crate::chance::Chance;
use adopters::Adopter;
use clerk::{Clerk, World};
use family::Child;
use locality::{LOCALITIES, Workforce};

/// The first day of the simulated time, 1 April 2012.
pub const FIRST: Day = Day(15_431);
/// The last day of the simulated time, 31 March 2028.
pub const LAST: Day = Day(21_274);

/// The three years whose children are counted: from 1 November 2023 to 31 October 2026.
const COUNTED: (Day, Day) = (Day(19_662), Day(20_757));

/// Nothing before this day is shown in any extract, so children whose story ended before are forgotten.
const SHOWN_FROM: Day = Day(17_987);

/// The council: its children, adopters and workers.
#[derive(Clone, Debug)]
pub struct Council {
    /// What decides everything.
    pub seed: u64,
    /// The calendar and the demand.
    pub world: World,
    /// Children, in order of their families.
    pub children: Vec<Child>,
    /// Adopters.
    pub adopters: Vec<Adopter>,
    /// Workers.
    pub workforce: Workforce,
}

impl Council {
    /// A council in which this many children are known to social care between November 2023 and October 2026.
    pub fn simulate(seed: u64, children: u32) -> Self {
        let world = World::of_england();
        let (mut kept, mut known, mut number) = (Vec::new(), 0, 0);
        while known < children {
            for child in family::family(&world, seed, number) {
                if known < children && child.is_shown() {
                    known += u32::from(child.is_known());
                    kept.push(child);
                }
            }
            number += 1;
        }
        let adopters = all_adopters(&world, seed, &kept);
        Self { seed, world, children: kept, adopters, workforce: Workforce::for_children(children) }
    }

    /// What was put right in the records, in order of days.
    pub fn corrections(&self) -> Vec<correction::Correction> {
        let mut list: Vec<_> = self.children.iter().flat_map(correction::corrections).collect();
        list.sort_by(|one, other| (one.on, &one.child).cmp(&(other.on, &other.child)));
        list
    }
}

fn all_adopters(world: &World, seed: u64, children: &[Child]) -> Vec<Adopter> {
    let mut adopters = Vec::new();
    for child in children {
        for adoption in child.care.iter().filter_map(|period| period.adoption.as_ref()) {
            let mut chance = Chance::new(seed, 2, child.person.number);
            let mut clerk = Clerk { world, chance: &mut chance, locality: LOCALITIES[1] };
            adopters.extend(adopters::of_a_child(&mut clerk, adoption));
            // For each family with a child there is about one without.
            let enquired = adoption.ordered.on.plus_days(clerk.chance.between(-400, 400));
            adopters.extend(adopters::waiting(&mut clerk, child.person.number + 20_000_000, enquired));
        }
    }
    adopters
}

impl Child {
    /// Had a case, or was looked after, in the three years that are counted.
    fn is_known(&self) -> bool {
        let open =
            |from: Day, until: Option<Day>| from <= COUNTED.1 && until.is_none_or(|day| day >= COUNTED.0);
        self.needs.iter().any(|need| match need.closed {
            None => (COUNTED.0..=COUNTED.1).contains(&need.referral.on),
            closed => open(need.referral.on, closed.map(|closed| closed.on)),
        })
    }

    /// Appears in some extract.
    fn is_shown(&self) -> bool {
        let need = |need: &need::Need| need.closed.map_or(need.referral.on, |closed| closed.on) >= SHOWN_FROM;
        self.needs.iter().any(need)
            || self.contacts.iter().any(|contact| contact.received.on >= SHOWN_FROM)
            || self.early_help.iter().any(|help| help.completed.on >= SHOWN_FROM)
            || self.leaver.as_ref().is_some_and(|leaver| leaver.until >= SHOWN_FROM)
    }
}
