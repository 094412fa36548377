//! A folder of a test's own, gone when the test is.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

static COUNT: AtomicU64 = AtomicU64::new(0);

/// A folder that is removed when it is dropped.
#[derive(Debug)]
pub struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// Makes a new, empty folder.
    #[expect(clippy::new_without_default, reason = "a new folder is an effect, not a value")]
    pub fn new() -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("headway-test-{}-{number}", std::process::id()));
        // An earlier process of the same number may have been killed before it could clear up.
        let _gone = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the system's temporary folder takes a new folder");
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // What cannot be removed now, the system removes with its temporary folder.
        let _left = std::fs::remove_dir_all(&self.0);
    }
}
