//! Exceptions and tomorrow's list: events past their day that are still not done, and those whose day comes within the
//! next ten working days. Counts for everybody who reads figures; the children only for those who may, of their own
//! teams where their role is for teams, each reading written down first.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use improvement::words::counted;
use practice::outcome::{Outcome, Status};
use practice::standard::Standard;
use serde::Serialize;
use service::{Action, ExceptionList, ExceptionNotes, Figures, Knowledge, Left, Refusal, Remarks};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use super::exception_rows::{
    AGES, ChildRow, Describing, Listed, Order, by_kind, by_team, children_table, days_of,
};
use super::navigation;
use super::standards::theme_in_words;
use crate::components::{AsContent, Cell, Heading, Pagination, Select, SelectOption, Table};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::guard::escape;
use crate::layout::Frame;
use crate::pages::duties::cells::{lines, link};
use crate::viewer::{Viewer, breadcrumbs};

/// Children on one page of the list; each is written down as read.
const PAGE: usize = 50;

/// Events that need somebody now, or soon.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct ExceptionsView {
    /// How many there are, standard by standard.
    pub counts: Vec<CountView>,
    /// How many there are in all.
    pub all: usize,
    /// Of these: not seen, recorded late, data wrong, and not said yet.
    pub kinds: [usize; 4],
    /// By team, and in it by worker, for those who may see children.
    pub teams: Vec<(String, Vec<(String, usize)>)>,
    /// What became of those that stood on the list of the extract before.
    pub left: Option<LeftView>,
    /// The children, for those who may see them; one page of the list.
    pub children: Vec<ChildRow>,
    /// Pages of that list.
    pub pages: usize,
    /// The page shown, from 1.
    pub page: usize,
    /// Whether the viewer may see children.
    pub with_children: bool,
    /// Events of sealed standards that stand on the list of the whole council and are not shown to the viewer.
    pub sealed: usize,
    /// The teams the viewer's role is for; none when it is for the whole council.
    pub own_teams: Option<Vec<String>>,
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

/// What became of the exceptions of the extract before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LeftView {
    /// The day of that extract.
    pub since: String,
    /// How many stood there then.
    pub before: usize,
    /// Still there.
    pub still: usize,
    /// Done since.
    pub done: usize,
    /// Had been done and were recorded late.
    pub recorded_late: usize,
    /// Left because their record was corrected.
    pub corrected: usize,
    /// No longer asked.
    pub ended: usize,
}

#[derive(Template)]
#[template(path = "pages/practice/exceptions.html")]
struct ExceptionsPage {
    frame: Frame,
    view: ExceptionsView,
    list: ExceptionList,
    address: &'static str,
    export: String,
    filtered: bool,
    no_figures: bool,
    filters: Vec<Select>,
    counts: Table,
    kinds: Table,
    teams: Option<Table>,
    left: Option<Table>,
    children: Option<Table>,
    steps: Pagination,
}

/// Shows the exceptions.
pub async fn exceptions(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    show(viewer, asked, ExceptionList::Exceptions).await
}

/// Shows tomorrow's list.
pub async fn tomorrow(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    show(viewer, asked, ExceptionList::Tomorrow).await
}

async fn show(viewer: Viewer, asked: Fields, list: ExceptionList) -> Result<Response, Refused> {
    let figures = viewer.service.figures(&viewer.scope, Knowledge::default()).await?;
    let with_children = viewer.may(Action::ViewChildren);
    let mut view = ExceptionsView {
        with_children,
        own_teams: viewer.scope.teams().map(<[String]>::to_vec),
        ..ExceptionsView::default()
    };
    if let Some(figures) = figures.as_deref() {
        let notes = match with_children {
            true => viewer.service.exception_notes(&viewer.scope).await?,
            false => ExceptionNotes::new(),
        };
        let remarks = viewer.service.remarks(&viewer.scope).await?;
        view.fill(figures, (list, &asked), &viewer, (&notes, &remarks));
        if list == ExceptionList::Exceptions {
            view.left = left(&viewer, figures).await?;
        }
    }
    let children = view.children.iter().map(|row| row.child.as_str());
    viewer.read_children(heading(list), address(list), &[], children).await?;
    let page = page(&viewer, figures.as_deref(), list, &asked, view).await?;
    Ok(viewer.show(&page, &page.view))
}

