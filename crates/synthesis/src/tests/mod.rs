//! What a user of synthetic extracts relies on: repeatable bytes, months that grow, records without a fault.

mod annex_a;
mod census;
mod local;
mod looked_after;

use vocabulary::day::Day;

use crate::files::{Files, SyntheticFile};
use crate::life::Council;
use crate::order::Order;
use crate::sheet::{Cell, Holds, Table};

fn order(children: u32, months: u32, until: &str, seed: u64, dirty: f64) -> Order {
    Order { children, months, until: until.parse().unwrap(), seed, dirty }
}

fn files(order: &Order) -> Vec<SyntheticFile> {
    Files::plan(order).unwrap().map(Result::unwrap).collect()
}

fn council() -> Council {
    Council::simulate(11, 700)
}

fn day_in(table: &Table, row: &[Cell], column: &str) -> Option<Day> {
    match row[table.column(column).unwrap()] {
        Cell::Day(day) => Some(day),
        _ => None,
    }
}

fn text_in(table: &Table, row: &[Cell], column: &str) -> String {
    row[table.column(column).unwrap()].shown()
}

/// Required cells hold something, days hold days, and no day lies after the last that the extract speaks of.
fn check_cells(table: &Table, up_to: Day) {
    for (number, row) in table.rows.iter().enumerate() {
        for (column, cell) in table.layout.columns.iter().zip(row) {
            let place = format!("{} row {number} {}: {cell:?}", table.layout.list, column.name);
            assert!(!column.required || !cell.is_blank(), "{place}");
            match cell {
                // The target of a conference may lie ahead.
                Cell::Day(day) => assert!(
                    column.holds == Holds::Day && (*day <= up_to || column.name == "InitialCPCtarget"),
                    "{place}"
                ),
                Cell::Whole(number) => assert!(column.holds == Holds::Whole && *number >= 0, "{place}"),
                Cell::Text(_) => assert!(!matches!(column.holds, Holds::Day | Holds::Whole), "{place}"),
                Cell::Blank => {}
                other => panic!("{place} {other:?}"),
            }
        }
    }
}

/// Days that stand in these columns come one after another.
fn check_order(table: &Table, columns: &[&str]) {
    for (number, row) in table.rows.iter().enumerate() {
        let days: Vec<Day> = columns.iter().filter_map(|column| day_in(table, row, column)).collect();
        assert!(days.is_sorted(), "{} row {number}: {days:?}", table.layout.list);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let same = order(60, 2, "2026-04", 4, 0.01);
    assert_eq!(files(&same), files(&same));
    let other = Order { seed: 5, ..same.clone() };
    assert_ne!(files(&same)[0].bytes, files(&other)[0].bytes);
}

#[test]
fn a_month_is_the_same_however_many_months_are_asked_for() {
    let one = files(&order(60, 1, "2026-03", 4, 0.0));
    let many = files(&order(60, 5, "2026-05", 4, 0.0));
    let same = |path: &str| {
        let find = |files: &[SyntheticFile]| files.iter().find(|file| file.path == path).cloned();
        assert_eq!(find(&one).unwrap(), find(&many).unwrap(), "{path}");
    };
    for path in ["2026-03/annex-a.xlsx", "2026-ssda903/episodes.csv", "2026-cin/cin-census-2026.xml"] {
        same(path);
    }
}

#[test]
fn as_many_children_are_known_as_were_ordered() {
    let council = council();
    let (from, until) = (Day::new(2023, 11, 1).unwrap(), Day::new(2026, 10, 31).unwrap());
    let known = council.children.iter().filter(|child| {
        child.needs.iter().any(|need| {
            let closed = need.closed.map_or(need.referral.on, |closed| closed.on);
            need.referral.on <= until && closed >= from
        })
    });
    assert_eq!(known.count(), 700);
}

#[test]
fn without_dirt_the_list_of_faults_is_empty_and_corrections_are_listed() {
    let made = files(&order(1_500, 7, "2026-04", 4, 0.0));
    let manifest = String::from_utf8(made.last().unwrap().bytes.clone()).unwrap();
    assert!(manifest.contains("\"faults\": [\n\n  ]"), "{manifest}");
    assert!(manifest.contains("\"what\": \"changed\"") && manifest.contains("\"what\": \"removed\""));
    assert!(!manifest.contains("\"on\": \"2027") && !manifest.contains("\"on\": \"2024"));
}
