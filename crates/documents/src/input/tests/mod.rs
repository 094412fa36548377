//! What each kind of file gives, and what each refusal says.

mod docx;
mod html;
mod plain;

use super::{DocumentRefusal, ExtractedText, Kind, OtherKind, check_name, extract};

fn text_of(bytes: &[u8]) -> String {
    read(bytes).text
}

fn read(bytes: &[u8]) -> ExtractedText {
    extract(bytes).expect("a document that is read")
}

fn refusal(bytes: &[u8]) -> DocumentRefusal {
    extract(bytes).expect_err("a refusal")
}

#[test]
fn an_empty_file_says_so() {
    assert_eq!(refusal(b""), DocumentRefusal::Empty);
    assert_eq!(refusal(b"").for_people().what, "The file is empty.");
}

#[test]
fn a_file_of_white_space_says_that_it_has_no_words() {
    assert_eq!(refusal(b" \r\n\t\n"), DocumentRefusal::Blank { kind: Kind::Text });
    assert_eq!(
        refusal(b"<html><body><p>&nbsp;</p></body></html>"),
        DocumentRefusal::Blank { kind: Kind::Html }
    );
}

#[test]
fn kinds_that_are_not_read_are_named_and_say_what_to_do() {
    let cases: &[(&[u8], OtherKind)] = &[
        (b"{\\rtf1 Northmoor}", OtherKind::RichText),
        (b"\x89PNG\r\n\x1a\n", OtherKind::Image),
        (b"\x7fELF\x02\x01", OtherKind::Program),
        (b"MZ\x90\0\x03\0", OtherKind::Program),
        (b"\x1f\x8b\x08\0", OtherKind::Archive),
        (b"SQLite format 3\0", OtherKind::Database),
        (b"<?xml version=\"1.0\"?><rows/>", OtherKind::Xml),
        (b"MIME-Version: 1.0\r\n", OtherKind::WebArchive),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", OtherKind::OldWord),
        (b"some\0bytes\0", OtherKind::Unknown),
    ];
    for (bytes, kind) in cases {
        let refusal = refusal(bytes);
        assert_eq!(refusal, DocumentRefusal::OtherKind { kind: *kind });
        let plain = refusal.for_people();
        assert!(plain.what.ends_with('.') && plain.what_to_do.ends_with('.'), "{plain:?}");
    }
}

#[test]
fn an_encrypted_word_document_asks_for_a_copy_without_its_password() {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refusal(&bytes), DocumentRefusal::WordPassword);
}

#[test]
fn a_text_of_six_megabytes_is_refused_as_no_instrument() {
    let refusal = refusal("word ".repeat(1_200_000).as_bytes());
    assert!(refusal.for_people().what.contains("6 MB"), "{:?}", refusal.for_people());
    assert!(refusal.for_people().what_to_do.contains("split"));
}

#[test]
fn a_web_page_under_the_name_of_a_pdf_is_refused_by_name() {
    let page = b"<!DOCTYPE html>\n<html><body><p>Not found</p></body></html>";
    let refusal = check_name("report.PDF", page).expect_err("a refusal");
    assert_eq!(refusal, DocumentRefusal::Misnamed { extension: "pdf".into(), kind: Kind::Html });
    assert_eq!(refusal.for_people().what, "The file's name ends in .pdf, but it holds a web page.");
    assert_eq!(check_name("page.html", page), Ok(()));
    assert_eq!(check_name("report.pdf", b"%PDF-1.7"), Ok(()));
    assert_eq!(check_name("report.pdf", b""), Ok(()), "an empty file says that it is empty");
}
