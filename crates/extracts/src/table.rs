//! A list as it is read: columns of typed cells, what could not be read beside them, and where each row stands.

use std::collections::HashMap;

use vocabulary::day::Day;
use vocabulary::records::{Cell, Column, FieldType, Moment, Word, Words};

use crate::cell::{self, Calendar, FaultKind, Raw, Said};
use crate::codes::{CodeSet, Spelling};
use crate::layout::{Holds, ListLayout};

/// A cell that can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The row in the table.
    pub row: u32,
    /// Why.
    pub kind: FaultKind,
    /// What stands there, while there are not too many of them and it may be shown.
    pub value: Option<Word>,
}

/// A code that only some years may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedCode {
    /// The row in the table.
    pub row: u32,
    /// Its number in the column's set.
    pub code: u16,
}

/// The cells of one column.
#[derive(Clone, Debug)]
pub struct TypedColumn {
    /// The cells.
    pub cells: Column,
    /// Those that can't be read, in order of rows.
    pub faults: Vec<Fault>,
    /// Codes of some years only, in order of rows.
    pub dated: Vec<DatedCode>,
    spellings: HashMap<Box<str>, u16>,
    code_words: Vec<Option<Word>>,
}

/// A file or sheet that the list was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRead {
    /// The file's number.
    pub file: u32,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// Its first row in the table.
    pub first: u32,
    /// How many data rows it has, blank ones between them included.
    pub rows: u32,
    /// The headings as the file spells them, for each column of the layout.
    pub headings: Vec<Option<String>>,
    /// Data rows with nothing in them.
    pub blank_rows: Vec<u32>,
}

/// A list as it was read.
#[derive(Clone, Debug)]
pub struct ListTable {
    /// Its layout.
    pub layout: &'static ListLayout,
    /// For each column of the layout, its cells; none when no file has the column.
    pub columns: Vec<Option<TypedColumn>>,
    /// The data row in its file, for each row.
    pub rows: Vec<u32>,
    /// For groups inside a group of an XML file: the row of the group around it.
    pub parents: Vec<u32>,
    /// The files it was read from.
    pub parts: Vec<PartRead>,
}

impl ListTable {
    /// An empty table without columns.
    pub fn new(layout: &'static ListLayout) -> Self {
        let columns = layout.columns.iter().map(|_| None).collect();
        Self { layout, columns, rows: Vec::new(), parents: Vec::new(), parts: Vec::new() }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The part that a row was read from.
    pub fn part_of(&self, row: usize) -> &PartRead {
        &self.parts[self.part_number(row)]
    }

    fn part_number(&self, row: usize) -> usize {
        self.parts.partition_point(|part| part.first as usize <= row).saturating_sub(1)
    }

    /// The data row in the list, over all its parts.
    pub fn row_in_list(&self, row: usize) -> u32 {
        let before = &self.parts[..self.part_number(row)];
        before.iter().map(|part| part.rows).sum::<u32>() + self.rows[row]
    }

    /// The day in a cell; blank when the source has no such column.
    pub fn day(&self, column: usize, row: usize) -> Cell<Day> {
        self.columns[column].as_ref().map_or(Cell::Blank, |column| column.cells.day(row))
    }

    /// The code or text in a cell; blank when the source has no such column.
    pub fn word(&self, column: usize, row: usize) -> Cell<Word> {
        self.columns[column].as_ref().map_or(Cell::Blank, |column| column.cells.word(row))
    }

    /// The number in a cell; blank when the source has no such column.
    pub fn number(&self, column: usize, row: usize) -> Cell<f64> {
        self.columns[column].as_ref().map_or(Cell::Blank, |column| column.cells.number(row))
    }

    /// Whom a row is about.
    pub fn subject(&self, row: usize) -> Cell<Word> {
        self.word(self.layout.subject, row)
    }

    /// Makes sure a column is there, blank for the rows that are there already.
    pub fn supply(&mut self, column: usize) {
        let rows = self.rows.len();
        let holds = self.layout.columns[column].holds;
        self.columns[column].get_or_insert_with(|| {
            let mut made = TypedColumn::new(holds);
            (0..rows).for_each(|_| made.cells.push_blank());
            made
        });
    }
}

impl TypedColumn {
    fn new(holds: Holds) -> Self {
        let (field_type, codes) = match holds {
            Holds::Day => (FieldType::Day, 0),
            Holds::Moment => (FieldType::Moment, 0),
            Holds::Whole { .. } | Holds::Number => (FieldType::Number, 0),
            Holds::Code(set) | Holds::Codes(set) => (FieldType::Code, set.codes.len()),
            _ => (FieldType::Text, 0),
        };
        Self {
            cells: Column::of(field_type),
            faults: Vec::new(),
            dated: Vec::new(),
            spellings: HashMap::new(),
            code_words: vec![None; codes],
        }
    }

