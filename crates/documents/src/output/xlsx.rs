//! Accessible workbooks: a cover sheet, notes, and one table a sheet from A1 with a heading row that stays in view.
//!
//! Follows the Analysis Function's guidance "Releasing statistics in spreadsheets": no merged cells, no empty rows
//! inside a table, no meaning by colour alone, names on every sheet and table. The same content and creation time give
//! the same bytes.

use std::collections::HashSet;

use jiff::civil::DateTime;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Table as ExcelTable, TableColumn, TableStyle,
    Workbook as ExcelWorkbook, Worksheet, XlsxError,
};

use super::table::{Cell, Column, ColumnKind, Table, neutralised};

/// A workbook to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    /// What it is, as one line.
    pub title: String,
    /// The facts of the cover sheet: who made it, for what period, from what, its handling marking.
    pub about: Vec<(String, String)>,
    /// What a person must know to use the figures, one note each.
    pub notes: Vec<String>,
    /// The tables, each on a sheet of its own.
    pub tables: Vec<Table>,
}

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// A table is larger than a sheet can be.
    #[error("table {name:?} has {rows} rows and {columns} columns, more than a sheet holds")]
    TableTooLarge {
        /// The table.
        name: String,
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// The workbook could not be put together.
    #[error("workbook cannot be written")]
    Written(#[from] XlsxError),
}

const MOST_ROWS: usize = 1_048_575;
const MOST_COLUMNS: usize = 16_384;
/// Characters a cell holds.
const LONGEST_TEXT: usize = 32_767;
const HEADING_ROW: u32 = 0;

impl Workbook {
    /// Writes the workbook; `created` is printed in its properties and is the only time in it.
    pub fn write(&self, created: DateTime) -> Result<Vec<u8>, WorkbookError> {
        let mut workbook = ExcelWorkbook::new();
        workbook.set_properties(&self.properties(created)?);
        let mut names = Names::default();
        self.write_cover(workbook.add_worksheet(), &mut names)?;
        if !self.notes.is_empty() {
            self.write_notes(workbook.add_worksheet(), &mut names)?;
        }
        for (order, table) in self.tables.iter().enumerate() {
            write_table(workbook.add_worksheet(), table, order + 1, &mut names)?;
        }
        Ok(workbook.save_to_buffer()?)
    }

    fn properties(&self, created: DateTime) -> Result<DocProperties, XlsxError> {
        let day = ExcelDateTime::from_ymd(
            created.year().unsigned_abs(),
            created.month().unsigned_abs(),
            created.day().unsigned_abs(),
        )?;
        let time = day.and_hms(
            u16::from(created.hour().unsigned_abs()),
            created.minute().unsigned_abs(),
            f64::from(created.second()),
        )?;
        Ok(DocProperties::new().set_title(&self.title).set_author("Headway").set_creation_datetime(&time))
    }

    fn write_cover(&self, sheet: &mut Worksheet, names: &mut Names) -> Result<(), XlsxError> {
        sheet.set_name(names.sheet("Cover"))?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_column_width(0, 28)?.set_column_width(1, 80)?;
        sheet.write_string_with_format(
            0,
            0,
            clipped(&self.title),
            &Format::new().set_bold().set_font_size(16),
        )?;
        let mut row = 1;
        for (what, value) in &self.about {
            sheet.write_string_with_format(row, 0, clipped(what), &top().set_bold())?;
            write_text(sheet, row, 1, value, &top().set_text_wrap())?;
            row += 1;
        }
        for (order, table) in self.tables.iter().enumerate() {
            sheet.write_string_with_format(row, 0, format!("Sheet {}", order + 1), &top().set_bold())?;
            write_text(sheet, row, 1, &table.name, &top().set_text_wrap())?;
            row += 1;
        }
        Ok(())
    }

    fn write_notes(&self, sheet: &mut Worksheet, names: &mut Names) -> Result<(), XlsxError> {
        sheet.set_name(names.sheet("Notes"))?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_column_width(0, 8)?.set_column_width(1, 100)?;
        sheet.set_freeze_panes(1, 0)?;
        let columns =
            [Column::new("Note", ColumnKind::Integer), Column::new("What it says", ColumnKind::LongText)];
        for (row, note) in (1..).zip(&self.notes) {
            sheet.write_number_with_format(row, 0, f64::from(row), &top())?;
            write_text(sheet, row, 1, note, &top().set_text_wrap())?;
        }
        add_table(sheet, &columns, self.notes.len(), "Notes")
    }
}

/// Names in use: sheets and columns must differ without regard to case.
#[derive(Default)]
struct Names(HashSet<String>);

impl Names {
    /// The nearest name a sheet may have: 31 characters, none of Excel's signs, not used before.
    fn sheet(&mut self, wanted: &str) -> String {
        const LONGEST: usize = 31;
        let clean: String = wanted
            .chars()
            .map(|letter| if "[]:*?/\\".contains(letter) || letter.is_control() { ' ' } else { letter })
            .collect();
        let clean = clean.trim().trim_matches('\'');
        self.distinct(if clean.is_empty() { "Table" } else { clean }, LONGEST)
    }

    fn distinct(&mut self, wanted: &str, longest: usize) -> String {
        let mut name: String = wanted.chars().take(longest).collect();
        for copy in 2.. {
            if self.0.insert(name.to_lowercase()) {
                break;
            }
            let ending = format!(" ({copy})");
            name = wanted.chars().take(longest - ending.len()).collect::<String>() + &ending;
        }
        name
    }
}

fn write_table(
    sheet: &mut Worksheet,
    table: &Table,
    order: usize,
    names: &mut Names,
) -> Result<(), WorkbookError> {
    let (rows, columns) = (table.rows.len(), table.columns.len());
    if rows > MOST_ROWS || columns > MOST_COLUMNS {
        return Err(WorkbookError::TableTooLarge { name: table.name.clone(), rows, columns });
    }
    sheet.set_name(names.sheet(&table.name))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    sheet.set_footer("&L&F&C&A&RPage &P of &N");
    for (index, column) in (0_u16..).zip(&table.columns) {
        sheet.set_column_width(index, width(table, usize::from(index), column))?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            let kind = table.columns.get(usize::from(column)).map(|column| column.kind).unwrap_or_default();
            write_cell(sheet, row, column, cell, kind)?;
        }
    }
    if columns > 0 {
        add_table(sheet, &table.columns, rows, &format!("Table{order}"))?;
    }
    Ok(())
}

