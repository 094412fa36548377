//! What may be noted about files and sheets, beside what the rules say of rows.

use crate::reading::Severity;

/// Something noted about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Note {
    /// The file isn't of a kind that is read.
    OtherKind,
    /// The file or sheet holds no list of the collection.
    UnknownSheet,
    /// The list lacks a column.
    MissingColumn,
    /// The list has a column that isn't part of it.
    UnknownColumn,
    /// Two columns have the same heading.
    RepeatedColumn,
    /// The cell holds a formula.
    Formula,
    /// The workbook holds macros.
    Macros,
    /// The sheet is hidden.
    HiddenSheet,
    /// The row is blank.
    BlankRow,
    /// Something stands beyond the headings.
    BeyondHeadings,
    /// Some characters can't be decoded.
    Undecoded,
    /// The file has an element that isn't part of the return.
    UnknownElement,
    /// An element that may stand once stands again.
    RepeatedElement,
    /// The list was read from several files or sheets.
    SeveralFiles,
    /// The list isn't part of the return of that year.
    OtherYear,
    /// The file says another year than was asked for.
    YearsDiffer,
    /// The year was told from the dates in the files.
    YearFromData,
    /// There is no table of places.
    NoPlaces,
    /// There are more findings than are kept.
    TooMany,
    /// The list isn't among the files.
    MissingList,
    /// Very many lines stand in one cell.
    OpenQuotation,
    /// The year is outside those whose layouts are known.
    UnknownYear,
    /// Nobody has said which authority the council is.
    NoAuthority,
    /// Nobody has said which authorities adjoin the council.
    NoAdjoining,
}

/// A note's code, its weight and its words.
#[derive(Clone, Copy, Debug)]
pub struct NoteText {
    /// The note.
    pub note: Note,
    /// Its code.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it says, for people.
    pub message: &'static str,
}

/// Every note.
pub const NOTES: [NoteText; 24] = [
    text(
        Note::OtherKind,
        "F01",
        Severity::Query,
        "The file is not of a kind that is read, and was left out.",
    ),
    text(
        Note::UnknownSheet,
        "F02",
        Severity::Query,
        "No list of the collection was recognised here by its headings.",
    ),
    text(
        Note::MissingColumn,
        "F03",
        Severity::Query,
        "A column of the list is missing, so what depends on it can't be told.",
    ),
    text(Note::UnknownColumn, "F04", Severity::Note, "A column is not part of the list and was left out."),
    text(Note::RepeatedColumn, "F05", Severity::Query, "A heading stands twice; the first column was read."),
    text(
        Note::Formula,
        "F06",
        Severity::Note,
        "The cell holds a formula; the value stored with it was read.",
    ),
    text(Note::Macros, "F07", Severity::Note, "The workbook holds macros; they were not run."),
    text(Note::HiddenSheet, "F08", Severity::Note, "The sheet is hidden; it was read like the others."),
    text(Note::BlankRow, "F09", Severity::Note, "The row is blank."),
    text(
        Note::BeyondHeadings,
        "F10",
        Severity::Query,
        "Something stands in the row beyond the headings and was left out.",
    ),
    text(
        Note::Undecoded,
        "F11",
        Severity::Query,
        "Some characters of the file can't be decoded; save it as UTF-8.",
    ),
    text(
        Note::UnknownElement,
        "F12",
        Severity::Query,
        "An element is not part of the return and was left out.",
    ),
    text(
        Note::RepeatedElement,
        "F13",
        Severity::Query,
        "An element that may stand once stands again; the first was read.",
    ),
    text(Note::SeveralFiles, "F14", Severity::Note, "The list was read from several files or sheets."),
    text(Note::OtherYear, "F15", Severity::Query, "The list is not part of the return of this year."),
    text(
        Note::YearsDiffer,
        "F16",
        Severity::Query,
        "The file says that it is of another year than was asked for.",
    ),
    text(
        Note::YearFromData,
        "F17",
        Severity::Note,
        "The year was not given; it was told from the dates in the files.",
    ),
    text(
        Note::NoPlaces,
        "F18",
        Severity::Note,
        "No table of postcodes is loaded, so distances and areas from postcodes can't be told.",
    ),
    text(
        Note::TooMany,
        "F19",
        Severity::Query,
        "There are more findings than are kept; the counts are right, the rows are not all listed.",
    ),
    text(
        Note::MissingList,
        "F20",
        Severity::Query,
        "The list is not among the files, so what depends on it can't be told.",
    ),
    text(
        Note::OpenQuotation,
        "F21",
        Severity::Error,
        "Many lines stand in one cell, as when a quotation mark is not closed; the rows in it were not read.",
    ),
    text(
        Note::UnknownYear,
        "F22",
        Severity::Query,
        "The layouts known are those of the collections 2023 to 2027; what changed in other years is not known.",
    ),
    text(
        Note::NoAuthority,
        "F23",
        Severity::Note,
        "The council has not said which authority it is, so in or out of its area can't be told from postcodes.",
    ),
    text(
        Note::NoAdjoining,
        "F24",
        Severity::Note,
        "The council has not said which authorities adjoin it, so whether a placement is at a distance can't be told.",
    ),
];

const fn text(note: Note, code: &'static str, severity: Severity, message: &'static str) -> NoteText {
    NoteText { note, code, severity, message }
}

impl Note {
    /// Its code and words.
    pub fn text(self) -> &'static NoteText {
        NOTES.iter().find(|text| text.note == self).expect("every note has its words: tested")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_note_finds_its_own_words() {
        for (number, text) in NOTES.iter().enumerate() {
            assert_eq!(text.note as usize, number);
            assert_eq!(text.code, format!("F{:02}", number + 1));
        }
    }
}
