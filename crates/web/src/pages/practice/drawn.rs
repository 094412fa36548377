//! A measure drawn: its months as a run chart with mean, limits, signals and target, its teams as bars, its months as a
//! small line.

use practice::control_chart::{ControlChart, Measure, Polarity, Segment, Side, Unit};
use vocabulary::date::month_name;
use vocabulary::day::Day;

use super::facts::MeasureFacts;
use super::measure::{MeasureView, ValueRow};
use crate::components::{Axis, Bar, BarChart, PointMark, RunChart, RunPoint, RunSegment, Sparkline};

/// More bars than this are read better in their table.
const MOST_BARS: usize = 16;

/// The run chart of a measure's months; none with fewer than two figures, which a sentence tells better.
pub fn run_chart(chart: &ControlChart, asked: &Measure, view: &MeasureView) -> Option<RunChart> {
    if chart.points.iter().filter(|point| point.value.is_some()).count() < 2 {
        return None;
    }
    let points = chart.points.iter().enumerate().map(|(place, point)| {
        RunPoint::new(short_month(point.ends_on), point.value).marked(mark(chart, place, asked.polarity))
    });
    let title = format!("{}, month by month", view.title);
    let mut drawn = RunChart::new("months", title, &view.sentence, axis(asked.unit)).points(points);
    for segment in &chart.segments {
        drawn = drawn.segment(drawn_segment(segment));
    }
    Some(match asked.target {
        Some(target) => drawn.target(target),
        None => drawn,
    })
}

fn drawn_segment(segment: &Segment) -> RunSegment {
    let mut drawn = RunSegment::new(segment.first, segment.last, segment.mean);
    if let Some((lower, upper)) = segment.limits {
        drawn = drawn.limits(lower, upper);
    }
    if segment.is_trial() {
        drawn = drawn.trial();
    }
    match &segment.rebase {
        Some(rebase) => {
            let cause = rebase.cause().trim_end_matches('.');
            drawn.begins_because(format!("{cause} ({})", rebase.author()))
        }
        None => drawn,
    }
}

/// The shape of a point: by the first signal that it is part of, as the latest figure's variation is told.
fn mark(chart: &ControlChart, place: usize, polarity: Polarity) -> PointMark {
    let of_point = chart.signals.iter().filter(|signal| signal.points.contains(&place));
    let Some(signal) = of_point.min_by_key(|signal| signal.kind) else { return PointMark::Common };
    match (polarity, signal.side) {
        (Polarity::Context, _) => PointMark::Neither,
        (Polarity::High, Side::Above) | (Polarity::Low, Side::Below) => PointMark::Improving,
        (Polarity::High, Side::Below) | (Polarity::Low, Side::Above) => PointMark::Concerning,
    }
}

/// What a point is part of, in words, for the table beside the chart.
pub fn mark_in_words(chart: &ControlChart, place: usize, polarity: Polarity) -> &'static str {
    match mark(chart, place, polarity) {
        PointMark::Common => "",
        PointMark::Improving => "Signal of improvement",
        PointMark::Concerning => "Signal of concern",
        PointMark::Neither => "Signal of change",
    }
}

/// The teams as bars; none where the table alone reads better.
pub fn bars(view: &MeasureView, unit: Unit, target: Option<f64>) -> Option<BarChart> {
    if view.teams.len() < 2 || view.teams.len() > MOST_BARS {
        return None;
    }
    let bar = |row: &ValueRow| match row.value {
        Some(value) if unit == Unit::Percent => {
            Bar::new(&row.name, value, format!("{} ({} of {})", row.words, row.numerator, row.denominator))
        }
        Some(value) => Bar::new(&row.name, value, &row.words),
        None => Bar::without(&row.name, &row.words),
    };
    let told: Vec<String> = view.teams.iter().map(|row| format!("{} {}", row.name, row.words)).collect();
    let title = format!("{}, by team", view.title);
    let drawn = BarChart::new("teams", title, format!("{}.", told.join("; ")), axis(unit))
        .bars(view.teams.iter().map(bar));
    Some(match target {
        Some(target) if unit == Unit::Percent => drawn.target(target),
        _ => drawn,
    })
}

/// The small line of a measure's months.
pub fn line(facts: &MeasureFacts) -> Sparkline {
    let target = facts.target.as_ref().map(|target| target.value);
    Sparkline::new(&facts.series_in_words, facts.series.iter().copied(), target)
}

fn axis(unit: Unit) -> Axis {
    match unit {
        Unit::Percent => Axis::Percent,
        Unit::Days => Axis::Days,
        Unit::Number => Axis::Number,
    }
}

/// A month written short: `May 26`.
fn short_month(day: Day) -> String {
    let date = day.date();
    let name: String = month_name(date.month()).chars().take(3).collect();
    format!("{name} {:02}", date.year() % 100)
}

#[cfg(test)]
mod tests {
    use practice::control_chart::{Point, Rebase};

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn chart(polarity: Polarity) -> (ControlChart, Measure) {
        let measure =
            Measure { sentence: "were in time".into(), unit: Unit::Percent, polarity, target: Some(90.0) };
        let values = [70.0, 72.0, 69.0, 71.0, 70.0, 98.0];
        let points = (0..).zip(values).map(|(place, value)| {
            let ends_on = day("2025-01-31").plus_months(place).end_of_month();
            let period = practice::control_chart::month(ends_on);
            Point { period, ends_on, value: Some(value), numerator: None, denominator: None }
        });
        let rebase = Rebase::new(day("2025-03-31"), "A new form", "Wei Zhang", day("2025-04-02")).unwrap();
        (ControlChart::of(points.collect(), &measure, &[rebase]), measure)
    }

    #[test]
    fn the_chart_shows_target_trial_limits_and_why_new_limits_begin() {
        let (chart, measure) = chart(Polarity::High);
        let view = MeasureView { title: "Visits".into(), ..MeasureView::default() };
        let drawn = run_chart(&chart, &measure, &view).unwrap().to_string();
        for words in ["Target 90%", "Trial limits", "New limits: A new form (Wei Zhang)", "Mar 25"] {
            assert!(drawn.contains(words), "{words}: {drawn}");
        }
    }

    #[test]
    fn a_point_is_drawn_as_what_it_says_for_this_measure() {
        let far = |polarity| {
            let values = [70.0, 72.0, 69.0, 71.0, 70.0, 71.0, 70.0, 98.0];
            let points = values.map(|value| Point {
                period: String::new(),
                ends_on: day("2025-01-31"),
                value: Some(value),
                numerator: None,
                denominator: None,
            });
            let measure = Measure { polarity, ..chart(polarity).1 };
            mark(&ControlChart::of(points.to_vec(), &measure, &[]), 7, polarity)
        };
        assert_eq!(far(Polarity::High), PointMark::Improving);
        assert_eq!(far(Polarity::Low), PointMark::Concerning);
        assert_eq!(far(Polarity::Context), PointMark::Neither);
    }

    #[test]
    fn one_figure_alone_is_no_chart() {
        let (mut chart, measure) = chart(Polarity::High);
        chart.points.truncate(1);
        assert!(run_chart(&chart, &measure, &MeasureView::default()).is_none());
    }
}
