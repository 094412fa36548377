//! S12: a row is the same as another in every cell.
//!
//! Only the first becomes a record, so that nothing is counted twice; Annex A's contacts are all kept, since a child
//! may have two of one kind on a day and the list has nothing that would tell them apart.

use crate::layout::Years;
use crate::reading::Severity;
use crate::rules::shape::{groups_of_siblings, readable};
use crate::rules::{Answers, Check, Extract, Rule, Why};
use crate::table::ListTable;

/// The rule.
pub const RULE: Rule = Rule {
    code: "S12",
    severity: Severity::Query,
    message: "The row is the same as another row of the list in every cell.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(_: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    let columns: Vec<usize> = (0..table.columns.len()).collect();
    let readable = |row: usize| readable(table, &columns, row);
    for group in groups_of_siblings(table, &columns, readable) {
        for row in group {
            answers.fails(row as usize, table.layout.subject);
        }
    }
    for row in (0..table.len()).filter(|&row| !readable(row)) {
        answers.cannot_tell(row, Why::Unreadable);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::layout::Collection;
    use crate::rules::Why;
    use crate::rules::testing::Expected::{Fails, Passes, Unsure};
    use crate::rules::testing::{World, check};

    #[test]
    fn every_one_of_the_same_rows_fails() {
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 3",
            "Child Unique ID|Date of referral|Allocated Team",
            &[
                ("1|01/04/2026|North", Fails, "the same as the third"),
                ("1|02/04/2026|North", Passes, "another day"),
                ("1|01/04/2026|North", Fails, "the same as the first"),
                ("1|31/02/2026|North", Unsure(Why::Unreadable), "what can't be read is not the same"),
                ("1|31/02/2026|North", Unsure(Why::Unreadable), "what can't be read is not the same"),
            ],
        );
    }
}
