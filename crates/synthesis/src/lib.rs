//! A synthetic council and the extracts it sends: invented children, real layouts.
//!
//! A life is simulated once from a seed ([`life`]); every extract is a picture of what the council's record knew on a day.
//! Pure: a seed and months come in, paths and bytes come out. See `docs/synthetic-councils.md`.

pub mod annex_a;
pub mod census;
pub mod chance;
pub mod dirt;
pub mod files;
pub mod life;
pub mod local;
pub mod looked_after;
pub mod order;
pub mod sheet;
pub mod write;
pub mod year;

#[cfg(test)]
mod tests;
