//! A register's spreadsheet, as councils keep them: titles above, own spellings of headings, dates of every sort.

use super::{reading_of, records, rows, says, totals};
use crate::register::tests::{of_every_type, return_interviews};

const PANEL: &str = "\
Long plan panel,,,,,,\r
As at 31 May 2026,,,,,,\r
,,,,,,\r
CHILD ID,panel  held,Actions due:,outcome,Child seen alone?,score,Worker\r
00042,14/05/2026,2026-07-01,The plan changes,Y,17.5,W1\r
00043,2026-05-15,,continue,no,3,W2\r
00044,31/02/2026,,rest,perhaps,-2,\r
,16/05/2026,,continue,yes,1,W3\r
00043,2026-05-15,,continue,no,3,W2\r
00045,46158,,,,,\r
";

#[test]
fn every_row_of_a_register_becomes_a_record_or_a_finding() {
    let reading = reading_of(of_every_type(), &[("panel.csv", PANEL.as_bytes())]);
    let fields = ["held_on", "due_on", "outcome", "seen", "score", "worker"];
    assert_eq!(
        records(&reading.records, "panel", &fields),
        [
            "00042 2026-05-14 2026-07-01 change yes 17.5 W1",
            "00043 2026-05-15 - continue no 3 W2",
            "00044 ? - ? ? ? -",
            "00045 2026-05-16 - - - - -",
        ]
    );
    assert_eq!(totals(&reading, "Panels"), (6, 4, 2));
    assert_eq!(rows(&reading, "S01", "Panels"), [3], "no child");
    assert_eq!(rows(&reading, "S04", "Panels"), [2], "no such day");
    assert_eq!(rows(&reading, "S05", "Panels"), [2, 2], "no such code, no such flag");
    assert_eq!(rows(&reading, "S07", "Panels"), [2], "less than nothing");
    assert_eq!(rows(&reading, "S12", "Panels"), [1, 4], "a row twice");
    assert!(!says(&reading, "S10"), "a day due may lie ahead");
    assert_eq!(reading.collection.name(), "panel");
    let finding = reading.findings.iter().find(|finding| finding.code == "S04").expect("found");
    assert_eq!((reading.file(finding), reading.column(finding)), ("panel.csv", Some("panel  held")));
    assert_eq!(reading.records.table("child").map(vocabulary::records::Table::len), Some(4));
}

#[test]
fn a_day_that_happened_cannot_lie_ahead_and_hours_need_a_time() {
    let text = "Child,Went missing,Found or returned,Interview offered\n\
                1,30/05/2026,31/05/2026 04:20,Yes\n\
                2,02/06/2026,03/06/2026 09:00,No\n\
                3,30/05/2026,31/05/2026,\n";
    let reading = reading_of(return_interviews(), &[("rhi.csv", text.as_bytes())]);
    assert_eq!(rows(&reading, "S10", "Return interviews"), [1, 1]);
    assert_eq!(rows(&reading, "S17", "Return interviews"), [2]);
    let seen = records(&reading.records, "return_interview", &["returned_at", "offered"]);
    assert_eq!(seen[0], format!("1 {} yes", 20_604_i64 * 1440 + 4 * 60 + 20));
    assert_eq!(seen[2], "3 ? -");
}

#[test]
fn a_column_that_is_missing_is_said_and_its_field_is_not_supplied() {
    let text = "Child,Went missing,Interview offered,Notes\n1,30/05/2026,Yes,a word\n";
    let reading = reading_of(return_interviews(), &[("rhi.csv", text.as_bytes())]);
    assert!(says(&reading, "F03") && says(&reading, "F04"));
    let table = reading.records.table("return_interview").expect("there");
    assert!(table.column("returned_at").is_none() && table.column("offered").is_some());
}
