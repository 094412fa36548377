//! Why files cannot be read at all, in developers' words and in plain words for the person who chose them.

/// A refusal as people read it: what is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainRefusal {
    /// What is wrong, in one sentence.
    pub what: String,
    /// The file or part of it that it concerns.
    pub where_: String,
    /// The next step that is likely to help.
    pub what_to_do: String,
}

/// Why files were not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing to read.
    #[error("no files")]
    NoFiles,
    /// A file larger than any return.
    #[error("{file} has {bytes} bytes, limit {limit}")]
    TooLarge {
        /// Its name.
        file: String,
        /// Its size.
        bytes: u64,
        /// The limit it is over.
        limit: u64,
    },
    /// Files that are too large together.
    #[error("the files have {bytes} bytes together, limit {limit}")]
    TooMuch {
        /// Their size.
        bytes: u64,
        /// The limit they are over.
        limit: u64,
    },
    /// An archive or markup that may do harm.
    #[error("{file} may do harm: {why}")]
    Unsafe {
        /// The file.
        file: String,
        /// Which rule it breaks.
        why: String,
    },
    /// A workbook that takes cells from other files.
    #[error("{file} has links to other files")]
    ExternalLinks {
        /// The file.
        file: String,
    },
    /// A workbook that opens only with a password.
    #[error("{file} is encrypted")]
    Password {
        /// The file.
        file: String,
    },
    /// A file of a kind that is read, but broken.
    #[error("{file} is damaged: {why}")]
    Damaged {
        /// The file.
        file: String,
        /// What is wrong, and where.
        why: String,
    },
    /// None of the files holds a list of the collection.
    #[error("no list of {collection} in {files} files")]
    NothingRecognised {
        /// The collection in plain words.
        collection: &'static str,
        /// How many files there were.
        files: usize,
        /// What each of them is instead, as far as it can be told.
        seen: String,
    },
}

impl Refusal {
    /// The refusal in plain words.
    pub fn for_people(&self) -> PlainRefusal {
        let (what, where_, what_to_do) = self.sentences();
        PlainRefusal { what, where_, what_to_do }
    }

    fn sentences(&self) -> (String, String, String) {
        const ASK: &str = "Do not open it. Ask the sender for a plain copy, and tell your security team.";
        const AGAIN: &str =
            "Export or save it again. If it still fails, ask the supplier of the system it comes from.";
        let (what, where_, what_to_do) = match self {
            Self::NoFiles => (
                "There is nothing to read: the folder holds no files.".to_owned(),
                "The folder itself.".to_owned(),
                "Give the files of the return, or the folder that holds them.",
            ),
            Self::TooLarge { file, bytes, limit } => (
                format!("The file is too large: {}, and the limit is {}.", size(*bytes), size(*limit)),
                file.clone(),
                "Check that this is the right file. If it is, save it as CSV, one file a list.",
            ),
            Self::TooMuch { bytes, limit } => (
                format!(
                    "The files are too large together: {}, and the limit is {}.",
                    size(*bytes),
                    size(*limit)
                ),
                "All files.".to_owned(),
                "Give the files of one return of one council at a time.",
            ),
            Self::Unsafe { file, why } => (format!("The file could be harmful: {why}."), file.clone(), ASK),
            Self::ExternalLinks { file } => (
                "The workbook takes cells from other files through links.".to_owned(),
                file.clone(),
                "In the spreadsheet program break its links (Data, Edit Links, Break Link), save it, and use that copy.",
            ),
            Self::Password { file } => (
                "The workbook is protected by a password.".to_owned(),
                file.clone(),
                "Open it with its password, save a copy without one, and use the copy.",
            ),
            Self::Damaged { file, why } => (format!("The file is damaged: {why}."), file.clone(), AGAIN),
            Self::NothingRecognised { collection, seen, .. } => (
                format!("None of the files holds a list of {collection}."),
                seen.clone(),
                "Check that these are the right files, that the collection is the right one, and that the headings are in the files.",
            ),
        };
        (what, where_, what_to_do.to_owned())
    }
}

/// A size in words, rounded up so that what is over a limit never reads like it.
fn size(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_just_over_the_limit_never_reads_like_the_limit() {
        let refusal = Refusal::TooLarge { file: "a.csv".into(), bytes: 100_000_001, limit: 100_000_000 };
        let plain = refusal.for_people();
        assert_eq!(plain.what, "The file is too large: 100.1 MB, and the limit is 100.0 MB.");
        assert_eq!(plain.where_, "a.csv");
    }
}
