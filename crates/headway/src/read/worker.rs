//! The limited process that reads one document: `headway read-worker`, started by `documents::worker`.
//!
//! It gives up memory, processor time, files, sockets and children before it takes the first byte. Why these limits:
//! `docs/decisions/0010-reading-worker.md`.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use documents::input::LARGEST_FILE;
use documents::worker::{WORKER_CPU_SECONDS, WORKER_MEMORY, answer};
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, Signal, set_dumpable_behavior, set_parent_process_death_signal,
    setrlimit,
};

/// Limits itself, then reads the document on standard input and writes the answer to standard output.
pub fn run() -> ExitCode {
    let limits = OwnLimits { memory: WORKER_MEMORY, cpu_seconds: WORKER_CPU_SECONDS, bytes: LARGEST_FILE };
    run_within(limits, |bytes| answer(&bytes))
}

/// What a worker limits itself to.
#[derive(Clone, Copy, Debug)]
pub struct OwnLimits {
    /// Address space.
    pub memory: u64,
    /// Processor time.
    pub cpu_seconds: u64,
    /// Bytes it takes.
    pub bytes: u64,
}

/// Limits this process, then takes bytes on standard input and writes the answer to them to standard output.
pub fn run_within(limits: OwnLimits, answer: impl FnOnce(Vec<u8>) -> Vec<u8>) -> ExitCode {
    // A panic's message may quote the document; its place in the program never does.
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => eprintln!("stopped at {}:{}", place.file(), place.line()),
        None => eprintln!("stopped at an unknown place"),
    }));
    if let Err(error) = give_up_powers(limits) {
        eprintln!("stopped at its own limits: {error}");
        return ExitCode::FAILURE;
    }
    match receive(limits.bytes).and_then(|bytes| io::stdout().write_all(&answer(bytes))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("stopped at a pipe: {}", error.kind());
            ExitCode::FAILURE
        }
    }
}

fn give_up_powers(own: OwnLimits) -> io::Result<()> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    let limits = [
        (Resource::As, own.memory),
        (Resource::Cpu, own.cpu_seconds),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Nproc, 0),
        // The three pipes stay; nothing can be opened, no socket made.
        (Resource::Nofile, 0),
    ];
    for (resource, limit) in limits {
        setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })?;
    }
    Ok(())
}

/// Takes the length of the file, then its bytes, in a buffer of just that size.
fn receive(most: u64) -> io::Result<Vec<u8>> {
    let mut stdin = io::stdin().lock();
    let mut length = [0_u8; 8];
    stdin.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > most {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    stdin.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}
