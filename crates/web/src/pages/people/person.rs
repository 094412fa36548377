//! One person: account, roles with who granted and approved them, what the administrator may do, what happened.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::words::sentence_case;
use serde::Serialize;
use service::{Action, GrantStatus, Refusal, Role, Service};
use store::PersonState;
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::UserId;

use super::form::{confirm_first, date, input, select};
use super::{Member, grant_tag, members, until};
use crate::components::{
    Button, Choice, Choices, DateInput, Input, Problems, Select, SelectOption, SummaryList, Tag, TagColour,
    Textarea, Timeline,
};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::layout::Frame;
use crate::pages::account::account_navigation;
use crate::pages::records::entry::{EntryView, timeline};
use crate::viewer::{Area, Viewer, breadcrumbs};

/// One person with an account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonView {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Edit version.
    pub version: i64,
    /// Whether the account is stopped.
    pub stopped: bool,
    /// Their roles, newest first.
    pub grants: Vec<GrantView>,
    /// What happened to the account, newest first.
    pub history: Vec<EntryView>,
}

/// One role of a person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GrantView {
    /// Its id.
    pub id: String,
    /// Edit version.
    pub version: i64,
    /// The role.
    pub role: String,
    /// First day, in words.
    pub from: String,
    /// Last day, in words.
    pub to: String,
    /// Who answers for it.
    pub sponsor: String,
    /// What it is for.
    pub purpose: String,
    /// The teams whose children it opens.
    pub teams: Vec<String>,
    /// Who granted it.
    pub granted_by: String,
    /// Who approved it, or that nobody needs to or has.
    pub approved_by: String,
    /// Where it stands: `current`, `ahead`, `expired`, `revoked` or `unapproved`.
    pub status: String,
    /// Whether the viewer may approve it.
    pub to_approve: bool,
    /// Whether the viewer may take it back.
    pub to_revoke: bool,
}

#[derive(Template)]
#[template(path = "pages/people/person.html")]
pub(super) struct PersonPage {
    frame: Frame,
    view: PersonView,
    summary: SummaryList,
    grants: Vec<(GrantView, Tag, Input)>,
    granting: Option<Granting>,
    confirm_to_manage: Option<Button>,
    confirm_to_approve: Option<Button>,
    stopping: Option<(Input, Button)>,
    inviting: Option<(Input, Button)>,
    history: Timeline,
}

/// The form that grants a role.
struct Granting {
    role: Select,
    from_day: DateInput,
    to_day: DateInput,
    sponsor: Input,
    purpose: Input,
    teams: Textarea,
    sealed: Choices,
}

/// Shows one person.
pub async fn show(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let page = page(&viewer, &id, Problems::default(), &Fields::default()).await?;
    Ok(viewer.show(&page, &page.view))
}

/// The page of a person, with what was typed into one of its forms and what is wrong with that.
pub(super) async fn page(
    viewer: &Viewer,
    id: &str,
    problems: Problems,
    typed: &Fields,
) -> Result<PersonPage, Refusal> {
    let everybody = members(viewer).await?;
    let member = UserId::parse(id).and_then(|id| everybody.iter().find(|member| member.person.id == id));
    let member = member.ok_or(Refusal::NotFound)?;
    let name_of = |id: UserId| {
        let known = everybody.iter().find(|other| other.person.id == id);
        known.map_or_else(|| "Headway".to_owned(), |known| known.person.name.clone())
    };
    let history = viewer.service.store.history_of(&viewer.scope, "person", id).await?;
    let view = PersonView {
        history: history.iter().map(|entry| EntryView::of(entry, &name_of)).collect(),
        ..PersonView::of(viewer, member, &name_of)
    };
    Ok(PersonPage::of(viewer, member, view, problems, typed))
}

impl PersonView {
    fn of(viewer: &Viewer, member: &Member, name_of: &impl Fn(UserId) -> String) -> Self {
        let grants = member.grants.iter().rev();
        Self {
            id: member.person.id.to_string(),
            name: member.person.name.clone(),
            version: member.person.version,
            stopped: member.person.state == PersonState::Disabled,
            grants: grants.map(|grant| GrantView::of(viewer, grant, name_of)).collect(),
            history: Vec::new(),
        }
    }
}

