//! The advisories we answer for ourselves, each with its reason.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::snapshot::Advisory;

/// One advisory judged harmless here.
pub struct Accepted {
    /// Its identifier.
    pub advisory: String,
    /// The crate it is about.
    pub package: String,
}

impl Accepted {
    /// Whether this entry is about that advisory.
    pub fn covers(&self, advisory: &Advisory) -> bool {
        self.advisory == advisory.id && self.package == advisory.package
    }
}

/// Reads the file; an entry without a reason is refused.
pub fn parse(text: &str) -> Result<Vec<Accepted>> {
    let file: Value = basic_toml::from_str(text).context("the list of accepted advisories isn't TOML")?;
    let none = Vec::new();
    let entries = file.get("accepted").and_then(Value::as_array).unwrap_or(&none);
    entries.iter().map(entry).collect()
}

fn entry(entry: &Value) -> Result<Accepted> {
    let text = |key: &str| {
        let value = entry.get(key).and_then(Value::as_str).unwrap_or_default().trim();
        if value.is_empty() {
            bail!("an accepted advisory has no {key}: {entry}");
        }
        Ok(value.to_owned())
    };
    text("reason")?;
    Ok(Accepted { advisory: text("advisory")?, package: text("package")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acceptance_without_a_reason_is_refused() {
        let without =
            "[[accepted]]\nadvisory = \"RUSTSEC-2026-9002\"\npackage = \"teapot\"\nreason = \" \"\n";
        assert!(parse(without).is_err());
        assert!(parse("").unwrap().is_empty());
    }
}
