//! One objective: what will be different for children, its four states, its three pillars, where it comes from, its actions.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::plan::status::shown;
use improvement::plan::{ImpactTest, Objective};
use serde::Serialize;
use service::{Action, Programme, Refusal};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::ObjectiveId;

use super::sources;
use crate::components::{AsContent, Cell, Heading, SummaryList, Table, Timeline, TimelineItem};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::{lines, link};
use crate::pages::duties::question::refused;
use crate::viewer::Viewer;

/// One objective.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ObjectiveView {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: u32,
    /// Its theme.
    pub theme: String,
    /// What will be different for children.
    pub outcome: String,
    /// Who answers for it, and their post.
    pub lead: String,
    /// The body that tests it.
    pub forum: String,
    /// The four states, as a line each: name and words.
    pub states: Vec<(String, String)>,
    /// Whether every action is done and no difference was shown.
    pub done_without_impact: bool,
    /// The three pillars: name, and what stands on it; empty where nothing does.
    pub pillars: Vec<(String, String)>,
    /// Where it comes from.
    pub sources: Vec<String>,
    /// Its actions.
    pub actions: Vec<ActionRow>,
}

/// One action under an objective.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ActionRow {
    /// Its id.
    pub id: String,
    /// Its number under the objective.
    pub number: u32,
    /// What is done.
    pub title: String,
    /// Who answers for it, and their post.
    pub lead: String,
    /// The day that counts.
    pub due: String,
    /// By how many days that lies after the first; 0 when it does not.
    pub slipped_days: i32,
    /// Its status, by its code.
    pub status: String,
}

#[derive(Template)]
#[template(path = "pages/plan/objective.html")]
struct ObjectivePage {
    frame: Frame,
    view: ObjectiveView,
    states: SummaryList,
    pillars: SummaryList,
    facts: SummaryList,
    actions: Table,
    tests: Timeline,
    tested: bool,
    may_edit: bool,
    may_test: bool,
}

/// The objective that an address names.
pub fn find<'p>(programme: &'p Programme, id: &str) -> Result<&'p Objective, Refusal> {
    ObjectiveId::parse(id).and_then(|id| programme.objective(id)).ok_or(Refusal::NotFound)
}

