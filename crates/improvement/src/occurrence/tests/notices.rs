//! Whole notices: what each style of clause gives on a day, in words.

use jiff::civil::date;
use vocabulary::party::Party;

use super::*;

#[test]
fn a_chair_s_first_report_is_due_six_weeks_after_issue() {
    let case = Case::must(within(6, Unit::Weeks, AnchorKind::Issued)).with(AnchorKind::Issued, "2016-08-11");
    assert_eq!(case.told(date(2016, 8, 11)), ["once: by 22 September 2016 - Upcoming"]);
    assert_eq!(case.told(date(2016, 8, 23)), ["once: by 22 September 2016 - Due soon"]);
    assert_eq!(case.told(date(2016, 9, 22)), ["once: by 22 September 2016 - Due soon"]);
    assert_eq!(case.told(date(2016, 9, 23)), ["once: by 22 September 2016 - Overdue"]);
    let overdue = &case.on(date(2016, 9, 28)).occurrences[0];
    assert_eq!(overdue.why, "6 weeks after 11 August 2016, the day of issue.");
    assert_eq!((overdue.days_late, overdue.breach), (Some(6), true));
}

#[test]
fn moving_the_issue_date_moves_only_what_is_counted_from_it() {
    let clauses = [
        within(6, Unit::Weeks, AnchorKind::Issued),
        within(1, Unit::Months, AnchorKind::Received),
        printed(&["2012-10"]),
    ];
    let told = |issued: &str| -> Vec<String> {
        let cases = clauses.iter().map(|timing| {
            let case = Case::must(timing.clone());
            case.with(AnchorKind::Issued, issued).with(AnchorKind::Received, "2012-07-31")
        });
        cases.flat_map(|case| case.told(date(2012, 8, 1))).collect()
    };
    assert_eq!(
        told("2012-07-25"),
        [
            "once: by 5 September 2012 - Upcoming",
            "once: by 31 August 2012 - Due soon",
            "date:2012-10: by the end of October 2012 - Upcoming"
        ]
    );
    assert_eq!(
        told("2012-08-01"),
        [
            "once: by 12 September 2012 - Upcoming",
            "once: by 31 August 2012 - Due soon",
            "date:2012-10: by the end of October 2012 - Upcoming"
        ]
    );
}

#[test]
fn an_unsigned_notice_gives_no_dates() {
    let missing = |timing: Timing, sentence: &str| {
        assert_eq!(Case::must(timing).told(date(2012, 8, 1)), [sentence]);
    };
    missing(
        within(6, Unit::Weeks, AnchorKind::Issued),
        "No date: the day the notice was issued is not known.",
    );
    missing(
        within(1, Unit::Months, AnchorKind::Received),
        "No date: the day the notice was received is not known.",
    );
    missing(
        nominal(6, Unit::Months, AnchorKind::Commenced),
        "No date: the day the notice started is not known.",
    );
    missing(
        before(AnchorKind::Ended),
        "No date: it must be done before the notice ends, and no end date is known.",
    );
    missing(at_most(4, Unit::Weeks), "No date: the notice does not say from when the time runs.");
    missing(
        Timing { anchor: None, ..within(6, Unit::Months, AnchorKind::Issued) },
        "No date: the notice does not say from when the time runs.",
    );
}

#[test]
fn reports_of_three_named_months_stay_months() {
    let case =
        Case::must(printed(&["2012-10", "2013-04", "2013-10"])).met("date:2012-10", date(2012, 10, 29));
    assert_eq!(
        case.told(date(2013, 4, 2)),
        [
            "date:2012-10: by the end of October 2012 - Met",
            "date:2013-04: by the end of April 2013 - Due this month",
            "date:2013-10: by the end of October 2013 - Upcoming",
        ]
    );
    assert_eq!(case.told(date(2013, 4, 30))[1], "date:2013-04: by the end of April 2013 - Due this month");
    assert_eq!(case.told(date(2013, 5, 1))[1], "date:2013-04: by the end of April 2013 - Overdue");
    assert_eq!(case.told(date(2013, 3, 5))[1], "date:2013-04: by the end of April 2013 - Due soon");
}

