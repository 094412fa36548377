//! The declared library that this process judges by: what the program ships, with a council's own files laid over it.

use std::sync::{Arc, OnceLock};

use practice::library::{Library, LibraryFile, Problem};
use practice::{example, shipped};
use sha2::{Digest, Sha256};

use crate::surroundings::hexadecimal;

/// The folder of a council's own files in an installation, and the first part of their paths.
pub const OWN_FOLDER: &str = "library";

struct Declared {
    library: Arc<Library>,
    hash: String,
}

static DECLARED: OnceLock<Declared> = OnceLock::new();

/// The standards, registers, indicators and trackers in use: the shipped ones until [`lay_over`] was called.
pub fn library() -> &'static Arc<Library> {
    &declared().library
}

/// The SHA-256 of every file in use, which the log keeps with each snapshot that is made to count.
pub fn library_hash() -> &'static str {
    &declared().hash
}

fn declared() -> &'static Declared {
    DECLARED.get_or_init(|| Declared::of(Library::load(&shipped::files(), &[]).0))
}

/// Lays a council's own files over the shipped ones, for as long as the process runs.
///
/// Its own standards' worked examples must hold. Nothing is laid over when there is any problem, since a standard that
/// is left out would change figures without a word. It comes before anything is judged: afterwards only the same files
/// are taken.
pub fn lay_over(own: &[LibraryFile]) -> Result<(), Vec<Problem>> {
    let (library, mut problems) = Library::load(&shipped::files(), own);
    problems.extend(example::problems_of(&library, |standard| library.is_own(&standard.file)));
    problems.sort();
    if !problems.is_empty() {
        return Err(problems);
    }
    if DECLARED.get_or_init(|| Declared::of(library)).library.own == own {
        return Ok(());
    }
    let what = "figures were judged without the council's own files in this process already".to_owned();
    Err(vec![Problem { path: OWN_FOLDER.to_owned(), line: None, what }])
}

impl Declared {
    fn of(library: Library) -> Self {
        let mut hasher = Sha256::new();
        for file in shipped::files().iter().chain(&library.own) {
            for text in [&file.path, &file.text] {
                hasher.update((text.len() as u64).to_le_bytes());
                hasher.update(text);
            }
        }
        Self { library: Arc::new(library), hash: hexadecimal(&hasher.finalize()) }
    }
}
