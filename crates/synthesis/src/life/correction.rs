//! Mistakes that are put right in a later month: a day changed, a record removed, two records merged.
//!
//! What is restated is never out of order: the wrong day still lies after what came before it.

use vocabulary::day::Day;

use super::clerk::Clerk;
use super::fact::{Fact, Mistake};
use super::family::Child;

/// One correction, for the list of what a council put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The day it was made.
    pub on: Day,
    /// The child, by the identifier of the record.
    pub child: String,
    /// `changed`, `removed` or `merged`.
    pub what: &'static str,
    /// The kind of record: `assessment`.
    pub record: &'static str,
    /// What it said before.
    pub before: String,
    /// What it says since; empty for a record that was removed.
    pub after: String,
}

/// Makes mistakes in a child's record, and the days on which they are put right.
pub fn mistakes(clerk: &mut Clerk<'_>, child: &mut Child) {
    for contact in &mut child.contacts {
        contact.removed = clerk.chance.happens(0.01).then(|| later(clerk, &contact.received));
    }
    for need in &mut child.needs {
        if need.no_further_action && clerk.chance.happens(0.06) {
            need.removed = Some(later(clerk, &need.referral));
        }
        for assessment in &mut need.assessments {
            if clerk.chance.happens(0.015) {
                assessment.authorised.mistaken(clerk, 9, assessment.started.on);
            }
        }
    }
    for period in &mut child.care {
        for review in &mut period.reviews {
            if clerk.chance.happens(0.006) {
                review.held.mistaken(clerk, 6, period.episodes[0].started.on.plus_days(5));
            }
        }
        for missing in &mut period.missing {
            missing.removed = clerk.chance.happens(0.015).then(|| later(clerk, &missing.started));
        }
    }
}

fn later(clerk: &mut Clerk<'_>, fact: &Fact) -> Day {
    fact.entered.plus_days(clerk.chance.between(20, 150))
}

impl Fact {
    /// Enters a day up to some days too early, but not before another, and puts it right later.
    pub fn mistaken(&mut self, clerk: &mut Clerk<'_>, most: i32, not_before: Day) {
        let said = self.on.plus_days(-clerk.chance.between(1, most));
        if said >= not_before {
            self.first_said = Some(Mistake { said, corrected: later(clerk, self) });
        }
    }

    fn correction(&self, child: &Child, record: &'static str) -> Option<Correction> {
        let mistake = self.first_said?;
        Some(Correction {
            on: mistake.corrected,
            child: child.person.id.clone(),
            what: "changed",
            record,
            before: mistake.said.to_string(),
            after: self.on.to_string(),
        })
    }
}

/// Every correction of a child's record.
pub fn corrections(child: &Child) -> Vec<Correction> {
    let mut list = Vec::new();
    let removed = |day: Option<Day>, record: &'static str, on: Day| {
        let (child, before) = (child.person.id.clone(), on.to_string());
        day.map(|day| Correction { on: day, child, what: "removed", record, before, after: String::new() })
    };
    list.extend(child.contacts.iter().filter_map(|one| removed(one.removed, "contact", one.received.on)));
    for need in &child.needs {
        list.extend(removed(need.removed, "referral", need.referral.on));
        list.extend(removed(need.removed, "contact", need.contact.on));
        list.extend(need.assessments.iter().filter_map(|one| one.authorised.correction(child, "assessment")));
        let visits = need.protection.iter().flat_map(|plan| &plan.visits);
        list.extend(visits.filter_map(|visit| visit.made.correction(child, "protection_visit")));
        list.extend(need.double.iter().map(|double| Correction {
            on: double.merged,
            child: child.person.id.clone(),
            what: "merged",
            record: "child",
            before: double.id.clone(),
            after: child.person.id.clone(),
        }));
    }
    for period in &child.care {
        list.extend(period.reviews.iter().filter_map(|one| one.held.correction(child, "care_review")));
        let missing = period.missing.iter();
        list.extend(missing.filter_map(|one| removed(one.removed, "missing_episode", one.started.on)));
    }
    list
}
