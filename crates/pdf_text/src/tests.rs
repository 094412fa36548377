//! Refusals that a person can act on, and lines that keep a table's columns and a list's indents.

#![expect(clippy::disallowed_methods, reason = "a test reads the samples")]

use std::path::PathBuf;

use super::*;

/// A PDF of one page a content stream, in Helvetica, with what else the trailer should hold.
fn pdf(pages: &[&str], trailer: &str) -> Vec<u8> {
    let count = pages.len();
    let kids: Vec<String> = (0..count).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {count} >>", kids.join(" ")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (page, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + 2 * page
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for offset in offsets {
        file.push_str(&format!("{offset:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    ));
    file.into_bytes()
}

fn words_at(words: &[(i32, i32, &str)]) -> String {
    words.iter().map(|(x, y, text)| format!("BT /F1 12 Tf {x} {y} Td ({text}) Tj ET\n")).collect()
}

fn refusal(bytes: &[u8], limits: Limits) -> PdfRefusal {
    extract(bytes, limits).expect_err("this file is refused")
}

#[test]
fn a_web_page_under_a_pdf_name_is_named_for_what_it_is() {
    let page = b"\n<!DOCTYPE html><html><head><title>Sign in</title></head></html>";
    let refused = refusal(page, Limits::default());
    assert!(matches!(refused, PdfRefusal::WebPage { .. }), "{refused:?}");
    assert!(refused.to_string().contains("download the document itself"));
}

#[test]
fn other_files_empty_files_and_large_files_are_refused_before_any_reader_sees_them() {
    assert!(matches!(
        refusal(b"PK\x03\x04 a word processor's file", Limits::default()),
        PdfRefusal::NotPdf { .. }
    ));
    assert_eq!(refusal(b"", Limits::default()), PdfRefusal::Empty);
    let limits = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(refusal(&pdf(&[""], ""), limits), PdfRefusal::TooLarge { of: "file", limit: 10 });
}

#[test]
fn pages_without_text_are_told_apart_from_damage() {
    assert_eq!(
        refusal(&pdf(&["", "0 0 10 10 re f"], ""), Limits::default()),
        PdfRefusal::NoTextLayer { pages: 2 }
    );
    let refused = refusal(b"%PDF-1.4\nnothing of a PDF follows\n", Limits::default());
    assert!(matches!(refused, PdfRefusal::Damaged { .. }), "{refused:?}");
}

#[test]
fn a_protected_document_asks_for_an_unprotected_copy() {
    let lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <0101010101010101010101010101010101010101010101010101010101010101> \
                /U <0202020202020202020202020202020202020202020202020202020202020202> >> /ID [<01020304> <01020304>]";
    let refused = refusal(&pdf(&[&words_at(&[(72, 700, "secret")])], lock), Limits::default());
    assert_eq!(refused, PdfRefusal::Encrypted);
}

#[test]
fn too_many_pages_and_too_much_text_stop_the_reading() {
    let page = words_at(&[(72, 700, "A page.")]);
    let limits = Limits { pages: 2, ..Limits::default() };
    assert_eq!(
        refusal(&pdf(&[&page, &page, &page], ""), limits),
        PdfRefusal::TooManyPages { pages: 3, limit: 2 }
    );
    let limits = Limits { text_bytes: 9, ..Limits::default() };
    assert_eq!(refusal(&pdf(&[&page, &page], ""), limits), PdfRefusal::TooLarge { of: "text", limit: 9 });
}

#[test]
fn a_table_keeps_its_columns_and_a_list_its_indent() {
    let page = words_at(&[
        (72, 700, "Overall effectiveness"),
        (380, 700, "Inadequate"),
        (72, 686, "1. Ensure that plans"),
        (90, 672, "are good."),
        (72, 640, "Next paragraph"),
    ]);
    let reading = extract(&pdf(&[&page, &words_at(&[(72, 700, "Second page")])], ""), Limits::default())
        .expect("it has text");
    assert_eq!(
        reading.text,
        "Overall effectiveness    Inadequate\n1. Ensure that plans\n    are good.\n\nNext paragraph\n\u{c}Second page\n"
    );
    assert_eq!(reading.pages, 2);
}

#[test]
fn little_text_is_compared_with_a_second_reader() {
    let reading = extract(&pdf(&[&words_at(&[(72, 700, "Only a few words")])], ""), Limits::default())
        .expect("it has text");
    assert_eq!(reading.second_opinion_disagreement, Some(0.0));
    assert!(reading.warnings.is_empty());
}

#[test]
fn words_that_only_one_reader_saw_are_counted_against_both() {
    assert_eq!(disagreement("The plan, the board", "the board the plan"), 0.0);
    assert_eq!(disagreement("plan board", "plan chair"), 0.5);
    assert_eq!(disagreement("", ""), 0.0);
}

/// Files cut short or overwritten in the middle end in a refusal or a reading, never in a panic.
#[test]
fn broken_files_never_bring_the_program_down() {
    let whole = pdf(&[&words_at(&[(72, 700, "Some words on a page")])], "");
    for cut in (0..whole.len()).step_by(37) {
        let _ = extract(&whole[..cut], Limits::default());
        let mut overwritten = whole.clone();
        overwritten[cut] = b'<';
        let _ = extract(&overwritten, Limits::default());
    }
}

#[test]
fn the_samples_agree_word_for_word_with_the_second_reader() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        assert!(std::env::var("CI").is_err(), "the samples must be there in CI");
        println!("skipped: the samples folder beside the checkout is not there");
        return;
    };
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        let name = path.to_string_lossy().into_owned();
        if !name.ends_with(".pdf") {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a sample can be read");
        match extract(&bytes, Limits::default()) {
            Ok(reading) => {
                let other = second_opinion(&bytes).expect("the second reader reads it too");
                let share = disagreement(&reading.text, &other);
                assert!(share < NOTABLE_DISAGREEMENT, "{name}: {share}");
                assert!(reading.warnings.is_empty(), "{name}: {:?}", reading.warnings);
            }
            Err(refused) => assert!(name.contains("broken-download"), "{name}: {refused}"),
        }
    }
}
