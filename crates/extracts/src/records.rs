//! Tables become records: each row of a list one record, and each child one record of what all lists say of it.
//!
//! Only what a field keeps is carried over. Names, addresses, postcodes and pupil numbers stay behind; a home and a
//! placement's postcode become a distance, an authority, and in or out of area.

mod adoption;
mod child;
mod placement;
mod plan;

use vocabulary::day::Day;
use vocabulary::records::{Catalogue, Cell, Column, FieldType, Records, Source, Table, Word, Words};

use crate::Question;
use crate::layout::Collection;
use crate::rules::{Ruled, groups_of_siblings};
use crate::source::Gathered;
use crate::table::ListTable;

/// The records, and for each list of the layout how many of its rows became one.
pub struct Built {
    /// The records.
    pub records: Records,
    /// Rows that became records.
    pub kept: Vec<u32>,
}

/// Makes the records.
pub fn build(gathered: &Gathered, ruled: &Ruled, question: &Question<'_>, year: i16) -> Built {
    let mut carry = Carry::new(&gathered.ink.words);
    let kept: Vec<Vec<u32>> =
        (0..gathered.tables.len()).map(|list| kept_rows(gathered, ruled, list)).collect();
    let mut tables: Vec<Table> = Vec::new();
    tables.extend(child::table(gathered, &kept, &mut carry));
    for (list, table) in gathered.tables.iter().enumerate() {
        if let Some(table) = table
            && !matches!(table.layout.kind, "child")
            && !is_joined(question.collection, table)
        {
            tables.push(of_list(table, &kept[list], &mut carry));
        }
    }
    if question.collection == Collection::Ssda903 {
        tables.extend(adoption::table(gathered, &kept, &mut carry));
    }
    complete(&mut tables, gathered, &kept, question, year, &mut carry);
    let order = |table: &Table| Catalogue::national().kinds.iter().position(|kind| kind.name == table.kind);
    tables.sort_by_key(order);
    let counts = kept.iter().map(|rows| u32::try_from(rows.len()).unwrap_or(u32::MAX)).collect();
    Built { records: Records { words: carry.new, tables }, kept: counts }
}

/// Rows that become records: about someone, and not the same as one before.
fn kept_rows(gathered: &Gathered, ruled: &Ruled, list: usize) -> Vec<u32> {
    let Some(table) = &gathered.tables[list] else { return Vec::new() };
    let mut kept: Vec<bool> =
        (0..table.len()).map(|row| matches!(table.subject(row), Cell::Value(_))).collect();
    let identical = ruled.answers.iter().find(|answers| answers.list == list && answers.rule.code == "S12");
    let repeated = identical.is_some_and(|answers| !answers.answers.failures.is_empty());
    if repeated && !table.layout.identical_kept {
        let columns: Vec<usize> = (0..table.columns.len()).collect();
        let readable = |row: usize| crate::rules::readable(table, &columns, row);
        for group in groups_of_siblings(table, &columns, readable) {
            group[1..].iter().for_each(|&row| kept[row as usize] = false);
        }
    }
    (0..u32::try_from(table.len()).unwrap_or(u32::MAX)).filter(|&row| kept[row as usize]).collect()
}

fn is_joined(collection: Collection, table: &ListTable) -> bool {
    collection == Collection::Ssda903 && table.layout.kind == "adoption"
}

/// Carries words over into the records, each once, and leaves behind those that nothing keeps.
pub struct Carry<'w> {
    old: &'w Words,
    new: Words,
    known: Vec<Option<Word>>,
}

impl<'w> Carry<'w> {
    fn new(old: &'w Words) -> Self {
        Self { old, new: Words::default(), known: vec![None; old.len()] }
    }

    /// A word of the tables among those of the records.
    pub fn over(&mut self, word: Word) -> Word {
        let (old, new) = (self.old, &mut self.new);
        *self.known[word.0 as usize].get_or_insert_with(|| new.add(old.text(word)))
    }

    /// The text of a word of the tables.
    pub fn text(&self, word: Word) -> &'w str {
        self.old.text(word)
    }

    /// A text among the words of the records.
    pub fn add(&mut self, text: &str) -> Word {
        self.new.add(text)
    }
}

