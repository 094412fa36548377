//! Clocks: anchors, variations, intervals that a body sets, due dates that are met, and the Department's decisions.

use improvement::register::{EpisodeState, ObligationState, VariationState};
use improvement::timing::AnchorKind;
use jiff::civil::{Date, date};
use service::acts::{
    AnswerVariation, ApplyAmendment, AssignOwner, ChangeClock, EnterAnchor, MarkMet, RecordEscalation,
    RecordLifting, RequestVariation, Seen, SetInterval, VerifyMet,
};
use service::{Refusal, Role};
use testkit::{World, notice, revised_notice, seen};
use vocabulary::date::PartialDate;
use vocabulary::id::VariationId;
use vocabulary::interval::{Interval, Unit};
use vocabulary::party::Party;

async fn due_dates(world: &World, reference: &str) -> Vec<Option<Date>> {
    let row = world.row(reference).await;
    let programme = world.programme().await;
    let schedule = programme.calendar.schedule(row.id);
    schedule.map_or_else(Vec::new, |schedule| {
        schedule.occurrences.iter().map(|occurrence| occurrence.due.latest).collect()
    })
}

#[tokio::test]
async fn a_corrected_anchor_moves_only_the_dates_that_hang_on_it() {
    let world = World::new().await;
    let (_, instrument) = world.notice_in_force().await;
    let references = ["1", "2", "4", "7", "8"];
    assert_eq!(due_dates(&world, "3").await, [], "the day of receipt is not known, so there is no date");
    let mut before = Vec::new();
    for reference in references {
        before.push(due_dates(&world, reference).await);
    }
    let received = |day: Date| EnterAnchor {
        instrument,
        kind: AnchorKind::Received,
        on: PartialDate::Day(day),
        source: "E-mail of the council's solicitor".into(),
    };
    world.perform(Role::ProgrammeManager, received(date(2026, 9, 4))).await.unwrap();
    assert_eq!(due_dates(&world, "3").await, [Some(date(2026, 9, 18))]);
    world.perform(Role::ProgrammeManager, received(date(2026, 9, 7))).await.unwrap();
    assert_eq!(due_dates(&world, "3").await, [Some(date(2026, 9, 21))]);
    for (reference, before) in references.into_iter().zip(before) {
        assert_eq!(due_dates(&world, reference).await, before, "{reference}");
    }
    let ahead = world.perform(Role::ProgrammeManager, received(date(2026, 9, 8))).await;
    assert!(matches!(ahead, Err(Refusal::Invalid(_))), "a clock runs from what happened: {ahead:?}");
}

async fn request(world: &World, reference: &str, approver: Party) -> Result<VariationId, Refusal> {
    let row = world.row(reference).await;
    let recurring = row.timing.every.is_some();
    let act = RequestVariation {
        obligation: row.id,
        every: recurring.then_some(Interval::new(6, Unit::Weeks)),
        due_on: (!recurring).then_some(PartialDate::Day(date(2026, 11, 30))),
        reason: "Half-term".into(),
        approver,
        asked_on: date(2026, 9, 7),
    };
    world.perform(Role::ProgrammeManager, act).await
}

fn agree(id: VariationId) -> AnswerVariation {
    let variation = Seen { id, version: 1 };
    AnswerVariation { variation, agreed: true, effective_from: None, answer: "Agreed".into() }
}

