//! The scorecard: one row a measure, in words before figures: the latest month, the year, and whether it changed.

use askama::Template;
use axum::response::Response;
use practice::control_chart::{Variation, amount};
use practice::indicator::{Group, PeriodKind};
use practice::standard::{Polarity, SourceStatus, Theme};
use serde::Serialize;
use service::{Figures, Knowledge, Remarks};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use super::navigation;
use super::standards::theme_in_words;
use crate::components::{Cell, Heading, Select, SelectOption, Table, Tag, TagColour};
use crate::errors::Refused;
use crate::fields::Asked;
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

/// The measures of which there are figures.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ScorecardView {
    /// One row a measure, by theme.
    pub measures: Vec<MeasureRow>,
    /// Standards of which nothing can be told, and why.
    pub untold: Vec<(String, String)>,
    /// The day of the question.
    pub as_at: String,
}

/// One measure in the scorecard.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeasureRow {
    /// Its code.
    pub code: String,
    /// What it measures.
    pub title: String,
    /// What it is about.
    pub theme: String,
    /// The latest month with its counts, in words.
    pub latest: String,
    /// The last twelve months with their counts, or the position, in words.
    pub year: String,
    /// Whether the latest figures differ from what always varies.
    pub variation: String,
    /// Which way is better, in words.
    pub polarity: String,
    /// England's figure with its period, where one was read.
    pub england: String,
    /// Events of the last twelve months that cannot be told.
    pub cannot_tell: u32,
    /// Whether its standard's source was not read.
    pub unverified: bool,
}

#[derive(Template)]
#[template(path = "pages/practice/scorecard.html")]
struct ScorecardPage {
    frame: Frame,
    view: ScorecardView,
    theme: Select,
    tables: Vec<Table>,
    untold: Table,
}

/// Shows the scorecard.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let figures = viewer.service.figures(&viewer.scope, Knowledge::default()).await?;
    let wanted = asked.text("theme").to_owned();
    let view = match figures.as_deref() {
        Some(figures) => ScorecardView::of(figures, &viewer.service.remarks(&viewer.scope).await?, &wanted),
        None => ScorecardView::empty(),
    };
    let page = ScorecardPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: navigation(&viewer, "/scorecard"),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            as_at: figures.as_deref().map(|figures| day_in_words(figures.as_at.date())),
            ..super::frame(&viewer, "Scorecard").await?
        },
        theme: theme_choice(figures.as_deref(), &wanted),
        tables: view.tables(),
        untold: view.untold_table(),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

fn theme_choice(figures: Option<&Figures>, chosen: &str) -> Select {
    let mut themes: Vec<Theme> = figures
        .map(|figures| figures.library.standards.iter().map(|standard| standard.theme).collect())
        .unwrap_or_default();
    themes.sort_unstable();
    themes.dedup();
    let everything = SelectOption::new("", "Everything");
    let options = themes.into_iter().map(theme_in_words).map(|words| SelectOption::new(words, words));
    let options: Vec<SelectOption> = std::iter::once(everything).chain(options).collect();
    Select::new("theme", "About").options(options).chosen(chosen)
}

impl ScorecardView {
    fn empty() -> Self {
        Self { measures: Vec::new(), untold: Vec::new(), as_at: String::new() }
    }

    fn of(figures: &Figures, remarks: &Remarks, theme: &str) -> Self {
        let mut rows: Vec<(Theme, MeasureRow)> = (0_u16..)
            .zip(&figures.library.measures)
            .filter_map(|(place, measure)| {
                let standard = &figures.library.standards[usize::from(measure.standard)];
                let row = MeasureRow::of(figures, place, remarks)?;
                (theme.is_empty() || theme_in_words(standard.theme) == theme).then_some((standard.theme, row))
            })
            .collect();
        rows.sort_by(|(one, row), (other, another)| {
            one.cmp(other).then_with(|| row.title.cmp(&another.title))
        });
        let untold = figures.outcomes.untold.iter().map(|untold| {
            (figures.library.standards[usize::from(untold.standard)].title.clone(), untold.reason.clone())
        });
        Self {
            measures: rows.into_iter().map(|(_, row)| row).collect(),
            untold: untold.collect(),
            as_at: figures.as_at.to_string(),
        }
    }

