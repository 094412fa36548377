//! Files become tables: what each file is, its bytes decide; which list it holds, its columns decide.

mod archive;
mod care_return;
mod census;
mod header;
mod notes;
mod plain_text;
mod sheet;
mod text;
mod workbook;
mod xml;

use std::collections::HashMap;

use vocabulary::records::Word;

use crate::layout::{Collection, Layout};
use crate::reading::FileRead;
use crate::refusal::Refusal;
use crate::table::{Ink, ListTable};
use crate::{LARGEST_FILE, LARGEST_SET, NamedFile};

pub use notes::{NOTES, Note};

/// All files as tables, and what was noted on the way.
#[derive(Debug)]
pub struct Gathered {
    /// The collection's layout.
    pub layout: &'static Layout,
    /// The lists that were found, by their number in the layout.
    pub tables: Vec<Option<ListTable>>,
    /// Texts and codes.
    pub ink: Ink,
    /// The files.
    pub files: Vec<FileRead>,
    /// What was noted.
    pub noted: Vec<Noted>,
    /// How many of each kind there are.
    counted: HashMap<Note, usize>,
    /// The year a census says it is of.
    pub stated_year: Option<i16>,
}

/// Something noted while reading.
#[derive(Clone, Copy, Debug)]
pub struct Noted {
    /// What.
    pub note: Note,
    /// The file's number.
    pub file: u32,
    /// The list, when it is known.
    pub list: Option<usize>,
    /// The data row.
    pub row: Option<u32>,
    /// The column's heading, an element, or a sheet.
    pub column: Option<Word>,
}

/// Notes beyond this many of one kind are not kept, and a note says so.
const MOST_NOTED: usize = 20_000;

impl Gathered {
    /// Nothing gathered yet.
    pub fn new(collection: Collection) -> Self {
        let layout = Layout::of(collection);
        Self {
            layout,
            tables: layout.lists.iter().map(|_| None).collect(),
            ink: Ink::new(collection.spelling()),
            files: Vec::new(),
            noted: Vec::new(),
            counted: HashMap::new(),
            stated_year: None,
        }
    }

    /// Keeps a note about a file, and a name in it when there is one.
    pub fn note(&mut self, note: Note, file: u32, list: Option<usize>, row: Option<u32>, name: Option<&str>) {
        let of_kind = self.counted.entry(note).or_default();
        *of_kind += 1;
        if *of_kind <= MOST_NOTED {
            let column = name.map(|name| self.ink.words.add(name));
            self.noted.push(Noted { note, file, list, row, column });
        }
    }

    /// Whether some notes were not kept.
    pub fn left_notes_out(&self) -> bool {
        self.counted.values().any(|count| *count > MOST_NOTED)
    }

    /// Takes a list's table to fill it; it is made when it isn't there.
    pub fn take(&mut self, list: usize) -> ListTable {
        self.tables[list].take().unwrap_or_else(|| ListTable::new(&self.layout.lists[list]))
    }
}

/// Reads every file.
pub fn gather(files: &[NamedFile<'_>], collection: Collection) -> Result<Gathered, Refusal> {
    check_sizes(files)?;
    let mut gathered = Gathered::new(collection);
    for file in files {
        let number = u32::try_from(gathered.files.len()).unwrap_or(u32::MAX);
        gathered.files.push(FileRead { name: file.name.to_owned(), kind: "", lists: Vec::new() });
        let kind = read_file(&mut gathered, number, file)?;
        gathered.files[number as usize].kind = kind;
    }
    if gathered.tables.iter().all(Option::is_none) {
        let seen: Vec<String> =
            gathered.files.iter().take(5).map(|file| format!("{}: {}", file.name, file.kind)).collect();
        let collection = collection.in_plain_words();
        return Err(Refusal::NothingRecognised { collection, files: files.len(), seen: seen.join("; ") });
    }
    name_lists(&mut gathered);
    Ok(gathered)
}

fn check_sizes(files: &[NamedFile<'_>]) -> Result<(), Refusal> {
    if files.is_empty() {
        return Err(Refusal::NoFiles);
    }
    let mut together = 0;
    for file in files {
        let bytes = file.bytes.len() as u64;
        if bytes > LARGEST_FILE {
            return Err(Refusal::TooLarge { file: file.name.to_owned(), bytes, limit: LARGEST_FILE });
        }
        together += bytes;
    }
    if together > LARGEST_SET {
        return Err(Refusal::TooMuch { bytes: together, limit: LARGEST_SET });
    }
    Ok(())
}

/// Reads a file as what its bytes are, and gives that in plain words.
fn read_file(gathered: &mut Gathered, number: u32, file: &NamedFile<'_>) -> Result<&'static str, Refusal> {
    let bytes = file.bytes;
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return workbook::read_archive(gathered, number, file);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return workbook::read_old(gathered, number, file);
    }
    if bytes.is_empty() || is_binary(bytes) {
        gathered.note(Note::OtherKind, number, None, None, None);
        return Ok(if bytes.is_empty() { "an empty file" } else { "not a kind of file that is read" });
    }
    let decoded = text::decode(bytes);
    if decoded.broken {
        gathered.note(Note::Undecoded, number, None, None, None);
    }
    let start = decoded.text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if start.starts_with('<') {
        return xml::read(gathered, number, file, &decoded.text);
    }
    plain_text::read(gathered, number, file.name, &decoded.text);
    Ok("a CSV file")
}

/// Pictures, documents, programs and databases by the signs they begin with; the rest is taken for text and shown as such.
fn is_binary(bytes: &[u8]) -> bool {
    const SIGNS: [&[u8]; 14] = [
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"{\\rtf",
        b"\x7fELF",
        b"MZ\x90",
        b"SQLite format 3",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ",
        b"7z\xbc\xaf",
        b"Rar!",
        b"PAR1",
    ];
    SIGNS.iter().any(|sign| bytes.starts_with(sign))
}

/// Tells each file which lists were read from it.
fn name_lists(gathered: &mut Gathered) {
    for table in gathered.tables.iter().flatten() {
        for part in &table.parts {
            gathered.files[part.file as usize].lists.push(table.layout.name.to_owned());
        }
    }
}
