//! What is taken out of Headway: figures for spreadsheets, a star of Parquet files for warehouses, and children's events
//! with a purpose. Every table is declared in `star_schema`, and every file says what it is, who took it out, when, and
//! which checkpoint of the log stood then.

mod children;
mod sheets;
mod star;

use documents::output::table as file;
use jiff::Timestamp;
use jiff::civil::Date;
use practice::indicator::{IndicatorValue, Measure, PeriodKind};
use practice::library::Library;
use practice::standard::Polarity;
use star_schema::{Cell, Class, ColumnKind, Row, dictionary};
use store::{AccessEntry, Scope};

use crate::Service;
use crate::figures::Figures;
use crate::refusal::Refusal;
use crate::surroundings::{london, london_day};

pub use children::{MOST_CHILDREN, Taking};
pub use star::Star;

/// What a file that is taken out says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenOut {
    /// The council.
    pub council: String,
    /// The most guarded class of data in it.
    pub class: Class,
    /// The day the figures tell of.
    pub as_at: Date,
    /// The day up to which what was loaded counts.
    pub known_on: Date,
    /// Who took it out, with their role.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The newest checkpoint of the log, in words.
    pub checkpoint: String,
}

/// The handling mark of everything that leaves with figures or children in it.
const HANDLING: &str = "OFFICIAL-SENSITIVE";

impl TakenOut {
    /// What it says, fact by fact, for cover sheets.
    pub fn facts(&self) -> Vec<(String, String)> {
        let fact = |name: &str, value: String| (name.to_owned(), value);
        vec![
            fact("Council", self.council.clone()),
            fact("As at", self.as_at.to_string()),
            fact("Known on", self.known_on.to_string()),
            fact("Handling", HANDLING.to_owned()),
            fact("Class of data", self.class.name().to_owned()),
            fact("Taken out by", self.by.clone()),
            fact("Taken out at", self.moment()),
            fact("Made by", version()),
            fact("Log checkpoint", self.checkpoint.clone()),
        ]
    }

    /// What it says under names for programs, for the metadata of files.
    pub fn metadata(&self) -> Vec<(String, String)> {
        let named = |(name, value): (String, String)| (name.to_lowercase().replace(' ', "_"), value);
        self.facts().into_iter().map(named).collect()
    }

    /// What it says in one line, so that a single row of a file without a cover still says it.
    pub fn line(&self) -> String {
        format!(
            "{HANDLING}, {}; taken out by {} on {}; {}; log checkpoint {}",
            self.class.name(),
            self.by,
            self.moment(),
            version(),
            self.checkpoint
        )
    }

    fn moment(&self) -> String {
        self.at.to_zoned(london()).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

fn version() -> String {
    format!("Headway {}", env!("CARGO_PKG_VERSION"))
}

impl Service {
    /// What a file taken out now says of itself.
    pub async fn taken_out(
        &self,
        council: &str,
        figures: &Figures,
        known_on: Option<Date>,
        by: &str,
        class: Class,
    ) -> Result<TakenOut, Refusal> {
        let at = self.clock.now();
        let mut transaction = self.store.snapshot().await?;
        let newest = transaction.newest_checkpoint().await?;
        transaction.commit().await?;
        Ok(TakenOut {
            council: council.to_owned(),
            class,
            as_at: figures.as_at.date(),
            known_on: known_on.unwrap_or_else(|| london_day(at)),
            by: by.to_owned(),
            at,
            checkpoint: newest
                .map_or_else(|| "none yet".to_owned(), |(size, note, _)| checkpoint(size, &note)),
        })
    }

    /// Writes down that whoever holds the machine took something out on the command line.
    pub async fn record_taken_out_here(
        &self,
        scope: &Scope,
        command: &str,
        what: &str,
    ) -> Result<(), Refusal> {
        let mut transaction = self.store.begin().await?;
        let entry = AccessEntry {
            at: self.clock.now(),
            person: Some(scope.viewer()),
            role: "command line".into(),
            council: Some(scope.council()),
            what: "exported".into(),
            route: command.to_owned(),
            thing: what.to_owned(),
            source: "this machine".into(),
            request_id: String::new(),
        };
        transaction.record_access(&entry).await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// A checkpoint as people compare it: how many entries it covers, and the root over them, which its note's third line is.
fn checkpoint(size: i64, note: &str) -> String {
    format!("of {size} entries, root {}", note.lines().nth(2).unwrap_or("unknown"))
}

/// The data dictionary, for spreadsheets.
pub fn dictionary_table() -> file::Table {
    table(&vocabulary::words::name_in_words(star_schema::DictionaryRow::TABLE.name), dictionary())
}

/// Declared rows as a table for spreadsheets.
fn table<R: Row>(name: &str, rows: impl IntoIterator<Item = R>) -> file::Table {
    let column = |column: &star_schema::Column| {
        let kind = match column.kind {
            ColumnKind::Whole => file::ColumnKind::Integer,
            ColumnKind::Number => file::ColumnKind::Number,
            ColumnKind::Day => file::ColumnKind::Date,
            ColumnKind::Text | ColumnKind::Flag => file::ColumnKind::Text,
        };
        file::Column::new(column.name, kind)
    };
    file::Table {
        name: name.to_owned(),
        columns: R::TABLE.columns.iter().map(column).collect(),
        rows: rows.into_iter().map(|row| row.cells().into_iter().map(cell).collect()).collect(),
    }
}

fn cell(cell: Cell) -> file::Cell {
    match cell {
        Cell::Whole(number) => file::Cell::Integer(number),
        Cell::Number(number) => file::Cell::Number(number),
        Cell::Text(text) => file::Cell::Text(text),
        Cell::Day(day) => file::Cell::Date(day.date()),
        Cell::Flag(flag) => file::Cell::Text(if flag { "true" } else { "false" }.to_owned()),
        Cell::Empty => file::Cell::Empty,
    }
}

/// The measures of which something was ever counted, or could not be told, by place.
fn told(figures: &Figures) -> Vec<u16> {
    let has_any = |value: &IndicatorValue| value.denominator > 0 || value.cannot_tell > 0;
    let places = (0_u16..).zip(&figures.library.measures).map(|(place, _)| place);
    places.filter(|place| figures.values_of(*place).iter().any(has_any)).collect()
}

/// The newest published figure to read a measure beside.
fn benchmark(library: &Library, place: u16) -> Option<&practice::indicator::Benchmark> {
    let entries = library.sets.iter().flat_map(|set| &set.entries);
    entries.filter(|entry| entry.measure == place).find_map(|entry| entry.benchmarks.last())
}

fn period_kind(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Month => "month",
        PeriodKind::Quarter => "quarter",
        PeriodKind::RollingYear => "twelve months",
        PeriodKind::YearToDate => "year to date",
        PeriodKind::Position => "position",
    }
}

fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::High => "higher",
        Polarity::Low => "lower",
        Polarity::Context => "neither",
    }
}

fn unit(measure: &Measure) -> &'static str {
    if measure.is_count { "number" } else { "per cent" }
}

/// A value of a standard as its file writes it: `StatutoryGuidance` is `statutory-guidance` there.
fn as_filed(value: &impl std::fmt::Debug) -> String {
    let mut filed = String::new();
    for letter in format!("{value:?}").chars() {
        if letter.is_uppercase() && !filed.is_empty() {
            filed.push('-');
        }
        filed.extend(letter.to_lowercase());
    }
    filed
}
