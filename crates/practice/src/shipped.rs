//! The files of `library/` that are built into the program.

use crate::written::LibraryFile;

include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// The shipped standards, registers and sets of indicators, with their paths from the project's root.
pub fn files() -> Vec<LibraryFile> {
    SHIPPED.iter().map(|&(path, text)| LibraryFile { path: path.to_owned(), text: text.to_owned() }).collect()
}
