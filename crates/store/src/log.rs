//! The rows under the append-only log: entries, the tree's hashes, checkpoints, receipts of performed acts.
//!
//! What a hash commits to, and how checkpoints are signed, is decided in `service`; here they are bytes.

use jiff::Timestamp;
use vocabulary::id::{ActId, CouncilId, UserId};

use crate::engine::{Store, Transaction};
use crate::scope::Scope;
use crate::statement::statements;
use crate::{Row, StoreError};

statements! {
    TAKE_HEAD = {
        sqlite: "SELECT size FROM log_head WHERE \"only\" = 1",
        postgres: "SELECT size FROM log_head WHERE \"only\" = 1 FOR UPDATE"
    };
    READ_HEAD = "SELECT size FROM log_head WHERE \"only\" = 1";
    SET_HEAD = "UPDATE log_head SET size = $1 WHERE \"only\" = 1";
    INSERT_ENTRY = "INSERT INTO log_entry (seq, act, kind, council, person, role, thing, thing_id, summary, detail, salt, \
        happened_at, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    INSERT_HASH = "INSERT INTO log_hash (position, hash) VALUES ($1, $2)";
    FIND_HASH = "SELECT hash FROM log_hash WHERE position = $1";
    LIST_HASHES = "SELECT position, hash FROM log_hash ORDER BY position";
    INSERT_CHECKPOINT = "INSERT INTO log_checkpoint (size, note, signed_at) VALUES ($1, $2, $3)";
    NEWEST_CHECKPOINT = "SELECT size, note, signed_at FROM log_checkpoint ORDER BY size DESC LIMIT 1";
    LIST_CHECKPOINTS = "SELECT size, note, signed_at FROM log_checkpoint ORDER BY size";
    LIST_ENTRIES = "SELECT * FROM log_entry WHERE seq >= $1 ORDER BY seq LIMIT $2";
    ENTRIES_OF_THING = "SELECT * FROM log_entry WHERE council = $1 AND thing = $2 AND thing_id = $3 ORDER BY seq DESC";
    ENTRIES_OF_COUNCIL = "SELECT * FROM log_entry WHERE council = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
    FIND_RECEIPT = "SELECT act_kind, request_hash, outcome FROM receipt WHERE person = $1 AND idempotency_key = $2";
    INSERT_RECEIPT = "INSERT INTO receipt (person, idempotency_key, act_kind, request_hash, outcome, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
}

/// An entry to append.
#[derive(Clone, Debug)]
pub struct NewLogEntry {
    /// The act's id.
    pub act: ActId,
    /// The act's kind (`confirm-obligation`).
    pub kind: String,
    /// The council it concerns.
    pub council: Option<CouncilId>,
    /// Who acted; none for the program itself.
    pub person: Option<UserId>,
    /// The role they acted in.
    pub role: String,
    /// The kind of thing acted on.
    pub thing: String,
    /// Its key.
    pub thing_id: String,
    /// What happened, in a sentence.
    pub summary: String,
    /// The content, as JSON text.
    pub detail: String,
    /// When it happened, as the actor says.
    pub happened_at: Timestamp,
    /// When the server recorded it.
    pub recorded_at: Timestamp,
}

/// An entry of the log.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// Its place, from 0.
    pub seq: i64,
    /// The random bytes that hide the content behind its hash.
    pub salt: Vec<u8>,
    /// What it says.
    pub entry: NewLogEntry,
}

impl Transaction {
    /// The number of entries, held against other writers until the transaction ends.
    pub async fn take_log_head(&mut self) -> Result<i64, StoreError> {
        head(self.row(&TAKE_HEAD, &[]).await?)
    }

    /// The number of entries, without holding others back.
    pub async fn log_size(&mut self) -> Result<i64, StoreError> {
        head(self.row(&READ_HEAD, &[]).await?)
    }

    /// Appends an entry at a place.
    pub async fn insert_log_entry(&mut self, log_entry: &LogEntry) -> Result<(), StoreError> {
        let entry = &log_entry.entry;
        let values = [
            log_entry.seq.into(),
            entry.act.into(),
            entry.kind.as_str().into(),
            entry.council.into(),
            entry.person.into(),
            entry.role.as_str().into(),
            entry.thing.as_str().into(),
            entry.thing_id.as_str().into(),
            entry.summary.as_str().into(),
            entry.detail.as_str().into(),
            log_entry.salt.clone().into(),
            entry.happened_at.into(),
            entry.recorded_at.into(),
        ];
        self.execute(&INSERT_ENTRY, &values).await?;
        self.execute(&SET_HEAD, &[(log_entry.seq + 1).into()]).await.map(drop)
    }

    /// Stores one hash of the tree.
    pub async fn insert_log_hash(&mut self, position: i64, hash: &[u8]) -> Result<(), StoreError> {
        self.execute(&INSERT_HASH, &[position.into(), hash.into()]).await.map(drop)
    }

