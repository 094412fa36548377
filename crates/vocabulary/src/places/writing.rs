//! Writes a postcode table from rows of the Office's Postcode Directory: postcode, grid reference, district.
//!
//! A district that the register does not know is never passed over: stale maps of districts lose postcodes silently, so
//! it is listed with how many postcodes it holds, and whoever builds the table decides.

use std::collections::{BTreeMap, BTreeSet};

use super::checksum::crc32;
use super::register::Placing;
use super::table::{MAGIC, VERSION, pack};
use super::{AreaCode, GridReference, Place, Postcode, Register};
use crate::day::Day;

/// Collects rows for a table.
#[derive(Debug)]
pub struct PlaceTableBuilder<'a> {
    register: &'a Register,
    as_at: Day,
    placings: BTreeMap<String, Placing>,
    places: Vec<(Postcode, Place)>,
    unknown: BTreeMap<String, usize>,
    ended: BTreeMap<String, usize>,
}

/// A table, and what was noticed while it was written.
#[derive(Debug)]
pub struct BuiltTable {
    /// The table's bytes.
    pub bytes: Vec<u8>,
    /// Postcodes in it.
    pub postcodes: usize,
    /// Districts that belong to no known authority on the table's day, and how many postcodes were left out for each.
    pub unknown: BTreeMap<String, usize>,
    /// Districts that had ended by the table's day and were put into their heir's authority, with their postcodes.
    pub ended: BTreeMap<String, usize>,
    /// Rows that repeat another word for word.
    pub repeated: usize,
}

/// Why rows make no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WritingRefusal {
    /// There is no telling which place is right.
    #[error("{0} postcodes stand in the file more than once, with different places")]
    Conflicts(usize),
    /// More than a table can number, and more than there are.
    #[error("the file names {0} authorities; the United Kingdom has fewer than 256")]
    Authorities(usize),
}

impl<'a> PlaceTableBuilder<'a> {
    /// An empty table of a day.
    pub fn new(register: &'a Register, as_at: Day) -> Self {
        let (placings, places) = (BTreeMap::new(), Vec::new());
        Self { register, as_at, placings, places, unknown: BTreeMap::new(), ended: BTreeMap::new() }
    }

    /// Adds a postcode in a district.
    pub fn add(&mut self, postcode: Postcode, grid: Option<GridReference>, district: &str) {
        if !self.placings.contains_key(district) {
            let placing = placing(self.register, self.as_at, district);
            self.placings.insert(district.to_owned(), placing);
        }
        let authority = match self.placings[district] {
            Placing::Standing(authority) => authority,
            Placing::Ended(authority) => {
                count(&mut self.ended, district);
                authority
            }
            Placing::Unknown => return count(&mut self.unknown, district),
        };
        let grid = grid.filter(|_| authority.is_on_the_national_grid());
        self.places.push((postcode, Place { grid, authority }));
    }

    /// Sorts and writes the table.
    pub fn build(mut self) -> Result<BuiltTable, WritingRefusal> {
        let added = self.places.len();
        self.places
            .sort_by_key(|(postcode, place)| (*postcode, place.authority, easting_and_northing(place)));
        self.places.dedup();
        let conflicts = self.places.windows(2).filter(|pair| pair[0].0 == pair[1].0).count();
        if conflicts > 0 {
            return Err(WritingRefusal::Conflicts(conflicts));
        }
        let authorities = authorities(&self.places)?;
        let bytes = write(self.as_at, &authorities, &self.places);
        let postcodes = self.places.len();
        Ok(BuiltTable {
            bytes,
            postcodes,
            unknown: self.unknown,
            ended: self.ended,
            repeated: added - postcodes,
        })
    }
}

fn placing(register: &Register, as_at: Day, district: &str) -> Placing {
    match AreaCode::parse(district) {
        Some(code) if code.is_english() => register.authority_of_district(code, as_at),
        Some(code) => Placing::Standing(code),
        None => Placing::Unknown,
    }
}

fn count(counts: &mut BTreeMap<String, usize>, district: &str) {
    *counts.entry(district.to_owned()).or_default() += 1;
}

fn easting_and_northing(place: &Place) -> Option<(u32, u32)> {
    place.grid.map(|point| (point.easting, point.northing))
}

fn write(as_at: Day, authorities: &BTreeMap<AreaCode, u8>, places: &[(Postcode, Place)]) -> Vec<u8> {
    let starts: Vec<(u32, u32)> = starts(places);
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend((authorities.len() as u16).to_le_bytes());
    bytes.extend((starts.len() as u32).to_le_bytes());
    bytes.extend((places.len() as u32).to_le_bytes());
    bytes.extend(as_at.0.to_le_bytes());
    bytes.extend(authorities.keys().flat_map(|code| *code.bytes()));
    bytes.extend(
        starts.iter().flat_map(|(outward, first)| [outward.to_le_bytes(), first.to_le_bytes()]).flatten(),
    );
    bytes.extend(
        places
            .iter()
            .flat_map(|(postcode, place)| pack(postcode.inward, place.grid, authorities[&place.authority])),
    );
    bytes.extend(crc32(&bytes).to_le_bytes());
    bytes
}

/// Authorities in order of code, each with its place in the list.
fn authorities(places: &[(Postcode, Place)]) -> Result<BTreeMap<AreaCode, u8>, WritingRefusal> {
    let codes: BTreeSet<AreaCode> = places.iter().map(|(_, place)| place.authority).collect();
    if codes.len() > usize::from(u8::MAX) {
        return Err(WritingRefusal::Authorities(codes.len()));
    }
    Ok(codes.into_iter().zip(0..).collect())
}

fn starts(places: &[(Postcode, Place)]) -> Vec<(u32, u32)> {
    let mut starts: Vec<(u32, u32)> = Vec::new();
    for (first, (postcode, _)) in places.iter().enumerate() {
        if starts.last().is_none_or(|(outward, _)| *outward != postcode.outward) {
            starts.push((postcode.outward, first as u32));
        }
    }
    starts
}
