//! PDFs that hold no text or do not open, as `headway read` tells people of them.

use testkit::hostile::{encrypted_pdf, scanned_pdf, sound_pdf};

use super::{Folder, read};

#[test]
fn a_sound_pdf_is_read() {
    let folder = Folder::new("sound-pdf");
    let output = read(&folder.file("notice.pdf", &sound_pdf()), "text");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("(PDF)"));
}

#[test]
fn a_scanned_pdf_without_text_is_refused_as_pictures() {
    let folder = Folder::new("scanned");
    let output = read(&folder.file("notice.pdf", &scanned_pdf()), "json");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("The PDF has no text: its pages (2) are pictures."), "{message}");
    assert!(message.contains("run text recognition over it first"), "{message}");
}

#[test]
fn an_encrypted_pdf_is_refused_with_what_to_do_about_its_password() {
    let folder = Folder::new("encrypted");
    let output = read(&folder.file("notice.pdf", &encrypted_pdf()), "json");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("The PDF is protected by a password."), "{message}");
    assert!(message.contains("save a copy without one"), "{message}");
}
