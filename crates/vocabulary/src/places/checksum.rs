//! CRC-32 as zip and PNG use it, so that any tool can check a table. It finds damage, not tampering.

/// The reversed polynomial of ISO 3309.
const POLYNOMIAL: u32 = 0xedb8_8320;

const TABLE: [u32; 256] = remainders();

const fn remainders() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut remainder = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            remainder = if remainder & 1 == 1 { remainder >> 1 ^ POLYNOMIAL } else { remainder >> 1 };
            bit += 1;
        }
        table[byte] = remainder;
        byte += 1;
    }
    table
}

/// The checksum of some bytes.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    let mut remainder = u32::MAX;
    for byte in bytes {
        let [lowest, ..] = remainder.to_le_bytes();
        remainder = remainder >> 8 ^ TABLE[usize::from(lowest ^ byte)];
    }
    !remainder
}
