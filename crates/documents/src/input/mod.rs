//! A file's bytes become the text of the document, or a refusal that says what to do.
//!
//! What a file is, its bytes decide. Nothing is fetched, executed or written; limits follow the house's rules for
//! uploads: 100 MB a file, 512 MB unpacked at 100:1 at most, no document types, no deep nesting.

mod archive;
mod docx;
mod flow;
mod html;
mod kind;
mod labels;
mod pdf;
mod plain;
mod refusal;
mod xml;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use kind::{Kind, check_name};
pub use refusal::{DocumentRefusal, OtherKind, PlainRefusal};

use kind::Signature;

/// Files larger than this are refused unread.
pub const LARGEST_FILE: u64 = 100 * 1_000_000;

/// Text beyond this is no instrument.
pub const LARGEST_TEXT: usize = 5 * 1_000_000;

/// A web page may carry its pictures and styles inside.
const LARGEST_PAGE: usize = 20 * 1_000_000;

/// The text of a document as the reader of instruments takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractedText {
    /// What the file is.
    pub kind: Kind,
    /// Its text; a form feed marks a page break. For a text file in UTF-8 this is the file, byte for byte.
    pub text: String,
    /// Pages, where the format knows them.
    pub pages: Option<usize>,
    /// What a person should know about the extraction, in plain sentences.
    pub warnings: Vec<String>,
}

/// Extracts the text of a document, deciding by content what it is.
pub fn extract(bytes: &[u8]) -> Result<ExtractedText, DocumentRefusal> {
    let size = bytes.len() as u64;
    if bytes.is_empty() {
        return Err(DocumentRefusal::Empty);
    }
    if size > LARGEST_FILE {
        return Err(DocumentRefusal::TooLarge { bytes: size, limit: LARGEST_FILE });
    }
    let extracted = match kind::signature(bytes) {
        Signature::Pdf => pdf::extract(bytes)?,
        Signature::Zip => docx::extract(bytes)?,
        Signature::Ole => return Err(kind::refusal_of_ole(bytes)),
        Signature::Other(kind) => return Err(DocumentRefusal::OtherKind { kind }),
        Signature::PerhapsText => from_text(bytes)?,
    };
    if extracted.text.len() > LARGEST_TEXT {
        return Err(too_much_text(extracted.kind, extracted.text.len()));
    }
    if extracted.text.trim().is_empty() {
        return Err(DocumentRefusal::Blank { kind: extracted.kind });
    }
    Ok(extracted)
}

fn from_text(bytes: &[u8]) -> Result<ExtractedText, DocumentRefusal> {
    if bytes.len() > LARGEST_PAGE {
        return Err(too_much_text(Kind::Text, bytes.len()));
    }
    let mut decoded = plain::decode(bytes)?;
    let kind = kind::kind_of_text(&decoded.text)?;
    if kind != Kind::Html {
        return Ok(ExtractedText { kind, text: decoded.text, pages: None, warnings: decoded.warnings });
    }
    if !decoded.as_stored {
        decoded = plain::decode_by_label(bytes).unwrap_or(decoded);
    }
    Ok(ExtractedText { kind, text: html::text_of(&decoded.text), pages: None, warnings: decoded.warnings })
}

fn too_much_text(kind: Kind, bytes: usize) -> DocumentRefusal {
    DocumentRefusal::TooMuchText { kind, bytes: bytes as u64, limit: LARGEST_TEXT as u64 }
}
