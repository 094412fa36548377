//! Tests of cadence: gaps, breaches, variations.

use jiff::civil::date;
use proptest::prelude::*;
use vocabulary::interval::Unit;
use vocabulary::working_days::england_and_wales;

use super::*;

fn rule(weeks: u16, at_most: bool) -> CadenceRule {
    let every = Interval::new(weeks, Unit::Weeks);
    CadenceRule { effective_from: None, every, at_most, source: RuleSource::AsRead }
}

fn meeting(on: Date, state: EventState) -> Meeting {
    Meeting { id: on.to_string(), on, state, quorate: Some(true) }
}

fn held(days: &[Date]) -> Vec<Meeting> {
    days.iter().map(|day| meeting(*day, EventState::Held)).collect()
}

fn facts<'a>(rules: &'a [CadenceRule], meetings: &'a [Meeting]) -> CadenceFacts<'a> {
    CadenceFacts {
        rules,
        variations: &[],
        start: None,
        meetings,
        inquorate: InquorateMeetings::Count,
        ended_on: None,
        calendar: england_and_wales(),
    }
}

#[test]
fn the_twenty_ninth_day_without_a_meeting_is_a_breach_on_that_day() {
    let rules = [rule(4, true)];
    let meetings = held(&[date(2026, 9, 3)]);
    let on_the_last_day = cadence(&facts(&rules, &meetings), date(2026, 10, 1));
    assert_eq!(on_the_last_day.breaches().count(), 0);
    assert_eq!(on_the_last_day.next_due, Some(date(2026, 10, 1)));
    assert_eq!(
        on_the_last_day.sentence,
        "No meeting since the meeting on 3 September 2026, 28 days ago. The next must be held by 1 October 2026."
    );
    let on_the_next_day = cadence(&facts(&rules, &meetings), date(2026, 10, 2));
    assert_eq!(on_the_next_day.breaches().count(), 1);
    assert_eq!(
        on_the_next_day.sentence,
        "No meeting since the meeting on 3 September 2026, 29 days ago. The limit of 4 weeks ended on \
         1 October 2026, so the rule is breached by 1 day so far."
    );
}

#[test]
fn a_gap_of_thirty_days_stays_a_breach_when_the_meeting_is_held_at_last() {
    let rules = [rule(4, true)];
    let meetings = held(&[date(2026, 9, 3), date(2026, 10, 3), date(2026, 10, 31)]);
    let result = cadence(&facts(&rules, &meetings), date(2026, 11, 2));
    let closed: Vec<(u32, GapVerdict)> =
        result.gaps.iter().take(2).map(|gap| (gap.days, gap.verdict)).collect();
    assert_eq!(closed, [(30, GapVerdict::Breach), (28, GapVerdict::Within)]);
    assert_eq!(
        result.gaps[0].sentence,
        "30 days from the meeting on 3 September 2026 to the meeting on 3 October 2026: 2 days over the limit of \
         4 weeks. This is a breach."
    );
    assert!(result.sentence.ends_with("1 of 2 earlier gaps broke the limit."), "{}", result.sentence);
}

#[test]
fn a_nominal_interval_is_overshot_but_not_breached() {
    let rules = [rule(4, false)];
    let meetings = held(&[date(2026, 9, 3), date(2026, 10, 8)]);
    let result = cadence(&facts(&rules, &meetings), date(2026, 10, 9));
    assert_eq!(result.gaps[0].verdict, GapVerdict::LongerThanNamed);
    assert_eq!(result.breaches().count(), 0);
    assert_eq!(
        result.gaps[0].sentence,
        "35 days from the meeting on 3 September 2026 to the meeting on 8 October 2026: 7 days longer than the \
         4 weeks the notice names. This is not a breach, because the notice sets no maximum."
    );
}

#[test]
fn a_variation_counts_only_from_the_day_it_was_agreed() {
    let rules = [rule(4, true)];
    let meetings = held(&[date(2026, 1, 5), date(2026, 2, 16), date(2026, 3, 30)]);
    let variations = [CadenceVariation {
        id: VariationId(1),
        agreed_on: date(2026, 2, 10),
        effective_from: date(2026, 1, 1),
        every: Interval::new(6, Unit::Weeks),
        at_most: true,
    }];
    let facts = CadenceFacts { variations: &variations, ..facts(&rules, &meetings) };
    let result = cadence(&facts, date(2026, 3, 31));
    let verdicts: Vec<GapVerdict> = result.gaps.iter().take(2).map(|gap| gap.verdict).collect();
    assert_eq!(verdicts, [GapVerdict::Breach, GapVerdict::Within], "backdating a variation excuses nothing");
    assert_eq!(result.gaps[1].rule, RuleSource::Variation(VariationId(1)));
    let before_it_was_agreed = cadence(&facts, date(2026, 2, 9));
    assert_eq!(before_it_was_agreed.next_rule, Some(RuleSource::AsRead));
}

