//! In the council's own area, in an adjoining one, or at a distance.
//!
//! "At a distance" is outside the responsible authority's area and outside that of any adjoining authority (Care Planning,
//! Placement and Case Review (England) Regulations 2010, regulation 11). Which authorities adjoin is a setting of the
//! council. Council and table may be of different days, so the same area can stand under two codes, and after a
//! reorganisation part of an area may have gone elsewhere: then it can't be told.

use std::collections::BTreeSet;

use super::{AreaCode, Register};

/// Whether a place lies in a council's area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// In it.
    Inside,
    /// Out of it.
    Outside,
}

/// Why it can't be told whose area a place lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Unplaced {
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

/// How near a place is to a council, by authorities and not by miles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// In the council's own area.
    InArea,
    /// In the area of an authority that adjoins it.
    InAdjoiningArea,
    /// In neither.
    AtADistance,
}

impl Register {
    /// Whether a place under one authority's code lies in the area of a council under another.
    pub fn area(&self, council: AreaCode, place: AreaCode) -> Result<Area, Unplaced> {
        if self.find_authority(council).is_none() {
            return Err(Unplaced::CouncilUnknown);
        }
        self.within(council, place)
    }

    /// How near a place is; `adjoining` is the council's setting, and may name authorities of Wales or Scotland.
    pub fn nearness(
        &self,
        council: AreaCode,
        adjoining: Option<&BTreeSet<AreaCode>>,
        place: AreaCode,
    ) -> Result<Nearness, Unplaced> {
        if self.area(council, place)? == Area::Inside {
            return Ok(Nearness::InArea);
        }
        let adjoining = adjoining.ok_or(Unplaced::AdjoiningUnset)?;
        let areas: Vec<_> = adjoining.iter().map(|neighbour| self.within(*neighbour, place)).collect();
        if areas.contains(&Ok(Area::Inside)) {
            return Ok(Nearness::InAdjoiningArea);
        }
        areas.into_iter().collect::<Result<Vec<_>, _>>().map(|_all_outside| Nearness::AtADistance)
    }

    fn within(&self, area: AreaCode, place: AreaCode) -> Result<Area, Unplaced> {
        if area == place {
            return Ok(Area::Inside);
        }
        if !self.are_related(area, place) {
            return Ok(Area::Outside);
        }
        // Everything that the place's area was made of, or became, must belong to this area's line.
        let made_of = self
            .authorities()
            .iter()
            .map(|other| other.code)
            .filter(|other| self.heirs_of(*other).contains(&place));
        let mut line = made_of.chain(self.heirs_of(place).iter().copied());
        if line.all(|other| self.are_related(area, other)) {
            Ok(Area::Inside)
        } else {
            Err(Unplaced::Reorganised)
        }
    }

    fn are_related(&self, one: AreaCode, other: AreaCode) -> bool {
        one == other || self.heirs_of(one).contains(&other) || self.heirs_of(other).contains(&one)
    }
}
