//! What is sealed of a child opens on no page but under a grant for sealed records, and not before both factors were given
//! again.

use service::Role;
use service::acts::{CommitSnapshot, Seen, SetCouncilLimit, StageExtract};

use super::downloads::tests::load_into;
use super::sample::{acting, perform};
use crate::trial::Trial;

const STANDARD: &str = "cse-risk-assessment-current";

/// A council with one child at risk of exploitation, whose assessment is late.
async fn council() -> Trial {
    let trial = Trial::new().await;
    load_into(&trial, 2).await;
    let concern = testkit::concern_of_exploitation("child 0");
    let id = perform(&trial, Role::Analyst, StageExtract::of(concern)).await;
    perform(&trial, Role::Analyst, CommitSnapshot { snapshot: Seen { id, version: 1 } }).await;
    let limit = SetCouncilLimit { standard: STANDARD.into(), limit: 1, basis: "Board, 4 May 2026".into() };
    perform(&trial, Role::Director, limit).await;
    trial
}

/// What a page says to the director, after giving both factors again or before.
async fn page(trial: &Trial, path: &str, stepped_up: bool) -> String {
    let session = trial.session(Role::Director, stepped_up).await;
    trial.ask("GET", path, Some(&session), "").await.body
}

/// The address of the one child of the list, which names no sealed fact.
fn child_in(body: &str) -> String {
    let (_, after) = body.split_once("href=\"/children/").expect("a child");
    format!("/children/{}", after.split('"').next().expect("an address"))
}

#[tokio::test]
async fn who_is_at_risk_of_exploitation_is_told_under_a_grant_for_sealed_records_alone() {
    let trial = council().await;
    let listed = format!("/exceptions?standard={STANDARD}");
    for role in [Role::Director, Role::Analyst, Role::Chair] {
        let exceptions = trial.get(Some(role), "/exceptions").await.body;
        assert!(
            exceptions.contains("1 more event stands on the council’s list under sealed"),
            "{exceptions}"
        );
        assert!(!exceptions.contains(STANDARD), "{}", role.name());
        assert!(trial.get(Some(role), &listed).await.body.contains("0 events"), "{}", role.name());
    }
    let tracker = trial.get(Some(Role::Director), "/trackers/exploitation").await.body;
    assert!(
        tracker.contains("1 children at risk") && tracker.contains("It opens only under a grant"),
        "{tracker}"
    );
    let changed = trial.get(Some(Role::Analyst), "/loads").await.body;
    let load =
        changed.split("href=\"/loads/").nth(1).and_then(|rest| rest.split('"').next()).expect("a load");
    let difference = trial.get(Some(Role::Analyst), &format!("/loads/{load}/difference")).await.body;
    assert!(!difference.contains("xploitation concern"), "{difference}");

    let form = "role=director+of+children%27s+services&sponsor=The+chief+executive&sealed=yes\
                &purpose=Weekly+exploitation+meeting";
    let person = format!("/people/{}", Trial::person_in(Role::Director));
    let given = trial.post(Role::Administrator, &format!("{person}/grant"), form).await;
    assert_eq!(given.status, 303, "{}", given.body);
    let grants = trial.state.service.store.grants().await.unwrap();
    let sealed = grants.iter().find(|grant| grant.sealed).expect("a grant for sealed records");
    let days = sealed.to_day.map(|last| (last - sealed.from_day).get_days());
    assert_eq!(days, Some(14), "nobody named a last day");
    let act = format!("grant={}", sealed.id);
    assert_eq!(trial.post(Role::Director, "/account/role", &act).await.status, 404, "not approved yet");
    let approved =
        trial.post(Role::PrivacyOfficer, &format!("{person}/approve"), &format!("{act}&version=1")).await;
    assert_eq!(approved.status, 303, "{}", approved.body);
    // Each session takes the grant up for itself.
    for stepped_up in [true, false] {
        let session = trial.session(Role::Director, stepped_up).await;
        let form = format!("form_token=form-token&act_key=&{act}");
        let taken = trial.ask("POST", "/account/role", Some(&session), &form).await;
        assert_eq!(taken.status, 303, "{}", taken.body);
    }
    let before = page(&trial, "/trackers/exploitation", false).await;
    assert!(
        before.contains("Confirm it’s you") && before.contains("It opens only under a grant"),
        "{before}"
    );
    assert!(!page(&trial, "/exceptions", false).await.contains(STANDARD));

    let tracker = page(&trial, "/trackers/exploitation", true).await;
    assert!(
        tracker.contains("The children on it") && !tracker.contains("It opens only under a grant"),
        "{tracker}"
    );
    let exceptions = page(&trial, &listed, true).await;
    assert!(exceptions.contains("1 event is past its day"), "{exceptions}");
    let child = child_in(&exceptions);
    let timeline = page(&trial, &child, true).await;
    assert!(timeline.contains("Exploitation concern"), "{timeline}");
    let without = page(&trial, &child, false).await;
    assert!(without.contains("Assessment") && !without.contains("xploitation"), "{without}");
    let service = &trial.state.service;
    let officer = service.authoriser.scope(&acting(Role::PrivacyOfficer));
    let (from, to) = ("2020-01-01T00:00:00Z".parse().unwrap(), "2040-01-01T00:00:00Z".parse().unwrap());
    let reads = service.store.child_reads(&officer, from, to, 100).await.unwrap();
    assert!(
        reads.iter().any(|read| read.classes == "C3, C5" && read.route == "/children/{child}"),
        "{reads:?}"
    );
    let export = page(&trial, &format!("/exceptions/export?list=exceptions&standard={STANDARD}"), true).await;
    assert!(
        export.contains("No child stands on this list for you"),
        "what is sealed leaves in no file: {export}"
    );
}

#[tokio::test]
async fn no_role_outside_the_council_and_no_analyst_is_granted_sealed_records() {
    let trial = Trial::new().await;
    for (role, form) in [(Role::Analyst, "performance+analyst"), (Role::Chair, "independent+chair")] {
        let form = format!("role={form}&sponsor=The+director&purpose=A+question&sealed=yes");
        let person = format!("/people/{}/grant", Trial::person_in(role));
        let refused = trial.post(Role::Administrator, &person, &form).await;
        assert_eq!(refused.status, 422, "{}", role.name());
        assert!(refused.body.contains("never opens sealed records"), "{}", refused.body);
    }
}
