//! What the use cases promise: who may do what, what each act does and refuses, sign-in, the log, backups.

mod acts;
mod authoriser;
mod backup;
mod clocks;
mod log;
mod log_tampering;
mod people;
mod sign_in;
