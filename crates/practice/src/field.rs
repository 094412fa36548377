//! A field that a standard names, bound to the columns of a picture: what is known of it for one record.

use vocabulary::day::Day;
use vocabulary::records::{Cell, Column, Moment, Table, Word};

use crate::picture::{Picture, Sheet};
use crate::reason::{Told, Why};

/// A record under judgement: its row and whose it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) row: usize,
    pub(crate) subject: Word,
}

/// A day, with its moment where the source gives one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) day: Day,
    pub(crate) moment: Option<Moment>,
}

/// A field's name and where its cells stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoundField<'p> {
    kind: &'p str,
    name: &'p str,
    place: Place<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Place<'p> {
    Own(&'p Column),
    OfTheChild(&'p Sheet, &'p Column),
    NotSupplied,
    NotHeld,
}

/// The name of a field of the kind `child`, where that is meant: `child.born_on`.
pub(crate) fn of_the_child(name: &str) -> Option<&str> {
    name.strip_prefix("child.")
}

impl<'p> BoundField<'p> {
    /// Binds a field of a table, or of the child that the table's records are about.
    pub(crate) fn bind(name: &'p str, table: &'p Table, picture: &'p Picture) -> Self {
        let Some(of_child) = of_the_child(name) else {
            let place = table.column(name).map_or(Place::NotSupplied, Place::Own);
            return Self { kind: &table.kind, name, place };
        };
        let place = match picture.sheet("child") {
            None => Place::NotHeld,
            Some(sheet) => {
                let column = sheet.table.column(of_child);
                column.map_or(Place::NotSupplied, |column| Place::OfTheChild(sheet, column))
            }
        };
        Self { kind: "child", name: of_child, place }
    }

    /// The column, where it is the record's own.
    pub(crate) fn is_days(&self) -> bool {
        let column = match self.place {
            Place::Own(column) | Place::OfTheChild(_, column) => column,
            Place::NotSupplied | Place::NotHeld => return false,
        };
        matches!(column, Column::Days(_) | Column::Moments(_))
    }

    /// Why a blank cell gives no answer.
    pub(crate) fn blank(&self) -> Why<'p> {
        Why::Blank { kind: self.kind, field: self.name }
    }

    fn cell<T>(&self, row: Row, read: impl Fn(&Column, usize) -> Cell<T>) -> Told<'p, T> {
        let (kind, field) = (self.kind, self.name);
        let cell = match self.place {
            Place::NotHeld => return Told::Unclear(Why::NotHeld { kind }),
            Place::NotSupplied => return Told::Unclear(Why::NotSupplied { kind, field }),
            Place::Own(column) => read(column, row.row),
            Place::OfTheChild(sheet, column) => match sheet.rows_of(row.subject).next() {
                Some(row) => read(column, row),
                None => return Told::Unclear(Why::NoneFound { kind }),
            },
        };
        match cell {
            Cell::Value(value) => Told::Known(value),
            Cell::Blank => Told::Blank,
            Cell::Unreadable => Told::Unclear(Why::Unreadable { kind, field }),
        }
    }

    pub(crate) fn when(&self, row: Row) -> Told<'p, When> {
        self.cell(row, |column, row| {
            let moment = column.moment(row).value();
            column.day(row).map(|day| When { day, moment })
        })
    }

    pub(crate) fn day(&self, row: Row) -> Told<'p, Day> {
        self.cell(row, Column::day)
    }

    pub(crate) fn word(&self, row: Row) -> Told<'p, Word> {
        self.cell(row, Column::word)
    }

    pub(crate) fn number(&self, row: Row) -> Told<'p, f64> {
        self.cell(row, Column::number)
    }

    /// Whether something stands in the cell, whatever its type.
    pub(crate) fn presence(&self, row: Row) -> Told<'p, ()> {
        self.cell(row, |column, row| match column {
            Column::Days(cells) => cells.get(row).map(|_| ()),
            Column::Words(cells) => cells.get(row).map(|_| ()),
            Column::Numbers(cells) => cells.get(row).map(|_| ()),
            Column::Moments(cells) => cells.get(row).map(|_| ()),
        })
    }
}
