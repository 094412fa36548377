//! `headway library`: checks, lists and shows the declared standards, registers, indicators and trackers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use practice::example::{self, ExampleResult};
use practice::library::{Library, Problem};
use practice::shipped;

use crate::declared;
use crate::installation::refused;

const EXAMPLE: &str = "\
Examples:
  headway library check                     reads every shipped file and runs its worked examples
  headway library check our-library         the same with a council's own folder laid over them
  headway library list
  headway library show s47-icpc-15wd

A folder holds standards/, registers/, indicators/ and trackers/, or standards alone with registers/ beside it.
A file at the same place as a shipped one is checked in its stead.

Exit status: 0 all is sound, 1 a problem was found or a file cannot be read, 2 wrong usage.";

/// Checks, lists and shows declared standards.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct LibraryCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Reads every file and runs the worked examples; a line a problem goes to standard error.
    #[command(after_help = EXAMPLE)]
    Check {
        /// A folder of a council's own files, laid over the shipped ones.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Prints a line a standard: code, title, basis and how far its source was read, with tabs between.
    #[command(after_help = EXAMPLE)]
    List,
    /// Prints a standard's file and how its worked examples come out.
    #[command(after_help = EXAMPLE)]
    Show {
        /// The code of the standard.
        code: String,
    },
}

impl LibraryCommand {
    /// Runs it, and says how it went.
    pub fn run(&self) -> ExitCode {
        let done = match &self.what {
            What::Check { folder } => check(folder.as_deref()),
            What::List => Ok(list()),
            What::Show { code } => show(code),
        };
        done.unwrap_or_else(|error| refused(&error))
    }
}

fn check(folder: Option<&Path>) -> Result<ExitCode> {
    let own = folder.map_or_else(|| Ok(Vec::new()), declared::files_of)?;
    let (library, mut problems) = Library::load(&shipped::files(), &own);
    problems.extend(example::problems(&library));
    problems.sort();
    for problem in &problems {
        eprintln!("{problem}");
    }
    let examples: usize =
        library.standards.iter().map(|standard| example::run(standard, &library).len()).sum();
    println!(
        "{} standards, {} registers, {} sets of indicators, {} trackers, {examples} worked examples: {}",
        library.standards.len(),
        library.registers.len(),
        library.sets.len(),
        library.trackers.len(),
        verdict(&problems)
    );
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn verdict(problems: &[Problem]) -> String {
    let files: BTreeSet<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    match problems.len() {
        0 => "no problem".to_owned(),
        1 => "1 problem".to_owned(),
        count => format!("{count} problems in {} files", files.len()),
    }
}

fn list() -> ExitCode {
    let (library, _) = Library::load(&shipped::files(), &[]);
    for standard in &library.standards {
        println!("{}\t{}\t{}\t{}", standard.code, standard.title, standard.basis, standard.status);
    }
    ExitCode::SUCCESS
}

fn show(code: &str) -> Result<ExitCode> {
    let (library, _) = Library::load(&shipped::files(), &[]);
    let Some(standard) = library.standard(code) else {
        bail!("there is no standard {code:?}; `headway library list` prints the codes");
    };
    println!("{}", standard.file.text.trim_end());
    println!("\n## How the examples come out\n");
    let results = example::run(standard, &library);
    for ExampleResult { example, expected, got, holds, .. } in &results {
        match holds {
            true => println!("- {example}: {got}"),
            false => println!("- {example}: expected {expected}; got {got}"),
        }
    }
    let all_hold = results.iter().all(|result| result.holds);
    Ok(if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
