//! Which authority the council is, and which adjoin it.

use serde::Serialize;
use serde_json::json;
use store::CouncilPlaces;
use vocabulary::places::{AreaCode, england};

use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Says which authority the council is and which adjoin it. Loads from then on are read by it.
#[derive(Debug, Serialize)]
pub struct SetCouncilPlaces {
    /// The version that the person saw; 0 when there was none.
    pub version: i64,
    /// The code of the council's own authority.
    pub authority: String,
    /// The codes of those that adjoin it; none while that is not said.
    pub adjoining: Option<Vec<String>>,
}

impl Act for SetCouncilPlaces {
    const KIND: &'static str = "set-council-places";
    const ACTION: Action = Action::SetPlaces;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let known_code =
            |code: &str| AreaCode::parse(code).is_some_and(|code| england().find_authority(code).is_some());
        let mut problems = Problems::default();
        problems.require(known_code(&self.authority), "authority", "Choose the council’s own authority.");
        let adjoining = self.adjoining.as_deref().unwrap_or_default();
        let strange = adjoining.iter().find(|code| !known_code(code) || **code == self.authority);
        problems.require(
            strange.is_none(),
            "adjoining",
            "Choose authorities that adjoin the council, not the council itself.",
        );
        problems.refuse_any()?;
        let council = performing.actor.council;
        let known: Option<CouncilPlaces> =
            performing.transaction.find(performing.scope, &council.to_string()).await?;
        if known.as_ref().map_or(0, |known| known.version) != self.version {
            return Err(Refusal::Conflict { thing: "The council’s places".into() });
        }
        let mut places = CouncilPlaces {
            id: council,
            council,
            authority: self.authority,
            adjoining: self.adjoining,
            version: self.version.max(1),
            stamp: performing.stamp(),
        };
        match known {
            Some(_) => performing.transaction.update(&mut places).await?,
            None => performing.transaction.insert(&places).await?,
        }
        Ok(Applied {
            outcome: (),
            thing: "council-places",
            thing_id: council.to_string(),
            summary: format!(
                "Set the council’s authority to {}, with {} adjoining",
                places.authority,
                places.adjoining.as_ref().map_or(0, Vec::len)
            ),
            detail: json!({ "authority": places.authority, "adjoining": places.adjoining }),
            happened_on: None,
        })
    }
}
