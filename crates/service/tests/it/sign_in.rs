//! Signing in: wrong and unknown look alike, a code works once, guessing slows down, sessions end when they must.

use jiff::{SignedDuration, ToSpan as _};
use service::acts::RevokeGrant;
use service::{Account, Refusal, Role};
use store::Engine;
use testkit::{PASSWORD, World};

const HERE: &str = "192.0.2.1";
const ELSEWHERE: &str = "198.51.100.7";

fn words(refused: Result<impl Sized, Refusal>) -> String {
    match refused {
        Err(Refusal::Invalid(problems)) => problems.into_iter().map(|problem| problem.message).collect(),
        Err(other) => format!("{other}"),
        Ok(_) => "let in".into(),
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_words() {
    let world = World::new().await;
    world.account(Role::Director, "director@northmoor.example").await;
    let service = world.service();
    let wrong = words(service.sign_in("director@northmoor.example", "not the password", HERE).await);
    let unknown = words(service.sign_in("nobody@northmoor.example", PASSWORD, HERE).await);
    let disabled = world.account(Role::Chair, "chair@northmoor.example").await;
    world.disable(disabled.person).await;
    let stopped = words(service.sign_in("chair@northmoor.example", PASSWORD, HERE).await);
    assert!(wrong.contains("not right"), "{wrong}");
    assert_eq!((&unknown, &stopped), (&wrong, &wrong));
    assert!(service.sign_in(" Director@Northmoor.Example ", PASSWORD, HERE).await.is_ok());
}

#[tokio::test]
async fn a_session_opens_nothing_until_the_second_factor_and_a_code_works_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(world) = World::on(engine).await else { continue };
        let account = world.account(Role::Director, "director@northmoor.example").await;
        let service = world.service();
        let half = service.sign_in(&account.email, PASSWORD, HERE).await.unwrap();
        let open = service.session(&half.token).await.unwrap().unwrap();
        assert!(service.actor(&open).is_none());
        let code = account.code_at(service.clock.now());
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert!(matches!(service.confirm(&open, wrong, HERE).await, Err(Refusal::Invalid(_))));
        let full = service.confirm(&open, &code, HERE).await.unwrap();
        assert_ne!(full.token, half.token, "a new token at every step up");
        assert!(service.session(&half.token).await.unwrap().is_none());
        let actor = world.actor_of(&full.token).await.unwrap();
        assert_eq!((actor.role, actor.person, actor.stepped_up()), (Role::Director, account.person, true));

        let second = service.sign_in(&account.email, PASSWORD, HERE).await.unwrap();
        let open = service.session(&second.token).await.unwrap().unwrap();
        assert!(matches!(service.confirm(&open, &code, HERE).await, Err(Refusal::Invalid(_))), "used");
        world.advance(SignedDuration::from_secs(60));
        assert!(matches!(service.confirm(&open, &code, HERE).await, Err(Refusal::Invalid(_))), "old");
    }
}

#[tokio::test]
async fn after_five_failures_an_account_waits_but_only_from_there() {
    let world = World::new().await;
    let account = world.account(Role::Director, "director@northmoor.example").await;
    let service = world.service();
    for _ in 0..5 {
        assert!(matches!(
            service.sign_in(&account.email, "guess", ELSEWHERE).await,
            Err(Refusal::Invalid(_))
        ));
    }
    let sixth = service.sign_in(&account.email, PASSWORD, ELSEWHERE).await;
    assert!(matches!(sixth, Err(Refusal::SlowDown { .. })), "even with the right password");
    assert!(service.sign_in(&account.email, PASSWORD, HERE).await.is_ok(), "the owner gets in");
    world.advance(SignedDuration::from_mins(16));
    assert!(service.sign_in(&account.email, PASSWORD, ELSEWHERE).await.is_ok());
}

#[tokio::test]
async fn one_source_that_tries_many_accounts_waits_too() {
    let world = World::new().await;
    world.account(Role::Director, "director@northmoor.example").await;
    let service = world.service();
    for number in 0..30 {
        let address = format!("guess{number}@northmoor.example");
        assert!(matches!(service.sign_in(&address, "guess", ELSEWHERE).await, Err(Refusal::Invalid(_))));
    }
    let next = service.sign_in("director@northmoor.example", PASSWORD, ELSEWHERE).await;
    assert!(matches!(next, Err(Refusal::SlowDown { .. })));
    assert!(service.sign_in("director@northmoor.example", PASSWORD, HERE).await.is_ok());
}

#[tokio::test]
async fn guessed_codes_slow_down_like_guessed_passwords() {
    let world = World::new().await;
    let account = world.account(Role::Director, "director@northmoor.example").await;
    let service = world.service();
    let half = service.sign_in(&account.email, PASSWORD, HERE).await.unwrap();
    let open = service.session(&half.token).await.unwrap().unwrap();
    for _ in 0..5 {
        assert!(matches!(service.confirm(&open, "12345", HERE).await, Err(Refusal::Invalid(_))));
    }
    let code = account.code_at(service.clock.now());
    assert!(matches!(service.confirm(&open, &code, HERE).await, Err(Refusal::SlowDown { .. })));
}

