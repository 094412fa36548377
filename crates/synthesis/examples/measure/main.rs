//! Measures how long it takes from files to figures, stage by stage. Used by `bench/figures.py`.
//!
//! ```text
//! measure make DIR CHILDREN MONTHS SEED    writes a synthetic council's extracts
//! measure pass FOLDER...                   each folder once, from process start: read, check, judge, fold
//! measure read TIMES FOLDER...             each folder TIMES times over: read and check alone
//! measure history TIMES FOLDER...          the folders as one council's snapshots: judge and fold, TIMES times
//! measure councils TIMES FOLDER...         each folder as a council's latest month, all of them, TIMES times
//! ```
//!
//! Prints a line a stage and time: the stage, milliseconds of wall clock, milliseconds of processor, what came of it.

#![expect(clippy::disallowed_methods, reason = "a measurement reads files and the clock")]

mod work;

use std::fs;
use std::path::Path;
use std::time::Instant;

use extracts::Collection;
use rayon::prelude::*;
use vocabulary::day::Day;
use vocabulary::records::Records;

use work::{Extract, Result};

/// The allocator that the program has.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["make", folder, children, months, seed] => {
            make(Path::new(folder), children.parse()?, months.parse()?, seed.parse()?)
        }
        ["pass", folders @ ..] => pass(folders),
        ["read", times, folders @ ..] => read(times.parse()?, folders),
        ["history", times, folders @ ..] => history(times.parse()?, folders),
        ["councils", times, folders @ ..] => councils(times.parse()?, folders),
        _ => Err("usage: measure make|pass|read|history|councils, see the head of the file".into()),
    }
}

fn make(folder: &Path, children: u32, months: u32, seed: u64) -> Result<()> {
    for extract in work::made(children, months, seed, 0.002)? {
        let folder = folder.join(&extract.folder);
        fs::create_dir_all(&folder)?;
        for (name, bytes) in &extract.files {
            fs::write(folder.join(name), bytes)?;
        }
    }
    Ok(())
}

fn pass(folders: &[&str]) -> Result<()> {
    let mut watch = Watch::start();
    let library = work::library();
    watch.stage("library", || format!("{} standards", library.standards.len()));
    let mut read = Vec::new();
    for extract in opened(folders)? {
        watch.skip();
        let reading = extract.read()?;
        watch.stage("read and check", || counts(&reading));
        read.push((extract.as_at, extract.collection, reading.records));
    }
    judge(&mut watch, &library, &read);
    // What is freed at the end of a process is of no use to anyone.
    std::process::exit(0);
}

fn read(times: usize, folders: &[&str]) -> Result<()> {
    let extracts = opened(folders)?;
    let mut watch = Watch::start();
    for _ in 0..times {
        for extract in &extracts {
            watch.skip();
            let reading = extract.read()?;
            watch.stage(&format!("read {}", extract.folder), || counts(&reading));
        }
    }
    Ok(())
}

fn history(times: usize, folders: &[&str]) -> Result<()> {
    let library = work::library();
    let mut watch = Watch::start();
    let read = all_read(folders)?;
    let records: usize = read.iter().map(|(.., records)| records.len()).sum();
    watch.stage("(read before)", || format!("{} snapshots, {records} records", read.len()));
    for _ in 0..times {
        let mut whole = Watch::start();
        watch.skip();
        judge(&mut watch, &library, &read);
        whole.stage("history, standards, indicators", String::new);
    }
    Ok(())
}

fn councils(times: usize, folders: &[&str]) -> Result<()> {
    let library = work::library();
    let extracts = opened(folders)?;
    let mut watch = Watch::start();
    for _ in 0..times {
        watch.skip();
        // One council after another would leave a processor idle while a workbook is unpacked.
        let read: Vec<(Day, Collection, Records)> = extracts
            .par_iter()
            .map(|extract| match extract.read() {
                Ok(reading) => Ok((extract.as_at, extract.collection, reading.records)),
                Err(error) => Err(error.to_string()),
            })
            .collect::<std::result::Result<_, String>>()?;
        let bytes: usize = extracts.iter().map(Extract::bytes).sum();
        watch.stage("read and check", || format!("{} councils, {} MB", read.len(), bytes / 1_000_000));
        let outcomes: usize = read
            .par_chunks(1)
            .map(|one| {
                let figures = work::figures(&library, one);
                assert!(!figures.values.is_empty() && !figures.history.picture.sheets.is_empty());
                figures.outcomes.outcomes.len()
            })
            .sum();
        watch.stage("standards and indicators", || format!("{outcomes} outcomes"));
    }
    Ok(())
}

/// The picture, the outcomes and the indicators, timed apart.
fn judge(watch: &mut Watch, library: &practice::library::Library, read: &[(Day, Collection, Records)]) {
    let history = work::picture(library, read);
    watch.stage("picture", || {
        let rows: usize = history.picture.sheets.iter().map(|sheet| sheet.table.len()).sum();
        format!("{rows} records")
    });
    let outcomes = work::judged(library, &history);
    watch.stage("standards", || format!("{} outcomes", outcomes.outcomes.len()));
    let values = work::folded(library, &outcomes, work::newest(read));
    watch.stage("indicators", || format!("{} values", values.len()));
}

fn counts(reading: &extracts::Reading) -> String {
    let rows: u32 = reading.lists.iter().map(|list| list.rows).sum();
    format!("{rows} rows, {} records, {} findings", reading.records.len(), reading.findings.len())
}

fn all_read(folders: &[&str]) -> Result<Vec<(Day, Collection, Records)>> {
    let read = |extract: &Extract| Ok((extract.as_at, extract.collection, extract.read()?.records));
    opened(folders)?.iter().map(read).collect()
}

/// The files of folders that are named as `make` names them, the oldest first.
fn opened(folders: &[&str]) -> Result<Vec<Extract>> {
    let mut extracts = folders.iter().map(|folder| open(Path::new(folder))).collect::<Result<Vec<_>>>()?;
    extracts.sort_by_key(|extract| extract.as_at);
    Ok(extracts)
}

fn open(folder: &Path) -> Result<Extract> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut extract =
        Extract::of_folder(&name).ok_or("a folder is named 2026-10, 2026-cin or 2026-ssda903")?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        extract.files.push((name, fs::read(&path)?));
    }
    extract.files.sort();
    Ok(extract)
}

/// A stopwatch for wall clock and processor.
struct Watch {
    wall: Instant,
    processor: u64,
}

impl Watch {
    fn start() -> Self {
        Self { wall: Instant::now(), processor: processor_time() }
    }

    /// Leaves out what was done since the last stage.
    fn skip(&mut self) {
        *self = Self::start();
    }

    /// Prints how long it took since the last stage; putting the words together is not counted.
    fn stage(&mut self, name: &str, about: impl FnOnce() -> String) {
        let wall = self.wall.elapsed().as_secs_f64() * 1e3;
        let processor = Self::in_milliseconds(processor_time() - self.processor);
        println!("{name}\t{wall:.2}\t{processor:.2}\t{}", about());
        self.skip();
    }

    fn in_milliseconds(nanoseconds: u64) -> f64 {
        std::time::Duration::from_nanos(nanoseconds).as_secs_f64() * 1e3
    }
}

/// Nanoseconds that all threads have spent on a processor; 0 where the system doesn't say.
fn processor_time() -> u64 {
    let Ok(threads) = fs::read_dir("/proc/self/task") else { return 0 };
    let spent = threads.flatten().filter_map(|thread| {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    spent.sum()
}
