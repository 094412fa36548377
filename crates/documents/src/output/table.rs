//! A table as every output takes it: named, with titled columns and typed cells.

use jiff::civil::Date;

/// One table: a sheet of a workbook, or a CSV file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What the table is called.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// Its rows; a row shorter than the columns ends in empty cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A column and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub title: String,
    /// What stands in it, which decides its width and the form of its cells.
    pub kind: ColumnKind,
}

impl Column {
    /// A column of a kind.
    pub fn new(title: impl Into<String>, kind: ColumnKind) -> Self {
        Self { title: title.into(), kind }
    }
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words of a line or less.
    #[default]
    Text,
    /// Sentences, wrapped.
    LongText,
    /// Whole numbers.
    Integer,
    /// Numbers with decimals.
    Number,
    /// Calendar days.
    Date,
}

/// One value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Words. Never read as a formula, whatever they start with.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number; one that is not finite is left empty.
    Number(f64),
    /// A calendar day.
    Date(Date),
    /// Nothing.
    #[default]
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

/// Text that no spreadsheet program takes for a formula: an apostrophe goes before the signs that start one.
///
/// The signs are those of the house's rule for exports: `=`, `+`, `-`, `@`, tab, carriage return and NUL. NUL itself
/// is dropped, because it cuts text short in some programs.
pub fn neutralised(text: &str) -> String {
    let risky = text.starts_with(FORMULA_SIGNS);
    let clean = text.replace('\0', "");
    if risky { format!("'{clean}") } else { clean }
}

/// What starts a formula in some spreadsheet program, or hides what does.
const FORMULA_SIGNS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\0', '\n', '＝', '＋', '－', '＠'];

/// The text that [`neutralised`] made harmless.
pub fn as_meant(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA_SIGNS)).unwrap_or(text)
}
