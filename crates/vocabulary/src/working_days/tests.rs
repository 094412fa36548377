//! Tests of working days: the list, the rules, and an independent count.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the oracle is a program of its own, run by the test"
)]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::day::Day;

fn due(start: Date, working_days: u32) -> Date {
    england_and_wales().add_working_days(start, working_days).expect("a date in range").value
}

fn between(start: Date, stop: Date) -> Option<u32> {
    england_and_wales().working_days_between(start, stop).map(|counted| counted.value)
}

#[test]
fn deadlines_step_over_the_holidays_people_remember() {
    let worked = [
        (date(2012, 5, 31), 10, date(2012, 6, 18), "initial assessment over the Jubilee"),
        (date(2016, 3, 21), 15, date(2016, 4, 13), "conference over Easter"),
        (date(2016, 11, 14), 45, date(2017, 1, 19), "assessment over Christmas"),
        (date(2022, 12, 23), 1, date(2022, 12, 28), "referral on the Friday before Christmas"),
        (date(2022, 9, 16), 1, date(2022, 9, 20), "the Friday before the state funeral"),
        (date(2023, 4, 6), 20, date(2023, 5, 10), "first review over Easter and the coronation"),
        (date(2017, 3, 8), 20, date(2017, 4, 5), "first review from the visit"),
        (date(2026, 12, 24), 5, date(2027, 1, 5), "placement plan at Christmas"),
        (date(2011, 4, 21), 10, date(2011, 5, 11), "care plan over Easter and the royal wedding"),
        (date(2020, 4, 27), 10, date(2020, 5, 12), "core group over the moved May holiday"),
    ];
    for (start, working_days, expected, why) in worked {
        assert_eq!(due(start, working_days), expected, "{why}");
        assert_eq!(between(start, expected), Some(working_days), "{why}, counted back");
    }
}

#[test]
fn each_year_has_its_known_number_of_working_days() {
    let known = [
        (2011, 251, 252),
        (2012, 252, 250),
        (2013, 253, 254),
        (2014, 253, 253),
        (2015, 253, 252),
        (2016, 253, 255),
        (2017, 252, 251),
        (2018, 253, 253),
        (2019, 253, 254),
        (2020, 254, 253),
        (2021, 253, 253),
        (2022, 250, 251),
        (2023, 251, 250),
        (2024, 254, 254),
        (2025, 253, 253),
        (2026, 253, 251),
        (2027, 253, 256),
    ];
    for (year, calendar_year, financial_year) in known {
        assert_eq!(between(date(year - 1, 12, 31), date(year, 12, 31)), Some(calendar_year), "{year}");
        assert_eq!(
            between(date(year, 3, 31), date(year + 1, 3, 31)),
            Some(financial_year),
            "{year} from April"
        );
    }
}

#[test]
fn the_rules_give_the_list_but_for_the_holidays_that_were_moved_or_added() {
    let shipped = england_and_wales();
    let (first, last) = shipped.coverage();
    let listed: BTreeSet<Date> = shipped.holidays().iter().map(|holiday| holiday.on).collect();
    let by_rule: BTreeSet<Date> =
        (first..=last).flat_map(holidays_by_rule).map(|holiday| holiday.on).collect();
    let only_listed: Vec<String> = listed.difference(&by_rule).map(ToString::to_string).collect();
    let only_by_rule: Vec<String> = by_rule.difference(&listed).map(ToString::to_string).collect();
    assert_eq!(
        only_listed,
        [
            "2011-04-29",
            "2012-06-04",
            "2012-06-05",
            "2020-05-08",
            "2022-06-02",
            "2022-06-03",
            "2022-09-19",
            "2023-05-08"
        ]
    );
    assert_eq!(only_by_rule, ["2012-05-28", "2020-05-04", "2022-05-30"]);
    for holiday in shipped.holidays() {
        let expected = matches!(holiday.kind, HolidayKind::Moved | HolidayKind::OneOff);
        assert_eq!(!by_rule.contains(&holiday.on), expected, "{} {}", holiday.on, holiday.name);
    }
}

#[test]
fn rules_and_list_give_a_holiday_the_same_name_and_kind() {
    for holiday in england_and_wales().holidays() {
        if let Some(ruled) = holidays_by_rule(holiday.on.year()).into_iter().find(|by| by.on == holiday.on) {
            assert_eq!(&ruled, holiday);
        }
    }
}

#[test]
fn a_start_on_a_weekend_counts_from_the_next_working_day() {
    assert_eq!(due(date(2026, 8, 29), 1), date(2026, 9, 1));
    assert_eq!(due(date(2026, 8, 28), 1), date(2026, 9, 1));
}

#[test]
fn a_stop_on_a_weekend_counts_as_the_friday_before() {
    assert_eq!(between(date(2026, 9, 1), date(2026, 9, 6)), between(date(2026, 9, 1), date(2026, 9, 4)));
    assert_eq!(between(date(2026, 9, 5), date(2026, 9, 6)), Some(0));
}

