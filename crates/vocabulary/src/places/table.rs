//! The postcode table: one file in memory, looked up by binary search.
//!
//! Layout, all numbers little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `HWPLACES` |
//! | 2, 2, 4, 4, 4 | version; authorities; outward parts; postcodes; the data's day, counted from 1 January 1970 |
//! | 9 each | authorities: codes of the Office for National Statistics |
//! | 4 + 4 each | outward parts in order: the part as a number, the place of its first postcode |
//! | 8 each | postcodes in order: inward part (13 bits), easting (20), northing (21), authority's place (8) |
//! | 4 | CRC-32 of everything before |
//!
//! An easting and northing of ones only stand for a place off the National Grid.

use super::checksum::crc32;
use super::{AreaCode, GridReference, Place, Postcode};
use crate::day::Day;

pub(super) const MAGIC: &[u8; 8] = b"HWPLACES";
pub(super) const VERSION: u16 = 1;
pub(super) const HEADER: usize = 24;
pub(super) const OUTWARD: usize = 8;
pub(super) const ROW: usize = 8;
pub(super) const CHECKSUM: usize = 4;

const AUTHORITY_BITS: u32 = 8;
const NORTHING_BITS: u32 = 21;
const EASTING_BITS: u32 = 20;
const GRID_BITS: u32 = NORTHING_BITS + EASTING_BITS;
const NO_GRID: u64 = (1 << GRID_BITS) - 1;

/// Why some bytes are not a postcode table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaceTableError {
    /// Another kind of file.
    #[error("this is not a postcode table")]
    NotATable,
    /// Written by another release.
    #[error("the table has version {0}, and this release reads version {VERSION}; build it again")]
    Version(u16),
    /// Shorter or longer than its heading says.
    #[error("the table has {found} bytes where its heading asks for {expected}; build or copy it again")]
    Length {
        /// Bytes that the heading asks for.
        expected: usize,
        /// Bytes that there are.
        found: usize,
    },
    /// Damaged since it was written.
    #[error("the table's checksum does not hold, so it was damaged; build or copy it again")]
    Checksum,
    /// Written by something else than Headway.
    #[error("the table is not in order; build it again")]
    Disordered,
}

/// A postcode table over its bytes.
#[derive(Clone, Debug)]
pub struct PlaceTable<'a> {
    as_at: Day,
    authorities: Vec<AreaCode>,
    outwards: &'a [[u8; OUTWARD]],
    rows: &'a [[u8; ROW]],
}

impl<'a> PlaceTable<'a> {
    /// Reads a table, and checks it whole: a table that is damaged or out of order would miss postcodes silently.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, PlaceTableError> {
        let heading = Heading::read(bytes)?;
        let (body, checksum) = heading.parts(bytes)?;
        if checksum != crc32(&bytes[..bytes.len() - CHECKSUM]) {
            return Err(PlaceTableError::Checksum);
        }
        let (codes, rest) = body.split_at(heading.authorities * AreaCode::LENGTH);
        let (outwards, rows) = rest.split_at(heading.outwards * OUTWARD);
        let authorities =
            codes.chunks_exact(AreaCode::LENGTH).map(AreaCode::from_bytes).collect::<Option<_>>();
        let table = Self {
            as_at: heading.as_at,
            authorities: authorities.ok_or(PlaceTableError::Disordered)?,
            outwards: outwards.as_chunks().0,
            rows: rows.as_chunks().0,
        };
        if table.is_in_order() { Ok(table) } else { Err(PlaceTableError::Disordered) }
    }

    /// The day whose boundaries and postcodes the table holds.
    pub fn as_at(&self) -> Day {
        self.as_at
    }

    /// How many postcodes it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The authorities that its postcodes lie in.
    pub fn authorities(&self) -> &[AreaCode] {
        &self.authorities
    }

    /// What is known of a postcode.
    pub fn find(&self, postcode: Postcode) -> Option<Place> {
        let part = self.outwards.binary_search_by_key(&postcode.outward, |entry| outward(entry).0).ok()?;
        let rows = self.rows.get(self.first_row(part)..self.first_row(part + 1))?;
        let found = rows.binary_search_by_key(&postcode.inward, inward).ok()?;
        self.place(rows[found])
    }

    /// Every place, without its postcode: for counting.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.rows.iter().filter_map(|row| self.place(*row))
    }

    fn place(&self, row: [u8; ROW]) -> Option<Place> {
        let authority = *self.authorities.get(usize::from(row[0]))?;
        Some(Place { grid: grid(&row), authority })
    }

    fn first_row(&self, part: usize) -> usize {
        self.outwards.get(part).map_or(self.rows.len(), |entry| outward(entry).1)
    }

    fn is_in_order(&self) -> bool {
        let parts_rise = self.outwards.windows(2).all(|pair| outward(&pair[0]) < outward(&pair[1]));
        let starts_rise =
            (0..self.outwards.len()).all(|part| self.first_row(part) < self.first_row(part + 1));
        let whole = self.first_row(0) == 0 && self.outwards.is_empty() == self.rows.is_empty();
        let known = |row: &[u8; ROW]| usize::from(row[0]) < self.authorities.len();
        parts_rise && starts_rise && whole && self.rows_rise() && self.rows.iter().all(known)
    }

    fn rows_rise(&self) -> bool {
        let within = |part: usize| self.rows.get(self.first_row(part)..self.first_row(part + 1));
        (0..self.outwards.len()).all(|part| {
            within(part).is_some_and(|rows| rows.windows(2).all(|pair| inward(&pair[0]) < inward(&pair[1])))
        })
    }
}

