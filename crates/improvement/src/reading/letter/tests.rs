//! Letters of both layouts as synthetic texts, and the one real letter that may be beside the checkout.

#![expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::reading::report::tests::assert_covered;
use crate::reading::{DocumentKind, Modality, Polarity, read as read_any};
use crate::timing::TimingKind;

const THIRD_VISIT: &str = "\
Inspectorate House
1 Long Street
T 0300 000 0000

4 May 2017

Jo Example
Director of Children’s Services
Northmoor City Council
Town Hall

Dear Jo

Third monitoring visit to Northmoor City Council children’s services

This letter summarises the findings of the monitoring visit to Northmoor children’s services on 28 and 29 March
2017. The visit was the third monitoring visit since the local authority was judged inadequate in June 2016. The
inspectors were Ada Stone HMI and Ben Field HMI.

Progress has been far too slow in almost all areas.

Areas covered by the visit

Inspectors reviewed help and protection, including:
 the quality of assessments
 the work of the front door.

Overview

A third of visits to children are overdue and 15 children have no allocated social worker. Managers in the leaving care
service know their young people well.

Findings and evaluation of progress

Supervision is irregular in most teams, and
\u{c}
too many records are out of date. The council will be expected to allocate every child by the next monitoring visit.
While the new panel is making prompt decisions, plans remain vague. Caseloads have been reduced to 22.

I am copying this letter to the Department for Education. This letter will be published.

Yours sincerely

Ada Stone
Her Majesty’s Inspector
";

const FOCUSED_VISIT: &str = "\
12 July 2021

Sam Example, Director of Children’s Services
Eastvale County Council

Dear Sam

Focused visit to Eastvale children’s services

This letter summarises the findings of the focused visit to Eastvale on 9 and 10 June 2021. Her Majesty’s Inspectors for
this visit were Cara Lowe and Dan Hill.

Headline findings

Practice has deteriorated since the last inspection. Social workers are committed.

What needs to improve in this area of social work practice
◼ The timeliness of strategy meetings.
◼ The quality of plans for children in need.

Main findings

Most assessments are thorough.

Ofsted will take the findings into account when planning the next inspection.

Yours sincerely

Cara Lowe
Her Majesty’s Inspector
";

const DETERIORATION: &str = "\
3 December 2019
Dear Director
Monitoring visit to Westerham and Dale children's services
This letter summarises the findings of a monitoring visit to Westerham and Dale children's services from 5 to 6 November 2019. The lead inspector was Eli Marsh HMI.
Overview
The quality of practice has declined and children are left at risk. Leaders did not know this before the visit.
Findings
Audits are superficial. Decisions at the front door are unsafe.
Yours sincerely
Eli Marsh
Her Majesty's Inspector
";

fn polarity_of(reading: &Reading, words: &str) -> Polarity {
    let found = reading.findings.iter().find(|finding| finding.text.contains(words));
    found.unwrap_or_else(|| panic!("no finding with {words:?}")).polarity
}

#[test]
fn a_monitoring_letter_gives_its_dates_people_and_both_kinds_of_finding() {
    let reading = read_any(THIRD_VISIT);
    let document = &reading.document;
    assert_eq!(document.kind, DocumentKind::MonitoringLetter);
    assert_eq!(document.council.as_deref(), Some("Northmoor"));
    assert_eq!(document.issued_on.map(|date| date.to_string()).as_deref(), Some("2017-05-04"));
    assert_eq!(document.inspected_from.map(|day| day.to_string()).as_deref(), Some("2017-03-28"));
    assert_eq!(document.inspected_to.map(|day| day.to_string()).as_deref(), Some("2017-03-29"));
    assert_eq!(document.lead_inspector.as_deref(), Some("Ada Stone"));
    assert_eq!(document.signatory.as_deref(), Some("Ada Stone, Her Majesty’s Inspector"));
    assert_eq!(polarity_of(&reading, "far too slow"), Polarity::Weakness);
    assert_eq!(polarity_of(&reading, "A third of visits"), Polarity::Weakness);
    assert_eq!(polarity_of(&reading, "know their young people"), Polarity::Strength);
    assert_eq!(polarity_of(&reading, "new panel"), Polarity::Mixed);
    assert_eq!(polarity_of(&reading, "Caseloads"), Polarity::Strength);
    assert_covered(THIRD_VISIT, &reading);
}

