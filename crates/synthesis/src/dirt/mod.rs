//! Faults put into clean extracts, each of them listed: what councils' files have been seen to hold.
//!
//! A row is spoilt once at most, by one changed cell, by a copy of it or by its absence, so that the list of faults is
//! exactly the difference from the clean file.

mod kinds;
#[cfg(test)]
mod tests;

use crate::chance::Chance;
use crate::sheet::{Cell, Table};
pub use kinds::{Collection, Kind};

/// One fault, for the list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The list, module or group.
    pub list: &'static str,
    /// The data row in the written list, from 0; for a row that is gone, the place where it stood.
    pub row: usize,
    /// The column; none when the whole row is the fault.
    pub column: Option<&'static str>,
    /// The kind of fault.
    pub kind: &'static str,
    /// What the cell held.
    pub before: String,
    /// What it holds.
    pub after: String,
}

/// What is done to a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A cell is changed.
    Cell(usize, Cell),
    /// The row stands twice.
    Copy,
    /// The row is gone.
    Gone,
}

/// Spoils files, one after another.
#[derive(Clone, Debug)]
pub struct Dirt {
    seed: u64,
    rate: f64,
    used: Vec<(Kind, u32)>,
    files: u64,
    /// Every fault so far.
    pub faults: Vec<Fault>,
}

impl Dirt {
    /// Dirt in this share of rows; the same seed spoils the same rows.
    pub fn new(seed: u64, rate: f64) -> Self {
        Self { seed, rate, used: Vec::new(), files: 0, faults: Vec::new() }
    }

    /// Spoils a list that is one part of a file.
    pub fn spoil(&mut self, file: &str, collection: Collection, table: &mut Table) {
        let mut chance = Chance::new(self.seed, 3, self.files);
        self.files += 1;
        if self.rate <= 0.0 {
            return;
        }
        let mut chosen: Vec<(usize, Kind, Change)> = Vec::new();
        for row in 0..table.rows.len() {
            if chance.happens(self.rate) {
                chosen.extend(self.choose(collection, table, row, &mut chance));
            }
        }
        self.carry_out(file, table, chosen);
    }

    /// The kind used least that fits the row, so that those for which few rows have a place are there too.
    fn choose(
        &mut self,
        collection: Collection,
        table: &Table,
        row: usize,
        chance: &mut Chance,
    ) -> Option<(usize, Kind, Change)> {
        let mut kinds = collection.kinds().to_vec();
        kinds.sort_by_key(|kind| self.times_used(*kind));
        let (kind, change) =
            kinds.into_iter().find_map(|kind| Some((kind, kind.change(collection, table, row, chance)?)))?;
        match self.used.iter_mut().find(|(used, _)| *used == kind) {
            Some((_, times)) => *times += 1,
            None => self.used.push((kind, 1)),
        }
        Some((row, kind, change))
    }

    fn times_used(&self, kind: Kind) -> u32 {
        self.used.iter().find(|(used, _)| *used == kind).map_or(0, |(_, times)| *times)
    }

    fn carry_out(&mut self, file: &str, table: &mut Table, chosen: Vec<(usize, Kind, Change)>) {
        let mut shift = 0_isize;
        let mut rebuilt = Vec::with_capacity(table.rows.len() + chosen.len());
        let mut parents = Vec::with_capacity(table.parents.len());
        let mut chosen = chosen.into_iter().peekable();
        for (row, mut cells) in std::mem::take(&mut table.rows).into_iter().enumerate() {
            let parent = table.parents.get(row).copied();
            let change = chosen.next_if(|(at, ..)| *at == row);
            let written = row.saturating_add_signed(shift);
            let mut times = 1;
            if let Some((_, kind, change)) = change {
                let mut fault = Fault::new(file, table.layout.list, written, kind);
                match change {
                    Change::Cell(column, cell) => fault.change(table, column, &mut cells[column], cell),
                    Change::Copy => (fault.row, shift, times) = (written + 1, shift + 1, 2),
                    Change::Gone => (shift, times) = (shift - 1, 0),
                }
                self.faults.push(fault);
            }
            rebuilt.extend(std::iter::repeat_n(cells, times));
            parents.extend(parent.into_iter().flat_map(|parent| std::iter::repeat_n(parent, times)));
        }
        (table.rows, table.parents) = (rebuilt, parents);
    }
}

impl Fault {
    fn new(file: &str, list: &'static str, row: usize, kind: Kind) -> Self {
        let (file, kind) = (file.to_owned(), kind.name());
        Self { file, list, row, column: None, kind, before: String::new(), after: String::new() }
    }

    fn change(&mut self, table: &Table, column: usize, cell: &mut Cell, to: Cell) {
        self.column = Some(table.layout.columns[column].name);
        self.before = cell.shown();
        self.after = to.shown();
        *cell = to;
    }
}
