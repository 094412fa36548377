//! A family and its children: what brings them to the council, again and again, until the children are grown up.

use vocabulary::day::Day;

use super::care::law::Route;
use super::care::{self, CarePeriod};
use super::clerk::{Clerk, World};
use super::fact::Fact;
use super::leaver::{self, Leaver};
use super::locality::{LOCALITIES, Locality};
use super::need::{self, Double, InNeedPlan, Need};
use super::person::{self, Person};
use super::{LAST, correction};
use crate::chance::Chance;

/// A child and everything the council did.
#[derive(Clone, Debug)]
pub struct Child {
    /// Who it is.
    pub person: Person,
    /// Contacts that did not become referrals.
    pub contacts: Vec<Contact>,
    /// Early help assessments.
    pub early_help: Vec<EarlyHelp>,
    /// Episodes of need, in order.
    pub needs: Vec<Need>,
    /// Periods of being looked after, in order.
    pub care: Vec<CarePeriod>,
    /// Entitlement after care.
    pub leaver: Option<Leaver>,
}

/// A contact without a referral.
#[derive(Clone, Copy, Debug)]
pub struct Contact {
    /// It was received.
    pub received: Fact,
    /// Who made it.
    pub source: &'static str,
    /// The day the record was removed as entered in error.
    pub removed: Option<Day>,
}

/// An early help assessment.
#[derive(Clone, Copy, Debug)]
pub struct EarlyHelp {
    /// It began.
    pub started: Fact,
    /// It was completed.
    pub completed: Fact,
    /// Who made it.
    pub organisation: &'static str,
}

const ORGANISATIONS: &[(&str, f64)] = &[
    ("Council family support", 45.0),
    ("School", 30.0),
    ("Health visiting", 12.0),
    ("Voluntary organisation", 8.0),
    ("Housing association", 5.0),
];

/// What brings a family.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    Referral,
    EarlyHelp,
    Contact,
    Alone,
}

const DOORS: &[(Door, f64)] =
    &[(Door::Referral, 67.3), (Door::EarlyHelp, 14.0), (Door::Contact, 18.0), (Door::Alone, 0.7)];

/// The children of the family with a number.
pub fn family(world: &World, seed: u64, number: u64) -> Vec<Child> {
    let mut chance = Chance::new(seed, 1, number);
    let first = world.season.first_day(&mut chance);
    let door = chance.pick(DOORS);
    let locality = chance.pick(&[(LOCALITIES[0], 30.0), (LOCALITIES[1], 36.0), (LOCALITIES[2], 34.0)]);
    let mut children = children(&mut chance, number, first, door == Door::Alone);
    let mut clerk = Clerk { world, chance: &mut chance, locality };
    match door {
        Door::Referral => referrals(&mut clerk, &mut children, first),
        Door::Alone => alone(&mut clerk, &mut children[0], first),
        Door::EarlyHelp => early_help(&mut clerk, &mut children, first),
        Door::Contact => contacts(&mut clerk, &mut children, first),
    }
    for child in &mut children {
        child.settle(&mut clerk);
    }
    children
}

fn children(chance: &mut Chance, number: u64, first: Day, alone: bool) -> Vec<Child> {
    let size = if alone { 1 } else { chance.pick(&[(1, 48.0), (2, 31.0), (3, 15.0), (4, 6.0)]) };
    let ethnicity =
        if alone { person::ethnicity_of_unaccompanied(chance) } else { person::ethnicity(chance) };
    let home = person::postcode(chance, (1, 4));
    let eldest = match alone {
        true => first.plus_days(-chance.between(15 * 365, 17 * 365 + 200)),
        false => person::birth(chance, first),
    };
    let child = |place: u64, chance: &mut Chance| Person {
        id: person::id(number * 4 + place),
        number: number * 4 + place,
        sex: if alone && chance.happens(0.93) { person::Sex::Male } else { person::sex(chance) },
        ethnicity,
        born: if place == 0 { eldest } else { person::birth_of_sibling(chance, eldest, first) },
        disabilities: person::disabilities(chance),
        unaccompanied: alone,
        home: home.clone(),
    };
    (0..size).map(|place| Child::new(child(place, chance))).collect()
}

