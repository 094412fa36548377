//! Which authority a council is, and which adjoin it: what "in area" and "adjoining" mean for a placement.

use improvement::register::Stamp;
use serde::{Deserialize, Serialize};
use vocabulary::id::CouncilId;

/// A council's own area and its neighbours. Until it is set, neither can be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouncilPlaces {
    /// The council, which is its key.
    pub id: CouncilId,
    /// The council.
    pub council: CouncilId,
    /// The code of the council's own authority, as E09000029.
    pub authority: String,
    /// The codes of the authorities that adjoin it; none while the council has not said.
    pub adjoining: Option<Vec<String>>,
    /// Edit version.
    pub version: i64,
    /// Who recorded it.
    pub stamp: Stamp,
}
