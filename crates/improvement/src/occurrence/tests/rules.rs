//! What an edit, a variation, a revision and the passing of time may and may not change.

use std::collections::BTreeSet;

use jiff::civil::date;
use jiff::{Span, ToSpan};
use proptest::prelude::*;
use vocabulary::id::VariationId;

use super::*;
use crate::cadence::{
    CadenceFacts, CadenceRule, CadenceStart, GapVerdict, InquorateMeetings, Meeting, cadence,
};

const AGREED: RuleSource = RuleSource::Variation(VariationId(7));

fn six_weeks_from_issue() -> Case {
    Case::must(within(6, Unit::Weeks, AnchorKind::Issued)).with(AnchorKind::Issued, "2016-08-11")
}

#[test]
fn an_edit_never_moves_a_date_that_is_already_running() {
    let edited = six_weeks_from_issue().rule(
        date(2016, 9, 1),
        within(12, Unit::Weeks, AnchorKind::Issued),
        RuleSource::Edited,
    );
    assert_eq!(edited.told(date(2016, 9, 28)), ["once: by 22 September 2016 - Overdue"]);
}

#[test]
fn a_correction_of_a_misreading_holds_from_the_beginning() {
    let mut corrected = six_weeks_from_issue();
    let timing = within(8, Unit::Weeks, AnchorKind::Issued);
    corrected.rules.push(Rule { effective_from: None, timing, source: RuleSource::Edited });
    assert_eq!(corrected.told(date(2016, 9, 28)), ["once: by 6 October 2016 - Due soon"]);
}

#[test]
fn what_is_overdue_stays_overdue_until_a_revised_date_is_agreed() {
    let mut case = six_weeks_from_issue();
    case.revisions.push(Revision {
        id: VariationId(7),
        key: OccurrenceKey::Once,
        agreed_on: date(2016, 9, 28),
        due: PartialDate::Day(date(2016, 10, 31)),
    });
    assert_eq!(case.told(date(2016, 9, 27)), ["once: by 22 September 2016 - Overdue"]);
    assert_eq!(case.told(date(2016, 9, 28)), ["once: by 31 October 2016 - Upcoming"]);
    let revised = &case.on(date(2016, 11, 1)).occurrences[0];
    assert_eq!((revised.state, revised.rule), (State::Overdue, AGREED));
    assert_eq!(revised.was_due.len(), 1);
    assert_eq!(
        revised.why,
        "Revised on 28 September 2016 by an agreed variation. Until then it was due by 22 September 2016, and \
         6 days late."
    );
}

#[test]
fn a_revision_agreed_after_the_work_was_done_late_does_not_make_it_timely() {
    let mut case = six_weeks_from_issue().met("once", date(2016, 9, 26));
    case.revisions.push(Revision {
        id: VariationId(7),
        key: OccurrenceKey::Once,
        agreed_on: date(2016, 9, 28),
        due: PartialDate::Day(date(2016, 10, 31)),
    });
    let met = &case.on(date(2016, 12, 1)).occurrences[0];
    assert_eq!((met.state, met.days_late), (State::MetLate, Some(4)));
}

#[test]
fn an_agreed_variation_of_the_rule_moves_a_one_off_from_the_day_it_was_agreed() {
    let varied = six_weeks_from_issue().rule(date(2016, 9, 20), printed(&["2016-11"]), AGREED);
    assert_eq!(varied.told(date(2016, 9, 19)), ["once: by 22 September 2016 - Due soon"]);
    assert_eq!(varied.told(date(2016, 9, 20)), ["once: by the end of November 2016 - Upcoming"]);
}

