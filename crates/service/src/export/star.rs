//! A council's figures as a star: facts of numbers, and the dimensions that say what the numbers are of.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use documents::output::csv;
use practice::control_chart::{ControlChart, SignalKind};
use practice::indicator::{Group, IndicatorValue, Period, PeriodKind};
use practice::outcome::Outcome;
use practice::standard::Show;
use star_schema::{
    DateRow, DictionaryRow, GroupRow, IndicatorRow, MeasureRow, OutcomeRow, PeriodRow, Row, StandardRow,
};
use store::{DataClass, Scope};
use vocabulary::day::Day;
use vocabulary::records::Word;
use vocabulary::working_days::england_and_wales;
use zip::write::SimpleFileOptions;

use super::{TakenOut, as_filed, benchmark, dictionary_table, period_kind, polarity, told, unit};
use crate::figures::Figures;
use crate::refusal::Refusal;
use crate::remarks::Remarks;

/// The rows of every table of the star.
#[derive(Clone, Debug, PartialEq)]
pub struct Star {
    /// The calendar.
    pub dates: Vec<DateRow>,
    /// The standards.
    pub standards: Vec<StandardRow>,
    /// The measures.
    pub measures: Vec<MeasureRow>,
    /// The periods.
    pub periods: Vec<PeriodRow>,
    /// The council and its teams.
    pub groups: Vec<GroupRow>,
    /// The figures.
    pub indicators: Vec<IndicatorRow>,
    /// The children's outcomes, where they were asked for.
    pub outcomes: Option<Vec<OutcomeRow>>,
}

/// Which number stands for which group and period in one star.
struct Keys {
    groups: BTreeMap<Group, i64>,
    periods: BTreeMap<Period, i64>,
}

impl Star {
    /// The figures of a council and the teams of a scope. No child is in it, and no worker.
    pub fn of(figures: &Figures, remarks: &Remarks, council: &str, scope: &Scope) -> Self {
        let told = told(figures);
        let values: Vec<&IndicatorValue> = told
            .iter()
            .flat_map(|place| figures.values_of(*place))
            .filter(|value| figures.shows_group(value.group, scope))
            .collect();
        let keys = Keys::of(figures, &values);
        let periods = keys.periods.iter().map(|(period, key)| period_row(*period, *key)).collect();
        Self {
            dates: dates(keys.periods.keys().flat_map(|period| [period.start, period.end])),
            standards: standard_rows(figures),
            measures: told.iter().map(|place| measure_row(figures, *place)).collect(),
            periods,
            groups: keys.group_rows(figures, council),
            indicators: indicator_rows(figures, remarks, &values, &keys),
            outcomes: None,
        }
    }

    /// The same, with every outcome of every child in scope under its random id.
    pub fn with_children(
        figures: &Figures,
        remarks: &Remarks,
        council: &str,
        scope: &Scope,
    ) -> Result<Self, Refusal> {
        if !scope.allows(DataClass::PseudonymousChildren) {
            return Err(Refusal::NotFound);
        }
        let mut star = Self::of(figures, remarks, council, scope);
        let mut groups: BTreeMap<&str, i64> = BTreeMap::new();
        for group in star.groups.iter().filter(|group| group.group_kind == "team") {
            groups.insert(&group.group_name, group.group_key);
        }
        let mut teams: Vec<GroupRow> = Vec::new();
        let mut rows = Vec::new();
        let mut next = i64::try_from(star.groups.len()).unwrap_or(i64::MAX);
        let of_children =
            figures.outcomes.outcomes.iter().filter(|outcome| figures.is_of_child_in(scope, outcome));
        for outcome in of_children {
            let group_key = figures.team_of(outcome).map(|team| {
                *groups.entry(team).or_insert_with(|| {
                    teams.push(group_row(next, "team", team));
                    next += 1;
                    next - 1
                })
            });
            rows.push(outcome_row(figures, outcome, group_key));
        }
        let days =
            rows.iter().flat_map(|row: &OutcomeRow| [row.event_on, row.due_on, row.met_on, row.ended_on]);
        let named = star.dates.iter().map(|row| row.date);
        star.dates = dates(named.chain(days.flatten()));
        star.groups.extend(teams);
        star.outcomes = Some(rows);
        Ok(star)
    }

