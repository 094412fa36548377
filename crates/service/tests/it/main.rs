//! What the use cases promise: who may do what, what each act does and refuses, sign-in, the log, backups.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

mod acts;
mod authoriser;
mod backup;
mod clocks;
mod durability;
mod exceptions;
mod exports;
mod extracts;
mod log;
mod log_tampering;
mod measures;
mod people;
mod reconciliation;
mod sign_in;
