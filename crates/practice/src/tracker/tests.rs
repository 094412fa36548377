//! Who is on a tracker, what it says of them, and what a writer of trackers is told.

use vocabulary::records::{FieldType, Records, Source};

use super::*;
use crate::assess::{Settings, assess};
use crate::history::{Question, Snapshot};
use crate::shipped;

const LONG_PLANS: &str = r#"+++
code = "long-plans"
title = "Long plans"
theme = "child-protection"
tracks = "children on long plans"
order = "soonest-due"

[[entry]]
standard = "cp-plan-panel-12m"
due_within_days = 60

[[column]]
standard = "cp-plan-panel-12m"
heading = "Panel by twelve months"

[[column]]
standard = "cp-review-first-3m"
heading = "First review"

[[fact]]
record = "plan_panel_review"
field = "outcome"
heading = "The panel decided"
+++

Children on long plans.
"#;

fn library_with(text: &str) -> (Library, Vec<String>) {
    let mut files: Vec<LibraryFile> =
        shipped::files().into_iter().filter(|file| !file.path.contains("/trackers/")).collect();
    files.push(LibraryFile { path: "trackers/long-plans.md".to_owned(), text: text.to_owned() });
    let (library, problems) = Library::load(&files, &[]);
    (library, problems.iter().map(ToString::to_string).collect())
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// Plans and panel reviews: child, kind, days and codes by field.
/// A record: its kind, its child, its fields with what stands in them.
type Row<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

fn records(rows: &[Row<'_>]) -> Records {
    let mut records = Records::default();
    let list = records.words.add("List 7");
    let plan = [("started_on", FieldType::Day), ("ended_on", FieldType::Day)];
    let review = [("reviewed_on", FieldType::Day), ("outcome", FieldType::Code)];
    for (child, kind, cells) in rows {
        let subject = records.words.add(child);
        let fields: &[(&str, FieldType)] = if *kind == "protection_plan" { &plan } else { &review };
        let words: Vec<Word> = cells.iter().map(|(_, text)| records.words.add(text)).collect();
        let table = records.table_mut(kind, fields);
        table.subject.push(subject);
        table.source.push(Source { list, row: u32::try_from(table.subject.len() - 1).unwrap() });
        for (name, column) in &mut table.columns {
            let cell = cells.iter().position(|(field, _)| field == name);
            match (cell, column) {
                (None, column) => column.push_blank(),
                (Some(place), Column::Days(days)) => days.push(Cell::Value(day(cells[place].1))),
                (Some(place), Column::Words(cells)) => cells.push(Cell::Value(words[place])),
                _ => panic!("days and codes"),
            }
        }
    }
    records
}

fn history(library: &Library, snapshots: &[(&str, &Records)]) -> History {
    let snapshots: Vec<Snapshot<'_>> = (0..)
        .zip(snapshots)
        .map(|(load, (as_at, records))| Snapshot {
            as_at: day(as_at),
            loaded_on: day(as_at),
            load,
            collection: "annex-a",
            records,
        })
        .collect();
    let (known_on, late_after_days) = (day("2099-12-31"), 3);
    History::of(&snapshots, &Question { known_on, late_after_days, catalogue: &library.catalogue })
}

#[test]
fn children_on_long_plans_are_on_it_the_soonest_first_until_the_plan_ends() {
    let (library, problems) = library_with(LONG_PLANS);
    assert_eq!(problems, [""; 0]);
    let records = records(&[
        ("new", "protection_plan", &[("started_on", "2026-04-01")]),
        ("near", "protection_plan", &[("started_on", "2025-06-20")]),
        ("late", "protection_plan", &[("started_on", "2025-03-01")]),
        ("seen", "protection_plan", &[("started_on", "2025-02-01")]),
        ("over", "protection_plan", &[("started_on", "2025-01-01"), ("ended_on", "2026-05-01")]),
        ("seen", "plan_panel_review", &[("reviewed_on", "2026-01-10"), ("outcome", "change")]),
    ]);
    let history = history(&library, &[("2026-05-31", &records)]);
    let outcomes = assess(&library, &history.picture, &Settings::default());
    let tracker = &library.trackers[0];
    let children = tracker.children(&library, &history.picture, &outcomes);
    let names: Vec<&str> = children.iter().map(|child| history.picture.words.text(child.subject)).collect();
    assert_eq!(names, ["late", "near", "seen"]);
    let answer = |child: usize, column: usize| {
        children[child].answers[column].map(|place| State::of(&outcomes.outcomes[place]))
    };
    assert_eq!(answer(0, 0), Some(State::Late));
    assert_eq!(answer(1, 0), Some(State::Due));
    assert_eq!(answer(2, 0), Some(State::Met));
    assert_eq!(children[0].since, Some(day("2025-03-01")));
    assert_eq!(children[2].facts, ["The plan changes"], "the code's label");
    assert_eq!(children[0].facts, [""]);
}

#[test]
fn a_child_whose_plan_vanishes_without_an_end_is_told_of() {
    let (library, _) = library_with(LONG_PLANS);
    let long: (&str, &str, &[(&str, &str)]) = ("gone", "protection_plan", &[("started_on", "2025-03-01")]);
    let stays: (&str, &str, &[(&str, &str)]) = ("stays", "protection_plan", &[("started_on", "2025-03-01")]);
    let (april, may) = (records(&[long, stays]), records(&[stays]));
    let history = history(&library, &[("2026-04-30", &april), ("2026-05-31", &may)]);
    let outcomes = assess(&library, &history.picture, &Settings::default());
    let tracker = &library.trackers[0];
    let children = tracker.children(&library, &history.picture, &outcomes);
    let dropped = tracker.dropped(&library, &history, &children, day("2026-05-31"));
    let told: Vec<(&str, Day)> =
        dropped.iter().map(|gone| (history.picture.words.text(gone.subject), gone.gone_on)).collect();
    assert_eq!(told, [("gone", day("2026-05-31"))]);
    assert!(tracker.dropped(&library, &history, &children, day("2027-05-31")).is_empty(), "long ago");
}

#[test]
fn a_writer_of_trackers_is_told_what_there_is() {
    let told = |before: &str, after: &str| {
        assert!(LONG_PLANS.contains(before));
        let (library, problems) = library_with(&LONG_PLANS.replacen(before, after, 1));
        (library.trackers.len(), problems.join("\n"))
    };
    let (kept, problem) = told("standard = \"cp-review-first-3m\"", "standard = \"cp-review-first\"");
    assert_eq!(kept, 0);
    assert!(problem.starts_with(
        "trackers/long-plans.md:17: unknown standard `cp-review-first`; those of this theme are"
    ));
    assert!(problem.contains("cp-review-first-3m"));
    let (_, problem) = told("field = \"outcome\"", "field = \"result\"");
    assert!(
        problem
            .contains("unknown field `result` of `plan_panel_review`; its fields are reviewed_on, outcome")
    );
    let (_, problem) = told("due_within_days = 60", "");
    assert!(problem.contains("`due_within_days` or `since_days`"));
    let (_, problem) = told("code = \"long-plans\"", "code = \"plans\"");
    assert!(problem.contains("is not the file's name"));
    let (_, problem) = told(
        "record = \"plan_panel_review\"\nfield = \"outcome\"",
        "record = \"child\"\nfield = \"born_on\"",
    );
    assert!(problem.contains("which no tracker shows"), "{problem}");
}

#[test]
fn every_shipped_tracker_is_sound_and_there_are_enough_of_them() {
    let (library, problems) = Library::load(&shipped::files(), &[]);
    assert!(problems.is_empty(), "{problems:?}");
    assert!(library.trackers.len() >= 10, "{}", library.trackers.len());
}
