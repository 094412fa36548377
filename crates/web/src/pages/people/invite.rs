//! Inviting a person: who they are, and once, the address to pass on.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use service::Refusal;
use service::acts::InvitePerson;

use super::form::{confirm_first, date, input};
use crate::components::{Button, DateInput, Input};
use crate::errors::{self, Refused};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::pages::account::account_navigation;
use crate::state::AppState;
use crate::viewer::{Area, Viewer, breadcrumbs};

#[derive(Template)]
#[template(path = "pages/people/invite.html")]
struct InvitePage {
    frame: Frame,
    email: Input,
    name: Input,
    post: Input,
    expires_on: DateInput,
    send: Button,
    confirm_first: Option<Button>,
}

/// The page that shows an invitation's address, once.
#[derive(Template)]
#[template(path = "pages/people/invited.html")]
pub struct InvitedPage {
    /// The frame.
    pub frame: Frame,
    /// The address to pass on.
    pub address: String,
    /// The page of the person.
    pub person_href: String,
}

/// Asks whom to invite.
pub async fn show(viewer: Viewer) -> Response {
    let page = InvitePage::of(&viewer, frame(&viewer), &Fields::default());
    viewer.show(&page, &())
}

/// Invites a person and shows the address to pass on.
pub async fn send(
    State(state): State<AppState>,
    viewer: Viewer,
    fields: Fields,
) -> Result<Response, Refused> {
    let invited = match act(&fields) {
        Ok(act) => viewer.perform(&fields, act).await,
        Err(refusal) => Err(refusal),
    };
    match invited {
        Ok(invitation) => {
            let page = InvitedPage {
                frame: Frame { heading: "The invitation is ready".into(), ..frame(&viewer) },
                address: format!("{}/invitation/{}", state.settings.public_address, invitation.secret),
                person_href: format!("/people/{}", invitation.person),
            };
            Ok(viewer.show(&page, &()))
        }
        Err(refusal) => {
            let problems = errors::beside_fields(refusal)?;
            let page = InvitePage::of(&viewer, Frame { problems, ..frame(&viewer) }, &fields);
            Ok(viewer.show_problems(&page, &()))
        }
    }
}

fn act(fields: &Fields) -> Result<InvitePerson, Refusal> {
    Ok(InvitePerson {
        email: fields.text("email").to_owned(),
        name: fields.text("name").to_owned(),
        post: fields.text("post").to_owned(),
        expires_on: fields.maybe_day("expires_on").map_err(|problem| Refusal::Invalid(vec![problem]))?,
    })
}

fn frame(viewer: &Viewer) -> Frame {
    Frame {
        breadcrumbs: breadcrumbs(&[("People", "/people")]),
        sub_navigation: account_navigation(viewer, "/people"),
        audience: Some("The administrator".to_owned()),
        ..viewer.frame("Invite a person", Area::None)
    }
}

impl InvitePage {
    fn of(viewer: &Viewer, frame: Frame, typed: &Fields) -> Self {
        let problems = &frame.problems;
        let email = Input::email("email", "Email address")
            .autocomplete("off")
            .hint("They sign in with it. It cannot be changed later.");
        let expires_on =
            DateInput::new("expires_on", "Last day of the account, for people from outside the council")
                .hint("Leave empty for council staff. For example, 31 3 2027.");
        Self {
            email: input(email, "email", typed, problems),
            name: input(Input::new("name", "Full name").autocomplete("off"), "name", typed, problems),
            post: input(
                Input::new("post", "Post").hint("For example, head of quality assurance."),
                "post",
                typed,
                problems,
            ),
            expires_on: date(expires_on, "expires_on", typed, problems),
            send: Button::submit("Invite"),
            confirm_first: confirm_first(viewer, "invite somebody"),
            frame,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use service::Role;

    #[tokio::test]
    async fn an_invitation_is_shown_once_and_what_was_typed_survives_a_mistake() {
        let trial = Trial::new().await;
        let form = trial.get(Some(Role::Administrator), "/people/new").await;
        assert!(form.body.contains("Confirm it’s you, then invite somebody"));

        let wrong =
            trial.post(Role::Administrator, "/people/new", "email=ada&name=Ada+Okafor&post=Chair").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("value=\"Ada Okafor\""));
        assert!(wrong.body.contains("href=\"#email\""));

        let right = "email=ada%40partner.example&name=Ada+Okafor&post=Chair";
        let invited = trial.post(Role::Administrator, "/people/new", right).await;
        assert_eq!(invited.status, 200);
        let address = invited.body.split("/invitation/").nth(1).and_then(|rest| rest.split('<').next());
        let address = format!("/invitation/{}", address.unwrap());
        let greeting = trial.get(None, &address).await;
        assert!(greeting.body.contains("Ada Okafor"), "{}", greeting.body);
        let list = trial.get(Some(Role::Administrator), "/people").await;
        assert!(list.body.contains("Ada Okafor"));
    }

    #[tokio::test]
    async fn without_both_factors_just_given_an_invitation_is_refused() {
        let trial = Trial::new().await;
        let session = trial.session(Role::Administrator, false).await;
        let form = "form_token=form-token&email=a%40b.example&name=A&post=B";
        let answer = trial.ask("POST", "/people/new", Some(&session), form).await;
        assert_eq!(answer.status, 303);
        assert!(answer.location.starts_with("/step-up"));
    }
}
