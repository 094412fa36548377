//! `headway migrate`: brings a database up to this release's schema and says where it stands.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use store::migrate;

use crate::installation::{self, open_existing, refused};
use crate::log::Place;

const EXAMPLE: &str = "\
Example:
  headway backup --data DIR --out before.backup --passphrase-file passphrase.txt
  headway migrate --data DIR

Migrations go forward only, so make a backup first. The release before goes on working on the new schema.";

/// Brings the database up to this release.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct MigrateCommand {
    #[command(flatten)]
    place: Place,
}

impl MigrateCommand {
    /// Runs it, and says how it went.
    pub fn run(&self) -> ExitCode {
        installation::run(self.migrate()).unwrap_or_else(|error| refused(&error))
    }

    async fn migrate(&self) -> Result<ExitCode> {
        let service = open_existing(self.place.data.as_deref(), self.place.database_url.as_deref()).await?;
        let applied = migrate::applied(&service.store).await?;
        println!("{} migrations stand in the database; the newest is {}.", applied.len(), migrate::newest());
        Ok(ExitCode::SUCCESS)
    }
}
