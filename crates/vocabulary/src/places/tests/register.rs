//! The shipped register against the law of numbers: 153 authorities, no day without an authority.

use std::collections::BTreeSet;

use super::*;

/// First days of the financial years in which authorities changed, and how many authorities stood then.
const AUTHORITIES_ON: [(&str, usize); 7] = [
    ("2009-04-01", 152),
    ("2019-03-31", 152),
    ("2019-04-01", 151),
    ("2020-04-01", 151),
    ("2021-04-01", 152),
    ("2023-04-01", 153),
    ("2025-05-01", 153),
];

#[test]
fn there_are_as_many_authorities_as_there_were_on_every_day_of_change() {
    for (on, expected) in AUTHORITIES_ON {
        assert_eq!(england().authorities_on(day(on)).count(), expected, "on {on}");
    }
}

#[test]
fn england_has_296_districts_since_2023() {
    assert_eq!(england().districts_on(day("2023-04-01")).count(), 296);
    assert_eq!(england().districts_on(day("2026-11-22")).count(), 296);
    let kinds = ["E06", "E07", "E08", "E09"].map(|kind| {
        let of_kind = |district: &&District| district.code.as_str().starts_with(kind);
        england().districts_on(day("2026-11-22")).filter(of_kind).count()
    });
    assert_eq!(kinds, [63, 164, 36, 33]);
}

#[test]
fn every_district_lies_in_an_authority_that_stands_as_long_as_it_does() {
    for district in england().districts() {
        let authority = england().find_authority(district.authority).expect("an authority of the register");
        assert!(authority.from <= district.from, "{} before {}", district.name, authority.name);
        let outlives = authority.to.is_none_or(|end| district.to.is_some_and(|to| to <= end));
        assert!(outlives, "{} after {}", district.name, authority.name);
    }
}

#[test]
fn every_authority_has_a_district_on_every_day_it_stands() {
    let changes: BTreeSet<Day> = england().districts().iter().map(|district| district.from).collect();
    for change in changes {
        let with_districts: BTreeSet<_> =
            england().districts_on(change).map(|district| district.authority).collect();
        let standing: BTreeSet<_> =
            england().authorities_on(change).map(|authority| authority.code).collect();
        assert_eq!(with_districts, standing, "on {change}");
    }
}

#[test]
fn a_code_has_neither_gaps_nor_two_names_on_one_day() {
    for pair in england().districts().windows(2).filter(|pair| pair[0].code == pair[1].code) {
        let next = pair[0].to.expect("only the last name of a code stands").plus_days(1);
        assert_eq!(next, pair[1].from, "{} and {}", pair[0].name, pair[1].name);
    }
    assert!(england().districts().is_sorted_by_key(|district| (district.code, district.from)));
    assert!(england().authorities().is_sorted_by(|one, other| one.code < other.code));
}

#[test]
fn no_two_districts_and_no_two_authorities_share_a_name_or_a_department_code_on_a_day() {
    fn unique<T: Ord>(on: Day, all: impl Iterator<Item = T>) {
        let all: Vec<T> = all.collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "on {on}");
    }
    let changes: BTreeSet<Day> = england().districts().iter().map(|district| district.from).collect();
    for on in changes {
        unique(on, england().districts_on(on).map(|district| &district.name));
        unique(on, england().authorities_on(on).map(|authority| &authority.name));
        unique(on, england().authorities_on(on).filter_map(|authority| authority.department_code.as_ref()));
    }
}

#[test]
fn every_authority_since_april_2009_has_its_department_code() {
    let without = england().authorities().iter().filter(|authority| authority.department_code.is_none());
    let names: Vec<_> = without.map(|authority| (authority.name.as_str(), authority.to)).collect();
    assert!(names.iter().all(|(_, to)| *to == Some(day("2009-03-31"))), "{names:?}");
}

#[test]
fn whatever_took_over_a_district_stands_the_day_after() {
    for district in england().districts() {
        for heir in &district.replaced_by {
            let next = district.to.expect("what was replaced has ended").plus_days(1);
            assert!(
                matches!(england().authority_of_district(*heir, next), Placing::Standing(_)),
                "{} was replaced by {heir}",
                district.name
            );
        }
    }
    let renamed = |district: &&District| {
        england().districts().iter().any(|other| other.code == district.code && other.from > district.from)
    };
    let ended = england().districts().iter().filter(|district| district.to.is_some());
    for district in ended.filter(|district| !renamed(district)) {
        assert!(!district.replaced_by.is_empty(), "nothing is said to have replaced {}", district.name);
    }
}

#[test]
fn only_what_was_read_nowhere_is_from_general_knowledge() {
    let unread =
        england().districts().iter().filter(|district| district.standing == Standing::GeneralKnowledge);
    assert!(unread.clone().all(|district| district.to == Some(day("2009-03-31"))));
    assert_eq!(unread.count(), 38);
}

#[test]
fn the_city_of_london_and_the_isles_of_scilly_are_authorities_of_their_own() {
    for (district, name) in [("E09000001", "City of London"), ("E06000053", "Isles of Scilly")] {
        let Placing::Standing(authority) = england().authority_of_district(code(district), day("2026-11-22"))
        else {
            panic!("{name} stands");
        };
        assert_eq!(england().find_authority(authority).expect("an authority").name, name);
    }
}

#[test]
fn a_district_leads_to_the_authority_of_its_day() {
    let placed = |district: &str, on: &str| england().authority_of_district(code(district), day(on));
    // Corby: Northamptonshire, then North Northamptonshire.
    assert_eq!(placed("E07000150", "2021-03-31"), Placing::Standing(code("E10000021")));
    assert_eq!(placed("E07000150", "2021-04-01"), Placing::Ended(code("E06000061")));
    // Taunton Deane: ended twice over, first into a district of the county, then into the unitary council.
    assert_eq!(placed("E07000190", "2019-04-01"), Placing::Ended(code("E10000027")));
    assert_eq!(placed("E07000190", "2023-04-01"), Placing::Ended(code("E06000066")));
    // Shepway kept its code when it was renamed.
    assert_eq!(placed("E07000112", "2018-03-31"), placed("E07000112", "2018-04-01"));
    // Not before its day, and not a district at all.
    assert_eq!(placed("E06000063", "2023-03-31"), Placing::Unknown);
    assert_eq!(placed("E06999999", "2023-03-31"), Placing::Unknown);
}

#[test]
fn a_file_with_a_fault_is_refused_with_its_line() {
    let heading = "# version 2026-11-22\ncode\tname\tfrom\tto\tdepartment_code\tstatus\tsources\n";
    let districts = "# version 2026-11-22\ncode\tname\tfrom\tto\tauthority\treplaced_by\tstatus\tsources\n";
    let refused =
        |row: &str| Register::parse(districts, &format!("{heading}{row}")).expect_err("a fault").line;
    assert_eq!(
        refused("E06000001\tA\t2009-01-01\t\t80\tverified\tread"),
        3,
        "a department code of two digits"
    );
    assert_eq!(refused("E06000001\tA\t2009-02-30\t\t805\tverified\tread"), 3, "a day that is not");
    assert_eq!(refused("E06000001\tA\t2009-01-01\t\t805\tverified\t"), 3, "no source");
    assert_eq!(refused("E06000001\tA\t2009-01-01\t\t805"), 3, "columns missing");
    assert_eq!(Register::parse(districts, "code\n").expect_err("no version").line, 1);
}
