//! Postcodes as people write them, and tables written and read back.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::checksum::crc32;
use super::*;

#[test]
fn a_postcode_is_read_however_it_was_typed() {
    for written in ["QX1 1AA", "qx11aa", " QX1  1AA ", "QX1\u{a0}1aa"] {
        assert_eq!(postcode(written), postcode("QX1 1AA"), "{written:?}");
    }
}

#[test]
fn every_form_of_outward_part_is_read_and_nothing_else() {
    for written in ["Q1 1AA", "Q11 1AA", "QX1 1AA", "QX11 1AA", "Q1X 1AA", "QX1X 1AA"] {
        assert!(Postcode::parse(written).is_some(), "{written}");
    }
    let others =
        ["", "QX1", "1QX 1AA", "QXX 1AA", "QX1 AAA", "QX1 11A", "QX1 1A-", "QX111 1AA", "QX1 1AAA", "É1 1AA"];
    for written in others {
        assert!(Postcode::parse(written).is_none(), "{written}");
    }
}

#[test]
fn a_postcode_does_not_print_itself() {
    let printed = format!("{:?}", postcode("QX1 1AA"));
    assert!(!printed.contains("QX"), "{printed}");
}

#[test]
fn the_checksum_is_the_one_that_other_tools_know() {
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
}

#[test]
fn a_table_gives_the_place_of_a_postcode_and_nothing_for_its_neighbours() {
    let built = table(
        "2025-11-01",
        &[
            ("QX1 1AA", point(400_000, 300_000), "E07000008"),
            ("QX1 1AC", point(400_100, 300_000), "E06000061"),
            ("QZ9 9ZZ", point(200_000, 200_000), "W06000015"),
            ("QZ9 9ZX", point(146_000, 370_000), "N09000003"),
        ],
    );
    let table = PlaceTable::parse(&built.bytes).expect("a table");
    assert_eq!((table.as_at(), table.len()), (day("2025-11-01"), 4));
    let found = table.find(postcode("QX1 1AA")).expect("in the table");
    assert_eq!((found.grid, found.authority), (point(400_000, 300_000), code("E10000003")));
    assert_eq!(table.find(postcode("QZ9 9ZZ")).map(|place| place.authority), Some(code("W06000015")));
    assert_eq!(table.find(postcode("QX1 1AB")), None);
    assert_eq!(table.find(postcode("QX2 1AA")), None);
    let northern_ireland = table.find(postcode("QZ9 9ZX")).expect("in the table");
    assert_eq!(northern_ireland.grid, None, "its grid is the Irish one, so no distance may be taken");
}

#[test]
fn districts_that_are_unknown_or_have_ended_are_counted_by_code() {
    let built = table(
        "2025-11-01",
        &[
            ("QX1 1AA", point(1, 1), "E07000999"),
            ("QX1 1AB", point(1, 1), "E07000999"),
            ("QX1 1AC", point(1, 1), "E08000019"),
            ("QX1 1AD", point(1, 1), "here"),
            ("QX1 1AE", point(1, 1), "E08000039"),
        ],
    );
    assert_eq!(built.unknown, BTreeMap::from([("E07000999".into(), 2), ("here".into(), 1)]));
    assert_eq!(built.ended, BTreeMap::from([("E08000019".into(), 1)]));
    assert_eq!(built.postcodes, 2);
}

#[test]
fn a_row_given_twice_counts_once_and_two_places_for_a_postcode_are_refused() {
    let again = ("QX1 1AA", point(1, 1), "E08000039");
    assert_eq!(table("2025-11-01", &[again, again]).repeated, 1);
    let mut builder = PlaceTableBuilder::new(england(), day("2025-11-01"));
    builder.add(postcode("QX1 1AA"), point(1, 1), "E08000039");
    builder.add(postcode("QX1 1AA"), point(2, 2), "E08000039");
    assert_eq!(builder.build().err(), Some(WritingRefusal::Conflicts(1)));
}