#[tokio::test]
async fn a_session_ends_after_twenty_idle_minutes_and_after_ten_hours() {
    let world = World::new().await;
    let account = world.account(Role::Director, "director@northmoor.example").await;
    let idle = world.sign_in(&account).await;
    world.advance(SignedDuration::from_mins(20));
    assert!(world.actor_of(&idle).await.is_some());
    world.advance(SignedDuration::from_secs(20 * 60 + 1));
    assert!(world.actor_of(&idle).await.is_none());
    world.advance(SignedDuration::from_secs(-1));
    assert!(world.actor_of(&idle).await.is_none(), "an ended session stays ended");

    world.advance(SignedDuration::from_mins(5));
    let busy = world.sign_in(&account).await;
    for _ in 0..39 {
        world.advance(SignedDuration::from_mins(15));
        assert!(world.actor_of(&busy).await.is_some());
    }
    world.advance(SignedDuration::from_mins(15));
    assert!(world.actor_of(&busy).await.is_none(), "ten hours and the half minute of the code");
}

#[tokio::test]
async fn both_factors_stand_for_approvals_for_fifteen_minutes() {
    let world = World::new().await;
    let account = world.account(Role::DepartmentOfficial, "official@department.example").await;
    let episode = world.open_episode().await;
    let token = world.sign_in(&account).await;
    let escalate = || service::acts::RecordEscalation {
        episode,
        ground: "Progress is not satisfactory".into(),
        power: "Section 497A".into(),
        decision: "A commissioner reports".into(),
        decided_on: world.service().clock.today(),
        result: String::new(),
    };
    world.advance(SignedDuration::from_mins(14));
    let actor = world.actor_of(&token).await.unwrap();
    assert!(world.perform_as(&actor, escalate()).await.is_ok());
    world.advance(SignedDuration::from_mins(2));
    let actor = world.actor_of(&token).await.unwrap();
    assert!(matches!(world.perform_as(&actor, escalate()).await, Err(Refusal::StepUpNeeded)));
    let open = world.service().session(&token).await.unwrap().unwrap();
    let code = account.code_at(world.service().clock.now());
    let again = world.service().confirm(&open, &code, HERE).await.unwrap();
    let actor = world.actor_of(&again.token).await.unwrap();
    assert!(world.perform_as(&actor, escalate()).await.is_ok());
}

#[tokio::test]
async fn disabling_an_account_ends_its_sessions_at_once_on_every_node() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(world) = World::on(engine).await else { continue };
        let account = world.account(Role::ProgrammeManager, "manager@northmoor.example").await;
        let token = world.sign_in(&account).await;
        let other = world.another_node().await;
        assert!(other.session(&token).await.unwrap().is_some());
        let actor = world.actor_of(&token).await.unwrap();
        world.disable(account.person).await;
        assert!(world.actor_of(&token).await.is_none());
        let late = world.perform_as(&actor, service::acts::OpenEpisode { title: "Late".into() }).await;
        assert!(matches!(late, Err(Refusal::SignedOut)), "an actor from before writes nothing: {late:?}");
        // Another node may remember a session for less than a second, and then asks again.
        world.advance(SignedDuration::from_secs(1));
        assert!(other.session(&token).await.unwrap().is_none());
        other.store.close().await;
    }
}

#[tokio::test]
async fn taking_a_role_back_cuts_the_session_that_acts_in_it() {
    let world = World::new().await;
    let account = world.account(Role::ProgrammeManager, "manager@northmoor.example").await;
    let token = world.sign_in(&account).await;
    let actor = world.actor_of(&token).await.unwrap();
    let revoke = RevokeGrant { grant: actor.grant, version: 1, reason: "The post ended".into() };
    world.perform(Role::Administrator, revoke).await.unwrap();
    assert!(world.actor_of(&token).await.is_none());
    let late = world.perform_as(&actor, service::acts::OpenEpisode { title: "Late".into() }).await;
    assert!(matches!(late, Err(Refusal::SignedOut)), "{late:?}");
}

#[tokio::test]
async fn an_account_past_its_last_day_opens_nothing() {
    let world = World::new().await;
    let account = world.account(Role::Adviser, "adviser@outside.example").await;
    let (mut person, _) = world.service().store.person_and_grants(account.person).await.unwrap();
    let today = world.service().clock.today();
    person.expires_on = Some(today);
    let mut transaction = world.service().store.begin().await.unwrap();
    transaction.update_person(&mut person).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(Account::of(&person, today), Account::Active, "the last day is a day");
    assert_eq!(Account::of(&person, today + 1.day()), Account::Expired);
    world.advance(SignedDuration::from_hours(24));
    let late = world.service().sign_in(&account.email, PASSWORD, HERE).await;
    assert!(matches!(late, Err(Refusal::Invalid(_))));
}
