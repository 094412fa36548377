//! Why a document was not read, the worker's own end included.

use crate::input::{DocumentRefusal, PlainRefusal};

/// Why a document was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadRefusal {
    /// The document itself is the reason.
    #[error(transparent)]
    Document(#[from] DocumentRefusal),
    /// The worker was stopped by the clock.
    #[error("reading took longer than {seconds} s")]
    TookTooLong {
        /// The limit.
        seconds: u64,
    },
    /// The worker asked for more memory than it may have.
    #[error("reading needed more memory than a worker may have")]
    TooMuchMemory,
    /// The worker's answer was longer than any document's.
    #[error("the answer of the worker is too long")]
    AnswerTooLong,
    /// The worker ended without an answer.
    #[error("the worker ended without an answer: {how}")]
    Died {
        /// Its exit code or signal, and the place in the program it named; nothing of the document.
        how: String,
    },
    /// No worker could be started.
    #[error("no worker could be started: {why}")]
    NotStarted {
        /// The system's reason.
        why: String,
    },
}

impl ReadRefusal {
    /// The refusal in plain words.
    pub fn for_people(&self) -> PlainRefusal {
        const SIMPLER: &str = "Save the document again as a PDF or a text file and use that. If the problem continues, report it.";
        let (what, where_, what_to_do) = match self {
            Self::Document(refusal) => return refusal.for_people(),
            Self::TookTooLong { seconds } => (
                format!("Reading the document took longer than {seconds} seconds and was stopped."),
                "The whole file.",
                SIMPLER,
            ),
            Self::TooMuchMemory => (
                "Reading the document needed too much memory and was stopped.".to_owned(),
                "The whole file.",
                SIMPLER,
            ),
            Self::AnswerTooLong => (
                "The document gave more text than any instrument holds.".to_owned(),
                "The whole file.",
                "Check that this is the right file. If it is, split it and read the part that is needed.",
            ),
            Self::Died { .. } => (
                "The document could not be read: the reader stopped on it.".to_owned(),
                "The whole file.",
                SIMPLER,
            ),
            Self::NotStarted { .. } => (
                "The reader could not be started.".to_owned(),
                "This computer, not the document.",
                "Try again. If it still fails, tell the person who looks after Headway.",
            ),
        };
        PlainRefusal { what, where_: where_.to_owned(), what_to_do: what_to_do.to_owned() }
    }
}

/// Reads a worker's end. Numbers of signals are those of Linux on every processor it is built for here.
pub(super) fn of_death(signal: Option<i32>, code: Option<i32>, complaint: &[u8]) -> ReadRefusal {
    const ABORTED: i32 = 6;
    const KILLED: i32 = 9;
    const OUT_OF_CPU: i32 = 24;
    let complaint = String::from_utf8_lossy(complaint);
    match signal {
        Some(OUT_OF_CPU) => ReadRefusal::TookTooLong { seconds: super::WORKER_CPU_SECONDS },
        Some(ABORTED) if complaint.contains("memory allocation") => ReadRefusal::TooMuchMemory,
        Some(KILLED) => ReadRefusal::TooMuchMemory,
        Some(number) => ReadRefusal::Died { how: format!("signal {number}") },
        None => {
            let place = complaint
                .lines()
                .find_map(|line| line.strip_prefix("stopped at "))
                .unwrap_or("no place named");
            ReadRefusal::Died { how: format!("exit {}, {place}", code.unwrap_or_default()) }
        }
    }
}
