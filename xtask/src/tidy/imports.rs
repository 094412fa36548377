//! Who may import whom: the floors of the house. Changing the table needs a decision record (`docs/decisions/`).

use super::Fault;
use super::tree::{Dependency, Package, Tree};

/// One crate and every crate of ours it may import.
struct Row {
    package: &'static str,
    may_import: &'static [&'static [&'static str]],
}

const WORDS: &[&str] = &["vocabulary"];
const FEATURES: &[&str] = &["improvement", "extracts", "practice", "assurance", "synthesis"];
const BOTH_ON_FLOOR_TWO: &[&str] = &["documents", "store"];

const TABLE: &[Row] = &[
    // Floor 0.
    Row { package: "vocabulary", may_import: &[] },
    // Floor 1: never each other.
    Row { package: "improvement", may_import: &[WORDS] },
    Row { package: "extracts", may_import: &[WORDS] },
    Row { package: "practice", may_import: &[WORDS] },
    Row { package: "assurance", may_import: &[WORDS] },
    Row { package: "synthesis", may_import: &[WORDS] },
    // Floor 2: not each other either; and the leaves beside them that hold the heavy readers of PDF and the writer of
    // Parquet (decision 0016).
    Row { package: "pdf_text", may_import: &[] },
    Row { package: STAR_SCHEMA, may_import: &[WORDS] },
    Row { package: "documents", may_import: &[WORDS, FEATURES, &["pdf_text"]] },
    Row { package: "store", may_import: &[WORDS, FEATURES] },
    // Floor 3.
    Row { package: "service", may_import: &[WORDS, FEATURES, BOTH_ON_FLOOR_TWO, &[STAR_SCHEMA]] },
    // Floor 4. Pages read through the store's queries, which take the viewer's scope.
    Row { package: "web", may_import: &[WORDS, FEATURES, BOTH_ON_FLOOR_TWO, &[STAR_SCHEMA, "service"]] },
    // Floor 5.
    Row {
        package: "headway",
        may_import: &[WORDS, FEATURES, BOTH_ON_FLOOR_TWO, &[STAR_SCHEMA, "service", "web"]],
    },
    // Beside the floors.
    Row { package: TESTKIT, may_import: &[WORDS, FEATURES, BOTH_ON_FLOOR_TWO, &["service"]] },
    Row { package: "xtask", may_import: &[] },
];

const TESTKIT: &str = "testkit";
const STAR_SCHEMA: &str = "star_schema";

impl Row {
    fn admits(&self, imported: &str) -> bool {
        self.may_import.iter().any(|crates| crates.contains(&imported))
    }
}

/// Imports that the table doesn't have, and crates it doesn't know.
pub fn undeclared_edges(tree: &Tree) -> Vec<Fault> {
    tree.packages.iter().flat_map(undeclared_edges_of).collect()
}

/// What the tests of a crate may import beside what the crate may; `testkit` is any crate's to use.
const TESTS_MAY_IMPORT: &[Row] = &[
    // Readings of inspection reports are tested on the text of real files.
    Row { package: "improvement", may_import: &[&["pdf_text"]] },
    // What is made is read and judged, to measure how fast that goes.
    Row { package: "synthesis", may_import: &[&["extracts", "practice"]] },
];

fn undeclared_edges_of(package: &Package) -> Vec<Fault> {
    let Some(row) = TABLE.iter().find(|row| row.package == package.name) else {
        return vec![Fault::new(&manifest(&package.name), 1, "the crate has no floor in the import table")];
    };
    let ours = package.dependencies.iter().filter(|dependency| dependency.ours && dependency.name != TESTKIT);
    ours.filter(|dependency| !row.admits(&dependency.name))
        .filter(|dependency| !(dependency.for_tests && tests_may_import(&package.name, &dependency.name)))
        .map(|dependency| {
            let what =
                format!("may not import {}; it may import {:?}", dependency.name, row.may_import.concat());
            Fault::new(&manifest(&package.name), 1, what)
        })
        .collect()
}

fn tests_may_import(package: &str, imported: &str) -> bool {
    TESTS_MAY_IMPORT.iter().any(|row| row.package == package && row.admits(imported))
}

/// `testkit` where it would end up in the product.
pub fn testkit_outside_tests(tree: &Tree) -> Vec<Fault> {
    let in_the_product = |dependency: &&Dependency| dependency.name == TESTKIT && !dependency.for_tests;
    let offenders =
        tree.packages.iter().filter(|package| package.dependencies.iter().any(|d| in_the_product(&d)));
    offenders
        .map(|package| Fault::new(&manifest(&package.name), 1, "testkit may only be a dev-dependency"))
        .collect()
}

/// Where a crate of ours has its manifest.
pub fn manifest(package: &str) -> String {
    match package {
        "xtask" => String::from("xtask/Cargo.toml"),
        _ => format!("crates/{package}/Cargo.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(package: &str, on: &str) -> usize {
        undeclared_edges(&Tree::with_dependency(package, on, true, false)).len()
    }

    #[test]
    fn imports_go_downwards_only() {
        assert_eq!(faults("service", "store"), 0);
        assert_eq!(faults("store", "service"), 1);
        assert_eq!(faults("vocabulary", "improvement"), 1);
        assert_eq!(faults("store", "documents"), 1);
        assert_eq!(faults("web", "pdf_text"), 1);
        assert_eq!((faults("service", "star_schema"), faults("star_schema", "practice")), (0, 1));
    }

    #[test]
    fn features_on_floor_one_never_import_each_other() {
        let features = ["improvement", "extracts", "practice", "assurance", "synthesis"];
        for one in features {
            for other in features {
                assert_eq!(faults(one, other), 1, "{one} importing {other}");
            }
        }
    }

    #[test]
    fn what_tests_may_import_the_product_may_not() {
        assert_eq!(faults("improvement", "pdf_text"), 1);
        assert!(undeclared_edges(&Tree::with_dependency("improvement", "pdf_text", true, true)).is_empty());
        assert_eq!(undeclared_edges(&Tree::with_dependency("improvement", "documents", true, true)).len(), 1);
    }

    #[test]
    fn a_crate_without_a_floor_is_refused() {
        assert_eq!(faults("analytics", "vocabulary"), 1);
    }

    #[test]
    fn testkit_stays_out_of_the_product() {
        let tests_only = Tree::with_dependency("store", "testkit", true, true);
        assert!(testkit_outside_tests(&tests_only).is_empty() && undeclared_edges(&tests_only).is_empty());
        assert_eq!(testkit_outside_tests(&Tree::with_dependency("headway", "testkit", true, false)).len(), 1);
    }
}
