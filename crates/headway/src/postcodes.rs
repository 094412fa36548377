//! `headway postcodes`: builds the postcode table from open data, and says what a table covers (docs/postcodes.md).
//!
//! No command looks up a postcode: a table tells where a child lives to whoever may ask it.

mod directory;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use improvement::words::counted;
use jiff::civil::Date;
use vocabulary::day::Day;
use vocabulary::places::{AreaCode, BuiltTable, PlaceTable, PlaceTableBuilder, england};

use crate::installation::refused;
use directory::Skipped;

const EXAMPLE: &str = "\
Example:
  headway postcodes build --from postcodes.csv --as-at 2025-11-30 --out postcodes.table
  headway postcodes check --table postcodes.table

Where the file of postcodes comes from: docs/postcodes.md";

/// How many districts a refusal lists.
const LISTED: usize = 20;

/// Builds the table that turns postcodes into distance and authority, or says what a table covers.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct PostcodesCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Builds a table from a file of postcodes.
    #[command(after_help = EXAMPLE)]
    Build(Build),
    /// Prints a table's day, its postcodes and the authorities that it covers.
    #[command(after_help = EXAMPLE)]
    Check {
        /// The table.
        #[arg(long)]
        table: PathBuf,
    },
}

#[derive(Args)]
struct Build {
    /// The postcodes: a CSV file with the columns postcode, easting, northing, district, or as the Office names them.
    #[arg(long)]
    from: PathBuf,
    /// The day whose postcodes and boundaries the file holds, for example 2025-11-30.
    #[arg(long)]
    as_at: Date,
    /// Where the table goes.
    #[arg(long)]
    out: PathBuf,
    /// Builds although some districts are unknown; their postcodes are left out.
    #[arg(long)]
    leave_out_unknown: bool,
}

impl PostcodesCommand {
    /// Runs it, and says how it went.
    pub fn run(&self) -> ExitCode {
        let answer = match &self.what {
            What::Build(build) => build.build(),
            What::Check { table } => check(table),
        };
        match answer.and_then(|text| Ok(std::io::stdout().lock().write_all(text.as_bytes())?)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => refused(&error),
        }
    }
}

impl Build {
    fn build(&self) -> Result<String> {
        let mut builder = PlaceTableBuilder::new(england(), Day::of(self.as_at));
        let skipped = directory::read(&self.from, &mut builder)?;
        let built = builder.build().with_context(|| format!("{} makes no table", self.from.display()))?;
        if built.postcodes == 0 && built.unknown.is_empty() {
            bail!("{} holds no postcode with a district; nothing is written", self.from.display());
        }
        if !built.unknown.is_empty() && !self.leave_out_unknown {
            bail!(unknown_districts(&built.unknown, self.as_at));
        }
        write(&self.out, &built.bytes)?;
        Ok(format!("{}{}", covered(&self.out, &built.bytes)?, noticed(&built, &skipped)))
    }
}

fn unknown_districts(unknown: &BTreeMap<String, usize>, as_at: Date) -> String {
    let districts = counted(unknown.len(), "district of the file belongs", "districts of the file belong");
    let mut text = format!("{districts} to no one authority on {as_at}, so no table is written\n");
    text += &list(unknown, "in");
    text += "  What to do: if --as-at is not the day of the file, give that day. If districts are newer than this \
             release of Headway, take a newer one. Or add --leave-out-unknown: then nothing can be told of their \
             postcodes.";
    text
}

fn list(districts: &BTreeMap<String, usize>, joint: &str) -> String {
    let mut text = String::new();
    for (district, postcodes) in districts.iter().take(LISTED) {
        let _into_a_string =
            writeln!(text, "  {} {joint} {district}", counted(*postcodes, "postcode", "postcodes"));
    }
    if districts.len() > LISTED {
        let _into_a_string = writeln!(text, "  and {} more districts", districts.len() - LISTED);
    }
    text
}

/// What the builder should know beside what the table holds.
fn noticed(built: &BuiltTable, skipped: &Skipped) -> String {
    let mut text = String::new();
    let mut say = |number: usize, what: &str| {
        if number > 0 {
            let _into_a_string = writeln!(text, "{what:<34}{number}");
        }
    };
    say(skipped.without_district, "left out, without a district");
    say(skipped.unreadable, "left out, not readable");
    say(built.unknown.values().sum(), "left out, district unknown");
    say(built.repeated, "given twice, kept once");
    say(built.ended.values().sum(), "in a district that had ended");
    if !skipped.lines.is_empty() {
        let lines: Vec<String> = skipped.lines.iter().map(u64::to_string).collect();
        let _into_a_string = writeln!(text, "not readable, first lines: {}", lines.join(", "));
    }
    text + &list(&built.unknown, "left out in") + &list(&built.ended, "put into the authority that took over")
}

/// Written beside and renamed, so that a table that is in use is never half a table.
fn write(out: &Path, bytes: &[u8]) -> Result<()> {
    let mut beside = out.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let write = || {
        let mut file = fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, out)
    };
    write().with_context(|| format!("the table {} cannot be written", out.display()))
}

fn check(table: &Path) -> Result<String> {
    let bytes = fs::read(table).with_context(|| format!("the table {} cannot be read", table.display()))?;
    covered(table, &bytes)
}

/// What a table covers, as printed after building and by `check`.
fn covered(file: &Path, bytes: &[u8]) -> Result<String> {
    let table = PlaceTable::parse(bytes).with_context(|| format!("{} is refused", file.display()))?;
    let mut postcodes: BTreeMap<AreaCode, usize> = BTreeMap::new();
    let mut off_the_grid = 0;
    for place in table.places() {
        *postcodes.entry(place.authority).or_default() += 1;
        off_the_grid += usize::from(place.grid.is_none());
    }
    let standing: Vec<_> = england().authorities_on(table.as_at()).collect();
    let missing: Vec<_> =
        standing.iter().filter(|authority| !postcodes.contains_key(&authority.code)).collect();

    let mut text = String::new();
    let mut say = |what: &str, value: String| {
        let _into_a_string = writeln!(text, "{what:<34}{value}");
    };
    say("as at", table.as_at().to_string());
    say("postcodes", table.len().to_string());
    say("without a place on the grid", off_the_grid.to_string());
    for country in countries(&postcodes) {
        say(&format!("in {}", country.0), country.1.to_string());
    }
    say("English authorities covered", format!("{} of {}", standing.len() - missing.len(), standing.len()));
    for authority in missing {
        say("no postcode in", format!("{} ({})", authority.name, authority.code));
    }
    say("districts and authorities read on", england().version().to_string());
    say("bytes", bytes.len().to_string());
    Ok(text)
}

fn countries(postcodes: &BTreeMap<AreaCode, usize>) -> BTreeMap<&'static str, usize> {
    let mut countries = BTreeMap::new();
    for (code, number) in postcodes {
        *countries.entry(code.country()).or_default() += number;
    }
    countries
}
