//! The JSON object that scripts depend on, and the same in words.

use super::{Folder, check};

const CONTACTS: &str = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Contact Source\n\
                        0012,b) Female,a) WBRI,01/02/2016,10,03/03/2026,q) 6: Police\n\
                        13,b) Female,a) WBRI,31/02/2016,10,03/03/2026,Nobody\n\
                        ,b) Female,a) WBRI,01/02/2016,10,03/03/2026,q) 6: Police\n";

#[test]
fn one_object_says_collection_year_rules_rows_findings_and_messages() {
    let folder = Folder::new("contract");
    let file = folder.file("contacts.csv", CONTACTS.as_bytes());
    let output = check(&[&file], &["--collection", "annex-a", "--year", "2026", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.starts_with(
        "{\"collection\":\"annex-a\",\"year\":2026,\"rules_run\":17,\"rows\":{\"List 1\":3},\"findings\":{"
    ));
    assert!(text.contains("\"S01\":{\"List 1\":[2]}"), "{text}");
    assert!(text.contains("\"S04\":{\"List 1\":[1]}") && text.contains("\"S05\":{\"List 1\":[1]}"), "{text}");
    assert!(text.contains("\"messages\":{") && text.contains("\"S04\":\"The date can't be"), "{text}");
    assert_eq!(text.matches('\n').count(), 1);
}

#[test]
fn the_same_in_words_names_file_row_column_and_value() {
    let folder = Folder::new("words");
    let file = folder.file("contacts.csv", CONTACTS.as_bytes());
    let output = check(&[&file], &["--collection", "annex-a"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("3 rows: 2 records, 1 in findings only"), "{text}");
    assert!(text.contains("contacts.csv, row 1, Date of Birth: “31/02/2016”"), "{text}");
    assert!(text.contains("Can't tell"), "{text}");
}

#[test]
fn a_folder_is_every_file_in_it() {
    let folder = Folder::new("folder");
    folder.file("header.csv", b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,F,03/02/2012,WBRI,UN3,,\n");
    folder.file("reviews.csv", b"CHILD,DOB,REVIEW,REVIEW_CODE\n2,03/02/2012,01/05/2025,PN1\n");
    folder.file(".hidden.csv", b"CHILD,DOB,REVIEW,REVIEW_CODE\n");
    let output = check(&[&folder.0], &["--collection", "ssda903", "--year", "2026", "--format", "json"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("\"rows\":{\"Header\":1,\"Reviews\":1}"), "{text}");
    assert!(text.contains("\"S14\":{\"Reviews\":[0]}"), "{text}");
}

#[test]
fn a_census_is_checked_and_its_year_is_its_own() {
    let folder = Folder::new("census");
    let xml = "<Message><Header><CollectionDetails><Year>2027</Year></CollectionDetails></Header><Children><Child>\
               <ChildIdentifiers><LAchildID>1</LAchildID><Sex>F</Sex></ChildIdentifiers><ChildCharacteristics>\
               <Ethnicity>WBRI</Ethnicity></ChildCharacteristics><CINdetails><CINreferralDate>2026-05-01</CINreferralDate>\
               <ReferralSource>6</ReferralSource><ReferralNFA>1</ReferralNFA><Section47><S47ActualStartDate>2026-05-02\
               </S47ActualStartDate><DateOfInitialCPC>2026-05-16</DateOfInitialCPC><ICPCnotRequired>0</ICPCnotRequired>\
               </Section47></CINdetails></Child></Children></Message>";
    let file = folder.file("cin.xml", xml.as_bytes());
    let output = check(&[&file], &["--collection", "cin", "--format", "json"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.starts_with("{\"collection\":\"cin\",\"year\":2027,"), "{text}");
    assert!(text.contains("\"8875\":{\"Section47\":[0]}"), "16 May 2026 is a Saturday: {text}");
}
