//! Time, chance and keys: the only places where the program asks for them, so that tests and the demonstration can
//! answer instead.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use crate::refusal::Refusal;

/// The clock of the program.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A moment that only moves when told to, in microseconds since 1970; for tests and the demonstration's past.
    Fixed(Arc<AtomicU64>),
}

impl Clock {
    /// A clock that stands at a moment.
    pub fn fixed(at: Timestamp) -> Self {
        Self::Fixed(Arc::new(AtomicU64::new(micros(at))))
    }

    /// Moves a fixed clock; the machine's clock does not obey.
    pub fn set(&self, at: Timestamp) {
        if let Self::Fixed(cell) = self {
            cell.store(micros(at), Ordering::SeqCst);
        }
    }

    /// Now, to the microsecond, since that is what the stores keep.
    pub fn now(&self) -> Timestamp {
        let micros = match self {
            Self::System => micros(Timestamp::now()),
            Self::Fixed(cell) => cell.load(Ordering::SeqCst),
        };
        Timestamp::from_microsecond(i64::try_from(micros).unwrap_or(i64::MAX))
            .unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Today in London: deadlines are local dates.
    pub fn today(&self) -> Date {
        london_day(self.now())
    }
}

fn micros(at: Timestamp) -> u64 {
    u64::try_from(at.as_microsecond()).unwrap_or(0)
}

/// The calendar day in London at a moment.
pub fn london_day(at: Timestamp) -> Date {
    at.to_zoned(london()).date()
}

/// The time zone of every deadline.
pub fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

/// Random bytes.
#[derive(Clone, Debug, Default)]
pub enum Chance {
    /// The operating system's.
    #[default]
    System,
    /// Bytes that follow from a seed: the same demonstration twice. Never for secrets of a real installation.
    Seeded(Arc<AtomicU64>, u64),
}

impl Chance {
    /// Chance that follows from a seed.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(AtomicU64::new(0)), seed)
    }

    /// So many random bytes.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], Refusal> {
        let mut bytes = [0; N];
        match self {
            Self::System => getrandom::fill(&mut bytes)
                .map_err(|_| Refusal::Unavailable("The machine gives no random numbers just now.".into()))?,
            Self::Seeded(counter, seed) => {
                for chunk in bytes.chunks_mut(32) {
                    let count = counter.fetch_add(1, Ordering::SeqCst);
                    let block = Sha256::digest([seed.to_le_bytes(), count.to_le_bytes()].concat());
                    chunk.copy_from_slice(&block[..chunk.len()]);
                }
            }
        }
        Ok(bytes)
    }

    /// A random id's number.
    pub fn id(&self) -> Result<u128, Refusal> {
        Ok(u128::from_be_bytes(self.bytes()?))
    }

    /// A secret of 256 bits as text that stands in addresses and cookies.
    pub fn secret(&self) -> Result<String, Refusal> {
        use base64::Engine as _;
        Ok(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.bytes::<32>()?))
    }
}

/// SHA-256 of a secret in hexadecimal: what is stored instead of it.
pub fn hash_of(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

/// Bytes in hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The keys of an installation.
#[derive(Clone)]
pub struct Keys {
    /// Signs the log's checkpoints.
    pub signing: SigningKey,
    sealing: Aes256Gcm,
    hashing: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(hidden)")
    }
}

impl Keys {
    /// Keys from 64 secret bytes: 32 for signing, 32 for sealing.
    pub fn from_bytes(secret: &[u8; 64]) -> Self {
        let mut signing = [0; 32];
        signing.copy_from_slice(&secret[..32]);
        let sealing: [u8; 32] = std::array::from_fn(|index| secret[32 + index]);
        let hashing = Sha256::digest([b"keyed hashes of headway".as_slice(), &sealing].concat()).into();
        Self { signing: SigningKey::from_bytes(&signing), sealing: Aes256Gcm::new(&sealing.into()), hashing }
    }

    /// Reads the installation's keys from a file that only its owner may read, or makes them.
    pub fn open(file: &Path, chance: &Chance) -> Result<Self, Refusal> {
        match std::fs::read(file) {
            Ok(bytes) => {
                let secret: [u8; 64] = bytes.try_into().map_err(|_| {
                    Refusal::Unavailable("The key file is damaged: restore it from a backup.".into())
                })?;
                Ok(Self::from_bytes(&secret))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let secret = chance.bytes::<64>()?;
                write_private(file, &secret).map_err(|error| {
                    Refusal::Unavailable(format!("The key file cannot be written: {error}."))
                })?;
                Ok(Self::from_bytes(&secret))
            }
            Err(error) => Err(Refusal::Unavailable(format!("The key file cannot be read: {error}."))),
        }
    }

    /// A hash of several parts that only this installation can make, in hexadecimal: the outer of two nested hashes, so
    /// that none can be lengthened, each part with its length, so that none can be shifted into the next.
    pub fn keyed_hash(&self, parts: &[&[u8]]) -> String {
        let mut inner = Sha256::new();
        inner.update(self.hashing);
        for part in parts {
            inner.update((part.len() as u64).to_le_bytes());
            inner.update(part);
        }
        hexadecimal(&Sha256::digest([self.hashing.as_slice(), &inner.finalize()].concat()))
    }

    /// Seals bytes so that only this installation opens them.
    pub fn seal(&self, chance: &Chance, open: &[u8]) -> Result<Vec<u8>, Refusal> {
        let nonce = chance.bytes::<12>()?;
        let sealed = self
            .sealing
            .encrypt(&Nonce::from(nonce), open)
            .map_err(|_| Refusal::Unavailable("A secret could not be sealed.".into()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Keys::seal`] sealed.
    pub fn open_sealed(&self, sealed: &[u8]) -> Result<Vec<u8>, Refusal> {
        let fault =
            || Refusal::Unavailable("A stored secret cannot be opened with this installation's keys.".into());
        let (nonce, body) = sealed.split_first_chunk::<12>().ok_or_else(fault)?;
        self.sealing.decrypt(&Nonce::from(*nonce), body).map_err(|_| fault())
    }
}

impl Keys {
    /// Seals a text, in hexadecimal, for a column that holds words.
    pub fn seal_text(&self, chance: &Chance, open: &str) -> Result<String, Refusal> {
        Ok(hexadecimal(&self.seal(chance, open.as_bytes())?))
    }

    /// Opens what [`Keys::seal_text`] sealed.
    pub fn open_text(&self, sealed: &str) -> Result<String, Refusal> {
        let damaged = || Refusal::Unavailable("A sealed text is damaged.".into());
        let digits = sealed.as_bytes().chunks(2);
        let bytes: Option<Vec<u8>> =
            digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
        String::from_utf8(self.open_sealed(&bytes.ok_or_else(damaged)?)?).map_err(|_| damaged())
    }
}

/// Writes a file that only its owner may read: whole or not at all.
pub fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let partial = file.with_extension("partial");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut writer = options.open(&partial)?;
    writer.write_all(bytes)?;
    writer.sync_all()?;
    std::fs::rename(&partial, file)?;
    std::fs::File::open(folder)?.sync_all()
}
