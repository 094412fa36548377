//! The programme's things: insert, find, update under a version, and never across councils.

use improvement::register::Episode;
use store::{Store, StoreError};
use testkit::programme_scope;

use crate::fixtures::{EASTVALE, NORTHMOOR, episode};

crate::on_both_engines!(
    a_thing_reads_back_as_it_was_written,
    a_key_stands_once,
    an_edit_of_an_old_version_is_a_conflict,
    one_council_never_finds_lists_or_changes_anothers_things,
    what_is_not_committed_never_happened,
    a_snapshot_sees_one_moment,
    lists_keep_their_order,
    a_text_of_an_instrument_needs_its_scope,
);

async fn insert(store: &Store, things: &[Episode]) {
    let mut transaction = store.begin().await.unwrap();
    for thing in things {
        transaction.insert(thing).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

async fn a_thing_reads_back_as_it_was_written(store: Store) {
    let mut written = episode(1, NORTHMOOR);
    written.title = "Notice “à l’essai” – 𝒩orthmoor\n\t'; DROP TABLE episode; --".into();
    insert(&store, &[written.clone()]).await;
    let read: Option<Episode> =
        store.find(&programme_scope(NORTHMOOR), &written.id.to_string()).await.unwrap();
    assert_eq!(read, Some(written));
}

async fn a_key_stands_once(store: Store) {
    insert(&store, &[episode(1, NORTHMOOR)]).await;
    let mut transaction = store.begin().await.unwrap();
    let again = transaction.insert(&episode(1, NORTHMOOR)).await;
    assert!(matches!(again, Err(StoreError::Duplicate)), "{again:?}");
}

async fn an_edit_of_an_old_version_is_a_conflict(store: Store) {
    insert(&store, &[episode(1, NORTHMOOR)]).await;
    let mut first = episode(1, NORTHMOOR);
    let mut late = first.clone();
    let mut transaction = store.begin().await.unwrap();
    first.title = "First".into();
    transaction.update(&mut first).await.unwrap();
    assert_eq!(first.version, 2);
    late.title = "Late".into();
    let refused = transaction.update(&mut late).await;
    assert!(matches!(refused, Err(StoreError::Conflict { thing: "episode" })), "{refused:?}");
    assert_eq!(late.version, 1, "a refused edit keeps the version it saw");
    transaction.commit().await.unwrap();
    let read: Episode =
        store.find(&programme_scope(NORTHMOOR), &first.id.to_string()).await.unwrap().unwrap();
    assert_eq!((read.title.as_str(), read.version), ("First", 2));
}

async fn one_council_never_finds_lists_or_changes_anothers_things(store: Store) {
    insert(&store, &[episode(1, NORTHMOOR), episode(2, EASTVALE)]).await;
    let theirs = programme_scope(EASTVALE);
    let found: Option<Episode> = store.find(&theirs, &episode(1, NORTHMOOR).id.to_string()).await.unwrap();
    assert_eq!(found, None);
    let mut transaction = store.begin().await.unwrap();
    let listed: Vec<Episode> = transaction.list(&theirs).await.unwrap();
    assert_eq!(listed, [episode(2, EASTVALE)]);
    // The id is Northmoor's, the council is not: the row is not theirs to change.
    let mut smuggled = episode(1, EASTVALE);
    let refused = transaction.update(&mut smuggled).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
}

async fn what_is_not_committed_never_happened(store: Store) {
    let mut transaction = store.begin().await.unwrap();
    transaction.insert(&episode(1, NORTHMOOR)).await.unwrap();
    drop(transaction);
    let mut transaction = store.begin().await.unwrap();
    let listed: Vec<Episode> = transaction.list(&programme_scope(NORTHMOOR)).await.unwrap();
    assert_eq!(listed, []);
}

async fn a_snapshot_sees_one_moment(store: Store) {
    insert(&store, &[episode(1, NORTHMOOR)]).await;
    let scope = programme_scope(NORTHMOOR);
    let mut snapshot = store.snapshot().await.unwrap();
    assert_eq!(snapshot.list::<Episode>(&scope).await.unwrap().len(), 1);
    insert(&store, &[episode(2, NORTHMOOR)]).await;
    assert_eq!(snapshot.list::<Episode>(&scope).await.unwrap().len(), 1);
    snapshot.commit().await.unwrap();
    let mut later = store.snapshot().await.unwrap();
    assert_eq!(later.list::<Episode>(&scope).await.unwrap().len(), 2);
}

async fn lists_keep_their_order(store: Store) {
    let mut things: Vec<Episode> = (1..=20).map(|number| episode(number, NORTHMOOR)).collect();
    things.reverse();
    insert(&store, &things).await;
    let mut transaction = store.snapshot().await.unwrap();
    let listed: Vec<Episode> = transaction.list(&programme_scope(NORTHMOOR)).await.unwrap();
    let ids: Vec<u128> = listed.iter().map(|thing| thing.id.0).collect();
    assert_eq!(ids, (1..=20).collect::<Vec<_>>(), "equal positions are ordered by id on both engines");
}

async fn a_text_of_an_instrument_needs_its_scope(store: Store) {
    insert(&store, &[episode(1, NORTHMOOR)]).await;
    let instrument = instrument();
    let text = "The council must …\n\u{c}Page 2";
    let mut transaction = store.begin().await.unwrap();
    transaction.insert(&instrument).await.unwrap();
    transaction.insert_text(instrument.id, text).await.unwrap();
    let own = transaction.find_text(&programme_scope(NORTHMOOR), instrument.id).await.unwrap();
    assert_eq!(own.as_deref(), Some(text));
    assert_eq!(transaction.find_text(&programme_scope(EASTVALE), instrument.id).await.unwrap(), None);
    assert_eq!(transaction.list_texts(&programme_scope(EASTVALE)).await.unwrap(), []);
}

fn instrument() -> improvement::register::Instrument {
    let of = episode(1, NORTHMOOR);
    improvement::register::Instrument {
        id: vocabulary::id::InstrumentId(1),
        council: NORTHMOOR,
        episode: of.id,
        document: improvement::reading::Document::default(),
        title: "Notice".into(),
        state: improvement::register::InstrumentState::Draft,
        file_hash: "00".repeat(32),
        file_name: "notice.txt".into(),
        file_kind: "txt".into(),
        warnings: Vec::new(),
        clauses: Vec::new(),
        passages: Vec::new(),
        recommendations: Vec::new(),
        findings: Vec::new(),
        signed: None,
        in_force_from: None,
        in_force_to: None,
        version: 1,
        stamp: of.stamp,
    }
}
