//! Tests of the words people read.

use vocabulary::date::PartialDate;
use vocabulary::interval::{Interval, Unit};
use vocabulary::party::Party;

use super::*;
use crate::timing::{AnchorKind, Bound, Timing, TimingKind};

fn check(timing: Timing, expected: &str) {
    assert_eq!(timing_in_words(&timing), expected);
}

fn every(amount: u16, unit: Unit, at_most: bool) -> Timing {
    Timing {
        kind: TimingKind::Recurring,
        every: Some(Interval::new(amount, unit)),
        at_most,
        ..Timing::default()
    }
}

fn relative(bound: Option<Bound>, offset: Option<(u16, Unit)>, anchor: Option<AnchorKind>) -> Timing {
    let offset = offset.map(|(amount, unit)| Interval::new(amount, unit));
    Timing { kind: TimingKind::OneOffRelative, bound, offset, anchor, ..Timing::default() }
}

fn tied(event: &str, bound: Option<Bound>) -> Timing {
    Timing { kind: TimingKind::Recurring, event: Some(event.to_owned()), bound, ..Timing::default() }
}

fn printed(dates: &[&str]) -> Timing {
    let dates = dates.iter().map(|date| PartialDate::parse(date).expect("a date")).collect();
    Timing { kind: TimingKind::OneOffAbsolute, dates, ..Timing::default() }
}

#[test]
fn every_clock_reads_as_a_plain_phrase() {
    check(every(4, Unit::Weeks, true), "At least every 4 weeks (a gap of more than 28 days is a breach)");
    check(every(6, Unit::Months, true), "At least every 6 months (a gap of more than 6 months is a breach)");
    check(every(1, Unit::Months, false), "Every month (the notice names no maximum gap)");
    check(tied("each board meeting", None), "With each board meeting");
    check(tied("each review", Some(Bound::Before)), "Before each review");
    check(tied("prior to any reviews", Some(Bound::Before)), "Before any reviews");
    check(tied("when requested", None), "When requested");
    let six_weeks = Some((6, Unit::Weeks));
    check(
        relative(Some(Bound::Within), six_weeks, Some(AnchorKind::Issued)),
        "Within 6 weeks of the notice being issued",
    );
    check(
        relative(Some(Bound::After), Some((6, Unit::Months)), Some(AnchorKind::Commenced)),
        "Not before 6 months after the start of the notice",
    );
    check(relative(Some(Bound::Before), None, Some(AnchorKind::Ended)), "Before the end of the notice");
    check(
        relative(Some(Bound::Within), six_weeks, None),
        "Within 6 weeks (the notice does not say from when)",
    );
    check(printed(&["2014-01"]), "By the end of January 2014");
    check(
        printed(&["2012-10", "2013-04", "2022-03-31"]),
        "By the end of October 2012, the end of April 2013 and 31 March 2022",
    );
    check(Timing::default(), "No time given");
}

#[test]
fn an_inferred_start_is_said_to_be_our_reading() {
    let mut timing = relative(Some(Bound::After), Some((6, Unit::Months)), Some(AnchorKind::Issued));
    timing.anchor_inferred = true;
    check(timing, "Not before 6 months after the notice being issued (our reading: confirm the start)");
}

#[test]
fn an_interval_left_open_names_who_must_set_it() {
    let mut timing = Timing { kind: TimingKind::Recurring, ..Timing::default() };
    check(timing.clone(), "Again and again: the notice does not say how often");
    timing.set_by = Some(Party::BOARD);
    check(timing, "At an interval that the board must set");
}

#[test]
fn a_continuous_duty_keeps_the_notice_s_own_words_for_its_end() {
    let until = "until the Department is content that it can stop";
    let timing = Timing { kind: TimingKind::Continuous, until: Some(until.to_owned()), ..Timing::default() };
    check(timing, "All the time, until “the Department is content that it can stop”");
}

#[test]
fn a_missing_anchor_is_named() {
    assert_eq!(
        undated_in_words(&UndatedReason::AnchorMissing(AnchorKind::Received)),
        "No date: the day the notice was received is not known."
    );
}

#[test]
fn bearers_say_whether_any_or_all_of_them_must_act() {
    let two = [Party::DEPARTMENT, Party::ADVISER];
    assert_eq!(bearers_in_words(&two, BearerRule::Any), "The Department or the adviser (either)");
    let three = [Party::COUNCIL, Party::PARTNERS, Party::BOARD];
    assert_eq!(
        bearers_in_words(&three, BearerRule::All),
        "The council, partners and the board, each of them"
    );
    assert_eq!(bearers_in_words(&[Party::CHAIR], BearerRule::All), "The chair");
    assert_eq!(bearers_in_words(&[], BearerRule::All), "Nobody named");
}

#[test]
fn themes_become_titles() {
    assert_eq!(theme_title("practice-quality"), "Practice quality");
    assert_eq!(theme_title("voice"), "Voice");
}

#[test]
fn words_that_start_within_a_letter_of_several_bytes_are_left_alone() {
    check(tied("é", Some(Bound::Before)), "Before é");
}
