//! Accounts and roles. Nobody grants a role above their own alone: a role that opens more than the programme counts only
//! when a second person approved it.

use improvement::register::Council;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use serde::Serialize;
use serde_json::json;
use store::{Person, PersonState, RoleGrant};
use vocabulary::id::{GrantId, UserId};

use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};
use crate::role::{Role, role_in_words};
use crate::surroundings::hash_of;

/// Sealed records are open for this many days at most.
const LONGEST_SEALED_DAYS: i32 = 90;

/// An invitation works this long.
const INVITATION_LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Invites a person. The outcome is the secret of the invitation's address, shown once to whoever invited them.
#[derive(Debug, Serialize)]
pub struct InvitePerson {
    /// Their e-mail address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their post.
    pub post: String,
    /// The last day the account works, for people from outside.
    pub expires_on: Option<Date>,
}

/// What whoever invited a person passes on.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
pub struct Invitation {
    /// The new account.
    pub person: UserId,
    /// The secret of the invitation's address.
    pub secret: String,
}

impl Act for InvitePerson {
    const KIND: &'static str = "invite-person";
    const ACTION: Action = Action::ManagePeople;
    type Outcome = Invitation;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<Invitation>, Refusal> {
        let email = self.email.trim().to_lowercase();
        let mut problems = Problems::default();
        let plausible = email.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !email.contains(char::is_whitespace)
        });
        problems.require(
            plausible && email.len() <= 254,
            "email",
            "Enter an e-mail address, such as name@council.gov.uk.",
        );
        problems.require_text(&self.name, 120, "name", "a name");
        problems.require_text(&self.post, 120, "post", "a post");
        problems.require(
            self.expires_on.is_none_or(|last| last >= performing.today),
            "expires_on",
            "Enter today or a later day.",
        );
        problems.refuse_any()?;
        if performing.transaction.find_person_by_email(&email).await?.is_some() {
            return Err(Refusal::invalid("email", "Somebody has an account with this address already."));
        }
        let secret = performing.chance.secret()?;
        let person = Person {
            id: UserId(performing.chance.id()?),
            email,
            name: self.name.trim().to_owned(),
            post: self.post.trim().to_owned(),
            password_hash: None,
            totp_secret: None,
            totp_last_step: 0,
            state: PersonState::Invited,
            expires_on: self.expires_on,
            invitation_hash: Some(hash_of(&secret)),
            invitation_until: performing.now.checked_add(INVITATION_LASTS).ok(),
            version: 1,
            recorded_at: performing.now,
        };
        performing.transaction.insert_person(&person).await?;
        Ok(Applied {
            outcome: Invitation { person: person.id, secret },
            thing: "person",
            thing_id: person.id.to_string(),
            summary: format!("Invited {}", person.name),
            detail: json!({ "post": person.post, "expires_on": person.expires_on }),
            happened_on: None,
        })
    }
}

/// Invites a person again: the old password and authenticator stop, and so do roles that a second person approved,
/// until they are approved again. Otherwise whoever holds the new address would hold those roles.
#[derive(Debug, Serialize)]
pub struct InviteAgain {
    /// The person.
    pub person: UserId,
    /// The version the administrator saw.
    pub version: i64,
    /// Why.
    pub reason: String,
}

