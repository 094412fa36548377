//! Verifying the whole log: every commitment, every stored hash, every checkpoint, and that nothing which a checkpoint
//! kept elsewhere vouches for is gone.

use ed25519_dalek::VerifyingKey;
use jiff::Timestamp;
use store::{LogEntry, Store, StoreError, Transaction};
use tlog_tiles::{Hash, HashReader, record_hash, stored_hashes_for_record_hash, tree_hash};

use super::note::{Checkpoint, open_checkpoint};
use super::{broken, commitment, is_due, note};
use crate::refusal::Refusal;

/// What verifying found.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Entries read.
    pub entries: i64,
    /// Checkpoints read.
    pub checkpoints: usize,
    /// The newest checkpoint: how many entries it covers and when it was signed.
    pub newest: Option<(i64, Timestamp)>,
    /// What is wrong, each in a sentence; empty when the log is whole.
    pub faults: Vec<String>,
}

/// Verifies a log as it is at one moment, also while others write to it.
///
/// `kept` are checkpoints from outside the database: from a board pack, the chair, the Department. Only they can show
/// that the whole database was put back to an earlier state.
pub async fn verify(store: &Store, key: &VerifyingKey, kept: &[String]) -> Result<Verdict, Refusal> {
    verify_in(&mut store.snapshot().await?, key, kept).await
}

/// The same inside a transaction that stands open.
pub async fn verify_in(
    transaction: &mut Transaction,
    key: &VerifyingKey,
    kept: &[String],
) -> Result<Verdict, Refusal> {
    let mut check =
        Check { key, tree: Memory::default(), uncovered: Vec::new(), verdict: Verdict::default() };
    let read = check.all(transaction, kept).await;
    let at = check.verdict.entries;
    match read {
        Ok(()) => {}
        Err(StoreError::Database(sqlx)) if !is_decoding(&sqlx.to_string()) => {
            return Err(StoreError::Database(sqlx).into());
        }
        Err(error) => check.fault(format!("the log cannot be read from entry {at} on: {error}")),
    }
    Ok(check.verdict)
}

/// A value that is not of its column's kind was not written by this program.
fn is_decoding(error: &str) -> bool {
    error.contains("decoding")
}

struct Check<'a> {
    key: &'a VerifyingKey,
    tree: Memory,
    /// The moments of the entries, for the tail that no checkpoint covers.
    uncovered: Vec<Timestamp>,
    verdict: Verdict,
}

