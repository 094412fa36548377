//! Who answers for a duty: a person with a role in this council.

use axum::extract::Path;
use axum::response::Response;
use improvement::register::Obligation;
use service::acts::{AssignOwner, Seen};
use service::{GrantStatus, Programme, Role};
use vocabulary::id::UserId;

use super::one::{find, frame};
use super::question::{QuestionPage, Sent, programme_now, refused, send};
use crate::components::{Problems, Select};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::viewer::Viewer;

/// Asks who answers for a duty.
pub async fn ask(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).map_err(refused(&viewer))?;
    let chosen = row.owner.map(|owner| owner.to_string()).unwrap_or_default();
    Ok(question(&viewer, &programme, row, &chosen, Problems::default()).await?.show(&viewer))
}

/// Makes a person answerable.
pub async fn assign(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).map_err(refused(&viewer))?;
    let people = people(&viewer).await?;
    let owner = UserId::parse(fields.text("owner"));
    let known = owner.is_none_or(|owner| people.iter().any(|(id, _)| *id == owner));
    let act = AssignOwner { row: Seen { id: row.id, version: fields.number("version").unwrap_or(0) }, owner };
    let act = if known {
        Ok(act)
    } else {
        Err(vec![service::Problem::new("owner", "Choose a person with a role in this council.")])
    };
    match send(&viewer, &fields, act).await? {
        Sent::Done(()) => Ok(viewer.after(&format!("/duties/{id}"), "owner")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let row = find(&programme, &id).map_err(refused(&viewer))?;
            Ok(question(&viewer, &programme, row, fields.text("owner"), problems).await?.show(&viewer))
        }
    }
}

async fn question(
    viewer: &Viewer,
    programme: &Programme,
    row: &Obligation,
    chosen: &str,
    problems: Problems,
) -> Result<QuestionPage, Refused> {
    let mut owner = Select::new("owner", "Answerable person")
        .hint("They cannot verify themselves that this duty was met.")
        .option("", "Nobody yet")
        .chosen(chosen)
        .problem_in(&problems);
    for (id, words) in people(viewer).await? {
        owner = owner.option(id, words);
    }
    let page = frame(viewer, programme, row, "Who answers for this duty?");
    Ok(QuestionPage::new(page, viewer, "Save", format!("/duties/{}", row.id))
        .says(&format!("{}: {}", super::cells::clause(&row.reference), row.text))
        .asks(owner)
        .sends("version", row.version)
        .with_problems(problems))
}

/// People with a current role in the viewer's council: id, and name with role.
async fn people(viewer: &Viewer) -> Result<Vec<(UserId, String)>, Refused> {
    let store = &viewer.service.store;
    let people = store.people().await.map_err(|error| refused(viewer)(error.into()))?;
    let grants = store.grants().await.map_err(|error| refused(viewer)(error.into()))?;
    let today = viewer.service.clock.today();
    let current = |person: &store::Person| {
        let grant = grants.iter().find(|grant| {
            grant.person == person.id
                && grant.council == viewer.actor.council
                && GrantStatus::of(grant, today) == GrantStatus::Current
        })?;
        let role = Role::parse(&grant.role)?;
        role.reads_programme().then(|| (person.id, format!("{}, {}", person.name, role.name())))
    };
    Ok(people.iter().filter_map(current).collect())
}
