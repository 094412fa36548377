//! The children in need census, as XML and as files of its groups.

use super::{reading_of, records, rows, says, totals, try_reading};
use crate::Collection::ChildrenInNeed;
use crate::{NamedFile, Question, Refusal, read};

const CHILD: &str = "<Child><ChildIdentifiers><LAchildID>00ABC</LAchildID><UPN>A123456789012</UPN>\
    <PersonBirthDate>2015-03-27</PersonBirthDate><Sex>F</Sex></ChildIdentifiers><ChildCharacteristics>\
    <Ethnicity>WBRI</Ethnicity><Disabilities><Disability>HAND</Disability><Disability>HEAR</Disability></Disabilities>\
    </ChildCharacteristics><CINdetails><CINreferralDate>2025-05-06</CINreferralDate><ReferralSource>1A</ReferralSource>\
    <PrimaryNeedCode>N4</PrimaryNeedCode><Assessments><AssessmentActualStartDate>2025-05-07</AssessmentActualStartDate>\
    <AssessmentAuthorisationDate>2025-06-07</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment>\
    <AssessmentFactors>1C</AssessmentFactors><AssessmentFactors>10A</AssessmentFactors></FactorsIdentifiedAtAssessment>\
    </Assessments><Assessments><AssessmentActualStartDate>2026-02-31</AssessmentActualStartDate></Assessments>\
    <CINPlanDates><CINPlanStartDate>2025-06-08</CINPlanStartDate></CINPlanDates><Section47>\
    <S47ActualStartDate>2025-07-01</S47ActualStartDate><DateOfInitialCPC>2025-07-19</DateOfInitialCPC>\
    <ICPCnotRequired>false</ICPCnotRequired></Section47><ReferralNFA>0</ReferralNFA><ChildProtectionPlans>\
    <CPPstartDate>2025-07-19</CPPstartDate><InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse>\
    <LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>1</NumberOfPreviousCPP><Reviews>\
    <CPPreviewDate>2026-01-15</CPPreviewDate><CPPreviewDate>2025-10-15</CPPreviewDate></Reviews></ChildProtectionPlans>\
    </CINdetails></Child>";

const SECOND: &str = "<Child><ChildIdentifiers><LAchildID>2</LAchildID><ExpectedPersonBirthDate>2026-06-01\
    </ExpectedPersonBirthDate><Sex>U</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>NOBT</Ethnicity>\
    <Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics><CINdetails>\
    <CINreferralDate>2025-05-06</CINreferralDate><ReferralSource>99</ReferralSource><ReferralNFA>true</ReferralNFA>\
    <Reviews/><Colour>blue</Colour></CINdetails></Child>";

fn census(children: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Message><Header><CollectionDetails><Collection>CIN</Collection>\
         <Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source><LEA>201</LEA></Source>\
         </Header><Children>{children}</Children></Message>"
    )
}

fn reading() -> crate::Reading {
    reading_of(ChildrenInNeed, &[("cin.xml", census(&format!("{CHILD}{SECOND}")).as_bytes())])
}

#[test]
fn every_group_becomes_its_records() {
    let reading = reading();
    let records = |kind: &str, fields: &[&str]| records(&reading.records, kind, fields);
    let fields = ["sex", "ethnicity", "born_on", "expected_on", "disabled", "disability"];
    assert_eq!(
        records("child", &fields),
        ["00ABC F WBRI 2015-03-27 - yes HAND", "2 U NOBT - 2026-06-01 no NONE"]
    );
    let fields = ["received_on", "source", "no_further_action", "primary_need"];
    assert_eq!(records("referral", &fields), ["00ABC 2025-05-06 1A no N4", "2 2025-05-06 ? yes -"]);
    let fields = ["started_on", "authorised_on", "factors"];
    assert_eq!(records("assessment", &fields), ["00ABC 2025-05-07 2025-06-07 1C 10A", "00ABC ? - -"]);
    assert_eq!(records("in_need_plan", &["started_on", "ended_on"]), ["00ABC 2025-06-08 -"]);
    let fields = ["started_on", "conference_on", "conference_not_required"];
    assert_eq!(records("enquiry", &fields), ["00ABC 2025-07-01 2025-07-19 no"]);
    let fields = ["started_on", "initial_category", "latest_category", "previous_plans", "last_review_on"];
    assert_eq!(records("protection_plan", &fields), ["00ABC 2025-07-19 PHY NEG 1 2026-01-15"]);
    assert_eq!(records("protection_review", &["held_on"]), ["00ABC 2026-01-15", "00ABC 2025-10-15"]);
}

#[test]
fn findings_name_the_position_of_the_group() {
    let reading = reading();
    assert_eq!(rows(&reading, "S04", "Assessments"), [1]);
    assert_eq!(rows(&reading, "S05", "CINdetails"), [1]);
    assert_eq!(rows(&reading, "8875", "Section47"), [0], "19 July 2025 is a Saturday");
    let unknown = reading.findings.iter().find(|finding| finding.code == "F12").expect("a finding");
    assert_eq!(
        (unknown.list, unknown.row, reading.column(unknown)),
        (Some("CINdetails"), Some(1), Some("Colour"))
    );
    assert_eq!(totals(&reading, "Assessments"), (2, 2, 0));
    assert_eq!(totals(&reading, "Child"), (2, 2, 0));
}

