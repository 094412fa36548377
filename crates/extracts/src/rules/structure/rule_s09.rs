//! S09: two dates of a row are in the wrong order. Which dates: `layout/orders.tsv`.

use crate::layout::Years;
use crate::reading::Severity;
use crate::rules::shape::in_order;
use crate::rules::{Answer, Answers, Check, Extract, Rule, Why};
use crate::table::ListTable;

/// The rule.
pub const RULE: Rule = Rule {
    code: "S09",
    severity: Severity::Error,
    message: "A date comes before one that it must follow.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(extract: &Extract<'_>, list: usize, table: &ListTable, answers: &mut Answers) {
    for order in extract.layout.orders.iter().filter(|order| order.list == list) {
        if table.columns[order.earlier].is_none() || table.columns[order.later].is_none() {
            answers.cannot_tell_any(Why::MissingColumn);
            continue;
        }
        for row in 0..table.len() {
            let (earlier, later) = (table.day(order.earlier, row), table.day(order.later, row));
            match in_order(earlier, later, order.days_before_allowed, order.later) {
                Answer::Passes => {}
                Answer::Fails(column) => answers.fails(row, column),
                Answer::CannotTell(why) => answers.cannot_tell(row, why),
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
    fn an_end_before_its_start_fails_and_an_unreadable_one_can_not_be_told() {
        let world = World::new(Collection::Ssda903, 2026, None);
        check(
            &RULE,
            world,
            "Missing",
            "CHILD|DOB|MIS_START|MIS_END",
            &[
                ("1|01/01/2012|03/05/2025|04/05/2025", Passes, "back the next day"),
                ("2|01/01/2012|03/05/2025|03/05/2025", Passes, "back the same day"),
                ("3|01/01/2012|03/05/2025|02/05/2025", Fails, "back the day before"),
                ("4|01/01/2012|03/05/2025|", Passes, "still missing"),
                ("5|01/01/2012|31/02/2025|02/05/2025", Unsure(Why::Unreadable), "no such day"),
                ("6|01/01/2012|31/02/2025|", Unsure(Why::Unreadable), "born before no such day?"),
                ("7|01/06/2025|31/02/2025|02/05/2025", Unsure(Why::Unreadable), "no such day"),
            ],
        );
    }

    #[test]
    fn work_on_a_child_not_yet_born_passes() {
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 1",
            "Child Unique ID|Date of Birth|Date of Contact",
            &[
                ("1|01/06/2026|01/03/2026", Passes, "three months before birth"),
                ("2|01/06/2026|01/06/2025", Fails, "a year before birth"),
            ],
        );
    }

    #[test]
    fn without_one_of_the_columns_nothing_can_be_told() {
        let world = World::new(Collection::ChildrenInNeed, 2026, None);
        check(
            &RULE,
            world,
            "CINPlanDates",
            "LAchildID|CINPlanStartDate",
            &[("1|01/06/2025", Unsure(Why::MissingColumn), "no end dates in the file")],
        );
    }
}