/// Referrals one after another, each after the one before was closed.
fn referrals(clerk: &mut Clerk<'_>, children: &mut [Child], first: Day) {
    let (mut referred, mut protected) = (first, false);
    while referred <= LAST {
        let (template, into_care) = need::episode(clerk, referred, protected);
        protected |= !template.protection.is_empty();
        let everyone = clerk.chance.happens(0.7);
        for (place, child) in children.iter_mut().enumerate() {
            let concerned = place == 0 || everyone || clerk.chance.happens(0.4);
            if concerned && child.may_be_referred(referred) {
                child.take(clerk, template.clone(), into_care);
            }
        }
        if clerk.chance.happens(0.45) {
            stray_contact(clerk, children, referred.plus_days(-90), template.last_day());
        }
        let closed = template.closed.map_or(referred, |closed| closed.on);
        let never = if protected { 40.0 } else { 59.0 };
        let again = clerk.chance.pick(&[(Some((10, 360)), 24.0), (Some((361, 1_300)), 17.0), (None, never)]);
        let Some((least, most)) = again else { return };
        referred = closed.plus_days(clerk.chance.between(least, most));
        if clerk.chance.happens(0.85) {
            referred = clerk.world.at_work(referred);
        }
    }
}

fn alone(clerk: &mut Clerk<'_>, child: &mut Child, first: Day) {
    let mut need = need::arrival(clerk, first);
    let period = care::period(clerk, &child.person, first, need.code, Route::Unaccompanied);
    after_care(clerk, &mut need, &period);
    child.needs.push(need);
    child.care.push(period);
}

fn early_help(clerk: &mut Clerk<'_>, children: &mut [Child], first: Day) {
    contacts(clerk, children, first);
    for child in children.iter_mut().filter(|child| first.age_in_years(child.person.born) < 18) {
        child.begin_early_help(clerk, first);
    }
}

fn contacts(clerk: &mut Clerk<'_>, children: &mut [Child], first: Day) {
    let again = clerk.chance.wait(500.0);
    for child in children.iter_mut() {
        child.contact(clerk, first);
        if again > 30 && clerk.chance.happens(0.4) {
            child.contact(clerk, first.plus_days(again));
        }
    }
}

fn stray_contact(clerk: &mut Clerk<'_>, children: &mut [Child], from: Day, until: Day) {
    let on = from.plus_days(clerk.chance.between(0, until.days_since(from).max(1)));
    for child in children {
        child.contact(clerk, on);
    }
}

/// What follows care in the case: closed with it, or a child in need plan at home first.
fn after_care(clerk: &mut Clerk<'_>, need: &mut Need, period: &CarePeriod) {
    let ended = period.ended.on;
    let home = matches!(period.reason, "E4A" | "E4B" | "E13");
    need.end_plans_on(period.started().on.plus_days(clerk.chance.between(1, 20)));
    let mut last = need.last_day().max(ended);
    if home {
        let started = clerk.working(last, 1, 5);
        last = clerk.world.at_work(started.plus_days(30 + clerk.chance.wait(60.0)));
        let plan = InNeedPlan { started: clerk.enter(started), ended: clerk.enter(last) };
        need.plans.push(plan);
    }
    need.closure = match period.reason {
        "E11" | "E12" => "RC1",
        "E41" => "RC3",
        "E45" | "E46" | "E47" | "E48" => "RC4",
        "E7" => "RC6",
        _ => "RC7",
    };
    let closed = if home { clerk.working(last, 0, 6) } else { last };
    need.closed = Some(clerk.enter(closed));
}

impl Child {
    fn new(person: Person) -> Self {
        Self {
            person,
            contacts: Vec::new(),
            early_help: Vec::new(),
            needs: Vec::new(),
            care: Vec::new(),
            leaver: None,
        }
    }

    /// Not grown up, not adopted, and no case open.
    fn may_be_referred(&self, on: Day) -> bool {
        let grown = on.plus_days(60).age_in_years(self.person.born) >= 18;
        let unborn_yet = self.person.born.days_since(on) > 160;
        let open = self.needs.last().is_some_and(|need| need.closed.is_some_and(|closed| closed.on >= on));
        let adopted = self.needs.last().is_some_and(|need| need.closure == "RC1");
        !grown && !unborn_yet && !open && !adopted
    }

    /// The family's episode as this child's own; care if it comes to that.
    fn take(&mut self, clerk: &mut Clerk<'_>, mut need: Need, into_care: Option<Day>) {
        let eighteen = self.person.born.plus_years(18);
        let care_on = into_care.filter(|_| self.needs.is_empty() || clerk.chance.happens(0.75));
        let care_on = care_on.filter(|day| {
            let earlier = self.care.last().is_none_or(|period| period.ended.on < *day);
            earlier && *day >= self.person.born.plus_days(1) && day.plus_days(30) < eighteen
        });
        if need.referral.on.age_in_years(self.person.born) < 0 {
            // Nobody has seen a child who is not born.
            need.assessments.iter_mut().for_each(|assessment| assessment.seen = false);
        }
        match care_on {
            Some(day) => {
                let route = route(clerk, &need, day.age_in_years(self.person.born));
                let period = care::period(clerk, &self.person, day, need.code, route);
                after_care(clerk, &mut need, &period);
                self.care.push(period);
            }
            None => need.pre_proceedings = need.pre_proceedings.filter(|stage| !stage.issued),
        }
        need.end_on(eighteen, "RC7");
        if need.no_further_action || need.closed.is_some_and(|closed| closed.on >= need.referral.on) {
            self.early_help_after(clerk, &need);
            self.needs.push(need);
        }
    }

