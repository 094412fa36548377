//! Files made to do harm are refused with words, and files of odd shape are read or refused, never worse.

use proptest::prelude::*;

use super::try_reading;
use super::workbooks::{archive, with_part};
use crate::Collection::{AnnexA, ChildrenInNeed, Ssda903};
use crate::{LARGEST_FILE, Refusal};

fn refused(name: &str, bytes: &[u8]) -> Refusal {
    let refusal = try_reading(AnnexA, &[(name, bytes)]).expect_err(name);
    let plain = refusal.for_people();
    assert!(!plain.what.is_empty() && !plain.where_.is_empty() && !plain.what_to_do.is_empty());
    refusal
}

fn why(refusal: Refusal) -> String {
    match refusal {
        Refusal::Unsafe { why, .. } | Refusal::Damaged { why, .. } => why,
        other => other.to_string(),
    }
}

#[test]
fn a_document_type_deep_nesting_and_many_attributes_are_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY x \"ha\">]><Message>&x;</Message>";
    let deep = format!("{}x{}", "<a>".repeat(200), "</a>".repeat(200));
    let wide =
        format!("<Message {}></Message>", (0..300).map(|n| format!("a{n}=\"1\" ")).collect::<String>());
    let entity = "<Message><a>&other;</a></Message>";
    let cases = [
        (bomb, "it declares a document type"),
        (deep.as_str(), "its elements are nested more than 128 deep"),
        (wide.as_str(), "an element has more than 256 attributes"),
        (entity, "it refers to an entity it must not have"),
    ];
    for collection in [ChildrenInNeed, Ssda903] {
        for (xml, expected) in cases {
            let refusal = try_reading(collection, &[("a.xml", xml.as_bytes())]).expect_err("a refusal");
            assert_eq!(why(refusal), expected);
        }
    }
}

#[test]
fn a_bomb_an_archive_in_an_archive_and_a_path_outside_are_refused() {
    let zeros = vec![0_u8; 3_000_000];
    assert!(why(refused("bomb.xlsx", &archive(&[("xl/workbook.xml", &zeros)]))).contains("100 times"));
    assert!(why(refused("nest.xlsx", &archive(&[("a.zip", b"PK")]))).contains("another archive"));
    assert!(why(refused("path.xlsx", &archive(&[("../a.xml", b"x")]))).contains("leads outside"));
    let many: Vec<String> = (0..10_001).map(|number| number.to_string()).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert!(why(refused("many.xlsx", &archive(&many))).contains("10000 parts"));
    let broken = with_part(&archive(&[("a", b"b")]), "xl/workbook.xml", b"<workbook>");
    assert!(why(refused("broken.xlsx", &broken)).contains("cannot be read"));
}

#[test]
fn a_password_an_empty_set_and_too_large_a_file_are_refused() {
    let mut sealed = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    sealed.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused("a.xlsx", &sealed), Refusal::Password { file: "a.xlsx".into() });
    assert_eq!(try_reading(AnnexA, &[]).expect_err("a refusal"), Refusal::NoFiles);
    let large = vec![b' '; usize::try_from(LARGEST_FILE).expect("it fits") + 1];
    assert!(matches!(refused("a.csv", &large), Refusal::TooLarge { .. }));
}

#[test]
fn files_without_a_list_are_refused_with_what_they_are() {
    let files: [(&str, &[u8]); 3] = [("a.pdf", b"%PDF-1.7"), ("b.csv", b""), ("c.csv", b"a,b\n1,2\n")];
    let refusal = try_reading(AnnexA, &files).expect_err("a refusal");
    let plain = refusal.for_people();
    assert_eq!(plain.what, "None of the files holds a list of Annex A.");
    assert!(
        plain.where_.contains("a.pdf: not a kind of file that is read; b.csv: an empty file"),
        "{}",
        plain.where_
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_said_and_not_silent() {
    let line = "1,M,WBRI,01/02/2016,10,03/03/2026,6\n";
    let csv = format!(
        "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source\n{line}1,\"M,WBRI\n{}",
        line.repeat(50)
    );
    let reading = try_reading(AnnexA, &[("a.csv", csv.as_bytes())]).expect("a reading");
    assert_eq!(super::rows(&reading, "F21", "List 1"), [1]);
}

#[test]
fn a_hundred_thousand_bad_cells_are_found_within_their_memory() {
    let line = "1,X,Y,31/02/2026,x,32/01/2026,Z\n";
    let csv = format!(
        "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source\n{}",
        line.repeat(100_000)
    );
    let reading = try_reading(AnnexA, &[("a.csv", csv.as_bytes())]).expect("a reading");
    assert_eq!(super::totals(&reading, "List 1").0, 100_000);
    assert!(reading.findings.len() <= 1_000_001);
    assert!(std::mem::size_of::<crate::Finding>() <= 104);
    let run = reading.runs.iter().find(|run| run.code == "S05").expect("the rule ran");
    assert_eq!(run.fails, 100_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0..5_usize) {
        let starts: [&[u8]; 5] = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<Message>", b"CHILD,DECOM,RNE\n"];
        let bytes = [starts[start], &bytes].concat();
        for collection in crate::Collection::ALL {
            let _either = try_reading(collection, &[("a", &bytes)]);
        }
    }

    #[test]
    fn no_text_stops_the_reader(text in "(<|>|Child|CINdetails|Reviews|/|CHILD|EPISODE|DECOM|1| |a){0,60}") {
        let text = format!("<Message>{text}</Message>");
        for collection in crate::Collection::ALL {
            let _either = try_reading(collection, &[("a.xml", text.as_bytes())]);
        }
    }
}
