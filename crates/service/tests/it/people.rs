//! Invitations, roles and passwords: nobody widens their own access, and nobody widens another's alone.

use jiff::SignedDuration;
use service::acts::{ApproveGrant, CreateFeed, CreateToken, GrantRole, InviteAgain, SwitchAccount};
use service::{Refusal, Role, password_problem};
use testkit::{PASSWORD, World};

fn grant(world: &World, person: vocabulary::id::UserId, role: Role) -> GrantRole {
    GrantRole {
        sealed: false,
        person,
        role: role.name().into(),
        from_day: world.service().clock.today(),
        to_day: None,
        sponsor: "The director".into(),
        purpose: "The programme".into(),
        teams: if role.is_for_teams() { vec!["Assessment North".into()] } else { Vec::new() },
    }
}

#[tokio::test]
async fn an_invited_person_sets_both_factors_once_and_then_signs_in() {
    let world = World::new().await;
    let (person, secret) = world.invite("priya@northmoor.example", "Priya Anand").await;
    let service = world.service();
    assert!(matches!(service.invited("another secret").await, Err(Refusal::NotFound)));
    let totp = service.prepare_second_factor(&secret).await.unwrap();
    assert_eq!(service.prepared_second_factor(&secret).await.unwrap(), totp, "the page may be loaded again");
    let account = testkit::Account {
        person,
        email: "priya@northmoor.example".into(),
        role: Role::Partner,
        totp_secret: totp,
    };
    let code = account.code_at(service.clock.now());
    let weak = service.accept_invitation(&secret, "priya anand headway", &code, "192.0.2.1").await;
    assert!(matches!(weak, Err(Refusal::Invalid(ref problems)) if problems[0].field == "password"));
    let no_code = service.accept_invitation(&secret, PASSWORD, "1", "192.0.2.1").await;
    assert!(matches!(no_code, Err(Refusal::Invalid(ref problems)) if problems[0].field == "code"));
    service.accept_invitation(&secret, PASSWORD, &code, "192.0.2.1").await.unwrap();
    let twice = service.accept_invitation(&secret, PASSWORD, &code, "192.0.2.1").await;
    assert!(matches!(twice, Err(Refusal::NotFound)), "an invitation works once");
    let partner = grant(&world, person, Role::Partner);
    world.perform(Role::Administrator, partner).await.unwrap();
    let token = world.sign_in(&account).await;
    assert_eq!(world.actor_of(&token).await.unwrap().role, Role::Partner);
}

