//! What an intervention is made of: instruments and how they are read, obligations and their clocks, and their life.
//!
//! Pure: no input or output, no clock, no chance.

pub mod reading;
pub mod timing;
