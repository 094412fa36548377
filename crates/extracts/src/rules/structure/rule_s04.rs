//! S04: a date that can't be, such as 31 February or the first day of a spreadsheet's calendar.

use crate::cell::FaultKind;
use crate::layout::{Holds, Years};
use crate::reading::Severity;
use crate::rules::shape::unreadable;
use crate::rules::{Answers, Check, Extract, Rule};
use crate::table::ListTable;

/// The rule.
pub const RULE: Rule = Rule {
    code: "S04",
    severity: Severity::Error,
    message: "The date can't be: there is no such day, or it is outside any lifetime.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(_: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    let dates = |holds| matches!(holds, Holds::Day | Holds::Moment);
    unreadable(table, dates, &[FaultKind::ImpossibleDate], answers);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::layout::Collection;
    use crate::rules::testing::Expected::{Fails, Passes};
    use crate::rules::testing::{World, check};

    #[test]
    fn a_day_that_is_not_in_the_calendar_fails() {
        let world = World::new(Collection::Ssda903, 2026, None);
        check(
            &RULE,
            world,
            "Reviews",
            "CHILD|DOB|REVIEW|REVIEW_CODE",
            &[
                ("1|29/02/2012|01/04/2025|PN1", Passes, "a leap day"),
                ("2|29/02/2013|01/04/2025|PN1", Fails, "no leap day"),
                ("3|01/01/1900|01/04/2025|PN1", Fails, "the first day of a spreadsheet"),
                ("4|01/01/2013|soon|PN1", Passes, "words are another rule's"),
            ],
        );
    }
}