/// Marks the cells as a table, so that screen readers announce headings; a table without rows gets one empty row.
fn add_table(sheet: &mut Worksheet, columns: &[Column], rows: usize, name: &str) -> Result<(), XlsxError> {
    const LONGEST_TITLE: usize = 255;
    let mut titles = Names::default();
    let heading = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let headings: Vec<TableColumn> = columns
        .iter()
        .map(|column| {
            let title = if column.title.trim().is_empty() { "Column" } else { column.title.as_str() };
            TableColumn::new()
                .set_header(titles.distinct(&neutralised(title), LONGEST_TITLE))
                .set_header_format(heading.clone())
        })
        .collect();
    let table = ExcelTable::new().set_name(name).set_columns(&headings).set_style(TableStyle::Light1);
    let last_row = u32::try_from(rows.max(1)).unwrap_or(u32::MAX);
    let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.add_table(HEADING_ROW, 0, last_row, last_column, &table)?;
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    kind: ColumnKind,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => {
            let format = if kind == ColumnKind::LongText { top().set_text_wrap() } else { top() };
            write_text(sheet, row, column, text, &format)?;
        }
        Cell::Integer(number) => {
            sheet.write_number_with_format(row, column, *number as f64, &top().set_num_format("0"))?;
        }
        Cell::Number(number) if number.is_finite() => {
            sheet.write_number_with_format(row, column, *number, &top())?;
        }
        Cell::Date(date) => {
            let day = ExcelDateTime::from_ymd(
                date.year().unsigned_abs(),
                date.month().unsigned_abs(),
                date.day().unsigned_abs(),
            );
            match day {
                Ok(day) => sheet.write_datetime_with_format(
                    row,
                    column,
                    &day,
                    &top().set_num_format("dd/mm/yyyy"),
                )?,
                // Excel counts days from 1900.
                Err(_) => sheet.write_string_with_format(row, column, date.to_string(), &top())?,
            };
        }
        Cell::Number(_) | Cell::Empty => {}
    }
    Ok(())
}

/// Text is stored as text, so it is never a formula; the quote prefix keeps it text when someone edits the cell.
fn write_text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = clipped(text);
    let format = if neutralised(&text) == text { format.clone() } else { format.clone().set_quote_prefix() };
    sheet.write_string_with_format(row, column, text, &format)?;
    Ok(())
}

fn clipped(text: &str) -> String {
    text.chars().filter(|letter| *letter != '\0').take(LONGEST_TEXT).collect()
}

fn top() -> Format {
    Format::new().set_align(FormatAlign::Top)
}

/// Wide enough for what stands in it, within what a page shows.
fn width(table: &Table, index: usize, column: &Column) -> f64 {
    const ROWS_LOOKED_AT: usize = 500;
    let (narrowest, widest) = match column.kind {
        ColumnKind::LongText => return 70.0,
        ColumnKind::Date => (12, 14),
        ColumnKind::Integer | ColumnKind::Number => (10, 18),
        ColumnKind::Text => (10, 48),
    };
    let printed = |cell: &Cell| match cell {
        Cell::Text(text) => text.chars().count(),
        _ => 10,
    };
    let longest = table
        .rows
        .iter()
        .take(ROWS_LOOKED_AT)
        .filter_map(|row| row.get(index))
        .map(printed)
        .max()
        .unwrap_or(0);
    let title = column.title.chars().count() + 3;
    longest.max(title).clamp(narrowest, widest) as f64
}
