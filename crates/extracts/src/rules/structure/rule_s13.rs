//! S13: two rows have the same key - the same child and day, or the same child in a list with one row a child.

use crate::layout::Years;
use crate::reading::Severity;
use crate::rules::shape::{blank, groups, hashes, readable};
use crate::rules::{Answers, Check, Extract, Rule, Why};
use crate::table::ListTable;

/// The rule. Rows that are the same in every cell are S12's.
pub const RULE: Rule = Rule {
    code: "S13",
    severity: Severity::Query,
    message: "Another row of the list has the same child and the same start, or the child stands twice where once is meant.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(_: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    let key = &table.layout.key;
    if key.is_empty() {
        return;
    }
    if key.iter().any(|&column| table.columns[column].is_none()) {
        answers.cannot_tell_any(Why::MissingColumn);
        return;
    }
    let whole: Vec<usize> = (0..table.columns.len()).collect();
    let whole = hashes(table, &whole);
    let filled = |row: usize| !key.iter().any(|&column| blank(table, column, row));
    let readable = |row: usize| readable(table, key, row);
    for group in groups(table, key, |row| filled(row) && readable(row)) {
        if group.iter().any(|&row| whole[row as usize] != whole[group[0] as usize]) {
            for row in group {
                answers.fails(row as usize, *key.last().unwrap_or(&table.layout.subject));
            }
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
    fn two_referrals_of_a_child_on_one_day_fail() {
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 3",
            "Child Unique ID|Date of referral|Allocated Team",
            &[
                ("1|01/04/2026|North", Fails, "the same child and day as the third"),
                ("2|01/04/2026|North", Passes, "another child"),
                ("1|01/04/2026|South", Fails, "the same child and day as the first"),
                ("3|01/04/2026|North", Passes, "the same in every cell as the next: another rule's"),
                ("3|01/04/2026|North", Passes, "the same in every cell as the one before"),
                ("4||North", Passes, "no day"),
                ("4|31/02/2026|North", Unsure(Why::Unreadable), "no such day"),
            ],
        );
    }

    #[test]
    fn a_child_stands_once_in_a_list_of_children() {
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 8",
            "Child Unique ID|Date Started to be Looked After",
            &[
                ("1|01/04/2020", Fails, "twice in the list"),
                ("1|01/04/2026", Fails, "twice in the list"),
                ("01|01/04/2026", Passes, "an identifier is text"),
            ],
        );
    }
}
