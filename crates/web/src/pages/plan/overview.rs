//! The plan on a page: themes and objectives with their four states, what is slow, and what nothing answers. Prints on A3.

use askama::Template;
use axum::response::Response;
use documents::output::table::{Cell as FileCell, Column, ColumnKind, Table as FileTable};
use improvement::plan::status::{RULE, Status, by_rule, shown};
use improvement::plan::{Objective, PlanAction};
use improvement::words::counted;
use serde::Serialize;
use service::{Action, Programme};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use crate::components::{AsContent, Cell, Heading, Table};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::{lines, link};
use crate::pages::duties::file::{Sheet, count, day, downloads};
use crate::pages::duties::question::refused;
use crate::viewer::Viewer;

/// The plan on a page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanView {
    /// Objectives of which every action is done and no difference was shown.
    pub done_without_impact: usize,
    /// Actions past the day that counts and not done.
    pub overdue: usize,
    /// Actions reported done that nobody else has verified.
    pub waiting: usize,
    /// Duties, recommendations and findings that nothing in the plan answers.
    pub unanswered: usize,
    /// The objectives, in order.
    pub objectives: Vec<ObjectiveRow>,
    /// The rule of the statuses, as printed.
    pub rule: String,
}

/// One objective on the page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ObjectiveRow {
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
    /// The first state: whether its duties are met.
    pub duty_met: String,
    /// The second: how many of its actions are done and verified.
    pub action_done: String,
    /// The third: whether a difference was shown.
    pub impact_shown: String,
    /// The fourth: whether it lasted.
    pub embedded: String,
    /// Whether every action is done and no difference was shown.
    pub done_without_impact: bool,
    /// The pillars that nothing stands on: figures, audits, voices.
    pub missing_pillars: Vec<String>,
    /// Actions that go slowly, as "2 overdue".
    pub slow: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/plan/overview.html")]
struct PlanPage {
    frame: Frame,
    view: PlanView,
    headline: Vec<String>,
    objectives: Table,
    may_add: bool,
}

/// Shows the plan.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let view = PlanView::of(&programme);
    let page = PlanPage {
        frame: Frame {
            breadcrumbs: crate::viewer::breadcrumbs(&[]),
            downloads: downloads("/plan.csv", "/plan.xlsx"),
            ..super::frame(&viewer, &programme, "Plan", &[])
        },
        headline: view.headline(),
        objectives: view.table(),
        may_add: viewer.may(Action::KeepPlan) && programme.current_episode().is_some(),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

impl PlanView {
    /// The view of a programme.
    pub fn of(programme: &Programme) -> Self {
        let of_status = |status: Status| {
            programme.plan_actions.iter().filter(|action| shown(action, programme.as_at) == status).count()
        };
        let objectives: Vec<ObjectiveRow> =
            programme.objectives.iter().map(|objective| ObjectiveRow::of(programme, objective)).collect();
        Self {
            done_without_impact: objectives.iter().filter(|row| row.done_without_impact).count(),
            overdue: of_status(Status::Overdue),
            waiting: of_status(Status::Waiting),
            unanswered: programme.trace().iter().filter(|sourced| sourced.objectives.is_empty()).count(),
            objectives,
            rule: RULE.to_owned(),
        }
    }

    /// What it comes to, in sentences.
    pub fn headline(&self) -> Vec<String> {
        let mut said = vec![format!(
            "{} done with no difference shown for children.",
            counted(self.done_without_impact, "objective is", "objectives are")
        )];
        said.push(format!(
            "{} past the day that counts; {} for somebody else to verify.",
            counted(self.overdue, "action is", "actions are"),
            counted(self.waiting, "action waits", "actions wait")
        ));
        said
    }

    fn table(&self) -> Table {
        let rows = self.objectives.iter().map(|row| {
            let outcome =
                link(&format!("{}. {}", row.number, row.outcome), &format!("/plan/objectives/{}", row.id));
            let impact = match row.missing_pillars.as_slice() {
                [] => String::new(),
                missing => format!("Nothing stands on: {}", missing.join(", ")),
            };
            let slow: Vec<&dyn AsContent> = row.slow.iter().map(|slow| slow as &dyn AsContent).collect();
            vec![
                Cell::new(&row.theme),
                Cell::new(lines(&[&outcome, &row.lead])),
                Cell::new(&row.duty_met),
                Cell::new(&row.action_done),
                Cell::new(lines(&[&row.impact_shown, &impact])),
                Cell::new(&row.embedded),
                Cell::new(if slow.is_empty() { "Nothing".as_content() } else { lines(&slow).as_content() }),
            ]
        });
        Table::new("Objectives and their four states")
            .headings([
                Heading::new("Theme"),
                Heading::new("Objective and who answers for it"),
                Heading::new("Duty met"),
                Heading::new("Action done"),
                Heading::new("Impact shown"),
                Heading::new("Embedded"),
                Heading::new("Slow progress"),
            ])
            .rows(rows)
            .stacks()
    }
}

impl ObjectiveRow {
    fn of(programme: &Programme, objective: &Objective) -> Self {
        let states = programme.states_of(objective);
        Self {
            id: objective.id.to_string(),
            number: objective.number,
            theme: objective.theme.clone(),
            outcome: objective.outcome.clone(),
            lead: format!("{}, {}", programme.name_of(objective.lead), objective.post),
            duty_met: states.duty_in_words(),
            action_done: states.done_in_words(),
            impact_shown: states.impact_in_words(),
            embedded: states.embedded_in_words(programme.as_at),
            done_without_impact: states.done_without_impact(),
            missing_pillars: missing_pillars(objective),
            slow: slow(programme, objective),
        }
    }
}

/// The pillars on which nothing stands.
pub fn missing_pillars(objective: &Objective) -> Vec<String> {
    let pillars = [
        ("figures", objective.measures.is_empty()),
        ("audits", objective.audit.is_empty()),
        ("voices", objective.voice.is_empty()),
    ];
    pillars.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name.to_owned()).collect()
}

