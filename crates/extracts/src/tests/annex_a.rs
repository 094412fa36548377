//! Annex A from CSV files.

use super::{reading_of, records, rows, says, totals};
use crate::Collection::AnnexA;

const LIST_3: &str = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of referral,Referral Source,\
                      Referral NFA?,Number of Referrals in Last 12 Months,Allocated Team,Allocated Worker";

fn list_3(lines: &[&str]) -> String {
    format!("{LIST_3}\n{}\n", lines.join("\n"))
}

#[test]
fn a_referral_and_its_child_are_read() {
    let csv =
        list_3(&["00123,b) Female,a) WBRI,01/02/2016,10,03/03/2026,q) 6: Police,b) No,1,North,A Worker"]);
    let reading = reading_of(AnnexA, &[("referrals.csv", csv.as_bytes())]);
    let fields = ["received_on", "source", "no_further_action", "referrals_in_12_months", "team"];
    assert_eq!(records(&reading.records, "referral", &fields), ["00123 2026-03-03 6 no 1 North"]);
    let child = records(&reading.records, "child", &["sex", "ethnicity", "born_on"]);
    assert_eq!(child, ["00123 F WBRI 2016-02-01"]);
    assert_eq!(totals(&reading, "List 3"), (1, 1, 0));
    assert_eq!(
        reading.records.words.find("A Worker").map(|word| reading.records.words.text(word)),
        Some("A Worker")
    );
}

#[test]
fn each_row_ends_as_a_record_or_a_finding() {
    let csv = list_3(&[
        "1,M,WBRI,01/02/2016,10,03/03/2026,6,No,1,North,A",
        ",M,WBRI,01/02/2016,10,03/03/2026,6,No,1,North,A",
        ",,,,,,,,,,",
        "1,M,WBRI,01/02/2016,10,03/03/2026,6,No,1,North,A",
        "2,M,WBRI,01/02/2016,10,31/02/2026,6,No,1,North,A",
        ",,,,,,,,,,",
    ]);
    let reading = reading_of(AnnexA, &[("a.csv", csv.as_bytes())]);
    assert_eq!(totals(&reading, "List 3"), (5, 2, 3));
    assert_eq!(rows(&reading, "S01", "List 3"), [1]);
    assert_eq!(rows(&reading, "F09", "List 3"), [2]);
    assert_eq!(rows(&reading, "S12", "List 3"), [0, 3]);
    assert_eq!(rows(&reading, "S04", "List 3"), [4]);
    assert_eq!(records(&reading.records, "referral", &["received_on"]), ["1 2026-03-03", "2 ?"]);
}

#[test]
fn identical_contacts_are_named_and_kept() {
    let csv = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source\n\
               1,M,WBRI,01/02/2016,10,03/03/2026,6\n1,M,WBRI,01/02/2016,10,03/03/2026,6\n";
    let reading = reading_of(AnnexA, &[("contacts.csv", csv.as_bytes())]);
    assert_eq!(rows(&reading, "S12", "List 1"), [0, 1]);
    assert_eq!(totals(&reading, "List 1"), (2, 2, 0));
}

#[test]
fn two_files_for_one_list_are_one_list() {
    let one = list_3(&["1,M,WBRI,01/02/2016,10,03/03/2026,6,No,1,North,A", ",M,,,,,,,,,"]);
    let other = list_3(&["2,M,WBRI,01/02/2016,10,32/03/2026,6,No,1,South,B"]);
    let reading = reading_of(AnnexA, &[("north.csv", one.as_bytes()), ("south.csv", other.as_bytes())]);
    assert_eq!(totals(&reading, "List 3"), (3, 2, 1));
    assert!(says(&reading, "F14"));
    let impossible = reading.findings.iter().find(|finding| finding.code == "S04").expect("a finding");
    assert_eq!((reading.file(impossible), impossible.row), ("south.csv", Some(0)));
    assert_eq!(reading.column(impossible), Some("Date of referral"));
    assert_eq!(reading.value(impossible), Some("32/03/2026"));
    let source = reading.records.table("referral").expect("referrals").source[1];
    assert_eq!(source.row, 2);
    let parts: Vec<(u32, u32)> =
        reading.lists[0].parts.iter().map(|part| (part.first_row, part.rows)).collect();
    assert_eq!(parts, [(0, 2), (2, 1)]);
}