impl GrantView {
    fn of(viewer: &Viewer, grant: &store::RoleGrant, name_of: &impl Fn(UserId) -> String) -> Self {
        let status = GrantStatus::of(grant, viewer.service.clock.today());
        let needs_second = Role::parse(&grant.role).is_none_or(Role::needs_approval);
        let own = grant.person == viewer.actor.person || grant.granted_by == Some(viewer.actor.person);
        let over = matches!(status, GrantStatus::Expired | GrantStatus::Revoked);
        Self {
            id: grant.id.to_string(),
            version: grant.version,
            role: sentence_case(&service::role_in_words(grant)),
            from: day_in_words(grant.from_day),
            to: until(grant.to_day),
            sponsor: grant.sponsor.clone(),
            purpose: grant.purpose.clone(),
            teams: grant.teams.clone(),
            granted_by: grant.granted_by.map_or_else(|| "Set up with Headway".to_owned(), name_of),
            approved_by: match (grant.approved_by, needs_second) {
                (Some(person), _) if person != grant.person => name_of(person),
                (Some(_), _) => "Set up with Headway".to_owned(),
                (None, true) => "Nobody yet".to_owned(),
                (None, false) => "This role needs no second person".to_owned(),
            },
            status: status.word().to_owned(),
            to_approve: status == GrantStatus::Unapproved && !own && viewer.may(Action::ApproveGrant),
            to_revoke: !over && viewer.may(Action::ManagePeople),
        }
    }
}

impl PersonPage {
    fn of(viewer: &Viewer, member: &Member, view: PersonView, problems: Problems, typed: &Fields) -> Self {
        let manages = viewer.may(Action::ManagePeople);
        let is_self = member.person.id == viewer.actor.person;
        let today = viewer.service.clock.today();
        let tags = member.grants.iter().rev().map(|grant| grant_tag(GrantStatus::of(grant, today)));
        let revoking = |number: usize| Input::new("revoke_reason", "Reason").id(format!("revoke-{number}"));
        let grants = view.grants.iter().cloned().zip(tags).enumerate();
        let ready = manages && viewer.actor.stepped_up();
        Self {
            summary: summary(member),
            grants: grants.map(|(number, (grant, tag))| (grant, tag, revoking(number))).collect(),
            granting: (ready && !is_self).then(|| Granting::of(&problems, typed)),
            confirm_to_manage: confirm_first(viewer, "change this account").filter(|_| manages),
            confirm_to_approve: confirm_first(viewer, "approve")
                .filter(|_| !manages && view.grants.iter().any(|grant| grant.to_approve)),
            stopping: (ready && !is_self).then(|| stopping(&view, &problems, typed)),
            inviting: (ready && !is_self && !view.stopped).then(|| inviting(&problems, typed)),
            history: timeline(&view.history),
            frame: Frame {
                breadcrumbs: breadcrumbs(&[("People", "/people")]),
                sub_navigation: account_navigation(viewer, "/people"),
                audience: Some("The administrator, the director and the privacy officer".to_owned()),
                problems,
                ..viewer.frame(&view.name, Area::None)
            },
            view,
        }
    }
}

fn summary(member: &Member) -> SummaryList {
    let person = &member.person;
    let colour = match person.state {
        PersonState::Active => TagColour::Green,
        PersonState::Invited => TagColour::Purple,
        PersonState::Disabled => TagColour::Grey,
    };
    let list = SummaryList::new()
        .row("Account", Tag::new(Service::account_word(person)).colour(colour))
        .row("Post", &person.post)
        .row("Email address", &person.email)
        .row("Account ends", until(person.expires_on));
    match person.invitation_until {
        Some(last) if person.state == PersonState::Invited => {
            list.row("Invitation works until", day_in_words(service::london_day(last)))
        }
        _ => list,
    }
}

