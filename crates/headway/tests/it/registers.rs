//! The synthetic council's own lists go through the same doors as a real council's: made, checked, loaded.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use extracts::{NamedFile, Question};
use vocabulary::day::Day;

use super::headway;

/// A folder of the test's own, which is gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("headway-registers-{name}-{}", std::process::id()));
        let _absent = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
}

fn made(folder: &Path) {
    let output = headway()
        .args(["synth", "--children", "300", "--months", "1", "--until", "2026-04", "--dirty", "0", "--out"])
        .arg(folder)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", said(&output));
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn every_synthetic_register_is_read_by_its_declaration_without_a_fault() {
    let folder = Folder::new("read");
    made(&folder.0);
    let mut read = 0;
    for entry in fs::read_dir(folder.0.join("2026-04/registers")).expect("the folder of registers") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let collection = service::collection_named(&name).expect("a declared register");
        let bytes = fs::read(&path).expect("a file");
        let files = [NamedFile { name: &name, bytes: &bytes }];
        let question = Question { as_at: Day::parse("2026-04-30"), ..Question::about(collection) };
        let reading = extracts::read(&files, &question).expect("read");
        let faults: Vec<_> = reading
            .findings
            .iter()
            .map(|finding| (finding.code, finding.row, reading.column(finding), reading.value(finding)))
            .filter(|(code, ..)| !matches!(*code, "S12" | "S13" | "S16"))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        read += 1;
    }
    assert!(read >= 15, "{read} registers");
}

#[test]
fn a_folder_of_registers_is_loaded_each_told_by_its_headings() {
    let folder = Folder::new("load");
    let (extracts, data) = (folder.0.join("extracts"), folder.0.join("data"));
    made(&extracts);
    let person = ["--council", "Northmoor Council", "--email", "a@northmoor.example", "--name", "A"];
    let output = headway().args(["user", "add"]).args(person).arg("--data").arg(&data).output();
    assert!(output.expect("the program runs").status.success());
    let month = extracts.join("2026-04");
    let output = headway()
        .args(["load", "--as-at", "2026-04-30", "--data"])
        .arg(&data)
        .arg(month.join("registers"))
        .arg(month.join("annex-a.xlsx"))
        .output()
        .expect("the program runs");
    let said_of_it = said(&output);
    assert!(output.status.success(), "{said_of_it}");
    let loads = said_of_it.lines().filter(|line| line.starts_with("Loaded into")).count();
    assert_eq!(loads, 19, "Annex A and 18 registers: {said_of_it}");
    assert!(said_of_it.contains("  Core groups: "), "{said_of_it}");
    let named = headway()
        .args(["load", "--as-at", "2026-04-29", "--collection", "core_group", "--data"])
        .arg(&data)
        .arg(month.join("registers/core_group.csv"))
        .output()
        .expect("the program runs");
    assert!(named.status.success() && said(&named).contains("  Core groups: "), "{}", said(&named));
}