    /// Every file of the star by name: Parquet, the data dictionary, and what is to be said of them all.
    pub fn files(self, taken: &TakenOut) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
        let about = taken.metadata();
        let mut files = vec![
            parquet(self.dates, &about)?,
            parquet(self.standards, &about)?,
            parquet(self.measures, &about)?,
            parquet(self.periods, &about)?,
            parquet(self.groups, &about)?,
            parquet(self.indicators, &about)?,
        ];
        if let Some(outcomes) = self.outcomes {
            files.push(parquet(outcomes, &about)?);
        }
        files.push((format!("{}.csv", DictionaryRow::TABLE.name), csv::write(&dictionary_table())));
        files.push(("about.txt".to_owned(), about_text(taken)));
        Ok(files)
    }

    /// Every file of the star in one archive.
    pub fn archive(self, taken: &TakenOut) -> Result<Vec<u8>, Refusal> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in self.files(taken)? {
            archive.start_file(name, SimpleFileOptions::default()).map_err(unwritten)?;
            archive.write_all(&bytes).map_err(unwritten)?;
        }
        Ok(archive.finish().map_err(unwritten)?.into_inner())
    }
}

fn parquet<R: Row>(rows: Vec<R>, about: &[(String, String)]) -> Result<(String, Vec<u8>), Refusal> {
    let bytes = star_schema::write(rows, about).map_err(unwritten)?;
    Ok((format!("{}.parquet", R::TABLE.name), bytes))
}

fn unwritten(error: impl std::error::Error + 'static) -> Refusal {
    tracing::error!(error = &error as &dyn std::error::Error, "the files of the star could not be written");
    Refusal::Unavailable("The files could not be written. Try again, or take the CSV file.".into())
}

fn about_text(taken: &TakenOut) -> Vec<u8> {
    use std::fmt::Write as _;
    let facts = taken.facts();
    let mut text = String::from("Figures for a warehouse or a reporting tool\n\n");
    for (name, value) in &facts {
        let _ = writeln!(text, "{name}: {value}");
    }
    text.push_str(
        "\nThese are figures before disclosure control: small numbers are in them. Do not publish them.\n\
         Keys hold within these files only; codes hold from one export to the next.\n\
         data_dictionary.csv says what every column means and how closely it is guarded.\n",
    );
    text.into_bytes()
}

impl Keys {
    fn of(figures: &Figures, values: &[&IndicatorValue]) -> Self {
        let words = &figures.history.picture.words;
        let name = |team: &Word| words.text(*team).to_owned();
        let mut teams: Vec<Word> = values
            .iter()
            .filter_map(|value| if let Group::Team(team) = value.group { Some(team) } else { None })
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        teams.sort_by_key(name);
        let groups = std::iter::once(Group::Council).chain(teams.into_iter().map(Group::Team));
        let periods: BTreeSet<Period> = values.iter().map(|value| value.period).collect();
        Self { groups: groups.zip(0..).collect(), periods: periods.into_iter().zip(1..).collect() }
    }

    fn group_rows(&self, figures: &Figures, council: &str) -> Vec<GroupRow> {
        let words = &figures.history.picture.words;
        let row = |(group, key): (&Group, &i64)| match group {
            Group::Team(team) => group_row(*key, "team", words.text(*team)),
            Group::Council | Group::Worker(_) => group_row(*key, "council", council),
        };
        let mut rows: Vec<GroupRow> = self.groups.iter().map(row).collect();
        rows.sort_by_key(|row| row.group_key);
        rows
    }
}

fn group_row(key: i64, kind: &str, name: &str) -> GroupRow {
    GroupRow { group_key: key, group_kind: kind.to_owned(), group_name: name.to_owned() }
}

fn period_row(period: Period, key: i64) -> PeriodRow {
    PeriodRow {
        period_key: key,
        period_kind: period_kind(period.kind).to_owned(),
        period_start: period.start,
        period_end: period.end,
        start_date_key: date_key(period.start),
        end_date_key: date_key(period.end),
    }
}

fn standard_rows(figures: &Figures) -> Vec<StandardRow> {
    let row = |(key, standard): (i64, &practice::standard::Standard)| StandardRow {
        standard_key: key,
        standard_code: standard.code.clone(),
        title: standard.title.clone(),
        theme: as_filed(&standard.theme),
        basis: as_filed(&standard.basis),
        source_status: as_filed(&standard.status),
        edition: standard.source.clone(),
        source_date: standard.source_date,
        in_force_from: standard.in_force_from,
        in_force_to: standard.in_force_to,
    };
    (0_i64..).zip(&figures.library.standards).map(row).collect()
}

