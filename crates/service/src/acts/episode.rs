//! The Department's decisions about an intervention: escalation, lifting and the supervision after it.

use improvement::register::{
    Episode, EpisodeState, Escalation, Instrument, InstrumentState, Lifting, Obligation, ObligationState,
};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use vocabulary::id::{EpisodeId, MeetingId};

use super::{Seen, short};
use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Records a decision about statutory powers. Only the Department may; the council sees the ground.
#[derive(Debug, Serialize)]
pub struct RecordEscalation {
    /// The intervention.
    pub episode: EpisodeId,
    /// Why.
    pub ground: String,
    /// The power cited.
    pub power: String,
    /// What was decided.
    pub decision: String,
    /// The day of the decision.
    pub decided_on: Date,
    /// The instrument that came of it.
    pub result: String,
}

impl Act for RecordEscalation {
    const KIND: &'static str = "record-escalation";
    const ACTION: Action = Action::RecordEscalation;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.ground, 500, "ground", "the ground");
        problems.require_text(&self.power, 200, "power", "the power cited");
        problems.require_text(&self.decision, 500, "decision", "the decision");
        problems.require(
            self.decided_on <= performing.today,
            "decided_on",
            "Enter a day that is not in the future.",
        );
        problems.refuse_any()?;
        let episode: Episode = performing.find(self.episode).await?;
        let escalation = Escalation {
            id: MeetingId(performing.chance.id()?),
            council: episode.council,
            episode: episode.id,
            ground: self.ground.trim().to_owned(),
            power: self.power.trim().to_owned(),
            decision: self.decision.trim().to_owned(),
            decided_on: self.decided_on,
            result: self.result.trim().to_owned(),
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&escalation).await?;
        Ok(Applied {
            outcome: (),
            thing: "episode",
            thing_id: episode.id.to_string(),
            summary: format!("Recorded a decision about statutory powers: {}", short(&escalation.decision)),
            detail: json!({ "ground": escalation.ground, "power": escalation.power, "decision": escalation.decision }),
            happened_on: Some(self.decided_on),
        })
    }
}

/// Records that an intervention was lifted, by which letter, and the supervision that follows.
#[derive(Debug, Serialize)]
pub struct RecordLifting {
    /// The intervention, as seen.
    pub episode: Seen<EpisodeId>,
    /// The day of the letter.
    pub on: Date,
    /// The letter.
    pub letter: String,
    /// The last day of supervision, where the letter sets one.
    pub supervision_to: Option<Date>,
    /// The light duties of that period.
    pub supervision_terms: String,
}

impl Act for RecordLifting {
    const KIND: &'static str = "record-lifting";
    const ACTION: Action = Action::RecordLifting;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.letter, 300, "letter", "the letter that lifts the notice");
        problems.require(self.on <= performing.today, "on", "Enter a day that is not in the future.");
        problems.require(
            self.supervision_to.is_none_or(|to| to > self.on),
            "supervision_to",
            "Enter a day after the lifting.",
        );
        problems.refuse_any()?;
        let mut episode: Episode = performing.find_seen(&self.episode, "This intervention").await?;
        if episode.lifted.is_some() {
            return Err(Refusal::invalid("", "This intervention was lifted already."));
        }
        let instruments: Vec<Instrument> = performing.transaction.list(performing.scope).await?;
        for mut instrument in instruments.into_iter().filter(|instrument| instrument.episode == episode.id) {
            if instrument.state == InstrumentState::InForce {
                instrument.state = InstrumentState::Ended;
                instrument.in_force_to = Some(self.on);
                performing.transaction.update(&mut instrument).await?;
            }
        }
        let rows: Vec<Obligation> = performing.transaction.list(performing.scope).await?;
        for mut row in rows.into_iter().filter(|row| row.episode == episode.id) {
            if row.state == ObligationState::InForce {
                row.state = ObligationState::Ended;
                performing.transaction.update(&mut row).await?;
            }
        }
        episode.state =
            if self.supervision_to.is_some() { EpisodeState::Supervision } else { EpisodeState::Lifted };
        episode.lifted = Some(Lifting {
            on: self.on,
            letter: self.letter.trim().to_owned(),
            supervision_to: self.supervision_to,
            supervision_terms: self.supervision_terms.trim().to_owned(),
            stamp: performing.stamp(),
        });
        performing.transaction.update(&mut episode).await?;
        Ok(Applied {
            outcome: (),
            thing: "episode",
            thing_id: episode.id.to_string(),
            summary: format!("Recorded that “{}” was lifted", episode.title),
            detail: json!({ "lifted": episode.lifted }),
            happened_on: Some(self.on),
        })
    }
}
