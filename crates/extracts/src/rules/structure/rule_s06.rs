//! S06: a code that exists, but not in the year of the return.

use crate::layout::{Holds, Years};
use crate::reading::Severity;
use crate::rules::shape::columns;
use crate::rules::{Answers, Check, Extract, Rule};
use crate::table::ListTable;

/// The rule. The record keeps the code: what it means is not in doubt.
pub const RULE: Rule = Rule {
    code: "S06",
    severity: Severity::Error,
    message: "The code is not in use in this year of the collection.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(extract: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    for (column, typed) in columns(table, |holds| matches!(holds, Holds::Code(_) | Holds::Codes(_))) {
        let (Holds::Code(set) | Holds::Codes(set)) = table.layout.columns[column].holds else { continue };
        for dated in &typed.dated {
            let code = &set.codes[usize::from(dated.code)];
            if !code.years.hold(extract.year) {
                answers.fails_with(dated.row as usize, column, extract.words.find(code.code));
            }
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
    fn codes_come_and_go_with_the_years() {
        let rows = |old, new| {
            [
                ("1|01/04/2015|1|WBRI", old, "numbers to 2024"),
                ("2|01/04/2015|F|WBRI", new, "letters from 2025"),
            ]
        };
        for (year, rows) in [(2024, rows(Passes, Fails)), (2025, rows(Fails, Passes))] {
            let world = World::new(Collection::Ssda903, year, None);
            check(&RULE, world, "Header", "CHILD|DOB|SEX|ETHNIC", &rows);
        }
    }

    #[test]
    fn semi_independent_placements_ended_in_2024() {
        for (year, answer) in [(2024, Passes), (2025, Fails)] {
            let world = World::new(Collection::Ssda903, year, None);
            check(
                &RULE,
                world,
                "Episodes",
                "CHILD|DECOM|PLACE",
                &[
                    ("1|01/05/2024|H5", answer, "semi-independent"),
                    ("2|01/05/2024|U4", Passes, "foster care"),
                ],
            );
        }
    }

    #[test]
    fn a_factor_that_was_split_is_not_used_any_more() {
        let world = World::new(Collection::ChildrenInNeed, 2026, None);
        check(
            &RULE,
            world,
            "Assessments",
            "LAchildID|AssessmentFactors",
            &[("1|1A 18B", Passes, "as split in 2022"), ("2|18B 18A 1A", Fails, "as before")],
        );
    }
}
