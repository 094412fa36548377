//! Files that the program writes about itself, such as catalogues and the description of the API.
//!
//! They are committed, so that a change to them is read in review; the gate fails when one is out of date.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::project::{program, read, root, run as show, target};
use crate::steps;

/// One file that a command of the program prints.
struct Generated {
    name: &'static str,
    path: &'static str,
    /// Arguments to `headway`, which prints the whole file.
    arguments: &'static [&'static str],
}

/// Every generated file; a new one is a line here.
const GENERATED: &[Generated] = &[
    Generated {
        name: "description of the JSON interface",
        path: "docs/openapi.json",
        arguments: &["openapi"],
    },
    Generated {
        name: "data dictionary of what is exported",
        path: "docs/data-dictionary.md",
        arguments: &["export", "--dictionary"],
    },
];

/// Writes them all, or with `--check` says which are out of date.
pub fn run(arguments: &[String]) -> Result<()> {
    let only_check = match arguments {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => bail!("docs takes --check and nothing else"),
    };
    if !GENERATED.is_empty() {
        steps::build()?;
    }
    if only_check { check() } else { write() }
}

/// Fails when a file isn't what the program prints now.
pub fn check() -> Result<()> {
    let mut stale = Vec::new();
    for file in GENERATED {
        let on_disk = fs::read_to_string(root().join(file.path)).ok();
        if let Some(problem) = difference(&printed(file)?, on_disk.as_deref()) {
            println!("  {} ({}): {problem}", file.path, file.name);
            stale.push(file.path);
        }
    }
    if !stale.is_empty() {
        bail!("out of date: {}; run `cargo xtask docs` and read what changed", stale.join(", "));
    }
    println!("  {} generated files, all current", GENERATED.len());
    Ok(())
}

fn write() -> Result<()> {
    for file in GENERATED {
        let path = root().join(file.path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        fs::write(&path, printed(file)?).with_context(|| format!("cannot write {}", file.path))?;
        println!("  wrote {} ({})", file.path, file.name);
    }
    show(program("git").args(["status", "--short", "--"]).args(GENERATED.iter().map(|file| file.path)))
}

fn printed(file: &Generated) -> Result<String> {
    read(program(target()?.join("debug/headway")).args(file.arguments))
        .with_context(|| format!("cannot make {}", file.path))
}

/// Where two texts first differ, for people.
fn difference(printed: &str, on_disk: Option<&str>) -> Option<String> {
    let Some(on_disk) = on_disk else {
        return Some(String::from("isn't there"));
    };
    if printed == on_disk {
        return None;
    }
    let same = printed.lines().zip(on_disk.lines()).take_while(|(new, old)| new == old).count();
    Some(format!("differs from line {}", same + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_file_is_told_from_a_current_one() {
        assert_eq!(difference("a\nb\n", Some("a\nb\n")), None);
        assert_eq!(difference("a\nb\n", Some("a\nc\n")).as_deref(), Some("differs from line 2"));
        assert_eq!(difference("a\nb\n", Some("a\n")).as_deref(), Some("differs from line 2"));
        assert_eq!(difference("a\n", None).as_deref(), Some("isn't there"));
    }
}
