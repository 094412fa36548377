//! Limits, signals and sentences, at the values where each begins.

use proptest::prelude::*;

use super::*;

fn points(values: &[f64]) -> Vec<Point> {
    let start = Day::new(2024, 1, 31).expect("a day");
    let point = |(place, &value): (usize, &f64)| {
        let ends_on = start.plus_months(i32::try_from(place).unwrap()).end_of_month();
        Point { period: month(ends_on), ends_on, value: Some(value), numerator: None, denominator: None }
    };
    values.iter().enumerate().map(point).collect()
}

fn measure(polarity: Polarity, target: Option<f64>) -> Measure {
    Measure { sentence: "of reviews were in time".to_owned(), unit: Unit::Percent, polarity, target }
}

fn chart(values: &[f64]) -> ControlChart {
    ControlChart::of(points(values), &measure(Polarity::High, None), &[])
}

/// Twelve points around 50 that signal nothing: mean 50, mean moving range 4, limits 39.36 and 60.64.
const STEADY: [f64; 12] = [52.0, 48.0, 52.0, 48.0, 52.0, 48.0, 52.0, 48.0, 52.0, 48.0, 52.0, 48.0];

#[test]
fn limits_lie_two_and_two_thirds_mean_moving_ranges_from_the_mean() {
    let chart = chart(&STEADY);
    let segment = chart.current().unwrap();
    let (lower, upper) = segment.limits.unwrap();
    assert!((segment.mean - 50.0).abs() < 1e-9);
    assert!((lower - 39.36).abs() < 1e-9 && (upper - 60.64).abs() < 1e-9);
    assert!(chart.signals.is_empty());
    assert_eq!(chart.variation, Variation::CommonCause);
}

type Found = (SignalKind, Side, usize);

/// Values after the steady twelve, and the signals found in them by kind, side and number of points.
fn signals(after: &[f64]) -> Vec<Found> {
    // The steady points alone give the limits, so that what follows can't widen them.
    let values: Vec<f64> = STEADY.iter().chain(after).copied().collect();
    let points = points(&values);
    let steady = segment(&points, 0..12, None).unwrap();
    let segment = Segment { last: values.len() - 1, ..steady };
    let found = signals::find(&points, &segment);
    found.into_iter().map(|signal| (signal.kind, signal.side, signal.points.len())).collect()
}

#[test]
fn each_signal_begins_exactly_where_making_data_count_says() {
    use Side::{Above, Below};
    use SignalKind::{NearLimit, OutsideLimits, Shift, Trend};
    let cases: [(&[f64], &[Found]); 13] = [
        (&[60.6], &[]),
        (&[60.7], &[(OutsideLimits, Above, 1)]),
        (&[39.3], &[(OutsideLimits, Below, 1)]),
        (&[39.0, 38.0, 61.0], &[(OutsideLimits, Below, 2), (OutsideLimits, Above, 1)]),
        // The last steady point lies below the mean, so the run begins after it.
        (&[51.0, 52.0, 51.0, 52.0, 51.0, 52.0], &[]),
        (&[51.0, 52.0, 51.0, 52.0, 51.0, 52.0, 51.0], &[(Shift, Above, 7)]),
        // A point on the mean ends the run.
        (&[51.0, 52.0, 51.0, 50.0, 51.0, 52.0, 51.0, 52.0], &[]),
        // With the 48 before, five rise.
        (&[48.5, 49.0, 49.5, 49.8], &[]),
        (&[48.5, 49.0, 49.5, 49.8, 49.9], &[(Trend, Above, 6)]),
        // Two of three beyond two thirds of the way (57.1), on the same side only.
        (&[58.0, 49.0, 58.0], &[(NearLimit, Above, 2)]),
        (&[58.0, 49.0, 51.0, 58.0], &[]),
        (&[58.0, 49.0, 42.0], &[]),
        // A point outside is a signal of its own and not near.
        (&[61.0, 49.0, 58.0], &[(OutsideLimits, Above, 1)]),
    ];
    for (after, expected) in cases {
        assert_eq!(signals(after), expected, "{after:?}");
    }
}

#[test]
fn windows_that_share_points_are_one_signal() {
    assert_eq!(signals(&[58.0, 58.5, 58.0]), [(SignalKind::NearLimit, Side::Above, 3)]);
}

#[test]
fn figures_that_never_change_are_no_signal() {
    assert!(chart(&[0.1; 30]).signals.is_empty());
    assert!(chart(&[33.3; 30]).signals.is_empty());
}

#[test]
fn a_month_without_a_figure_is_passed_over() {
    let mut with_gap = points(&STEADY);
    with_gap[4].value = None;
    let chart = ControlChart::of(with_gap, &measure(Polarity::High, None), &[]);
    assert_eq!(chart.current().unwrap().figures, 11);
    assert!(chart.current().unwrap().is_trial());
}

#[test]
fn the_kind_of_variation_follows_from_the_side_and_from_which_way_is_better() {
    let rising: Vec<f64> = STEADY.iter().copied().chain([90.0]).collect();
    let falling: Vec<f64> = STEADY.iter().copied().chain([10.0]).collect();
    let cases = [
        (Polarity::High, &rising, Variation::Improving),
        (Polarity::High, &falling, Variation::Concerning),
        (Polarity::Low, &rising, Variation::Concerning),
        (Polarity::Low, &falling, Variation::Improving),
        (Polarity::Context, &rising, Variation::Neither),
    ];
    for (polarity, values, expected) in cases {
        let chart = ControlChart::of(points(values), &measure(polarity, None), &[]);
        assert_eq!(chart.variation, expected, "{polarity:?}");
    }
}

