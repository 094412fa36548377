//! What changed since a day or a meeting: every thing that was acted on, once, with its newest act and how many there were.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use improvement::register::EventState;
use improvement::words::counted;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use service::{Action, Programme, Refusal};
use store::LogEntry;
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::UserId;

use super::moment_in_words;
use super::thing::{heading, shows};
use crate::components::{Cell, DateInput, Heading, Problems, Select, Table};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::pages::duties::cells::{lines, link};
use crate::pages::duties::question::{parts_of, refused, typed_date};
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// The most acts that are looked through.
const LOOKED_THROUGH: i64 = 5_000;

/// What changed since a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangesView {
    /// The day, as 2026-05-31: what was recorded on it or later counts.
    pub since: String,
    /// Acts since.
    pub acts: usize,
    /// Whether there were more acts than are looked through.
    pub cut_off: bool,
    /// The things acted on, by sort.
    pub sorts: Vec<ChangedSort>,
}

/// The things of one sort that were acted on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangedSort {
    /// The sort, in words.
    pub sort: String,
    /// The things, the newest act first.
    pub things: Vec<ChangedThing>,
}

/// One thing that was acted on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangedThing {
    /// What the newest act did.
    pub newest: String,
    /// Who did it, and in which role.
    pub who: String,
    /// When it was recorded.
    pub recorded: String,
    /// How many acts there were since.
    pub acts: usize,
    /// Its history.
    pub href: String,
}

#[derive(Template)]
#[template(path = "pages/records/changes.html")]
struct ChangesPage {
    frame: Frame,
    view: ChangesView,
    sentence: String,
    day: DateInput,
    meeting: Option<Select>,
    tables: Vec<Table>,
    /// Whether the viewer sees figures.
    figures: bool,
}

/// Shows what changed since a day or a meeting.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let (since, problems) = since(&programme, &asked);
    let entries = viewer.service.store.history(&viewer.scope, i64::MAX, LOOKED_THROUGH).await;
    let entries = entries.map_err(|error| refused(&viewer)(Refusal::from(error)))?;
    let name_of = |person| programme.name_of(person).to_owned();
    let view = ChangesView::of(&entries, since, &|thing| shows(&viewer, thing), &name_of);
    let wrong = !problems.is_empty();
    let [day, month, year] = if wrong { typed_date(&asked, "since") } else { parts_of(since) };
    let page = ChangesPage {
        sentence: view.sentence(since),
        day: DateInput::new("since", "Since which day?").values(day, month, year).problem_in(&problems),
        meeting: meetings(&programme, asked.text("meeting")),
        tables: view.sorts.iter().map(ChangedSort::table).collect(),
        figures: viewer.may(Action::ViewFigures),
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("History", "/history")]),
            sub_navigation: duties_navigation("/history"),
            problems,
            ..viewer.programme_frame(&programme, "What changed", Area::Duties)
        },
        view,
    };
    Ok(if wrong { viewer.show_problems(&page, &page.view) } else { viewer.show(&page, &page.view) })
}

/// The day asked for: that of the meeting chosen, else the one typed, else that of the last meeting held, else a month ago.
fn since(programme: &Programme, asked: &Fields) -> (Date, Problems) {
    let mut problems = Problems::default();
    let held = programme.events.iter().filter(|event| event.state == EventState::Held);
    let last = held.map(|event| event.on).filter(|on| *on <= programme.as_at).max();
    let usual = last.unwrap_or_else(|| programme.as_at.saturating_sub(1.months()));
    if let Ok(meeting) = asked.text("meeting").parse::<Date>() {
        return (meeting.min(programme.as_at), problems);
    }
    match asked.maybe_day("since") {
        Ok(Some(day)) if day > programme.as_at => {
            problems.add("since", "Enter today or a day before.");
            (usual, problems)
        }
        Ok(day) => (day.unwrap_or(usual), problems),
        Err(problem) => {
            problems.add(problem.field, problem.message);
            (usual, problems)
        }
    }
}

/// Meetings, reviews and visits that were held, the newest first; none when there is none to choose.
fn meetings(programme: &Programme, chosen: &str) -> Option<Select> {
    let mut held: Vec<_> = programme
        .events
        .iter()
        .filter(|event| event.state == EventState::Held && event.on <= programme.as_at)
        .collect();
    held.sort_by_key(|event| std::cmp::Reverse(event.on));
    let select = Select::new("meeting", "Or since a meeting, review or visit").option("", "The day above");
    let select = held.iter().fold(select, |select, event| {
        select.option(event.on, format!("{}, {}", event.kind.in_words(), day_in_words(event.on)))
    });
    (!held.is_empty()).then(|| select.chosen(chosen))
}

