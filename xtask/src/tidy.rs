//! The house rules that a compiler doesn't know, each a small function over the whole tree.
//!
//! A rule that begins with offenders lists them in `xtask/ratchet.txt`; the list may only shrink.

mod fences;
mod glossary;
mod imports;
mod manner;
mod names_of_places;
mod ratchet;
mod rust_source;
mod spelling;
mod tree;

use anyhow::{Result, bail};

use ratchet::Ratchet;
use tree::Tree;

/// One rule of the house.
struct Rule {
    name: &'static str,
    find: fn(&Tree) -> Vec<Fault>,
}

/// One place where a rule is broken.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    path: String,
    line: usize,
    what: String,
    /// How much of the ratchet it uses up: 1, or for a long file the lines too many.
    weight: usize,
}

impl Fault {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), weight: 1 }
    }
}

const RULES: &[Rule] = &[
    Rule { name: "imports", find: imports::undeclared_edges },
    Rule { name: "testkit", find: imports::testkit_outside_tests },
    Rule { name: "fences", find: fences::dependencies },
    Rule { name: "http-types", find: fences::http_types },
    Rule { name: "sql", find: fences::sql },
    Rule { name: "file-opens", find: manner::opens_with_its_subject },
    Rule { name: "long-file", find: manner::long_files },
    Rule { name: "unfinished", find: manner::unfinished },
    Rule { name: "ignored-test", find: manner::ignored_tests },
    Rule { name: "machine-path", find: names_of_places::machine_paths },
    Rule { name: "registry-host", find: names_of_places::registry_hosts },
    Rule { name: "lock-address", find: names_of_places::addresses_in_node_locks },
    Rule { name: "spelling", find: spelling::american },
    Rule { name: "glossary", find: glossary::out_of_order },
];

/// Fails when any rule is broken, after showing every place.
pub fn run() -> Result<()> {
    let tree = Tree::read()?;
    let ratchet = Ratchet::read()?;
    let mut broken = 0;
    for rule in RULES {
        for fault in ratchet.hold(rule.name, (rule.find)(&tree)) {
            println!("  {}:{}: {}: {}", fault.path, fault.line, rule.name, fault.what);
            broken += 1;
        }
    }
    for unknown in ratchet.unknown_rules(RULES.iter().map(|rule| rule.name)) {
        println!("  xtask/ratchet.txt: no rule is called {unknown}");
        broken += 1;
    }
    if broken > 0 {
        bail!("{broken} places break a rule of the house");
    }
    println!("  {} rules hold in {} files of {} crates", RULES.len(), tree.files.len(), tree.packages.len());
    Ok(())
}
