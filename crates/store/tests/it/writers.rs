//! Many writers at once: no edit is lost, and the log stays one line.

use improvement::register::Episode;
use store::{Store, StoreError};
use testkit::programme_scope;

use crate::fixtures::{NORTHMOOR, episode};

const WRITERS: u128 = 32;
const EDITS: usize = 50;
/// Writers meet on a few rows, so that they do get in each other's way.
const ROWS: u128 = 8;

crate::on_both_engines!(no_edit_is_lost_among_many_writers, the_log_head_is_taken_one_at_a_time);

async fn no_edit_is_lost_among_many_writers(store: Store) {
    let mut transaction = store.begin().await.unwrap();
    for row in 0..ROWS {
        let mut thing = episode(row, NORTHMOOR);
        thing.title = String::new();
        transaction.insert(&thing).await.unwrap();
    }
    transaction.commit().await.unwrap();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                for _ in 0..EDITS {
                    edit_until_taken(&store, writer % ROWS).await;
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let mut transaction = store.snapshot().await.unwrap();
    let things: Vec<Episode> = transaction.list(&programme_scope(NORTHMOOR)).await.unwrap();
    let edits: usize = things.iter().map(|thing| thing.title.len()).sum();
    assert_eq!(edits, usize::try_from(WRITERS).unwrap() * EDITS);
    assert!(things.iter().all(|thing| usize::try_from(thing.version).unwrap() == thing.title.len() + 1));
}

/// Adds a letter to a title, reading it again whenever somebody else was faster.
async fn edit_until_taken(store: &Store, row: u128) {
    let scope = programme_scope_of_store();
    loop {
        let mut thing: Episode =
            store.find(&scope, &episode(row, NORTHMOOR).id.to_string()).await.unwrap().unwrap();
        thing.title.push('x');
        let mut transaction = store.begin().await.unwrap();
        match transaction.update(&mut thing).await {
            Ok(()) => return transaction.commit().await.unwrap(),
            Err(StoreError::Conflict { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

fn programme_scope_of_store() -> store::Scope {
    static SCOPE: std::sync::OnceLock<store::Scope> = std::sync::OnceLock::new();
    SCOPE.get_or_init(|| programme_scope(NORTHMOOR)).clone()
}

async fn the_log_head_is_taken_one_at_a_time(store: Store) {
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut transaction = store.begin().await.unwrap();
                let seq = transaction.take_log_head().await.unwrap();
                let entry = store::LogEntry {
                    seq,
                    salt: vec![0; 32],
                    entry: store::NewLogEntry {
                        act: vocabulary::id::ActId(writer),
                        kind: "record-event".into(),
                        council: None,
                        person: None,
                        role: String::new(),
                        thing: String::new(),
                        thing_id: String::new(),
                        summary: String::new(),
                        detail: "{}".into(),
                        happened_at: crate::fixtures::moment(),
                        recorded_at: crate::fixtures::moment(),
                    },
                };
                transaction.insert_log_entry(&entry).await.unwrap();
                transaction.commit().await.unwrap();
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let entries = store.log_entries(0, 100).await.unwrap();
    assert_eq!(entries.len(), usize::try_from(WRITERS).unwrap());
    assert!((0_i64..).zip(&entries).all(|(place, entry)| entry.seq == place));
}
