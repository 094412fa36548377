//! People with accounts, and the dated grants of their roles.

use jiff::Timestamp;
use jiff::civil::Date;
use vocabulary::id::{CouncilId, GrantId, UserId};

use crate::engine::{Store, Transaction};
use crate::scope::Scope;
use crate::statement::statements;
use crate::{Row, StoreError};

statements! {
    INSERT_PERSON = "INSERT INTO person (id, email, name, post, password_hash, totp_secret, state, expires_on, invitation_hash, \
        invitation_until, version, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    UPDATE_PERSON = "UPDATE person SET email = $1, name = $2, post = $3, password_hash = $4, totp_secret = $5, state = $6, \
        expires_on = $7, invitation_hash = $8, invitation_until = $9, version = version + 1 WHERE id = $10 AND version = $11";
    USE_TOTP_STEP = "UPDATE person SET totp_last_step = $1 WHERE id = $2 AND totp_last_step < $1";
    FIND_PERSON = "SELECT * FROM person WHERE id = $1";
    FIND_PERSON_BY_EMAIL = "SELECT * FROM person WHERE email = $1";
    FIND_PERSON_BY_INVITATION = "SELECT * FROM person WHERE invitation_hash = $1";
    LIST_PEOPLE = "SELECT * FROM person ORDER BY name";
    LIST_NAMES = "SELECT id, name FROM person WHERE id IN (SELECT person FROM role_grant WHERE council = $1)";
    INSERT_GRANT = "INSERT INTO role_grant (id, person, council, role, from_day, to_day, sponsor, purpose, granted_by, \
        approved_by, revoked_at, version, recorded_at, teams, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    UPDATE_GRANT = "UPDATE role_grant SET to_day = $1, approved_by = $2, revoked_at = $3, version = version + 1 \
        WHERE id = $4 AND version = $5";
    FIND_GRANT = "SELECT * FROM role_grant WHERE id = $1";
    LIST_GRANTS = "SELECT * FROM role_grant ORDER BY recorded_at, id";
    LIST_GRANTS_OF_PERSON = "SELECT * FROM role_grant WHERE person = $1 ORDER BY recorded_at, id";
}

/// Whether an account may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonState {
    /// Invited; has not set a password and a second factor yet.
    Invited,
    /// In use.
    Active,
    /// Stopped; nothing gets in.
    Disabled,
}

impl PersonState {
    /// The state as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Invited, Self::Active, Self::Disabled].into_iter().find(|state| state.as_str() == text)
    }
}

/// A person with an account.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their id.
    pub id: UserId,
    /// Their e-mail address, lower case; also the sign-in name.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their post ("Director of children's services").
    pub post: String,
    /// Argon2id in PHC form; none while invited.
    pub password_hash: Option<String>,
    /// The sealed secret of the authenticator application.
    pub totp_secret: Option<Vec<u8>>,
    /// The last time step a code was accepted for, so that a code works once.
    pub totp_last_step: i64,
    /// Whether the account may be used.
    pub state: PersonState,
    /// The last day the account works.
    pub expires_on: Option<Date>,
    /// SHA-256 of the invitation's secret, in hexadecimal.
    pub invitation_hash: Option<String>,
    /// Until when the invitation works.
    pub invitation_until: Option<Timestamp>,
    /// Edit version.
    pub version: i64,
    /// When the account was made.
    pub recorded_at: Timestamp,
}

/// A role that a person has in a council between two days.
#[derive(Clone, Debug)]
pub struct RoleGrant {
    /// Its id.
    pub id: GrantId,
    /// The person.
    pub person: UserId,
    /// The council.
    pub council: CouncilId,
    /// The role, as the access policies name it.
    pub role: String,
    /// First day.
    pub from_day: Date,
    /// Last day.
    pub to_day: Option<Date>,
    /// Who answers for it.
    pub sponsor: String,
    /// What it is for.
    pub purpose: String,
    /// The teams whose children it opens, by their names in the extracts; none for a role that is not for teams.
    pub teams: Vec<String>,
    /// Whether it opens sealed records of those children (class C5).
    pub sealed: bool,
    /// Who granted it; none for the first administrator.
    pub granted_by: Option<UserId>,
    /// The second person, where the role needs one.
    pub approved_by: Option<UserId>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
    /// Edit version.
    pub version: i64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

impl Transaction {
    /// Inserts a person; the e-mail address must be new.
    pub async fn insert_person(&mut self, person: &Person) -> Result<(), StoreError> {
        let values = [
            person.id.into(),
            person.email.as_str().into(),
            person.name.as_str().into(),
            person.post.as_str().into(),
            person.password_hash.clone().into(),
            person.totp_secret.clone().into(),
            person.state.as_str().into(),
            person.expires_on.into(),
            person.invitation_hash.clone().into(),
            person.invitation_until.into(),
            person.version.into(),
            person.recorded_at.into(),
        ];
        self.execute(&INSERT_PERSON, &values).await.map(drop)
    }

    /// Writes a person back if nobody else has since.
    pub async fn update_person(&mut self, person: &mut Person) -> Result<(), StoreError> {
        let values = [
            person.email.as_str().into(),
            person.name.as_str().into(),
            person.post.as_str().into(),
            person.password_hash.clone().into(),
            person.totp_secret.clone().into(),
            person.state.as_str().into(),
            person.expires_on.into(),
            person.invitation_hash.clone().into(),
            person.invitation_until.into(),
            person.id.into(),
            person.version.into(),
        ];
        if self.execute(&UPDATE_PERSON, &values).await? == 1 {
            person.version += 1;
            Ok(())
        } else {
            Err(StoreError::Conflict { thing: "person" })
        }
    }

