//! What was read: files, lists, records, and findings that each say where they stand.

use vocabulary::records::{Records, Word, Words};

use crate::Question;
use crate::layout::Collection;
use crate::records;
use crate::rules::{ListAnswers, Ruled, Why};
use crate::source::{Gathered, Note, Noted};
use crate::table::ListTable;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something is wrong.
    Error,
    /// Something may be wrong and a person should look.
    Query,
    /// Something to know.
    Note,
}

impl Severity {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Query => "query",
            Self::Note => "note",
        }
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// Its name.
    pub name: String,
    /// What it is, in plain words.
    pub kind: &'static str,
    /// The lists that were read from it.
    pub lists: Vec<String>,
}

/// A file or sheet that holds a list or part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The number of the file.
    pub file: u32,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The number its first data row has in the list, which counts on over all parts.
    pub first_row: u32,
    /// How many data rows it has.
    pub rows: u32,
}

/// A list that was read. Every data row became a record or is in a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRead {
    /// Its name: `List 4`, `Episodes`, `Assessments`.
    pub name: String,
    /// What it lists.
    pub title: String,
    /// Data rows.
    pub rows: u32,
    /// Rows that became records.
    pub records: u32,
    /// Rows that are in findings alone: without a child, the same as another, or blank.
    pub findings_only: u32,
    /// Where its rows stand.
    pub parts: Vec<Part>,
}

/// Something found: small, since there can be very many. [`Reading`] has its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule or note.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it means, for people.
    pub message: &'static str,
    /// The number of the file.
    pub file: u32,
    /// The name of the list, when it is about one.
    pub list: Option<&'static str>,
    /// The data row of the file, from 0, the headings not counted; in XML the position of the element in its group.
    pub row: Option<u32>,
    column: Option<Word>,
    value: Option<Word>,
}

/// How a rule went over a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRun {
    /// The rule.
    pub code: &'static str,
    /// The list.
    pub list: &'static str,
    /// Rows that pass.
    pub passes: u32,
    /// Rows that fail.
    pub fails: u32,
    /// Rows for which it can't be told, by reason.
    pub cannot_tell: Vec<(Why, u32)>,
}

/// What was read from a set of files.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The collection.
    pub collection: Collection,
    /// The year it ends in.
    pub year: i16,
    /// The files.
    pub files: Vec<FileRead>,
    /// The lists that were found, in the collection's order.
    pub lists: Vec<ListRead>,
    /// The records.
    pub records: Records,
    /// The findings, in the order of rules, lists and rows.
    pub findings: Vec<Finding>,
    /// How many rules were run.
    pub rules_run: usize,
    /// How each rule went over each list.
    pub runs: Vec<RuleRun>,
    texts: Words,
}

impl Reading {
    /// The heading of the column a finding stands in, as the file spells it.
    pub fn column(&self, finding: &Finding) -> Option<&str> {
        finding.column.map(|word| self.texts.text(word))
    }

    /// What stands in the cell of a finding, where it may be shown.
    pub fn value(&self, finding: &Finding) -> Option<&str> {
        finding.value.map(|word| self.texts.text(word))
    }

    /// The name of the file of a finding.
    pub fn file(&self, finding: &Finding) -> &str {
        &self.files[finding.file as usize].name
    }
}

/// Findings beyond this many are counted and not kept.
const MOST_FINDINGS: usize = 1_000_000;

/// Puts a reading together from the tables and what the rules said of them.
pub fn assemble(mut gathered: Gathered, ruled: Ruled, question: &Question<'_>, year: i16) -> Reading {
    note_lists(&mut gathered, question, year);
    let built = records::build(&gathered, &ruled, question, year);
    let mut page = Page { texts: Words::default(), findings: Vec::new(), left_out: false };
    for noted in std::mem::take(&mut gathered.noted) {
        page.note(&gathered, &noted);
    }
    page.findings.sort_by_key(|finding| finding.code);
    let runs = ruled.answers.iter().map(|answers| page.answers(&gathered, answers)).collect();
    if page.left_out || gathered.left_notes_out() {
        page.note(&gathered, &Noted { note: Note::TooMany, file: 0, list: None, row: None, column: None });
    }
    let tables = gathered.tables.iter().enumerate();
    let lists =
        tables.filter_map(|(number, table)| Some(list_read(table.as_ref()?, built.kept[number]))).collect();
    Reading {
        collection: question.collection,
        year,
        files: gathered.files,
        lists,
        records: built.records,
        findings: page.findings,
        rules_run: ruled.rules,
        runs,
        texts: page.texts,
    }
}

fn list_read(table: &ListTable, records: u32) -> ListRead {
    let mut parts = Vec::new();
    let mut first_row = 0;
    for part in &table.parts {
        parts.push(Part { file: part.file, sheet: part.sheet.clone(), first_row, rows: part.rows });
        first_row += part.rows;
    }
    ListRead {
        name: table.layout.name.to_owned(),
        title: table.layout.title.to_owned(),
        rows: first_row,
        records,
        findings_only: first_row - records,
        parts,
    }
}

