//! Practice standards, outcomes and indicators.
//!
//! A standard is a file (`library/standards`), an outcome is one event of one child judged by one standard, an indicator
//! is a fold over outcomes. Pure: records and the day of the question come in, outcomes come out.

pub mod assess;
pub mod control_chart;
pub mod example;
pub mod forecast;
pub mod history;
pub mod indicator;
pub mod library;
pub mod outcome;
pub mod picture;
pub mod register;
pub mod shipped;
pub mod standard;
pub mod tracker;
pub mod written;

mod condition;
mod date;
mod elapsed;
mod events;
mod field;
mod limit;
mod names;
mod operator;
mod reason;
