//! Figures of a small council, and that every figure is the outcomes behind it.

use proptest::prelude::*;
use vocabulary::day::Day;
use vocabulary::records::{Source, Word};

use super::*;
use crate::library::LibraryFile;
use crate::outcome::Outcomes;

const FRONT: &str = "title = \"A standard\"\ntheme = \"assessment\"\nbasis = \"local\"\nstatus = \"verified\"\nsource = \"none\"\n";
const PROSE: &str = "+++\n## What it asks\n## Why\n## Limits of the data\n## Worked examples\n";
const WITHIN: &str =
    "kind = \"within\"\nfrom = \"started_on\"\nto = \"authorised_on\"\nlimit = 45\nunit = \"working days\"";
const COUNTED: &str = "kind = \"counted\"\non = \"started_on\"\nuntil = \"authorised_on\"";
const STANDING: &str =
    "kind = \"present_while\"\nfrom = \"started_on\"\nneeds = \"worker\"\nlimit = 5\nunit = \"weeks\"";

fn standard(code: &str, operator: &str, count_by: &str, show: &str) -> LibraryFile {
    let text = format!(
        "+++\ncode = \"{code}\"\n{FRONT}[population]\nrecord = \"assessment\"\n[operator]\n{operator}\n[indicator]\n\
         count_by = \"{count_by}\"\nshow = \"{show}\"\npolarity = \"high\"\nsentence = \"of all\"\n{PROSE}"
    );
    LibraryFile { path: format!("standards/{code}.md"), text }
}

fn library() -> Library {
    let files = [
        standard("a", WITHIN, "completed", "met"),
        standard("b", WITHIN, "position", "missed"),
        standard("c", COUNTED, "position", "met"),
        standard("d", WITHIN, "due", "missed"),
        standard("e", STANDING, "position", "met"),
        standard("f", COUNTED, "started", "met"),
        standard("g", WITHIN, "now", "missed"),
    ];
    Library::load(&files, &[]).0
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn outcome(standard: u16, event_on: &str, due_on: &str, met_on: Option<&str>, status: Status) -> Outcome {
    Outcome {
        standard,
        subject: Word(0),
        event_on: Some(day(event_on)),
        due_on: Some(day(due_on)),
        met_on: met_on.map(day),
        ended_on: None,
        status,
        reason: None,
        team: Some(Word(1)),
        worker: None,
        row: 0,
        source: Source { list: Word(2), row: 0 },
    }
}

/// The numerator and denominator of the council's value whose period ends on a day.
fn figure(values: &[IndicatorValue], measure: u16, kind: PeriodKind, end: &str) -> (u32, u32) {
    let is_it = |value: &&IndicatorValue| {
        value.measure == measure
            && value.group == Group::Council
            && value.period.kind == kind
            && value.period.end == day(end)
    };
    let found: Vec<_> = values.iter().filter(is_it).collect();
    assert_eq!(found.len(), 1, "one {kind:?} ends on {end}");
    (found[0].numerator, found[0].denominator)
}

#[test]
fn one_pass_serves_every_month_quarter_and_year() {
    let outcomes = vec![
        outcome(0, "2025-01-06", "2025-03-07", Some("2025-03-31"), Status::Missed),
        outcome(0, "2025-02-03", "2025-04-07", Some("2025-04-01"), Status::Met),
        outcome(0, "2025-02-03", "2025-04-07", Some("2025-05-31"), Status::Missed),
        outcome(0, "2025-12-01", "2026-02-06", Some("2026-01-31"), Status::Met),
        outcome(0, "2025-12-01", "2026-02-06", None, Status::Missed),
    ];
    let all = Outcomes { outcomes, ..Outcomes::default() };
    let values = fold(&library(), &all, day("2026-03-15"), 12);
    assert_eq!(figure(&values, 0, PeriodKind::Month, "2025-04-30"), (1, 1));
    assert_eq!(figure(&values, 0, PeriodKind::Month, "2025-05-31"), (0, 1));
    assert_eq!(figure(&values, 0, PeriodKind::Quarter, "2025-06-30"), (1, 2));
    assert_eq!(figure(&values, 0, PeriodKind::Quarter, "2026-03-15"), (1, 1), "the quarter that runs");
    assert_eq!(figure(&values, 0, PeriodKind::RollingYear, "2026-02-28"), (2, 4), "from 1 March 2025");
    assert_eq!(figure(&values, 0, PeriodKind::RollingYear, "2026-03-15"), (2, 4), "from 16 March 2025");
    assert_eq!(figure(&values, 0, PeriodKind::YearToDate, "2025-04-30"), (1, 1), "from 1 April");
    assert_eq!(figure(&values, 0, PeriodKind::YearToDate, "2026-03-15"), (2, 3));
    let team = values.iter().filter(|value| value.measure == 0 && value.group == Group::Team(Word(1)));
    assert!(team.clone().all(|value| value.denominator > 0) && team.count() > 0);
}

#[test]
fn a_position_is_of_what_was_open_then() {
    let outcomes = vec![
        outcome(1, "2026-01-05", "2026-03-10", Some("2026-04-02"), Status::Missed),
        outcome(1, "2026-01-05", "2026-03-10", Some("2026-02-16"), Status::Met),
        outcome(1, "2026-03-02", "2026-05-06", None, Status::Due),
    ];
    let all = Outcomes { outcomes, ..Outcomes::default() };
    let values = fold(&library(), &all, day("2026-04-30"), 4);
    let figures = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
        .map(|end| figure(&values, 1, PeriodKind::Position, end));
    assert_eq!(figures, [(0, 2), (0, 1), (1, 2), (0, 1)]);
}

#[test]
fn what_only_the_newest_record_says_has_a_position_now_and_no_history() {
    let outcomes = vec![outcome(6, "2026-01-05", "2026-03-10", None, Status::Missed)];
    let all = Outcomes { outcomes, ..Outcomes::default() };
    let values = fold(&library(), &all, day("2026-04-30"), 4);
    let told: Vec<_> =
        values.iter().filter(|value| value.measure == 6 && value.group == Group::Council).collect();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].period.end, told[0].numerator), (day("2026-04-30"), 1));
}

