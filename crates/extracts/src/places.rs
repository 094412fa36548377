//! Where postcodes lie: what the return's postcodes become, since the default import profile drops the postcodes.
//!
//! Distance is straight line, in miles to one decimal, as the SSDA903 return derives it (`vocabulary::places`).

use vocabulary::places::{Place, PlaceTable, Postcode};

/// A table of places.
pub trait Places {
    /// Where a postcode lies; nothing when the table doesn't know it.
    fn place(&self, postcode: &str) -> Option<Place>;
}

impl Places for PlaceTable<'_> {
    fn place(&self, postcode: &str) -> Option<Place> {
        self.find(Postcode::parse(postcode)?)
    }
}
