//! What is listed as different between two extracts, and as recorded late.

use super::*;

fn two(older: &str, newer: &str) -> History {
    let parts = [("2026-03-31", records(older)), ("2026-04-30", records(newer))];
    history(&annex_a(&parts))
}

#[test]
fn each_changed_field_is_listed_with_what_stood_there_and_how_it_changed() {
    let history = two(
        "protection_plan ann started_on=2026-01-05 ended_on=- last_visit_on=2026-03-20 last_review_on=2026-03-25 latest_category=NEG team=North",
        "protection_plan ann started_on=2026-01-05 ended_on=2026-04-20 last_visit_on=2026-04-10 last_review_on=2026-03-24 latest_category=- team=South",
    );
    let words = &history.picture.words;
    let changes: Vec<_> = history.differences[0]
        .changed
        .iter()
        .map(|change| {
            let (before, after) = (shown_as(change.before, words), shown_as(change.after, words));
            format!("{} {before} {after} {:?}", words.text(change.field), change.manner)
        })
        .collect();
    assert_eq!(
        changes,
        [
            "ended_on - 2026-04-20 Filled",
            "latest_category NEG - Emptied",
            "last_visit_on 2026-03-20 2026-04-10 MovedOn",
            "last_review_on 2026-03-25 2026-03-24 Restated",
            "team North South Changed",
        ]
    );
}

#[test]
fn records_and_children_that_are_new_or_gone_are_listed() {
    let history = two(
        "child ann sex=F\nchild ben sex=M\nenquiry ann started_on=2026-03-01\nenquiry ben started_on=2025-10-10\nenquiry ben started_on=2026-03-05",
        "child ben sex=M\nchild cat sex=F\nenquiry ben started_on=2026-03-05\nenquiry cat started_on=2026-04-20",
    );
    let (words, found) = (&history.picture.words, &history.differences[0]);
    let names =
        |records: &[RecordName]| records.iter().map(|record| named(record, words)).collect::<Vec<_>>();
    assert_eq!(names(&found.appeared), ["child cat", "enquiry cat 2026-04-20"]);
    assert_eq!(names(&found.vanished), ["enquiry ann 2026-03-01"]);
    assert_eq!(names(&found.left), ["child ann", "enquiry ben 2025-10-10"]);
    assert_eq!(texts(&found.new_children, words), ["cat"]);
    assert_eq!(texts(&found.vanished_children, words), ["ann"]);
}

#[test]
fn records_that_cannot_be_told_apart_are_said_to_be_so_when_they_differ() {
    let history = two(
        "contact ann received_on=2026-03-01 source=6\ncontact ann received_on=2026-03-01 source=2A",
        "contact ann received_on=2026-03-01 source=2A\ncontact ann received_on=2026-03-01 source=1A",
    );
    let found = &history.differences[0];
    assert_eq!(found.cannot_tell.iter().map(|case| case.doubt).collect::<Vec<_>>(), [Doubt::SameKey]);
    assert!(found.changed.is_empty());
}

#[test]
fn an_event_is_late_when_an_earlier_extract_covers_its_day_without_it() {
    let cases = [
        // Up to ten days after it happened is in time.
        ("2026-04-20", false),
        // After the day of the earlier extract nothing could have been shown.
        ("2026-04-01", false),
        ("2026-03-31", true),
        ("2025-12-01", true),
        // Before the earlier window: it may have been there always.
        ("2025-09-20", false),
    ];
    for (received, late) in cases {
        let history = two(
            "referral ben received_on=2026-03-01",
            &format!("referral ben received_on=2026-03-01\nreferral ann received_on={received}"),
        );
        assert_eq!(history.late.len(), usize::from(late), "{received}");
        assert_eq!(history.differences[0].late, history.late, "{received}");
    }
}

#[test]
fn a_visit_first_shown_after_an_extract_that_showed_an_earlier_one_is_late() {
    let parts = [
        (
            "2026-02-28",
            records("protection_plan ann started_on=2026-01-05 ended_on=- last_visit_on=2026-02-10"),
        ),
        (
            "2026-03-31",
            records("protection_plan ann started_on=2026-01-05 ended_on=- last_visit_on=2026-02-10"),
        ),
        (
            "2026-04-30",
            records("protection_plan ann started_on=2026-01-05 ended_on=- last_visit_on=2026-03-10"),
        ),
        (
            "2026-05-31",
            records("protection_plan ann started_on=2026-01-05 ended_on=- last_visit_on=2026-05-30"),
        ),
    ];
    let history = history(&annex_a(&parts));
    let [late] = history.late.as_slice() else { panic!("one late visit, not {:?}", history.late) };
    assert_eq!((late.happened_on, late.first_shown_on), (day("2026-03-10"), day("2026-04-30")));
    assert_eq!(late.not_shown_on, day("2026-03-31"));
    assert!(history.differences[0].late.is_empty());
}

#[test]
fn each_collection_is_compared_with_itself() {
    let annex = [("2026-03-31", records("enquiry ann started_on=2026-03-01"))];
    let census = [
        ("2025-03-31", records("enquiry ben started_on=2024-05-01")),
        ("2026-03-31", records("enquiry ann started_on=2026-03-01")),
    ];
    let mut all = annex_a(&annex);
    all.extend(snapshots("cin", &census));
    let history = history(&all);
    let [only] = history.differences.as_slice() else { panic!("one comparison") };
    assert_eq!(history.picture.words.text(only.collection), "cin");
    assert_eq!(only.older.0, day("2025-03-31"));
}
