//! What each chart promises: words, shapes, room, and nothing that a strict page refuses.

use super::*;

fn chart() -> RunChart {
    let values = [52.0, 48.0, 55.0, 47.0, 60.0, 70.0];
    let point = |(place, value): (usize, f64)| RunPoint::new(format!("{} 26", place + 1), Some(value));
    RunChart::new("visits", "Visits in time", "June 2026: 70% (35 of 50).", Axis::Percent)
        .points(values.into_iter().enumerate().map(point))
        .segment(RunSegment::new(0, 5, 55.3).limits(31.4, 104.2))
        .target(90.0)
}

/// The attribute of every element that has it.
fn all(markup: &str, attribute: &str) -> Vec<f64> {
    let begin = format!(" {attribute}=\"");
    let split = markup.split(begin.as_str()).skip(1);
    split.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
}

#[test]
fn a_chart_names_itself_and_says_in_words_what_it_shows() {
    let markup = chart().to_string();
    for breadth in ["wide", "narrow"] {
        assert!(markup.contains(&format!(
            "role=\"img\" aria-labelledby=\"visits-{breadth}-title visits-{breadth}-description\""
        )));
        assert!(markup.contains(&format!("<title id=\"visits-{breadth}-title\">Visits in time</title>")));
        assert!(markup.contains(&format!(
            "<desc id=\"visits-{breadth}-description\">June 2026: 70% (35 of 50).</desc>"
        )));
    }
}

#[test]
fn nothing_in_a_chart_needs_a_script_a_style_attribute_or_a_file() {
    let bars =
        BarChart::new("teams", "Teams", "North 82%.", Axis::Percent).bars([Bar::new("North", 82.0, "82%")]);
    let sparkline = Sparkline::new("Rising", [Some(1.0), Some(2.0)], Some(3.0));
    for markup in [chart().to_string(), bars.to_string(), sparkline.to_string()] {
        for banned in [" style=", "<style", "<script", "href", "url(", " on"] {
            assert!(!markup.contains(banned), "{banned} in {markup}");
        }
    }
}

#[test]
fn signals_differ_in_shape_and_are_explained_only_where_they_occur() {
    let values = [
        (50.0, PointMark::Improving),
        (51.0, PointMark::Concerning),
        (52.0, PointMark::Neither),
        (53.0, PointMark::Common),
    ];
    let points = values.map(|(value, mark)| RunPoint::new("May 26", Some(value)).marked(mark));
    let markup =
        RunChart::new("a", "t", "d", Axis::Number).points(points).standalone(Breadth::Wide).to_string();
    let shape = |class: &str| {
        let (before, _) = markup.split_once(&format!("class=\"headway-chart__{class}\"")).expect("drawn");
        before.rsplit('<').next().unwrap().trim().to_owned()
    };
    assert_eq!(
        (shape("improving").as_str(), shape("concerning").as_str(), shape("neither").as_str()),
        ("path", "rect", "circle")
    );
    assert!(markup.contains("Signal of improvement") && markup.contains("Signal of concern"));
    assert!(!chart().to_string().contains("Signal of"));
}

#[test]
fn lines_say_their_figures_within_what_can_be() {
    let markup = chart().to_string();
    assert!(
        markup.contains("Mean 55.3%")
            && markup.contains("Limits 31.4% to 100%")
            && markup.contains("Target 90%")
    );
    let trial = RunChart::new("a", "t", "d", Axis::Days)
        .points([RunPoint::new("May 26", Some(1.0))])
        .segment(RunSegment::new(0, 0, 1.0).limits(-2.0, 4.0).trial());
    let markup = trial.to_string();
    assert!(markup.contains("Mean 1 day") && markup.contains("Trial limits 0 days to 4 days"));
}

#[test]
fn a_month_without_a_figure_breaks_the_line() {
    let values = [Some(1.0), Some(2.0), None, Some(3.0), Some(4.0), None, Some(5.0)];
    let points = values.map(|value| RunPoint::new("", value));
    let markup =
        RunChart::new("a", "t", "d", Axis::Number).points(points).standalone(Breadth::Wide).to_string();
    assert_eq!(markup.matches("headway-chart__figures").count(), 2);
    assert_eq!(markup.matches("headway-chart__common").count(), 5);
}

#[test]
fn words_from_a_person_are_escaped() {
    let chart = RunChart::new("a", "<b>", "\"><script>", Axis::Number)
        .points([RunPoint::new("<i>", Some(1.0))])
        .note(0, "<u>");
    let bars = BarChart::new("b", "t", "d", Axis::Number).bars([Bar::without("<s>", "<c>")]);
    let sparkline = Sparkline::new("\" onload=\"x", [], None);
    let markup = format!("{chart}{bars}{sparkline}");
    for banned in ["<b>", "<script>", "<i>", "<u>", "<s>", "<c>", "\" onload"] {
        assert!(!markup.contains(banned), "{banned}");
    }
}

#[test]
fn everything_is_drawn_inside_the_picture() {
    let long = "A change of the recording system, agreed by the board with the adviser in April";
    let charts = [
        chart().note(2, long).note(4, long),
        RunChart::new("b", "t", "d", Axis::Days)
            .points(
                (0..60).map(|place| RunPoint::new(format!("Sept {place}"), Some(f64::from(place) * 1234.5))),
            )
            .segment(RunSegment::new(0, 30, 40.0).limits(-1e6, 1e6))
            .segment(RunSegment::new(31, 59, 70.0).limits(60.0, 80.0).begins_because(long)),
        RunChart::new("c", "t", "d", Axis::Percent).points([RunPoint::new("May 26", None)]),
        RunChart::new("d", "t", "d", Axis::Number),
    ];
    for chart in charts {
        for (breadth, width) in [(Breadth::Wide, 720.0), (Breadth::Narrow, 320.0)] {
            let markup = chart.standalone(breadth).to_string();
            let height = all(&markup, "height")[0];
            let inside =
                |values: Vec<f64>, most: f64| values.iter().all(|value| (0.0..=most).contains(value));
            assert!(inside(all(&markup, "x"), width) && inside(all(&markup, "cx"), width), "{markup}");
            assert!(inside(all(&markup, "y"), height) && inside(all(&markup, "cy"), height), "{markup}");
            assert!(!markup.contains("NaN") && !markup.contains("inf"), "{markup}");
        }
    }
}

#[test]
fn a_suppressed_figure_has_no_bar() {
    let bars = [Bar::new("North", 50.0, "50% (20 of 40)"), Bar::without("South", "c")];
    let markup =
        BarChart::new("teams", "Teams", "d", Axis::Percent).bars(bars).standalone(Breadth::Wide).to_string();
    let widths = all(&markup, "width");
    // The drawing's own width comes first; a bar of one is the base line.
    assert!(widths[1] > 100.0 && widths[2] <= 1.0, "{widths:?}");
    assert!(markup.contains(">c</text>"));
}

#[test]
fn a_sparkline_fits_its_line_and_ends_with_a_dot() {
    let line =
        Sparkline::new("From 40% to 60%", [Some(40.0), None, Some(50.0), Some(60.0)], Some(90.0)).to_string();
    assert!(line.contains("d=\"M4 24M78.7 20L116 16\""), "{line}");
    assert!(line.contains("cx=\"116\" cy=\"16\""));
    assert!(line.contains("<title>From 40% to 60%</title>"));
    assert!(!Sparkline::new("None", [], None).to_string().contains("NaN"));
}