#[test]
fn a_longer_interval_holds_for_the_gap_it_was_agreed_in_only_while_that_gap_was_within_its_limit() {
    let agreed = |on: Date| {
        Case::must(Timing { anchor: Some(AnchorKind::Issued), ..at_most(4, Unit::Weeks) })
            .with(AnchorKind::Issued, "2016-08-11")
            .performed_by_meetings(&["2016-09-08", "2016-10-13", "2016-11-24"])
            .rule(on, at_most(6, Unit::Weeks), AGREED)
            .told(date(2016, 11, 25))
    };
    let with_second_gap = |second: &str| {
        [
            "gap:2016-08-11: by 8 September 2016 - Met".to_owned(),
            second.to_owned(),
            "gap:2016-10-13: by 24 November 2016 - Met".to_owned(),
            "gap:2016-11-24: by 5 January 2017 - Upcoming".to_owned(),
        ]
    };
    assert_eq!(agreed(date(2016, 10, 6)), with_second_gap("gap:2016-09-08: by 20 October 2016 - Met"));
    assert_eq!(agreed(date(2016, 10, 7)), with_second_gap("gap:2016-09-08: by 6 October 2016 - Met late"));
}

#[test]
fn a_waiver_counts_from_the_day_it_was_agreed_and_says_what_was_late() {
    let mut case = six_weeks_from_issue();
    let waiver = Mark::Waived { variation: VariationId(9), agreed_on: date(2016, 9, 30) };
    case.marks.insert(OccurrenceKey::Once, vec![waiver]);
    assert_eq!(case.on(date(2016, 9, 29)).occurrences[0].state, State::Overdue);
    let waived = &case.on(date(2016, 12, 1)).occurrences[0];
    assert_eq!((waived.state, waived.days_late, waived.breach), (State::Waived, Some(8), false));
    assert!(waived.why.ends_with("It was 8 days late when the waiver was agreed."));
}

#[test]
fn a_waived_gap_is_no_breach_when_the_board_meets_at_last_but_a_later_waiver_excuses_nothing() {
    let mut case = Case::must(Timing { anchor: Some(AnchorKind::Issued), ..at_most(4, Unit::Weeks) })
        .with(AnchorKind::Issued, "2016-08-11")
        .performed_by_meetings(&["2016-09-29"]);
    let waive = |agreed_on| vec![Mark::Waived { variation: VariationId(9), agreed_on }];
    let key = OccurrenceKey::Gap(date(2016, 8, 11));
    case.marks.insert(key.clone(), waive(date(2016, 9, 1)));
    assert_eq!(case.told(date(2016, 10, 1))[0], "gap:2016-08-11: by 8 September 2016 - Waived");
    case.marks.insert(key, waive(date(2016, 9, 30)));
    assert_eq!(case.told(date(2016, 10, 1))[0], "gap:2016-08-11: by 8 September 2016 - Met late");
}

#[test]
fn what_falls_due_after_the_notice_ends_falls_away_and_what_was_missed_stays() {
    let mut case =
        Case::must(nominal(6, Unit::Months, AnchorKind::Commenced)).with(AnchorKind::Commenced, "2012-07-31");
    case.in_force.to = Some(date(2013, 6, 30));
    assert_eq!(case.told(date(2014, 1, 1)), ["n:1: by 31 January 2013 - Overdue"]);
}

#[test]
fn a_missed_duty_is_shown_however_old_it_is() {
    let case = six_weeks_from_issue();
    let as_at = date(2026, 1, 1);
    let schedule = schedule(&case.facts(), as_at, Horizon::around(as_at));
    assert_eq!(schedule.occurrences.len(), 1);
    let mut series =
        Case::must(nominal(6, Unit::Months, AnchorKind::Commenced)).with(AnchorKind::Commenced, "2012-07-31");
    series = series.met("n:1", date(2013, 1, 30));
    let shown = super::schedule(&series.facts(), date(2014, 9, 1), Horizon::around(date(2014, 9, 1)));
    let keys: Vec<String> = shown.occurrences.iter().map(|one| one.key.to_string()).collect();
    assert_eq!(keys, ["n:2", "n:3", "n:4", "n:5", "n:6"]);
}

#[test]
fn the_next_of_a_slow_series_is_shown_beyond_the_horizon() {
    let case = Case::must(nominal(3, Unit::Years, AnchorKind::Issued)).with(AnchorKind::Issued, "2016-08-11");
    assert_eq!(case.told(date(2016, 9, 1)), ["n:1: by 11 August 2019 - Upcoming"]);
}

