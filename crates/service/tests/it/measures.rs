//! Measures: what is said of them and by whom; and why a month is not what it was first published as.

use jiff::civil::{Date, date};
use service::acts::{
    ApproveTarget, BeginBaseline, CommentOnMeasure, CommitSnapshot, ProposeTarget, Seen, StageExtract,
};
use service::{Causes, Knowledge, ReadExtract, Refusal, Remarks, Role};
use store::SnapshotFile;
use testkit::World;
use vocabulary::day::Day;
use vocabulary::id::MeasureTargetId;
use vocabulary::records::{Cell, Column, FieldType, Records, Source};

const MEASURE: &str = "assessment-45wd-dfe";

fn target(value: f64) -> ProposeTarget {
    ProposeTarget {
        measure: MEASURE.into(),
        value,
        reach_by: date(2027, 3, 31),
        from_value: 70.0,
        from_day: date(2026, 8, 31),
        basis: "Board minute 4 of 1 September 2026".into(),
    }
}

fn approve(target: MeasureTargetId, version: i64) -> ApproveTarget {
    ApproveTarget { target: Seen { id: target, version } }
}

fn fields(refusal: Result<impl std::fmt::Debug, Refusal>) -> Vec<&'static str> {
    match refusal {
        Err(Refusal::Invalid(problems)) => problems.iter().map(|problem| problem.field).collect(),
        other => panic!("not refused for a field: {other:?}"),
    }
}

async fn remarks(world: &World) -> Remarks {
    world.service().remarks(&world.scope(Role::Analyst)).await.unwrap()
}

#[tokio::test]
async fn a_target_counts_only_once_somebody_else_has_approved_it() {
    let world = World::new().await;
    let id = world.perform(Role::Director, target(90.0)).await.unwrap();
    assert!(remarks(&world).await.target_of(MEASURE).is_none());
    let own = world.perform(Role::Director, approve(id, 1)).await;
    assert!(matches!(own, Err(Refusal::Separation(_))), "{own:?}");
    world.perform(Role::Chair, approve(id, 1)).await.unwrap();
    assert_eq!(remarks(&world).await.target_of(MEASURE).unwrap().value, 90.0);
    assert_eq!(fields(world.perform(Role::Chair, approve(id, 2)).await), ["target"]);
    let stale = world.perform(Role::DepartmentOfficial, approve(id, 1)).await;
    assert!(matches!(stale, Err(Refusal::Conflict { .. })));
}

#[tokio::test]
async fn the_target_approved_last_counts_whichever_was_proposed_first() {
    let world = World::new().await;
    let first = world.perform(Role::Analyst, target(90.0)).await.unwrap();
    world.advance(jiff::SignedDuration::from_hours(1));
    let second = world.perform(Role::Analyst, target(85.0)).await.unwrap();
    world.perform(Role::Director, approve(second, 1)).await.unwrap();
    world.advance(jiff::SignedDuration::from_hours(48));
    world.perform(Role::Director, approve(first, 1)).await.unwrap();
    let said = remarks(&world).await;
    assert_eq!(said.target_of(MEASURE).unwrap().value, 90.0);
    let earlier = said.by(date(2026, 9, 8));
    assert_eq!(earlier.target_of(MEASURE).unwrap().value, 85.0, "as it was known the day before");
}

#[tokio::test]
async fn a_target_needs_a_value_that_can_be_a_later_day_and_a_basis() {
    let world = World::new().await;
    for value in [-1.0, 100.1, f64::NAN, f64::INFINITY] {
        assert_eq!(fields(world.perform(Role::Analyst, target(value)).await), ["value"], "{value}");
    }
    let wrong = ProposeTarget { reach_by: date(2026, 8, 31), basis: "  ".into(), ..target(90.0) };
    assert_eq!(fields(world.perform(Role::Analyst, wrong).await), ["reach_by", "basis"]);
    let neither_way = ProposeTarget { measure: "referrals-received".into(), ..target(90.0) };
    assert_eq!(fields(world.perform(Role::Analyst, neither_way).await), ["value"]);
    let unknown = ProposeTarget { measure: "no-such-measure".into(), ..target(90.0) };
    assert!(matches!(world.perform(Role::Analyst, unknown).await, Err(Refusal::NotFound)));
}

fn comment(month: Date, text: &str) -> CommentOnMeasure {
    CommentOnMeasure { measure: MEASURE.into(), month, text: text.into() }
}

