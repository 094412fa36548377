//! The gate: every step in order, what each took, and what failed.
//!
//! A failing step doesn't hide those after it, save that what runs the program isn't tried when it doesn't build.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{advisories, deny, generated, journeys, setup, steps, test_run, tidy};

/// One part of the gate; its closing line, if any, is repeated under the table.
struct Step {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<Option<String>>,
    needs_the_build: bool,
}

enum Outcome {
    Passed,
    Failed(String),
    NotRun,
}

struct Entry {
    name: &'static str,
    outcome: Outcome,
    took: Duration,
}

const BUILD: &str = "build";

const STEPS: &[Step] = &[
    step("setup", "what the gate needs is on this machine", || quietly(setup::run())),
    step("format", "every file is formatted", || quietly(steps::format())),
    step("tidy", "the import table and the house rules hold", || quietly(tidy::run())),
    step("advisories", "no known fault in a dependency goes unanswered", || quietly(advisories::run())),
    step("deny", "licences, bans and sources of dependencies", || quietly(deny::run())),
    step("lint", "clippy, warnings refused", || quietly(steps::lint())),
    step(BUILD, "the program builds", || quietly(steps::build())),
    after_build("tests", "all tests, on SQLite and PostgreSQL", test_run::run_all),
    after_build("generated", "generated files are current", || quietly(generated::check())),
    after_build("journeys", "people's journeys in a browser", || quietly(journeys::run_built(&[]))),
];

const fn step(name: &'static str, about: &'static str, run: fn() -> Result<Option<String>>) -> Step {
    Step { name, about, run, needs_the_build: false }
}

const fn after_build(name: &'static str, about: &'static str, run: fn() -> Result<Option<String>>) -> Step {
    Step { name, about, run, needs_the_build: true }
}

fn quietly(result: Result<()>) -> Result<Option<String>> {
    result.map(|()| None)
}

/// Runs the steps asked for, and fails if any of them did.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    if arguments.iter().any(|argument| argument == "--list") {
        for step in STEPS {
            println!("{:<12}{}", step.name, step.about);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let chosen = choose(STEPS, arguments)?;
    let (entries, closing_lines) = run_steps(&chosen);
    let failed = entries.iter().any(|entry| !matches!(entry.outcome, Outcome::Passed));
    print!("{}", table(&entries));
    for line in closing_lines {
        println!("{line}");
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn choose<'a>(steps: &'a [Step], arguments: &[String]) -> Result<Vec<&'a Step>> {
    let mut names = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--only" => names.push(rest.next().context("--only wants the name of a step")?.as_str()),
            unknown => bail!("check doesn't know {unknown:?}; it takes --only STEP and --list"),
        }
    }
    if let Some(unknown) = names.iter().find(|name| !steps.iter().any(|step| step.name == **name)) {
        let known: Vec<&str> = steps.iter().map(|step| step.name).collect();
        bail!("no step is called {unknown:?}; the steps are {}", known.join(", "));
    }
    Ok(steps.iter().filter(|step| names.is_empty() || names.contains(&step.name)).collect())
}

fn run_steps(steps: &[&Step]) -> (Vec<Entry>, Vec<String>) {
    let mut entries = Vec::new();
    let mut closing_lines = Vec::new();
    let mut built = true;
    for step in steps {
        if step.needs_the_build && !built {
            entries.push(Entry { name: step.name, outcome: Outcome::NotRun, took: Duration::ZERO });
            continue;
        }
        println!("\n=== {}: {}", step.name, step.about);
        let started = Instant::now();
        let outcome = match (step.run)() {
            Ok(closing_line) => {
                closing_lines.extend(closing_line);
                Outcome::Passed
            }
            Err(problem) => Outcome::Failed(format!("{problem:#}")),
        };
        let took = started.elapsed();
        match &outcome {
            Outcome::Failed(problem) => {
                println!("=== {} FAILED after {}: {problem}", step.name, seconds(took))
            }
            Outcome::Passed | Outcome::NotRun => println!("=== {} passed in {}", step.name, seconds(took)),
        }
        built &= step.name != BUILD || matches!(outcome, Outcome::Passed);
        entries.push(Entry { name: step.name, outcome, took });
    }
    (entries, closing_lines)
}

fn table(entries: &[Entry]) -> String {
    let mut table = String::from("\nThe gate\n");
    for entry in entries {
        let outcome = match &entry.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed(_) => "FAILED",
            Outcome::NotRun => "not run: the build failed",
        };
        table.push_str(&format!("  {:<12}{:>9}  {outcome}\n", entry.name, seconds(entry.took)));
    }
    let failures: Vec<(&str, &String)> = entries
        .iter()
        .filter_map(|entry| match &entry.outcome {
            Outcome::Failed(problem) => Some((entry.name, problem)),
            Outcome::Passed | Outcome::NotRun => None,
        })
        .collect();
    for (name, problem) in &failures {
        table.push_str(&format!("{name} failed: {problem}\n"));
    }
    let total: Duration = entries.iter().map(|entry| entry.took).sum();
    let verdict = if failures.is_empty() { "The gate is open" } else { "The gate is shut" };
    table.push_str(&format!("{verdict} after {}.\n", seconds(total)));
    table
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes() -> Result<Option<String>> {
        Ok(Some(String::from("3 tests run: 3 passed")))
    }

    fn fails() -> Result<Option<String>> {
        bail!("it is broken")
    }

    const fn named(name: &'static str, run: fn() -> Result<Option<String>>) -> Step {
        step(name, "for a test", run)
    }

    #[test]
    fn an_early_failure_does_not_hide_a_later_one() {
        let steps = [named("tidy", fails), named("deny", fails), named("lint", passes)];
        let (entries, closing_lines) = run_steps(&steps.iter().collect::<Vec<_>>());
        let shown = table(&entries);
        assert!(shown.contains("tidy failed: it is broken\ndeny failed: it is broken\n"), "{shown}");
        assert!(shown.contains("The gate is shut"));
        assert_eq!(closing_lines, ["3 tests run: 3 passed"]);
    }

    #[test]
    fn nothing_runs_the_program_when_it_does_not_build() {
        let steps = [named(BUILD, fails), after_build("tests", "for a test", passes)];
        let (entries, closing_lines) = run_steps(&steps.iter().collect::<Vec<_>>());
        assert!(matches!(entries[1].outcome, Outcome::NotRun));
        assert!(closing_lines.is_empty());
    }

    #[test]
    fn only_runs_the_steps_named_and_refuses_an_unknown_one() {
        let asked = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let chosen = choose(STEPS, &asked(&["--only", "deny", "--only", "tidy"])).unwrap();
        assert_eq!(chosen.iter().map(|step| step.name).collect::<Vec<_>>(), ["tidy", "deny"]);
        assert_eq!(choose(STEPS, &[]).unwrap().len(), STEPS.len());
        assert!(choose(STEPS, &asked(&["--only", "tidying"])).is_err());
    }
}
