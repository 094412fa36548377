//! What is kept of a snapshot: its records and findings, compressed and sealed.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use vocabulary::records::Records;

use super::FindingRow;
use crate::refusal::Refusal;
use crate::surroundings::{Chance, Keys};

/// The records and findings of a snapshot, the children under their random ids.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The records.
    pub records: Records,
    /// Where the rules found something.
    pub findings: Vec<FindingRow>,
}

impl Kept {
    /// As one sealed file.
    pub fn sealed(&self, keys: &Keys, chance: &Chance) -> Result<Vec<u8>, Refusal> {
        let findings = serde_json::to_vec(&self.findings).map_err(|_| damaged())?;
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
        let length = (findings.len() as u64).to_le_bytes();
        for part in [length.as_slice(), &findings, &self.records.to_bytes()] {
            packed.write_all(part).map_err(|_| damaged())?;
        }
        keys.seal(chance, &packed.finish().map_err(|_| damaged())?)
    }

    /// From the file that [`Kept::sealed`] made.
    pub fn from_sealed(keys: &Keys, sealed: &[u8]) -> Result<Self, Refusal> {
        let packed = keys.open_sealed(sealed)?;
        let mut open = Vec::new();
        DeflateDecoder::new(packed.as_slice()).read_to_end(&mut open).map_err(|_| damaged())?;
        let (length, rest) = open.split_first_chunk::<8>().ok_or_else(damaged)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged())?;
        let (findings, records) = rest.split_at_checked(length).ok_or_else(damaged)?;
        Ok(Self {
            records: Records::from_bytes(records).map_err(|_| damaged())?,
            findings: serde_json::from_slice(findings).map_err(|_| damaged())?,
        })
    }
}

fn damaged() -> Refusal {
    Refusal::Unavailable("The records of a snapshot are damaged on disk. Restore them from a backup.".into())
}
