//! The home page.

use askama::Template;
use axum::response::Response;
use serde::Serialize;
use service::{Action, Role};
use utoipa::ToSchema;

use super::by_role::{Figure, parts};
use super::recent::{Recent, looks_for_changes};
use super::task::TaskView;
use crate::components::{Cell, Heading, Table, TaskList, Timeline};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::records::entry::{EntryView, linked_timeline};
use crate::pages::records::moment_in_words;
use crate::viewer::{Area, Viewer};

/// What needs the viewer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HomeView {
    /// The role they act in.
    pub role: String,
    /// At most three headline numbers.
    pub figures: Vec<Figure>,
    /// What needs them.
    pub tasks: Vec<TaskView>,
    /// What they must know, in sentences.
    pub statements: Vec<String>,
    /// When they were here last, in words, for those who come back to see what changed.
    pub last_visit: Option<String>,
    /// What others did since, the newest first.
    pub changes: Vec<EntryView>,
}

#[derive(Template)]
#[template(path = "pages/home/home.html")]
struct HomePage {
    frame: Frame,
    view: HomeView,
    task_list: TaskList,
    overdue_by: Option<Table>,
    changes: Option<Timeline>,
    has_tasks_of_own: bool,
}

/// Shows what needs the viewer.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let refused = |refusal| Refused(refusal, viewer.format);
    let reads = viewer.may(Action::ViewNotice);
    let programme = if reads { Some(viewer.programme().await.map_err(refused)?) } else { None };
    let recent = Recent::read(&viewer, programme.as_deref()).await.map_err(refused)?;
    let parts = parts(&viewer, programme.as_deref(), &recent);
    let comes_back = looks_for_changes(viewer.actor.role);
    let view = HomeView {
        role: viewer.actor.role.title(),
        figures: parts.figures,
        tasks: parts.tasks,
        statements: parts.statements,
        last_visit: recent.last_visit.map(moment_in_words),
        changes: recent.newest,
    };
    let frame = match &programme {
        Some(programme) => viewer.programme_frame(programme, "What needs you", Area::Home),
        None => viewer.frame("What needs you", Area::Home),
    };
    let page = HomePage {
        frame: Frame {
            audience: Some("Only you: it follows your role".to_owned()),
            caption: Some(view.role.clone()),
            ..frame
        },
        task_list: TaskList::new("task", view.tasks.iter().map(TaskView::part)),
        overdue_by: (!parts.overdue_by.is_empty()).then(|| table(&parts.overdue_by)),
        changes: comes_back.then(|| linked_timeline(&view.changes)),
        has_tasks_of_own: viewer.actor.role != Role::ElectedMember && (reads || !view.figures.is_empty()),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

fn table(overdue_by: &[(String, usize)]) -> Table {
    let row = |(bearer, count): &(String, usize)| vec![Cell::new(bearer), Cell::numeric(*count)];
    Table::new("What is overdue, by who must act")
        .headings([Heading::new("Who must act"), Heading::numeric("Overdue")])
        .rows(overdue_by.iter().map(row))
        .first_cell_is_heading()
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use service::Role;

    #[tokio::test]
    async fn every_role_opens_its_home_page() {
        let trial = Trial::new().await;
        for role in Role::ALL {
            let answer = trial.get(Some(role), "/").await;
            assert_eq!(answer.status, 200, "{}", role.name());
            assert!(answer.body.contains("What needs you"), "{}", role.name());
        }
    }

    #[tokio::test]
    async fn whoever_is_signed_out_is_led_to_sign_in() {
        let trial = Trial::new().await;
        let answer = trial.get(None, "/").await;
        assert_eq!((answer.status.as_u16(), answer.location.as_str()), (303, "/sign-in"));
    }

    #[tokio::test]
    async fn each_role_finds_what_only_it_can_do() {
        let trial = Trial::new().await;
        let home = |role| trial.get(Some(role), "/");
        let manager = home(Role::ProgrammeManager).await.body;
        assert!(manager.contains("Confirm 1 row of Improvement notice to Northmoor"));
        assert!(manager.contains("Overdue by 71 days"));
        assert!(manager.contains("With the Department"));
        let department = home(Role::DepartmentOfficial).await.body;
        assert!(department.contains("Answer the variation of 1.a"));
        assert!(!department.contains("Confirm 1 row"));
        assert!(department.contains("Since your last visit"));
        let chair = home(Role::Chair).await.body;
        assert!(chair.contains("What is overdue, by who must act"));
        assert!(!chair.contains("Answer the variation"), "the notice leaves it to the Department");
        let member = home(Role::ElectedMember).await.body;
        assert!(member.contains("1 duty is overdue."));
        let partner = home(Role::Partner).await.body;
        assert!(partner.contains("Partners share what the board asks for."));
        assert!(!partner.contains("improvement plan with its partners"));
        let administrator = home(Role::Administrator).await.body;
        assert!(administrator.contains("Accounts") && !administrator.contains("Overdue"));
        assert!(home(Role::SocialWorker).await.body.contains("nothing for you here yet"));
    }

    #[tokio::test]
    async fn home_answers_programs_too() {
        let trial = Trial::new().await;
        let answer = trial.get(Some(Role::Chair), "/api").await;
        let view: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(view["role"], "Independent chair");
        assert!(view["figures"].as_array().unwrap().len() <= 3);
        assert_eq!(trial.get(None, "/api").await.status, 401);
    }
}
