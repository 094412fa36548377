//! Installs what the gate needs and this machine lacks: Debian packages, the journeys' Node packages, cargo's own
//! helpers, and the sources of our dependencies, so that every later step works without a network.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::{self, cargo, is_root, on_path, program, read};
use crate::{deny, journeys, postgres};

struct DebianPackage {
    name: &'static str,
    wanted_for: &'static str,
    present: fn() -> bool,
}

const DEBIAN_PACKAGES: &[DebianPackage] = &[
    DebianPackage {
        name: "chromium",
        wanted_for: "the browser journeys",
        present: || on_path("chromium").is_some(),
    },
    DebianPackage {
        name: "postgresql-15",
        wanted_for: "the store's tests on PostgreSQL",
        present: postgres::can_run,
    },
    DebianPackage {
        name: "poppler-utils",
        wanted_for: "a second opinion on the text of PDF files",
        present: || on_path("pdftotext").is_some(),
    },
    DebianPackage {
        name: "python3",
        wanted_for: "the independent oracle of outcomes",
        present: || on_path("python3").is_some(),
    },
    DebianPackage {
        name: "fonts-dejavu-core",
        wanted_for: "pages drawn alike on every machine",
        present: || Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").exists(),
    },
];

/// Installs whatever is missing, and says what it did.
pub fn run() -> Result<()> {
    debian_packages()?;
    node_packages()?;
    test_runner()?;
    project::run(&mut cargo(["fetch", "--locked"]))?;
    deny::install()
}

fn debian_packages() -> Result<()> {
    let missing: Vec<&DebianPackage> =
        DEBIAN_PACKAGES.iter().filter(|package| !(package.present)()).collect();
    if missing.is_empty() {
        println!("  Debian packages: all present");
        return Ok(());
    }
    for package in &missing {
        println!("  missing: {}, for {}", package.name, package.wanted_for);
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    if !is_root() {
        bail!("as root, run: apt-get update && apt-get install -y {}", names.join(" "));
    }
    let install = || {
        let mut command = Command::new("apt-get");
        command.args(["install", "-y", "--no-install-recommends"]).args(&names);
        project::run(command.env("DEBIAN_FRONTEND", "noninteractive"))
    };
    if install().is_err() {
        println!("  the list of packages may be missing or old; fetching it once");
        project::run(Command::new("apt-get").arg("update"))?;
        install()?;
    }
    match missing.iter().find(|package| !(package.present)()) {
        Some(package) => bail!("{} was installed, and is still not found", package.name),
        None => Ok(()),
    }
}

/// Runs `npm ci` when the lock isn't the one that was installed last.
pub fn node_packages() -> Result<()> {
    let folder = journeys::folder();
    let lock =
        fs::read_to_string(folder.join("package-lock.json")).context("the journeys' package-lock.json")?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&installed).is_ok_and(|text| text == lock) {
        println!("  Node packages: present");
        return Ok(());
    }
    if on_path("npm").is_none() {
        bail!("the journeys need Node.js 20 or later with npm; install Debian's nodejs and npm");
    }
    project::run(program("npm").arg("ci").current_dir(&folder))?;
    fs::write(&installed, lock).context("cannot note which Node packages are installed")
}

fn test_runner() -> Result<()> {
    if has_nextest() {
        println!("  cargo-nextest: present");
        return Ok(());
    }
    project::run(&mut cargo(["install", "cargo-nextest", "--locked"]))
}

/// Whether the test runner is there.
pub fn has_nextest() -> bool {
    read(&mut cargo(["nextest", "--version"])).is_ok()
}
