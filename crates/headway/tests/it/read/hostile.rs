//! Test S8: hundreds of hostile files, none of which may stop the program, keep it waiting or leave it speechless.

use std::fmt::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use testkit::hostile::{HostileFile, corpus};

use super::{Folder, read};

const SEED: u64 = 20_260_101;
const AT_ONCE: usize = 2;
const LONGEST: Duration = Duration::from_secs(10);

#[test]
fn no_hostile_file_stops_the_program_or_leaves_it_speechless() {
    let folder = Folder::new("hostile");
    let files = corpus(SEED);
    let next = AtomicUsize::new(0);
    let faults = Mutex::new(String::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(fault) = survives(&folder, file) {
                        let mut faults = faults.lock().expect("no thread panics while it writes");
                        let _never_fails = writeln!(faults, "{}: {fault}", file.name);
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().expect("the threads have ended");
    assert!(faults.is_empty(), "{faults}");
}

fn survives(folder: &Folder, file: &HostileFile) -> Result<(), String> {
    let path = folder.file(&file.name, &file.bytes());
    let start = Instant::now();
    let result = outcome(&path);
    let elapsed = start.elapsed();
    let _already_gone = std::fs::remove_file(&path);
    if std::env::var_os("HEADWAY_TEST_TIMES").is_some() {
        eprintln!("{:>6} ms  {}  {result:?}", elapsed.as_millis(), file.name);
    }
    if elapsed > LONGEST {
        return Err(format!("took {elapsed:?}"));
    }
    let message = result?;
    // A library may fall over on a PDF; the readers of everything else are ours and may not.
    if message.contains("the reader stopped on it") && !file.name.starts_with("pdf-") {
        return Err(message);
    }
    Ok(())
}

/// The message or the beginning of the answer; an error when there is neither, or it speaks of the program's insides.
fn outcome(path: &Path) -> Result<String, String> {
    let output = read(path, "json");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) if output.stdout.starts_with(b"{") => {}
        Some(1) if ["What:", "Where:", "What to do:"].iter().all(|part| message.contains(part)) => {}
        other => return Err(format!("ended with {other:?}: {message}")),
    }
    for inside in ["panicked", "stopped at ", "unwrap", "RUST_BACKTRACE", ".rs:"] {
        if message.contains(inside) {
            return Err(format!("speaks of its insides: {message}"));
        }
    }
    if message.chars().any(|letter| letter.is_control() && letter != '\n') {
        return Err("prints control characters".to_owned());
    }
    Ok(message.lines().nth(1).unwrap_or("read").to_owned())
}
