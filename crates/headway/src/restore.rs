//! `headway restore`: a backup into a new folder, every hash, the database and the log checked first.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use service::backup::{Unlock, restore};

use crate::backup::secret_in;
use crate::installation::{self, refused};

const EXAMPLE: &str = "\
Example:
  headway restore headway-2026-09-07.backup --data NEWDIR --passphrase-file passphrase.txt
  headway restore headway-2026-09-07.backup --data NEWDIR --identity key.txt

NEWDIR must be new or empty. When anything in the backup is damaged, nothing is left in it.";

/// Restores a backup into a new folder.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct RestoreCommand {
    /// The backup.
    file: PathBuf,
    /// The folder to restore into.
    #[arg(long, value_name = "NEWDIR")]
    data: PathBuf,
    /// The file with the passphrase.
    #[arg(long, value_name = "FILE", required_unless_present = "identity")]
    passphrase_file: Option<PathBuf>,
    /// The file with the age key.
    #[arg(long, value_name = "FILE", conflicts_with = "passphrase_file")]
    identity: Option<PathBuf>,
}

impl RestoreCommand {
    /// Runs it, and says how it went.
    pub fn run(&self) -> ExitCode {
        installation::run(self.restore()).unwrap_or_else(|error| refused(&error))
    }

    async fn restore(&self) -> Result<ExitCode> {
        let unlock = match (&self.identity, &self.passphrase_file) {
            (Some(file), _) => Unlock::with_identity(&secret_in(file)?)?,
            (None, Some(file)) => Unlock::with_passphrase(&secret_in(file)?),
            (None, None) => bail!("name --identity or --passphrase-file"),
        };
        let restored = restore(&self.file, unlock, &self.data).await?;
        println!(
            "Restored {} files and {} log entries of {} into {}. Every hash and the log were checked.",
            restored.manifest.files.len(),
            restored.manifest.log_size,
            restored.manifest.made_at,
            self.data.display()
        );
        if let Some(dump) = restored.dump {
            println!(
                "The database is a dump of PostgreSQL. Put it into a new, empty database, and then verify its log:\n  \
                 pg_restore --no-owner --dbname NEWDATABASE {}\n  headway log verify --data {} --database-url URL",
                dump.display(),
                self.data.display()
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}
