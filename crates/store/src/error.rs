//! What can go wrong in a store.

use thiserror::Error;

/// A failure of the store. It never carries row contents.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The row was changed since it was read.
    #[error("{thing} was changed by somebody else since it was read")]
    Conflict {
        /// Which kind of row.
        thing: &'static str,
    },
    /// No such row, or none in this scope.
    #[error("no such {thing}")]
    Absent {
        /// Which kind of row.
        thing: String,
    },
    /// A row with this key stands already.
    #[error("a row with this key stands already")]
    Duplicate,
    /// Text with a NUL character, which PostgreSQL cannot hold, so neither engine takes it.
    #[error("text with a NUL character cannot be stored")]
    Nul,
    /// A stored value cannot be read as what it should be.
    #[error("the stored value of {column} cannot be read")]
    Unreadable {
        /// The column.
        column: String,
    },
    /// A JSON body cannot be read.
    #[error("the stored body {column} cannot be read")]
    Json {
        /// The column.
        column: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// The engine is too old or misconfigured.
    #[error("the database engine cannot be used: {reason}")]
    Engine {
        /// Why, and what to do.
        reason: String,
    },
    /// The folder or file of the store cannot be used.
    #[error("{what}")]
    File {
        /// Which file, in what way.
        what: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The engine refused or could not be reached.
    #[error("the database refused or could not be reached")]
    Database(#[source] sqlx::Error),
}

impl StoreError {
    pub(crate) fn absent(thing: &str) -> Self {
        Self::Absent { thing: thing.to_owned() }
    }

    pub(crate) fn unreadable(column: &str) -> Self {
        Self::Unreadable { column: column.to_owned() }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(database) if database.is_unique_violation() => Self::Duplicate,
            _ => Self::Database(error),
        }
    }
}
