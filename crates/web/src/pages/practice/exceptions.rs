//! Exceptions and tomorrow's list: events past their day that are still not done, and those whose day comes within the
//! next ten working days. Counts for everybody who reads figures; the children only for those who may, each reading
//! written down first.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use practice::outcome::{Outcome, Status};
use practice::standard::{Basis, SourceStatus, Standard};
use serde::Serialize;
use service::{Action, Figures, Knowledge, Refusal, Showing};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::day::Day;
use vocabulary::id::ChildId;
use vocabulary::working_days::{WorkingDayTable, england_and_wales};

use super::navigation;
use super::standards::theme_in_words;
use crate::components::{Cell, Heading, Pagination, Select, SelectOption, Table};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::guard::escape;
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

/// How far tomorrow's list looks ahead.
const WORKING_DAYS_AHEAD: u32 = 10;
/// Children on one page of the list; each is written down as read.
const PAGE: usize = 50;

/// Which of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Exceptions,
    Tomorrow,
}

/// Events that need somebody now, or soon.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExceptionsView {
    /// How many there are, standard by standard.
    pub counts: Vec<CountView>,
    /// How many there are in all.
    pub all: usize,
    /// The children, for those who may see them; one page of the list.
    pub children: Vec<ChildRow>,
    /// Pages of that list.
    pub pages: usize,
    /// The page shown, from 1.
    pub page: usize,
    /// Whether the viewer may see children.
    pub with_children: bool,
}

/// The events of one standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CountView {
    /// The standard's code.
    pub code: String,
    /// What must happen.
    pub title: String,
    /// What it is about.
    pub theme: String,
    /// How many events.
    pub events: usize,
    /// How many days the worst is late, or the nearest is away.
    pub days: i32,
}

/// One event of one child.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChildRow {
    /// The child's random id.
    pub child: String,
    /// Its first letters, as people read it out.
    pub reference: String,
    /// Age in whole years, if it can be told.
    pub age: Option<i32>,
    /// The standard's code.
    pub code: String,
    /// What is late or due.
    pub title: String,
    /// The day it was or is due.
    pub due_on: String,
    /// Days late, or days left.
    pub days: i32,
    /// Team, where the extract gives it.
    pub team: String,
    /// Worker, where the extract gives it.
    pub worker: String,
    /// The list and row of the extract.
    pub source: String,
}

#[derive(Template)]
#[template(path = "pages/practice/exceptions.html")]
struct ExceptionsPage {
    frame: Frame,
    view: ExceptionsView,
    list: List,
    address: &'static str,
    no_figures: bool,
    standard: Option<Select>,
    team: Option<Select>,
    counts: Table,
    children: Option<Table>,
    steps: Pagination,
}

/// Shows the exceptions.
pub async fn exceptions(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    show(viewer, asked, List::Exceptions).await
}

/// Shows tomorrow's list.
pub async fn tomorrow(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    show(viewer, asked, List::Tomorrow).await
}

async fn show(viewer: Viewer, asked: Fields, list: List) -> Result<Response, Refused> {
    let figures = viewer.service.figures(&viewer.scope, Knowledge::default()).await?;
    let with_children = viewer.may(Action::ViewChildren);
    let view = match figures.as_deref() {
        Some(figures) => ExceptionsView::of(figures, list, &asked, with_children),
        None => ExceptionsView::empty(with_children),
    };
    read(&viewer, list, &view.children).await?;
    let page = page(&viewer, figures.as_deref(), list, &asked, view).await?;
    Ok(viewer.show(&page, &page.view))
}

/// Writes down whose records are about to be shown.
async fn read(viewer: &Viewer, list: List, rows: &[ChildRow]) -> Result<(), Refusal> {
    let children: Vec<ChildId> = rows.iter().filter_map(|row| ChildId::parse(&row.child)).collect();
    if children.is_empty() {
        return Ok(());
    }
    let showing = Showing {
        purpose: list.heading(),
        classes: "C3",
        route: list.address(),
        request_id: &viewer.request_id,
    };
    viewer.service.record_child_reads(&viewer.actor, &showing, &children).await
}

impl List {
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Exceptions => "Exceptions",
            Self::Tomorrow => "Tomorrow’s list",
        }
    }

    pub(super) fn address(self) -> &'static str {
        match self {
            Self::Exceptions => "/exceptions",
            Self::Tomorrow => "/tomorrow",
        }
    }

    /// Whether an event stands on the list: past its day and not done, or its day within the next working days.
    pub(super) fn holds(self, outcome: &Outcome, as_at: Day, horizon: Day) -> bool {
        match self {
            Self::Exceptions => {
                outcome.status == Status::Missed && outcome.met_on.is_none() && outcome.due_on.is_some()
            }
            Self::Tomorrow => {
                outcome.status == Status::Due
                    && outcome.due_on.is_some_and(|due| as_at <= due && due <= horizon)
            }
        }
    }
}