impl Act for InviteAgain {
    const KIND: &'static str = "invite-again";
    const ACTION: Action = Action::ManagePeople;
    type Outcome = Invitation;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<Invitation>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.reason, 300, "again_reason", "the reason");
        problems.refuse_any()?;
        let mut person = person_of_council(performing, self.person).await?;
        only_of_council(performing, &person).await?;
        if person.version != self.version {
            return Err(Refusal::Conflict { thing: "This account".into() });
        }
        if person.id == performing.actor.person {
            return Err(Refusal::Separation("You cannot invite yourself again: ask another administrator."));
        }
        if person.state == PersonState::Disabled {
            return Err(Refusal::invalid(
                "again_reason",
                "Let the account in first, then invite the person again.",
            ));
        }
        let secret = performing.chance.secret()?;
        person.password_hash = None;
        person.totp_secret = None;
        person.state = PersonState::Invited;
        person.invitation_hash = Some(hash_of(&secret));
        person.invitation_until = performing.now.checked_add(INVITATION_LASTS).ok();
        performing.transaction.update_person(&mut person).await?;
        performing.transaction.end_sessions_of(person.id, performing.now).await?;
        let withdrawn = withdraw_approvals(performing, person.id).await?;
        Ok(Applied {
            outcome: Invitation { person: person.id, secret },
            thing: "person",
            thing_id: person.id.to_string(),
            summary: format!("Invited {} again", person.name),
            detail: json!({ "reason": self.reason, "roles_to_approve_again": withdrawn }),
            happened_on: None,
        })
    }
}

/// Takes the second person's approval off every grant that needs one; gives the roles.
async fn withdraw_approvals(performing: &mut Performing<'_>, person: UserId) -> Result<Vec<String>, Refusal> {
    let mut withdrawn = Vec::new();
    for mut grant in performing.transaction.grants_of(person).await? {
        let needed = Role::parse(&grant.role).is_none_or(Role::needs_approval);
        if needed && grant.approved_by.is_some() && grant.revoked_at.is_none() {
            grant.approved_by = None;
            performing.transaction.update_grant(&mut grant).await?;
            withdrawn.push(grant.role);
        }
    }
    Ok(withdrawn)
}

/// Stops an account: its sessions end at once. Or lets it in again.
#[derive(Debug, Serialize)]
pub struct SwitchAccount {
    /// The person.
    pub person: UserId,
    /// The version the administrator saw.
    pub version: i64,
    /// Whether the account works from now on.
    pub enabled: bool,
    /// Why.
    pub reason: String,
}

impl Act for SwitchAccount {
    const KIND: &'static str = "switch-account";
    const ACTION: Action = Action::ManagePeople;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.reason, 300, "reason", "the reason");
        problems.refuse_any()?;
        let mut person = person_of_council(performing, self.person).await?;
        only_of_council(performing, &person).await?;
        if person.version != self.version {
            return Err(Refusal::Conflict { thing: "This account".into() });
        }
        if person.id == performing.actor.person {
            return Err(Refusal::Separation("You cannot stop your own account: ask another administrator."));
        }
        person.state = match (self.enabled, person.password_hash.is_some()) {
            (false, _) => PersonState::Disabled,
            (true, true) => PersonState::Active,
            (true, false) => PersonState::Invited,
        };
        performing.transaction.update_person(&mut person).await?;
        if !self.enabled {
            performing.transaction.end_sessions_of(person.id, performing.now).await?;
        }
        let verb = if self.enabled { "Let in" } else { "Stopped" };
        Ok(Applied {
            outcome: (),
            thing: "person",
            thing_id: person.id.to_string(),
            summary: format!("{verb} the account of {}", person.name),
            detail: json!({ "enabled": self.enabled, "reason": self.reason }),
            happened_on: None,
        })
    }
}

/// Grants a role between two days.
#[derive(Debug, Serialize)]
pub struct GrantRole {
    /// The person.
    pub person: UserId,
    /// The role.
    pub role: String,
    /// First day.
    pub from_day: Date,
    /// Last day.
    pub to_day: Option<Date>,
    /// Who answers for it.
    pub sponsor: String,
    /// What it is for.
    pub purpose: String,
    /// The teams whose children it opens, for a role that is for teams.
    pub teams: Vec<String>,
    /// Whether it opens sealed records of the children it is for: only for a time, and approved by a second person.
    pub sealed: bool,
}

