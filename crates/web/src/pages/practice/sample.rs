//! Extracts of a few assessments for the tests of these pages: April, loaded in May, and May, loaded in June with one
//! assessment of April that was recorded late.

use jiff::Timestamp;
use service::acts::{CommitSnapshot, Seen, StageExtract};
use service::{Act, Actor, IdempotencyKey, ReadExtract, Role};
use store::SnapshotFile;
use vocabulary::day::Day;
use vocabulary::records::{Cell, Column, FieldType, Records, Source};

use crate::trial::{COUNCIL, Trial, now};

/// An assessment: the child, its first and its last day, the team.
type Assessment = (&'static str, &'static str, &'static str, &'static str);

const APRIL: [Assessment; 2] = [
    ("child-a", "2026-02-02", "2026-04-01", "Elm"), // in time
    ("child-b", "2026-03-02", "2026-04-20", "Oak"), // in time
];
const SINCE_APRIL: [Assessment; 3] = [
    ("child-c", "2025-12-01", "2026-04-15", "Elm"), // out of time, and recorded late
    ("child-d", "2026-04-01", "2026-05-20", "Elm"), // in time
    ("child-e", "2026-01-05", "2026-05-20", "Oak"), // out of time
];

/// The application with both months loaded.
pub async fn loaded() -> Trial {
    let trial = Trial::new().await;
    load(&trial, "2026-04-30", "2026-05-05T09:00:00Z", &APRIL).await;
    load(&trial, "2026-05-31", "2026-06-03T09:00:00Z", &[&APRIL[..], &SINCE_APRIL[..]].concat()).await;
    trial.state.service.clock.set(now());
    trial
}

/// Somebody of a role, with both factors just given.
pub fn acting(role: Role) -> Actor {
    Actor::trusted(Trial::person_in(role), "Somebody", role, COUNCIL)
}

/// Performs an act as somebody of a role.
pub async fn perform<A: Act>(trial: &Trial, role: Role, act: A) -> A::Outcome {
    let service = &trial.state.service;
    let key = IdempotencyKey(service.chance.secret().unwrap());
    service.perform(&acting(role), &key, act).await.unwrap()
}

async fn load(trial: &Trial, as_at: &str, moment: &str, assessments: &[Assessment]) {
    trial.state.service.clock.set(moment.parse::<Timestamp>().unwrap());
    let staged = perform(trial, Role::Analyst, StageExtract::of(extract(as_at, assessments))).await;
    let snapshot = Seen { id: staged, version: 1 };
    perform(trial, Role::Analyst, CommitSnapshot { snapshot }).await;
}

fn extract(as_at: &str, assessments: &[Assessment]) -> ReadExtract {
    let mut records = Records::default();
    let list = records.words.add("List 4");
    for (row, (child, started_on, authorised_on, team)) in (0_u32..).zip(assessments) {
        let (subject, team) = (records.words.add(child), records.words.add(team));
        let fields =
            [("started_on", FieldType::Day), ("authorised_on", FieldType::Day), ("team", FieldType::Text)];
        let table = records.table_mut("assessment", &fields);
        table.subject.push(subject);
        table.source.push(Source { list, row });
        for (column, day) in [(0, started_on), (1, authorised_on)] {
            let Column::Days(cells) = &mut table.columns[column].1 else { panic!("days") };
            cells.push(Cell::Value(Day::parse(day).unwrap()));
        }
        let Column::Words(cells) = &mut table.columns[2].1 else { panic!("words") };
        cells.push(Cell::Value(team));
        let table = records.table_mut("child", &[("born_on", FieldType::Day)]);
        if !table.subject.contains(&subject) {
            table.subject.push(subject);
            table.source.push(Source { list, row });
            let Column::Days(cells) = &mut table.columns[0].1 else { panic!("days") };
            cells.push(Cell::Value(Day::parse("2015-06-01").unwrap()));
        }
    }
    ReadExtract {
        collection: "annex-a".into(),
        year: 2027,
        as_at: as_at.parse().unwrap(),
        files: vec![SnapshotFile { name: "annex-a.xlsx".into(), bytes: 9, hash: as_at.into() }],
        lists: Vec::new(),
        findings: Vec::new(),
        finding_rows: Vec::new(),
        rules_run: 1,
        records,
    }
}
