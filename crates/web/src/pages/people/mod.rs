//! People with an account, their roles, what each role may do, and the council's settings.

pub mod form;
mod invite;
mod list;
mod person;
mod person_acts;
mod roles;
mod settings;

use service::{Action, GrantStatus, Refusal};
use store::{Person, RoleGrant};

use crate::components::{Tag, TagColour};
use crate::routes::{Route, form, page};
use crate::viewer::Viewer;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![
        page("/people", Action::ViewPeople, list::show),
        page("/people/new", Action::ManagePeople, invite::show),
        form("/people/new", Action::ManagePeople, invite::send),
        page("/people/roles", Action::ViewPeople, roles::show),
        page("/people/{id}", Action::ViewPeople, person::show),
        form("/people/{id}/grant", Action::ManagePeople, person_acts::grant),
        form("/people/{id}/approve", Action::ApproveGrant, person_acts::approve),
        form("/people/{id}/revoke", Action::ManagePeople, person_acts::revoke),
        form("/people/{id}/switch", Action::ManagePeople, person_acts::switch),
        form("/people/{id}/invite-again", Action::ManagePeople, person_acts::invite_again),
        page("/settings", Action::ChangeCouncil, settings::show),
        form("/settings", Action::ChangeCouncil, settings::send),
    ]
}

/// A person of the viewer's council with the grants they have or had in it.
#[derive(Clone, Debug)]
pub struct Member {
    /// The person.
    pub person: Person,
    /// Their grants in this council, oldest first.
    pub grants: Vec<RoleGrant>,
}

/// Everybody with a role in the viewer's council, or invited from it; by name.
pub async fn members(viewer: &Viewer) -> Result<Vec<Member>, Refusal> {
    let store = &viewer.service.store;
    let grants = store.grants().await?;
    let mut members = Vec::new();
    for person in store.people().await? {
        let mut own: Vec<RoleGrant> =
            grants.iter().filter(|grant| grant.person == person.id).cloned().collect();
        let has_grants = !own.is_empty();
        own.retain(|grant| grant.council == viewer.actor.council);
        // Somebody without any role yet belongs to the council whose log says that it invited them.
        let belongs = !own.is_empty() || !has_grants && invited_here(viewer, &person).await?;
        if belongs {
            members.push(Member { person, grants: own });
        }
    }
    Ok(members)
}

async fn invited_here(viewer: &Viewer, person: &Person) -> Result<bool, Refusal> {
    let history = viewer.service.store.history_of(&viewer.scope, "person", &person.id.to_string()).await?;
    Ok(!history.is_empty())
}

/// Where a grant stands, in words.
pub fn grant_status_in_words(status: GrantStatus) -> &'static str {
    match status {
        GrantStatus::Current => "Current",
        GrantStatus::Ahead => "Ahead",
        GrantStatus::Expired => "Expired",
        GrantStatus::Revoked => "Revoked",
        GrantStatus::Unapproved => "Waiting for approval",
    }
}

/// Where a grant stands, as a tag.
pub fn grant_tag(status: GrantStatus) -> Tag {
    let colour = match status {
        GrantStatus::Current => TagColour::Green,
        GrantStatus::Ahead => TagColour::Teal,
        GrantStatus::Unapproved => TagColour::Purple,
        GrantStatus::Expired | GrantStatus::Revoked => TagColour::Grey,
    };
    Tag::new(grant_status_in_words(status)).colour(colour)
}

/// The last day of something, or that it has none.
fn until(day: Option<jiff::civil::Date>) -> String {
    day.map_or_else(|| "No last day".to_owned(), vocabulary::date::day_in_words)
}
