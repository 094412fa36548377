//! The declared files in a folder: a council's own standards, registers, indicators and trackers.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use practice::library::{FOLDERS, LibraryFile};
use service::OWN_FOLDER;

/// The files under a folder: its `standards/`, `registers/`, `indicators/` and `trackers/`, or standards alone with
/// `registers/` beside it. Paths are named as the folder is.
pub fn files_of(folder: &Path) -> Result<Vec<LibraryFile>> {
    let named = if folder.file_name().is_some() { folder.to_owned() } else { folder.canonicalize()? };
    let inner = FOLDERS.map(|name| named.join(name));
    let mut roots: Vec<PathBuf> = inner.into_iter().filter(|inner| inner.is_dir()).collect();
    if roots.is_empty() {
        let beside = named.with_file_name("registers");
        roots = vec![named.clone()];
        roots.extend((beside.is_dir() && beside != named).then_some(beside));
    }
    let mut files = Vec::new();
    for root in roots {
        read_all(&root, &mut files)?;
    }
    files.sort_by(|one: &LibraryFile, other| one.path.cmp(&other.path));
    Ok(files)
}

/// The council's own files in the folder of an installation, with their paths from there: none without `library/`.
pub fn own_files(installation: &Path) -> Result<Vec<LibraryFile>> {
    /// What the archive of a backup can name.
    const LONGEST_PATH: usize = 99;
    let folder = installation.join(OWN_FOLDER);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = files_of(&folder)?;
    for file in &mut files {
        let path = Path::new(&file.path).strip_prefix(installation).map(|path| path.display().to_string());
        file.path = path.with_context(|| format!("the file {} is not in the installation", file.path))?;
        if file.path.len() > LONGEST_PATH {
            bail!("the path {} is longer than {LONGEST_PATH} bytes: give it shorter names", file.path);
        }
    }
    Ok(files)
}

fn read_all(folder: &Path, files: &mut Vec<LibraryFile>) -> Result<()> {
    let entries = std::fs::read_dir(folder);
    for entry in entries.with_context(|| format!("the folder {} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            read_all(&path, files)?;
        } else if is_declared(&path) {
            let text = std::fs::read_to_string(&path);
            let text = text.with_context(|| format!("the file {} cannot be read as text", path.display()))?;
            files.push(LibraryFile { path: path.display().to_string(), text });
        }
    }
    Ok(())
}

fn is_declared(path: &Path) -> bool {
    let is_a_note = path.file_name().is_some_and(|name| name == "README.md");
    path.extension().is_some_and(|extension| extension == "md") && !is_a_note
}
