//! Care leavers: who is entitled to what, reviews of the pathway plan every six months, keeping in touch
//! (Care Leavers (England) Regulations 2010; categories as Ofsted's list 9 has them).

use vocabulary::day::Day;

use super::LAST;
use super::care::CarePeriod;
use super::clerk::Clerk;
use super::fact::Fact;
use super::locality::Locality;
use super::person::Person;
use crate::chance::Chance;

/// A young person entitled to leaving care services.
#[derive(Clone, Debug)]
pub struct Leaver {
    /// Whose team it is.
    pub locality: Locality,
    /// The first day of entitlement.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// Looked after for less than thirteen weeks: qualifies for less.
    pub qualifying: bool,
    /// Reviews of the pathway plan.
    pub reviews: Vec<Fact>,
    /// Contacts with the personal adviser.
    pub contacts: Vec<Fact>,
}

/// Where a care leaver lives and what they do, for half a year at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// Code of the kind of contact: `YES`, `NO`, `REFU`, `NREQ`, `RHOM`.
    pub in_touch: &'static str,
    /// Letter of the accommodation.
    pub accommodation: &'static str,
    /// Whether it suits.
    pub suitable: bool,
    /// Code of the activity.
    pub activity: &'static str,
}

const ACCOMMODATION: &[(&str, f64)] = &[
    ("U", 34.0),
    ("D", 18.0),
    ("Z", 14.0),
    ("B", 12.0),
    ("T", 5.0),
    ("E", 4.0),
    ("K", 4.0),
    ("X", 3.0),
    ("S", 2.0),
    ("V", 1.5),
    ("R", 2.0),
    ("Y", 1.5),
];

const ACTIVITY: &[(&str, f64)] = &[
    ("F1", 6.0),
    ("F2", 20.0),
    ("F4", 4.0),
    ("F5", 19.0),
    ("P2", 4.0),
    ("P5", 5.0),
    ("G4", 10.0),
    ("G5", 22.0),
    ("G6", 10.0),
];

/// What entitles a young person, if anything: thirteen weeks of care after fourteen that go on past sixteen.
pub fn entitlement(clerk: &mut Clerk<'_>, person: &Person, care: &[CarePeriod]) -> Option<Leaver> {
    let (fourteen, sixteen) = (person.born.plus_years(14), person.born.plus_years(16));
    let after =
        |day: Day, period: &CarePeriod| period.ended.on.days_since(period.started().on.max(day)).max(0);
    let past_sixteen = care.iter().filter(|period| period.ended.on > sixteen);
    let last = past_sixteen.max_by_key(|period| period.ended.on)?;
    if last.adoption.as_ref().is_some_and(|adoption| adoption.adopted.is_some()) {
        return None;
    }
    let weeks = care.iter().map(|period| after(fourteen, period)).sum::<i32>() / 7;
    let qualifying = weeks < 13;
    let from = if qualifying { last.ended.on } else { sixteen.max(last.started().on.plus_days(91)) };
    let studies = clerk.chance.happens(0.35);
    let until = person.born.plus_years(if studies { 25 } else { 21 });
    let mut leaver = Leaver {
        locality: last.locality,
        from,
        until,
        qualifying,
        reviews: Vec::new(),
        contacts: Vec::new(),
    };
    leaver.keep_in_touch(clerk);
    Some(leaver)
}

impl Leaver {
    fn keep_in_touch(&mut self, clerk: &mut Clerk<'_>) {
        let until = self.until.min(LAST);
        let mut review = clerk.within_days(self.from, 45, 92, 0.4);
        while review < until {
            self.reviews.push(clerk.enter(review));
            let due = review.plus_months(6).days_since(review);
            review = clerk.within_days(review, due - 35, due, 0.35);
        }
        let mut contact = clerk.within_days(self.from, 3, 30, 0.5);
        while contact < until {
            self.contacts.push(clerk.enter(contact));
            contact = clerk.within_days(contact, 14, 56, 0.4).max(contact.plus_days(1));
        }
    }

    /// The circumstances on a day; they change every half a year or so.
    pub fn circumstances(&self, person: &Person, seed: u64, day: Day) -> Circumstances {
        const HALF_YEAR: i32 = 180;
        let half =
            u64::from(day.days_since(self.from).max(0).unsigned_abs()) / HALF_YEAR.unsigned_abs() as u64;
        let mut chance = Chance::new(seed, 77, person.number * 64 + half);
        let accommodation = chance.pick(ACCOMMODATION);
        Circumstances {
            in_touch: chance.pick(&[("YES", 91.0), ("NO", 4.0), ("REFU", 2.0), ("NREQ", 2.0), ("RHOM", 1.0)]),
            accommodation,
            suitable: !matches!(accommodation, "S" | "V" | "X" | "R" | "W") && chance.happens(0.95),
            activity: chance.pick(ACTIVITY),
        }
    }
}
