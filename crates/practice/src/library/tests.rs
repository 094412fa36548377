//! What a writer of standards is told when a file is wrong, and that the shipped library is sound.

use super::*;
use crate::condition::{Condition, Test};
use crate::standard::CountBy;
use crate::{example, shipped};

const SOUND: &str = r#"+++
code = "conference"
title = "Conference within 15 working days"
theme = "child-protection"
basis = "statutory-guidance"
status = "verified"
source = "Working Together 2023"
source_date = 2023-12-15
in_force_from = 2010-03-01

[population]
record = "enquiry"
where = [{ field = "conference_not_required", is_not = "yes" }]

[operator]
kind = "within"
from = "started_on"
to = "conference_on"
limit = 15
unit = "working days"

[indicator]
count_by = "completed"
show = "met"
polarity = "high"
sentence = "of conferences were in time"
+++

## What it asks
## Why
## Limits of the data
## Worked examples

| example | as at | started_on | conference_on | conference_not_required | answer | due on |
| --- | --- | --- | --- | --- | --- | --- |
| over Easter | 2016-05-31 | 2016-03-21 | 2016-04-13 | no | met | 2016-04-13 |
| a day late | 2016-05-31 | 2016-03-21 | 2016-04-14 | no | missed | 2016-04-13 |
| not needed | 2016-05-31 | 2016-03-21 | | yes | none | |
"#;

fn file(path: &str, text: &str) -> LibraryFile {
    LibraryFile { path: path.to_owned(), text: text.to_owned() }
}

/// The problems of the sound file with one change, as a writer reads them.
fn told(before: &str, after: &str) -> Vec<String> {
    assert!(SOUND.contains(before));
    let text = SOUND.replacen(before, after, 1);
    let (library, mut problems) = Library::load(&[file("standards/conference.md", &text)], &[]);
    problems.extend(example::problems(&library));
    problems.iter().map(|problem| problem.to_string().replace("standards/conference.md", "file")).collect()
}

#[test]
fn a_sound_file_has_no_problem() {
    assert_eq!(told("", ""), [""; 0]);
    assert_eq!(told("\n", "\r\n"), [""; 0]);
}

#[test]
fn a_misspelt_field_is_told_with_the_fields_there_are() {
    assert_eq!(
        told("from = \"started_on\"", "from = \"start_on\""),
        [
            "file:17: unknown field `start_on` of `enquiry`; its fields are started_on, conference_not_required, \
          conference_target_on, conference_on, led_to_plan, enquiries_in_12_months, conferences_in_12_months, team, worker"
        ]
    );
}

#[test]
fn a_misspelt_key_is_told_with_the_keys_there_are() {
    assert_eq!(
        told("title =", "titel ="),
        [
            "file:3: unknown key `titel`; there are `code`, `title`, `theme`, `basis`, `status`, `source`, `source_date`, \
          `in_force_from`, `in_force_to`, `clauses`, `replaces`, `class`, `population`, `exclusion`, `operator`, `council_limit`, \
          `indicator`"
        ]
    );
    assert_eq!(
        told("limit = 15", "limits = 15"),
        [
            "file:19: in the operator `within`: unknown key `limits`; there are `from`, `to`, `limit`, `unit`, `until`, \
          `first_day_counts`"
        ]
    );
}

