//! What goes out: tables as CSV and as accessible workbooks, with nothing a spreadsheet program would run.

pub mod csv;
pub mod table;
pub mod xlsx;

#[cfg(test)]
mod tests;
