//! Adoption in the SSDA903 return: decisions that a child should be placed, joined with the child's adoption.
//!
//! Each decision is a record; an adopted child's match, foster carer and number of adopters go to the latest of its
//! decisions. An adoption without a decision is a record of its own.

use std::collections::HashMap;

use vocabulary::day::Day;
use vocabulary::records::{Cell, Column, Table, Word};

use super::{Carry, carried, empty};
use crate::source::Gathered;
use crate::table::ListTable;

const FIELDS: [&str; 6] = [
    "decided_on",
    "matched_on",
    "reversed_on",
    "reversed_reason",
    "foster_carer_adopts",
    "number_of_adopters",
];

/// The records of adoption, if either list is there.
pub fn table(gathered: &Gathered, kept: &[Vec<u32>], carry: &mut Carry<'_>) -> Option<Table> {
    let list = |name: &str| {
        let number = gathered.layout.list(name)?;
        Some((gathered.tables[number].as_ref()?, kept[number].as_slice()))
    };
    match (list("PlacedAdoption"), list("AD1")) {
        (Some(decisions), Some(adoptions)) => Some(joined(decisions, adoptions, carry)),
        (Some((table, rows)), None) | (None, Some((table, rows))) => Some(super::of_list(table, rows, carry)),
        (None, None) => None,
    }
}

fn joined(
    (decisions, decided): (&ListTable, &[u32]),
    (adoptions, adopted): (&ListTable, &[u32]),
    carry: &mut Carry<'_>,
) -> Table {
    let latest = latest_decisions(decisions, decided);
    let mut adoption_of: HashMap<u32, u32> = HashMap::new();
    let mut alone = Vec::new();
    for &row in adopted {
        let decision = adoptions.subject(row as usize).value().and_then(|child| latest.get(&child));
        match decision {
            Some((decision, _)) if !adoption_of.contains_key(decision) => {
                adoption_of.insert(*decision, row);
            }
            _ => alone.push(row),
        }
    }
    let mut records = empty("adoption", decisions, decided, carry);
    let more = empty("adoption", adoptions, &alone, carry);
    records.subject.extend(more.subject);
    records.source.extend(more.source);
    let pairs = decided.iter().map(|row| (Some(*row), adoption_of.get(row).copied()));
    let pairs: Vec<_> = pairs.chain(alone.iter().map(|row| (None, Some(*row)))).collect();
    for field in FIELDS {
        let own = [of_field(decisions, field), of_field(adoptions, field)];
        let Some(shape) = own[0].or(own[1]) else { continue };
        let mut column = emptied(shape);
        for (decision, adoption) in &pairs {
            let there = [(own[0], *decision), (own[1], *adoption)];
            let filled = there.into_iter().filter_map(|(column, row)| Some((column?, row? as usize)));
            push_first(&mut column, filled);
        }
        records.columns.push((field.to_owned(), carried(&column, carry)));
    }
    records
}

/// Each child's latest decision: its row and day.
fn latest_decisions(decisions: &ListTable, decided: &[u32]) -> HashMap<Word, (u32, Option<Day>)> {
    let mut latest: HashMap<Word, (u32, Option<Day>)> = HashMap::new();
    let column = decisions.layout.column("DATE_PLACED").unwrap_or_default();
    for &row in decided {
        let Cell::Value(child) = decisions.subject(row as usize) else { continue };
        let day = decisions.day(column, row as usize).value();
        let held = latest.entry(child).or_insert((row, day));
        if day > held.1 {
            *held = (row, day);
        }
    }
    latest
}

fn of_field<'t>(table: &'t ListTable, field: &str) -> Option<&'t Column> {
    let place =
        table.layout.columns.iter().position(|column| column.kind == "adoption" && column.field == field)?;
    table.columns[place].as_ref().map(|typed| &typed.cells)
}

fn emptied(column: &Column) -> Column {
    column.reordered(&[])
}

/// Adds the first cell that isn't blank.
fn push_first<'c>(column: &mut Column, cells: impl Iterator<Item = (&'c Column, usize)>) {
    for (from, row) in cells {
        match (&mut *column, from.day(row), from.word(row), from.number(row)) {
            (Column::Days(days), cell @ (Cell::Value(_) | Cell::Unreadable), _, _) => return days.push(cell),
            (Column::Words(words), _, cell @ (Cell::Value(_) | Cell::Unreadable), _) => {
                return words.push(cell);
            }
            (Column::Numbers(numbers), _, _, cell @ (Cell::Value(_) | Cell::Unreadable)) => {
                return numbers.push(cell);
            }
            _ => {}
        }
    }
    column.push_blank();
}
