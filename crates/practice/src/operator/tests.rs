//! What each operator says at its edges, as tables of worked examples; and what holds of every operator.

mod latest;
mod properties;

use vocabulary::records::Catalogue;

use crate::example;
use crate::library::{Library, LibraryFile};

/// A register with moments, for hours.
const MISSING: &str = "+++
name = \"missing\"
title = \"Missing episodes\"
subject = \"child\"
[[field]]
name = \"ended_at\"
type = \"moment\"
class = \"C3\"
key = true
column = \"Found\"
meaning = \"when the child was found\"
[[field]]
name = \"interviewed_at\"
type = \"moment\"
class = \"C3\"
column = \"Interviewed\"
meaning = \"when the return interview was held\"
+++
";

/// A standard's file from its record, its operator and its table.
fn file(code: &str, record: &str, operator: &str, table: &str) -> LibraryFile {
    let limit = if operator.contains("\"council\"") {
        "[council_limit]\nmeaning = \"how long\"\nunit = \"working days\"\n"
    } else {
        ""
    };
    let text = format!(
        "+++\ncode = \"{code}\"\ntitle = \"A standard\"\ntheme = \"oversight\"\nbasis = \"local\"\n\
         status = \"verified\"\nsource = \"none\"\n[population]\nrecord = \"{record}\"\n\
         [operator]\n{operator}\n{limit}[indicator]\ncount_by = \"completed\"\nshow = \"met\"\n\
         polarity = \"high\"\nsentence = \"of all\"\n+++\n## What it asks\n## Why\n## Limits of the data\n\
         ## Worked examples\n\n{table}\n"
    );
    LibraryFile { path: format!("library/standards/tests/{code}.md"), text }
}

fn library_of(files: &[LibraryFile]) -> Library {
    let mut all = vec![LibraryFile { path: "registers/missing.md".to_owned(), text: MISSING.to_owned() }];
    all.extend_from_slice(files);
    let (library, problems) = Library::load(&all, &[]);
    let serious = problems.iter().filter(|problem| !problem.what.contains("worked examples"));
    assert_eq!(serious.map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    assert!(library.catalogue.kinds.len() > Catalogue::national().kinds.len());
    library
}

/// Runs a table; every row has to come out as it says.
fn check(record: &str, operator: &str, table: &str) {
    let library = library_of(&[file("standard", record, operator, table.trim())]);
    let wrong: Vec<String> = example::problems(&library).iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!example::run(&library.standards[0], &library).is_empty());
}

#[test]
fn within_counts_to_the_due_day_and_no_further_than_the_end() {
    check(
        "child_in_need",
        r#"kind = "within"
        from = "started_on"
        to = "last_seen_on"
        until = "ended_on"
        limit = 5
        unit = "working days""#,
        "
| example | as at | started_on | last_seen_on | ended_on | answer | due on |
| --- | --- | --- | --- | --- | --- | --- |
| on the last day | 2026-06-30 | 2026-06-01 | 2026-06-08 | | met | 2026-06-08 |
| a weekend counts as the Friday | 2026-06-30 | 2026-06-05 | 2026-06-14 | | met | 2026-06-12 |
| no stop, and it is the weekend after | 2026-06-13 | 2026-06-05 | | | missed | 2026-06-12 |
| not seen, ended the day before it was due | 2026-06-30 | 2026-06-01 | | 2026-06-05 | not applicable | 2026-06-08 |
| not seen, ended on the due day | 2026-06-30 | 2026-06-01 | | 2026-06-08 | missed | 2026-06-08 |
| seen long after an early end | 2026-06-30 | 2026-06-01 | 2026-06-22 | 2026-06-03 | not applicable | |
| seen in time, after an early end | 2026-06-30 | 2026-06-01 | 2026-06-05 | 2026-06-03 | met | |
| the end can't be read, and it was in time | 2026-06-30 | 2026-06-01 | 2026-06-05 | ? | met | |
| the end can't be read, and nothing was done | 2026-06-30 | 2026-06-01 | | ? | cannot tell | |
| the end can't be read, and it runs | 2026-06-05 | 2026-06-01 | | ? | due | |
| seen before it started | 2026-06-30 | 2026-06-10 | 2026-06-09 | | cannot tell | |
| planned for later is not done | 2026-06-05 | 2026-06-01 | 2026-06-08 | | due | 2026-06-08 |
| a start to come | 2026-06-05 | 2026-06-22 | | | not applicable | |
| a start without a date | 2026-06-05 | | | | cannot tell | |
",
    );
}

#[test]
fn hours_are_counted_by_the_clock_over_its_changes() {
    check(
        "missing",
        r#"kind = "within"
        from = "ended_at"
        to = "interviewed_at"
        limit = 72
        unit = "hours""#,
        "
| example | as at | ended_at | interviewed_at | answer | due on |
| --- | --- | --- | --- | --- | --- |
| to the minute | 2026-06-30 | 2026-06-01 09:00 | 2026-06-04 09:00 | met | 2026-06-04 |
| a minute late on the same day | 2026-06-30 | 2026-06-01 09:00 | 2026-06-04 09:01 | missed | 2026-06-04 |
| an hour is lost in March | 2026-04-30 | 2026-03-28 09:00 | 2026-03-31 10:00 | met | 2026-03-31 |
| an hour is won in October | 2026-11-30 | 2026-10-24 09:00 | 2026-10-27 08:30 | missed | 2026-10-27 |
| the due day is not over | 2026-06-04 | 2026-06-01 09:00 | | due | 2026-06-04 |
| interviewed before the child was found | 2026-06-30 | 2026-06-01 09:00 | 2026-06-01 08:00 | cannot tell | |
",
    );
}

