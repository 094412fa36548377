//! What a person is told of a file that is not read, or is read with a reservation.

use std::path::Path;
use std::time::{Duration, Instant};

use testkit::hostile::{sound_word, word_bomb};

use super::{Folder, headway, read, shared};

/// The refusal must contain each of these words, on standard error alone.
fn refused(file: &Path, words: &[&str]) {
    let output = read(file, "json");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(output.stdout.is_empty());
    for word in ["What:", "Where:", "What to do:"].iter().chain(words) {
        assert!(message.contains(word), "“{word}” is missing from: {message}");
    }
}

#[test]
fn a_web_page_saved_as_pdf_is_refused_with_a_plain_reason() {
    let Some(sample) = shared("samples/broken-download-web-page-saved-as.pdf") else { return };
    refused(&sample, &["name ends in .pdf, but it holds a web page", "download the document itself"]);
}

#[test]
fn an_empty_file_is_refused_as_empty() {
    let folder = Folder::new("empty");
    refused(&folder.file("notice.pdf", b""), &["The file is empty.", "Download or save the document again"]);
}

#[test]
fn a_hundred_megabytes_of_text_are_refused_at_once() {
    let folder = Folder::new("hundred");
    let file = folder.file("notice.txt", &b"words and words and ".repeat(5_000_000));
    let start = Instant::now();
    refused(&file, &["100 MB of text", "An instrument is rarely over 1 MB", "split it"]);
    assert!(start.elapsed() < Duration::from_secs(10), "took {:?}", start.elapsed());
}

#[test]
fn a_file_over_a_hundred_megabytes_is_refused_unread() {
    let folder = Folder::new("over");
    let path = folder.0.join("notice.pdf");
    std::fs::File::create(&path).and_then(|file| file.set_len(3_000_000_000)).expect("a sparse file");
    refused(&path, &["The file is too large: 3000 MB, and the limit is 100 MB"]);
}

#[test]
fn a_zip_bomb_in_a_word_document_is_refused_as_harmful() {
    let folder = Folder::new("bomb");
    refused(
        &folder.file("notice.docx", &word_bomb(20)),
        &["The file could be harmful: a part unpacks to more than 100 times its size.", "Do not open it"],
    );
}

#[test]
fn tracked_changes_are_read_as_accepted_with_a_warning_that_names_their_authors() {
    let folder = Folder::new("tracked");
    let output = read(&folder.file("notice.docx", &sound_word()), "json");
    let warnings = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{warnings}");
    assert!(
        warnings.contains("headway: warning: The document has tracked changes: 1 insertions and 1 deletions by Avery Clerk and Robin Solicitor."),
        "{warnings}"
    );
}

#[test]
fn windows_1252_is_read_with_a_warning() {
    let folder = Folder::new("windows");
    let output = read(&folder.file("notice.txt", b"The council\x92s board must meet \x96 monthly."), "text");
    let warnings = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{warnings}");
    assert!(warnings.contains("Windows-1252"), "{warnings}");
}

#[test]
fn folders_missing_files_and_devices_are_refused_by_what_they_are() {
    let folder = Folder::new("places");
    refused(&folder.0, &["This is a folder, not a file."]);
    refused(&folder.0.join("none.txt"), &["There is no file of this name."]);
    refused(Path::new("/dev/zero"), &["This is a pipe or a device, not a file.", "give - as the file"]);
}

#[test]
fn an_endless_standard_input_is_refused_at_the_limit() {
    let endless = std::fs::File::open("/dev/zero").expect("zeros");
    let output = headway().args(["read", "-"]).stdin(endless).output().expect("headway runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("the limit is 100 MB"));
}
