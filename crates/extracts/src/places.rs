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

/// The band of a distance, as it is kept and shown.
pub fn distance_band(miles: f64) -> &'static str {
    match miles {
        miles if miles < 5.0 => "under 5",
        miles if miles < 10.0 => "5 to 10",
        miles if miles <= 20.0 => "10 to 20",
        _ => "over 20",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_miles_are_not_over_twenty() {
        let bands = [(0.0, "under 5"), (4.9, "under 5"), (5.0, "5 to 10"), (10.0, "10 to 20")];
        for (miles, band) in bands.into_iter().chain([(20.0, "10 to 20"), (20.1, "over 20")]) {
            assert_eq!(distance_band(miles), band, "{miles}");
        }
    }
}
