//! `headway load`: reads extracts into a snapshot of a council, says what was found, and makes it count.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::Args;
use documents::input::PlainRefusal;
use extracts::Collection;
use jiff::civil::Date;
use service::acts::{CommitSnapshot, Seen, StageExtract};
use service::{Actor, ExtractQuestion, IdempotencyKey, ReadExtract, Refusal, Role, Service};
use store::{Scope, SnapshotState};
use vocabulary::date::day_in_words;

use crate::assess::council_scope;
use crate::check::files::Given;
use crate::installation::{self, Layout, open_existing, refused};
use crate::log::Place;

const EXAMPLE: &str = "\
Example:
  headway load --data ./northmoor --council \"Northmoor Council\" --as-at 2026-10-31 extracts/2026-10/annex-a.xlsx

A PATH is a file or a folder. The files of one collection are one load; a folder may hold several collections.
The same files twice change nothing. What was loaded is never changed: load a corrected extract beside it.";

/// Reads extracts into a snapshot.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct LoadCommand {
    #[command(flatten)]
    place: Place,
    /// The council's name; not needed where there is one.
    #[arg(long)]
    council: Option<String>,
    /// The day that the extract tells of, as 2026-10-31.
    #[arg(long, value_name = "DATE")]
    as_at: Date,
    /// Which collection the files are; told from their content when it is not named.
    #[arg(long, value_name = "COLLECTION", value_parser = collection)]
    collection: Option<Collection>,
    /// Files or folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// A collection by its name on the command line.
fn collection(name: &str) -> Result<Collection, String> {
    service::collection_named(name)
        .ok_or_else(|| "name annex-a, ssda903, cin or a register such as core_group".to_owned())
}

impl LoadCommand {
    /// Runs it, and says how it went.
    pub fn run(&self) -> ExitCode {
        installation::run(self.perform()).unwrap_or_else(|error| refused(&error))
    }

    async fn perform(&self) -> Result<ExitCode> {
        let service = open_existing(self.place.data.as_deref(), self.place.database_url.as_deref()).await?;
        let (name, scope) = council_scope(&service, self.council.as_deref()).await?;
        let actor = Actor::trusted(Service::PROGRAM, "Command line", Role::DataSteward, scope.council());
        let files = Given::open(&self.paths)
            .map_err(|(place, refusal)| anyhow!("{place}: {}", in_a_line(&refusal)))?
            .files;
        let question = ExtractQuestion {
            collection: self.collection.map(|collection| collection.name().to_owned()),
            places: service.council_places(&scope).await?,
            ..ExtractQuestion::default()
        };
        let reader = Layout::chosen(self.place.data.as_deref())?.extract_reader()?;
        let extracts =
            reader.read(&files, self.as_at, &question).map_err(|refusal| anyhow!(in_a_line(&refusal)))?;
        for extract in extracts {
            load(&service, &actor, (&name, &scope), extract).await?;
        }
        service.checkpoint_now().await?;
        service.store.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

fn in_a_line(refusal: &PlainRefusal) -> String {
    format!("{} Where: {} What to do: {}", refusal.what, refusal.where_, refusal.what_to_do)
}

async fn load(
    service: &Service,
    actor: &Actor,
    (council, scope): (&str, &Scope),
    extract: ReadExtract,
) -> Result<()> {
    let (lists, findings, rules) = (extract.lists.clone(), extract.findings.clone(), extract.rules_run);
    let act = StageExtract::of(extract);
    let key = || Ok::<_, Refusal>(IdempotencyKey(service.chance.secret()?));
    let known = service.snapshot_of_files(scope, &act).await?;
    let snapshot = match known {
        Some(known) if known.state == SnapshotState::Committed => {
            let day = day_in_words(known.as_at);
            println!("These files were loaded before, as {} as at {day}. Nothing changes.", known.title());
            return Ok(());
        }
        // Staged on the page, or by a command that was stopped before it was done.
        Some(staged) => Seen { id: staged.id, version: staged.version },
        None => Seen { id: service.perform(actor, &key()?, act).await?, version: 1 },
    };
    let id = snapshot.id;
    service.perform(actor, &key()?, CommitSnapshot { snapshot }).await?;
    println!("Loaded into {council}: snapshot {id}");
    for list in lists {
        println!("  {}: {} rows, {} records", list.name, list.rows, list.records);
    }
    println!("  {rules} rules were asked; they found:");
    if findings.is_empty() {
        println!("    nothing");
    }
    for finding in findings {
        println!("    {} ({}): {} rows. {}", finding.code, finding.severity, finding.rows, finding.message);
    }
    Ok(())
}
