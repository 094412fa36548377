//! S03: what stands in a column of dates is no date.

use crate::cell::FaultKind;
use crate::layout::{Holds, Years};
use crate::reading::Severity;
use crate::rules::shape::unreadable;
use crate::rules::{Answers, Check, Extract, Rule};
use crate::table::ListTable;

/// The rule.
pub const RULE: Rule = Rule {
    code: "S03",
    severity: Severity::Error,
    message: "What stands in a column of dates is not a date.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(_: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    let kinds = [FaultKind::NotADate, FaultKind::SpreadsheetError];
    unreadable(table, |holds| matches!(holds, Holds::Day | Holds::Moment), &kinds, answers);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::layout::Collection;
    use crate::rules::testing::Expected::{Fails, Passes};
    use crate::rules::testing::{World, check};

    #[test]
    fn words_in_a_column_of_dates_fail() {
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 1",
            "Child Unique ID|Date of Contact",
            &[
                ("1|01/04/2026", Passes, "a date"),
                ("2|next week", Fails, "words"),
                ("3|", Passes, "a blank is another rule's"),
                ("4|31/02/2026", Passes, "an impossible date is another rule's"),
            ],
        );
    }
}
