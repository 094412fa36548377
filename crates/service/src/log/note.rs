//! Checkpoints as signed notes: origin, size, root, then two lines of our own (when it was signed, and the hash of the
//! checkpoint before), and an Ed25519 signature.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, VerifyingKey};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::ORIGIN;
use crate::surroundings::{Keys, hexadecimal};

/// What a checkpoint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many entries it covers.
    pub size: i64,
    /// The tree's root over them.
    pub root: [u8; 32],
    /// When it was signed.
    pub signed_at: Timestamp,
    /// SHA-256 of the note of the checkpoint before; none for the first.
    pub previous: Option<[u8; 32]>,
}

/// The hash by which the next checkpoint names a note.
pub(super) fn hash(note: &str) -> [u8; 32] {
    Sha256::digest(note.as_bytes()).into()
}

/// The signed note of a checkpoint.
pub(super) fn sign(keys: &Keys, checkpoint: &Checkpoint) -> String {
    let body = body(checkpoint);
    let signature = keys.signing.sign(body.as_bytes());
    let key = keys.signing.verifying_key();
    let blob = [key_id(&key).as_slice(), &signature.to_bytes()].concat();
    format!("{body}\n\u{2014} {ORIGIN} {}\n", STANDARD.encode(blob))
}

fn body(checkpoint: &Checkpoint) -> String {
    let Checkpoint { size, root, signed_at, previous } = checkpoint;
    let previous = previous.map_or_else(|| "none".to_owned(), |hash| STANDARD.encode(hash));
    format!("{ORIGIN}\n{size}\n{}\nsigned-at {signed_at:.6}\nprevious {previous}\n", STANDARD.encode(root))
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
    format!("{ORIGIN}+{}+{}", hexadecimal(&key_id(key)), STANDARD.encode(blob))
}

/// Reads a checkpoint whose signature holds; nothing else may stand in the note.
pub fn open_checkpoint(note: &str, key: &VerifyingKey) -> Option<Checkpoint> {
    let checkpoint = read(note)?;
    let body = body(&checkpoint);
    let blob = note.strip_prefix(&body)?.strip_prefix("\n\u{2014} ")?.strip_prefix(ORIGIN)?;
    let blob = STANDARD.decode(blob.strip_prefix(' ')?.strip_suffix('\n')?).ok()?;
    let (id, signature) = blob.split_first_chunk::<4>()?;
    let signature = ed25519_dalek::Signature::from_slice(signature).ok()?;
    let holds = *id == key_id(key) && key.verify_strict(body.as_bytes(), &signature).is_ok();
    holds.then_some(checkpoint)
}

fn read(note: &str) -> Option<Checkpoint> {
    let mut lines = note.lines().skip(1);
    let size = lines.next()?.parse().ok()?;
    let root = STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
    let signed_at = lines.next()?.strip_prefix("signed-at ")?.parse().ok()?;
    let previous = match lines.next()?.strip_prefix("previous ")? {
        "none" => None,
        hash => Some(STANDARD.decode(hash).ok()?.try_into().ok()?),
    };
    Some(Checkpoint { size, root, signed_at, previous })
}
