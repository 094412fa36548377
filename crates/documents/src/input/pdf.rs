//! Joins the crate `pdf_text` to the other readers.

use pdf_text::{Limits, PdfRefusal};

use super::{DocumentRefusal, ExtractedText, Kind};

pub(super) fn extract(bytes: &[u8]) -> Result<ExtractedText, DocumentRefusal> {
    let limits = Limits { text_bytes: super::LARGEST_TEXT, ..Limits::default() };
    let read = pdf_text::extract(bytes, limits).map_err(refusal)?;
    Ok(ExtractedText { kind: Kind::Pdf, text: read.text, pages: Some(read.pages), warnings: read.warnings })
}

fn refusal(refusal: PdfRefusal) -> DocumentRefusal {
    match refusal {
        PdfRefusal::Encrypted => DocumentRefusal::PdfPassword,
        PdfRefusal::NoTextLayer { pages } => DocumentRefusal::PdfOfPictures { pages },
        PdfRefusal::TooManyPages { pages, limit } => DocumentRefusal::TooManyPages { pages, limit },
        PdfRefusal::TooLarge { limit, .. } => {
            DocumentRefusal::TooLarge { bytes: limit as u64 + 1, limit: limit as u64 }
        }
        PdfRefusal::Damaged { what } => DocumentRefusal::DamagedPdf { why: what },
        PdfRefusal::Empty => DocumentRefusal::Empty,
        other @ (PdfRefusal::WebPage { .. } | PdfRefusal::NotPdf { .. }) => {
            DocumentRefusal::DamagedPdf { why: other.to_string() }
        }
    }
}