#[test]
fn a_sentence_over_a_page_break_is_one_finding() {
    let reading = read_any(THIRD_VISIT);
    let finding =
        reading.findings.iter().find(|finding| finding.text.starts_with("Supervision")).expect("it is read");
    assert_eq!(finding.text, "Supervision is irregular in most teams, and too many records are out of date.");
    assert_eq!(finding.topic.as_deref(), Some("supervision"));
}

#[test]
fn address_scope_and_closing_are_no_findings() {
    let reading = read_any(THIRD_VISIT);
    for words in
        ["Long Street", "quality of assessments", "copying this letter", "Town Hall", "The inspectors were"]
    {
        assert!(!reading.findings.iter().any(|finding| finding.text.contains(words)), "{words}");
    }
}

#[test]
fn what_the_council_is_expected_to_do_becomes_an_expectation_without_an_invented_date() {
    let reading = read_any(THIRD_VISIT);
    let [duty] = reading.obligations.as_slice() else { panic!("one expectation: {:?}", reading.obligations) };
    assert_eq!(duty.modality, Modality::Expects);
    assert_eq!(duty.bearers, [vocabulary::party::Party::COUNCIL]);
    assert_eq!(duty.timing.kind, TimingKind::Conditional);
    assert_eq!(duty.timing.text, "by the next monitoring visit");
    assert!(duty.timing.dates.is_empty());
}

#[test]
fn a_focused_visit_lists_what_needs_to_improve() {
    let reading = read_any(FOCUSED_VISIT);
    assert_eq!(reading.document.kind, DocumentKind::MonitoringLetter);
    assert_eq!(reading.document.framework.as_deref(), Some("focused visit"));
    assert_eq!(reading.document.council.as_deref(), Some("Eastvale"));
    assert_eq!(reading.document.inspected_from.map(|day| day.to_string()).as_deref(), Some("2021-06-09"));
    assert_eq!(reading.document.lead_inspector.as_deref(), Some("Cara Lowe"));
    let items: Vec<&str> = reading.recommendations.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(items, ["The timeliness of strategy meetings.", "The quality of plans for children in need."]);
    assert_eq!(polarity_of(&reading, "deteriorated"), Polarity::Weakness);
    assert_eq!(polarity_of(&reading, "thorough"), Polarity::Strength);
    assert_covered(FOCUSED_VISIT, &reading);
}

#[test]
fn a_letter_about_deterioration_has_no_strengths() {
    let reading = read_any(DETERIORATION);
    assert_eq!(reading.document.council.as_deref(), Some("Westerham and Dale"));
    assert_eq!(reading.document.inspected_to.map(|day| day.to_string()).as_deref(), Some("2019-11-06"));
    assert_eq!(reading.findings.len(), 4);
    assert!(
        reading.findings.iter().all(|finding| finding.polarity == Polarity::Weakness),
        "{:?}",
        reading.findings
    );
    assert_covered(DETERIORATION, &reading);
}

/// The public letter of April 2017: polarity of each sentence, in order, as a person reads it.
#[test]
fn the_public_letter_of_2017_is_read_as_a_person_reads_it() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let letter = std::fs::read_dir(&folder).ok().and_then(|mut entries| {
        entries.find_map(|entry| {
            entry.ok().filter(|entry| entry.file_name().to_string_lossy().starts_with("003_"))
        })
    });
    let Some(letter) = letter else {
        assert!(std::env::var("CI").is_err(), "the seeds must be there in CI");
        println!("skipped: the seeds folder beside the checkout is not there");
        return;
    };
    let text = std::fs::read_to_string(letter.path()).expect("a seed is text");
    let reading = read_any(&text);
    let letters: String = reading
        .findings
        .iter()
        .map(|finding| match finding.polarity {
            Polarity::Strength => '+',
            Polarity::Weakness => '-',
            Polarity::Mixed => '~',
            Polarity::Neutral => '0',
        })
        .collect();
    assert_eq!(letters, "++-++~-++++++-+0+-0-+-++++-----0~++~");
    assert_eq!(reading.document.issued_on.map(|date| date.to_string()).as_deref(), Some("2017-04-06"));
    assert_eq!(reading.obligations.len(), 1);
    assert_covered(&text, &reading);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_letter_whatever_makes_the_reader_fail_or_lose_words(
        head in "[\\PC\n]{0,80}",
        body in prop::collection::vec("[\\PC\n\u{c}]{0,60}", 0..8),
        closing in "[\\PC\n]{0,40}",
    ) {
        let text = format!("{head}\nDear A\nMonitoring visit to B\n{}\nYours sincerely\n{closing}", body.join(".\n\nOverview\n\n"));
        assert_covered(&text, &read(&text));
    }
}
