//! What holds of every operator, whatever the records: one outcome an event, and answers that time does not turn back.

use std::collections::BTreeMap;

use proptest::prelude::*;
use vocabulary::day::Day;
use vocabulary::records::{Catalogue, Cell, Column, FieldType, Records, Source};

use super::{file, library_of};
use crate::assess::{Settings, assess};
use crate::library::Library;
use crate::outcome::{Outcome, Status};
use crate::picture::Picture;

const FIRST: i32 = 20_000;

/// One standard for each operator and its variants.
const STANDARDS: &[(&str, &str, &str)] = &[
    (
        "a-within",
        "child_in_need",
        "kind = \"within\"\nfrom = \"started_on\"\nto = \"last_seen_on\"\nlimit = 10\nunit = \"working days\"\nuntil = \"ended_on\"",
    ),
    (
        "b-within-another",
        "child_in_need",
        "kind = \"within\"\nfrom = \"started_on\"\nlimit = 1\nunit = \"months\"\nuntil = \"ended_on\"\n\
         to = { record = \"protection_visit\", field = \"visited_on\", pick = \"first on or after\", of = \"started_on\" }",
    ),
    (
        "c-every",
        "child_in_need",
        "kind = \"at_least_every\"\nfrom = \"started_on\"\nuntil = \"ended_on\"\n\
         events = { record = \"protection_visit\", field = \"visited_on\" }\n\
         intervals = [{ limit = 5, unit = \"working days\" }, { limit = 3, unit = \"weeks\" }]",
    ),
    (
        "d-before",
        "child_in_need",
        "kind = \"before_event\"\nevent = \"ended_on\"\nwhat = \"last_seen_on\"\nor_within = { limit = 1, unit = \"weeks\" }",
    ),
    (
        "e-present",
        "child_in_need",
        "kind = \"present_while\"\nfrom = \"started_on\"\nneeds = \"last_seen_on\"\nlimit = 2\nunit = \"weeks\"\nuntil = \"ended_on\"",
    ),
    (
        "f-longer",
        "child_in_need",
        "kind = \"no_longer_than_without\"\nfrom = \"started_on\"\nuntil = \"ended_on\"\nlimit = 1\nunit = \"months\"\nneeds = \"last_seen_on\"",
    ),
    (
        "g-more",
        "child_in_need",
        "kind = \"no_more_than\"\nmost = 1\nevents = { record = \"protection_visit\", field = \"visited_on\" }\n\
         window = { limit = 2, unit = \"months\" }\non = \"started_on\"",
    ),
    (
        "h-again",
        "child_in_need",
        "kind = \"not_again_within\"\non = \"started_on\"\nlimit = 3\nunit = \"months\"",
    ),
    (
        "i-recorded",
        "child_in_need",
        "kind = \"recorded_as\"\nfield = \"case_status\"\nin = [\"a\"]\non = \"started_on\"\nblank = \"missed\"",
    ),
    ("j-counted", "child_in_need", "kind = \"counted\"\non = \"started_on\"\nuntil = \"ended_on\""),
];

fn library() -> Library {
    let files: Vec<_> =
        STANDARDS.iter().map(|(code, record, operator)| file(code, record, operator, "")).collect();
    library_of(&files)
}

fn cell() -> impl Strategy<Value = Cell<Day>> {
    prop_oneof![
        8 => (FIRST..FIRST + 200).prop_map(|day| Cell::Value(Day(day))),
        2 => Just(Cell::Blank),
        1 => Just(Cell::Unreadable),
    ]
}

#[derive(Clone, Debug)]
struct World {
    episodes: Vec<(u8, [Cell<Day>; 3], u8)>,
    visits: Vec<(u8, Cell<Day>)>,
}

fn world() -> impl Strategy<Value = World> {
    let episodes = prop::collection::vec((0_u8..3, [cell(), cell(), cell()], 0_u8..3), 1..6);
    let visits = prop::collection::vec((0_u8..3, cell()), 0..8);
    (episodes, visits).prop_map(|(episodes, visits)| World { episodes, visits })
}

