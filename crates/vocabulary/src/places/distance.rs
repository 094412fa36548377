//! Distance of a placement from home, as the children looked after return derives it.
//!
//! Straight line: square root of the squared differences of easting and northing in metres, divided by 1000 and by
//! 1.6093, rounded to one decimal (SSDA903, `PL_DISTANCE`). National statistics split at "over 20 miles"; the bands
//! below that are ours.

use super::GridReference;

const KILOMETRES_A_MILE: f64 = 1.6093;

/// Miles from one point to another in a straight line, to one decimal.
pub fn distance_miles(home: GridReference, placement: GridReference) -> f64 {
    let east = f64::from(home.easting.abs_diff(placement.easting));
    let north = f64::from(home.northing.abs_diff(placement.northing));
    let miles = east.hypot(north) / 1000.0 / KILOMETRES_A_MILE;
    (miles * 10.0).round() / 10.0
}

/// How far a placement is from home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DistanceBand {
    /// Under 5 miles.
    Under5,
    /// 5 miles or more, under 10.
    From5To10,
    /// 10 miles or more, up to and with 20.
    From10To20,
    /// Over 20 miles: 20.1 and more, since the return's distance has one decimal.
    Over20,
}

impl DistanceBand {
    /// Every band, nearest first.
    pub const ALL: [Self; 4] = [Self::Under5, Self::From5To10, Self::From10To20, Self::Over20];

    /// The band of a distance in miles as [`distance_miles`] gives it.
    pub fn of(miles: f64) -> Self {
        match miles {
            miles if miles < 5.0 => Self::Under5,
            miles if miles < 10.0 => Self::From5To10,
            miles if miles <= 20.0 => Self::From10To20,
            _ => Self::Over20,
        }
    }

    /// The code under which a record keeps it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Under5 => "under 5",
            Self::From5To10 => "5 to 10",
            Self::From10To20 => "10 to 20",
            Self::Over20 => "over 20",
        }
    }
}
