//! The text layer of a PDF: bytes in, text out, or a refusal that says what is wrong and what to do.
//!
//! `pdf_oxide` reads. `pdf-extract` is the second opinion, asked for only when the first answer looks thin or odd,
//! because it takes several times as long. Neither library is trusted: a panic inside one becomes a refusal, and the
//! caller still runs the whole reading in a limited child process.

mod agreement;
mod layout;
mod readers;
mod refusal;
#[cfg(test)]
mod tests;

pub use agreement::disagreement;
pub use readers::second_opinion;
pub use refusal::PdfRefusal;

/// Limits of one reading, set by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Files longer than this are refused unread.
    pub bytes: usize,
    /// Documents of more pages are refused before any page is read.
    pub pages: usize,
    /// Reading stops with a refusal once this much text has been produced.
    pub text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 * 1024 * 1024, pages: 600, text_bytes: 16 * 1024 * 1024 }
    }
}

/// The text of a PDF, in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PdfText {
    /// Pages separated by a form feed, lines by a line feed.
    pub text: String,
    /// How many pages the document has.
    pub pages: usize,
    /// Share of words on which the two readers differ, where the second was asked.
    pub second_opinion_disagreement: Option<f64>,
    /// What a person should know about the reading, in plain sentences.
    pub warnings: Vec<String>,
}

/// Above this share of differing words the reading carries a warning.
pub const NOTABLE_DISAGREEMENT: f64 = 0.02;

/// Reads the text layer, and asks the second reader when the first one's answer looks thin or odd.
pub fn extract(bytes: &[u8], limits: Limits) -> Result<PdfText, PdfRefusal> {
    refusal::refuse_what_is_no_pdf(bytes, limits)?;
    let mut reading = readers::first_opinion(bytes, limits)?;
    let words = agreement::words(&reading.text).count();
    if words == 0 {
        return Err(PdfRefusal::NoTextLayer { pages: reading.pages });
    }
    if looks_thin_or_odd(&reading, words) {
        compare(bytes, &mut reading);
    }
    Ok(reading)
}

/// Fewer words a page than any report has, or words that no person wrote: reasons to ask the second reader.
fn looks_thin_or_odd(reading: &PdfText, words: usize) -> bool {
    const FEWEST_WORDS_A_PAGE: usize = 40;
    let odd = agreement::words(&reading.text).filter(|word| agreement::is_odd(word)).count();
    words < FEWEST_WORDS_A_PAGE * reading.pages || odd * 50 > words
}

fn compare(bytes: &[u8], reading: &mut PdfText) {
    match second_opinion(bytes) {
        Some(other) => {
            let share = disagreement(&reading.text, &other);
            reading.second_opinion_disagreement = Some(share);
            if share > NOTABLE_DISAGREEMENT {
                reading.warnings.push(format!(
                    "Two readers of this PDF differ on {:.0}% of its words: compare what was read with the pages.",
                    share * 100.0
                ));
            }
        }
        None => reading.warnings.push(
            "This PDF has little or unusual text and a second reader could not read it: compare what was read with \
             the pages."
                .to_owned(),
        ),
    }
}
