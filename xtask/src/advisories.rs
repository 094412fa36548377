//! Known faults in our dependencies: a dated snapshot of the RustSec database, held against `Cargo.lock`.
//!
//! Every match fails unless `xtask/advisories-accepted.toml` names it with the reason it cannot hurt anybody here;
//! an entry there that matches nothing fails too, so that the list only holds what is still true.

mod accepted;
mod lock;
mod range;
mod snapshot;

use std::fs;

use anyhow::{Context, Result, bail};

use crate::project::{root, shared_file};
use accepted::Accepted;
use lock::Locked;
use snapshot::Advisory;

const SNAPSHOT: &str = "reference/advisories.tsv";
const ACCEPTED: &str = "xtask/advisories-accepted.toml";

/// Fails on every advisory that touches a locked version and isn't accepted.
pub fn run() -> Result<()> {
    let Some(path) = shared_file(SNAPSHOT)? else {
        println!(
            "  skipped: ../shared/{SNAPSHOT} isn't there, and without it nothing is known of advisories"
        );
        return Ok(());
    };
    let text = fs::read_to_string(path).context("cannot read the snapshot of advisories")?;
    let advisories = snapshot::parse(&text)?;
    let lock_text = fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let locked = lock::parse(&lock_text)?;
    let accepted_text =
        fs::read_to_string(root().join(ACCEPTED)).with_context(|| format!("cannot read {ACCEPTED}"))?;
    let accepted = accepted::parse(&accepted_text)?;

    let faults = judge(&advisories, &locked, &accepted);
    for fault in &faults {
        println!("  {fault}");
    }
    if !faults.is_empty() {
        bail!(
            "{} not answered for; update the crate, or accept it with its reason in {ACCEPTED}",
            faults.len()
        );
    }
    let newest = advisories.iter().map(|advisory| advisory.date.as_str()).max().unwrap_or("an unknown day");
    println!(
        "  {} crates held against {} advisories, the newest of {newest}: none open, {} accepted with a reason",
        locked.len(),
        advisories.len(),
        accepted.len(),
    );
    Ok(())
}

/// Each match that isn't accepted, and each acceptance that matches nothing, as a line to show.
fn judge(advisories: &[Advisory], locked: &[Locked], accepted: &[Accepted]) -> Vec<String> {
    let matches: Vec<(&Advisory, &Locked)> = locked
        .iter()
        .flat_map(|package| advisories.iter().map(move |advisory| (advisory, package)))
        .filter(|(advisory, package)| advisory.touches(&package.name, &package.version))
        .collect();
    let open = matches
        .iter()
        .filter(|(advisory, _)| !accepted.iter().any(|entry| entry.covers(advisory)))
        .map(|(advisory, package)| describe(advisory, package));
    let unused = accepted
        .iter()
        .filter(|entry| !matches.iter().any(|(advisory, _)| entry.covers(advisory)))
        .map(|entry| {
            format!("{} for {} is accepted and matches nothing: remove it", entry.advisory, entry.package)
        });
    open.chain(unused).collect()
}

fn describe(advisory: &Advisory, package: &Locked) -> String {
    let Advisory { id, kind, date, .. } = advisory;
    let cure = match advisory.patched_text.as_str() {
        "" => String::from("no version is free of it"),
        patched => format!("patched in {patched}"),
    };
    format!("{} {}: {id} ({kind}, {date}); {cure}", package.name, package.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SNAPSHOT_TEXT: &str = "package\tadvisory\tdate\tkind\tpatched\tunaffected\tcategories\n\
        kettle\tRUSTSEC-2026-9001\t2026-01-02\tvulnerability\t>= 1.2.3\t< 1.0.0\tmemory-corruption\n\
        teapot\tRUSTSEC-2026-9002\t2026-02-03\tunmaintained\t\t\t\n";
    const LOCK: &str = "version = 4\n\n\
        [[package]]\nname = \"kettle\"\nversion = \"1.2.0\"\nsource = \"registry\"\n\n\
        [[package]]\nname = \"teapot\"\nversion = \"0.1.0\"\nsource = \"registry\"\n\n\
        [[package]]\nname = \"headway\"\nversion = \"0.1.0\"\n";

    fn judged(accepted_text: &str) -> Vec<String> {
        let advisories = snapshot::parse(SNAPSHOT_TEXT).unwrap();
        judge(&advisories, &lock::parse(LOCK).unwrap(), &accepted::parse(accepted_text).unwrap())
    }

    #[test]
    fn a_vulnerable_or_abandoned_crate_is_open_until_accepted() {
        assert_eq!(
            judged(""),
            [
                "kettle 1.2.0: RUSTSEC-2026-9001 (vulnerability, 2026-01-02); patched in >= 1.2.3",
                "teapot 0.1.0: RUSTSEC-2026-9002 (unmaintained, 2026-02-03); no version is free of it",
            ]
        );
    }

    #[test]
    fn an_accepted_advisory_is_quiet_and_an_unused_acceptance_is_not() {
        let accepted = "[[accepted]]\nadvisory = \"RUSTSEC-2026-9002\"\npackage = \"teapot\"\nreason = \"only pours\"\n\
            [[accepted]]\nadvisory = \"RUSTSEC-2026-9001\"\npackage = \"kettle\"\nreason = \"never boils\"\n\
            [[accepted]]\nadvisory = \"RUSTSEC-2020-0001\"\npackage = \"saucer\"\nreason = \"long gone\"\n";
        assert_eq!(
            judged(accepted),
            ["RUSTSEC-2020-0001 for saucer is accepted and matches nothing: remove it"]
        );
    }
}
