//! Joins the crate `pdf_text` to the other readers.

use pdf_text::{Limits, PdfRefusal};

use super::refusal::OtherKind;
use super::{DocumentRefusal, ExtractedText, Kind, LARGEST_FILE, LARGEST_TEXT};

pub(super) fn extract(bytes: &[u8]) -> Result<ExtractedText, DocumentRefusal> {
    let limits = Limits { bytes: LARGEST_FILE as usize, text_bytes: LARGEST_TEXT, ..Limits::default() };
    match pdf_text::extract(bytes, limits) {
        Ok(read) => Ok(ExtractedText {
            kind: Kind::Pdf,
            text: read.text,
            pages: Some(read.pages),
            warnings: read.warnings,
        }),
        Err(refusal) => Err(refused(refusal, bytes.len())),
    }
}

fn refused(refusal: PdfRefusal, bytes: usize) -> DocumentRefusal {
    match refusal {
        PdfRefusal::Empty => DocumentRefusal::Empty,
        PdfRefusal::WebPage { .. } => DocumentRefusal::Misnamed {
            extension: Kind::Pdf.in_plain_words().to_ascii_lowercase(),
            kind: Kind::Html,
        },
        PdfRefusal::NotPdf { .. } => DocumentRefusal::OtherKind { kind: OtherKind::Unknown },
        PdfRefusal::Encrypted => DocumentRefusal::PdfPassword,
        PdfRefusal::NoTextLayer { pages } => DocumentRefusal::PdfOfPictures { pages },
        PdfRefusal::Damaged { what } => DocumentRefusal::DamagedPdf { why: what },
        PdfRefusal::TooManyPages { pages, limit } => DocumentRefusal::TooManyPages { pages, limit },
        PdfRefusal::TooLarge { of: "file", limit } => {
            DocumentRefusal::TooLarge { bytes: bytes as u64, limit: limit as u64 }
        }
        PdfRefusal::TooLarge { limit, .. } => {
            DocumentRefusal::TooMuchText { kind: Kind::Pdf, bytes: limit as u64 + 1, limit: limit as u64 }
        }
    }
}