impl Act for GrantRole {
    const KIND: &'static str = "grant-role";
    const ACTION: Action = Action::ManagePeople;
    type Outcome = GrantId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<GrantId>, Refusal> {
        let role = Role::parse(&self.role);
        let mut problems = Problems::default();
        problems.require(role.is_some(), "role", "Choose a role.");
        problems.require_text(&self.sponsor, 120, "sponsor", "who answers for this role");
        problems.require_text(&self.purpose, 300, "purpose", "what it is for");
        problems.require(
            self.to_day.is_none_or(|to| to >= self.from_day),
            "to_day",
            "Enter a day on or after the first.",
        );
        let (to_day, too_long) = limited(role, self.sealed, self.from_day, self.to_day);
        problems.require(
            !too_long,
            "to_day",
            "Enter a last day within 90 days: this role is for a limited time, for the purpose that you name.",
        );
        problems.require(
            !self.sealed || role.is_some_and(Role::may_open_sealed),
            "sealed",
            "Leave this empty: this role never opens sealed records of children.",
        );
        let for_teams = role.is_some_and(Role::is_for_teams);
        problems.require(
            for_teams || self.teams.is_empty(),
            "teams",
            "Leave the teams empty: this role is not for single teams.",
        );
        problems.require(
            !for_teams || !self.teams.is_empty(),
            "teams",
            "Enter at least one team: this role sees the children of the teams it is for.",
        );
        problems.refuse_any()?;
        let person = person_of_council(performing, self.person).await?;
        if person.id == performing.actor.person {
            return Err(Refusal::Separation(
                "You cannot grant a role to yourself: ask another administrator.",
            ));
        }
        let grant = RoleGrant {
            id: GrantId(performing.chance.id()?),
            person: person.id,
            council: performing.actor.council,
            role: self.role.clone(),
            from_day: self.from_day,
            to_day,
            sponsor: self.sponsor.trim().to_owned(),
            purpose: self.purpose.trim().to_owned(),
            teams: self.teams,
            sealed: self.sealed,
            granted_by: Some(performing.actor.person),
            approved_by: None,
            revoked_at: None,
            version: 1,
            recorded_at: performing.now,
        };
        performing.transaction.insert_grant(&grant).await?;
        Ok(Applied {
            outcome: grant.id,
            thing: "person",
            thing_id: person.id.to_string(),
            summary: format!("Granted {} the role {}", person.name, role_in_words(&grant)),
            detail: json!({ "grant": grant.id, "from": grant.from_day, "to": grant.to_day, "purpose": grant.purpose, "teams": grant.teams, "sealed": grant.sealed }),
            happened_on: None,
        })
    }
}

/// Reviewers and inspectors come, and sealed records are opened, for 14 days unless a day is given, and for 90 at most.
fn limited(role: Option<Role>, sealed: bool, from: Date, to: Option<Date>) -> (Option<Date>, bool) {
    let longest = role.and_then(Role::longest_grant_days).or(sealed.then_some(LONGEST_SEALED_DAYS));
    let Some(longest) = longest else { return (to, false) };
    let last = from.checked_add(longest.days()).unwrap_or(Date::MAX);
    let to = to.or_else(|| from.checked_add(14.days()).ok());
    (to, to.is_some_and(|to| to > last))
}

/// Approves a grant as the second person.
#[derive(Debug, Serialize)]
pub struct ApproveGrant {
    /// The grant.
    pub grant: GrantId,
    /// The version the person saw.
    pub version: i64,
}

impl Act for ApproveGrant {
    const KIND: &'static str = "approve-grant";
    const ACTION: Action = Action::ApproveGrant;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut grant = seen_grant(performing, self.grant, self.version).await?;
        let actor = performing.actor.person;
        if grant.granted_by == Some(actor) || grant.person == actor {
            return Err(Refusal::Separation(
                "You granted this role, or it is yours, so somebody else must approve it.",
            ));
        }
        if grant.approved_by.is_some() || grant.revoked_at.is_some() {
            return Err(Refusal::invalid("", "This role was approved or taken back already."));
        }
        grant.approved_by = Some(actor);
        performing.transaction.update_grant(&mut grant).await?;
        Ok(Applied {
            outcome: (),
            thing: "person",
            thing_id: grant.person.to_string(),
            summary: format!("Approved the role {}", role_in_words(&grant)),
            detail: json!({ "grant": grant.id }),
            happened_on: None,
        })
    }
}

