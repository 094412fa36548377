//! Three years of the invented council's monthly extracts and yearly returns, loaded through the same door as real ones.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use jiff::ToSpan;
use jiff::civil::Date;
use service::acts::{CommitSnapshot, Seen, StageExtract};
use service::{Act, ExtractQuestion, ExtractReader, GivenFile, IdempotencyKey, ReadExtract, Role};
use synthesis::files::{Files, SyntheticFile};
use synthesis::order::{Month, Order};

use super::Demonstration;
use super::days::Days;
use super::people::{Account, acting};

/// Months of extracts, as a council would bring them along.
const MONTHS: u32 = 36;

/// Faults among the cells, as real extracts have them.
const DIRTY: f64 = 0.002;

/// The folder of the lists that the council keeps itself.
const REGISTERS: &str = "registers/";

/// Such lists are loaded for the last months only: each shows the three years before it.
const MONTHS_OF_REGISTERS: i32 = 3;

/// Makes the extracts and loads them, each a few days after the day it tells of, none before the notice came.
pub async fn load(
    service: &Demonstration,
    reader: &ExtractReader,
    accounts: &[Account],
    days: &Days,
    (children, seed): (u32, u64),
) -> Result<()> {
    let last_month = days.today.first_of_month().saturating_sub(1.days());
    let until: Month = format!("{:04}-{:02}", last_month.year(), last_month.month()).parse()?;
    let order = Order { children, months: MONTHS, until, seed, dirty: DIRTY };
    let mut loads: BTreeMap<(Date, String), Vec<SyntheticFile>> = BTreeMap::new();
    for file in Files::plan(&order).context("the demonstration's extracts cannot be made")? {
        let file = file.context("the demonstration's extracts cannot be made")?;
        let wanted = |as_at: Date| {
            !file.path.contains(REGISTERS) || as_at > last_month.saturating_sub(MONTHS_OF_REGISTERS.months())
        };
        if let Some((folder, as_at)) = folder_and_day(&file.path).filter(|(_, as_at)| wanted(*as_at)) {
            loads.entry((as_at, folder)).or_default().push(file);
        }
    }
    let earliest = days.issued.saturating_add(1.days());
    for ((as_at, folder), files) in loads {
        let extracts = read(reader, files, &folder, as_at)?;
        let loaded = as_at.saturating_add(5.days()).max(earliest).min(days.today);
        service.clock.set(days.at(loaded));
        for extract in extracts {
            let snapshot = act(service, accounts, StageExtract::of(extract)).await?;
            let commit = CommitSnapshot { snapshot: Seen { id: snapshot, version: 1 } };
            act(service, accounts, commit).await?;
        }
    }
    Ok(())
}

async fn act<A: Act>(service: &Demonstration, accounts: &[Account], act: A) -> Result<A::Outcome> {
    let analyst = acting(accounts, Role::Analyst)?;
    let key = IdempotencyKey(service.chance.secret()?);
    let done = service.perform(analyst, &key, act).await;
    done.with_context(|| format!("the demonstration could not {}", A::KIND))
}

/// The folder of a file, and the day that its extract tells of: `2026-10/…` is a month, `2026-cin/…` a return's year.
fn folder_and_day(path: &str) -> Option<(String, Date)> {
    let (folder, file) = path.split_once('/')?;
    let (year, rest) = folder.split_once('-')?;
    let year: i16 = year.parse().ok()?;
    let day = match rest.parse::<i8>() {
        Ok(month) => Date::new(year, month, 1).ok()?.last_of_month(),
        Err(_) => Date::new(year, 3, 31).ok()?,
    };
    // Each register is a load of its own.
    let part = if file.starts_with(REGISTERS) { path } else { folder };
    Some((part.to_owned(), day))
}

/// The register that a list belongs to: `2026-10/registers/core_group.csv` is one of core groups.
fn register_of(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.strip_suffix(".csv")
}

fn read(
    reader: &ExtractReader,
    files: Vec<SyntheticFile>,
    folder: &str,
    as_at: Date,
) -> Result<Vec<ReadExtract>> {
    let collection = match folder {
        folder if folder.ends_with("ssda903") => "ssda903",
        folder if folder.ends_with("cin") => "cin",
        list if list.contains(REGISTERS) => register_of(list).context("a list that no register declares")?,
        _ => "annex-a",
    };
    let given: Vec<GivenFile> =
        files.into_iter().map(|file| GivenFile { name: file.path, bytes: file.bytes }).collect();
    let question = ExtractQuestion { collection: Some(collection.to_owned()), ..ExtractQuestion::default() };
    let read = reader.read(&given, as_at, &question);
    read.map_err(|refusal| anyhow::anyhow!("{folder}: {}", refusal.what))
}
