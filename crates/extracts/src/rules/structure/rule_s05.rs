//! S05: a code that is not in the column's code set.

use crate::cell::FaultKind;
use crate::layout::{Holds, Years};
use crate::reading::Severity;
use crate::rules::shape::unreadable;
use crate::rules::{Answers, Check, Extract, Rule};
use crate::table::ListTable;

/// The rule. Annex A takes letters, labels and systems' own spellings; the returns to the Department take codes alone.
pub const RULE: Rule = Rule {
    code: "S05",
    severity: Severity::Error,
    message: "The code is not one of those the column may hold.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(_: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    let kinds = [FaultKind::NotACode, FaultKind::SpreadsheetError];
    unreadable(table, |holds| matches!(holds, Holds::Code(_) | Holds::Codes(_)), &kinds, answers);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::layout::Collection;
    use crate::rules::testing::Expected::{Fails, Passes};
    use crate::rules::testing::{World, check};

    #[test]
    fn text_that_is_no_code_fails() {
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 6",
            "Child Unique ID|Primary Need Code|Case Status",
            &[
                ("1|a) N1: Abuse or neglect|c) Child in need plan", Passes, "the usual spelling"),
                ("2|Physical support|c)", Fails, "an adult social care code"),
                ("3||c)", Passes, "a blank is another rule's"),
            ],
        );
    }

    #[test]
    fn one_wrong_factor_among_several_fails() {
        let world = World::new(Collection::ChildrenInNeed, 2026, None);
        check(
            &RULE,
            world,
            "Assessments",
            "LAchildID|AssessmentFactors",
            &[("1|1A 10A", Passes, "two factors"), ("2|1A RB", Fails, "one is none")],
        );
    }
}
