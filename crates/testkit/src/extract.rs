//! A small extract of two teams, as it is after reading: children with assessments, half of them late.

use service::ReadExtract;
use store::SnapshotFile;
use vocabulary::day::Day;
use vocabulary::records::{Cell, Column, FieldType, Records, Source};

/// A team whose name a spreadsheet program would run.
pub const NORTH_TEAM: &str = "=North team";
/// Another team.
pub const SOUTH_TEAM: &str = "South team";

const REFERRED: Day = Day(20_486);
const STARTED: Day = Day(20_488);
const BORN: Day = Day(16_953);

/// An extract as at 31 May 2026: so many children of each team, all a day before their tenth birthday, each with an
/// assessment that began on 4 February 2026, two days after the referral. Half of each team's were authorised in time,
/// half are open and late.
pub fn assessments_of_two_teams(children_of_each: u32) -> ReadExtract {
    let mut records = Records::default();
    let list = records.words.add("List 4");
    for row in 0..2 * children_of_each {
        let subject = records.words.add(&format!("child {row}"));
        let team = records.words.add(if row % 2 == 0 { NORTH_TEAM } else { SOUTH_TEAM });
        let source = Source { list, row };
        let child = records.table_mut("child", &[("born_on", FieldType::Day)]);
        child.subject.push(subject);
        child.source.push(source);
        push_day(&mut child.columns[0].1, Cell::Value(BORN));
        let referral = records.table_mut("referral", &[("received_on", FieldType::Day)]);
        referral.subject.push(subject);
        referral.source.push(source);
        push_day(&mut referral.columns[0].1, Cell::Value(REFERRED));
        let fields =
            [("started_on", FieldType::Day), ("authorised_on", FieldType::Day), ("team", FieldType::Text)];
        let assessment = records.table_mut("assessment", &fields);
        assessment.subject.push(subject);
        assessment.source.push(source);
        let authorised = if row % 4 < 2 { Cell::Value(STARTED.plus_days(20)) } else { Cell::Blank };
        push_day(&mut assessment.columns[0].1, Cell::Value(STARTED));
        push_day(&mut assessment.columns[1].1, authorised);
        if let Column::Words(teams) = &mut assessment.columns[2].1 {
            teams.push(Cell::Value(team));
        }
    }
    extract("annex-a", records)
}

/// An extract as at 31 May 2026: the registers of exploitation with one child, at risk since 4 February 2026, whose risk
/// nobody assessed, and the assessment of another's.
pub fn concern_of_exploitation(child: &str) -> ReadExtract {
    let mut records = Records::default();
    let (list, subject) = (records.words.add("Children at risk of exploitation"), records.words.add(child));
    let fields = [("identified_on", FieldType::Day), ("ended_on", FieldType::Day)];
    let concern = records.table_mut("exploitation_concern", &fields);
    concern.subject.push(subject);
    concern.source.push(Source { list, row: 0 });
    push_day(&mut concern.columns[0].1, Cell::Value(STARTED));
    push_day(&mut concern.columns[1].1, Cell::Blank);
    let other = records.words.add("another child");
    let assessed = records.table_mut("exploitation_risk_assessment", &[("assessed_on", FieldType::Day)]);
    assessed.subject.push(other);
    assessed.source.push(Source { list, row: 1 });
    push_day(&mut assessed.columns[0].1, Cell::Value(STARTED));
    extract("exploitation_concern", records)
}

fn extract(collection: &str, records: Records) -> ReadExtract {
    ReadExtract {
        collection: collection.into(),
        year: 2027,
        as_at: jiff::civil::date(2026, 5, 31),
        files: vec![SnapshotFile {
            name: collection.into(),
            bytes: 9,
            hash: format!("hash of {collection}"),
        }],
        lists: Vec::new(),
        findings: Vec::new(),
        finding_rows: Vec::new(),
        rules_run: 1,
        records,
    }
}

fn push_day(column: &mut Column, cell: Cell<Day>) {
    if let Column::Days(cells) = column {
        cells.push(cell);
    }
}
