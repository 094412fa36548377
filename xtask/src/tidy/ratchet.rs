//! Present offenders against a rule: one a line as `rule path count`. The list may only shrink.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};

use super::Fault;
use crate::project::root;

const FILE: &str = "xtask/ratchet.txt";

/// How much of each rule each file may still break.
pub struct Ratchet {
    allowed: BTreeMap<(String, String), usize>,
}

impl Ratchet {
    /// Reads the list.
    pub fn read() -> Result<Self> {
        let text = fs::read_to_string(root().join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let allowed = lines.map(|line| {
            let mut words = line.split_whitespace();
            let entry = (|| {
                let (rule, path) = (words.next()?, words.next()?);
                let count = words.next()?.parse::<usize>().ok()?;
                words.next().is_none().then(|| ((rule.to_owned(), path.to_owned()), count))
            })();
            entry.with_context(|| format!("{FILE}: {line:?} isn't `rule path count`"))
        });
        Ok(Self { allowed: allowed.collect::<Result<_>>()? })
    }

    /// The faults of a rule that the list doesn't excuse, and the entries that excuse more than is there.
    pub fn hold(&self, rule: &str, faults: Vec<Fault>) -> Vec<Fault> {
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for fault in &faults {
            *found.entry(fault.path.clone()).or_default() += fault.weight;
        }
        let allowed =
            |path: &str| self.allowed.get(&(rule.to_owned(), path.to_owned())).copied().unwrap_or(0);
        let mut kept: Vec<Fault> =
            faults.into_iter().filter(|fault| found[&fault.path] > allowed(&fault.path)).collect();
        for ((_, path), count) in self.allowed.iter().filter(|((name, _), _)| name == rule) {
            let now = found.get(path).copied().unwrap_or(0);
            if now < *count {
                kept.push(Fault::new(
                    path,
                    0,
                    format!("{FILE} allows {count} and {now} are left: shrink the list"),
                ));
            }
        }
        kept
    }

    /// Rules named in the list that don't exist.
    pub fn unknown_rules<'a>(&self, known: impl Iterator<Item = &'a str>) -> Vec<String> {
        let known: Vec<&str> = known.collect();
        self.allowed
            .keys()
            .map(|(rule, _)| rule.clone())
            .filter(|rule| !known.contains(&rule.as_str()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(list: &str, faults: usize) -> Vec<String> {
        let faults = (1..=faults).map(|line| Fault::new("a.rs", line, "wrong")).collect();
        let kept = Ratchet::parse(list).unwrap().hold("spelling", faults);
        kept.into_iter().map(|fault| fault.what).collect()
    }

    #[test]
    fn listed_offenders_pass_while_there_are_no_more_of_them() {
        assert!(held("# begun in November\nspelling a.rs 2\n", 2).is_empty());
        assert_eq!(held("spelling a.rs 2", 3).len(), 3);
        assert_eq!(held("spelling b.rs 2", 1).len(), 2);
    }

    #[test]
    fn the_list_may_only_shrink() {
        assert_eq!(
            held("spelling a.rs 2", 1),
            ["xtask/ratchet.txt allows 2 and 1 are left: shrink the list"]
        );
    }

    #[test]
    fn a_line_that_cannot_be_read_or_names_no_rule_is_refused() {
        assert!(Ratchet::parse("spelling a.rs many").is_err());
        let ratchet = Ratchet::parse("speling a.rs 1").unwrap();
        assert_eq!(ratchet.unknown_rules(["spelling"].into_iter()), ["speling"]);
    }
}