/// Takes a role back at once.
#[derive(Debug, Serialize)]
pub struct RevokeGrant {
    /// The grant.
    pub grant: GrantId,
    /// The version the person saw.
    pub version: i64,
    /// Why.
    pub reason: String,
}

impl Act for RevokeGrant {
    const KIND: &'static str = "revoke-grant";
    const ACTION: Action = Action::ManagePeople;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut grant = seen_grant(performing, self.grant, self.version).await?;
        grant.revoked_at = Some(performing.now);
        performing.transaction.update_grant(&mut grant).await?;
        performing.transaction.end_sessions_under(grant.id, performing.now).await?;
        Ok(Applied {
            outcome: (),
            thing: "person",
            thing_id: grant.person.to_string(),
            summary: format!("Took back the role {}", role_in_words(&grant)),
            detail: json!({ "grant": grant.id, "reason": self.reason }),
            happened_on: None,
        })
    }
}

/// The grant, if it is in the actor's council and as they saw it.
/// A person who has or had a role in the actor's council, or was invited from it and has no role anywhere.
pub(super) async fn person_of_council(
    performing: &mut Performing<'_>,
    id: UserId,
) -> Result<Person, Refusal> {
    let person = performing.transaction.find_person(id).await?.ok_or(Refusal::NotFound)?;
    let grants = performing.transaction.grants_of(id).await?;
    let belongs = match grants.is_empty() {
        false => grants.iter().any(|grant| grant.council == performing.actor.council),
        true => {
            let store = &performing.service().store;
            !store.history_of(performing.scope, "person", &id.to_string()).await?.is_empty()
        }
    };
    if belongs { Ok(person) } else { Err(Refusal::NotFound) }
}

/// One council doesn't stop or take over an account that works for another: it takes back its own roles.
async fn only_of_council(performing: &mut Performing<'_>, person: &Person) -> Result<(), Refusal> {
    let grants = performing.transaction.grants_of(person.id).await?;
    let elsewhere =
        grants.iter().any(|grant| grant.council != performing.actor.council && grant.revoked_at.is_none());
    if elsewhere {
        return Err(Refusal::Separation(
            "This account works for another council too, so it cannot be changed from here. Take back its roles in this council instead.",
        ));
    }
    Ok(())
}

async fn seen_grant(
    performing: &mut Performing<'_>,
    id: GrantId,
    version: i64,
) -> Result<RoleGrant, Refusal> {
    let grant = performing.transaction.find_grant(id).await?;
    let grant = grant.filter(|grant| grant.council == performing.actor.council).ok_or(Refusal::NotFound)?;
    if grant.version == version { Ok(grant) } else { Err(Refusal::Conflict { thing: "This role".into() }) }
}

/// Changes the council's name and the contact printed in its statements.
#[derive(Debug, Serialize)]
pub struct ChangeCouncil {
    /// The name.
    pub name: String,
    /// Whom to ask about accessibility and privacy.
    pub contact: String,
}

impl Act for ChangeCouncil {
    const KIND: &'static str = "change-council";
    const ACTION: Action = Action::ChangeCouncil;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.name, 120, "name", "the council's name");
        problems.require_text(&self.contact, 300, "contact", "whom to ask");
        problems.refuse_any()?;
        let council = Council {
            id: performing.actor.council,
            name: self.name.trim().to_owned(),
            contact: self.contact.trim().to_owned(),
        };
        performing.transaction.update_council(&council).await?;
        Ok(Applied {
            outcome: (),
            thing: "council",
            thing_id: council.id.to_string(),
            summary: "Changed the council's settings".into(),
            detail: json!({ "name": council.name, "contact": council.contact }),
            happened_on: None,
        })
    }
}