#[test]
fn a_list_with_no_groups_is_there_and_empty_but_one_of_another_year_is_not_there() {
    let reading = reading_of(ChildrenInNeed, &[("cin.xml", census(SECOND).as_bytes())]);
    assert_eq!(totals(&reading, "Section47"), (0, 0, 0));
    assert!(reading.records.table("enquiry").is_some_and(vocabulary::records::Table::is_empty));
    assert!(reading.records.table("pre_proceedings").is_none());
}

#[test]
fn pre_proceedings_are_read_from_2027() {
    let group = "<PreProceedingsandFGDM><PPStartDate>2026-09-09</PPStartDate><FGDMMeetingOffer>1</FGDMMeetingOffer>\
                 <ReviewMeetingsCount>3</ReviewMeetingsCount><PPOutcome>A</PPOutcome></PreProceedingsandFGDM>";
    let xml = census(&SECOND.replace("<Reviews/>", group)).replace("<Year>2026", "<Year>2027");
    let files = [NamedFile { name: "cin.xml", bytes: xml.as_bytes() }];
    let reading = read(&files, &Question::about(ChildrenInNeed)).expect("a reading");
    assert_eq!(reading.year, 2027);
    let fields = ["started_on", "family_meeting_offered", "review_meetings", "outcome"];
    assert_eq!(records(&reading.records, "pre_proceedings", &fields), ["2 2026-09-09 yes 3 A"]);
    assert!(!says(&reading, "F15"));
}

#[test]
fn the_year_asked_for_wins_and_the_difference_is_said() {
    let xml = census(SECOND).replace("<Year>2026", "<Year>2024");
    let reading = reading_of(ChildrenInNeed, &[("cin.xml", xml.as_bytes())]);
    assert_eq!(reading.year, 2026);
    assert!(says(&reading, "F16"));
}

#[test]
fn a_group_outside_any_child_is_a_finding_and_takes_no_other_child() {
    let stray = "<CINdetails><CINreferralDate>2025-05-06</CINreferralDate><ReferralSource>1A</ReferralSource></CINdetails>";
    let reading =
        reading_of(ChildrenInNeed, &[("cin.xml", census(&format!("{stray}{SECOND}{stray}")).as_bytes())]);
    assert_eq!(rows(&reading, "S01", "CINdetails"), [0, 2]);
    assert_eq!(records(&reading.records, "referral", &["received_on"]), ["2 2025-05-06"]);
}

#[test]
fn an_element_that_stands_twice_is_a_finding() {
    let twice = SECOND.replace(
        "<ReferralSource>99</ReferralSource>",
        "<ReferralSource>6</ReferralSource><ReferralSource>7</ReferralSource>",
    );
    let reading = reading_of(ChildrenInNeed, &[("cin.xml", census(&twice).as_bytes())]);
    assert_eq!(rows(&reading, "F13", "CINdetails"), [0]);
    assert_eq!(records(&reading.records, "referral", &["source"]), ["2 6"]);
}

#[test]
fn half_a_census_is_refused_with_the_line_where_it_breaks() {
    let xml = census(CHILD).replace("</Section47>", "\n</Section48>");
    let refusal = try_reading(ChildrenInNeed, &[("cin.xml", xml.as_bytes())]).expect_err("a refusal");
    assert_eq!(
        refusal,
        Refusal::Damaged { file: "cin.xml".into(), why: "its tags do not match, at line 3".into() }
    );
    let half = &census(CHILD)[..900];
    let refusal = try_reading(ChildrenInNeed, &[("cin.xml", half.as_bytes())]).expect_err("a refusal");
    assert!(matches!(refusal, Refusal::Damaged { .. }));
}

#[test]
fn the_groups_as_files_of_their_own_give_the_same() {
    let files: [(&str, &[u8]); 6] = [
        ("ChildIdentifiers.csv", b",LAchildID,UPN,FormerUPN,UPNunknown,PersonBirthDate,ExpectedPersonBirthDate,Sex,PersonDeathDate\n0,00ABC,A123456789012,,,2015-03-27,,F,\n"),
        ("ChildCharacteristics.csv", b",LAchildID,Ethnicity\n0,00ABC,WBRI\n"),
        ("Disabilities.csv", b",LAchildID,Disability\n0,00ABC,HAND\n1,00ABC,HEAR\n"),
        ("CINdetails.csv", b",LAchildID,CINdetailsID,CINreferralDate,ReferralSource,PrimaryNeedCode,CINclosureDate,ReasonForClosure,DateOfInitialCPC,ReferralNFA\n0,00ABC,1,2025-05-06,1A,N4,,,,false\n"),
        ("ChildProtectionPlans.csv", b",LAchildID,CINdetailsID,CPPID,CPPstartDate,CPPendDate,InitialCategoryOfAbuse,LatestCategoryOfAbuse,NumberOfPreviousCPP\n0,00ABC,1,1,2025-07-19,,PHY,NEG,1\n"),
        ("Reviews.csv", b",LAchildID,CINdetailsID,CPPID,CPPreviewDate\n0,00ABC,1,1,2025-10-15\n1,00ABC,1,1,2026-01-15\n"),
    ];
    let reading = reading_of(ChildrenInNeed, &files);
    let fields = ["sex", "ethnicity", "born_on", "disabled"];
    assert_eq!(records(&reading.records, "child", &fields), ["00ABC F WBRI 2015-03-27 yes"]);
    assert_eq!(
        records(&reading.records, "protection_plan", &["started_on", "last_review_on"]),
        ["00ABC 2025-07-19 2026-01-15"]
    );
    assert_eq!(records(&reading.records, "protection_review", &["held_on"]).len(), 2);
    assert!(!reading.findings.iter().any(|finding| finding.code == "F03" && finding.list == Some("Child")));
}