#[test]
fn a_date_of_another_record_is_picked_in_its_direction() {
    check(
        "looked_after_period",
        r#"kind = "within"
        from = "started_on"
        to = { record = "care_review", field = "held_on", pick = "first after", of = "started_on", nth = 2 }
        limit = 4
        unit = "months""#,
        "
| example | as at | started_on | care_review.held_on | answer |
| --- | --- | --- | --- | --- |
| the second | 2026-12-31 | 2026-01-31 | 2026-05-31; 2026-02-20 | met |
| two rows of one review are one | 2026-12-31 | 2026-01-31 | 2026-02-20; 2026-02-20 | missed |
| one on the day itself is not after it | 2026-12-31 | 2026-01-31 | 2026-01-31; 2026-02-20 | missed |
| one that can't be read may be the second | 2026-12-31 | 2026-01-31 | 2026-02-20; ? | cannot tell |
| no list of reviews | 2026-12-31 | 2026-01-31 | | missed |
",
    );
}

#[test]
fn at_least_every_gives_one_answer_a_gap() {
    check(
        "protection_plan",
        r#"kind = "at_least_every"
        from = "started_on"
        until = "ended_on"
        events = { record = "protection_visit", field = "visited_on", where = [{ field = "seen_alone", is_not = "no" }] }
        intervals = [{ limit = 1, unit = "weeks" }, { limit = 2, unit = "weeks" }]"#,
        "
| example | as at | started_on | ended_on | protection_visit.visited_on | protection_visit.seen_alone | answer | due on |
| --- | --- | --- | --- | --- | --- | --- | --- |
| from event to event | 2026-06-30 | 2026-06-01 | | 2026-06-08; 2026-06-22 | yes; | met; met; due | 2026-06-08; 2026-06-22; 2026-07-06 |
| late, and from the late day on | 2026-06-30 | 2026-06-01 | | 2026-06-10; 2026-06-23 | | missed; met; due | 2026-06-08; 2026-06-24; 2026-07-07 |
| on the first day counts | 2026-06-15 | 2026-06-01 | | 2026-06-01 | | met; due | 2026-06-08; 2026-06-15 |
| two on one day are one | 2026-06-15 | 2026-06-01 | | 2026-06-05; 2026-06-05 | | met; due | |
| what does not count leaves the gap open | 2026-06-15 | 2026-06-01 | | 2026-06-05 | no | missed | 2026-06-08 |
| ended before the next was due | 2026-06-30 | 2026-06-01 | 2026-06-15 | 2026-06-08 | | met; not applicable | |
| ended when it was overdue | 2026-06-30 | 2026-06-01 | 2026-06-15 | 2026-06-30 | | missed | |
| ended on the day of an event | 2026-06-30 | 2026-06-01 | 2026-06-08 | 2026-06-08 | | met | |
| one unread date may fill the gap | 2026-06-30 | 2026-06-01 | | 2026-06-05; ? | | met; cannot tell | |
| the end can't be read | 2026-06-30 | 2026-06-01 | ? | 2026-06-05 | | cannot tell | |
",
    );
}

#[test]
fn before_event_looks_from_the_event() {
    check(
        "pre_proceedings",
        r#"kind = "before_event"
        event = "applied_on"
        what = "letter_sent_on"
        or_within = { limit = 5, unit = "working days" }"#,
        "
| example | as at | applied_on | letter_sent_on | answer | due on |
| --- | --- | --- | --- | --- | --- |
| long before | 2026-06-30 | 2026-06-01 | 2026-02-01 | met | 2026-06-08 |
| in the days after | 2026-06-30 | 2026-06-01 | 2026-06-08 | met | |
| later | 2026-06-30 | 2026-06-01 | 2026-06-09 | missed | |
| not at all | 2026-06-30 | 2026-06-01 | | missed | |
| in the days after, still running | 2026-06-08 | 2026-06-01 | | due | |
| no application made | 2026-06-30 | | 2026-02-01 | not applicable | |
| an application to come | 2026-05-30 | 2026-06-01 | | due | 2026-06-08 |
| an application to come, all done | 2026-05-30 | 2026-06-01 | 2026-02-01 | met | |
",
    );
}