#[test]
fn a_count_is_a_number_and_no_percentage() {
    let mut open = outcome(2, "2026-01-05", "2026-03-10", None, Status::Met);
    open.due_on = None;
    let closed = Outcome { ended_on: Some(day("2026-01-31")), ..open };
    let all = Outcomes { outcomes: vec![open, closed], ..Outcomes::default() };
    let values = fold(&library(), &all, day("2026-01-31"), 1);
    let position = values.iter().find(|value| value.measure == 2).expect("a position");
    assert_eq!(position.value, Some(1.0), "what ended on the day is no longer open");
    let none = values.iter().find(|value| value.measure == 0).expect("a month");
    assert_eq!((none.denominator, none.value), (0, None), "no percentage of none");
}

#[test]
fn a_state_of_which_nothing_is_asked_yet_is_no_success() {
    let all = Outcomes {
        outcomes: vec![
            outcome(4, "2026-01-05", "2026-02-09", None, Status::Due),
            outcome(4, "2026-01-01", "2026-02-05", Some("2026-01-10"), Status::Met),
        ],
        ..Outcomes::default()
    };
    let values = fold(&library(), &all, day("2026-01-31"), 1);
    assert_eq!(figure(&values, 4, PeriodKind::Position, "2026-01-31"), (1, 1));
}

const SET: &str = "+++\nname = \"few\"\ntitle = \"A few\"\nat_most = 1\n[[indicator]]\ncode = \"a\"\nheadline = true\n\
    benchmarks = [{ value = 85.7, unit = \"per cent\", period = \"2024-25\", source = \"the Department\" }]\n\
    [[indicator]]\ncode = \"overdue\"\nstandard = \"a\"\ncount_by = \"position\"\nshow = \"missed\"\npolarity = \"low\"\n\
    [[indicator]]\ncode = \"b\"\nshow = \"met\"\n[[indicator]]\ncode = \"nowhere\"\n+++\n";

#[test]
fn a_set_names_measures_adds_its_own_and_never_gives_one_code_two_meanings() {
    let files = [
        standard("a", WITHIN, "completed", "met"),
        standard("b", WITHIN, "position", "missed"),
        LibraryFile { path: "indicators/few.md".to_owned(), text: SET.to_owned() },
    ];
    let (library, problems) = Library::load(&files, &[]);
    let of_the_set = problems.iter().filter(|problem| problem.path.starts_with("indicators"));
    let words: Vec<String> = of_the_set.map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "indicators/few.md:4: 4 indicators, and at most 1 are meant",
            "indicators/few.md:16: the indicator `b` is counted otherwise elsewhere; give this one a code of its own and \
             name its `standard`",
            "indicators/few.md:19: there is no standard `nowhere` for the indicator `nowhere`",
        ]
    );
    let set = &library.sets[0];
    assert_eq!(set.entries[0].benchmarks[0].value.to_string(), "85.7");
    assert_eq!(library.measures[usize::from(set.entries[1].measure)].code, "overdue");
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    let day = || 20_000_i32..21_500;
    let status = prop_oneof![
        Just(Status::Met),
        Just(Status::Missed),
        Just(Status::Due),
        Just(Status::NotApplicable),
        Just(Status::CannotTell),
    ];
    let days = (prop::option::weighted(0.9, day()), prop::option::of(0..120), prop::option::of(0..200));
    (0_u16..6, days, prop::option::weighted(0.2, 0..200), status, prop::option::of(0_u32..3)).prop_map(
        |(standard, (start, due, met), ended, status, team)| {
            let after = |days: Option<i32>| Some(Day(start? + days?));
            Outcome {
                standard,
                event_on: start.map(Day),
                due_on: after(due),
                met_on: after(met),
                ended_on: after(ended),
                status,
                team: team.map(Word),
                worker: team.map(|team| Word(team + 10)),
                ..outcome(standard, "2026-01-01", "2026-01-01", None, status)
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_is_the_outcomes_behind_it(
        mut outcomes in prop::collection::vec(any_outcome(), 0..80), as_at in 20_600_i32..21_500,
    ) {
        outcomes.sort_by_key(|outcome| outcome.standard);
        let all = Outcomes { outcomes, ..Outcomes::default() };
        let library = library();
        for value in fold(&library, &all, Day(as_at), 14) {
            let parts: Vec<Part> = behind(&library, &all, &value).into_iter().map(|(_, part)| part).collect();
            let count = |wanted: Part| u32::try_from(parts.iter().filter(|part| **part == wanted).count()).unwrap();
            prop_assert_eq!(value.numerator, count(Part::Shown), "{:?}", value);
            prop_assert_eq!(value.denominator, count(Part::Shown) + count(Part::Counted), "{:?}", value);
            prop_assert_eq!(value.cannot_tell, count(Part::CannotTell), "{:?}", value);
        }
    }
}