#[tokio::test]
async fn an_invitation_works_for_seven_days() {
    let world = World::new().await;
    let (_, secret) = world.invite("priya@northmoor.example", "Priya Anand").await;
    world.advance(SignedDuration::from_hours(7 * 24));
    assert!(world.service().invited(&secret).await.is_ok());
    world.advance(SignedDuration::from_secs(1));
    assert!(matches!(world.service().invited(&secret).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn a_role_that_opens_more_than_the_programme_waits_for_a_second_person() {
    let world = World::new().await;
    let account = world.account(Role::Partner, "analyst@northmoor.example").await;
    let given =
        world.perform(Role::Administrator, grant(&world, account.person, Role::Analyst)).await.unwrap();
    let token = world.sign_in(&account).await;
    let open = world.service().session(&token).await.unwrap().unwrap();
    assert!(world.service().act_as(&open, given).await.is_err(), "unapproved, it opens nothing");
    assert_eq!(world.actor_of(&token).await.unwrap().role, Role::Partner);
    let approve = || ApproveGrant { grant: given, version: 1 };
    assert!(matches!(world.perform(Role::Administrator, approve()).await, Err(Refusal::NotFound)));
    world.perform(Role::PrivacyOfficer, approve()).await.unwrap();
    let open = world.service().session(&token).await.unwrap().unwrap();
    world.service().act_as(&open, given).await.unwrap();
    assert_eq!(world.actor_of(&token).await.unwrap().role, Role::Analyst);
}

#[tokio::test]
async fn nobody_grants_approves_or_stops_themselves() {
    let world = World::new().await;
    let administrator = world.actor(Role::Administrator);
    let own = world.perform_as(&administrator, grant(&world, administrator.person, Role::Director)).await;
    assert!(matches!(own, Err(Refusal::Separation(_))), "{own:?}");
    let officer = world.actor(Role::PrivacyOfficer);
    let given =
        world.perform(Role::Administrator, grant(&world, officer.person, Role::Director)).await.unwrap();
    let own = world.perform_as(&officer, ApproveGrant { grant: given, version: 1 }).await;
    assert!(matches!(own, Err(Refusal::Separation(_))), "{own:?}");
    let stop =
        SwitchAccount { person: administrator.person, version: 1, enabled: false, reason: "Leaving".into() };
    let own = world.perform_as(&administrator, stop).await;
    assert!(matches!(own, Err(Refusal::Separation(_))), "{own:?}");
}

#[tokio::test]
async fn a_reviewer_comes_for_fourteen_days_and_never_for_more_than_ninety() {
    let world = World::new().await;
    let (person, _) = world.invite("peer@outside.example", "Peer Reviewer").await;
    let id = world.perform(Role::Administrator, grant(&world, person, Role::Reviewer)).await.unwrap();
    let (_, grants) = world.service().store.person_and_grants(person).await.unwrap();
    let given = grants.into_iter().find(|grant| grant.id == id).unwrap();
    assert_eq!(given.to_day, Some("2026-09-21".parse().unwrap()));
    let long =
        GrantRole { to_day: Some("2026-12-07".parse().unwrap()), ..grant(&world, person, Role::Reviewer) };
    assert!(matches!(world.perform(Role::Administrator, long).await, Err(Refusal::Invalid(_))));
}

#[tokio::test]
async fn secrets_shown_once_stand_nowhere_in_the_database() {
    let world = World::new().await;
    let (_, invitation) = world.invite("priya@northmoor.example", "Priya Anand").await;
    let feed = CreateFeed { title: "Mine".into(), bearer: None };
    let feed = world.perform(Role::Chair, feed).await.unwrap().secret;
    let token = CreateToken { title: "Dashboard".into(), purpose: "duties".into(), days: 30 };
    let token = world.perform(Role::Analyst, token).await.unwrap().secret;
    let account = world.account(Role::Director, "director@northmoor.example").await;
    let session = world.sign_in(&account).await;
    let totp = account.totp_secret.clone();
    let copy = testkit::TemporaryFolder::new();
    let file = copy.path().join("copy.db");
    world.service().store.copy_sqlite(&file).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let stands = |secret: &[u8]| bytes.windows(secret.len()).any(|window| window == secret);
    assert!(stands(b"priya@northmoor.example"), "the search finds what is there");
    for secret in [&invitation, &feed, &token, &session] {
        assert!(!stands(secret.as_bytes()));
    }
    assert!(!stands(&totp) && !stands(PASSWORD.as_bytes()));
}

#[test]
fn passwords_are_long_not_usual_and_not_made_of_ones_own_name() {
    let person = store::Person {
        id: vocabulary::id::UserId(1),
        email: "amara.whitlock@northmoor.example".into(),
        name: "Amara Whitlock".into(),
        post: "Director".into(),
        password_hash: None,
        totp_secret: None,
        totp_last_step: 0,
        state: store::PersonState::Invited,
        expires_on: None,
        invitation_hash: None,
        invitation_until: None,
        version: 1,
        recorded_at: jiff::Timestamp::UNIX_EPOCH,
    };
    let refused =
        ["short", "elevenchars", "AmaraWhitlock1", "headway-amara-1", "aaaaaaaaaaaa", "121212121212"];
    for password in refused {
        assert!(password_problem(password, &person).is_some(), "{password}");
    }
    assert!(password_problem(&"long ".repeat(60), &person).is_some());
    for password in [PASSWORD, "Ærlig talt, hvorfor?", "twelve chars"] {
        assert!(password_problem(password, &person).is_none(), "{password}");
    }
}

#[tokio::test]
async fn one_councils_administrator_cannot_touch_the_accounts_of_another() {
    let world = World::new().await;
    let eastvale = world.found("Eastvale Council").await;
    let theirs = world.stranger(Role::Administrator, eastvale).await;
    let chair = world.actor(Role::Chair).person;
    let stop = |person| SwitchAccount { person, version: 1, enabled: false, reason: "Left".into() };
    let again = |person| InviteAgain { person, version: 1, reason: "A new telephone".into() };
    assert!(matches!(world.perform_as(&theirs, stop(chair)).await, Err(Refusal::NotFound)));
    assert!(matches!(world.perform_as(&theirs, again(chair)).await, Err(Refusal::NotFound)));
    let role = grant(&world, chair, Role::Partner);
    assert!(matches!(world.perform_as(&theirs, role).await, Err(Refusal::NotFound)));
    let (invited, _) = world.invite("priya@northmoor.example", "Priya Anand").await;
    assert!(matches!(world.perform_as(&theirs, again(invited)).await, Err(Refusal::NotFound)));

    let shared = world.stranger(Role::Adviser, eastvale).await.person;
    let scope = world.scope(Role::ProgrammeManager);
    assert!(!world.service().programme_now(&scope).await.unwrap().names.contains_key(&shared));
    world.also_works_for(shared, Role::Adviser).await;
    let refused = world.perform(Role::Administrator, again(shared)).await;
    assert!(matches!(refused, Err(Refusal::Separation(_))), "{refused:?}");
    let refused = world.perform(Role::Administrator, stop(shared)).await;
    assert!(matches!(refused, Err(Refusal::Separation(_))), "{refused:?}");
}