impl Granting {
    fn of(problems: &Problems, typed: &Fields) -> Self {
        let roles = Role::ALL.into_iter().map(|role| {
            let second = if role.needs_approval() { " (a second person must approve)" } else { "" };
            SelectOption::new(role.name(), format!("{}{second}", role.title()))
        });
        let role = Select::new("role", "Role").option("", "Choose a role").options(roles);
        let to_day = DateInput::new("to_day", "Last day")
            .hint("Leave empty if there is none. Reviewers and inspectors get 14 days then, and 90 at most.");
        let sponsor = Input::new("sponsor", "Who answers for it")
            .hint("The person in the council who asked for this role.");
        Self {
            role: select(role, "role", typed, problems),
            from_day: date(
                DateInput::new("from_day", "First day").hint("Leave empty for today."),
                "from_day",
                typed,
                problems,
            ),
            to_day: date(to_day, "to_day", typed, problems),
            sponsor: input(sponsor, "sponsor", typed, problems),
            purpose: input(Input::new("purpose", "What it is for"), "purpose", typed, problems),
            teams: Textarea::new("teams", "Teams")
                .hint("Only for team managers and heads of service: the teams whose children they see, one a line, as the extracts spell them.")
                .rows(3)
                .value(typed.text("teams"))
                .problem_in(problems),
            sealed: Choices::checkboxes("sealed", "Sealed records")
                .choice_part(
                    Choice::new("yes", "This role opens sealed records for a limited time")
                        .hint("Adoption, exploitation, serious incidents, deprivation of liberty. Only for the director, heads of service and team managers, for a named purpose: 14 days unless a last day is given, and 90 at most."),
                )
                .chosen(typed.text("sealed"))
                .problem_in(problems),
        }
    }
}

fn stopping(view: &PersonView, problems: &Problems, typed: &Fields) -> (Input, Button) {
    let button = if view.stopped {
        Button::submit("Let in again")
    } else {
        Button::submit("Stop this account").destructive()
    };
    (input(Input::new("reason", "Reason"), "reason", typed, problems), button)
}

fn inviting(problems: &Problems, typed: &Fields) -> (Input, Button) {
    let reason =
        Input::new("again_reason", "Reason").hint("For example, a lost phone or a forgotten password.");
    (input(reason, "again_reason", typed, problems), Button::submit("Invite again").secondary())
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use service::Role;

    #[tokio::test]
    async fn a_role_is_granted_by_one_and_approved_by_another() {
        let trial = Trial::new().await;
        let person = Trial::person_in(Role::Adviser);
        let path = format!("/people/{person}");
        let form = "role=performance+analyst&sponsor=The+director&purpose=Scorecard";
        let granted = trial.post(Role::Administrator, &format!("{path}/grant"), form).await;
        assert_eq!(granted.status, 303, "{}", granted.body);
        let seen = trial.get(Some(Role::PrivacyOfficer), &path).await;
        assert!(seen.body.contains("Waiting for approval"));
        assert!(seen.body.contains("Confirm it’s you, then approve"));

        let grants = trial.state.service.store.grants().await.unwrap();
        let waiting =
            grants.iter().find(|grant| grant.approved_by.is_none() && grant.person == person).unwrap();
        let form = format!("grant={}&version={}", waiting.id, waiting.version);
        let approved = trial.post(Role::PrivacyOfficer, &format!("{path}/approve"), &form).await;
        assert_eq!(approved.location, format!("{path}?done=approved"));
        let seen = trial.get(Some(Role::Director), &path).await;
        assert!(!seen.body.contains("Waiting for approval"));
    }

    #[tokio::test]
    async fn a_stopped_account_opens_nothing_from_then_on() {
        let trial = Trial::new().await;
        let session = trial.session(Role::Chair, false).await;
        assert_eq!(trial.ask("GET", "/account", Some(&session), "").await.status, 200);
        let path = format!("/people/{}/switch", Trial::person_in(Role::Chair));
        let stopped = trial.post(Role::Administrator, &path, "version=1&reason=Left&enabled=no").await;
        assert_eq!(stopped.status, 303, "{}", stopped.body);
        let after = trial.ask("GET", "/account", Some(&session), "").await;
        assert!(after.location.starts_with("/sign-in"), "{}", after.status);
    }

    #[tokio::test]
    async fn inviting_again_takes_approvals_back_so_that_no_administrator_inherits_a_role() {
        let trial = Trial::new().await;
        let path = format!("/people/{}", Trial::person_in(Role::Analyst));
        let form = "version=1&again_reason=Lost+phone";
        let invited = trial.post(Role::Administrator, &format!("{path}/invite-again"), form).await;
        assert!(invited.body.contains("/invitation/"));
        let seen = trial.get(Some(Role::Director), &path).await;
        assert!(seen.body.contains("Waiting for approval"));
    }

    #[tokio::test]
    async fn a_person_of_another_council_is_not_found() {
        let trial = Trial::new().await;
        let stranger = vocabulary::id::UserId(999_999);
        let answer = trial.get(Some(Role::Administrator), &format!("/people/{stranger}")).await;
        assert_eq!(answer.status, 404);
    }
}
