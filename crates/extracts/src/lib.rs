//! Reads the national returns and the lists that councils declare, and checks their quality: Annex A, SSDA903, the
//! children in need census, and registers.
//!
//! Bytes come in; records and findings come out, each with the file, list, row and column it stands in. Reading never
//! fails for bad content; it refuses only bytes that aren't the stated kind at all. What the lists hold is declared in
//! `layout/`, and each rule of quality is a file of its own in `rules/` (`docs/adding-a-rule.md`).

mod cell;
mod codes;
mod layout;
mod places;
mod reading;
mod records;
mod refusal;
mod register;
mod rules;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod year;

use std::collections::BTreeSet;

use vocabulary::day::Day;
use vocabulary::places::AreaCode;

pub use codes::label as code_label;
pub use layout::{Collection, Years};
pub use places::Places;
pub use reading::{FileRead, Finding, ListRead, Part, Reading, RuleRun, Severity};
pub use refusal::{PlainRefusal, Refusal};
pub use register::{Register, RegisterColumn, RegisterLayout, likely_registers};
pub use rules::{RuleText, Why, catalogue};

/// A file as it was handed over.
#[derive(Clone, Copy, Debug)]
pub struct NamedFile<'a> {
    /// Its name, for findings; what it is, its bytes decide.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// What is asked of a set of files.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// Which collection they are.
    pub collection: Collection,
    /// The year it ends in (31 March for SSDA903 and the census); told from the files when absent.
    pub year: Option<i16>,
    /// The day the extract was made, for Annex A and registers. Absent, rules about its windows can't tell.
    pub as_at: Option<Day>,
    /// A day that nothing recorded can be later than, usually today, for when `as_at` is not known.
    pub not_after: Option<Day>,
    /// Where postcodes lie. Absent, distances and areas can't be told.
    pub places: Option<&'a dyn Places>,
    /// The council's own code, to tell in area from out of area.
    pub authority: Option<AreaCode>,
    /// The authorities that adjoin it, to tell a placement at a distance. Absent, that can't be told.
    pub adjoining: Option<&'a BTreeSet<AreaCode>>,
}

impl Question<'_> {
    /// A question about a collection of which nothing else is known.
    pub fn about(collection: Collection) -> Self {
        Self {
            collection,
            year: None,
            as_at: None,
            not_after: None,
            places: None,
            authority: None,
            adjoining: None,
        }
    }
}

/// Files larger than this are refused unread.
pub const LARGEST_FILE: u64 = 100 * 1_000_000;

/// All files of one reading together.
pub const LARGEST_SET: u64 = 256 * 1_000_000;

/// Starts the threads that rules run on, for a process that may start none later. Where none can be started, the
/// rules run on the calling thread.
pub fn start_threads(count: usize) {
    let built = rayon::ThreadPoolBuilder::new().num_threads(count).build_global();
    if built.is_err() {
        // Refused twice only when there is a pool already, which is as good.
        let _there_is_one =
            rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
    }
}

/// Reads the files of one collection into records and findings.
pub fn read(files: &[NamedFile<'_>], question: &Question<'_>) -> Result<Reading, Refusal> {
    let mut gathered = source::gather(files, question.collection)?;
    let year = year::of(&mut gathered, question);
    let ruled = rules::run(&gathered, question, year);
    Ok(reading::assemble(gathered, ruled, question, year))
}
