//! The five public sample reports, read from their PDFs. Facts are checked; sentences are not copied.

#![expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]

use std::path::PathBuf;

use super::*;

struct Facts {
    file: &'static str,
    council: &'static str,
    framework: &'static str,
    published: Option<&'static str>,
    inspected: [&'static str; 2],
    lead: &'static str,
    /// Grades in the order of the areas' names.
    grades: &'static [(&'static str, &'static str)],
    /// Numbers of the first and last item of each list, its addressee, and the words the list begins and ends with.
    lists: &'static [(usize, usize, &'static str, &'static str, &'static str)],
}

const HELP: &str = "Children who need help and protection";
const LOOKED_AFTER: &str = "Children looked after and achieving permanence";
const ADOPTION: &str = "Adoption performance";
const LEAVERS: &str = "Experiences and progress of care leavers";
const LEADERSHIP: &str = "Leadership, management and governance";
const BOARD: &str = "Local Safeguarding Children Board (LSCB)";
const LEADERS: &str = "The impact of leaders on social work practice with children and families";
const EXPERIENCES_HELP: &str = "The experiences and progress of children who need help and protection";
const TO_BE_GOOD: &str = "requires improvement to be good";

const SAMPLES: [Facts; 5] = [
    Facts {
        file: "inspection-report-birmingham-2014-05-23.pdf",
        council: "Birmingham",
        framework: "single inspection framework",
        published: Some("2014-05-23"),
        inspected: ["2014-03-18", "2014-04-09"],
        lead: "Marie McGuinness",
        grades: &[
            (ADOPTION, "inadequate"),
            (LOOKED_AFTER, "inadequate"),
            (HELP, "inadequate"),
            (LEAVERS, "inadequate"),
            (LEADERSHIP, "inadequate"),
            (BOARD, "inadequate"),
            ("overall", "inadequate"),
        ],
        lists: &[
            (24, 33, "council", "Strengthen operational and", "of their lives."),
            (34, 39, "council", "Review and strengthen", "transition to adulthood."),
            (120, 125, "lscb", "The BSCB to", "future training needs."),
            (126, 131, "lscb", "The BSCB to", "across partner agencies."),
        ],
    },
    Facts {
        file: "inspection-report-wandsworth-2016-02-16.pdf",
        council: "Wandsworth",
        framework: "single inspection framework",
        published: Some("2016-02-16"),
        inspected: ["2015-11-24", "2015-12-17"],
        lead: "Carolyn Spray",
        grades: &[
            (ADOPTION, "requires improvement"),
            (LOOKED_AFTER, "requires improvement"),
            (HELP, "inadequate"),
            (LEAVERS, "inadequate"),
            (LEADERSHIP, "inadequate"),
            (BOARD, "requires improvement"),
            ("overall", "inadequate"),
        ],
        lists: &[
            (1, 17, "council", "Strengthen management oversight", "accurate performance information."),
            (116, 120, "lscb", "Ensure that key", "commission future training."),
        ],
    },
    Facts {
        file: "inspection-report-coventry-2017-06-13.pdf",
        council: "Coventry",
        framework: "single inspection framework",
        published: Some("2017-06-13"),
        inspected: ["2017-03-06", "2017-03-30"],
        lead: "Jenny Turnross",
        grades: &[
            (ADOPTION, "requires improvement"),
            (LOOKED_AFTER, "requires improvement"),
            (HELP, "requires improvement"),
            (LEAVERS, "good"),
            (LEADERSHIP, "requires improvement"),
            ("overall", TO_BE_GOOD),
        ],
        lists: &[(1, 9, "council", "Continue to monitor", "delay is maximised.")],
    },
    Facts {
        file: "inspection-report-bradford-2018-10-29.pdf",
        council: "Bradford",
        framework: "ILACS",
        published: None,
        inspected: ["2018-09-17", "2018-09-28"],
        lead: "Neil Penswick",
        grades: &[
            ("The experiences and progress of children in care and care leavers", TO_BE_GOOD),
            (EXPERIENCES_HELP, "inadequate"),
            (LEADERS, TO_BE_GOOD),
            ("overall", "inadequate"),
        ],
        lists: &[(1, 10, "council", "the identification and", "regular and reflective.")],
    },
    Facts {
        file: "inspection-report-cheshire-east-2024-05-16.pdf",
        council: "Cheshire East",
        framework: "ILACS",
        published: None,
        inspected: ["2024-02-26", "2024-03-08"],
        lead: "Teresa Godfrey",
        grades: &[
            ("The experiences and progress of care leavers", "inadequate"),
            ("The experiences and progress of children in care", TO_BE_GOOD),
            (EXPERIENCES_HELP, TO_BE_GOOD),
            (LEADERS, TO_BE_GOOD),
            ("overall", "inadequate"),
        ],
        lists: &[(1, 7, "council", "Senior leaders’ oversight", "plans for children.")],
    },
];

