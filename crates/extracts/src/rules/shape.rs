//! The usual shapes of rules, so that a usual rule is some fifteen lines.

use vocabulary::day::Day;
use vocabulary::records::{Cell, Column, Word};

use super::{Answer, Answers, Why};
use crate::cell::FaultKind;
use crate::layout::Holds;
use crate::table::{ListTable, TypedColumn};

/// A later date must not come before an earlier one by more than so many days. A blank one leaves nothing to compare.
pub fn in_order(earlier: Cell<Day>, later: Cell<Day>, days_before_allowed: i32, column: usize) -> Answer {
    match (earlier, later) {
        (Cell::Blank, _) | (_, Cell::Blank) => Answer::Passes,
        (Cell::Value(earlier), Cell::Value(later)) => {
            if later.days_since(earlier) < -days_before_allowed {
                Answer::Fails(column)
            } else {
                Answer::Passes
            }
        }
        _ => Answer::CannotTell(Why::Unreadable),
    }
}

/// A date must not be on a Saturday or Sunday.
pub fn not_on_a_weekend(day: Cell<Day>, column: usize) -> Answer {
    match day {
        Cell::Blank => Answer::Passes,
        Cell::Unreadable => Answer::CannotTell(Why::Unreadable),
        // The first day counted, 1 January 1970, was a Thursday.
        Cell::Value(day) if (day.0 + 3).rem_euclid(7) >= 5 => Answer::Fails(column),
        Cell::Value(_) => Answer::Passes,
    }
}

/// Rows whose cells of some columns can't be read for one of these reasons.
pub fn unreadable(table: &ListTable, of: fn(Holds) -> bool, kinds: &[FaultKind], answers: &mut Answers) {
    for (column, typed) in columns(table, of) {
        for fault in typed.faults.iter().filter(|fault| kinds.contains(&fault.kind)) {
            answers.fails_with(fault.row as usize, column, fault.value);
        }
    }
}

/// The columns that are there and hold something of a kind, with their numbers.
pub fn columns(table: &ListTable, of: fn(Holds) -> bool) -> impl Iterator<Item = (usize, &TypedColumn)> {
    let there = table.columns.iter().enumerate();
    there.filter_map(move |(number, typed)| {
        let typed = typed.as_ref()?;
        of(table.layout.columns[number].holds).then_some((number, typed))
    })
}

/// Groups of two or more rows that have the same in some columns. `of` leaves rows out.
pub fn groups(table: &ListTable, columns: &[usize], of: impl Fn(usize) -> bool) -> Vec<Vec<u32>> {
    grouped(table, columns, &[], of)
}

/// The same, of rows that stand in one group of the file.
pub fn groups_of_siblings(table: &ListTable, columns: &[usize], of: impl Fn(usize) -> bool) -> Vec<Vec<u32>> {
    let parents = if table.parents.len() == table.len() { table.parents.as_slice() } else { &[] };
    grouped(table, columns, parents, of)
}

fn grouped(
    table: &ListTable,
    columns: &[usize],
    parents: &[u32],
    of: impl Fn(usize) -> bool,
) -> Vec<Vec<u32>> {
    let mut hashes = hashes(table, columns);
    for (hash, parent) in hashes.iter_mut().zip(parents) {
        *hash = mixed(*hash, u64::from(*parent));
    }
    let hash = |row: &u32| hashes[*row as usize];
    let mut rows: Vec<u32> = (0..u32::try_from(table.len()).unwrap_or(u32::MAX)).collect();
    rows.retain(|&row| of(row as usize));
    rows.sort_unstable_by_key(|row| (hash(row), *row));
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for run in rows.chunk_by(|one, other| hash(one) == hash(other)).filter(|run| run.len() > 1) {
        // Different rows with one hash are as good as never seen; they are told apart all the same.
        let first = run[0] as usize;
        let alike = |row: &u32| {
            let row = *row as usize;
            (parents.is_empty() || parents[row] == parents[first]) && same(table, columns, first, row)
        };
        let group: Vec<u32> = run.iter().copied().filter(alike).collect();
        if group.len() > 1 {
            groups.push(group);
        }
    }
    groups
}

/// A number for each row that is the same when some of its cells are.
pub fn hashes(table: &ListTable, columns: &[usize]) -> Vec<u64> {
    let mut hashes = vec![0_u64; table.len()];
    for typed in columns.iter().filter_map(|&column| table.columns[column].as_ref()) {
        for (row, hash) in hashes.iter_mut().enumerate() {
            *hash = mixed(*hash, bits(typed, row));
        }
    }
    hashes
}

const fn mixed(hash: u64, bits: u64) -> u64 {
    let mixed = (hash.rotate_left(5) ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}

fn bits(typed: &TypedColumn, row: usize) -> u64 {
    fn of<T>(cell: Cell<T>, bits: impl FnOnce(T) -> u64) -> u64 {
        match cell {
            Cell::Blank => u64::MAX,
            Cell::Unreadable => u64::MAX - 1,
            Cell::Value(value) => bits(value),
        }
    }
    match &typed.cells {
        Column::Days(_) => of(typed.cells.day(row), |day| u64::from(day.0.cast_unsigned())),
        Column::Words(_) => of(typed.cells.word(row), |word: Word| u64::from(word.0)),
        Column::Numbers(_) => of(typed.cells.number(row), f64::to_bits),
        Column::Moments(_) => of(typed.cells.moment(row), |moment| moment.0.cast_unsigned()),
    }
}

fn same(table: &ListTable, columns: &[usize], one: usize, other: usize) -> bool {
    let mut cells = columns.iter().filter_map(|&column| table.columns[column].as_ref());
    cells.all(|typed| bits(typed, one) == bits(typed, other))
}

/// Whether every cell of a row in some columns can be read.
pub fn readable(table: &ListTable, columns: &[usize], row: usize) -> bool {
    columns
        .iter()
        .filter_map(|&column| table.columns[column].as_ref())
        .all(|typed| bits(typed, row) != u64::MAX - 1)
}

/// Whether something stands in a cell of a row.
pub fn blank(table: &ListTable, column: usize, row: usize) -> bool {
    table.columns[column].as_ref().is_none_or(|typed| bits(typed, row) == u64::MAX)
}
