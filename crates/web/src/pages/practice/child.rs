//! A child's timeline: what the extracts say happened, which clocks run, what was late and what was said of it. Only what
//! is pseudonymous is shown, and that it was opened is written down before anything leaves.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::words::sentence_case;
use practice::history::Value;
use practice::outcome::{Outcome, Status};
use practice::picture::Sheet;
use serde::Serialize;
use service::{ExceptionNotes, Figures, Knowledge, Refusal, Risks, may_know_of};
use store::{DataClass as Class, Scope};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::day::Day;
use vocabulary::id::ChildId;
use vocabulary::records::{DataClass, Field, FieldType, Kind, Word};

use super::navigation;
use crate::components::{AsContent, Cell, Heading, SummaryList, Table, Timeline, TimelineItem};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::{lines, link};
use crate::viewer::{Viewer, breadcrumbs};

/// What is known of one child.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChildView {
    /// The random id.
    pub child: String,
    /// Its first letters, as people read it out.
    pub reference: String,
    /// Age in whole years, if it can be told.
    pub age: Option<i32>,
    /// What is open for the child.
    pub status: String,
    /// The team that holds the child; empty where no extract names one.
    pub team: String,
    /// Clocks that run or ran out.
    pub clocks: Vec<ClockRow>,
    /// How many outcomes were met.
    pub met: usize,
    /// What happened, the newest first.
    pub events: Vec<EventRow>,
}

/// A clock that runs, or that ran out and is not done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClockRow {
    /// The standard's code.
    pub code: String,
    /// What must happen.
    pub title: String,
    /// The day it is due.
    pub due_on: String,
    /// `late`, `due` or `missed`.
    pub state: String,
    /// The day it started, as 2026-05-31, or `undated`.
    pub event_on: String,
    /// What was said of it.
    pub note: String,
}

/// A record of the child.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventRow {
    /// The day, as 2026-05-31; empty when it can't be told.
    pub on: String,
    /// What it is.
    pub what: String,
    /// What the record says, field by field.
    pub facts: Vec<String>,
    /// The list and row of the extract.
    pub source: String,
}

#[derive(Template)]
#[template(path = "pages/practice/child.html")]
struct ChildPage {
    frame: Frame,
    view: ChildView,
    identity: SummaryList,
    clocks: Table,
    timeline: Timeline,
}

/// Shows one child.
pub async fn show(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let child = service::child_of(&id)?;
    let figures = viewer.service.figures(&viewer.scope, Knowledge::default()).await?;
    let figures = figures.ok_or(Refusal::NotFound)?;
    let word = figures.history.picture.words.find(&child.to_string()).ok_or(Refusal::NotFound)?;
    if !figures.opens_child(word, &viewer.scope) {
        return Err(Refusal::NotFound.into());
    }
    let notes = viewer.service.exception_notes(&viewer.scope).await?;
    let view = ChildView::of(&figures, (child, word), &notes, &viewer.scope);
    viewer.read_children("The child’s timeline", "/children/{child}", &[], [view.child.as_str()]).await?;
    let page = ChildPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Exceptions", "/exceptions")]),
            sub_navigation: navigation(&viewer, "/exceptions"),
            audience: Some(
                "People who may read this child’s record: that you opened it is written down".to_owned(),
            ),
            as_at: Some(day_in_words(figures.as_at.date())),
            // A page's title stands in the browser's history, so it names nobody, not even by a random id.
            ..super::frame(&viewer, "A child’s timeline").await?
        },
        identity: view.identity(),
        clocks: view.clocks_table(),
        timeline: view.timeline(),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

impl ChildView {
    fn of(figures: &Figures, (child, word): (ChildId, Word), notes: &ExceptionNotes, scope: &Scope) -> Self {
        let picture = &figures.history.picture;
        let may_know = |outcome: &&Outcome| {
            may_know_of(&figures.library.standards[usize::from(outcome.standard)], scope)
        };
        let outcomes =
            || figures.outcomes.outcomes.iter().filter(|outcome| outcome.subject == word).filter(may_know);
        let sealed = scope.allows(Class::SealedChildren);
        let mut clocks: Vec<(Option<Day>, ClockRow)> = outcomes()
            .filter(|outcome| matches!(outcome.status, Status::Due | Status::Missed))
            .map(|outcome| (outcome.due_on, clock(figures, outcome, notes, scope)))
            .collect();
        clocks.sort_by_key(|(due, _)| std::cmp::Reverse(*due));
        let mut events: Vec<EventRow> = Vec::new();
        for kind in &figures.library.catalogue.kinds {
            if kind.name == "child" || (kind.is_sealed() && !sealed) {
                continue;
            }
            let Some(sheet) = picture.sheet(&kind.name) else { continue };
            events.extend(sheet.rows_of(word).map(|row| event(figures, (kind, sheet), row, sealed)));
        }
        events.sort_by(|one, other| other.on.cmp(&one.on));
        let id = child.to_string();
        Self {
            reference: super::reference(&id),
            child: id,
            age: figures.age_of(word),
            status: Risks::of(picture).of_child(word).words().to_owned(),
            team: figures.team_of_child(word).unwrap_or_default().to_owned(),
            clocks: clocks.into_iter().map(|(_, row)| row).collect(),
            met: outcomes().filter(|outcome| outcome.status == Status::Met).count(),
            events,
        }
    }