#[tokio::test]
async fn a_comment_is_about_a_month_that_has_begun_and_never_repeated_in_the_log() {
    let world = World::new().await;
    assert_eq!(fields(world.perform(Role::Analyst, comment(date(2026, 10, 31), "Early")).await), ["month"]);
    assert_eq!(fields(world.perform(Role::Analyst, comment(date(2026, 8, 31), " ")).await), ["text"]);
    let long = "x".repeat(2_001);
    assert_eq!(fields(world.perform(Role::Analyst, comment(date(2026, 8, 31), &long)).await), ["text"]);
    world.perform(Role::Analyst, comment(date(2026, 8, 3), "Canary: 3 of 4.")).await.unwrap();
    let said = remarks(&world).await;
    let kept = said.comments_of(MEASURE).next().unwrap();
    assert_eq!((kept.month, kept.text.as_str()), (date(2026, 8, 31), "Canary: 3 of 4."));
    let scope = world.scope(Role::Analyst);
    let history = world.service().store.history_of(&scope, "measure", MEASURE).await.unwrap();
    assert_eq!(history.len(), 1);
    assert!(!format!("{history:?}").contains("Canary"), "more people read the log than figures");
}

#[tokio::test]
async fn a_new_baseline_needs_a_cause_a_month_that_is_over_and_happens_once() {
    let world = World::new().await;
    let baseline =
        |from_month, cause: &str| BeginBaseline { measure: MEASURE.into(), from_month, cause: cause.into() };
    assert_eq!(fields(world.perform(Role::Analyst, baseline(date(2026, 8, 1), "")).await), ["cause"]);
    let running = world.perform(Role::Analyst, baseline(date(2026, 9, 1), "A new team")).await;
    assert_eq!(fields(running), ["from_month"]);
    world.perform(Role::Analyst, baseline(date(2026, 8, 1), "A new team")).await.unwrap();
    let again = world.perform(Role::Director, baseline(date(2026, 8, 31), "A new form")).await;
    assert_eq!(fields(again), ["from_month"]);
    let said = remarks(&world).await;
    let rebases: Vec<_> = said.rebases_of(MEASURE).collect();
    assert_eq!((rebases.len(), rebases[0].cause()), (1, "A new team"));
}

#[tokio::test]
async fn only_those_who_answer_for_measures_say_anything_of_them() {
    let world = World::new().await;
    let id = world.perform(Role::ProgrammeManager, target(90.0)).await.unwrap();
    for role in Role::ALL {
        let may = |allowed: &[Role]| allowed.contains(&role);
        let said = world.perform(role, comment(date(2026, 8, 31), "Said")).await;
        let commenters = [Role::Director, Role::HeadOfService, Role::Analyst, Role::ProgrammeManager];
        assert_eq!(said.is_ok(), may(&commenters), "{} comments", role.name());
        let proposed = world.perform(role, target(80.0)).await;
        let proposers = [Role::Director, Role::Analyst, Role::ProgrammeManager];
        assert_eq!(proposed.is_ok(), may(&proposers), "{} proposes", role.name());
        let approved = world.perform(role, approve(id, 99)).await;
        let approvers = [Role::Director, Role::Chair, Role::DepartmentOfficial];
        assert_eq!(
            matches!(approved, Err(Refusal::Conflict { .. })),
            may(&approvers),
            "{} approves",
            role.name()
        );
    }
}

