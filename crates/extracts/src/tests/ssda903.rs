//! The SSDA903 return from CSV files and from XML.

use std::collections::BTreeSet;

use vocabulary::day::Day;
use vocabulary::places::{AreaCode, GridReference, Place};

use super::{reading_of, records, rows, says, totals};
use crate::Collection::Ssda903;
use crate::{NamedFile, Places, Question, read};

const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n\
                      101,F,03/02/2012,WBRI,A123456789012,0,\n102,M,04/05/2008,BAFR,UN3,,\n103,M,04/05/2007,REFU,UN3,,\n";
const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n\
                        101,01/05/2025,S,V2,N1,U4,PR1,01/09/2025,X1,CARPL,AB1 2CD,AB1 2CE,SC01\n\
                        101,01/09/2025,P,V2,N1,K2,PR4,,,,AB1 2CD,ZZ9 9ZZ,SC02\n\
                        102,01/05/2025,S,C2,N1,H5,PR4,,,,AB1 2CD,AB1 2CE,\n";
const OC3: &str = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n103,04/05/2007,YES,F1,U1\n";
const UASC: &str = "CHILD,SEX,DOB,DUC\n102,M,04/05/2008,\n";

fn files() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("header.csv", HEADER.as_bytes()),
        ("episodes.csv", EPISODES.as_bytes()),
        ("oc3.csv", OC3.as_bytes()),
        ("uasc.csv", UASC.as_bytes()),
    ]
}

#[test]
fn modules_are_told_by_their_columns() {
    let reading = reading_of(Ssda903, &files());
    let lists: Vec<&str> = reading.lists.iter().map(|list| list.name.as_str()).collect();
    assert_eq!(lists, ["Header", "Episodes", "UASC", "OC3"]);
    let fields = ["started_on", "start_reason", "legal_status", "placement_type", "ended_on", "end_reason"];
    assert_eq!(
        records(&reading.records, "care_episode", &fields),
        ["101 2025-05-01 S V2 U4 2025-09-01 X1", "101 2025-09-01 P V2 K2 - -", "102 2025-05-01 S C2 H5 - -",]
    );
    let fields = ["sex", "ethnicity", "born_on", "mother", "unaccompanied"];
    assert_eq!(
        records(&reading.records, "child", &fields),
        ["101 F WBRI 2012-02-03 no no", "102 M BAFR 2008-05-04 - yes", "103 M REFU 2007-05-04 - no",]
    );
    assert_eq!(
        records(&reading.records, "care_leaver", &["accommodation", "suitable", "activity"]),
        ["103 U suitable F1"]
    );
    assert_eq!(rows(&reading, "S06", "Episodes"), [2], "semi-independent placements ended in 2024");
    assert!(says(&reading, "F18"));
    assert_eq!(reading.records.table("care_episode").and_then(|table| table.column("distance_band")), None);
}

#[test]
fn decisions_and_adoptions_of_a_child_are_one_record() {
    let decisions = "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n\
                     101,03/02/2022,01/05/2025,01/06/2025,RD1\n101,03/02/2022,01/07/2025,,\n102,03/02/2022,01/08/2025,,\n";
    let adoptions = "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n\
                     101,03/02/2022,01/07/2025,01/10/2025,0,2,MF,L0\n104,03/02/2022,02/07/2025,02/10/2025,1,1,F1,L0\n";
    let files: [(&str, &[u8]); 2] = [("a.csv", decisions.as_bytes()), ("b.csv", adoptions.as_bytes())];
    let reading = reading_of(Ssda903, &files);
    let fields = [
        "decided_on",
        "matched_on",
        "reversed_on",
        "reversed_reason",
        "foster_carer_adopts",
        "number_of_adopters",
    ];
    assert_eq!(
        records(&reading.records, "adoption", &fields),
        [
            "101 2025-05-01 - 2025-06-01 RD1 - -",
            "101 2025-07-01 2025-10-01 - - no 2",
            "102 2025-08-01 - - - - -",
            "104 2025-07-02 2025-10-02 - - yes 1",
        ]
    );
}

