//! The dirt that councils' Annex A files hold, as the project's reference lists it: each kind ends as a value, a blank
//! or an unreadable cell, never as a guess.

use super::{reading_of, records, rows};
use crate::Collection::AnnexA;

const HEADINGS: &str = "Child Unique ID|Gender|Ethnicity|Date of Birth|Age of Child (Years)|\
                        Does the Child have a Disability|Continuous Assessment Start Date|\
                        Child Seen During Continuous Assessment|Continuous Assessment Date of Authorisation|\
                        Was the child assessed as requiring LA children's social care support?|Allocated Team|\
                        Allocated Worker";

fn read(lines: &[&str]) -> crate::Reading {
    let csv = format!("{}\n{}\n", HEADINGS, lines.join("\n"));
    reading_of(AnnexA, &[("List 4.csv", csv.as_bytes())])
}

#[test]
fn a_decimal_age_is_a_finding_and_nothing_else() {
    let reading = read(&["1|M|WBRI|01/02/2016|6.138|No|01/03/2026|Yes||Yes|North|A"]);
    assert_eq!(rows(&reading, "S07", "List 4"), [0]);
    assert_eq!(records(&reading.records, "assessment", &["started_on"]), ["1 2026-03-01"]);
}

#[test]
fn a_look_up_that_found_nothing_is_blank() {
    let reading = read(&["1|M|WBRI|01/02/2016|10|No|01/03/2026|Yes|#N/A|Yes|#N/A|#N/A"]);
    assert_eq!(records(&reading.records, "assessment", &["authorised_on", "team", "worker"]), ["1 - - -"]);
    assert_eq!(rows(&reading, "S02", "List 4"), [0, 0]);
}

#[test]
fn spaces_that_do_not_break_are_spaces() {
    let reading =
        read(&["\u{a0}1\u{a0}|M|WBRI|01/02/2016|10|No|01/03/2026\u{a0}|Yes||Yes|North\u{a0}|A\u{a0}Worker"]);
    assert_eq!(records(&reading.records, "assessment", &["started_on", "team"]), ["1 2026-03-01 North"]);
}

#[test]
fn free_text_where_yes_or_no_is_wanted_is_unreadable() {
    let reading = read(&["1|M|WBRI|01/02/2016|10|No|01/03/2026|Yes||CS Assessment Updated|North|A"]);
    assert_eq!(rows(&reading, "S05", "List 4"), [0]);
    assert_eq!(records(&reading.records, "assessment", &["needs_support"]), ["1 ?"]);
}

#[test]
fn genders_and_ethnicities_come_in_many_spellings() {
    let cases = [
        ("1|A1", "M WBRI"),
        ("2|White - British", "F WBRI"),
        ("0|u) Unknown", "U NOBT"),
        ("9|B3", "N MWAS"),
        ("I|Gypsy/Roma", "U WROM"),
        ("a)|m) AOTH", "M AOTH"),
        ("Female|Black or Black British - African", "F BAFR"),
    ];
    for (spelled, kept) in cases {
        let reading = read(&[&format!("1|{spelled}|01/02/2016|10|No|01/03/2026|Yes||Yes|North|A")]);
        let child = records(&reading.records, "child", &["sex", "ethnicity"]);
        assert_eq!(child, [format!("1 {kept}")], "{spelled}");
    }
}

#[test]
fn every_sign_for_nothing_is_blank() {
    for sign in ["nan", "-", "..", "<blank>", "NULL", " "] {
        let reading = read(&[&format!("1|M|WBRI|{sign}|{sign}|No|01/03/2026|{sign}|{sign}|{sign}|North|A")]);
        let fields = ["child_seen", "authorised_on", "needs_support"];
        assert_eq!(records(&reading.records, "assessment", &fields), ["1 - - -"], "{sign:?}");
        assert_eq!(records(&reading.records, "child", &["born_on"]), ["1 -"]);
        assert!(rows(&reading, "S05", "List 4").is_empty());
    }
}

#[test]
fn adult_codes_and_bad_postcodes_are_unreadable_and_the_postcode_is_not_repeated() {
    let csv = "Child Unique ID,Primary Need Code,Case Status,Allocated Team,Allocated Worker,CIN Start Date,Gender\n\
               1,Physical support,c) Child in need plan,North,A,01/03/2026,M\n";
    let reading = reading_of(AnnexA, &[("List 6.csv", csv.as_bytes())]);
    let fields = ["primary_need", "case_status"];
    assert_eq!(records(&reading.records, "child_in_need", &fields), ["1 ? in need plan"]);
    let csv = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date Started to be Looked After,Placement postcode,\
               Placement Type,URN,Placement provider,Child's Legal Status\n1,M,WBRI,01/02/2016,10,01/06/2009,nope,U4,1,PR1,C2\n";
    let reading = reading_of(AnnexA, &[("List 8.csv", csv.as_bytes())]);
    let finding = reading.findings.iter().find(|finding| finding.code == "S08").expect("a finding");
    assert_eq!((finding.row, reading.value(finding)), (Some(0), None));
    assert!(rows(&reading, "S11", "List 8").is_empty(), "a care episode may be open since 2009");
}

#[test]
fn a_child_repeated_in_list_8_is_named_and_both_rows_are_kept() {
    let csv = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date Started to be Looked After,Child's Legal Status,\
               Placement Type,Placement Provider,LA of Placement,Placement Location\n\
               1,M,WBRI,01/02/2016,10,01/06/2020,C2,U4,PR1,383,In\n1,M,WBRI,01/02/2016,10,01/03/2026,C2,U4,PR1,383,In\n";
    let reading = reading_of(AnnexA, &[("List 8.csv", csv.as_bytes())]);
    assert_eq!(rows(&reading, "S13", "List 8"), [0, 1]);
    assert_eq!(super::totals(&reading, "List 8"), (2, 2, 0));
}
