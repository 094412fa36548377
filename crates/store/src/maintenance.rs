//! Health checks and copies of a store, for `doctor`, `backup` and `restore`.

use std::path::Path;

use crate::StoreError;
use crate::engine::{Engine, Store};
use crate::statement::statements;

statements! {
    INTEGRITY = {
        sqlite: "SELECT integrity_check AS verdict FROM pragma_integrity_check",
        postgres: "SELECT CASE WHEN current_setting('data_checksums') = 'on' THEN 'ok' ELSE 'data checksums are off' END AS verdict"
    };
    FOREIGN_KEYS = {
        sqlite: "SELECT COUNT(*) AS broken FROM pragma_foreign_key_check",
        postgres: "SELECT COUNT(*) AS broken FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
    };
    SETTINGS = {
        sqlite: "SELECT 'journal ' || journal_mode AS setting FROM pragma_journal_mode \
            UNION ALL SELECT 'synchronous ' || synchronous FROM pragma_synchronous \
            UNION ALL SELECT 'library ' || sqlite_version()",
        postgres: "SELECT name || ' ' || setting AS setting FROM pg_settings \
            WHERE name IN ('server_version', 'fsync', 'synchronous_commit', 'synchronous_standby_names', 'data_checksums')"
    };
}

impl Store {
    /// The engine's own words on whether the database is whole; empty when it is.
    pub async fn integrity_faults(&self) -> Result<Vec<String>, StoreError> {
        let mut faults = Vec::new();
        for row in self.rows(&INTEGRITY, &[]).await? {
            let verdict = row.text("verdict")?;
            if verdict != "ok" {
                faults.push(verdict);
            }
        }
        for row in self.rows(&FOREIGN_KEYS, &[]).await? {
            let broken = row.integer("broken")?;
            if broken > 0 {
                faults.push(format!("{broken} rows point at rows that do not exist"));
            }
        }
        Ok(faults)
    }

    /// The engine's settings that durability rests on.
    pub async fn settings(&self) -> Result<Vec<String>, StoreError> {
        self.rows(&SETTINGS, &[]).await?.iter().map(|row| row.text("setting")).collect()
    }

    /// Writes a consistent copy of a SQLite store to a new file while the store stays in use.
    pub async fn copy_sqlite(&self, to: &Path) -> Result<(), StoreError> {
        // Through a reading connection: writers go on meanwhile, and the copy is of one moment.
        let Some(pool) = self.sqlite_reader() else {
            return Err(StoreError::Engine {
                reason: "this store runs on PostgreSQL: copy it with pg_dump".into(),
            });
        };
        sqlx::query("VACUUM INTO ?1").bind(to.to_string_lossy().into_owned()).execute(pool).await?;
        Ok(())
    }

    /// Whether the engine is SQLite.
    pub fn is_sqlite(&self) -> bool {
        self.engine() == Engine::Sqlite
    }
}