#[test]
fn an_interval_of_nothing_is_no_interval() {
    let case = Case::must(at_most(0, Unit::Weeks)).with(AnchorKind::Issued, "2016-08-11");
    assert_eq!(
        case.told(date(2016, 9, 1)),
        ["No date: the notice does not say how often, and no local interval is set."]
    );
}

#[test]
fn a_daily_duty_over_two_centuries_comes_to_an_end() {
    let case = Case::must(nominal(1, Unit::Days, AnchorKind::Issued)).with(AnchorKind::Issued, "1800-01-01");
    assert!(!case.on(date(2026, 1, 1)).occurrences.is_empty());
}

#[test]
fn keys_read_back_as_they_are_written() {
    for text in ["once", "date:2012-10", "date:2022-03-31", "n:3", "event:a:b", "gap:2016-09-08"] {
        assert_eq!(OccurrenceKey::parse(text).map(|key| key.to_string()).as_deref(), Some(text));
    }
    for text in ["", "n:0", "n:x", "event:", "gap:2016-09", "date:soon"] {
        assert_eq!(OccurrenceKey::parse(text), None);
    }
}

fn offset(days: i64) -> Date {
    date(2016, 8, 11).checked_add(Span::new().days(days)).expect("in range")
}

fn any_timing() -> impl Strategy<Value = Timing> {
    let unit = prop_oneof![Just(Unit::Days), Just(Unit::Weeks), Just(Unit::Months), Just(Unit::WorkingDays)];
    (0usize..9, 1u16..9, unit).prop_map(|(shape, amount, unit)| match shape {
        0 => within(amount, unit, AnchorKind::Issued),
        1 => after(amount, unit, AnchorKind::Issued),
        2 => printed(&["2016-10", "2017-03-31", "--07-27"]),
        3 => at_most(amount, unit),
        4 => nominal(amount, unit, AnchorKind::Issued),
        5 => with_each("each board meeting", None),
        6 => with_each("before each board meeting", Some(Bound::Before)),
        7 => before(AnchorKind::Meeting),
        _ => Timing { anchor: Some(AnchorKind::Issued), ..at_most(amount, unit) },
    })
}

fn any_event_state() -> impl Strategy<Value = EventState> {
    prop_oneof![4 => Just(EventState::Held), 1 => Just(EventState::Planned), 1 => Just(EventState::Cancelled)]
}

prop_compose! {
    fn any_case()(
        timing in any_timing(),
        aim in any::<bool>(),
        meetings in proptest::collection::vec((0i64..500, any_event_state()), 0..8),
        performed in any::<bool>(),
        change in proptest::option::of((0i64..500, any_timing(), any::<bool>())),
    ) -> Case {
        let mut case = Case::must(timing).with(AnchorKind::Issued, "2016-08-11");
        case.modality = if aim { Modality::Should } else { Modality::Must };
        case.performed_by = performed.then_some(EventKind::Meeting);
        for (number, (days, state)) in meetings.into_iter().enumerate() {
            let on = PartialDate::Day(offset(days));
            case.events.push(Event { id: number.to_string(), kind: EventKind::Meeting, on, state });
        }
        if let Some((from, timing, agreed)) = change {
            let source = if agreed { AGREED } else { RuleSource::Edited };
            case = case.rule(offset(from), timing, source);
        }
        case
    }
}

/// Keys of what has been missed or done late.
fn missed(schedule: &Schedule) -> BTreeSet<OccurrenceKey> {
    let late = |one: &&Occurrence| matches!(one.state, State::Overdue | State::MissedAim | State::MetLate);
    schedule.occurrences.iter().filter(late).map(|one| one.key.clone()).collect()
}

