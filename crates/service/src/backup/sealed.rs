//! The encryption of backups: age, for a recipient's key or under a passphrase.

use std::io::{Read, Write};

use age::secrecy::SecretString;

use super::failed;
use crate::refusal::Refusal;

/// What a backup is encrypted with.
pub enum Lock {
    /// For the holder of an age key; whoever makes the backup cannot open it.
    Recipient(age::x25519::Recipient),
    /// Under a passphrase.
    Passphrase(SecretString),
}

/// What opens a backup.
pub enum Unlock {
    /// An age key.
    Identity(age::x25519::Identity),
    /// The passphrase.
    Passphrase(SecretString),
}

impl Lock {
    /// For a recipient, as age writes them (`age1...`).
    pub fn for_recipient(recipient: &str) -> Result<Self, Refusal> {
        let recipient = recipient.trim().parse();
        recipient.map(Self::Recipient).map_err(|_| failed("the recipient is no age key: it starts with age1"))
    }

    /// Under a passphrase of 12 characters or more.
    pub fn under_passphrase(passphrase: &str) -> Result<Self, Refusal> {
        let passphrase = passphrase.trim_end_matches(['\r', '\n']);
        if passphrase.chars().count() < 12 {
            return Err(failed(
                "choose a passphrase of 12 characters or more: whoever guesses it has every key",
            ));
        }
        Ok(Self::Passphrase(SecretString::from(passphrase.to_owned())))
    }

    pub(super) fn seal<W: Write>(&self, out: W) -> Result<age::stream::StreamWriter<W>, Refusal> {
        let encryptor = match self {
            Self::Recipient(recipient) => {
                age::Encryptor::with_recipients(std::iter::once(recipient as &dyn age::Recipient))
                    .map_err(failed)?
            }
            Self::Passphrase(passphrase) => age::Encryptor::with_user_passphrase(passphrase.clone()),
        };
        encryptor.wrap_output(out).map_err(failed)
    }

    /// What opens it again, if it can be opened here.
    pub(super) fn opens_itself(&self) -> Option<Unlock> {
        match self {
            Self::Recipient(_) => None,
            Self::Passphrase(passphrase) => Some(Unlock::Passphrase(passphrase.clone())),
        }
    }
}

impl Unlock {
    /// From an age key file: the line that starts with `AGE-SECRET-KEY-1`.
    pub fn with_identity(file: &str) -> Result<Self, Refusal> {
        let line = file.lines().map(str::trim).find(|line| line.starts_with("AGE-SECRET-KEY-1"));
        let line = line.ok_or_else(|| failed("the identity file holds no age key"))?;
        line.parse().map(Self::Identity).map_err(|_| failed("the age key cannot be read"))
    }

    /// With the passphrase.
    pub fn with_passphrase(passphrase: &str) -> Self {
        Self::Passphrase(SecretString::from(passphrase.trim_end_matches(['\r', '\n']).to_owned()))
    }

    pub(super) fn open<R: Read>(&self, file: R) -> Result<age::stream::StreamReader<R>, Refusal> {
        let damaged = |_| failed("this is no backup, or it is damaged at its beginning");
        let decryptor = age::Decryptor::new(file).map_err(damaged)?;
        let opened = match self {
            Self::Identity(identity) => decryptor.decrypt(std::iter::once(identity as &dyn age::Identity)),
            Self::Passphrase(passphrase) => {
                let mut identity = age::scrypt::Identity::new(passphrase.clone());
                // A slow machine must open what a fast one made.
                identity.set_max_work_factor(22);
                decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity))
            }
        };
        opened.map_err(|error| match error {
            age::DecryptError::NoMatchingKeys
            | age::DecryptError::DecryptionFailed
            | age::DecryptError::KeyDecryptionFailed => {
                failed("the passphrase or the key does not open this backup")
            }
            other => failed(format!("the backup cannot be opened: {other}")),
        })
    }
}