#[test]
fn a_stop_before_its_start_is_unknown_not_zero() {
    assert_eq!(between(date(2026, 9, 2), date(2026, 9, 1)), None);
}

#[test]
fn outside_the_listed_years_the_answer_says_that_it_rests_on_the_rules() {
    let shipped = england_and_wales();
    assert_eq!(shipped.basis(date(2028, 12, 31)), Basis::Listed);
    assert_eq!(shipped.basis(date(2029, 1, 1)), Basis::ByRule);
    let over_new_year = shipped.add_working_days(date(2028, 12, 27), 5).expect("a date in range");
    assert_eq!(over_new_year, Counted { value: date(2029, 1, 4), basis: Basis::ByRule });
    let good_friday_2035 = shipped.holiday_on(date(2035, 3, 23)).expect("Easter 2035 is on 25 March");
    assert_eq!(good_friday_2035.name, "Good Friday");
}

#[test]
fn easter_falls_on_its_known_extremes() {
    for (year, month, day) in [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2038, 4, 25), (2285, 3, 22)] {
        assert_eq!(easter_sunday(year), Some(date(year, month, day)));
    }
    assert_eq!(easter_sunday(1066), None);
}

#[test]
fn the_end_of_the_calendar_is_no_deadline() {
    assert_eq!(england_and_wales().add_working_days(Date::MAX, 1), None);
    assert_eq!(england_and_wales().add_working_days(Date::MAX, 0).map(|day| day.value), Some(Date::MAX));
}

const SHIPPED: &str = include_str!("../../../../library/calendars/england-and-wales.toml");

fn refusal(text: &str) -> String {
    BankHolidays::parse(text).expect_err("the file is at fault").to_string()
}

#[test]
fn a_calendar_file_at_fault_is_refused_with_its_line() {
    let line_of = |needle: &str| {
        SHIPPED.lines().position(|line| line == needle).expect("the line stands in the file") + 1
    };
    let royal_wedding = line_of("date = 2011-04-29");
    let unknown = SHIPPED.replace("date = 2011-04-29", "day = 2011-04-29");
    assert_eq!(refusal(&unknown), format!("line {royal_wedding}: `day` is not a key of a holiday"));
    let weekend = SHIPPED.replace("date = 2011-04-29", "date = 2011-04-30");
    assert!(refusal(&weekend).ends_with("2011-04-30 falls on a weekend; list its substitute day instead"));
    let unordered = SHIPPED.replace("date = 2011-04-29", "date = 2011-04-20");
    assert!(refusal(&unordered).ends_with("2011-04-20 does not come after 2011-04-25"));
    let no_such_day = SHIPPED.replace("date = 2011-04-29", "date = 2011-02-29");
    assert_eq!(refusal(&no_such_day), format!("line {royal_wedding}: expected a date such as 2026-12-25"));
    let kind = SHIPPED.replacen("kind = \"one-off\"", "kind = \"party\"", 1);
    assert!(refusal(&kind).ends_with("the kinds are regular, substitute, moved and one-off"));
    let twice = SHIPPED.replace("date = 2011-04-29", "date = 2011-04-29\ndate = 2011-04-29");
    assert!(refusal(&twice).ends_with("`date` is given twice"));
    let years = SHIPPED.replace("last_year = 2028", "last_year = 2027");
    assert!(refusal(&years).ends_with("2028-01-03 lies outside the covered years"));
    let unversioned = SHIPPED.replace("version = ", "# version = ");
    assert!(refusal(&unversioned).ends_with("`version` is missing"));
}

#[test]
fn a_file_cut_short_is_refused_rather_than_moving_deadlines() {
    let cut = SHIPPED.find("[[holiday]]\ndate = 2028-12-25").expect("Christmas 2028 stands in the file");
    assert!(refusal(&SHIPPED[..cut]).ends_with("2028 has 6 holidays; a covered year has at least 8"));
}

#[test]
fn windows_line_ends_change_nothing() {
    let read = BankHolidays::parse(&SHIPPED.replace('\n', "\r\n")).expect("the same file");
    assert_eq!(&read, england_and_wales());
}

fn any_day() -> impl Strategy<Value = Date> {
    (1990i16..2060, 0i64..366)
        .prop_map(|(year, days)| date(year, 1, 1).checked_add(days.days()).expect("a date in range"))
}

proptest! {
    #[test]
    fn counting_back_from_a_deadline_gives_its_length(start in any_day(), count in 0u32..400) {
        prop_assert_eq!(between(start, due(start, count)), Some(count));
    }

    #[test]
    fn a_deadline_is_the_first_day_of_its_count(start in any_day(), count in 1u32..200) {
        let deadline = due(start, count);
        prop_assert!(england_and_wales().is_working_day(deadline));
        let eve = deadline.yesterday().expect("a date in range");
        prop_assert_eq!(between(start, eve), Some(count - 1));
    }

    #[test]
    fn counts_add_up_over_a_day_between(a in any_day(), b in any_day(), c in any_day()) {
        let mut days = [a, b, c];
        days.sort_unstable();
        let [first, middle, last] = days;
        let whole = between(first, last).expect("in order");
        let parts = between(first, middle).expect("in order") + between(middle, last).expect("in order");
        prop_assert_eq!(whole, parts);
    }

    #[test]
    fn a_longer_limit_never_falls_due_sooner(start in any_day(), count in 0u32..200) {
        prop_assert!(due(start, count) < due(start, count + 1));
    }
}

