//! What tests need of a database and the product never does: databases of their own on a PostgreSQL server, made from a
//! template, and changes behind the program's back.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Row as _};

use crate::engine::{Store, Transaction};
use crate::value::Value;
use crate::{Row, StoreError, migrate};

/// Held while the template is made, since every test is a process of its own.
const TEMPLATE_LOCK: &str = "SELECT pg_advisory_lock(497)";

/// Makes an empty database of this name, with the schema in place, and gives its address.
pub async fn create_database(server: &str, name: &str) -> Result<String, StoreError> {
    let template = format!("headway_template_{}", migrate::newest());
    let mut connection = connect(server).await?;
    sqlx::raw_sql(TEMPLATE_LOCK).execute(&mut connection).await?;
    let standing = sqlx::query("SELECT COUNT(*) FROM pg_database WHERE datname = $1")
        .bind(&template)
        .fetch_one(&mut connection)
        .await?;
    if standing.try_get::<i64, _>(0)? == 0 {
        make_template(&mut connection, server, &template).await?;
    }
    run(&mut connection, format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
    connection.close().await?;
    Ok(on_server(server, name))
}

/// Makes an empty database without the schema, and gives its address.
pub async fn create_bare_database(server: &str, name: &str) -> Result<String, StoreError> {
    let mut connection = connect(server).await?;
    run(&mut connection, format!("CREATE DATABASE {name}")).await?;
    connection.close().await?;
    Ok(on_server(server, name))
}

/// Removes a database and whoever is still connected to it.
pub async fn drop_database(server: &str, name: &str) -> Result<(), StoreError> {
    let mut connection = connect(server).await?;
    run(&mut connection, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
    connection.close().await?;
    Ok(())
}

async fn make_template(
    connection: &mut PgConnection,
    server: &str,
    template: &str,
) -> Result<(), StoreError> {
    let unfinished = format!("{template}_unfinished");
    run(connection, format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await?;
    run(connection, format!("CREATE DATABASE {unfinished}")).await?;
    Store::open_postgres(&on_server(server, &unfinished)).await?.close().await;
    run(connection, format!("ALTER DATABASE {unfinished} RENAME TO {template}")).await
}

async fn connect(url: &str) -> Result<PgConnection, StoreError> {
    let options: PgConnectOptions = url.parse()?;
    Ok(options.connect().await?)
}

async fn run(connection: &mut PgConnection, sql: String) -> Result<(), StoreError> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await?;
    Ok(())
}

/// The address of another database on the same server.
fn on_server(server: &str, name: &str) -> String {
    let (front, _) = server.rsplit_once('/').unwrap_or((server, ""));
    format!("{front}/{name}")
}

/// A change behind the program's back, such as a person with the database's password could make.
#[derive(Clone, Debug)]
pub enum Tampering {
    /// Puts text into a column of one row.
    SetText {
        /// Table, column and key column.
        place: [&'static str; 3],
        /// The row.
        key: i64,
        /// The new text.
        text: String,
    },
    /// Puts a number into a column of one row.
    SetNumber {
        /// Table, column and key column.
        place: [&'static str; 3],
        /// The row.
        key: i64,
        /// The new number.
        number: i64,
    },
    /// Flips the bits of one byte of a column of one row.
    FlipByte {
        /// Table, column and key column.
        place: [&'static str; 3],
        /// The row.
        key: i64,
        /// Which byte, from 0.
        byte: usize,
    },
    /// Removes the rows from a key on.
    DeleteFrom {
        /// Table and key column.
        place: [&'static str; 2],
        /// The first row that goes.
        key: i64,
    },
    /// Removes one row.
    Delete {
        /// Table and key column.
        place: [&'static str; 2],
        /// The row.
        key: i64,
    },
    /// Lets two rows change places.
    Swap {
        /// Table and key column.
        place: [&'static str; 2],
        /// The two rows.
        keys: [i64; 2],
    },
    /// Writes an entry of the log that nobody recorded, copied from another.
    InsertEntry {
        /// The entry that is copied.
        like: i64,
        /// Its place.
        seq: i64,
    },
}

impl Transaction {
    /// Changes the database behind the program's back; says how many rows that touched.
    pub async fn tamper(&mut self, tampering: &Tampering) -> Result<u64, StoreError> {
        let text = match tampering {
            Tampering::SetText { text, .. } => text.clone(),
            Tampering::InsertEntry { seq, .. } => format!("{seq:032x}"),
            _ => String::new(),
        };
        let mut bytes = Vec::new();
        if let Tampering::FlipByte { place, key, byte } = tampering {
            bytes = self.bytes_at(*place, *key).await?;
            if let Some(byte) = bytes.get_mut(*byte) {
                *byte ^= 0xff;
            }
        }
        let mut changed = 0;
        for sql in tampering.statements() {
            let value = if sql.contains("$BYTES") {
                Some(Value::from(bytes.clone()))
            } else {
                sql.contains("$1").then(|| Value::from(text.clone()))
            };
            changed += self.raw(sql.replace("$BYTES", "$1"), value).await?;
        }
        Ok(changed)
    }

    async fn raw(&mut self, sql: String, value: Option<Value<'_>>) -> Result<u64, StoreError> {
        Ok(match self {
            Self::Sqlite(open) => {
                let query = sqlx::query(AssertSqlSafe(sql));
                let query = value.iter().fold(query, |query, value| value.bind_sqlite(query));
                query.execute(&mut **open).await?.rows_affected()
            }
            Self::Postgres(open) => {
                let query = sqlx::query(AssertSqlSafe(sql));
                let query = value.iter().fold(query, |query, value| value.bind_postgres(query));
                query.execute(&mut **open).await?.rows_affected()
            }
        })
    }

    async fn bytes_at(&mut self, [table, column, key]: [&str; 3], at: i64) -> Result<Vec<u8>, StoreError> {
        let sql = format!("SELECT {column} AS bytes FROM {table} WHERE {key} = {at}");
        let row = match self {
            Self::Sqlite(open) => Row::Sqlite(sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut **open).await?),
            Self::Postgres(open) => {
                Row::Postgres(sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut **open).await?)
            }
        };
        row.bytes("bytes")
    }
}

impl Store {
    /// Changes the database behind the program's back, for good.
    pub async fn tamper(&self, tampering: &Tampering) -> Result<u64, StoreError> {
        let mut transaction = self.begin().await?;
        let changed = transaction.tamper(tampering).await?;
        transaction.commit().await?;
        Ok(changed)
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> Result<i64, StoreError> {
        let sql = format!("SELECT COUNT(*) AS rows_there FROM {table}");
        let row = match self.snapshot().await? {
            Transaction::Sqlite(mut open) => {
                Row::Sqlite(sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut *open).await?)
            }
            Transaction::Postgres(mut open) => {
                Row::Postgres(sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut *open).await?)
            }
        };
        row.integer("rows_there")
    }

    /// The names of the tables, as the engine lists them.
    pub async fn tables(&self) -> Result<Vec<String>, StoreError> {
        let rows = match self.snapshot().await? {
            Transaction::Sqlite(mut open) => {
                let sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
                let rows = sqlx::query(sql).fetch_all(&mut *open).await?;
                rows.into_iter().map(Row::Sqlite).collect::<Vec<_>>()
            }
            Transaction::Postgres(mut open) => {
                let sql =
                    "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
                let rows = sqlx::query(sql).fetch_all(&mut *open).await?;
                rows.into_iter().map(Row::Postgres).collect::<Vec<_>>()
            }
        };
        rows.iter().map(|row| row.text("name")).collect()
    }
}

impl Tampering {
    fn statements(&self) -> Vec<String> {
        match self {
            Self::SetText { place: [table, column, name], key, .. } => {
                vec![format!("UPDATE {table} SET {column} = $1 WHERE {name} = {key}")]
            }
            Self::SetNumber { place: [table, column, name], key, number } => {
                vec![format!("UPDATE {table} SET {column} = {number} WHERE {name} = {key}")]
            }
            Self::FlipByte { place: [table, column, name], key, .. } => {
                vec![format!("UPDATE {table} SET {column} = $BYTES WHERE {name} = {key}")]
            }
            Self::DeleteFrom { place: [table, name], key } => {
                vec![format!("DELETE FROM {table} WHERE {name} >= {key}")]
            }
            Self::Delete { place: [table, name], key } => {
                vec![format!("DELETE FROM {table} WHERE {name} = {key}")]
            }
            Self::Swap { place: [table, name], keys: [one, other] } => vec![
                format!("UPDATE {table} SET {name} = -1000000 WHERE {name} = {one}"),
                format!("UPDATE {table} SET {name} = {one} WHERE {name} = {other}"),
                format!("UPDATE {table} SET {name} = {other} WHERE {name} = -1000000"),
            ],
            Self::InsertEntry { like, seq } => vec![format!(
                "INSERT INTO log_entry (seq, act, kind, council, person, role, thing, thing_id, summary, detail, salt, \
                 happened_at, recorded_at) SELECT {seq}, $1, kind, council, person, role, thing, thing_id, summary, \
                 detail, salt, happened_at, recorded_at FROM log_entry WHERE seq = {like}"
            )],
        }
    }
}
