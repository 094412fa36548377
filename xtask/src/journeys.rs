//! The browser journeys under `tests/journeys`: the debug program makes a synthetic council, and people use it.

use std::path::PathBuf;

use anyhow::Result;

use crate::project::{program, root, run as show, target};
use crate::{setup, steps};

/// Where the journeys and their Node packages are.
pub fn folder() -> PathBuf {
    root().join("tests/journeys")
}

/// Builds the program, then runs the journeys.
pub fn run(arguments: &[String]) -> Result<()> {
    setup::node_packages()?;
    steps::build()?;
    run_built(arguments)
}

/// Runs the journeys with the program as it was built last; all of them are preceded by the tests of their machinery.
pub fn run_built(arguments: &[String]) -> Result<()> {
    if arguments.is_empty() {
        show(program("node").args(["--test", "tests/journeys/harness/harness.test.mjs"]))?;
    }
    let target = target()?;
    show(
        program("node")
            .arg("tests/journeys/run.mjs")
            .arg("--program")
            .arg(target.join("debug/headway"))
            .arg("--out")
            .arg(target.join("journeys"))
            .args(arguments),
    )
}
