//! Where the project is, and how its chores run other programs.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The folder of the root manifest.
pub fn root() -> PathBuf {
    let manifest_folder = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest_folder.parent().map(Path::to_path_buf).unwrap_or(manifest_folder)
}

/// Whether this is the gate's own run, in which nothing may be skipped.
pub fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true" || value == "1")
}

/// A file of the reference folder beside the project.
///
/// Absent is an error in CI; elsewhere it is `None`, and the caller says plainly what was skipped.
pub fn shared_file(name: &str) -> Result<Option<PathBuf>> {
    let path = root().join("../shared").join(name);
    if path.exists() {
        return Ok(Some(path));
    }
    if is_ci() {
        bail!("../shared/{name} is missing, and CI=true lets nothing be skipped");
    }
    Ok(None)
}

/// Cargo, in the project's folder.
pub fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root()).args(arguments);
    command
}

/// Any other program, in the project's folder.
pub fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// Runs a command with its output shown, after saying what it is.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = describe(command);
    eprintln!("  {shown}");
    let status = command.status().with_context(|| format!("cannot start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a command quietly and gives what it printed.
pub fn read(command: &mut Command) -> Result<String> {
    let shown = describe(command);
    let output = command.output().with_context(|| format!("cannot start `{shown}`"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{shown}` failed ({}): {}", output.status, said.trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed something that isn't text"))
}

/// What `cargo metadata` says about our own packages.
pub fn metadata() -> Result<Value> {
    let printed =
        read(&mut cargo(["metadata", "--no-deps", "--format-version", "1", "--locked", "--offline"]))?;
    serde_json::from_str(&printed).context("cargo metadata printed something that isn't JSON")
}

/// The folder that builds go to.
pub fn target() -> Result<PathBuf> {
    let metadata = metadata()?;
    let folder = metadata["target_directory"].as_str().context("cargo metadata names no target directory")?;
    Ok(PathBuf::from(folder))
}

/// A program found on the search path.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|candidate| candidate.is_file())
}

/// Whether we may install Debian packages and take on another user's rights.
pub fn is_root() -> bool {
    read(Command::new("id").arg("-u")).is_ok_and(|printed| printed.trim() == "0")
}

fn describe(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut shown = name.to_string_lossy().into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}
