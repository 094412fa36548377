//! What is said of a measure wherever it stands: the latest figure with its counts, the target, the way it varies, what
//! it rests on. The scorecard, the measure's own page and the summary print these, so that they cannot disagree.

use std::collections::BTreeMap;

use jiff::civil::Date;
use practice::control_chart::{
    Assurance, ControlChart, Measure as ChartMeasure, Point, Unit, Variation, amount,
};
use practice::indicator::{Benchmark, Group, IndicatorSet, IndicatorValue, PeriodKind};
use practice::library::Library;
use practice::standard::{Polarity, SourceStatus, Standard};
use serde::Serialize;
use service::{Figures, FirstPublished, Remarks};
use store::MeasureTarget;
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::day::Day;

use super::standards::theme_in_words;

/// The rule behind a grade of data, as it is printed beside the grade.
pub const GRADE_RULE: &str = "Of the events of twelve months, or of those open now, so many cannot be told from the record: A under 1%, B under 5%, C under 15%, D 15% or more.";

/// Points of the small line beside a figure.
const LINE_POINTS: usize = 24;

/// What the facts of measures are made of.
pub struct Sources<'a> {
    /// The figures.
    pub figures: &'a Figures,
    /// What people say of them.
    pub remarks: &'a Remarks,
    /// The day from which the age of an extract is counted.
    pub asked_on: Date,
    /// The month before the newest, as it was first published.
    pub before: Option<&'a FirstPublished>,
    /// The newest day on which a source showed records of each kind.
    shown_on: BTreeMap<&'a str, Day>,
}

/// What is said of one measure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeasureFacts {
    /// Its code.
    pub code: String,
    /// What it measures.
    pub title: String,
    /// What it is about.
    pub theme: String,
    /// Which way is better, in words.
    pub polarity: String,
    /// The latest month with a figure.
    pub month: String,
    /// The last day of that month, or of what is known of it.
    pub ends_on: String,
    /// The figure of the latest month: a percentage, or a number where `of` is absent.
    pub value: f64,
    /// How many, of a percentage.
    pub number: Option<u32>,
    /// Of how many.
    pub of: Option<u32>,
    /// The latest figure with its counts, in words.
    pub latest: String,
    /// The last twelve months with their counts, or the position, in words.
    pub year: String,
    /// The target that counts, how far away it is, and what is expected by now.
    pub target: Option<TargetFacts>,
    /// Whether the latest figures differ from what always varies.
    pub variation: String,
    /// Whether the target can be relied on, in words.
    pub assurance: Option<String>,
    /// The latest month beside the month before: two points, never a trend.
    pub since_month_before: String,
    /// England's figure with its period, where one was read.
    pub england: String,
    /// The newest day on which an extract showed what it counts.
    pub shown_on: String,
    /// How many days ago that was.
    pub days_old: i32,
    /// `A` to `D`, by how many events cannot be told; none when there were none.
    pub grade: Option<String>,
    /// Events of twelve months, or of the position, that cannot be told.
    pub cannot_tell: u32,
    /// What the month before was first published as, if its record was changed since.
    pub restated: Option<String>,
    /// Whether its standard's source was not read.
    pub unverified: bool,
    /// The figures of up to two years, the oldest first.
    pub series: Vec<Option<f64>>,
    /// The same in words.
    pub series_in_words: String,
}

/// A target that counts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TargetFacts {
    /// What is to be reached.
    pub value: f64,
    /// By when.
    pub reach_by: String,
    /// What is to be reached by when, in words.
    pub words: String,
    /// Whether the latest figure meets it.
    pub met: bool,
    /// How far away the latest figure is, in words.
    pub distance: String,
    /// What is expected by now on a straight way to the target.
    pub expected: f64,
    /// Whether the latest figure is as good as that.
    pub as_expected: bool,
    /// What is expected by now, in words.
    pub expected_in_words: String,
}

impl<'a> Sources<'a> {
    /// What facts are made of.
    pub fn of(
        figures: &'a Figures,
        remarks: &'a Remarks,
        asked_on: Date,
        before: Option<&'a FirstPublished>,
    ) -> Self {
        let newest = |days: &[Day]| days.iter().copied().max();
        let sheets = figures.history.picture.sheets.iter();
        let shown =
            sheets.filter_map(|sheet| Some((sheet.table.kind.as_str(), newest(&sheet.shown_last_on)?)));
        Self { figures, remarks, asked_on, before, shown_on: shown.collect() }
    }

