//! Exceptions: who may say what of a child's late clock, and who reads it again.

use service::acts::NoteException;
use service::{Actor, Refusal, Role};
use store::ExceptionKind;
use testkit::World;
use vocabulary::id::ChildId;

const SAFEGUARDING: &str = "Safeguarding North";
const MITIGATION: &str = "A visit is arranged with the grandmother";

fn manager(world: &World) -> Actor {
    world.actor(Role::TeamManager).of_teams(vec![SAFEGUARDING.to_owned()])
}

fn noting(world: &World, team: &str) -> NoteException {
    NoteException {
        standard: "assessment-45wd".into(),
        child: ChildId(7),
        event_on: Some("2026-06-01".parse().unwrap()),
        due_on: Some("2026-08-03".parse().unwrap()),
        team: team.to_owned(),
        version: 0,
        kind: ExceptionKind::NotSeen,
        reason: "no-capacity".into(),
        mitigation: Some(MITIGATION.into()),
        owner: world.actor(Role::TeamManager).person,
        expected_on: "2026-09-14".parse().unwrap(),
    }
}

#[tokio::test]
async fn a_team_manager_says_what_is_done_and_only_managers_of_the_team_read_it_again() {
    let world = World::new().await;
    let manager = manager(&world);
    world.perform_as(&manager, noting(&world, SAFEGUARDING)).await.unwrap();
    let service = world.service();
    let own = service.authoriser.scope(&manager);
    let notes = service.exception_notes(&own).await.unwrap();
    let note = notes.values().next().unwrap();
    assert_eq!(service.mitigation(&own, Some(SAFEGUARDING), note).unwrap().as_deref(), Some(MITIGATION));

    let other = world.actor(Role::TeamManager).of_teams(vec!["Looked After South".to_owned()]);
    let other = service.authoriser.scope(&other);
    let elsewhere = service.mitigation(&other, Some(SAFEGUARDING), note).unwrap();
    assert_eq!(elsewhere, None, "the manager of another team does not read it");
    let moved = service.mitigation(&other, Some("Looked After South"), note).unwrap();
    assert_eq!(moved.as_deref(), Some(MITIGATION), "the team that the child moved to does");
    let analyst = world.scope(Role::Analyst);
    assert_eq!(service.exception_notes(&analyst).await.unwrap().len(), 1, "the analyst counts it");
    assert_eq!(
        service.mitigation(&analyst, Some(SAFEGUARDING), note).unwrap(),
        None,
        "and does not read what is written of the child"
    );
    assert!(matches!(service.exception_notes(&world.scope(Role::Chair)).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn what_is_written_about_a_child_stands_nowhere_open() {
    let world = World::new().await;
    world.perform_as(&manager(&world), noting(&world, SAFEGUARDING)).await.unwrap();
    world.service().store.close().await;
    for entry in std::fs::read_dir(world.database().folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(MITIGATION.len()).any(|window| window == MITIGATION.as_bytes());
            assert!(!found, "{} holds it in the open", path.display());
        }
    }
}

#[tokio::test]
async fn nobody_speaks_of_a_child_of_another_team_or_of_one_nobody_answers_for() {
    let world = World::new().await;
    for team in ["Looked After South", ""] {
        let refused = world.perform_as(&manager(&world), noting(&world, team)).await;
        assert!(matches!(refused, Err(Refusal::NotFound)), "{team:?}: {refused:?}");
    }
    let without_teams = world.actor(Role::TeamManager);
    let refused = world.perform_as(&without_teams, noting(&world, SAFEGUARDING)).await;
    assert!(matches!(refused, Err(Refusal::NotFound)), "a grant that names no team opens no child");
}

#[tokio::test]
async fn two_people_cannot_overwrite_each_others_note_unseen() {
    let world = World::new().await;
    world.perform_as(&manager(&world), noting(&world, SAFEGUARDING)).await.unwrap();
    let again = world.perform(Role::Director, noting(&world, SAFEGUARDING)).await;
    assert!(matches!(again, Err(Refusal::Conflict { .. })), "{again:?}");
    let seen = NoteException { version: 1, kind: ExceptionKind::DataWrong, ..noting(&world, SAFEGUARDING) };
    world.perform(Role::Director, seen).await.unwrap();
    let unread = NoteException { version: 2, mitigation: None, ..noting(&world, SAFEGUARDING) };
    let unread = NoteException { kind: ExceptionKind::DataWrong, ..unread };
    world.perform(Role::Director, unread).await.unwrap();
    let notes = world.service().exception_notes(&world.scope(Role::Director)).await.unwrap();
    let note = notes.values().next().unwrap();
    assert_eq!((note.kind, note.version), (ExceptionKind::DataWrong, 3));
    let own = world.service().authoriser.scope(&manager(&world));
    let kept = world.service().mitigation(&own, Some(SAFEGUARDING), note).unwrap();
    assert_eq!(kept.as_deref(), Some(MITIGATION), "who may not read it leaves it as it stands");
}

#[tokio::test]
async fn a_note_without_its_answers_is_refused_beside_each_field() {
    let world = World::new().await;
    let empty = NoteException {
        reason: "because".into(),
        mitigation: Some(" ".into()),
        owner: vocabulary::id::UserId(99),
        expected_on: "2026-09-06".parse().unwrap(),
        ..noting(&world, SAFEGUARDING)
    };
    let Err(Refusal::Invalid(problems)) = world.perform_as(&manager(&world), empty).await else {
        panic!("it was taken")
    };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["reason", "mitigation", "expected_on", "owner"]);
}
