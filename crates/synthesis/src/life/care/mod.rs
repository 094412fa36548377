//! Periods of being looked after, with legal statuses and placements in the chains of episodes that the SSDA903 return
//! asks for: each next episode begins on the day the one before it ended.

pub mod law;
pub mod placement;
pub mod support;

use vocabulary::day::Day;

use super::clerk::Clerk;
use super::fact::Fact;
use super::locality::Locality;
use super::person::Person;
use law::{Law, Route};
use placement::{Move, Placement};
use support::{Missing, Review};

/// One period of being looked after.
#[derive(Clone, Debug)]
pub struct CarePeriod {
    /// Whose teams look after the child.
    pub locality: Locality,
    /// Category of need, fixed for the period.
    pub need: &'static str,
    /// Episodes, the first beginning the period; each lasts until the next.
    pub episodes: Vec<Episode>,
    /// The end of the period; it may lie ahead.
    pub ended: Fact,
    /// Why it ended.
    pub reason: &'static str,
    /// The plan for permanence.
    pub permanence: &'static str,
    /// Statutory reviews.
    pub reviews: Vec<Review>,
    /// Social work visits.
    pub visits: Vec<Fact>,
    /// Visits and calls of the reviewing officer.
    pub officer: Vec<Fact>,
    /// Health assessments.
    pub health: Vec<Fact>,
    /// Dental checks.
    pub dental: Vec<Fact>,
    /// Missing episodes.
    pub missing: Vec<Missing>,
    /// The way to adoption, if it is the plan.
    pub adoption: Option<Adoption>,
}

/// One episode of care.
#[derive(Clone, Debug)]
pub struct Episode {
    /// It began.
    pub started: Fact,
    /// Why a new episode began, by the code of the return.
    pub start_reason: &'static str,
    /// Legal status.
    pub legal: &'static str,
    /// Where the child lives.
    pub placement: Placement,
    /// Why the placement before it ended; empty when it went on.
    pub change_reason: &'static str,
}

/// The way to adoption.
#[derive(Clone, Debug)]
pub struct Adoption {
    /// Links the child to the adopters.
    pub family: u64,
    /// The decision that the child should be placed.
    pub decided: Fact,
    /// The placement order.
    pub ordered: Fact,
    /// Matched with adopters.
    pub matched: Option<Fact>,
    /// Placed with them.
    pub placed: Option<Fact>,
    /// The adoption order.
    pub adopted: Option<Fact>,
    /// The decision that the child should no longer be placed, and why.
    pub reversed: Option<(Fact, &'static str)>,
    /// Placed with carers who foster for adoption.
    pub fostering: Option<Fact>,
    /// Consent was dispensed with.
    pub dispensed: bool,
    /// One or two adopters.
    pub adopters: i64,
}

/// A period of care that begins on a day.
pub fn period(
    clerk: &mut Clerk<'_>,
    person: &Person,
    started: Day,
    need: &'static str,
    route: Route,
) -> CarePeriod {
    let law = law::course(clerk, person, started, route);
    let moves = placement::course(clerk, person, started, &law);
    let episodes = chain(clerk, &law, &moves);
    let mut period = CarePeriod {
        locality: clerk.locality,
        need,
        episodes,
        ended: clerk.enter(law.ends),
        reason: law.reason,
        permanence: law.permanence,
        reviews: Vec::new(),
        visits: Vec::new(),
        officer: Vec::new(),
        health: Vec::new(),
        dental: Vec::new(),
        missing: Vec::new(),
        adoption: law.adoption,
    };
    support::give(clerk, person, &mut period);
    period
}

/// One episode for every day on which the legal status or the placement changed.
fn chain(clerk: &mut Clerk<'_>, law: &Law, moves: &[Move]) -> Vec<Episode> {
    let mut days: Vec<Day> =
        law.statuses.iter().map(|(day, _)| *day).chain(moves.iter().map(|a| a.on)).collect();
    days.sort_unstable();
    days.dedup();
    let mut episodes: Vec<Episode> = Vec::new();
    for day in days {
        let legal = law.status_on(day);
        let Some(moved) = moves.iter().rev().find(|moved| moved.on <= day) else { continue };
        let moves_now = moved.on == day;
        let start_reason = match episodes.last() {
            None => "S",
            Some(before) if before.legal == legal => {
                if moved.same_carer {
                    "T"
                } else {
                    "P"
                }
            }
            Some(_) if !moves_now => "L",
            Some(_) => {
                if moved.same_carer {
                    "U"
                } else {
                    "B"
                }
            }
        };
        episodes.push(Episode {
            started: clerk.enter(day),
            start_reason,
            legal,
            placement: moved.to.clone(),
            change_reason: if moves_now && !episodes.is_empty() { moved.reason } else { "" },
        });
    }
    episodes
}

impl CarePeriod {
    /// The start of the period.
    pub fn started(&self) -> &Fact {
        &self.episodes[0].started
    }

    /// Whether the child is looked after on a day.
    pub fn covers(&self, day: Day) -> bool {
        self.started().on <= day && day < self.ended.on
    }

    /// The facts whose order a case record keeps.
    pub fn facts_in_order(&mut self) -> Vec<&mut Fact> {
        let mut facts: Vec<&mut Fact> =
            self.episodes.iter_mut().map(|episode| &mut episode.started).collect();
        if let Some(adoption) = &mut self.adoption {
            facts.extend([&mut adoption.decided, &mut adoption.ordered]);
            facts
                .extend(adoption.matched.iter_mut().chain(&mut adoption.placed).chain(&mut adoption.adopted));
            facts.extend(adoption.reversed.iter_mut().map(|(fact, _)| fact));
            facts.extend(&mut adoption.fostering);
        }
        facts.push(&mut self.ended);
        facts
    }
}
