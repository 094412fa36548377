//! S07: a number that is none, is no whole number, or is outside its bounds.

use crate::cell::FaultKind;
use crate::layout::{Holds, Years};
use crate::reading::Severity;
use crate::rules::shape::unreadable;
use crate::rules::{Answers, Check, Extract, Rule};
use crate::table::ListTable;

/// The rule.
pub const RULE: Rule = Rule {
    code: "S07",
    severity: Severity::Query,
    message: "The number is not a whole number, or is outside what the column may hold.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(_: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    let kinds =
        [FaultKind::NotANumber, FaultKind::NotWhole, FaultKind::OutOfBounds, FaultKind::SpreadsheetError];
    unreadable(table, |holds| matches!(holds, Holds::Whole { .. } | Holds::Number), &kinds, answers);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::layout::Collection;
    use crate::rules::testing::Expected::{Fails, Passes};
    use crate::rules::testing::{World, check};

    #[test]
    fn numbers_are_whole_and_within_bounds() {
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 1",
            "Child Unique ID|Age of Child (Years)",
            &[
                ("1|6", Passes, "whole years"),
                ("2|6.138", Fails, "a decimal age, as some systems export"),
                ("3|six", Fails, "words"),
                ("4|", Passes, "blank"),
            ],
        );
        let world = World::new(Collection::Ssda903, 2026, None);
        check(
            &RULE,
            world,
            "OC2",
            "CHILD|SDQ_SCORE",
            &[("1|40", Passes, "the highest score"), ("2|41", Fails, "over it")],
        );
    }
}
