//! Reading extracts in a limited process of their own, so that a hostile file harms nothing but its own load.
//!
//! This is the side that asks. What the process is denied, it denies itself before it takes the first byte; its death
//! is an ordinary refusal in words (security rules, section 5). `headway check`, `headway load`, the demonstration and
//! the upload page all read this way.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use documents::input::PlainRefusal;
use documents::worker::{Limits, ReadRefusal, Worker};
use extracts::{NamedFile, Reading};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use store::{CouncilPlaces, SnapshotFile};
use vocabulary::day::Day;
use vocabulary::records::Records;

use super::ReadExtract;
use super::wire::{Envelope, Head, Shape, opened_parts, opened_text};
use crate::declared::library;
use crate::surroundings::hexadecimal;

/// The argument that makes the program the process that reads extracts.
pub const EXTRACT_WORKER_ARGUMENT: &str = "check-worker";

/// The collections that a load can be of: the name, and what people call it.
pub const COLLECTIONS: [(&str, &str); 3] =
    [("annex-a", "Annex A"), ("ssda903", "SSDA903"), ("cin", "Children in need census")];

const WALL_CLOCK: Duration = Duration::from_secs(30);
const LONGEST_ANSWER: u64 = 256 * 1024 * 1024;
/// Every postcode of the country takes 22 MB.
const LARGEST_TABLE: u64 = 64 * 1024 * 1024;

/// A file as it was handed over. Its name is for findings; what it is, its bytes decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What is known of files beside their content.
#[derive(Clone, Debug, Default)]
pub struct ExtractQuestion {
    /// The collection's name; told from the content when absent.
    pub collection: Option<String>,
    /// The year of the collection; told from the files when absent.
    pub year: Option<i16>,
    /// A day that nothing recorded can be later than.
    pub not_after: Option<Date>,
    /// Which authority the council is and which adjoin it.
    pub places: Option<CouncilPlaces>,
}

/// Starts one limited process for each set of files it reads.
#[derive(Clone, Debug)]
pub struct ExtractReader {
    worker: Worker,
    postcodes: Option<PathBuf>,
    /// One set of files at a time: each process may take a gigabyte.
    turn: Arc<Mutex<()>>,
}

impl ExtractReader {
    /// A reader that starts a program, with the place of the postcode table where there may be one.
    pub fn of_program(program: PathBuf, postcodes: Option<PathBuf>) -> Self {
        let limits = Limits { wall_clock: WALL_CLOCK, answer: LONGEST_ANSWER };
        let worker = Worker { program, argument: EXTRACT_WORKER_ARGUMENT.to_owned(), limits };
        Self { worker, postcodes, turn: Arc::default() }
    }

    /// A reader that starts the running program.
    pub fn of_this_program(postcodes: Option<PathBuf>) -> io::Result<Self> {
        Ok(Self::of_program(Worker::of_this_program()?.program, postcodes))
    }

    /// Reads files into an extract of each collection that stands among them. Blocks until it is done or stopped.
    pub fn read(
        &self,
        files: &[GivenFile],
        as_at: Date,
        question: &ExtractQuestion,
    ) -> Result<Vec<ReadExtract>, PlainRefusal> {
        let answer = self.ask(files, Some(as_at), question, Shape::Records)?;
        let parts = opened_parts(&answer)?;
        let extracts = parts.into_iter().map(|(head, records)| {
            let of_extract = head.files.iter().filter_map(|number| files.get(*number));
            let files = of_extract.map(|file| snapshot_file(&file.name, &file.bytes)).collect();
            extract(head, files, records, as_at)
        });
        Ok(extracts.collect())
    }

    /// Reads files of one collection and gives what was found as text, in the words of the process that read them.
    pub fn printed(
        &self,
        files: &[GivenFile],
        question: &ExtractQuestion,
        shape: Shape,
    ) -> Result<String, PlainRefusal> {
        opened_text(self.ask(files, None, question, shape)?)
    }

