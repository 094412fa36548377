//! Where a child is placed, without its postcodes: distance from home, authority, and in or out of the council's area.
//!
//! An unaccompanied child has no distance. A postcode that the table of places doesn't know can't be told.

use vocabulary::places::{Area, DistanceBand, Nearness, Place, distance_miles, england};
use vocabulary::records::{Cell, Column, FieldType, Table, Word};

use super::{Carry, push_word};
use crate::Question;
use crate::places::Places;
use crate::source::Gathered;
use crate::table::ListTable;

/// Adds distance, authority, area and nearness to the episodes of the SSDA903 return.
///
/// What the council has not said leaves its column out, so that what depends on it can't be told.
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
    let mut bands = Column::of(FieldType::Code);
    let mut placements = Vec::with_capacity(kept[list].len());
    for &row in &kept[list] {
        let row = row as usize;
        let home = place_of(episodes, "HOME_POST", row, places, carry);
        let placement = place_of(episodes, "PL_POST", row, places, carry);
        let alone = episodes.subject(row).value().is_some_and(|child| unaccompanied[child.0 as usize]);
        let distance = if alone { Cell::Blank } else { distance(home, placement) };
        push_number(&mut miles, distance);
        push_word(&mut bands, distance.map(|miles| carry.add(DistanceBand::of(miles).code())));
        placements.push(placement);
    }
    records.columns.push(("distance_miles".to_owned(), miles));
    records.columns.push(("distance_band".to_owned(), bands));
    for told in Told::of(question) {
        let mut column = Column::of(FieldType::Code);
        for place in &placements {
            push_word(&mut column, told.word(*place, question, carry));
        }
        records.columns.push((told.field().to_owned(), column));
    }
}

/// Fills what Annex A's list 8 leaves blank about the authority and area of a placement, and adds its nearness.
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
    for told in Told::of(question) {
        let mut column = Column::of(FieldType::Code);
        for (row, place) in found.iter().enumerate() {
            let supplied = records.column(told.field()).map_or(Cell::Blank, |column| column.word(row));
            let word = match supplied {
                Cell::Blank => told.word(*place, question, carry),
                supplied => supplied,
            };
            push_word(&mut column, word);
        }
        records.columns.retain(|(other, _)| other != told.field());
        records.columns.push((told.field().to_owned(), column));
    }
}

/// What a placement's place tells, seen from the council.
#[derive(Clone, Copy)]
enum Told {
    Authority,
    OutOfArea,
    Location,
}

impl Told {
    /// What can be told, by what the council has said of itself.
    fn of(question: &Question<'_>) -> impl Iterator<Item = Self> {
        let area = question.authority.map(|_| Self::OutOfArea);
        let nearness = question.authority.and(question.adjoining).map(|_| Self::Location);
        [Some(Self::Authority), area, nearness].into_iter().flatten()
    }

    fn field(self) -> &'static str {
        match self {
            Self::Authority => "placement_authority",
            Self::OutOfArea => "out_of_area",
            Self::Location => "location",
        }
    }

    fn word(self, place: Cell<Place>, question: &Question<'_>, carry: &mut Carry<'_>) -> Cell<Word> {
        let place = match place {
            Cell::Value(place) => place.authority,
            Cell::Unreadable => return Cell::Unreadable,
            Cell::Blank => return Cell::Blank,
        };
        let word = match (self, question.authority) {
            (Self::Authority, _) => return Cell::Value(carry.add(place.as_str())),
            (_, None) => return Cell::Unreadable,
            (Self::OutOfArea, Some(council)) => england().area(council, place).map(|area| match area {
                Area::Inside => "in",
                Area::Outside => "out",
            }),
            (Self::Location, Some(council)) => {
                england().nearness(council, question.adjoining, place).map(|near| match near {
                    Nearness::InArea => "inside",
                    Nearness::InAdjoiningArea => "adjoining",
                    Nearness::AtADistance => "distant",
                })
            }
        };
        word.map_or(Cell::Unreadable, |word| Cell::Value(carry.add(word)))
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

fn distance(home: Cell<Place>, placement: Cell<Place>) -> Cell<f64> {
    match (home, placement) {
        (Cell::Value(home), Cell::Value(placement)) => match (home.grid, placement.grid) {
            (Some(home), Some(placement)) => Cell::Value(distance_miles(home, placement)),
            // Northern Ireland and the islands have no place on the National Grid.
            _ => Cell::Unreadable,
        },
        (Cell::Blank, _) | (_, Cell::Blank) => Cell::Blank,
        _ => Cell::Unreadable,
    }
}

fn push_number(column: &mut Column, cell: Cell<f64>) {
    if let Column::Numbers(cells) = column {
        cells.push(cell);
    }
}
