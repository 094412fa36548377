//! Where a child is placed, without its postcodes: distance from home, authority, and in or out of the council's area.
//!
//! An unaccompanied child has no distance. A postcode that the table of places doesn't know can't be told.

use vocabulary::records::{Cell, Column, FieldType, Table, Word};

use super::{Carry, push_word};
use crate::Question;
use crate::places::{Place, Places, distance_band, distance_in_miles};
use crate::source::Gathered;
use crate::table::ListTable;

/// Adds distance, authority and area to the episodes of the SSDA903 return.
pub fn of_episodes(
    records: &mut Table,
    gathered: &Gathered,
    kept: &[Vec<u32>],
    question: &Question<'_>,
    carry: &mut Carry<'_>,
) {
    let (Some(places), Some((list, episodes))) = (question.places, find(gathered, "Episodes")) else {
        return;
    };
    let unaccompanied = unaccompanied(gathered);
    let mut miles = Column::of(FieldType::Number);
    let [mut bands, mut authorities, mut areas] = [(); 3].map(|()| Column::of(FieldType::Code));
    for &row in &kept[list] {
        let row = row as usize;
        let home = place_of(episodes, "HOME_POST", row, places, carry);
        let placement = place_of(episodes, "PL_POST", row, places, carry);
        let alone = episodes.subject(row).value().is_some_and(|child| unaccompanied[child.0 as usize]);
        let distance = if alone { Cell::Blank } else { distance(&home, &placement) };
        push_number(&mut miles, distance);
        push_word(&mut bands, distance.map(|miles| carry.add(distance_band(miles))));
        push_word(&mut areas, area(&placement, question, carry));
        push_word(&mut authorities, authority(&placement, carry));
    }
    for (name, column) in [
        ("distance_miles", miles),
        ("distance_band", bands),
        ("placement_authority", authorities),
        ("out_of_area", areas),
    ] {
        records.columns.push((name.to_owned(), column));
    }
}

/// Fills what Annex A's list 8 leaves blank about the authority and area of a placement.
pub fn of_periods(
    records: &mut Table,
    gathered: &Gathered,
    kept: &[Vec<u32>],
    question: &Question<'_>,
    carry: &mut Carry<'_>,
) {
    let (Some(places), Some((list, periods))) = (question.places, find(gathered, "List 8")) else { return };
    let found: Vec<Cell<Place>> = kept[list]
        .iter()
        .map(|&row| place_of(periods, "Placement postcode", row as usize, places, carry))
        .collect();
    for name in ["placement_authority", "out_of_area"] {
        let mut column = Column::of(FieldType::Code);
        for (row, place) in found.iter().enumerate() {
            let supplied = records.column(name).map_or(Cell::Blank, |column| column.word(row));
            let told = match (supplied, name) {
                (Cell::Blank, "out_of_area") => area(place, question, carry),
                (Cell::Blank, _) => authority(place, carry),
                (supplied, _) => supplied,
            };
            push_word(&mut column, told);
        }
        records.columns.retain(|(other, _)| other != name);
        records.columns.push((name.to_owned(), column));
    }
}

fn find<'g>(gathered: &'g Gathered, name: &str) -> Option<(usize, &'g ListTable)> {
    let list = gathered.layout.list(name)?;
    Some((list, gathered.tables[list].as_ref()?))
}

fn unaccompanied(gathered: &Gathered) -> Vec<bool> {
    let mut unaccompanied = vec![false; gathered.ink.words.len()];
    if let Some((_, table)) = find(gathered, "UASC") {
        for child in (0..table.len()).filter_map(|row| table.subject(row).value()) {
            unaccompanied[child.0 as usize] = true;
        }
    }
    unaccompanied
}

fn place_of(
    table: &ListTable,
    column: &str,
    row: usize,
    places: &dyn Places,
    carry: &Carry<'_>,
) -> Cell<Place> {
    let column = table.layout.column(column).unwrap_or_default();
    match table.word(column, row) {
        Cell::Value(postcode) => places.place(carry.text(postcode)).map_or(Cell::Unreadable, Cell::Value),
        Cell::Unreadable => Cell::Unreadable,
        Cell::Blank => Cell::Blank,
    }
}

fn distance(home: &Cell<Place>, placement: &Cell<Place>) -> Cell<f64> {
    match (home, placement) {
        (Cell::Value(home), Cell::Value(placement)) => Cell::Value(distance_in_miles(home, placement)),
        (Cell::Blank, _) | (_, Cell::Blank) => Cell::Blank,
        _ => Cell::Unreadable,
    }
}

fn authority(place: &Cell<Place>, carry: &mut Carry<'_>) -> Cell<Word> {
    match place {
        Cell::Value(place) => Cell::Value(carry.add(&place.authority)),
        Cell::Unreadable => Cell::Unreadable,
        Cell::Blank => Cell::Blank,
    }
}

fn area(place: &Cell<Place>, question: &Question<'_>, carry: &mut Carry<'_>) -> Cell<Word> {
    match (place, question.authority) {
        (Cell::Value(place), Some(council)) => {
            Cell::Value(carry.add(if place.authority == council { "in" } else { "out" }))
        }
        (Cell::Unreadable, _) => Cell::Unreadable,
        _ => Cell::Blank,
    }
}

fn push_number(column: &mut Column, cell: Cell<f64>) {
    if let Column::Numbers(cells) = column {
        cells.push(cell);
    }
}