fn measure_row(figures: &Figures, place: u16) -> MeasureRow {
    let measure = &figures.library.measures[usize::from(place)];
    let known = benchmark(&figures.library, place);
    let entries = figures.library.sets.iter().flat_map(|set| &set.entries);
    let numerator_is = match (measure.is_count, measure.show) {
        (true, _) => "events",
        (false, Show::Met) => "met",
        (false, Show::Missed) => "missed",
    };
    MeasureRow {
        measure_key: i64::from(place),
        measure_code: measure.code.clone(),
        title: measure.title.clone(),
        sentence: measure.sentence.clone(),
        unit: unit(measure).to_owned(),
        polarity: polarity(measure.polarity).to_owned(),
        counted_by: as_filed(&measure.count_by),
        numerator_is: numerator_is.to_owned(),
        is_headline: entries.filter(|entry| entry.measure == place).any(|entry| entry.headline),
        standard_key: i64::from(measure.standard),
        benchmark_value: known.map(|known| known.value),
        benchmark_unit: known.map(|known| known.unit.clone()),
        benchmark_period: known.map(|known| known.period.clone()),
        benchmark_source: known.map(|known| known.source.clone()),
    }
}

fn indicator_rows(
    figures: &Figures,
    remarks: &Remarks,
    values: &[&IndicatorValue],
    keys: &Keys,
) -> Vec<IndicatorRow> {
    let mut rows = Vec::with_capacity(values.len());
    for of_measure in values.chunk_by(|one, other| one.measure == other.measure) {
        let (chart, asked) = figures.chart(of_measure[0].measure, remarks);
        for value in of_measure {
            let (Some(group_key), Some(period_key)) =
                (keys.groups.get(&value.group), keys.periods.get(&value.period))
            else {
                continue;
            };
            let monthly = matches!(value.period.kind, PeriodKind::Month | PeriodKind::Position);
            let charted = Some(value).filter(|value| monthly && value.group == Group::Council);
            let charted = charted.and_then(|value| Charted::of(&chart, value.period.end, asked.unit));
            let charted = charted.unwrap_or_default();
            rows.push(IndicatorRow {
                measure_key: i64::from(value.measure),
                period_key: *period_key,
                group_key: *group_key,
                numerator: i64::from(value.numerator),
                denominator: i64::from(value.denominator),
                cannot_tell: i64::from(value.cannot_tell),
                value: value.value,
                chart_mean: charted.mean,
                chart_lower_limit: charted.limits.map(|(lower, _)| lower),
                chart_upper_limit: charted.limits.map(|(_, upper)| upper),
                chart_signal: charted.signal.map(|kind| signal(kind).to_owned()),
            });
        }
    }
    rows
}

/// What a control chart says of one month.
#[derive(Default)]
struct Charted {
    mean: Option<f64>,
    limits: Option<(f64, f64)>,
    signal: Option<SignalKind>,
}

impl Charted {
    fn of(chart: &ControlChart, ends_on: Day, unit: practice::control_chart::Unit) -> Option<Self> {
        let place = chart.points.iter().position(|point| point.ends_on == ends_on)?;
        let segment =
            chart.segments.iter().find(|segment| segment.first <= place && place <= segment.last)?;
        let signals = chart.signals.iter().filter(|signal| signal.points.contains(&place));
        Some(Self {
            mean: Some(segment.mean),
            limits: segment.shown_limits(unit),
            signal: signals.map(|signal| signal.kind).min(),
        })
    }
}

fn signal(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::OutsideLimits => "outside limits",
        SignalKind::Shift => "shift",
        SignalKind::NearLimit => "near limit",
        SignalKind::Trend => "trend",
    }
}

fn outcome_row(figures: &Figures, outcome: &Outcome, group_key: Option<i64>) -> OutcomeRow {
    let reason = outcome.reason.and_then(|place| figures.outcomes.reasons.get(usize::from(place)));
    OutcomeRow {
        child_id: figures.history.picture.words.text(outcome.subject).to_owned(),
        standard_key: i64::from(outcome.standard),
        group_key,
        status: outcome.status.code().to_owned(),
        reason: reason.cloned(),
        event_on: outcome.event_on,
        due_on: outcome.due_on,
        met_on: outcome.met_on,
        ended_on: outcome.ended_on,
    }
}

/// Every day from the first to the last of some days.
fn dates(days: impl Iterator<Item = Day> + Clone) -> Vec<DateRow> {
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Vec::new() };
    (first.0..=last.0).map(|number| date_row(Day(number))).collect()
}

/// A day as a number: 20260531.
fn date_key(day: Day) -> i64 {
    let date = day.date();
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

fn date_row(day: Day) -> DateRow {
    let date = day.date();
    let (year, month) = (i64::from(date.year()), i64::from(date.month()));
    let financial = if month < 4 { year - 1 } else { year };
    let holidays = england_and_wales();
    let (first, last) = holidays.coverage();
    DateRow {
        date_key: date_key(day),
        date: day,
        year,
        quarter: (month + 2) / 3,
        month,
        month_name: practice::control_chart::month(day),
        financial_year: format!("{financial}-{:02}", (financial + 1) % 100),
        is_month_end: day == day.end_of_month(),
        is_working_day: (first..=last).contains(&date.year()).then(|| holidays.is_working_day(date)),
    }
}
