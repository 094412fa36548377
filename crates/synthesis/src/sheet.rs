//! Lists of an extract before they are written: rows of cells under declared columns.
//!
//! The layouts are small tables beside the code (`layout.tsv`), taken from the descriptions of each collection.

use std::borrow::Cow;

use vocabulary::day::Day;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Text or a code.
    Text(Cow<'static, str>),
    /// A whole number.
    Whole(i64),
    /// A number that should be whole.
    Decimal(f64),
    /// A day.
    Day(Day),
    /// A formula that somebody left, and what it shows.
    Formula(&'static str, String),
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Whom the row is about.
    Subject,
    /// Free text.
    Text,
    /// A code of a set.
    Code,
    /// A day.
    Day,
    /// A whole number.
    Whole,
    /// A postcode.
    Postcode,
}

/// A column of a list.
#[derive(Clone, Debug)]
pub struct Column {
    /// The heading.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// The set of its codes; empty where it holds none.
    pub codes: &'static str,
    /// It may not be blank.
    pub required: bool,
}

/// The columns of one list.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The list's name: `List 4`, `Episodes`, `Section47`.
    pub list: &'static str,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

/// A list with its rows.
#[derive(Clone, Debug)]
pub struct Table {
    /// Name and columns.
    pub layout: &'static Layout,
    /// Rows of as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// For a group inside another, the row of that other group; empty for lists that stand alone.
    pub parents: Vec<u32>,
}

impl Table {
    /// A list without rows.
    pub fn new(layout: &'static Layout) -> Self {
        Self { layout, rows: Vec::new(), parents: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.layout.columns.len(), "{}", self.layout.list);
        self.rows.push(row);
    }

    /// Adds a row inside a row of another group.
    pub fn push_inside(&mut self, parent: usize, row: Vec<Cell>) {
        self.parents.push(u32::try_from(parent).unwrap_or(u32::MAX));
        self.push(row);
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.layout.columns.iter().position(|column| column.name == name)
    }
}

impl Layout {
    /// Reads the layouts of a collection from its table.
    pub fn parse(text: &'static str) -> Vec<Self> {
        let mut layouts: Vec<Self> = Vec::new();
        for line in text.lines().skip(1) {
            let mut fields = line.split('\t');
            let mut next = || fields.next().unwrap_or("");
            let list = next();
            let column = Column {
                name: next(),
                holds: Holds::named(next()),
                codes: next(),
                required: next() == "yes",
            };
            match layouts.last_mut() {
                Some(layout) if layout.list == list => layout.columns.push(column),
                _ => layouts.push(Self { list, columns: vec![column] }),
            }
        }
        layouts
    }

    /// The layout of a list; the first one for a name that isn't there.
    pub fn named(layouts: &'static [Self], list: &str) -> &'static Self {
        layouts.iter().find(|layout| layout.list == list).unwrap_or(&layouts[0])
    }
}

impl Holds {
    fn named(name: &str) -> Self {
        match name {
            "subject" => Self::Subject,
            "code" => Self::Code,
            "day" => Self::Day,
            "whole" => Self::Whole,
            "postcode" => Self::Postcode,
            _ => Self::Text,
        }
    }
}

impl Cell {
    /// What a person reads in the cell, days as ISO writes them.
    pub fn shown(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone().into_owned(),
            Self::Whole(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Formula(formula, _) => (*formula).to_owned(),
        }
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        *self == Self::Blank
    }
}

impl From<&'static str> for Cell {
    /// Empty text is a blank.
    fn from(text: &'static str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(Cow::Borrowed(text)) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(Cow::Owned(text)) }
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Day> for Cell {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Blank, Into::into)
    }
}
