//! 8805: a closed episode of need without a reason. Number from the published rules of the census.

use vocabulary::records::Cell;

use crate::layout::Years;
use crate::reading::Severity;
use crate::rules::{Answer, Check, Row, Rule};

/// The rule. A date that can't be read is still a closure.
pub const RULE: Rule = Rule {
    code: "8805",
    severity: Severity::Error,
    message: "The episode of need has a closure date but no reason for closure.",
    years: Years::ALL,
    check: Check::EachRow { list: "CINdetails", columns: &["CINclosureDate", "ReasonForClosure"], answer },
};

fn answer(row: &Row<'_>) -> Answer {
    match (row.day(0), row.text(1)) {
        (Cell::Blank, _) => Answer::Passes,
        (_, Cell::Blank) => Answer::Fails(1),
        _ => Answer::Passes,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::layout::Collection;
    use crate::rules::testing::Expected::{Fails, Passes};
    use crate::rules::testing::{World, check};

    #[test]
    fn a_closure_has_its_reason() {
        let world = World::new(Collection::ChildrenInNeed, 2026, None);
        check(
            &RULE,
            world,
            "CINdetails",
            "LAchildID|CINclosureDate|ReasonForClosure",
            &[
                ("1|2025-05-26|RC7", Passes, "closed with a reason"),
                ("2|2025-05-26|", Fails, "closed without one"),
                ("3||", Passes, "open"),
                ("4||RC7", Passes, "a reason alone is another rule's"),
                ("5|2025-02-30|", Fails, "closed on no such day, and without a reason"),
                ("6|2025-05-26|RC99", Passes, "a wrong reason is another rule's"),
            ],
        );
    }
}
