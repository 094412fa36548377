//! 355: an episode of care lasts less than a day. Number from the published SSDA903 validation rules.

use vocabulary::records::Cell;

use crate::layout::Years;
use crate::reading::Severity;
use crate::rules::{Answer, Check, Row, Rule, Why};

/// The rule.
pub const RULE: Rule = Rule {
    code: "355",
    severity: Severity::Error,
    message: "The episode of care ends on the day it began.",
    years: Years::ALL,
    check: Check::EachRow { list: "Episodes", columns: &["DECOM", "DEC"], answer },
};

fn answer(row: &Row<'_>) -> Answer {
    match (row.day(0), row.day(1)) {
        (Cell::Value(began), Cell::Value(ended)) if began == ended => Answer::Fails(1),
        (Cell::Unreadable, Cell::Value(_) | Cell::Unreadable) | (Cell::Value(_), Cell::Unreadable) => {
            Answer::CannotTell(Why::Unreadable)
        }
        _ => Answer::Passes,
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
    fn an_episode_lasts_a_day_at_least() {
        let world = World::new(Collection::Ssda903, 2026, None);
        check(
            &RULE,
            world,
            "Episodes",
            "CHILD|DECOM|DEC",
            &[
                ("1|01/05/2025|02/05/2025", Passes, "a day"),
                ("2|01/05/2025|01/05/2025", Fails, "no day"),
                ("3|01/05/2025|", Passes, "open"),
                ("4|01/05/2025|31/02/2026", Unsure(Why::Unreadable), "no such day"),
            ],
        );
    }
}