    /// One stored hash of the tree.
    pub async fn log_hash(&mut self, position: i64) -> Result<Option<Vec<u8>>, StoreError> {
        self.row(&FIND_HASH, &[position.into()]).await?.map(|row| row.bytes("hash")).transpose()
    }

    /// Entries from a place on, at most `limit`.
    pub async fn log_entries(&mut self, from: i64, limit: i64) -> Result<Vec<LogEntry>, StoreError> {
        self.rows(&LIST_ENTRIES, &[from.into(), limit.into()]).await?.iter().map(read).collect()
    }

    /// Every stored hash of the tree with its place, in order.
    pub async fn log_hashes(&mut self) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        let rows = self.rows(&LIST_HASHES, &[]).await?;
        rows.iter().map(|row| Ok((row.integer("position")?, row.bytes("hash")?))).collect()
    }

    /// Every checkpoint, oldest first.
    pub async fn checkpoints(&mut self) -> Result<Vec<(i64, String, Timestamp)>, StoreError> {
        self.rows(&LIST_CHECKPOINTS, &[]).await?.iter().map(read_checkpoint).collect()
    }

    /// Stores a signed checkpoint.
    pub async fn insert_checkpoint(
        &mut self,
        size: i64,
        note: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.execute(&INSERT_CHECKPOINT, &[size.into(), note.into(), at.into()]).await.map(drop)
    }

    /// The newest checkpoint: its size, signed note and moment.
    pub async fn newest_checkpoint(&mut self) -> Result<Option<(i64, String, Timestamp)>, StoreError> {
        self.row(&NEWEST_CHECKPOINT, &[]).await?.as_ref().map(read_checkpoint).transpose()
    }

    /// The kind, request hash and outcome of an act that was performed under this key before.
    pub async fn find_receipt(
        &mut self,
        person: UserId,
        key: &str,
    ) -> Result<Option<(String, String, String)>, StoreError> {
        let row = self.row(&FIND_RECEIPT, &[person.into(), key.into()]).await?;
        row.map(|row| Ok((row.text("act_kind")?, row.text("request_hash")?, row.text("outcome")?)))
            .transpose()
    }

    /// Keeps the outcome of an act under its key.
    pub async fn insert_receipt(
        &mut self,
        person: UserId,
        key: &str,
        act_kind: &str,
        request_hash: &str,
        outcome: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let values =
            [person.into(), key.into(), act_kind.into(), request_hash.into(), outcome.into(), at.into()];
        self.execute(&INSERT_RECEIPT, &values).await.map(drop)
    }
}

impl Store {
    /// The number of entries of the log.
    pub async fn log_size(&self) -> Result<i64, StoreError> {
        head(self.row(&READ_HEAD, &[]).await?)
    }

    /// Entries from a place on, at most `limit`.
    pub async fn log_entries(&self, from: i64, limit: i64) -> Result<Vec<LogEntry>, StoreError> {
        self.rows(&LIST_ENTRIES, &[from.into(), limit.into()]).await?.iter().map(read).collect()
    }

    /// Every checkpoint, oldest first.
    pub async fn checkpoints(&self) -> Result<Vec<(i64, String, Timestamp)>, StoreError> {
        self.rows(&LIST_CHECKPOINTS, &[]).await?.iter().map(read_checkpoint).collect()
    }

    /// What happened to one thing, newest first.
    pub async fn history_of(
        &self,
        scope: &Scope,
        thing: &str,
        thing_id: &str,
    ) -> Result<Vec<LogEntry>, StoreError> {
        let values = [scope.council().into(), thing.into(), thing_id.into()];
        self.rows(&ENTRIES_OF_THING, &values).await?.iter().map(read).collect()
    }

    /// What happened in a council before a place of the log, newest first, at most `limit`.
    pub async fn history(&self, scope: &Scope, before: i64, limit: i64) -> Result<Vec<LogEntry>, StoreError> {
        let values = [scope.council().into(), before.into(), limit.into()];
        self.rows(&ENTRIES_OF_COUNCIL, &values).await?.iter().map(read).collect()
    }
}

fn head(row: Option<Row>) -> Result<i64, StoreError> {
    row.ok_or_else(|| StoreError::absent("log head"))?.integer("size")
}

fn read_checkpoint(row: &Row) -> Result<(i64, String, Timestamp), StoreError> {
    Ok((row.integer("size")?, row.text("note")?, row.instant("signed_at")?))
}

fn read(row: &Row) -> Result<LogEntry, StoreError> {
    Ok(LogEntry {
        seq: row.integer("seq")?,
        salt: row.bytes("salt")?,
        entry: NewLogEntry {
            act: row.id("act", ActId::parse)?,
            kind: row.text("kind")?,
            council: row.maybe_id("council", CouncilId::parse)?,
            person: row.maybe_id("person", UserId::parse)?,
            role: row.text("role")?,
            thing: row.text("thing")?,
            thing_id: row.text("thing_id")?,
            summary: row.text("summary")?,
            detail: row.text("detail")?,
            happened_at: row.instant("happened_at")?,
            recorded_at: row.instant("recorded_at")?,
        },
    })
}
