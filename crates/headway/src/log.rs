//! `headway log`: verifies, exports and signs the append-only log.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use service::log;

use crate::installation::{self, open_existing, refused};

const EXAMPLE: &str = "\
Example:
  headway log verify --data DIR --kept checkpoint-from-the-board-pack.txt
  headway log export --data DIR --out log.jsonl     then: node tools/verify-log.mjs log.jsonl
  headway log checkpoint --data DIR                 prints a signed checkpoint to keep elsewhere

Exit status: 0 the log holds, 1 it does not or cannot be read, 2 wrong usage.";

/// Verifies, exports or signs the log of every act.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct LogCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Reads the whole log and checks every entry, hash and checkpoint.
    Verify {
        #[command(flatten)]
        place: Place,
        /// A checkpoint kept outside the database; can be given more than once.
        #[arg(long, value_name = "FILE")]
        kept: Vec<PathBuf>,
    },
    /// Writes the log in a public format that is verified without Headway.
    Export {
        #[command(flatten)]
        place: Place,
        /// The file to write; standard output when none is named.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Signs a checkpoint now and prints it.
    Checkpoint {
        #[command(flatten)]
        place: Place,
    },
}

/// Which installation.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// The folder of the installation.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The PostgreSQL database, or `@FILE` with its address in it.
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
}

impl LogCommand {
    /// Runs it, and says how it went.
    pub fn run(&self) -> ExitCode {
        let done = installation::run(async {
            match &self.what {
                What::Verify { place, kept } => verify(place, kept).await,
                What::Export { place, out } => export(place, out.as_deref()).await,
                What::Checkpoint { place } => checkpoint(place).await,
            }
        });
        done.unwrap_or_else(|error| refused(&error))
    }
}

async fn verify(place: &Place, kept: &[PathBuf]) -> Result<ExitCode> {
    let service = open_existing(place.data.as_deref(), place.database_url.as_deref()).await?;
    let mut notes = Vec::new();
    for file in kept {
        let note = std::fs::read_to_string(file);
        notes.push(note.with_context(|| format!("the kept checkpoint {} cannot be read", file.display()))?);
    }
    let verdict = log::verify(&service.store, &service.keys.signing.verifying_key(), &notes).await?;
    for fault in &verdict.faults {
        eprintln!("headway: {fault}");
    }
    if !verdict.faults.is_empty() {
        eprintln!(
            "headway: the log does not hold. Keep this database as it is, and restore the last backup beside it"
        );
        return Ok(ExitCode::FAILURE);
    }
    println!("The log holds: {} entries, {} checkpoints.", verdict.entries, verdict.checkpoints);
    if notes.is_empty() {
        println!(
            "Without a checkpoint kept elsewhere (--kept), an older copy of the whole database would look the same."
        );
    }
    Ok(ExitCode::SUCCESS)
}

async fn export(place: &Place, out: Option<&std::path::Path>) -> Result<ExitCode> {
    let service = open_existing(place.data.as_deref(), place.database_url.as_deref()).await?;
    let written = match out {
        Some(path) => {
            let file = std::fs::File::create_new(path)
                .with_context(|| format!("the file {} cannot be written", path.display()))?;
            log::export(&service.store, &service.keys, &mut std::io::BufWriter::new(file)).await?
        }
        None => log::export(&service.store, &service.keys, &mut std::io::stdout()).await?,
    };
    eprintln!("{} entries, {} checkpoints written", written.entries, written.checkpoints);
    Ok(ExitCode::SUCCESS)
}

async fn checkpoint(place: &Place) -> Result<ExitCode> {
    let service = open_existing(place.data.as_deref(), place.database_url.as_deref()).await?;
    let note = service.checkpoint_now().await?;
    std::io::stdout().write_all(note.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
