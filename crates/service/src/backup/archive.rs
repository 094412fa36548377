//! A plain tar archive (POSIX ustar), written and read as a stream: regular files only, short names.

use std::io::{Error, ErrorKind, Read, Result, Write};

const BLOCK: usize = 512;
/// Where the fields of a header stand.
const MODE: usize = 100;
const SIZE: usize = 124;
const CHECKSUM: usize = 148;
const KIND: usize = 156;
const MAGIC: usize = 257;

/// Writes the header of a file.
pub fn head(out: &mut impl Write, name: &str, length: u64) -> Result<()> {
    let mut header = [0_u8; BLOCK];
    if name.len() > 99 {
        return Err(Error::new(ErrorKind::InvalidInput, "a name in the archive is too long"));
    }
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[MODE..MODE + 8].copy_from_slice(b"0000600\0");
    header[108..116].copy_from_slice(b"0000000\0");
    header[116..124].copy_from_slice(b"0000000\0");
    if length < 1 << 33 {
        header[SIZE..SIZE + 12].copy_from_slice(format!("{length:011o}\0").as_bytes());
    } else {
        // Lengths of 8 GiB and more stand in binary, as GNU tar writes them.
        header[SIZE] = 0x80;
        header[SIZE + 4..SIZE + 12].copy_from_slice(&length.to_be_bytes());
    }
    header[136..148].copy_from_slice(b"00000000000\0");
    header[KIND] = b'0';
    header[MAGIC..MAGIC + 8].copy_from_slice(b"ustar\x0000");
    let sum = checksum(&header);
    header[CHECKSUM..CHECKSUM + 8].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    out.write_all(&header)
}

/// Fills the last block of a file.
pub fn pad(out: &mut impl Write, length: u64) -> Result<()> {
    out.write_all(&[0; BLOCK][..padding(length)])
}

/// Ends the archive.
pub fn end(out: &mut impl Write) -> Result<()> {
    out.write_all(&[0; 2 * BLOCK])
}

fn padding(length: u64) -> usize {
    (BLOCK - (length % BLOCK as u64) as usize) % BLOCK
}

/// The sum of the header's bytes with the checksum itself taken as spaces.
fn checksum(header: &[u8; BLOCK]) -> u32 {
    let counted = |(place, byte): (usize, &u8)| {
        u32::from(if (CHECKSUM..CHECKSUM + 8).contains(&place) { b' ' } else { *byte })
    };
    header.iter().enumerate().map(counted).sum()
}

/// A file in an archive.
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its length in bytes, which follow.
    pub length: u64,
}

/// The files of an archive, one after another.
pub struct Entries<R> {
    inner: R,
}

impl<R: Read> Entries<R> {
    /// Reads from the start of an archive.
    pub fn new(inner: R) -> Self {
        Self { inner }
    }

    /// The next file's header; its bytes are to be read next, then the padding. None at the end, when all was read.
    pub fn next_entry(&mut self) -> Result<Option<Entry>> {
        let mut header = [0_u8; BLOCK];
        self.inner.read_exact(&mut header)?;
        if header == [0; BLOCK] {
            // Reading to the end makes the decryption check its last part.
            std::io::copy(&mut self.inner, &mut std::io::sink())?;
            return Ok(None);
        }
        let broken = || Error::new(ErrorKind::InvalidData, "the archive in the backup is damaged");
        let sum = octal(&header[CHECKSUM..CHECKSUM + 6]).ok_or_else(broken)?;
        if sum != u64::from(checksum(&header)) || header[KIND] != b'0' {
            return Err(broken());
        }
        let name = header[..MODE].split(|byte| *byte == 0).next().unwrap_or_default();
        let name = String::from_utf8(name.to_vec()).map_err(|_| broken())?;
        let length = if header[SIZE] == 0x80 {
            let bytes = header[SIZE + 4..SIZE + 12].try_into().map_err(|_| broken())?;
            u64::from_be_bytes(bytes)
        } else {
            octal(&header[SIZE..SIZE + 11]).ok_or_else(broken)?
        };
        Ok(Some(Entry { name, length }))
    }

    /// Skips what fills a file's last block.
    pub fn skip_padding(&mut self, length: u64) -> Result<()> {
        let mut rest = [0_u8; BLOCK];
        self.inner.read_exact(&mut rest[..padding(length)])
    }
}

impl<R: Read> Read for Entries<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        self.inner.read(buffer)
    }
}

fn octal(digits: &[u8]) -> Option<u64> {
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok()
}
