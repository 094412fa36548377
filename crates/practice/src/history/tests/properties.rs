//! Random councils: a few children, a few days, so that keys collide and records come and go.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

type Rows = Vec<(u8, u8, u8)>;

/// Snapshots as (month, load, rows); a row is a child, a day and a code.
fn councils() -> impl Strategy<Value = Vec<(u8, u8, Rows)>> {
    let rows = prop::collection::vec((0..4_u8, 0..90_u8, 0..3_u8), 0..8);
    prop::collection::vec((0..5_u8, 0..3_u8, rows), 0..6)
}

fn written((_, _, rows): &(u8, u8, Rows)) -> Records {
    let line = |&(child, on, code): &(u8, u8, u8)| {
        let on = day("2026-01-01").plus_days(i32::from(on));
        format!(
            "child c{child} sex={code}\nenquiry c{child} started_on={on} led_to_plan={code}\nprotection_plan c{child} started_on={on} ended_on=- last_visit_on={on}"
        )
    };
    records(&rows.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn of<'a>(council: &[(u8, u8, Rows)], written: &'a [Records], collection: &'a str) -> Vec<Snapshot<'a>> {
    let snapshot = |(place, (month, load, _)): (usize, &(u8, u8, Rows))| {
        let as_at = day("2026-03-31").plus_months(i32::from(*month));
        let loaded_on = as_at.plus_days(i32::from(*load) * 20);
        Snapshot {
            as_at,
            loaded_on,
            load: u32::try_from(place).unwrap(),
            collection,
            records: &written[place],
        }
    };
    council.iter().enumerate().map(snapshot).collect()
}

fn everything(history: &History) -> String {
    let kinds: Vec<_> =
        history.picture.sheets.iter().map(|sheet| listed(&history.picture, &sheet.table.kind)).collect();
    format!(
        "{kinds:#?}{:?}{:?}{:?}{:?}{:?}",
        history.vanished, history.vanished_children, history.late, history.withdrawn, history.differences
    )
}

fn kinds(picture: &Picture) -> Vec<Vec<String>> {
    picture.sheets.iter().map(|sheet| listed(picture, &sheet.table.kind)).collect()
}

proptest! {
    #[test]
    fn the_order_in_which_snapshots_come_does_not_matter(council in councils(), turns in 0..6_usize) {
        let written: Vec<_> = council.iter().map(written).collect();
        let mut snapshots = of(&council, &written, "annex-a");
        let before = everything(&history(&snapshots));
        snapshots.reverse();
        let turns = turns.min(snapshots.len());
        snapshots.rotate_left(turns);
        prop_assert_eq!(everything(&history(&snapshots)), before);
    }

    #[test]
    fn the_same_snapshot_twice_changes_nothing(council in councils(), again in 0..6_usize) {
        let written: Vec<_> = council.iter().map(written).collect();
        let mut snapshots = of(&council, &written, "annex-a");
        let before = history(&snapshots);
        if let Some(&snapshot) = snapshots.get(again) {
            snapshots.push(snapshot);
            prop_assert_eq!(everything(&history(&snapshots)), everything(&before));
        }
    }

    #[test]
    fn the_newest_extract_loaded_again_leaves_the_picture_as_it_is(council in councils()) {
        let written: Vec<_> = council.iter().map(written).collect();
        let mut snapshots = of(&council, &written, "annex-a");
        let before = history(&snapshots).picture;
        let newest = snapshots.iter().max_by_key(|snapshot| (snapshot.as_at, snapshot.loaded_on, snapshot.load)).copied();
        if let Some(newest) = newest {
            snapshots.push(Snapshot { load: 99, ..newest });
            let after = history(&snapshots);
            prop_assert_eq!(kinds(&after.picture), kinds(&before));
            prop_assert!(after.differences[0].changed.is_empty() && after.differences[0].vanished.is_empty());
        }
    }

    #[test]
    fn before_the_first_load_nothing_is_known(council in councils()) {
        let written: Vec<_> = council.iter().map(written).collect();
        let history = known_on(&of(&council, &written, "annex-a"), "2026-03-30");
        prop_assert!(history.picture.sheets.is_empty() && history.differences.is_empty());
        prop_assert_eq!(history.picture.as_at, day("2026-03-30"));
    }

    #[test]
    fn one_snapshot_alone_is_the_picture_of_its_records(rows in prop::collection::vec((0..4_u8, 0..90_u8, 0..3_u8), 0..12)) {
        let council = [(0, 0, rows)];
        let written = [written(&council[0])];
        let merged = history(&of(&council, &written, "annex-a")).picture;
        let alone = Picture::of(written[0].clone(), day("2026-03-31"));
        for kind in ["enquiry", "protection_plan"] {
            let (mut merged, mut alone) = (listed(&merged, kind), listed(&alone, kind));
            merged.sort();
            alone.sort();
            prop_assert_eq!(merged, alone);
        }
    }

    /// The slow way: a map from key to the newest row, over a collection from which nothing can vanish.
    #[test]
    fn each_record_stands_as_its_newest_row(council in councils()) {
        let council: Vec<_> = council
            .into_iter()
            .map(|(month, load, mut rows)| {
                rows.sort_unstable();
                rows.dedup_by_key(|row| (row.0, row.1));
                (month, load, rows)
            })
            .collect();
        let written: Vec<_> = council.iter().map(written).collect();
        let snapshots = of(&council, &written, "a-register");
        let mut newest: BTreeMap<(u8, u8), (Day, Day, u32, u8)> = BTreeMap::new();
        for (snapshot, (_, _, rows)) in snapshots.iter().zip(&council) {
            for &(child, on, code) in rows {
                let row = (snapshot.as_at, snapshot.loaded_on, snapshot.load, code);
                newest.entry((child, on)).and_modify(|known| *known = row.max(*known)).or_insert(row);
            }
        }
        let expected: Vec<String> = newest
            .into_iter()
            .map(|((child, on), (as_at, _, _, code))| {
                let on = day("2026-01-01").plus_days(i32::from(on));
                format!("c{child} started_on={on} led_to_plan={code} {as_at}]")
            })
            .collect();
        let mut found: Vec<String> = listed(&history(&snapshots).picture, "enquiry")
            .iter()
            .map(|line| {
                let (record, shown) = line.split_once(" [").unwrap();
                format!("{record} {}", shown.split(' ').nth(1).unwrap())
            })
            .collect();
        found.sort();
        let mut expected = expected;
        expected.sort();
        prop_assert_eq!(found, expected);
    }
}
