//! The words every other crate shares: ids, dates and their precision, intervals, working days, parties, records of children.
//!
//! Nothing here does input or output, asks the time or rolls dice.

pub mod date;
pub mod day;
pub mod id;
pub mod interval;
pub mod party;
pub mod places;
pub mod records;
pub mod words;
pub mod working_days;
