//! Every plain sentence of duty becomes a row: each subject with each binding word, act and time, whatever their order.

use crate::reading::{DocumentKind, Modality, notice};
use crate::timing::TimingKind::{self, Conditional, Continuous, OneOffAbsolute, OneOffRelative, Recurring};

const SUBJECTS: [(&str, &str); 12] = [
    ("The Council", "council"),
    ("The local authority", "council"),
    ("The Chair of the Improvement Board", "chair"),
    ("The improvement board", "board"),
    ("The Department", "department"),
    ("The adviser", "adviser"),
    ("The Leader of the Council", "leader of the council"),
    ("The Local Safeguarding Children Board", "lscb"),
    ("The Chief Executive", "chief executive"),
    ("The commissioner", "commissioner"),
    ("Ofsted", "ofsted"),
    ("The Secretary of State", "ministers"),
];

const BINDING: [(&str, Modality); 9] = [
    ("must", Modality::Must),
    ("will", Modality::Must),
    ("shall", Modality::Must),
    ("is required to", Modality::Must),
    ("is to", Modality::Must),
    ("needs to", Modality::Must),
    ("should", Modality::Should),
    ("is expected to", Modality::Expects),
    ("may", Modality::May),
];

const ACTS: [&str; 11] = [
    "provide a progress report to the Department",
    "submit an action plan to the Secretary of State",
    "establish a quality assurance framework",
    "review the membership of the board",
    "carry out an audit of 20 case files",
    "appoint a permanent Principal Social Worker",
    "publish the plan on its website",
    "work with the adviser",
    "consider the recommendations of the inspection report and respond to each of them",
    "make sure that children are seen alone",
    "provide a first report, and must report on that",
];

const TIMES: [(&str, Option<TimingKind>); 15] = [
    ("", None),
    (" within 3 months of the date of this notice", Some(OneOffRelative)),
    (" by 31 March 2027", Some(OneOffAbsolute)),
    (" by the end of June 2027 at the latest", Some(OneOffAbsolute)),
    (" every six months", Some(Recurring)),
    (" at least once every four weeks", Some(Recurring)),
    (" and every two months after that", Some(Recurring)),
    (" within ten working days of each meeting", Some(Recurring)),
    (" at least monthly for the first year, and quarterly after that", Some(Recurring)),
    (" annually, in the autumn", Some(Recurring)),
    (" on an ongoing basis", Some(Continuous)),
    (" when requested to do so", Some(Conditional)),
    (" until the notice is lifted", Some(Continuous)),
    (" before the next monitoring visit", Some(OneOffRelative)),
    (" at its next meeting", Some(OneOffRelative)),
];

#[test]
fn no_plain_sentence_of_duty_is_lost_whoever_must_act_and_by_when() {
    let mut text = "Improvement Notice\n\nTo: Fallowmere Borough Council\n\nRequirements\n\n".to_owned();
    let mut expected = Vec::new();
    for (subject, party) in SUBJECTS {
        for (binding, modality) in BINDING {
            for (at, act) in ACTS.iter().enumerate() {
                let (time, kind) = TIMES[(expected.len() + at) % TIMES.len()];
                expected.push((party, modality, kind));
                text.push_str(&format!("{}. {subject} {binding} {act}{time}.\n", expected.len()));
            }
        }
    }
    let reading = notice::read(&text, DocumentKind::ImprovementNotice);
    for (at, (party, modality, kind)) in expected.into_iter().enumerate() {
        let line = at + 7;
        let printed = text.lines().nth(line - 1).unwrap_or_default();
        let rows: Vec<_> = reading.obligations.iter().filter(|row| row.line == line).collect();
        let first = rows.first().unwrap_or_else(|| panic!("no duty was read in: {printed}"));
        assert_eq!(first.modality, modality, "{printed}");
        assert_eq!(
            first.bearers.iter().map(|bearer| bearer.as_str()).collect::<Vec<_>>(),
            [party],
            "{printed}"
        );
        if let Some(kind) = kind {
            let kinds: Vec<TimingKind> = rows.iter().map(|row| row.timing.kind).collect();
            assert!(kinds.contains(&kind), "{kinds:?} in: {printed}");
        }
    }
}

/// The lines and bearers of the rows of a text.
fn rows(text: &str) -> Vec<(usize, String)> {
    let reading = notice::read(text, DocumentKind::ImprovementNotice);
    reading.obligations.iter().map(|row| (row.line, row.bearers[0].to_string())).collect()
}

#[test]
fn items_that_lost_their_labels_are_rows_of_their_own_under_their_lead_in() {
    let text = "Improvement Notice\n\nTo: Fallowmere Borough Council\n\n1.1 The improvement board should:\n \
        review thresholds with partners;\n evaluate early help every six months; and\n publish what it finds.\n\n\
        1.2 The plan must include:\n the stability of placements; and\n measures of success for\n each action.\n\n\
        1.3 The Council must:\n review thresholds with partners;\n reduce caseloads.\n";
    let board = |line| (line, "board".to_owned());
    let council = |line| (line, "council".to_owned());
    let expected = [board(6), board(7), board(8), council(11), council(12), council(16), council(17)];
    assert_eq!(rows(text), expected);
}

#[test]
fn numbers_that_all_lost_their_dots_still_number_the_clauses() {
    let text = "Improvement Notice\n\nTo: Fallowmere Borough Council\n\n1 The Council must publish a plan.\n\n\
        2 The chair must report every month.\n\n12 May 2026\n";
    let reading = notice::read(text, DocumentKind::ImprovementNotice);
    let references: Vec<&str> = reading.obligations.iter().map(|row| row.reference.as_str()).collect();
    assert_eq!(references, ["1", "2"]);
}
