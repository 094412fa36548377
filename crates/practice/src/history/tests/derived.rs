//! Events out of latest dates, periods of care and placements out of episodes.

use super::*;

#[test]
fn each_latest_date_over_the_extracts_is_an_event() {
    let plan = |visited: &str, seen: &str| {
        records(&format!(
            "protection_plan ann started_on=2026-01-05 ended_on=- last_visit_on={visited} seen_alone={seen}"
        ))
    };
    let parts = [
        ("2026-02-28", plan("2026-02-10", "yes")),
        ("2026-03-31", plan("2026-03-11", "no")),
        ("2026-04-30", plan("2026-03-11", "no")),
    ];
    let picture = history(&annex_a(&parts)).picture;
    assert_eq!(
        listed(&picture, "protection_visit"),
        [
            "ann visited_on=2026-02-10 seen_alone=yes [2026-02-28 2026-02-28]",
            "ann visited_on=2026-03-11 seen_alone=no [2026-03-31 2026-04-30]",
        ]
    );
    assert!(picture.sheet("protection_visit").unwrap().only_latest);
}

#[test]
fn every_latest_date_of_annex_a_makes_its_event() {
    let parts = [(
        "2026-03-31",
        records(
            "protection_plan ann started_on=2026-01-05 last_review_on=2026-03-01
             looked_after_period ben started_on=2025-01-05 last_review_on=2026-03-02 last_visit_on=2026-03-03 last_health_assessment_on=2026-03-04 last_dental_check_on=2026-03-05
             care_leaver cat last_pathway_review_on=2026-03-06 last_contact_on=2026-03-07",
        ),
    )];
    let picture = history(&annex_a(&parts)).picture;
    for (kind, line) in [
        ("protection_review", "ann held_on=2026-03-01"),
        ("care_review", "ben held_on=2026-03-02"),
        ("care_visit", "ben visited_on=2026-03-03"),
        ("health_assessment", "ben held_on=2026-03-04"),
        ("dental_check", "ben held_on=2026-03-05"),
        ("pathway_review", "cat held_on=2026-03-06"),
        ("care_leaver_contact", "cat held_on=2026-03-07"),
    ] {
        assert_eq!(listed(&picture, kind), [format!("{line} [2026-03-31 2026-03-31]")], "{kind}");
    }
}

#[test]
fn a_latest_date_that_is_taken_back_is_no_event_and_is_named() {
    let period = |visit: &str| {
        records(&format!("looked_after_period ann started_on=2025-01-05 last_visit_on={visit}"))
    };
    let parts = [
        ("2026-01-31", period("2026-01-10")),
        ("2026-02-28", period("2026-02-20")),
        ("2026-03-31", period("2026-02-02")),
        ("2026-04-30", period("-")),
    ];
    let history = history(&annex_a(&parts));
    assert_eq!(
        listed(&history.picture, "care_visit"),
        [
            "ann visited_on=2026-01-10 [2026-01-31 2026-01-31]",
            "ann visited_on=2026-02-02 [2026-03-31 2026-03-31]"
        ]
    );
    let [withdrawn] = history.withdrawn.as_slice() else { panic!("one date taken back") };
    assert_eq!((withdrawn.was, withdrawn.is), (day("2026-02-20"), day("2026-02-02")));
}

#[test]
fn a_list_of_every_review_wins_for_its_days_and_latest_dates_fill_in_the_others() {
    let period = |review: &str| {
        records(&format!("looked_after_period ann started_on=2025-01-05 last_review_on={review}"))
    };
    let annex = [
        ("2025-03-31", period("2025-02-01")),
        ("2025-10-31", period("2025-08-03")),
        ("2026-03-31", period("2026-02-05")),
        ("2026-05-31", period("2026-05-07")),
    ];
    let returns = [(
        "2026-03-31",
        records(
            "care_review ann held_on=2025-08-02 participation=PN1\ncare_review ann held_on=2026-02-05 participation=PN1",
        ),
    )];
    let mut all = annex_a(&annex);
    all.extend(snapshots("ssda903", &returns));
    let picture = history(&all).picture;
    assert_eq!(
        listed(&picture, "care_review"),
        [
            "ann held_on=2025-02-01 participation=? [2025-03-31 2025-03-31]",
            "ann held_on=2025-08-02 participation=PN1 [2026-03-31 2026-03-31]",
            "ann held_on=2026-02-05 participation=PN1 [2026-03-31 2026-03-31]",
            "ann held_on=2026-05-07 participation=? [2026-05-31 2026-05-31]",
        ]
    );
    assert!(!picture.sheet("care_review").unwrap().only_latest);
}

#[test]
fn a_plan_whose_start_was_corrected_keeps_the_childs_visits() {
    let plan = |started: &str, visited: &str| {
        records(&format!("protection_plan ann started_on={started} ended_on=- last_visit_on={visited}"))
    };
    let parts =
        [("2026-02-28", plan("2026-01-05", "2026-02-10")), ("2026-03-31", plan("2026-01-06", "2026-03-10"))];
    let history = history(&annex_a(&parts));
    assert_eq!(history.vanished.len(), 1);
    assert_eq!(listed(&history.picture, "protection_visit").len(), 2);
}

