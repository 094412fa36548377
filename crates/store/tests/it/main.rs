//! The behaviour of the store: one suite, each test run on SQLite and on PostgreSQL, in a database of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

mod access;
mod fixtures;
mod log;
mod people;
mod schema;
mod things;
mod values;
mod writers;

/// Makes a test of each function for each engine: `sqlite::a_behaviour` and `postgres::a_behaviour`.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                crate::fixtures::run(store::Engine::Sqlite, super::$name).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                crate::fixtures::run(store::Engine::Postgres, super::$name).await;
            })*
        }
    };
}

pub(crate) use on_both_engines;
