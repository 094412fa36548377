//! Restoring: into a new folder, every hash, the database and the log checked, and only then under its name.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use store::Store;

use super::{
    Counted, DATABASE, DUMP, KEY, MANIFEST, Manifest, Unlock, WorkFolder, failed, is_attachment, is_own_file,
};
use crate::log;
use crate::refusal::Refusal;
use crate::surroundings::{Chance, Keys};

/// A manifest longer than this is none.
const LONGEST_MANIFEST: u64 = 256 * 1024 * 1024;

/// What was restored.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What the backup says it holds; all of it was checked.
    pub manifest: Manifest,
    /// The dump to hand to `pg_restore`, where the backup is of a PostgreSQL database.
    pub dump: Option<PathBuf>,
}

/// Restores a backup into a folder that must be new or empty. Whatever fails, nothing is left behind.
pub async fn restore(backup: &Path, unlock: Unlock, target: &Path) -> Result<Restored, Refusal> {
    refuse_occupied(target)?;
    let name = target.file_name().ok_or_else(|| failed("name a folder to restore into"))?.to_string_lossy();
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(failed)?;
    let work = WorkFolder::new(&parent.join(format!(".{name}.restoring-{}", std::process::id())))?;
    let (backup, folder) = (backup.to_owned(), work.0.clone());
    let manifest = crate::sign_in::run_off(move || unpack(&backup, &unlock, &folder)).await?;
    let has_dump = manifest.files.contains_key(DUMP);
    if !has_dump {
        check_database(&work.0, &manifest).await?;
    }
    refuse_occupied(target)?;
    if target.exists() {
        std::fs::remove_dir(target).map_err(failed)?;
    }
    std::fs::rename(&work.0, target)
        .map_err(|error| failed(format!("{} cannot be put in place: {error}", target.display())))?;
    super::sync_folder_of(target)?;
    Ok(Restored { manifest, dump: has_dump.then(|| target.join(DUMP)) })
}

fn refuse_occupied(target: &Path) -> Result<(), Refusal> {
    let occupied = match std::fs::read_dir(target) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => target.exists(),
    };
    if occupied {
        return Err(failed(format!("{} is not empty: name a new folder to restore into", target.display())));
    }
    Ok(())
}

/// Writes every file of the archive and compares it with the manifest.
fn unpack(backup: &Path, unlock: &Unlock, folder: &Path) -> Result<Manifest, Refusal> {
    let file = File::open(backup)
        .map_err(|error| failed(format!("the backup {} cannot be read: {error}", backup.display())))?;
    let mut entries = super::archive::Entries::new(unlock.open(BufReader::new(file))?);
    let damaged = |error: std::io::Error| failed(format!("the backup is damaged or cut off: {error}"));
    let mut manifest: Option<Manifest> = None;
    let mut seen = BTreeMap::new();
    while let Some(entry) = entries.next_entry().map_err(damaged)? {
        if entry.name == MANIFEST {
            let mut list = Vec::new();
            let length = entry.length.min(LONGEST_MANIFEST);
            (&mut entries).take(length).read_to_end(&mut list).map_err(damaged)?;
            manifest =
                Some(serde_json::from_slice(&list).map_err(|_| failed("the backup's list is damaged"))?);
        } else {
            let known = [DATABASE, DUMP, KEY].contains(&entry.name.as_str());
            if !known && !is_attachment(&entry.name) && !is_own_file(&entry.name) {
                return Err(failed("the backup holds a file that does not belong in one"));
            }
            let counted = write_file(&folder.join(&entry.name), &mut entries, entry.length)?;
            seen.insert(entry.name, counted);
        }
        entries.skip_padding(entry.length).map_err(damaged)?;
    }
    let manifest = manifest.ok_or_else(|| failed("the backup's list is missing"))?;
    if manifest.format != super::FORMAT {
        return Err(failed(format!(
            "this backup has the format {}: use the release that made it",
            manifest.format
        )));
    }
    if seen != manifest.files || !seen.contains_key(KEY) {
        return Err(failed("the files of the backup are not those it lists"));
    }
    Ok(manifest)
}

fn write_file(path: &Path, source: &mut impl Read, length: u64) -> Result<(u64, String), Refusal> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = super::private_file(path)?;
    let mut counted = Counted::new(source);
    std::io::copy(&mut (&mut counted).take(length), &mut file)
        .map_err(|error| failed(format!("the backup is damaged or cut off: {error}")))?;
    file.sync_all().map_err(failed)?;
    Ok(counted.finished())
}

/// The database is whole, its log holds, and the log reaches the checkpoint that the backup was made with.
async fn check_database(folder: &Path, manifest: &Manifest) -> Result<(), Refusal> {
    let keys = Keys::open(&folder.join(KEY), &Chance::System)?;
    let store = Store::open_sqlite(&folder.join(DATABASE)).await?;
    let checked = check(&store, &keys, manifest).await;
    store.close().await;
    checked
}

async fn check(store: &Store, keys: &Keys, manifest: &Manifest) -> Result<(), Refusal> {
    if let Some(fault) = store.integrity_faults().await?.first() {
        return Err(failed(format!("the database in the backup is damaged: {fault}")));
    }
    let kept: Vec<String> = manifest.checkpoint.iter().cloned().collect();
    let verdict = log::verify(store, &keys.signing.verifying_key(), &kept).await?;
    if let Some(fault) = verdict.faults.first() {
        return Err(failed(format!("the log in the backup does not hold: {fault}")));
    }
    if verdict.entries != manifest.log_size {
        return Err(failed("the log in the backup has another length than its list says"));
    }
    Ok(())
}
