//! The session cookie: no script reads it, no other site's form carries it, and it ends with the browser.

use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};

use crate::state::Settings;

/// Sends the browser on with a new session.
pub fn open(settings: &Settings, token: &str, to: &str) -> Response {
    answer(settings, &format!("{}={token}", settings.cookie_name()), to)
}

/// Sends the browser on without a session.
pub fn close(settings: &Settings, to: &str) -> Response {
    answer(settings, &format!("{}=; Max-Age=0", settings.cookie_name()), to)
}

fn answer(settings: &Settings, value: &str, to: &str) -> Response {
    let secure = if settings.secure { "; Secure" } else { "" };
    let cookie = format!("{value}; Path=/; HttpOnly; SameSite=Lax{secure}");
    ([(SET_COOKIE, cookie)], Redirect::to(to)).into_response()
}
