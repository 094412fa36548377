//! What is done to an account: grant a role, approve it, take it back, stop the account, invite again.

use axum::extract::{Path, State};
use axum::response::Response;
use service::acts::{ApproveGrant, GrantRole, InviteAgain, RevokeGrant, SwitchAccount};
use service::{Problem, Refusal};
use vocabulary::id::{GrantId, UserId};

use super::invite::InvitedPage;
use super::person::page;
use crate::components::Problems;
use crate::errors::{self, Refused};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::state::AppState;
use crate::viewer::{Area, Viewer, breadcrumbs};

/// Grants a role.
pub async fn grant(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let done = match granting(&viewer, &id, &fields) {
        Ok(act) => viewer.perform(&fields, act).await.map(drop),
        Err(refusal) => Err(refusal),
    };
    after(&viewer, &id, &fields, done, "granted").await
}

fn granting(viewer: &Viewer, id: &str, fields: &Fields) -> Result<GrantRole, Refusal> {
    let invalid = |problem: Problem| Refusal::Invalid(vec![problem]);
    let first = fields.maybe_day("from_day").map_err(invalid)?;
    Ok(GrantRole {
        person: person(id)?,
        role: fields.text("role").to_owned(),
        from_day: first.unwrap_or_else(|| viewer.service.clock.today()),
        to_day: fields.maybe_day("to_day").map_err(invalid)?,
        sponsor: fields.text("sponsor").to_owned(),
        purpose: fields.text("purpose").to_owned(),
        teams: teams(fields.text("teams")),
        sealed: fields.text("sealed") == "yes",
    })
}

/// Names of teams, one a line.
fn teams(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Approves a role as the second person.
pub async fn approve(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let act = ApproveGrant { grant: grant_of(&fields)?, version: version(&fields) };
    let done = viewer.perform(&fields, act).await;
    after(&viewer, &id, &fields, done, "approved").await
}

/// Takes a role back at once.
pub async fn revoke(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let reason = fields.text("revoke_reason").to_owned();
    let act = RevokeGrant { grant: grant_of(&fields)?, version: version(&fields), reason };
    let done = viewer.perform(&fields, act).await;
    after(&viewer, &id, &fields, done, "revoked").await
}

/// Stops an account, or lets it in again.
pub async fn switch(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let enabled = fields.text("enabled") == "yes";
    let reason = fields.text("reason").to_owned();
    let act = SwitchAccount { person: person(&id)?, version: version(&fields), enabled, reason };
    let done = viewer.perform(&fields, act).await;
    after(&viewer, &id, &fields, done, if enabled { "let-in" } else { "stopped" }).await
}

/// Invites a person again, and shows the new address once.
pub async fn invite_again(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let reason = fields.text("again_reason").to_owned();
    let act = InviteAgain { person: person(&id)?, version: version(&fields), reason };
    match viewer.perform(&fields, act).await {
        Ok(invitation) => {
            let page = InvitedPage {
                frame: Frame {
                    breadcrumbs: breadcrumbs(&[("People", "/people")]),
                    ..viewer.frame("The invitation is ready", Area::None)
                },
                address: format!("{}/invitation/{}", state.settings.public_address, invitation.secret),
                person_href: format!("/people/{id}"),
            };
            Ok(viewer.show(&page, &()))
        }
        Err(refusal) => after(&viewer, &id, &fields, Err(refusal), "").await,
    }
}

/// Back to the person's page: with what was done, or with what is wrong beside its field.
async fn after(
    viewer: &Viewer,
    id: &str,
    fields: &Fields,
    done: Result<(), Refusal>,
    code: &str,
) -> Result<Response, Refused> {
    let Err(refusal) = done else { return Ok(viewer.after(&format!("/people/{id}"), code)) };
    let problems: Problems = errors::beside_fields(refusal)?;
    let page = page(viewer, id, problems, fields).await?;
    Ok(viewer.show_problems(&page, &()))
}

fn person(id: &str) -> Result<UserId, Refusal> {
    UserId::parse(id).ok_or(Refusal::NotFound)
}

fn grant_of(fields: &Fields) -> Result<GrantId, Refusal> {
    GrantId::parse(fields.text("grant")).ok_or(Refusal::NotFound)
}

fn version(fields: &Fields) -> i64 {
    fields.number("version").unwrap_or(0)
}
