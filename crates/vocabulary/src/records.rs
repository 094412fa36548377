//! Records of children as every source gives them: kinds, fields and columns.
//!
//! The kinds follow the grain of the Standard Safeguarding Dataset (person, referral, assessment, enquiry, plan,
//! review, period of care...) with our own names; `records/kinds.tsv` is their list, and a declared register adds its
//! own. Records are kept as columns, one table a kind, each row with the place in the file that it came from.
//! A cell that could not be read is neither blank nor a value, so that no answer rests on it.

mod catalogue;
mod column;
#[cfg(test)]
mod tests;
mod wire;

use std::collections::HashMap;

pub use catalogue::{Catalogue, DataClass, Field, FieldType, Kind, Subject};
pub use column::{Cell, Column, Moment};
pub use wire::Damaged;

/// A text or code kept once: its number among the [`Words`] of its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(pub u32);

/// Every distinct text of a set of records.
#[derive(Clone, Debug, Default)]
pub struct Words {
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Words {
    /// The number of a text, which is added when it is new.
    pub fn add(&mut self, text: &str) -> Word {
        if let Some(&number) = self.numbers.get(text) {
            return Word(number);
        }
        let number = u32::try_from(self.texts.len()).expect("fewer texts than four thousand million");
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        Word(number)
    }

    /// The number of a text, if any record has it.
    pub fn find(&self, text: &str) -> Option<Word> {
        self.numbers.get(text).copied().map(Word)
    }

    /// The text of a number of these records.
    pub fn text(&self, word: Word) -> &str {
        &self.texts[word.0 as usize]
    }

    /// How many distinct texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// Where a record stands in its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The list, module or group of the collection: `List 4`, `Episodes`, `Assessments`.
    pub list: Word,
    /// The data row in that list, from 0.
    pub row: u32,
}

/// The records of one kind, as columns of equal length.
#[derive(Clone, Debug)]
pub struct Table {
    /// The kind's name: `assessment`.
    pub kind: String,
    /// Whom each record is about: the source's own identifier of the child, worker or adopter.
    pub subject: Vec<Word>,
    /// The fields that the source supplies, by name. A field that is not here can't be told from this source.
    pub columns: Vec<(String, Column)>,
    /// Where each record came from.
    pub source: Vec<Source>,
}

impl Table {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.subject.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.subject.is_empty()
    }

    /// The same records in another order; rows that are left out are dropped.
    pub fn reordered(&self, order: &[u32]) -> Self {
        Self {
            kind: self.kind.clone(),
            subject: order.iter().map(|&row| self.subject[row as usize]).collect(),
            columns: self
                .columns
                .iter()
                .map(|(name, column)| (name.clone(), column.reordered(order)))
                .collect(),
            source: order.iter().map(|&row| self.source[row as usize]).collect(),
        }
    }

    /// A field's column, if the source supplies it.
    pub fn column(&self, field: &str) -> Option<&Column> {
        self.columns.iter().find(|(name, _)| name == field).map(|(_, column)| column)
    }
}

/// Records from one source.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Their texts and codes.
    pub words: Words,
    /// One table for each kind that the source supplies, in the catalogue's order.
    pub tables: Vec<Table>,
}

impl Records {
    /// The records of a kind, if the source supplies any such list.
    pub fn table(&self, kind: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.kind == kind)
    }

    /// The table of a kind, which is made with a column for each of the fields named when it isn't there.
    pub fn table_mut(&mut self, kind: &str, fields: &[(&str, FieldType)]) -> &mut Table {
        let place = self.tables.iter().position(|table| table.kind == kind).unwrap_or_else(|| {
            let columns =
                fields.iter().map(|&(name, field_type)| (name.to_owned(), Column::of(field_type))).collect();
            let (subject, source) = (Vec::new(), Vec::new());
            self.tables.push(Table { kind: kind.to_owned(), subject, columns, source });
            self.tables.len() - 1
        });
        &mut self.tables[place]
    }

    /// Gives every subject another name, by table kind and old name; a name that stands already is kept apart from it
    /// only if `rename` gives different ones.
    pub fn rename_subjects(&mut self, mut rename: impl FnMut(&str, &str) -> String) {
        for table in &mut self.tables {
            let mut renamed: HashMap<Word, Word> = HashMap::new();
            for subject in &mut table.subject {
                let old = *subject;
                *subject = *renamed.entry(old).or_insert_with(|| {
                    let name = rename(&table.kind, self.words.text(old));
                    self.words.add(&name)
                });
            }
        }
    }

    /// Drops texts that no record uses, such as the names that subjects had before.
    pub fn compacted(mut self) -> Self {
        let mut words = Words::default();
        let mut kept: HashMap<u32, Word> = HashMap::new();
        let old = std::mem::take(&mut self.words);
        let mut keep = |word: Word| *kept.entry(word.0).or_insert_with(|| words.add(old.text(word)));
        for table in &mut self.tables {
            table.subject.iter_mut().for_each(|subject| *subject = keep(*subject));
            table.source.iter_mut().for_each(|source| source.list = keep(source.list));
            for (_, column) in &mut table.columns {
                column.map_words(&mut keep);
            }
        }
        Self { words, tables: self.tables }
    }

    /// How many records there are of all kinds.
    pub fn len(&self) -> usize {
        self.tables.iter().map(Table::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