    /// The newest day on which an extract showed what a standard is about; of no record at all, the newest extract.
    fn shown_on(&self, standard: &Standard) -> Day {
        let newest = self.figures.snapshots.last().map(|snapshot| Day::of(snapshot.as_at));
        let shown = self.shown_on.get(standard.record.as_str()).copied();
        shown.or(newest).unwrap_or(self.figures.as_at)
    }
}

impl MeasureFacts {
    /// The facts of a measure; none when nothing was ever counted of it, or no extract holds what it counts.
    pub fn of(sources: &Sources<'_>, place: u16) -> Option<Self> {
        let (chart, asked) = sources.figures.chart(place, sources.remarks);
        Self::of_chart(sources, place, &chart, &asked)
    }

    /// The same for a chart that is at hand.
    pub fn of_chart(
        sources: &Sources<'_>,
        place: u16,
        chart: &ControlChart,
        asked: &ChartMeasure,
    ) -> Option<Self> {
        let figures = sources.figures;
        let measure = &figures.library.measures[usize::from(place)];
        let standard = &figures.library.standards[usize::from(measure.standard)];
        if untold(figures, place).is_some() {
            return None;
        }
        let (latest, value) = chart.latest()?;
        let year = figures.newest_year(place, Group::Council);
        let target = sources.remarks.target_of(&measure.code);
        let shown_on = sources.shown_on(standard);
        Some(Self {
            code: measure.code.clone(),
            title: measure.title.clone(),
            theme: theme_in_words(standard.theme).to_owned(),
            polarity: polarity_in_words(measure.polarity).to_owned(),
            month: latest.period.clone(),
            ends_on: latest.ends_on.to_string(),
            value,
            number: latest.numerator,
            of: latest.denominator,
            latest: with_counts(latest, value, asked.unit),
            year: year.map_or_else(|| "Nothing counted".to_owned(), |year| year_in_words(year, asked.unit)),
            target: target
                .map(|target| TargetFacts::of(target, latest.ends_on, value, asked, measure.polarity)),
            variation: variation_in_words(chart.variation).to_owned(),
            assurance: chart.assurance.map(|assurance| assurance_in_words(assurance).to_owned()),
            since_month_before: since_month_before(chart, asked.unit),
            england: benchmarks_of(&figures.library, place).first().map(england).unwrap_or_default(),
            shown_on: shown_on.to_string(),
            days_old: Day::of(sources.asked_on).days_since(shown_on),
            grade: year.and_then(grade).map(ToOwned::to_owned),
            cannot_tell: year.map_or(0, |year| year.cannot_tell),
            restated: sources.before.and_then(|before| restated(before, figures, place, asked.unit)),
            unverified: standard.status == SourceStatus::Unverified,
            series: recent(chart).iter().map(|point| point.value).collect(),
            series_in_words: series_in_words(recent(chart), asked.unit),
        })
    }

    /// The extract that it rests on and its age, in words.
    pub fn freshness(&self) -> String {
        let day = Day::parse(&self.shown_on).map(|day| day_in_words(day.date())).unwrap_or_default();
        match self.days_old {
            days @ ..=0 => format!("Extract of {day}{}", if days == 0 { ", today’s" } else { "" }),
            days => {
                let days = improvement::words::counted(days.unsigned_abs(), "day", "days");
                format!("Extract of {day}, {days} old")
            }
        }
    }

    /// The grade of its data with what it rests on, in words.
    pub fn quality(&self) -> String {
        match (&self.grade, self.cannot_tell) {
            (None, _) => "No grade: nothing was counted".to_owned(),
            (Some(grade), 0) => format!("Grade {grade}: every event can be told"),
            (Some(grade), count) => format!("Grade {grade}: {count} cannot be told"),
        }
    }
}

impl TargetFacts {
    fn of(target: &MeasureTarget, on: Day, value: f64, asked: &ChartMeasure, polarity: Polarity) -> Self {
        let as_good = |wanted: f64| if polarity == Polarity::Low { value <= wanted } else { value >= wanted };
        let expected = target.expected_on(on.date());
        let (met, as_expected) = (as_good(target.value), as_good(expected));
        let away = apart(value - target.value, asked.unit);
        let side = if value < target.value { "below" } else { "above" };
        Self {
            value: target.value,
            reach_by: target.reach_by.to_string(),
            words: format!("{} by {}", amount(target.value, asked.unit), day_in_words(target.reach_by)),
            met,
            distance: match (met, away) {
                (true, _) => "Met by the latest figure".to_owned(),
                (false, Some(away)) => format!("{away} {side} it"),
                (false, None) => format!("Just {side} it"),
            },
            expected,
            as_expected,
            expected_in_words: format!(
                "Expected by now {}: {}",
                amount(expected, asked.unit),
                if as_expected { "reached" } else { "not reached" }
            ),
        }
    }
}

