//! What is listed is what differs.

use std::collections::BTreeSet;

use super::*;
use crate::life::Council;
use crate::order::Month;
use crate::sheet::Table;
use crate::{annex_a, looked_after};

fn spoil_all(mut tables: Vec<Table>, collection: Collection, rate: f64) -> (Vec<Table>, Vec<Fault>) {
    let mut dirt = Dirt::new(5, rate);
    for table in &mut tables {
        dirt.spoil("a file", collection, table);
    }
    (tables, dirt.faults)
}

/// Puts the clean list together again from the spoilt one and the list of faults.
fn cleaned(spoilt: &Table, clean: &Table, faults: &[&Fault]) -> Table {
    let mut table = spoilt.clone();
    for fault in faults.iter().rev() {
        match (fault.column, fault.kind) {
            (Some(column), _) => {
                let place = table.column(column).expect("a column of the list");
                assert_eq!(table.rows[fault.row][place].shown(), fault.after);
                let original =
                    clean.rows.iter().map(|row| &row[place]).find(|cell| cell.shown() == fault.before);
                table.rows[fault.row][place] = original.expect("a value of the clean list").clone();
            }
            (None, "duplicate row") => {
                table.rows.remove(fault.row);
            }
            (None, _) => table.rows.insert(fault.row, clean.rows[0].clone()),
        }
    }
    table
}

fn check(tables: Vec<Table>, collection: Collection, rate: f64) -> BTreeSet<&'static str> {
    let (spoilt, faults) = spoil_all(tables.clone(), collection, rate);
    for (clean, spoilt) in tables.iter().zip(&spoilt) {
        let of_list: Vec<&Fault> = faults.iter().filter(|fault| fault.list == clean.layout.list).collect();
        if of_list.iter().any(|fault| fault.kind == "child without header") {
            continue;
        }
        let again = cleaned(spoilt, clean, &of_list);
        assert_eq!(again.rows.len(), clean.rows.len(), "{}", clean.layout.list);
        for (row, (ours, theirs)) in again.rows.iter().zip(&clean.rows).enumerate() {
            assert_eq!(ours, theirs, "{} {row}", clean.layout.list);
        }
    }
    faults.iter().map(|fault| fault.kind).collect()
}

fn council() -> Council {
    Council::simulate(3, 300)
}

fn month() -> Month {
    "2026-03".parse().expect("a month")
}

#[test]
fn undoing_the_listed_faults_gives_the_clean_lists_and_every_kind_is_there() {
    let seen = check(annex_a::lists(&council(), month().end()), Collection::AnnexA, 0.2);
    let wanted: BTreeSet<&str> = Collection::AnnexA.kinds().iter().map(|kind| kind.name()).collect();
    assert_eq!(seen, wanted);
}

#[test]
fn faults_of_the_looked_after_return_are_listed_too() {
    let seen = check(looked_after::modules(&council(), 2026), Collection::LookedAfter, 0.5);
    let wanted: BTreeSet<&str> = Collection::LookedAfter.kinds().iter().map(|kind| kind.name()).collect();
    assert_eq!(seen, wanted);
}

#[test]
fn faults_of_the_census_are_listed_and_rows_stay_in_their_groups() {
    let mut census = crate::census::census(&council(), 2026);
    let clean: Vec<Table> = census.tables().into_iter().cloned().collect();
    let mut dirt = Dirt::new(5, 0.2);
    for table in census.tables_mut() {
        dirt.spoil("a file", Collection::Census, table);
    }
    let copies = dirt.faults.iter().filter(|fault| fault.kind == "duplicate row").count();
    let rows = |tables: [&Table; 8]| tables.iter().map(|table| table.rows.len()).sum::<usize>();
    assert_eq!(rows(census.tables()), clean.iter().map(|table| table.rows.len()).sum::<usize>() + copies);
    assert!(
        census
            .tables()
            .iter()
            .skip(1)
            .all(|table| table.parents.len() == table.rows.len() && table.parents.is_sorted())
    );
    let seen: BTreeSet<&str> = dirt.faults.iter().map(|fault| fault.kind).collect();
    let wanted: BTreeSet<&str> = Collection::Census.kinds().iter().map(|kind| kind.name()).collect();
    assert_eq!(seen, wanted);
}

#[test]
fn no_dirt_changes_nothing_and_lists_nothing() {
    let tables = annex_a::lists(&council(), month().end());
    let (same, faults) = spoil_all(tables.clone(), Collection::AnnexA, 0.0);
    assert!(faults.is_empty());
    assert!(tables.iter().zip(&same).all(|(one, other)| one.rows == other.rows));
}
