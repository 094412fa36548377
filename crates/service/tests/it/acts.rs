//! The life of a notice: brought in, confirmed row by row, signed by a second person, in force.

use improvement::reading::PassageKind;
use improvement::register::{InstrumentState, ObligationState, Origin};
use service::acts::{
    AddObligation, AssignOwner, ClassifyPassage, ConfirmObligations, DecideQuestion, DutyFields,
    EditObligation, MarkSameDuty, MergeObligations, OpenEpisode, ReopenObligation, Seen, SetAside,
    SplitObligation,
};
use service::{IdempotencyKey, Refusal, Role};
use testkit::{World, notice, seen};

/// What an act may leave behind when it is refused: nothing.
async fn everything(world: &World) -> (i64, Vec<i64>) {
    let store = &world.service().store;
    let mut rows = Vec::new();
    for table in store.tables().await.unwrap() {
        rows.push(store.count(&table).await.unwrap());
    }
    (store.log_size().await.unwrap(), rows)
}

#[tokio::test]
async fn a_notice_becomes_duties_in_force_only_when_a_second_person_signs() {
    let world = World::new().await;
    let episode = world.open_episode().await;
    let instrument = world.bring_in(episode, &notice()).await;
    let programme = world.programme().await;
    assert_eq!(programme.obligations_of(instrument).count(), 12);
    assert!(programme.obligations.iter().all(|row| row.state == ObligationState::Suggested));
    assert_eq!(programme.questions.len(), 2);

    let early = world.perform(Role::Director, world.signature(instrument).await).await;
    assert!(matches!(early, Err(Refusal::Invalid(_))), "unconfirmed rows cannot be signed: {early:?}");
    assert_eq!(world.confirm_all(instrument).await, 12);

    // The director confirms one row, and so cannot sign.
    let row = world.row("4").await;
    world.perform(Role::ProgrammeManager, ReopenObligation { row: seen(&row) }).await.unwrap();
    let rows = vec![seen(&world.row("4").await)];
    world.perform(Role::Director, ConfirmObligations { rows }).await.unwrap();
    let own = world.perform(Role::Director, world.signature(instrument).await).await;
    assert!(matches!(own, Err(Refusal::Separation(_))), "{own:?}");

    let other = world.another(Role::Director, "Second Director").await;
    assert_eq!(world.perform_as(&other, world.signature(instrument).await).await.unwrap(), 12);
    let programme = world.programme().await;
    assert!(programme.obligations.iter().all(|row| row.state == ObligationState::InForce));
    let signed = programme.instrument(instrument).unwrap();
    assert_eq!(signed.state, InstrumentState::InForce);
    assert_eq!(signed.signed.as_ref().unwrap().by, other.person);
}

#[tokio::test]
async fn the_same_file_again_is_refused_and_changes_nothing() {
    let world = World::new().await;
    let episode = world.open_episode().await;
    world.bring_in(episode, &notice()).await;
    let before = everything(&world).await;
    let again = world.perform(Role::ProgrammeManager, world.upload(episode, &notice())).await;
    assert!(matches!(again, Err(Refusal::Invalid(_))), "{again:?}");
    assert_eq!(everything(&world).await, before);
}