#[tokio::test]
async fn the_boards_rhythm_changes_only_when_the_department_agrees() {
    let world = World::new().await;
    world.notice_in_force().await;
    let old_rule = due_dates(&world, "2").await;
    for kinder in [Party::BOARD, Party::CHAIR, Party::COUNCIL, Party::named("ofsted")] {
        let named = request(&world, "2", kinder).await;
        assert!(matches!(named, Err(Refusal::Invalid(ref problems)) if problems[0].field == "approver"));
    }
    let id = request(&world, "2", Party::DEPARTMENT).await.unwrap();
    assert_eq!(due_dates(&world, "2").await, old_rule, "until agreed, the old rule counts");
    for role in Role::ALL.into_iter().filter(|role| *role != Role::DepartmentOfficial) {
        let answer = world.perform(role, agree(id)).await;
        assert!(matches!(answer, Err(Refusal::NotFound)), "{role:?}: {answer:?}");
    }
    assert_eq!(due_dates(&world, "2").await, old_rule);
    world.perform(Role::DepartmentOfficial, agree(id)).await.unwrap();
    let agreed = world.programme().await.variations[0].clone();
    assert_eq!((agreed.state, agreed.effective_from), (VariationState::Agreed, Some(date(2026, 9, 7))));
    let twice = AnswerVariation { variation: Seen { id, version: 2 }, ..agree(id) };
    assert!(matches!(world.perform(Role::DepartmentOfficial, twice).await, Err(Refusal::Invalid(_))));
}

#[tokio::test]
async fn nobody_answers_their_own_request_and_no_answer_reaches_back() {
    let world = World::new().await;
    world.notice_in_force().await;
    let row = world.row("4").await;
    let chair = world.actor(Role::Chair);
    let act = RequestVariation {
        obligation: row.id,
        every: None,
        due_on: Some(PartialDate::Day(date(2026, 11, 30))),
        reason: "The plan needs the new director".into(),
        approver: Party::BOARD,
        asked_on: date(2026, 9, 7),
    };
    let id = world.perform_as(&chair, act).await.unwrap();
    let own = world.perform_as(&chair, agree(id)).await;
    assert!(matches!(own, Err(Refusal::Separation(_))), "{own:?}");
    let other = world.another(Role::Chair, "Deputy Chair").await;
    let back = AnswerVariation { effective_from: Some(date(2026, 9, 1)), ..agree(id) };
    assert!(matches!(world.perform_as(&other, back).await, Err(Refusal::Invalid(_))));
    world.perform_as(&other, agree(id)).await.unwrap();
    assert_eq!(due_dates(&world, "4").await, [Some(date(2026, 11, 30))]);
}

#[tokio::test]
async fn only_the_body_that_the_document_names_sets_an_interval() {
    let world = World::new().await;
    world.notice_in_force().await;
    let (open, given) = (world.row("6").await.id, world.row("2").await.id);
    let set = |obligation| SetInterval {
        obligation,
        every: Interval::new(8, Unit::Weeks),
        decision: "Minute 7".into(),
        decided_on: date(2026, 9, 7),
    };
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Chair) {
        assert!(matches!(world.perform(role, set(open)).await, Err(Refusal::NotFound)), "{role:?}");
    }
    world.perform(Role::Chair, set(open)).await.unwrap();
    assert!(!due_dates(&world, "6").await.is_empty());
    let refused = world.perform(Role::Director, set(given)).await;
    assert!(matches!(refused, Err(Refusal::Invalid(_))), "the document gives it: {refused:?}");
}

#[tokio::test]
async fn who_marked_or_owns_a_duty_never_verifies_it() {
    let world = World::new().await;
    world.notice_in_force().await;
    let owner = world.another(Role::Director, "Owning Director").await;
    let row = seen(&world.row("4").await);
    world.perform(Role::ProgrammeManager, AssignOwner { row, owner: Some(owner.person) }).await.unwrap();
    let row = world.row("4").await;
    let mark = |evidence: &str| MarkMet {
        obligation: row.id,
        occurrence: "date:2026-10-30".into(),
        met_on: date(2026, 9, 7),
        evidence: evidence.into(),
    };
    assert!(matches!(world.perform(Role::Director, mark(" ")).await, Err(Refusal::Invalid(_))));
    world.perform(Role::Director, mark("The plan, sent")).await.unwrap();
    let twice = world.perform(Role::Director, mark("The plan, sent again")).await;
    assert!(matches!(twice, Err(Refusal::Invalid(_))), "{twice:?}");
    let verify = || VerifyMet { mark: format!("{}-date:2026-10-30", row.id), version: 1 };
    for own in [world.actor(Role::Director), owner] {
        let refused = world.perform_as(&own, verify()).await;
        assert!(matches!(refused, Err(Refusal::Separation(_))), "{refused:?}");
    }
    world.perform(Role::Chair, verify()).await.unwrap();
    assert!(world.programme().await.marks[0].verified.is_some());
}