    /// Spends a time step of a person's authenticator; false when it was spent before.
    pub async fn use_totp_step(&mut self, person: UserId, step: i64) -> Result<bool, StoreError> {
        Ok(self.execute(&USE_TOTP_STEP, &[step.into(), person.into()]).await? == 1)
    }

    /// The person with this id.
    pub async fn find_person(&mut self, id: UserId) -> Result<Option<Person>, StoreError> {
        self.row(&FIND_PERSON, &[id.into()]).await?.as_ref().map(read_person).transpose()
    }

    /// The person with this e-mail address (lower case).
    pub async fn find_person_by_email(&mut self, email: &str) -> Result<Option<Person>, StoreError> {
        self.row(&FIND_PERSON_BY_EMAIL, &[email.into()]).await?.as_ref().map(read_person).transpose()
    }

    /// The person an invitation was sent to.
    pub async fn find_person_by_invitation(&mut self, hash: &str) -> Result<Option<Person>, StoreError> {
        self.row(&FIND_PERSON_BY_INVITATION, &[hash.into()]).await?.as_ref().map(read_person).transpose()
    }

    /// The names of everybody who has or had a role in the council.
    pub async fn names(&mut self, scope: &Scope) -> Result<Vec<(UserId, String)>, StoreError> {
        let rows = self.rows(&LIST_NAMES, &[scope.council().into()]).await?;
        rows.iter().map(|row| Ok((row.id("id", UserId::parse)?, row.text("name")?))).collect()
    }

    /// Inserts a grant.
    pub async fn insert_grant(&mut self, grant: &RoleGrant) -> Result<(), StoreError> {
        let teams = serde_json::to_string(&grant.teams)
            .map_err(|source| StoreError::Json { column: "teams".into(), source })?;
        let values = [
            grant.id.into(),
            grant.person.into(),
            grant.council.into(),
            grant.role.as_str().into(),
            grant.from_day.into(),
            grant.to_day.into(),
            grant.sponsor.as_str().into(),
            grant.purpose.as_str().into(),
            grant.granted_by.into(),
            grant.approved_by.into(),
            grant.revoked_at.into(),
            grant.version.into(),
            grant.recorded_at.into(),
            teams.into(),
            grant.sealed.into(),
        ];
        self.execute(&INSERT_GRANT, &values).await.map(drop)
    }

    /// Writes a grant's end, approval or revocation if nobody else has since.
    pub async fn update_grant(&mut self, grant: &mut RoleGrant) -> Result<(), StoreError> {
        let values = [
            grant.to_day.into(),
            grant.approved_by.into(),
            grant.revoked_at.into(),
            grant.id.into(),
            grant.version.into(),
        ];
        if self.execute(&UPDATE_GRANT, &values).await? == 1 {
            grant.version += 1;
            Ok(())
        } else {
            Err(StoreError::Conflict { thing: "role grant" })
        }
    }

    /// The grant with this id.
    pub async fn find_grant(&mut self, id: GrantId) -> Result<Option<RoleGrant>, StoreError> {
        self.row(&FIND_GRANT, &[id.into()]).await?.as_ref().map(read_grant).transpose()
    }

    /// Every grant a person has or had.
    pub async fn grants_of(&mut self, person: UserId) -> Result<Vec<RoleGrant>, StoreError> {
        self.rows(&LIST_GRANTS_OF_PERSON, &[person.into()]).await?.iter().map(read_grant).collect()
    }
}

impl Store {
    /// Everybody with an account, by name.
    pub async fn people(&self) -> Result<Vec<Person>, StoreError> {
        self.rows(&LIST_PEOPLE, &[]).await?.iter().map(read_person).collect()
    }

    /// Every grant, oldest first.
    pub async fn grants(&self) -> Result<Vec<RoleGrant>, StoreError> {
        self.rows(&LIST_GRANTS, &[]).await?.iter().map(read_grant).collect()
    }
}

pub(crate) fn read_person(row: &Row) -> Result<Person, StoreError> {
    Ok(Person {
        id: row.id("id", UserId::parse)?,
        email: row.text("email")?,
        name: row.text("name")?,
        post: row.text("post")?,
        password_hash: row.maybe_text("password_hash")?,
        totp_secret: row.maybe_bytes("totp_secret")?,
        totp_last_step: row.integer("totp_last_step")?,
        state: row.id("state", PersonState::parse)?,
        expires_on: row.maybe_day("expires_on")?,
        invitation_hash: row.maybe_text("invitation_hash")?,
        invitation_until: row.maybe_instant("invitation_until")?,
        version: row.integer("version")?,
        recorded_at: row.instant("recorded_at")?,
    })
}

pub(crate) fn read_grant(row: &Row) -> Result<RoleGrant, StoreError> {
    Ok(RoleGrant {
        id: row.id("id", GrantId::parse)?,
        person: row.id("person", UserId::parse)?,
        council: row.id("council", CouncilId::parse)?,
        role: row.text("role")?,
        from_day: row.day("from_day")?,
        to_day: row.maybe_day("to_day")?,
        sponsor: row.text("sponsor")?,
        purpose: row.text("purpose")?,
        teams: row.json("teams")?,
        sealed: row.flag("sealed")?,
        granted_by: row.maybe_id("granted_by", UserId::parse)?,
        approved_by: row.maybe_id("approved_by", UserId::parse)?,
        revoked_at: row.maybe_instant("revoked_at")?,
        version: row.integer("version")?,
        recorded_at: row.instant("recorded_at")?,
    })
}
