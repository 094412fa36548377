//! One result row of either engine, read by column name.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use crate::StoreError;

/// A result row.
#[derive(Debug)]
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

macro_rules! column {
    ($self:expr, $name:expr, $type:ty) => {
        match $self {
            Row::Sqlite(row) => row.try_get::<$type, _>($name).map_err(StoreError::from),
            Row::Postgres(row) => row.try_get::<$type, _>($name).map_err(StoreError::from),
        }
    };
}

impl Row {
    /// Text that may be null.
    pub fn maybe_text(&self, name: &str) -> Result<Option<String>, StoreError> {
        column!(self, name, Option<String>)
    }

    /// Text.
    pub fn text(&self, name: &str) -> Result<String, StoreError> {
        column!(self, name, String)
    }

    /// A whole number.
    pub fn integer(&self, name: &str) -> Result<i64, StoreError> {
        column!(self, name, i64)
    }

    /// A whole number that may be null.
    pub fn maybe_integer(&self, name: &str) -> Result<Option<i64>, StoreError> {
        column!(self, name, Option<i64>)
    }

    /// Yes or no.
    pub fn flag(&self, name: &str) -> Result<bool, StoreError> {
        column!(self, name, bool)
    }

    /// Bytes.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        column!(self, name, Vec<u8>)
    }

    /// Bytes that may be null.
    pub fn maybe_bytes(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        column!(self, name, Option<Vec<u8>>)
    }

    /// A moment that may be null.
    pub fn maybe_instant(&self, name: &str) -> Result<Option<Timestamp>, StoreError> {
        match self {
            Self::Sqlite(row) => {
                row.try_get::<Option<String>, _>(name)?.map(|text| parse(name, &text)).transpose()
            }
            Self::Postgres(row) => {
                Ok(row.try_get::<Option<jiff_sqlx::Timestamp>, _>(name)?.map(|i| i.to_jiff()))
            }
        }
    }

    /// A moment.
    pub fn instant(&self, name: &str) -> Result<Timestamp, StoreError> {
        self.maybe_instant(name)?.ok_or_else(|| StoreError::absent(name))
    }

    /// A day that may be null.
    pub fn maybe_day(&self, name: &str) -> Result<Option<Date>, StoreError> {
        match self {
            Self::Sqlite(row) => {
                row.try_get::<Option<String>, _>(name)?.map(|text| parse(name, &text)).transpose()
            }
            Self::Postgres(row) => Ok(row.try_get::<Option<jiff_sqlx::Date>, _>(name)?.map(|d| d.to_jiff())),
        }
    }

    /// A day.
    pub fn day(&self, name: &str) -> Result<Date, StoreError> {
        self.maybe_day(name)?.ok_or_else(|| StoreError::absent(name))
    }

    /// An id or another value that is read from its text.
    pub fn id<T>(&self, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        let text = self.text(name)?;
        read(&text).ok_or_else(|| StoreError::unreadable(name))
    }

    /// An id that may be null.
    pub fn maybe_id<T>(&self, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
        self.maybe_text(name)?.map(|text| read(&text).ok_or_else(|| StoreError::unreadable(name))).transpose()
    }

    /// A value stored as JSON text.
    pub fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T, StoreError> {
        serde_json::from_str(&self.text(name)?)
            .map_err(|source| StoreError::Json { column: name.to_owned(), source })
    }
}

fn parse<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::unreadable(name))
}
