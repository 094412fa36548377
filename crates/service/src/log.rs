//! The append-only log: a Merkle tree of salted commitments, with signed checkpoints in the public checkpoint format.
//!
//! A leaf commits to an entry by `SHA-256(salt || canonical entry)`; the content can be erased later and the proof
//! stays. Tree and hashes follow RFC 6962; checkpoints are signed notes (origin, size, root, Ed25519 signature).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, Verifier as _, VerifyingKey};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::{LogEntry, NewLogEntry, Store, Transaction};
use tlog_tiles::{
    Hash, HashReader, record_hash, stored_hash_index, stored_hashes_for_record_hash, sub_tree_index,
    tree_hash,
};

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
    let due = match transaction.newest_checkpoint().await? {
        None => true,
        Some((last, _, at)) => {
            size - last >= CHECKPOINT_EVERY_ENTRIES || now.duration_since(at) >= CHECKPOINT_EVERY
        }
    };
    if due { checkpoint(transaction, keys, size, now).await.map(drop) } else { Ok(()) }
}

/// Signs a checkpoint over the first `size` entries and stores it.
pub(crate) async fn checkpoint(
    transaction: &mut Transaction,
    keys: &Keys,
    size: i64,
    now: Timestamp,
) -> Result<String, Refusal> {
    let root = root(transaction, unsigned(size)?).await?;
    let note = sign(keys, size, &root.0);
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

/// The signed note of a checkpoint.
fn sign(keys: &Keys, size: i64, root: &[u8; 32]) -> String {
    let body = format!("{ORIGIN}\n{size}\n{}\n", STANDARD.encode(root));
    let signature = keys.signing.sign(body.as_bytes());
    let key = keys.signing.verifying_key();
    let blob = [key_id(&key).as_slice(), &signature.to_bytes()].concat();
    format!("{body}\n\u{2014} {ORIGIN} {}\n", STANDARD.encode(blob))
}

/// The first four bytes of SHA-256 over name, newline, algorithm 1 and key, as signed notes name a key.
fn key_id(key: &VerifyingKey) -> [u8; 4] {
    let mut hash = Sha256::new();
    hash.update(ORIGIN.as_bytes());
    hash.update(b"\n\x01");
    hash.update(key.as_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    [digest[0], digest[1], digest[2], digest[3]]
}

/// The public key in the form that signed-note verifiers take.
pub fn verifier_key(key: &VerifyingKey) -> String {
    let blob = [&[1_u8], key.as_bytes().as_slice()].concat();
    format!("{ORIGIN}+{}+{}", crate::surroundings::hexadecimal(&key_id(key)), STANDARD.encode(blob))
}

/// What verifying found.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Entries read.
    pub entries: i64,
    /// Checkpoints read.
    pub checkpoints: usize,
    /// What is wrong, each in a sentence; empty when the log is whole.
    pub faults: Vec<String>,
}

/// Reads the whole log and checks every commitment, every stored hash and every checkpoint.
pub async fn verify(store: &Store, key: &VerifyingKey) -> Result<Verdict, Refusal> {
    let mut verdict = Verdict::default();
    let stored = store.log_hashes().await?;
    let mut tree = Memory::default();
    loop {
        let entries = store.log_entries(verdict.entries, 1_000).await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            if entry.seq != verdict.entries {
                verdict.faults.push(format!("entry {} is missing", verdict.entries));
                return Ok(verdict);
            }
            tree.push(record_hash(&commitment(&entry.salt, entry.seq, &entry.entry)))?;
            verdict.entries += 1;
        }
    }
    let differing =
        tree.hashes.iter().zip(&stored).position(|(computed, stored)| computed.0[..] != stored[..]);
    if let Some(position) = differing {
        let entry = tlog_tiles::tlog::split_stored_hash_index(position as u64).1;
        verdict
            .faults
            .push(format!("the content at or before entry {entry} was changed after it was recorded"));
    }
    if tree.hashes.len() != stored.len() {
        verdict.faults.push(format!("{} hashes are stored where {} belong", stored.len(), tree.hashes.len()));
    }
    if store.log_size().await? != verdict.entries {
        verdict.faults.push("the log's size does not match its entries".into());
    }
    for (size, note, _) in store.checkpoints().await? {
        verdict.checkpoints += 1;
        verdict.faults.extend(checkpoint_fault(&tree, key, size, &note));
    }
    Ok(verdict)
}

fn checkpoint_fault(tree: &Memory, key: &VerifyingKey, size: i64, note: &str) -> Option<String> {
    let Some((signed_size, root)) = open_checkpoint(note, key) else {
        return Some(format!("the checkpoint at {size} is not signed by this installation"));
    };
    let computed = u64::try_from(size).ok().filter(|size| *size <= tree.leaves);
    let computed = computed.and_then(|size| tree_hash(size, tree).ok());
    match computed {
        _ if signed_size != size => Some(format!("the checkpoint at {size} speaks of {signed_size}")),
        None => Some(format!("entries that the checkpoint at {size} covers are gone")),
        Some(hash) if hash.0 != root => Some(format!("the log before the checkpoint at {size} was changed")),
        Some(_) => None,
    }
}

/// The size and root of a checkpoint whose signature holds.
pub fn open_checkpoint(note: &str, key: &VerifyingKey) -> Option<(i64, [u8; 32])> {
    let (body, signatures) = note.split_once("\n\n")?;
    let body = format!("{body}\n");
    let mut lines = body.lines();
    if lines.next()? != ORIGIN {
        return None;
    }
    let size = lines.next()?.parse().ok()?;
    let root = STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
    let blob = signatures.lines().next()?.strip_prefix("\u{2014} ")?.split_once(' ')?.1;
    let blob = STANDARD.decode(blob).ok()?;
    let (id, signature) = blob.split_first_chunk::<4>()?;
    let signature = ed25519_dalek::Signature::from_slice(signature).ok()?;
    (*id == key_id(key) && key.verify(body.as_bytes(), &signature).is_ok()).then_some((size, root))
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
