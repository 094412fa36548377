//! Lists the files of `library/standards`, `registers`, `indicators` and `trackers`, so that they are built into the program.
//!
//! A list of `include_str!` needs no dependency, and a change of any file or folder builds again.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the project's files; the crate does not"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const FOLDERS: [&str; 4] = ["standards", "registers", "indicators", "trackers"];

fn main() -> io::Result<()> {
    let crate_folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo says where the crate is"));
    let library = crate_folder.join("../../library").canonicalize()?;
    println!("cargo::rerun-if-changed={}", library.display());
    let mut files = Vec::new();
    for folder in FOLDERS {
        list(&library.join(folder), &mut files)?;
    }
    files.sort();
    let mut code = String::from("const SHIPPED: &[(&str, &str)] = &[\n");
    for file in &files {
        let place = file.strip_prefix(&library).expect("the file was found in the library");
        let shown = format!("library/{}", place.display());
        writeln!(code, "    ({shown:?}, include_str!({:?})),", file.display().to_string())
            .map_err(io::Error::other)?;
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo says where to write"));
    fs::write(out.join("shipped.rs"), code)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(())
}
