//! The groups of the children in need census.

use std::collections::BTreeMap;

use super::*;
use crate::census::{self, Census};
use crate::life::season::is_weekend;
use crate::write::document::document;

fn inside(group: &Table, of: usize) -> impl Iterator<Item = &Vec<Cell>> {
    let rows = group.rows.iter().zip(&group.parents);
    rows.filter(move |(_, parent)| **parent as usize == of).map(|(row, _)| row)
}

#[test]
fn no_group_has_a_fault() {
    let council = council();
    for year in [2022, 2025, 2027] {
        let census = census::census(&council, year);
        let ends = Day::new(year, 3, 31).unwrap();
        for table in census.tables().iter().skip(1) {
            check_cells(table, ends);
        }
        check_order(&census.details, &["CINreferralDate", "CINclosureDate"]);
        check_order(&census.assessments, &["AssessmentActualStartDate", "AssessmentAuthorisationDate"]);
        check_order(&census.plans, &["CINPlanStartDate", "CINPlanEndDate"]);
        check_order(&census.enquiries, &["S47ActualStartDate", "DateOfInitialCPC"]);
        check_order(&census.protection, &["CPPstartDate", "CPPendDate"]);
        check_order(
            &census.pre_proceedings,
            &["PPStartDate", "LBPSentDate", "InitialPPMeetingDate", "StepDecisionDate"],
        );
        assert_eq!(census.pre_proceedings.rows.is_empty(), year < 2027);
        (0..census.details.rows.len()).for_each(|details| check_details(&census, details));
    }
}

fn check_details(census: &Census, at: usize) {
    let (table, row) = (&census.details, &census.details.rows[at]);
    let referred = day_in(table, row, "CINreferralDate").unwrap();
    let closed = day_in(table, row, "CINclosureDate");
    assert_eq!(closed.is_some(), !text_in(table, row, "ReasonForClosure").is_empty());
    let groups =
        [&census.assessments, &census.plans, &census.enquiries, &census.protection, &census.pre_proceedings];
    for group in groups {
        for inner in inside(group, at) {
            assert_ne!(text_in(table, row, "ReferralNFA"), "true", "activity after a referral without any");
            assert!(inner.iter().all(|cell| !matches!(cell, Cell::Day(day) if *day < referred)));
            let open = group
                .column("CPPendDate")
                .or(group.column("CINPlanEndDate"))
                .or(group.column("AssessmentAuthorisationDate"));
            assert!(
                closed.is_none() || open.is_none_or(|end| !inner[end].is_blank()),
                "open in a closed case"
            );
        }
    }
    let conferences: Vec<Day> = inside(&census.enquiries, at)
        .filter_map(|row| day_in(&census.enquiries, row, "DateOfInitialCPC"))
        .collect();
    assert!(conferences.iter().all(|day| !is_weekend(*day)));
    for assessment in inside(&census.assessments, at) {
        let authorised = day_in(&census.assessments, assessment, "AssessmentAuthorisationDate").is_some();
        let factors = text_in(&census.assessments, assessment, "AssessmentFactors");
        assert_eq!(authorised, !factors.is_empty());
        assert!(!factors.contains("21") || factors == "21");
    }
}

#[test]
fn plans_begin_with_their_conference_and_are_reviewed_after() {
    let census = census::census(&council(), 2026);
    let year_begins = Day::new(2025, 4, 1).unwrap();
    for (number, (plan, parent)) in census.protection.rows.iter().zip(&census.protection.parents).enumerate()
    {
        let started = day_in(&census.protection, plan, "CPPstartDate").unwrap();
        let mut held = inside(&census.enquiries, *parent as usize)
            .filter_map(|row| day_in(&census.enquiries, row, "DateOfInitialCPC"));
        assert!(started < year_begins || held.any(|held| held == started));
        let mut reviews =
            inside(&census.reviews, number).filter_map(|row| day_in(&census.reviews, row, "CPPreviewDate"));
        assert!(reviews.all(|review| review > started));
    }
}

#[test]
fn a_child_stands_once_with_one_case_at_a_time() {
    let census = census::census(&council(), 2026);
    let mut children: BTreeMap<String, usize> = BTreeMap::new();
    for (row, child) in census.children.rows.iter().enumerate() {
        assert_eq!(children.insert(child[0].shown(), row), None);
        let born = ["PersonBirthDate", "ExpectedPersonBirthDate"]
            .map(|column| day_in(&census.children, child, column));
        assert_eq!(born.iter().flatten().count(), 1);
        let mut cases: Vec<(Day, Option<Day>)> = inside(&census.details, row)
            .filter(|row| text_in(&census.details, row, "ReferralNFA") == "false")
            .map(|row| {
                (
                    day_in(&census.details, row, "CINreferralDate").unwrap(),
                    day_in(&census.details, row, "CINclosureDate"),
                )
            })
            .collect();
        cases.sort();
        assert!(cases.windows(2).all(|pair| pair[0].1.is_some_and(|closed| closed <= pair[1].0)));
    }
}

#[test]
fn the_document_names_groups_in_the_order_of_the_schema_and_escapes_text() {
    let mut census = census::census(&Council::simulate(2, 150), 2024);
    census.children.rows[0][0] = Cell::from("<&>");
    let text = String::from_utf8(document(&census)).unwrap();
    assert!(text.contains("<LAchildID>&lt;&amp;&gt;</LAchildID>"));
    assert!(text.contains("<GenderCurrent>1</GenderCurrent>") && !text.contains("<Sex>"));
    assert_eq!(text.matches("<CINdetails>").count(), census.details.rows.len());
    assert_eq!(text.matches("<CPPreviewDate>").count(), census.reviews.rows.len());
    let order = [
        "<CINreferralDate>",
        "<Assessments>",
        "<CINPlanDates>",
        "<Section47>",
        "<ReferralNFA>",
        "<ChildProtectionPlans>",
    ];
    for case in text.split("<CINdetails>").skip(1) {
        let places: Vec<usize> =
            order.iter().filter_map(|name| case.split("</CINdetails>").next()?.find(name)).collect();
        assert!(places.is_sorted(), "{case}");
    }
}
