//! The acts: everything that can be changed, one typed request each.

mod account;
mod amendment;
mod clock;
mod episode;
mod event;
mod exception;
mod extract;
mod instrument;
mod measure;
mod objective;
mod obligation;
mod occurrence;
mod partner;
mod people;
mod places;
mod plan_action;
mod question;
mod reconciliation;
mod risk;

pub use account::*;
pub use amendment::*;
pub use clock::*;
pub use episode::*;
pub use event::*;
pub use exception::*;
pub use extract::*;
pub use instrument::*;
pub use measure::*;
pub use objective::*;
pub use obligation::*;
pub use occurrence::*;
pub use partner::*;
pub use people::*;
pub use places::*;
pub use plan_action::*;
pub use question::*;
pub use reconciliation::*;
pub use risk::*;

use improvement::register::{Instrument, Obligation};
use store::Stored;

use crate::perform::Performing;
use crate::refusal::Refusal;

/// A row and the version of it that the person saw.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub struct Seen<Id> {
    /// The row.
    pub id: Id,
    /// The version on the person's page.
    pub version: i64,
}

impl Performing<'_> {
    /// The thing with this key, if it is in scope.
    pub(crate) async fn find<T: Stored>(&mut self, key: impl ToString) -> Result<T, Refusal> {
        self.transaction.find(self.scope, &key.to_string()).await?.ok_or(Refusal::NotFound)
    }

    /// The thing with this key at the version the person saw; a later version is a conflict.
    pub(crate) async fn find_seen<T: Stored, Id: ToString>(
        &mut self,
        seen: &Seen<Id>,
        thing: &str,
    ) -> Result<T, Refusal> {
        let found: T = self.find(seen.id.to_string()).await?;
        if found.version() == seen.version {
            Ok(found)
        } else {
            Err(Refusal::Conflict { thing: thing.to_owned() })
        }
    }

    /// Every duty of an instrument.
    pub(crate) async fn obligations_of(
        &mut self,
        instrument: &Instrument,
    ) -> Result<Vec<Obligation>, Refusal> {
        let mut rows: Vec<Obligation> = self.transaction.list(self.scope).await?;
        rows.retain(|row| row.instrument == instrument.id);
        Ok(rows)
    }
}

/// Shortens text for a log sentence.
pub(crate) fn short(text: &str) -> String {
    const LONGEST: usize = 90;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole_words, _)| whole_words))
}
