//! What Headway keeps about the people who use it, and for how long.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use improvement::register::Council;

use super::{contacts, council_name, frame};
use crate::errors::Refused;
use crate::guard::Session;
use crate::layout::Frame;
use crate::state::AppState;
use crate::viewer::Guest;

#[derive(Template)]
#[template(path = "pages/help/privacy.html")]
struct PrivacyPage {
    frame: Frame,
    councils: Vec<Council>,
    cookie: &'static str,
}

/// Shows the privacy page.
pub async fn show(
    State(state): State<AppState>,
    guest: Guest,
    session: Session,
) -> Result<Response, Refused> {
    let councils = contacts(&state, &guest).await?;
    let frame = frame(&guest, &session, "Privacy");
    let cookie = state.settings.cookie_name();
    let page = PrivacyPage { frame: Frame { council: council_name(&councils), ..frame }, councils, cookie };
    Ok(Html(page.render().unwrap_or_default()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_cookie_is_named() {
        let councils = vec![crate::trial::programme().council];
        let html =
            PrivacyPage { frame: Frame::new("Privacy"), councils, cookie: "headway" }.render().unwrap();
        assert!(html.contains("<code>headway</code>"));
        assert!(html.contains("Northmoor Council"));
    }
}
