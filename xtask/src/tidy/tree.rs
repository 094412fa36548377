//! What the rules look at: the project's own text files, and what each crate depends on.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use super::rust_source::{Piece, pieces};
use crate::project::{metadata, program, read, root};

/// The whole project as the rules see it.
#[derive(Default)]
pub struct Tree {
    /// Text files, tracked or about to be.
    pub files: Vec<File>,
    /// Our own crates.
    pub packages: Vec<Package>,
}

/// One text file.
pub struct File {
    /// From the project's root, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// One of our crates.
pub struct Package {
    /// Its name.
    pub name: String,
    /// What it depends on, by its manifest.
    pub dependencies: Vec<Dependency>,
}

/// One line of a manifest's dependencies.
pub struct Dependency {
    /// The crate depended on.
    pub name: String,
    /// Only for tests.
    pub for_tests: bool,
    /// One of our own crates.
    pub ours: bool,
}

impl Tree {
    /// Reads the project.
    pub fn read() -> Result<Self> {
        let listed =
            read(program("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
        let mut files = Vec::new();
        for path in listed.split('\0').filter(|path| !path.is_empty()) {
            // A file deleted and not yet committed is still listed; one that isn't text has no words to check.
            if let Ok(text) = fs::read_to_string(root().join(path)) {
                files.push(File { path: path.to_owned(), text });
            }
        }
        Ok(Self { files, packages: packages(&metadata()?)? })
    }

    /// The files we wrote: everything but copies of other projects' files, kept in folders called `vendor`.
    pub fn own(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| !file.path.split('/').any(|part| part == "vendor"))
    }

    /// Our Rust files.
    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.own().filter(|file| file.path.ends_with(".rs"))
    }
}

impl File {
    /// The crate a file belongs to, by its folder.
    pub fn package(&self) -> &str {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("crates") => parts.next().unwrap_or_default(),
            Some("xtask") => "xtask",
            _ => "",
        }
    }

    /// Its lines, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// A Rust file as code, comments and string literals.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        pieces(&self.text)
    }
}

fn packages(metadata: &Value) -> Result<Vec<Package>> {
    let listed = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    listed.iter().map(package).collect()
}

fn package(package: &Value) -> Result<Package> {
    let name = package["name"].as_str().context("a package has no name")?.to_owned();
    let listed =
        package["dependencies"].as_array().with_context(|| format!("{name} lists no dependencies"))?;
    let dependencies = listed.iter().map(|dependency| Dependency {
        name: dependency["name"].as_str().unwrap_or_default().to_owned(),
        for_tests: dependency["kind"] == "dev",
        ours: dependency["path"].is_string(),
    });
    Ok(Package { name, dependencies: dependencies.collect() })
}

#[cfg(test)]
impl Tree {
    /// A tree of one file.
    pub fn with_file(path: &str, text: &str) -> Self {
        Self { files: vec![File { path: path.to_owned(), text: text.to_owned() }], packages: Vec::new() }
    }

    /// A tree of one crate that depends on one other.
    pub fn with_dependency(package: &str, on: &str, ours: bool, for_tests: bool) -> Self {
        let dependency = Dependency { name: on.to_owned(), for_tests, ours };
        Self {
            files: Vec::new(),
            packages: vec![Package { name: package.to_owned(), dependencies: vec![dependency] }],
        }
    }
}