/// The records of a list, with the columns that its kind keeps.
fn of_list(table: &ListTable, kept: &[u32], carry: &mut Carry<'_>) -> Table {
    let layout = table.layout;
    let mut records = empty(layout.kind, table, kept, carry);
    for (column, typed) in layout.columns.iter().zip(&table.columns) {
        if let Some(typed) = typed
            && column.kind == layout.kind
            && !column.field.is_empty()
        {
            let cells = carried(&typed.cells.reordered(kept), carry);
            records.columns.push((column.field.to_owned(), cells));
        }
    }
    records
}

/// Records of a kind about the subjects of some rows, without columns yet.
fn empty(kind: &str, table: &ListTable, rows: &[u32], carry: &mut Carry<'_>) -> Table {
    let list = carry.add(table.layout.name);
    let mut records =
        Table { kind: kind.to_owned(), subject: Vec::new(), columns: Vec::new(), source: Vec::new() };
    for &row in rows {
        if let Cell::Value(subject) = table.subject(row as usize) {
            records.subject.push(carry.over(subject));
            records.source.push(Source { list, row: table.row_in_list(row as usize) });
        }
    }
    records
}

/// A column with its words carried over.
fn carried(column: &Column, carry: &mut Carry<'_>) -> Column {
    let Column::Words(cells) = column else { return column.clone() };
    let mut new = Column::of(FieldType::Code);
    for row in 0..cells.len() {
        push_word(&mut new, cells.get(row).map(|word| carry.over(word)));
    }
    new
}

/// Adds a cell to a column of words.
pub fn push_word(column: &mut Column, cell: Cell<Word>) {
    if let Column::Words(cells) = column {
        cells.push(cell);
    }
}

/// Adds a cell to a column of days.
pub fn push_day(column: &mut Column, cell: Cell<Day>) {
    if let Column::Days(cells) = column {
        cells.push(cell);
    }
}

/// Adds what is worked out from several columns or lists.
fn complete(
    tables: &mut [Table],
    gathered: &Gathered,
    kept: &[Vec<u32>],
    question: &Question<'_>,
    year: i16,
    carry: &mut Carry<'_>,
) {
    for table in tables {
        match (question.collection, table.kind.as_str()) {
            (Collection::Ssda903, "health_year") => add_year_end(table, year),
            (Collection::Ssda903, "care_leaver") => split_accommodation(table, carry),
            (Collection::Ssda903, "care_episode") => {
                placement::of_episodes(table, gathered, kept, question, carry)
            }
            (Collection::AnnexA, "looked_after_period") => {
                placement::of_periods(table, gathered, kept, question, carry)
            }
            (Collection::ChildrenInNeed, "protection_plan") => plan::add_latest_review(table, gathered, kept),
            _ => {}
        }
    }
}

/// The health answers are about the year to 31 March.
fn add_year_end(table: &mut Table, year: i16) {
    let mut days = Column::of(FieldType::Day);
    let end = Day::new(year, 3, 31);
    (0..table.len()).for_each(|_| push_day(&mut days, end.map_or(Cell::Blank, Cell::Value)));
    table.columns.push(("year_end_on".to_owned(), days));
}

/// The return's accommodation code is a letter for the type and a digit for whether it is suitable.
fn split_accommodation(table: &mut Table, carry: &mut Carry<'_>) {
    let Some(place) = table.columns.iter().position(|(name, _)| name == "accommodation") else { return };
    let (mut types, mut suitable) = (Column::of(FieldType::Code), Column::of(FieldType::Code));
    for row in 0..table.len() {
        let cell = table.columns[place].1.word(row);
        let code = cell.map(|word| carry.new.text(word).to_owned());
        let (letter, suits) = match &code {
            Cell::Value(code) if code.len() == 2 => {
                let suits = if code.ends_with('1') { "suitable" } else { "unsuitable" };
                (Cell::Value(carry.add(&code[..1])), Cell::Value(carry.add(suits)))
            }
            Cell::Unreadable => (Cell::Unreadable, Cell::Unreadable),
            _ => (cell, Cell::Blank),
        };
        push_word(&mut types, letter);
        push_word(&mut suitable, suits);
    }
    table.columns[place].1 = types;
    table.columns.push(("suitable".to_owned(), suitable));
}
