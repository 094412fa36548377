//! A council lays declared files of its own over the shipped ones: what they change is judged by them, and a mistake in
//! one stops the start in words.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use testkit::TemporaryFolder;

use super::headway;

const REGISTER: &str = r#"+++
name = "case_surgery"
title = "Case surgeries"
subject = "child"

[[field]]
name = "asked_on"
type = "day"
class = "C3"
key = true
column = "Asked for"
meaning = "day on which the social worker asked for a case surgery"

[[field]]
name = "held_on"
type = "day"
class = "C3"
column = "Held"
meaning = "day of the case surgery"
+++

One row for each case surgery that was asked for.

| Child Unique ID | Asked for | Held |
| --- | --- | --- |
| 4711 | 2026-03-02 | 2026-03-09 |
"#;

const STANDARD: &str = r#"+++
code = "case-surgery-10d"
title = "Case surgery within 10 days of being asked for"
theme = "oversight"
basis = "local"
status = "verified"
source = "Northmoor practice handbook, chapter 4"
in_force_from = 2026-01-01

[population]
record = "case_surgery"

[operator]
kind = "within"
from = "asked_on"
to = "held_on"
limit = 10
unit = "calendar days"

[indicator]
count_by = "completed"
show = "met"
polarity = "high"
sentence = "of case surgeries were held within 10 days"
+++

## What it asks

A case surgery is held within 10 days of being asked for.

## Why

A worker who is stuck asks once.

## Limits of the data

What nobody wrote down was not asked for.

## Worked examples

| example | as at | asked_on | held_on | answer |
| --- | --- | --- | --- | --- |
| within a week | 2026-03-31 | 2026-03-02 | 2026-03-09 | met |
| on the last day | 2026-03-31 | 2026-03-02 | 2026-03-12 | met |
| a day late | 2026-03-31 | 2026-03-02 | 2026-03-13 | missed |
"#;

const SURGERIES: &str =
    "Child Unique ID,Asked for,Held\n4711,02/03/2026,09/03/2026\n4712,02/03/2026,20/03/2026\n";

struct Council {
    folder: TemporaryFolder,
    data: PathBuf,
}

impl Council {
    fn new() -> Self {
        let folder = TemporaryFolder::new();
        let data = folder.path().join("data");
        let council = Self { folder, data };
        let added = council.run(
            &[
                "user",
                "add",
                "--council",
                "Northmoor Council",
                "--name",
                "A",
                "--email",
                "a@northmoor.example",
            ],
            &[],
        );
        assert!(added.status.success(), "{}", said(&added));
        council
    }

    fn declares(&self, path: &str, text: &str) {
        let path = self.data.join("library").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(path, text).expect("the file is written");
    }

    fn run(&self, arguments: &[&str], paths: &[&Path]) -> Output {
        let data = [Path::new("--data"), &self.data];
        headway().args(arguments).args(data).args(paths).output().expect("the program runs")
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_councils_own_register_is_read_and_judged_by_its_own_standard_and_both_come_back_from_a_backup() {
    let council = Council::new();
    council.declares("registers/oversight/case_surgery.md", REGISTER);
    council.declares("standards/oversight/case-surgery-10d.md", STANDARD);
    let file = council.folder.path().join("surgeries.csv");
    fs::write(&file, SURGERIES).expect("the file is written");
    let loaded = council.run(&["load", "--as-at", "2026-03-31"], &[&file]);
    assert!(loaded.status.success() && said(&loaded).contains("Case surgeries: "), "{}", said(&loaded));
    let assess = ["assess", "--as-at", "2026-03-31", "--format", "json"];
    let judged = |data: &Path| -> serde_json::Value {
        let output = headway().args(assess).arg("--data").arg(data).output().expect("the program runs");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let standards = report["standards"].as_array().expect("standards");
        let own = standards.iter().find(|standard| standard["code"] == "case-surgery-10d");
        own.expect("the council's own standard is judged").clone()
    };
    let answer = judged(&council.data);
    assert_eq!((answer["met"].as_u64(), answer["missed"].as_u64()), (Some(1), Some(1)), "{answer}");

    let passphrase = council.folder.path().join("passphrase");
    fs::write(&passphrase, "the ferry leaves at quarter past\n").expect("the file is written");
    let backup = council.folder.path().join("headway.backup");
    let restored = council.folder.path().join("restored");
    let made =
        council.run(&["backup"], &[Path::new("--passphrase-file"), &passphrase, Path::new("--out"), &backup]);
    assert!(made.status.success(), "{}", said(&made));
    let output = headway()
        .args([Path::new("restore"), &backup, Path::new("--data"), &restored])
        .args([Path::new("--passphrase-file"), &passphrase])
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(judged(&restored), answer);
}

#[test]
fn a_mistake_in_a_councils_own_file_stops_the_start_and_names_the_line() {
    let council = Council::new();
    council.declares("registers/oversight/case_surgery.md", REGISTER);
    let sound = ["standards/oversight/case-surgery-10d.md", STANDARD];
    for (wrong, words) in [
        (STANDARD.replace("to = \"held_on\"", "to = \"held\""), "unknown field `held` of `case_surgery`"),
        (STANDARD.replace("2026-03-13 | missed", "2026-03-13 | met"), "example \"a day late\": expected met"),
        (STANDARD.replace("theme =", "replaces = \"no-such\"\ntheme ="), "it replaces `no-such`"),
    ] {
        council.declares(sound[0], &wrong);
        let doctor = council.run(&["doctor"], &[]);
        let told = said(&doctor);
        assert_eq!(doctor.status.code(), Some(1), "{told}");
        assert!(
            told.contains(words) && told.contains("library/standards/oversight/case-surgery-10d.md:"),
            "{told}"
        );
    }
    council.declares(sound[0], sound[1]);
    let told = said(&council.run(&["doctor"], &[]));
    assert!(told.contains("2 files of the council's own"), "{told}");
}