#[test]
fn every_other_fault_is_told_in_words() {
    let rows = [
        (
            "kind = \"within\"",
            "kind = \"inside\"",
            "file:16: unknown operator `inside`; the kinds are `within`, \
          `at_least_every`, `before_event`, `present_while`, `no_longer_than_without`, `no_more_than`, \
          `not_again_within`, `recorded_as` and `counted`",
        ),
        (
            "unit = \"working days\"",
            "unit = \"days\"",
            "file:20: in the operator `within`: unknown word `days`; there are \
          `working days`, `calendar days`, `weeks`, `months`, `years`, `hours`, `minutes`",
        ),
        (
            "unit = \"working days\"",
            "unit = \"hours\"",
            "file:18: hours need a moment, and `conference_on` holds a day",
        ),
        (
            "limit = 15",
            "limit = \"council\"",
            "file:19: a limit that the council sets is explained in `[council_limit]`",
        ),
        (
            "limit = 15",
            "limit = \"fifteen\"",
            "file:19: in the operator `within`: a limit is a whole number or \"council\", \
          not \"fifteen\"",
        ),
        ("is_not = \"yes\"", "at_least = 3", "file:13: `conference_not_required` holds no number"),
        (
            "is_not = \"yes\"",
            "is_not = \"Y\"",
            "file:13: `conference_not_required` is a flag: it is \"yes\", \"no\" or \
          \"unknown\"",
        ),
        (
            "is_not = \"yes\"",
            "is_not = \"yes\", present = true",
            "file:13: the condition on `conference_not_required` has \
          two tests; write two conditions",
        ),
        ("2023-12-15", "\"2023\"", "file:8: invalid type: string \"2023\", expected a TOML datetime"),
        (
            "in_force_from = 2010-03-01",
            "in_force_from = 2010-03-01\nin_force_to = 2009-01-01",
            "file:10: `in_force_to` comes before `in_force_from`",
        ),
        ("code = \"conference\"", "code = \"meeting\"", "file:2: the code `meeting` is not the file's name"),
        ("+++\ncode", "code", "file:1: the file opens with a line `+++` before its front matter"),
        ("## Why\n", "", "file:28: the part \"Why\" is not there"),
        (
            "| not needed | 2016-05-31 | 2016-03-21 | | yes | none | |\n",
            "",
            "file:32: 2 worked examples; at least 3 are \
          needed: met, missed and the edge",
        ),
        (
            "| 2016-04-13 | no | met |",
            "| 2016-04-13 | no | missed |",
            "file:36: example \"over Easter\": expected missed \
          (due on 2016-04-13); got met (due on 2016-04-13)",
        ),
        (
            "| 2016-04-13 | no | met |",
            "| 13/04/2016 | no | met |",
            "file:36: example \"over Easter\": expected met (due on \
          2016-04-13); got \"13/04/2016\" is not a day such as 2024-05-31 for `conference_on`",
        ),
        (
            "conference_not_required | answer",
            "not_required | answer",
            "file:32: example \"over Easter\": expected a table \
          that can be read; got unknown field `not_required` of `enquiry`; its fields are started_on, \
          conference_not_required, conference_target_on, conference_on, led_to_plan, enquiries_in_12_months, \
          conferences_in_12_months, team, worker; other columns are example, as at, limit, answer, due on",
        ),
    ];
    for (before, after, expected) in rows {
        assert!(told(before, after).contains(&expected.to_owned()), "{expected}\n{:#?}", told(before, after));
    }
}

