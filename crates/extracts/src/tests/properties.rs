//! One bad cell changes its own row's answers and nothing else, and neither order nor threads matter.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::reading_of;
use crate::{Collection, Reading};

const HEADINGS: &str = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of referral,Referral Source,\
                        Referral NFA?,Number of Referrals in Last 12 Months,Allocated Team,Allocated Worker";

/// Rows of different children, some with faults, so that no row's answers rest on another's.
fn rows(count: usize) -> Vec<Vec<String>> {
    let row = |number: usize| {
        let date = match number % 5 {
            0 => "03/13/2026".to_owned(),
            1 => "01/01/2062".to_owned(),
            _ => format!("{:02}/03/2026", number % 28 + 1),
        };
        let child = format!("{number:05}");
        let cells = [
            child.as_str(),
            if number.is_multiple_of(7) { "X" } else { "M" },
            "WBRI",
            "01/02/2016",
            if number.is_multiple_of(3) { "10.5" } else { "10" },
            date.as_str(),
            "6",
            "No",
            "1",
            if number.is_multiple_of(4) { "" } else { "North" },
            "A",
        ];
        cells.map(str::to_owned).to_vec()
    };
    (0..count).map(row).collect()
}

fn read(rows: &[Vec<String>]) -> Reading {
    let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    let csv = format!("{HEADINGS}\n{}\n", lines.join("\n"));
    reading_of(Collection::AnnexA, &[("a.csv", csv.as_bytes())])
}

/// What is found of each row: rule, row, column.
fn found(reading: &Reading, row_of: impl Fn(u32) -> u32) -> BTreeSet<(&'static str, u32, String)> {
    let rows = reading.findings.iter().filter_map(|finding| Some((finding, finding.row?)));
    rows.map(|(finding, row)| {
        (finding.code, row_of(row), reading.column(finding).unwrap_or_default().to_owned())
    })
    .collect()
}

fn unsure(reading: &Reading) -> u32 {
    reading.runs.iter().flat_map(|run| &run.cannot_tell).map(|(_, rows)| rows).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_bad_cell_changes_the_answers_of_its_row_alone(row in 0..12_usize, column in 1..11_usize, bad in 0..4_usize) {
        let clean = rows(12);
        let mut spoilt = clean.clone();
        spoilt[row][column] = ["31/02/2026", "#REF!", "nonsense", ""][bad].to_owned();
        let (before, after) = (read(&clean), read(&spoilt));
        let others = |reading: &Reading| {
            found(reading, |row| row).into_iter().filter(|(_, other, _)| *other as usize != row).collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(others(&before), others(&after));
        // At most each rule can be unsure of the one row.
        prop_assert!(unsure(&after) <= unsure(&before) + 17);
        prop_assert_eq!(before.records.len(), after.records.len());
    }

    #[test]
    fn the_order_of_rows_changes_nothing_but_their_numbers(order in Just((0..12_u32).collect::<Vec<_>>()).prop_shuffle()) {
        let mut straight = rows(12);
        // Some rows that do rest on each other: the same child twice, and the same row twice.
        straight[3] = straight[2].clone();
        straight[5][0] = "00006".to_owned();
        straight[5][3] = "05/02/2016".to_owned();
        let shuffled: Vec<Vec<String>> = order.iter().map(|&row| straight[row as usize].clone()).collect();
        let (one, other) = (read(&straight), read(&shuffled));
        prop_assert_eq!(found(&one, |row| row), found(&other, |row| order[row as usize]));
        let mut children = [&one, &other].map(|reading| super::records(&reading.records, "child", &["sex", "born_on"]));
        children.iter_mut().for_each(|children| children.sort());
        prop_assert_eq!(&children[0], &children[1]);
    }
}

#[test]
fn one_thread_and_many_find_the_same() {
    let rows = rows(200);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| read(&rows).findings)
    };
    assert_eq!(with(1), with(4));
}
