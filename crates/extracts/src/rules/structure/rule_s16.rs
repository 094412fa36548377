//! S16: an identifier differs from another only by leading zeros, as when a spreadsheet made a number of it.

use std::collections::HashMap;

use vocabulary::records::{Cell, Word};

use crate::layout::Years;
use crate::reading::Severity;
use crate::rules::{Answers, Check, Extract, Rule};
use crate::table::ListTable;

/// The rule. The two are different children until someone says otherwise.
pub const RULE: Rule = Rule {
    code: "S16",
    severity: Severity::Query,
    message: "The identifier differs from another only by leading zeros; they may be one child.",
    years: Years::ALL,
    check: Check::EachList(check),
};

fn check(extract: &Extract<'_>, _: usize, table: &ListTable, answers: &mut Answers) {
    let zeros = extract.shared.zeros.get_or_init(|| alike(extract));
    for row in 0..table.len() {
        if let Cell::Value(word) = table.subject(row)
            && zeros[word.0 as usize]
        {
            answers.fails_with(row, table.layout.subject, Some(word));
        }
    }
}

/// Identifiers that are another's without its leading zeros, and those others.
fn alike(extract: &Extract<'_>) -> Vec<bool> {
    let mut alike = vec![false; extract.words.len()];
    let mut seen = vec![false; extract.words.len()];
    let mut bare: HashMap<&str, Word> = HashMap::new();
    for table in extract.tables.iter().flatten() {
        for row in 0..table.len() {
            let Cell::Value(word) = table.subject(row) else { continue };
            if std::mem::replace(&mut seen[word.0 as usize], true) {
                continue;
            }
            let other = *bare.entry(extract.words.text(word).trim_start_matches('0')).or_insert(word);
            if other != word {
                alike[word.0 as usize] = true;
                alike[other.0 as usize] = true;
            }
        }
    }
    alike
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::layout::Collection;
    use crate::rules::testing::Expected::{Fails, Passes};
    use crate::rules::testing::{World, check};

    #[test]
    fn a_lost_zero_is_seen_across_lists() {
        let world =
            World::new(Collection::AnnexA, 2026, None).with("List 4", "Child Unique ID|Gender", &["00123|M"]);
        check(
            &RULE,
            world,
            "List 3",
            "Child Unique ID|Gender",
            &[("123|M", Fails, "the zeros of list 4 are lost"), ("1230|M", Passes, "another number")],
        );
    }
}
