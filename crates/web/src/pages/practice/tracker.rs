//! One tracker: counts of what each standard says for everybody who reads figures; the children one by one for those
//! who may see them, each reading written down first.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::words::counted;
use practice::tracker::Tracker;
use serde::Serialize;
use service::{Action, Figures, Knowledge, Refusal, Tracked, TrackedRow};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::day::Day;

use super::navigation;
use super::standard::{Passage, passages};
use crate::components::{Cell, Heading, Pagination, Select, SelectOption, Table};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::guard::escape;
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

/// Children on one page; each is written down as read.
const PAGE: usize = 50;

/// One tracker.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrackerView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// Whom it follows.
    pub tracks: String,
    /// Children on it, in the whole council.
    pub all: usize,
    /// Whether being on it is a sealed fact.
    pub sealed: bool,
    /// What each column's standard says of them.
    pub columns: Vec<ColumnView>,
    /// The headings of the facts beside the answers.
    pub facts: Vec<String>,
    /// The children, for those who may see them; one page of them.
    pub children: Vec<ChildOnTracker>,
    /// Pages of that list.
    pub pages: usize,
    /// The page shown, from 1.
    pub page: usize,
    /// Children no longer shown, without a recorded end.
    pub dropped: Vec<DroppedChild>,
    /// How many there are of them in the whole council.
    pub dropped_count: usize,
    /// What its file says: headings and paragraphs.
    pub prose: Vec<Passage>,
    /// Whether the viewer may see children here.
    pub with_children: bool,
}

/// A column with its counts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ColumnView {
    /// The column's heading.
    pub heading: String,
    /// The standard's code.
    pub standard: String,
    /// Late, due, can't tell, missed, met, not asked.
    pub counts: [usize; 6],
}

/// One child on it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChildOnTracker {
    /// The child's random id.
    pub child: String,
    /// Its first letters, as people read it out.
    pub reference: String,
    /// The day from which something has put it there.
    pub since: String,
    /// Team, where an extract gives it.
    pub team: String,
    /// Worker, where an extract gives it.
    pub worker: String,
    /// What each standard says of the newest event.
    pub answers: Vec<String>,
    /// What the newest records say.
    pub facts: Vec<String>,
}

/// A child who is no longer shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DroppedChild {
    /// The child's random id.
    pub child: String,
    /// The record that is gone, in words.
    pub record: String,
    /// The day of the first extract without it.
    pub gone_on: String,
}

#[derive(Template)]
#[template(path = "pages/practice/tracker.html")]
struct TrackerPage {
    frame: Frame,
    view: TrackerView,
    no_figures: bool,
    team: Option<Select>,
    counts: Table,
    children: Table,
    dropped: Table,
    steps: Pagination,
    /// Whether giving both factors again would open it.
    may_open_sealed: bool,
}

