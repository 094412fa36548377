//! `headway backup`: one encrypted file with database, keys and attachments, read back before it counts.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use service::backup::{DUMP, Lock, Parts};

use crate::installation::{self, Layout, open_existing, refused, url_or_file};
use crate::log::Place;

const EXAMPLE: &str = "\
Example:
  headway backup --data DIR --out headway-2026-09-07.backup --passphrase-file passphrase.txt
  headway backup --data DIR --out headway-2026-09-07.backup --recipient age1...

Headway goes on working meanwhile. Keep the file on another machine, and the passphrase elsewhere.
A backup can also be opened by hand: age --decrypt headway.backup | tar -x";

/// Makes an encrypted backup while Headway goes on working.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct BackupCommand {
    #[command(flatten)]
    place: Place,
    /// The file to write; it must not stand yet.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Encrypt for the holder of this age key.
    #[arg(long, value_name = "AGE_KEY", required_unless_present = "passphrase_file")]
    recipient: Option<String>,
    /// Encrypt under the passphrase in this file.
    #[arg(long, value_name = "FILE", conflicts_with = "recipient")]
    passphrase_file: Option<PathBuf>,
}

impl BackupCommand {
    /// Runs it, and says how it went.
    pub fn run(&self) -> ExitCode {
        installation::run(self.back_up()).unwrap_or_else(|error| refused(&error))
    }

    async fn back_up(&self) -> Result<ExitCode> {
        let lock = match (&self.recipient, &self.passphrase_file) {
            (Some(recipient), _) => Lock::for_recipient(recipient)?,
            (None, Some(file)) => Lock::under_passphrase(&secret_in(file)?)?,
            (None, None) => bail!("name --recipient or --passphrase-file"),
        };
        let layout = Layout::chosen(self.place.data.as_deref())?;
        let url = self.place.database_url.as_deref();
        let service = open_existing(Some(layout.folder()), url).await?;
        let dump = url.map(|url| dump(&layout, url)).transpose()?;
        let parts = Parts {
            folder: layout.folder().to_owned(),
            key: layout.key(),
            dump: dump.as_ref().map(|dump| dump.0.clone()),
        };
        let manifest = service.back_up(&parts, lock, &self.out).await?;
        println!(
            "Backed up {} files and {} log entries to {}, and read it back.",
            manifest.files.len(),
            manifest.log_size,
            self.out.display()
        );
        Ok(ExitCode::SUCCESS)
    }
}

/// A file that is removed when it is dropped.
struct Dump(PathBuf);

impl Drop for Dump {
    fn drop(&mut self) {
        let _gone = std::fs::remove_file(&self.0);
    }
}

/// Has PostgreSQL's own program dump the database beside the keys. The address goes through the environment, not the
/// list of processes.
fn dump(layout: &Layout, url: &str) -> Result<Dump> {
    let target = Dump(layout.folder().join(format!(".{DUMP}-{}", std::process::id())));
    service::write_private(&target.0, b"").context("the folder of the installation cannot be written")?;
    let url = url_or_file(url)?;
    let run = Command::new("pg_dump")
        .args(["--format=custom", "--no-password", "--file"])
        .arg(&target.0)
        .envs(connection(&url)?)
        .status();
    match run {
        Ok(status) if status.success() => Ok(target),
        Ok(_) => bail!("pg_dump failed: see its message above. Nothing was backed up"),
        Err(_) => bail!(
            "pg_dump is not installed here, and Headway does not copy a PostgreSQL database without it. Install \
             PostgreSQL's client programs, or use your server's own pg_basebackup together with a copy of {}",
            layout.folder().display()
        ),
    }
}

/// The parts of `postgres://user:password@host:port/name` as PostgreSQL's programs take them from their environment.
fn connection(url: &str) -> Result<Vec<(&'static str, String)>> {
    let form = "the database address is not of the form postgres://user:password@host:port/name";
    let rest = url.split_once("://").context(form)?.1;
    let (credentials, place) = rest.rsplit_once('@').context(form)?;
    let (server, name) = place.split_once('/').context(form)?;
    let (user, password) = credentials.split_once(':').unwrap_or((credentials, ""));
    let (host, port) = server.rsplit_once(':').unwrap_or((server, "5432"));
    let name = name.split('?').next().unwrap_or(name);
    Ok(vec![
        ("PGUSER", user.to_owned()),
        ("PGPASSWORD", password.to_owned()),
        ("PGHOST", host.to_owned()),
        ("PGPORT", port.to_owned()),
        ("PGDATABASE", name.to_owned()),
    ])
}

/// The text of a file that holds a secret.
pub fn secret_in(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("the file {} cannot be read", file.display()))
}
