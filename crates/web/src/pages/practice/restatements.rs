//! Restatements: a month's figures as they were first published beside what they are now, and why they differ.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use practice::control_chart::{self, Unit, amount};
use serde::Serialize;
use service::{Action, Causes, Figures, FirstPublished, Knowledge, Remarks, Restatement};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::day::Day;

use super::facts::apart;
use super::navigation;
use super::standards::theme_in_words;
use crate::components::{Cell, Heading, Select, Table};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::pages::duties::cells::{lines, link};
use crate::viewer::{Viewer, breadcrumbs};

/// A month then and now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RestatementsView {
    /// The last day of the month.
    pub month: String,
    /// Every month that was published, the newest first.
    pub months: Vec<String>,
    /// The day on which the month's figures were first published.
    pub published_on: String,
    /// Measures whose record was changed since.
    pub restated: Vec<ThenAndNow>,
    /// Measures that moved only because clocks went on.
    pub moved_on: Vec<ThenAndNow>,
    /// How many measures were compared.
    pub compared: usize,
    /// The day that the figures of now tell of.
    pub as_at: String,
}

/// A value of a month then and now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ThenAndNow {
    /// The measure, or the month.
    pub name: String,
    /// The measure's code.
    pub code: String,
    /// What the measure is about.
    pub theme: String,
    /// The day on which it was first published.
    pub published_on: String,
    /// As first published, with its counts, in words.
    pub first: String,
    /// As it is now, with its counts, in words.
    pub now: String,
    /// How far they lie apart, in words.
    pub change: String,
    /// Events whose clock still ran then.
    pub clock_ran: usize,
    /// Events that had happened and were not on record.
    pub recorded_late: usize,
    /// Events whose record was changed since.
    pub corrected: usize,
    /// Events that are gone from the record.
    pub withdrawn: usize,
    /// Comments on the measure's month.
    pub comments: usize,
}

#[derive(Template)]
#[template(path = "pages/practice/restatements.html")]
struct RestatementsPage {
    frame: Frame,
    view: RestatementsView,
    no_figures: bool,
    month_in_words: String,
    published_in_words: String,
    choice: Select,
    restated: Table,
    moved_on: Table,
}

/// Shows a month then and now.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let service = &viewer.service;
    let now = service.figures(&viewer.scope, Knowledge::default()).await?;
    let months = service.published_months(&viewer.scope).await?;
    let month = chosen(&months, &asked);
    let first = match month {
        Some(month) => service.first_published(&viewer.scope, month).await?,
        None => None,
    };
    let remarks = service.remarks(&viewer.scope).await?;
    let mut view = match (&first, &now) {
        (Some(first), Some(now)) => RestatementsView::of(first, now, &remarks),
        _ => RestatementsView::empty(),
    };
    view.months = months.iter().map(ToString::to_string).collect();
    let may_comment = viewer.may(Action::CommentMeasure);
    let page = RestatementsPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: navigation(&viewer, "/restatements"),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            as_at: now.as_deref().map(|now| day_in_words(now.as_at.date())),
            ..super::frame(&viewer, "Restatements").await?
        },
        no_figures: first.is_none(),
        month_in_words: month.map(|month| control_chart::month(Day::of(month))).unwrap_or_default(),
        published_in_words: first.map(|first| day_in_words(first.published_on)).unwrap_or_default(),
        choice: month_choice(&months, month),
        restated: view.table("Restated: the record was changed since", &view.restated, may_comment),
        moved_on: view.table("Moved on: clocks that still ran then", &view.moved_on, may_comment),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

/// The month asked for; else the one before the newest, as the newest has had no time to change.
fn chosen(months: &[Date], asked: &Fields) -> Option<Date> {
    let wanted: Option<Date> = asked.text("month").parse().ok();
    let known = wanted.filter(|wanted| months.contains(wanted));
    known.or_else(|| months.get(1).or(months.first()).copied())
}

fn month_choice(months: &[Date], chosen: Option<Date>) -> Select {
    let mut choice = Select::new("month", "Month");
    for month in months {
        choice = choice.option(month, control_chart::month(Day::of(*month)));
    }
    match chosen {
        Some(month) => choice.chosen(month),
        None => choice,
    }
}

impl RestatementsView {
    fn empty() -> Self {
        Self {
            month: String::new(),
            months: Vec::new(),
            published_on: String::new(),
            restated: Vec::new(),
            moved_on: Vec::new(),
            compared: 0,
            as_at: String::new(),
        }
    }

    fn of(first: &FirstPublished, now: &Figures, remarks: &Remarks) -> Self {
        let (differing, compared) = first.restated(now);
        let (mut restated, mut moved_on) = (Vec::new(), Vec::new());
        for restatement in differing {
            let mut row = ThenAndNow::of(&restatement, first, now);
            let of_month = remarks.comments_of(&row.code);
            row.comments = of_month.filter(|comment| Day::of(comment.month) == first.month).count();
            if restatement.causes.is_restated() { &mut restated } else { &mut moved_on }.push(row);
        }
        for rows in [&mut restated, &mut moved_on] {
            rows.sort_by(|one, other| (&one.theme, &one.name).cmp(&(&other.theme, &other.name)));
        }
        Self {
            month: first.month.to_string(),
            months: Vec::new(),
            published_on: first.published_on.to_string(),
            restated,
            moved_on,
            compared,
            as_at: now.as_at.to_string(),
        }
    }

