//! The steps that only call cargo.

use anyhow::Result;

use crate::project::{cargo, run};

/// Whether every file is formatted.
pub fn format() -> Result<()> {
    run(&mut cargo(["fmt", "--all", "--check"]))
}

/// Clippy on everything, warnings refused.
pub fn lint() -> Result<()> {
    run(&mut cargo(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))
}

/// The debug build of the program, which the generated files and the journeys run.
pub fn build() -> Result<()> {
    run(&mut cargo(["build", "--package", "headway", "--locked"]))
}

/// Starts a synthetic council.
pub fn demo(arguments: &[String]) -> Result<()> {
    run(cargo(["run", "--package", "headway", "--locked", "--", "demo"]).args(arguments))
}
