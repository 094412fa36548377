//! The zip archive a Word document is, opened with every entry's promise checked first and its bytes counted after.

use std::io::{Cursor, Read};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::refusal::{DocumentRefusal, OtherKind};

const MOST_ENTRIES: usize = 10_000;
const MOST_UNPACKED: u64 = 512 * 1_000_000;
const LARGEST_PART: u64 = 64 * 1_000_000;
const HIGHEST_RATIO: u64 = 100;
/// Small entries of blank XML reach any ratio honestly.
const RATIO_FROM: u64 = 1_000_000;

/// An archive whose directory broke none of the rules.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    /// Embedded documents that were seen and left alone.
    pub(super) embedded: usize,
    /// Whether any entry opens only with a password.
    pub(super) encrypted: bool,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DocumentRefusal> {
        if claimed_entries(bytes).is_some_and(|entries| entries > MOST_ENTRIES) {
            return Err(harmful(&format!("it holds more than {MOST_ENTRIES} parts")));
        }
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| damaged("(all)", "its archive cannot be opened"))?;
        let mut archive = Self { zip, names: Vec::new(), embedded: 0, encrypted: false };
        archive.check()?;
        Ok(archive)
    }

    fn check(&mut self) -> Result<(), DocumentRefusal> {
        if self.zip.len() > MOST_ENTRIES {
            return Err(harmful(&format!("it holds more than {MOST_ENTRIES} parts")));
        }
        let mut unpacked = 0_u64;
        for index in 0..self.zip.len() {
            unpacked = unpacked.saturating_add(self.check_entry(index)?);
        }
        if unpacked > MOST_UNPACKED {
            return Err(harmful("it unpacks to more than 512 MB"));
        }
        if self.zip.has_duplicate_names() {
            return Err(harmful("two of its parts have the same name"));
        }
        match self.zip.has_overlapping_entries() {
            Ok(false) => Ok(()),
            Ok(true) => Err(harmful("its parts overlap, as in archives made to swell")),
            Err(_) => Err(damaged("(all)", "its archive cannot be opened")),
        }
    }

    /// Checks one entry of the directory and gives the size it claims.
    fn check_entry(&mut self, index: usize) -> Result<u64, DocumentRefusal> {
        let entry =
            self.zip.by_index_raw(index).map_err(|_| damaged("(all)", "its archive cannot be opened"))?;
        let Ok(name) = entry.name().map(std::borrow::Cow::into_owned) else {
            return Err(damaged("(all)", "the name of a part cannot be read"));
        };
        let encrypted = entry.encrypted();
        if leads_outside(&name) {
            return Err(harmful("the name of a part leads outside the document"));
        }
        if entry.is_symlink() {
            return Err(harmful("a part is a link to another file"));
        }
        let (packed, size) = (entry.compressed_size(), entry.size());
        if size > RATIO_FROM && size > packed.saturating_mul(HIGHEST_RATIO) {
            return Err(harmful(&format!("a part unpacks to more than {HIGHEST_RATIO} times its size")));
        }
        if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(damaged("(all)", "a part is compressed in a way Word does not use"));
        }
        drop(entry);
        self.encrypted |= encrypted;
        match nested(&name) {
            Nested::Archive => return Err(harmful("it holds another archive")),
            Nested::Embedding => self.embedded += 1,
            Nested::No => {}
        }
        self.names.push(name);
        Ok(size)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names().any(|other| other == name)
    }

    /// The bytes of a part, or nothing when the archive has none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, DocumentRefusal> {
        let mut entry = match self.zip.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(damaged(name, "it cannot be unpacked")),
        };
        let claimed = entry.size();
        if claimed > LARGEST_PART {
            return Err(harmful("one of its parts unpacks to more than 64 MB"));
        }
        let mut bytes = Vec::new();
        let read = entry.by_ref().take(claimed.saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() as u64 > claimed {
            return Err(harmful("a part unpacks to more than it says"));
        }
        match read {
            Ok(_) => Ok(Some(bytes)),
            Err(_) => Err(damaged(name, "it cannot be unpacked")),
        }
    }

    /// What the archive is when it is no Word document.
    pub(super) fn other_kind(&mut self) -> OtherKind {
        if self.names().any(|name| name.starts_with("xl/")) {
            return OtherKind::Spreadsheet;
        }
        if self.names().any(|name| name.starts_with("ppt/")) {
            return OtherKind::Presentation;
        }
        match self.part("mimetype") {
            Ok(Some(kind)) if kind.starts_with(b"application/vnd.oasis.opendocument.text") => {
                OtherKind::OpenDocumentText
            }
            Ok(Some(kind)) if kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") => {
                OtherKind::Spreadsheet
            }
            Ok(Some(kind)) if kind.starts_with(b"application/vnd.oasis.opendocument.presentation") => {
                OtherKind::Presentation
            }
            _ => OtherKind::Archive,
        }
    }
}

enum Nested {
    No,
    /// A workbook behind a chart or the like: it stays packed, and the reader of the text is told.
    Embedding,
    Archive,
}

fn nested(name: &str) -> Nested {
    const ARCHIVES: &[&str] =
        &["zip", "7z", "rar", "gz", "tgz", "bz2", "xz", "tar", "jar", "cab", "iso", "zst"];
    const DOCUMENTS: &[&str] = &["docx", "docm", "xlsx", "xlsm", "xlsb", "pptx", "odt", "ods"];
    let lower = name.to_ascii_lowercase();
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    if ARCHIVES.contains(&ending) {
        Nested::Archive
    } else if DOCUMENTS.contains(&ending) {
        Nested::Embedding
    } else {
        Nested::No
    }
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

fn harmful(why: &str) -> DocumentRefusal {
    DocumentRefusal::UnsafeArchive { why: why.to_owned() }
}

fn damaged(part: &str, why: &str) -> DocumentRefusal {
    DocumentRefusal::DamagedWord { part: part.to_owned(), why: why.to_owned() }
}
