//! What the snapshots supply: their texts under one numbering, their lists kind by kind, their rows in one order.

use std::collections::HashMap;

use vocabulary::day::Day;
use vocabulary::records::{Catalogue, Column, Kind, Records, Source, Table, Word, Words};

use super::value::Value;
use super::windows::{self, Showing};
use super::{RecordName, Snapshot};

/// A snapshot that counts.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    pub(super) as_at: Day,
    pub(super) loaded_on: Day,
    pub(super) collection: Word,
    pub(super) collection_name: &'a str,
    pub(super) records: &'a Records,
    /// The number that each of its words has among everyone's.
    numbers: Vec<Word>,
}

/// A field of a kind that some snapshot supplies.
#[derive(Debug)]
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) word: Word,
    pub(super) empty: Column,
}

/// A kind of record as each snapshot supplies it. Vectors run over the snapshots.
#[derive(Debug)]
pub(super) struct Supply<'a> {
    pub(super) name: &'a str,
    pub(super) word: Word,
    /// The kind as the catalogue has it; without it two records can't be told apart.
    pub(super) kind: Option<&'a Kind>,
    pub(super) fields: Vec<Field<'a>>,
    pub(super) tables: Vec<Option<&'a Table>>,
    pub(super) columns: Vec<Vec<Option<&'a Column>>>,
    /// The next and the last snapshot of the same collection that supplies the kind.
    pub(super) next: Vec<Option<u32>>,
    pub(super) before: Vec<Option<u32>>,
    pub(super) showing: Vec<Option<&'static Showing>>,
    /// The fields that tell two records of a subject apart.
    keys: Vec<usize>,
}

/// One row of one snapshot, with what tells its record apart packed into numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    subject: u32,
    first_key: u32,
    other_keys: u32,
    pub(super) snapshot: u32,
    pub(super) row: u32,
}

/// The snapshots loaded by a day, the oldest first, each once, with their texts under one numbering.
pub(super) fn in_order<'a>(snapshots: &[Snapshot<'a>], known_on: Day, words: &mut Words) -> Vec<Shown<'a>> {
    let order =
        |snapshot: &Snapshot<'a>| (snapshot.as_at, snapshot.loaded_on, snapshot.load, snapshot.collection);
    let mut counting: Vec<_> = snapshots.iter().filter(|snapshot| snapshot.loaded_on <= known_on).collect();
    counting.sort_by_key(|snapshot| order(snapshot));
    counting.dedup_by_key(|snapshot| order(snapshot));
    counting.into_iter().map(|snapshot| Shown::of(snapshot, words)).collect()
}

impl<'a> Shown<'a> {
    fn of(snapshot: &Snapshot<'a>, words: &mut Words) -> Self {
        let own = &snapshot.records.words;
        let texts = (0..u32::try_from(own.len()).unwrap_or(u32::MAX)).map(|number| own.text(Word(number)));
        Self {
            as_at: snapshot.as_at,
            loaded_on: snapshot.loaded_on,
            collection: words.add(snapshot.collection),
            collection_name: snapshot.collection,
            records: snapshot.records,
            numbers: texts.map(|text| words.add(text)).collect(),
        }
    }

    /// The number that a word of this snapshot has among everyone's.
    pub(super) fn word(&self, word: Word) -> Word {
        self.numbers[word.0 as usize]
    }

    /// A source of this snapshot, with its list under everyone's numbering.
    pub(super) fn source(&self, source: Source) -> Source {
        Source { list: self.word(source.list), row: source.row }
    }
}

/// Every kind that any snapshot supplies: those of the catalogue in its order, then others.
pub(super) fn kinds<'a>(shown: &[Shown<'a>], catalogue: &'a Catalogue, words: &mut Words) -> Vec<Supply<'a>> {
    let mut names: Vec<&str> = catalogue.kinds.iter().map(|kind| kind.name.as_str()).collect();
    for table in shown.iter().flat_map(|snapshot| &snapshot.records.tables) {
        if !names.contains(&table.kind.as_str()) {
            names.push(&table.kind);
        }
    }
    names.into_iter().filter_map(|name| Supply::of(name, shown, catalogue.kind(name), words)).collect()
}

