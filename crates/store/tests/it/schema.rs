//! The schema: migrations, and that each engine takes every statement of the program.

use std::collections::HashSet;

use store::{Engine, Store, StoreError, migrate, testing::Tampering};
use testkit::TestDatabase;

crate::on_both_engines!(
    every_statement_is_accepted,
    migrating_twice_changes_nothing,
    a_database_of_a_newer_release_is_refused_and_left_alone,
    what_durability_rests_on_is_set,
);

async fn every_statement_is_accepted(store: Store) {
    let registry = store::registry();
    assert!(registry.len() > 100, "the registry has {} statements", registry.len());
    for statement in registry {
        let prepared = store.prepare(&statement).await;
        assert!(prepared.is_ok(), "{}: {prepared:?}", statement.name);
    }
}

async fn migrating_twice_changes_nothing(store: Store) {
    let before = (store.tables().await.unwrap(), migrate::applied(&store).await.unwrap());
    migrate::bring_up_to_date(&store).await.unwrap();
    let after = (store.tables().await.unwrap(), migrate::applied(&store).await.unwrap());
    assert_eq!(before, after);
    assert_eq!(after.1.last(), Some(&migrate::newest()));
}

async fn a_database_of_a_newer_release_is_refused_and_left_alone(store: Store) {
    let newer = migrate::newest() + 1;
    let tampering = Tampering::SetNumber { place: ["migration", "number", "number"], key: 1, number: newer };
    store.tamper(&tampering).await.unwrap();
    let before = store.tables().await.unwrap();
    let refused = migrate::bring_up_to_date(&store).await;
    assert!(matches!(refused, Err(StoreError::Engine { .. })), "{refused:?}");
    assert_eq!(store.tables().await.unwrap(), before);
    assert_eq!(migrate::applied(&store).await.unwrap().last(), Some(&newer));
}

async fn what_durability_rests_on_is_set(store: Store) {
    let settings = store.settings().await.unwrap();
    assert!(store.integrity_faults().await.unwrap().iter().all(|fault| fault == "data checksums are off"));
    if store.engine() == Engine::Sqlite {
        for wanted in ["journal wal", "synchronous 2"] {
            assert!(settings.iter().any(|setting| setting == wanted), "{wanted} in {settings:?}");
        }
    } else {
        assert!(settings.iter().any(|setting| setting.starts_with("server_version ")), "{settings:?}");
    }
}

/// Two nodes that start at once on a new database migrate it once.
async fn a_new_database_is_migrated_once_by_many_starters(engine: Engine) {
    let Some(database) = TestDatabase::bare_on(engine).await else { return };
    let (one, two, three) = tokio::join!(database.try_open(), database.try_open(), database.try_open());
    let opened = [one.unwrap(), two.unwrap(), three.unwrap()];
    let expected: Vec<i64> = (1..=migrate::newest()).collect();
    assert_eq!(migrate::applied(&opened[0]).await.unwrap(), expected);
    for store in opened {
        store.close().await;
    }
}

#[tokio::test]
async fn a_new_sqlite_file_is_migrated_once_and_only_its_owner_reads_it() {
    a_new_database_is_migrated_once_by_many_starters(Engine::Sqlite).await;
    let database = TestDatabase::bare_on(Engine::Sqlite).await.unwrap();
    let store = database.open().await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(database.file()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    store.close().await;
}

#[tokio::test]
async fn a_new_postgres_database_is_migrated_once() {
    a_new_database_is_migrated_once_by_many_starters(Engine::Postgres).await;
}

#[test]
fn every_statement_has_a_name_of_its_own_within_its_text() {
    let texts: HashSet<_> =
        store::registry().into_iter().map(|statement| (statement.name, statement.sqlite)).collect();
    assert_eq!(texts.len(), store::registry().len());
}
