//! S10: a date is later than anything in the extract can be: after the day it was made, or after the year of the return.

use vocabulary::records::Cell;

use crate::layout::{Holds, Window, Years};
use crate::reading::Severity;
use crate::rules::shape::columns;
use crate::rules::{Answers, Check, Extract, Rule, Why};
use crate::table::ListTable;

/// The rule. Expected births and targets may be later (`layout/periods.tsv`).
pub const RULE: Rule = Rule {
    code: "S10",
    severity: Severity::Error,
    message: "The date is later than the day of the extract or the end of the return's year.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(extract: &Extract<'_>, list: usize, table: &ListTable, answers: &mut Answers) {
    let Some(latest) = extract.latest else {
        answers.cannot_tell_any(Why::NoDay);
        return;
    };
    for (column, typed) in columns(table, |holds| matches!(holds, Holds::Day | Holds::Moment)) {
        if extract.layout.windows.contains(&(list, column, Window::MayBeLater)) {
            continue;
        }
        for row in 0..table.len() {
            match typed.cells.day(row) {
                Cell::Value(day) if day > latest => answers.fails(row, column),
                Cell::Unreadable => answers.cannot_tell(row, Why::Unreadable),
                Cell::Value(_) | Cell::Blank => {}
            }
        }
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
    fn nothing_happens_after_the_extract_was_made() {
        let world = World::new(Collection::AnnexA, 2026, Some("2026-05-31"));
        check(
            &RULE,
            world,
            "List 1",
            "Child Unique ID|Date of Contact",
            &[
                ("1|31/05/2026", Passes, "on the day"),
                ("2|01/06/2026", Fails, "the day after"),
                ("3|31/06/2026", Unsure(Why::Unreadable), "no such day"),
                ("4|", Passes, "blank"),
            ],
        );
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 1",
            "Child Unique ID|Date of Contact",
            &[("1|31/05/2062", Unsure(Why::NoDay), "without a day of the extract")],
        );
    }

    #[test]
    fn a_return_ends_on_31_march_but_a_birth_may_be_expected_later() {
        let world = World::new(Collection::ChildrenInNeed, 2026, None);
        check(
            &RULE,
            world,
            "Child",
            "LAchildID|ExpectedPersonBirthDate|PersonDeathDate",
            &[
                ("1|2026-06-01|", Passes, "expected in June"),
                ("2||2026-03-31", Passes, "on the last day"),
                ("3||2026-04-01", Fails, "the day after"),
            ],
        );
    }
}
