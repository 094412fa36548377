//! What a file is, told by its bytes. Names lie: the most common broken download is a web page under a PDF's name.

use serde::{Deserialize, Serialize};

use super::refusal::{DocumentRefusal, OtherKind};

/// A kind of file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Plain text.
    Text,
    /// Text with Markdown headings.
    Markdown,
    /// A web page.
    Html,
    /// A Word document of 2007 or later.
    Docx,
    /// A PDF.
    Pdf,
}

impl Kind {
    /// The kind as a person would name it, to stand after "the".
    pub fn in_plain_words(self) -> &'static str {
        match self {
            Self::Text => "text file",
            Self::Markdown => "Markdown file",
            Self::Html => "web page",
            Self::Docx => "Word document",
            Self::Pdf => "PDF",
        }
    }
}

/// What the first bytes say, before anything is unpacked or decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signature {
    Pdf,
    Zip,
    Ole,
    Other(OtherKind),
    PerhapsText,
}

/// Magic numbers, longest-lived first. Offsets other than 0 are handled in `signature`.
const MAGIC: &[(&[u8], OtherKind)] = &[
    (b"{\\rtf", OtherKind::RichText),
    (b"\x89PNG", OtherKind::Image),
    (b"\xff\xd8\xff", OtherKind::Image),
    (b"GIF87a", OtherKind::Image),
    (b"GIF89a", OtherKind::Image),
    (b"II*\0", OtherKind::Image),
    (b"MM\0*", OtherKind::Image),
    (b"\0\0\x01\0", OtherKind::Image),
    (b"\x7fELF", OtherKind::Program),
    (b"\xca\xfe\xba\xbe", OtherKind::Program),
    (b"\xcf\xfa\xed\xfe", OtherKind::Program),
    (b"\0asm", OtherKind::Program),
    (b"#!/", OtherKind::Program),
    (b"SQLite format 3\0", OtherKind::Database),
    (b"\x1f\x8b", OtherKind::Archive),
    (b"BZh", OtherKind::Archive),
    (b"\xfd7zXZ\0", OtherKind::Archive),
    (b"7z\xbc\xaf\x27\x1c", OtherKind::Archive),
    (b"Rar!\x1a\x07", OtherKind::Archive),
    (b"\x28\xb5\x2f\xfd", OtherKind::Archive),
    (b"ID3", OtherKind::Recording),
    (b"OggS", OtherKind::Recording),
    (b"\x1aE\xdf\xa3", OtherKind::Recording),
    (b"MIME-Version:", OtherKind::WebArchive),
    (b"From: <Saved by", OtherKind::WebArchive),
];

pub(super) fn signature(bytes: &[u8]) -> Signature {
    const PDF_MARK_WITHIN: usize = 1024;
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Signature::Zip;
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Signature::Ole;
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Signature::Other(*kind);
    }
    let follows = |at: usize, magic: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
    if bytes.starts_with(b"RIFF") {
        let picture = follows(8, b"WEBP");
        return Signature::Other(if picture { OtherKind::Image } else { OtherKind::Recording });
    }
    if follows(4, b"ftyp") {
        return Signature::Other(OtherKind::Recording);
    }
    if follows(257, b"ustar") {
        return Signature::Other(OtherKind::Archive);
    }
    if bytes.starts_with(b"MZ") && bytes.iter().take(64).any(|byte| *byte == 0) {
        return Signature::Other(OtherKind::Program);
    }
    let head = &bytes[..bytes.len().min(PDF_MARK_WITHIN)];
    // Readers accept a PDF mark after some junk, but a text or a page may well mention one.
    let junk = head.windows(5).position(|window| window == b"%PDF-");
    match junk {
        Some(at)
            if at == 0 || head[..at].iter().any(|byte| *byte == 0 || *byte >= 0x80) || blank(&head[..at]) =>
        {
            Signature::Pdf
        }
        _ => Signature::PerhapsText,
    }
}

fn blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

/// What an OLE container is: streams are named in UTF-16 in its directory.
pub(super) fn refusal_of_ole(bytes: &[u8]) -> DocumentRefusal {
    let names = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    let kind = if names("EncryptedPackage") {
        return DocumentRefusal::WordPassword;
    } else if names("WordDocument") {
        OtherKind::OldWord
    } else if names("Workbook") {
        OtherKind::Spreadsheet
    } else if names("PowerPoint Document") {
        OtherKind::Presentation
    } else {
        OtherKind::OldOffice
    };
    DocumentRefusal::OtherKind { kind }
}

/// Elements that a web page, or a piece of one, may begin with.
const PAGE_BEGINNINGS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<meta",
    "<title",
    "<style",
    "<script",
    "<link",
    "<main",
    "<article",
    "<section",
    "<header",
    "<nav",
    "<div",
    "<p>",
    "<p ",
    "<h1",
    "<h2",
    "<h3",
    "<table",
    "<ul",
    "<ol",
    "<center",
    "<font",
    "<span",
];

/// Whether decoded text is a web page, another XML file, Markdown or plain.
pub(super) fn kind_of_text(text: &str) -> Result<Kind, DocumentRefusal> {
    let start = first_markup(text);
    let head: String = start.chars().take(1024).collect::<String>().to_ascii_lowercase();
    if PAGE_BEGINNINGS.iter().any(|beginning| head.starts_with(beginning)) {
        return Ok(Kind::Html);
    }
    if head.starts_with("<?xml") || head.starts_with("<!doctype") {
        let page = head.contains("<html") || head.contains("<!doctype html");
        return if page { Ok(Kind::Html) } else { Err(DocumentRefusal::OtherKind { kind: OtherKind::Xml }) };
    }
    let heading = |line: &str| {
        let marks = line.len() - line.trim_start_matches('#').len();
        (1..=6).contains(&marks) && line[marks..].starts_with(' ')
    };
    Ok(if text.lines().take(2000).any(heading) { Kind::Markdown } else { Kind::Text })
}

/// The text from its first character that is neither white space nor a comment.
fn first_markup(text: &str) -> &str {
    const COMMENTS_LOOKED_PAST: usize = 20;
    let mut rest = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    for _ in 0..COMMENTS_LOOKED_PAST {
        let Some((_, after)) = rest.strip_prefix("<!--").and_then(|inside| inside.split_once("-->")) else {
            return rest;
        };
        rest = after.trim_start();
    }
    rest
}

/// Refuses a file whose name promises a kind its bytes are not. A name without a known ending promises nothing.
pub fn check_name(name: &str, bytes: &[u8]) -> Result<(), DocumentRefusal> {
    let Some((_, ending)) = name.rsplit_once('.') else { return Ok(()) };
    let extension = ending.to_ascii_lowercase();
    if !matches!(extension.as_str(), "pdf" | "docx" | "doc" | "docm" | "rtf" | "odt") {
        return Ok(());
    }
    let kind = match signature(bytes) {
        Signature::Pdf => Kind::Pdf,
        Signature::PerhapsText if !bytes.is_empty() => {
            let head = &bytes[..bytes.len().min(4096)];
            if head.contains(&0) || blank(head) {
                return Ok(());
            }
            kind_of_text(&String::from_utf8_lossy(head)).unwrap_or(Kind::Text)
        }
        // A zip under a PDF's name is opened, and says itself what it is.
        _ => return Ok(()),
    };
    if extension == "pdf" && kind == Kind::Pdf {
        Ok(())
    } else {
        Err(DocumentRefusal::Misnamed { extension, kind })
    }
}