/// Shows one tracker.
pub async fn show(
    viewer: Viewer,
    Path(code): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Refused> {
    let tracker = service::library().tracker(&code).ok_or(Refusal::NotFound)?;
    let figures = viewer.service.figures(&viewer.scope, Knowledge::default()).await?;
    let may = viewer.may(Action::ViewChildren)
        && (!tracker.sealed || viewer.scope.allows(store::DataClass::SealedChildren));
    let (view, teams) = match figures.as_deref() {
        Some(figures) => {
            let mut tracked = figures.tracked(tracker, &viewer.scope);
            if !may {
                tracked.rows.clear();
                tracked.dropped.clear();
            }
            let teams = teams_of(&tracked.rows);
            (TrackerView::of(tracker, tracked, &asked, may), teams)
        }
        None => (TrackerView::empty(tracker, may), Vec::new()),
    };
    read(&viewer, tracker, &view).await?;
    let page = page(&viewer, figures.as_deref(), &asked, view, &teams).await?;
    Ok(viewer.show(&page, &page.view))
}

/// Writes down whose records are about to be shown.
async fn read(viewer: &Viewer, tracker: &Tracker, view: &TrackerView) -> Result<(), Refusal> {
    let shown = view.children.iter().map(|child| &child.child);
    let dropped = view.dropped.iter().map(|child| &child.child);
    let children = shown.chain(dropped).map(String::as_str);
    viewer.read_children(&tracker.title, "/trackers/{code}", &[], children).await
}

fn teams_of(rows: &[TrackedRow]) -> Vec<String> {
    let mut teams: Vec<String> = rows.iter().map(|row| row.team.clone()).collect();
    teams.retain(|team| !team.is_empty());
    teams.sort_unstable();
    teams.dedup();
    teams
}

fn in_words(day: Option<Day>) -> String {
    day.map(|day| day_in_words(day.date())).unwrap_or_default()
}

impl TrackerView {
    fn empty(tracker: &Tracker, with_children: bool) -> Self {
        let library = service::library();
        let columns = tracker.columns.iter().map(|column| ColumnView {
            heading: column.heading.clone(),
            standard: library.standards[usize::from(column.standard)].code.clone(),
            counts: [0; 6],
        });
        Self {
            code: tracker.code.clone(),
            title: tracker.title.clone(),
            tracks: tracker.tracks.clone(),
            all: 0,
            sealed: tracker.sealed,
            columns: columns.collect(),
            facts: tracker.facts.iter().map(|fact| fact.heading.clone()).collect(),
            children: Vec::new(),
            pages: 1,
            page: 1,
            dropped: Vec::new(),
            dropped_count: 0,
            prose: passages(&tracker.prose),
            with_children,
        }
    }

    fn of(tracker: &Tracker, tracked: Tracked, asked: &Fields, with_children: bool) -> Self {
        let mut view = Self::empty(tracker, with_children);
        view.all = tracked.children;
        view.dropped_count = tracked.dropped_count;
        for (column, counts) in view.columns.iter_mut().zip(tracked.counts) {
            column.counts = counts;
        }
        let team = asked.text("team");
        let wanted = |row: &&TrackedRow| team.is_empty() || row.team == team;
        let rows: Vec<&TrackedRow> = tracked.rows.iter().filter(wanted).collect();
        view.pages = rows.len().div_ceil(PAGE).max(1);
        let dropped: Vec<_> =
            tracked.dropped.into_iter().filter(|gone| team.is_empty() || gone.team == team).collect();
        view.pages = view.pages.max(dropped.len().div_ceil(PAGE));
        view.page = asked.number("page").unwrap_or(1).clamp(1, view.pages);
        let shown = rows.iter().skip((view.page - 1) * PAGE).take(PAGE);
        view.children = shown.map(|row| ChildOnTracker::of(row)).collect();
        let shown = dropped.into_iter().skip((view.page - 1) * PAGE).take(PAGE);
        view.dropped = shown
            .map(|gone| DroppedChild {
                record: match gone.on {
                    Some(on) => format!("{} of {}", gone.record, in_words(Some(on))),
                    None => gone.record,
                },
                gone_on: in_words(Some(gone.gone_on)),
                child: gone.child,
            })
            .collect();
        view
    }

    fn dropped_sentence(&self) -> String {
        format!(
            "{} on the lists until lately and in them no longer, with no end on record.",
            counted(self.dropped_count, "more child was", "more children were")
        )
    }

    fn counts_table(&self) -> Table {
        let rows = self.columns.iter().map(|column| {
            let mut cells =
                vec![Cell::new(link(&column.heading, &format!("/standards/{}", column.standard)))];
            cells.extend(column.counts.iter().copied().map(Cell::numeric));
            cells
        });
        Table::new("What the standards say of the newest event of each child")
            .headings([
                Heading::new("Standard"),
                Heading::numeric("Late, not done"),
                Heading::numeric("Not yet due"),
                Heading::numeric("Cannot tell"),
                Heading::numeric("Missed"),
                Heading::numeric("Met"),
                Heading::numeric("Not asked"),
            ])
            .rows(rows)
            .stacks()
    }

    fn children_table(&self) -> Table {
        let mut headings = vec![Heading::new("Child"), Heading::new("On it since")];
        headings.extend(self.facts.iter().map(Heading::new));
        headings.extend(self.columns.iter().map(|column| Heading::new(&column.heading)));
        headings.extend([Heading::new("Team"), Heading::new("Worker")]);
        Table::new("The children on it")
            .headings(headings)
            .rows(self.children.iter().map(ChildOnTracker::cells))
            .first_cell_is_heading()
            .scrolls("tracker-children")
            .stacks()
    }

    fn dropped_table(&self) -> Table {
        let rows = self.dropped.iter().map(|child| {
            let reference = super::reference(&child.child);
            vec![Cell::new(reference), Cell::new(&child.record), Cell::new(&child.gone_on)]
        });
        Table::new("No longer in the extracts, and no end on record")
            .headings([
                Heading::new("Child"),
                Heading::new("What is gone"),
                Heading::new("First extract without it"),
            ])
            .rows(rows)
            .stacks()
    }
}

impl ChildOnTracker {
    fn of(row: &TrackedRow) -> Self {
        let answer = |answer: &Option<service::AnswerView>| match answer {
            None => "No such event".to_owned(),
            Some(answer) => answer.words.clone(),
        };
        Self {
            child: row.child.clone(),
            reference: super::reference(&row.child),
            since: in_words(row.since),
            team: row.team.clone(),
            worker: row.worker.clone(),
            answers: row.answers.iter().map(answer).collect(),
            facts: row.facts.clone(),
        }
    }

    fn cells(&self) -> Vec<Cell> {
        let mut cells = vec![Cell::new(&self.reference), Cell::new(&self.since)];
        cells.extend(self.facts.iter().chain(&self.answers).map(Cell::new));
        cells.extend([Cell::new(&self.team), Cell::new(&self.worker)]);
        cells
    }
}

async fn page(
    viewer: &Viewer,
    figures: Option<&Figures>,
    asked: &Fields,
    view: TrackerView,
    teams: &[String],
) -> Result<TrackerPage, Refusal> {
    let audience = match view.with_children {
        true => {
            "People who may read children’s records: every child shown here is written down as read by you"
        }
        false => "People who may see figures before small numbers are removed",
    };
    let chosen = asked.text("team");
    let options = std::iter::once(SelectOption::new("", "Every team"))
        .chain(teams.iter().map(|team| SelectOption::new(team, team)));
    let team = Select::new("team", "Team").options(options.collect::<Vec<_>>()).chosen(chosen);
    let (code, escaped) = (view.code.clone(), escape(chosen));
    Ok(TrackerPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Trackers", "/trackers")]),
            sub_navigation: navigation(viewer, "/trackers"),
            audience: Some(audience.to_owned()),
            as_at: figures.map(|figures| day_in_words(figures.as_at.date())),
            ..super::frame(viewer, &view.title).await?
        },
        no_figures: figures.is_none(),
        team: (teams.len() > 1).then_some(team),
        counts: view.counts_table(),
        children: view.children_table(),
        dropped: view.dropped_table(),
        may_open_sealed: viewer.actor.sealed && !viewer.actor.stepped_up(),
        steps: Pagination::numbered(view.page, view.pages, |page| {
            format!("/trackers/{code}?team={escaped}&page={page}")
        }),
        view,
    })
}

