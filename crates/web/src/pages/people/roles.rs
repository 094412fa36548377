//! What each role may do, asked of the authoriser itself, so that this page cannot promise what the rules refuse.

use askama::Template;
use axum::response::Response;
use serde::Serialize;
use service::{Account, Action, Authoriser, Circumstances, GrantStatus, Role};
use utoipa::ToSchema;

use crate::components::{Cell, Heading, Table};
use crate::layout::Frame;
use crate::pages::account::account_navigation;
use crate::viewer::{Area, Viewer, breadcrumbs};

/// What each role may do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RolesView {
    /// What the columns ask, in words.
    pub groups: Vec<String>,
    /// A row a role.
    pub roles: Vec<RoleRow>,
}

/// What one role may do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoleRow {
    /// The role.
    pub role: String,
    /// For each group: `Yes`, `Some` or `No`.
    pub may: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/people/roles.html")]
struct RolesPage {
    frame: Frame,
    table: Table,
    second_person: Vec<String>,
}

/// Shows what each role may do.
pub async fn show(viewer: Viewer) -> Response {
    let view = RolesView::of(&viewer.service.authoriser);
    let page = RolesPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: account_navigation(&viewer, "/people/roles"),
            audience: Some("The administrator, the director and the privacy officer".to_owned()),
            ..viewer.frame("What each role may do", Area::None)
        },
        table: table(&view),
        second_person: Role::ALL.into_iter().filter(|role| role.needs_approval()).map(Role::title).collect(),
    };
    viewer.show(&page, &view)
}

/// What people do, in words, and the actions it takes; an action that depends on the party a document names carries it.
const GROUPS: [(&str, &[(Action, &str)]); 9] = [
    ("Read the programme", &[(Action::ViewNotice, ""), (Action::ViewDuty, ""), (Action::ViewCalendar, "")]),
    (
        "Bring in notices and keep the register",
        &[(Action::BringInInstrument, ""), (Action::ConfirmObligation, ""), (Action::EnterAnchor, "")],
    ),
    ("Record meetings", &[(Action::RecordEvent, "")]),
    ("Sign registers and verify", &[(Action::SignRegister, ""), (Action::VerifyOccurrence, "")]),
    ("Ask for variations", &[(Action::RequestVariation, "")]),
    (
        "Agree variations",
        &[
            (Action::AnswerVariation, "department"),
            (Action::AnswerVariation, "board"),
            (Action::AnswerVariation, "council"),
        ],
    ),
    ("Record escalation and lifting", &[(Action::RecordEscalation, ""), (Action::RecordLifting, "")]),
    ("Manage accounts", &[(Action::ManagePeople, ""), (Action::ChangeCouncil, "")]),
    ("Approve roles, see who opened what", &[(Action::ApproveGrant, ""), (Action::ViewAccessLog, "")]),
];

impl RolesView {
    fn of(authoriser: &Authoriser) -> Self {
        let role = |role: Role| RoleRow {
            role: role.title(),
            may: GROUPS.iter().map(|(_, actions)| answer(authoriser, role, actions).to_owned()).collect(),
        };
        Self {
            groups: GROUPS.iter().map(|(words, _)| (*words).to_owned()).collect(),
            roles: Role::ALL.into_iter().map(role).collect(),
        }
    }
}

/// Whether a role may do all, some or none of a group when everything else is in order.
fn answer(authoriser: &Authoriser, role: Role, actions: &[(Action, &str)]) -> &'static str {
    let in_order = Circumstances {
        account: Account::Active,
        grant: GrantStatus::Current,
        second_factor: true,
        stepped_up: true,
        same_council: true,
        sealed: false,
    };
    let allowed = actions.iter().filter(|(action, party)| authoriser.allows(role, *action, in_order, party));
    match (allowed.count(), actions[0].0) {
        (0, _) => "No",
        // No role agrees everything: each document names who may.
        (_, Action::AnswerVariation) => "Where named",
        (count, _) if count == actions.len() => "Yes",
        _ => "Some",
    }
}

fn table(view: &RolesView) -> Table {
    let headings = std::iter::once(Heading::new("Role")).chain(view.groups.iter().map(Heading::new));
    let row = |row: &RoleRow| {
        std::iter::once(Cell::new(&row.role)).chain(row.may.iter().map(Cell::new)).collect::<Vec<_>>()
    };
    Table::new("What each role may do")
        .headings(headings)
        .rows(view.roles.iter().map(row))
        .first_cell_is_heading()
        .scrolls("roles")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Trial;

    #[test]
    fn the_table_says_what_the_rules_say() {
        let view = RolesView::of(&Authoriser::new().unwrap());
        let may = |role: Role| view.roles.iter().find(|row| row.role == role.title()).unwrap().may.clone();
        assert_eq!(may(Role::ElectedMember)[0], "Yes");
        assert_eq!(may(Role::ElectedMember)[1], "No");
        assert_eq!(may(Role::Administrator)[0], "No");
        assert_eq!(may(Role::Administrator)[7], "Yes");
        assert_eq!(may(Role::DepartmentOfficial)[5], "Where named");
        assert_eq!(may(Role::DepartmentOfficial)[6], "Yes");
    }

    #[tokio::test]
    async fn those_who_oversee_access_see_who_can_see_what() {
        let trial = Trial::new().await;
        let answer = trial.get(Some(Role::PrivacyOfficer), "/people/roles").await;
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains("Bring in notices and keep the register"));
        assert_eq!(trial.get(Some(Role::ElectedMember), "/people/roles").await.status, 404);
    }
}