/// Whether a standard puts children on the lists: a duty to them, not a way of measuring, and one whose source was read.
pub(super) fn puts_on_lists(standard: &Standard) -> bool {
    standard.basis != Basis::NationalMeasure && standard.status != SourceStatus::Unverified
}

impl ExceptionsView {
    fn empty(with_children: bool) -> Self {
        Self { counts: Vec::new(), all: 0, children: Vec::new(), pages: 0, page: 1, with_children }
    }

    fn of(figures: &Figures, list: List, asked: &Fields, with_children: bool) -> Self {
        let words = &figures.history.picture.words;
        let horizon = horizon(figures.as_at);
        let chosen = |name: &str| Some(asked.text(name)).filter(|text| !text.is_empty());
        let (standard, team) = (chosen("standard"), chosen("team"));
        let mut events: Vec<&Outcome> = figures
            .outcomes
            .outcomes
            .iter()
            .filter(|outcome| list.holds(outcome, figures.as_at, horizon))
            .filter(|outcome| {
                let rule = &figures.library.standards[usize::from(outcome.standard)];
                puts_on_lists(rule)
                    && standard.is_none_or(|code| rule.code == code)
                    && team.is_none_or(|team| outcome.team.is_some_and(|word| words.text(word) == team))
            })
            .collect();
        events.sort_by_key(|outcome| (outcome.due_on, outcome.standard, outcome.subject));
        let pages = events.len().div_ceil(PAGE).max(1);
        let page = asked.number("page").unwrap_or(1).clamp(1, pages);
        let shown = events.iter().skip((page - 1) * PAGE).take(if with_children { PAGE } else { 0 });
        Self {
            counts: counts(figures, &events),
            all: events.len(),
            children: shown.map(|outcome| ChildRow::of(figures, outcome)).collect(),
            pages,
            page,
            with_children,
        }
    }
}

pub(super) fn horizon(as_at: Day) -> Day {
    let (from, to) = (as_at.date().year() - 1, as_at.date().year() + 1);
    let table = WorkingDayTable::new(england_and_wales(), from, to);
    table.add(as_at, WORKING_DAYS_AHEAD).unwrap_or_else(|| as_at.plus_days(14))
}

fn counts(figures: &Figures, events: &[&Outcome]) -> Vec<CountView> {
    let mut by_standard: BTreeMap<u16, (usize, i32)> = BTreeMap::new();
    for outcome in events {
        let days = days_of(figures.as_at, outcome);
        let (count, worst) = by_standard.entry(outcome.standard).or_insert((0, days));
        *count += 1;
        *worst = if outcome.status == Status::Due { (*worst).min(days) } else { (*worst).max(days) };
    }
    let mut counts: Vec<CountView> = by_standard
        .into_iter()
        .map(|(place, (events, days))| {
            let standard = &figures.library.standards[usize::from(place)];
            CountView {
                code: standard.code.clone(),
                title: standard.title.clone(),
                theme: theme_in_words(standard.theme).to_owned(),
                events,
                days,
            }
        })
        .collect();
    counts.sort_by(|one, other| other.events.cmp(&one.events).then_with(|| one.code.cmp(&other.code)));
    counts
}

fn days_of(as_at: Day, outcome: &Outcome) -> i32 {
    outcome.due_on.map_or(0, |due| as_at.days_since(due).abs())
}

impl ChildRow {
    fn of(figures: &Figures, outcome: &Outcome) -> Self {
        let picture = &figures.history.picture;
        let text = |word| picture.words.text(word).to_owned();
        let child = text(outcome.subject);
        let standard = &figures.library.standards[usize::from(outcome.standard)];
        Self {
            reference: child.chars().take(8).collect(),
            age: age_of(figures, outcome),
            code: standard.code.clone(),
            title: standard.title.clone(),
            due_on: outcome.due_on.map(|due| day_in_words(due.date())).unwrap_or_default(),
            days: days_of(figures.as_at, outcome),
            team: outcome.team.map(text).unwrap_or_default(),
            worker: outcome.worker.map(text).unwrap_or_default(),
            source: format!("{}, row {}", text(outcome.source.list), outcome.source.row + 1),
            child,
        }
    }

    fn cells(&self, list: List) -> Vec<Cell> {
        let days = match list {
            List::Exceptions => format!("{} late", in_days(self.days)),
            List::Tomorrow if self.days == 0 => "today".to_owned(),
            List::Tomorrow => format!("in {}", in_days(self.days)),
        };
        vec![
            Cell::new(&self.reference),
            Cell::new(self.age.map_or_else(|| "not known".to_owned(), |age| age.to_string())),
            Cell::new(link(&self.title, &format!("/standards/{}", self.code))),
            Cell::new(&self.due_on),
            Cell::new(days),
            Cell::new(&self.team),
            Cell::new(&self.worker),
            Cell::new(&self.source),
        ]
    }
}

