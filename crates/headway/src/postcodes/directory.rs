//! Reads a file of postcodes: the Office for National Statistics' Postcode Directory as it is published, or four columns
//! taken out of it.

use std::fs;
use std::io::IsTerminal as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use csv::{Reader, StringRecord};
use indicatif::{ProgressBar, ProgressStyle};
use vocabulary::places::{GridReference, PlaceTableBuilder, Postcode};

/// What the columns are called, in plain files and in the directory over the years.
const POSTCODE: &[&str] = &["postcode", "pcd", "pcd7", "pcd8", "pcds"];
const EASTING: &[&str] = &["easting", "oseast1m", "east1m"];
const NORTHING: &[&str] = &["northing", "osnrth1m", "north1m"];
const DISTRICT: &[&str] = &["district", "district code", "laua", "oslaua"];

/// Above one row in so many unreadable, the columns are not what they seem.
const UNREADABLE_ONE_IN: usize = 100;
const LINES_NAMED: usize = 10;
const ROWS_BETWEEN_SIGNS: usize = 50_000;

/// Rows that went into no table.
#[derive(Debug, Default)]
pub struct Skipped {
    /// Postcodes whose place nobody has recorded.
    pub without_district: usize,
    /// Rows whose postcode or grid reference is not one.
    pub unreadable: usize,
    /// The first lines of those.
    pub lines: Vec<u64>,
}

/// Reads every row of a file into the builder.
pub fn read(file: &Path, builder: &mut PlaceTableBuilder<'_>) -> Result<Skipped> {
    let cannot = || format!("the file {} cannot be read", file.display());
    let size = fs::metadata(file).with_context(cannot)?.len();
    let mut reader = Reader::from_path(file).with_context(cannot)?;
    let columns = Columns::find(reader.headers().with_context(cannot)?)?;
    let bar = bar(size);
    let (mut skipped, mut rows, mut record) = (Skipped::default(), 0, StringRecord::new());
    while reader.read_record(&mut record).with_context(cannot)? {
        rows += 1;
        if rows % ROWS_BETWEEN_SIGNS == 0 {
            bar.set_position(reader.position().byte());
        }
        match columns.row(&record) {
            Some(Row { district: "", .. }) => skipped.without_district += 1,
            Some(row) => builder.add(row.postcode, row.grid, row.district),
            None => skipped.unreadable_at(record.position().map_or(0, csv::Position::line)),
        }
    }
    bar.finish_and_clear();
    if skipped.unreadable * UNREADABLE_ONE_IN > rows {
        bail!(
            "{} of the {rows} rows of {} have no readable postcode or grid reference, first in line {}; \
             are its columns what their names say?",
            skipped.unreadable,
            file.display(),
            skipped.lines.first().unwrap_or(&0)
        );
    }
    Ok(skipped)
}

fn bar(size: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}");
    ProgressBar::new(size).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

impl Skipped {
    fn unreadable_at(&mut self, line: u64) {
        self.unreadable += 1;
        if self.lines.len() < LINES_NAMED {
            self.lines.push(line);
        }
    }
}

struct Columns {
    postcode: usize,
    easting: usize,
    northing: usize,
    district: usize,
}

struct Row<'a> {
    postcode: Postcode,
    grid: Option<GridReference>,
    district: &'a str,
}

impl Columns {
    fn find(heading: &StringRecord) -> Result<Self> {
        let place = |what: &str, names: &[&str]| {
            let named = |cell: &str| {
                let cell = cell.trim_start_matches('\u{feff}').trim().to_lowercase();
                names.contains(&cell.as_str()) || (what == "district" && is_district_of_a_year(&cell))
            };
            heading.iter().position(named).with_context(|| {
                format!("the file has no column for the {what}; it may be called {}", names.join(", "))
            })
        };
        Ok(Self {
            postcode: place("postcode", POSTCODE)?,
            easting: place("easting", EASTING)?,
            northing: place("northing", NORTHING)?,
            district: place("district", DISTRICT)?,
        })
    }

    /// None when the postcode or the grid reference is not one.
    fn row<'a>(&self, record: &'a StringRecord) -> Option<Row<'a>> {
        let cell = |column: usize| record.get(column).unwrap_or_default().trim();
        let postcode = Postcode::parse(cell(self.postcode))?;
        let grid = grid(cell(self.easting), cell(self.northing))?;
        Some(Row { postcode, grid, district: cell(self.district) })
    }
}

/// `lad25cd` and its like: districts as of 2025.
fn is_district_of_a_year(name: &str) -> bool {
    let year = name.strip_prefix("lad").and_then(|rest| rest.strip_suffix("cd"));
    year.is_some_and(|year| year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The outer absence says that the cells are at fault, the inner one that the place has no grid reference.
fn grid(easting: &str, northing: &str) -> Option<Option<GridReference>> {
    match (metres(easting)?, metres(northing)?) {
        // The directory writes nothing or nought for a postcode off the grid.
        (None | Some(0), None | Some(0)) => Some(None),
        (Some(easting), Some(northing)) => GridReference::new(easting, northing).map(Some),
        _ => None,
    }
}

fn metres(cell: &str) -> Option<Option<u32>> {
    if cell.is_empty() {
        return Some(None);
    }
    cell.strip_suffix(".0").unwrap_or(cell).parse().ok().map(Some)
}