    fn push(&mut self, row: u32, pending: Pending) {
        match (&mut self.cells, pending) {
            (Column::Days(cells), Pending::Day(day)) => cells.push(Cell::Value(day)),
            (Column::Moments(cells), Pending::Moment(moment)) => cells.push(Cell::Value(moment)),
            (Column::Numbers(cells), Pending::Number(number)) => cells.push(Cell::Value(number)),
            (Column::Words(cells), Pending::Word(word)) => cells.push(Cell::Value(word)),
            (Column::Words(cells), Pending::Code { word, dated }) => {
                cells.push(Cell::Value(word));
                if let Some(code) = dated {
                    self.dated.push(DatedCode { row, code });
                }
            }
            (cells, Pending::Unreadable { kind, value }) => {
                cells.push_unreadable();
                self.faults.push(Fault { row, kind, value });
            }
            (cells, _) => cells.push_blank(),
        }
    }

    fn code_word(&mut self, set: &'static CodeSet, code: u16, words: &mut Words) -> Pending {
        let entry = &set.codes[usize::from(code)];
        let word = *self.code_words[usize::from(code)].get_or_insert_with(|| words.add(entry.code));
        let dated = entry.years != crate::layout::Years::ALL;
        Pending::Code { word, dated: dated.then_some(code) }
    }
}

/// A cell of the row that is being read.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Pending {
    Blank,
    Day(Day),
    Moment(Moment),
    Word(Word),
    Code { word: Word, dated: Option<u16> },
    Number(f64),
    Unreadable { kind: FaultKind, value: Option<Word> },
}

/// How many unreadable values are remembered; beyond these a finding says where, and not what stands there.
const MOST_VALUES: u32 = 20_000;

/// How much of an unreadable value is remembered.
const LONGEST_VALUE: usize = 40;

/// What all tables of one reading are written with.
#[derive(Debug)]
pub struct Ink {
    /// Every text and code.
    pub words: Words,
    /// How freely codes may be spelled.
    pub spelling: Spelling,
    values: u32,
}

impl Ink {
    /// Nothing written yet.
    pub fn new(spelling: Spelling) -> Self {
        Self { words: Words::default(), spelling, values: 0 }
    }
}

/// Fills a table row by row from one file or sheet. The table stays with its owner.
#[derive(Debug)]
pub struct Filling {
    calendar: Calendar,
    pending: Vec<Pending>,
    anything: bool,
    blank_rows: Vec<u32>,
}

impl Filling {
    /// Begins a part: its headings are those the file has, for each column of the layout.
    pub fn begin(table: &mut ListTable, part: PartRead, calendar: Calendar) -> Self {
        for (column, heading) in part.headings.iter().enumerate() {
            if heading.is_some() {
                table.supply(column);
            }
        }
        let pending = vec![Pending::Blank; part.headings.len()];
        table.parts.push(part);
        Self { calendar, pending, anything: false, blank_rows: Vec::new() }
    }

    /// Takes a cell of the row that is being read, in a column of the layout.
    pub fn cell(&mut self, table: &mut ListTable, ink: &mut Ink, column: usize, raw: Raw<'_>) {
        let pending = self.read(table, ink, column, raw);
        self.anything |= pending != Pending::Blank;
        self.pending[column] = pending;
    }

    /// Whether a cell of this row has something in it already.
    pub fn has(&self, column: usize) -> bool {
        self.pending[column] != Pending::Blank
    }

