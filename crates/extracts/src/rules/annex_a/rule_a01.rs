//! A01: a child's age is not the one that its date of birth gives on the day of the extract.

use vocabulary::records::Cell;

use crate::layout::Years;
use crate::reading::Severity;
use crate::rules::{Answers, Check, Extract, Rule, Why};
use crate::table::ListTable;

/// The rule. Systems work the age out on different days, so a year more or less passes.
pub const RULE: Rule = Rule {
    code: "A01",
    severity: Severity::Query,
    message: "The age of the child does not agree with the date of birth.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(extract: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    let column = |name| table.layout.column(name).filter(|column| table.columns[*column].is_some());
    let (Some(birth), Some(age_column)) = (column("Date of Birth"), column("Age of Child (Years)")) else {
        return;
    };
    let Some(as_at) = extract.as_at else {
        answers.cannot_tell_any(Why::NoDay);
        return;
    };
    for row in 0..table.len() {
        match (table.day(birth, row), table.number(age_column, row)) {
            (Cell::Value(born), Cell::Value(age)) => {
                // A child not yet born is given as 0 or less.
                let years = f64::from(as_at.age_in_years(born).max(0));
                if (years - age).abs() > 1.0 {
                    answers.fails(row, age_column);
                }
            }
            (Cell::Blank, _) | (_, Cell::Blank) => {}
            _ => answers.cannot_tell(row, Why::Unreadable),
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
    fn an_age_agrees_with_the_birth() {
        let world = World::new(Collection::AnnexA, 2026, Some("2026-05-31"));
        check(
            &RULE,
            world,
            "List 1",
            "Child Unique ID|Date of Birth|Age of Child (Years)",
            &[
                ("1|01/01/2016|10", Passes, "ten years"),
                ("2|01/01/2016|9", Passes, "worked out before the birthday"),
                ("3|01/01/2016|12", Fails, "two years too many"),
                ("4|01/09/2026|0", Passes, "not yet born"),
                ("5|31/02/2016|10", Unsure(Why::Unreadable), "no such day"),
                ("6|01/01/2016|10.25", Unsure(Why::Unreadable), "a decimal age is another rule's"),
            ],
        );
    }
}
