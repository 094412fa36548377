//! The few kinds of value that cross into a database, bound the right way for each engine.
//!
//! Days and instants are native types in PostgreSQL and ISO 8601 text in SQLite; instants are UTC before they get here.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

/// A value to bind, with its kind even when it is null.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// Text, also ids and JSON.
    Text(Option<Cow<'a, str>>),
    /// A whole number.
    Integer(Option<i64>),
    /// Yes or no.
    Flag(Option<bool>),
    /// Bytes.
    Bytes(Option<Cow<'a, [u8]>>),
    /// A moment, UTC.
    Instant(Option<Timestamp>),
    /// A calendar day.
    Day(Option<Date>),
}

pub(crate) type SqliteQuery<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;
pub(crate) type PostgresQuery<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

impl Value<'_> {
    pub(crate) fn bind_sqlite<'q>(&self, query: SqliteQuery<'q>) -> SqliteQuery<'q> {
        match self {
            Self::Text(text) => query.bind(text.as_ref().map(|t| t.clone().into_owned())),
            Self::Integer(number) => query.bind(*number),
            Self::Flag(flag) => query.bind(*flag),
            Self::Bytes(bytes) => query.bind(bytes.as_ref().map(|b| b.to_vec())),
            Self::Instant(instant) => query.bind(instant.map(instant_text)),
            Self::Day(day) => query.bind(day.map(|d| d.to_string())),
        }
    }

    pub(crate) fn bind_postgres<'q>(&self, query: PostgresQuery<'q>) -> PostgresQuery<'q> {
        match self {
            Self::Text(text) => query.bind(text.as_ref().map(|t| t.clone().into_owned())),
            Self::Integer(number) => query.bind(*number),
            Self::Flag(flag) => query.bind(*flag),
            Self::Bytes(bytes) => query.bind(bytes.as_ref().map(|b| b.to_vec())),
            Self::Instant(instant) => query.bind(instant.map(|i| i.to_sqlx())),
            Self::Day(day) => query.bind(day.map(|d| d.to_sqlx())),
        }
    }
}

/// A moment as text that sorts: always six fractional digits and `Z`, since PostgreSQL keeps microseconds.
pub(crate) fn instant_text(instant: Timestamp) -> String {
    format!("{instant:.6}")
}

macro_rules! from {
    ($($type:ty => $variant:ident $(by $convert:expr)?;)*) => { $(
        impl<'a> From<$type> for Value<'a> {
            fn from(value: $type) -> Self {
                Self::$variant(Some($($convert)?(value).into()))
            }
        }
        impl<'a> From<Option<$type>> for Value<'a> {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value.map(|value| $($convert)?(value).into()))
            }
        }
    )* };
}

from! {
    &'a str => Text;
    String => Text;
    i64 => Integer;
    bool => Flag;
    &'a [u8] => Bytes;
    Vec<u8> => Bytes;
    Timestamp => Instant;
    Date => Day;
}

macro_rules! from_ids {
    ($($id:ident),*) => { $(
        impl From<vocabulary::id::$id> for Value<'_> {
            fn from(id: vocabulary::id::$id) -> Self { Self::Text(Some(id.to_string().into())) }
        }
        impl From<Option<vocabulary::id::$id>> for Value<'_> {
            fn from(id: Option<vocabulary::id::$id>) -> Self { Self::Text(id.map(|id| id.to_string().into())) }
        }
    )* };
}

from_ids!(
    CouncilId,
    EpisodeId,
    InstrumentId,
    ObligationId,
    UserId,
    GrantId,
    SessionId,
    FeedId,
    TokenId,
    ActId,
    MeetingId,
    ChildId,
    SnapshotId
);
