//! Child protection plans: reviews after three and then every six months, visits every ten working days where teams
//! work well, later where they don't (Working Together to Safeguard Children; visits are a local rule).

use vocabulary::day::Day;

use super::clerk::Clerk;
use super::fact::Fact;

/// One child protection plan.
#[derive(Clone, Debug)]
pub struct ProtectionPlan {
    /// It began, on the day of the conference.
    pub started: Fact,
    /// It ended.
    pub ended: Fact,
    /// Category of abuse at the start.
    pub initial: &'static str,
    /// Category of abuse after the first review.
    pub later: &'static str,
    /// Review conferences.
    pub reviews: Vec<Fact>,
    /// Statutory visits.
    pub visits: Vec<Visit>,
    /// Began under police protection or an emergency protection order.
    pub emergency: bool,
}

/// One visit to a child on a plan.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    /// The visit.
    pub made: Fact,
    /// Whether the child was seen alone.
    pub alone: bool,
}

const CATEGORIES: &[(&str, f64)] = &[("NEG", 48.0), ("EMO", 38.0), ("PHY", 8.0), ("SAB", 4.0), ("MUL", 2.0)];

/// Plans end at a review: mostly the second, now and then only after years.
const REVIEWS: &[(usize, f64)] = &[(1, 20.0), (2, 45.0), (3, 21.0), (4, 9.0), (5, 4.0), (6, 1.0)];

/// A plan made at a conference.
pub fn plan(clerk: &mut Clerk<'_>, started: Fact) -> ProtectionPlan {
    let initial = clerk.chance.pick(CATEGORIES);
    let later = if clerk.chance.happens(0.85) { initial } else { clerk.chance.pick(CATEGORIES) };
    let mut reviews: Vec<Fact> = Vec::new();
    for _ in 0..clerk.chance.pick(REVIEWS) {
        let from = reviews.last().map_or(started.on, |review| review.on);
        let due = from.plus_months(if reviews.is_empty() { 3 } else { 6 }).days_since(from);
        let held = clerk.within_days(from, due - 25, due, 0.70);
        reviews.push(clerk.enter(held));
    }
    let last = reviews[reviews.len() - 1].on;
    ProtectionPlan {
        started,
        ended: clerk.enter(last),
        initial,
        later,
        visits: visits(clerk, started.on, last),
        reviews,
        emergency: clerk.chance.happens(0.05),
    }
}

fn visits(clerk: &mut Clerk<'_>, from: Day, until: Day) -> Vec<Visit> {
    let mut visits = Vec::new();
    let mut last = clerk.working(from, 2, 9);
    while last < until {
        let alone = clerk.chance.happens(0.35 + 0.5 * clerk.quality(last));
        let mut made = clerk.enter(last);
        if clerk.chance.happens(0.004) {
            made.mistaken(clerk, 6, from);
        }
        visits.push(Visit { made, alone });
        last = clerk.within_working(last, 5, 10, 0.35).max(last.plus_days(1));
    }
    visits
}

impl ProtectionPlan {
    /// Ends the plan on a day, if it lasted longer.
    pub fn end_by(&mut self, day: Day) {
        self.ended.end_by(day);
        self.reviews.retain(|review| review.on <= day);
        self.visits.retain(|visit| visit.made.on <= day);
    }

    /// The latest category on a day.
    pub fn category(&self, reviewed: bool) -> &'static str {
        if reviewed { self.later } else { self.initial }
    }
}
