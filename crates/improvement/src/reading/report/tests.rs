//! Every form of report, as a synthetic text with what must be read from it: `fixtures/*.txt`.
//!
//! A fixture begins with its expectations: `why`, `council`, `framework`, `published` (`-` for none), `inspected`,
//! `lead`, each `grade: area = grade`, each `item: number addressee [group] words`, then `=====` and the text, in which
//! `~~~` stands for a page break and `@@` for a private-use bullet glyph.

#![expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::reading::DocumentKind;

mod samples;

fn facts_of(reading: &Reading) -> Vec<String> {
    let document = &reading.document;
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let mut facts = vec![
        format!("title: {}", text(&document.title)),
        format!("council: {}", text(&document.council)),
        format!("framework: {}", text(&document.framework)),
        format!("published: {}", document.published_on.map_or("-".to_owned(), |date| date.to_string())),
        format!("lead: {}", text(&document.lead_inspector)),
    ];
    if let (Some(from), Some(to)) = (document.inspected_from, document.inspected_to) {
        facts.push(format!("inspected: {from} {to}"));
    }
    facts.extend(document.judgements.iter().map(|(area, grade)| format!("grade: {area} = {grade}")));
    facts.extend(reading.recommendations.iter().map(|item| {
        let addressee = item.addressee.as_ref().map_or("", |party| party.as_str());
        format!(
            "item: {} {addressee} [{}] {}",
            item.reference,
            item.group.as_deref().unwrap_or(""),
            item.text
        )
    }));
    facts.extend(reading.questions.iter().map(|question| format!("question: {}", question.kind)));
    facts
}

fn check(name: &str, fixture: &str) -> Vec<String> {
    let (expected, text) = fixture.split_once("=====\n").expect("a fixture has expectations and a text");
    let text = text.replace("~~~\n", "\u{c}").replace("@@", "\u{f0b7}");
    let reading = crate::reading::read(&text);
    assert_covered(&text, &reading);
    let found = facts_of(&reading);
    let expected: Vec<&str> = expected.lines().filter(|line| !line.starts_with("why: ")).collect();
    let named = |fact: &str| expected.iter().any(|line| line.split(':').next() == fact.split(':').next());
    let mut faults = Vec::new();
    if reading.document.kind != DocumentKind::InspectionReport {
        faults.push(format!("{name}: kind {:?}", reading.document.kind));
    }
    faults.extend(
        expected
            .iter()
            .filter(|line| !found.iter().any(|fact| fact == *line))
            .map(|line| format!("{name}: wanted {line}")),
    );
    let whole = |fact: &&String| named(fact) || fact.starts_with("grade") || fact.starts_with("item");
    let surplus = found.iter().filter(whole).filter(|fact| !expected.contains(&fact.as_str()));
    faults.extend(surplus.map(|fact| format!("{name}: read {fact}")));
    faults
}

#[test]
fn every_form_of_report_is_read_as_its_fixture_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reading/report/fixtures");
    let mut faults = Vec::new();
    let mut fixtures = 0;
    for entry in std::fs::read_dir(folder).expect("the fixtures' folder is there") {
        let path = entry.expect("the folder can be listed").path();
        let name = path.file_stem().expect("a fixture has a name").to_string_lossy().into_owned();
        faults.extend(check(&name, &std::fs::read_to_string(&path).expect("a fixture is text")));
        fixtures += 1;
    }
    assert!(fixtures >= 15, "only {fixtures} fixtures");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Spans lie on the text; passages are in order, never overlap, and leave nothing out but white space.
pub(crate) fn assert_covered(text: &str, reading: &Reading) {
    let mut at = 0;
    for passage in &reading.passages {
        assert!(passage.span[0] >= at && passage.span[0] < passage.span[1], "out of order: {passage:?}");
        let between = text.get(at..passage.span[0]).expect("spans fall between characters");
        assert!(between.trim().is_empty(), "left out: {between:?}");
        at = passage.span[1];
    }
    assert!(text.get(at..).expect("spans fall between characters").trim().is_empty(), "left out at the end");
    let spans = reading.recommendations.iter().map(|item| item.span);
    let spans = spans.chain(reading.findings.iter().map(|finding| finding.span));
    let spans = spans.chain(reading.clauses.iter().map(|clause| clause.span));
    for span in spans.chain(reading.questions.iter().map(|question| question.span)) {
        assert!(text.get(span[0]..span[1]).is_some_and(|words| !words.trim().is_empty()), "span {span:?}");
    }
}

/// Lines from which reports are made, in any order and with anything between them.
fn report_like() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("Recommendations".to_owned()),
        Just("What needs to improve?2".to_owned()),
        Just("Inspection of services for children in Northmoor".to_owned()),
        Just("Inspection dates: 12 – 21 November 2012".to_owned()),
        Just("Areas for improvement".to_owned()),
        Just("The experiences and progress of    Requires improvement".to_owned()),
        Just("Overall effectiveness    Inadequate".to_owned()),
        Just("\u{c}".to_owned()),
        Just("   2".to_owned()),
        Just("◼ The quality of plans’ “detail”.".to_owned()),
        Just("\u{f0b7}".to_owned()),
        Just(String::new()),
        "[0-9]{1,3}[.)]? [A-Za-z ]{0,30}[.:]?",
        "\\PC{0,40}",
    ];
    prop::collection::vec(line, 0..40).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_text_whatever_makes_the_reader_fail_or_lose_words(text in report_like()) {
        assert_covered(&text, &read(&text));
    }

    #[test]
    fn arbitrary_characters_are_covered_too(text in "[\\PC\n\u{c}\r\t]{0,300}") {
        assert_covered(&text, &read(&text));
    }
}

#[test]
fn reading_takes_time_in_proportion_to_length() {
    let item = "1. Ensure that plans are good, timely and clear to every family that they concern.\n";
    let short = "Recommendations\n".to_owned() + &item.repeat(500);
    let long = "Recommendations\n".to_owned() + &item.repeat(4_000);
    let time = |text: &str| {
        let started = std::time::Instant::now();
        let reading = read(text);
        assert!(!reading.passages.is_empty());
        started.elapsed()
    };
    time(&short);
    let (one, eight) = (time(&short), time(&long));
    assert!(eight < one * 40, "eight times the text took {eight:?} against {one:?}");
}
