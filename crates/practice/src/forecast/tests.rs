//! Forecasts of made-up series whose true month is known.

use proptest::prelude::*;

use super::*;
use crate::control_chart::Unit;

/// Shares of a group, one a month from January 2024.
fn forecast(values: &[f64], group: u32, unit: Unit, polarity: Polarity, target: f64) -> Forecast {
    let measure = Measure { sentence: String::new(), unit, polarity, target: Some(target) };
    let point = |(place, &value): (usize, &f64)| {
        let ends_on =
            Day::new(2024, 1, 31).unwrap().plus_months(i32::try_from(place).unwrap()).end_of_month();
        Point {
            period: String::new(),
            ends_on,
            value: Some(value),
            numerator: None,
            denominator: Some(group),
        }
    };
    let chart = ControlChart::of(values.iter().enumerate().map(point).collect(), &measure, &[]);
    Forecast::of(&chart, &measure)
}

fn line(from: f64, step: f64, months: i32) -> Vec<f64> {
    (0..months).map(|month| from + step * f64::from(month)).collect()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn a_straight_path_meets_its_target_where_a_ruler_says() {
    // 60 days in January 2024, two fewer each month: 20 days in September 2025.
    let days = line(60.0, -2.0, 15);
    assert_eq!(
        forecast(&days, 30, Unit::Days, Polarity::Low, 20.0),
        Forecast::Expected {
            month: day("2025-09-30"),
            earliest: day("2025-09-30"),
            latest: Some(day("2025-09-30"))
        }
    );
    assert_eq!(forecast(&days, 30, Unit::Days, Polarity::Low, 32.0), Forecast::Meets);
}

#[test]
fn a_share_bends_towards_all_of_them_and_never_passes_it() {
    let shares = line(50.0, 2.0, 18);
    // On a plain line 100% would be reached in February 2026; the odds say later.
    let Forecast::Expected { month, .. } = forecast(&shares, 100, Unit::Percent, Polarity::High, 99.0) else {
        panic!("on this path")
    };
    assert!(month > day("2026-02-28"), "{month}");
    assert!(matches!(forecast(&shares, 30, Unit::Percent, Polarity::High, 100.0), Forecast::Expected { .. }));
}

#[test]
fn it_says_why_there_is_no_month() {
    let rising = line(50.0, 1.0, 18);
    let cases = [
        (
            forecast(&rising, 19, Unit::Percent, Polarity::High, 90.0),
            Forecast::CannotTell(Reason::SmallGroup),
        ),
        (
            forecast(&rising[..11], 20, Unit::Percent, Polarity::High, 90.0),
            Forecast::CannotTell(Reason::FewPoints { points: 11 }),
        ),
        (
            forecast(&rising, 20, Unit::Percent, Polarity::Context, 90.0),
            Forecast::CannotTell(Reason::NoBetterSide),
        ),
        (
            forecast(&line(60.0, 0.0, 18), 20, Unit::Percent, Polarity::High, 90.0),
            Forecast::NotOnThisPath(Obstacle::DoesNotApproach),
        ),
        (
            forecast(&line(60.0, -1.0, 18), 20, Unit::Percent, Polarity::High, 90.0),
            Forecast::NotOnThisPath(Obstacle::DoesNotApproach),
        ),
        (
            forecast(&line(60.0, 0.1, 18), 20, Unit::Percent, Polarity::High, 95.0),
            Forecast::NotOnThisPath(Obstacle::TooSlow),
        ),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
}

#[test]
fn only_the_points_since_new_limits_count() {
    use crate::control_chart::Rebase;
    let measure =
        Measure { sentence: String::new(), unit: Unit::Days, polarity: Polarity::Low, target: Some(20.0) };
    let point = |place: i32| Point {
        period: String::new(),
        ends_on: Day::new(2024, 1, 31).unwrap().plus_months(place).end_of_month(),
        value: Some(60.0 - f64::from(place)),
        numerator: None,
        denominator: Some(40),
    };
    let from = day("2025-02-01");
    let rebase = Rebase::new(from, "a second team", "Ravi Chandra", from).unwrap();
    let chart = ControlChart::of((0..20).map(point).collect(), &measure, &[rebase]);
    assert_eq!(Forecast::of(&chart, &measure), Forecast::CannotTell(Reason::FewPoints { points: 7 }));
}

#[test]
fn a_leader_reads_the_month_with_its_interval_or_why_there_is_none() {
    let measure = Measure {
        sentence: String::new(),
        unit: Unit::Percent,
        polarity: Polarity::High,
        target: Some(90.0),
    };
    let expected = Forecast::Expected {
        month: day("2027-03-31"),
        earliest: day("2026-11-30"),
        latest: Some(day("2027-09-30")),
    };
    assert_eq!(
        expected.sentence(&measure),
        "On its present path the figure is expected to meet the target of 90% in March 2027; four times in five between \
         November 2026 and September 2027."
    );
    assert_eq!(
        Forecast::CannotTell(Reason::FewPoints { points: 7 }).sentence(&measure),
        "No forecast: 7 points of groups of 20 or more so far, 12 are needed."
    );
}

/// Repeatable numbers between 0 and 1.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let top = u32::try_from(self.0 >> 32).expect("the upper half of eight bytes");
        f64::from(top) / f64::from(u32::MAX)
    }

    fn share(&mut self, of: u32, chance: f64) -> f64 {
        let met = (0..of).filter(|_| self.next() < chance).count();
        100.0 * f64::from(u32::try_from(met).expect("at most as many as there are")) / f64::from(of)
    }
}

