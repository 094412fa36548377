//! Joins the crate `pdf_text` to the other readers.

use super::{DocumentRefusal, ExtractedText};

pub(super) fn extract(_bytes: &[u8]) -> Result<ExtractedText, DocumentRefusal> {
    Err(DocumentRefusal::DamagedPdf { why: "PDF reading is not wired in yet".to_owned() })
}
