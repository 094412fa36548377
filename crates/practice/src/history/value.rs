//! One cell, whatever its column holds: to copy it into another column and to show it before and after.

use vocabulary::day::Day;
use vocabulary::records::{Cell, Column, Moment, Word};

/// What stands in a cell of any type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// Something that could not be read, or that no source of the record supplies.
    Unreadable,
    /// A day.
    Day(Day),
    /// A code, flag or text.
    Word(Word),
    /// A number.
    Number(f64),
    /// A moment.
    Moment(Moment),
}

impl Value {
    /// The cell of a row.
    pub fn at(column: &Column, row: usize) -> Self {
        Self::of(column, row, |word| word)
    }

    /// The cell of a row, with its word as `word` makes it.
    pub(super) fn of(column: &Column, row: usize, word: impl FnOnce(Word) -> Word) -> Self {
        match column {
            Column::Days(cells) => Self::from_cell(cells.get(row).map(Self::Day)),
            Column::Words(cells) => Self::from_cell(cells.get(row).map(|text| Self::Word(word(text)))),
            Column::Numbers(cells) => Self::from_cell(cells.get(row).map(Self::Number)),
            Column::Moments(cells) => Self::from_cell(cells.get(row).map(Self::Moment)),
        }
    }

    fn from_cell(cell: Cell<Self>) -> Self {
        match cell {
            Cell::Blank => Self::Blank,
            Cell::Unreadable => Self::Unreadable,
            Cell::Value(value) => value,
        }
    }

    /// Adds the cell to a column; a value that the column can't hold is unreadable there.
    pub(super) fn push_to(self, column: &mut Column) {
        match (self, column) {
            (Self::Day(day), Column::Days(cells)) => cells.push(Cell::Value(day)),
            (Self::Word(word), Column::Words(cells)) => cells.push(Cell::Value(word)),
            (Self::Number(number), Column::Numbers(cells)) => cells.push(Cell::Value(number)),
            (Self::Moment(moment), Column::Moments(cells)) => cells.push(Cell::Value(moment)),
            (Self::Blank, column) => column.push_blank(),
            (_, column) => column.push_unreadable(),
        }
    }

    /// The cell as numbers, equal for equal cells only.
    pub(super) fn bits(self) -> (u8, u64) {
        match self {
            Self::Blank => (0, 0),
            Self::Unreadable => (1, 0),
            Self::Day(day) => (2, u64::from(day.0.cast_unsigned())),
            Self::Word(word) => (3, u64::from(word.0)),
            Self::Number(number) => (4, number.to_bits()),
            Self::Moment(moment) => (5, moment.0.cast_unsigned()),
        }
    }

    /// The day, of a moment too.
    pub fn day(self) -> Option<Day> {
        match self {
            Self::Day(day) => Some(day),
            Self::Moment(moment) => Some(moment.day()),
            _ => None,
        }
    }
}

impl From<Cell<Day>> for Value {
    fn from(cell: Cell<Day>) -> Self {
        Self::from_cell(cell.map(Self::Day))
    }
}

impl From<Cell<Word>> for Value {
    fn from(cell: Cell<Word>) -> Self {
        Self::from_cell(cell.map(Self::Word))
    }
}