    fn read(&self, table: &mut ListTable, ink: &mut Ink, column: usize, raw: Raw<'_>) -> Pending {
        let holds = table.layout.columns[column].holds;
        let Some(typed) = &mut table.columns[column] else { return Pending::Blank };
        if let (Holds::Code(set), Raw::Text(text)) = (holds, raw)
            && let Some(&code) = typed.spellings.get(text)
        {
            // The same few spellings come again and again.
            return typed.code_word(set, code, &mut ink.words);
        }
        match cell::read(raw, holds, ink.spelling, self.calendar) {
            Said::Blank => Pending::Blank,
            Said::Day(day) => Pending::Day(day),
            Said::Moment(moment) => Pending::Moment(moment),
            Said::Number(number) => Pending::Number(number),
            Said::Text(text) => Pending::Word(ink.words.add(&text)),
            Said::Code(code) => {
                let Holds::Code(set) = holds else { return Pending::Blank };
                if let Raw::Text(text) = raw {
                    typed.spellings.insert(text.into(), code);
                }
                typed.code_word(set, code, &mut ink.words)
            }
            Said::Codes(codes) => several(holds, &codes, &mut ink.words),
            Said::Unreadable(kind) => Pending::Unreadable { kind, value: shown(holds, raw, ink) },
        }
    }

    /// Ends the row. A row with nothing in it becomes no row of the table.
    pub fn end_row(&mut self, table: &mut ListTable, row_in_file: u32) {
        if self.anything {
            let row = row_number(table);
            for (column, typed) in table.columns.iter_mut().enumerate() {
                if let Some(typed) = typed {
                    typed.push(row, self.pending[column]);
                }
            }
            table.rows.push(row_in_file);
        } else {
            self.blank_rows.push(row_in_file);
        }
        self.pending.fill(Pending::Blank);
        self.anything = false;
    }

    /// Ends a row that counts even with nothing in it, and whose first columns come later: a group of an XML file.
    pub fn end_group(&mut self, table: &mut ListTable, position: u32, parent: u32, later: &[usize]) {
        let row = row_number(table);
        for (column, typed) in table.columns.iter_mut().enumerate() {
            if let Some(typed) = typed
                && !later.contains(&column)
            {
                typed.push(row, self.pending[column]);
            }
        }
        table.rows.push(position);
        table.parents.push(parent);
        self.pending.fill(Pending::Blank);
        self.anything = false;
    }

    /// Fills a column that was left for later, for the groups since the last call.
    pub fn fill_up(&self, table: &mut ListTable, ink: &mut Ink, column: usize, raw: Raw<'_>) {
        let rows = table.rows.len();
        let from = table.columns[column].as_ref().map_or(rows, |typed| typed.cells.len());
        if from == rows {
            return;
        }
        let pending = self.read(table, ink, column, raw);
        if let Some(typed) = &mut table.columns[column] {
            for row in from..rows {
                typed.push(u32::try_from(row).unwrap_or(u32::MAX), pending);
            }
        }
    }

    /// Ends the part. Blank rows after the last one with something in it are no rows.
    pub fn end(self, table: &mut ListTable) {
        let first = table.parts.last().map_or(0, |part| part.first as usize);
        let last = table.rows[first..].last().copied();
        let Some(part) = table.parts.last_mut() else { return };
        part.blank_rows = self.blank_rows;
        part.blank_rows.retain(|row| last.is_some_and(|last| *row < last));
        part.rows = last.map_or(0, |last| last + 1);
    }
}

/// How many rows a table has, as the number of the next one.
pub fn row_number(table: &ListTable) -> u32 {
    u32::try_from(table.rows.len()).unwrap_or(u32::MAX)
}

/// Several codes as one text. Of those that only some years may use, one that has ended speaks for them.
fn several(holds: Holds, codes: &[u16], words: &mut Words) -> Pending {
    let Holds::Codes(set) = holds else { return Pending::Blank };
    let names: Vec<&str> = codes.iter().map(|&code| set.codes[usize::from(code)].code).collect();
    let years = |code: &u16| set.codes[usize::from(*code)].years;
    let ended = codes.iter().find(|code| years(code).last.is_some());
    let dated = ended.or_else(|| codes.iter().find(|code| years(code).first.is_some()));
    Pending::Code { word: words.add(&names.join(" ")), dated: dated.copied() }
}

/// The beginning of an unreadable value, for its finding. A postcode or a pupil's number is not remembered.
fn shown(holds: Holds, raw: Raw<'_>, ink: &mut Ink) -> Option<Word> {
    if matches!(holds, Holds::Postcode | Holds::PupilNumber) || ink.values >= MOST_VALUES {
        return None;
    }
    ink.values += 1;
    match raw {
        Raw::Text(text) => {
            let short: String = text.trim().chars().take(LONGEST_VALUE).collect();
            Some(ink.words.add(&short))
        }
        Raw::Number(number) | Raw::Serial(number) => Some(ink.words.add(&cell::as_text(number))),
        _ => None,
    }
}
