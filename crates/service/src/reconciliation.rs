//! Reconciliation: a tracker's spreadsheet held against the case records, row by row, by child and day.
//!
//! The model case is the police's list of children reported missing: each report that no missing episode answers is
//! *not yet on record*. A tracker in the layout of a register can be held against the register itself; one in the
//! fields of a national list against that list.

use std::collections::BTreeMap;

use extracts::{Collection, Register, RegisterColumn, RegisterLayout};
use jiff::civil::Date;
use practice::picture::{Picture, Sheet};
use store::{Difference, Mismatch, Reconciliation, Scope};
use vocabulary::date::day_in_words;
use vocabulary::day::Day;
use vocabulary::id::{ChildId, ReconciliationId};
use vocabulary::records::{Cell, Column, DataClass, FieldType, Kind, Records, Subject, Table, Word};
use vocabulary::words::name_in_words;

use crate::Service;
use crate::declared::library;
use crate::extract::{ExtractQuestion, FindingRow, ReadExtract};
use crate::figures::Figures;
use crate::refusal::Refusal;
use crate::registers::declared;

/// What a tracker may be held against.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Its name in forms and addresses.
    pub code: String,
    /// Its name for people.
    pub title: String,
    /// How the tracker's file is laid out.
    layout: RegisterLayout,
    /// The kind of record that it is held against.
    pub kind: String,
    /// The fields that are compared: the tracker's and the record's.
    fields: Vec<(String, String)>,
    /// How many days the tracker's day and the record's may be apart.
    days_apart: i32,
}

/// A tracker that was read, under the identifiers of the council's own system.
#[derive(Clone, Debug)]
pub struct ReadTracker {
    /// What it is to be held against, by code.
    pub comparison: String,
    /// The file's name.
    pub file: String,
    /// SHA-256 of the file in hexadecimal.
    pub source_hash: String,
    /// The day it tells of.
    pub as_at: Date,
    /// Rows read.
    pub rows: usize,
    /// Rows that could not be used, with why. Words of the rules and places in the file, never a cell.
    pub unusable: Vec<String>,
    pub(crate) records: Records,
}

/// The police's list, held against missing episodes of looked after children.
const POLICE_LIST: (&str, &str) = ("police_missing_report", "missing_episode");

/// The most rows that are named as unusable.
const MOST_UNUSABLE: usize = 200;

impl Comparison {
    /// Everything that a tracker may be held against, the police's list first.
    ///
    /// Kinds that are known by a sealed day (adoption, exploitation) are left out: what differs would be shown to people
    /// who may not know of it.
    pub fn all() -> Vec<Self> {
        let library = library();
        let mut all: Vec<Self> = Vec::new();
        let police = library.registers.iter().find(|register| register.kind.name == POLICE_LIST.0);
        all.extend(police.map(|register| Self {
            code: "police-list".to_owned(),
            title: "Police reports of missing children, against missing episodes on record".to_owned(),
            layout: declared(register),
            kind: POLICE_LIST.1.to_owned(),
            fields: Vec::new(),
            days_apart: 1,
        }));
        let mut others: Vec<Self> = library
            .registers
            .iter()
            .filter(|register| may_be_compared(&register.kind))
            .map(|register| {
                let layout = declared(register);
                Self::of(layout, &register.kind, &register.title)
            })
            .collect();
        for kind in library.catalogue.kinds.iter().filter(|kind| may_be_compared(kind)) {
            if others.iter().all(|known| known.kind != kind.name) {
                let title = name_in_words(&kind.name);
                others.push(Self::of(layout_of(kind, &title), kind, &title));
            }
        }
        others.sort_by(|one, other| one.title.cmp(&other.title));
        all.extend(others);
        all
    }

    /// The comparison of a code.
    pub fn named(code: &str) -> Option<Self> {
        Self::all().into_iter().find(|comparison| comparison.code == code)
    }

    /// The headings that the file has or may have, the child's first.
    pub fn headings(&self) -> Vec<&str> {
        let columns = self.layout.columns.iter().map(|column| column.heading.as_str());
        std::iter::once("Child").chain(columns).collect()
    }

    /// The collection that its file is read as.
    pub fn collection(&self) -> Collection {
        Collection::Register(Register::declared(self.layout.clone()))
    }

    /// The question to the reader of extracts that has its file read.
    pub fn question(&self) -> ExtractQuestion {
        let collection = Some(format!("{}{}", crate::registers::OF_TRACKER, self.code));
        ExtractQuestion { collection, ..ExtractQuestion::default() }
    }

    fn of(layout: RegisterLayout, kind: &Kind, title: &str) -> Self {
        let compared = |column: &&RegisterColumn| {
            let class = kind.field(&column.field).map(|field| field.class);
            let typed = match column.holds {
                FieldType::Code => !column.codes.is_empty(),
                FieldType::Text => false,
                _ => true,
            };
            !column.key && typed && class == Some(DataClass::C3)
        };
        let fields = layout.columns.iter().filter(compared);
        let fields = fields.map(|column| (column.field.clone(), column.field.clone())).collect();
        Self {
            code: kind.name.clone(),
            title: title.to_owned(),
            layout,
            kind: kind.name.clone(),
            fields,
            days_apart: 0,
        }
    }

