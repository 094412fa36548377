//! Sessions and sign-in attempts. A session's token is never stored, only its hash.

use jiff::Timestamp;
use vocabulary::id::{GrantId, SessionId, UserId};

use crate::StoreError;
use crate::engine::{Store, Transaction};
use crate::person::{Person, RoleGrant, read_grant, read_person};
use crate::statement::statements;

statements! {
    INSERT_SESSION = "INSERT INTO session (token_hash, id, person, role_grant, confirmed, csrf, source, created_at, seen_at, \
        stepped_up_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    FIND_SESSION = "SELECT s.*, (SELECT size FROM log_head) AS generation FROM session s \
        WHERE s.token_hash = $1 AND s.ended_at IS NULL";
    TOUCH_SESSION = "UPDATE session SET seen_at = $1 WHERE id = $2 AND seen_at < $1";
    CHOOSE_GRANT = "UPDATE session SET role_grant = $1 WHERE id = $2 AND ended_at IS NULL";
    END_SESSION = "UPDATE session SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
    END_SESSIONS_OF_PERSON = "UPDATE session SET ended_at = $1 WHERE person = $2 AND ended_at IS NULL";
    END_SESSIONS_OF_GRANT = "UPDATE session SET ended_at = $1 WHERE role_grant = $2 AND ended_at IS NULL";
    FIND_SESSION_PERSON = "SELECT * FROM person WHERE id = $1";
    LIST_SESSION_GRANTS = "SELECT * FROM role_grant WHERE person = $1 ORDER BY recorded_at, id";
    INSERT_ATTEMPT = "INSERT INTO sign_in_attempt (account_hash, source, at, succeeded) VALUES ($1, $2, $3, $4)";
    COUNT_FAILURES_OF_ACCOUNT = "SELECT COUNT(*) AS failures FROM sign_in_attempt WHERE account_hash = $1 AND source = $2 \
        AND at > $3 AND NOT succeeded";
    COUNT_FAILURES_OF_SOURCE = "SELECT COUNT(*) AS failures FROM sign_in_attempt WHERE source = $1 AND at > $2 AND NOT succeeded";
    FORGET_ATTEMPTS = "DELETE FROM sign_in_attempt WHERE at < $1";
}

/// A session to store.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// SHA-256 of the token, in hexadecimal.
    pub token_hash: String,
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub person: UserId,
    /// The grant its owner acts under.
    pub role_grant: Option<GrantId>,
    /// Whether the second factor was given; until then it opens nothing.
    pub confirmed: bool,
    /// The token that forms carry.
    pub csrf: String,
    /// Where it came from.
    pub source: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When its owner last gave both factors.
    pub stepped_up_at: Option<Timestamp>,
}

/// An open session, with its owner and their grants as they stand now.
#[derive(Clone, Debug)]
pub struct OpenSession {
    /// The session.
    pub session: SessionRow,
    /// Its owner.
    pub person: Person,
    /// All grants of the owner.
    pub grants: Vec<RoleGrant>,
    /// The size of the log: everything read under the same size is current.
    pub generation: i64,
}

impl Transaction {
    /// Inserts a session.
    pub async fn insert_session(&mut self, session: &SessionRow) -> Result<(), StoreError> {
        let values = [
            session.token_hash.as_str().into(),
            session.id.into(),
            session.person.into(),
            session.role_grant.into(),
            session.confirmed.into(),
            session.csrf.as_str().into(),
            session.source.as_str().into(),
            session.created_at.into(),
            session.seen_at.into(),
            session.stepped_up_at.into(),
            crate::Value::Instant(None),
        ];
        self.execute(&INSERT_SESSION, &values).await.map(drop)
    }

    /// Notes that a session was used.
    pub async fn touch_session(&mut self, session: SessionId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(&TOUCH_SESSION, &[at.into(), session.into()]).await.map(drop)
    }

    /// Changes the grant a session acts under.
    pub async fn choose_grant(&mut self, session: SessionId, grant: GrantId) -> Result<(), StoreError> {
        self.execute(&CHOOSE_GRANT, &[grant.into(), session.into()]).await.map(drop)
    }

    /// Ends a session.
    pub async fn end_session(&mut self, session: SessionId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(&END_SESSION, &[at.into(), session.into()]).await.map(drop)
    }

    /// Ends every session of a person.
    pub async fn end_sessions_of(&mut self, person: UserId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(&END_SESSIONS_OF_PERSON, &[at.into(), person.into()]).await.map(drop)
    }

    /// Ends every session that acts under a grant.
    pub async fn end_sessions_under(&mut self, grant: GrantId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(&END_SESSIONS_OF_GRANT, &[at.into(), grant.into()]).await.map(drop)
    }

    /// Records an attempt to sign in.
    pub async fn record_attempt(
        &mut self,
        account_hash: &str,
        source: &str,
        at: Timestamp,
        succeeded: bool,
    ) -> Result<(), StoreError> {
        let values = [account_hash.into(), source.into(), at.into(), succeeded.into()];
        self.execute(&INSERT_ATTEMPT, &values).await.map(drop)
    }

    /// Deletes attempts older than a moment.
    pub async fn forget_attempts(&mut self, before: Timestamp) -> Result<(), StoreError> {
        self.execute(&FORGET_ATTEMPTS, &[before.into()]).await.map(drop)
    }
}

impl Store {
    /// The open session with this token's hash, its owner and their grants.
    pub async fn find_session(&self, token_hash: &str) -> Result<Option<OpenSession>, StoreError> {
        let Some(row) = self.row(&FIND_SESSION, &[token_hash.into()]).await? else { return Ok(None) };
        let session = SessionRow {
            token_hash: row.text("token_hash")?,
            id: row.id("id", SessionId::parse)?,
            person: row.id("person", UserId::parse)?,
            role_grant: row.maybe_id("role_grant", GrantId::parse)?,
            confirmed: row.flag("confirmed")?,
            csrf: row.text("csrf")?,
            source: row.text("source")?,
            created_at: row.instant("created_at")?,
            seen_at: row.instant("seen_at")?,
            stepped_up_at: row.maybe_instant("stepped_up_at")?,
        };
        let generation = row.integer("generation")?;
        let (person, grants) = self.person_and_grants(session.person).await?;
        Ok(Some(OpenSession { session, person, grants, generation }))
    }

    /// A person and all their grants.
    pub async fn person_and_grants(&self, id: UserId) -> Result<(Person, Vec<RoleGrant>), StoreError> {
        let person = self.row(&FIND_SESSION_PERSON, &[id.into()]).await?;
        let person = person.as_ref().map(read_person).transpose()?;
        let person = person.ok_or_else(|| StoreError::absent("person"))?;
        let grants = self.rows(&LIST_SESSION_GRANTS, &[id.into()]).await?;
        Ok((person, grants.iter().map(read_grant).collect::<Result<_, _>>()?))
    }

    /// Failed sign-ins since a moment: for this account from this source, and from this source for any account.
    pub async fn failures(
        &self,
        account_hash: &str,
        source: &str,
        since: Timestamp,
    ) -> Result<(i64, i64), StoreError> {
        let account =
            self.row(&COUNT_FAILURES_OF_ACCOUNT, &[account_hash.into(), source.into(), since.into()]).await?;
        let any = self.row(&COUNT_FAILURES_OF_SOURCE, &[source.into(), since.into()]).await?;
        let count = |row: Option<crate::Row>| row.map_or(Ok(0), |row| row.integer("failures"));
        Ok((count(account)?, count(any)?))
    }
}
