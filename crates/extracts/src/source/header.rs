//! Which list a row of headings belongs to: the one whose columns it shares most of, whatever the sheet is called.

use crate::codes::plain;
use crate::layout::{Layout, ListLayout};

/// A row of headings that was recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    /// The list.
    pub list: usize,
    /// For each column of the file, the column of the layout.
    pub columns: Vec<Option<usize>>,
    /// Headings that aren't the list's.
    pub unknown: Vec<String>,
    /// Headings that stand twice.
    pub repeated: Vec<String>,
}

/// Recognises a row of headings: column of the file and heading. `name` is the sheet's or file's, to break ties.
pub fn recognise(layout: &Layout, row: &[(usize, String)], name: &str) -> Option<Recognised> {
    let spelled: Vec<String> = row.iter().map(|(_, heading)| plain(heading)).collect();
    let name = plain(name);
    let mut best: Option<(Likeness, usize)> = None;
    for (number, list) in layout.lists.iter().enumerate() {
        let likeness = likeness(list, &spelled, &name);
        let better = best.is_none_or(|(other, _)| likeness.is_more_than(other));
        if likeness.is_enough(list.columns.len()) && better {
            best = Some((likeness, number));
        }
    }
    best.map(|(_, list)| placed(layout, list, row, &spelled))
}

/// How much a row of headings is like a list's.
#[derive(Clone, Copy, Debug)]
struct Likeness {
    /// Columns of the list that are there.
    shared: usize,
    /// Columns of the list that are not.
    missing: usize,
    /// Whether the sheet or file is called like the list.
    named: bool,
}

impl Likeness {
    /// More shared columns; among equals the name, then fewer missing ones.
    fn is_more_than(self, other: Self) -> bool {
        let rank = |likeness: Self| (likeness.shared, likeness.named, usize::MAX - likeness.missing);
        rank(self) > rank(other)
    }

    /// Half of the columns, or three in ten of a list that the sheet is called by.
    fn is_enough(self, columns: usize) -> bool {
        let tenths = if self.named { 3 } else { 5 };
        self.shared >= 2 && self.shared * 10 >= columns * tenths
    }
}

fn likeness(list: &ListLayout, spelled: &[String], name: &str) -> Likeness {
    let mut seen = vec![false; list.columns.len()];
    for column in spelled.iter().filter_map(|heading| list.column_of_plain(heading)) {
        seen[column] = true;
    }
    let shared = seen.iter().filter(|seen| **seen).count();
    Likeness { shared, missing: seen.len() - shared, named: is_named(name, list.name) }
}

fn placed(layout: &Layout, list: usize, row: &[(usize, String)], spelled: &[String]) -> Recognised {
    let width = row.iter().map(|(column, _)| column + 1).max().unwrap_or_default();
    let mut recognised =
        Recognised { list, columns: vec![None; width], unknown: Vec::new(), repeated: Vec::new() };
    let mut taken = vec![false; layout.lists[list].columns.len()];
    for ((place, heading), spelled) in row.iter().zip(spelled) {
        match layout.lists[list].column_of_plain(spelled) {
            Some(column) if taken[column] => recognised.repeated.push(heading.trim().to_owned()),
            Some(column) => {
                taken[column] = true;
                recognised.columns[*place] = Some(column);
            }
            None if !spelled.is_empty() => recognised.unknown.push(heading.trim().to_owned()),
            None => {}
        }
    }
    recognised
}

/// Whether a name holds a list's name: `list 1` does not hold `list 10`, nor the other way round.
fn is_named(name: &str, list: &str) -> bool {
    let list = plain(list);
    name.match_indices(&list).any(|(at, _)| {
        let after = name[at + list.len()..].chars().next();
        !(list.ends_with(|sign: char| sign.is_ascii_digit())
            && after.is_some_and(|sign| sign.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Collection;

    fn row(headings: &[&str]) -> Vec<(usize, String)> {
        headings.iter().enumerate().map(|(at, heading)| (at, (*heading).to_owned())).collect()
    }

    fn list_of(collection: Collection, headings: &[&str], name: &str) -> Option<&'static str> {
        let layout = Layout::of(collection);
        recognise(layout, &row(headings), name).map(|found| layout.lists[found.list].name)
    }

    #[test]
    fn every_list_is_known_by_its_own_headings_under_any_name() {
        for collection in Collection::ALL {
            for list in &Layout::of(collection).lists {
                let headings: Vec<&str> = list.columns.iter().map(|column| column.name).collect();
                assert_eq!(list_of(collection, &headings, "Sheet1"), Some(list.name));
            }
        }
    }

    #[test]
    fn the_name_breaks_a_tie_and_no_more() {
        let shared = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age", "Date of referral"];
        assert_eq!(list_of(Collection::AnnexA, &shared, "List 10"), Some("List 3"));
        assert_eq!(list_of(Collection::AnnexA, &shared[..5], "List 2"), Some("List 2"));
        assert!(is_named("ofstedlist3referrals", "List 3"));
        assert!(!is_named("list10", "List 1"));
    }

    #[test]
    fn a_title_or_another_table_is_no_list() {
        assert_eq!(list_of(Collection::AnnexA, &["Ofsted ILACS Annex A", "31/05/2026"], "List 1"), None);
        assert_eq!(list_of(Collection::AnnexA, &["Name", "Phone"], "List 1"), None);
        assert_eq!(list_of(Collection::AnnexA, &[], "List 1"), None);
    }
}
