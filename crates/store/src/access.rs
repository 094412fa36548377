//! The access log: who opened or took out what. Written before the response leaves.

use jiff::Timestamp;
use vocabulary::id::{CouncilId, UserId};

use crate::engine::{Store, Transaction};
use crate::scope::Scope;
use crate::statement::statements;
use crate::{Row, StoreError};

statements! {
    INSERT_ACCESS = "INSERT INTO access_entry (at, person, role, council, what, route, thing, source, request_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    LIST_ACCESS = "SELECT * FROM access_entry WHERE council = $1 AND at >= $2 AND at < $3 ORDER BY id DESC LIMIT $4";
    LIST_ACCESS_OF_PERSON = "SELECT * FROM access_entry WHERE council = $1 AND at >= $2 AND at < $3 AND person = $5 \
        ORDER BY id DESC LIMIT $4";
}

/// One access.
#[derive(Clone, Debug)]
pub struct AccessEntry {
    /// When, UTC.
    pub at: Timestamp,
    /// Who; none when nobody was signed in.
    pub person: Option<UserId>,
    /// The role they acted in.
    pub role: String,
    /// The council.
    pub council: Option<CouncilId>,
    /// What was done: `signed-in`, `sign-in-failed`, `exported`, `read`, `refused`.
    pub what: String,
    /// The route, without its values.
    pub route: String,
    /// The thing, by kind and id.
    pub thing: String,
    /// Where the request came from.
    pub source: String,
    /// The request's id.
    pub request_id: String,
}

impl Transaction {
    /// Writes one access.
    pub async fn record_access(&mut self, entry: &AccessEntry) -> Result<(), StoreError> {
        let values = [
            entry.at.into(),
            entry.person.into(),
            entry.role.as_str().into(),
            entry.council.into(),
            entry.what.as_str().into(),
            entry.route.as_str().into(),
            entry.thing.as_str().into(),
            entry.source.as_str().into(),
            entry.request_id.as_str().into(),
        ];
        self.execute(&INSERT_ACCESS, &values).await.map(drop)
    }
}

impl Store {
    /// Accesses in a council from one moment to another, newest first, at most `limit`; of one person when named.
    pub async fn accesses(
        &self,
        scope: &Scope,
        from: Timestamp,
        to: Timestamp,
        person: Option<UserId>,
        limit: i64,
    ) -> Result<Vec<AccessEntry>, StoreError> {
        let mut values = vec![scope.council().into(), from.into(), to.into(), limit.into()];
        let rows = if let Some(person) = person {
            values.push(person.into());
            self.rows(&LIST_ACCESS_OF_PERSON, &values).await?
        } else {
            self.rows(&LIST_ACCESS, &values).await?
        };
        rows.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<AccessEntry, StoreError> {
    Ok(AccessEntry {
        at: row.instant("at")?,
        person: row.maybe_id("person", UserId::parse)?,
        role: row.text("role")?,
        council: row.maybe_id("council", CouncilId::parse)?,
        what: row.text("what")?,
        route: row.text("route")?,
        thing: row.text("thing")?,
        source: row.text("source")?,
        request_id: row.text("request_id")?,
    })
}
