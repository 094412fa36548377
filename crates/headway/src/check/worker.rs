//! The limited process that reads one set of files of the national returns: `headway check-worker`.
//!
//! It limits itself like the reader of documents, with more memory and time, since a census of a large council is a
//! hundred times an instrument. Its threads are started before it gives up the power to start any.

use std::process::ExitCode;
use std::thread;

use super::printed;
use crate::read::worker::{OwnLimits, run_within};

const MEMORY: u64 = 1024 * 1024 * 1024;
const CPU_SECONDS: u64 = 40;
/// What comes beside the files: their names, and the postcode table.
const BESIDE_THE_FILES: u64 = 96 * 1_000_000;
/// More threads than this gain nothing on a return.
const MOST_THREADS: usize = 4;

/// Limits itself, then reads what it is sent and writes the answer.
pub fn run() -> ExitCode {
    let processors = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    extracts::start_threads(processors.min(MOST_THREADS));
    let limits = OwnLimits {
        memory: MEMORY,
        cpu_seconds: CPU_SECONDS,
        bytes: extracts::LARGEST_SET + BESIDE_THE_FILES,
    };
    run_within(limits, |bytes| service::answer_extract_request(&bytes, printed::in_shape))
}
