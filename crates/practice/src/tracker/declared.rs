//! A tracker's file, read and checked against the kinds, fields and standards there are.

use serde::Deserialize;
use vocabulary::records::DataClass;

use super::{Entry, Order, TrackedFact, TrackedStandard, Tracker, may_be_shown};
use crate::condition::Condition;
use crate::library::Library;
use crate::names::{Names, kinds_of};
use crate::standard::Theme;
use crate::written::{LibraryFile, Parts, Problem};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTracker {
    code: String,
    title: String,
    theme: Theme,
    tracks: String,
    order: Order,
    entry: Vec<WrittenEntry>,
    column: Vec<WrittenColumn>,
    #[serde(default)]
    fact: Vec<WrittenFact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    record: Option<String>,
    #[serde(default, rename = "where")]
    conditions: Vec<Condition>,
    standard: Option<String>,
    due_within_days: Option<i32>,
    since_days: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenColumn {
    standard: String,
    heading: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFact {
    record: String,
    field: String,
    heading: String,
}

/// A word at fault and what is wrong with it.
type Fault = (String, String);

impl Tracker {
    /// Reads a file. What is wrong is added to the problems; a tracker that names what isn't there is left out.
    pub(crate) fn read(file: &LibraryFile, library: &Library, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut fault = |line: Option<usize>, what: String| {
            problems.push(Problem { path: file.path.clone(), line, what });
        };
        let parts = Parts::of(&file.text).map_err(|(line, what)| fault(Some(line), what)).ok()?;
        let written: WrittenTracker = parts.read().map_err(|(line, what)| fault(line, what)).ok()?;
        let name = file.path.rsplit('/').next().unwrap_or_default();
        if name.strip_suffix(".md") != Some(&written.code) {
            fault(parts.line_of("code"), format!("the code `{}` is not the file's name", written.code));
        }
        if parts.prose.trim().is_empty() {
            fault(
                None,
                "the prose is missing: whom the tracker follows, why, and what its lists leave out".into(),
            );
        }
        let (tracker, faults) = written.with(file, parts.prose, library);
        let sound = faults.is_empty();
        for (word, what) in faults {
            fault(parts.line_of(&word), what);
        }
        sound.then_some(tracker)
    }
}

impl WrittenTracker {
    fn with(self, file: &LibraryFile, prose: &str, library: &Library) -> (Tracker, Vec<Fault>) {
        let mut faults = Vec::new();
        let theme = self.theme;
        let mut entries = Vec::new();
        for entry in self.entry {
            match entry.with(library, theme) {
                Ok((entry, more)) => {
                    entries.push(entry);
                    faults.extend(more);
                }
                Err(fault) => faults.push(fault),
            }
        }
        let mut columns: Vec<TrackedStandard> = Vec::new();
        for column in self.column {
            match place_of(&column.standard, library, theme) {
                Ok(standard) if columns.iter().any(|known| known.standard == standard) => {
                    let what = format!("the standard `{}` is there twice", column.standard);
                    faults.push((column.standard, what));
                }
                Ok(standard) => columns.push(TrackedStandard { standard, heading: column.heading }),
                Err(fault) => faults.push(fault),
            }
        }
        let mut facts = Vec::new();
        for fact in self.fact {
            match fact.with(library) {
                Ok(fact) => facts.push(fact),
                Err(fault) => faults.push(fault),
            }
        }
        let sealed = is_sealed(library, &entries, &columns);
        let (code, title, tracks, order) = (self.code, self.title, self.tracks, self.order);
        let (prose, file) = (prose.to_owned(), file.clone());
        (Tracker { code, title, theme, tracks, order, columns, facts, sealed, prose, file, entries }, faults)
    }
}

impl WrittenEntry {
    fn with(self, library: &Library, theme: Theme) -> Result<(Entry, Vec<Fault>), Fault> {
        match (self.record, self.standard, self.due_within_days, self.since_days) {
            (Some(record), None, None, None) => {
                let Some(mut names) = Names::of(&library.catalogue, &record) else {
                    let kinds = kinds_of(&library.catalogue);
                    let what = format!("unknown kind of record `{record}`; the kinds are {kinds}");
                    return Err((record, what));
                };
                names.conditions(&self.conditions);
                Ok((Entry::Record { record, conditions: self.conditions }, names.problems))
            }
            (None, Some(code), due, since) if self.conditions.is_empty() => {
                let standard = place_of(&code, library, theme)?;
                match (due, since) {
                    (Some(days), None) => Ok((Entry::DueWithin { standard, days }, Vec::new())),
                    (None, Some(days)) => Ok((Entry::Since { standard, days }, Vec::new())),
                    _ => {
                        let what = "an entry by a standard has `due_within_days` or `since_days`".to_owned();
                        Err((code, what))
                    }
                }
            }
            (record, standard, ..) => {
                let what =
                    "an entry has a `record` with `where`, or a `standard` with a number of days".to_owned();
                Err((record.or(standard).unwrap_or_else(|| "entry".to_owned()), what))
            }
        }
    }
}

impl WrittenFact {
    fn with(self, library: &Library) -> Result<TrackedFact, Fault> {
        let Some(kind) = library.catalogue.kind(&self.record) else {
            let kinds = kinds_of(&library.catalogue);
            let what = format!("unknown kind of record `{}`; the kinds are {kinds}", self.record);
            return Err((self.record, what));
        };
        let Some(field) = kind.field(&self.field) else {
            let fields: Vec<&str> = kind.fields.iter().map(|field| field.name.as_str()).collect();
            let what = format!(
                "unknown field `{}` of `{}`; its fields are {}",
                self.field,
                self.record,
                fields.join(", ")
            );
            return Err((self.field, what));
        };
        if !may_be_shown(field.class) {
            let what =
                format!("the field `{}` is of class {:?}, which no tracker shows", self.field, field.class);
            return Err((self.field, what));
        }
        Ok(TrackedFact { record: self.record, field: self.field, heading: self.heading })
    }
}

/// Whether being on it, or what stands in a column, says what is sealed.
fn is_sealed(library: &Library, entries: &[Entry], columns: &[TrackedStandard]) -> bool {
    let standard_is_sealed = |place: u16| library.standards[usize::from(place)].sealed;
    let entry_is_sealed = |entry: &Entry| match entry {
        Entry::Record { record, conditions } => library.catalogue.kind(record).is_some_and(|kind| {
            let asked = conditions.iter().filter_map(|condition| kind.field(&condition.field));
            kind.is_sealed() || asked.into_iter().any(|field| field.class == DataClass::C5)
        }),
        Entry::DueWithin { standard, .. } | Entry::Since { standard, .. } => standard_is_sealed(*standard),
    };
    entries.iter().any(entry_is_sealed) || columns.iter().any(|column| standard_is_sealed(column.standard))
}

/// The place of a standard; the error names those of the tracker's theme.
fn place_of(code: &str, library: &Library, theme: Theme) -> Result<u16, Fault> {
    let place = library.standards.binary_search_by(|standard| standard.code.as_str().cmp(code));
    place.ok().and_then(|place| u16::try_from(place).ok()).ok_or_else(|| {
        let of_theme = library.standards.iter().filter(|standard| standard.theme == theme);
        let codes: Vec<&str> = of_theme.map(|standard| standard.code.as_str()).collect();
        let what = format!("unknown standard `{code}`; those of this theme are {}", codes.join(", "));
        (code.to_owned(), what)
    })
}
