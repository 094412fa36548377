//! Which row of a record stands, and what has left or vanished.

use super::*;

#[test]
fn the_newest_source_of_a_record_wins_and_another_fills_the_fields_it_does_not_have() {
    let annex =
        [("2026-03-31", records("assessment ann started_on=2026-01-10 child_seen=yes authorised_on=-"))];
    let census = [(
        "2026-04-30",
        records(
            "assessment ann started_on=2026-01-10 authorised_on=2026-02-20 factors=4A
             assessment ben started_on=2026-01-12 authorised_on=2026-02-21 factors=4B",
        ),
    )];
    let mut all = annex_a(&annex);
    all.extend(snapshots("cin", &census));
    assert_eq!(
        listed(&history(&all).picture, "assessment"),
        [
            "ann started_on=2026-01-10 authorised_on=2026-02-20 child_seen=yes factors=4A [2026-03-31 2026-04-30]",
            // No source says whether Ben was seen, which is not the same as blank.
            "ben started_on=2026-01-12 authorised_on=2026-02-21 child_seen=? factors=4B [2026-04-30 2026-04-30]",
        ]
    );
}

#[test]
fn a_correction_of_the_same_day_wins_by_when_it_was_loaded_and_then_by_its_number() {
    let parts = [
        ("2026-03-31", records("referral ann received_on=2026-03-01 source=1A")),
        ("2026-03-31", records("referral ann received_on=2026-03-01 source=6")),
    ];
    let mut all = annex_a(&parts);
    assert_eq!(
        listed(&history(&all).picture, "referral"),
        ["ann received_on=2026-03-01 source=6 [2026-03-31 2026-03-31]"]
    );
    all[0].loaded_on = day("2026-04-02");
    assert_eq!(
        listed(&history(&all).picture, "referral"),
        ["ann received_on=2026-03-01 source=1A [2026-03-31 2026-03-31]"]
    );
}

#[test]
fn only_what_was_loaded_by_then_is_known() {
    let parts = [
        ("2026-03-31", records("referral ann received_on=2026-03-01 no_further_action=no")),
        ("2026-04-30", records("referral ann received_on=2026-03-01 no_further_action=yes")),
    ];
    let mut all = annex_a(&parts);
    all[1].loaded_on = day("2026-05-06");
    let picture = known_on(&all, "2026-05-05").picture;
    assert_eq!(picture.as_at, day("2026-03-31"));
    assert_eq!(
        listed(&picture, "referral"),
        ["ann received_on=2026-03-01 no_further_action=no [2026-03-31 2026-03-31]"]
    );
    assert_eq!(known_on(&all, "2026-05-06").picture.as_at, day("2026-04-30"));
}

/// A record in one extract, the day of the next extract that doesn't have it, and what became of it.
fn left_or_vanished(collection: &str, record: &str, as_at: &str, next: &str, beside: &str) -> &'static str {
    let kind = record.split(' ').next().unwrap();
    let other = record.replacen(" ann ", " zoe ", 1);
    let parts = [(as_at, records(record)), (next, records(&format!("{other}\n{beside}")))];
    let history = history(&snapshots(collection, &parts));
    let stays = listed(&history.picture, kind).iter().any(|line| line.starts_with("ann "));
    let doubt = history.differences[0]
        .cannot_tell
        .iter()
        .any(|doubt| named(&doubt.record, &history.picture.words).contains(" ann"));
    match (stays, history.vanished.is_empty(), doubt) {
        (false, false, false) => "vanished",
        (true, true, false) => "left",
        (true, true, true) => "cannot tell",
        other => panic!("{record}: {other:?}"),
    }
}

#[test]
fn what_the_window_would_still_show_has_vanished_and_what_it_would_not_has_left() {
    let (march, april, next_year) = ("2026-03-31", "2026-04-30", "2027-03-31");
    let cases = [
        ("contact ann received_on=2026-01-05", march, april, "vanished"),
        ("contact ann received_on=2025-10-05", march, april, "left"),
        ("contact ann received_on=2025-11-04", march, april, "left"), // the first days of a window can't be told
        ("contact ann received_on=?", march, april, "cannot tell"),
        ("early_help_assessment ann started_on=2025-02-01 completed_on=-", march, april, "vanished"),
        ("early_help_assessment ann started_on=2025-02-01 completed_on=2025-04-01", march, april, "left"),
        ("referral ann received_on=2026-01-05", march, april, "vanished"),
        ("assessment ann started_on=2024-01-05 authorised_on=-", march, april, "vanished"),
        ("assessment ann started_on=2024-01-05 authorised_on=-", march, next_year, "cannot tell"),
        ("assessment ann started_on=2025-09-05 authorised_on=2025-10-10", march, april, "left"),
        ("assessment ann started_on=2025-09-05 authorised_on=2026-01-10", march, april, "vanished"),
        ("assessment ann started_on=2025-09-05 authorised_on=?", march, april, "cannot tell"),
        ("enquiry ann started_on=2026-03-05", march, april, "vanished"),
        ("enquiry ann started_on=2025-10-05", march, april, "left"),
        ("child_in_need ann started_on=2024-03-05 ended_on=-", march, april, "vanished"),
        ("child_in_need ann started_on=2024-03-05 ended_on=2025-10-10", march, april, "left"),
        ("protection_plan ann started_on=2025-03-05 ended_on=-", march, april, "vanished"),
        ("protection_plan ann started_on=2025-03-05 ended_on=2026-01-10", march, april, "vanished"),
        ("looked_after_period ann started_on=2020-03-05 ended_on=2025-10-10", march, april, "left"),
        ("care_leaver ann eligibility=b", march, april, "left"),
        (
            "adoption ann entered_care_on=2023-01-05 order_on=2025-07-01 reversed_on=-",
            march,
            april,
            "vanished",
        ),
        ("adoption ann entered_care_on=2023-01-05 order_on=2025-04-20 reversed_on=-", march, april, "left"),
        ("adopter ann enquired_on=2023-01-05 left_on=2025-07-01", march, april, "vanished"),
        ("adopter ann enquired_on=2023-01-05 left_on=-", march, april, "cannot tell"),
    ];
    for (record, as_at, next, expected) in cases {
        assert_eq!(left_or_vanished("annex-a", record, as_at, next, ""), expected, "{record}, next {next}");
    }
}

