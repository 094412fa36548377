//! S17: a day stands without the time of day where a clock of hours runs from it.

use crate::cell::FaultKind;
use crate::layout::{Holds, Years};
use crate::reading::Severity;
use crate::rules::shape::unreadable;
use crate::rules::{Answers, Check, Extract, Rule};
use crate::table::ListTable;

/// The rule. A day alone is not taken for midnight: 72 hours from then would be another hour than the real one.
pub const RULE: Rule = Rule {
    code: "S17",
    severity: Severity::Query,
    message: "The time of day is missing, so what must happen within hours can't be told.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(_: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    unreadable(table, |holds| matches!(holds, Holds::Moment), &[FaultKind::NoTime], answers);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::register::tests::return_interviews;
    use crate::rules::testing::Expected::{Fails, Passes};
    use crate::rules::testing::{World, check};

    #[test]
    fn a_day_alone_fails_where_hours_count() {
        let world = World::new(return_interviews(), 2026, None);
        check(
            &RULE,
            world,
            "Return interviews",
            "Child|Went missing|Found or returned",
            &[
                ("1|01/04/2026|02/04/2026 09:15", Passes, "a day and a time"),
                ("2|01/04/2026|02/04/2026", Fails, "a day alone"),
                ("3|01/04/2026|", Passes, "a blank is another rule's"),
                ("4|01/04/2026|31/02/2026 09:15", Passes, "an impossible date is another rule's"),
            ],
        );
    }
}
