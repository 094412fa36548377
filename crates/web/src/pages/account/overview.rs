//! Who I am here: my roles, the one I act in, and what was done with my account lately.

use askama::Template;
use axum::response::Response;
use improvement::words::sentence_case;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use service::{GrantStatus, Refusal};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::GrantId;

use super::frame;
use crate::components::{Cell, Heading, SummaryList, Table, Tag};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::layout::Frame;
use crate::pages::people::grant_tag;
use crate::pages::records::access_log::what_in_words;
use crate::pages::records::moment_in_words;
use crate::viewer::Viewer;

/// One's own account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountView {
    /// Name.
    pub name: String,
    /// Email address.
    pub email: String,
    /// Post.
    pub post: String,
    /// The role acted in.
    pub acting_as: String,
    /// Every role there is or was.
    pub roles: Vec<OwnRole>,
    /// What was done lately: when, what, from where.
    pub recent: Vec<[String; 3]>,
}

/// One of one's roles.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OwnRole {
    /// The grant's id.
    pub grant: String,
    /// The role.
    pub role: String,
    /// From when to when, in words.
    pub days: String,
    /// What it is for.
    pub purpose: String,
    /// Whether one acts in it now.
    pub acting: bool,
    /// Whether one could act in it.
    pub usable: bool,
}

#[derive(Template)]
#[template(path = "pages/account/overview.html")]
struct AccountPage {
    frame: Frame,
    summary: SummaryList,
    roles: Vec<(OwnRole, Tag)>,
    recent: Table,
    nothing_recent: bool,
}

/// Shows one's own account.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let open = viewer.session.clone().ok_or(Refusal::NotFound)?;
    let today = viewer.service.clock.today();
    let mut view = AccountView::of(&viewer, &open.person, &open.grants, today);
    view.recent = recent(&viewer).await?;
    let tags = open.grants.iter().map(|grant| grant_tag(GrantStatus::of(grant, today)));
    let page = AccountPage {
        frame: frame(&viewer, "Your account", "/account"),
        summary: SummaryList::new()
            .row("Name", &view.name)
            .row("Email address", &view.email)
            .row("Post", &view.post)
            .row("Acting as", &view.acting_as),
        roles: view.roles.iter().cloned().zip(tags).collect(),
        recent: table(&view.recent),
        nothing_recent: view.recent.is_empty(),
    };
    Ok(viewer.show(&page, &view))
}

/// Switches to another of one's roles.
pub async fn act_as(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let open = viewer.session.clone().ok_or(Refusal::NotFound)?;
    let grant = GrantId::parse(fields.text("grant")).ok_or(Refusal::NotFound)?;
    viewer.service.act_as(&open, grant).await?;
    Ok(viewer.after("/", "acting"))
}

async fn recent(viewer: &Viewer) -> Result<Vec<[String; 3]>, Refusal> {
    let now = viewer.service.clock.now();
    let from = now.checked_sub(jiff::SignedDuration::from_hours(90 * 24)).unwrap_or(now);
    let to = now.checked_add(1.second()).unwrap_or(now);
    let person = Some(viewer.actor.person);
    let entries = viewer.service.store.accesses(&viewer.scope, from, to, person, 20).await?;
    let told = |entry: &store::AccessEntry| {
        [moment_in_words(entry.at), what_in_words(&entry.what).to_owned(), entry.source.clone()]
    };
    Ok(entries.iter().map(told).collect())
}

impl AccountView {
    fn of(viewer: &Viewer, person: &store::Person, grants: &[store::RoleGrant], today: Date) -> Self {
        let role = |grant: &store::RoleGrant| {
            let until = grant.to_day.map(|last| format!(" to {}", day_in_words(last))).unwrap_or_default();
            let acting = grant.id == viewer.actor.grant;
            OwnRole {
                grant: grant.id.to_string(),
                role: sentence_case(&service::role_in_words(grant)),
                days: format!("From {}{until}", day_in_words(grant.from_day)),
                purpose: grant.purpose.clone(),
                acting,
                usable: !acting && GrantStatus::of(grant, today) == GrantStatus::Current,
            }
        };
        Self {
            name: person.name.clone(),
            email: person.email.clone(),
            post: person.post.clone(),
            acting_as: viewer.actor.role.title(),
            roles: grants.iter().map(role).collect(),
            recent: Vec::new(),
        }
    }
}

fn table(recent: &[[String; 3]]) -> Table {
    Table::new("The last 90 days")
        .headings(["When", "What", "From"].map(Heading::new))
        .rows(recent.iter().map(|row| row.iter().map(Cell::new).collect::<Vec<_>>()))
        .stacks()
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use service::Role;

    #[tokio::test]
    async fn somebody_with_two_roles_switches_between_them() {
        let trial = Trial::new().await;
        let person = format!("/people/{}/grant", Trial::person_in(Role::Adviser));
        let form = "role=elected+member&sponsor=The+leader&purpose=Lead+member";
        trial.post(Role::Administrator, &person, form).await;
        let account = trial.get(Some(Role::Adviser), "/account").await;
        assert!(account.body.contains("Act as elected member"));

        let grants = trial.state.service.store.grants().await.unwrap();
        let second = grants.iter().rfind(|grant| grant.role == "elected member").unwrap();
        let own = grants.iter().find(|grant| grant.person != second.person).unwrap();
        let switched = trial.post(Role::Adviser, "/account/role", &format!("grant={}", second.id)).await;
        assert_eq!(switched.location, "/?done=acting");
        let foreign = trial.post(Role::Adviser, "/account/role", &format!("grant={}", own.id)).await;
        assert_eq!(foreign.status, 404);
    }
}
