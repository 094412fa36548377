//! The two engines behind one door: run a statement, read rows, write in a transaction.
//!
//! SQLite has one write connection, and every write transaction begins IMMEDIATE: a deferred one that reads first and
//! writes later fails at once when another writer got in between. Reads go through a small pool of their own.

use std::path::Path;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Postgres, Sqlite};

use crate::row::Row;
use crate::statement::Statement;
use crate::value::Value;
use crate::{StoreError, migrate};

/// The oldest SQLite library this program runs on, as `major * 1_000_000 + minor * 1_000 + patch`.
const SQLITE_FLOOR: i64 = 3_051_003;

/// The oldest PostgreSQL server, as `server_version_num`.
const POSTGRES_FLOOR: i64 = 150_000;

/// An open store.
#[derive(Clone, Debug)]
pub struct Store {
    pools: Pools,
}

#[derive(Clone, Debug)]
enum Pools {
    Sqlite { write: SqlitePool, read: SqlitePool },
    Postgres(PgPool),
}

/// Which engine a store runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file, no server.
    Sqlite,
    /// A server, for several web nodes.
    Postgres,
}

impl Store {
    /// Opens or creates the SQLite file, checks the library and brings the schema up to date.
    pub async fn open_sqlite(file: &Path) -> Result<Self, StoreError> {
        let options = sqlite_options(file).create_if_missing(true);
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        assert_sqlite_version(&write).await?;
        restrict(file)?;
        let read = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        let store = Self { pools: Pools::Sqlite { write, read } };
        migrate::bring_up_to_date(&store).await?;
        Ok(store)
    }

    /// Connects to a PostgreSQL database, checks the server and brings the schema up to date.
    pub async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let options: PgConnectOptions = url.parse().map_err(|_| StoreError::Engine {
            reason: "the database address is not of the form postgres://user:password@host:port/name".into(),
        })?;
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await?;
        let version: i64 = sqlx::query_scalar("SELECT current_setting('server_version_num')::bigint")
            .fetch_one(&pool)
            .await?;
        if version < POSTGRES_FLOOR {
            return Err(StoreError::Engine {
                reason: format!("PostgreSQL 15 or later is needed, this server is {version}"),
            });
        }
        let store = Self { pools: Pools::Postgres(pool) };
        migrate::bring_up_to_date(&store).await?;
        Ok(store)
    }

    /// Which engine this store runs on.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Begins a transaction that may write.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { write, .. } => Transaction::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that only reads, all of it from one moment.
    pub async fn snapshot(&self) -> Result<Transaction, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { read, .. } => Transaction::Sqlite(read.begin().await?),
            Pools::Postgres(pool) => Transaction::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
            ),
        })
    }

    /// Runs a statement that reads, outside a transaction.
    pub(crate) async fn rows(
        &self,
        statement: &Statement,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        refuse_nul(values)?;
        match &self.pools {
            Pools::Sqlite { read, .. } => {
                let rows = bind_sqlite(statement, values).fetch_all(read).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Pools::Postgres(pool) => {
                let rows = bind_postgres(statement, values).fetch_all(pool).await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// Runs a statement that reads at most one row, outside a transaction.
    pub(crate) async fn row(
        &self,
        statement: &Statement,
        values: &[Value<'_>],
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(statement, values).await?.into_iter().next())
    }

    /// The reading connections of SQLite, for maintenance that only SQLite has.
    pub(crate) fn sqlite_reader(&self) -> Option<&SqlitePool> {
        match &self.pools {
            Pools::Sqlite { read, .. } => Some(read),
            Pools::Postgres(_) => None,
        }
    }

    /// Prepares a statement without running it; an error means the engine does not accept its text.
    pub async fn prepare(&self, statement: &Statement) -> Result<(), StoreError> {
        use sqlx::{Executor as _, SqlSafeStr as _};
        match &self.pools {
            Pools::Sqlite { write, .. } => {
                write.acquire().await?.prepare(statement.sqlite.into_sql_str()).await.map(drop)?;
            }
            Pools::Postgres(pool) => {
                pool.acquire().await?.prepare(statement.postgres.into_sql_str()).await.map(drop)?;
            }
        }
        Ok(())
    }

    /// Closes every connection.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// A transaction of either engine; dropped without commit, it is rolled back.
#[derive(Debug)]
pub enum Transaction {
    /// On SQLite.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Transaction {
    /// Commits; only after this may anything be acknowledged.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await?,
            Self::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    pub(crate) async fn rows(
        &mut self,
        statement: &Statement,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        refuse_nul(values)?;
        match self {
            Self::Sqlite(transaction) => {
                let rows = bind_sqlite(statement, values).fetch_all(&mut **transaction).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Self::Postgres(transaction) => {
                let rows = bind_postgres(statement, values).fetch_all(&mut **transaction).await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    pub(crate) async fn row(
        &mut self,
        statement: &Statement,
        values: &[Value<'_>],
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(statement, values).await?.into_iter().next())
    }

    /// Runs a statement that writes and says how many rows it changed.
    pub(crate) async fn execute(
        &mut self,
        statement: &Statement,
        values: &[Value<'_>],
    ) -> Result<u64, StoreError> {
        refuse_nul(values)?;
        Ok(match self {
            Self::Sqlite(transaction) => {
                bind_sqlite(statement, values).execute(&mut **transaction).await?.rows_affected()
            }
            Self::Postgres(transaction) => {
                bind_postgres(statement, values).execute(&mut **transaction).await?.rows_affected()
            }
        })
    }

    /// Runs a migration's script inside this transaction.
    pub(crate) async fn script(&mut self, sql: &'static str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => sqlx::raw_sql(sql).execute(&mut **transaction).await.map(drop)?,
            Self::Postgres(transaction) => sqlx::raw_sql(sql).execute(&mut **transaction).await.map(drop)?,
        }
        Ok(())
    }
}

fn refuse_nul(values: &[Value<'_>]) -> Result<(), StoreError> {
    let has_nul = |value: &Value<'_>| matches!(value, Value::Text(Some(text)) if text.contains('\0'));
    if values.iter().any(has_nul) { Err(StoreError::Nul) } else { Ok(()) }
}

fn bind_sqlite<'q>(statement: &Statement, values: &[Value<'_>]) -> crate::value::SqliteQuery<'q> {
    values.iter().fold(sqlx::query(statement.sqlite), |query, value| value.bind_sqlite(query))
}

fn bind_postgres<'q>(statement: &Statement, values: &[Value<'_>]) -> crate::value::PostgresQuery<'q> {
    values.iter().fold(sqlx::query(statement.postgres), |query, value| value.bind_postgres(query))
}

fn sqlite_options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("wal_autocheckpoint", "1000")
        .pragma("journal_size_limit", "67108864")
}

async fn assert_sqlite_version(pool: &SqlitePool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    let number = version
        .split('.')
        .try_fold(0_i64, |sum, part| part.parse::<i64>().ok().map(|part| sum * 1_000 + part));
    match number {
        Some(number) if number >= SQLITE_FLOOR => Ok(()),
        _ => Err(StoreError::Engine {
            reason: format!("SQLite 3.51.3 or later is needed, this program was built with {version}"),
        }),
    }
}

/// Leaves the database readable by its owner alone.
fn restrict(file: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).map_err(|source| {
            StoreError::File { what: "the database file cannot be made private".into(), source }
        })?;
    }
    Ok(())
}