/// An assessment: the child, its first and its last day.
type Assessment = (&'static str, &'static str, &'static str);

fn extract(number: usize, as_at: &str, assessments: &[Assessment]) -> ReadExtract {
    let mut records = Records::default();
    let list = records.words.add("List 4");
    for (row, (child, started_on, authorised_on)) in (0_u32..).zip(assessments) {
        let subject = records.words.add(child);
        let fields = [("started_on", FieldType::Day), ("authorised_on", FieldType::Day)];
        let table = records.table_mut("assessment", &fields);
        table.subject.push(subject);
        table.source.push(Source { list, row });
        for (column, day) in [(0, started_on), (1, authorised_on)] {
            let Column::Days(cells) = &mut table.columns[column].1 else { panic!("days") };
            cells.push(Day::parse(day).map_or(Cell::Blank, Cell::Value));
        }
    }
    ReadExtract {
        collection: "annex-a".into(),
        year: 2027,
        as_at: as_at.parse().unwrap(),
        files: vec![SnapshotFile { name: "annex-a.xlsx".into(), bytes: 9, hash: format!("hash {number}") }],
        lists: Vec::new(),
        findings: Vec::new(),
        finding_rows: Vec::new(),
        rules_run: 1,
        records,
    }
}

async fn load(world: &World, number: usize, moment: &str, as_at: &str, assessments: &[Assessment]) {
    world.move_to(moment);
    let staged = StageExtract::of(extract(number, as_at, assessments));
    let id = world.perform(Role::Analyst, staged).await.unwrap();
    let commit = CommitSnapshot { snapshot: Seen { id, version: 1 } };
    world.perform(Role::Analyst, commit).await.unwrap();
}

const AUGUST: &str = "2026-08-31";
/// What is on record of August when it is first published.
const FIRST: [Assessment; 4] = [
    ("in time", "2026-07-01", "2026-08-20"),
    ("to be corrected", "2026-06-08", "2026-08-05"),
    ("to be withdrawn", "2026-07-06", "2026-08-14"),
    ("still open", "2026-07-20", ""),
];

/// A measure's August then and now: counts first, counts now, causes.
async fn august(world: &World, measure: &str) -> ([u32; 2], [u32; 2], Causes) {
    let scope = world.scope(Role::Analyst);
    let service = world.service();
    let now = service.figures(&scope, Knowledge::default()).await.unwrap().unwrap();
    let first = service.first_published(&scope, AUGUST.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(first.published_on, date(2026, 9, 7));
    let found = first.beside(&now, now.library.measure(measure).unwrap()).unwrap();
    let counts = |value: &practice::indicator::IndicatorValue| [value.numerator, value.denominator];
    (counts(&found.first), counts(&found.now), found.causes)
}

#[tokio::test]
async fn a_corrected_load_of_the_same_month_restates_it_with_its_causes() {
    let world = World::new().await;
    load(&world, 1, "2026-09-07T09:00:00Z", AUGUST, &FIRST).await;
    let nothing = Causes::default();
    assert_eq!(august(&world, MEASURE).await, ([3, 3], [3, 3], nothing), "nothing differs from itself");
    let corrected = [
        FIRST[0],
        ("to be corrected", "2026-06-08", "2026-08-28"), // later than was said: out of time
        ("still open", "2026-07-20", "2026-08-27"),      // had been done, and was not on record
        ("quite new", "2026-07-13", "2026-08-25"),       // was not on record at all
    ];
    load(&world, 2, "2026-09-10T09:00:00Z", AUGUST, &corrected).await;
    let causes = Causes { clock_ran: 0, recorded_late: 2, corrected: 1, withdrawn: 1 };
    assert_eq!(august(&world, MEASURE).await, ([3, 3], [3, 4], causes));
}

#[tokio::test]
async fn a_corrected_first_day_is_one_event_corrected_and_not_one_gone_and_one_new() {
    let world = World::new().await;
    load(&world, 1, "2026-09-07T09:00:00Z", AUGUST, &FIRST[..1]).await;
    load(&world, 2, "2026-09-10T09:00:00Z", AUGUST, &[("in time", "2026-05-04", "2026-08-20")]).await;
    let causes = Causes { corrected: 1, ..Causes::default() };
    assert_eq!(august(&world, MEASURE).await, ([1, 1], [0, 1], causes));
}

#[tokio::test]
async fn clocks_that_run_out_after_publication_are_no_restatement() {
    let world = World::new().await;
    load(&world, 1, "2026-09-07T09:00:00Z", AUGUST, &FIRST).await;
    let next = [&FIRST[..3], &[("still open", "2026-07-20", "2026-09-25")]].concat();
    load(&world, 2, "2026-10-05T09:00:00Z", "2026-09-30", &next).await;
    let (_, _, causes) = august(&world, MEASURE).await;
    assert!(!causes.is_restated(), "{causes:?}");
}

#[tokio::test]
async fn a_month_that_no_extract_tells_of_was_never_published() {
    let world = World::new().await;
    load(&world, 1, "2026-09-07T09:00:00Z", AUGUST, &FIRST).await;
    let scope = world.scope(Role::Analyst);
    assert_eq!(world.service().published_months(&scope).await.unwrap(), [date(2026, 8, 31)]);
    assert!(world.service().first_published(&scope, date(2026, 7, 31)).await.unwrap().is_none());
    let nobody = world.service().published_months(&world.scope(Role::Chair)).await;
    assert!(nobody.is_ok(), "the months are no secret");
}
