//! A child's two postcodes become what may be kept of them (security rules, section 5: home and placement postcodes
//! become distance band, authority and in/out-of-area flag).

use std::collections::BTreeSet;
use std::fmt;

use super::{Area, AreaCode, DistanceBand, Nearness, Place, PlaceTable, Postcode, distance_miles, england};

/// Which of the two postcodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// The child's home.
    Home,
    /// The placement.
    Placement,
}

impl fmt::Display for Whose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Home => "home",
            Self::Placement => "placement",
        })
    }
}

/// Why something about a place can't be told. The words never hold a postcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Unplaced {
    /// The council has built no table.
    #[error("no postcode table is installed")]
    NoTable,
    /// The source gives no postcode.
    #[error("the {0} postcode is blank")]
    Blank(Whose),
    /// What it gives has not the form of one.
    #[error("the {0} postcode is not a postcode")]
    Malformed(Whose),
    /// The table does not hold it: it is newer than the table, or mistyped.
    #[error("the {0} postcode is not in the postcode table")]
    NotInTable(Whose),
    /// It lies where the National Grid does not reach.
    #[error("the {0} postcode has no place on the National Grid")]
    OffTheGrid(Whose),
    /// The council's own code is in no register.
    #[error("the council's own code is not that of a children's services authority")]
    CouncilUnknown,
    /// Areas were shared out between the table's day and the council's.
    #[error(
        "authorities were reorganised, and the postcode table and the council's code are of different days"
    )]
    Reorganised,
    /// Nobody has said which authorities adjoin the council.
    #[error("the council has not set which authorities adjoin it")]
    AdjoiningUnset,
}

/// What is known of geography for one council.
#[derive(Clone, Copy, Debug)]
pub struct CouncilGeography<'a> {
    /// The postcode table, if one is installed.
    pub table: Option<&'a PlaceTable<'a>>,
    /// The council.
    pub council: AreaCode,
    /// The authorities that adjoin it, once the council has set them; none may adjoin.
    pub adjoining: Option<&'a BTreeSet<AreaCode>>,
}

/// What may be kept of a child's home and placement postcodes; each part told, or why not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacementGeography {
    /// Miles from home to placement, to one decimal.
    pub distance_miles: Result<f64, Unplaced>,
    /// The band of that distance.
    pub distance_band: Result<DistanceBand, Unplaced>,
    /// The authority where the placement is.
    pub authority: Result<AreaCode, Unplaced>,
    /// Whether the placement is in the council's area.
    pub area: Result<Area, Unplaced>,
    /// Whether it is in the area, in an adjoining one, or at a distance.
    pub nearness: Result<Nearness, Unplaced>,
}

impl CouncilGeography<'_> {
    /// Turns two postcodes, as the source gives them, into what may be kept.
    pub fn placement(&self, home: &str, placement: &str) -> PlacementGeography {
        let home = self.look_up(Whose::Home, home);
        let placement = self.look_up(Whose::Placement, placement);
        let miles = distance(home, placement);
        let authority = placement.map(|place| place.authority);
        PlacementGeography {
            distance_miles: miles,
            distance_band: miles.map(DistanceBand::of),
            authority,
            area: authority.and_then(|place| england().area(self.council, place)),
            nearness: authority.and_then(|place| england().nearness(self.council, self.adjoining, place)),
        }
    }

    fn look_up(&self, whose: Whose, text: &str) -> Result<Place, Unplaced> {
        if text.trim().is_empty() {
            return Err(Unplaced::Blank(whose));
        }
        let postcode = Postcode::parse(text).ok_or(Unplaced::Malformed(whose))?;
        let table = self.table.ok_or(Unplaced::NoTable)?;
        table.find(postcode).ok_or(Unplaced::NotInTable(whose))
    }
}

fn distance(home: Result<Place, Unplaced>, placement: Result<Place, Unplaced>) -> Result<f64, Unplaced> {
    let (home, placement) = (home?, placement?);
    let from = home.grid.ok_or(Unplaced::OffTheGrid(Whose::Home))?;
    let to = placement.grid.ok_or(Unplaced::OffTheGrid(Whose::Placement))?;
    Ok(distance_miles(from, to))
}
