//! The council's name, and whom to ask about accessibility and privacy.

use askama::Template;
use axum::response::Response;
use service::Refusal;
use service::acts::ChangeCouncil;

use super::form::{confirm_first, input};
use crate::components::{Button, Input};
use crate::errors::{self, Refused};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::pages::account::account_navigation;
use crate::viewer::{Area, Viewer, breadcrumbs};

#[derive(Template)]
#[template(path = "pages/people/settings.html")]
struct SettingsPage {
    frame: Frame,
    name: Input,
    contact: Input,
    save: Button,
    confirm_first: Option<Button>,
    now: (String, String),
}

/// Shows the settings.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let (name, contact) = council(&viewer).await?;
    let typed = Fields(vec![("name".to_owned(), name), ("contact".to_owned(), contact)]);
    let page = SettingsPage::of(&viewer, frame(&viewer), &typed);
    Ok(viewer.show(&page, &()))
}

/// Changes the settings.
pub async fn send(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let act =
        ChangeCouncil { name: fields.text("name").to_owned(), contact: fields.text("contact").to_owned() };
    match viewer.perform(&fields, act).await {
        Ok(()) => Ok(viewer.after("/settings", "council")),
        Err(refusal) => {
            let problems = errors::beside_fields(refusal)?;
            let page = SettingsPage::of(&viewer, Frame { problems, ..frame(&viewer) }, &fields);
            Ok(viewer.show_problems(&page, &()))
        }
    }
}

async fn council(viewer: &Viewer) -> Result<(String, String), Refusal> {
    let councils = viewer.service.store.councils().await?;
    let own = councils.into_iter().find(|council| council.id == viewer.actor.council);
    own.map(|council| (council.name, council.contact)).ok_or(Refusal::NotFound)
}

fn frame(viewer: &Viewer) -> Frame {
    Frame {
        breadcrumbs: breadcrumbs(&[]),
        sub_navigation: account_navigation(viewer, "/settings"),
        audience: Some("The administrator".to_owned()),
        ..viewer.frame("Council settings", Area::None)
    }
}

impl SettingsPage {
    fn of(viewer: &Viewer, frame: Frame, typed: &Fields) -> Self {
        let problems = &frame.problems;
        let contact = Input::new("contact", "Whom to ask about accessibility and privacy")
            .hint("An email address, telephone number or post. It is printed in the public statements.");
        Self {
            name: input(Input::new("name", "Council’s name"), "name", typed, problems),
            contact: input(contact, "contact", typed, problems),
            save: Button::submit("Save"),
            confirm_first: confirm_first(viewer, "change the settings"),
            now: (typed.text("name").to_owned(), typed.text("contact").to_owned()),
            frame,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use service::Role;

    #[tokio::test]
    async fn a_new_contact_stands_in_the_accessibility_statement() {
        let trial = Trial::new().await;
        let form = "name=Northmoor+Council&contact=access%40northmoor.example";
        let saved = trial.post(Role::Administrator, "/settings", form).await;
        assert_eq!(saved.location, "/settings?done=council");
        let statement = trial.get(None, "/accessibility").await;
        assert!(statement.body.contains("access@northmoor.example"));
        assert_eq!(trial.post(Role::Administrator, "/settings", "name=&contact=x").await.status, 422);
    }
}