#[test]
fn the_yearly_returns_show_the_year_from_april() {
    let cases = [
        ("ssda903", "care_review ann held_on=2025-06-01", "2026-01-31", "vanished"),
        ("ssda903", "care_review ann held_on=2025-06-01", "2026-04-30", "left"),
        (
            "ssda903",
            "care_episode ann started_on=2019-01-01 start_reason=S ended_on=-",
            "2026-01-31",
            "vanished",
        ),
        ("cin", "protection_review ann held_on=2025-04-01", "2026-03-31", "vanished"),
        ("cin", "referral ann received_on=2024-04-01 closed_on=2025-03-01", "2026-03-31", "left"),
        ("return-interviews", "missing_episode ann started_on=2025-06-01", "2026-03-31", "cannot tell"),
    ];
    for (collection, record, next, expected) in cases {
        assert_eq!(
            left_or_vanished(collection, record, "2025-12-31", next, ""),
            expected,
            "{record}, next {next}"
        );
    }
}

#[test]
fn in_a_list_of_one_record_a_child_a_later_one_takes_the_place_of_an_earlier() {
    let cases = [
        // Ended, and another began.
        ("2025-01-05", "2026-02-20", "2026-04-10", "left"),
        // Open when last shown; it must have ended when the next began, but no list says when.
        ("2025-01-05", "-", "2026-04-10", "cannot tell"),
        // The start was corrected: the record with the old start is gone.
        ("2025-01-05", "-", "2025-01-07", "vanished"),
        ("2025-01-05", "-", "2024-12-30", "vanished"),
    ];
    for (started, ended, later, expected) in cases {
        let record = format!("child_in_need ann started_on={started} ended_on={ended}");
        let beside = format!("child_in_need ann started_on={later} ended_on=-");
        let parts = [("2026-03-31", records(&record)), ("2026-04-30", records(&beside))];
        let history = history(&annex_a(&parts));
        let found = match (history.vanished.len(), history.differences[0].cannot_tell.len()) {
            (1, 0) => "vanished",
            (0, 1) => "cannot tell",
            (0, 0) => "left",
            other => panic!("{other:?}"),
        };
        assert_eq!(found, expected, "{record} and then {later}");
        assert_eq!(
            listed(&history.picture, "child_in_need").len(),
            if expected == "vanished" { 1 } else { 2 }
        );
    }
    let leaver = "care_leaver ann eligibility=b";
    let record = "child_in_need ann started_on=2024-03-05 ended_on=-";
    assert_eq!(left_or_vanished("annex-a", record, "2026-03-31", "2026-04-30", leaver), "left");
}

#[test]
fn a_record_that_comes_back_was_never_gone() {
    let parts = [
        ("2026-02-28", records("enquiry ann started_on=2026-02-01")),
        ("2026-03-31", records("enquiry ben started_on=2026-02-01")),
        ("2026-04-30", records("enquiry ann started_on=2026-02-01\nenquiry ben started_on=2026-02-01")),
    ];
    let history = history(&annex_a(&parts));
    assert_eq!(
        listed(&history.picture, "enquiry"),
        [
            "ann started_on=2026-02-01 [2026-02-28 2026-04-30]",
            "ben started_on=2026-02-01 [2026-03-31 2026-04-30]"
        ]
    );
    assert!(history.vanished.is_empty());
}

#[test]
fn an_extract_without_the_list_says_nothing_of_its_records() {
    let parts = [
        ("2026-03-31", records("enquiry ann started_on=2026-02-01")),
        ("2026-04-30", records("contact ben received_on=2026-04-01")),
    ];
    let history = history(&annex_a(&parts));
    assert_eq!(listed(&history.picture, "enquiry"), ["ann started_on=2026-02-01 [2026-03-31 2026-03-31]"]);
    assert_eq!(
        texts(&history.differences[0].supplied_by_one, &history.picture.words),
        ["contact", "enquiry"]
    );
}

