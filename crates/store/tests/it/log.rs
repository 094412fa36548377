//! The rows under the log: entries, hashes, checkpoints and receipts.

use store::{LogEntry, NewLogEntry, Store, StoreError};
use testkit::programme_scope;
use vocabulary::id::{ActId, CouncilId, UserId};

use crate::fixtures::{EASTVALE, NORTHMOOR, moment};

crate::on_both_engines!(
    entries_read_back_in_order,
    a_place_is_taken_once,
    a_council_reads_its_own_history_alone,
    hashes_and_checkpoints_read_back,
    a_receipt_stands_under_its_person_and_key,
);

fn entry(seq: i64, council: CouncilId) -> LogEntry {
    LogEntry {
        seq,
        salt: vec![u8::try_from(seq).unwrap_or(0); 32],
        entry: NewLogEntry {
            act: ActId(u128::try_from(seq).unwrap_or(0) + 1),
            kind: "record-event".into(),
            council: Some(council),
            person: (seq % 2 == 0).then_some(UserId(1)),
            role: "independent chair".into(),
            thing: "event".into(),
            thing_id: format!("{}", seq / 2),
            summary: format!("Recorded {seq}"),
            detail: "{\"on\":\"2026-09-07\"}".into(),
            happened_at: moment(),
            recorded_at: moment(),
        },
    }
}

async fn insert(store: &Store, entries: &[LogEntry]) {
    let mut transaction = store.begin().await.unwrap();
    for entry in entries {
        assert_eq!(transaction.take_log_head().await.unwrap(), entry.seq);
        transaction.insert_log_entry(entry).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

async fn entries_read_back_in_order(store: Store) {
    insert(&store, &(0..5).map(|seq| entry(seq, NORTHMOOR)).collect::<Vec<_>>()).await;
    let read = store.log_entries(1, 3).await.unwrap();
    assert_eq!(read.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(format!("{:?}", read[0]), format!("{:?}", entry(1, NORTHMOOR)));
    assert_eq!(store.log_size().await.unwrap(), 5);
}

async fn a_place_is_taken_once(store: Store) {
    insert(&store, &[entry(0, NORTHMOOR)]).await;
    let mut transaction = store.begin().await.unwrap();
    let mut twin = entry(0, NORTHMOOR);
    twin.entry.act = ActId(99);
    let refused = transaction.insert_log_entry(&twin).await;
    assert!(matches!(refused, Err(StoreError::Duplicate)), "{refused:?}");
}

async fn a_council_reads_its_own_history_alone(store: Store) {
    let councils = [NORTHMOOR, EASTVALE, NORTHMOOR, NORTHMOOR];
    insert(&store, &(0..4).zip(councils).map(|(seq, council)| entry(seq, council)).collect::<Vec<_>>()).await;
    let scope = programme_scope(NORTHMOOR);
    let places = |entries: Vec<LogEntry>| entries.into_iter().map(|entry| entry.seq).collect::<Vec<_>>();
    assert_eq!(places(store.history(&scope, i64::MAX, 10).await.unwrap()), [3, 2, 0]);
    assert_eq!(places(store.history(&scope, 3, 1).await.unwrap()), [2]);
    assert_eq!(places(store.history_of(&scope, "event", "0").await.unwrap()), [0]);
    assert_eq!(places(store.history_of(&programme_scope(EASTVALE), "event", "0").await.unwrap()), [1]);
}

async fn hashes_and_checkpoints_read_back(store: Store) {
    let mut transaction = store.begin().await.unwrap();
    for position in [0, 1, 2] {
        transaction.insert_log_hash(position, &[7; 32]).await.unwrap();
    }
    transaction.insert_checkpoint(2, "note at 2", moment()).await.unwrap();
    transaction.insert_checkpoint(1, "note at 1", moment()).await.unwrap();
    assert_eq!(transaction.newest_checkpoint().await.unwrap(), Some((2, "note at 2".into(), moment())));
    assert_eq!(transaction.log_hash(3).await.unwrap(), None);
    assert_eq!(transaction.log_hashes().await.unwrap()[2], (2, vec![7; 32]));
    transaction.commit().await.unwrap();
    let sizes: Vec<i64> = store.checkpoints().await.unwrap().into_iter().map(|(size, ..)| size).collect();
    assert_eq!(sizes, [1, 2]);
}

async fn a_receipt_stands_under_its_person_and_key(store: Store) {
    let mut transaction = store.begin().await.unwrap();
    transaction.insert_receipt(UserId(1), "key", "record-event", "hash", "outcome", moment()).await.unwrap();
    let found = transaction.find_receipt(UserId(1), "key").await.unwrap();
    assert_eq!(found, Some(("record-event".into(), "hash".into(), "outcome".into())));
    assert_eq!(transaction.find_receipt(UserId(2), "key").await.unwrap(), None);
    let again = transaction.insert_receipt(UserId(1), "key", "x", "x", "x", moment()).await;
    assert!(matches!(again, Err(StoreError::Duplicate)), "{again:?}");
}
