//! The log as a public file of JSON lines: a header with the public key, every entry with its salt, every checkpoint, a
//! closing count. `tools/verify-log.mjs` checks such a file offline, without Headway.

use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use store::Store;

use super::{ORIGIN, canonical, verifier_key};
use crate::refusal::Refusal;
use crate::surroundings::Keys;

/// The first field of an export's first line.
const FORMAT: &str = "headway-log-export/1";

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Entries.
    pub entries: i64,
    /// Checkpoints.
    pub checkpoints: usize,
}

/// Writes the log as it is at one moment.
pub async fn export(store: &Store, keys: &Keys, out: &mut (dyn Write + Send)) -> Result<Exported, Refusal> {
    let mut transaction = store.snapshot().await?;
    let mut written = Exported::default();
    let key = verifier_key(&keys.signing.verifying_key());
    line(out, &json!({ "format": FORMAT, "origin": ORIGIN, "verifier_key": key }))?;
    loop {
        let entries = transaction.log_entries(written.entries, 1_000).await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            let content = canonical(entry.seq, &entry.entry);
            line(out, &json!({ "seq": entry.seq, "salt": STANDARD.encode(&entry.salt), "entry": content }))?;
            written.entries += 1;
        }
    }
    for (_, note, _) in transaction.checkpoints().await? {
        line(out, &json!({ "checkpoint": note }))?;
        written.checkpoints += 1;
    }
    line(out, &json!({ "end": { "entries": written.entries, "checkpoints": written.checkpoints } }))?;
    out.flush().map_err(|error| unwritten(&error))?;
    Ok(written)
}

fn line(out: &mut (dyn Write + Send), value: &Value) -> Result<(), Refusal> {
    writeln!(out, "{value}").map_err(|error| unwritten(&error))
}

fn unwritten(error: &std::io::Error) -> Refusal {
    Refusal::Unavailable(format!("The export cannot be written: {error}."))
}