proptest! {
    #[test]
    fn a_later_day_never_turns_back_what_was_missed(mut case in any_case(), day in 0i64..600, more in 0i64..400) {
        // Only an agreed variation may do that, so there is none here.
        case.rules.retain(|rule| rule.source != AGREED);
        let (first, second) = (missed(&case.on(offset(day))), missed(&case.on(offset(day + more))));
        prop_assert!(first.is_subset(&second), "{first:?} then {second:?}");
    }

    #[test]
    fn keys_are_unique_and_those_of_the_past_stay(case in any_case(), day in 0i64..600, more in 0i64..400) {
        let keys = |as_at: Date| -> Vec<OccurrenceKey> {
            case.on(as_at).occurrences.into_iter().map(|one| one.key).collect()
        };
        let now: Vec<OccurrenceKey> = keys(offset(day));
        let unique: BTreeSet<&OccurrenceKey> = now.iter().collect();
        prop_assert_eq!(unique.len(), now.len());
        let later: BTreeSet<OccurrenceKey> = keys(offset(day + more)).into_iter().collect();
        let past = case.on(offset(day)).occurrences.into_iter().filter(|one| one.due.sort_day() <= offset(day));
        for one in past {
            prop_assert!(later.contains(&one.key), "{} is gone", one.key);
        }
    }

    #[test]
    fn occurrences_are_sorted_and_each_has_a_date_and_a_reason(case in any_case(), day in 0i64..600) {
        let schedule = case.on(offset(day));
        prop_assert!(schedule.occurrences.is_sorted_by_key(|one| one.due.sort_day()));
        for one in &schedule.occurrences {
            prop_assert!(one.due.earliest.is_some() || one.due.latest.is_some());
            prop_assert!(one.why.ends_with('.'), "{}", one.why);
            prop_assert_eq!(one.met_on.is_some(), matches!(one.state, State::Met | State::MetLate));
        }
        prop_assert!(!schedule.occurrences.is_empty() || schedule.undated.is_some());
    }

    #[test]
    fn an_edit_leaves_every_missed_date_before_it_as_it_was(case in any_case(), from in 0i64..500, timing in any_timing()) {
        let mut plain = case;
        plain.rules.truncate(1);
        let edited = plain.clone().rule(offset(from), timing, RuleSource::Edited);
        let eve = offset(from).checked_sub(1.day()).expect("in range");
        let (before, after) = (missed(&plain.on(eve)), missed(&edited.on(offset(from + 300))));
        prop_assert!(before.is_subset(&after), "{before:?} then {after:?}");
    }

    #[test]
    fn the_schedule_and_the_cadence_of_a_board_tell_the_same_gaps(
        days in proptest::collection::btree_set(1i64..300, 0..10),
        day in 0i64..400,
        weeks in 1u16..8,
    ) {
        let mut case = Case::must(Timing { anchor: Some(AnchorKind::Issued), ..at_most(weeks, Unit::Weeks) })
            .with(AnchorKind::Issued, "2016-08-11")
            .performed_by_meetings(&[]);
        let mut meetings = Vec::new();
        for days in days {
            let on = offset(days);
            case = case.event(EventKind::Meeting, &on.to_string(), EventState::Held);
            meetings.push(Meeting { id: on.to_string(), on, state: EventState::Held, quorate: None });
        }
        let every = Interval::new(weeks, Unit::Weeks);
        let rules = [CadenceRule { effective_from: None, every, at_most: true, source: RuleSource::AsRead }];
        let start = CadenceStart { on: offset(0), anchor: AnchorKind::Issued, inferred: false };
        let facts = CadenceFacts {
            rules: &rules,
            variations: &[],
            start: Some(start),
            meetings: &meetings,
            inquorate: InquorateMeetings::Count,
            ended_on: None,
            calendar: england_and_wales(),
        };
        let gaps: Vec<(Date, Date, bool)> = cadence(&facts, offset(day))
            .gaps
            .iter()
            .map(|gap| (gap.from, gap.limit_on, gap.verdict == GapVerdict::Breach))
            .collect();
        let mut occurrences: Vec<(Date, Date, bool)> = Vec::new();
        for one in case.on(offset(day)).occurrences {
            if let (OccurrenceKey::Gap(from), Some(latest)) = (one.key, one.due.latest) {
                occurrences.push((from, latest, one.breach));
            }
        }
        prop_assert_eq!(gaps, occurrences);
    }
}