/// The next number of a small fixed sequence (SplitMix64), so that the cases are the same on every run.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

fn below(state: &mut u64, limit: i64) -> i64 {
    i64::try_from(next(state) >> 1).expect("63 bits") % limit
}

fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Listed => "listed",
        Basis::ByRule => "by-rule",
    }
}

/// One question for the oracle and our own answer to it.
fn case(state: &mut u64) -> (String, String) {
    // Three in four starts fall in the listed years, the rest up to forty years to either side.
    let (from, years) = if below(state, 4) == 0 { (date(1970, 1, 1), 100) } else { (date(2010, 1, 1), 19) };
    let start = from.checked_add(below(state, years * 365).days()).expect("a date in range");
    let shipped = england_and_wales();
    if below(state, 2) == 0 {
        let count = u32::try_from(below(state, 130)).expect("small");
        let answer = shipped.add_working_days(start, count).expect("a date in range");
        (format!("add {start} {count}"), format!("{} {}", answer.value, basis_word(answer.basis)))
    } else {
        let stop = start.checked_add((below(state, 220) - 20).days()).expect("a date in range");
        let answer = shipped.working_days_between(start, stop);
        let words = answer.map_or_else(
            || "none".to_owned(),
            |counted| format!("{} {}", counted.value, basis_word(counted.basis)),
        );
        (format!("between {start} {stop}"), words)
    }
}

/// One question about the years for which every one-off holiday is known, and our answer to it from the list that
/// pages walk and from the table that standards look up, which must be one.
fn case_of_known_years(state: &mut u64) -> (String, String) {
    static TABLE: OnceLock<WorkingDayTable> = OnceLock::new();
    let table = TABLE.get_or_init(|| WorkingDayTable::new(england_and_wales(), 2010, 2028));
    let first = date(2010, 1, 1);
    let days = days_between(first, date(2028, 12, 31));
    // Six months are left for what is added, so that no answer lies past the last year.
    let start = first.checked_add(below(state, days - 183).days()).expect("a date in range");
    let (question, walked, looked_up) = if below(state, 2) == 0 {
        let count = u32::try_from(below(state, 120)).expect("small");
        let looked_up = table.add(Day::of(start), count).map(|day| day.to_string());
        (format!("add {start} {count}"), Some(due(start, count).to_string()), looked_up)
    } else {
        let stop = start.checked_add((below(state, 200) - 20).days()).expect("a date in range");
        let looked_up = table.between(Day::of(start), Day::of(stop)).map(|count| count.to_string());
        (format!("between {start} {stop}"), between(start, stop).map(|count| count.to_string()), looked_up)
    };
    assert_eq!(walked, looked_up, "list and table, {question}");
    (question, walked.unwrap_or_else(|| "none".to_owned()))
}

#[test]
fn a_hundred_thousand_deadlines_agree_with_the_independent_oracle() {
    agree(&["bench/oracle/working_days.py", "library/calendars/england-and-wales.toml"], 20_260_501, case);
}

#[test]
fn a_hundred_thousand_deadlines_of_2010_to_2028_agree_with_holidays_that_nobody_copied_from_our_list() {
    agree(&["tests/oracle/working_days.py"], 20_261_122, case_of_known_years);
}

/// Asks a program in another language the same questions, and fails at the first answer that isn't ours.
fn agree(program_and_files: &[&str], seed: u64, case: impl Fn(&mut u64) -> (String, String)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let oracle = Command::new("python3")
        .args(program_and_files.iter().map(|file| root.join(file)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut oracle = match oracle {
        Ok(oracle) => oracle,
        Err(error) if std::env::var_os("CI").is_none() => {
            println!("skipped: the oracle needs python3 ({error})");
            return;
        }
        Err(error) => panic!("the oracle needs python3: {error}"),
    };
    let mut state = seed;
    let (questions, answers): (Vec<String>, Vec<String>) =
        std::iter::repeat_with(|| case(&mut state)).take(100_000).unzip();
    // The oracle reads all before it answers, so writing all first cannot block.
    let mut input = oracle.stdin.take().expect("a pipe");
    input.write_all(questions.join("\n").as_bytes()).expect("the oracle reads");
    drop(input);
    let output = oracle.wait_with_output().expect("the oracle ends");
    assert!(output.status.success(), "the oracle failed");
    let theirs = String::from_utf8(output.stdout).expect("plain text");
    assert_eq!(theirs.lines().count(), answers.len());
    for (number, ((question, ours), theirs)) in questions.iter().zip(&answers).zip(theirs.lines()).enumerate()
    {
        assert_eq!(ours, theirs, "case {number} of seed {seed}: {question}");
    }
}