    /// The field of the tracker that says the day of a row.
    fn key(&self) -> &str {
        self.layout.columns.iter().find(|column| column.key).map_or("", |column| &column.field)
    }
}

/// About children, told apart by a day that is not sealed.
fn may_be_compared(kind: &Kind) -> bool {
    let mut keys = kind.fields.iter().filter(|field| field.key);
    let first_is_day = keys.clone().next().is_some_and(|field| field.field_type == FieldType::Day);
    kind.subject == Subject::Child && first_is_day && keys.all(|field| field.class == DataClass::C3)
}

/// A national list as a spreadsheet of its fields: `Started on`, `Ended on`.
fn layout_of(kind: &Kind, title: &str) -> RegisterLayout {
    let fields = kind.fields.iter().filter(|field| field.class == DataClass::C3);
    let columns = fields.map(|field| RegisterColumn {
        field: field.name.clone(),
        heading: name_in_words(&field.name),
        holds: field.field_type,
        key: field.key,
        may_be_later: true,
        codes: Vec::new(),
    });
    let (name, title, about) = (format!("tracker_of_{}", kind.name), title.to_owned(), kind.subject);
    RegisterLayout { name, title, about, columns: columns.collect() }
}

impl ReadTracker {
    /// A tracker as the reader of extracts read it, for its comparison.
    pub fn of(comparison: &Comparison, extract: ReadExtract) -> Self {
        let is_error = |row: &&FindingRow| {
            extract.findings.iter().any(|found| found.code == row.code && found.severity == "error")
        };
        let unusable = extract.finding_rows.iter().filter(is_error).map(|found| {
            let column = if found.column.is_empty() { String::new() } else { format!(" ({})", found.column) };
            format!("Row {}: {}{column}", found.row + 1, found.message)
        });
        Self {
            comparison: comparison.code.clone(),
            file: extract.files.first().map(|file| file.name.clone()).unwrap_or_default(),
            source_hash: extract.source_hash(),
            as_at: extract.as_at,
            rows: extract.lists.iter().map(|list| list.rows).sum(),
            unusable: unusable.take(MOST_UNUSABLE).collect(),
            records: extract.records,
        }
    }
}

/// What holding a tracker against the records gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    pub matched: usize,
    pub differences: Vec<Difference>,
}

/// Holds a tracker, its children under their random ids, against the records of a kind.
pub(crate) fn hold(comparison: &Comparison, tracker: &Records, as_at: Date, figures: &Figures) -> Held {
    let picture = &figures.history.picture;
    let mut held = Held::default();
    let Some(table) = tracker.table(&comparison.layout.name) else { return held };
    let mut here = Here::of(picture, comparison);
    let days = |row: usize| table.column(comparison.key()).and_then(|column| column.day(row).value());
    let (first, last) = ((0..table.len()).filter_map(days).min(), Day::of(as_at));
    let mut records: Vec<Option<usize>> = vec![None; table.len()];
    // The nearest first, so that a row whose own day is on record is not left without it for a row of the day before.
    for apart in 0..=comparison.days_apart {
        for (row, record) in records.iter_mut().enumerate().filter(|(_, record)| record.is_none()) {
            let subject = picture.words.find(tracker.words.text(table.subject[row]));
            *record = subject.zip(days(row)).and_then(|(subject, on)| here.take(subject, on, apart));
        }
    }
    for (row, found) in records.into_iter().enumerate() {
        let child = tracker.words.text(table.subject[row]);
        let Some(on) = days(row) else { continue };
        let place = Place { child, on: Some(on), row: Some(table.source[row].row + 1) };
        match found {
            None => held.differences.extend(difference(Mismatch::MissingHere, &place)),
            Some(record) => {
                let differing = here.differing(comparison, (tracker, table, row), record, picture);
                if differing.is_empty() {
                    held.matched += 1;
                }
                for (field, there, own) in differing {
                    let differs = difference(Mismatch::Disagreeing, &place);
                    held.differences.extend(differs.map(|differs| Difference {
                        field,
                        there,
                        here: own,
                        ..differs
                    }));
                }
            }
        }
    }
    for (subject, on) in here.left(first, last) {
        let child = picture.words.text(subject);
        held.differences
            .extend(difference(Mismatch::MissingThere, &Place { child, on: Some(on), row: None }));
    }
    add_teams(&mut held.differences, figures);
    held.differences.sort_by_key(|one| (one.mismatch, one.on, one.child, one.row));
    held
}

/// Where something differs.
struct Place<'a> {
    child: &'a str,
    on: Option<Day>,
    row: Option<u32>,
}

fn difference(mismatch: Mismatch, place: &Place<'_>) -> Option<Difference> {
    Some(Difference {
        mismatch,
        child: ChildId::parse(place.child)?,
        on: place.on.map(Day::date),
        field: String::new(),
        there: String::new(),
        here: String::new(),
        row: place.row,
        team: String::new(),
        owner: None,
        settled: None,
    })
}