#[test]
fn four_times_in_five_the_true_month_lies_in_the_interval() {
    let mut chance = Chance(42);
    let (mut inside, mut said) = (0, 0);
    for _ in 0..400 {
        // Odds that rise evenly from 60%: the true path meets 90% after 29.9 months, in July 2026.
        let logit = |month: f64| (0.6_f64 / 0.4).ln() + 0.06 * month;
        let shares: Vec<f64> =
            (0..20).map(|month| chance.share(60, 1.0 / (1.0 + (-logit(f64::from(month))).exp()))).collect();
        match forecast(&shares, 60, Unit::Percent, Polarity::High, 90.0) {
            Forecast::Expected { earliest, latest, .. } => {
                said += 1;
                let truth = day("2026-07-31");
                inside += i32::from(earliest <= truth && latest.is_none_or(|latest| truth <= latest));
            }
            Forecast::Meets | Forecast::NotOnThisPath(_) => said += 1,
            Forecast::CannotTell(reason) => panic!("{reason:?}"),
        }
    }
    assert_eq!(said, 400);
    assert!((296..=344).contains(&inside), "{inside} of 400");
}

proptest! {
    #[test]
    fn the_interval_holds_the_month_and_a_harder_target_is_never_met_sooner(
        values in prop::collection::vec(5..95_u32, 12..30),
        target in 20..90_u32,
        harder in 1..10_u32,
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let of = |target: u32| forecast(&values, 50, Unit::Percent, Polarity::High, f64::from(target));
        if let Forecast::Expected { month, earliest, latest } = of(target) {
            prop_assert!(earliest <= month && latest.is_none_or(|latest| month <= latest));
            match of(target + harder) {
                Forecast::Expected { month: later, .. } => prop_assert!(later >= month),
                other => prop_assert!(matches!(other, Forecast::NotOnThisPath(_))),
            }
        }
    }

    #[test]
    fn less_is_better_is_more_is_better_turned_over(values in prop::collection::vec(1..99_u32, 12..30), target in 1..99_u32) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let turned: Vec<f64> = values.iter().map(|value| 100.0 - value).collect();
        let target = f64::from(target) + 0.31;
        prop_assert_eq!(
            forecast(&values, 50, Unit::Percent, Polarity::High, target),
            forecast(&turned, 50, Unit::Percent, Polarity::Low, 100.0 - target)
        );
    }
}
