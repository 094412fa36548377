//! An installation on disk: the folder that holds its database, keys and attachments, and how it is opened.
//!
//! `DIR/headway.db`, `DIR/keys/headway.key`, `DIR/attachments/`, `DIR/postcodes.table` where one was built, and
//! `DIR/library/` where the council has declared files of its own. On PostgreSQL the database stands elsewhere; keys and
//! attachments stay in the folder. Everything is readable by its owner alone.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use service::{Attachments, Chance, Clock, ExtractReader, Keys, OWN_FOLDER, Refusal, Service};
use store::Store;

use crate::declared;

/// The files of an installation.
#[derive(Clone, Debug)]
pub struct Layout {
    folder: PathBuf,
}

impl Layout {
    /// The layout under a folder.
    pub fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The layout under the folder that is named, or under the user's own.
    pub fn chosen(data: Option<&Path>) -> Result<Self> {
        if let Some(folder) = data {
            return Ok(Self::of(folder));
        }
        let own = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
        let parent = own.or_else(home).context("name the folder of the installation with --data DIR")?;
        Ok(Self::of(&parent.join("headway")))
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The SQLite database.
    pub fn database(&self) -> PathBuf {
        self.folder.join("headway.db")
    }

    /// The keys.
    pub fn key(&self) -> PathBuf {
        self.folder.join("keys").join("headway.key")
    }

    /// The folder of kept files.
    pub fn attachments(&self) -> PathBuf {
        self.folder.join("attachments")
    }

    /// The postcode table, which the council may build (`docs/postcodes.md`).
    pub fn postcodes(&self) -> PathBuf {
        self.folder.join("postcodes.table")
    }

    /// What reads extracts for this installation, in a limited process of its own.
    pub fn extract_reader(&self) -> Result<ExtractReader> {
        ExtractReader::of_this_program(Some(self.postcodes())).context("the program cannot find itself")
    }
}

/// Opens an installation; in an empty folder it makes a new one.
pub async fn open(data: Option<&Path>, database_url: Option<&str>) -> Result<Arc<Service>> {
    let layout = Layout::chosen(data)?;
    make_private_folder(layout.folder())?;
    make_private_folder(&layout.folder().join("keys"))?;
    let store = open_store(&layout, database_url).await?;
    assemble(&layout, store)
}

/// Opens an installation that must stand already.
pub async fn open_existing(data: Option<&Path>, database_url: Option<&str>) -> Result<Arc<Service>> {
    let layout = Layout::chosen(data)?;
    if database_url.is_none() && !layout.database().exists() {
        bail!(
            "there is no installation in {}: headway.db is missing. Name another folder with --data, or make one with \
             headway serve or headway user add",
            layout.folder().display()
        );
    }
    open(Some(layout.folder()), database_url).await
}

async fn open_store(layout: &Layout, database_url: Option<&str>) -> Result<Store> {
    let store = match database_url {
        Some(url) => {
            let url = url_or_file(url)?;
            Store::open_postgres(&url).await.context("the PostgreSQL database cannot be used")?
        }
        None => open_sqlite(layout).await?,
    };
    // New keys beside old records would leave every second factor and every checkpoint unreadable.
    if !layout.key().exists() && store.log_size().await? > 0 {
        bail!(
            "the key file {} is missing, but the database holds records made with it: put the file back from a backup",
            layout.key().display()
        );
    }
    Ok(store)
}

async fn open_sqlite(layout: &Layout) -> Result<Store> {
    let file = layout.database();
    let left_over = std::fs::metadata(layout.folder().join("headway.db-wal")).is_ok_and(|wal| wal.len() > 0);
    let store = Store::open_sqlite(&file)
        .await
        .with_context(|| format!("the database {} cannot be used", file.display()))?;
    // What is left in the write-ahead log says that the last stop was not a clean one, or that a server is running.
    if left_over {
        let faults = store.integrity_faults().await?;
        if let Some(fault) = faults.first() {
            bail!(
                "the database {} is damaged ({fault}): stop here and restore the last backup with headway restore",
                file.display()
            );
        }
    }
    Ok(store)
}

fn assemble(layout: &Layout, store: Store) -> Result<Arc<Service>> {
    lay_over(layout)?;
    let chance = Chance::System;
    let keys = Keys::open(&layout.key(), &chance)?;
    let attachments = Attachments::in_folder(&layout.attachments());
    Ok(Service::new(store, Clock::System, chance, keys, attachments)?)
}

/// Lays the council's own declared files over the shipped ones.
fn lay_over(layout: &Layout) -> Result<()> {
    let own = declared::own_files(layout.folder())?;
    if let Err(problems) = service::lay_over(&own) {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        bail!(
            "the council's own library in {} cannot be used, so nothing was started:\n{}\nMend or take away what is named; \
             headway library check {} runs the same check",
            layout.folder().display(),
            lines.join("\n"),
            layout.folder().join(OWN_FOLDER).display()
        );
    }
    Ok(())
}

/// The address itself, or the one that stands in a file named after `@`, so that its password need not stand in the
/// list of processes.
pub fn url_or_file(url: &str) -> Result<String> {
    match url.strip_prefix('@') {
        Some(file) => {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("the file {file} with the database address cannot be read"))?;
            Ok(text.trim().to_owned())
        }
        None => Ok(url.to_owned()),
    }
}

/// Makes a folder that only its owner may open; one that stands already keeps its mode.
pub fn make_private_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))
}

/// Runs a command's work on a runtime of its own.
pub fn run<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the program cannot start its threads")?
        .block_on(work)
}

/// Prints why a command was refused, with what lies under it, and gives the exit status for that.
pub fn refused(error: &anyhow::Error) -> ExitCode {
    match error.downcast_ref::<Refusal>() {
        Some(Refusal::Invalid(problems)) => {
            for problem in problems {
                eprintln!("headway: {}", problem.message);
            }
        }
        _ => eprintln!("headway: {error:#}"),
    }
    ExitCode::FAILURE
}