fn add_teams(differences: &mut [Difference], figures: &Figures) {
    let teams = figures.teams_by_child();
    for difference in differences {
        let team = teams.get(difference.child.to_string().as_str());
        difference.team = team.copied().unwrap_or_default().to_owned();
    }
}

/// The council's own records of the kind, each to be matched once.
struct Here<'p> {
    sheet: Option<&'p Sheet>,
    /// By child: the day and row of each record, and whether a row of the tracker has it.
    records: BTreeMap<Word, Vec<(Day, usize, bool)>>,
}

impl<'p> Here<'p> {
    fn of(picture: &'p Picture, comparison: &Comparison) -> Self {
        let sheet = picture.sheet(&comparison.kind);
        let key = library().catalogue.kind(&comparison.kind);
        let key = key.and_then(|kind| kind.fields.iter().find(|field| field.key));
        let column = sheet.zip(key).and_then(|(sheet, field)| sheet.table.column(&field.name));
        let mut records: BTreeMap<Word, Vec<(Day, usize, bool)>> = BTreeMap::new();
        if let (Some(sheet), Some(column)) = (sheet, column) {
            for (row, &subject) in sheet.table.subject.iter().enumerate() {
                if let Cell::Value(day) = column.day(row) {
                    records.entry(subject).or_default().push((day, row, false));
                }
            }
        }
        Self { sheet, records }
    }

    /// The nearest record of a child that no row has yet, within so many days.
    fn take(&mut self, subject: Word, on: Day, days_apart: i32) -> Option<usize> {
        let own = self.records.get_mut(&subject)?;
        let free = own.iter_mut().filter(|(_, _, taken)| !taken);
        let near = free.map(|record| (record.0.days_since(on).abs(), record));
        let (_, record) = near
            .filter(|(apart, _)| *apart <= days_apart)
            .min_by_key(|(apart, record)| (*apart, record.0))?;
        record.2 = true;
        Some(record.1)
    }

    /// The fields in which a row of the tracker and a record differ: field, what the tracker says, what the record says.
    /// A tracker that says nothing of a field disagrees with nothing.
    fn differing(
        &self,
        comparison: &Comparison,
        (tracker, table, row): (&Records, &Table, usize),
        record: usize,
        picture: &Picture,
    ) -> Vec<(String, String, String)> {
        let Some(sheet) = self.sheet else { return Vec::new() };
        let mut differing = Vec::new();
        for (theirs, own) in &comparison.fields {
            let there = table.column(theirs).map(|column| said(column, row, |word| tracker.words.text(word)));
            let here =
                sheet.table.column(own).map(|column| said(column, record, |word| picture.words.text(word)));
            if let (Some(there), Some(here)) = (there, here)
                && !there.is_empty()
                && there != here
            {
                let here = if here.is_empty() { "not on record".to_owned() } else { here };
                differing.push((name_in_words(own), there, here));
            }
        }
        differing
    }

    /// Records that no row has, of days that the tracker covers.
    fn left(&self, first: Option<Day>, last: Day) -> Vec<(Word, Day)> {
        let Some(first) = first else { return Vec::new() };
        let covered = |day: Day| first <= day && day <= last;
        let records =
            self.records.iter().flat_map(|(&subject, own)| own.iter().map(move |record| (subject, record)));
        let left = records.filter(|(_, (day, _, taken))| !taken && covered(*day));
        left.map(|(subject, (day, ..))| (subject, *day)).collect()
    }
}

/// A cell in words: empty for a blank.
fn said<'w>(column: &Column, row: usize, text: impl Fn(Word) -> &'w str) -> String {
    fn shown<T>(cell: Cell<T>, show: impl FnOnce(T) -> String) -> String {
        match cell {
            Cell::Blank => String::new(),
            Cell::Unreadable => "cannot be read".to_owned(),
            Cell::Value(value) => show(value),
        }
    }
    match column {
        Column::Days(_) => shown(column.day(row), |day| day_in_words(day.date())),
        Column::Moments(_) => shown(column.moment(row), |moment| {
            let (day, minutes) = (moment.day(), moment.0.rem_euclid(1_440));
            format!("{} {:02}:{:02}", day_in_words(day.date()), minutes / 60, minutes % 60)
        }),
        Column::Words(_) => shown(column.word(row), |word| text(word).to_owned()),
        Column::Numbers(_) => shown(column.number(row), |number| number.to_string()),
    }
}

impl Service {
    /// The reconciliations of the scope's council, by the time they were made.
    pub async fn reconciliations(&self, scope: &Scope) -> Result<Vec<Reconciliation>, Refusal> {
        if !scope.allows(store::DataClass::Aggregates) {
            return Err(Refusal::NotFound);
        }
        let mut transaction = self.store.snapshot().await?;
        let all = transaction.list(scope).await?;
        transaction.commit().await?;
        Ok(all)
    }

    /// One reconciliation.
    pub async fn reconciliation(
        &self,
        scope: &Scope,
        id: ReconciliationId,
    ) -> Result<Reconciliation, Refusal> {
        let all = self.reconciliations(scope).await?;
        all.into_iter().find(|one| one.id == id).ok_or(Refusal::NotFound)
    }
}
