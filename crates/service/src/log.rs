//! The append-only log: a Merkle tree of salted commitments, with signed checkpoints in the public checkpoint format.
//!
//! A leaf commits to an entry by `SHA-256(salt || canonical entry)`; the content can be erased later and the proof
//! stays. Tree and hashes follow RFC 6962. A checkpoint names the one before it, so none can be taken out unseen.

mod export;
mod note;
mod verify;

pub use export::{Exported, export};
pub use note::{Checkpoint, open_checkpoint, verifier_key};
pub use verify::{Verdict, verify, verify_in};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::{LogEntry, NewLogEntry, Transaction};
use tlog_tiles::{
    Hash, HashReader, record_hash, stored_hash_index, stored_hashes_for_record_hash, sub_tree_index,
    tree_hash,
};

use crate::Service;
use crate::refusal::Refusal;
use crate::surroundings::{Chance, Keys};

/// The first line of every checkpoint.
pub const ORIGIN: &str = "headway.log/1";

const CHECKPOINT_EVERY_ENTRIES: i64 = 1_000;
const CHECKPOINT_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// What a leaf commits to: the entry's fields in a fixed order, one JSON array.
pub fn canonical(seq: i64, entry: &NewLogEntry) -> String {
    let micros = |at: Timestamp| at.as_microsecond();
    serde_json::json!([
        seq,
        entry.act,
        entry.kind,
        entry.council,
        entry.person,
        entry.role,
        entry.thing,
        entry.thing_id,
        entry.summary,
        entry.detail,
        micros(entry.happened_at),
        micros(entry.recorded_at),
    ])
    .to_string()
}

/// The commitment that the tree holds for an entry.
pub fn commitment(salt: &[u8], seq: i64, entry: &NewLogEntry) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(canonical(seq, entry).as_bytes());
    hash.finalize().into()
}

/// Appends an entry as number `seq` and stores the hashes it completes.
pub(crate) async fn append(
    transaction: &mut Transaction,
    seq: i64,
    entry: NewLogEntry,
    chance: &Chance,
) -> Result<(), Refusal> {
    let salt = chance.bytes::<32>()?;
    let leaf = record_hash(&commitment(&salt, seq, &entry));
    let known = known_hashes(transaction, unsigned(seq)?).await?;
    let complete = stored_hashes_for_record_hash(unsigned(seq)?, leaf, &known).map_err(|_| broken())?;
    let first = stored_hash_index(0, unsigned(seq)?);
    for (offset, hash) in (first..).zip(&complete) {
        let position = i64::try_from(offset).map_err(|_| broken())?;
        transaction.insert_log_hash(position, &hash.0).await?;
    }
    transaction.insert_log_entry(&LogEntry { seq, salt: salt.to_vec(), entry }).await?;
    Ok(())
}

/// The stored hashes that appending leaf `seq` needs: one for each trailing one bit of its number.
async fn known_hashes(transaction: &mut Transaction, seq: u64) -> Result<Known, Refusal> {
    let mut known = Known::default();
    for level in 0..seq.trailing_ones() {
        let index = stored_hash_index(u8::try_from(level).map_err(|_| broken())?, (seq >> level) - 1);
        known.read(transaction, index).await?;
    }
    Ok(known)
}

/// Signs a checkpoint when the last is five minutes or a thousand entries old.
pub(crate) async fn checkpoint_when_due(
    transaction: &mut Transaction,
    keys: &Keys,
    size: i64,
    now: Timestamp,
) -> Result<(), Refusal> {
    let newest = transaction.newest_checkpoint().await?.map(|(size, _, at)| (size, at));
    let due = is_due(newest, size, now);
    if due { checkpoint(transaction, keys, size, now).await.map(drop) } else { Ok(()) }
}

/// Whether a log of `size` entries, the last recorded at `now`, needs a checkpoint after the newest.
fn is_due(newest: Option<(i64, Timestamp)>, size: i64, now: Timestamp) -> bool {
    newest.is_none_or(|(last, at)| {
        size - last >= CHECKPOINT_EVERY_ENTRIES || now.duration_since(at) >= CHECKPOINT_EVERY
    })
}

/// Signs a checkpoint over the first `size` entries and stores it.
pub(crate) async fn checkpoint(
    transaction: &mut Transaction,
    keys: &Keys,
    size: i64,
    now: Timestamp,
) -> Result<String, Refusal> {
    let root = root(transaction, unsigned(size)?).await?.0;
    let previous = transaction.newest_checkpoint().await?.map(|(_, note, _)| note);
    let checkpoint = Checkpoint { size, root, signed_at: now, previous: previous.as_deref().map(note::hash) };
    let note = note::sign(keys, &checkpoint);
    transaction.insert_checkpoint(size, &note, now).await?;
    Ok(note)
}

/// The tree's root over its first `size` entries, from the stored hashes of its complete subtrees.
async fn root(transaction: &mut Transaction, size: u64) -> Result<Hash, Refusal> {
    let mut known = Known::default();
    for index in sub_tree_index(0, size, Vec::new()) {
        known.read(transaction, index).await?;
    }
    tree_hash(size, &known).map_err(|_| broken())
}

#[derive(Default)]
struct Known(std::collections::HashMap<u64, Hash>);

impl Known {
    async fn read(&mut self, transaction: &mut Transaction, index: u64) -> Result<(), Refusal> {
        let position = i64::try_from(index).map_err(|_| broken())?;
        let bytes = transaction.log_hash(position).await?.ok_or_else(broken)?;
        self.0.insert(index, Hash(bytes.try_into().map_err(|_| broken())?));
        Ok(())
    }
}

impl HashReader for Known {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::tlog::Error> {
        indexes
            .iter()
            .map(|index| self.0.get(index).copied().ok_or(tlog_tiles::tlog::Error::IndexesNotInTree))
            .collect()
    }
}

fn unsigned(number: i64) -> Result<u64, Refusal> {
    u64::try_from(number).map_err(|_| broken())
}

fn broken() -> Refusal {
    Refusal::Unavailable("The log is damaged, so nothing can be recorded. Run headway log verify.".into())
}

impl Service {
    /// Signs a checkpoint over the whole log now, before something is printed or sent; the newest one if nothing was
    /// recorded since.
    pub async fn checkpoint_now(&self) -> Result<String, Refusal> {
        let mut transaction = self.store.begin().await?;
        let size = transaction.take_log_head().await?;
        let newest = transaction.newest_checkpoint().await?;
        if let Some((_, note, _)) = newest.filter(|(covered, ..)| *covered == size) {
            return Ok(note);
        }
        let note = checkpoint(&mut transaction, &self.keys, size, self.clock.now()).await?;
        transaction.commit().await?;
        Ok(note)
    }
}
