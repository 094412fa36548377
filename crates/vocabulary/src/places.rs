//! Places: what a postcode tells of a placement without telling where the child lives.
//!
//! A home and a placement postcode become a distance in miles, its band, the placement's authority and whether that is
//! the council's own area. Postcodes come from a table that the council builds from open data (`docs/postcodes.md`);
//! districts and authorities from `library/geography/`. Without a table, or with a postcode that it does not hold,
//! nothing is guessed: the answer is why it can't be told. Where a child is placed is the most guarded of facts, so
//! a [`Postcode`] never prints itself.

mod area;
mod checksum;
mod code;
mod distance;
mod postcode;
mod register;
mod table;
#[cfg(test)]
mod tests;
mod writing;

pub use area::{Area, Nearness, Unplaced};
pub use code::AreaCode;
pub use distance::{DistanceBand, distance_miles};
pub use postcode::Postcode;
pub use register::{Authority, District, Placing, Register, RegisterError, Standing, england};
pub use table::{PlaceTable, PlaceTableError};
pub use writing::{BuiltTable, PlaceTableBuilder, WritingRefusal};

/// A point on the National Grid, in metres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridReference {
    /// Metres east.
    pub easting: u32,
    /// Metres north.
    pub northing: u32,
}

impl GridReference {
    /// The largest easting a table can hold; Great Britain ends at about 660,000.
    pub const LARGEST_EASTING: u32 = (1 << 20) - 2;
    /// The largest northing a table can hold; Great Britain ends at about 1,220,000.
    pub const LARGEST_NORTHING: u32 = (1 << 21) - 2;

    /// A point, if a table can hold it.
    pub fn new(easting: u32, northing: u32) -> Option<Self> {
        let held = easting <= Self::LARGEST_EASTING && northing <= Self::LARGEST_NORTHING;
        held.then_some(Self { easting, northing })
    }
}

/// What the table knows of a postcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it is; none where the National Grid does not reach: Northern Ireland, the Channel Islands, the Isle of Man.
    pub grid: Option<GridReference>,
    /// In England the children's services authority on the table's day; elsewhere the council area as the Office codes it.
    pub authority: AreaCode,
}