/// Episodes written as `start reason type ended end-reason`; periods and placements as `start end`.
fn spells(episodes: &[&str], kind: &str) -> Vec<String> {
    let line = |episode: &&str| {
        let [started, reason, placement, ended, end] = episode.split(' ').collect::<Vec<_>>()[..] else {
            panic!()
        };
        format!(
            "care_episode ann started_on={started} start_reason={reason} legal_status=C2 placement_type={placement} placement_provider=PR1 ended_on={ended} end_reason={end}"
        )
    };
    let lines: Vec<String> = episodes.iter().map(line).collect();
    let parts = [("2026-03-31", records(&lines.join("\n")))];
    let picture = history(&snapshots("ssda903", &parts)).picture;
    let sheet = picture.sheet(kind).expect("made");
    let cell = |field: &str, row| {
        shown_as(Value::of(sheet.table.column(field).unwrap(), row, |word| word), &picture.words)
    };
    (0..sheet.table.len())
        .map(|row| format!("{} {}", cell("started_on", row), cell("ended_on", row)))
        .collect()
}

#[test]
fn a_period_of_care_is_a_chain_of_episodes() {
    let cases: [(&[&str], &[&str]); 5] = [
        // Still open, after a change of placement.
        (&["2025-05-01 S U4 2025-07-01 X1", "2025-07-01 P U5 - -"], &["2025-05-01 -"]),
        // Two periods.
        (
            &["2025-05-01 S U4 2025-07-01 E4A", "2025-09-01 S U4 - -"],
            &["2025-05-01 2025-07-01", "2025-09-01 -"],
        ),
        // The first episode shown isn't the first of the period: its start can't be told.
        (&["2025-05-01 L U4 2025-07-01 E8"], &["? 2025-07-01"]),
        // The episode that follows isn't shown: the end can't be told.
        (&["2025-05-01 S U4 2025-07-01 X1"], &["2025-05-01 ?"]),
        (&["2025-05-01 S U4 2025-07-01 ?"], &["2025-05-01 2025-07-01"]),
    ];
    for (episodes, expected) in cases {
        assert_eq!(spells(episodes, "looked_after_period"), expected, "{episodes:?}");
    }
}

#[test]
fn a_placement_begins_with_a_new_home_and_a_temporary_one_does_not_break_it() {
    let cases: [(&[&str], &[&str]); 5] = [
        (
            &["2025-05-01 S U4 2025-07-01 X1", "2025-07-01 P U5 - -"],
            &["2025-05-01 2025-07-01", "2025-07-01 -"],
        ),
        // Only the legal status changed.
        (&["2025-05-01 S U4 2025-07-01 X1", "2025-07-01 L U4 - -"], &["2025-05-01 -"]),
        // In hospital and back.
        (
            &["2025-05-01 S U4 2025-07-01 X1", "2025-07-01 P T1 2025-07-09 X1", "2025-07-09 P U4 - -"],
            &["2025-05-01 -"],
        ),
        // In hospital and then elsewhere.
        (
            &["2025-05-01 S U4 2025-07-01 X1", "2025-07-01 P T1 2025-07-09 X1", "2025-07-09 P K2 - -"],
            &["2025-05-01 2025-07-09", "2025-07-09 -"],
        ),
        // Two periods never share a placement.
        (
            &["2025-05-01 S U4 2025-07-01 E4A", "2025-07-01 S U4 - -"],
            &["2025-05-01 2025-07-01", "2025-07-01 -"],
        ),
    ];
    for (episodes, expected) in cases {
        assert_eq!(spells(episodes, "placement"), expected, "{episodes:?}");
    }
}

#[test]
fn a_period_that_annex_a_lists_is_not_made_again() {
    let annex = [("2026-03-31", records("looked_after_period ann started_on=2025-05-02 ended_on=-"))];
    let episodes = "care_episode ann started_on=2025-05-01 start_reason=S ended_on=- end_reason=- legal_status=V2
        care_episode ann started_on=2025-04-01 start_reason=S ended_on=2025-04-10 end_reason=E4A legal_status=V2
        care_episode ben started_on=2025-06-01 start_reason=S ended_on=- end_reason=- legal_status=C1";
    let returns = [("2026-03-31", records(episodes))];
    let mut all = annex_a(&annex);
    all.extend(snapshots("ssda903", &returns));
    let picture = history(&all).picture;
    let periods: Vec<String> = listed(&picture, "looked_after_period")
        .iter()
        .map(|line| line.split(" ended").next().unwrap().to_owned())
        .collect();
    assert_eq!(
        periods,
        ["ann started_on=2025-04-01", "ann started_on=2025-05-02", "ben started_on=2025-06-01"]
    );
    let sheet = picture.sheet("looked_after_period").unwrap();
    assert_eq!(sheet.table.column("legal_status_on").unwrap().day(2), Cell::Value(day("2025-06-01")));
    assert_eq!(sheet.table.column("legal_status_on").unwrap().day(1), Cell::Unreadable);
}
