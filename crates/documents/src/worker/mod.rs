//! Reads a document in a process of its own, so that a hostile or broken file harms nothing but its own reading.
//!
//! The one place on this floor that touches the system: it starts the program given to it with one argument, an empty
//! environment and three pipes, and waits no longer than its limit. What the process is denied, it denies itself
//! before it takes the first byte (`headway read-worker`). Its death is an ordinary refusal.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "starting the limited reader is what this module is for: the one fenced exception on this floor"
)]

mod refusal;
mod wire;

#[cfg(test)]
mod tests;

use std::io::{self, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use improvement::reading::Reading;

use crate::input::{self, DocumentRefusal, Kind};

pub use refusal::ReadRefusal;
pub use wire::{answer, receive};

/// The argument that makes the program a worker.
pub const WORKER_ARGUMENT: &str = "read-worker";

/// Address space of a worker, which bounds the memory it can hold.
pub const WORKER_MEMORY: u64 = 512 * 1024 * 1024;

/// Processor time of a worker.
pub const WORKER_CPU_SECONDS: u64 = 10;

/// What the parent allows a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From start to the end of its answer.
    pub wall_clock: Duration,
    /// Bytes of its answer.
    pub answer: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { wall_clock: Duration::from_secs(9), answer: 64 * 1024 * 1024 }
    }
}

/// A document that was read: its text, and what the text says.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadDocument {
    /// What the file is.
    pub kind: Kind,
    /// Its text; the reading's spans and lines count in it.
    pub text: String,
    /// Pages, where the format knows them.
    pub pages: Option<usize>,
    /// What a person should know about the extraction.
    pub warnings: Vec<String>,
    /// What the text says, clauses and passages included.
    pub reading: Reading,
}

/// Starts one process for each document it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// The program, usually the running one.
    pub program: PathBuf,
    /// Its argument, usually `WORKER_ARGUMENT`.
    pub argument: String,
    /// What the parent allows it.
    pub limits: Limits,
}

impl Worker {
    /// A worker made of the running program, under the usual limits.
    pub fn of_this_program() -> io::Result<Self> {
        Ok(Self {
            program: std::env::current_exe()?,
            argument: WORKER_ARGUMENT.to_owned(),
            limits: Limits::default(),
        })
    }

    /// Reads a file whose name is known, and refuses it when the name promises another kind than the bytes.
    pub fn read_named(&self, name: &str, bytes: &[u8]) -> Result<ReadDocument, ReadRefusal> {
        input::check_name(name, bytes)?;
        self.read(bytes)
    }

    /// Reads a document. Blocks until it is read, refused, or out of time.
    pub fn read(&self, bytes: &[u8]) -> Result<ReadDocument, ReadRefusal> {
        let size = bytes.len() as u64;
        if size > input::LARGEST_FILE {
            return Err(DocumentRefusal::TooLarge { bytes: size, limit: input::LARGEST_FILE }.into());
        }
        let (collected, status) = self.collect(&[bytes])?;
        match receive(&collected.answer) {
            Some(Ok(document)) => Ok(document),
            Some(Err(refusal)) => Err(refusal.into()),
            None => Err(refusal::of_death(status.signal(), status.code(), &collected.complaint)),
        }
    }

    /// Sends some bytes to a worker and takes its whole answer, of whatever form. Blocks until it is given, or the
    /// worker is stopped or dies.
    pub fn ask(&self, parts: &[&[u8]]) -> Result<Vec<u8>, ReadRefusal> {
        let (collected, status) = self.collect(parts)?;
        if status.success() {
            Ok(collected.answer)
        } else {
            Err(refusal::of_death(status.signal(), status.code(), &collected.complaint))
        }
    }

    /// What a worker said within its limits, and how it ended.
    fn collect(&self, parts: &[&[u8]]) -> Result<(Collected, ExitStatus), ReadRefusal> {
        let mut child =
            self.start().map_err(|error| ReadRefusal::NotStarted { why: error.kind().to_string() })?;
        let collected = self.converse(&mut child, parts);
        let status =
            child.wait().map_err(|error| ReadRefusal::NotStarted { why: error.kind().to_string() })?;
        if collected.out_of_time {
            return Err(ReadRefusal::TookTooLong { seconds: self.limits.wall_clock.as_secs() });
        }
        if collected.answer.len() as u64 > self.limits.answer {
            return Err(ReadRefusal::AnswerTooLong);
        }
        Ok((collected, status))
    }

    fn start(&self) -> io::Result<Child> {
        Command::new(&self.program)
            .arg(&self.argument)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    }

    /// Sends the file and takes the answer, each pipe in a thread of its own so that none can block another.
    fn converse(&self, child: &mut Child, parts: &[&[u8]]) -> Collected {
        let (Some(mut stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Collected::default();
        };
        const LONGEST_COMPLAINT: u64 = 4096;
        thread::scope(|scope| {
            let (finished, wait) = mpsc::channel();
            scope.spawn(move || {
                // A worker that refuses early stops listening; its answer says why.
                let length: u64 = parts.iter().map(|part| part.len() as u64).sum();
                let _unheard = stdin
                    .write_all(&length.to_le_bytes())
                    .and_then(|()| parts.iter().try_for_each(|part| stdin.write_all(part)));
            });
            let complaint = scope.spawn(move || take(stderr, LONGEST_COMPLAINT));
            let limit = self.limits.answer.saturating_add(1);
            let answer = scope.spawn(move || {
                let answer = take(stdout, limit);
                let _parent_stopped_waiting = finished.send(());
                answer
            });
            let out_of_time = wait.recv_timeout(self.limits.wall_clock).is_err();
            // Done talking means ending: it gets a moment to end by itself, so that how it ended tells of it and not of us.
            if out_of_time || !ends_within(child, GRACE) {
                let _already_ended = child.kill();
            }
            let answer = answer.join().unwrap_or_default();
            Collected { answer, complaint: complaint.join().unwrap_or_default(), out_of_time }
        })
    }
}

#[derive(Default)]
struct Collected {
    answer: Vec<u8>,
    complaint: Vec<u8>,
    out_of_time: bool,
}

/// How long a worker may take from its last word to its end.
const GRACE: Duration = Duration::from_millis(200);

fn ends_within(child: &mut Child, grace: Duration) -> bool {
    let began = Instant::now();
    loop {
        match child.try_wait() {
            Ok(None) if began.elapsed() < grace => thread::sleep(Duration::from_millis(1)),
            Ok(None) | Err(_) => return false,
            Ok(Some(_)) => return true,
        }
    }
}

fn take(pipe: impl Read, limit: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _as_far_as_it_came = pipe.take(limit).read_to_end(&mut bytes);
    bytes
}
