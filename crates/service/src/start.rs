//! How an installation starts: its first council and administrator, and how invited people set up their account.

use improvement::register::Council;
use store::{NewLogEntry, Person, PersonState, RoleGrant};
use vocabulary::id::{ActId, CouncilId, GrantId, UserId};

use crate::refusal::{Problems, Refusal};
use crate::role::Role;
use crate::surroundings::hash_of;
use crate::{Service, log, password_problem};

/// A new council and the invitation of its first administrator.
#[derive(Debug)]
pub struct FirstAdministrator {
    /// The council.
    pub council: CouncilId,
    /// The administrator.
    pub person: UserId,
    /// The secret of the invitation's address.
    pub invitation: String,
}

impl Service {
    /// Makes a council and invites its first administrator. Only the command line can, on the machine itself.
    pub async fn found_council(
        &self,
        name: &str,
        contact: &str,
        administrator: (&str, &str),
    ) -> Result<FirstAdministrator, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(name, 120, "name", "the council's name");
        problems.require(administrator.0.contains('@'), "email", "Enter the administrator's e-mail address.");
        problems.refuse_any()?;
        let now = self.clock.now();
        let council =
            Council { id: CouncilId(self.chance.id()?), name: name.trim().into(), contact: contact.into() };
        let secret = self.chance.secret()?;
        let mut person = self.new_person(administrator.0, administrator.1, "System administrator")?;
        person.invitation_hash = Some(hash_of(&secret));
        person.invitation_until = now.checked_add(jiff::SignedDuration::from_hours(168)).ok();
        let mut transaction = self.store.begin().await?;
        let head = transaction.take_log_head().await?;
        if transaction.find_person_by_email(&person.email).await?.is_some() {
            return Err(Refusal::invalid(
                "email",
                "Somebody has an account with this e-mail address already.",
            ));
        }
        transaction.insert_council(&council, now).await?;
        transaction.insert_person(&person).await?;
        transaction.insert_grant(&self.founding_grant(&person, council.id, Role::Administrator)?).await?;
        let entry = self.founding_entry(&council, &person)?;
        log::append(&mut transaction, head, entry, &self.chance).await?;
        log::checkpoint_when_due(&mut transaction, &self.keys, head + 1, now).await?;
        transaction.commit().await?;
        self.note_written(head + 1);
        Ok(FirstAdministrator { council: council.id, person: person.id, invitation: secret })
    }

    /// A person ready to be inserted, invited and without factors.
    pub fn new_person(&self, email: &str, name: &str, post: &str) -> Result<Person, Refusal> {
        Ok(Person {
            id: UserId(self.chance.id()?),
            email: email.trim().to_lowercase(),
            name: name.trim().to_owned(),
            post: post.trim().to_owned(),
            password_hash: None,
            totp_secret: None,
            totp_last_step: 0,
            state: PersonState::Invited,
            expires_on: None,
            invitation_hash: None,
            invitation_until: None,
            version: 1,
            recorded_at: self.clock.now(),
        })
    }

    /// A grant that counts at once, for the founding of a council and for the demonstration.
    pub fn founding_grant(
        &self,
        person: &Person,
        council: CouncilId,
        role: Role,
    ) -> Result<RoleGrant, Refusal> {
        Ok(RoleGrant {
            id: GrantId(self.chance.id()?),
            person: person.id,
            council,
            role: role.name().to_owned(),
            from_day: self.clock.today(),
            to_day: None,
            sponsor: "The council".into(),
            purpose: "Setting Headway up".into(),
            teams: Vec::new(),
            sealed: false,
            granted_by: None,
            approved_by: Some(person.id),
            revoked_at: None,
            version: 1,
            recorded_at: self.clock.now(),
        })
    }

    fn founding_entry(&self, council: &Council, person: &Person) -> Result<NewLogEntry, Refusal> {
        let now = self.clock.now();
        Ok(NewLogEntry {
            act: ActId(self.chance.id()?),
            kind: "found-council".into(),
            council: Some(council.id),
            person: None,
            role: "command line".into(),
            thing: "council".into(),
            thing_id: council.id.to_string(),
            summary: format!("Set up {} with a first administrator", council.name),
            detail: serde_json::json!({ "administrator": person.id }).to_string(),
            happened_at: now,
            recorded_at: now,
        })
    }

    /// The person an invitation's secret was made for, while it works.
    pub async fn invited(&self, secret: &str) -> Result<Person, Refusal> {
        let mut transaction = self.store.snapshot().await?;
        let person = transaction.find_person_by_invitation(&hash_of(secret)).await?;
        let now = self.clock.now();
        person
            .filter(|person| person.state == PersonState::Invited)
            .filter(|person| person.invitation_until.is_some_and(|until| now <= until))
            .ok_or(Refusal::NotFound)
    }

    /// Makes the authenticator secret that an invited person takes over into their app. Each call makes a new one, so
    /// that whoever opened the invitation before them knows nothing that counts.
    pub async fn prepare_second_factor(&self, secret: &str) -> Result<Vec<u8>, Refusal> {
        let person = self.invited(secret).await?;
        let totp_secret = self.chance.bytes::<20>()?.to_vec();
        let mut transaction = self.store.begin().await?;
        let mut person = transaction.find_person(person.id).await?.ok_or(Refusal::NotFound)?;
        person.totp_secret = Some(self.keys.seal(&self.chance, &totp_secret)?);
        transaction.update_person(&mut person).await?;
        transaction.commit().await?;
        Ok(totp_secret)
    }

    /// The authenticator secret made last for an invitation, to show again beside a form with problems.
    pub async fn prepared_second_factor(&self, secret: &str) -> Result<Vec<u8>, Refusal> {
        let person = self.invited(secret).await?;
        let sealed = person.totp_secret.ok_or(Refusal::NotFound)?;
        self.keys.open_sealed(&sealed)
    }

    /// Sets the password of an invited person, proves the second factor by a first code, and opens the account.
    pub async fn accept_invitation(
        &self,
        secret: &str,
        password: &str,
        code: &str,
        source: &str,
    ) -> Result<UserId, Refusal> {
        let person = self.invited(secret).await?;
        if let Some(message) = password_problem(password, &person) {
            return Err(Refusal::invalid("password", message));
        }
        let step = self.totp_step(&person, code, self.clock.now())?.ok_or_else(|| {
            Refusal::invalid(
                "code",
                "The code is not right. Enter the code that your authenticator app shows now.",
            )
        })?;
        let hash = self.hash_password(password.to_owned()).await?;
        let mut transaction = self.store.begin().await?;
        let mut person = transaction.find_person(person.id).await?.ok_or(Refusal::NotFound)?;
        if person.state != PersonState::Invited {
            return Err(Refusal::NotFound);
        }
        person.password_hash = Some(hash);
        person.state = PersonState::Active;
        person.invitation_hash = None;
        person.invitation_until = None;
        transaction.update_person(&mut person).await?;
        transaction.use_totp_step(person.id, step).await?;
        let grants = transaction.grants_of(person.id).await?;
        let entry = store::AccessEntry {
            at: self.clock.now(),
            person: Some(person.id),
            role: String::new(),
            council: grants.first().map(|grant| grant.council),
            what: "account-opened".into(),
            route: "/invitation".into(),
            thing: String::new(),
            source: source.to_owned(),
            request_id: String::new(),
        };
        transaction.record_access(&entry).await?;
        transaction.commit().await?;
        Ok(person.id)
    }

    /// Changes a person's own password after checking the present one; their other sessions end.
    pub async fn change_password(
        &self,
        open: &store::OpenSession,
        present: &str,
        new: &str,
        source: &str,
    ) -> Result<(), Refusal> {
        if !self.own_password_is_right(open, present, source).await? {
            return Err(Refusal::invalid("present", "The present password is not right."));
        }
        if let Some(message) = password_problem(new, &open.person) {
            return Err(Refusal::invalid("new", message));
        }
        let hash = self.hash_password(new.to_owned()).await?;
        let mut transaction = self.store.begin().await?;
        let mut person = transaction.find_person(open.person.id).await?.ok_or(Refusal::SignedOut)?;
        person.password_hash = Some(hash);
        transaction.update_person(&mut person).await?;
        transaction.end_sessions_of(person.id, self.clock.now()).await?;
        transaction.commit().await?;
        self.sessions.forget_all();
        Ok(())
    }

    /// An account for the demonstration: active, with given factors and grants.
    pub async fn demonstration_account(
        &self,
        person: &mut Person,
        (password, totp_secret): (&str, &[u8]),
        grants: &[RoleGrant],
    ) -> Result<(), Refusal> {
        person.password_hash = Some(self.hash_password(password.to_owned()).await?);
        person.totp_secret = Some(self.keys.seal(&self.chance, totp_secret)?);
        person.state = PersonState::Active;
        let mut transaction = self.store.begin().await?;
        transaction.insert_person(person).await?;
        for grant in grants {
            transaction.insert_grant(grant).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