struct Heading {
    authorities: usize,
    outwards: usize,
    rows: usize,
    as_at: Day,
}

impl Heading {
    fn read(bytes: &[u8]) -> Result<Self, PlaceTableError> {
        let Some((heading, _)) = bytes.split_first_chunk::<HEADER>().filter(|_| bytes.starts_with(MAGIC))
        else {
            return Err(PlaceTableError::NotATable);
        };
        let short = |at: usize| u16::from_le_bytes([heading[at], heading[at + 1]]);
        let long = |at: usize| [heading[at], heading[at + 1], heading[at + 2], heading[at + 3]];
        if short(8) != VERSION {
            return Err(PlaceTableError::Version(short(8)));
        }
        Ok(Self {
            authorities: usize::from(short(10)),
            outwards: u32::from_le_bytes(long(12)) as usize,
            rows: u32::from_le_bytes(long(16)) as usize,
            as_at: Day(i32::from_le_bytes(long(20))),
        })
    }

    /// What lies between heading and checksum, and the checksum.
    fn parts<'a>(&self, bytes: &'a [u8]) -> Result<(&'a [u8], u32), PlaceTableError> {
        let body = self.authorities * AreaCode::LENGTH + self.outwards * OUTWARD + self.rows * ROW;
        let expected = HEADER + body + CHECKSUM;
        let wrong = PlaceTableError::Length { expected, found: bytes.len() };
        if bytes.len() != expected {
            return Err(wrong);
        }
        let (rest, checksum) = bytes.split_last_chunk::<CHECKSUM>().ok_or(wrong)?;
        Ok((&rest[HEADER..], u32::from_le_bytes(*checksum)))
    }
}

fn outward([a, b, c, d, e, f, g, h]: &[u8; OUTWARD]) -> (u32, usize) {
    (u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes([*e, *f, *g, *h]) as usize)
}

fn inward(row: &[u8; ROW]) -> u16 {
    (u64::from_le_bytes(*row) >> (AUTHORITY_BITS + GRID_BITS)) as u16
}

fn grid(row: &[u8; ROW]) -> Option<GridReference> {
    let packed = u64::from_le_bytes(*row) >> AUTHORITY_BITS & NO_GRID;
    let (easting, northing) = (packed >> NORTHING_BITS, packed & ((1 << NORTHING_BITS) - 1));
    let point = GridReference { easting: easting as u32, northing: northing as u32 };
    (packed != NO_GRID).then_some(point)
}

/// The eight bytes of a postcode, its authority given by its place in the list.
pub(super) fn pack(inward: u16, grid: Option<GridReference>, authority: u8) -> [u8; ROW] {
    let packed =
        grid.map_or(NO_GRID, |point| u64::from(point.easting) << NORTHING_BITS | u64::from(point.northing));
    (u64::from(inward) << (AUTHORITY_BITS + GRID_BITS) | packed << AUTHORITY_BITS | u64::from(authority))
        .to_le_bytes()
}
