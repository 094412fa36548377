//! The project's chores. `cargo xtask check` is everything CI runs; the other commands are its steps, one at a
//! time, and what a developer needs beside them.

mod advisories;
mod check;
mod deny;
mod generated;
mod journeys;
mod postgres;
mod project;
mod setup;
mod steps;
mod test_run;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
The project's chores.

Usage: cargo xtask COMMAND

  check [--only STEP]... [--list]  everything CI runs, or only the steps named
  setup                            installs what the gate needs and this machine lacks
  tidy                             the import table and the house rules
  advisories                       known faults in our dependencies
  deny                             licences, banned crates and sources of our dependencies
  test [--no-postgres] [ARGS]      all tests, on SQLite and PostgreSQL; ARGS go to the test runner
  journeys [NAME]                  the browser journeys, or those whose file name contains NAME
  docs [--check]                   writes the generated files, or says which are out of date
  accept                           takes new snapshots; read every changed line before committing
  demo [ARGS]                      starts a synthetic council; ARGS go to `headway demo`
  postgres                         runs the tests' PostgreSQL until interrupted, and prints its address
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match perform(&arguments) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("xtask: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(arguments: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = arguments.split_first() else {
        eprint!("{USAGE}");
        return Ok(ExitCode::from(2));
    };
    match command.as_str() {
        "check" => return check::run(rest),
        "setup" => setup::run()?,
        "tidy" => tidy::run()?,
        "advisories" => advisories::run()?,
        "deny" => deny::run()?,
        "test" => test_run::run(rest)?,
        "journeys" => journeys::run(rest)?,
        "docs" => generated::run(rest)?,
        "accept" => test_run::accept()?,
        "demo" => steps::demo(rest)?,
        "postgres" => postgres::run_until_interrupted()?,
        "help" | "--help" | "-h" => print!("{USAGE}"),
        unknown => bail!("no command is called {unknown:?}; `cargo xtask help` lists them"),
    }
    Ok(ExitCode::SUCCESS)
}
