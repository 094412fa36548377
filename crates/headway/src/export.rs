//! `headway export`: a council's figures as Parquet files for a warehouse or a reporting tool, with their data
//! dictionary; and, only when asked for, every child's outcomes under random ids.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use jiff::civil::Date;
use service::export::{Star, TakenOut};
use service::{Figures, Knowledge, Service, write_private};
use star_schema::{Class, OutcomeRow, Row as _};
use store::Scope;

use crate::assess::council_scope;
use crate::installation::{self, make_private_folder, open_existing, refused};
use crate::log::Place;

const COMMAND: &str = "headway export";

/// Writes a council's figures as Parquet files for a warehouse or a reporting tool.
#[derive(Args)]
#[command(
    after_help = "Example:\n  headway export --data ./northmoor --council \"Northmoor Council\" --as-at 2026-10-31 --out warehouse\n\nRun it again to refresh: the files keep their names and are replaced one by one. What every column means stands in\ndata_dictionary.csv beside them. With --with-children the folder holds records of children: keep it as you keep the\nextracts. That the files were taken out is written in the access log first."
)]
pub struct ExportCommand {
    #[command(flatten)]
    place: Place,
    /// The council's name; not needed where there is one.
    #[arg(long)]
    council: Option<String>,
    /// The day the figures tell of, as 2026-10-31; that of the newest load when none is named.
    #[arg(long, value_name = "DATE")]
    as_at: Option<Date>,
    /// Only what was loaded by this day counts; everything when none is named.
    #[arg(long, value_name = "DATE")]
    known_on: Option<Date>,
    /// The folder to write to; it is made, for its owner alone, where there is none.
    #[arg(long, value_name = "FOLDER", required_unless_present = "dictionary")]
    out: Option<PathBuf>,
    /// Also writes every child's outcomes, under random ids (fact_outcome.parquet).
    #[arg(long)]
    with_children: bool,
    /// Prints the data dictionary as a page of documentation, and nothing else.
    #[arg(long, exclusive = true)]
    dictionary: bool,
}

impl ExportCommand {
    /// Runs it, and says how it went.
    pub fn run(&self) -> ExitCode {
        if self.dictionary {
            print!("{}", star_schema::dictionary_as_markdown());
            return ExitCode::SUCCESS;
        }
        installation::run(self.perform()).unwrap_or_else(|error| refused(&error))
    }

    async fn perform(&self) -> Result<ExitCode> {
        let folder = self.out.as_deref().context("name the folder to write to with --out")?;
        let service = open_existing(self.place.data.as_deref(), self.place.database_url.as_deref()).await?;
        let (name, scope) = council_scope(&service, self.council.as_deref()).await?;
        let asked = Knowledge { as_at: self.as_at, known_on: self.known_on, ..Knowledge::default() };
        let Some(figures) = service.figures(&scope, asked).await? else {
            bail!("{name} has no load for these days: load an extract with headway load")
        };
        let star = self.star(&service, &name, &scope, &figures).await?;
        let taken = self.taken(&service, &name, &figures).await?;
        service.record_taken_out_here(&scope, COMMAND, &what(&star)).await?;
        make_private_folder(folder)?;
        if star.outcomes.is_none() {
            remove_children(folder)?;
        }
        for (file, bytes) in star.files(&taken)? {
            let path = folder.join(file);
            write_private(&path, &bytes)
                .with_context(|| format!("the file {} cannot be written", path.display()))?;
            println!("{} ({} bytes)", path.display(), bytes.len());
        }
        service.store.close().await;
        Ok(ExitCode::SUCCESS)
    }

    async fn star(&self, service: &Service, name: &str, scope: &Scope, figures: &Figures) -> Result<Star> {
        let remarks = service.remarks(scope).await?;
        let remarks = match self.known_on {
            Some(day) => remarks.by(day),
            None => remarks,
        };
        Ok(match self.with_children {
            true => Star::with_children(figures, &remarks, name, scope)?,
            false => Star::of(figures, &remarks, name, scope),
        })
    }

    async fn taken(&self, service: &Service, name: &str, figures: &Figures) -> Result<TakenOut> {
        let class = if self.with_children { Class::C3 } else { Class::C2 };
        let by = "whoever holds the machine, command line";
        Ok(service.taken_out(name, figures, self.known_on, by, class).await?)
    }
}

/// Takes away the children of an earlier export: their keys would lead to other rows now.
fn remove_children(folder: &Path) -> Result<()> {
    let path = folder.join(format!("{}.parquet", OutcomeRow::TABLE.name));
    if !path.exists() {
        return Ok(());
    }
    println!("{} of an earlier export is removed", path.display());
    std::fs::remove_file(&path).with_context(|| format!("the file {} cannot be removed", path.display()))
}

/// What is taken out, for the access log.
fn what(star: &Star) -> String {
    match &star.outcomes {
        Some(outcomes) => format!("figures, and {} outcomes of children under random ids", outcomes.len()),
        None => "figures, without children".to_owned(),
    }
}