fn sample(file: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples").join(file);
    match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            assert!(std::env::var("CI").is_err(), "{file} must be there in CI: {error}");
            println!("skipped {file}: the samples folder beside the checkout cannot be read ({error})");
            None
        }
    }
}

fn first_words(text: &str) -> String {
    text.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

fn last_words(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    words[words.len().saturating_sub(3)..].join(" ")
}

fn check_lists(facts: &Facts, reading: &Reading) {
    let mut items = reading.recommendations.iter();
    for (from, to, addressee, begins, ends) in facts.lists {
        let list: Vec<_> = items.by_ref().take(to + 1 - from).collect();
        let numbers: Vec<String> = list.iter().map(|item| item.reference.clone()).collect();
        let expected: Vec<String> = (*from..=*to).map(|number| number.to_string()).collect();
        assert_eq!(numbers, expected, "{}", facts.file);
        assert_eq!(first_words(&list[0].text), *begins, "{}", facts.file);
        assert!(
            last_words(&list[list.len() - 1].text).ends_with(ends),
            "{}: {}",
            facts.file,
            list[list.len() - 1].text
        );
        for item in list {
            assert_eq!(
                item.addressee.as_ref().map(|party| party.as_str()),
                Some(*addressee),
                "{}",
                facts.file
            );
        }
    }
    assert_eq!(items.count(), 0, "{}: more items than the report has", facts.file);
}

#[test]
fn the_five_samples_come_out_as_printed() {
    for facts in &SAMPLES {
        let Some(bytes) = sample(facts.file) else { continue };
        let text =
            pdf_text::extract(&bytes, pdf_text::Limits::default()).expect("a sample is a readable PDF").text;
        let reading = crate::reading::read(&text);
        let document = &reading.document;
        assert_eq!(document.kind, DocumentKind::InspectionReport, "{}", facts.file);
        assert_eq!(document.council.as_deref(), Some(facts.council));
        assert_eq!(document.framework.as_deref(), Some(facts.framework), "{}", facts.file);
        assert_eq!(
            document.published_on.map(|date| date.to_string()).as_deref(),
            facts.published,
            "{}",
            facts.file
        );
        let inspected =
            [document.inspected_from, document.inspected_to].map(|day| day.map(|day| day.to_string()));
        assert_eq!(
            inspected.each_ref().map(|day| day.as_deref()),
            facts.inspected.map(Some),
            "{}",
            facts.file
        );
        assert_eq!(document.lead_inspector.as_deref(), Some(facts.lead));
        let grades: Vec<(&str, &str)> =
            document.judgements.iter().map(|(area, grade)| (area.as_str(), grade.as_str())).collect();
        assert_eq!(grades, facts.grades, "{}", facts.file);
        check_lists(facts, &reading);
        let furniture =
            |text: &str| text.contains('\u{f0b7}') || text.contains('◼') || text.contains("Inspection of ");
        assert!(reading.recommendations.iter().all(|item| !furniture(&item.text)), "{}", facts.file);
        assert_covered(&text, &reading);
    }
}
