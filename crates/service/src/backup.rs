//! Backups: one encrypted file with the database, the keys and the attachments of an installation, read back before it
//! counts as made, and restored only whole.
//!
//! Inside age's encryption stands a plain tar archive, so a bare machine with `age` and `tar` can open one too.

mod archive;
mod restore;
mod sealed;

pub use restore::{Restored, restore};
pub use sealed::{Lock, Unlock};

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::Store;

use crate::declared::{OWN_FOLDER, library};
use crate::refusal::Refusal;
use crate::surroundings::hexadecimal;
use crate::{Service, log};

/// The SQLite database in the archive.
const DATABASE: &str = "headway.db";
/// The dump of a PostgreSQL database in the archive.
pub const DUMP: &str = "database.dump";
/// The keys in the archive.
const KEY: &str = "keys/headway.key";
/// The folder of attachments in the archive.
const ATTACHMENTS: &str = "attachments";
/// The list of everything, last in the archive.
const MANIFEST: &str = "manifest.json";

const FORMAT: &str = "headway-backup/1";

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the archive.
    pub format: String,
    /// When it was made.
    pub made_at: jiff::Timestamp,
    /// The newest migration of its database.
    pub migration: i64,
    /// Entries of its log.
    pub log_size: i64,
    /// The newest checkpoint of its log, as a signed note.
    pub checkpoint: Option<String>,
    /// Every file by its path, with length and SHA-256 in hexadecimal.
    pub files: BTreeMap<String, (u64, String)>,
}

/// Where the parts of an installation stand.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The folder of the installation; the plain copy of the database stands there for a while.
    pub folder: PathBuf,
    /// The key file.
    pub key: PathBuf,
    /// A finished dump of the database, where it runs on PostgreSQL.
    pub dump: Option<PathBuf>,
}

impl Service {
    /// Makes a backup while the service goes on working, reads it back, and only then gives it its name.
    pub async fn back_up(&self, parts: &Parts, lock: Lock, out: &Path) -> Result<Manifest, Refusal> {
        if out.exists() {
            return Err(failed("a file of that name stands there already: choose another name"));
        }
        let work = WorkFolder::new(&parts.folder.join(format!(".backup-{}", std::process::id())))?;
        let mut manifest = self.manifest();
        let database = match &parts.dump {
            Some(dump) => {
                let mut transaction = self.store.snapshot().await?;
                manifest.log_size = transaction.log_size().await?;
                manifest.checkpoint = transaction.newest_checkpoint().await?.map(|(_, note, _)| note);
                (DUMP.to_owned(), dump.clone())
            }
            None => (DATABASE.to_owned(), self.checked_copy(&work, &mut manifest).await?),
        };
        // Attachments are listed after the database was copied: what its rows name was written before them.
        let mut files = vec![database, (KEY.to_owned(), parts.key.clone())];
        files.extend(library().own.iter().map(|file| (file.path.clone(), parts.folder.join(&file.path))));
        files.extend(kept_files(self.attachments.folder())?);
        let partial = out.with_extension("partial");
        let written = crate::sign_in::run_off({
            let (partial, out) = (partial.clone(), out.to_owned());
            move || {
                write(&partial, &files, &mut manifest, &lock)?;
                if let Some(unlock) = lock.opens_itself() {
                    read_back(&partial, &unlock, &manifest)?;
                } else {
                    // Nobody here holds the recipient's key, so the archive is checked before encryption instead.
                    unchanged(&files, &manifest)?;
                }
                std::fs::rename(&partial, &out).map_err(failed)?;
                sync_folder_of(&out)?;
                Ok(manifest)
            }
        })
        .await;
        if written.is_err() {
            let _never_there = std::fs::remove_file(&partial);
        }
        written
    }

    fn manifest(&self) -> Manifest {
        Manifest {
            format: FORMAT.into(),
            made_at: self.clock.now(),
            migration: store::migrate::newest(),
            log_size: 0,
            checkpoint: None,
            files: BTreeMap::new(),
        }
    }

    /// A copy of the database that was checked: a backup of a damaged database is none.
    async fn checked_copy(&self, work: &WorkFolder, manifest: &mut Manifest) -> Result<PathBuf, Refusal> {
        let file = work.0.join(DATABASE);
        self.store.copy_sqlite(&file).await?;
        let copy = Store::open_sqlite(&file).await?;
        let checked = self.check_copy(&copy, manifest).await;
        copy.close().await;
        checked.map(|()| file)
    }

    async fn check_copy(&self, copy: &Store, manifest: &mut Manifest) -> Result<(), Refusal> {
        if let Some(fault) = copy.integrity_faults().await?.first() {
            return Err(failed(format!("the database is damaged: {fault}")));
        }
        let verdict = log::verify(copy, &self.keys.signing.verifying_key(), &[]).await?;
        if let Some(fault) = verdict.faults.first() {
            return Err(failed(format!("the log does not hold: {fault}. Run headway log verify")));
        }
        let mut transaction = copy.snapshot().await?;
        manifest.log_size = transaction.log_size().await?;
        manifest.checkpoint = transaction.newest_checkpoint().await?.map(|(_, note, _)| note);
        Ok(())
    }
}

