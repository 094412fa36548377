//! Extracts that show only the latest event: between two that are known, others may have gone unseen.

use vocabulary::day::Day;
use vocabulary::records::{Cell, Column, FieldType, Records, Source};

use super::{file, library_of};
use crate::assess::{Settings, assess};
use crate::outcome::Status;
use crate::picture::Picture;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// A plan from 1 January 2026 and visits, each with the last day on which a source showed it as the latest.
fn picture(visits: &[(&str, &str)], as_at: &str) -> Picture {
    let mut records = Records::default();
    let (person, list) = (records.words.add("001"), records.words.add("List 7"));
    let mut add = |kind: &str, field: &str, on: Day| {
        let table = records.table_mut(kind, &[(field, FieldType::Day)]);
        let row = u32::try_from(table.len()).expect("few");
        table.subject.push(person);
        table.source.push(Source { list, row });
        let Column::Days(cells) = &mut table.columns[0].1 else { panic!("days") };
        cells.push(Cell::Value(on));
    };
    add("protection_plan", "started_on", day("2026-01-01"));
    for (visited_on, _) in visits {
        add("protection_visit", "visited_on", day(visited_on));
    }
    let mut picture = Picture::of(records, day(as_at));
    for sheet in picture.sheets.iter_mut().filter(|sheet| sheet.table.kind == "protection_visit") {
        sheet.only_latest = true;
        sheet.shown_last_on = visits.iter().map(|(_, shown)| day(shown)).collect();
    }
    picture
}

fn answers(visits: &[(&str, &str)], as_at: &str) -> Vec<(Status, Option<String>)> {
    let operator = "kind = \"at_least_every\"\nfrom = \"started_on\"\n\
                    events = { record = \"protection_visit\", field = \"visited_on\" }\n\
                    intervals = [{ limit = 2, unit = \"weeks\" }]";
    answers_of("protection_plan", operator, visits, as_at)
}

fn answers_of(
    record: &str,
    operator: &str,
    visits: &[(&str, &str)],
    as_at: &str,
) -> Vec<(Status, Option<String>)> {
    let library = library_of(&[file("visits", record, operator, "")]);
    let all = assess(&library, &picture(visits, as_at), &Settings::default());
    let reason = |place: u16| all.reasons[usize::from(place)].clone();
    all.outcomes.iter().map(|outcome| (outcome.status, outcome.reason.map(reason))).collect()
}

const UNSEEN: &str = "the extract shows only the latest";

#[test]
fn a_long_gap_between_two_latest_visits_can_hold_others() {
    let visits = [("2026-02-02", "2026-02-09"), ("2026-03-02", "2026-03-09")];
    let expected = [(Status::CannotTell, Some(UNSEEN.to_owned())), (Status::Due, None)];
    assert_eq!(answers(&visits, "2026-03-09"), expected);
}

#[test]
fn a_visit_still_shown_as_the_latest_after_the_next_was_due_proves_the_gap() {
    let visits = [("2026-02-02", "2026-02-28"), ("2026-03-02", "2026-03-31")];
    assert_eq!(answers(&visits, "2026-03-31"), [(Status::Missed, None), (Status::Missed, None)]);
}

#[test]
fn a_short_gap_is_met_whatever_else_happened_in_it() {
    let visits = [("2026-02-02", "2026-02-09"), ("2026-02-16", "2026-02-28")];
    assert_eq!(answers(&visits, "2026-02-28"), [(Status::Met, None), (Status::Due, None)]);
}

#[test]
fn what_came_before_the_first_known_visit_is_not_judged() {
    assert_eq!(answers(&[("2026-05-01", "2026-05-10")], "2026-05-10"), [(Status::Due, None)]);
}

