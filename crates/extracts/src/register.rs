//! Registers: lists that a council keeps because no national return holds them, read like the returns' own lists.
//!
//! What a register holds is declared in `library/registers`; whoever holds the library hands the declaration over as a
//! [`RegisterLayout`]. Its headings may be spelled in any case, with any spaces and punctuation, or as the field's name.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, OnceLock, PoisonError};

use vocabulary::records::{FieldType, Subject};

use crate::codes::{CodeSet, plain};
use crate::layout::{Collection, ColumnLayout, Holds, Layout, ListLayout, Window, Years};
use crate::refusal::Refusal;
use crate::table::ListTable;
use crate::{NamedFile, source};

/// What a register holds, in plain words and types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterLayout {
    /// Its name, which is the kind of its records: `core_group`.
    pub name: String,
    /// Its name for people: `Core groups`.
    pub title: String,
    /// Whom its rows are about.
    pub about: Subject,
    /// Its columns, without the one that says whom a row is about.
    pub columns: Vec<RegisterColumn>,
}

/// A column of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterColumn {
    /// The field that its cells go to.
    pub field: String,
    /// Its heading.
    pub heading: String,
    /// What its cells hold.
    pub holds: FieldType,
    /// Whether it tells two rows of one subject apart.
    pub key: bool,
    /// Whether its days may lie ahead: a day planned or due.
    pub may_be_later: bool,
    /// Its codes and their labels, where it has a set of them.
    pub codes: Vec<(String, String)>,
}

/// A declared register: as small as a name, and as good as its layout.
#[derive(Clone, Copy)]
pub struct Register(&'static Declared);

/// One register, or several that a file is held against. Declarations stay while the program runs: there are few, and
/// each is kept once.
struct Declared {
    layouts: Vec<RegisterLayout>,
    sets: OnceLock<Vec<CodeSet>>,
    built: OnceLock<Layout>,
}

static DECLARED: Mutex<Vec<&'static Declared>> = Mutex::new(Vec::new());

impl Register {
    /// The register of a declaration.
    pub fn declared(layout: RegisterLayout) -> Self {
        Self::of(vec![layout])
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.layouts.first().map_or("registers", |layout| &layout.name)
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self.0.layouts.as_slice() {
            [one] => &one.title,
            _ => "a register",
        }
    }

    fn of(layouts: Vec<RegisterLayout>) -> Self {
        let mut known = DECLARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = known.iter().find(|declared| declared.layouts == layouts) {
            return Self(same);
        }
        let declared = Declared { layouts, sets: OnceLock::new(), built: OnceLock::new() };
        let declared: &'static Declared = Box::leak(Box::new(declared));
        known.push(declared);
        Self(declared)
    }

    /// Its layout.
    pub(crate) fn layout(self) -> &'static Layout {
        self.0.built.get_or_init(|| {
            let sets = self.0.sets.get_or_init(|| code_sets(&self.0.layouts));
            let mut layout = Layout {
                collection: Collection::Register(self),
                lists: Vec::new(),
                orders: Vec::new(),
                links: Vec::new(),
                windows: Vec::new(),
            };
            for (number, declared) in self.0.layouts.iter().enumerate() {
                layout.lists.push(list_of(declared, sets));
                let later = (1..).zip(&declared.columns).filter(|(_, column)| column.may_be_later);
                layout.windows.extend(later.map(|(place, _)| (number, place, Window::MayBeLater)));
            }
            layout
        })
    }
}

