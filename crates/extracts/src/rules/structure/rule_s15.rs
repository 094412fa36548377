//! S15: rows disagree about a child's birth, sex or ethnicity.

use vocabulary::records::Cell;

use crate::layout::Years;
use crate::reading::Severity;
use crate::rules::{Answers, Check, Extract, Rule, Why};
use crate::table::ListTable;

/// The rule.
pub const RULE: Rule = Rule {
    code: "S15",
    severity: Severity::Query,
    message: "Another row says something else about the child's date of birth, sex or ethnicity.",
    years: Years::ALL,
    check: Check::EachList(check),
};

const FACTS: [&str; 3] = ["born_on", "sex", "ethnicity"];

fn check(extract: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    let disagreeing = extract.shared.disagreeing.get_or_init(|| disagreeing(extract));
    for (fact, children) in FACTS.iter().zip(disagreeing) {
        for column in columns_of(table, fact) {
            for row in 0..table.len() {
                let Cell::Value(child) = table.subject(row) else { continue };
                match fact_of(table, column, row) {
                    Cell::Value(_) if children[child.0 as usize] => answers.fails(row, column),
                    Cell::Unreadable => answers.cannot_tell(row, Why::Unreadable),
                    Cell::Value(_) | Cell::Blank => {}
                }
            }
        }
    }
}

/// For each fact, the children about whom two rows say different things.
fn disagreeing(extract: &Extract<'_>) -> Vec<Vec<bool>> {
    FACTS.iter().map(|fact| disagreeing_about(extract, fact)).collect()
}

fn disagreeing_about(extract: &Extract<'_>, fact: &str) -> Vec<bool> {
    let mut known: Vec<Option<i64>> = vec![None; extract.words.len()];
    let mut disagreeing = vec![false; extract.words.len()];
    for table in extract.tables.iter().flatten() {
        for column in columns_of(table, fact) {
            for row in 0..table.len() {
                if let (Cell::Value(child), Cell::Value(value)) =
                    (table.subject(row), fact_of(table, column, row))
                {
                    let child = child.0 as usize;
                    disagreeing[child] |= *known[child].get_or_insert(value) != value;
                }
            }
        }
    }
    disagreeing
}

fn columns_of<'t>(table: &'t ListTable, fact: &str) -> impl Iterator<Item = usize> + use<'t> {
    let fact = fact.to_owned();
    let columns = table.layout.columns.iter().enumerate();
    columns.filter_map(move |(number, column)| {
        let there = table.columns[number].is_some();
        (there && column.kind == "child" && column.field == fact).then_some(number)
    })
}

fn fact_of(table: &ListTable, column: usize, row: usize) -> Cell<i64> {
    match table.day(column, row).map(|day| i64::from(day.0)) {
        Cell::Blank => table.word(column, row).map(|word| i64::from(word.0)),
        day => day,
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
    fn lists_that_disagree_about_a_birth_fail_in_both() {
        let world = World::new(Collection::AnnexA, 2026, None).with(
            "List 4",
            "Child Unique ID|Date of Birth",
            &["1|01/01/2012", "2|01/01/2013"],
        );
        check(
            &RULE,
            world,
            "List 3",
            "Child Unique ID|Date of Birth",
            &[
                ("1|2012-01-01", Passes, "the same day in another form"),
                ("2|01/02/2013", Fails, "another month"),
                ("2|", Passes, "says nothing"),
                ("1|31/02/2012", Unsure(Why::Unreadable), "no such day"),
                ("3|01/01/2012", Passes, "another child"),
            ],
        );
    }
}