impl Check<'_> {
    fn fault(&mut self, fault: String) {
        self.verdict.faults.push(fault);
    }

    async fn all(&mut self, transaction: &mut Transaction, kept: &[String]) -> Result<(), StoreError> {
        self.entries(transaction).await?;
        self.hashes(transaction).await?;
        if transaction.log_size().await? != self.verdict.entries {
            self.fault("the log's size does not match its entries".into());
        }
        let notes = self.checkpoints(transaction).await?;
        self.kept(kept, &notes);
        Ok(())
    }

    async fn entries(&mut self, transaction: &mut Transaction) -> Result<(), StoreError> {
        // From before the first place on, so that an entry put in front is seen.
        let mut from = i64::MIN;
        loop {
            let entries = transaction.log_entries(from, 1_000).await?;
            if entries.is_empty() {
                return Ok(());
            }
            for entry in &entries {
                if !self.entry(entry) {
                    return Ok(());
                }
            }
            from = self.verdict.entries;
        }
    }

    fn entry(&mut self, entry: &LogEntry) -> bool {
        let expected = self.verdict.entries;
        if entry.seq != expected {
            self.fault(format!("entry {expected} is missing"));
            return false;
        }
        if entry.salt.len() != 32 {
            self.fault(format!("the salt of entry {expected} was changed"));
            return false;
        }
        let leaf = record_hash(&commitment(&entry.salt, entry.seq, &entry.entry));
        if self.tree.push(leaf).is_err() {
            self.fault(format!("the tree cannot be computed from entry {expected} on"));
            return false;
        }
        self.uncovered.push(entry.entry.recorded_at);
        self.verdict.entries += 1;
        true
    }

    async fn hashes(&mut self, transaction: &mut Transaction) -> Result<(), StoreError> {
        let stored = transaction.log_hashes().await?;
        let differs = |(place, (position, hash)): (usize, &(i64, Vec<u8>))| {
            let computed = self.tree.hashes.get(place).map(|computed| computed.0.as_slice());
            i64::try_from(place).ok() != Some(*position) || computed != Some(hash)
        };
        let differing = stored.iter().enumerate().position(|(place, row)| differs((place, row)));
        let belong = self.tree.hashes.len();
        if let Some(place) = differing.filter(|place| *place < belong) {
            let entry = tlog_tiles::tlog::split_stored_hash_index(place as u64).1;
            self.fault(format!("the content at or before entry {entry} was changed after it was recorded"));
        }
        if stored.len() != belong {
            self.fault(format!("{} hashes are stored where {belong} belong", stored.len()));
        }
        Ok(())
    }

    /// Every stored checkpoint, and that none is missing between them or at the end.
    async fn checkpoints(&mut self, transaction: &mut Transaction) -> Result<Vec<String>, StoreError> {
        let mut before: Option<String> = None;
        let mut notes = Vec::new();
        for (size, note, at) in transaction.checkpoints().await? {
            self.verdict.checkpoints += 1;
            let previous = before.as_deref().map(note::hash);
            match open_checkpoint(&note, self.key) {
                None => self.fault(format!("the checkpoint at {size} is not signed by this installation")),
                Some(read) if read.size != size || read.signed_at != at => {
                    self.fault(format!("the checkpoint at {size} is stored under another size or time"));
                }
                Some(read) if read.previous != previous => {
                    self.fault(format!("a checkpoint before the one at {size} is missing"));
                }
                Some(read) => {
                    self.verdict.newest = Some((size, at));
                    let fault = self.root_fault(&read, "the checkpoint");
                    self.verdict.faults.extend(fault);
                }
            }
            before = Some(note.clone());
            notes.push(note);
        }
        self.tail();
        Ok(notes)
    }

    /// The entries after the newest checkpoint: had one of them been due for a checkpoint, there would be one.
    fn tail(&mut self) {
        let newest = self.verdict.newest;
        let covered = usize::try_from(newest.map_or(0, |(size, _)| size)).unwrap_or(0);
        let due = (1_i64..).zip(&self.uncovered).skip(covered).find(|(size, at)| is_due(newest, *size, **at));
        if let Some((size, _)) = due {
            self.fault(format!("a checkpoint at or after entry {size} is missing"));
        }
    }

    fn kept(&mut self, kept: &[String], stored: &[String]) {
        for note in kept {
            let fault = match open_checkpoint(note, self.key) {
                None => Some("the kept checkpoint is not signed by this installation".to_owned()),
                Some(read) => self.root_fault(&read, "the kept checkpoint").or_else(|| {
                    let lost = format!("the kept checkpoint at {} was taken out of the database", read.size);
                    (!stored.contains(note)).then_some(lost)
                }),
            };
            self.verdict.faults.extend(fault);
        }
    }

    fn root_fault(&self, checkpoint: &Checkpoint, which: &str) -> Option<String> {
        let size = checkpoint.size;
        let computed = u64::try_from(size).ok().filter(|size| *size <= self.tree.leaves);
        match computed.and_then(|size| tree_hash(size, &self.tree).ok()) {
            None => Some(format!("entries that {which} at {size} covers are gone")),
            Some(hash) if hash.0 != checkpoint.root => {
                Some(format!("the log before {which} at {size} was changed"))
            }
            Some(_) => None,
        }
    }
}

/// A tree in memory, recomputed from the entries.
#[derive(Default)]
struct Memory {
    hashes: Vec<Hash>,
    leaves: u64,
}

impl Memory {
    fn push(&mut self, leaf: Hash) -> Result<(), Refusal> {
        let complete = stored_hashes_for_record_hash(self.leaves, leaf, self).map_err(|_| broken())?;
        self.hashes.extend(complete);
        self.leaves += 1;
        Ok(())
    }
}

impl HashReader for Memory {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::tlog::Error> {
        let hash =
            |index: &u64| usize::try_from(*index).ok().and_then(|index| self.hashes.get(index).copied());
        indexes.iter().map(|index| hash(index).ok_or(tlog_tiles::tlog::Error::IndexesNotInTree)).collect()
    }
}
