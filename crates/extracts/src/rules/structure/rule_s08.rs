//! S08: a postcode, pupil number, registration or text that is not of its form.

use crate::cell::FaultKind;
use crate::layout::{Holds, Years};
use crate::reading::Severity;
use crate::rules::shape::unreadable;
use crate::rules::{Answers, Check, Extract, Rule};
use crate::table::ListTable;

/// The rule. What stands in the cell is not repeated in the finding where it could tell where a child lives.
pub const RULE: Rule = Rule {
    code: "S08",
    severity: Severity::Query,
    message: "The text is not of the form the column asks for.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(_: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    let formed = |holds| {
        matches!(
            holds,
            Holds::Postcode | Holds::PupilNumber | Holds::Registration | Holds::Text | Holds::Identifier
        )
    };
    unreadable(table, formed, &[FaultKind::Malformed, FaultKind::SpreadsheetError], answers);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::layout::Collection;
    use crate::rules::testing::Expected::{Fails, Passes};
    use crate::rules::testing::{World, check};

    #[test]
    fn postcodes_and_numbers_have_their_form() {
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 8",
            "Child Unique ID|Placement postcode",
            &[("1|LS1 4AP", Passes, "a postcode"), ("2|nope", Fails, "none")],
        );
        let world = World::new(Collection::ChildrenInNeed, 2026, None);
        check(
            &RULE,
            world,
            "Child",
            "LAchildID|UPN",
            &[
                ("1|A123456789012", Passes, "letter, eleven digits, digit"),
                ("2|123456789012A", Fails, "no letter first"),
            ],
        );
    }
}
