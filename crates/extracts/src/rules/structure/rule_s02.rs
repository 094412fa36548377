//! S02: a cell that must be filled is blank.

use crate::layout::Years;
use crate::reading::Severity;
use crate::rules::shape::blank;
use crate::rules::{Answers, Check, Extract, Rule};
use crate::table::ListTable;

/// The rule. Whom a row is about is S01's to ask.
pub const RULE: Rule = Rule {
    code: "S02",
    severity: Severity::Error,
    message: "A cell that must be filled is blank.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(extract: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    for (number, column) in table.layout.columns.iter().enumerate() {
        let asked = column.required && column.years.hold(extract.year) && number != table.layout.subject;
        if !asked || table.columns[number].is_none() {
            continue;
        }
        for row in (0..table.len()).filter(|&row| blank(table, number, row)) {
            answers.fails(row, number);
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
    fn a_blank_fails_and_an_unreadable_cell_is_not_blank() {
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 3",
            "Child Unique ID|Date of referral|Allocated Team|Date of Birth",
            &[
                ("1|01/04/2026|North|", Passes, "a birth date may be blank"),
                ("2||North|", Fails, "no referral date"),
                ("3|01/04/2026|#N/A|", Fails, "a look-up that found nothing is blank"),
                ("4|31/02/2026|North|", Passes, "something stands there"),
            ],
        );
    }

    #[test]
    fn a_column_is_asked_for_only_in_its_years() {
        for (year, answer) in [(2024, Passes), (2025, Fails)] {
            let world = World::new(Collection::ChildrenInNeed, year, None);
            check(
                &RULE,
                world,
                "Child",
                "LAchildID|Sex|Ethnicity",
                &[("1||WBRI", answer, "sex is asked for from 2025, gender before")],
            );
        }
    }
}
