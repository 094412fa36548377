//! What is done for a looked after child: reviews, visits, health assessments, dental checks; and missing episodes.
//!
//! First review within 20 working days, the second within three months, then every six; visits within a week, then
//! every six weeks (Care Planning, Placement and Case Review (England) Regulations 2010). Teams keep to it more or less.

use vocabulary::day::Day;

use super::CarePeriod;
use crate::life::LAST;
use crate::life::clerk::Clerk;
use crate::life::fact::Fact;
use crate::life::person::Person;

/// One statutory review.
#[derive(Clone, Copy, Debug)]
pub struct Review {
    /// It was held.
    pub held: Fact,
    /// How the child took part, `PN0` to `PN7`.
    pub part: &'static str,
}

/// A time when a child was missing or away.
#[derive(Clone, Copy, Debug)]
pub struct Missing {
    /// It began.
    pub started: Fact,
    /// The child was found or came back.
    pub ended: Fact,
    /// `M`, whereabouts unknown, or `A`, away without authorisation.
    pub kind: &'static str,
    /// A return interview was offered.
    pub offered: bool,
    /// It was accepted.
    pub accepted: bool,
    /// The day the record was removed as entered in error.
    pub removed: Option<Day>,
}

const PARTS: &[(&str, f64)] =
    &[("PN1", 52.0), ("PN2", 5.0), ("PN3", 3.0), ("PN4", 2.0), ("PN5", 8.0), ("PN6", 24.0), ("PN7", 6.0)];

/// Fills a period with what was done, up to its end or the end of the simulated time.
pub fn give(clerk: &mut Clerk<'_>, person: &Person, period: &mut CarePeriod) {
    let from = period.started().on;
    let until = period.ended.on.min(LAST);
    period.reviews = reviews(clerk, person, from, until);
    let first = clerk.within_days(from, 1, 7, 0.6);
    period.visits = chain(clerk, first, until, |clerk, last| clerk.within_days(last, 24, 42, 0.45));
    let first = clerk.within_days(from, 10, 60, 0.5);
    period.officer = chain(clerk, first, until, |clerk, last| clerk.within_days(last, 40, 120, 0.5));
    period.health = health(clerk, person, from, until);
    let first = from.plus_days(clerk.chance.between(40, 260));
    let first = clerk.world.at_work(first);
    period.dental = chain(clerk, first, until, |clerk, last| clerk.within_days(last, 150, 365, 0.5));
    period.missing = missing(clerk, person, from, until);
}

/// Events, each a while after the one before.
fn chain(
    clerk: &mut Clerk<'_>,
    first: Day,
    until: Day,
    next: impl Fn(&mut Clerk<'_>, Day) -> Day,
) -> Vec<Fact> {
    let mut events = Vec::new();
    let mut day = first;
    while day < until {
        events.push(clerk.enter(day));
        day = next(clerk, day).max(day.plus_days(1));
    }
    events
}

fn reviews(clerk: &mut Clerk<'_>, person: &Person, from: Day, until: Day) -> Vec<Review> {
    let mut reviews: Vec<Review> = Vec::new();
    let mut day = clerk.within_working(from, 12, 20, 0.55);
    while day < until {
        let part = if day.age_in_years(person.born) < 4 { "PN0" } else { clerk.chance.pick(PARTS) };
        reviews.push(Review { held: clerk.enter(day), part });
        let months = if reviews.len() == 1 { 3 } else { 6 };
        let due = day.plus_months(months).days_since(day);
        day = clerk.within_days(day, due - 28, due, 0.6).max(day.plus_days(1));
    }
    reviews
}

/// The first within 20 working days; then every six months below five and every twelve from five on.
fn health(clerk: &mut Clerk<'_>, person: &Person, from: Day, until: Day) -> Vec<Fact> {
    let refuses = from.age_in_years(person.born) >= 14 && clerk.chance.happens(0.12);
    let first = clerk.within_working(from, 8, 20, if refuses { 0.0 } else { 0.3 });
    let born = person.born;
    chain(clerk, first, until, |clerk, last| {
        let due = last.plus_months(if last.age_in_years(born) < 5 { 6 } else { 12 }).days_since(last);
        clerk.within_days(last, due - 40, due, if refuses { 0.0 } else { 0.5 })
    })
}

fn missing(clerk: &mut Clerk<'_>, person: &Person, from: Day, until: Day) -> Vec<Missing> {
    let mut episodes: Vec<Missing> = Vec::new();
    let often = clerk.chance.happens(0.22);
    let mut day = from.max(person.born.plus_years(11));
    loop {
        day = day.plus_days(2 + clerk.chance.wait(if often { 70.0 } else { 1_500.0 }));
        let back = day.plus_days(clerk.chance.pick(&[(0, 50.0), (1, 32.0), (2, 10.0), (4, 5.0), (9, 3.0)]));
        if back.plus_days(1) >= until {
            return episodes;
        }
        let offered = clerk.chance.happens(0.6 + 0.35 * clerk.quality(day));
        let episode = Missing {
            started: clerk.enter(day),
            ended: clerk.enter(back),
            kind: if clerk.chance.happens(0.86) { "M" } else { "A" },
            offered,
            accepted: offered && clerk.chance.happens(0.6),
            removed: None,
        };
        episodes.push(episode);
        day = back;
    }
}
