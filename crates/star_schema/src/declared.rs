//! A declared table: its columns in order, each with the type of its cells, its class of data and its meaning.

use vocabulary::day::Day;

/// How closely a column is guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Published: law, standards, the calendar.
    C0,
    /// The programme's own records.
    C1,
    /// Figures before disclosure control: small numbers are in them.
    C2,
    /// Children under random ids.
    C3,
}

impl Class {
    /// Its name, as the access log and the files write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::C0 => "C0",
            Self::C1 => "C1",
            Self::C2 => "C2",
            Self::C3 => "C3",
        }
    }
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Whole numbers.
    Whole,
    /// Numbers.
    Number,
    /// Text.
    Text,
    /// Calendar days.
    Day,
    /// True or false.
    Flag,
}

impl ColumnKind {
    /// Its name for people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Whole => "whole number",
            Self::Number => "number",
            Self::Text => "text",
            Self::Day => "date",
            Self::Flag => "true or false",
        }
    }
}

/// A declared column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// Whether a cell may be empty.
    pub optional: bool,
    /// How closely it is guarded.
    pub class: Class,
    /// What it means, in the field's words.
    pub meaning: &'static str,
}

/// A declared table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, which is its file's name too.
    pub name: &'static str,
    /// What a row is.
    pub meaning: &'static str,
    /// Its columns in order.
    pub columns: &'static [Column],
}

impl Table {
    /// How closely the table is guarded: as its most guarded column.
    pub fn class(&self) -> Class {
        self.columns.iter().map(|column| column.class).max().unwrap_or(Class::C0)
    }
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
    /// A calendar day.
    Day(Day),
    /// True or false.
    Flag(bool),
    /// Nothing is known, or nothing applies.
    Empty,
}

/// A row of a declared table. Made by `tables!` only, so that its cells are the table's columns.
pub trait Row {
    /// The table.
    const TABLE: Table;
    /// The cells, one for each column of the table, in order.
    fn cells(self) -> Vec<Cell>;
}

/// A type that a column may have.
pub trait Value {
    /// What the column's cells hold.
    const KIND: ColumnKind;
    /// Whether a cell may be empty.
    const OPTIONAL: bool = false;
    /// The value as a cell.
    fn cell(self) -> Cell;
}

impl Value for i64 {
    const KIND: ColumnKind = ColumnKind::Whole;
    fn cell(self) -> Cell {
        Cell::Whole(self)
    }
}

impl Value for f64 {
    const KIND: ColumnKind = ColumnKind::Number;
    fn cell(self) -> Cell {
        Cell::Number(self)
    }
}

impl Value for String {
    const KIND: ColumnKind = ColumnKind::Text;
    fn cell(self) -> Cell {
        Cell::Text(self)
    }
}

impl Value for Day {
    const KIND: ColumnKind = ColumnKind::Day;
    fn cell(self) -> Cell {
        Cell::Day(self)
    }
}

impl Value for bool {
    const KIND: ColumnKind = ColumnKind::Flag;
    fn cell(self) -> Cell {
        Cell::Flag(self)
    }
}

impl<V: Value> Value for Option<V> {
    const KIND: ColumnKind = V::KIND;
    const OPTIONAL: bool = true;
    fn cell(self) -> Cell {
        self.map_or(Cell::Empty, V::cell)
    }
}

/// Declares tables: for each its row as a type, and from the same lines its columns and its place in the dictionary.
macro_rules! tables {
    ($(
        $(#[doc = $meaning:literal])+
        $row:ident as $name:literal {
            $(#[doc = $what:literal] $field:ident: $value:ty, $class:ident;)+
        }
    )+) => {
        $(
            $(#[doc = $meaning])+
            #[derive(Clone, Debug, PartialEq)]
            pub struct $row {
                $(#[doc = $what] pub $field: $value),+
            }

            impl $crate::declared::Row for $row {
                const TABLE: $crate::declared::Table = $crate::declared::Table {
                    name: $name,
                    meaning: concat!($($meaning),+).trim_ascii(),
                    columns: &[$($crate::declared::Column {
                        name: stringify!($field),
                        kind: <$value as $crate::declared::Value>::KIND,
                        optional: <$value as $crate::declared::Value>::OPTIONAL,
                        class: $crate::declared::Class::$class,
                        meaning: $what.trim_ascii(),
                    }),+],
                };

                fn cells(self) -> Vec<$crate::declared::Cell> {
                    vec![$($crate::declared::Value::cell(self.$field)),+]
                }
            }
        )+

        /// Every declared table, in order.
        pub const DICTIONARY: &[$crate::declared::Table] = &[$(<$row as $crate::declared::Row>::TABLE),+];
    };
}

pub(crate) use tables;