fn slow(programme: &Programme, objective: &Objective) -> Vec<String> {
    let of_status = |status: Status| {
        let actions = programme.actions_of(objective.id);
        actions.filter(|action| shown(action, programme.as_at) == status).count()
    };
    let slow = Status::ALL.into_iter().filter(|status| status.is_slow() || *status == Status::AtRisk);
    let counts = slow.map(|status| (status, of_status(status))).filter(|(_, count)| *count > 0);
    counts.map(|(status, count)| format!("{count} {}", status.words().to_lowercase())).collect()
}

/// Answers the plan as CSV: one row an action.
pub async fn csv(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme).csv(&viewer, &programme).await
}

/// Answers the plan as a workbook.
pub async fn xlsx(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme).xlsx(&viewer, &programme).await
}

fn sheet(programme: &Programme) -> Sheet {
    let columns = [
        ("theme", ColumnKind::Text),
        ("objective", ColumnKind::Integer),
        ("outcome", ColumnKind::LongText),
        ("action", ColumnKind::Integer),
        ("what is done", ColumnKind::LongText),
        ("lead", ColumnKind::Text),
        ("post", ColumnKind::Text),
        ("start", ColumnKind::Date),
        ("due as first agreed", ColumnKind::Date),
        ("due now", ColumnKind::Date),
        ("success measure", ColumnKind::LongText),
        ("baseline", ColumnKind::Text),
        ("target", ColumnKind::Text),
        ("target by", ColumnKind::Date),
        ("forum", ColumnKind::Text),
        ("status by the rule", ColumnKind::Text),
        ("status shown", ColumnKind::Text),
        ("why", ColumnKind::LongText),
        ("newest progress", ColumnKind::LongText),
        ("barrier", ColumnKind::LongText),
    ];
    let of_objective = |objective: &Objective| {
        let actions: Vec<&PlanAction> = programme.actions_of(objective.id).collect();
        actions.into_iter().map(|action| row(programme, objective, action)).collect::<Vec<_>>()
    };
    Sheet {
        name: "plan",
        title: "The improvement plan, one row an action",
        filters: "Every action".to_owned(),
        notes: vec![
            RULE.to_owned(),
            "The day as first agreed is never changed; a later one counts once the board agreed to it."
                .to_owned(),
        ],
        table: FileTable {
            name: "Plan".to_owned(),
            columns: columns.map(|(title, kind)| Column::new(title, kind)).to_vec(),
            rows: programme.objectives.iter().flat_map(of_objective).collect(),
        },
    }
}

fn row(programme: &Programme, objective: &Objective, action: &PlanAction) -> Vec<FileCell> {
    let text = |text: &str| FileCell::Text(text.to_owned());
    let told = by_rule(action, programme.as_at);
    let newest = action.newest_progress();
    vec![
        text(&objective.theme),
        count(objective.number as usize),
        text(&objective.outcome),
        count(action.number as usize),
        text(&action.title),
        text(programme.name_of(action.lead)),
        text(&action.post),
        day(Some(action.start)),
        day(Some(action.due)),
        day(Some(action.due_now())),
        text(&action.success.what),
        text(&action.success.baseline),
        text(&action.success.target),
        day(action.success.by),
        text(&action.forum),
        text(told.status.words()),
        text(shown(action, programme.as_at).words()),
        text(&told.why),
        text(&newest.map(|said| format!("{}: {}", day_in_words(said.on), said.note)).unwrap_or_default()),
        text(newest.map_or("", |said| said.barrier.as_str())),
    ]
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::super::action_acts::tests::late_action;
    use crate::trial::Trial;

    #[tokio::test]
    async fn the_plan_on_a_page_keeps_the_four_states_apart_and_says_what_is_slow() {
        let trial = Trial::new().await;
        let empty = trial.get(Some(Role::Chair), "/plan").await.body;
        assert!(empty.contains("The plan has no objective yet"), "{empty}");
        late_action(&trial).await;
        let plan = trial.get(Some(Role::Chair), "/plan").await.body;
        for words in [
            "Duty met",
            "Action done",
            "Impact shown",
            "Embedded",
            "It serves no duty of a notice",
            "0 of 1 action done",
            "Nothing stands on: figures, audits, voices",
            "1 overdue",
            "are answered by nothing in the plan",
        ] {
            assert!(plan.contains(words), "{words}: {plan}");
        }
        let file = trial.get(Some(Role::Chair), "/plan.csv").await.body;
        assert!(
            file.contains("Every discussion has its health partner") && file.contains("2026-05-31"),
            "{file}"
        );
        assert!(trial.get(Some(Role::Chair), "/plan.xlsx").await.body.starts_with("PK"));
    }
}