#[tokio::test]
async fn rows_are_split_merged_linked_set_aside_put_back_and_added() {
    let world = World::new().await;
    let episode = world.open_episode().await;
    let instrument = world.bring_in(episode, &notice()).await;
    let manager = Role::ProgrammeManager;

    let parts = vec!["Name a lead officer.".into(), "Tell the Department the name.".into()];
    let row = seen(&world.row("3").await);
    let ids = world.perform(manager, SplitObligation { row, parts }).await.unwrap();
    let whole = world.row("3").await;
    assert_eq!(whole.state, ObligationState::Split);
    let part = world.row("3/b").await;
    assert_eq!((part.id, part.state), (ids[1], ObligationState::Suggested));
    assert_eq!(part.origin, Origin::SplitFrom { row: whole.id });

    let (five, twelve) = (world.row("5").await, world.row("12").await);
    let merge = MergeObligations { rows: vec![seen(&five), seen(&twelve)], text: "Write reports.".into() };
    world.perform(manager, merge).await.unwrap();
    let kept = world.row("5").await;
    assert_eq!((kept.text.as_str(), kept.bearers.len()), ("Write reports.", 2));
    assert_eq!(world.row("12").await.state, ObligationState::Merged);

    let (eight, nine) = (world.row("8").await, world.row("9").await);
    world.perform(manager, MarkSameDuty { row: seen(&eight), other: nine.id }).await.unwrap();
    assert_eq!(world.row("9").await.same_as, [eight.id]);
    let again = MarkSameDuty { row: seen(&world.row("8").await), other: nine.id };
    assert!(matches!(world.perform(manager, again).await, Err(Refusal::Invalid(_))));

    let ten = seen(&world.row("10").await);
    let unreasoned = SetAside { row: ten, reason: "  ".into() };
    assert!(matches!(world.perform(manager, unreasoned).await, Err(Refusal::Invalid(_))));
    world.perform(manager, SetAside { row: ten, reason: "An expectation of others".into() }).await.unwrap();
    let aside = world.row("10").await;
    assert_eq!(aside.state, ObligationState::NotADuty);
    world.perform(manager, ReopenObligation { row: seen(&aside) }).await.unwrap();
    assert_eq!(world.row("10").await.state, ObligationState::Suggested);

    let context = world.programme().await.instrument(instrument).unwrap().passages[1].clone();
    let fields = DutyFields { text: "Answer the inspectors.".into(), ..DutyFields::of(&five) };
    let add = AddObligation { instrument, reference: "0".into(), span: context.span, fields };
    world.perform(manager, add).await.unwrap();
    let added = world.row("0").await;
    assert_eq!((added.state, added.line), (ObligationState::Confirmed, context.line));
    assert!(added.position < world.row("1").await.position, "it stands where its words stand");
}

#[tokio::test]
async fn a_corrected_row_is_confirmed_and_a_row_in_force_keeps_its_clock() {
    let world = World::new().await;
    let (_, _) = world.notice_in_force().await;
    let row = world.row("4").await;
    let mut fields = DutyFields::of(&row);
    fields.timing.dates.clear();
    let moved = EditObligation { row: seen(&row), fields, reason: "Misread".into() };
    let refused = world.perform(Role::ProgrammeManager, moved).await;
    assert!(matches!(refused, Err(Refusal::Invalid(ref problems)) if problems[0].field == "timing"));

    let fields = DutyFields { text: "Send the plan.".into(), ..DutyFields::of(&row) };
    let silent = EditObligation { row: seen(&row), fields: fields.clone(), reason: String::new() };
    assert!(matches!(world.perform(Role::ProgrammeManager, silent).await, Err(Refusal::Invalid(_))));
    let edit = EditObligation { row: seen(&row), fields, reason: "The words of the notice".into() };
    world.perform(Role::ProgrammeManager, edit).await.unwrap();
    assert_eq!(world.row("4").await.state, ObligationState::Confirmed, "a second person signs it again");
}

#[tokio::test]
async fn an_edit_of_what_somebody_else_changed_is_a_conflict() {
    let world = World::new().await;
    let episode = world.open_episode().await;
    world.bring_in(episode, &notice()).await;
    let stale = seen(&world.row("1").await);
    let owner = Some(world.actor(Role::HeadOfService).person);
    world.perform(Role::ProgrammeManager, AssignOwner { row: stale, owner }).await.unwrap();
    let before = everything(&world).await;
    // The second row of the request is stale, so the first is not confirmed either.
    let rows = vec![seen(&world.row("2").await), stale];
    let refused = world.perform(Role::Director, ConfirmObligations { rows }).await;
    assert!(matches!(refused, Err(Refusal::Conflict { .. })), "{refused:?}");
    assert_eq!(everything(&world).await, before);
    assert_eq!(world.row("2").await.state, ObligationState::Suggested);
}

