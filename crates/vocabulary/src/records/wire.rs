//! Records as bytes, column by column, for keeping them: what is written is read back equal, whatever the cells hold.
//!
//! Little-endian: a mark, the texts, then for each table its kind, its rows' subjects and sources, and its columns.
//! Bytes that were cut or changed are refused; nothing is guessed.

use super::column::{DayCells, MomentCells, NumberCells, WordCells};
use super::{Column, Records, Source, Table, Word, Words};

const MARK: &[u8; 8] = b"HWCOLS01";

/// The bytes are not a set of records, or not all of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored records are damaged")]
pub struct Damaged;

impl Records {
    /// The records as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MARK.to_vec();
        put_length(&mut out, self.words.texts.len());
        for text in &self.words.texts {
            put_text(&mut out, text);
        }
        put_length(&mut out, self.tables.len());
        for table in &self.tables {
            put_table(&mut out, table);
        }
        out
    }

    /// The records of bytes that [`Records::to_bytes`] made.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut rest = Rest(bytes.strip_prefix(MARK.as_slice()).ok_or(Damaged)?);
        let mut words = Words::default();
        for _ in 0..rest.length()? {
            words.add(rest.text()?);
        }
        let known = u32::try_from(words.len()).map_err(|_| Damaged)?;
        let tables = (0..rest.length()?).map(|_| rest.table(known)).collect::<Result<_, _>>()?;
        if rest.0.is_empty() { Ok(Self { words, tables }) } else { Err(Damaged) }
    }
}

fn put_length(out: &mut Vec<u8>, length: usize) {
    out.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_length(out, text.len());
    out.extend(text.as_bytes());
}

fn put_table(out: &mut Vec<u8>, table: &Table) {
    put_text(out, &table.kind);
    put_length(out, table.len());
    out.extend(table.subject.iter().flat_map(|word| word.0.to_le_bytes()));
    out.extend(table.source.iter().flat_map(|source| source.list.0.to_le_bytes()));
    out.extend(table.source.iter().flat_map(|source| source.row.to_le_bytes()));
    put_length(out, table.columns.len());
    for (name, column) in &table.columns {
        put_text(out, name);
        match column {
            Column::Days(cells) => {
                out.push(b'd');
                out.extend(cells.0.iter().flat_map(|cell| cell.to_le_bytes()));
            }
            Column::Words(cells) => {
                out.push(b'w');
                out.extend(cells.0.iter().flat_map(|cell| cell.to_le_bytes()));
            }
            Column::Numbers(cells) => {
                out.push(b'n');
                out.extend(cells.0.iter().flat_map(|cell| cell.to_le_bytes()));
            }
            Column::Moments(cells) => {
                out.push(b'm');
                out.extend(cells.0.iter().flat_map(|cell| cell.to_le_bytes()));
            }
        }
    }
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn length(&mut self) -> Result<usize, Damaged> {
        let bytes: [u8; 4] = self.take(4)?.try_into().map_err(|_| Damaged)?;
        Ok(u32::from_le_bytes(bytes) as usize)
    }

    fn text(&mut self) -> Result<&'a str, Damaged> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Damaged)
    }

    fn numbers<const N: usize, T>(
        &mut self,
        count: usize,
        read: fn([u8; N]) -> T,
    ) -> Result<Vec<T>, Damaged> {
        let bytes = self.take(count.checked_mul(N).ok_or(Damaged)?)?;
        let (chunks, _) = bytes.as_chunks::<N>();
        Ok(chunks.iter().copied().map(read).collect())
    }

    /// Numbers of texts, each of which must be known.
    fn words(&mut self, count: usize, known: u32) -> Result<Vec<Word>, Damaged> {
        let words = self.numbers(count, |bytes| Word(u32::from_le_bytes(bytes)))?;
        if words.iter().all(|word| word.0 < known) { Ok(words) } else { Err(Damaged) }
    }

    fn table(&mut self, known: u32) -> Result<Table, Damaged> {
        let kind = self.text()?.to_owned();
        let rows = self.length()?;
        let subject = self.words(rows, known)?;
        let lists = self.words(rows, known)?;
        let places = self.numbers(rows, u32::from_le_bytes)?;
        let source = lists.into_iter().zip(places).map(|(list, row)| Source { list, row }).collect();
        let columns = (0..self.length()?)
            .map(|_| Ok((self.text()?.to_owned(), self.column(rows, known)?)))
            .collect::<Result<_, _>>()?;
        Ok(Table { kind, subject, columns, source })
    }

    fn column(&mut self, rows: usize, known: u32) -> Result<Column, Damaged> {
        Ok(match self.take(1)? {
            b"d" => Column::Days(DayCells(self.numbers(rows, i32::from_le_bytes)?)),
            b"n" => Column::Numbers(NumberCells(self.numbers(rows, f64::from_le_bytes)?)),
            b"m" => Column::Moments(MomentCells(self.numbers(rows, i64::from_le_bytes)?)),
            b"w" => {
                let cells = self.numbers(rows, u32::from_le_bytes)?;
                let named = |&cell: &u32| cell < known || cell >= u32::MAX - 1;
                if !cells.iter().all(named) {
                    return Err(Damaged);
                }
                Column::Words(WordCells(cells))
            }
            _ => return Err(Damaged),
        })
    }
}
