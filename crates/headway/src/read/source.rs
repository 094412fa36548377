//! The file to be read, opened without waiting on pipes or devices and without taking in more than a document.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use documents::input::{DocumentRefusal, LARGEST_FILE, PlainRefusal};
use rustix::fs::OFlags;

/// A document's bytes, and its name when it has one.
pub struct Source {
    pub name: Option<String>,
    pub bytes: Vec<u8>,
}

impl Source {
    /// Takes in a file, or standard input for `-`.
    pub fn open(file: &str) -> Result<Self, PlainRefusal> {
        if file == "-" {
            return Ok(Self { name: None, bytes: at_most_a_document(io::stdin().lock(), 0)? });
        }
        let path = Path::new(file);
        // A pipe would otherwise block until someone writes to it.
        let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap_or_default();
        let opened = OpenOptions::new()
            .read(true)
            .custom_flags(flags)
            .open(path)
            .map_err(|error| cannot_open(&error))?;
        let metadata = opened.metadata().map_err(|error| cannot_open(&error))?;
        refuse_what_is_no_file(&metadata)?;
        if metadata.len() > LARGEST_FILE {
            return Err(too_large(metadata.len()));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(Self { name, bytes: at_most_a_document::<File>(opened, metadata.len())? })
    }
}

fn at_most_a_document<R: Read>(from: R, expected: u64) -> Result<Vec<u8>, PlainRefusal> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
    from.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|error| cannot_open(&error))?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

fn too_large(bytes: u64) -> PlainRefusal {
    DocumentRefusal::TooLarge { bytes, limit: LARGEST_FILE }.for_people()
}

fn refuse_what_is_no_file(metadata: &fs::Metadata) -> Result<(), PlainRefusal> {
    if metadata.is_file() {
        return Ok(());
    }
    let (what, what_to_do) = if metadata.is_dir() {
        ("This is a folder, not a file.", "Give the name of one document in it.")
    } else {
        ("This is a pipe or a device, not a file.", "To read from a pipe, give - as the file.")
    };
    Err(refusal(what, what_to_do))
}

fn cannot_open(error: &io::Error) -> PlainRefusal {
    match error.kind() {
        ErrorKind::NotFound => refusal("There is no file of this name.", "Check the name and the folder."),
        ErrorKind::PermissionDenied => {
            refusal("You may not read this file.", "Ask its owner for leave to read it, or for a copy.")
        }
        ErrorKind::IsADirectory => {
            refusal("This is a folder, not a file.", "Give the name of one document in it.")
        }
        _ => refusal(
            &format!("The file cannot be opened: {error}."),
            "Copy it to another place and try again.",
        ),
    }
}

fn refusal(what: &str, what_to_do: &str) -> PlainRefusal {
    PlainRefusal {
        what: what.to_owned(),
        where_: "The file itself.".to_owned(),
        what_to_do: what_to_do.to_owned(),
    }
}