/// Why nothing at all can be told of a measure, where nothing can: no number of it is a nought.
pub fn untold(figures: &Figures, place: u16) -> Option<String> {
    let standard = figures.library.measures[usize::from(place)].standard;
    let untold = figures.outcomes.untold.iter().find(|untold| untold.standard == standard)?;
    Some(untold.reason.replace('`', "").replace('_', " "))
}

/// A figure with its counts: `84.2%, 32 of 38`.
fn with_counts(point: &Point, value: f64, unit: Unit) -> String {
    match (point.numerator, point.denominator) {
        (Some(numerator), Some(denominator)) => {
            format!("{}, {numerator} of {denominator}", amount(value, unit))
        }
        _ => amount(value, unit),
    }
}

fn year_in_words(year: &IndicatorValue, unit: Unit) -> String {
    let Some(value) = year.value else { return "Nothing counted".to_owned() };
    let figure = amount(value, unit);
    match (unit, year.period.kind) {
        (Unit::Percent, PeriodKind::Position) => {
            format!("{figure}, {} of {}, now", year.numerator, year.denominator)
        }
        (Unit::Percent, _) => {
            format!("{figure}, {} of {}, in twelve months", year.numerator, year.denominator)
        }
        (_, PeriodKind::Position) => format!("{figure} now"),
        _ => format!("{figure} in twelve months"),
    }
}

/// How far two figures lie apart, in words; none when it rounds to nothing.
pub fn apart(difference: f64, unit: Unit) -> Option<String> {
    let tenths = (difference.abs() * 10.0).round() / 10.0;
    (tenths > 0.0).then(|| match unit {
        Unit::Percent if (tenths - 1.0).abs() < 0.05 => "1 percentage point".to_owned(),
        Unit::Percent => format!("{tenths} percentage points"),
        Unit::Days | Unit::Number => amount(tenths, unit),
    })
}

fn since_month_before(chart: &ControlChart, unit: Unit) -> String {
    let Some(place) = chart.points.iter().rposition(|point| point.value.is_some()) else {
        return String::new();
    };
    let Some(before) = place.checked_sub(1).map(|place| &chart.points[place]) else {
        return "The first month with a figure".to_owned();
    };
    match (chart.points[place].value, before.value) {
        (Some(now), Some(was)) => match apart(now - was, unit) {
            None => format!("The same as in {}", before.period),
            Some(apart) if unit == Unit::Percent => {
                format!("{apart} {} than in {}", if now > was { "higher" } else { "lower" }, before.period)
            }
            Some(apart) => {
                format!("{apart} {} than in {}", if now > was { "more" } else { "fewer" }, before.period)
            }
        },
        _ => format!("No figure for {}", before.period),
    }
}

/// Published figures to read a measure beside, the newest first; those that several sets give stand once.
pub fn benchmarks_of(library: &Library, place: u16) -> Vec<Benchmark> {
    let entries = library.sets.iter().flat_map(|set| &set.entries).filter(|entry| entry.measure == place);
    let mut benchmarks: Vec<Benchmark> = Vec::new();
    for benchmark in entries.flat_map(|entry| &entry.benchmarks) {
        if !benchmarks.contains(benchmark) {
            benchmarks.push(benchmark.clone());
        }
    }
    benchmarks
}

fn england(known: &Benchmark) -> String {
    format!("{}%, {}", known.value, known.period)
}

/// The places of the measures that a board looks at first, in the order of their set.
pub fn headline(library: &Library) -> Vec<u16> {
    let set = library.sets.iter().find(|set: &&IndicatorSet| set.name == "headline");
    set.map(|set| set.entries.iter().map(|entry| entry.measure).collect()).unwrap_or_default()
}