#[test]
fn a_table_is_refused_with_the_reason() {
    let bytes = table("2025-11-01", &[("QX1 1AA", point(1, 1), "E08000039")]).bytes;
    let refused = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = bytes.clone();
        change(&mut bytes);
        PlaceTable::parse(&bytes).err()
    };
    assert_eq!(refused(&|bytes| bytes[0] = b'P'), Some(PlaceTableError::NotATable));
    assert_eq!(refused(&|bytes| bytes[8] = 9), Some(PlaceTableError::Version(9)));
    let length = PlaceTableError::Length { expected: bytes.len(), found: bytes.len() - 1 };
    assert_eq!(refused(&|bytes| bytes.truncate(bytes.len() - 1)), Some(length));
    assert_eq!(refused(&|bytes| bytes[30] ^= 1), Some(PlaceTableError::Checksum));
    assert_eq!(PlaceTable::parse(b"").err(), Some(PlaceTableError::NotATable));
}

#[test]
fn a_table_without_postcodes_finds_none() {
    let bytes = table("2025-11-01", &[]).bytes;
    assert_eq!(PlaceTable::parse(&bytes).expect("a table").find(postcode("QX1 1AA")), None);
}

const ANY_POSTCODE: &str = "[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}";

prop_compose! {
    fn any_place()(
        easting in 0..=GridReference::LARGEST_EASTING,
        northing in 0..=GridReference::LARGEST_NORTHING,
        district in prop::sample::select(vec!["E06000001", "E07000008", "E09000001", "S12000033", "W06000001"]),
    ) -> (u32, u32, &'static str) {
        (easting, northing, district)
    }
}

proptest! {
    #[test]
    fn what_is_written_is_found_and_nothing_else(
        rows in prop::collection::btree_map(ANY_POSTCODE, any_place(), 0..60),
        others in prop::collection::vec(ANY_POSTCODE, 0..20),
    ) {
        let mut builder = PlaceTableBuilder::new(england(), day("2025-11-01"));
        for (written, (easting, northing, district)) in &rows {
            builder.add(postcode(written), point(*easting, *northing), district);
        }
        let built = builder.build().expect("each postcode once");
        let table = PlaceTable::parse(&built.bytes).expect("a table");
        for (written, (easting, northing, _)) in &rows {
            let found = table.find(postcode(written)).expect("what was written");
            prop_assert_eq!(found.grid, point(*easting, *northing));
        }
        for other in others.iter().filter(|other| !rows.contains_key(*other)) {
            prop_assert_eq!(table.find(postcode(other)), None);
        }
        prop_assert_eq!(table.places().count(), rows.len());
    }

    #[test]
    fn two_postcodes_are_the_same_only_when_written_the_same(
        one in ANY_POSTCODE,
        other in ANY_POSTCODE,
    ) {
        prop_assert_eq!(postcode(&one) == postcode(&other), one == other);
    }

    #[test]
    fn no_bytes_whatever_make_it_fall_over(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        at in 0_usize..200,
        flip in 1_u8..,
    ) {
        let _refused_or_not = PlaceTable::parse(&bytes);
        let mut damaged = table("2025-11-01", &[
            ("QX1 1AA", point(1, 1), "E08000039"),
            ("QZ1 1AA", point(2, 2), "E06000001"),
        ]).bytes;
        let at = at % damaged.len();
        damaged[at] ^= flip;
        prop_assert!(PlaceTable::parse(&damaged).is_err());
        // With the checksum put right, it is in order or refused, and a look-up never falls over.
        let end = damaged.len() - 4;
        let checksum = crc32(&damaged[..end]).to_le_bytes();
        damaged[end..].copy_from_slice(&checksum);
        if let Ok(table) = PlaceTable::parse(&damaged) {
            let _found_or_not = table.find(postcode("QZ1 1AA"));
            prop_assert_eq!(table.places().count(), table.len());
        }
    }
}
