//! The library: shipped standards, registers, indicators and trackers, with a council's own laid over them.
//!
//! Loading never stops at the first fault: every problem of every file is told at once, and what is sound is there.

#[cfg(test)]
mod tests;

use vocabulary::records::{Catalogue, Field, Kind};

use crate::indicator::{IndicatorSet, Measure, read_set};
use crate::register::Register;
use crate::standard::Standard;
use crate::tracker::Tracker;
pub use crate::written::{LibraryFile, Problem};

/// Everything that the library declares.
#[derive(Clone, Debug)]
pub struct Library {
    /// The kinds of record: those of the national extracts and those of registers.
    pub catalogue: Catalogue,
    /// Registers, by name.
    pub registers: Vec<Register>,
    /// Standards, by code. An outcome's `standard` is a place in this list.
    pub standards: Vec<Standard>,
    /// What is counted: each standard's own measure in order of standards, then those that sets add.
    pub measures: Vec<Measure>,
    /// Sets of indicators, by name.
    pub sets: Vec<IndicatorSet>,
    /// Trackers, by theme and title.
    pub trackers: Vec<Tracker>,
    /// The files of the council's own that were laid over the shipped ones.
    pub own: Vec<LibraryFile>,
}

/// The folders that say what their files declare.
pub const FOLDERS: [&str; 4] = ["standards", "registers", "indicators", "trackers"];

/// What a file of the library declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Declares {
    Standard,
    Register,
    Indicators,
    Tracker,
}

impl Library {
    /// Reads shipped files and a council's own. What can't be used is left out and told.
    ///
    /// A council's file at the same place as a shipped one is read in its stead.
    pub fn load(shipped: &[LibraryFile], own: &[LibraryFile]) -> (Self, Vec<Problem>) {
        let (shipped, further) = in_their_stead(shipped, own);
        let (shipped, further) = (shipped.as_slice(), further.as_slice());
        let mut problems = Vec::new();
        let mut library = Self {
            catalogue: Catalogue::national().clone(),
            registers: Vec::new(),
            standards: Vec::new(),
            measures: Vec::new(),
            sets: Vec::new(),
            trackers: Vec::new(),
            own: own.to_vec(),
        };
        for file in of_sort(Declares::Register, shipped).chain(of_sort(Declares::Register, further)) {
            if let Some(register) = Register::read(file, &mut problems) {
                library.add_register(register, &mut problems);
            }
        }
        for file in of_sort(Declares::Standard, shipped) {
            if let Some(standard) = Standard::read(file, &library.catalogue, &mut problems) {
                if standard.replaces.is_some() {
                    problems.push(about(&standard, "replaces", "a shipped standard replaces none"));
                }
                library.add(standard, &mut problems);
            }
        }
        for file in of_sort(Declares::Standard, further) {
            if let Some(standard) = Standard::read(file, &library.catalogue, &mut problems) {
                library.lay_over(standard, &mut problems);
            }
        }
        library.registers.sort_by(|one, other| one.kind.name.cmp(&other.kind.name));
        library.standards.sort_by(|one, other| one.code.cmp(&other.code));
        library.add_sets(shipped, further, &mut problems);
        library.add_trackers(shipped, further, &mut problems);
        problems.sort();
        (library, problems)
    }

    /// A standard by code.
    pub fn standard(&self, code: &str) -> Option<&Standard> {
        let place = self.standards.binary_search_by(|standard| standard.code.as_str().cmp(code)).ok()?;
        Some(&self.standards[place])
    }

    /// Whether a file is the council's own.
    pub fn is_own(&self, file: &LibraryFile) -> bool {
        self.own.contains(file)
    }

    /// A tracker by code.
    pub fn tracker(&self, code: &str) -> Option<&Tracker> {
        self.trackers.iter().find(|tracker| tracker.code == code)
    }

    /// Adds the trackers; a council's own of the same code takes the place of the shipped one.
    fn add_trackers(&mut self, shipped: &[LibraryFile], own: &[LibraryFile], problems: &mut Vec<Problem>) {
        for file in of_sort(Declares::Tracker, shipped).chain(of_sort(Declares::Tracker, own)) {
            if let Some(tracker) = Tracker::read(file, self, problems) {
                self.trackers.retain(|known| known.code != tracker.code);
                self.trackers.push(tracker);
            }
        }
        self.trackers.sort_by(|one, other| (one.theme, &one.title).cmp(&(other.theme, &other.title)));
    }

    fn add_sets(&mut self, shipped: &[LibraryFile], own: &[LibraryFile], problems: &mut Vec<Problem>) {
        self.measures =
            (0..).zip(&self.standards).map(|(place, standard)| Measure::of(standard, place)).collect();
        for file in of_sort(Declares::Indicators, shipped).chain(of_sort(Declares::Indicators, own)) {
            read_set(file, self, problems);
        }
        self.sets.sort_by(|one, other| one.name.cmp(&other.name));
    }

