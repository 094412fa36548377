//! The table of worked examples as a standard's file writes it.

use vocabulary::records::Catalogue;

use crate::names::{kinds_of, unknown_field};
use crate::standard::Standard;

/// The rows of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Examples {
    /// The line of the file on which the part begins.
    pub(crate) line: usize,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// A row: its line, and its cells by column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) cells: Vec<(String, String)>,
}

/// Columns that are no field.
pub(crate) const OWN_COLUMNS: [&str; 5] = ["example", "as at", "limit", "answer", "due on"];
const NEEDED_COLUMNS: [&str; 3] = ["example", "as at", "answer"];

impl Row {
    pub(crate) fn cell(&self, column: &str) -> Option<&str> {
        self.cells.iter().find(|(name, _)| name == column).map(|(_, cell)| cell.as_str())
    }
}

impl Examples {
    /// Reads the first table under the heading *Worked examples*.
    pub(crate) fn read(prose: &str, first_line: usize) -> Self {
        let heading =
            |line: &str| line.starts_with('#') && line.trim_matches(['#', ' ']) == "Worked examples";
        let start = prose.lines().position(heading);
        let mut examples =
            Self { line: first_line + start.unwrap_or(0), columns: Vec::new(), rows: Vec::new() };
        let Some(start) = start else { return examples };
        for (number, line) in prose.lines().enumerate().skip(start + 1) {
            match cells(line) {
                None if examples.columns.is_empty() && !line.starts_with('#') => {}
                None => break,
                Some(cells) if examples.columns.is_empty() => examples.columns = cells,
                Some(cells) if cells.iter().all(|cell| is_rule(cell)) => {}
                Some(cells) => {
                    let named = examples.columns.iter().cloned().zip(cells);
                    examples.rows.push(Row { line: first_line + number, cells: named.collect() });
                }
            }
        }
        examples
    }
}

/// The cells of a table's line.
fn cells(line: &str) -> Option<Vec<String>> {
    let line = line.trim().strip_prefix('|')?;
    let line = line.strip_suffix('|').unwrap_or(line);
    Some(line.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect())
}

fn is_rule(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|character| matches!(character, '-' | ':'))
}

/// Whether every column is one that a row can be read by.
pub(crate) fn check_columns(
    examples: &Examples,
    standard: &Standard,
    catalogue: &Catalogue,
) -> Result<(), String> {
    for needed in NEEDED_COLUMNS {
        if !examples.columns.iter().any(|column| column == needed) {
            return Err(format!("the table has no column `{needed}`"));
        }
    }
    for column in examples.columns.iter().filter(|column| !OWN_COLUMNS.contains(&column.as_str())) {
        let (kind_name, field) = column.split_once('.').unwrap_or((&standard.record, column));
        let Some(kind) = catalogue.kind(kind_name) else {
            return Err(format!(
                "unknown kind of record `{kind_name}`; the kinds are {}",
                kinds_of(catalogue)
            ));
        };
        if kind.field(field).is_none() {
            let what = unknown_field(kind, field);
            return Err(format!("{what}; other columns are {}", OWN_COLUMNS.join(", ")));
        }
    }
    Ok(())
}
