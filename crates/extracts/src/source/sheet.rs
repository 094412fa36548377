//! A sheet or CSV file, cell by cell: titles are passed over until a row of headings is recognised, then rows fill its list.

use super::header::{Recognised, recognise};
use super::{Gathered, Note};
use crate::cell::{Calendar, Raw, as_text, trimmed};
use crate::table::{Filling, ListTable, PartRead, row_number};

/// Headings are looked for in so many rows that have anything in them.
const ROWS_LOOKED_AT: usize = 60;

/// A sheet that is being read. Cells come row by row; rows may be left out and are blank then.
pub struct Sheet<'g> {
    gathered: &'g mut Gathered,
    file: u32,
    sheet: Option<&'g str>,
    name: &'g str,
    calendar: Calendar,
    state: State,
}

enum State {
    /// No headings yet.
    Seeking { row: Vec<(usize, String)>, looked_at: usize },
    /// In the list.
    Filling(Box<InList>),
    /// There is no list here.
    Unknown,
}

struct InList {
    list: usize,
    table: ListTable,
    filling: Filling,
    columns: Vec<Option<usize>>,
    /// The headings' row, and the next data row.
    headings_at: u32,
    next: u32,
    beyond: bool,
}

impl<'g> Sheet<'g> {
    /// Begins a sheet.
    pub fn new(
        gathered: &'g mut Gathered,
        file: u32,
        sheet: Option<&'g str>,
        name: &'g str,
        calendar: Calendar,
    ) -> Self {
        let state = State::Seeking { row: Vec::new(), looked_at: 0 };
        Self { gathered, file, sheet, name, calendar, state }
    }

    /// Whether further rows would be read.
    pub fn wants_more(&self) -> bool {
        !matches!(self.state, State::Unknown)
    }

    /// Takes a cell. Every cell of a row comes before the row ends.
    pub fn cell(&mut self, row: u32, column: usize, raw: Raw<'_>) {
        match &mut self.state {
            State::Seeking { row, .. } => match raw {
                Raw::Text(text) if !trimmed(text).is_empty() => row.push((column, trimmed(text).to_owned())),
                Raw::Number(number) | Raw::Serial(number) => row.push((column, as_text(number))),
                _ => {}
            },
            State::Filling(list) => match list.columns.get(column) {
                Some(&Some(place)) => {
                    list.catch_up(row);
                    list.filling.cell(&mut list.table, &mut self.gathered.ink, place, raw);
                }
                Some(None) => {}
                None => list.beyond |= !says_nothing(raw),
            },
            State::Unknown => {}
        }
    }

    /// Notes that a cell of the list holds a formula.
    pub fn formula(&mut self, row: u32, column: usize) {
        let State::Filling(list) = &self.state else { return };
        let Some(&Some(place)) = list.columns.get(column) else { return };
        let (number, data_row) = (list.list, row.saturating_sub(list.headings_at + 1));
        let heading = list.table.parts.last().and_then(|part| part.headings[place].as_deref());
        self.gathered.note(Note::Formula, self.file, Some(number), Some(data_row), heading);
    }

    /// Notes something of a row.
    pub fn note(&mut self, note: Note, row: u32) {
        let (list, data_row) = match &self.state {
            State::Filling(list) => (Some(list.list), Some(row.saturating_sub(list.headings_at + 1))),
            _ => (None, None),
        };
        self.gathered.note(note, self.file, list, data_row, self.sheet);
    }

    /// Ends a row.
    pub fn end_row(&mut self, row: u32) {
        match &mut self.state {
            State::Seeking { row: cells, looked_at } => {
                let cells = std::mem::take(cells);
                if cells.is_empty() {
                    return;
                }
                *looked_at += 1;
                if let Some(recognised) = recognise(self.gathered.layout, &cells, self.name) {
                    self.begin(recognised, &cells, row);
                } else if *looked_at >= ROWS_LOOKED_AT {
                    self.give_up();
                }
            }
            State::Filling(list) => {
                list.catch_up(row);
                list.filling.end_row(&mut list.table, list.next);
                list.next += 1;
                if std::mem::take(&mut list.beyond) {
                    let (number, data_row) = (list.list, list.next - 1);
                    self.gathered.note(Note::BeyondHeadings, self.file, Some(number), Some(data_row), None);
                }
            }
            State::Unknown => {}
        }
    }

    fn begin(&mut self, recognised: Recognised, cells: &[(usize, String)], row: u32) {
        let Recognised { list, columns, unknown, repeated } = recognised;
        for heading in &unknown {
            self.gathered.note(Note::UnknownColumn, self.file, Some(list), None, Some(heading));
        }
        for heading in &repeated {
            self.gathered.note(Note::RepeatedColumn, self.file, Some(list), None, Some(heading));
        }
        let mut table = self.gathered.take(list);
        let mut headings = vec![None; table.layout.columns.len()];
        for (place, heading) in cells {
            if let Some(Some(column)) = columns.get(*place) {
                headings[*column] = Some(heading.clone());
            }
        }
        let part = PartRead {
            file: self.file,
            sheet: self.sheet.map(str::to_owned),
            first: row_number(&table),
            rows: 0,
            headings,
            blank_rows: Vec::new(),
        };
        let filling = Filling::begin(&mut table, part, self.calendar);
        let in_list = InList { list, table, filling, columns, headings_at: row, next: 0, beyond: false };
        self.state = State::Filling(Box::new(in_list));
    }

    fn give_up(&mut self) {
        self.gathered.note(Note::UnknownSheet, self.file, None, None, self.sheet);
        self.state = State::Unknown;
    }

    /// Ends the sheet.
    pub fn finish(mut self) {
        match std::mem::replace(&mut self.state, State::Unknown) {
            // A sheet with nothing in it is nothing to speak of.
            State::Seeking { looked_at: 0, .. } if self.sheet.is_some() => {}
            State::Seeking { .. } => self.give_up(),
            State::Filling(list) => {
                let InList { list, mut table, filling, .. } = *list;
                filling.end(&mut table);
                for row in table.parts.last().map(|part| part.blank_rows.clone()).unwrap_or_default() {
                    self.gathered.note(Note::BlankRow, self.file, Some(list), Some(row), None);
                }
                self.gathered.tables[list] = Some(table);
            }
            State::Unknown => {}
        }
    }
}

fn says_nothing(raw: Raw<'_>) -> bool {
    match raw {
        Raw::Blank => true,
        Raw::Text(text) => trimmed(text).is_empty(),
        _ => false,
    }
}

impl InList {
    /// Rows that were left out were blank.
    fn catch_up(&mut self, row: u32) {
        let data_row = row.saturating_sub(self.headings_at + 1);
        while self.next < data_row {
            self.filling.end_row(&mut self.table, self.next);
            self.next += 1;
        }
    }
}
