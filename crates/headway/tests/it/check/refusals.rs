//! What a person is told of files that are not checked.

use std::path::Path;
use std::time::{Duration, Instant};

use super::{Folder, check};

fn refused(paths: &[&Path], words: &[&str]) {
    let output = check(paths, &["--collection", "cin"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(output.stdout.is_empty());
    for word in ["What:", "Where:", "What to do:"].iter().chain(words) {
        assert!(message.contains(word), "“{word}” is missing from: {message}");
    }
}

#[test]
fn a_file_that_is_not_there_and_an_empty_folder_are_refused() {
    let folder = Folder::new("nothing");
    refused(&[Path::new("nowhere.xml")], &["There is no file of this name."]);
    refused(&[&folder.0], &["the folder holds no files"]);
}

#[test]
fn a_document_type_and_another_kind_of_file_are_refused() {
    let folder = Folder::new("hostile");
    let typed = folder.file("a.xml", b"<!DOCTYPE Message><Message></Message>");
    refused(&[&typed], &["could be harmful: it declares a document type", "a.xml"]);
    let pdf = folder.file("a.pdf", b"%PDF-1.7");
    refused(&[&pdf], &["None of the files holds a list of the children in need census", "a.pdf"]);
}

#[test]
fn a_file_of_nothing_but_odd_elements_is_soon_done_with() {
    let folder = Folder::new("odd");
    let groups: String = (0..400_000).map(|number| format!("<C{number}/>")).collect();
    let xml = format!("<Message><Children><Child>{groups}</Child></Children></Message>");
    let file = folder.file("large.xml", xml.as_bytes());
    let start = Instant::now();
    let output = check(&[&file], &["--collection", "cin", "--format", "json"]);
    assert!(start.elapsed() < Duration::from_secs(10), "took {:?}", start.elapsed());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_workbook_that_swells_beyond_the_memory_ends_as_a_refusal() {
    let folder = Folder::new("memory");
    // 40 MB of rows that each repeat a thousand times: more cells than the worker's memory holds.
    let row = "<table:table-row table:number-rows-repeated=\"1000\">".to_owned()
        + &"<table:table-cell office:value-type=\"string\"><text:p>words</text:p></table:table-cell>"
            .repeat(200)
        + "</table:table-row>";
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"List 1\">{}</table:table></office:spreadsheet></office:body></office:document-content>",
        row.repeat(300)
    );
    let file = folder.file(
        "swell.ods",
        &stored_archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"m\"></manifest:manifest>"),
            ("content.xml", content.as_bytes()),
        ]),
    );
    let output = check(&[&file], &["--collection", "annex-a"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("needed too much memory") || message.contains("None of the files"), "{message}");
}

/// A zip archive of parts as they are, written by hand so that the test needs no library.
fn stored_archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, part) in parts {
        let at = u32::try_from(bytes.len()).expect("a small archive");
        let size = u32::try_from(part.len()).expect("a small part").to_le_bytes();
        let length = u16::try_from(name.len()).expect("a short name").to_le_bytes();
        let sum = sum_of(part).to_le_bytes();
        let common = [&[10, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &sum, &size, &size, &length, &[0, 0]].concat();
        bytes.extend([&b"PK\x03\x04"[..], &common, name.as_bytes(), part].concat());
        let entry =
            [&b"PK\x01\x02\x0a\0"[..], &common, &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat();
        directory.extend(entry);
    }
    let (at, size) = (
        u32::try_from(bytes.len()).expect("a small archive"),
        u32::try_from(directory.len()).expect("a short one"),
    );
    let count = u16::try_from(parts.len()).expect("few parts").to_le_bytes();
    bytes.extend(directory);
    bytes.extend(
        [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size.to_le_bytes(), &at.to_le_bytes(), &[0, 0]]
            .concat(),
    );
    bytes
}

/// The cyclic redundancy check of zip.
fn sum_of(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
        }
    }
    !sum
}

#[test]
fn wrong_usage_ends_with_2() {
    let folder = Folder::new("usage");
    let file = folder.file("a.csv", b"CHILD,DECOM\n");
    for options in [&["--collection", "other"][..], &[], &["--collection", "cin", "--year", "26"]] {
        assert_eq!(check(&[&file], options).status.code(), Some(2), "{options:?}");
    }
}

#[test]
fn help_carries_an_example() {
    let output = check(&[], &["--help"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("headway check ssda903/ --collection ssda903 --year 2026"), "{text}");
}
