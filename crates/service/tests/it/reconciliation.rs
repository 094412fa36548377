//! A tracker held against the case records: what is found, what may settle it, and what is never stored.

use std::sync::Arc;

use extracts::NamedFile;
use jiff::civil::date;
use service::acts::{CommitSnapshot, ReconcileTracker, Seen, SettleDifference, StageExtract};
use service::{Comparison, Figures, Knowledge, ReadExtract, Refusal, Role, collection_named};
use store::{Mismatch, Reconciliation};
use testkit::World;
use vocabulary::day::Day;

const EPISODES: &str = "CHILD,DOB,MISSING,MIS_START,MIS_END\r\n\
    0071-ann,01/01/2012,M,03/06/2026,04/06/2026\r\n\
    0072-ben,01/01/2011,M,10/06/2026,11/06/2026\r\n\
    0072-ben,01/01/2011,M,20/06/2026,20/06/2026\r\n";

const POLICE: &str = "Police notifications\n\n\
    Child ID,Missing since,Report received,On the child's record,Looked after\n\
    0071-ann,04/06/2026,04/06/2026,,Yes\n\
    0072-ben,10/06/2026,10/06/2026,,Yes\n\
    0073-new,12/06/2026,12/06/2026,,Yes\n\
    0072-ben,soon,12/06/2026,,Yes\n";

/// Loads files of a collection, makes them count, and gives the figures.
async fn loaded(world: &World, files: &[(&str, &str, &str)]) -> Arc<Figures> {
    for (collection, name, text) in files {
        let collection = collection_named(collection).expect("a collection");
        let named = [NamedFile { name, bytes: text.as_bytes() }];
        let as_at = date(2026, 6, 30);
        let question =
            extracts::Question { as_at: Some(Day::of(as_at)), ..extracts::Question::about(collection) };
        let reading = extracts::read(&named, &question).expect("read");
        let extract = ReadExtract::of(reading, &named, as_at);
        let id = world.perform(Role::Analyst, StageExtract::of(extract)).await.unwrap();
        world.perform(Role::Analyst, CommitSnapshot { snapshot: Seen { id, version: 1 } }).await.unwrap();
    }
    let scope = world.scope(Role::Analyst);
    world.service().figures(&scope, Knowledge::default()).await.unwrap().expect("figures")
}

fn police_list() -> service::ReadTracker {
    tracker(&Comparison::named("police-list").expect("declared"), "police.csv", POLICE)
}

fn tracker(comparison: &Comparison, name: &str, text: &str) -> service::ReadTracker {
    let (collection, as_at) = (comparison.collection(), date(2026, 6, 30));
    let named = [NamedFile { name, bytes: text.as_bytes() }];
    let question =
        extracts::Question { as_at: Some(Day::of(as_at)), ..extracts::Question::about(collection) };
    let reading = extracts::read(&named, &question).expect("read");
    service::ReadTracker::of(comparison, ReadExtract::of(reading, &named, as_at))
}

async fn stored(world: &World) -> Reconciliation {
    world.service().reconciliations(&world.scope(Role::Analyst)).await.unwrap().remove(0)
}

#[tokio::test]
async fn a_police_report_without_an_episode_is_not_yet_on_record() {
    let world = World::new().await;
    let figures = loaded(&world, &[("ssda903", "missing.csv", EPISODES)]).await;
    world.perform(Role::Analyst, ReconcileTracker::of(police_list(), figures)).await.unwrap();
    let found = stored(&world).await;
    assert_eq!((found.rows, found.matched, found.kind.as_str()), (4, 2, "police-list"));
    assert_eq!(found.unusable.len(), 1, "a row without a day: {:?}", found.unusable);
    let told: Vec<(Mismatch, String)> = found
        .differences
        .iter()
        .map(|one| (one.mismatch, one.on.map(|on| on.to_string()).unwrap_or_default()))
        .collect();
    assert_eq!(
        told,
        [(Mismatch::MissingHere, "2026-06-12".into()), (Mismatch::MissingThere, "2026-06-20".into())],
        "a day apart is the same episode; the child whom nobody knew is not on record"
    );
    assert_eq!(found.differences[0].row, Some(3));
    let stored = serde_json::to_string(&found).expect("a row has a JSON form");
    assert!(!stored.contains("0073-new") && !stored.contains("0071-ann"), "{stored}");
}

