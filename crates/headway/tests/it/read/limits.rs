//! The worker's own limits, seen from outside by what the system says of it.

use std::fs;
use std::io::Write;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use testkit::hostile::corpus;

use super::headway;

const PATIENCE: Duration = Duration::from_secs(20);

fn worker() -> Child {
    headway()
        .arg("read-worker")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the worker starts")
}

#[test]
fn a_worker_has_given_up_its_powers_before_it_takes_a_byte() {
    let mut worker = worker();
    let limits = format!("/proc/{}/limits", worker.id());
    let start = Instant::now();
    let limits = loop {
        let limits = fs::read_to_string(&limits).expect("the system tells limits");
        if soft_limit(&limits, "Max open files").as_deref() == Some("0") {
            break limits;
        }
        assert!(start.elapsed() < PATIENCE, "the worker keeps its powers: {limits}");
        std::thread::yield_now();
    };
    for (name, limit) in [
        ("Max address space", "536870912"),
        ("Max cpu time", "10"),
        ("Max file size", "0"),
        ("Max core file size", "0"),
        ("Max processes", "0"),
    ] {
        assert_eq!(soft_limit(&limits, name).as_deref(), Some(limit), "{name}");
    }
    drop(worker.stdin.take());
    assert_eq!(worker.wait().expect("the worker ends").code(), Some(1), "a broken pipe is no document");
}

fn soft_limit(limits: &str, name: &str) -> Option<String> {
    let rest = limits.lines().find_map(|line| line.strip_prefix(name))?;
    rest.split_whitespace().next().map(str::to_owned)
}

#[test]
fn the_heaviest_files_stay_within_half_a_gigabyte() {
    let heavy = [
        "page-million-divisions",
        "page-of-25",
        "pdf-hundred-thousand",
        "text-a-million",
        "xml-hundred-thousand",
        "zip-of-70000",
    ];
    let mut measured = 0;
    for file in corpus(1).iter().filter(|file| heavy.iter().any(|name| file.name.starts_with(name))) {
        let peak = peak_memory(&file.bytes());
        assert!(peak < 512 * 1024, "{} took {peak} kB", file.name);
        measured += 1;
    }
    assert!(measured >= heavy.len(), "only {measured} of the heavy files are in the corpus");
}

/// The most memory the worker held while it read, in kilobytes.
fn peak_memory(bytes: &[u8]) -> u64 {
    let mut worker = worker();
    let mut stdin = worker.stdin.take().expect("a pipe");
    let status = format!("/proc/{}/status", worker.id());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let _refused_early =
                stdin.write_all(&(bytes.len() as u64).to_le_bytes()).and_then(|()| stdin.write_all(bytes));
        });
        let mut peak = 0;
        while worker.try_wait().expect("the worker can be asked").is_none() {
            let text = fs::read_to_string(&status).unwrap_or_default();
            let held = text
                .lines()
                .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
            peak = peak.max(held.unwrap_or(0));
            std::thread::yield_now();
        }
        peak
    })
}
