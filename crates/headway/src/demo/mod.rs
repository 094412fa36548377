//! `headway demo`: an invented council nine months into its notice, made by the same acts as real ones, then served.

mod days;
mod documents_of;
mod exceptions_of;
mod extracts_of;
mod measures_of;
mod people;
mod plan_of;
mod story;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use documents::worker::Worker;
use jiff::Timestamp;
use jiff::civil::Date;
use service::{Act, Attachments, Chance, Clock, IdempotencyKey, Keys, Role, Service, london_day};
use store::Store;
use web::state::Settings;

use crate::installation::{self, Layout};
use crate::serve;

/// Makes a synthetic council with a notice and serves it.
#[derive(Args)]
#[command(after_help = "Example:\n  headway demo --data ./northmoor --listen 127.0.0.1:8080 --seed 7")]
pub struct DemoCommand {
    /// The folder to make it in; a new one under the user's data folder when none is named.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Make it and stop.
    #[arg(long)]
    no_serve: bool,
    /// The same seed gives the same council.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many children the council's extracts speak of.
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    children: u32,
    /// Write the address and the accounts to this file as JSON when it is ready; for scripts.
    #[arg(long, value_name = "FILE")]
    accounts_file: Option<PathBuf>,
}

impl DemoCommand {
    /// Makes the demonstration and serves it until told to stop.
    pub fn run(self) -> ExitCode {
        match installation::run(self.make_and_serve()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => installation::refused(&error),
        }
    }

    async fn make_and_serve(self) -> Result<()> {
        serve::start_logging();
        anyhow::ensure!(
            self.listen.ip().is_loopback(),
            "the demonstration listens on the loopback address only, since it shows its passwords and codes: {} is not one",
            self.listen
        );
        let folder = match &self.data {
            Some(folder) => folder.clone(),
            None => new_folder()?,
        };
        let layout = Layout::of(&folder);
        anyhow::ensure!(
            !layout.database().exists(),
            "{} holds an installation already: name another folder with --data, or serve it with headway serve",
            folder.display()
        );
        let accounts = make(&layout, self.seed, self.children).await?;
        eprintln!("The demonstration council stands in {}.", folder.display());
        if self.no_serve {
            people::print(&accounts, None);
            return Ok(());
        }
        let listener = serve::listen(self.listen).await?;
        let address = format!("http://{}", listener.local_addr()?);
        let service = installation::open(Some(&folder), None).await?;
        people::print(&accounts, Some(&address));
        if let Some(file) = &self.accounts_file {
            people::write(file, &address, &accounts)?;
        }
        let reader = Worker::of_this_program()?;
        let extracts = layout.extract_reader()?;
        let settings =
            Settings { secure: false, public_address: address, reader, extracts, demonstration: true };
        serve::serve_on(listener, service, settings).await
    }
}

/// Makes the council in an empty folder. Its past is recorded by a clock that starts ten months back.
async fn make(layout: &Layout, seed: u64, children: u32) -> Result<Vec<people::Account>> {
    installation::make_private_folder(layout.folder())?;
    installation::make_private_folder(&layout.folder().join("keys"))?;
    let now = Timestamp::now();
    let days = days::Days::before(london_day(now));
    let clock = Clock::fixed(days.at(days.issued));
    let chance = Chance::seeded(seed);
    let keys = Keys::open(&layout.key(), &Chance::System)?;
    let store = Store::open_sqlite(&layout.database())
        .await
        .context("the demonstration's database cannot be made")?;
    let attachments = Attachments::in_folder(&layout.attachments());
    let service = Service::new(store, clock, chance, keys, attachments)?;
    let accounts = people::make(&service, seed, days.today).await?;
    eprintln!("Making three years of extracts of {children} children, and loading them.");
    let reader = layout.extract_reader()?;
    extracts_of::load(&service, &reader, &accounts, &days, (children, seed)).await?;
    measures_of::tell(&service, &accounts, &days).await?;
    story::tell(&service, &accounts, &days).await?;
    exceptions_of::note(&service, &accounts, &days).await?;
    plan_of::tell(&service, &accounts, &days).await?;
    service.clock.set(now);
    service.checkpoint_now().await?;
    service.store.close().await;
    Ok(accounts)
}

/// A folder that no other demonstration uses.
fn new_folder() -> Result<PathBuf> {
    let parent = Layout::chosen(None)?.folder().to_owned();
    let second = Timestamp::now().as_second();
    let free = |folder: &PathBuf| !folder.exists();
    let named = |n: i64| parent.join(format!("demonstration-{}", second + n));
    (0..1_000).map(named).find(free).context("no free folder for the demonstration: name one with --data")
}

/// The service of the demonstration while its past is recorded.
type Demonstration = Arc<Service>;

/// Performs an act as somebody of a role, on a day.
async fn act<A: Act>(
    service: &Demonstration,
    accounts: &[people::Account],
    days: &days::Days,
    (role, on): (Role, Date),
    act: A,
) -> Result<A::Outcome> {
    service.clock.set(days.at(on));
    let key = IdempotencyKey(service.chance.secret()?);
    let done = service.perform(people::acting(accounts, role)?, &key, act).await;
    done.with_context(|| format!("the demonstration could not {}", A::KIND))
}

/// Reads one of the demonstration's documents in the limited worker, as an upload is read.
fn read(name: &str, text: &str) -> Result<documents::worker::ReadDocument> {
    let worker = Worker::of_this_program()?;
    worker
        .read_named(name, text.as_bytes())
        .map_err(|refusal| anyhow::anyhow!("{}: {}", Path::new(name).display(), refusal.for_people().what))
}
