//! Tests of amendments: what is carried, changed, added and removed.

use proptest::prelude::*;
use vocabulary::interval::{Interval, Unit};

use super::*;
use crate::timing::TimingKind;

fn duty(reference: &str, text: &str) -> Comparable {
    Comparable {
        reference: reference.to_owned(),
        text: text.to_owned(),
        modality: Modality::Must,
        bearers: vec![Party::COUNCIL],
        bearer_rule: BearerRule::All,
        timing: Timing::default(),
        theme: "plan".to_owned(),
    }
}

fn every(weeks: u16) -> Timing {
    let every = Some(Interval::new(weeks, Unit::Weeks));
    Timing { kind: TimingKind::Recurring, every, at_most: true, ..Timing::default() }
}

fn first_notice() -> Vec<Comparable> {
    let mut meet = duty("2.a", "The board meets at least every 4 weeks in the town hall.");
    meet.timing = every(4);
    vec![
        duty("1", "Write one plan for the whole of children's services in Northmoor."),
        meet,
        duty("3", "Give the adviser a desk, a telephone and any file that she asks for."),
        duty("4", "Publish the plan on the council's website."),
    ]
}

#[test]
fn a_revised_notice_carries_changes_moves_adds_and_removes() {
    let mut meet = duty("2.a", "The board meets at least every 6 weeks in the town hall.");
    meet.timing = every(6);
    let revised = vec![
        duty("1", "Write one plan for the whole of children's services in Northmoor."),
        meet,
        duty("3", "Show that each social worker has no more than eighteen children to look after."),
        duty("5", "Give the adviser a desk, a telephone and any record that she asks for."),
    ];
    let found = amendment(&first_notice(), &revised);
    let carried: Vec<(usize, usize)> = found.carried.iter().map(|pair| (pair.old, pair.new)).collect();
    assert_eq!(carried, [(0, 0), (1, 1), (2, 3)]);
    assert_eq!(found.added, [2], "a number that is used again is a new duty");
    assert_eq!(found.removed, [3]);
    assert!(found.carried[0].changes.is_empty());
    let fields: Vec<ChangedField> = found.carried[1].changes.iter().map(|change| change.field).collect();
    assert_eq!(fields, [ChangedField::Text, ChangedField::Timing]);
    assert_eq!(
        found.carried[1].changes[0].words,
        [
            WordRun::Same("The board meets at least every".to_owned()),
            WordRun::Removed("4".to_owned()),
            WordRun::Added("6".to_owned()),
            WordRun::Same("weeks in the town hall.".to_owned()),
        ]
    );
    assert_eq!(
        found.carried[1].changes[1].now,
        "At least every 6 weeks (a gap of more than 42 days is a breach)"
    );
    assert_eq!(found.carried[2].changes[0].field, ChangedField::Reference);
}

#[test]
fn a_notice_read_again_changes_nothing() {
    let found = amendment(&first_notice(), &first_notice());
    assert_eq!(found.carried.len(), 4);
    assert!(found.carried.iter().all(|pair| pair.old == pair.new && pair.changes.is_empty()));
    assert!(found.added.is_empty() && found.removed.is_empty());
}

#[test]
fn a_duty_that_turns_into_advice_is_the_same_duty_with_another_strength() {
    let mut softened = first_notice();
    softened[3].modality = Modality::Should;
    let found = amendment(&first_notice(), &softened);
    let change = &found.carried[3].changes[0];
    assert_eq!((change.field, &*change.was, &*change.now), (ChangedField::Modality, "Must", "Should"));
}

#[test]
fn two_equal_sentences_are_matched_each_once() {
    let twice = vec![duty("1", "Report to the board."), duty("2", "Report to the board.")];
    let found = amendment(&twice, &twice[1..]);
    assert_eq!(found.carried.len(), 1);
    assert_eq!((found.carried[0].old, found.removed.clone()), (1, vec![0]));
}

#[test]
fn the_same_duty_in_two_sections_is_suggested_with_its_reason() {
    let mut one =
        duty("Practice •2/s1", "Carry out multi-agency audits of case files with health and police.");
    let mut other = duty("Board •4/s3", "Health and police take part in a multi-agency audit of case files.");
    let unlike = duty("Board •5", "Publish the plan on the council's website.");
    for same in [&mut one, &mut other] {
        same.bearers = vec![Party::LSCB];
    }
    let found = same_duties(&[one, unlike, other]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].first, found[0].second), (0, 2));
    assert!(found[0].reason.starts_with(
        "Practice •2/s1 and Board •4/s3 both fall on the local safeguarding children board, and share"
    ));
}

#[test]
fn parts_of_one_sentence_are_not_taken_for_one_duty() {
    let parts = [
        duty("6.b/a", "Report progress against plan objectives to the board."),
        duty("6.b/b", "Report progress against plan objectives to the adviser."),
    ];
    assert!(same_duties(&parts).is_empty());
}

#[test]
fn a_very_long_text_is_compared_without_looking_at_every_pair_of_words() {
    let long = duty("1", &"one two three ".repeat(20_000));
    let mut other = long.clone();
    other.text.push_str("four");
    let found = amendment(&[long], &[other]);
    assert_eq!(found.carried.len(), 1);
}

fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        proptest::sample::select(vec!["plan", "board", "report", "child", "the"]),
        0..12,
    )
    .prop_map(|words| words.join(" "))
}

fn any_register() -> impl Strategy<Value = Vec<Comparable>> {
    proptest::collection::vec((0u8..5, any_text()), 0..10)
        .prop_map(|rows| rows.iter().map(|(number, text)| duty(&number.to_string(), text)).collect())
}

fn kept(runs: &[WordRun], old: bool) -> String {
    let words = runs.iter().filter_map(|run| match run {
        WordRun::Same(text) => Some(text.as_str()),
        WordRun::Removed(text) => old.then_some(text.as_str()),
        WordRun::Added(text) => (!old).then_some(text.as_str()),
    });
    words.collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn every_duty_is_accounted_for_exactly_once(old in any_register(), new in any_register()) {
        let found = amendment(&old, &new);
        let mut olds: Vec<usize> = found.carried.iter().map(|pair| pair.old).chain(found.removed).collect();
        let mut news: Vec<usize> = found.carried.iter().map(|pair| pair.new).chain(found.added).collect();
        olds.sort_unstable();
        news.sort_unstable();
        prop_assert_eq!(olds, (0..old.len()).collect::<Vec<_>>());
        prop_assert_eq!(news, (0..new.len()).collect::<Vec<_>>());
    }

    #[test]
    fn both_wordings_can_be_read_from_their_difference(was in any_text(), now in any_text()) {
        let runs = word_difference(&was, &now);
        prop_assert_eq!(kept(&runs, true), was);
        prop_assert_eq!(kept(&runs, false), now);
    }
}
