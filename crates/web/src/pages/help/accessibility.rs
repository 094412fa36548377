//! The accessibility statement that the Public Sector Bodies Accessibility Regulations 2018 ask for, after the model
//! statement, with the council's own contact, and honest about what was tested and what was not.

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
#[template(path = "pages/help/accessibility.html")]
struct AccessibilityPage {
    frame: Frame,
    councils: Vec<Council>,
}

/// Shows the statement.
pub async fn show(
    State(state): State<AppState>,
    guest: Guest,
    session: Session,
) -> Result<Response, Refused> {
    let councils = contacts(&state, &guest).await?;
    let frame = frame(&guest, &session, "Accessibility statement");
    let page = AccessibilityPage { frame: Frame { council: council_name(&councils), ..frame }, councils };
    Ok(Html(page.render().unwrap_or_default()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_names_whom_to_ask_and_says_what_was_not_tested() {
        let page = AccessibilityPage {
            frame: Frame::new("Accessibility statement"),
            councils: vec![crate::trial::programme().council],
        };
        let html = page.render().unwrap();
        assert!(html.contains("improvement@northmoor.example"));
        assert!(html.contains("has not been audited"));
    }
}
