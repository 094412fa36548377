//! One measure: its sentence, its months with their counts, its teams, its definition, and the events behind it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use practice::control_chart::amount;
use practice::indicator::{Group, IndicatorValue, PeriodKind};
use serde::Serialize;
use service::{Figures, Knowledge, Refusal, Remarks};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use super::navigation;
use super::scorecard::polarity_in_words;
use super::standards::{basis_in_words, status_in_words};
use crate::components::{Cell, Heading, SummaryList, Table};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

/// One measure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeasureView {
    /// Its code.
    pub code: String,
    /// What it measures.
    pub title: String,
    /// What its figures say, in words.
    pub sentence: String,
    /// The signals that were found, in words.
    pub signals: Vec<String>,
    /// Its months, the newest first.
    pub months: Vec<ValueRow>,
    /// Its teams over the last twelve months, or now.
    pub teams: Vec<ValueRow>,
    /// The code of the standard that it is counted by.
    pub standard: String,
    /// What that standard rests on.
    pub basis: String,
    /// Which way is better.
    pub polarity: String,
    /// Published figures to read it beside.
    pub benchmarks: Vec<String>,
    /// Snapshots that the figures rest on.
    pub snapshots: usize,
}

/// One value.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ValueRow {
    /// The month or the team.
    pub name: String,
    /// How many.
    pub numerator: u32,
    /// Of how many.
    pub denominator: u32,
    /// How many more cannot be told.
    pub cannot_tell: u32,
    /// The value, in words.
    pub value: String,
}

#[derive(Template)]
#[template(path = "pages/practice/measure.html")]
struct MeasurePage {
    frame: Frame,
    view: MeasureView,
    definition: SummaryList,
    months: Table,
    teams: Table,
}

/// Shows one measure.
pub async fn show(viewer: Viewer, Path(code): Path<String>) -> Result<Response, Refused> {
    let figures =
        viewer.service.figures(&viewer.scope, Knowledge::default()).await?.ok_or(Refusal::NotFound)?;
    let place = figures.library.measure(&code).ok_or(Refusal::NotFound)?;
    let remarks = viewer.service.remarks(&viewer.scope).await?;
    let view = MeasureView::of(&figures, place, &remarks);
    let page = MeasurePage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Scorecard", "/scorecard")]),
            sub_navigation: navigation(&viewer, "/scorecard"),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            as_at: Some(day_in_words(figures.as_at.date())),
            ..super::frame(&viewer, &view.title).await?
        },
        definition: view.definition(&figures, place),
        months: table("Month by month, the newest first", "Month", &view.months),
        teams: table("By team, the last twelve months or the position now", "Team", &view.teams),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

impl MeasureView {
    fn of(figures: &Figures, place: u16, remarks: &Remarks) -> Self {
        let measure = &figures.library.measures[usize::from(place)];
        let standard = &figures.library.standards[usize::from(measure.standard)];
        let (chart, asked) = figures.chart(place, remarks);
        let row = |name: String, value: &IndicatorValue| ValueRow {
            name,
            numerator: value.numerator,
            denominator: value.denominator,
            cannot_tell: value.cannot_tell,
            value: value.value.map_or_else(|| "None counted".to_owned(), |value| amount(value, asked.unit)),
        };
        let mut months: Vec<ValueRow> = figures
            .monthly(place, Group::Council)
            .map(|value| row(practice::control_chart::month(value.period.end), value))
            .collect();
        months.reverse();
        let newest = figures.as_at;
        let teams = figures.values_of(place).iter().filter(|value| {
            value.period.end == newest
                && matches!(value.period.kind, PeriodKind::RollingYear | PeriodKind::Position)
        });
        let words = &figures.history.picture.words;
        let teams = teams.filter_map(|value| match value.group {
            Group::Team(team) => Some(row(words.text(team).to_owned(), value)),
            Group::Council | Group::Worker(_) => None,
        });
        let mut teams: Vec<ValueRow> = teams.collect();
        teams.sort_by(|one, other| one.name.cmp(&other.name));
        let entries = figures.library.sets.iter().flat_map(|set| &set.entries);
        let benchmarks = entries.filter(|entry| entry.measure == place).flat_map(|entry| &entry.benchmarks);
        Self {
            code: measure.code.clone(),
            title: measure.title.clone(),
            sentence: chart.sentence(&asked),
            signals: chart.signals.iter().map(|signal| chart.signal_words(signal)).collect(),
            months,
            teams,
            standard: standard.code.clone(),
            basis: basis_in_words(standard.basis).to_owned(),
            polarity: polarity_in_words(measure.polarity).to_owned(),
            benchmarks: benchmarks
                .map(|known| {
                    format!("England, {}: {} {} ({})", known.period, known.value, known.unit, known.source)
                })
                .collect(),
            snapshots: figures.snapshots.len(),
        }
    }

    fn definition(&self, figures: &Figures, place: u16) -> SummaryList {
        let measure = &figures.library.measures[usize::from(place)];
        let standard = &figures.library.standards[usize::from(measure.standard)];
        let mut list = SummaryList::new()
            .row("Counted by the standard", link(&standard.title, &format!("/standards/{}", standard.code)))
            .row("Which rests on", &self.basis)
            .row("How far its source was read", status_in_words(standard.status))
            .row("Which way is better", &self.polarity)
            .row("Rests on", improvement::words::counted(self.snapshots, "load", "loads"));
        for benchmark in &self.benchmarks {
            list = list.row("To read it beside", benchmark);
        }
        list
    }
}

fn table(caption: &str, first: &str, rows: &[ValueRow]) -> Table {
    let rows = rows.iter().map(|row| {
        vec![
            Cell::new(&row.name),
            Cell::numeric(row.numerator),
            Cell::numeric(row.denominator),
            Cell::numeric(&row.value),
            Cell::numeric(row.cannot_tell),
        ]
    });
    Table::new(caption)
        .headings([
            Heading::new(first),
            Heading::numeric("Number"),
            Heading::numeric("Of"),
            Heading::numeric("Figure"),
            Heading::numeric("Cannot be told"),
        ])
        .rows(rows)
        .first_cell_is_heading()
        .stacks()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_percentage_stands_without_its_counts() {
        let row = ValueRow {
            name: "May 2026".into(),
            numerator: 26,
            denominator: 32,
            cannot_tell: 1,
            value: "81.3%".into(),
        };
        let page = table("Months", "Month", &[row]).to_string();
        for cell in ["May 2026", "26", "32", "81.3%", "1"] {
            assert!(page.contains(&format!("{cell}<")), "{cell}: {page}");
        }
    }
}
