//! Figures for spreadsheets: one row a figure with everything said of it, as a CSV file or an accessible workbook.

use documents::output::table as file;
use documents::output::xlsx::Workbook;
use practice::indicator::{Group, IndicatorValue, PeriodKind};
use star_schema::FigureRow;
use store::Scope;

use super::{TakenOut, as_filed, benchmark, period_kind, polarity, table, told, unit};
use crate::figures::Figures;

/// Months for which teams' figures stand in a spreadsheet; the star has every month.
const MONTHS_OF_TEAMS: i32 = 12;

impl Figures {
    /// The council's figures of every month and year, and the teams' of the last twelve months, one a row.
    pub fn figures_table(&self, taken: &TakenOut, scope: &Scope) -> file::Table {
        table("Figures", self.figure_rows(taken, scope))
    }

    /// The same figures as an accessible workbook: a cover with its contents, notes, and the council's and the teams'
    /// figures on a sheet each.
    pub fn figures_workbook(&self, taken: &TakenOut, scope: &Scope) -> Workbook {
        let (council, teams): (Vec<FigureRow>, Vec<FigureRow>) =
            self.figure_rows(taken, scope).into_iter().partition(|row| row.group_kind == "council");
        Workbook {
            title: format!("Figures of {}", taken.council),
            about: taken.facts(),
            notes: notes(),
            tables: vec![table("Council", council), table("Teams", teams)],
        }
    }

    fn figure_rows(&self, taken: &TakenOut, scope: &Scope) -> Vec<FigureRow> {
        let mut rows = Vec::new();
        let line = taken.line();
        for place in told(self) {
            let shown = self.values_of(place).iter().filter(|value| self.in_spreadsheets(value, scope));
            rows.extend(shown.map(|value| self.figure_row(value, taken, &line)));
        }
        rows
    }

    /// Whether a figure stands in spreadsheets: those that people look at. Quarters, the year to date and teams' older
    /// figures are in the star.
    fn in_spreadsheets(&self, value: &IndicatorValue, scope: &Scope) -> bool {
        let of_something = value.denominator > 0 || value.cannot_tell > 0 || value.value.is_some();
        let recent = value.period.end > self.as_at.plus_months(-MONTHS_OF_TEAMS);
        let kept = match (value.group, value.period.kind) {
            (_, PeriodKind::Quarter | PeriodKind::YearToDate) => false,
            (Group::Council, _) => true,
            (Group::Team(_), PeriodKind::RollingYear) => value.period.end == self.as_at,
            (Group::Team(_) | Group::Worker(_), _) => recent,
        };
        of_something && kept && self.shows_group(value.group, scope)
    }

    fn figure_row(&self, value: &IndicatorValue, taken: &TakenOut, line: &str) -> FigureRow {
        let measure = &self.library.measures[usize::from(value.measure)];
        let standard = &self.library.standards[usize::from(measure.standard)];
        let known = benchmark(&self.library, value.measure);
        let (group_kind, group) = match value.group {
            Group::Council => ("council", taken.council.clone()),
            Group::Team(team) => ("team", self.history.picture.words.text(team).to_owned()),
            Group::Worker(_) => ("worker", String::new()),
        };
        FigureRow {
            measure: measure.code.clone(),
            title: measure.title.clone(),
            period_kind: period_kind(value.period.kind).to_owned(),
            period_start: value.period.start,
            period_end: value.period.end,
            group_kind: group_kind.to_owned(),
            group,
            numerator: i64::from(value.numerator),
            denominator: i64::from(value.denominator),
            cannot_tell: i64::from(value.cannot_tell),
            value: value.value,
            unit: unit(measure).to_owned(),
            polarity: polarity(measure.polarity).to_owned(),
            standard: standard.code.clone(),
            edition: standard.source.clone(),
            source_status: as_filed(&standard.status),
            benchmark: known.map(|known| known.value),
            benchmark_unit: known.map(|known| known.unit.clone()),
            benchmark_period: known.map(|known| known.period.clone()),
            benchmark_source: known.map(|known| known.source.clone()),
            as_at: self.as_at,
            known_on: vocabulary::day::Day::of(taken.known_on),
            taken_out: line.to_owned(),
        }
    }
}

fn notes() -> Vec<String> {
    [
        "These are figures before disclosure control: small numbers are in them. Do not publish them.",
        "Numerator is how many the measure shows, denominator is of how many. Cannot tell is how many more could not \
         be told from the records; they are in neither.",
        "Value is the percentage, or the number for measures whose unit is number. It is empty where the percentage \
         would be of none.",
        "A period in which nothing was counted and nothing could not be told has no row, unless the measure is a number.",
        "Period kind: month is a calendar month; twelve months is the year up to the last day; position is the state on \
         that one day. Quarters and the year to date are in the Parquet files.",
        "A period that still runs ends on the day of the figures.",
        "Teams are those that the extracts name. Their figures are of the last twelve months, month by month and as a \
         whole; the Parquet files have all months.",
        "Polarity says which way is better: higher, lower, or neither.",
        "Edition is the edition and paragraph of the standard’s source. Source status says whether it was read: \
         verified, secondary (read in another page), or unverified. An unverified source is never shown as law.",
        "Benchmark is the newest published figure for England that is known, with its period and where it was read. It \
         may be counted another way: read the standard before comparing.",
        "As at is the day the figures tell of. Known on is the day up to which what was loaded counts.",
        "An empty cell means that there is nothing to say. No meaning is given by colour.",
    ]
    .map(str::to_owned)
    .to_vec()
}
