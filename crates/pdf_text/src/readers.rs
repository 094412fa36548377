//! The two libraries behind one manner: a document's text, or why not.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_oxide::document::PdfDocument;
use pdf_oxide::error::Error;

use crate::{Limits, PdfRefusal, PdfText, layout};

/// Text by `pdf_oxide`. A hostile file may panic it, and a panic must not take a web node down, so it is caught.
pub(crate) fn first_opinion(bytes: &[u8], limits: Limits) -> Result<PdfText, PdfRefusal> {
    catch_unwind(AssertUnwindSafe(|| read_pages(bytes, limits)))
        .unwrap_or_else(|_| Err(PdfRefusal::Damaged { what: "the reader stopped unexpectedly".to_owned() }))
}

/// Text by `pdf-extract`, or nothing when it cannot read the file.
pub fn second_opinion(bytes: &[u8]) -> Option<String> {
    catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem(bytes).ok())).ok().flatten()
}

fn read_pages(bytes: &[u8], limits: Limits) -> Result<PdfText, PdfRefusal> {
    let document = PdfDocument::from_bytes(bytes.to_vec()).map_err(refusal_of)?;
    if document.is_encrypted() && !document.authenticate(b"").unwrap_or(false) {
        return Err(PdfRefusal::Encrypted);
    }
    let pages = document.page_count().map_err(refusal_of)?;
    if pages == 0 {
        return Err(PdfRefusal::Damaged { what: "it has no pages".to_owned() });
    }
    if pages > limits.pages {
        return Err(PdfRefusal::TooManyPages { pages, limit: limits.pages });
    }
    let mut reading = PdfText { pages, ..PdfText::default() };
    for page in 0..pages {
        if page > 0 {
            reading.text.push('\u{c}');
        }
        append_page(&document, page, &mut reading);
        if reading.text.len() > limits.text_bytes {
            return Err(PdfRefusal::TooLarge { of: "text", limit: limits.text_bytes });
        }
    }
    Ok(reading)
}

/// A page that cannot be read is named in the warnings: the rest of the document still counts.
fn append_page(document: &PdfDocument, page: usize, reading: &mut PdfText) {
    match page_lines(document, page) {
        Ok(text) => reading.text.push_str(&text),
        Err(_) => {
            reading.warnings.push(format!("Page {} could not be read: look at it in the document.", page + 1))
        }
    }
}

fn page_lines(document: &PdfDocument, page: usize) -> Result<String, Error> {
    const WIDTH_OF_A4: f32 = 595.0;
    let spans = document.extract_spans(page)?;
    let width = document.get_page_media_box(page).map_or(WIDTH_OF_A4, |(left, _, right, _)| right - left);
    if let Some(text) = layout::page_text(&spans, width) {
        return Ok(text);
    }
    let text = document.extract_text(page)?;
    Ok(text.chars().filter(|character| *character != '\u{c}' && *character != '\r').collect())
}

fn refusal_of(error: Error) -> PdfRefusal {
    match error {
        Error::EncryptedPdf => PdfRefusal::Encrypted,
        other => {
            let mut what = other.to_string();
            if let Some((end, _)) = what.char_indices().nth(120) {
                what.truncate(end);
            }
            PdfRefusal::Damaged { what }
        }
    }
}
