//! 8870Q: the target for an initial child protection conference is on a weekend. Number from the published rules of the census.

use crate::layout::Years;
use crate::reading::Severity;
use crate::rules::shape::not_on_a_weekend;
use crate::rules::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "8870Q",
    severity: Severity::Query,
    message: "The target day of the initial child protection conference is a Saturday or Sunday.",
    years: Years::ALL,
    check: Check::EachRow {
        list: "Section47",
        columns: &["InitialCPCtarget"],
        answer: |row| not_on_a_weekend(row.day(0), 0),
    },
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::layout::Collection;
    use crate::rules::Why;
    use crate::rules::testing::Expected::{Fails, Passes, Unsure};
    use crate::rules::testing::{World, check};

    #[test]
    fn conferences_are_on_working_days_of_the_week() {
        let world = World::new(Collection::ChildrenInNeed, 2026, None);
        check(
            &RULE,
            world,
            "Section47",
            "LAchildID|InitialCPCtarget",
            &[
                ("1|2026-01-16", Passes, "a Friday"),
                ("2|2026-01-17", Fails, "a Saturday"),
                ("3|2026-01-18", Fails, "a Sunday"),
                ("4|2026-01-19", Passes, "a Monday"),
                ("5|", Passes, "none held"),
                ("6|2026-02-30", Unsure(Why::Unreadable), "no such day"),
            ],
        );
    }
}
