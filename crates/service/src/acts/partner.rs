//! The partner register.

use improvement::register::{Episode, Partner};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use vocabulary::id::{EpisodeId, PartnerId};

use super::Seen;
use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Adds a partner agency.
#[derive(Debug, Serialize)]
pub struct AddPartner {
    /// The intervention.
    pub episode: EpisodeId,
    /// The agency's name.
    pub name: String,
    /// Why it counts as a partner.
    pub basis: String,
    /// Whether it has a seat on the improvement board.
    pub on_board: bool,
    /// First day.
    pub from: Date,
}

impl Act for AddPartner {
    const KIND: &'static str = "add-partner";
    const ACTION: Action = Action::ManagePartners;
    type Outcome = PartnerId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<PartnerId>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.name, 200, "name", "the agency's name");
        problems.require_text(&self.basis, 200, "basis", "why it counts as a partner");
        problems.refuse_any()?;
        let episode: Episode = performing.find(self.episode).await?;
        let partner = Partner {
            id: PartnerId(performing.chance.id()?),
            council: episode.council,
            episode: episode.id,
            name: self.name.trim().to_owned(),
            basis: self.basis.trim().to_owned(),
            on_board: self.on_board,
            from: self.from,
            to: None,
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&partner).await?;
        Ok(Applied {
            outcome: partner.id,
            thing: "partner",
            thing_id: partner.id.to_string(),
            summary: format!("Added the partner {}", partner.name),
            detail: json!({ "basis": partner.basis, "on_board": partner.on_board }),
            happened_on: (self.from <= performing.today).then_some(self.from),
        })
    }
}

/// Ends a partnership.
#[derive(Debug, Serialize)]
pub struct EndPartner {
    /// The partner, as seen.
    pub partner: Seen<PartnerId>,
    /// The last day.
    pub to: Date,
}

impl Act for EndPartner {
    const KIND: &'static str = "end-partner";
    const ACTION: Action = Action::ManagePartners;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut partner: Partner = performing.find_seen(&self.partner, "This partner").await?;
        if self.to < partner.from {
            return Err(Refusal::invalid("to", "Enter a day on or after the first."));
        }
        partner.to = Some(self.to);
        performing.transaction.update(&mut partner).await?;
        Ok(Applied {
            outcome: (),
            thing: "partner",
            thing_id: partner.id.to_string(),
            summary: format!("Ended the partnership with {}", partner.name),
            detail: json!({ "to": self.to }),
            happened_on: None,
        })
    }
}
