//! Why a file cannot be read as a PDF with text, and what the person at the screen can do about it.

use crate::Limits;

/// A refusal to read. Each message says what is wrong, where it shows, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfRefusal {
    /// The bytes are a web page, often an error or sign-in page saved under the name of the report.
    #[error(
        "this is a web page saved under a PDF's name, not a PDF: its first bytes are {begins:?}; open the address in a \
         browser, download the document itself and try again"
    )]
    WebPage {
        /// The first characters of the file.
        begins: String,
    },
    /// The bytes are some other kind of file.
    #[error(
        "this is not a PDF: no %PDF mark in the first 1,024 bytes, which begin {begins:?}; check that the right file \
         was chosen, or save it as PDF again"
    )]
    NotPdf {
        /// The first characters of the file, without control characters.
        begins: String,
    },
    /// The file is empty.
    #[error("this file is empty (0 bytes); download or save it again")]
    Empty,
    /// The document opens only with a password.
    #[error(
        "this PDF is protected by a password; ask the sender for an unprotected copy, or print it to a new PDF from a \
         program that can open it"
    )]
    Encrypted,
    /// The pages are pictures.
    #[error(
        "this PDF has no text on its {pages} page(s): it is probably a scan; ask the publisher for the original, or run \
         text recognition over it first"
    )]
    NoTextLayer {
        /// Pages in the document.
        pages: usize,
    },
    /// The structure of the file is broken.
    #[error("this PDF is damaged ({what}); download or save it again")]
    Damaged {
        /// Where reading stopped.
        what: String,
    },
    /// More pages than the limit.
    #[error("this PDF has {pages} pages and the limit is {limit}; split it and read the part that is needed")]
    TooManyPages {
        /// Pages in the document.
        pages: usize,
        /// Pages allowed.
        limit: usize,
    },
    /// More bytes, or more text, than the limit.
    #[error("this PDF holds more than {limit} bytes of {of}; split it and read the part that is needed")]
    TooLarge {
        /// `file` or `text`.
        of: &'static str,
        /// Bytes allowed.
        limit: usize,
    },
}

/// Refuses by the first bytes alone, before any library sees the file.
pub(crate) fn refuse_what_is_no_pdf(bytes: &[u8], limits: Limits) -> Result<(), PdfRefusal> {
    const MARK_WITHIN: usize = 1024;
    if bytes.is_empty() {
        return Err(PdfRefusal::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(PdfRefusal::TooLarge { of: "file", limit: limits.bytes });
    }
    let head = &bytes[..bytes.len().min(MARK_WITHIN)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(());
    }
    let begins = first_characters(head);
    let lower = begins.to_lowercase();
    if lower.starts_with("<!doctype") || lower.starts_with("<html") || lower.starts_with("<?xml") {
        return Err(PdfRefusal::WebPage { begins });
    }
    Err(PdfRefusal::NotPdf { begins })
}

fn first_characters(head: &[u8]) -> String {
    const SHOWN: usize = 24;
    String::from_utf8_lossy(head)
        .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
        .chars()
        .filter(|character| !character.is_control())
        .take(SHOWN)
        .collect()
}
