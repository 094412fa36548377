//! S14: what a row points at is not in the list where it must stand. Which lists: `layout/links.tsv`.

use vocabulary::records::{Cell, Word};

use crate::layout::{Link, Years};
use crate::reading::Severity;
use crate::rules::{Answer, Answers, Check, Extract, Rule, Why};
use crate::table::ListTable;

/// The rule.
pub const RULE: Rule = Rule {
    code: "S14",
    severity: Severity::Query,
    message: "The child or family of the row is not in the other list where it must stand too.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(extract: &Extract<'_>, list: usize, table: &ListTable, answers: &mut Answers) {
    for link in extract.layout.links.iter().filter(|link| link.list == list) {
        let wanted = link.when.map(|(column, code)| (column, extract.words.find(code)));
        let named = wanted.map_or(link.column, |(column, _)| column);
        if table.columns[link.column].is_none() || table.columns[named].is_none() {
            continue;
        }
        let (there, missing_list) = standing(extract, link);
        for row in 0..table.len() {
            if let Some((column, code)) = wanted {
                match table.word(column, row) {
                    Cell::Value(word) if Some(word) == code => {}
                    Cell::Unreadable => {
                        answers.cannot_tell(row, Why::Unreadable);
                        continue;
                    }
                    Cell::Value(_) | Cell::Blank => continue,
                }
            }
            match answer(table.word(link.column, row), &there, missing_list, link.column) {
                Answer::Passes => {}
                Answer::Fails(column) => answers.fails(row, column),
                Answer::CannotTell(why) => answers.cannot_tell(row, why),
            }
        }
    }
}

fn answer(cell: Cell<Word>, there: &[bool], missing_list: bool, column: usize) -> Answer {
    match cell {
        Cell::Blank => Answer::Passes,
        Cell::Unreadable => Answer::CannotTell(Why::Unreadable),
        Cell::Value(word) if there[word.0 as usize] => Answer::Passes,
        Cell::Value(_) if missing_list => Answer::CannotTell(Why::MissingList),
        Cell::Value(_) => Answer::Fails(column),
    }
}

/// The words that stand in any of the lists linked to, and whether one of those lists is missing.
fn standing(extract: &Extract<'_>, link: &Link) -> (Vec<bool>, bool) {
    let mut there = vec![false; extract.words.len()];
    let mut missing_list = false;
    for &(list, column) in &link.to {
        let Some(table) = extract.tables[list].as_ref().filter(|table| table.columns[column].is_some())
        else {
            missing_list = true;
            continue;
        };
        for row in 0..table.len() {
            if let Cell::Value(word) = table.word(column, row) {
                there[word.0 as usize] = true;
            }
        }
    }
    (there, missing_list)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::layout::Collection;
    use crate::rules::Why;
    use crate::rules::testing::Expected::{Fails, Passes, Unsure};
    use crate::rules::testing::{World, check};

    #[test]
    fn every_child_of_a_module_has_a_header_row() {
        let header = ["1|M|01/01/2012", "2|F|01/01/2012"];
        let world = World::new(Collection::Ssda903, 2026, None).with("Header", "CHILD|SEX|DOB", &header);
        check(
            &RULE,
            world,
            "Reviews",
            "CHILD|REVIEW",
            &[
                ("1|01/05/2025", Passes, "in Header"),
                ("3|01/05/2025", Fails, "not in Header"),
                ("|01/05/2025", Passes, "no child is another rule's"),
            ],
        );
        let world = World::new(Collection::Ssda903, 2026, None);
        check(
            &RULE,
            world,
            "Reviews",
            "CHILD|REVIEW",
            &[("3|01/05/2025", Unsure(Why::MissingList), "there is no Header")],
        );
    }

    #[test]
    fn a_care_leaver_needs_no_episode() {
        let world = World::new(Collection::Ssda903, 2026, None)
            .with("Episodes", "CHILD|DECOM", &["1|01/05/2025"])
            .with("OC3", "CHILD|ACTIV", &["2|F1"]);
        check(
            &RULE,
            world,
            "Header",
            "CHILD|SEX|DOB",
            &[
                ("1|M|01/01/2012", Passes, "has an episode"),
                ("2|M|01/01/2006", Passes, "is a care leaver"),
                ("3|M|01/01/2012", Fails, "is neither"),
            ],
        );
    }

    #[test]
    fn a_conference_that_led_to_a_plan_has_its_plan() {
        let world = World::new(Collection::AnnexA, 2026, None).with(
            "List 7",
            "Child Unique ID|Child Protection Plan Start Date",
            &["1|01/05/2026"],
        );
        let headings =
            "Child Unique ID|Did the Initial Child Protection Conference Result in a Child Protection Plan";
        check(
            &RULE,
            world,
            "List 5",
            headings,
            &[
                ("1|a) Yes", Passes, "on a plan"),
                ("2|a) Yes", Fails, "not on a plan"),
                ("2|b) No", Passes, "needs none"),
                ("2|perhaps", Unsure(Why::Unreadable), "no code"),
            ],
        );
    }
}
