//! Things to store: small, invented, all ids by number.

use improvement::register::{Council, Episode, EpisodeState, Stamp};
use jiff::Timestamp;
use store::{Engine, Person, PersonState, RoleGrant, Store};
use testkit::TestDatabase;
use vocabulary::id::{CouncilId, EpisodeId, GrantId, UserId};

pub const NORTHMOOR: CouncilId = CouncilId(1);
pub const EASTVALE: CouncilId = CouncilId(2);

/// Runs a behaviour on a database of its own with two councils in it.
pub async fn run<F: Future<Output = ()>>(engine: Engine, behaviour: impl FnOnce(Store) -> F) {
    let Some(database) = TestDatabase::on(engine).await else { return };
    let store = database.open().await;
    let mut transaction = store.begin().await.unwrap();
    for (id, name) in [(NORTHMOOR, "Northmoor Council"), (EASTVALE, "Eastvale Council")] {
        let council = Council { id, name: name.into(), contact: String::new() };
        transaction.insert_council(&council, moment()).await.unwrap();
    }
    transaction.commit().await.unwrap();
    behaviour(store.clone()).await;
    store.close().await;
}

pub fn moment() -> Timestamp {
    "2026-09-07T08:30:00.123456Z".parse().unwrap()
}

pub fn episode(number: u128, council: CouncilId) -> Episode {
    Episode {
        id: EpisodeId(number),
        council,
        title: format!("Intervention {number}"),
        state: EpisodeState::Open,
        lifted: None,
        version: 1,
        stamp: Stamp { by: UserId(1), role: "programme manager".into(), at: moment() },
    }
}

pub fn person(number: u128) -> Person {
    Person {
        id: UserId(number),
        email: format!("person{number}@northmoor.example"),
        name: format!("Person {number}"),
        post: "Officer".into(),
        password_hash: None,
        totp_secret: Some(vec![0, 1, 255]),
        totp_last_step: 0,
        state: PersonState::Active,
        expires_on: None,
        invitation_hash: None,
        invitation_until: None,
        version: 1,
        recorded_at: moment(),
    }
}

pub fn grant(number: u128, person: UserId) -> RoleGrant {
    RoleGrant {
        id: GrantId(number),
        person,
        council: NORTHMOOR,
        role: "programme manager".into(),
        from_day: "2026-09-01".parse().unwrap(),
        to_day: None,
        sponsor: "The director".into(),
        purpose: "The programme".into(),
        teams: Vec::new(),
        sealed: false,
        granted_by: None,
        approved_by: None,
        revoked_at: None,
        version: 1,
        recorded_at: moment(),
    }
}

/// Stores people in one transaction.
pub async fn insert_people(store: &Store, numbers: impl IntoIterator<Item = u128>) {
    let mut transaction = store.begin().await.unwrap();
    for number in numbers {
        transaction.insert_person(&person(number)).await.unwrap();
    }
    transaction.commit().await.unwrap();
}
