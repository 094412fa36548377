//! The words every other crate shares: ids, dates and their precision, intervals, working days, parties.
//!
//! Nothing here does input or output, asks the time or rolls dice.

pub mod date;
pub mod id;
pub mod interval;
pub mod party;
pub mod working_days;
