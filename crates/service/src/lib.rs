//! Use cases: who may do what, every act and its place in the log, sign-in, and the read model that pages are views of.

mod action;
mod actor;
pub mod acts;
mod attachments;
mod authoriser;
pub mod backup;
mod calendar;
mod children;
mod declared;
mod exceptions;
pub mod export;
mod extract;
mod figures;
mod holders;
pub mod log;
mod passages;
mod perform;
mod plan;
mod programme;
mod reconciliation;
mod refusal;
mod registers;
mod remarks;
mod restatement;
mod risk;
mod role;
mod sign_in;
mod start;
mod surroundings;
mod tracker;

pub use action::Action;
pub use actor::{Actor, STEP_UP_LASTS};
pub use attachments::Attachments;
pub use authoriser::{Account, Authoriser, Circumstances, GrantStatus, PolicyFault};
pub use calendar::Calendar;
pub use children::Showing;
pub use declared::{OWN_FOLDER, lay_over, library, library_hash};
pub use exceptions::{ExceptionList, Left, may_know_of};
pub use extract::{
    COLLECTIONS, ChangedField, DifferenceDetail, EXTRACT_WORKER_ARGUMENT, ExtractQuestion, ExtractReader,
    FindingRow, GivenFile, Identities, Kept, ReadExtract, Shape, answer_extract_request, in_words,
};
pub use figures::{Figures, Knowledge, loaded_on};
pub use passages::unsettled;
pub use perform::{Act, Applied, IdempotencyKey, Performing};
pub use plan::Sourced;
pub use programme::Programme;
pub use reconciliation::{Comparison, ReadTracker};
pub use refusal::{Problem, Problems, Refusal};
pub use registers::{code_in_words, collection_named, registers_among};
pub use remarks::{ExceptionNotes, Remarks, child_of};
pub use restatement::{Causes, FirstPublished, Restatement};
pub use risk::{Risk, Risks};
pub use role::{Role, role_in_words};
pub use sign_in::{ABSOLUTE, IDLE, NewSession, password_problem};
pub use start::FirstAdministrator;
pub use surroundings::{Chance, Clock, Keys, hash_of, hexadecimal, london, london_day, write_private};
pub use tracker::{AnswerView, DroppedRow, Tracked, TrackedRow, TrackerCount};

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use store::Store;

/// An installation: its store, keys, files, clock and rules.
#[derive(Debug)]
pub struct Service {
    /// The store.
    pub store: Store,
    /// The clock.
    pub clock: Clock,
    /// Chance.
    pub chance: Chance,
    /// The installation's keys.
    pub keys: Keys,
    /// Kept files.
    pub attachments: Attachments,
    /// The access rules.
    pub authoriser: Authoriser,
    pub(crate) programmes: programme::Programmes,
    pub(crate) figures: figures::KeptFigures,
    pub(crate) making_figures: tokio::sync::Mutex<()>,
    pub(crate) sessions: sign_in::Sessions,
    pub(crate) decoy_hash: String,
    newest_seen: AtomicI64,
}

impl Service {
    /// A service over an open store.
    pub fn new(
        store: Store,
        clock: Clock,
        chance: Chance,
        keys: Keys,
        attachments: Attachments,
    ) -> Result<Arc<Self>, Refusal> {
        let authoriser = Authoriser::new().map_err(|fault| Refusal::Unavailable(fault.to_string()))?;
        let decoy_hash = sign_in::decoy_hash(&chance.bytes()?)?;
        Ok(Arc::new(Self {
            store,
            clock,
            chance,
            keys,
            attachments,
            authoriser,
            programmes: programme::Programmes::default(),
            figures: figures::KeptFigures::default(),
            making_figures: tokio::sync::Mutex::default(),
            sessions: sign_in::Sessions::default(),
            decoy_hash,
            newest_seen: AtomicI64::new(0),
        }))
    }

    /// Notes that this node wrote the log up to a size, so that its next page shows it.
    pub(crate) fn note_written(&self, size: i64) {
        self.newest_seen.fetch_max(size, Ordering::SeqCst);
    }

    /// The newest size of the log that this node wrote.
    pub(crate) fn newest_written(&self) -> i64 {
        self.newest_seen.load(Ordering::SeqCst)
    }
}
