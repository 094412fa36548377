//! `headway export`: the files that a warehouse is filled from, with children only when asked for.

use std::path::Path;
use std::process::{Command, Output};

use testkit::TemporaryFolder;

use crate::headway;

const FILES: [&str; 8] = [
    "about.txt",
    "data_dictionary.csv",
    "dimension_date.parquet",
    "dimension_group.parquet",
    "dimension_measure.parquet",
    "dimension_period.parquet",
    "dimension_standard.parquet",
    "fact_indicator.parquet",
];

fn run(command: &mut Command) -> Output {
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A council with one month loaded.
fn loaded(folder: &Path) {
    let (extracts, data) = (folder.join("extracts"), folder.join("data"));
    run(headway()
        .args(["synth", "--children", "120", "--months", "1", "--seed", "5"])
        .arg("--out")
        .arg(&extracts));
    let user =
        ["user", "add", "--council", "Northmoor Council", "--email", "a@northmoor.example", "--name", "A"];
    run(headway().args(user).arg("--data").arg(&data));
    let month = extracts.join("2026-10");
    run(headway().args(["load", "--as-at", "2026-10-31"]).arg("--data").arg(&data).arg(month));
}

fn export(folder: &Path, more: &[&str]) -> Output {
    let (data, out) = (folder.join("data"), folder.join("warehouse"));
    headway()
        .arg("export")
        .arg("--data")
        .arg(data)
        .arg("--out")
        .arg(out)
        .args(more)
        .output()
        .expect("it starts")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("warehouse")).expect("the folder was made");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn children_are_written_only_when_asked_for_and_are_gone_after_an_export_without_them() {
    let folder = TemporaryFolder::new();
    loaded(folder.path());
    let first = export(folder.path(), &["--as-at", "2026-10-31"]);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    assert_eq!(names(folder.path()), FILES);
    for name in FILES.iter().filter(|name| name.ends_with(".parquet")) {
        let bytes = std::fs::read(folder.path().join("warehouse").join(name)).expect("the file");
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{name}");
    }
    let about = std::fs::read_to_string(folder.path().join("warehouse/about.txt")).expect("the file");
    for said in
        ["Council: Northmoor Council", "As at: 2026-10-31", "Class of data: C2", "Log checkpoint: of "]
    {
        assert!(about.contains(said), "{about}");
    }
    let with_children = export(folder.path(), &["--with-children"]);
    assert!(with_children.status.success(), "{}", String::from_utf8_lossy(&with_children.stderr));
    assert!(names(folder.path()).contains(&"fact_outcome.parquet".to_owned()));
    assert!(export(folder.path(), &[]).status.success());
    assert_eq!(names(folder.path()), FILES, "outcomes whose keys lead nowhere are not left behind");
}

#[test]
fn a_day_before_the_first_load_is_refused_and_no_folder_is_made() {
    let folder = TemporaryFolder::new();
    loaded(folder.path());
    let refused = export(folder.path(), &["--as-at", "2020-01-31"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no load for these days"));
    assert!(!folder.path().join("warehouse").exists());
}

#[test]
fn the_dictionary_is_printed_without_an_installation() {
    let printed = run(headway().args(["export", "--dictionary"])).stdout;
    assert!(String::from_utf8_lossy(&printed).contains("## fact_indicator"));
}