#[cfg(test)]
mod tests {
    use practice::tracker::State;
    use service::{AnswerView, Role};

    use super::*;
    use crate::trial::Trial;

    fn row(team: &str, words: &str) -> TrackedRow {
        TrackedRow {
            child: "0123456789abcdef0123456789abcdef".into(),
            since: Day::parse("2026-03-02"),
            team: team.into(),
            worker: "Worker 001".into(),
            answers: vec![Some(AnswerView { state: State::Late, words: words.into() }), None],
            facts: vec!["Neglect <b>".into()],
        }
    }

    #[test]
    fn a_child_is_a_row_of_words_and_what_did_not_happen_is_said() {
        let tracker = service::library().tracker("long-plans").expect("shipped");
        let mut view = TrackerView::empty(tracker, true);
        view.facts.truncate(1);
        view.columns.truncate(2);
        view.children =
            vec![ChildOnTracker::of(&row("Safeguarding North", "Late: was due by 2 May 2026, not done"))];
        let table = view.children_table().to_string();
        assert!(table.contains("01234567") && !table.contains("0123456789ab"), "{table}");
        assert!(table.contains("Late: was due by 2 May 2026, not done") && table.contains("No such event"));
        assert!(table.contains("Neglect &#60;b&#62;"), "{table}");
    }

    #[test]
    fn each_team_stands_once_in_the_choice() {
        let rows = [row("South", ""), row("North", ""), row("South", ""), row("", "")];
        assert_eq!(teams_of(&rows), ["North", "South"]);
    }

    #[tokio::test]
    async fn an_unknown_tracker_is_not_found_and_a_known_one_says_what_it_follows() {
        let trial = Trial::new().await;
        assert_eq!(trial.get(Some(Role::Analyst), "/trackers/none").await.status, 404);
        let answer = trial.get(Some(Role::Analyst), "/trackers/long-plans").await;
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains("No load counts yet"), "{}", answer.body);
    }
}