/// The grade of a value's data by [`GRADE_RULE`]; none when there was nothing to grade.
pub fn grade(value: &IndicatorValue) -> Option<&'static str> {
    let all = value.denominator + value.cannot_tell;
    let share = f64::from(value.cannot_tell) * 100.0 / f64::from(all.max(1));
    (all > 0).then_some(match share {
        share if share < 1.0 => "A",
        share if share < 5.0 => "B",
        share if share < 15.0 => "C",
        _ => "D",
    })
}

fn restated(before: &FirstPublished, now: &Figures, place: u16, unit: Unit) -> Option<String> {
    let restatement = before.beside(now, place).filter(|found| found.causes.is_restated())?;
    let (first, is) = (restatement.first.value?, restatement.now.value?);
    apart(first - is, unit)?;
    let month = practice::control_chart::month(before.month);
    Some(format!("Restated: {month} from {} to {}", amount(first, unit), amount(is, unit)))
}

fn recent(chart: &ControlChart) -> &[Point] {
    &chart.points[chart.points.len().saturating_sub(LINE_POINTS)..]
}

fn series_in_words(points: &[Point], unit: Unit) -> String {
    let known: Vec<(&Point, f64)> = points.iter().filter_map(|point| Some((point, point.value?))).collect();
    let (Some((first, from)), Some((last, to))) = (known.first(), known.last()) else {
        return "No figures".to_owned();
    };
    let values = || known.iter().map(|(_, value)| *value);
    let (lowest, highest) =
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let [from, to, lowest, highest] = [*from, *to, lowest, highest].map(|value| amount(value, unit));
    format!("{from} in {} to {to} in {}, between {lowest} and {highest}", first.period, last.period)
}

/// Whether the latest figures differ from what always varies, for people.
pub fn variation_in_words(variation: Variation) -> &'static str {
    match variation {
        Variation::Improving => "Getting better",
        Variation::Concerning => "Getting worse",
        Variation::Neither => "Changed",
        Variation::CommonCause => "Ordinary variation",
    }
}

/// Whether the target can be relied on, for people.
pub fn assurance_in_words(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::WillConsistentlyMeet => "Will keep meeting the target",
        Assurance::HitAndMiss => "Will hit and miss the target",
        Assurance::WillFallShort => "Will fall short of the target",
    }
}

/// The file that declares a standard, and whether it is the council's own.
pub fn written_down_in(standard: &Standard) -> String {
    let file = &standard.file.path;
    match service::library().is_own(&standard.file) {
        true => format!("{file}, the council’s own, laid over the shipped library"),
        false => file.clone(),
    }
}

/// Which way is better.
pub fn polarity_in_words(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::High => "Higher is better",
        Polarity::Low => "Lower is better",
        Polarity::Context => "Neither way is better",
    }
}

#[cfg(test)]
mod tests {
    use practice::indicator::Period;
    use service::library;

    use super::*;

    fn value(denominator: u32, cannot_tell: u32) -> IndicatorValue {
        let end = Day::parse("2026-05-31").unwrap();
        IndicatorValue {
            measure: 0,
            period: Period { kind: PeriodKind::Position, start: end, end },
            group: Group::Council,
            numerator: 0,
            denominator,
            cannot_tell,
            value: None,
        }
    }

    #[test]
    fn the_grade_falls_with_the_share_of_events_that_cannot_be_told() {
        let grades = [(100, 0), (990, 10), (950, 50), (850, 150), (0, 3)];
        let grades = grades.map(|(counted, untold)| grade(&value(counted, untold)).unwrap());
        assert_eq!(grades, ["A", "B", "C", "D", "D"]);
        assert_eq!(grade(&value(0, 0)), None);
    }

    #[test]
    fn the_board_looks_at_no_more_than_25_measures_first_and_each_england_figure_stands_once() {
        let headline = headline(library());
        assert!(!headline.is_empty() && headline.len() <= 25, "{}", headline.len());
        let place = library().measure("s47-icpc-15wd").unwrap();
        let periods: Vec<String> =
            benchmarks_of(library(), place).into_iter().map(|known| known.period).collect();
        assert_eq!(periods, ["2024-25", "2022-23"]);
    }

    #[test]
    fn a_distance_is_in_points_and_nothing_when_it_rounds_away() {
        assert_eq!(apart(-5.84, Unit::Percent).as_deref(), Some("5.8 percentage points"));
        assert_eq!(apart(1.04, Unit::Percent).as_deref(), Some("1 percentage point"));
        assert_eq!(apart(3.0, Unit::Number).as_deref(), Some("3"));
        assert_eq!(apart(0.04, Unit::Percent), None);
    }
}