    fn add_register(&mut self, register: Register, problems: &mut Vec<Problem>) {
        let mut fault = |what| problems.push(Problem { path: register.file.path.clone(), line: None, what });
        if let Some(known) = self.registers.iter().find(|known| known.kind.name == register.kind.name) {
            return fault(format!(
                "the register `{}` is there already, in {}",
                known.kind.name, known.file.path
            ));
        }
        match self.catalogue.kinds.iter_mut().find(|kind| kind.name == register.kind.name) {
            None => self.catalogue.kinds.push(register.kind.clone()),
            Some(kind) => {
                if let Err(what) = extend(kind, &register.kind) {
                    return fault(what);
                }
            }
        }
        self.registers.push(register);
    }

    fn add(&mut self, standard: Standard, problems: &mut Vec<Problem>) {
        match self.standards.iter().find(|known| known.code == standard.code) {
            Some(known) => {
                let what = format!("the code `{}` is there already, in {}", standard.code, known.file.path);
                problems.push(about(&standard, "code", &what));
            }
            None => self.standards.push(standard),
        }
    }

    /// Adds a council's own standard, in the place of the one that it replaces or that stands in a file of its name.
    fn lay_over(&mut self, standard: Standard, problems: &mut Vec<Problem>) {
        let own_place = place(&standard.file.path);
        if let Some(known) = self.standards.iter().position(|known| place(&known.file.path) == own_place) {
            let known = self.standards.remove(known);
            if standard.replaces.is_none() || standard.replaces.as_ref() == Some(&known.code) {
                return self.add(standard, problems);
            }
        }
        if let Some(code) = &standard.replaces {
            match self.standards.iter().position(|known| known.code == *code) {
                Some(place) => drop(self.standards.remove(place)),
                None => {
                    let what = format!("it replaces `{code}`, and there is no standard of that code");
                    problems.push(about(&standard, "replaces", &what));
                }
            }
        }
        self.add(standard, problems);
    }
}

/// Adds the fields of a register to the national kind whose list it is: the council holds more of it than the extracts.
fn extend(kind: &mut Kind, register: &Kind) -> Result<(), String> {
    let name = &kind.name;
    if kind.subject != register.subject {
        return Err(format!("the register `{name}` is about others than the national kind of that name"));
    }
    for field in &register.fields {
        match kind.field(&field.name) {
            Some(known) if known.field_type != field.field_type => {
                let field = &field.name;
                return Err(format!("the field `{field}` has another type in the national kind `{name}`"));
            }
            Some(_) => {}
            None => kind.fields.push(Field { key: false, ..field.clone() }),
        }
    }
    Ok(())
}

fn about(standard: &Standard, key: &str, what: &str) -> Problem {
    let line = standard.file.text.lines().position(|line| line.starts_with(key)).map(|place| place + 1);
    Problem { path: standard.file.path.clone(), line, what: what.to_owned() }
}

/// The shipped files with a council's own in their stead where both stand at the same place, and the rest of its own.
/// Standards are all in the rest: they are laid over by code.
fn in_their_stead(shipped: &[LibraryFile], own: &[LibraryFile]) -> (Vec<LibraryFile>, Vec<LibraryFile>) {
    let mut shipped = shipped.to_vec();
    let mut further = Vec::new();
    for file in own {
        let of_standard = declared_by(&file.path) == Declares::Standard;
        let same_place = |known: &&mut LibraryFile| !of_standard && place(&known.path) == place(&file.path);
        match shipped.iter_mut().find(same_place) {
            Some(known) => known.clone_from(file),
            None => further.push(file.clone()),
        }
    }
    (shipped, further)
}

/// The path from the last folder that says what a file declares: `standards/referral/rereferral-12m.md`.
fn place(path: &str) -> &str {
    let starts = FOLDERS.iter().filter_map(|folder| path.rfind(&format!("/{folder}/")));
    starts.max().map_or(path, |start| &path[start + 1..])
}

fn of_sort(declares: Declares, files: &[LibraryFile]) -> impl Iterator<Item = &LibraryFile> {
    files.iter().filter(move |file| declared_by(&file.path) == declares)
}

/// What the last folder of the path that says so says.
fn declared_by(path: &str) -> Declares {
    for folder in path.rsplit('/').skip(1) {
        match folder {
            "standards" => return Declares::Standard,
            "registers" => return Declares::Register,
            "indicators" => return Declares::Indicators,
            "trackers" => return Declares::Tracker,
            _ => {}
        }
    }
    Declares::Standard
}
