//! The second factor: the six digits of an authenticator app. Only with it does a session open anything.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::{cookie, demonstration_code, local};
use crate::components::{Button, Input, Problems};
use crate::errors;
use crate::fields::{Asked, Fields};
use crate::guard::{Session, Source};
use crate::layout::Frame;
use crate::state::AppState;
use crate::viewer::Format;

#[derive(Template)]
#[template(path = "pages/entry/code.html")]
struct CodePage {
    frame: Frame,
    code: Input,
    send: Button,
    again: Button,
    back: String,
    demonstration: Option<String>,
}

/// Asks for the second factor.
pub async fn show(State(state): State<AppState>, session: Session, Asked(asked): Asked) -> Response {
    let back = local(asked.text("back"));
    if session.0.as_ref().is_none_or(|open| open.session.confirmed) {
        return Redirect::to(back).into_response();
    }
    let mut page = CodePage::of(&session, Problems::default(), back);
    page.demonstration = demonstration_code(&state, &session);
    Html(page.render().unwrap_or_default()).into_response()
}

/// Checks the second factor and opens the session under a new token.
pub async fn send(
    State(state): State<AppState>,
    session: Session,
    Source(source): Source,
    fields: Fields,
) -> Response {
    let back = local(fields.text("back")).to_owned();
    let open = match &session.0 {
        Some(open) if !open.session.confirmed => open,
        Some(_) => return Redirect::to(&back).into_response(),
        None => return Redirect::to("/sign-in").into_response(),
    };
    match state.service.confirm(open, fields.text("code"), &source).await {
        Ok(new) => cookie::open(&state.settings, &new.token, &back),
        Err(refusal) => match errors::beside_fields(refusal) {
            Ok(problems) => {
                let mut page = CodePage::of(&session, problems, &back);
                page.demonstration = demonstration_code(&state, &session);
                (StatusCode::UNPROCESSABLE_ENTITY, Html(page.render().unwrap_or_default())).into_response()
            }
            Err(refusal) => errors::answer(&refusal, Format::Html, "/sign-in/code"),
        },
    }
}

impl CodePage {
    fn of(session: &Session, problems: Problems, back: &str) -> Self {
        let code = Input::one_time_code("code", "6-digit code")
            .hint("Open your authenticator app and enter the code it shows for Headway. A code works once.");
        let code = match problems.with_field("code") {
            Some(message) => code.error(message),
            None => code,
        };
        Self {
            frame: Frame {
                form_token: session.0.as_ref().map(|open| open.session.csrf.clone()),
                problems,
                ..Frame::new("Enter your code")
            },
            code,
            send: Button::submit("Continue"),
            again: Button::submit("Start again").secondary(),
            back: back.to_owned(),
            demonstration: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_asked_for_with_a_way_to_start_again() {
        let html = CodePage::of(&Session(None), Problems::default(), "/").render().unwrap();
        assert!(html.contains("6-digit code"));
        assert!(html.contains("autocomplete=\"one-time-code\""));
        assert!(html.contains("action=\"/sign-out\""));
    }
}
