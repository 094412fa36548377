//! Adopters: enquiry, two stages of assessment, approval, match, placement, order; those without a child leave in time
//! (stages of two and four months, statutory adoption guidance 2013).

use vocabulary::day::Day;

use super::care::Adoption;
use super::clerk::Clerk;
use super::fact::Fact;
use super::person::{self, Sex};

/// One adopter; two of one family are two.
#[derive(Clone, Debug)]
pub struct Adopter {
    /// The agency's identifier.
    pub id: String,
    /// The family.
    pub family: u64,
    /// Sex.
    pub sex: Sex,
    /// Ethnicity.
    pub ethnicity: &'static str,
    /// Has a disability.
    pub disabled: bool,
    /// What happened, the same for both of a family.
    pub course: Course,
}

/// The days of an adoptive family.
#[derive(Clone, Debug)]
pub struct Course {
    /// Fosters for adoption.
    pub fostering: bool,
    /// Enquiry received.
    pub enquired: Fact,
    /// Stage one began.
    pub first_started: Option<Fact>,
    /// Stage one ended.
    pub first_ended: Option<Fact>,
    /// Stage two began.
    pub second_started: Option<Fact>,
    /// Stage two ended.
    pub second_ended: Option<Fact>,
    /// Application submitted.
    pub applied: Option<Fact>,
    /// Application approved.
    pub approved: Option<Fact>,
    /// Matched with a child.
    pub matched: Option<Fact>,
    /// A child was placed.
    pub placed: Option<Fact>,
    /// Adoption order.
    pub adopted: Option<Fact>,
    /// Left the process, and why.
    pub left: Option<(Fact, &'static str)>,
}

/// The adopters of a child who was matched.
pub fn of_a_child(clerk: &mut Clerk<'_>, adoption: &Adoption) -> Vec<Adopter> {
    let Some(matched) = adoption.matched else { return Vec::new() };
    // Carers who foster for adoption are approved before the child comes to them.
    let ready = adoption.fostering.map_or(matched.on, |fostering| fostering.on.min(matched.on));
    let approved = clerk.world.at_work(ready.plus_days(-clerk.chance.between(12, 330)));
    let enquired = approved.plus_days(-clerk.chance.between(250, 380));
    let mut course = course(clerk, enquired, Some(approved));
    course.fostering = adoption.fostering.is_some();
    (course.matched, course.placed, course.adopted) = (adoption.matched, adoption.placed, adoption.adopted);
    course.keep_order();
    family(clerk, adoption.family, adoption.adopters, &course)
}

/// A family that enquires on a day and finds no child; about a third leave as soon as they are assessed.
pub fn waiting(clerk: &mut Clerk<'_>, number: u64, enquired: Day) -> Vec<Adopter> {
    let mut course = course(clerk, enquired, None);
    let after = course.facts().into_iter().map(|fact| fact.on).max().unwrap_or(enquired);
    // Nobody waits for ever: some leave at once, the others after years.
    let day =
        if clerk.chance.happens(0.35) { clerk.working(after, 5, 60) } else { clerk.working(after, 250, 600) };
    let why = clerk.chance.pick(&[("1", 60.0), ("2", 25.0), ("3", 15.0)]);
    course.left = Some((clerk.enter(day), why));
    course.keep_order();
    let size = if clerk.chance.happens(0.85) { 2 } else { 1 };
    family(clerk, number, size, &course)
}

fn course(clerk: &mut Clerk<'_>, enquired: Day, approval: Option<Day>) -> Course {
    let enquired = clerk.world.at_work(enquired);
    let first_started = clerk.working(enquired, 4, 25);
    let first_ended = clerk.within_days(first_started, 40, 61, 0.4);
    let second_started = clerk.working(first_ended, 1, 20);
    let second_ended = clerk.within_days(second_started, 80, 121, 0.4);
    let approved = clerk.working(second_ended, 1, 12);
    // Approval before the match is certain, so a course that ran late is one that began earlier.
    let earlier = approval.map_or(0, |approval| approved.days_since(approval).max(0));
    let mut entered = |day: Day| {
        let day = if earlier == 0 { day } else { clerk.world.at_work(day.plus_days(-earlier)) };
        clerk.enter(day)
    };
    Course {
        fostering: false,
        enquired: entered(enquired),
        first_started: Some(entered(first_started)),
        first_ended: Some(entered(first_ended)),
        second_started: Some(entered(second_started)),
        second_ended: Some(entered(second_ended)),
        applied: Some(entered(second_started)),
        approved: Some(entered(approved)),
        matched: None,
        placed: None,
        adopted: None,
        left: None,
    }
}

fn family(clerk: &mut Clerk<'_>, number: u64, size: i64, course: &Course) -> Vec<Adopter> {
    let ethnicity = person::ethnicity(clerk.chance);
    let alike = clerk.chance.happens(0.15);
    let first = if clerk.chance.happens(0.5) { Sex::Male } else { Sex::Female };
    let other = if first == Sex::Male { Sex::Female } else { Sex::Male };
    let adopter = |place: i64, clerk: &mut Clerk<'_>| Adopter {
        id: format!("A{}{place}", person::id(number + 6_500_000)),
        family: number,
        sex: if place == 1 || alike { first } else { other },
        ethnicity,
        disabled: clerk.chance.happens(0.04),
        course: course.clone(),
    };
    (1..=size).map(|place| adopter(place, clerk)).collect()
}

/// The family identifier of lists 10 and 11.
pub fn family_id(number: u64) -> String {
    // Far from the numbers of children, so that a family's identifier says nothing of the child's.
    format!("F{}", person::id(number + 5_500_000))
}

impl Course {
    fn facts(&mut self) -> Vec<&mut Fact> {
        let mut facts = vec![&mut self.enquired];
        let stages = [
            &mut self.first_started,
            &mut self.first_ended,
            &mut self.second_started,
            &mut self.second_ended,
            &mut self.applied,
            &mut self.approved,
            &mut self.matched,
            &mut self.placed,
            &mut self.adopted,
        ];
        facts.extend(stages.into_iter().flatten());
        facts.extend(self.left.iter_mut().map(|(fact, _)| fact));
        facts
    }

    fn keep_order(&mut self) {
        super::fact::entered_in_order(&mut self.facts());
    }
}
