//! Which random id stands for which child of the council's own system, and who read which child's record.

use jiff::Timestamp;
use vocabulary::id::{ChildId, CouncilId, GrantId, UserId};

use crate::engine::{Store, Transaction};
use crate::scope::Scope;
use crate::statement::statements;
use crate::{Row, StoreError};

statements! {
    LIST_IDENTITIES = "SELECT lookup, child, sealed FROM child_identity WHERE council = $1";
    INSERT_IDENTITY = "INSERT INTO child_identity (council, lookup, child, sealed, recorded_at) VALUES ($1, $2, $3, $4, $5)";
    INSERT_CHILD_READ = "INSERT INTO child_read (at, person, role, role_grant, council, child, classes, purpose, route, request_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    LIST_CHILD_READS = "SELECT * FROM child_read WHERE council = $1 AND at >= $2 AND at < $3 ORDER BY id DESC LIMIT $4";
}

/// A child's random id and the sealed identifier of the council's own system.
#[derive(Clone, Debug)]
pub struct ChildIdentity {
    /// Keyed hash of the identifier, in hexadecimal.
    pub lookup: String,
    /// The random id.
    pub child: ChildId,
    /// The identifier, sealed.
    pub sealed: Vec<u8>,
}

/// One reading of one child's record.
#[derive(Clone, Debug)]
pub struct ChildRead {
    /// When, UTC.
    pub at: Timestamp,
    /// Who.
    pub person: UserId,
    /// The role they acted in.
    pub role: String,
    /// The grant they acted under.
    pub grant: GrantId,
    /// The council.
    pub council: CouncilId,
    /// The child.
    pub child: ChildId,
    /// The classes of data that were shown.
    pub classes: String,
    /// What for.
    pub purpose: String,
    /// The route, without its values.
    pub route: String,
    /// The request's id.
    pub request_id: String,
}

impl Transaction {
    /// Every child known in the scope's council.
    pub async fn child_identities(&mut self, scope: &Scope) -> Result<Vec<ChildIdentity>, StoreError> {
        self.rows(&LIST_IDENTITIES, &[scope.council().into()]).await?.iter().map(read_identity).collect()
    }

    /// Adds a child to the scope's council.
    pub async fn insert_child_identity(
        &mut self,
        scope: &Scope,
        identity: &ChildIdentity,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let values = [
            scope.council().into(),
            identity.lookup.as_str().into(),
            identity.child.into(),
            identity.sealed.as_slice().into(),
            at.into(),
        ];
        self.execute(&INSERT_IDENTITY, &values).await.map(drop)
    }

    /// Writes down that children's records are read, one row a child.
    pub async fn record_child_reads(&mut self, reads: &[ChildRead]) -> Result<(), StoreError> {
        for entry in reads {
            let values = [
                entry.at.into(),
                entry.person.into(),
                entry.role.as_str().into(),
                entry.grant.into(),
                entry.council.into(),
                entry.child.into(),
                entry.classes.as_str().into(),
                entry.purpose.as_str().into(),
                entry.route.as_str().into(),
                entry.request_id.as_str().into(),
            ];
            self.execute(&INSERT_CHILD_READ, &values).await?;
        }
        Ok(())
    }
}

impl Store {
    /// Readings of children's records in a council from one moment to another, newest first, at most `limit`.
    pub async fn child_reads(
        &self,
        scope: &Scope,
        from: Timestamp,
        to: Timestamp,
        limit: i64,
    ) -> Result<Vec<ChildRead>, StoreError> {
        let values = [scope.council().into(), from.into(), to.into(), limit.into()];
        self.rows(&LIST_CHILD_READS, &values).await?.iter().map(read_child_read).collect()
    }
}

fn read_identity(row: &Row) -> Result<ChildIdentity, StoreError> {
    Ok(ChildIdentity {
        lookup: row.text("lookup")?,
        child: row.id("child", ChildId::parse)?,
        sealed: row.bytes("sealed")?,
    })
}

fn read_child_read(row: &Row) -> Result<ChildRead, StoreError> {
    Ok(ChildRead {
        at: row.instant("at")?,
        person: row.id("person", UserId::parse)?,
        role: row.text("role")?,
        grant: row.id("role_grant", GrantId::parse)?,
        council: row.id("council", CouncilId::parse)?,
        child: row.id("child", ChildId::parse)?,
        classes: row.text("classes")?,
        purpose: row.text("purpose")?,
        route: row.text("route")?,
        request_id: row.text("request_id")?,
    })
}
