//! The kinds of value that cross into a database: what goes in comes out, to the microsecond and the day.

use jiff::Timestamp;
use jiff::civil::Date;
use store::{Store, StoreError};

use crate::fixtures::{insert_people, person};

crate::on_both_engines!(
    instants_read_back_to_the_microsecond,
    instants_compare_as_time_passes,
    days_read_back,
    bytes_and_nothing_read_back,
    text_with_nul_is_refused_alike,
);

/// Both sides of the hour that happens twice in London, a moment before it and after, and the ends of what can come.
const MOMENTS: [&str; 8] = [
    "2026-10-25T00:30:00.000001Z",
    "2026-10-25T01:30:00.000001Z",
    "2026-03-29T00:59:59.999999Z",
    "2026-03-29T01:00:00Z",
    "1970-01-01T00:00:00Z",
    "1970-01-01T00:00:00.1Z",
    "2028-02-29T23:59:59.999999Z",
    "9999-12-30T22:00:00Z",
];

async fn instants_read_back_to_the_microsecond(store: Store) {
    for (number, text) in (10..).zip(MOMENTS) {
        let moment: Timestamp = text.parse().unwrap();
        let mut written = person(number);
        written.invitation_until = Some(moment);
        written.recorded_at = moment;
        let mut transaction = store.begin().await.unwrap();
        transaction.insert_person(&written).await.unwrap();
        transaction.commit().await.unwrap();
        let (read, _) = store.person_and_grants(written.id).await.unwrap();
        assert_eq!((read.invitation_until, read.recorded_at), (Some(moment), moment));
    }
}

async fn instants_compare_as_time_passes(store: Store) {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let mut transaction = store.begin().await.unwrap();
    // A whole second sorts before its own fractions, as text as well as as time.
    for moment in ["2026-10-25T01:00:00Z", "2026-10-25T01:00:00.000001Z", "2026-10-25T01:00:01Z"] {
        transaction.record_attempt("account", "192.0.2.1", at(moment), false).await.unwrap();
    }
    transaction.commit().await.unwrap();
    let since = |moment: &str| store.failures("account", "192.0.2.1", at(moment));
    assert_eq!(since("2026-10-25T00:59:59.999999Z").await.unwrap(), (3, 3));
    assert_eq!(since("2026-10-25T01:00:00Z").await.unwrap(), (2, 2));
    assert_eq!(since("2026-10-25T01:00:00.000001Z").await.unwrap(), (1, 1));
    assert_eq!(since("2026-10-25T01:00:01Z").await.unwrap(), (0, 0));
}

async fn days_read_back(store: Store) {
    for (number, text) in (10..).zip(["1970-01-01", "2028-02-29", "2026-10-25", "9999-12-31", "0001-01-01"]) {
        let day: Date = text.parse().unwrap();
        let mut written = person(number);
        written.expires_on = Some(day);
        let mut transaction = store.begin().await.unwrap();
        transaction.insert_person(&written).await.unwrap();
        transaction.commit().await.unwrap();
        let (read, _) = store.person_and_grants(written.id).await.unwrap();
        assert_eq!(read.expires_on, Some(day));
    }
}

async fn bytes_and_nothing_read_back(store: Store) {
    let mut with = person(10);
    with.totp_secret = Some((0..=255).collect());
    let mut without = person(11);
    without.totp_secret = None;
    let mut transaction = store.begin().await.unwrap();
    transaction.insert_person(&with).await.unwrap();
    transaction.insert_person(&without).await.unwrap();
    transaction.commit().await.unwrap();
    let (read, _) = store.person_and_grants(with.id).await.unwrap();
    assert_eq!(read.totp_secret, with.totp_secret);
    let (read, _) = store.person_and_grants(without.id).await.unwrap();
    assert_eq!((read.totp_secret, read.expires_on, read.invitation_until), (None, None, None));
}

async fn text_with_nul_is_refused_alike(store: Store) {
    insert_people(&store, [10]).await;
    let mut hostile = person(11);
    hostile.name = "A\0B".into();
    let mut transaction = store.begin().await.unwrap();
    let refused = transaction.insert_person(&hostile).await;
    assert!(matches!(refused, Err(StoreError::Nul)), "{refused:?}");
    // The refusal leaves the transaction usable.
    transaction.insert_person(&person(12)).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(store.people().await.unwrap().len(), 2);
}
