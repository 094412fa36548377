//! Document formats: what comes in as a file becomes text, and what goes out becomes a spreadsheet or CSV.
//!
//! `input` and `output` are pure, bytes to text and rows to bytes. `worker` is the one place here that starts a
//! process, because a file from outside is never parsed inside the program that holds the records
//! (`docs/decisions/0010-reading-worker.md`).

pub mod input;
pub mod output;
pub mod worker;
