//! Updates due: actions that run, by who leads them, with the days since anybody said how they stand.

use askama::Template;
use axum::response::Response;
use improvement::plan::PlanAction;
use improvement::plan::status::{STALLED_AFTER_DAYS, Status, by_rule, shown};
use improvement::words::counted;
use jiff::civil::Date;
use serde::Serialize;
use service::Programme;
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use super::action::is_own;
use crate::components::{Cell, Heading, Table};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::pages::duties::question::refused;
use crate::viewer::Viewer;

/// Actions of which something is to be said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UpdatesView {
    /// Those that the viewer says it of.
    pub own: Vec<UpdateRow>,
    /// The others.
    pub others: Vec<UpdateRow>,
}

/// One action that runs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UpdateRow {
    /// Its id.
    pub id: String,
    /// What is done.
    pub title: String,
    /// Who leads it, and their post.
    pub lead: String,
    /// Days since anybody said how it stands.
    pub silent_days: i32,
    /// Its status, by its code.
    pub status: String,
    /// The day that counts.
    pub due: String,
}

#[derive(Template)]
#[template(path = "pages/plan/updates.html")]
struct UpdatesPage {
    frame: Frame,
    view: UpdatesView,
    own: Table,
    others: Table,
    stalled_after: i32,
}

/// Shows the updates that are due.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let view = UpdatesView::of(&programme, |action| is_own(&viewer, action));
    let page = UpdatesPage {
        frame: super::frame(&viewer, &programme, "Updates due", &[]),
        own: table("Yours to say how they stand", &view.own, true),
        others: table("Others’", &view.others, false),
        stalled_after: STALLED_AFTER_DAYS,
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

impl UpdatesView {
    /// The view of a programme, the longest silent first; `own` says whose word the viewer gives.
    pub fn of(programme: &Programme, own: impl Fn(&PlanAction) -> bool) -> Self {
        let today = programme.as_at;
        let runs = |action: &&PlanAction| {
            let status = by_rule(action, today).status;
            !matches!(status, Status::Verified | Status::Waiting | Status::NotStarted)
        };
        let mut running: Vec<&PlanAction> = programme.plan_actions.iter().filter(runs).collect();
        running.sort_by_key(|action| (std::cmp::Reverse(silent_days(action, today)), action.due_now()));
        let (own, others): (Vec<&PlanAction>, Vec<&PlanAction>) =
            running.into_iter().partition(|action| own(action));
        let rows = |actions: Vec<&PlanAction>| {
            actions.into_iter().map(|action| UpdateRow::of(programme, action)).collect()
        };
        Self { own: rows(own), others: rows(others) }
    }
}

fn silent_days(action: &PlanAction, today: Date) -> i32 {
    let said_on = action.newest_progress().map_or(action.start, |said| said.on);
    (today - said_on).get_days()
}

impl UpdateRow {
    fn of(programme: &Programme, action: &PlanAction) -> Self {
        Self {
            id: action.id.to_string(),
            title: action.title.clone(),
            lead: format!("{}, {}", programme.name_of(action.lead), action.post),
            silent_days: silent_days(action, programme.as_at),
            status: shown(action, programme.as_at).code().to_owned(),
            due: day_in_words(action.due_now()),
        }
    }
}

fn table(caption: &str, rows: &[UpdateRow], own: bool) -> Table {
    let rows = rows.iter().map(|row| {
        let path = if own { "/progress" } else { "" };
        let tag = Status::parse(&row.status).map(super::status_tag);
        vec![
            Cell::new(link(&row.title, &format!("/plan/actions/{}{path}", row.id))),
            Cell::new(&row.lead),
            Cell::new(format!("{} ago", counted(row.silent_days, "day", "days"))),
            Cell::new(&row.due),
            tag.map_or_else(|| Cell::new(""), Cell::new),
        ]
    });
    Table::new(caption)
        .headings(["Action", "Who answers for it", "Last said of", "Due", "Status"].map(Heading::new))
        .rows(rows)
        .stacks()
}

#[cfg(test)]
mod tests {
    use service::Role;

    use crate::trial::Trial;

    #[tokio::test]
    async fn a_plan_without_actions_says_that_nothing_is_due() {
        let trial = Trial::new().await;
        let page = trial.get(Some(Role::ProgrammeManager), "/plan/updates").await;
        assert!(page.body.contains("No action runs"), "{}", page.body);
    }
}
