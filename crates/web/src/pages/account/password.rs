//! Choosing another password: the present one first. Every session ends, this one too.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use service::Refusal;

use super::frame;
use crate::components::{Button, Input, Problems};
use crate::errors::{self, Refused};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::pages::entry::end_session;
use crate::state::AppState;
use crate::viewer::Viewer;

#[derive(Template)]
#[template(path = "pages/account/password.html")]
struct PasswordPage {
    frame: Frame,
    present: Input,
    new: Input,
    save: Button,
}

/// Asks for the present and the new password.
pub async fn show(viewer: Viewer) -> Response {
    viewer.show(&PasswordPage::of(&viewer, Problems::default()), &())
}

/// Changes the password.
pub async fn send(
    State(state): State<AppState>,
    viewer: Viewer,
    fields: Fields,
) -> Result<Response, Refused> {
    let open = viewer.session.clone().ok_or(Refusal::NotFound)?;
    let typed = |name: &str| fields.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
    match viewer.service.change_password(&open, typed("present"), typed("new"), &viewer.source).await {
        Ok(()) => {
            viewer.record_access("changed-password", "").await?;
            Ok(end_session(&state.settings, "/sign-in?done=password"))
        }
        Err(refusal) => {
            let page = PasswordPage::of(&viewer, errors::beside_fields(refusal)?);
            Ok(viewer.show_problems(&page, &()))
        }
    }
}

impl PasswordPage {
    fn of(viewer: &Viewer, problems: Problems) -> Self {
        let beside = |input: Input, name: &str| match problems.with_field(name) {
            Some(message) => input.error(message),
            None => input,
        };
        let new = Input::password("new", "New password").autocomplete("new-password").hint(
            "12 characters or more. Three words that do not belong together work well. There are no rules about digits or signs.",
        );
        Self {
            present: beside(Input::password("present", "Present password"), "present"),
            new: beside(new, "new"),
            save: Button::submit("Change password"),
            frame: Frame { problems, ..frame(viewer, "Change your password", "/account/password") },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::{PASSWORD, Trial};
    use service::Role;

    #[tokio::test]
    async fn a_new_password_needs_the_present_one_and_ends_the_session() {
        let trial = Trial::new().await;
        trial.give_password(Role::Chair).await;
        let wrong = trial
            .post(Role::Chair, "/account/password", "present=nonsense&new=copper+window+april+sand")
            .await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("href=\"#present\""));
        let present = PASSWORD.replace(' ', "+");
        let short =
            trial.post(Role::Chair, "/account/password", &format!("present={present}&new=short")).await;
        assert!(short.body.contains("href=\"#new\""));
        let form = format!("present={present}&new=copper+window+april+sand");
        let changed = trial.post(Role::Chair, "/account/password", &form).await;
        assert_eq!(changed.location, "/sign-in?done=password");
        assert!(changed.cookie.contains("Max-Age=0"));
        assert!(trial.get(None, "/sign-in?done=password").await.body.contains("Your password was changed"));
    }
}
