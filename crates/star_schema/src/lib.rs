//! What analysts take away: every exported table declared once, column by column with its class of data, and written as
//! Parquet for a warehouse or a reporting tool.
//!
//! The declaration is the data dictionary, and the rows that can be written are the declaration's own types: a column
//! that is not declared cannot be written, and one that is declared cannot be left out.

mod declared;
mod parquet_file;
mod tables;
#[cfg(test)]
mod tests;

pub use declared::{Cell, Class, Column, ColumnKind, Row, Table, Value};
pub use parquet_file::{StarError, write};
pub use tables::{
    DICTIONARY, DateRow, DictionaryRow, EventRow, FigureRow, GroupRow, IndicatorRow, MeasureRow, OutcomeRow,
    PeriodRow, StandardRow, dictionary, dictionary_as_markdown,
};
