//! Help: how to start, what each role does first, and how a document becomes duties in force.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::frame;
use crate::guard::Session;
use crate::layout::Frame;
use crate::viewer::Guest;

#[derive(Template)]
#[template(path = "pages/help/guide.html")]
struct GuidePage {
    frame: Frame,
}

/// Shows the guide.
pub async fn show(guest: Guest, session: Session) -> Response {
    let page = GuidePage { frame: frame(&guest, &session, "Help") };
    Html(page.render().unwrap_or_default()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Trial;

    #[test]
    fn help_tells_how_to_confirm_a_register() {
        let html = GuidePage { frame: Frame::new("Help") }.render().unwrap();
        assert!(html.contains("id=\"confirm\""));
        assert!(html.contains("Independent chair"));
    }

    #[tokio::test]
    async fn pages_for_everybody_need_no_sign_in_and_keep_the_navigation_of_those_who_are() {
        let trial = Trial::new().await;
        for path in ["/help", "/glossary", "/accessibility", "/privacy"] {
            let out = trial.get(None, path).await;
            assert_eq!(out.status, 200, "{path}");
            assert!(!out.body.contains("Sign out"), "{path}");
            let inside = trial.get(Some(service::Role::SocialWorker), path).await;
            assert!(inside.body.contains("Sign out"), "{path}");
        }
    }
}