impl<'a> Supply<'a> {
    fn of(name: &'a str, shown: &[Shown<'a>], kind: Option<&'a Kind>, words: &mut Words) -> Option<Self> {
        let tables: Vec<_> = shown.iter().map(|snapshot| snapshot.records.table(name)).collect();
        if tables.iter().all(Option::is_none) {
            return None;
        }
        let fields = fields_of(&tables, kind, words);
        let columns = tables.iter().map(|table| columns_of(*table, &fields)).collect();
        let is_key =
            |field: &Field<'_>| kind.is_some_and(|kind| kind.field(field.name).is_some_and(|it| it.key));
        let keys = (0..fields.len()).filter(|&place| is_key(&fields[place])).collect();
        let (before, next) = neighbours(shown, &tables);
        let showing = shown.iter().map(|snapshot| windows::showing(snapshot.collection_name, name)).collect();
        Some(Self { name, word: words.add(name), kind, fields, tables, columns, next, before, showing, keys })
    }

    /// Whether there is one record a subject, so that several rows of one snapshot are one record.
    pub(super) fn one_a_subject(&self) -> bool {
        self.kind.is_some_and(|kind| kind.fields.iter().all(|field| !field.key))
    }

    /// The place of a field.
    pub(super) fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The place of the day that the record's key begins with.
    pub(super) fn key_day(&self) -> Option<usize> {
        let place = *self.keys.first()?;
        matches!(self.fields[place].empty, Column::Days(_) | Column::Moments(_)).then_some(place)
    }

    /// A cell of a row, under everyone's numbering; none when its snapshot doesn't supply the field.
    pub(super) fn value(&self, shown: &[Shown<'_>], line: Line, field: usize) -> Option<Value> {
        let column = self.columns[line.snapshot as usize][field]?;
        Some(Value::of(column, line.row as usize, |word| shown[line.snapshot as usize].word(word)))
    }

    /// What tells the record of a row apart, and where the row stands.
    pub(super) fn name_of(&self, shown: &[Shown<'_>], line: Line) -> RecordName {
        let snapshot = &shown[line.snapshot as usize];
        let on = self.key_day().and_then(|field| self.value(shown, line, field)).and_then(Value::day);
        let source = snapshot.source(self.table(line).source[line.row as usize]);
        RecordName { kind: self.word, subject: Word(line.subject), on, source, shown_on: snapshot.as_at }
    }

    /// The table that a row stands in.
    pub(super) fn table(&self, line: Line) -> &'a Table {
        self.tables[line.snapshot as usize].expect("a line is made of a row of its snapshot's table")
    }

    /// Every row of every snapshot, those of one record together, the oldest snapshot first.
    pub(super) fn lines(&self, shown: &[Shown<'_>]) -> Vec<Line> {
        let mut lines = Vec::with_capacity(self.tables.iter().flatten().map(|table| table.len()).sum());
        let mut numbering = Numbering::default();
        // Without the catalogue's keys nothing tells two records apart, so the newest list stands alone.
        let newest = self.tables.iter().rposition(Option::is_some).unwrap_or(0);
        let from = if self.kind.is_some() { 0 } else { newest };
        for (snapshot, own) in (0..).zip(shown).skip(from) {
            let Some(table) = self.tables[snapshot as usize] else { continue };
            let columns = &self.columns[snapshot as usize];
            let columns: Vec<_> = self.keys.iter().map(|&key| columns[key]).collect();
            for (row, &subject) in (0..).zip(&table.subject) {
                let (first_key, other_keys) = match self.kind {
                    Some(_) => numbering.keys(&columns, row as usize, own),
                    None => (row, 0),
                };
                lines.push(Line { subject: own.word(subject).0, first_key, other_keys, snapshot, row });
            }
        }
        lines.sort_unstable_by_key(Line::order);
        lines
    }
}

impl Line {
    fn order(&self) -> (u64, u64, u32) {
        let pair = |high: u32, low: u32| (u64::from(high) << 32) | u64::from(low);
        (pair(self.subject, self.first_key), pair(self.other_keys, self.snapshot), self.row)
    }

    /// Whom the row is about.
    pub(super) fn subject(self) -> Word {
        Word(self.subject)
    }

    /// Whether two rows are about the same subject.
    pub(super) fn same_subject(&self, other: &Self) -> bool {
        self.subject == other.subject
    }

    /// Whether two rows are of one record, as far as its keys tell.
    pub(super) fn same_record(&self, other: &Self) -> bool {
        self.same_subject(other) && (self.first_key, self.other_keys) == (other.first_key, other.other_keys)
    }

    /// The first key as a number in its order.
    pub(super) fn first_key(self) -> u32 {
        self.first_key
    }
}

/// Gives numbers to keys that are wider than four bytes, or more than two.
#[derive(Default)]
struct Numbering(HashMap<(u32, u64), u32>);

impl Numbering {
    fn keys(&mut self, columns: &[Option<&Column>], row: usize, shown: &Shown<'_>) -> (u32, u32) {
        let mut keys = columns.iter().map(|column| column.map_or(1, |column| packed(column, row, shown)));
        let first = keys.next().unwrap_or(0);
        let mut other = keys.next().unwrap_or(0);
        let first = self.narrow(0, first);
        let mut narrow = self.narrow(1, other);
        for key in keys {
            other = (u64::from(narrow) << 32) | u64::from(self.narrow(2, key));
            narrow = self.number(3, other);
        }
        (first, narrow)
    }

    fn narrow(&mut self, place: u32, key: u64) -> u32 {
        u32::try_from(key).unwrap_or_else(|_| self.number(place, key))
    }

    /// Numbers count down from the top, where no day or word of real records is.
    fn number(&mut self, place: u32, key: u64) -> u32 {
        let next = u32::MAX - u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry((place, key)).or_insert(next)
    }
}

/// A cell as a number: 0 for blank, 1 for unreadable, days in their order.
fn packed(column: &Column, row: usize, shown: &Shown<'_>) -> u64 {
    match Value::of(column, row, |word| shown.word(word)) {
        Value::Blank => 0,
        Value::Unreadable => 1,
        Value::Day(day) => u64::from(day.0.cast_unsigned() ^ (1 << 31)),
        Value::Word(word) => u64::from(word.0) + 2,
        Value::Number(number) => !number.to_bits(),
        Value::Moment(moment) => moment.0.cast_unsigned() ^ (1 << 63),
    }
}

fn fields_of<'a>(tables: &[Option<&'a Table>], kind: Option<&'a Kind>, words: &mut Words) -> Vec<Field<'a>> {
    let mut fields: Vec<Field<'a>> = Vec::new();
    for (name, column) in tables.iter().rev().flatten().flat_map(|table| &table.columns) {
        if fields.iter().all(|field| field.name != name) {
            let declared = kind.and_then(|kind| kind.field(name));
            let empty = declared.map_or_else(|| column.reordered(&[]), |field| Column::of(field.field_type));
            fields.push(Field { name, word: words.add(name), empty });
        }
    }
    let place = |name: &str| kind.and_then(|kind| kind.fields.iter().position(|field| field.name == name));
    fields.sort_by_key(|field| place(field.name).unwrap_or(usize::MAX));
    fields
}

/// The column of each field; a column of another type than the field's counts as not supplied.
fn columns_of<'a>(table: Option<&'a Table>, fields: &[Field<'a>]) -> Vec<Option<&'a Column>> {
    let same = |one: &Column, other: &Column| std::mem::discriminant(one) == std::mem::discriminant(other);
    let column = |field: &Field<'a>| table?.column(field.name).filter(|column| same(column, &field.empty));
    fields.iter().map(column).collect()
}

/// For each snapshot, the one before and the one after of the same collection that supply the kind.
fn neighbours(shown: &[Shown<'_>], tables: &[Option<&Table>]) -> (Vec<Option<u32>>, Vec<Option<u32>>) {
    let mut before = vec![None; shown.len()];
    let mut next = vec![None; shown.len()];
    for place in 0..shown.len() {
        let earlier = (0..place).rev().find(|&earlier| {
            tables[earlier].is_some() && shown[earlier].collection == shown[place].collection
        });
        if let (Some(_), Some(earlier)) = (tables[place], earlier) {
            before[place] = u32::try_from(earlier).ok();
            next[earlier] = u32::try_from(place).ok();
        }
    }
    (before, next)
}
