//! The stores, SQLite and PostgreSQL, behind one set of typed functions.
//!
//! SQL stands nowhere else. Every statement is in the registry and is prepared on both engines by a test; one
//! behavioural suite runs on both.

mod access;
mod child;
mod council;
mod engine;
mod error;
mod exception;
mod log;
pub mod maintenance;
mod measure;
pub mod migrate;
mod person;
mod places;
mod reconciliation;
mod row;
mod scope;
mod session;
mod snapshot;
mod statement;
#[cfg(feature = "testing")]
pub mod testing;
mod thing;
mod token;
mod value;

pub use access::AccessEntry;
pub use child::{ChildIdentity, ChildRead};
pub use engine::{Engine, Store, Transaction};
pub use error::StoreError;
pub use exception::{ExceptionKind, ExceptionNote};
pub use log::{LogEntry, NewLogEntry};
pub use measure::{ChartRebase, MeasureComment, MeasureTarget};
pub use person::{Person, PersonState, RoleGrant};
pub use places::CouncilPlaces;
pub use reconciliation::{Difference, Mismatch, Reconciliation};
pub use row::Row;
pub use scope::{DataClass, Scope};
pub use session::{OpenSession, SessionRow};
pub use snapshot::{
    CouncilLimit, Snapshot, SnapshotChanges, SnapshotFile, SnapshotFinding, SnapshotList, SnapshotState,
};
pub use statement::Statement;
pub use thing::{Stored, Table};
pub use token::{ApiToken, Feed};
pub use value::Value;

/// Every statement of the program.
pub fn registry() -> Vec<Statement> {
    let mut all = thing::statements();
    for part in [
        access::STATEMENTS,
        child::STATEMENTS,
        council::STATEMENTS,
        log::STATEMENTS,
        maintenance::STATEMENTS,
        migrate::STATEMENTS,
        person::STATEMENTS,
        session::STATEMENTS,
        token::STATEMENTS,
    ] {
        all.extend_from_slice(part);
    }
    all
}