fn in_days(days: i32) -> String {
    improvement::words::counted(days.unsigned_abs(), "day", "days")
}

fn age_of(figures: &Figures, outcome: &Outcome) -> Option<i32> {
    let sheet = figures.history.picture.sheet("child")?;
    let row = sheet.rows_of(outcome.subject).next()?;
    let born = sheet.table.column("born_on")?.day(row).value()?;
    Some(figures.as_at.age_in_years(born))
}

async fn page(
    viewer: &Viewer,
    figures: Option<&Figures>,
    list: List,
    asked: &Fields,
    view: ExceptionsView,
) -> Result<ExceptionsPage, Refusal> {
    let audience = match view.with_children {
        true => {
            "People who may read children’s records: every child shown here is written down as read by you"
        }
        false => "People who may see figures before small numbers are removed",
    };
    Ok(ExceptionsPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: navigation(viewer, list.address()),
            audience: Some(audience.to_owned()),
            as_at: figures.map(|figures| day_in_words(figures.as_at.date())),
            ..super::frame(viewer, list.heading()).await?
        },
        no_figures: figures.is_none(),
        standard: figures.map(|figures| standard_choice(figures, &view, asked)),
        team: figures.map(|figures| team_choice(figures, asked)),
        counts: counts_table(&view.counts, list, asked),
        children: view.with_children.then(|| children_table(&view.children, list)),
        steps: Pagination::numbered(view.page, view.pages, |page| address(list, asked, page)),
        list,
        address: list.address(),
        view,
    })
}

fn address(list: List, asked: &Fields, page: usize) -> String {
    let (standard, team) = (escape(asked.text("standard")), escape(asked.text("team")));
    format!("{}?standard={standard}&team={team}&page={page}", list.address())
}

fn standard_choice(figures: &Figures, view: &ExceptionsView, asked: &Fields) -> Select {
    let mut options = vec![SelectOption::new("", "Every standard")];
    let known = view.counts.iter().map(|count| (count.code.as_str(), count.title.as_str()));
    options.extend(known.map(|(code, title)| SelectOption::new(code, title)));
    let chosen = figures.library.standard(asked.text("standard"));
    let counted = |standard: &&Standard| view.counts.iter().any(|count| count.code == standard.code);
    // A standard of which nothing is left stays chosen.
    options.extend(
        chosen
            .filter(|standard| !counted(standard))
            .map(|standard| SelectOption::new(&standard.code, &standard.title)),
    );
    Select::new("standard", "Standard").options(options).chosen(asked.text("standard"))
}

pub(super) fn team_choice(figures: &Figures, asked: &Fields) -> Select {
    let words = &figures.history.picture.words;
    let mut teams: Vec<&str> = figures
        .outcomes
        .outcomes
        .iter()
        .filter_map(|outcome| outcome.team)
        .map(|team| words.text(team))
        .collect();
    teams.sort_unstable();
    teams.dedup();
    let every = SelectOption::new("", "Every team");
    let options = std::iter::once(every).chain(teams.into_iter().map(|team| SelectOption::new(team, team)));
    Select::new("team", "Team").options(options.collect::<Vec<_>>()).chosen(asked.text("team"))
}

fn counts_table(counts: &[CountView], list: List, asked: &Fields) -> Table {
    let (caption, days) = match list {
        List::Exceptions => ("Past their day and not done, by standard", "Days late, the worst"),
        List::Tomorrow => ("Due within ten working days, by standard", "Days left, the nearest"),
    };
    let team = escape(asked.text("team"));
    let rows = counts.iter().map(|count| {
        let address = format!("{}?standard={}&team={team}", list.address(), count.code);
        vec![
            Cell::new(link(&count.title, &address)),
            Cell::new(&count.theme),
            Cell::numeric(count.events),
            Cell::numeric(count.days),
        ]
    });
    Table::new(caption)
        .headings([
            Heading::new("What must happen"),
            Heading::new("About"),
            Heading::numeric("Events"),
            Heading::numeric(days),
        ])
        .rows(rows)
        .stacks()
}

fn children_table(rows: &[ChildRow], list: List) -> Table {
    Table::new("The children, the longest overdue or the nearest first")
        .headings([
            Heading::new("Child"),
            Heading::new("Age"),
            Heading::new("What"),
            Heading::new("Due"),
            Heading::new("Days"),
            Heading::new("Team"),
            Heading::new("Worker"),
            Heading::new("In the extract"),
        ])
        .rows(rows.iter().map(|row| row.cells(list)))
        .stacks()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tomorrow_looks_ten_working_days_ahead_over_a_bank_holiday() {
        let day = |text: &str| Day::parse(text).expect("a day");
        assert_eq!(horizon(day("2026-12-18")), day("2027-01-06"));
    }
}
