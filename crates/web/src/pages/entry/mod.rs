//! The way in and out: sign-in with password and code, both again before an approval, invitations, sign-out.

mod code;
mod cookie;
mod invitation;
mod no_role;
mod sign_in;
mod sign_out;
mod step_up;

use axum::routing::{get, post};

use crate::guard::Session;
use crate::layout::Frame;
use crate::routes::{Route, half_signed_in, public, public_form};
use crate::state::AppState;
use crate::viewer::{Area, Guest};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![
        public("/sign-in", sign_in::show),
        public_form("/sign-in", sign_in::send),
        half_signed_in("/sign-in/code", "GET", get(code::show)),
        half_signed_in("/sign-in/code", "POST", post(code::send)),
        half_signed_in("/step-up", "GET", get(step_up::show)),
        half_signed_in("/step-up", "POST", post(step_up::send)),
        half_signed_in("/no-role", "GET", get(no_role::show)),
        half_signed_in("/sign-out", "POST", post(sign_out::send)),
        public("/invitation/{secret}", invitation::show),
        public_form("/invitation/{secret}", invitation::send),
    ]
}

/// The frame of a page that needs no role: with the navigation of whoever is signed in, and the token of any session.
pub fn open_frame(guest: &Guest, session: &Session, heading: impl std::fmt::Display) -> Frame {
    match &guest.0 {
        Some(viewer) => viewer.frame(heading, Area::None),
        None => Frame {
            form_token: session.0.as_ref().map(|open| open.session.csrf.clone()),
            ..Frame::new(heading)
        },
    }
}

/// The code to show beside the question for it, in the demonstration only.
fn demonstration_code(state: &AppState, session: &Session) -> Option<String> {
    let open = session.0.as_ref().filter(|_| state.settings.demonstration)?;
    state.service.demonstration_code(&open.person).ok().flatten()
}

/// Sends the browser on without a session.
pub fn end_session(settings: &crate::state::Settings, to: &str) -> axum::response::Response {
    cookie::close(settings, to)
}

/// An address to go back to, if it is one of ours; otherwise the home page. Nobody sends people elsewhere through us.
fn local(back: &str) -> &str {
    let plain = back.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let ours = back.starts_with('/') && !back.starts_with("//");
    let leads_nowhere =
        ["/sign-in", "/sign-out", "/step-up", "/no-role"].iter().any(|way| back.starts_with(way));
    let without_fragment = back.split('#').next().unwrap_or("/");
    if plain && ours && !leads_nowhere { without_fragment } else { "/" }
}

/// The address of a page with the way back in its query.
fn with_back(path: &str, back: &str) -> String {
    if back == "/" { path.to_owned() } else { format!("{path}?back={}", crate::guard::escape(back)) }
}

#[cfg(test)]
mod tests;