#[tokio::test]
async fn a_register_held_against_itself_says_which_fields_disagree() {
    let world = World::new().await;
    let here = "Child,Core group held,Parent or carer took part\n1,03/06/2026,Yes\n1,20/06/2026,No\n";
    let there = "Child,Core group held,Parent or carer took part\n1,03/06/2026,No\n1,20/06/2026,\n";
    let figures = loaded(&world, &[("core_group", "core_group.csv", here)]).await;
    let comparison = Comparison::named("core_group").expect("declared");
    let tracker = tracker(&comparison, "tracker.csv", there);
    world.perform(Role::Analyst, ReconcileTracker::of(tracker, figures)).await.unwrap();
    let found = stored(&world).await;
    assert_eq!(found.matched, 1, "a tracker that leaves a cell blank disagrees with nothing");
    let one = &found.differences[0];
    assert_eq!((one.mismatch, one.field.as_str()), (Mismatch::Disagreeing, "Parents took part"));
    assert_eq!((one.there.as_str(), one.here.as_str()), ("no", "yes"));
}

#[tokio::test]
async fn a_difference_is_settled_by_somebody_named_once_and_not_over_anothers_edit() {
    let world = World::new().await;
    let figures = loaded(&world, &[("ssda903", "missing.csv", EPISODES)]).await;
    let id = world.perform(Role::Analyst, ReconcileTracker::of(police_list(), figures)).await.unwrap();
    let owner = Some(world.actor(Role::Analyst).person);
    let settle = |version, place, owner, settled| SettleDifference {
        reconciliation: Seen { id, version },
        place,
        owner,
        settled,
    };
    let nobody = world.perform(Role::Analyst, settle(1, 0, None, true)).await;
    assert!(matches!(nobody, Err(Refusal::Invalid(ref problems)) if problems[0].field == "owner"));
    world.perform(Role::Analyst, settle(1, 0, owner, false)).await.unwrap();
    assert!(stored(&world).await.differences[0].settled.is_none());
    let late = world.perform(Role::DataSteward, settle(1, 0, owner, true)).await;
    assert!(matches!(late, Err(Refusal::Conflict { .. })));
    world.perform(Role::Analyst, settle(2, 0, owner, true)).await.unwrap();
    let settled = &stored(&world).await.differences[0];
    assert!(settled.settled.is_some() && settled.owner == owner);
    let none = world.perform(Role::Analyst, settle(3, 9, owner, true)).await;
    assert!(matches!(none, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn a_team_manager_settles_only_their_own_teams_differences() {
    let world = World::new().await;
    let figures = loaded(&world, &[("ssda903", "missing.csv", EPISODES)]).await;
    let id = world.perform(Role::Analyst, ReconcileTracker::of(police_list(), figures)).await.unwrap();
    let owner = Some(world.actor(Role::Analyst).person);
    let act = SettleDifference { reconciliation: Seen { id, version: 1 }, place: 0, owner, settled: true };
    let refused = world.perform(Role::TeamManager, act).await;
    assert!(matches!(refused, Err(Refusal::NotFound)), "the child belongs to no team: {refused:?}");
}

#[tokio::test]
async fn only_those_who_work_with_the_children_reconcile() {
    let world = World::new().await;
    let figures = loaded(&world, &[("ssda903", "missing.csv", EPISODES)]).await;
    for role in Role::ALL {
        let may = matches!(
            role,
            Role::Director | Role::Analyst | Role::DataSteward | Role::HeadOfService | Role::TeamManager
        );
        let act = ReconcileTracker::of(police_list(), Arc::clone(&figures));
        assert_eq!(world.perform(role, act).await.is_ok(), may, "{}", role.name());
    }
}

#[tokio::test]
async fn a_loaded_register_is_judged_by_its_standard() {
    let world = World::new().await;
    let register = "Log of the front door,,,,,,\n,,,,,,\n\
        child,Date of Referral:,Immediate protection needed,Date of decision,Decision,Referred by a professional,Date referrer told\n\
        1,01/06/2026,No,02/06/2026,Assessment,Yes,02/06/2026\n\
        2,01/06/2026,No,05/06/2026,Assessment,Yes,\n\
        3,29/06/2026,No,,,Yes,\n\
        4,31/02/2026,No,05/06/2026,Assessment,Yes,\n";
    let figures = loaded(&world, &[("referral_decision", "log.csv", register)]).await;
    let place = figures.library.standards.iter().position(|one| one.code == "referral-decision-1wd").unwrap();
    let mut statuses: Vec<String> = figures
        .outcomes
        .outcomes
        .iter()
        .filter(|outcome| usize::from(outcome.standard) == place)
        .map(|outcome| format!("{:?}", outcome.status))
        .collect();
    statuses.sort();
    assert_eq!(statuses, ["CannotTell", "Due", "Met", "Missed"]);
}