    fn identity(&self) -> SummaryList {
        let age = self.age.map_or_else(|| "Not known".to_owned(), |age| age.to_string());
        let team = if self.team.is_empty() { "None given" } else { self.team.as_str() };
        SummaryList::new()
            .row("Reference", &self.reference)
            .row("Age", age)
            .row("Open for the child", &self.status)
            .row("Team", team)
            .row("Events that met their standard", self.met)
    }

    fn clocks_table(&self) -> Table {
        let rows = self.clocks.iter().map(|clock| {
            let note = if clock.note.is_empty() { "Say what it is" } else { clock.note.as_str() };
            let address = format!("/exceptions/{}/{}/{}", clock.code, self.child, clock.event_on);
            vec![
                Cell::new(link(&clock.title, &format!("/standards/{}", clock.code))),
                Cell::new(&clock.due_on),
                Cell::new(&clock.state),
                Cell::new(link(note, &address)),
            ]
        });
        Table::new("Clocks that run, and what was missed")
            .headings([
                Heading::new("What must happen"),
                Heading::new("Due"),
                Heading::new("State"),
                Heading::new("What it is"),
            ])
            .rows(rows)
            .stacks()
    }

    fn timeline(&self) -> Timeline {
        let items = self.events.iter().map(|event| {
            let words = event.on.parse().map_or_else(|_| "Day not known".to_owned(), day_in_words);
            let facts: Vec<&dyn AsContent> = event.facts.iter().map(|fact| fact as &dyn AsContent).collect();
            TimelineItem::new(&event.what, &event.on, words).by(&event.source).content(lines(&facts))
        });
        Timeline::new(items.collect::<Vec<_>>())
    }
}

fn clock(figures: &Figures, outcome: &Outcome, notes: &ExceptionNotes, scope: &Scope) -> ClockRow {
    let standard = &figures.library.standards[usize::from(outcome.standard)];
    let note = figures.exception_key(scope.council(), outcome).and_then(|key| notes.get(&key));
    ClockRow {
        code: standard.code.clone(),
        title: standard.title.clone(),
        due_on: outcome.due_on.map(|due| day_in_words(due.date())).unwrap_or_default(),
        state: match (outcome.status, outcome.met_on) {
            (Status::Due, _) => "The clock runs".to_owned(),
            (_, Some(met_on)) => format!("Done late, on {}", day_in_words(met_on.date())),
            (_, None) => "Past its day and not done".to_owned(),
        },
        event_on: outcome.event_on.map_or_else(|| "undated".to_owned(), |day| day.to_string()),
        note: note.map(|note| note.kind.words().to_owned()).unwrap_or_default(),
    }
}

/// A record as an event: its key day, and those of its fields that are pseudonymous, or sealed where that is open.
fn event(figures: &Figures, (kind, sheet): (&Kind, &Sheet), row: usize, sealed: bool) -> EventRow {
    let words = &figures.history.picture.words;
    let first_day = kind.fields.iter().find(|field| field.key && field.field_type == FieldType::Day);
    let on = first_day.and_then(|field| sheet.table.column(&field.name)?.day(row).value());
    let open = |class: DataClass| class == DataClass::C3 || (sealed && class == DataClass::C5);
    let told = |field: &&Field| open(field.class) && !field.key;
    let facts = kind.fields.iter().filter(told).filter_map(|field| {
        let value = match Value::at(sheet.table.column(&field.name)?, row) {
            Value::Blank => return None,
            Value::Unreadable => "could not be read, or no extract gives it".to_owned(),
            Value::Day(day) => day_in_words(day.date()),
            Value::Moment(moment) => day_in_words(moment.day().date()),
            Value::Word(word) => service::code_in_words(&field.name, words.text(word)),
            Value::Number(number) => number.to_string(),
        };
        Some(format!("{}: {value}", sentence_case(&field.meaning)))
    });
    let source = sheet.table.source[row];
    EventRow {
        on: on.map(|day| day.to_string()).unwrap_or_default(),
        what: sentence_case(&kind.name.replace('_', " ")),
        facts: facts.collect(),
        source: format!("{}, row {}", words.text(source.list), source.row + 1),
    }
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::*;
    use crate::trial::Trial;

    #[tokio::test]
    async fn a_child_who_is_not_there_and_one_who_may_not_be_seen_are_the_same_page() {
        let trial = Trial::new().await;
        let path = format!("/children/{}", ChildId(7));
        let unknown = trial.get(Some(Role::Director), &path).await;
        let forbidden = trial.get(Some(Role::Chair), &path).await;
        assert_eq!((unknown.status.as_u16(), forbidden.status.as_u16()), (404, 404));
    }

    #[test]
    fn no_field_that_could_identify_a_child_is_among_the_facts_shown() {
        let catalogue = &service::library().catalogue;
        let shown = catalogue.kinds.iter().flat_map(|kind| &kind.fields);
        let guarded = shown.filter(|field| field.class != DataClass::C3);
        let names: Vec<&str> = guarded.map(|field| field.name.as_str()).collect();
        for name in ["born_on", "died_on", "distance_miles", "placement_authority"] {
            assert!(names.contains(&name), "{name} is guarded and so left out");
        }
    }
}