#[test]
fn a_longer_interval_agreed_in_time_holds_for_the_gap_that_is_open() {
    let rules = [rule(4, true)];
    let meetings = held(&[date(2026, 1, 5)]);
    let agreed = |on: Date, weeks: u16| {
        let every = Interval::new(weeks, Unit::Weeks);
        [CadenceVariation { id: VariationId(1), agreed_on: on, effective_from: on, every, at_most: true }]
    };
    let limit = |variations: &[CadenceVariation], as_at: Date| {
        let facts = CadenceFacts { variations, ..facts(&rules, &meetings) };
        cadence(&facts, as_at).gaps[0].limit_on
    };
    let day = date(2026, 2, 20);
    assert_eq!(
        limit(&agreed(date(2026, 2, 2), 6), day),
        date(2026, 2, 16),
        "agreed on the last day of the 4 weeks"
    );
    assert_eq!(limit(&agreed(date(2026, 2, 3), 6), day), date(2026, 2, 2), "the gap was a breach already");
    assert_eq!(
        limit(&agreed(date(2026, 1, 12), 2), day),
        date(2026, 2, 2),
        "a shorter one starts with the next gap"
    );
}

#[test]
fn a_planned_date_that_leaves_too_long_a_gap_is_warned_of() {
    let rules = [rule(4, true)];
    let mut meetings = held(&[date(2026, 9, 3)]);
    meetings.push(meeting(date(2026, 10, 5), EventState::Planned));
    meetings.push(meeting(date(2026, 11, 2), EventState::Planned));
    let result = cadence(&facts(&rules, &meetings), date(2026, 9, 10));
    let warnings: Vec<&Gap> = result.warnings().collect();
    assert_eq!(warnings.len(), 1);
    assert_eq!(
        warnings[0].sentence,
        "The meeting planned for 5 October 2026 leaves a gap of 32 days, 4 days over the limit of 4 weeks. Hold a \
         meeting by 1 October 2026, or have a change of the interval agreed first."
    );
}

#[test]
fn the_first_gap_runs_from_the_start_of_the_notice() {
    let rules = [rule(4, true)];
    let start = CadenceStart { on: date(2026, 8, 11), anchor: AnchorKind::Issued, inferred: true };
    let meetings = held(&[date(2026, 7, 1), date(2026, 9, 15)]);
    let facts = CadenceFacts { start: Some(start), ..facts(&rules, &meetings) };
    let result = cadence(&facts, date(2026, 9, 15));
    assert_eq!(result.gaps[0].days, 35);
    assert_eq!(result.gaps[0].verdict, GapVerdict::Breach);
    assert!(result.gaps[0].sentence.contains("11 August 2026 (the day of issue)"));
    assert!(result.gaps[0].sentence.contains("our reading"));
}

#[test]
fn without_a_start_or_a_meeting_nothing_is_said_to_be_late() {
    let rules = [rule(4, true)];
    let result = cadence(&facts(&rules, &[]), date(2026, 9, 15));
    assert!(result.gaps.is_empty());
    assert_eq!(result.next_due, None);
    assert_eq!(
        result.sentence,
        "Not started: no meeting has been held, and the day the clock starts is not known."
    );
}

#[test]
fn a_meeting_without_a_quorum_is_flagged_or_does_not_count() {
    let rules = [rule(4, true)];
    let mut meetings = held(&[date(2026, 9, 3), date(2026, 9, 24), date(2026, 10, 15)]);
    meetings[1].quorate = Some(false);
    let counting = cadence(&facts(&rules, &meetings), date(2026, 10, 15));
    assert_eq!(counting.breaches().count(), 0);
    assert!(counting.gaps[0].sentence.ends_with("It ends with a meeting that had no quorum."));
    let strict = CadenceFacts { inquorate: InquorateMeetings::DoNotCount, ..facts(&rules, &meetings) };
    let not_counting = cadence(&strict, date(2026, 10, 15));
    assert_eq!(not_counting.gaps[0].days, 42);
    assert_eq!(not_counting.breaches().count(), 1);
    assert!(
        not_counting.gaps[0].sentence.contains("1 meeting in this time had no quorum and does not count.")
    );
}

#[test]
fn a_planned_meeting_that_was_never_recorded_counts_for_nothing() {
    let rules = [rule(4, true)];
    let mut meetings = held(&[date(2026, 9, 3)]);
    meetings.push(meeting(date(2026, 9, 24), EventState::Planned));
    let result = cadence(&facts(&rules, &meetings), date(2026, 10, 2));
    assert_eq!(result.unrecorded, ["2026-09-24"]);
    assert_eq!(result.breaches().count(), 1);
}

#[test]
fn no_gap_grows_after_the_notice_has_ended() {
    let rules = [rule(4, true)];
    let meetings = held(&[date(2026, 9, 3)]);
    let facts = CadenceFacts { ended_on: Some(date(2026, 9, 20)), ..facts(&rules, &meetings) };
    let result = cadence(&facts, date(2027, 1, 1));
    assert_eq!(result.breaches().count(), 0);
    assert_eq!(result.next_due, None);
}

proptest! {
    #[test]
    fn a_breach_once_reported_never_disappears(
        steps in proptest::collection::vec(1i64..60, 1..12),
        looked in 0i64..400,
        later_by in 0i64..400,
    ) {
        let mut day = date(2026, 1, 5);
        let mut days = vec![day];
        for step in steps {
            day = day.checked_add(jiff::Span::new().days(step)).expect("in range");
            days.push(day);
        }
        let meetings = held(&days);
        let rules = [rule(4, true)];
        let at = |offset: i64| date(2026, 1, 5).checked_add(jiff::Span::new().days(offset)).expect("in range");
        let breached_from = |as_at: Date| -> Vec<Date> {
            cadence(&facts(&rules, &meetings), as_at).breaches().map(|gap| gap.from).collect()
        };
        let later = breached_from(at(looked + later_by));
        for from in breached_from(at(looked)) {
            prop_assert!(later.contains(&from));
        }
    }
}