    fn ask(
        &self,
        files: &[GivenFile],
        as_at: Option<Date>,
        question: &ExtractQuestion,
        shape: Shape,
    ) -> Result<Vec<u8>, PlainRefusal> {
        let table = match &self.postcodes {
            Some(path) => table(path)?,
            None => Vec::new(),
        };
        let places = question.places.as_ref();
        let envelope = Envelope {
            collection: question.collection.clone(),
            year: question.year,
            as_at: as_at.map(|day| Day::of(day).0),
            not_after: question.not_after.map(|day| Day::of(day).0),
            authority: places.map(|places| places.authority.clone()),
            adjoining: places.and_then(|places| places.adjoining.clone()),
            shape,
            postcodes: table.len(),
            own: library().own.iter().map(|file| (file.path.clone(), file.text.clone())).collect(),
            files: files.iter().map(|file| (file.name.clone(), file.bytes.len())).collect(),
        };
        let envelope = envelope.written();
        let length = (envelope.len() as u64).to_le_bytes();
        let mut parts: Vec<&[u8]> = vec![&length, &envelope, &table];
        parts.extend(files.iter().map(|file| file.bytes.as_slice()));
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.worker.ask(&parts).map_err(|refusal| in_our_words(&refusal))
    }
}

impl ReadExtract {
    /// What was read in this very process, where the files are our own: tests and benchmarks.
    pub fn of(reading: Reading, files: &[NamedFile<'_>], as_at: Date) -> Self {
        let head = Head::of(&reading, (0..files.len()).collect());
        let files = files.iter().map(|file| snapshot_file(file.name, file.bytes)).collect();
        extract(head, files, reading.records, as_at)
    }
}

fn extract(head: Head, files: Vec<SnapshotFile>, records: Records, as_at: Date) -> ReadExtract {
    ReadExtract {
        collection: head.collection,
        year: head.year,
        as_at,
        files,
        lists: head.lists,
        findings: head.findings,
        finding_rows: head.finding_rows,
        rules_run: head.rules_run,
        records,
    }
}

fn snapshot_file(name: &str, bytes: &[u8]) -> SnapshotFile {
    SnapshotFile {
        name: name.to_owned(),
        bytes: bytes.len() as u64,
        hash: hexadecimal(&Sha256::digest(bytes)),
    }
}

/// The bytes of the postcode table; none when the council has built none.
fn table(path: &Path) -> Result<Vec<u8>, PlainRefusal> {
    let refused = |what: &str| PlainRefusal {
        what: what.to_owned(),
        where_: "The folder of the installation, not the files.".to_owned(),
        what_to_do: "Tell the person who looks after Headway to build or copy the table again.".to_owned(),
    };
    match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Ok(known) if known.len() > LARGEST_TABLE => {
            return Err(refused("The postcode table is larger than any."));
        }
        _ => {}
    }
    std::fs::read(path).map_err(|_| refused("The postcode table cannot be read."))
}

/// The process's own end, in the words of a return.
pub(super) fn in_our_words(refusal: &ReadRefusal) -> PlainRefusal {
    const SMALLER: &str = "Check that these are the right files. If they are, give the lists as CSV files. If the problem continues, report it.";
    let (what, where_, what_to_do) = match refusal {
        ReadRefusal::TookTooLong { .. } => {
            ("Reading the files took too long and was stopped.", "All files.", SMALLER)
        }
        ReadRefusal::TooMuchMemory => {
            ("Reading the files needed too much memory and was stopped.", "All files.", SMALLER)
        }
        ReadRefusal::AnswerTooLong => ("There are more findings than can be printed.", "All files.", SMALLER),
        ReadRefusal::NotStarted { .. } => (
            "The reader could not be started.",
            "This computer, not the files.",
            "Try again. If it still fails, tell the person who looks after Headway.",
        ),
        ReadRefusal::Document(_) | ReadRefusal::Died { .. } => {
            ("The files could not be read: the reader stopped on them.", "All files.", SMALLER)
        }
    };
    PlainRefusal { what: what.to_owned(), where_: where_.to_owned(), what_to_do: what_to_do.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> [GivenFile; 1] {
        [GivenFile { name: "a.csv".into(), bytes: b"CHILD,SEX,DOB\n".to_vec() }]
    }

    #[test]
    fn a_reader_that_dies_or_says_nothing_sensible_is_a_refusal_in_words() {
        for program in ["/bin/false", "/bin/true", "/bin/cat", "/nowhere"] {
            let reader = ExtractReader::of_program(program.into(), None);
            let day = jiff::civil::date(2026, 5, 31);
            let refusal = reader.read(&file(), day, &ExtractQuestion::default()).expect_err(program);
            assert!(refusal.what.contains("could not be"), "{program}: {refusal:?}");
            assert!(!refusal.what_to_do.is_empty());
        }
    }

    #[test]
    fn a_table_that_is_not_there_is_none_and_a_folder_in_its_place_is_a_refusal() {
        assert_eq!(table(Path::new("/nowhere/postcodes.table")), Ok(Vec::new()));
        assert!(table(Path::new("/")).is_err());
    }
}