impl PartialEq for Register {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Register {}

impl PartialOrd for Register {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Register {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |register: &Self| std::ptr::from_ref(register.0);
        self.name().cmp(other.name()).then_with(|| place(self).cmp(&place(other)))
    }
}

impl Hash for Register {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl std::fmt::Debug for Register {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Register({})", self.name())
    }
}

fn code_sets(layouts: &'static [RegisterLayout]) -> Vec<CodeSet> {
    let mut sets = CodeSet::shipped(&["YESNO"]);
    for column in layouts.iter().flat_map(|layout| &layout.columns).filter(|column| has_set(column)) {
        let codes: Vec<(&str, &str)> =
            column.codes.iter().map(|(code, label)| (code.as_str(), label.as_str())).collect();
        sets.push(CodeSet::declared(&column.field, &codes));
    }
    sets
}

/// A column of codes without a declared set takes any text as its code.
fn has_set(column: &RegisterColumn) -> bool {
    column.holds == FieldType::Code && !column.codes.is_empty()
}

fn list_of(declared: &'static RegisterLayout, sets: &'static [CodeSet]) -> ListLayout {
    let (subject, other_names) = subject_headings(declared.about);
    let mut columns = vec![ColumnLayout {
        name: subject,
        holds: Holds::Identifier,
        required: true,
        kind: "",
        field: "",
        years: Years::ALL,
    }];
    columns.extend(declared.columns.iter().map(|column| ColumnLayout {
        name: &column.heading,
        holds: holds(column, sets),
        required: column.key,
        kind: &declared.name,
        field: &column.field,
        years: Years::ALL,
    }));
    let mut headings: HashMap<String, usize> =
        (1..).zip(&declared.columns).map(|(place, column)| (plain(&column.heading), place)).collect();
    for (place, column) in (1..).zip(&declared.columns) {
        headings.entry(plain(&column.field)).or_insert(place);
    }
    for name in std::iter::once(&subject).chain(other_names) {
        headings.entry(plain(name)).or_insert(0);
    }
    let key = (1..).zip(&declared.columns).filter(|(_, column)| column.key).map(|(place, _)| place);
    let key: Vec<usize> = std::iter::once(0).chain(key).collect();
    let names = (declared.title.as_str(), declared.title.as_str(), declared.name.as_str());
    ListLayout::declared(names, declared.about, key, columns, headings)
}

/// The heading of the column that says whom a row is about, and what else it is called.
fn subject_headings(about: Subject) -> (&'static str, &'static [&'static str]) {
    match about {
        Subject::Child => (
            "Child",
            &[
                "Child ID",
                "Child Unique ID",
                "Child's ID",
                "Child identifier",
                "Child reference",
                "Child number",
                "LA child ID",
                "Person ID",
                "Client ID",
                "Unique ID",
                "ID",
            ],
        ),
        Subject::Adopter => ("Adopter", &["Adopter ID", "Adopter identifier", "Family identifier", "ID"]),
        Subject::Worker => (
            "Worker",
            &["Worker ID", "Social worker", "Social worker ID", "Staff ID", "Allocated worker", "ID"],
        ),
    }
}

fn holds(column: &RegisterColumn, sets: &'static [CodeSet]) -> Holds {
    let set = |name: &str| sets.iter().find(|set| set.name == name);
    match column.holds {
        FieldType::Day => Holds::Day,
        FieldType::Moment => Holds::Moment,
        FieldType::Number => Holds::Number,
        FieldType::Text => Holds::Text,
        FieldType::Flag => set("YESNO").map_or(Holds::Text, Holds::Code),
        FieldType::Code if has_set(column) => {
            let own = |set: &&CodeSet| {
                set.name == column.field
                    && set.codes.len() == column.codes.len()
                    && set.codes.iter().zip(&column.codes).all(|(own, (code, _))| own.code == code)
            };
            sets.iter().find(own).map_or(Holds::Text, Holds::Code)
        }
        FieldType::Code => Holds::Text,
    }
}

/// For each file, the registers it may be a list of, by its headings: none when it is like none, several when it is
/// like each of them equally and is not called by the name of one.
pub fn likely_registers(
    files: &[NamedFile<'_>],
    registers: &[Register],
) -> Result<Vec<Vec<Register>>, Refusal> {
    let layouts = registers.iter().flat_map(|register| register.0.layouts.clone()).collect();
    let all = Collection::Register(Register::of(layouts));
    let mut likely = Vec::new();
    for file in files {
        match source::gather(&[*file], all) {
            Ok(gathered) => {
                let mut found: Vec<Register> = Vec::new();
                for table in gathered.tables.iter().flatten() {
                    found.extend(like(table, registers, file.name));
                }
                found.sort_unstable();
                found.dedup();
                likely.push(found);
            }
            Err(Refusal::NothingRecognised { .. }) => likely.push(Vec::new()),
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(likely)
}

/// The registers whose headings a table has as many of as it has of its own.
fn like(table: &ListTable, registers: &[Register], file: &str) -> Vec<Register> {
    let headings: Vec<String> =
        table.parts.iter().flat_map(|part| part.headings.iter().flatten()).map(|it| plain(it)).collect();
    let likeness = |register: &Register| {
        let list = &register.layout().lists[0];
        let shared = headings.iter().filter(|heading| list.column_of_plain(heading).is_some()).count();
        (shared, usize::MAX - list.columns.len())
    };
    let most = registers.iter().map(likeness).max();
    let mut alike: Vec<Register> =
        registers.iter().copied().filter(|register| Some(likeness(register)) == most).collect();
    let called = |register: &Register| plain(file).contains(&plain(register.name()));
    if alike.iter().any(called) {
        alike.retain(called);
    }
    alike
}

#[cfg(test)]
pub mod tests {
    use super::*;

    fn column(field: &str, heading: &str, holds: FieldType) -> RegisterColumn {
        RegisterColumn {
            field: field.to_owned(),
            heading: heading.to_owned(),
            holds,
            key: false,
            may_be_later: false,
            codes: Vec::new(),
        }
    }

    fn keyed(column: RegisterColumn) -> RegisterColumn {
        RegisterColumn { key: true, ..column }
    }

    fn register(name: &str, title: &str, about: Subject, columns: Vec<RegisterColumn>) -> Collection {
        let (name, title) = (name.to_owned(), title.to_owned());
        Collection::Register(Register::declared(RegisterLayout { name, title, about, columns }))
    }

    /// Return interviews, with moments and flags.
    pub fn return_interviews() -> Collection {
        let columns = vec![
            keyed(column("missing_on", "Went missing", FieldType::Day)),
            column("returned_at", "Found or returned", FieldType::Moment),
            column("offered", "Interview offered", FieldType::Flag),
        ];
        register("return_interview", "Return interviews", Subject::Child, columns)
    }

    /// A register with every type of field.
    pub fn of_every_type() -> Collection {
        let outcome = RegisterColumn {
            codes: vec![
                ("continue".into(), "The plan continues".into()),
                ("change".into(), "The plan changes".into()),
            ],
            ..column("outcome", "Outcome", FieldType::Code)
        };
        let due = RegisterColumn { may_be_later: true, ..column("due_on", "Actions due", FieldType::Day) };
        let columns = vec![
            keyed(column("held_on", "Panel held", FieldType::Day)),
            due,
            outcome,
            column("seen", "Child seen alone", FieldType::Flag),
            column("score", "Score", FieldType::Number),
            column("worker", "Worker", FieldType::Text),
        ];
        register("panel", "Panels", Subject::Child, columns)
    }

    fn visits(name: &str) -> Register {
        let columns = vec![keyed(column("visited_on", "Visited", FieldType::Day))];
        let title = name.replace('_', " ");
        match register(name, &title, Subject::Child, columns) {
            Collection::Register(register) => register,
            _ => panic!("a register"),
        }
    }

    #[test]
    fn the_same_declaration_is_the_same_register() {
        assert_eq!(return_interviews(), return_interviews());
        assert_ne!(return_interviews(), of_every_type());
        assert_eq!(return_interviews().name(), "return_interview");
    }

    #[test]
    fn registers_with_the_same_headings_are_told_apart_by_the_files_name_or_not_at_all() {
        let registers = [visits("care_visit"), visits("leaving_care_visit")];
        let bytes = b"Child,Visited\r\n1,01/04/2026\r\n";
        let files = ["Care-visit May.csv", "leaving care visit.csv", "may.csv", "contacts.csv"];
        let other = b"Name,Phone\r\nA,1\r\n";
        let named: Vec<NamedFile<'_>> = files
            .iter()
            .map(|name| NamedFile { name, bytes: if *name == "contacts.csv" { other } else { bytes } })
            .collect();
        let likely = likely_registers(&named, &registers).expect("read");
        let names: Vec<Vec<&str>> =
            likely.iter().map(|found| found.iter().map(|register| register.name()).collect()).collect();
        assert_eq!(names[0], ["care_visit"]);
        assert_eq!(names[1], ["care_visit", "leaving_care_visit"], "one name holds the other");
        assert_eq!(names[2], ["care_visit", "leaving_care_visit"]);
        assert!(names[3].is_empty());
    }
}
