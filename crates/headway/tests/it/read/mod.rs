//! `headway read`: what comes out for sound documents, and what is said of the rest.

mod formats;
mod hostile;
mod limits;
mod pdf;
mod refusals;
mod samples;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn headway() -> Command {
    Command::new(env!("CARGO_BIN_EXE_headway"))
}

/// A folder of one test, gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("read-{test}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).expect("a file for the test");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _left_for_the_next_clean = fs::remove_dir_all(&self.0);
    }
}

fn read(file: &Path, format: &str) -> Output {
    headway().arg("read").arg(file).args(["--format", format]).output().expect("headway runs")
}

fn read_from_standard_input(bytes: &[u8], format: &str) -> Output {
    let mut child = headway()
        .args(["read", "-", "--format", format])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("headway runs");
    child.stdin.take().expect("a pipe").write_all(bytes).expect("headway listens");
    child.wait_with_output().expect("headway ends")
}

/// A file of the shared folder beside the project. Absent, the test is skipped, except where everything must run.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{name} is missing from the shared folder");
    eprintln!("skipped: {name} is not in a shared folder beside the project");
    None
}
