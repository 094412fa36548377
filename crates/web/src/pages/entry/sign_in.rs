//! The first factor: e-mail address and password. Known and unknown accounts get the same words in the same time.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::{cookie, local, open_frame, with_back};
use crate::components::{Button, Input, NotificationBanner, Problems};
use crate::errors::{self, Refused};
use crate::fields::{Asked, Fields};
use crate::guard::{Session, Source};
use crate::layout::Frame;
use crate::state::AppState;
use crate::viewer::{Format, Guest};

#[derive(Template)]
#[template(path = "pages/entry/sign_in.html")]
struct SignInPage {
    frame: Frame,
    email: Input,
    password: Input,
    send: Button,
    back: String,
}

/// Asks for the first factor.
pub async fn show(guest: Guest, session: Session, Asked(asked): Asked) -> Result<Response, Refused> {
    let back = local(asked.text("back"));
    if guest.0.is_some() {
        return Ok(Redirect::to(back).into_response());
    }
    let mut frame = open_frame(&guest, &session, "Sign in");
    frame.banner = asked.maybe("done").and_then(crate::done::message).map(NotificationBanner::success);
    let page = SignInPage::of(frame, "", back);
    Ok(Html(page.render().unwrap_or_default()).into_response())
}

/// Checks the first factor and asks for the second.
pub async fn send(
    State(state): State<AppState>,
    guest: Guest,
    session: Session,
    Source(source): Source,
    fields: Fields,
) -> Response {
    let (email, back) = (fields.text("email"), local(fields.text("back")).to_owned());
    let mut problems = missing(&fields);
    if problems.is_empty() {
        match state.service.sign_in(email, password(&fields), &source).await {
            Ok(new) => {
                return cookie::open(&state.settings, &new.token, &with_back("/sign-in/code", &back));
            }
            Err(refusal) => match errors::beside_fields(refusal) {
                Ok(found) => problems = found,
                Err(refusal) => return errors::answer(&refusal, Format::Html, "/sign-in"),
            },
        }
    }
    let frame = Frame { problems, ..open_frame(&guest, &session, "Sign in") };
    let page = SignInPage::of(frame, email, &back);
    (StatusCode::UNPROCESSABLE_ENTITY, Html(page.render().unwrap_or_default())).into_response()
}

/// A password is taken as typed, blanks included.
pub(super) fn password(fields: &Fields) -> &str {
    fields.0.iter().find(|(name, _)| name == "password").map_or("", |(_, value)| value.as_str())
}

fn missing(fields: &Fields) -> Problems {
    let mut problems = Problems::default();
    if fields.text("email").is_empty() {
        problems.add("email", "Enter your e-mail address.");
    }
    if password(fields).is_empty() {
        problems.add("password", "Enter your password.");
    }
    problems
}

impl SignInPage {
    fn of(frame: Frame, typed: &str, back: &str) -> Self {
        let beside = |input: Input, name: &str| match frame.problems.with_field(name) {
            Some(message) => input.error(message),
            None => input,
        };
        let email = Input::email("email", "Email address").autocomplete("username").value(typed);
        Self {
            email: beside(email, "email"),
            password: beside(Input::password("password", "Password"), "password"),
            send: Button::submit("Continue"),
            back: back.to_owned(),
            frame,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_pair_is_told_beside_the_field_and_the_password_is_not_sent_back() {
        let mut problems = Problems::default();
        problems.add("email", "The e-mail address or the password is not right.");
        let page =
            SignInPage::of(Frame { problems, ..Frame::new("Sign in") }, "ada@northmoor.example", "/duties");
        let html = page.render().unwrap();
        assert!(html.contains("value=\"ada@northmoor.example\""));
        assert!(html.contains("href=\"#email\""));
        assert!(html.contains("name=\"back\" value=\"/duties\""));
        assert!(html.contains("autocomplete=\"current-password\""));
    }

    #[test]
    fn blanks_of_a_password_count() {
        assert_eq!(password(&Fields::parse(b"email=a&password=+four+words+")), " four words ");
    }
}
