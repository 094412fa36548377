//! S01: a row names no child (or adopter), so it can't become a record.

use vocabulary::records::Cell;

use crate::layout::Years;
use crate::reading::Severity;
use crate::rules::{Answers, Check, Extract, Rule};
use crate::table::ListTable;

/// The rule.
pub const RULE: Rule = Rule {
    code: "S01",
    severity: Severity::Error,
    message: "The row does not say which child or adopter it is about.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(_: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    for row in 0..table.len() {
        if !matches!(table.subject(row), Cell::Value(_)) {
            answers.fails(row, table.layout.subject);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::layout::Collection;
    use crate::rules::testing::Expected::{Fails, Passes};
    use crate::rules::testing::{World, check};

    #[test]
    fn a_row_without_a_child_fails() {
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 1",
            "Child Unique ID|Date of Contact",
            &[
                ("001|01/04/2026", Passes, "a child"),
                ("|01/04/2026", Fails, "none"),
                ("-|01/04/2026", Fails, "a sign for nothing"),
            ],
        );
    }
}