/// What became of the exceptions of the month before.
async fn left(viewer: &Viewer, figures: &Figures) -> Result<Option<LeftView>, Refusal> {
    let months = viewer.service.published_months(&viewer.scope).await?;
    let Some(&before) = months.get(1) else { return Ok(None) };
    let earlier = viewer.service.figures(&viewer.scope, Knowledge::as_at(before)).await?;
    let Some(earlier) = earlier else { return Ok(None) };
    let left = figures.left_since(&earlier, &viewer.scope);
    let Left { before, still, done, recorded_late, corrected, ended } = left;
    let since = day_in_words(earlier.as_at.date());
    Ok(Some(LeftView { since, before, still, done, recorded_late, corrected, ended }))
}

pub(super) fn heading(list: ExceptionList) -> &'static str {
    match list {
        ExceptionList::Exceptions => "Exceptions",
        ExceptionList::Tomorrow => "Tomorrow’s list",
    }
}

pub(super) fn address(list: ExceptionList) -> &'static str {
    match list {
        ExceptionList::Exceptions => "/exceptions",
        ExceptionList::Tomorrow => "/tomorrow",
    }
}

/// The events of a list that a viewer may count and that the filters of the address leave, in the order asked for.
pub(super) fn chosen<'f>(
    figures: &'f Figures,
    list: ExceptionList,
    asked: &Fields,
    viewer: &Viewer,
    notes: &'f ExceptionNotes,
) -> Vec<Listed<'f>> {
    let wanted = |name: &str| Some(asked.text(name)).filter(|text| !text.is_empty());
    let (standard, team) = (wanted("standard"), wanted("team"));
    // What tells workers apart, and what is said of each child, is for those who see the rows.
    let of_rows = |name: &str| wanted(name).filter(|_| viewer.may(Action::ViewChildren));
    let (worker, kind, age) = (of_rows("worker"), of_rows("kind"), wanted("age"));
    let ages = age.and_then(|age| AGES.iter().find(|(code, ..)| *code == age)).map(|(.., ages)| ages);
    let describing = Describing::new(figures, viewer.scope.council(), notes);
    let mut listed: Vec<Listed<'f>> = figures
        .on_list(list, &viewer.scope)
        .filter(|outcome| {
            let rule = &figures.library.standards[usize::from(outcome.standard)];
            standard.is_none_or(|code| rule.code == code)
                && team.is_none_or(|team| figures.team_of(outcome) == Some(team))
                && worker.is_none_or(|worker| figures.worker_of(outcome) == Some(worker))
        })
        .map(|outcome| describing.listed(outcome))
        .filter(|one| ages.is_none_or(|ages| one.age.is_some_and(|age| ages.contains(&age))))
        .filter(|one| match kind {
            None => true,
            Some("not-said") => one.note.is_none(),
            Some(kind) => one.note.is_some_and(|note| note.kind.code() == kind),
        })
        .collect();
    Order::parse(asked.text("order")).sort(&mut listed);
    listed
}

impl ExceptionsView {
    fn past_sentence(&self) -> String {
        let events = counted(self.all, "event is past its day", "events are past their day");
        format!("{events} and still not done.")
    }

    fn soon_sentence(&self) -> String {
        let events = counted(self.all, "event has its last day", "events have their last day");
        format!("{events} within the next ten working days.")
    }

    fn sealed_sentence(&self) -> String {
        let more = counted(self.sealed, "more event stands", "more events stand");
        format!(
            "{more} on the council’s list under sealed standards (adoption, exploitation, serious incidents), which open only under \
             a grant for sealed records."
        )
    }

