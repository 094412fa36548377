//! `headway doctor`: looks an installation over and says what is wrong, where, and what to do.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use improvement::words::counted;
use service::{Service, log};
use store::Engine;
use vocabulary::places::PlaceTable;

use crate::installation::{self, Layout, open_existing, refused};
use crate::log::Place;

const EXAMPLE: &str = "\
Example:
  headway doctor --data DIR
  headway doctor --data DIR --database-url @address.txt

Exit status: 0 nothing wrong, 1 something to do, 2 wrong usage.";

/// Less free space than this is too little for a day's work and a backup.
const FREE_BYTES: u64 = 1 << 30;

/// Looks an installation over.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct DoctorCommand {
    #[command(flatten)]
    place: Place,
}

/// Something that is not as it must be.
struct Fault {
    what: String,
    place: String,
    to_do: String,
}

impl DoctorCommand {
    /// Runs it, and says how it went.
    pub fn run(&self) -> ExitCode {
        installation::run(self.look()).unwrap_or_else(|error| refused(&error))
    }

    async fn look(&self) -> Result<ExitCode> {
        let layout = Layout::chosen(self.place.data.as_deref())?;
        let service = open_existing(Some(layout.folder()), self.place.database_url.as_deref()).await?;
        let mut faults = files(&layout);
        faults.extend(database(&service, &layout).await?);
        faults.extend(records(&service).await?);
        for setting in service.store.settings().await? {
            println!("{setting}");
        }
        println!("{}", declared_library());
        match postcodes(&layout) {
            Ok(words) => println!("{words}"),
            Err(fault) => faults.push(fault),
        }
        for fault in &faults {
            eprintln!(
                "  What:       {}\n  Where:      {}\n  What to do: {}\n",
                fault.what, fault.place, fault.to_do
            );
        }
        if faults.is_empty() {
            println!("Nothing is wrong.");
            return Ok(ExitCode::SUCCESS);
        }
        eprintln!("headway: {} to do", counted(faults.len(), "thing", "things"));
        Ok(ExitCode::FAILURE)
    }
}

fn files(layout: &Layout) -> Vec<Fault> {
    let private = [layout.database(), layout.key()];
    let mut faults: Vec<Fault> = private.iter().filter_map(|file| open_to_others(file)).collect();
    if let Ok(space) = rustix::fs::statvfs(layout.folder()) {
        let free = space.f_bavail.saturating_mul(space.f_frsize);
        if free < FREE_BYTES {
            faults.push(Fault {
                what: format!("Only {} MB of disk space are free.", free >> 20),
                place: layout.folder().display().to_string(),
                to_do: "Make room: a full disk stops every change, and the next backup.".into(),
            });
        }
    }
    faults
}

/// What the installation judges by, and how much of it is the council's own.
fn declared_library() -> String {
    let library = service::library();
    format!(
        "library: {}, {}, {} of the council's own; SHA-256 {}",
        counted(library.standards.len(), "standard", "standards"),
        counted(library.registers.len(), "register", "registers"),
        counted(library.own.len(), "file", "files"),
        service::library_hash()
    )
}

/// What the postcode table covers, or that there is none.
fn postcodes(layout: &Layout) -> Result<String, Fault> {
    let path = layout.postcodes();
    let fault = |what: String| Fault {
        what,
        place: path.display().to_string(),
        to_do: "Build or copy the table again (docs/postcodes.md): until then no extract can be loaded."
            .into(),
    };
    if !path.exists() {
        return Ok(
            "no postcode table: distances and areas of placements can't be told (docs/postcodes.md)".into()
        );
    }
    let bytes = std::fs::read(&path)
        .map_err(|error| fault(format!("The postcode table cannot be read: {error}.")))?;
    let table = PlaceTable::parse(&bytes)
        .map_err(|error| fault(format!("The postcode table cannot be used: {error}.")))?;
    Ok(format!("postcode table as at {}, {}", table.as_at(), counted(table.len(), "postcode", "postcodes")))
}

#[cfg(unix)]
fn open_to_others(file: &Path) -> Option<Fault> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(file).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| Fault {
        what: format!("Others on this machine may open it (mode {mode:o})."),
        place: file.display().to_string(),
        to_do: format!("Run: chmod 600 {}", file.display()),
    })
}

#[cfg(not(unix))]
fn open_to_others(_file: &Path) -> Option<Fault> {
    None
}

async fn database(service: &Service, layout: &Layout) -> Result<Vec<Fault>> {
    let (place, to_do) = match service.store.engine() {
        Engine::Sqlite => (
            layout.database().display().to_string(),
            "Stop Headway, keep the files as they are, and restore the last backup into a new folder.",
        ),
        Engine::Postgres => (
            "the PostgreSQL server".to_owned(),
            "Stop the server and run: pg_checksums --enable. Without checksums a damaged page is not noticed.",
        ),
    };
    let mut faults = Vec::new();
    for fault in service.store.integrity_faults().await? {
        faults.push(Fault {
            what: format!("The database says: {fault}."),
            place: place.clone(),
            to_do: to_do.into(),
        });
    }
    let applied = store::migrate::applied(&service.store).await?;
    if applied.last() != Some(&store::migrate::newest()) {
        faults.push(Fault {
            what: "The schema is not that of this release.".into(),
            place,
            to_do: "Run: headway migrate".into(),
        });
    }
    Ok(faults)
}

async fn records(service: &Service) -> Result<Vec<Fault>> {
    let verdict = log::verify(&service.store, &service.keys.signing.verifying_key(), &[]).await?;
    let fault = |what: &String| {
        Fault {
        what: format!("The log does not hold: {what}."),
        place: "the log of acts".into(),
        to_do: "Keep the database as it is, restore the last backup beside it, and tell the chair and the Department."
            .into(),
    }
    };
    let faults = verdict.faults.iter().map(fault).collect();
    println!("{} log entries, {} checkpoints", verdict.entries, verdict.checkpoints);
    if let Some((size, at)) = verdict.newest {
        println!("newest checkpoint over {size} entries, signed {at}");
    }
    Ok(faults)
}
