//! Both factors again, before an approval, a signature or a change of access. They stand for 15 minutes.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::sign_in::password;
use super::{cookie, demonstration_code, local, open_frame, with_back};
use crate::components::{Button, Input, Problems};
use crate::errors;
use crate::fields::{Asked, Fields};
use crate::guard::{Session, Source};
use crate::layout::Frame;
use crate::state::AppState;
use crate::viewer::{Format, Guest};

#[derive(Template)]
#[template(path = "pages/entry/step_up.html")]
struct StepUpPage {
    frame: Frame,
    password: Input,
    code: Input,
    send: Button,
    back: String,
    demonstration: Option<String>,
}

/// Asks for both factors.
pub async fn show(
    State(state): State<AppState>,
    guest: Guest,
    session: Session,
    Asked(asked): Asked,
) -> Response {
    let back = local(asked.text("back"));
    if session.0.as_ref().is_none_or(|open| !open.session.confirmed) {
        return Redirect::to(&with_back("/sign-in/code", back)).into_response();
    }
    let mut page = StepUpPage::of(&guest, &session, Problems::default(), back);
    page.demonstration = demonstration_code(&state, &session);
    Html(page.render().unwrap_or_default()).into_response()
}

/// Checks both factors and goes back, under a new session token.
pub async fn send(
    State(state): State<AppState>,
    guest: Guest,
    session: Session,
    Source(source): Source,
    fields: Fields,
) -> Response {
    let back = local(fields.text("back")).to_owned();
    let open = match &session.0 {
        Some(open) if open.session.confirmed => open,
        _ => return Redirect::to("/sign-in/code").into_response(),
    };
    match state.service.step_up(open, password(&fields), fields.text("code"), &source).await {
        Ok(new) => cookie::open(&state.settings, &new.token, &with_code(&back)),
        Err(refusal) => match errors::beside_fields(refusal) {
            Ok(problems) => {
                let mut page = StepUpPage::of(&guest, &session, problems, &back);
                page.demonstration = demonstration_code(&state, &session);
                (StatusCode::UNPROCESSABLE_ENTITY, Html(page.render().unwrap_or_default())).into_response()
            }
            Err(refusal) => errors::answer(&refusal, Format::Html, "/step-up"),
        },
    }
}

/// The page to go back to, which will say that both factors were given.
fn with_code(back: &str) -> String {
    let join = if back.contains('?') { '&' } else { '?' };
    format!("{back}{join}done=stepped-up")
}

impl StepUpPage {
    fn of(guest: &Guest, session: &Session, problems: Problems, back: &str) -> Self {
        let beside = |input: Input, name: &str| match problems.with_field(name) {
            Some(message) => input.error(message),
            None => input,
        };
        let code = Input::one_time_code("code", "6-digit code").hint(
            "Wait for a new code in your authenticator app: the one you signed in with works only once.",
        );
        Self {
            password: beside(Input::password("password", "Password"), "password"),
            code: beside(code, "code"),
            send: Button::submit("Confirm that it is you"),
            back: back.to_owned(),
            demonstration: None,
            frame: Frame { problems, ..open_frame(guest, session, "Confirm that it is you") },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_factors_are_asked_for_again_and_the_way_back_is_kept() {
        let page = StepUpPage::of(&Guest(None), &Session(None), Problems::default(), "/notices/1/sign");
        let html = page.render().unwrap();
        assert!(html.contains("type=\"password\""));
        assert!(html.contains("6-digit code"));
        assert!(html.contains("value=\"/notices/1/sign\""));
        assert_eq!(with_code("/people?role=adviser"), "/people?role=adviser&done=stepped-up");
    }
}
