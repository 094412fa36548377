//! One record a child, of what all lists say of it: sex, ethnicity, birth, disability.
//!
//! Where rows disagree, what most of them say is kept and the rule S15 names them; the order of rows and lists does not
//! matter.

use vocabulary::records::{Catalogue, Cell, Column, FieldType, Source, Subject, Table, Word};

use super::{Carry, push_day, push_word};
use crate::layout::Holds;
use crate::source::Gathered;
use crate::table::ListTable;

/// The record of every child, if any list is about children.
pub fn table(gathered: &Gathered, kept: &[Vec<u32>], carry: &mut Carry<'_>) -> Option<Table> {
    let lists: Vec<(&ListTable, &[u32])> = gathered
        .tables
        .iter()
        .zip(kept)
        .filter_map(|(table, rows)| Some((table.as_ref()?, rows.as_slice())))
        .filter(|(table, _)| table.layout.about == Subject::Child)
        .collect();
    if lists.is_empty() {
        return None;
    }
    let mut children = Children::of(&lists, gathered.ink.words.len());
    let mut columns = Vec::new();
    let kind =
        Catalogue::national().kind("child").expect("the catalogue has children: tested with the layouts");
    for field in &kind.fields {
        if let Some(column) = children.facts(&lists, &field.name, field.field_type, carry) {
            columns.push((field.name.clone(), column));
        }
    }
    if let Some(column) = children.unaccompanied(&lists, carry) {
        columns.push(("unaccompanied".to_owned(), column));
    }
    let subject = children.words.iter().map(|word| carry.over(*word)).collect();
    let source = std::mem::take(&mut children.first);
    let source = source.iter().map(|(list, row)| Source { list: carry.add(list), row: *row }).collect();
    Some(Table { kind: "child".to_owned(), subject, columns, source })
}

struct Children {
    /// The number of each child among the children, by word.
    numbers: Vec<Option<u32>>,
    words: Vec<Word>,
    first: Vec<(&'static str, u32)>,
}

impl Children {
    fn of(lists: &[(&ListTable, &[u32])], words: usize) -> Self {
        let mut children = Self { numbers: vec![None; words], words: Vec::new(), first: Vec::new() };
        for (table, rows) in lists {
            for &row in *rows {
                let Cell::Value(word) = table.subject(row as usize) else { continue };
                if children.numbers[word.0 as usize].is_none() {
                    children.numbers[word.0 as usize] = u32::try_from(children.words.len()).ok();
                    children.words.push(word);
                    children.first.push((table.layout.name, table.row_in_list(row as usize)));
                }
            }
        }
        children
    }

    fn number(&self, table: &ListTable, row: u32) -> Option<u32> {
        table.subject(row as usize).value().and_then(|word| self.numbers[word.0 as usize])
    }

    /// A column of a fact, if any list has it.
    fn facts(
        &self,
        lists: &[(&ListTable, &[u32])],
        field: &str,
        field_type: FieldType,
        carry: &mut Carry<'_>,
    ) -> Option<Column> {
        let mut said: Vec<(u32, i64)> = Vec::new();
        let mut unreadable = vec![false; self.words.len()];
        let mut there = false;
        for (table, rows) in lists {
            for column in columns_for(table, field) {
                there = true;
                for &row in *rows {
                    let Some(child) = self.number(table, row) else { continue };
                    match value(table, column, row as usize, field, carry) {
                        Cell::Value(value) => said.push((child, value)),
                        Cell::Unreadable => unreadable[child as usize] = true,
                        Cell::Blank => {}
                    }
                }
            }
        }
        there.then(|| column_of(field_type, said, &unreadable, carry))
    }

    /// Those with a row in the return's list of unaccompanied children are; the others are not.
    fn unaccompanied(&self, lists: &[(&ListTable, &[u32])], carry: &mut Carry<'_>) -> Option<Column> {
        let (table, rows) = lists.iter().find(|(table, _)| table.layout.kind == "unaccompanied_child")?;
        let mut listed = vec![false; self.words.len()];
        for child in rows.iter().filter_map(|&row| self.number(table, row)) {
            listed[child as usize] = true;
        }
        let (yes, no) = (carry.add("yes"), carry.add("no"));
        let mut column = Column::of(FieldType::Flag);
        listed.iter().for_each(|listed| push_word(&mut column, Cell::Value(if *listed { yes } else { no })));
        Some(column)
    }
}

/// The columns that say something of a fact. Whether a child is disabled, the census says by the codes it has.
fn columns_for(table: &ListTable, field: &str) -> Vec<usize> {
    let columns = table.layout.columns.iter().enumerate();
    let about = columns.filter(|(number, column)| {
        let by_codes =
            field == "disabled" && matches!(column.holds, Holds::Codes(_)) && column.field == "disability";
        table.columns[*number].is_some() && column.kind == "child" && (column.field == field || by_codes)
    });
    about.map(|(number, _)| number).collect()
}

/// A fact as a number: a day's, or a word's of the records.
fn value(table: &ListTable, column: usize, row: usize, field: &str, carry: &mut Carry<'_>) -> Cell<i64> {
    if matches!(table.layout.columns[column].holds, Holds::Day) {
        return table.day(column, row).map(|day| i64::from(day.0));
    }
    let several = matches!(table.layout.columns[column].holds, Holds::Codes(_));
    table.word(column, row).map(|word| {
        let word = match (several, field) {
            (false, _) => carry.over(word),
            (true, "disabled") => carry.add(if carry.text(word) == "NONE" { "no" } else { "yes" }),
            (true, _) => carry.add(carry.text(word).split(' ').next().unwrap_or_default()),
        };
        i64::from(word.0)
    })
}

/// What most rows say of each child; of two that are said as often, the earlier day or the first text of the alphabet.
fn column_of(
    field_type: FieldType,
    mut said: Vec<(u32, i64)>,
    unreadable: &[bool],
    carry: &Carry<'_>,
) -> Column {
    said.sort_unstable();
    let mut column = Column::of(field_type);
    let mut rest = said.as_slice();
    for (child, unreadable) in unreadable.iter().enumerate() {
        let count = rest.iter().take_while(|(other, _)| *other as usize == child).count();
        let (own, after) = rest.split_at(count);
        rest = after;
        let before = |one: i64, other: i64| match field_type {
            FieldType::Day => one < other,
            _ => carry.new.text(word(one)) < carry.new.text(word(other)),
        };
        let mut best: Option<(usize, i64)> = None;
        for same in own.chunk_by(|one, other| one.1 == other.1) {
            let (count, value) = (same.len(), same[0].1);
            if best.is_none_or(|(most, kept)| count > most || (count == most && before(value, kept))) {
                best = Some((count, value));
            }
        }
        match (best, &mut column) {
            (Some((_, value)), Column::Days(_)) => {
                push_day(
                    &mut column,
                    Cell::Value(vocabulary::day::Day(i32::try_from(value).unwrap_or_default())),
                );
            }
            (Some((_, value)), _) => push_word(&mut column, Cell::Value(word(value))),
            (None, _) if *unreadable => column.push_unreadable(),
            (None, _) => column.push_blank(),
        }
    }
    column
}

fn word(value: i64) -> Word {
    Word(u32::try_from(value).unwrap_or_default())
}