#[test]
fn present_while_asks_whether_it_stands_now() {
    check(
        "child_in_need",
        r#"kind = "present_while"
        from = "started_on"
        needs = "worker"
        limit = 2
        unit = "working days"
        until = "ended_on""#,
        "
| example | as at | started_on | ended_on | worker | answer | due on |
| --- | --- | --- | --- | --- | --- | --- |
| it stands | 2026-06-30 | 2026-06-01 | | Worker 014 | met | 2026-06-03 |
| it may still come | 2026-06-03 | 2026-06-01 | | | due | 2026-06-03 |
| too long without | 2026-06-04 | 2026-06-01 | | | missed | |
| ended within the days | 2026-06-30 | 2026-06-01 | 2026-06-02 | | not applicable | |
| can't be read | 2026-06-30 | 2026-06-01 | | ? | cannot tell | |
",
    );
}

#[test]
fn no_longer_than_without_asks_again_after_each_further_interval() {
    check(
        "protection_plan",
        r#"kind = "no_longer_than_without"
        from = "started_on"
        until = "ended_on"
        limit = 12
        unit = "months"
        needs = { record = "protection_review", field = "held_on", pick = "first after", of = "started_on" }
        again_after = { limit = 3, unit = "months" }"#,
        "
| example | as at | started_on | ended_on | protection_review.held_on | answer | due on |
| --- | --- | --- | --- | --- | --- | --- |
| seen in time, and again due | 2026-06-30 | 2025-05-01 | | 2026-04-30 | met; due | 2026-05-01; 2026-07-30 |
| not seen | 2026-06-30 | 2025-05-01 | | | missed | 2026-05-01 |
| not long yet | 2026-04-30 | 2025-05-01 | | | due | 2026-05-01 |
| ended before | 2026-06-30 | 2025-05-01 | 2026-04-01 | | not applicable | |
",
    );
}

#[test]
fn no_more_than_counts_a_window_that_ends_on_the_day() {
    check(
        "looked_after_period",
        r#"kind = "no_more_than"
        most = 2
        events = { record = "care_episode", field = "started_on" }
        window = { limit = 12, unit = "months" }
        on = "last_review_on""#,
        "
| example | as at | last_review_on | care_episode.started_on | answer |
| --- | --- | --- | --- | --- |
| the same day a year before is outside | 2026-06-30 | 2026-03-31 | 2025-03-31; 2025-04-01; 2026-03-31 | met |
| three inside | 2026-06-30 | 2026-03-31 | 2025-04-01; 2025-09-01; 2026-03-31 | missed |
| after the day does not count | 2026-06-30 | 2026-03-31 | 2025-04-01; 2025-09-01; 2026-04-01 | met |
| one unread, and already too many | 2026-06-30 | 2026-03-31 | 2025-04-01; 2025-09-01; 2026-03-31; ? | missed |
| one unread may be one too many | 2026-06-30 | 2026-03-31 | 2025-04-01; 2025-09-01; ? | cannot tell |
",
    );
}

#[test]
fn a_number_is_judged_as_the_council_counts() {
    check(
        "looked_after_period",
        r#"kind = "no_more_than"
        most = "council"
        number = "placements_in_12_months""#,
        "
| example | as at | placements_in_12_months | limit | answer |
| --- | --- | --- | --- | --- |
| at the limit | 2026-06-30 | 2 | 2 | met |
| over it | 2026-06-30 | 3 | 2 | missed |
| not counted | 2026-06-30 | | 2 | cannot tell |
| no limit set | 2026-06-30 | 3 | | cannot tell |
",
    );
}

#[test]
fn not_again_within_looks_back_from_the_day() {
    check(
        "referral",
        r#"kind = "not_again_within"
        on = "received_on"
        limit = 12
        unit = "months""#,
        "
| example | as at | received_on | referral.received_on | answer |
| --- | --- | --- | --- | --- |
| twelve months to the day is within | 2026-06-30 | 2026-03-01 | 2025-03-01 | met; missed |
| a day more is not | 2026-06-30 | 2026-03-02 | 2025-03-01 | met; met |
| two on one day are one | 2026-06-30 | 2026-03-01 | 2026-03-01 | met; met |
",
    );
}

#[test]
fn recorded_as_says_what_a_blank_means() {
    let table = "
| example | as at | started_on | led_to_plan | answer |
| --- | --- | --- | --- | --- |
| one of those | 2026-06-30 | 2026-03-01 | yes | met |
| another | 2026-06-30 | 2026-03-01 | unknown | missed |
| can't be read | 2026-06-30 | 2026-03-01 | ? | cannot tell |
";
    for (blank, answer) in [("missed", "missed"), ("cannot tell", "cannot tell")] {
        let operator = format!(
            "kind = \"recorded_as\"\nfield = \"led_to_plan\"\nin = [\"yes\"]\non = \"started_on\"\nblank = \"{blank}\""
        );
        check(
            "enquiry",
            &operator,
            &format!("{}\n| blank | 2026-06-30 | 2026-03-01 | | {answer} |", table.trim()),
        );
    }
}

#[test]
fn counted_counts() {
    check(
        "protection_plan",
        "kind = \"counted\"\non = \"started_on\"\nuntil = \"ended_on\"",
        "
| example | as at | started_on | ended_on | answer |
| --- | --- | --- | --- | --- |
| open | 2026-06-30 | 2026-03-01 | | counted |
| ended | 2026-06-30 | 2026-03-01 | 2026-04-01 | counted |
| without a start | 2026-06-30 | | | cannot tell |
",
    );
}