#[test]
fn the_health_answers_are_of_the_year_to_31_march() {
    let csv = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,\
               SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n101,03/02/2012,12,,0,,1,1,1,0,,\n";
    let reading = reading_of(Ssda903, &[("oc2.csv", csv.as_bytes())]);
    let fields = ["year_end_on", "sdq_score", "immunised", "convicted", "health_check"];
    assert_eq!(records(&reading.records, "health_year", &fields), ["101 2026-03-31 12 yes no -"]);
}

#[test]
fn the_year_is_told_from_the_dates_and_a_module_is_of_its_years() {
    let csv = "CHILD,DOB,DOLO_START,DOLO_END\n101,03/02/2012,03/02/2025,\n";
    let files = [
        NamedFile { name: "dolo.csv", bytes: csv.as_bytes() },
        NamedFile { name: "episodes.csv", bytes: EPISODES.as_bytes() },
    ];
    let reading = read(&files, &Question::about(Ssda903)).expect("a reading");
    assert_eq!(reading.year, 2026);
    assert!(says(&reading, "F17") && says(&reading, "F15"));
}

const OWN: &str = "E06000001";

struct TwoPlaces;

impl Places for TwoPlaces {
    fn place(&self, postcode: &str) -> Option<Place> {
        let (northing, authority) = match postcode {
            "AB1 2CD" => (0, OWN),
            "AB1 2CE" => (20_000, OWN),
            _ => return None,
        };
        Some(Place { grid: GridReference::new(0, northing), authority: AreaCode::parse(authority)? })
    }
}

#[test]
fn postcodes_become_distance_authority_and_area() {
    let files: Vec<NamedFile<'_>> =
        files().into_iter().map(|(name, bytes)| NamedFile { name, bytes }).collect();
    let question = Question {
        year: Some(2026),
        as_at: Day::parse("2026-03-31"),
        places: Some(&TwoPlaces),
        authority: AreaCode::parse(OWN),
        ..Question::about(Ssda903)
    };
    let reading = read(&files, &question).expect("a reading");
    let fields = ["distance_miles", "distance_band", "placement_authority", "out_of_area"];
    assert_eq!(
        records(&reading.records, "care_episode", &fields),
        ["101 12.4 10 to 20 E06000001 in", "101 ? ? ? ?", "102 - - E06000001 in",]
    );
}

#[test]
fn a_placement_is_at_a_distance_only_once_the_council_said_who_adjoins_it() {
    let files: Vec<NamedFile<'_>> =
        files().into_iter().map(|(name, bytes)| NamedFile { name, bytes }).collect();
    let council = AreaCode::parse("E09000001");
    let unset = Question {
        year: Some(2026),
        places: Some(&TwoPlaces),
        authority: council,
        ..Question::about(Ssda903)
    };
    let reading = read(&files, &unset).expect("a reading");
    let episodes = reading.records.table("care_episode").expect("episodes");
    assert!(episodes.column("location").is_none() && says(&reading, "F24"));
    for (adjoining, word) in
        [(BTreeSet::new(), "distant"), (AreaCode::parse(OWN).into_iter().collect(), "adjoining")]
    {
        let reading = read(&files, &Question { adjoining: Some(&adjoining), ..unset }).expect("a reading");
        let told = records(&reading.records, "care_episode", &["out_of_area", "location"]);
        assert_eq!(told, [format!("101 out {word}"), "101 ? ?".to_owned(), format!("102 out {word}")]);
        assert!(!says(&reading, "F24"));
    }
    let nobody = read(&files, &Question { authority: None, ..unset }).expect("a reading");
    let episodes = nobody.records.table("care_episode").expect("episodes");
    assert!(episodes.column("out_of_area").is_none() && says(&nobody, "F23"));
}

