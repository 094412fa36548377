//! A workbook with one sheet a list: headings in the first row, days as true Excel dates.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use crate::sheet::{Cell, Table};

/// Excel counts days from the last of December 1899, with a leap day too many.
const DAYS_BEFORE_1970: i32 = 25_569;

/// The bytes of a workbook.
pub fn workbook(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same lists give the same bytes, whenever they are written.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_author("Northmoor").set_creation_datetime(&made));
    let formats = Formats { day: Format::new().set_num_format("dd/mm/yyyy") };
    for table in tables {
        write(workbook.add_worksheet(), table, &formats)?;
    }
    workbook.save_to_buffer()
}

struct Formats {
    day: Format,
}

fn write(sheet: &mut Worksheet, table: &Table, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(table.layout.list)?;
    for (column, heading) in (0_u16..).zip(&table.layout.columns) {
        sheet.write_string(0, column, heading.name)?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            write_cell(sheet, row, column, cell, formats)?;
        }
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, text.as_ref())?;
        }
        Cell::Whole(number) => {
            sheet.write_number(row, column, *number as f64)?;
        }
        Cell::Decimal(number) => {
            sheet.write_number(row, column, *number)?;
        }
        Cell::Day(day) => {
            sheet.write_number_with_format(row, column, f64::from(day.0 + DAYS_BEFORE_1970), &formats.day)?;
        }
        Cell::Formula(formula, shows) => {
            sheet.write_formula(row, column, Formula::new(*formula).set_result(shows))?;
        }
    }
    Ok(())
}