    fn fill(
        &mut self,
        figures: &Figures,
        (list, asked): (ExceptionList, &Fields),
        viewer: &Viewer,
        (notes, remarks): (&ExceptionNotes, &Remarks),
    ) {
        let listed = chosen(figures, list, asked, viewer, notes);
        self.sealed = figures.sealed_on_list(list, &viewer.scope);
        self.pages = listed.len().div_ceil(PAGE).max(1);
        self.page = asked.number("page").unwrap_or(1).clamp(1, self.pages);
        self.counts = counts(figures, &listed);
        self.all = listed.len();
        self.kinds = by_kind(&listed);
        if self.with_children {
            let shown = listed.iter().skip((self.page - 1) * PAGE).take(PAGE);
            let name = |note: &store::ExceptionNote| remarks.name(note.owner).to_owned();
            self.children = shown.map(|one| ChildRow::of(figures, one, name)).collect();
            self.teams = by_team(figures, &listed);
        }
    }
}

fn counts(figures: &Figures, events: &[Listed<'_>]) -> Vec<CountView> {
    let mut by_standard: BTreeMap<u16, (usize, i32)> = BTreeMap::new();
    for outcome in events.iter().map(|one| one.outcome) {
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

async fn page(
    viewer: &Viewer,
    figures: Option<&Figures>,
    list: ExceptionList,
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
            sub_navigation: navigation(viewer, address(list)),
            audience: Some(audience.to_owned()),
            as_at: figures.map(|figures| day_in_words(figures.as_at.date())),
            ..super::frame(viewer, heading(list)).await?
        },
        no_figures: figures.is_none(),
        filters: figures.map(|figures| filters(figures, viewer, (list, asked), &view)).unwrap_or_default(),
        counts: counts_table(&view.counts, list, asked),
        kinds: kinds_table(view.kinds, list, asked),
        teams: (!view.teams.is_empty()).then(|| teams_table(&view.teams, list)),
        left: view.left.as_ref().map(left_table),
        children: view.with_children.then(|| children_table(&view.children, list)),
        steps: Pagination::numbered(view.page, view.pages, |page| {
            with(list, asked, &[("page", &page.to_string())])
        }),
        export: export_address(list, asked),
        filtered: FILTERS.iter().any(|name| !asked.text(name).is_empty()),
        list,
        address: address(list),
        view,
    })
}

/// What the list is narrowed by.
const FILTERS: [&str; 5] = ["standard", "team", "worker", "age", "kind"];

/// The address of the page that takes the list out as a file, narrowed as that page can be.
fn export_address(list: ExceptionList, asked: &Fields) -> String {
    let name = address(list).trim_start_matches('/');
    let (standard, team) = (escape(asked.text("standard")), escape(asked.text("team")));
    format!("/exceptions/export?list={name}&standard={standard}&team={team}")
}

/// The address of the list with the filters as they are, but for those named.
fn with(list: ExceptionList, asked: &Fields, others: &[(&str, &str)]) -> String {
    let mut parts = Vec::new();
    for name in FILTERS.into_iter().chain(["order", "page"]) {
        let other = others.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
        let kept = if name == "page" { "" } else { asked.text(name) };
        let value = other.unwrap_or(kept);
        if !value.is_empty() {
            parts.push(format!("{name}={}", escape(value)));
        }
    }
    if parts.is_empty() { address(list).to_owned() } else { format!("{}?{}", address(list), parts.join("&")) }
}

