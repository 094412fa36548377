//! Calendar feeds, tokens, and the record of who opened what.

use jiff::SignedDuration;
use store::{AccessEntry, ApiToken, Feed, Store};
use testkit::programme_scope;
use vocabulary::id::{CouncilId, FeedId, TokenId, UserId};

use crate::fixtures::{EASTVALE, NORTHMOOR, insert_people, moment};

crate::on_both_engines!(
    a_feed_is_taken_back_by_its_owner_alone,
    a_token_is_taken_back_by_its_owner_alone,
    accesses_are_listed_by_council_person_and_time,
);

async fn a_feed_is_taken_back_by_its_owner_alone(store: Store) {
    insert_people(&store, [1, 2]).await;
    let feed = Feed {
        id: FeedId(1),
        secret_hash: "secret".into(),
        council: NORTHMOOR,
        person: UserId(1),
        bearer: Some("chair".into()),
        title: "My calendar".into(),
        created_at: moment(),
    };
    let mut transaction = store.begin().await.unwrap();
    transaction.insert_feed(&feed).await.unwrap();
    assert!(!transaction.revoke_feed(FeedId(1), UserId(2), moment()).await.unwrap());
    transaction.commit().await.unwrap();
    let read = store.find_feed("secret").await.unwrap().unwrap();
    assert_eq!((read.person, read.bearer.as_deref()), (UserId(1), Some("chair")));
    assert_eq!(store.feeds_of(UserId(1), NORTHMOOR).await.unwrap().len(), 1);
    assert_eq!(store.feeds_of(UserId(1), EASTVALE).await.unwrap().len(), 0);
    let mut transaction = store.begin().await.unwrap();
    assert!(transaction.revoke_feed(FeedId(1), UserId(1), moment()).await.unwrap());
    assert!(!transaction.revoke_feed(FeedId(1), UserId(1), moment()).await.unwrap());
    transaction.commit().await.unwrap();
    assert!(store.find_feed("secret").await.unwrap().is_none());
}

async fn a_token_is_taken_back_by_its_owner_alone(store: Store) {
    insert_people(&store, [1, 2]).await;
    let token = ApiToken {
        id: TokenId(1),
        secret_hash: "secret".into(),
        council: NORTHMOOR,
        person: UserId(1),
        purpose: "duties".into(),
        title: "Dashboard".into(),
        created_at: moment(),
        expires_on: "2026-12-31".parse().unwrap(),
        used_at: None,
    };
    let mut transaction = store.begin().await.unwrap();
    transaction.insert_token(&token).await.unwrap();
    transaction.use_token(TokenId(1), moment()).await.unwrap();
    assert!(!transaction.revoke_token(TokenId(1), UserId(2), moment()).await.unwrap());
    transaction.commit().await.unwrap();
    let read = store.find_token("secret").await.unwrap().unwrap();
    assert_eq!((read.used_at, read.expires_on), (Some(moment()), token.expires_on));
    let mut transaction = store.begin().await.unwrap();
    assert!(transaction.revoke_token(TokenId(1), UserId(1), moment()).await.unwrap());
    transaction.commit().await.unwrap();
    assert!(store.find_token("secret").await.unwrap().is_none());
    assert_eq!(store.tokens_of(UserId(1), NORTHMOOR).await.unwrap().len(), 0);
}

fn access(council: CouncilId, person: u128, minute: i64) -> AccessEntry {
    AccessEntry {
        at: moment() + SignedDuration::from_mins(minute),
        person: Some(UserId(person)),
        role: "programme manager".into(),
        council: Some(council),
        what: "read".into(),
        route: "/notices/{id}".into(),
        thing: "instrument".into(),
        source: "192.0.2.1".into(),
        request_id: format!("{minute}"),
    }
}

async fn accesses_are_listed_by_council_person_and_time(store: Store) {
    let mut transaction = store.begin().await.unwrap();
    for (council, person, minute) in
        [(NORTHMOOR, 1, 0), (NORTHMOOR, 2, 1), (NORTHMOOR, 1, 2), (EASTVALE, 1, 1)]
    {
        transaction.record_access(&access(council, person, minute)).await.unwrap();
    }
    transaction.commit().await.unwrap();
    let scope = programme_scope(NORTHMOOR);
    let (from, to) = (moment(), moment() + SignedDuration::from_mins(2));
    let minutes = |entries: Vec<AccessEntry>| -> Vec<String> {
        entries.into_iter().map(|entry| entry.request_id).collect()
    };
    let all = store.accesses(&scope, from, to, None, 10).await.unwrap();
    assert_eq!(minutes(all), ["1", "0"], "newest first, and the last moment is not part of it");
    let late = to + SignedDuration::from_mins(1);
    let of_one = store.accesses(&scope, from, late, Some(UserId(1)), 10).await.unwrap();
    assert_eq!(minutes(of_one), ["2", "0"]);
    let newest = store.accesses(&scope, from, late, None, 1).await.unwrap();
    assert_eq!(minutes(newest), ["2"]);
}
