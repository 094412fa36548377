//! CSV files: one list a file, whatever signs stand between the cells.

use csv::{ReaderBuilder, StringRecord};

use super::sheet::Sheet;
use super::{Gathered, Note};
use crate::cell::{Calendar, Raw};

/// No cell of a return has more lines than this.
const MOST_LINES: usize = 20;

/// Reads a file.
pub fn read(gathered: &mut Gathered, number: u32, name: &str, text: &str) {
    if text.contains('\0') {
        gathered.note(Note::OtherKind, number, None, None, None);
        return;
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(sign_between_cells(text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::new(gathered, number, None, name, Calendar::From1900);
    let mut record = StringRecord::new();
    let mut row = 0;
    // Text that was decoded can't fail to be UTF-8, and rows of any length are taken.
    while reader.read_record(&mut record).unwrap_or(false) && sheet.wants_more() {
        if record.iter().any(|cell| cell.bytes().filter(|byte| *byte == b'\n').count() > MOST_LINES) {
            sheet.note(Note::OpenQuotation, row);
        }
        for (column, cell) in record.iter().enumerate() {
            if !cell.is_empty() {
                sheet.cell(row, column, Raw::Text(cell));
            }
        }
        sheet.end_row(row);
        row += 1;
    }
    sheet.finish();
}

/// The sign that stands most often in the first lines.
fn sign_between_cells(text: &str) -> u8 {
    let head: String = text.lines().filter(|line| !line.trim().is_empty()).take(5).collect();
    let count = |sign: u8| head.bytes().filter(|byte| *byte == sign).count();
    let mut best = b',';
    for sign in [b';', b'\t', b'|'] {
        if count(sign) > count(best) {
            best = sign;
        }
    }
    best
}