#[test]
fn a_file_in_another_order_with_other_spellings_and_titles_above_is_the_same_list() {
    let csv = "Ofsted Annex A;;;\nReferrals in the six months to;31/05/2026;;\n\n\
               DATE OF REFERRAL ;ChildUniqueID;Sex;Ethnicity;DOB;Age;\"Referral source\";NFA;\
               number of referrals in the last 12 months;Team;Worker;Religion\n\
               3/3/26;7;Male;White British;1/2/2016;10;Police;0;1;North;A;Any\n";
    let reading = reading_of(AnnexA, &[("x.txt", csv.as_bytes())]);
    let fields = ["received_on", "source", "no_further_action"];
    assert_eq!(records(&reading.records, "referral", &fields), ["7 2026-03-03 6 no"]);
    let unknown: Vec<_> = reading.findings.iter().filter(|finding| finding.code == "F04").collect();
    assert_eq!(unknown.iter().map(|finding| reading.column(finding)).collect::<Vec<_>>(), [Some("Religion")]);
    assert!(!says(&reading, "F03"));
}

#[test]
fn a_list_without_some_columns_says_so_and_the_fields_are_absent() {
    let csv = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of referral\n1,M,WBRI,01/02/2016,10,03/03/2026\n";
    let reading = reading_of(AnnexA, &[("List 3.csv", csv.as_bytes())]);
    assert_eq!(records(&reading.records, "referral", &["received_on", "source"]), ["1 2026-03-03 absent"]);
    let missing = reading.findings.iter().filter(|finding| finding.code == "F03").count();
    assert_eq!(missing, 5);
    assert_eq!(reading.findings.iter().filter(|finding| finding.code == "F20").count(), 10);
}

#[test]
fn what_lists_disagree_about_is_what_most_of_them_say() {
    let csv = list_3(&[
        "1,M,WBRI,01/02/2016,10,03/03/2026,6,No,1,North,A",
        "1,F,WBRI,02/02/2016,10,04/03/2026,6,No,1,North,A",
        "1,F,NOBT,02/02/2016,10,05/03/2026,6,No,1,North,A",
    ]);
    let reading = reading_of(AnnexA, &[("a.csv", csv.as_bytes())]);
    let child = records(&reading.records, "child", &["sex", "ethnicity", "born_on"]);
    assert_eq!(child, ["1 F WBRI 2016-02-02"]);
    assert_eq!(rows(&reading, "S15", "List 3"), [0, 0, 0, 1, 1, 1, 2, 2, 2]);
}

#[test]
fn files_that_are_something_else_are_named_and_the_rest_is_read() {
    let csv = list_3(&["1,M,WBRI,01/02/2016,10,03/03/2026,6,No,1,North,A"]);
    let files: [(&str, &[u8]); 4] = [
        ("a.csv", csv.as_bytes()),
        ("a.pdf", b"%PDF-1.7"),
        ("b.csv", b"Name,Phone\nX,1\n"),
        ("c.html", b"<html></html>"),
    ];
    let reading = reading_of(AnnexA, &files);
    let noted = |code: &str| {
        let of = reading.findings.iter().filter(|finding| finding.code == code);
        of.map(|finding| reading.file(finding).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(noted("F01"), ["a.pdf", "c.html"]);
    assert_eq!(noted("F02"), ["b.csv"]);
}

#[test]
fn every_rule_answers_for_every_row() {
    let csv = list_3(&[
        "1,M,WBRI,01/02/2016,10,03/03/2026,6,No,1,North,A",
        "2,X,WBRI,31/02/2016,10,31/02/2026,6,No,1,North,A",
        "3,M,WBRI,01/02/2016,10,03/03/2062,6,No,1,North,A",
    ]);
    let reading = reading_of(AnnexA, &[("a.csv", csv.as_bytes())]);
    assert_eq!(reading.rules_run, 17);
    assert_eq!(reading.runs.len(), 17);
    for run in &reading.runs {
        let unsure: u32 = run.cannot_tell.iter().map(|(_, rows)| rows).sum();
        assert_eq!(run.passes + run.fails + unsure, 3, "{}", run.code);
    }
    assert_eq!(rows(&reading, "S10", "List 3"), [2]);
}

#[test]
fn a_pupil_or_postcode_is_never_among_the_records_words() {
    let headings = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date Started to be Looked After,\
                    Child's Legal Status,Placement postcode,Placement Type,Placement Location,LA of Placement,Number of \
                    Placements in the Last 12 months,Start Date of Most Recent Placement,Placement Provider,Child's Category of Need";
    let csv = format!(
        "{}\n1,M,WBRI,01/02/2016,10,03/03/2026,C2,LS1 4AP,U4,a) In,383,1,03/03/2026,PR1,N1\n",
        headings.replace("                    ", "")
    );
    let reading = reading_of(AnnexA, &[("List 8.csv", csv.as_bytes())]);
    assert_eq!(totals(&reading, "List 8"), (1, 1, 0));
    assert_eq!(reading.records.words.find("LS1 4AP"), None);
    assert!(says(&reading, "F18"));
}
