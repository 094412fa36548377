//! The limited process that reads one set of files: `headway check-worker`.
//!
//! It limits itself like the reader of documents, with more memory and time, since a census of a large council is a
//! hundred times an instrument. Its threads are started before it gives up the power to start any.

use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use documents::input::PlainRefusal;
use documents::worker::{Limits, ReadRefusal, Worker};
use extracts::{Collection, NamedFile, Question};
use serde::{Deserialize, Serialize};
use vocabulary::day::Day;

use super::files::Given;
use super::{Format, printed};
use crate::read::worker::{OwnLimits, run_within};

/// The argument that makes the program this worker.
pub const ARGUMENT: &str = "check-worker";

const MEMORY: u64 = 1024 * 1024 * 1024;
const CPU_SECONDS: u64 = 40;
const WALL_CLOCK: Duration = Duration::from_secs(30);
const LONGEST_ANSWER: u64 = 256 * 1024 * 1024;
/// More threads than this gain nothing on a return.
const MOST_THREADS: usize = 4;

/// What is asked of the worker.
pub struct Request {
    /// The return.
    pub collection: Collection,
    /// The year asked for.
    pub year: Option<i16>,
    /// Today.
    pub not_after: Option<Day>,
    /// How the answer is printed.
    pub format: Format,
}

/// The request on its way: the names and lengths of the files whose bytes follow.
#[derive(Serialize, Deserialize)]
struct Envelope {
    collection: String,
    year: Option<i16>,
    not_after: Option<i32>,
    json: bool,
    files: Vec<(String, usize)>,
}

/// A worker's answer begins with one of these.
const READ: u8 = b'+';
const REFUSED: u8 = b'-';

/// Has the files read and checked in a process of their own, and gives what is to be printed.
pub fn ask(request: &Request, given: &Given) -> Result<String, PlainRefusal> {
    let envelope = Envelope {
        collection: request.collection.name().to_owned(),
        year: request.year,
        not_after: request.not_after.map(|day| day.0),
        json: request.format == Format::Json,
        files: given.files.iter().map(|(name, bytes)| (name.clone(), bytes.len())).collect(),
    };
    let envelope = serde_json::to_vec(&envelope).expect("names and numbers have a JSON form");
    let length = (envelope.len() as u64).to_le_bytes();
    let mut parts: Vec<&[u8]> = vec![&length, &envelope];
    parts.extend(given.files.iter().map(|(_, bytes)| bytes.as_slice()));
    let worker = Worker {
        program: std::env::current_exe()
            .map_err(|_| in_our_words(&ReadRefusal::NotStarted { why: String::new() }))?,
        argument: ARGUMENT.to_owned(),
        limits: Limits { wall_clock: WALL_CLOCK, answer: LONGEST_ANSWER },
    };
    let answer = worker.ask(&parts).map_err(|refusal| in_our_words(&refusal))?;
    understood(answer)
}

fn understood(answer: Vec<u8>) -> Result<String, PlainRefusal> {
    let broken = || in_our_words(&ReadRefusal::Died { how: String::new() });
    let text = String::from_utf8(answer).map_err(|_| broken())?;
    match text.as_bytes().first() {
        Some(&READ) => Ok(text[1..].to_owned()),
        Some(&REFUSED) => Err(serde_json::from_str(&text[1..]).unwrap_or_else(|_| broken())),
        _ => Err(broken()),
    }
}

/// Limits itself, then reads what it is sent and writes the answer.
pub fn run() -> ExitCode {
    let processors = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    extracts::start_threads(processors.min(MOST_THREADS));
    let limits =
        OwnLimits { memory: MEMORY, cpu_seconds: CPU_SECONDS, bytes: extracts::LARGEST_SET + 16 * 1_000_000 };
    run_within(limits, |bytes| answer(&bytes))
}

fn answer(bytes: &[u8]) -> Vec<u8> {
    let read = opened(bytes).map(|(envelope, files)| read(&envelope, &files));
    match read {
        Some(Ok(text)) => [&[READ], text.as_bytes()].concat(),
        Some(Err(refusal)) => {
            let refusal = serde_json::to_vec(&in_words(refusal.for_people()));
            [vec![REFUSED], refusal.expect("a refusal is three texts, so it has a JSON form")].concat()
        }
        // Only this program speaks to its worker, so a broken request is a broken pipe.
        None => Vec::new(),
    }
}

fn opened(bytes: &[u8]) -> Option<(Envelope, Vec<&[u8]>)> {
    let (length, rest) = bytes.split_at_checked(8)?;
    let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
    let (envelope, mut rest) = rest.split_at_checked(length)?;
    let envelope: Envelope = serde_json::from_slice(envelope).ok()?;
    let mut files = Vec::new();
    for (_, length) in &envelope.files {
        let (file, after) = rest.split_at_checked(*length)?;
        files.push(file);
        rest = after;
    }
    Some((envelope, files))
}

fn read(envelope: &Envelope, bytes: &[&[u8]]) -> Result<String, extracts::Refusal> {
    let named = envelope.files.iter().zip(bytes);
    let files: Vec<NamedFile<'_>> = named.map(|((name, _), bytes)| NamedFile { name, bytes }).collect();
    let collection = service::collection_named(&envelope.collection).unwrap_or(Collection::AnnexA);
    let question = Question {
        year: envelope.year,
        not_after: envelope.not_after.map(Day),
        ..Question::about(collection)
    };
    let reading = extracts::read(&files, &question)?;
    Ok(if envelope.json { printed::as_json(&reading) } else { printed::as_text(&reading) })
}

/// A refusal of the files as a refusal of the program.
pub fn in_words(refusal: extracts::PlainRefusal) -> PlainRefusal {
    let extracts::PlainRefusal { what, where_, what_to_do } = refusal;
    PlainRefusal { what, where_, what_to_do }
}

/// The worker's own end, in the words of a return.
fn in_our_words(refusal: &ReadRefusal) -> PlainRefusal {
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