/// Notes what can be said of lists and columns once the year is known.
fn note_lists(gathered: &mut Gathered, question: &Question<'_>, year: i16) {
    let mut notes: Vec<(Note, u32, usize, Option<&'static str>)> = Vec::new();
    let mut postcodes = false;
    if question.collection.is_of_a_year() && !(2023..=2027).contains(&year) {
        gathered.note(Note::UnknownYear, 0, None, None, None);
    }
    for (number, table) in gathered.tables.iter().enumerate() {
        let layout = &gathered.layout.lists[number];
        let Some(table) = table else {
            // Files of their own for a child's facts are one way to send what the census has in one.
            if layout.years.hold(year) && !matches!(layout.name, "ChildCharacteristics" | "Disabilities") {
                notes.push((Note::MissingList, 0, number, None));
            }
            continue;
        };
        if !layout.years.hold(year) && table.len() > 0 {
            notes.push((Note::OtherYear, table.parts[0].file, number, None));
        }
        let mut files: Vec<u32> =
            table.parts.iter().filter(|part| part.rows > 0).map(|part| part.file).collect();
        files.truncate(2);
        if let [_, second] = files[..] {
            notes.push((Note::SeveralFiles, second, number, None));
        }
        for part in &table.parts {
            for (column, heading) in layout.columns.iter().zip(&part.headings) {
                if heading.is_none()
                    && column.years.hold(year)
                    && !supplied_elsewhere(gathered, column.kind, column.field)
                    && (column.required || !column.field.is_empty())
                {
                    notes.push((Note::MissingColumn, part.file, number, Some(column.name)));
                }
            }
        }
        postcodes |=
            layout.columns.iter().zip(&table.columns).any(|(column, there)| {
                there.is_some() && matches!(column.holds, crate::layout::Holds::Postcode)
            });
    }
    for (note, file, list, name) in notes {
        gathered.note(note, file, Some(list), None, name);
    }
    let unset = match question {
        Question { places: None, .. } => Some(Note::NoPlaces),
        Question { authority: None, .. } => Some(Note::NoAuthority),
        Question { adjoining: None, .. } => Some(Note::NoAdjoining),
        _ => None,
    };
    if let Some(note) = unset.filter(|_| postcodes) {
        gathered.note(note, 0, None, None, None);
    }
}

/// Whether a fact of the child comes from a list too.
fn supplied_elsewhere(gathered: &Gathered, kind: &str, field: &str) -> bool {
    kind == "child"
        && gathered.tables.iter().flatten().any(|table| {
            let columns = table.layout.columns.iter().zip(&table.columns);
            columns
                .into_iter()
                .any(|(column, there)| there.is_some() && column.kind == kind && column.field == field)
        })
}

/// The findings as they are written down.
struct Page {
    texts: Words,
    findings: Vec<Finding>,
    left_out: bool,
}

impl Page {
    fn note(&mut self, gathered: &Gathered, noted: &Noted) {
        let text = noted.note.text();
        let column = noted.column.map(|word| self.texts.add(gathered.ink.words.text(word)));
        self.findings.push(Finding {
            code: text.code,
            severity: text.severity,
            message: text.message,
            file: noted.file,
            list: noted.list.map(|list| gathered.layout.lists[list].name),
            row: noted.row,
            column,
            value: None,
        });
    }

    fn answers(&mut self, gathered: &Gathered, answers: &ListAnswers) -> RuleRun {
        let layout = &gathered.layout.lists[answers.list];
        let table = gathered.tables[answers.list].as_ref().expect("rules answer for tables that are there");
        for failure in &answers.answers.failures {
            if self.findings.len() >= MOST_FINDINGS {
                self.left_out = true;
                break;
            }
            let part = table.part_of(failure.row as usize);
            let heading =
                part.headings[failure.column].as_deref().unwrap_or(layout.columns[failure.column].name);
            let column = Some(self.texts.add(heading));
            let value = failure.value.map(|word| self.texts.add(gathered.ink.words.text(word)));
            self.findings.push(Finding {
                code: answers.rule.code,
                severity: answers.rule.severity,
                message: answers.rule.message,
                file: part.file,
                list: Some(layout.name),
                row: Some(table.rows[failure.row as usize]),
                column,
                value,
            });
        }
        run_of(answers, layout.name, table.len())
    }
}

fn run_of(answers: &ListAnswers, list: &'static str, rows: usize) -> RuleRun {
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    let fails = answers.answers.failing_rows();
    let mut cannot_tell: Vec<(Why, u32)> = Vec::new();
    let mut count = |why: Why, rows: u32| match cannot_tell.iter_mut().find(|(other, _)| *other == why) {
        Some((_, counted)) => *counted += rows,
        None => cannot_tell.push((why, rows)),
    };
    let mut unsure = 0;
    for &(_, why) in &answers.answers.unsure {
        count(why, 1);
        unsure += 1;
    }
    if let Some(why) = answers.answers.unsure_of_all {
        count(why, rows - fails - unsure);
        unsure = rows - fails;
    }
    RuleRun { code: answers.rule.code, list, passes: rows - fails - unsure, fails, cannot_tell }
}
