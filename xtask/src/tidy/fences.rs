//! What belongs to one crate: SQL to the store, HTTP types to the web, document formats to the documents; and the
//! dependencies nobody takes.

use super::Fault;
use super::imports::manifest;
use super::rust_source::Kind;
use super::tree::Tree;

/// Outside crates that only some of ours may declare; with no keeper, none may.
struct Fence {
    dependencies: &'static [&'static str],
    keepers: &'static [&'static str],
    because: &'static str,
}

const HTTP_KEEPERS: &[&str] = &["web", "headway"];

const FENCES: &[Fence] = &[
    Fence {
        dependencies: &["sqlx", "jiff-sqlx", "rusqlite"],
        keepers: &["store"],
        because: "SQL lives in store",
    },
    Fence {
        dependencies: &["axum", "axum-extra", "tower", "tower-http", "http", "http-body-util", "hyper"],
        keepers: HTTP_KEEPERS,
        because: "HTTP types live in web",
    },
    Fence { dependencies: &["askama", "rust-embed"], keepers: &["web"], because: "pages live in web" },
    Fence {
        dependencies: &["pdf_oxide", "pdf-extract", "lopdf"],
        keepers: &["pdf_text"],
        because: "a heavy reader has a crate of its own",
    },
    Fence {
        dependencies: &["parquet", "arrow"],
        keepers: &["star_schema"],
        because: "Parquet is written in one crate, which declares every column that leaves",
    },
    Fence {
        dependencies: &["rust_xlsxwriter", "quick-xml", "calamine"],
        keepers: &["documents", "extracts", "synthesis"],
        because: "document formats live in documents and extracts, and in the crate that makes synthetic extracts",
    },
    Fence {
        dependencies: &["cedar-policy"],
        keepers: &["service"],
        because: "permission is decided in service",
    },
    Fence {
        dependencies: &["chrono", "time"],
        keepers: &[],
        because: "dates are jiff's, and two kinds of date are two answers to one deadline",
    },
    Fence {
        dependencies: &[
            "axum-login",
            "tower-sessions",
            "apalis",
            "duckdb",
            "polars",
            "figment",
            "maud",
            "charming",
        ],
        keepers: &[],
        because: "tried and refused: see the design, section 9",
    },
];

/// Dependencies declared outside their fence.
pub fn dependencies(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for package in &tree.packages {
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            let fence = FENCES.iter().find(|fence| fence.dependencies.contains(&name));
            if let Some(fence) = fence.filter(|fence| !fence.keepers.contains(&package.name.as_str())) {
                let what = format!("may not depend on {name}: {}", fence.because);
                faults.push(Fault::new(&manifest(&package.name), 1, what));
            }
        }
    }
    faults
}

/// HTTP types named outside the web, such as through another crate's re-export.
pub fn http_types(tree: &Tree) -> Vec<Fault> {
    const PATHS: [&str; 4] = ["axum::", "tower_http::", "hyper::", "http::"];
    let mut faults = Vec::new();
    for file in tree.rust().filter(|file| !HTTP_KEEPERS.contains(&file.package())) {
        for piece in file.pieces().iter().filter(|piece| piece.kind == Kind::Code) {
            for (offset, line) in piece.text.lines().enumerate() {
                if PATHS.iter().any(|path| contains_path(line, path)) {
                    faults.push(Fault::new(&file.path, piece.line + offset, "HTTP types belong to web"));
                }
            }
        }
    }
    faults
}

fn contains_path(line: &str, path: &str) -> bool {
    line.match_indices(path)
        .any(|(place, _)| !line[..place].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
}

/// String literals that are statements of SQL, outside the store.
pub fn sql(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.rust().filter(|file| file.package() != "store") {
        for piece in file.pieces().iter().filter(|piece| piece.kind == Kind::Text && is_sql(piece.text)) {
            faults.push(Fault::new(&file.path, piece.line, "SQL belongs to store"));
        }
    }
    faults
}

fn is_sql(text: &str) -> bool {
    const OPENINGS: [&[&str]; 10] = [
        &["SELECT"],
        &["INSERT", "INTO"],
        &["UPDATE"],
        &["DELETE", "FROM"],
        &["CREATE", "TABLE"],
        &["CREATE", "INDEX"],
        &["ALTER", "TABLE"],
        &["DROP", "TABLE"],
        &["PRAGMA"],
        &["WITH", "RECURSIVE"],
    ];
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    OPENINGS.iter().any(|opening| words.len() > opening.len() && words.starts_with(opening))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sql_faults(path: &str, text: &str) -> Vec<usize> {
        sql(&Tree::with_file(path, text)).iter().map(|fault| fault.line).collect()
    }

    #[test]
    fn sql_outside_the_store_is_found_wherever_it_starts() {
        let statements =
            "fn f() {\n  g(\"SELECT name FROM body\");\n  g(r#\"\n    INSERT INTO body VALUES (1)\"#);\n}";
        assert_eq!(sql_faults("crates/service/src/bodies.rs", statements), [2, 3]);
        assert_eq!(sql_faults("crates/store/src/bodies.rs", statements), [0; 0]);
    }

    #[test]
    fn words_for_people_are_not_sql() {
        let words =
            "// SELECT one\nf(\"Select a body\", \"UPDATE\", \"DELETE this entry\", \"CREATE a body\")";
        assert_eq!(sql_faults("crates/web/src/pages/body.rs", words), [0; 0]);
    }

    #[test]
    fn http_types_stay_in_the_web() {
        let source =
            "use std::fmt;\nuse axum::extract::State;\n// axum::Router is for web\nfn f() { my_http::g() }";
        let found = http_types(&Tree::with_file("crates/service/src/lib.rs", source));
        assert_eq!(found.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2]);
        assert!(http_types(&Tree::with_file("crates/web/src/lib.rs", source)).is_empty());
    }

    #[test]
    fn a_dependency_stays_behind_its_fence() {
        let count = |package, on| dependencies(&Tree::with_dependency(package, on, false, false)).len();
        assert_eq!((count("store", "sqlx"), count("service", "sqlx")), (0, 1));
        assert_eq!((count("headway", "axum"), count("service", "axum")), (0, 1));
        assert_eq!((count("vocabulary", "jiff"), count("vocabulary", "chrono")), (0, 1));
    }
}
