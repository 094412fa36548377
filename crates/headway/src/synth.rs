//! `headway synth`: a synthetic council's extracts in the real layouts, for trying out, teaching and testing.

use std::fs;
use std::io::{ErrorKind, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use synthesis::files::{Files, SyntheticFile};
use synthesis::order::{Month, Order};

use crate::installation::refused;

const EXAMPLE: &str = "\
Example:
  headway synth --out ./northmoor
  headway synth --out ./small --children 200 --months 6 --seed 7 --dirty 0
  headway synth --out ./spoilt --months 1 --until 2026-03 --dirty 0.05

Every child, worker and address is invented. DIR/manifest.json lists each fault that was put in.
Exit status: 0 written, 1 refused or failed, 2 wrong usage.";

/// Writes a synthetic council's extracts in the real layouts: Annex A for each month, SSDA903 and census for each year.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct SynthCommand {
    /// The folder to write into; it must be new or empty.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Children known to social care between November 2023 and October 2026.
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(1..))]
    children: u32,
    /// How many month ends.
    #[arg(long, value_name = "N", default_value_t = 36, value_parser = clap::value_parser!(u32).range(1..))]
    months: u32,
    /// The last month.
    #[arg(long, value_name = "YYYY-MM", default_value = "2026-10")]
    until: Month,
    /// The same seed gives the same council.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The share of rows that are spoilt, from 0 to 1.
    #[arg(long, value_name = "RATE", default_value_t = 0.002, value_parser = share)]
    dirty: f64,
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a number from 0 to 1, such as 0.002".to_owned())
}

impl SynthCommand {
    /// Writes the files, and says how it went.
    pub fn run(&self) -> ExitCode {
        match self.write() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => refused(&error),
        }
    }

    fn write(&self) -> Result<()> {
        must_be_empty(&self.out)?;
        let order = Order {
            children: self.children,
            months: self.months,
            until: self.until,
            seed: self.seed,
            dirty: self.dirty,
        };
        let mut files = Files::plan(&order).context("nothing was written")?;
        let extracts = files.left();
        let bar = bar(extracts);
        let (mut written, mut rows) = (0_usize, 0_usize);
        while let Some(file) = files.next() {
            let file = file.context("a workbook could not be put together; try fewer children")?;
            keep(&self.out, &file)?;
            println!("{}\t{} rows", file.path, file.rows);
            (written, rows) = (written + 1, rows + file.rows);
            bar.set_position((extracts - files.left()) as u64);
        }
        bar.finish_and_clear();
        println!("{written} files, {rows} rows in {}", self.out.display());
        Ok(())
    }
}

fn must_be_empty(folder: &Path) -> Result<()> {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => bail!(
            "{} holds files already, and synthetic extracts must not mix with others: name a new folder with --out, or \
             empty this one",
            folder.display()
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| {
            format!("{} cannot be used as a folder: name another with --out", folder.display())
        }),
    }
}

fn keep(folder: &Path, file: &SyntheticFile) -> Result<()> {
    let path = folder.join(&file.path);
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(&path, &file.bytes))
        .with_context(|| format!("cannot write {}: is there room, and may you write there?", path.display()))
}

/// A bar for a person at a terminal; nothing for a script.
fn bar(files: usize) -> ProgressBar {
    let seen = std::io::stderr().is_terminal();
    let target = if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    bar.with_style(ProgressStyle::default_bar())
}