#[test]
fn a_signal_of_long_ago_does_not_make_the_latest_figure_special() {
    let values: Vec<f64> = [90.0].into_iter().chain(STEADY).chain(STEADY).collect();
    let chart = chart(&values);
    assert!(chart.signals.iter().any(|signal| signal.kind == SignalKind::OutsideLimits));
    assert_eq!(chart.variation, Variation::CommonCause);
    assert!(
        chart
            .sentence(&measure(Polarity::High, None))
            .contains("Earlier: a point above the upper limit (January 2024).")
    );
}

#[test]
fn assurance_says_whether_the_target_can_be_relied_on() {
    let cases = [
        (Polarity::High, 39.0, Some(Assurance::WillConsistentlyMeet)),
        (Polarity::High, 50.0, Some(Assurance::HitAndMiss)),
        (Polarity::High, 61.0, Some(Assurance::WillFallShort)),
        (Polarity::Low, 61.0, Some(Assurance::WillConsistentlyMeet)),
        (Polarity::Low, 39.0, Some(Assurance::WillFallShort)),
        (Polarity::Context, 61.0, None),
    ];
    for (polarity, target, expected) in cases {
        let chart = ControlChart::of(points(&STEADY), &measure(polarity, Some(target)), &[]);
        assert_eq!(chart.assurance, expected, "{polarity:?} {target}");
    }
}

#[test]
fn new_limits_begin_only_with_cause_author_and_date() {
    let from = Day::new(2025, 1, 1).unwrap();
    let decided = Day::new(2025, 3, 4).unwrap();
    assert_eq!(Rebase::new(from, " ", "Ravi Chandra", decided), Err(RebaseRefusal::NoCause));
    assert_eq!(Rebase::new(from, "a second team", "", decided), Err(RebaseRefusal::NoAuthor));
    assert_eq!(
        Rebase::new(decided, "a second team", "Ravi Chandra", from),
        Err(RebaseRefusal::BeforeTheChange)
    );

    let values: Vec<f64> = STEADY.iter().copied().chain(STEADY.map(|value| value + 30.0)).collect();
    let without = chart(&values);
    assert!(without.signals.iter().any(|signal| signal.kind == SignalKind::Shift));
    let rebase = Rebase::new(from, "a second team", "Ravi Chandra", decided).unwrap();
    let with = ControlChart::of(points(&values), &measure(Polarity::High, None), &[rebase]);
    assert_eq!(
        with.segments.iter().map(|segment| (segment.first, segment.last)).collect::<Vec<_>>(),
        [(0, 11), (12, 23)]
    );
    assert!((with.current().unwrap().mean - 80.0).abs() < 1e-9);
    assert!(with.signals.is_empty());
    let sentence = with.sentence(&measure(Polarity::High, None));
    assert!(
        sentence.ends_with(
            "New limits from January 2025, decided by Ravi Chandra on 4 March 2025: a second team."
        ),
        "{sentence}"
    );
}

#[test]
fn a_board_member_reads_the_figure_the_variation_the_limits_and_the_target() {
    let mut series = points(&STEADY);
    series[11].numerator = Some(24);
    series[11].denominator = Some(50);
    let measure = measure(Polarity::High, Some(90.0));
    assert_eq!(
        ControlChart::of(series, &measure, &[]).sentence(&measure),
        "December 2024: 48% (24 of 50) of reviews were in time. Common cause variation. While nothing changes, expect \
         between 39.4% and 60.6%, around 50%. Will fall short of the target of 90%."
    );
}

#[test]
fn few_points_give_trial_limits_and_say_so() {
    let measure = measure(Polarity::High, None);
    assert!(
        chart(&STEADY[..11]).sentence(&measure).ends_with("Trial limits: 11 points so far, 12 are needed.")
    );
    assert!(!chart(&STEADY).sentence(&measure).contains("Trial"));
    assert_eq!(
        chart(&[40.0]).sentence(&measure),
        "January 2024: 40% of reviews were in time. Common cause variation. Trial limits: 1 point so far, 12 are needed."
    );
    assert_eq!(chart(&[]).sentence(&measure), "There are no figures yet.");
}

#[test]
fn limits_are_shown_only_where_figures_can_be() {
    let chart = chart(&[100.0, 60.0, 100.0, 60.0]);
    let segment = chart.current().unwrap();
    assert_eq!(segment.shown_limits(Unit::Percent), Some((0.0, 100.0)));
    assert!(segment.shown_limits(Unit::Days).unwrap().1 > 100.0);
}

proptest! {
    #[test]
    fn turned_upside_down_the_same_signals_point_the_other_way(values in prop::collection::vec(0..100_i32, 0..40)) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let turned: Vec<f64> = values.iter().map(|value| 100.0 - value).collect();
        let signals = |values: &[f64], turned: bool| {
            let side = |side| if turned == (side == Side::Above) { Side::Below } else { Side::Above };
            let found = chart(values).signals.into_iter().map(|signal| format!("{:?} {:?} {:?}", signal.points, signal.kind, side(signal.side)));
            let mut found: Vec<_> = found.collect();
            found.sort();
            found
        };
        prop_assert_eq!(signals(&values, false), signals(&turned, true));
    }

    /// Limits and signals do not depend on the unit that figures are written in.
    #[test]
    fn another_unit_gives_the_same_signals(values in prop::collection::vec(0..100_i32, 0..40)) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let other: Vec<f64> = values.iter().map(|value| value * 8.0 + 1024.0).collect();
        prop_assert_eq!(chart(&values).signals, chart(&other).signals);
    }
}
