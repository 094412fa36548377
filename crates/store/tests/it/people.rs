//! People, their grants, sessions and attempts to sign in.

use jiff::SignedDuration;
use store::{SessionRow, Store, StoreError};
use vocabulary::id::{GrantId, SessionId, UserId};

use crate::fixtures::{grant, insert_people, moment, person};

crate::on_both_engines!(
    an_address_belongs_to_one_person,
    a_person_changes_under_a_version,
    a_time_step_is_spent_once,
    a_grant_changes_under_a_version,
    an_ended_session_is_not_found,
    ending_a_persons_sessions_ends_them_all,
    ending_a_grants_sessions_leaves_the_others,
    old_attempts_are_forgotten,
);

async fn an_address_belongs_to_one_person(store: Store) {
    insert_people(&store, [1]).await;
    let mut second = person(2);
    second.email = person(1).email;
    let mut transaction = store.begin().await.unwrap();
    let refused = transaction.insert_person(&second).await;
    assert!(matches!(refused, Err(StoreError::Duplicate)), "{refused:?}");
}

async fn a_person_changes_under_a_version(store: Store) {
    insert_people(&store, [1]).await;
    let mut transaction = store.begin().await.unwrap();
    let mut first = transaction.find_person(UserId(1)).await.unwrap().unwrap();
    let mut late = first.clone();
    first.name = "Renamed".into();
    transaction.update_person(&mut first).await.unwrap();
    let refused = transaction.update_person(&mut late).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
    transaction.commit().await.unwrap();
    let (read, _) = store.person_and_grants(UserId(1)).await.unwrap();
    assert_eq!((read.name.as_str(), read.version), ("Renamed", 2));
}

async fn a_time_step_is_spent_once(store: Store) {
    insert_people(&store, [1]).await;
    let mut transaction = store.begin().await.unwrap();
    assert!(transaction.use_totp_step(UserId(1), 100).await.unwrap());
    assert!(!transaction.use_totp_step(UserId(1), 100).await.unwrap());
    assert!(!transaction.use_totp_step(UserId(1), 99).await.unwrap());
    assert!(transaction.use_totp_step(UserId(1), 101).await.unwrap());
}

async fn a_grant_changes_under_a_version(store: Store) {
    insert_people(&store, [1]).await;
    let mut first = grant(1, UserId(1));
    let mut transaction = store.begin().await.unwrap();
    transaction.insert_grant(&first).await.unwrap();
    let mut late = first.clone();
    first.revoked_at = Some(moment());
    transaction.update_grant(&mut first).await.unwrap();
    let refused = transaction.update_grant(&mut late).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
    let read = transaction.find_grant(GrantId(1)).await.unwrap().unwrap();
    assert_eq!((read.revoked_at, read.version), (Some(moment()), 2));
}

fn session(number: u128, person: u128, under: Option<u128>) -> SessionRow {
    SessionRow {
        token_hash: format!("hash-{number}"),
        id: SessionId(number),
        person: UserId(person),
        role_grant: under.map(GrantId),
        confirmed: true,
        csrf: "csrf".into(),
        source: "192.0.2.1".into(),
        created_at: moment(),
        seen_at: moment(),
        stepped_up_at: None,
    }
}

/// Two people, each with a grant and a session under it; the first with a session under none as well.
async fn sessions(store: &Store) {
    insert_people(store, [1, 2]).await;
    let mut transaction = store.begin().await.unwrap();
    for number in [1, 2] {
        transaction.insert_grant(&grant(number, UserId(number))).await.unwrap();
        transaction.insert_session(&session(number, number, Some(number))).await.unwrap();
    }
    transaction.insert_session(&session(3, 1, None)).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn open(store: &Store) -> Vec<u32> {
    let mut open = Vec::new();
    for number in [1, 2, 3] {
        if store.find_session(&format!("hash-{number}")).await.unwrap().is_some() {
            open.push(number);
        }
    }
    open
}

async fn an_ended_session_is_not_found(store: Store) {
    sessions(&store).await;
    let found = store.find_session("hash-1").await.unwrap().unwrap();
    assert_eq!((found.person.id, found.grants.len()), (UserId(1), 1));
    assert_eq!((found.session.seen_at, found.session.confirmed), (moment(), true));
    let mut transaction = store.begin().await.unwrap();
    let later = moment() + SignedDuration::from_mins(2);
    transaction.touch_session(SessionId(1), later).await.unwrap();
    transaction.touch_session(SessionId(1), moment()).await.unwrap();
    transaction.end_session(SessionId(2), moment()).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(store.find_session("hash-1").await.unwrap().unwrap().session.seen_at, later);
    assert_eq!(open(&store).await, [1, 3]);
}

async fn ending_a_persons_sessions_ends_them_all(store: Store) {
    sessions(&store).await;
    let mut transaction = store.begin().await.unwrap();
    transaction.end_sessions_of(UserId(1), moment()).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(open(&store).await, [2]);
}

async fn ending_a_grants_sessions_leaves_the_others(store: Store) {
    sessions(&store).await;
    let mut transaction = store.begin().await.unwrap();
    transaction.end_sessions_under(GrantId(1), moment()).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(open(&store).await, [2, 3]);
}

async fn old_attempts_are_forgotten(store: Store) {
    let mut transaction = store.begin().await.unwrap();
    let earlier = moment() - SignedDuration::from_hours(1);
    transaction.record_attempt("account", "192.0.2.1", earlier, false).await.unwrap();
    transaction.record_attempt("account", "192.0.2.1", moment(), false).await.unwrap();
    transaction.record_attempt("account", "192.0.2.1", moment(), true).await.unwrap();
    transaction.record_attempt("other", "192.0.2.1", moment(), false).await.unwrap();
    transaction.forget_attempts(moment()).await.unwrap();
    transaction.commit().await.unwrap();
    let long_ago = earlier - SignedDuration::from_hours(1);
    assert_eq!(store.failures("account", "192.0.2.1", long_ago).await.unwrap(), (1, 2));
    assert_eq!(store.failures("account", "198.51.100.7", long_ago).await.unwrap(), (0, 0));
}
