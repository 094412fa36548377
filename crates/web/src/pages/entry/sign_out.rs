//! Ends the session, whether it was opened with one factor or both. It acts at once, on every node.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};

use super::cookie;
use crate::errors::Refused;
use crate::guard::Session;
use crate::state::AppState;

/// Ends the session.
pub async fn send(State(state): State<AppState>, session: Session) -> Response {
    let was_signed_in = session.0.as_ref().is_some_and(|open| open.session.confirmed);
    if let Some(open) = &session.0
        && let Err(refusal) = state.service.sign_out(open).await
    {
        return Refused::from(refusal).into_response();
    }
    cookie::close(&state.settings, if was_signed_in { "/sign-in?done=signed-out" } else { "/sign-in" })
}
