//! The zip archive a workbook is, with every entry's promise checked before anything is unpacked.
//!
//! Limits are the house's for uploads: 10,000 entries, 512 MB unpacked, 100:1, no archives inside, no links, no paths
//! that lead outside. A promise that is a lie meets the limits of the process that reads it.

use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

use crate::refusal::Refusal;

const MOST_ENTRIES: usize = 10_000;
const MOST_UNPACKED: u64 = 512 * 1_000_000;
const HIGHEST_RATIO: u64 = 100;
/// Small entries of blank XML reach any ratio honestly.
const RATIO_FROM: u64 = 1_000_000;

/// A checked archive.
pub struct Archive<'a> {
    file: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Opens an archive and checks it.
    pub fn open(file: &'a str, bytes: &'a [u8]) -> Result<Self, Refusal> {
        if claimed_entries(bytes).is_some_and(|entries| entries > MOST_ENTRIES) {
            return Err(harmful(file, &format!("it holds more than {MOST_ENTRIES} parts")));
        }
        let zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(file, "its archive cannot be opened"))?;
        let mut archive = Self { file, zip, names: Vec::new() };
        archive.check()?;
        Ok(archive)
    }

    fn check(&mut self) -> Result<(), Refusal> {
        if self.zip.len() > MOST_ENTRIES {
            return Err(harmful(self.file, &format!("it holds more than {MOST_ENTRIES} parts")));
        }
        let mut unpacked = 0_u64;
        for number in 0..self.zip.len() {
            unpacked = unpacked.saturating_add(self.check_entry(number)?);
        }
        if unpacked > MOST_UNPACKED {
            return Err(harmful(self.file, "it unpacks to more than 512 MB"));
        }
        if self.zip.has_duplicate_names() {
            return Err(harmful(self.file, "two of its parts have the same name"));
        }
        match self.zip.has_overlapping_entries() {
            Ok(false) => Ok(()),
            Ok(true) => Err(harmful(self.file, "its parts overlap, as in archives made to swell")),
            Err(_) => Err(damaged(self.file, "its archive cannot be opened")),
        }
    }

    /// Checks one entry and gives the size it claims.
    fn check_entry(&mut self, number: usize) -> Result<u64, Refusal> {
        let file = self.file;
        let entry =
            self.zip.by_index_raw(number).map_err(|_| damaged(file, "its archive cannot be opened"))?;
        let Ok(name) = entry.name().map(std::borrow::Cow::into_owned) else {
            return Err(damaged(file, "the name of a part cannot be read"));
        };
        if entry.encrypted() {
            return Err(Refusal::Password { file: file.to_owned() });
        }
        if leads_outside(&name) {
            return Err(harmful(file, "the name of a part leads outside the workbook"));
        }
        if entry.is_symlink() {
            return Err(harmful(file, "a part is a link to another file"));
        }
        let (packed, size) = (entry.compressed_size(), entry.size());
        if size > RATIO_FROM && size > packed.saturating_mul(HIGHEST_RATIO) {
            return Err(harmful(
                file,
                &format!("a part unpacks to more than {HIGHEST_RATIO} times its size"),
            ));
        }
        if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(damaged(file, "a part is compressed in a way workbooks do not use"));
        }
        drop(entry);
        if is_archive(&name) {
            return Err(harmful(file, "it holds another archive"));
        }
        self.names.push(name);
        Ok(size)
    }

    /// Whether any part's name satisfies a condition.
    pub fn has(&self, condition: impl Fn(&str) -> bool) -> bool {
        self.names.iter().any(|name| condition(name))
    }

    /// The beginning of a part; nothing when there is none of that name or it can't be unpacked.
    pub fn beginning(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let entry = self.zip.by_name(name).ok()?;
        let mut bytes = Vec::new();
        entry.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

fn is_archive(name: &str) -> bool {
    const ARCHIVES: [&str; 12] =
        ["zip", "7z", "rar", "gz", "tgz", "bz2", "xz", "tar", "jar", "cab", "iso", "zst"];
    let lower = name.to_ascii_lowercase();
    lower.rsplit_once('.').is_some_and(|(_, ending)| ARCHIVES.contains(&ending))
}

fn leads_outside(name: &str) -> bool {
    name.is_empty()
        || name.starts_with(['/', '\\'])
        || name.contains(['\0', '\\', ':'])
        || name.split('/').any(|step| step == "..")
}

/// How many entries the end of the archive claims, before any is read.
fn claimed_entries(bytes: &[u8]) -> Option<usize> {
    const END_WITHIN: usize = 65_535 + 22;
    let tail = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

fn harmful(file: &str, why: &str) -> Refusal {
    Refusal::Unsafe { file: file.to_owned(), why: why.to_owned() }
}

fn damaged(file: &str, why: &str) -> Refusal {
    Refusal::Damaged { file: file.to_owned(), why: why.to_owned() }
}
