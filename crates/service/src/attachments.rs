//! Uploaded files, kept under the hash of their bytes. Written whole and synced before any row names them.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::refusal::Refusal;
use crate::surroundings::{hexadecimal, write_private};

/// The folder of attachments.
#[derive(Clone, Debug)]
pub struct Attachments {
    folder: PathBuf,
}

impl Attachments {
    /// Attachments under a folder, which is made when the first is kept.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps bytes and gives their hash; bytes that are kept already are not written again.
    pub fn keep(&self, bytes: &[u8]) -> Result<String, Refusal> {
        let hash = hexadecimal(&Sha256::digest(bytes));
        let file = self.file(&hash);
        if !file.exists() {
            write_private(&file, bytes).map_err(|error| {
                tracing::error!(%error, "an attachment could not be written");
                Refusal::Unavailable(
                    "The file could not be kept, so nothing was changed. Is the disk full?".into(),
                )
            })?;
        }
        Ok(hash)
    }

    /// The bytes under a hash, if they are kept and unchanged.
    pub fn read(&self, hash: &str) -> Result<Vec<u8>, Refusal> {
        let well_formed = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        let bytes = well_formed.then(|| std::fs::read(self.file(hash)).ok()).flatten();
        let bytes = bytes.ok_or(Refusal::NotFound)?;
        if hexadecimal(&Sha256::digest(&bytes)) != hash {
            return Err(Refusal::Unavailable(
                "The kept file was changed on disk. Restore it from a backup: its hash no longer matches."
                    .into(),
            ));
        }
        Ok(bytes)
    }

    fn file(&self, hash: &str) -> PathBuf {
        self.folder.join(&hash[..2]).join(hash)
    }
}
