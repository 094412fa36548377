//! Everybody with an account: their post, roles and where each stands.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use serde::Serialize;
use service::{Action, GrantStatus, Role, Service};
use utoipa::ToSchema;

use super::{Member, grant_status_in_words, members, until};
use crate::components::{Cell, Content, Filter, Heading, Html, Link, Select, SelectedFilters, Table};
use crate::errors::Refused;
use crate::fields::Asked;
use crate::layout::Frame;
use crate::pages::account::account_navigation;
use crate::viewer::{Area, Viewer, breadcrumbs};

/// The people of a council.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PeopleView {
    /// How many have an account.
    pub people: usize,
    /// Those shown.
    pub shown: Vec<PersonRow>,
}

/// One person of the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonRow {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their post.
    pub post: String,
    /// Whether the account works, in a word.
    pub account: String,
    /// The last day of the account, in words.
    pub until: String,
    /// Roles that count or will: the role and where it stands.
    pub roles: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/people/list.html")]
struct PeoplePage {
    frame: Frame,
    view: PeopleView,
    filter: Filter,
    table: Table,
    may_invite: bool,
}

/// Shows the people of the viewer's council.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let members = members(&viewer).await?;
    let chosen = Chosen { role: asked.text("role").to_owned(), status: asked.text("status").to_owned() };
    let view = PeopleView::of(&members, &chosen, viewer.service.clock.today());
    let page = PeoplePage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: account_navigation(&viewer, "/people"),
            audience: Some("The administrator, the director and the privacy officer".to_owned()),
            ..viewer.frame("People", Area::None)
        },
        filter: filter(&chosen),
        table: table(&view),
        may_invite: viewer.may(Action::ManagePeople),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

/// What the list is narrowed to.
#[derive(Clone, Debug, Default)]
struct Chosen {
    role: String,
    status: String,
}

const STATUSES: [GrantStatus; 5] = [
    GrantStatus::Unapproved,
    GrantStatus::Current,
    GrantStatus::Ahead,
    GrantStatus::Expired,
    GrantStatus::Revoked,
];

impl PeopleView {
    fn of(members: &[Member], chosen: &Chosen, today: Date) -> Self {
        let fits = |grant: &store::RoleGrant| {
            (chosen.role.is_empty() || grant.role == chosen.role)
                && (chosen.status.is_empty() || GrantStatus::of(grant, today).word() == chosen.status)
        };
        let unfiltered = chosen.role.is_empty() && chosen.status.is_empty();
        let shown = members.iter().filter(|member| unfiltered || member.grants.iter().any(fits));
        Self { people: members.len(), shown: shown.map(|member| PersonRow::of(member, today)).collect() }
    }
}

impl PersonRow {
    fn of(member: &Member, today: Date) -> Self {
        let standing = |grant: &store::RoleGrant| {
            let status = GrantStatus::of(grant, today);
            let over = matches!(status, GrantStatus::Expired | GrantStatus::Revoked);
            let title = Role::parse(&grant.role).map_or_else(|| grant.role.clone(), Role::title);
            let words = match status {
                GrantStatus::Current => title,
                other => format!("{title} ({})", grant_status_in_words(other).to_lowercase()),
            };
            (!over).then_some(words)
        };
        Self {
            id: member.person.id.to_string(),
            name: member.person.name.clone(),
            post: member.person.post.clone(),
            account: Service::account_word(&member.person).to_owned(),
            until: until(member.person.expires_on),
            roles: member.grants.iter().filter_map(standing).collect(),
        }
    }
}

fn filter(chosen: &Chosen) -> Filter {
    let roles =
        Role::ALL.into_iter().map(|role| crate::components::SelectOption::new(role.name(), role.title()));
    let statuses = STATUSES
        .map(|status| crate::components::SelectOption::new(status.word(), grant_status_in_words(status)));
    let without = |role: &str, status: &str| {
        format!("/people?role={}&status={}", crate::guard::escape(role), crate::guard::escape(status))
    };
    let role = Role::parse(&chosen.role);
    let status = STATUSES.into_iter().find(|status| status.word() == chosen.status);
    Filter::new("/people", "people")
        .field(Select::new("role", "Role").option("", "Any role").options(roles).chosen(&chosen.role))
        .field(
            Select::new("status", "Where it stands")
                .option("", "Any")
                .options(statuses)
                .chosen(&chosen.status),
        )
        .selected(SelectedFilters::new(
            "Role",
            role.map(|role| Link::new(role.title(), without("", &chosen.status))),
        ))
        .selected(SelectedFilters::new(
            "Where it stands",
            status.map(|status| Link::new(grant_status_in_words(status), without(&chosen.role, ""))),
        ))
}

fn table(view: &PeopleView) -> Table {
    let row = |person: &PersonRow| {
        let roles = if person.roles.is_empty() { "No role".to_owned() } else { person.roles.join("; ") };
        vec![
            Cell::new(link(person)),
            Cell::new(&person.post),
            Cell::new(roles),
            Cell::new(&person.account),
            Cell::new(&person.until),
        ]
    };
    Table::new("People with an account")
        .headings(["Name", "Post", "Roles", "Account", "Account ends"].map(Heading::new))
        .rows(view.shown.iter().map(row))
        .first_cell_is_heading()
        .stacks()
}

#[derive(Template)]
#[template(source = r#"<a class="govuk-link" href="/people/{{ id }}">{{ name }}</a>"#, ext = "html")]
struct PersonLink<'a> {
    id: &'a str,
    name: &'a str,
}

fn link(person: &PersonRow) -> Content {
    Content::Html(Html::of(&PersonLink { id: &person.id, name: &person.name }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{self, Trial};

    fn member(role: Role, approved: bool) -> Member {
        let mut open = trial::open_session("Ada Okafor", role);
        if !approved {
            open.grants[0].approved_by = None;
        }
        Member { person: open.person, grants: open.grants }
    }

    #[test]
    fn a_role_that_waits_for_approval_is_found_by_its_filter() {
        let members = [member(Role::Chair, true), member(Role::Analyst, false)];
        let waiting = Chosen { status: "unapproved".into(), ..Chosen::default() };
        let view = PeopleView::of(&members, &waiting, trial::TODAY);
        assert_eq!(view.people, 2);
        assert_eq!(view.shown.len(), 1);
        assert_eq!(view.shown[0].roles, ["Performance analyst (waiting for approval)"]);
    }

    #[tokio::test]
    async fn the_list_is_for_those_who_manage_or_approve_access_and_for_nobody_else() {
        let trial = Trial::new().await;
        for role in [Role::Administrator, Role::Director, Role::PrivacyOfficer] {
            let answer = trial.get(Some(role), "/people").await;
            assert_eq!(answer.status, 200, "{}", role.name());
            assert_eq!(answer.body.contains("Invite a person"), role == Role::Administrator);
        }
        assert_eq!(trial.get(Some(Role::Chair), "/people").await.status, 404);
    }
}
