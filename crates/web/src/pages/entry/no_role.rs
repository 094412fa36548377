//! What somebody sees who is signed in and has no role that counts today.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use service::{GrantStatus, Role};
use store::OpenSession;
use vocabulary::date::day_in_words;

use crate::guard::Session;
use crate::layout::{Frame, SignedIn};
use crate::pages::people::grant_status_in_words;
use crate::state::AppState;
use crate::viewer::Guest;

#[derive(Template)]
#[template(path = "pages/entry/no_role.html")]
struct NoRolePage {
    frame: Frame,
    roles: Vec<String>,
}

/// Says which roles there are and why none counts.
pub async fn show(State(state): State<AppState>, guest: Guest, session: Session) -> Response {
    let Some(open) = session.0.filter(|open| open.session.confirmed) else {
        return Redirect::to("/sign-in/code").into_response();
    };
    if guest.0.is_some() {
        return Redirect::to("/").into_response();
    }
    let page = NoRolePage::of(&open, state.service.clock.today());
    Html(page.render().unwrap_or_default()).into_response()
}

impl NoRolePage {
    fn of(open: &OpenSession, today: jiff::civil::Date) -> Self {
        let role = |grant: &store::RoleGrant| {
            let title = Role::parse(&grant.role).map_or_else(|| grant.role.clone(), Role::title);
            let until = grant.to_day.map(|last| format!(" to {}", day_in_words(last))).unwrap_or_default();
            let status = grant_status_in_words(GrantStatus::of(grant, today));
            format!("{title}, from {}{until}: {}", day_in_words(grant.from_day), status.to_lowercase())
        };
        let signed_in = SignedIn {
            name: open.person.name.clone(),
            role: None,
            account_href: "/no-role".to_owned(),
            sign_out_action: "/sign-out".to_owned(),
        };
        Self {
            frame: Frame {
                signed_in: Some(signed_in),
                form_token: Some(open.session.csrf.clone()),
                ..Frame::new("You have no role yet")
            },
            roles: open.grants.iter().map(role).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial;

    #[test]
    fn somebody_whose_role_waits_for_approval_is_told_so() {
        let mut open = trial::open_session("Ada Okafor", Role::Analyst);
        open.grants[0].approved_by = None;
        let html = NoRolePage::of(&open, open.grants[0].from_day).render().unwrap();
        assert!(html.contains("waiting for approval"));
        assert!(html.contains("Sign out"));
    }
}
