//! What an intervention is made of: instruments and how they are read, obligations and their clocks, and their life.
//!
//! Pure: no input or output, no clock, no chance.

pub mod amendment;
pub mod cadence;
pub mod occurrence;
pub mod plan;
pub mod reading;
pub mod register;
pub mod timing;
pub mod words;
