//! The council's own lists: of the same children, inside their episodes, growing from month to month.

use std::collections::BTreeSet;

use super::{council, day_in, files, order, text_in};
use crate::local;
use crate::sheet::{Cell, Table};
use vocabulary::day::Day;

fn month() -> Day {
    Day::new(2026, 4, 30).unwrap()
}

fn list<'a>(lists: &'a [Table], name: &str) -> &'a Table {
    lists.iter().find(|table| table.layout.list == name).unwrap()
}

#[test]
fn every_list_has_rows_of_children_and_workers_that_the_council_knows() {
    let council = council();
    let mut known: BTreeSet<String> = council.children.iter().map(|child| child.person.id.clone()).collect();
    let doubles = council.children.iter().flat_map(|child| &child.needs);
    known.extend(doubles.filter_map(|need| need.double.as_ref().map(|double| double.id.clone())));
    for table in local::lists(&council, month()) {
        assert!(table.rows.len() > 3, "{} has {} rows", table.layout.list, table.rows.len());
        for row in &table.rows {
            let subject = row[0].shown();
            assert!(known.contains(&subject) || subject.starts_with("Worker "), "{subject}");
            for (column, cell) in table.layout.columns.iter().zip(row) {
                assert!(!column.required || !cell.is_blank(), "{} {}", table.layout.list, column.name);
            }
        }
    }
}

#[test]
fn core_groups_lie_inside_a_plan_and_return_interviews_answer_an_episode() {
    let council = council();
    let lists = local::lists(&council, month());
    let groups = list(&lists, "core_group");
    for row in &groups.rows {
        let (child, held) = (row[0].shown(), day_in(groups, row, "Core group held").unwrap());
        let child = council.children.iter().find(|one| one.person.id == child);
        let plans = child.into_iter().flat_map(|child| &child.needs).flat_map(|need| &need.protection);
        let inside = plans.into_iter().any(|plan| plan.started.on < held && held < plan.ended.on);
        assert!(inside || child.is_none(), "{row:?}");
    }
    let interviews = list(&lists, "return_interview");
    let mut held = 0;
    for row in &interviews.rows {
        let returned = text_in(interviews, row, "Found or returned");
        let interview = text_in(interviews, row, "Interview held");
        assert!(interview.is_empty() || (!returned.is_empty() && interview.len() == 16), "{row:?}");
        held += usize::from(!interview.is_empty());
    }
    assert!(held > 3);
}

#[test]
fn the_police_tell_of_more_than_is_on_record_and_the_panel_misses_some_plans() {
    let lists = local::lists(&council(), month());
    let reports = list(&lists, "police_missing_report");
    let open = reports.rows.iter().filter(|row| row[3] == Cell::Blank).count();
    assert!(open > 0 && open * 2 < reports.rows.len(), "{open} of {}", reports.rows.len());
}

#[test]
fn a_later_month_shows_what_an_earlier_one_did_but_for_corrections() {
    let council = council();
    let (earlier, later) = (local::lists(&council, month()), local::lists(&council, month().plus_months(1)));
    for (earlier, later) in earlier.iter().zip(&later) {
        let keys = |table: &Table| -> BTreeSet<String> {
            table.rows.iter().map(|row| format!("{} {}", row[0].shown(), row[1].shown())).collect()
        };
        let (before, after) = (keys(earlier), keys(later));
        let gone = before.difference(&after).count();
        assert!(gone * 20 < before.len() + 20, "{}: {gone} of {}", earlier.layout.list, before.len());
        assert!(after.len() + gone >= before.len(), "{}", earlier.layout.list);
    }
}

#[test]
fn each_month_has_a_file_a_list_beside_its_workbook() {
    let made = files(&order(60, 2, "2026-04", 4, 0.01));
    let paths: Vec<&str> = made.iter().map(|file| file.path.as_str()).collect();
    assert!(paths.contains(&"2026-04/registers/core_group.csv"), "{paths:?}");
    assert_eq!(paths.iter().filter(|path| path.contains("/registers/")).count(), 2 * local::layouts().len());
}
