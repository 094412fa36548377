//! The eleven lists, over several months.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::annex_a;
use crate::life::correction::Correction;

/// Key columns of the lists whose rows are events: what identifies a row beside the child.
const EVENTS: [(usize, &str, &str); 4] = [
    (0, "Date of Contact", "contact"),
    (2, "Date of referral", "referral"),
    (3, "Continuous Assessment Start Date", "assessment"),
    (4, "Strategy discussion initiating Section 47 Enquiry Start Date", "enquiry"),
];

fn month(text: &str) -> Day {
    Day::parse(text).unwrap().end_of_month()
}

#[test]
fn no_list_has_a_fault_in_any_month() {
    let council = council();
    for end in ["2024-02-01", "2025-06-01", "2026-10-01"].map(month) {
        let lists = annex_a::lists(&council, end);
        for list in &lists {
            let rare = list.layout.list == "List 10";
            assert!(rare || !list.rows.is_empty(), "{} on {end}", list.layout.list);
            check_cells(list, end);
        }
        check_order(&lists[1], &["Assessment start date", "Assessment completion date"]);
        check_order(
            &lists[3],
            &["Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"],
        );
        let enquiry = "Strategy discussion initiating Section 47 Enquiry Start Date";
        check_order(&lists[4], &[enquiry, "Date of Initial Child Protection Conference"]);
        check_order(&lists[5], &["CIN Start Date", "Date Child Was Last Seen", "CIN Closure Date"]);
        for latest in ["Date of the Last Statutory Visit", "Date of latest review conference"] {
            check_order(
                &lists[6],
                &["Child Protection Plan Start Date", latest, "Child Protection Plan End Date"],
            );
        }
        for latest in
            ["Date of Latest Statutory Review", "Date of Last Social Work Visit", "Date of Last Dental Check"]
        {
            check_order(
                &lists[7],
                &["Date Started to be Looked After", latest, "Date Ceased to be Looked After"],
            );
        }
        check_order(&lists[7], &["Date Started to be Looked After", "Start date of current legal status"]);
        check_order(
            &lists[9],
            &[
                "Date the Child Entered Care",
                "Date of Decision that Child Should be Placed for Adoption",
                "Date of Placement Order",
                "Date of Matching Child and Prospective Adopters",
                "Date Placed for Adoption",
                "Date of Adoption Order",
            ],
        );
        check_order(
            &lists[10],
            &[
                "Date enquiry received",
                "Date Stage 1 started",
                "Date Stage 1 ended",
                "Date Stage 2 started",
                "Date Stage 2 ended",
                "Date application approved",
                "Date adopter matched with child(ren)",
                "Date child/children placed with adopter(s)",
                "Date of Adoption Order",
                "Date of leaving adoption process",
            ],
        );
    }
}

#[test]
fn a_child_has_one_date_of_birth_and_stands_once_where_rows_are_children() {
    let lists = annex_a::lists(&council(), month("2026-10-01"));
    let mut births: BTreeMap<String, BTreeSet<Option<Day>>> = BTreeMap::new();
    for list in &lists[..10] {
        for row in &list.rows {
            births.entry(row[0].shown()).or_default().insert(day_in(list, row, "Date of Birth"));
        }
    }
    assert!(births.values().all(|births| births.len() == 1));
    for place in [5, 7, 8, 9] {
        let ids: BTreeSet<String> = lists[place].rows.iter().map(|row| row[0].shown()).collect();
        assert_eq!(ids.len(), lists[place].rows.len(), "{}", lists[place].layout.list);
    }
}

#[test]
fn children_placed_for_adoption_and_their_adopters_share_a_family() {
    let lists = annex_a::lists(&Council::simulate(11, 3_000), month("2026-10-01"));
    let families = |list: &Table| -> BTreeSet<String> {
        list.rows
            .iter()
            .map(|row| text_in(list, row, "Family identifier"))
            .filter(|family| !family.is_empty())
            .collect()
    };
    let (children, adopters) = (families(&lists[9]), families(&lists[10]));
    assert!(!children.is_empty() && children.is_subset(&adopters), "{children:?}");
}

/// Every row of a month is there in the next, unless it left the window or the council removed, changed or merged it.
#[test]
fn what_a_month_knows_the_next_month_knows_too() {
    let council = council();
    let corrections = council.corrections();
    let first = month("2025-01-01");
    let mut before = annex_a::lists(&council, first);
    let (mut grown, mut late) = (0, 0);
    for step in 1..=12 {
        let (previous, now) =
            (first.plus_months(step - 1).end_of_month(), first.plus_months(step).end_of_month());
        let after = annex_a::lists(&council, now);
        for (place, column, record) in EVENTS {
            let (old, new) = (keys(&before[place], column), keys(&after[place], column));
            for (child, day) in old.difference(&new) {
                let gone = leaves_window(&before[place], column, child, *day, now);
                let corrected = corrections.iter().any(|one| explains(one, child, record, previous, now));
                assert!(gone || corrected, "{record} on {day} is lost between {previous} and {now}");
            }
            grown += new.difference(&old).count();
            late += new.difference(&old).filter(|(_, day)| *day <= previous).count();
        }
        before = after;
    }
    assert!(grown > 500 && late > 20, "{grown} new rows, {late} of them entered late");
}

fn keys(list: &Table, column: &str) -> BTreeSet<(String, Day)> {
    list.rows.iter().map(|row| (row[0].shown(), day_in(list, row, column).unwrap())).collect()
}

/// The row's own day left the six months, and nothing of it was still open.
fn leaves_window(list: &Table, column: &str, child: &str, day: Day, now: Day) -> bool {
    let start = now.plus_months(-6);
    match column {
        "Continuous Assessment Start Date" => {
            let authorised = list.rows.iter().filter(|row| row[0].shown() == child);
            authorised.filter(|row| day_in(list, row, column) == Some(day)).all(|row| {
                day_in(list, row, "Continuous Assessment Date of Authorisation").is_none_or(|on| on <= start)
                    || day <= start
            })
        }
        _ => day <= start,
    }
}

fn explains(correction: &Correction, child: &str, record: &str, previous: Day, now: Day) -> bool {
    let merged = correction.what == "merged" && (correction.before == child || correction.after == child);
    let removed = correction.what == "removed" && correction.child == child && correction.record == record;
    (merged || removed) && previous < correction.on && correction.on <= now
}

#[test]
fn the_poor_locality_is_later_than_the_good_one() {
    let council = Council::simulate(11, 3_000);
    let list = &annex_a::lists(&council, month("2026-03-01"))[3];
    let share = |team: &str| {
        let done = list.rows.iter().filter(|row| text_in(list, row, "Allocated Team") == team);
        let taken: Vec<i32> = done
            .filter_map(|row| {
                let authorised = day_in(list, row, "Continuous Assessment Date of Authorisation")?;
                Some(authorised.days_since(day_in(list, row, "Continuous Assessment Start Date")?))
            })
            .collect();
        taken.iter().filter(|days| **days <= 63).count() * 100 / taken.len()
    };
    let (north, south) = (share("Assessment North"), share("Assessment South"));
    assert!(north + 10 < south && (50..90).contains(&north), "{north}% and {south}%");
}
