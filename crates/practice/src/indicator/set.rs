//! Sets of indicators, declared one a file (`library/indicators`): which measures a council looks at together, and
//! what England's figure was.

use serde::Deserialize;

use super::Measure;
use crate::library::Library;
use crate::standard::{CountBy, Polarity, Show};
use crate::written::{LibraryFile, Parts, Problem};

/// A published figure to read a council's own beside. It keeps its period for ever.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    /// The figure.
    pub value: f64,
    /// What it counts: `per cent`.
    pub unit: String,
    /// The year or day that it is about.
    pub period: String,
    /// Where it was read.
    pub source: String,
}

/// A measure's place in a set.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The measure's place in [`Library::measures`].
    pub measure: u16,
    /// What the set calls it.
    pub title: String,
    /// Whether it stands among the few that a board looks at first.
    pub headline: bool,
    /// Published figures to read it beside.
    pub benchmarks: Vec<Benchmark>,
}

/// Measures that are looked at together.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorSet {
    /// Its name, which is its file's name too.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Its measures, in order.
    pub entries: Vec<Entry>,
    /// The whole file.
    pub file: LibraryFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSet {
    name: String,
    title: String,
    at_most: Option<usize>,
    #[serde(default)]
    indicator: Vec<WrittenEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    code: String,
    title: Option<String>,
    standard: Option<String>,
    count_by: Option<CountBy>,
    show: Option<Show>,
    polarity: Option<Polarity>,
    sentence: Option<String>,
    #[serde(default)]
    headline: bool,
    #[serde(default)]
    benchmarks: Vec<Benchmark>,
}

/// Reads a set and adds to the library the measures that are new with it.
pub(crate) fn read_set(file: &LibraryFile, library: &mut Library, problems: &mut Vec<Problem>) {
    let mut fault = |line: Option<usize>, what: String| {
        problems.push(Problem { path: file.path.clone(), line, what });
    };
    let parts = match Parts::of(&file.text) {
        Ok(parts) => parts,
        Err((line, what)) => return fault(Some(line), what),
    };
    let written: WrittenSet = match parts.read() {
        Ok(written) => written,
        Err((line, what)) => return fault(line, what),
    };
    let name = file.path.rsplit('/').next().unwrap_or_default();
    if name.strip_suffix(".md") != Some(&written.name) {
        fault(parts.line_of("name"), format!("the name `{}` is not the file's name", written.name));
    }
    let count = written.indicator.len();
    if let Some(most) = written.at_most.filter(|&most| count > most) {
        fault(parts.line_of("at_most"), format!("{count} indicators, and at most {most} are meant"));
    }
    let mut entries: Vec<Entry> = Vec::new();
    for entry in written.indicator {
        let code = entry.code.clone();
        match entry.with(library) {
            Ok(entry) if entries.iter().any(|known| known.measure == entry.measure) => {
                fault(parts.line_of(&code), format!("the indicator `{code}` is there twice"));
            }
            Ok(entry) => entries.push(entry),
            Err(what) => fault(parts.line_of(&code), what),
        }
    }
    let (name, title) = (written.name, written.title);
    library.sets.push(IndicatorSet { name, title, entries, file: file.clone() });
}

impl WrittenEntry {
    /// The entry, with its measure among the library's.
    fn with(self, library: &mut Library) -> Result<Entry, String> {
        let code = self.standard.as_ref().unwrap_or(&self.code);
        let place = library.standards.binary_search_by(|standard| standard.code.as_str().cmp(code));
        let place =
            place.map_err(|_| format!("there is no standard `{code}` for the indicator `{}`", self.code))?;
        let standard = &library.standards[place];
        let own = Measure::of(standard, u16::try_from(place).unwrap_or(u16::MAX));
        let measure = Measure {
            count_by: self.count_by.unwrap_or(own.count_by),
            show: self.show.unwrap_or(own.show),
            polarity: self.polarity.unwrap_or(own.polarity),
            title: self.title.clone().unwrap_or_else(|| own.title.clone()),
            sentence: self.sentence.clone().unwrap_or_else(|| own.sentence.clone()),
            code: self.code.clone(),
            ..own
        };
        let (title, headline, benchmarks) = (measure.title.clone(), self.headline, self.benchmarks);
        Ok(Entry { measure: place_of(measure, library)?, title, headline, benchmarks })
    }
}

/// The place of a measure, which is added when its code is new. One code never means two measures.
fn place_of(measure: Measure, library: &mut Library) -> Result<u16, String> {
    let Some(place) = library.measure(&measure.code) else {
        library.measures.push(measure);
        return u16::try_from(library.measures.len() - 1)
            .map_err(|_| "there are too many measures".to_owned());
    };
    let known = &library.measures[usize::from(place)];
    let same = known.standard == measure.standard
        && known.count_by == measure.count_by
        && known.show == measure.show
        && known.polarity == measure.polarity;
    match same {
        true => Ok(place),
        false => Err(format!(
            "the indicator `{}` is counted otherwise elsewhere; give this one a code of its own and name its `standard`",
            measure.code
        )),
    }
}
