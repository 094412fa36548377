//! The bytes of a text file as text: UTF-8 and UTF-16 with or without a mark, Windows-1252 for the rest.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A file's text.
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// Whether some of it could not be decoded.
    pub broken: bool,
}

/// Decodes a file. UTF-8, which most are, is not copied.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Decoded { text, broken };
    }
    if let Some(encoding) = without_mark(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        return Decoded { text, broken };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), broken: false },
        Err(_) => {
            let (text, broken) = named(bytes).unwrap_or(WINDOWS_1252).decode_without_bom_handling(bytes);
            Decoded { text, broken }
        }
    }
}

/// Text in UTF-16 has a zero in every other byte as long as it is English.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let enough = head.len() / 4;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > enough => Some(UTF_16LE),
        (even, 0) if even > enough => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that an XML file says it has.
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(200)];
    let head = String::from_utf8_lossy(head);
    let after = head.split_once("encoding=")?.1;
    let quote = after.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
    Encoding::for_label(after[1..].split(quote).next()?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Child Unique ID,Allocated Worker\r\n1,Zoë\r\n";

    #[test]
    fn one_text_in_every_encoding_councils_use() {
        let wide = |bytes: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let files = [
            TEXT.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", TEXT.as_bytes()),
            marked(b"\xff\xfe", &wide(u16::to_le_bytes)),
            marked(b"\xfe\xff", &wide(u16::to_be_bytes)),
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
            WINDOWS_1252.encode(TEXT).0.into_owned(),
        ];
        for bytes in &files {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_ref(), decoded.broken), (TEXT, false), "{:?}", &bytes[..8]);
        }
    }

    #[test]
    fn an_encoding_that_the_file_names_is_used() {
        let bytes = b"<?xml version=\"1.0\" encoding=\"iso-8859-15\"?><a>\xa4</a>";
        assert!(decode(bytes).text.contains('€'));
    }
}
