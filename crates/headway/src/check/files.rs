//! The files a person names: each as it is, and of a folder every file in it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use documents::input::PlainRefusal;
use service::GivenFile;

use crate::read::source::Source;

/// Files with their names and bytes, in order of names within each folder.
pub struct Given {
    /// Name and bytes of each.
    pub files: Vec<GivenFile>,
}

/// More files than any return has.
const MOST_FILES: usize = 1_000;

impl Given {
    /// Opens everything that was named.
    pub fn open(paths: &[PathBuf]) -> Result<Self, (String, PlainRefusal)> {
        let mut all: Vec<PathBuf> = Vec::new();
        for path in paths {
            if path.is_dir() {
                all.extend(files_in(path).map_err(|refusal| (shown(path), refusal))?);
            } else {
                all.push(path.clone());
            }
        }
        if all.len() > MOST_FILES {
            return Err((format!("{} files", all.len()), too_many()));
        }
        let mut files = Vec::new();
        let mut together = 0;
        for (path, name) in all.iter().zip(names(&all)) {
            let path_text = path.to_str().ok_or_else(|| (shown(path), odd_name()))?;
            // A single dash would be standard input, and a file of that name is not meant.
            let source = Source::open(if path_text == "-" { "./-" } else { path_text });
            let bytes = source.map_err(|refusal| (shown(path), refusal))?.bytes;
            together += bytes.len() as u64;
            if together > extracts::LARGEST_SET {
                let refusal = extracts::Refusal::TooMuch { bytes: together, limit: extracts::LARGEST_SET };
                return Err((format!("{} files", all.len()), service::in_words(refusal)));
            }
            files.push(GivenFile { name, bytes });
        }
        Ok(Self { files })
    }

    /// The files in a few words.
    pub fn in_words(&self) -> String {
        match self.files.as_slice() {
            [file] => file.name.clone(),
            files => format!("{} files", files.len()),
        }
    }
}

/// The files of a folder, without those that the system or a spreadsheet program hides there.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, PlainRefusal> {
    let entries = fs::read_dir(folder).map_err(|_| PlainRefusal {
        what: "The folder cannot be opened.".to_owned(),
        where_: "The folder itself.".to_owned(),
        what_to_do: "Ask its owner for leave to read it, or copy the files to another place.".to_owned(),
    })?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .map(|entry| entry.path())
        .filter(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '~'])))
        .collect();
    files.sort();
    Ok(files)
}

/// The name of each file: its own, and with its folder where two are called the same.
fn names(paths: &[PathBuf]) -> Vec<String> {
    let own =
        |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for path in paths {
        *counts.entry(own(path)).or_default() += 1;
    }
    paths.iter().map(|path| if counts[&own(path)] > 1 { shown(path) } else { own(path) }).collect()
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn too_many() -> PlainRefusal {
    PlainRefusal {
        what: format!("There are more than {MOST_FILES} files."),
        where_: "The folders together.".to_owned(),
        what_to_do: "Give the files of one return, or a folder that holds no others.".to_owned(),
    }
}

fn odd_name() -> PlainRefusal {
    PlainRefusal {
        what: "The name of the file cannot be read.".to_owned(),
        where_: "The file itself.".to_owned(),
        what_to_do: "Give it a name of letters and digits.".to_owned(),
    }
}
