//! The three formats, their streams and their exit statuses.

use std::process::{Command, Stdio};

use serde_json::Value;

use super::{Folder, headway, read, read_from_standard_input};

const NOTICE: &str =
    "# Improvement notice\n\nTo: Northmoor Council\n\n1. The council must set up an improvement board.\n";

#[test]
fn json_is_the_object_of_the_contract_and_nothing_else() {
    let folder = Folder::new("json");
    let output = read(&folder.file("notice.md", NOTICE.as_bytes()), "json");
    assert_eq!(output.status.code(), Some(0));
    let value: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    let mut top = keys(&value);
    top.sort();
    assert_eq!(top, ["document", "findings", "obligations", "questions", "recommendations"]);
    let document = keys(&value["document"]);
    for fact in [
        "kind",
        "title",
        "council",
        "issued_on",
        "published_on",
        "inspected_from",
        "inspected_to",
        "framework",
        "lead_inspector",
        "signatory",
        "judgements",
    ] {
        assert!(document.iter().any(|key| key == fact), "{fact} is missing from {document:?}");
    }
    assert!(output.stderr.is_empty());
}

#[test]
fn a_file_and_standard_input_give_the_same() {
    let folder = Folder::new("stdin");
    let file = folder.file("notice.txt", NOTICE.as_bytes());
    for format in ["json", "tsv", "text"] {
        let (named, piped) = (read(&file, format), read_from_standard_input(NOTICE.as_bytes(), format));
        assert_eq!(named.stdout, piped.stdout, "{format}");
        assert!(!named.stdout.is_empty());
    }
}

#[test]
fn rows_have_as_many_fields_as_the_heading() {
    let output = read_from_standard_input(NOTICE.as_bytes(), "tsv");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let mut lines = text.lines();
    let heading = lines.next().expect("a heading row");
    assert_eq!(
        heading.split('\t').collect::<Vec<_>>(),
        [
            "ref",
            "line",
            "modality",
            "bearers",
            "timing_kind",
            "timing",
            "dates",
            "every",
            "theme",
            "confidence",
            "flags",
            "text"
        ]
    );
    for line in lines {
        assert_eq!(line.split('\t').count(), 12, "{line}");
    }
}

#[test]
fn the_register_for_people_names_its_sections() {
    let output = read_from_standard_input(NOTICE.as_bytes(), "text");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    for section in ["Duties, powers and expectations", "Recommendations", "Findings", "Questions", "Passages"]
    {
        assert!(text.contains(section), "{section} is missing from {text}");
    }
}

#[test]
fn the_terminal_is_safe_from_the_document() {
    let output = read_from_standard_input(
        format!("{NOTICE}{}\u{1b}[2Jmust", "The council must act. ".repeat(30)).as_bytes(),
        "text",
    );
    assert_eq!(output.status.code(), Some(0));
    assert!(!output.stdout.contains(&0x1b));
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let mut child = headway()
        .args(["read", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("headway runs");
    drop(child.stdout.take());
    std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), NOTICE.as_bytes())
        .expect("headway listens");
    let output = child.wait_with_output().expect("headway ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn wrong_usage_is_status_two_and_help_carries_an_example() {
    let status = |command: &mut Command| command.output().expect("headway runs").status.code();
    assert_eq!(status(headway().arg("read")), Some(2));
    assert_eq!(status(headway().args(["read", "x", "--format", "xml"])), Some(2));
    let help = headway().args(["read", "--help"]).output().expect("headway runs");
    assert_eq!(help.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&help.stdout).contains("headway read notice.docx --format tsv"));
}
