//! `headway check`: reads the files of a national return, checks them, and stores nothing.
//!
//! The files are read in a limited process of their own, like documents (`docs/decisions/0010-reading-worker.md`).

pub mod files;
mod printed;
pub mod worker;

use std::io::{IsTerminal, stderr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use documents::input::PlainRefusal;
use service::{ExtractQuestion, ExtractReader, Shape};

use crate::read::{complain, print, shown};

use files::Given;

const EXAMPLE: &str = "\
Examples:
  headway check annex-a.xlsx --collection annex-a
  headway check ssda903/ --collection ssda903 --year 2026
  headway check census.xml --collection cin --format json > findings.json

Rows are data rows of the file, counted from 0; headings are not counted.
Exit status: 0 checked, whatever was found; 1 refused or failed; 2 wrong usage.";

/// Reads the files of a national return and checks their quality; stores nothing.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct CheckCommand {
    /// The files, or folders of which every file is taken. What a file is, its content decides.
    #[arg(required = true)]
    path: Vec<PathBuf>,
    /// Which return it is.
    #[arg(long, value_parser = ["annex-a", "ssda903", "cin"])]
    collection: String,
    /// The year it ends in; told from the files when left out.
    #[arg(long, value_parser = clap::value_parser!(i16).range(2000..=2099))]
    year: Option<i16>,
    /// How the findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One JSON object, for programs.
    Json,
    /// Counts and findings in words.
    Text,
}

impl CheckCommand {
    /// Reads, checks, prints, and says how it went.
    pub fn run(&self) -> ExitCode {
        match self.check() {
            Ok(answer) if self.format == Format::Json => print(&answer),
            Ok(answer) => print(&lines_shown(&answer)),
            Err((file, refusal)) => {
                let PlainRefusal { what, where_, what_to_do } = refusal;
                complain(&format!(
                    "headway: cannot check {file}\n  What:       {what}\n  Where:      {where_}\n  What to do: {what_to_do}\n"
                ));
                ExitCode::FAILURE
            }
        }
    }

    fn check(&self) -> Result<String, (String, PlainRefusal)> {
        let given = Given::open(&self.path)?;
        if stderr().is_terminal() {
            complain(&format!("headway: reading {}", given.in_words()));
        }
        let question = ExtractQuestion {
            collection: Some(self.collection.clone()),
            year: self.year,
            not_after: Some(jiff::Zoned::now().date()),
            places: None,
        };
        let shape = if self.format == Format::Json { Shape::Json } else { Shape::Text };
        let refused = |refusal| (given.in_words(), refusal);
        let reader = ExtractReader::of_this_program(None).map_err(|_| refused(no_program()))?;
        reader.printed(&given.files, &question, shape).map_err(refused)
    }
}

fn no_program() -> PlainRefusal {
    PlainRefusal {
        what: "The reader could not be started.".to_owned(),
        where_: "This computer, not the files.".to_owned(),
        what_to_do: "Try again. If it still fails, tell the person who looks after Headway.".to_owned(),
    }
}

/// Text as a terminal may show it, line by line.
fn lines_shown(text: &str) -> String {
    text.lines().map(|line| shown(line) + "\n").collect()
}
