//! Forward-only migrations, one folder per engine, embedded. One that was merged is never edited.

use crate::StoreError;
use crate::engine::{Engine, Store};
use crate::statement::statements;

statements! {
    APPLIED = "SELECT number FROM migration ORDER BY number";
    RECORD = "INSERT INTO migration (number, name) VALUES ($1, $2)";
}

struct Migration {
    number: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($number:literal $name:literal),* $(,)?) => {
        &[$(Migration {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }),*]
    };
}

const MIGRATIONS: &[Migration] = migrations![1 "0001-the-programme", 2 "0002-extracts", 3 "0003-figures-worked-on", 4 "0004-sealed-records", 5 "0005-the-plan"];

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL)";

/// The number of the newest migration this program knows.
pub fn newest() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.number).max().unwrap_or(0)
}

/// Applies the migrations that are missing, each in a transaction of its own.
pub async fn bring_up_to_date(store: &Store) -> Result<(), StoreError> {
    let mut transaction = store.begin().await?;
    if store.engine() == Engine::Postgres {
        // Before the ledger is made: two that make one table at once are told that it stands already.
        transaction.script("SELECT pg_advisory_xact_lock(7233177201)").await?;
    }
    transaction.script(LEDGER).await?;
    let mut applied = Vec::new();
    for row in transaction.rows(&APPLIED, &[]).await? {
        applied.push(row.integer("number")?);
    }
    if applied.iter().any(|number| *number > newest()) {
        return Err(StoreError::Engine {
            reason: "this database was written by a newer release: run that release".into(),
        });
    }
    for migration in MIGRATIONS.iter().filter(|migration| !applied.contains(&migration.number)) {
        let sql = match store.engine() {
            Engine::Sqlite => migration.sqlite,
            Engine::Postgres => migration.postgres,
        };
        transaction.script(sql).await?;
        transaction.execute(&RECORD, &[migration.number.into(), migration.name.into()]).await?;
    }
    transaction.commit().await
}

/// The migrations that stand in this database.
pub async fn applied(store: &Store) -> Result<Vec<i64>, StoreError> {
    store.rows(&APPLIED, &[]).await?.iter().map(|row| row.integer("number")).collect()
}