#[test]
fn a_plan_without_any_visit_shown_is_overdue() {
    // The sheet is there and holds nobody's visit: the source showed a blank.
    let mut bare = picture(&[("2026-02-02", "2026-02-09")], "2026-02-28");
    for sheet in bare.sheets.iter_mut().filter(|sheet| sheet.table.kind == "protection_visit") {
        sheet.table = sheet.table.reordered(&[]);
        sheet.subjects.clear();
        sheet.shown_last_on.clear();
    }
    let operator = "kind = \"at_least_every\"\nfrom = \"started_on\"\n\
                    events = { record = \"protection_visit\", field = \"visited_on\" }\n\
                    intervals = [{ limit = 2, unit = \"weeks\" }]";
    let library = library_of(&[file("visits", "protection_plan", operator, "")]);
    let all = assess(&library, &bare, &Settings::default());
    assert_eq!(all.outcomes.iter().map(|outcome| outcome.status).collect::<Vec<_>>(), [Status::Missed]);
}

const FIRST: &str = "kind = \"within\"\nfrom = \"started_on\"\nlimit = 2\nunit = \"weeks\"\n\
    to = { record = \"protection_visit\", field = \"visited_on\", pick = \"first on or after\", of = \"started_on\" }";

#[test]
fn the_first_known_visit_proves_a_first_one_in_time_but_none_late() {
    let of_plan = |visits: &[(&str, &str)]| answers_of("protection_plan", FIRST, visits, "2026-03-31");
    assert_eq!(of_plan(&[("2026-01-15", "2026-03-31")]), [(Status::Met, None)]);
    let unseen = [(Status::CannotTell, Some(UNSEEN.to_owned()))];
    assert_eq!(of_plan(&[("2026-03-02", "2026-03-31")]), unseen);
}

const NEXT: &str = "kind = \"within\"\nfrom = \"visited_on\"\nlimit = 2\nunit = \"weeks\"\n\
    to = { record = \"protection_visit\", field = \"visited_on\", pick = \"first after\", of = \"visited_on\" }";

#[test]
fn from_a_visit_to_the_next_a_long_gap_needs_proof_too() {
    let of_visits = |shown: &str| {
        let visits = [("2026-02-02", shown), ("2026-03-02", "2026-03-09")];
        answers_of("protection_visit", NEXT, &visits, "2026-03-09")
    };
    let unseen = (Status::CannotTell, Some(UNSEEN.to_owned()));
    assert_eq!(of_visits("2026-02-09"), [unseen, (Status::Due, None)]);
    assert_eq!(of_visits("2026-02-28"), [(Status::Missed, None), (Status::Due, None)]);
}

#[test]
fn the_second_known_visit_need_not_be_the_second() {
    let operator = "kind = \"before_event\"\nwhat = \"started_on\"\n\
        event = { record = \"protection_visit\", field = \"visited_on\", pick = \"first after\", of = \"started_on\", nth = 2 }";
    let visits = [("2026-02-02", "2026-02-09"), ("2026-03-02", "2026-03-09")];
    let unseen = [(Status::CannotTell, Some(UNSEEN.to_owned()))];
    assert_eq!(answers_of("protection_plan", operator, &visits, "2026-03-09"), unseen);
}

#[test]
fn the_latest_visit_before_a_day_is_known_when_it_was_still_shown_on_that_day() {
    let operator = "kind = \"within\"\nto = \"started_on\"\nlimit = 2\nunit = \"weeks\"\n\
        from = { record = \"protection_visit\", field = \"visited_on\", pick = \"latest before\", of = \"started_on\" }";
    let of_plan =
        |shown: &str| answers_of("protection_plan", operator, &[("2025-12-20", shown)], "2026-03-09");
    assert_eq!(of_plan("2026-01-31"), [(Status::Met, None)]);
    assert_eq!(of_plan("2025-12-24"), [(Status::CannotTell, Some(UNSEEN.to_owned()))]);
}

#[test]
fn a_list_that_no_source_holds_says_so_instead_of_answering() {
    let library = library_of(&[file("contacts", "contact", "kind = \"counted\"\non = \"received_on\"", "")]);
    let all = assess(&library, &picture(&[], "2026-02-28"), &Settings::default());
    assert!(all.outcomes.is_empty());
    assert_eq!(all.untold[0].reason, "no extract holds `contact`");
}