const XML: &str = "<?xml version=\"1.0\"?><SSDA903><CHILD><HEADER><CHILDID>0101</CHILDID><SEX>F</SEX><DOB>2012-02-03</DOB>\
    <ETHNIC>WBRI</ETHNIC><UPN>UN3</UPN><UASC>1</UASC><DUC></DUC><AREVIEW><REVIEW>2025-06-01</REVIEW>\
    <REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW><AMISSING><MISSING>M</MISSING><MIS_START>2025-07-01</MIS_START></AMISSING>\
    </HEADER><EPISODE><DECOM>2025-05-01</DECOM><RNE>S</RNE><LS>V2</LS><CIN>N1</CIN><PL>U4</PL></EPISODE>\
    <EPISODE><DECOM>2025-09-31</DECOM><RNE>P</RNE></EPISODE></CHILD>\
    <CHILD><HEADER><CHILDID>102</CHILDID><SEX>M</SEX><DOB>2007-02-03</DOB><ETHNIC>BAFR</ETHNIC><IN_TOUCH>YES</IN_TOUCH>\
    <ACTIV>F1</ACTIV><ACCOM>U2</ACCOM><COLOUR>blue</COLOUR></HEADER></CHILD></SSDA903>";

#[test]
fn the_return_as_xml_gives_what_the_modules_give() {
    let reading = reading_of(Ssda903, &[("903.xml", XML.as_bytes())]);
    let fields = ["started_on", "start_reason", "placement_type"];
    assert_eq!(records(&reading.records, "care_episode", &fields), ["0101 2025-05-01 S U4", "0101 ? P -"]);
    assert_eq!(
        records(&reading.records, "care_review", &["held_on", "participation"]),
        ["0101 2025-06-01 PN1"]
    );
    assert_eq!(
        records(&reading.records, "missing_episode", &["started_on", "missing_kind"]),
        ["0101 2025-07-01 M"]
    );
    assert_eq!(records(&reading.records, "unaccompanied_child", &["ceased_on"]), ["0101 -"]);
    let fields = ["sex", "born_on", "unaccompanied"];
    assert_eq!(records(&reading.records, "child", &fields), ["0101 F 2012-02-03 yes", "102 M 2007-02-03 no"]);
    assert_eq!(records(&reading.records, "care_leaver", &["in_touch", "suitable"]), ["102 YES unsuitable"]);
    assert_eq!(rows(&reading, "S04", "Episodes"), [1]);
    assert_eq!(totals(&reading, "Header"), (2, 2, 0));
    let unknown = reading.findings.iter().find(|finding| finding.code == "F12").expect("a finding");
    assert_eq!(reading.column(unknown), Some("COLOUR"));
}

#[test]
fn children_in_an_element_of_their_own_are_children_too() {
    let wrapped = XML.replace("<SSDA903>", "<Message><Header><Year>2026</Year></Header><Children>");
    let wrapped = wrapped.replace("</SSDA903>", "</Children></Message>");
    let (one, other) = (
        reading_of(Ssda903, &[("a.xml", XML.as_bytes())]),
        reading_of(Ssda903, &[("a.xml", wrapped.as_bytes())]),
    );
    for kind in ["child", "care_episode", "care_review", "care_leaver"] {
        assert_eq!(records(&one.records, kind, &[]), records(&other.records, kind, &[]), "{kind}");
    }
}

#[test]
fn a_year_without_a_layout_is_said_to_be_one() {
    let files = [NamedFile { name: "a.csv", bytes: HEADER.as_bytes() }];
    for (year, said) in [(2022, true), (2023, false), (2027, false), (2028, true)] {
        let reading =
            read(&files, &Question { year: Some(year), ..Question::about(Ssda903) }).expect("a reading");
        assert_eq!(says(&reading, "F22"), said, "{year}");
    }
}