#[tokio::test]
async fn only_the_department_escalates_and_lifts_and_lifting_ends_the_duties() {
    let world = World::new().await;
    let (episode, _) = world.notice_in_force().await;
    let escalate = || RecordEscalation {
        episode,
        ground: "Progress is not satisfactory".into(),
        power: "Section 497A".into(),
        decision: "A commissioner reports within 3 months".into(),
        decided_on: date(2026, 9, 7),
        result: String::new(),
    };
    let lift = || RecordLifting {
        episode: Seen { id: episode, version: 1 },
        on: date(2026, 9, 7),
        letter: "Letter of 7 September 2026".into(),
        supervision_to: Some(date(2027, 9, 7)),
        supervision_terms: "Two reviews".into(),
    };
    for role in Role::ALL.into_iter().filter(|role| *role != Role::DepartmentOfficial) {
        assert!(matches!(world.perform(role, escalate()).await, Err(Refusal::NotFound)), "{role:?}");
        assert!(matches!(world.perform(role, lift()).await, Err(Refusal::NotFound)), "{role:?}");
    }
    world.perform(Role::DepartmentOfficial, escalate()).await.unwrap();
    world.perform(Role::DepartmentOfficial, lift()).await.unwrap();
    let programme = world.programme().await;
    assert!(programme.obligations.iter().all(|row| row.state == ObligationState::Ended));
    assert_eq!(programme.episodes[0].state, EpisodeState::Supervision);
    let again = RecordLifting { episode: Seen { id: episode, version: 2 }, ..lift() };
    assert!(matches!(world.perform(Role::DepartmentOfficial, again).await, Err(Refusal::Invalid(_))));

    // What has ended does not come back to life through its clock.
    let row = world.row("2").await;
    let timing = improvement::timing::Timing::default();
    let revived = ChangeClock { row: seen(&row), timing, reason: "Misread".into() };
    assert!(matches!(world.perform(Role::ProgrammeManager, revived).await, Err(Refusal::Invalid(_))));
}

#[tokio::test]
async fn a_revised_notice_carries_duties_over_with_their_owner_and_history() {
    let world = World::new().await;
    let (episode, old) = world.notice_in_force().await;
    let owner = world.actor(Role::HeadOfService).person;
    let row = world.row("8").await;
    let (carried_from, before) = (row.id, world.row("2").await.id);
    world.perform(Role::Director, AssignOwner { row: seen(&row), owner: Some(owner) }).await.unwrap();
    let new = world.bring_in(episode, &revised_notice()).await;
    let early = world.perform(Role::ProgrammeManager, ApplyAmendment { old, new }).await;
    assert!(matches!(early, Err(Refusal::Invalid(_))), "the old duties count until the new ones are signed");
    world.confirm_all(new).await;
    world.sign(new).await;
    let counts = world.perform(Role::ProgrammeManager, ApplyAmendment { old, new }).await.unwrap();
    assert_eq!((counts.carried, counts.changed, counts.added, counts.removed), (10, 1, 1, 1));
    let programme = world.programme().await;
    let of_new = |reference: &str| {
        programme.obligations_of(new).find(|row| row.reference == reference).cloned().unwrap()
    };
    let carried = of_new("8");
    assert_eq!(carried.owner, Some(owner));
    assert_eq!(carried.origin, improvement::register::Origin::CarriedFrom { row: carried_from });
    assert_eq!(programme.obligation(carried_from).unwrap().state, ObligationState::CarriedOver);
    assert_eq!(programme.obligation(before).unwrap().state, ObligationState::Superseded);
    assert!(notice().text != revised_notice().text);
}
