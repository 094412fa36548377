//! The modules of the SSDA903 return.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::looked_after;

struct Modules(Vec<Table>);

impl Modules {
    fn of(council: &Council, year: i16) -> Self {
        Self(looked_after::modules(council, year))
    }

    fn named(&self, module: &str) -> &Table {
        self.0.iter().find(|table| table.layout.list == module).unwrap()
    }

    fn by_child(&self, module: &str) -> BTreeMap<String, Vec<Vec<Cell>>> {
        let mut rows: BTreeMap<String, Vec<Vec<Cell>>> = BTreeMap::new();
        for row in &self.named(module).rows {
            rows.entry(row[0].shown()).or_default().push(row.clone());
        }
        rows
    }
}

#[test]
fn every_chain_of_episodes_holds_together() {
    let council = council();
    for year in [2022, 2024, 2026] {
        let modules = Modules::of(&council, year);
        let table = modules.named("Episodes");
        check_cells(table, Day::new(year, 3, 31).unwrap());
        check_order(table, &["DECOM", "DEC"]);
        for rows in modules.by_child("Episodes").values() {
            check_chain(table, rows, Day::new(year - 1, 4, 1).unwrap());
        }
    }
}

fn check_chain(table: &Table, rows: &[Vec<Cell>], year_begins: Day) {
    let first = &rows[0];
    let began_before = day_in(table, first, "DECOM").unwrap() < year_begins;
    assert!(text_in(table, first, "RNE") == "S" || began_before, "{rows:?}");
    for row in rows {
        assert_eq!(day_in(table, row, "DEC").is_some(), !text_in(table, row, "REC").is_empty());
        let (legal, place) = (text_in(table, row, "LS"), text_in(table, row, "PLACE"));
        assert!(legal != "V2" || place != "P1", "placed with parents by agreement");
        assert!(place != "P1" || text_in(table, row, "PLACE_PROVIDER") == "PR0");
        if let (Some(ended), "L1") = (day_in(table, row, "DEC"), legal.as_str()) {
            assert!(
                ended.days_since(day_in(table, row, "DECOM").unwrap()) <= 3,
                "police protection over 72 hours"
            );
        }
    }
    for pair in rows.windows(2) {
        check_link(table, &pair[0], &pair[1]);
    }
    assert!(rows.iter().rev().skip(1).all(|row| day_in(table, row, "DEC").is_some()));
}

fn check_link(table: &Table, one: &[Cell], next: &[Cell]) {
    let text = |row: &[Cell], column: &str| text_in(table, row, column);
    let (ended, started) = (day_in(table, one, "DEC").unwrap(), day_in(table, next, "DECOM").unwrap());
    if text(one, "REC") != "X1" {
        assert!(ended <= started && text(next, "RNE") == "S", "{one:?} {next:?}");
        return;
    }
    assert_eq!(ended, started);
    let law_changed = text(one, "LS") != text(next, "LS");
    let moved = text(one, "PL_POST") != text(next, "PL_POST");
    let kind_changed = text(one, "PLACE") != text(next, "PLACE");
    let reason = text(next, "RNE");
    match reason.as_str() {
        "L" => assert!(law_changed && !moved && !kind_changed),
        "P" => assert!(!law_changed && moved),
        "B" => assert!(law_changed && moved),
        "T" => assert!(!law_changed && !moved && kind_changed),
        "U" => assert!(law_changed && !moved && kind_changed),
        other => panic!("{other}: {one:?} {next:?}"),
    }
    assert_eq!(text(one, "REASON_PLACE_CHANGE").is_empty(), reason == "L");
    assert_eq!(text(one, "CIN"), text(next, "CIN"));
}

#[test]
fn every_child_of_a_module_is_in_the_header_with_the_same_date_of_birth() {
    let modules = Modules::of(&council(), 2026);
    let header = modules.named("Header");
    let births: BTreeMap<String, String> =
        header.rows.iter().map(|row| (row[0].shown(), text_in(header, row, "DOB"))).collect();
    assert_eq!(births.len(), header.rows.len());
    for table in &modules.0 {
        assert!(
            !table.rows.is_empty() || matches!(table.layout.list, "AD1" | "UASC"),
            "{}",
            table.layout.list
        );
        check_cells(table, Day::new(2026, 3, 31).unwrap());
        for row in &table.rows {
            let born = births.get(&row[0].shown()).expect("in the header");
            assert!(table.column("DOB").is_none() || text_in(table, row, "DOB") == *born);
        }
    }
}

#[test]
fn missing_episodes_and_workers_of_a_child_do_not_overlap_and_lie_in_care() {
    let modules = Modules::of(&council(), 2026);
    let care = modules.by_child("Episodes");
    let episodes = modules.named("Episodes");
    for (module, start, end) in [("Missing", "MIS_START", "MIS_END"), ("SWEpisodes", "SW_DECOM", "SW_DEC")] {
        let table = modules.named(module);
        for (child, rows) in modules.by_child(module) {
            let starts: Vec<Day> = rows.iter().map(|row| day_in(table, row, start).unwrap()).collect();
            for (place, row) in rows.iter().enumerate() {
                let next = starts.get(place + 1);
                assert!(next.is_none_or(|next| day_in(table, row, end).is_some_and(|end| end <= *next)));
            }
            let ends = care[&child].iter().filter_map(|row| day_in(episodes, row, "DEC")).max();
            let still = care[&child].iter().any(|row| day_in(episodes, row, "DEC").is_none());
            assert!(still || starts.iter().all(|start| Some(*start) <= ends));
        }
    }
}

#[test]
fn codes_follow_the_year_of_the_return() {
    let council = council();
    let places = |year: i16| -> BTreeSet<String> {
        let modules = Modules::of(&council, year);
        let table = modules.named("Episodes");
        table.rows.iter().map(|row| text_in(table, row, "PLACE")).collect()
    };
    assert!(places(2024).contains("H5") && !places(2024).contains("K3"));
    assert!(places(2025).contains("K3") && !places(2025).contains("H5"));
    let sexes = |year: i16| -> BTreeSet<String> {
        let modules = Modules::of(&council, year);
        let table = modules.named("Header");
        table.rows.iter().map(|row| text_in(table, row, "SEX")).collect()
    };
    assert!(sexes(2024).is_subset(&["1", "2"].map(String::from).into()));
    assert!(sexes(2025).is_subset(&["M", "F", "U"].map(String::from).into()));
    assert!(looked_after::modules(&council, 2023).iter().all(|table| table.layout.list != "SWEpisodes"));
    assert!(looked_after::modules(&council, 2027).iter().any(|table| table.layout.list == "DoLo"));
}
