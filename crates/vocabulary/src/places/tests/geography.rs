//! From two postcodes to what may be kept, and why something can't be told.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const CUMBRIA: &str = "E10000006";
const CUMBERLAND: &str = "E06000063";
const WESTMORLAND_AND_FURNESS: &str = "E06000064";

#[test]
fn miles_are_those_of_the_return() {
    let home = point(400_000, 300_000).expect("a point");
    let miles = |east: u32, north: u32| {
        distance_miles(home, point(400_000 + east, 300_000 + north).expect("a point"))
    };
    assert_eq!(miles(0, 0), 0.0);
    assert_eq!(miles(3_000, 4_000), 3.1, "5 km");
    assert_eq!(miles(16_093, 0), 10.0);
    assert_eq!(miles(32_186, 0), 20.0);
    assert_eq!(miles(32_266, 0), 20.0, "20.0497 miles");
    assert_eq!(miles(32_268, 0), 20.1, "20.0510 miles");
}

#[test]
fn bands_split_where_the_national_statistics_do() {
    let band = |miles| DistanceBand::of(miles).code();
    assert_eq!([band(0.0), band(4.9), band(5.0), band(9.9)], ["under 5", "under 5", "5 to 10", "5 to 10"]);
    assert_eq!([band(10.0), band(20.0), band(20.1)], ["10 to 20", "10 to 20", "over 20"]);
}

proptest! {
    #[test]
    fn a_distance_is_the_same_both_ways_and_its_band_never_falls(
        (a, b) in (0_u32..700_000, 0_u32..1_200_000),
        (c, d) in (0_u32..700_000, 0_u32..1_200_000),
    ) {
        let (one, other) = (point(a, b).expect("a point"), point(c, d).expect("a point"));
        let miles = distance_miles(one, other);
        prop_assert_eq!(miles, distance_miles(other, one));
        prop_assert!(DistanceBand::of(miles) <= DistanceBand::of(miles + 0.1));
    }
}

#[test]
fn an_area_is_followed_through_new_codes_and_reorganisations() {
    let area = |council: &str, place: &str| england().area(code(council), code(place));
    let told = [
        ("E08000019", "E08000039", Area::Inside, "Sheffield under its older code"),
        ("E08000039", "E08000019", Area::Inside, "and a table older than the council's code"),
        (CUMBRIA, CUMBERLAND, Area::Inside, "Cumbria's children, a table of today"),
        ("E10000009", "E06000059", Area::Inside, "all of the new Dorset was in the old"),
        ("E06000058", "E06000028", Area::Inside, "all of Bournemouth is in the merged council"),
        (CUMBERLAND, WESTMORLAND_AND_FURNESS, Area::Outside, "two councils of one former county"),
        ("E06000059", "E06000028", Area::Outside, "Bournemouth was never Dorset's"),
        ("E09000001", "E09000033", Area::Outside, "the City is not Westminster"),
        ("E06000019", "W06000023", Area::Outside, "Wales"),
    ];
    for (council, place, expected, reason) in told {
        assert_eq!(area(council, place), Ok(expected), "{reason}");
    }
    let untold = [
        (CUMBERLAND, CUMBRIA, "a table from before the county was divided"),
        ("E06000028", "E06000058", "Bournemouth's children, a table since it merged with Poole"),
        ("E10000009", "E06000058", "Christchurch left Dorset for the merged council"),
    ];
    for (council, place, reason) in untold {
        assert_eq!(area(council, place), Err(Unplaced::Reorganised), "{reason}");
    }
    assert_eq!(area("W06000023", "E06000019"), Err(Unplaced::CouncilUnknown));
}

#[test]
fn at_a_distance_is_told_only_when_the_council_has_set_what_adjoins_it() {
    let cornwall = code("E06000052");
    let near = |adjoining: Option<&BTreeSet<AreaCode>>, place: &str| {
        england().nearness(cornwall, adjoining, code(place))
    };
    let set = BTreeSet::from([code("E10000008"), code("E06000026")]);
    assert_eq!(near(None, "E06000052"), Ok(Nearness::InArea), "its own area needs no setting");
    assert_eq!(near(None, "E10000008"), Err(Unplaced::AdjoiningUnset));
    assert_eq!(near(Some(&set), "E10000008"), Ok(Nearness::InAdjoiningArea));
    assert_eq!(near(Some(&set), "E09000001"), Ok(Nearness::AtADistance));
    assert_eq!(near(Some(&BTreeSet::new()), "E10000008"), Ok(Nearness::AtADistance), "set, and none adjoins");
    let older = BTreeSet::from([code("E08000019")]);
    let nearest = england().nearness(code("E08000018"), Some(&older), code("E08000039"));
    assert_eq!(nearest, Ok(Nearness::InAdjoiningArea), "a setting from before Sheffield's code changed");
}