    fn tables(&self) -> Vec<Table> {
        let by_theme = self.measures.chunk_by(|one, other| one.theme == other.theme);
        by_theme
            .map(|rows| {
                Table::new(rows.first().map_or("", |row| row.theme.as_str()))
                    .headings([
                        Heading::new("Measure"),
                        Heading::new("Latest month"),
                        Heading::new("Twelve months, or the position now"),
                        Heading::new("Has it changed?"),
                        Heading::new("England"),
                    ])
                    .rows(rows.iter().map(MeasureRow::cells))
                    .stacks()
            })
            .collect()
    }

    fn untold_table(&self) -> Table {
        let rows = self.untold.iter().map(|(title, reason)| vec![Cell::new(title), Cell::new(reason)]);
        Table::new("Standards of which nothing can be told")
            .headings([Heading::new("Standard"), Heading::new("Why")])
            .rows(rows)
            .stacks()
    }
}

impl MeasureRow {
    /// A measure as a row; none when nothing was ever counted of it.
    pub fn of(figures: &Figures, place: u16, remarks: &Remarks) -> Option<Self> {
        let measure = &figures.library.measures[usize::from(place)];
        let standard = &figures.library.standards[usize::from(measure.standard)];
        let (chart, asked) = figures.chart(place, remarks);
        let (latest, value) = chart.latest()?;
        let counts = match (latest.numerator, latest.denominator) {
            (Some(numerator), Some(denominator)) => format!(", {numerator} of {denominator}"),
            _ => String::new(),
        };
        let year = figures.newest_year(place, Group::Council);
        let entries = figures.library.sets.iter().flat_map(|set| &set.entries);
        let benchmark =
            entries.filter(|entry| entry.measure == place).find_map(|entry| entry.benchmarks.last());
        Some(Self {
            code: measure.code.clone(),
            title: measure.title.clone(),
            theme: theme_in_words(standard.theme).to_owned(),
            latest: format!("{}: {}{counts}", latest.period, amount(value, asked.unit)),
            year: match year.and_then(|year| Some((year, year.value?))) {
                Some((year, value)) if measure.is_count => match year.period.kind {
                    PeriodKind::Position => format!("{} now", amount(value, asked.unit)),
                    _ => format!("{} in twelve months", amount(value, asked.unit)),
                },
                Some((year, value)) => {
                    format!("{}, {} of {}", amount(value, asked.unit), year.numerator, year.denominator)
                }
                None => "Nothing counted".to_owned(),
            },
            variation: variation_in_words(chart.variation).to_owned(),
            polarity: polarity_in_words(measure.polarity).to_owned(),
            england: benchmark.map(|known| format!("{}%, {}", known.value, known.period)).unwrap_or_default(),
            cannot_tell: year.map_or(0, |year| year.cannot_tell),
            unverified: standard.status == SourceStatus::Unverified,
        })
    }

    fn cells(&self) -> Vec<Cell> {
        let colour = match self.variation.as_str() {
            "Getting better" => TagColour::Green,
            "Getting worse" => TagColour::Red,
            _ => TagColour::Grey,
        };
        let year = match self.cannot_tell {
            0 => self.year.clone(),
            count => format!("{}. {count} more cannot be told", self.year),
        };
        let note = if self.unverified { "The standard’s source was not verified." } else { "" };
        vec![
            Cell::new(crate::pages::duties::cells::lines(&[
                &link(&self.title, &format!("/measures/{}", self.code)),
                &self.polarity,
                &note,
            ])),
            Cell::new(&self.latest),
            Cell::new(year),
            Cell::new(Tag::new(&self.variation).colour(colour)),
            Cell::new(&self.england),
        ]
    }
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
    use super::*;

    #[test]
    fn a_standard_without_its_list_is_named_and_never_shown_as_nothing_wrong() {
        let untold = vec![("Core groups in time".to_owned(), "no list of core groups was loaded".to_owned())];
        let view = ScorecardView { untold, ..ScorecardView::empty() };
        let table = view.untold_table().to_string();
        assert!(table.contains("Core groups in time") && table.contains("no list of core groups was loaded"));
    }
}