fn write(
    partial: &Path,
    files: &[(String, PathBuf)],
    manifest: &mut Manifest,
    lock: &Lock,
) -> Result<(), Refusal> {
    let file = private_file(partial)?;
    let mut sealed = lock.seal(BufWriter::new(file))?;
    for (name, path) in files {
        let mut source =
            File::open(path).map_err(|error| failed(format!("{name} cannot be read: {error}")))?;
        let length = source.metadata().map_err(failed)?.len();
        archive::head(&mut sealed, name, length).map_err(failed)?;
        let mut counted = Counted::new(&mut source);
        let copied = std::io::copy(&mut (&mut counted).take(length), &mut sealed).map_err(failed)?;
        if copied != length {
            return Err(failed(format!("{name} changed while it was read")));
        }
        archive::pad(&mut sealed, length).map_err(failed)?;
        manifest.files.insert(name.clone(), counted.finished());
    }
    let list = serde_json::to_vec_pretty(manifest).map_err(failed)?;
    archive::head(&mut sealed, MANIFEST, list.len() as u64).map_err(failed)?;
    sealed.write_all(&list).map_err(failed)?;
    archive::pad(&mut sealed, list.len() as u64).map_err(failed)?;
    archive::end(&mut sealed).map_err(failed)?;
    let written = sealed.finish().map_err(failed)?.into_inner().map_err(|error| failed(error.error()))?;
    written.sync_all().map_err(failed)
}

/// Decrypts what was written and compares every hash, as a restore would.
fn read_back(partial: &Path, unlock: &Unlock, manifest: &Manifest) -> Result<(), Refusal> {
    let plain = unlock.open(BufReader::new(File::open(partial).map_err(failed)?))?;
    let mut entries = archive::Entries::new(plain);
    let mut seen = BTreeMap::new();
    while let Some(entry) = entries.next_entry().map_err(failed)? {
        let mut counted = Counted::new(&mut entries);
        std::io::copy(&mut (&mut counted).take(entry.length), &mut std::io::sink()).map_err(failed)?;
        seen.insert(entry.name, counted.finished());
        entries.skip_padding(entry.length).map_err(failed)?;
    }
    seen.remove(MANIFEST);
    if seen == manifest.files { Ok(()) } else { Err(failed("the written file does not read back as it was")) }
}

/// The sources still have the hashes that were written.
fn unchanged(files: &[(String, PathBuf)], manifest: &Manifest) -> Result<(), Refusal> {
    for (name, path) in files {
        let mut counted = Counted::new(File::open(path).map_err(failed)?);
        std::io::copy(&mut counted, &mut std::io::sink()).map_err(failed)?;
        if manifest.files.get(name) != Some(&counted.finished()) {
            return Err(failed(format!("{name} changed while it was read")));
        }
    }
    Ok(())
}

/// Every kept file with its name in the archive; what is half-written is nobody's yet.
fn kept_files(folder: &Path) -> Result<Vec<(String, PathBuf)>, Refusal> {
    let mut files = Vec::new();
    let Ok(shelves) = std::fs::read_dir(folder) else { return Ok(files) };
    for shelf in shelves {
        let shelf = shelf.map_err(failed)?;
        for file in std::fs::read_dir(shelf.path()).map_err(failed)? {
            let file = file.map_err(failed)?;
            let name = format!(
                "{ATTACHMENTS}/{}/{}",
                shelf.file_name().to_string_lossy(),
                file.file_name().to_string_lossy()
            );
            if is_attachment(&name) {
                files.push((name, file.path()));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// `attachments/ab/ab…`, a hash of 64 digits on the shelf of its first two.
fn is_attachment(name: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    name.strip_prefix(ATTACHMENTS)
        .and_then(|rest| rest.strip_prefix('/'))
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(shelf, hash)| {
            shelf.len() == 2 && hash.len() == 64 && digits(hash) && hash.starts_with(shelf)
        })
}

/// `library/…/….md`: a declared file of the council's own.
fn is_own_file(name: &str) -> bool {
    let mut folders = name.split('/');
    folders.next() == Some(OWN_FOLDER)
        && folders.all(|part| !part.is_empty() && !part.starts_with('.'))
        && name.ends_with(".md")
}

/// Reads and hashes.
struct Counted<R> {
    inner: R,
    length: u64,
    hash: Sha256,
}

impl<R: Read> Counted<R> {
    fn new(inner: R) -> Self {
        Self { inner, length: 0, hash: Sha256::new() }
    }

    fn finished(self) -> (u64, String) {
        (self.length, hexadecimal(&self.hash.finalize()))
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.length += read as u64;
        self.hash.update(&buffer[..read]);
        Ok(read)
    }
}

/// A folder for plain copies that only its owner opens, removed when it is dropped.
struct WorkFolder(PathBuf);

impl WorkFolder {
    fn new(folder: &Path) -> Result<Self, Refusal> {
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            builder.mode(0o700);
        }
        builder
            .create(folder)
            .map_err(|error| failed(format!("the folder {} cannot be made: {error}", folder.display())))?;
        Ok(Self(folder.to_owned()))
    }
}

impl Drop for WorkFolder {
    fn drop(&mut self) {
        // After a restore it has another name already.
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}

fn private_file(path: &Path) -> Result<File, Refusal> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path).map_err(|error| failed(format!("{} cannot be written: {error}", path.display())))
}

fn sync_folder_of(file: &Path) -> Result<(), Refusal> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
}

fn failed(why: impl std::fmt::Display) -> Refusal {
    Refusal::Unavailable(format!("{why}"))
}