fn picture(world: &World, as_at: Day) -> Picture {
    let mut records = Records::default();
    let people = ["1", "2", "3"].map(|person| records.words.add(person));
    let list = records.words.add("List 6");
    let statuses = ["a", "b"].map(|status| records.words.add(status));
    let kind = Catalogue::national().kind("child_in_need").expect("a national kind");
    let fields: Vec<_> = kind.fields.iter().map(|field| (field.name.as_str(), field.field_type)).collect();
    let table = records.table_mut("child_in_need", &fields);
    for (row, (person, days, status)) in (0_u32..).zip(&world.episodes) {
        table.subject.push(people[usize::from(*person)]);
        table.source.push(Source { list, row });
        for (name, column) in &mut table.columns {
            let place = ["started_on", "ended_on", "last_seen_on"].iter().position(|known| known == name);
            match (column, place) {
                (Column::Days(cells), Some(place)) => cells.push(days[place]),
                (Column::Words(cells), _) if name == "case_status" => {
                    cells.push(
                        statuses.get(usize::from(*status)).map_or(Cell::Blank, |&word| Cell::Value(word)),
                    );
                }
                (column, _) => column.push_blank(),
            }
        }
    }
    let table = records.table_mut("protection_visit", &[("visited_on", FieldType::Day)]);
    for (row, &(person, day)) in (0_u32..).zip(&world.visits) {
        table.subject.push(people[usize::from(person)]);
        table.source.push(Source { list, row });
        let Column::Days(cells) = &mut table.columns[0].1 else { panic!("days") };
        cells.push(day);
    }
    Picture::of(records, as_at)
}

/// The standard, the record, the clock's start, and which of several clocks that start on that day.
type Key = (u16, u32, Option<Day>, usize);

fn outcomes(library: &Library, world: &World, as_at: Day) -> Vec<Outcome> {
    assess(library, &picture(world, as_at), &Settings::default()).outcomes
}

fn keyed(outcomes: &[Outcome]) -> BTreeMap<Key, Outcome> {
    let mut keyed = BTreeMap::new();
    for outcome in outcomes {
        let of_that_day =
            |place: &usize| !keyed.contains_key(&(outcome.standard, outcome.row, outcome.event_on, *place));
        let place = (0..).find(of_that_day).expect("a number is free");
        keyed.insert((outcome.standard, outcome.row, outcome.event_on, place), *outcome);
    }
    keyed
}

const RECURRING: u16 = 2;
const BEFORE: u16 = 3;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_event_has_exactly_one_outcome_of_each_standard(world in world(), as_at in FIRST..FIRST + 260) {
        let library = library();
        let all = outcomes(&library, &world, Day(as_at));
        for standard in (0..10).filter(|&standard| standard != RECURRING) {
            let of_it = all.iter().filter(|outcome| outcome.standard == standard).count();
            prop_assert_eq!(of_it, world.episodes.len());
        }
        for episode in 0..u32::try_from(world.episodes.len()).unwrap() {
            let gaps: Vec<_> = all.iter().filter(|o| o.standard == RECURRING && o.row == episode).collect();
            prop_assert!(!gaps.is_empty());
            for pair in gaps.windows(2).filter(|pair| pair[0].status != Status::CannotTell) {
                prop_assert_eq!(pair[0].met_on, pair[1].event_on, "gaps touch");
            }
        }
    }

    #[test]
    fn what_was_missed_and_done_late_stays_missed(world in world(), early in FIRST..FIRST + 260, more in 0..60) {
        let library = library();
        let later = keyed(&outcomes(&library, &world, Day(early + more)));
        for (key, outcome) in keyed(&outcomes(&library, &world, Day(early))) {
            // What only has to stand is met once it stands.
            if outcome.status == Status::Missed && outcome.met_on.is_some() {
                prop_assert_eq!(later[&key].status, Status::Missed);
            }
        }
    }

    #[test]
    fn the_status_on_an_earlier_day_is_what_that_day_would_have_said(
        world in world(), early in FIRST..FIRST + 260, more in 0..60,
    ) {
        let library = library();
        let then = keyed(&outcomes(&library, &world, Day(early)));
        for (key, outcome) in keyed(&outcomes(&library, &world, Day(early + more))) {
            let not_begun = outcome.event_on.is_some_and(|begun| begun > Day(early));
            prop_assert_eq!(outcome.status_on(Day(early)).is_none(), not_begun);
            // An event to come is prepared for before its day; until then it has no day of its own.
            if not_begun || outcome.event_on.is_none() && outcome.standard == BEFORE {
                continue;
            }
            let said = then.get(&key).map(|outcome| outcome.status);
            prop_assert_eq!(outcome.status_on(Day(early)), said, "{:?}", outcome);
        }
    }

    #[test]
    fn answers_do_not_depend_on_how_many_threads_there_are(world in world(), as_at in FIRST..FIRST + 260) {
        let library = library();
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let many = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap();
        let alone = one.install(|| outcomes(&library, &world, Day(as_at)));
        prop_assert_eq!(many.install(|| outcomes(&library, &world, Day(as_at))), alone);
    }
}
