//! Where postcodes lie: what the return's postcodes become, since the default import profile drops the postcodes.
//!
//! Distance is straight line, from differences of easting and northing in metres, in miles to one decimal, as the
//! SSDA903 return derives it.

/// Where a postcode lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Metres east on the national grid.
    pub easting: f64,
    /// Metres north on the national grid.
    pub northing: f64,
    /// Code of the authority for children's services there.
    pub authority: String,
}

/// A table of places.
pub trait Places {
    /// Where a postcode lies; nothing when the table doesn't know it.
    fn place(&self, postcode: &str) -> Option<Place>;
}

/// Miles in a straight line, to one decimal.
pub fn distance_in_miles(from: &Place, to: &Place) -> f64 {
    const KILOMETRES_IN_A_MILE: f64 = 1.6093;
    let metres = (from.easting - to.easting).hypot(from.northing - to.northing);
    (metres / 1000.0 / KILOMETRES_IN_A_MILE * 10.0).round() / 10.0
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

    fn at(easting: f64, northing: f64) -> Place {
        Place { easting, northing, authority: String::new() }
    }

    #[test]
    fn distance_is_straight_line_in_miles_to_one_decimal() {
        assert_eq!(distance_in_miles(&at(0.0, 0.0), &at(3_000.0, 4_000.0)), 3.1);
        assert_eq!(distance_in_miles(&at(430_000.0, 290_000.0), &at(430_000.0, 290_000.0)), 0.0);
    }

    #[test]
    fn twenty_miles_are_not_over_twenty() {
        let bands = [(0.0, "under 5"), (4.9, "under 5"), (5.0, "5 to 10"), (10.0, "10 to 20")];
        for (miles, band) in bands.into_iter().chain([(20.0, "10 to 20"), (20.1, "over 20")]) {
            assert_eq!(distance_band(miles), band, "{miles}");
        }
    }
}