#[test]
fn a_review_after_six_months_has_a_first_day_and_is_never_overdue() {
    let case =
        Case::must(after(6, Unit::Months, AnchorKind::Commenced)).with(AnchorKind::Commenced, "2012-08-31");
    assert_eq!(case.told(date(2013, 2, 1)), ["once: not before 28 February 2013 - Upcoming"]);
    assert_eq!(case.told(date(2014, 2, 1)), ["once: not before 28 February 2013 - Open"]);
    assert_eq!(
        case.on(date(2013, 2, 1)).occurrences[0].why,
        "Not before 28 February 2013: 6 months after 31 August 2012, the day it started."
    );
}

#[test]
fn a_printed_day_without_its_year_is_no_deadline() {
    let case = Case::must(printed(&["--07-27", "2012-12"]));
    assert_eq!(
        case.told(date(2012, 8, 1)),
        [
            "date:2012-12: by the end of December 2012 - Upcoming",
            "No date: “27 July (year not printed)” is not complete enough to be a deadline.",
        ]
    );
}

#[test]
fn a_missed_aim_is_not_a_breach() {
    let case = Case::should(within(18, Unit::Months, AnchorKind::Commenced))
        .with(AnchorKind::Commenced, "2012-07-31");
    assert_eq!(case.told(date(2014, 2, 1)), ["once: by 31 January 2014 - Aim missed"]);
    assert!(!case.on(date(2014, 2, 1)).occurrences[0].breach);
}

#[test]
fn an_inferred_anchor_is_said_in_the_sentence() {
    let mut timing = within(6, Unit::Months, AnchorKind::Issued);
    timing.anchor_inferred = true;
    let case = Case::must(timing).with(AnchorKind::Issued, "2011-12-01");
    let occurrence = &case.on(date(2012, 1, 1)).occurrences[0];
    assert!(occurrence.inferred);
    assert!(occurrence.why.ends_with("The start is our reading and is not yet confirmed."));
}

#[test]
fn an_anchor_known_by_its_month_counts_to_the_last_day_it_can_mean() {
    let case =
        Case::must(within(2, Unit::Months, AnchorKind::Commenced)).with(AnchorKind::Commenced, "2012-08");
    assert_eq!(case.told(date(2012, 10, 3)), ["once: by the end of October 2012 - Due this month"]);
}

#[test]
fn a_limit_in_working_days_says_by_which_calendar_it_was_counted() {
    let case = Case::must(within(5, Unit::WorkingDays, AnchorKind::Received))
        .with(AnchorKind::Received, "2026-12-24");
    let occurrence = &case.on(date(2026, 12, 24)).occurrences[0];
    assert_eq!(occurrence.due.latest, Some(date(2027, 1, 5)));
    assert_eq!(
        occurrence.why,
        "5 working days after 24 December 2026, the day of receipt. Counted with bank holidays as listed on \
         1 May 2026."
    );
}

#[test]
fn a_board_that_must_meet_every_four_weeks_at_least_is_due_four_weeks_after_it_met() {
    let case = Case::must(Timing { anchor: Some(AnchorKind::Issued), ..at_most(4, Unit::Weeks) })
        .with(AnchorKind::Issued, "2016-08-11")
        .performed_by_meetings(&["2016-09-08", "2016-10-08"]);
    assert_eq!(
        case.told(date(2016, 10, 10)),
        [
            "gap:2016-08-11: by 8 September 2016 - Met",
            "gap:2016-09-08: by 6 October 2016 - Met late",
            "gap:2016-10-08: by 5 November 2016 - Due soon",
        ]
    );
    assert_eq!(case.told(date(2016, 10, 7))[1], "gap:2016-09-08: by 6 October 2016 - Overdue");
    let open = &case.on(date(2016, 10, 10)).occurrences[2];
    assert_eq!(open.why, "At most 4 weeks after 8 October 2016, the last board meeting.");
}

#[test]
fn a_report_every_six_months_does_not_drift_from_the_end_of_the_month() {
    let case = Case::must(nominal(6, Unit::Months, AnchorKind::Commenced))
        .with(AnchorKind::Commenced, "2012-08-31")
        .met("n:1", date(2013, 3, 4));
    assert_eq!(
        case.told(date(2013, 3, 5)),
        [
            "n:1: by 28 February 2013 - Met late",
            "n:2: by 31 August 2013 - Upcoming",
            "n:3: by 28 February 2014 - Upcoming",
        ]
    );
}

