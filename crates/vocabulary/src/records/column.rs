//! A column of cells: a value, blank, or something that could not be read.

use super::{FieldType, Word};
use crate::day::Day;

/// What stands in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<T> {
    /// Nothing.
    Blank,
    /// Something that is not a value of the column's type, such as 31/02/2026; a finding says what.
    Unreadable,
    /// A value.
    Value(T),
}

impl<T> Cell<T> {
    /// The value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Blank | Self::Unreadable => None,
        }
    }

    /// The same state with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Cell<U> {
        match self {
            Self::Blank => Cell::Blank,
            Self::Unreadable => Cell::Unreadable,
            Self::Value(value) => Cell::Value(change(value)),
        }
    }
}

/// A moment on the local clock: minutes from the start of 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// The day of the moment.
    pub fn day(self) -> Day {
        Day(i32::try_from(self.0.div_euclid(24 * 60)).unwrap_or(i32::MAX))
    }
}

/// The cells of one field, in a vector of plain numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Days.
    Days(DayCells),
    /// Codes, flags (`yes`, `no`) and texts.
    Words(WordCells),
    /// Numbers.
    Numbers(NumberCells),
    /// Moments.
    Moments(MomentCells),
}

/// Days, blanks and what could not be read, four bytes each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayCells(pub(super) Vec<i32>);

/// Words, blanks and what could not be read, four bytes each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordCells(pub(super) Vec<u32>);

/// Numbers, blanks and what could not be read, eight bytes each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberCells(pub(super) Vec<f64>);

/// Moments, blanks and what could not be read, eight bytes each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MomentCells(pub(super) Vec<i64>);

macro_rules! cells {
    ($cells:ident, $value:ty, $blank:expr, $unreadable:expr, $from:expr, $to:expr) => {
        impl $cells {
            /// Adds a cell.
            pub fn push(&mut self, cell: Cell<$value>) {
                self.0.push(match cell {
                    Cell::Blank => $blank,
                    Cell::Unreadable => $unreadable,
                    Cell::Value(value) => $to(value),
                });
            }

            /// The cell of a row.
            pub fn get(&self, row: usize) -> Cell<$value> {
                let raw = self.0[row];
                if raw == $blank {
                    Cell::Blank
                } else if raw == $unreadable {
                    Cell::Unreadable
                } else {
                    Cell::Value($from(raw))
                }
            }

            /// How many cells there are.
            pub fn len(&self) -> usize {
                self.0.len()
            }

            /// Whether there are none.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }
    };
}

cells!(DayCells, Day, i32::MIN, i32::MIN + 1, Day, |day: Day| day.0);
cells!(WordCells, Word, u32::MAX, u32::MAX - 1, Word, |word: Word| word.0);
cells!(NumberCells, f64, f64::NEG_INFINITY, f64::INFINITY, |number: f64| number, |number: f64| number);
cells!(MomentCells, Moment, i64::MIN, i64::MIN + 1, Moment, |moment: Moment| moment.0);

impl Column {
    /// An empty column for a field of this type.
    pub fn of(field_type: FieldType) -> Self {
        match field_type {
            FieldType::Day => Self::Days(DayCells::default()),
            FieldType::Code | FieldType::Text | FieldType::Flag => Self::Words(WordCells::default()),
            FieldType::Number => Self::Numbers(NumberCells::default()),
            FieldType::Moment => Self::Moments(MomentCells::default()),
        }
    }

    /// Adds a blank cell.
    pub fn push_blank(&mut self) {
        match self {
            Self::Days(cells) => cells.push(Cell::Blank),
            Self::Words(cells) => cells.push(Cell::Blank),
            Self::Numbers(cells) => cells.push(Cell::Blank),
            Self::Moments(cells) => cells.push(Cell::Blank),
        }
    }

    /// Adds a cell that could not be read.
    pub fn push_unreadable(&mut self) {
        match self {
            Self::Days(cells) => cells.push(Cell::Unreadable),
            Self::Words(cells) => cells.push(Cell::Unreadable),
            Self::Numbers(cells) => cells.push(Cell::Unreadable),
            Self::Moments(cells) => cells.push(Cell::Unreadable),
        }
    }

    /// The day in a row: of a moment its day, blank for a column that holds no days.
    pub fn day(&self, row: usize) -> Cell<Day> {
        match self {
            Self::Days(cells) => cells.get(row),
            Self::Moments(cells) => cells.get(row).map(Moment::day),
            Self::Words(_) | Self::Numbers(_) => Cell::Blank,
        }
    }

    /// The word in a row; blank for a column that holds no words.
    pub fn word(&self, row: usize) -> Cell<Word> {
        match self {
            Self::Words(cells) => cells.get(row),
            _ => Cell::Blank,
        }
    }

    /// The number in a row; blank for a column that holds no numbers.
    pub fn number(&self, row: usize) -> Cell<f64> {
        match self {
            Self::Numbers(cells) => cells.get(row),
            _ => Cell::Blank,
        }
    }

    /// The moment in a row; blank for a column that holds no moments.
    pub fn moment(&self, row: usize) -> Cell<Moment> {
        match self {
            Self::Moments(cells) => cells.get(row),
            _ => Cell::Blank,
        }
    }

    /// Changes the number of every text; blanks and what could not be read stay as they are.
    pub fn map_words(&mut self, mut change: impl FnMut(Word) -> Word) {
        if let Self::Words(cells) = self {
            for cell in cells.0.iter_mut().filter(|cell| **cell < u32::MAX - 1) {
                *cell = change(Word(*cell)).0;
            }
        }
    }

    /// The same cells in another order.
    pub fn reordered(&self, order: &[u32]) -> Self {
        match self {
            Self::Days(cells) => Self::Days(DayCells(pick(&cells.0, order))),
            Self::Words(cells) => Self::Words(WordCells(pick(&cells.0, order))),
            Self::Numbers(cells) => Self::Numbers(NumberCells(pick(&cells.0, order))),
            Self::Moments(cells) => Self::Moments(MomentCells(pick(&cells.0, order))),
        }
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Days(cells) => cells.len(),
            Self::Words(cells) => cells.len(),
            Self::Numbers(cells) => cells.len(),
            Self::Moments(cells) => cells.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn pick<T: Copy>(cells: &[T], order: &[u32]) -> Vec<T> {
    order.iter().map(|&row| cells[row as usize]).collect()
}
