//! Tests of places. Postcodes here are made up: their areas (QX, QZ) are used nowhere.

mod geography;
mod register;
mod table;

use super::*;
use crate::day::Day;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).expect("a code")
}

fn postcode(text: &str) -> Postcode {
    Postcode::parse(text).expect("a postcode")
}

fn point(easting: u32, northing: u32) -> Option<GridReference> {
    GridReference::new(easting, northing)
}

/// A table of made-up postcodes in real districts.
fn table(as_at: &str, rows: &[(&str, Option<GridReference>, &str)]) -> BuiltTable {
    let mut builder = PlaceTableBuilder::new(england(), day(as_at));
    for (written, grid, district) in rows {
        builder.add(postcode(written), *grid, district);
    }
    builder.build().expect("rows that agree")
}