fn filters(
    figures: &Figures,
    viewer: &Viewer,
    (list, asked): (ExceptionList, &Fields),
    view: &ExceptionsView,
) -> Vec<Select> {
    let mut filters = vec![standard_choice(figures, view, asked), team_choice(figures, viewer, asked)];
    let select = |name: &str, label: &str, options: Vec<SelectOption>| {
        Select::new(name, label).options(options).chosen(asked.text(name))
    };
    let every = |words: &str| vec![SelectOption::new("", words)];
    let mut ages = every("Every age");
    ages.extend(AGES.iter().map(|(code, words, _)| SelectOption::new(code, words)));
    filters.push(select("age", "Age", ages));
    if view.with_children {
        if list == ExceptionList::Exceptions {
            let mut kinds = every("Everything");
            kinds.extend(store::ExceptionKind::ALL.map(|kind| SelectOption::new(kind.code(), kind.words())));
            kinds.push(SelectOption::new("not-said", "Not said yet"));
            filters.push(select("kind", "What it is", kinds));
        }
        let mut orders = every("What is open for the child, then age");
        orders.push(SelectOption::new("due", "The day it is due"));
        orders.push(SelectOption::new("age", "The youngest first"));
        filters.push(select("order", "In order of", orders));
    }
    filters
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

pub(super) fn team_choice(figures: &Figures, viewer: &Viewer, asked: &Fields) -> Select {
    let mut teams: Vec<&str> =
        figures.outcomes.outcomes.iter().filter_map(|outcome: &Outcome| figures.team_of(outcome)).collect();
    teams.sort_unstable();
    teams.dedup();
    teams.retain(|team| viewer.scope.holds_team(Some(team)));
    let every = if viewer.scope.teams().is_some() { "Every team of yours" } else { "Every team" };
    let every = SelectOption::new("", every);
    let options = std::iter::once(every).chain(teams.into_iter().map(|team| SelectOption::new(team, team)));
    Select::new("team", "Team").options(options.collect::<Vec<_>>()).chosen(asked.text("team"))
}

fn counts_table(counts: &[CountView], list: ExceptionList, asked: &Fields) -> Table {
    let (caption, days) = match list {
        ExceptionList::Exceptions => ("Past their day and not done, by standard", "Days late, the worst"),
        ExceptionList::Tomorrow => ("Due within ten working days, by standard", "Days left, the nearest"),
    };
    let rows = counts.iter().map(|count| {
        vec![
            Cell::new(link(&count.title, &with(list, asked, &[("standard", &count.code)]))),
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

fn kinds_table(kinds: [usize; 4], list: ExceptionList, asked: &Fields) -> Table {
    let words = ["Not seen", "Recorded late", "Data wrong", "Not said yet"];
    let codes = ["not-seen", "recorded-late", "data-wrong", "not-said"];
    let rows = words.into_iter().zip(codes).zip(kinds).map(|((words, code), count)| {
        vec![Cell::new(link(words, &with(list, asked, &[("kind", code)]))), Cell::numeric(count)]
    });
    Table::new("What they turned out to be")
        .headings([Heading::new("What it is"), Heading::numeric("Events")])
        .rows(rows)
        .first_cell_is_heading()
        .stacks()
}

fn teams_table(teams: &[(String, Vec<(String, usize)>)], list: ExceptionList) -> Table {
    let rows = teams.iter().map(|(team, workers)| {
        let all: usize = workers.iter().map(|(_, count)| count).sum();
        let words: Vec<String> = workers.iter().map(|(worker, count)| format!("{worker}: {count}")).collect();
        let words: Vec<&dyn AsContent> = words.iter().map(|words| words as &dyn AsContent).collect();
        let team = link(team, &format!("{}?team={}", address(list), escape(team)));
        vec![Cell::new(team), Cell::new(lines(&words)), Cell::numeric(all)]
    });
    Table::new("By team and worker")
        .headings([Heading::new("Team"), Heading::new("Workers"), Heading::numeric("Events")])
        .rows(rows)
        .first_cell_is_heading()
        .stacks()
}

fn left_table(left: &LeftView) -> Table {
    let rows = [
        ("Stood on the list then", left.before),
        ("Still stand on it", left.still),
        ("Left it: done since", left.done),
        ("Left it: it had been done, and was recorded late", left.recorded_late),
        ("Left it: the record was corrected", left.corrected),
        ("Left it: no longer asked", left.ended),
    ];
    Table::new(format!("What became of the list of {}", left.since))
        .headings([Heading::new("What became of them"), Heading::numeric("Events")])
        .rows(rows.map(|(words, count)| vec![Cell::new(words), Cell::numeric(count)]))
        .first_cell_is_heading()
        .stacks()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_the_filters_and_a_filter_starts_at_the_first_page() {
        let asked = Fields::parse(b"standard=assessment-45wd&team=North+%26+West&page=3");
        let list = ExceptionList::Exceptions;
        assert_eq!(
            with(list, &asked, &[("page", "4")]),
            "/exceptions?standard=assessment-45wd&team=North%20%26%20West&page=4"
        );
        assert_eq!(
            with(list, &asked, &[("kind", "not-said")]),
            "/exceptions?standard=assessment-45wd&team=North%20%26%20West&kind=not-said"
        );
    }
}
