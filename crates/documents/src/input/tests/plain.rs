//! Text files: byte for byte where they are UTF-8, converted with a warning where not.

use super::{Kind, OtherKind, read, refusal, text_of};
use crate::input::DocumentRefusal;

#[test]
fn utf_8_comes_back_byte_for_byte() {
    let text = "Clause 1\r\n\tThe council’s plan\u{a0}– £5\u{c}next page\n\n";
    assert_eq!(text_of(text.as_bytes()), text);
    assert!(read(text.as_bytes()).warnings.is_empty());
}

#[test]
fn a_byte_order_mark_becomes_as_many_spaces_so_that_spans_hold() {
    let bytes = b"\xef\xbb\xbf1. The board must meet.";
    let text = text_of(bytes);
    assert_eq!(text.len(), bytes.len());
    assert_eq!(text.find("1."), Some(3));
}

#[test]
fn windows_1252_is_converted_and_said() {
    let read = read(b"The council\x92s plan \x96 within 6 weeks, \xa350");
    assert_eq!(read.text, "The council’s plan – within 6 weeks, £50");
    assert!(read.warnings[0].contains("Windows-1252"), "{:?}", read.warnings);
}

#[test]
fn a_mixture_keeps_what_is_utf_8() {
    let read = read("Siân’s board ".bytes().chain(*b"\x93must\x94 meet").collect::<Vec<u8>>().as_slice());
    assert_eq!(read.text, "Siân’s board “must” meet");
    assert!(read.warnings[0].contains("mixes"), "{:?}", read.warnings);
}

#[test]
fn utf_16_with_a_mark_is_converted() {
    let words = "The board must meet – monthly.";
    for big in [false, true] {
        let bytes: Vec<u8> = std::iter::once(0xfeff)
            .chain(words.encode_utf16())
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect();
        let read = read(&bytes);
        assert_eq!(read.text, words);
        assert!(read.warnings[0].contains("UTF-16"), "{:?}", read.warnings);
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let noise: Vec<u8> =
        (0..4000_u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
    assert_eq!(refusal(&noise), DocumentRefusal::OtherKind { kind: OtherKind::Unknown });
}

#[test]
fn markdown_is_told_by_its_headings() {
    assert_eq!(read(b"## Notice\n\nThe board must meet.").kind, Kind::Markdown);
    assert_eq!(read(b"#1 priority\nThe board must meet.").kind, Kind::Text);
    assert_eq!(read(b"Notice<sup>1</sup> to the council").kind, Kind::Text);
}