    fn table(&self, caption: &str, rows: &[ThenAndNow], may_comment: bool) -> Table {
        let month = &self.month;
        let rows = rows.iter().map(|row| {
            let comment = link("Comment", &format!("/measures/{}/comments?month={month}", row.code));
            let said = match row.comments {
                0 => String::new(),
                count => improvement::words::counted(count, "comment", "comments"),
            };
            let mut cells =
                row.cells(lines(&[&link(&row.name, &format!("/measures/{}", row.code)), &row.theme]));
            cells.push(Cell::new(if may_comment { lines(&[&comment, &said]) } else { lines(&[&said]) }));
            cells
        });
        let mut headings = headings("Measure").to_vec();
        headings.push(Heading::new("Comments"));
        Table::new(caption).headings(headings).rows(rows).first_cell_is_heading().stacks()
    }
}

impl ThenAndNow {
    /// A restatement of a measure, under the measure's name.
    pub fn of(restatement: &Restatement, first: &FirstPublished, now: &Figures) -> Self {
        let measure = &now.library.measures[usize::from(restatement.measure)];
        let standard = &now.library.standards[usize::from(measure.standard)];
        let unit = if measure.is_count { Unit::Number } else { Unit::Percent };
        let Causes { clock_ran, recorded_late, corrected, withdrawn } = restatement.causes;
        Self {
            name: measure.title.clone(),
            code: measure.code.clone(),
            theme: theme_in_words(standard.theme).to_owned(),
            published_on: first.published_on.to_string(),
            first: told(&restatement.first, unit),
            now: told(&restatement.now, unit),
            change: change(restatement.first.value, restatement.now.value, unit),
            clock_ran,
            recorded_late,
            corrected,
            withdrawn,
            comments: 0,
        }
    }

    fn cells(&self, name: impl crate::components::AsContent) -> Vec<Cell> {
        vec![
            Cell::new(name),
            Cell::new(&self.first),
            Cell::new(&self.now),
            Cell::new(&self.change),
            Cell::new(self.why()),
        ]
    }

    /// Why they differ, in events: `3 recorded late, 1 corrected`.
    pub fn why(&self) -> String {
        let causes = [
            (self.recorded_late, "recorded late"),
            (self.corrected, "corrected"),
            (self.withdrawn, "withdrawn"),
            (self.clock_ran, "whose clock still ran"),
        ];
        let told: Vec<String> = causes
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, words)| format!("{count} {words}"))
            .collect();
        if told.is_empty() { "Nothing differs".to_owned() } else { told.join(", ") }
    }
}

fn told(value: &practice::indicator::IndicatorValue, unit: Unit) -> String {
    match value.value {
        Some(figure) if unit == Unit::Percent => {
            format!("{}, {} of {}", amount(figure, unit), value.numerator, value.denominator)
        }
        Some(figure) => amount(figure, unit),
        None => "None counted".to_owned(),
    }
}

fn change(first: Option<f64>, now: Option<f64>, unit: Unit) -> String {
    match (first, now) {
        (Some(first), Some(now)) => match apart(now - first, unit) {
            Some(apart) => format!("{apart} {}", if now > first { "higher" } else { "lower" }),
            None => "The same figure".to_owned(),
        },
        (None, None) => "None counted in either".to_owned(),
        (None, Some(_)) => "Nothing was counted at first".to_owned(),
        (Some(_), None) => "Nothing is counted any more".to_owned(),
    }
}

fn headings(first: &str) -> [Heading; 5] {
    ["", "First published", "Now", "Change", "Why: events"]
        .map(|words| Heading::new(if words.is_empty() { first } else { words }))
}

/// One measure's months then and now as a table.
pub fn then_and_now_table(caption: &str, rows: &[ThenAndNow]) -> Table {
    let rows = rows.iter().map(|row| {
        let published: String = row.published_on.parse().map(day_in_words).unwrap_or_default();
        row.cells(lines(&[&row.name, &format!("published on {published}")]))
    });
    Table::new(caption).headings(headings("Month")).rows(rows).first_cell_is_heading().stacks()
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::super::sample;
    use super::*;

    #[test]
    fn the_month_before_the_newest_is_shown_unless_another_published_one_is_asked_for() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let months = [day("2026-05-31"), day("2026-04-30"), day("2026-03-31")];
        let asked = |query: &str| chosen(&months, &Fields::parse(query.as_bytes()));
        assert_eq!(asked(""), Some(day("2026-04-30")));
        assert_eq!(asked("month=2026-03-31"), Some(day("2026-03-31")));
        assert_eq!(asked("month=2026-04-29"), Some(day("2026-04-30")));
        assert_eq!(chosen(&[], &Fields::default()), None);
    }

    #[tokio::test]
    async fn a_month_says_what_it_was_what_it_is_why_and_where_to_comment() {
        let trial = sample::loaded().await;
        let page = trial.get(Some(Role::Analyst), "/restatements?month=2026-04-30").await.body;
        for words in [
            "first published on 5 May 2026",
            "100%, 2 of 2",
            "66.7%, 2 of 3",
            "33.3 percentage points lower",
            "1 recorded late",
            "/measures/assessment-45wd-dfe/comments?month=2026-04-30",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let chair = trial.get(Some(Role::Chair), "/restatements?month=2026-04-30").await.body;
        assert!(!chair.contains("/comments?month="), "the chair comments elsewhere");
    }

    #[tokio::test]
    async fn a_month_that_nothing_changed_says_so() {
        let trial = sample::loaded().await;
        let page = trial.get(Some(Role::Chair), "/restatements?month=2026-05-31").await.body;
        assert!(page.contains("No measure’s record was changed"), "{page}");
    }
}