#[test]
fn a_child_whose_every_record_vanished_is_named_and_leaves_the_picture() {
    let parts = [
        (
            "2026-03-31",
            records(
                "child ann sex=F\nchild ben sex=M\nprotection_plan ann started_on=2026-01-05 ended_on=- last_visit_on=2026-03-01\nenquiry ben started_on=2026-02-01",
            ),
        ),
        (
            "2026-04-30",
            records(
                "child ben sex=M\nprotection_plan cat started_on=2026-04-05 ended_on=- last_visit_on=-\nenquiry ben started_on=2026-02-01",
            ),
        ),
    ];
    let history = history(&annex_a(&parts));
    let words = &history.picture.words;
    assert_eq!(texts(&history.vanished_children, words), ["ann"]);
    assert_eq!(named(&history.vanished[0].record, words), "protection_plan ann 2026-01-05");
    assert_eq!(history.vanished[0].gone_on, day("2026-04-30"));
    assert_eq!(listed(&history.picture, "child"), ["ben sex=M [2026-03-31 2026-04-30]"]);
    assert!(listed(&history.picture, "protection_visit").is_empty());
}

#[test]
fn a_record_that_another_collection_shows_stays_and_is_still_listed_as_vanished() {
    let annex = [
        ("2026-03-31", records("enquiry ann started_on=2026-02-01 team=North")),
        ("2026-04-30", records("enquiry ben started_on=2026-02-01 team=North")),
    ];
    let census = [("2026-03-31", records("enquiry ann started_on=2026-02-01 conference_not_required=no"))];
    let mut all = annex_a(&annex);
    all.extend(snapshots("cin", &census));
    let history = history(&all);
    assert!(history.vanished[0].still_shown);
    // The team came from the collection that shows the record no more.
    assert_eq!(
        listed(&history.picture, "enquiry")[0],
        "ann started_on=2026-02-01 conference_not_required=no team=? [2026-03-31 2026-03-31]"
    );
}

#[test]
fn two_contacts_of_one_day_are_two_contacts() {
    let both = "contact ann received_on=2026-03-01 source=6\ncontact ann received_on=2026-03-01 source=2A";
    let parts = [("2026-03-31", records(both)), ("2026-04-30", records(both))];
    let history = history(&annex_a(&parts));
    assert_eq!(listed(&history.picture, "contact").len(), 2);
    assert!(history.differences[0].cannot_tell.is_empty());
}

#[test]
fn what_several_lists_say_of_a_person_is_one_record() {
    let parts = [("2026-03-31", records("child ann sex=F born_on=-\nchild ann sex=- born_on=2015-02-03"))];
    assert_eq!(
        listed(&history(&annex_a(&parts)).picture, "child"),
        ["ann sex=F born_on=2015-02-03 [2026-03-31 2026-03-31]"]
    );
}

#[test]
fn a_kind_that_no_catalogue_declares_is_taken_from_its_newest_list() {
    let mut older = records("");
    let mut newer = records("");
    for (records, names) in [(&mut older, ["ann", "ben"]), (&mut newer, ["ben", "cat"])] {
        for name in names {
            let (subject, list) = (records.words.add(name), records.words.add("Supervision"));
            let table = records.table_mut("supervision", &[]);
            table.subject.push(subject);
            table.source.push(Source { list, row: 0 });
        }
    }
    let parts = [("2026-03-31", older), ("2026-04-30", newer)];
    let picture = history(&snapshots("supervision", &parts)).picture;
    assert_eq!(listed(&picture, "supervision").len(), 2);
    assert!(listed(&picture, "supervision").iter().all(|line| !line.starts_with("ann")));
}

#[test]
fn a_row_taken_out_of_a_register_is_gone_and_what_lies_before_its_first_row_stays() {
    let april = records(
        "care_visit 1 visited_on=2026-01-05\ncare_visit 1 visited_on=2026-03-05\ncare_visit 2 visited_on=2026-04-02",
    );
    let may = records(
        "care_visit 1 visited_on=2026-03-06\ncare_visit 2 visited_on=2026-04-02\ncare_visit 2 visited_on=2026-03-01",
    );
    let parts = [("2026-04-30", april), ("2026-05-31", may)];
    let history = history(&snapshots("care_visit", &parts));
    let visits: Vec<String> = listed(&history.picture, "care_visit")
        .iter()
        .map(|line| line.split(" [").next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        visits,
        [
            "1 visited_on=2026-01-05",
            "1 visited_on=2026-03-06",
            "2 visited_on=2026-03-01",
            "2 visited_on=2026-04-02"
        ],
        "5 March was corrected to 6 March; January lies before the newer list begins"
    );
    assert_eq!(history.vanished.len(), 1);
}