/// Shows one objective.
pub async fn show(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let objective = find(&programme, &id).map_err(refused(&viewer))?;
    let view = ObjectiveView::of(&programme, objective);
    let page = ObjectivePage {
        frame: Frame {
            caption: Some(format!("Objective {}: {}", objective.number, objective.theme)),
            history_href: Some(format!("/history/objective/{id}")),
            ..super::frame(&viewer, &programme, &objective.outcome, &[])
        },
        states: list(&view.states),
        pillars: pillars(objective),
        facts: view.facts(),
        actions: view.actions_table(&programme),
        tests: tests(&programme, &objective.tests),
        tested: !objective.tests.is_empty(),
        may_edit: viewer.may(Action::KeepPlan),
        may_test: viewer.may(Action::VerifyPlan) && objective.lead != viewer.actor.person,
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

fn list(rows: &[(String, String)]) -> SummaryList {
    rows.iter().fold(SummaryList::new(), |list, (name, words)| list.row(name, words))
}

fn pillars(objective: &Objective) -> SummaryList {
    let measures: Vec<_> =
        objective.measures.iter().map(|code| link(&title_of(code), &format!("/measures/{code}"))).collect();
    let measures: Vec<&dyn AsContent> = measures.iter().map(|link| link as &dyn AsContent).collect();
    let missing = "Nothing stands on this pillar yet.";
    let text = |text: &str| if text.is_empty() { missing.to_owned() } else { text.to_owned() };
    let data = if measures.is_empty() { missing.as_content() } else { lines(&measures).as_content() };
    SummaryList::new()
        .row("What the figures say", data)
        .row("What audits are asked", text(&objective.audit))
        .row("Whom it asks: children, families, staff", text(&objective.voice))
}

fn title_of(code: &str) -> String {
    let place = service::library().measure(code);
    place.map_or_else(
        || code.to_owned(),
        |place| service::library().measures[usize::from(place)].title.clone(),
    )
}

fn tests(programme: &Programme, tests: &[ImpactTest]) -> Timeline {
    Timeline::new(
        tests
            .iter()
            .rev()
            .map(|test| {
                let verdict = if test.holds { "A difference was found" } else { "No difference was found" };
                let pillar = |name: &str, said: &str| match said {
                    "" => format!("{name}: nothing"),
                    said => format!("{name}: {said}"),
                };
                let said = [
                    pillar("Figures", &test.data),
                    pillar("Audits", &test.audit),
                    pillar("Children, families and staff", &test.voice),
                ];
                let said: Vec<&dyn AsContent> = said.iter().map(|said| said as &dyn AsContent).collect();
                TimelineItem::new(verdict, test.on, day_in_words(test.on))
                    .by(format!("{}, {}", programme.name_of(test.stamp.by), test.stamp.role))
                    .content(lines(&said))
            })
            .collect::<Vec<_>>(),
    )
}

impl ObjectiveView {
    /// The view of an objective.
    pub fn of(programme: &Programme, objective: &Objective) -> Self {
        let states = programme.states_of(objective);
        let state = |name: &str, words: String| (name.to_owned(), words);
        let trace = programme.trace();
        let own = trace.iter().filter(|sourced| objective.sources.contains(&sourced.source));
        Self {
            id: objective.id.to_string(),
            number: objective.number,
            theme: objective.theme.clone(),
            outcome: objective.outcome.clone(),
            lead: format!("{}, {}", programme.name_of(objective.lead), objective.post),
            forum: objective.forum.clone(),
            states: vec![
                state("Duty met", states.duty_in_words()),
                state("Action done", states.done_in_words()),
                state("Impact shown", states.impact_in_words()),
                state("Embedded", states.embedded_in_words(programme.as_at)),
            ],
            done_without_impact: states.done_without_impact(),
            pillars: vec![
                state("Figures", objective.measures.join(", ")),
                state("Audits", objective.audit.clone()),
                state("Voices", objective.voice.clone()),
            ],
            sources: own
                .map(|sourced| format!("{}, {}", sourced.document, sources::in_words(sourced)))
                .collect(),
            actions: programme
                .actions_of(objective.id)
                .map(|action| ActionRow::of(programme, action))
                .collect(),
        }
    }

    fn facts(&self) -> SummaryList {
        let sources: Vec<&dyn AsContent> =
            self.sources.iter().map(|source| source as &dyn AsContent).collect();
        let none = "Nothing yet: it answers no duty, recommendation or finding.";
        let sources = if sources.is_empty() { none.as_content() } else { lines(&sources).as_content() };
        SummaryList::new()
            .row("Who answers for it", &self.lead)
            .row("Tested by", &self.forum)
            .row("Comes from", sources)
    }

    fn actions_table(&self, programme: &Programme) -> Table {
        let rows = self.actions.iter().map(|row| {
            let action =
                vocabulary::id::PlanActionId::parse(&row.id).and_then(|id| programme.plan_action(id));
            let tag = action.map(|action| super::status_tag(shown(action, programme.as_at)));
            let slipped = match row.slipped_days {
                0 => String::new(),
                days => format!("{} after the first day", improvement::words::counted(days, "day", "days")),
            };
            vec![
                Cell::new(link(
                    &format!("{}. {}", row.number, row.title),
                    &format!("/plan/actions/{}", row.id),
                )),
                Cell::new(&row.lead),
                Cell::new(lines(&[&row.due, &slipped])),
                tag.map_or_else(|| Cell::new(""), Cell::new),
            ]
        });
        Table::new("Actions")
            .headings(["Action", "Who answers for it", "Due", "Status"].map(Heading::new))
            .rows(rows)
            .stacks()
    }
}

impl ActionRow {
    fn of(programme: &Programme, action: &improvement::plan::PlanAction) -> Self {
        Self {
            id: action.id.to_string(),
            number: action.number,
            title: action.title.clone(),
            lead: format!("{}, {}", programme.name_of(action.lead), action.post),
            due: day_in_words(action.due_now()),
            slipped_days: action.slipped_days(),
            status: shown(action, programme.as_at).code().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::super::action_acts::tests::late_action;
    use crate::trial::Trial;

    #[tokio::test]
    async fn an_objective_shows_its_actions_with_their_days_and_what_is_missing() {
        let trial = Trial::new().await;
        late_action(&trial).await;
        let plan = trial.get(Some(Role::Chair), "/plan").await.body;
        let (_, after) = plan.split_once("href=\"/plan/objectives/").unwrap();
        let path = format!("/plan/objectives/{}", after.split('"').next().unwrap());
        let page = trial.get(Some(Role::Chair), &path).await.body;
        for words in [
            "1. Every discussion has its health partner",
            "31 May 2026",
            "Overdue",
            "0 of 1 action done, 0 verified",
            "Not tested",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(
            page.contains("/test\"") && !page.contains("/edit\""),
            "the chair tests it and does not write it"
        );
        let absent = trial.get(Some(Role::Chair), "/plan/objectives/0123456789abcdef0123456789abcdef").await;
        assert_eq!(absent.status, 404);
    }
}
