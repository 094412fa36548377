//! The versions we build with, from `Cargo.lock`.

use anyhow::{Context, Result};
use semver::Version;
use serde_json::Value;

/// One crate from a registry at the version we use.
#[derive(Debug)]
pub struct Locked {
    /// The crate's name.
    pub name: String,
    /// The version in use.
    pub version: Version,
}

/// Reads the lock file; our own crates, which come from no registry, are left out.
pub fn parse(text: &str) -> Result<Vec<Locked>> {
    let file: Value = basic_toml::from_str(text).context("Cargo.lock isn't TOML")?;
    let packages = file["package"].as_array().context("Cargo.lock lists no packages")?;
    packages.iter().filter(|package| package.get("source").is_some()).map(locked).collect()
}

fn locked(package: &Value) -> Result<Locked> {
    let name = package["name"].as_str().context("a package in Cargo.lock has no name")?;
    let version =
        package["version"].as_str().with_context(|| format!("{name} in Cargo.lock has no version"))?;
    let version = Version::parse(version).with_context(|| format!("{name} in Cargo.lock: {version}"))?;
    Ok(Locked { name: name.to_owned(), version })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_lock_file_is_read_without_our_own_crates() {
        let text = std::fs::read_to_string(crate::project::root().join("Cargo.lock")).unwrap();
        let locked = parse(&text).unwrap();
        assert!(locked.iter().any(|package| package.name == "semver"));
        assert!(!locked.iter().any(|package| package.name == "headway"));
    }
}
