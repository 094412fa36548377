//! All tests, with a PostgreSQL of their own beside SQLite.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::postgres::TestServer;
use crate::project::{cargo, program, run as show};
use crate::setup;

/// Names the server to the tests of the store.
const SERVER: &str = "HEADWAY_TEST_POSTGRES";

/// Every test of the workspace; gives the runner's closing line.
pub fn run_all() -> Result<Option<String>> {
    let server = TestServer::start()?;
    watch(runner(&[]).env(SERVER, server.url()))
}

/// The tests a developer asks for.
pub fn run(arguments: &[String]) -> Result<()> {
    let (without_server, rest): (Vec<_>, Vec<_>) =
        arguments.iter().cloned().partition(|argument| argument == "--no-postgres");
    let mut command = runner(&rest);
    if !without_server.is_empty() {
        println!("  PostgreSQL is skipped, as asked: the store is tested on SQLite alone");
        return watch(command.env_remove(SERVER)).map(drop);
    }
    let server = TestServer::start()?;
    watch(command.env(SERVER, server.url())).map(drop)
}

/// Writes every snapshot as it is now, and shows which changed.
pub fn accept() -> Result<()> {
    let server = TestServer::start()?;
    let mut command = runner(&[]);
    command
        .env(SERVER, server.url())
        .env("INSTA_UPDATE", "always")
        .env("INSTA_FORCE_PASS", "1")
        .env_remove("CI");
    watch(&mut command)?;
    println!("  Snapshots that changed; read each line before committing it:");
    show(program("git").args(["status", "--short", "--", "*.snap"]))
}

fn runner(arguments: &[String]) -> Command {
    let mut command = if setup::has_nextest() {
        cargo(["nextest", "run", "--workspace", "--locked", "--no-fail-fast"])
    } else {
        cargo(["test", "--workspace", "--locked", "--no-fail-fast"])
    };
    command.args(arguments);
    command
}

/// Runs the tests with all they print shown, and keeps the line that counts them.
fn watch(command: &mut Command) -> Result<Option<String>> {
    let mut child = command.stderr(Stdio::piped()).spawn().context("cannot start the test runner")?;
    let printed = child.stderr.take().context("the test runner gave no output to read")?;
    let mut closing_line = None;
    for line in BufReader::new(printed).split(b'\n') {
        let mut line = line.context("cannot read what the test runner prints")?;
        let text = String::from_utf8_lossy(&line).into_owned();
        if is_closing_line(&text) {
            closing_line = Some(text);
        }
        line.push(b'\n');
        std::io::stderr().write_all(&line)?;
    }
    let status = child.wait().context("the test runner got lost")?;
    match (status.success(), closing_line) {
        (true, closing_line) => Ok(closing_line),
        (false, Some(closing_line)) => bail!("tests failed: {}", closing_line.trim()),
        (false, None) => bail!("the tests could not be run ({status})"),
    }
}

fn is_closing_line(line: &str) -> bool {
    line.trim_start().starts_with("Summary [") && line.contains("run:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_counts_the_tests_is_kept_whatever_follows_it() {
        let says = "printf '        PASS a\\n     Summary [   0.1s] 2 tests run: 2 passed, 0 skipped\\n after\\n' >&2";
        let kept = watch(Command::new("sh").args(["-c", says])).unwrap();
        assert_eq!(kept.as_deref(), Some("     Summary [   0.1s] 2 tests run: 2 passed, 0 skipped"));
    }

    #[test]
    fn failing_tests_fail_with_their_count() {
        let says =
            "printf '     Summary [   0.1s] 2 tests run: 1 passed, 1 failed, 0 skipped\\n' >&2; exit 100";
        let problem = watch(Command::new("sh").args(["-c", says])).unwrap_err();
        assert!(problem.to_string().contains("1 failed"), "{problem}");
    }
}
