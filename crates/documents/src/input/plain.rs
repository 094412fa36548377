//! Text files: the bytes as they are when they are UTF-8, otherwise decoded, saying from what.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::refusal::{DocumentRefusal, OtherKind};

/// Decoded text and what a person should know about the decoding.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) warnings: Vec<String>,
    /// Whether the bytes were UTF-8, so that offsets count in the file itself.
    pub(super) as_stored: bool,
}

/// Decodes a file that may be text.
///
/// UTF-8 comes back byte for byte. A byte order mark of UTF-8 becomes three spaces: the same number of bytes, so
/// that spans still count in the file, and white space to every reader.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, DocumentRefusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return utf_16(encoding, &bytes[mark..]);
    }
    if bytes.contains(&0) {
        return Err(DocumentRefusal::OtherKind { kind: OtherKind::Unknown });
    }
    let decoded = match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = match text.strip_prefix('\u{feff}') {
                Some(rest) => format!("   {rest}"),
                None => text.to_owned(),
            };
            Decoded { text, warnings: Vec::new(), as_stored: true }
        }
        Err(_) => mixed(bytes),
    };
    refuse_controls(&decoded.text)?;
    Ok(decoded)
}

fn utf_16(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, DocumentRefusal> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    refuse_controls(&text)?;
    let mut warnings = vec![format!(
        "The file is in {}, not UTF-8: it was converted, and line and character positions count in the converted text.",
        encoding.name()
    )];
    if broken {
        warnings.push(
            "Some characters could not be converted and show as “\u{fffd}”: compare with the file.".into(),
        );
    }
    Ok(Decoded { text: text.into_owned(), warnings, as_stored: false })
}

/// Keeps what is UTF-8 and takes every other byte as Windows-1252, which is what English offices save.
fn mixed(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut sound_characters = 0_usize;
    for chunk in bytes.utf8_chunks() {
        sound_characters += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    let warning = if sound_characters == 0 {
        "The file is in Windows-1252, not UTF-8: it was converted, and line and character positions count in the \
         converted text."
    } else {
        "The file mixes UTF-8 and Windows-1252: it was converted, and some characters may be wrong. Compare names and \
         quotations with the original."
    };
    Decoded { text, warnings: vec![warning.to_owned()], as_stored: false }
}

/// Text has next to no control characters; bytes that merely decode have many.
fn refuse_controls(text: &str) -> Result<(), DocumentRefusal> {
    let odd = |character: &char| {
        (character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{85}'))
            || *character == '\u{fffd}'
    };
    let controls = text.chars().filter(odd).count();
    if controls * 200 > text.len() {
        return Err(DocumentRefusal::OtherKind { kind: OtherKind::Unknown });
    }
    Ok(())
}

/// Decodes a web page by the encoding it names, when it is not UTF-8.
pub(super) fn decode_by_label(bytes: &[u8]) -> Option<Decoded> {
    const LABEL_WITHIN: usize = 2048;
    let head: String =
        bytes.iter().take(LABEL_WITHIN).map(|byte| char::from(*byte).to_ascii_lowercase()).collect();
    let (_, after) = head.split_once("charset=")?;
    let label: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | ':'))
        .collect();
    let encoding = Encoding::for_label(label.as_bytes())?;
    if encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE {
        return None;
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let warnings = vec![format!("The page is in {}, not UTF-8: it was converted.", encoding.name())];
    Some(Decoded { text: text.into_owned(), warnings, as_stored: false })
}
