//! S11: a date lies before the window its list is about. Which dates and windows: `layout/periods.tsv`.

use vocabulary::day::Day;
use vocabulary::records::Cell;

use crate::layout::{Window, Years};
use crate::reading::Severity;
use crate::rules::{Answers, Check, Extract, Rule, Why};
use crate::table::ListTable;

/// The rule. Starts may lie long before: a care episode that has been open since 2009 is valid.
pub const RULE: Rule = Rule {
    code: "S11",
    severity: Severity::Query,
    message: "The date lies before the period that the list is about.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(extract: &Extract<'_>, list: usize, table: &ListTable, answers: &mut Answers) {
    for &(_, column, window) in extract.layout.windows.iter().filter(|(other, ..)| *other == list) {
        if window == Window::MayBeLater || table.columns[column].is_none() {
            continue;
        }
        let Some(first) = first_day(extract, window) else {
            answers.cannot_tell_any(Why::NoDay);
            return;
        };
        for row in 0..table.len() {
            match table.day(column, row) {
                Cell::Value(day) if day < first => answers.fails(row, column),
                Cell::Unreadable => answers.cannot_tell(row, Why::Unreadable),
                Cell::Value(_) | Cell::Blank => {}
            }
        }
    }
}

fn first_day(extract: &Extract<'_>, window: Window) -> Option<Day> {
    match window {
        Window::Months(months) => Some(extract.as_at?.plus_months(-months)),
        Window::Year => Day::new(extract.year - 1, 4, 1),
        Window::MayBeLater => None,
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
    fn a_list_of_six_months_goes_back_six_months() {
        let world = World::new(Collection::AnnexA, 2026, Some("2026-05-31"));
        check(
            &RULE,
            world,
            "List 3",
            "Child Unique ID|Date of referral",
            &[
                ("1|30/11/2025", Passes, "six months before"),
                ("2|29/11/2025", Fails, "a day more"),
                ("3|30/02/2026", Unsure(Why::Unreadable), "no such day"),
            ],
        );
        let world = World::new(Collection::AnnexA, 2026, None);
        check(
            &RULE,
            world,
            "List 3",
            "Child Unique ID|Date of referral",
            &[("1|30/11/2015", Unsure(Why::NoDay), "without a day of the extract")],
        );
    }

    #[test]
    fn what_ended_before_the_year_is_not_of_the_year() {
        let world = World::new(Collection::Ssda903, 2026, None);
        check(
            &RULE,
            world,
            "Episodes",
            "CHILD|DECOM|DEC",
            &[
                ("1|01/06/2009|", Passes, "open since 2009"),
                ("2|01/06/2009|01/04/2025", Passes, "ended on the first day"),
                ("3|01/06/2009|31/03/2025", Fails, "ended the day before"),
            ],
        );
    }
}
