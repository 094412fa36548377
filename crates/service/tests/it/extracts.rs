//! Extracts: staged, sealed under random ids, made to count; and who may.

use service::acts::{CommitSnapshot, Seen, SetCouncilLimit, SetSnapshotAside, StageExtract};
use service::{ReadExtract, Refusal, Role};
use store::{Snapshot, SnapshotFile, SnapshotState};
use testkit::World;
use vocabulary::day::Day;
use vocabulary::records::{Cell, Column, FieldType, Records, Source};

/// Identifiers that no other text of a test would hold.
const ANN: &str = "0077-canary-ann";
const BEN: &str = "0078-canary-ben";

fn extract(as_at: &str, hash: &str) -> ReadExtract {
    let mut records = Records::default();
    let list = records.words.add("List 4");
    let subjects = [records.words.add(ANN), records.words.add(BEN), records.words.add(ANN)];
    for kind in ["child", "assessment"] {
        let table = records.table_mut(kind, &[("started_on", FieldType::Day)]);
        let rows = if kind == "child" { 2 } else { 3 };
        for (row, subject) in (0_u32..).zip(subjects).take(rows) {
            table.subject.push(subject);
            table.source.push(Source { list, row });
            let Column::Days(cells) = &mut table.columns[0].1 else { panic!("days") };
            cells.push(Cell::Value(Day(20_000)));
        }
    }
    ReadExtract {
        collection: "annex-a".into(),
        year: 2027,
        as_at: as_at.parse().unwrap(),
        files: vec![SnapshotFile { name: "annex-a.xlsx".into(), bytes: 9, hash: hash.into() }],
        lists: Vec::new(),
        findings: Vec::new(),
        finding_rows: vec![service::FindingRow {
            code: "day".into(),
            file: "annex-a.xlsx".into(),
            list: "List 4".into(),
            row: 2,
            column: "Date of Birth".into(),
            message: format!("“31/02/2012” of {ANN} is not a date"),
        }],
        rules_run: 1,
        records,
    }
}

async fn snapshots(world: &World) -> Vec<Snapshot> {
    world.service().snapshots(&world.scope(Role::Analyst)).await.unwrap()
}

#[tokio::test]
async fn a_loaded_child_can_be_found_nowhere_on_disk_under_the_councils_own_identifier() {
    let world = World::new().await;
    world.perform(Role::Analyst, StageExtract::of(extract("2026-08-31", "aa"))).await.unwrap();
    world.service().store.close().await;
    let mut read = 0;
    let mut folders = vec![world.database().folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            read += 1;
            for name in [ANN, BEN] {
                let found = bytes.windows(name.len()).any(|window| window == name.as_bytes());
                assert!(!found, "{} holds a child's identifier", path.display());
            }
        }
    }
    assert!(read >= 2, "the database and the sealed file were looked at");
}

#[tokio::test]
async fn the_same_child_has_the_same_random_id_in_every_snapshot() {
    let world = World::new().await;
    for (as_at, hash) in [("2026-07-31", "aa"), ("2026-08-31", "bb")] {
        world.perform(Role::Analyst, StageExtract::of(extract(as_at, hash))).await.unwrap();
    }
    let mut seen = Vec::new();
    for snapshot in snapshots(&world).await {
        let kept = world.service().kept(&world.scope(Role::Analyst), &snapshot).unwrap();
        let table = kept.records.table("assessment").unwrap();
        let ids: Vec<_> =
            table.subject.iter().map(|&word| kept.records.words.text(word).to_owned()).collect();
        assert_eq!(ids[0], ids[2]);
        assert_ne!(ids[0], ids[1]);
        assert_eq!(ids[0].len(), 32);
        seen.push(ids);
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn the_same_files_twice_change_nothing() {
    let world = World::new().await;
    world.perform(Role::Analyst, StageExtract::of(extract("2026-08-31", "aa"))).await.unwrap();
    let again = world.perform(Role::DataSteward, StageExtract::of(extract("2026-08-31", "aa"))).await;
    assert!(
        matches!(again, Err(Refusal::Invalid(ref problems)) if problems[0].message.contains("changes nothing"))
    );
    assert_eq!(snapshots(&world).await.len(), 1);
}

#[tokio::test]
async fn what_counts_is_never_set_aside_and_what_was_set_aside_never_counts() {
    let world = World::new().await;
    let first = world.perform(Role::Analyst, StageExtract::of(extract("2026-07-31", "aa"))).await.unwrap();
    let second = world.perform(Role::Analyst, StageExtract::of(extract("2026-08-31", "bb"))).await.unwrap();
    let seen = |id| Seen { id, version: 1 };
    world.perform(Role::Analyst, CommitSnapshot { snapshot: seen(first) }).await.unwrap();
    let reason = || "The wrong month".to_owned();
    let late = SetSnapshotAside { snapshot: Seen { id: first, version: 2 }, reason: reason() };
    assert!(matches!(world.perform(Role::Analyst, late).await, Err(Refusal::Invalid(_))));
    world
        .perform(Role::Analyst, SetSnapshotAside { snapshot: seen(second), reason: reason() })
        .await
        .unwrap();
    let late = CommitSnapshot { snapshot: Seen { id: second, version: 2 } };
    assert!(matches!(world.perform(Role::Analyst, late).await, Err(Refusal::Invalid(_))));
    let states: Vec<_> = snapshots(&world).await.iter().map(|snapshot| snapshot.state).collect();
    assert_eq!(states, [SnapshotState::Committed, SnapshotState::SetAside]);
}

#[tokio::test]
async fn an_extract_of_a_day_to_come_or_without_records_is_refused() {
    let world = World::new().await;
    let early = world.perform(Role::Analyst, StageExtract::of(extract("2027-08-31", "aa"))).await;
    assert!(matches!(early, Err(Refusal::Invalid(ref problems)) if problems[0].field == "as_at"));
    let mut empty = extract("2026-08-31", "aa");
    empty.records = Records::default();
    let empty = world.perform(Role::Analyst, StageExtract::of(empty)).await;
    assert!(matches!(empty, Err(Refusal::Invalid(ref problems)) if problems[0].field == "files"));
}

#[tokio::test]
async fn only_analysts_and_stewards_load_and_only_the_director_sets_limits() {
    let world = World::new().await;
    let mut number = 0;
    for role in Role::ALL {
        number += 1;
        let load = StageExtract::of(extract("2026-08-31", &format!("hash {number}")));
        let may = matches!(role, Role::Analyst | Role::DataSteward);
        assert_eq!(world.perform(role, load).await.is_ok(), may, "{} loads", role.name());
        let limit = SetCouncilLimit {
            standard: "cp-visit-interval".into(),
            limit: 10,
            basis: "Director's decision of 1 September 2026".into(),
        };
        assert_eq!(world.perform(role, limit).await.is_ok(), role == Role::Director, "{} sets", role.name());
    }
}

#[tokio::test]
async fn nobody_without_leave_to_read_children_opens_what_a_snapshot_keeps() {
    let world = World::new().await;
    world.perform(Role::Analyst, StageExtract::of(extract("2026-08-31", "aa"))).await.unwrap();
    let snapshot = snapshots(&world).await.remove(0);
    for role in Role::ALL {
        let may = matches!(role, Role::Director | Role::Analyst | Role::DataSteward);
        let kept = world.service().kept(&world.scope(role), &snapshot);
        assert_eq!(kept.is_ok(), may, "{}", role.name());
    }
}