#[test]
fn a_report_for_each_meeting_falls_due_with_every_meeting_that_is_not_cancelled() {
    let case = Case::must(with_each("each board meeting", None))
        .event(EventKind::Meeting, "2016-09-08", EventState::Held)
        .event(EventKind::Meeting, "2016-10-06", EventState::Cancelled)
        .event(EventKind::Meeting, "2016-10-20", EventState::Planned)
        .met("event:2016-09-08", date(2016, 9, 8));
    assert_eq!(
        case.told(date(2016, 9, 10)),
        ["event:2016-09-08: by 8 September 2016 - Met", "event:2016-10-20: by 20 October 2016 - Upcoming",]
    );
}

#[test]
fn a_self_assessment_comes_before_each_review_and_waits_for_one_to_be_scheduled() {
    let case = Case::must(with_each("before any review", Some(Bound::Before)));
    assert_eq!(case.told(date(2017, 1, 1)), ["No next date: the next review is not scheduled."]);
    let scheduled = case.event(EventKind::Review, "2017-02-13", EventState::Planned);
    assert_eq!(scheduled.told(date(2017, 1, 1)), ["event:2017-02-13: by 12 February 2017 - Upcoming"]);
}

#[test]
fn a_peer_review_comes_before_the_first_review_and_stays_missed_when_a_second_is_scheduled() {
    let case = Case::must(before(AnchorKind::Review));
    assert_eq!(case.told(date(2012, 1, 1)), ["No next date: the next review is not scheduled."]);
    let one = case.event(EventKind::Review, "2012-06-04", EventState::Held);
    assert_eq!(one.told(date(2012, 6, 5)), ["once: by 3 June 2012 - Overdue"]);
    let two = one.event(EventKind::Review, "2012-12-04", EventState::Planned);
    assert_eq!(two.told(date(2012, 6, 5)), ["once: by 3 June 2012 - Overdue"]);
    assert_eq!(
        two.on(date(2012, 6, 5)).occurrences[0].why,
        "Before 4 June 2012, the day of the first review. The start is our reading and is not yet confirmed."
    );
}

#[test]
fn a_request_starts_a_duty_but_sets_no_last_day() {
    let timing = Timing {
        kind: TimingKind::Conditional,
        text: "when requested".to_owned(),
        event: Some("when requested".to_owned()),
        ..Timing::default()
    };
    let case = Case::must(timing);
    assert_eq!(
        case.told(date(2016, 9, 1)),
        ["No date: it applies only when this comes true: “when requested”."]
    );
    let asked = case.event(EventKind::Named("requested".to_owned()), "2016-09-05", EventState::Held);
    assert_eq!(asked.told(date(2016, 9, 6))[0], "event:2016-09-05: not before 5 September 2016 - Open");
}

#[test]
fn an_interval_the_notice_leaves_open_waits_for_a_setting_and_shows_it_as_local() {
    let mut case = Case::must(open_interval());
    assert_eq!(
        case.told(date(2016, 9, 1)),
        ["No date: the notice does not say how often, and no local interval is set."]
    );
    case.local_intervals.push(LocalInterval {
        from: date(2016, 9, 1),
        every: Interval::new(1, Unit::Months),
        at_most: true,
        set_by: "the director of children’s services".to_owned(),
    });
    assert_eq!(case.told(date(2016, 9, 20)), ["gap:2016-09-01: by 1 October 2016 - Due soon"]);
    let overdue = &case.on(date(2016, 10, 2)).occurrences[0];
    assert_eq!(
        (overdue.state, overdue.rule, overdue.breach),
        (State::Overdue, RuleSource::LocalSetting, false)
    );
    assert!(overdue.why.ends_with(
        "This interval was set locally by the director of children’s services; it is not the notice’s."
    ));
}

#[test]
fn an_interval_that_the_board_must_set_blocks_the_duty_until_it_has() {
    let case = Case::must(Timing { set_by: Some(Party::BOARD), ..open_interval() });
    assert_eq!(case.told(date(2012, 9, 1)), ["No date: the board has not yet set how often."]);
}

#[test]
fn duties_without_a_clock_say_so() {
    let continuous = Timing { kind: TimingKind::Continuous, ..Timing::default() };
    assert_eq!(Case::must(continuous).told(date(2012, 9, 1)), ["No single date: it applies all the time."]);
    assert_eq!(Case::must(Timing::default()).told(date(2012, 9, 1)), ["No date: the notice gives no time."]);
}
