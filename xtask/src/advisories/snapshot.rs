//! The snapshot: one advisory a line, tab-separated, under a line that names the columns.

use anyhow::{Context, Result, bail};
use semver::Version;

use super::range::Ranges;

/// One published fault of one crate.
#[derive(Debug)]
pub struct Advisory {
    /// The crate it is about.
    pub package: String,
    /// Its identifier, such as `RUSTSEC-2026-9001`.
    pub id: String,
    /// The day it was published, as printed.
    pub date: String,
    /// `vulnerability`, `unsound`, `unmaintained` or `notice`.
    pub kind: String,
    /// The patched versions as printed, for people.
    pub patched_text: String,
    patched: Ranges,
    unaffected: Ranges,
}

impl Advisory {
    /// Whether this version of this crate has the fault: neither patched nor never affected.
    pub fn touches(&self, name: &str, version: &Version) -> bool {
        self.package == name && !self.patched.contain(version) && !self.unaffected.contain(version)
    }
}

const COLUMNS: [&str; 7] = ["package", "advisory", "date", "kind", "patched", "unaffected", "categories"];

/// Reads the whole snapshot; a line that can't be read is refused, since skipping it would hide a fault.
pub fn parse(text: &str) -> Result<Vec<Advisory>> {
    let mut lines = text.lines().enumerate();
    let header = lines.next().map(|(_, line)| line.split('\t').collect::<Vec<_>>()).unwrap_or_default();
    if header != COLUMNS {
        bail!("the snapshot of advisories has other columns than {COLUMNS:?}: {header:?}");
    }
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| advisory(line).with_context(|| format!("line {} of the snapshot", index + 1)))
        .collect()
}

fn advisory(line: &str) -> Result<Advisory> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [package, id, date, kind, patched, unaffected, _categories] = cells[..] else {
        bail!("has {} columns, not {}", cells.len(), COLUMNS.len());
    };
    Ok(Advisory {
        package: package.to_owned(),
        id: id.to_owned(),
        date: date.to_owned(),
        kind: kind.to_owned(),
        patched_text: patched.to_owned(),
        patched: Ranges::parse(patched)?,
        unaffected: Ranges::parse(unaffected)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_snapshot_is_read_to_its_last_line() {
        let Some(path) = crate::project::shared_file("reference/advisories.tsv").unwrap() else {
            println!("skipped: ../shared is not beside the project");
            return;
        };
        let text = std::fs::read_to_string(path).unwrap();
        let advisories = parse(&text).unwrap();
        assert_eq!(advisories.len(), text.lines().count() - 1);
        let old_hyper = Version::parse("0.14.2").unwrap();
        assert!(advisories.iter().any(|advisory| advisory.touches("hyper", &old_hyper)));
    }

    #[test]
    fn a_snapshot_with_other_columns_is_refused() {
        assert!(parse("package\tid\nkettle\tRUSTSEC-2026-9001\n").is_err());
        assert!(parse(&format!("{}\nkettle\tRUSTSEC-2026-9001\n", COLUMNS.join("\t"))).is_err());
    }
}
