//! Zip archives written field by field, so that any field can lie.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An entry, stored uncompressed unless its method says otherwise.
#[derive(Clone, Default)]
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    pub(super) content: Vec<u8>,
    pub(super) method: u16,
    pub(super) flags: u16,
    pub(super) attributes: u32,
    /// The unpacked size it claims, where that is not the truth.
    pub(super) claimed_size: Option<u32>,
    pub(super) wrong_checksum: bool,
    /// Shares the bytes of the entry before it.
    pub(super) overlaps: bool,
}

impl Entry {
    pub(super) fn new(name: &str, content: &[u8]) -> Self {
        Self { name: name.as_bytes().to_vec(), content: content.to_vec(), ..Self::default() }
    }

    fn sizes(&self) -> (u32, u32) {
        let packed = self.content.len() as u32;
        (packed, self.claimed_size.unwrap_or(packed))
    }

    /// The fields that the local header and the directory share.
    fn shared_fields(&self) -> Vec<u8> {
        let checksum = if self.wrong_checksum { 0xdead_beef } else { checksum(&self.content) };
        let (packed, size) = self.sizes();
        let mut fields = Vec::new();
        for short in [20, self.flags, self.method, 0, 0x21] {
            fields.extend(u16::to_le_bytes(short));
        }
        for long in [checksum, packed, size] {
            fields.extend(u32::to_le_bytes(long));
        }
        fields.extend((self.name.len() as u16).to_le_bytes());
        fields.extend(0_u16.to_le_bytes());
        fields
    }
}

/// The archive of some entries; `claimed` is the count its end states, where that is not the truth.
pub(super) fn write(entries: &[Entry], claimed: Option<u16>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    let mut start = 0_u32;
    for entry in entries {
        if !entry.overlaps {
            start = bytes.len() as u32;
            bytes.extend(b"PK\x03\x04");
            bytes.extend(entry.shared_fields());
            bytes.extend(&entry.name);
            bytes.extend(&entry.content);
        }
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(entry.shared_fields());
        directory.extend([0; 6]);
        directory.extend(entry.attributes.to_le_bytes());
        directory.extend(start.to_le_bytes());
        directory.extend(&entry.name);
    }
    let (at, count) = (bytes.len() as u32, claimed.unwrap_or(entries.len() as u16));
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(at.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// An honest, deflated archive.
pub(super) fn deflated(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).expect("a part can be started in memory");
        zip.write_all(content).expect("writing to memory does not fail");
    }
    zip.finish().expect("writing to memory does not fail").into_inner()
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut table = [0_u32; 256];
    for (value, slot) in (0_u32..).zip(&mut table) {
        *slot =
            (0..8).fold(value, |rest, _| if rest & 1 == 1 { (rest >> 1) ^ 0xedb8_8320 } else { rest >> 1 });
    }
    !bytes.iter().fold(u32::MAX, |sum, byte| (sum >> 8) ^ table[usize::from(sum as u8 ^ byte)])
}