impl ChangesView {
    fn of(
        entries: &[LogEntry],
        since: Date,
        shows: &impl Fn(&str) -> bool,
        name_of: &impl Fn(UserId) -> String,
    ) -> Self {
        let recorded_since = |entry: &&LogEntry| service::london_day(entry.entry.recorded_at) >= since;
        let counted: Vec<&LogEntry> =
            entries.iter().filter(recorded_since).filter(|entry| shows(&entry.entry.thing)).collect();
        // Entries come the newest first, so the first of a thing is its newest.
        let mut sorts: BTreeMap<&str, Vec<(&str, ChangedThing)>> = BTreeMap::new();
        for entry in &counted {
            let act = &entry.entry;
            let things = sorts.entry(act.thing.as_str()).or_default();
            match things.iter_mut().find(|(id, _)| *id == act.thing_id) {
                Some((_, thing)) => thing.acts += 1,
                None => things.push((
                    &act.thing_id,
                    ChangedThing {
                        newest: act.summary.clone(),
                        who: format!(
                            "{}, {}",
                            act.person.map_or_else(|| "Headway".to_owned(), name_of),
                            act.role
                        ),
                        recorded: moment_in_words(act.recorded_at),
                        acts: 1,
                        href: format!("/history/{}/{}", act.thing, act.thing_id),
                    },
                )),
            }
        }
        let full = i64::try_from(entries.len()).unwrap_or(i64::MAX) >= LOOKED_THROUGH;
        Self {
            since: since.to_string(),
            acts: counted.len(),
            cut_off: full && entries.last().is_some_and(|oldest| recorded_since(&oldest)),
            sorts: sorts
                .into_iter()
                .map(|(sort, things)| ChangedSort {
                    sort: heading(sort).to_owned(),
                    things: things.into_iter().map(|(_, thing)| thing).collect(),
                })
                .collect(),
        }
    }

    fn sentence(&self, since: Date) -> String {
        let things: usize = self.sorts.iter().map(|sort| sort.things.len()).sum();
        match self.acts {
            0 => format!("Nothing was recorded since {}.", day_in_words(since)),
            acts => format!(
                "{} to {} since {}.",
                counted(acts, "change", "changes"),
                counted(things, "thing", "things"),
                day_in_words(since)
            ),
        }
    }
}

impl ChangedSort {
    fn table(&self) -> Table {
        let rows = self.things.iter().map(|thing| {
            vec![
                Cell::new(link(&thing.newest, &thing.href)),
                Cell::new(lines(&[&thing.recorded, &thing.who])),
                Cell::numeric(thing.acts),
            ]
        });
        Table::new(format!("{}: {}", self.sort, self.things.len()))
            .headings([
                Heading::new("The newest change"),
                Heading::new("When, and by whom"),
                Heading::numeric("Changes since"),
            ])
            .rows(rows)
            .stacks()
    }
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::super::entry::tests::entry;
    use super::*;
    use crate::trial::Trial;

    #[test]
    fn each_thing_stands_once_with_its_newest_change_and_how_many_there_were() {
        let entries = [
            entry(3, "plan-action", "Verified action: Decide every contact"),
            entry(2, "plan-action", "Reported done action: Decide every contact"),
            entry(1, "person", "Invited Ada Okafor"),
        ];
        let today = service::london_day(crate::trial::now());
        let view = ChangesView::of(&entries, today, &|thing| thing != "person", &|_| "Priya Nair".into());
        assert_eq!((view.acts, view.sorts.len()), (2, 1));
        let thing = &view.sorts[0].things[0];
        assert_eq!((thing.newest.as_str(), thing.acts), ("Verified action: Decide every contact", 2));
        let later = today.saturating_add(1.days());
        let none = ChangesView::of(&entries, later, &|_| true, &|_| String::new());
        assert_eq!(none.acts, 0);
        assert!(none.sentence(later).starts_with("Nothing was recorded since"));
    }

    #[tokio::test]
    async fn what_changed_is_asked_for_a_day_or_a_meeting_and_never_for_a_day_to_come() {
        let trial = Trial::new().await;
        trial.post(Role::Administrator, "/settings", "name=Northmoor+City+Council&contact=x").await;
        let usual = trial.get(Some(Role::Chair), "/changes").await.body;
        assert!(usual.contains("since 20 May 2026"), "the last meeting held: {usual}");
        assert!(usual.contains("Board meeting, 20 May 2026") && usual.contains("settings"), "{usual}");
        let ahead = trial.get(Some(Role::Chair), "/changes?since=2030-01-01").await;
        assert_eq!(ahead.status, 422);
        let today = trial.get(Some(Role::Chair), "/changes?meeting=2026-05-20").await.body;
        assert!(today.contains("1 change to 1 thing"), "{today}");
    }
}