#[tokio::test]
async fn the_same_request_twice_is_one_act_and_other_contents_under_its_key_are_refused() {
    let world = World::new().await;
    let (manager, key) = (world.actor(Role::ProgrammeManager), IdempotencyKey("once".into()));
    let open = |title: &str| OpenEpisode { title: title.into() };
    let service = world.service();
    let first = service.perform(&manager, &key, open("Notice")).await.unwrap();
    let before = everything(&world).await;
    assert_eq!(service.perform(&manager, &key, open("Notice")).await.unwrap(), first);
    let other = service.perform(&manager, &key, open("Another")).await;
    assert!(matches!(other, Err(Refusal::KeyReused)), "{other:?}");
    assert_eq!(everything(&world).await, before);
    // The key is the person's own: another person's is another request.
    let director = world.actor(Role::Director);
    assert_ne!(service.perform(&director, &key, open("Notice")).await.unwrap(), first);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_request_sent_many_times_at_once_is_one_act() {
    for engine in [store::Engine::Sqlite, store::Engine::Postgres] {
        let Some(world) = World::on(engine).await else { continue };
        let before = world.service().store.log_size().await.unwrap();
        let sent: Vec<_> = (0..16)
            .map(|_| {
                let (service, manager) = (world.service().clone(), world.actor(Role::ProgrammeManager));
                tokio::spawn(async move {
                    let act = OpenEpisode { title: "Notice".into() };
                    service.perform(&manager, &IdempotencyKey("once".into()), act).await.unwrap()
                })
            })
            .collect();
        let mut outcomes = std::collections::BTreeSet::new();
        for request in sent {
            outcomes.insert(request.await.unwrap());
        }
        assert_eq!(outcomes.len(), 1);
        assert_eq!(world.service().store.log_size().await.unwrap(), before + 1);
    }
}

#[tokio::test]
async fn another_councils_rows_are_as_if_they_were_not_there() {
    let world = World::new().await;
    let episode = world.open_episode().await;
    let instrument = world.bring_in(episode, &notice()).await;
    let eastvale = world.found("Eastvale Council").await;
    let stranger = world.stranger(Role::ProgrammeManager, eastvale).await;
    let row = seen(&world.row("1").await);
    let refused = world.perform_as(&stranger, ConfirmObligations { rows: vec![row] }).await;
    assert!(matches!(refused, Err(Refusal::NotFound)), "{refused:?}");
    let refused = world.perform_as(&stranger, world.signature(instrument).await).await;
    assert!(matches!(refused, Err(Refusal::NotFound)), "{refused:?}");
}

#[tokio::test]
async fn a_question_is_decided_with_a_reason_and_a_sentence_settled() {
    let world = World::new().await;
    let episode = world.open_episode().await;
    let mut text = notice();
    text.reading.passages[1].kind = PassageKind::Duty;
    let instrument = world.bring_in(episode, &text).await;
    let question = world.programme().await.questions[0].clone();
    let at = Seen { id: question.id, version: question.version };
    let decide =
        |reason: &str| DecideQuestion { question: at, answer: "8 weeks".into(), reason: reason.into() };
    assert!(matches!(world.perform(Role::Director, decide("")).await, Err(Refusal::Invalid(_))));
    world.perform(Role::Director, decide("Minute 4")).await.unwrap();
    let decided = world.programme().await.questions[0].decision.clone().unwrap();
    assert_eq!((decided.answer.as_str(), decided.reason.as_str()), ("8 weeks", "Minute 4"));

    world.confirm_all(instrument).await;
    let open = world.perform(Role::Director, world.signature(instrument).await).await;
    assert!(
        matches!(open, Err(Refusal::Invalid(ref problems)) if problems[0].field == "passages"),
        "{open:?}"
    );
    let settle = ClassifyPassage {
        instrument,
        at: text.reading.passages[1].span[0],
        kind: PassageKind::Context,
        reason: "It says what was seen".into(),
    };
    world.perform(Role::ProgrammeManager, settle).await.unwrap();
    assert_eq!(world.sign(instrument).await, 12);
}

#[tokio::test]
async fn roles_that_only_read_change_nothing() {
    let world = World::new().await;
    let before = everything(&world).await;
    for role in Role::ALL {
        if [Role::Director, Role::ProgrammeManager].contains(&role) {
            continue;
        }
        let refused = world.perform(role, OpenEpisode { title: "Notice".into() }).await;
        assert!(matches!(refused, Err(Refusal::NotFound)), "{role:?}: {refused:?}");
    }
    assert_eq!(everything(&world).await, before);
}