    fn early_help_after(&mut self, clerk: &mut Clerk<'_>, need: &Need) {
        if let (Some(closed), "RC9") = (need.closed, need.closure) {
            let started = clerk.working(closed.on, 2, 20);
            self.begin_early_help(clerk, started);
        }
    }

    fn begin_early_help(&mut self, clerk: &mut Clerk<'_>, from: Day) {
        let started = clerk.world.at_work(from);
        let completed = clerk.within_days(started, 12, 45, 0.4);
        let mut help = EarlyHelp {
            started: clerk.enter(started),
            completed: clerk.enter(completed),
            organisation: clerk.chance.pick(ORGANISATIONS),
        };
        super::fact::entered_in_order(&mut [&mut help.started, &mut help.completed]);
        self.early_help.push(help);
    }

    fn contact(&mut self, clerk: &mut Clerk<'_>, on: Day) {
        if on.age_in_years(self.person.born) >= 18 || self.person.born.days_since(on) > 160 {
            return;
        }
        let source = need::source(clerk);
        self.contacts.push(Contact { received: clerk.enter(on), source, removed: None });
    }

    /// Puts the record in the order in which it was entered, and makes the mistakes that are put right later.
    fn settle(&mut self, clerk: &mut Clerk<'_>) {
        self.leaver = leaver::entitlement(clerk, &self.person, &self.care);
        let mut facts: Vec<&mut Fact> = self.needs.iter_mut().flat_map(Need::facts_in_order).collect();
        facts.extend(self.care.iter_mut().flat_map(CarePeriod::facts_in_order));
        super::fact::entered_in_order(&mut facts);
        for need in &mut self.needs {
            need.plans_as_decided();
        }
        for missing in self.care.iter_mut().flat_map(|period| &mut period.missing) {
            super::fact::entered_in_order(&mut [&mut missing.started, &mut missing.ended]);
        }
        correction::mistakes(clerk, self);
        self.record_twice(clerk);
    }

    /// Now and then a child who comes again is recorded as another child, until somebody notices.
    fn record_twice(&mut self, clerk: &mut Clerk<'_>) {
        let cared_for = &self.care;
        for (place, need) in self.needs.iter_mut().enumerate().skip(1) {
            let plain = need.protection.is_empty() && need.plans.is_empty() && cared_for.is_empty();
            if plain && need.removed.is_none() && clerk.chance.happens(0.03) {
                // Numbers of second records lie above every child's own.
                let number = 2_000_000 + self.person.number * 4 + place as u64 % 4;
                let merged = need.referral.entered.plus_days(clerk.chance.between(40, 260));
                need.double = Some(Double { id: person::id(number), merged });
            }
        }
    }

    /// The locality that holds the case on a day, or held it last.
    pub fn locality(&self) -> Locality {
        self.needs.first().map_or(Locality::South, |need| need.locality)
    }
}

fn route(clerk: &mut Clerk<'_>, need: &Need, age: i32) -> Route {
    if need.pre_proceedings.as_ref().is_some_and(|stage| stage.issued) {
        return Route::Proceedings;
    }
    let young = age < 10;
    match (need.protection.is_empty(), young) {
        (false, _) => clerk.chance.pick(&[
            (Route::Proceedings, 60.0),
            (Route::Agreement, 30.0),
            (Route::Emergency, 10.0),
        ]),
        (true, true) => clerk.chance.pick(&[
            (Route::Emergency, 35.0),
            (Route::Agreement, 45.0),
            (Route::Proceedings, 20.0),
        ]),
        (true, false) => clerk.chance.pick(&[
            (Route::Agreement, 80.0),
            (Route::Emergency, 15.0),
            (Route::Proceedings, 5.0),
        ]),
    }
}

impl Need {
    /// A plan becomes known with the conference that made it.
    fn plans_as_decided(&mut self) {
        for plan in &mut self.protection {
            let conference = self.enquiries.iter().find(|enquiry| enquiry.decided.on == plan.started.on);
            if let Some(conference) = conference {
                plan.started.entered = conference.decided.entered;
            }
        }
    }
}