#[test]
fn a_councils_own_standard_takes_the_place_it_names_and_no_other() {
    let shipped = [file("standards/conference.md", SOUND)];
    let own = |code: &str, replaces: &str| {
        let text = SOUND.replace("code = \"conference\"", &format!("code = \"{code}\"\n{replaces}"));
        file(&format!("ours/standards/local/{code}.md"), &text)
    };
    let load = |own: LibraryFile| {
        let (library, problems) = Library::load(&shipped, &[own]);
        let codes: Vec<String> = library.standards.iter().map(|standard| standard.code.clone()).collect();
        (codes.join(" "), problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    };
    let (none, conference) = (String::new(), "conference".to_owned());
    assert_eq!(load(own("conference", "replaces = \"conference\"")), (conference.clone(), none.clone()));
    assert_eq!(load(own("ours", "replaces = \"conference\"")), ("ours".to_owned(), none));
    let twice = "ours/standards/local/conference.md:2: the code `conference` is there already, in standards/conference.md";
    assert_eq!(load(own("conference", "")), (conference.clone(), twice.to_owned()));
    let same_place = file("ours/standards/conference.md", SOUND);
    assert_eq!(load(same_place), (conference, String::new()), "a file of its name stands in its stead");
    let nobody =
        "ours/standards/local/ours.md:3: it replaces `meeting`, and there is no standard of that code";
    assert_eq!(
        load(own("ours", "replaces = \"meeting\"")),
        ("conference ours".to_owned(), nobody.to_owned())
    );
}

const REGISTER: &str = "+++\nname = \"placement_check\"\ntitle = \"Checks\"\nsubject = \"child\"\n[[field]]\n\
    name = \"held_on\"\ntype = \"day\"\nclass = \"C3\"\nkey = true\ncolumn = \"Held\"\nmeaning = \"day\"\n+++\n";

#[test]
fn a_registers_name_is_a_kind_of_record() {
    let (library, problems) = Library::load(&[file("registers/placement_check.md", REGISTER)], &[]);
    assert!(problems.is_empty(), "{problems:?}");
    assert!(library.catalogue.kind("placement_check").is_some());
    assert_eq!(library.registers[0].columns, ["Held"]);
}

#[test]
fn a_register_of_a_national_kind_adds_the_fields_that_extracts_lack() {
    let with = |name: &str, field_type: &str| {
        let text = REGISTER.replace("placement_check", "care_visit").replace("held_on", name);
        let text = text.replace("type = \"day\"", &format!("type = \"{field_type}\""));
        let (library, problems) = Library::load(&[file("registers/care_visit.md", &text)], &[]);
        let fields = library.catalogue.kind("care_visit").expect("national").fields.len();
        (fields, problems.iter().map(|problem| problem.what.clone()).collect::<Vec<_>>().join("\n"))
    };
    assert_eq!(with("recorded_on", "day"), (2, String::new()));
    let clash = "the field `visited_on` has another type in the national kind `care_visit`";
    assert_eq!(with("visited_on", "text"), (1, clash.to_owned()));
}

#[test]
fn every_shipped_file_is_sound_and_its_examples_hold() {
    let (library, mut problems) = Library::load(&shipped::files(), &[]);
    problems.extend(example::problems(&library));
    assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    assert!(!library.standards.is_empty());
}

#[test]
fn no_position_with_a_history_is_about_open_records_alone() {
    let library = Library::load(&shipped::files(), &[]).0;
    let of_open_records = |standard: &&Standard| {
        let leans = |condition: &Condition| {
            condition.test == Test::Absent
                && ["ended_on", "authorised_on", "closed_on"].contains(&condition.field.as_str())
        };
        standard.indicator.count_by == CountBy::Position && standard.population.iter().any(leans)
    };
    let wrong: Vec<&str> =
        library.standards.iter().filter(of_open_records).map(|standard| standard.code.as_str()).collect();
    assert_eq!(wrong, Vec::<&str>::new(), "what closed since would be missing from earlier months");
}

#[test]
fn what_says_of_a_child_what_is_sealed_is_sealed_itself() {
    let (library, problems) = Library::load(&shipped::files(), &[]);
    assert_eq!(problems, []);
    for code in ["adoption-a3", "cse-risk-assessment-current", "missing-police-report-matched"] {
        let sealed = library.standard(code).expect(code).sealed;
        assert_eq!(sealed, code != "missing-police-report-matched", "{code}");
    }
    let sealed: Vec<&str> = library
        .trackers
        .iter()
        .filter(|tracker| tracker.sealed)
        .map(|tracker| tracker.code.as_str())
        .collect();
    assert_eq!(sealed, ["exploitation", "adoption"]);
    for tracker in library.trackers.iter().filter(|tracker| !tracker.sealed) {
        for column in &tracker.columns {
            let standard = &library.standards[usize::from(column.standard)];
            assert!(!standard.sealed, "{} on {}", standard.code, tracker.code);
        }
    }
}

#[test]
fn a_standard_that_names_a_sealed_field_is_sealed_and_may_not_tell_it_in_an_exclusion() {
    let placed = |class: &str, more: &str| {
        SOUND
            .replace("in_force_from = 2010-03-01\n", &format!("in_force_from = 2010-03-01\n{class}"))
            .replace("[operator]", &format!("{more}\n[operator]"))
            .replace("record = \"enquiry\"", "record = \"care_episode\"")
            .replace(
                "where = [{ field = \"conference_not_required\", is_not = \"yes\" }]",
                "where = [{ field = \"placement_type\", not_in = [\"A3\"] }]",
            )
            .replace("to = \"conference_on\"", "to = \"ended_on\"")
    };
    let loaded = |class: &str, more: &str| {
        let (library, problems) =
            Library::load(&[file("standards/conference.md", &placed(class, more))], &[]);
        let sealed = library.standards.first().map(|standard| standard.sealed);
        (sealed, problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    };
    assert_eq!(loaded("", "").0, Some(true));
    assert_eq!(loaded("class = \"C3\"\n", "").0, Some(false));
    let exclusion =
        "[[exclusion]]\nwhere = [{ field = \"placement_type\", is = \"A4\" }]\nreason = \"adopters\"\n";
    let (_, told) = loaded("class = \"C3\"\n", exclusion);
    assert!(told.contains("an exclusion by a sealed field would say why"), "{told}");
}
