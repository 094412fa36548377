//! Why a file cannot be read, in developers' words and in plain words for the person who chose it.

use serde::{Deserialize, Serialize};

use super::Kind;

/// A refusal as people read it: what is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainRefusal {
    /// What is wrong, in one sentence.
    pub what: String,
    /// The part of the file it concerns.
    #[serde(rename = "where")]
    pub where_: String,
    /// The next step that is likely to help.
    pub what_to_do: String,
}

/// A kind of file that Headway recognises but does not read as an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OtherKind {
    /// The Word format used before 2007.
    OldWord,
    /// Another file of the Office formats used before 2007.
    OldOffice,
    /// Rich Text Format.
    RichText,
    /// A text document of LibreOffice and others.
    OpenDocumentText,
    /// A workbook, of any program.
    Spreadsheet,
    /// Slides, of any program.
    Presentation,
    /// A picture.
    Image,
    /// Sound or video.
    Recording,
    /// A program.
    Program,
    /// A database.
    Database,
    /// An archive that holds other files.
    Archive,
    /// An XML file that is no web page.
    Xml,
    /// A web page saved with its pictures in one file, or a saved message.
    WebArchive,
    /// Bytes that are no text.
    Unknown,
}

impl OtherKind {
    fn in_plain_words(self) -> &'static str {
        match self {
            Self::OldWord => "a Word document in the format used before 2007 (.doc)",
            Self::OldOffice => "an Office file in the format used before 2007",
            Self::RichText => "a Rich Text document (.rtf)",
            Self::OpenDocumentText => "an OpenDocument text (.odt)",
            Self::Spreadsheet => "a spreadsheet",
            Self::Presentation => "a presentation",
            Self::Image => "a picture",
            Self::Recording => "a sound or video recording",
            Self::Program => "a program",
            Self::Database => "a database",
            Self::Archive => "an archive that holds other files",
            Self::Xml => "an XML data file",
            Self::WebArchive => "a saved message, or a web page saved as a single file",
            Self::Unknown => "not text, and no kind of document that Headway knows",
        }
    }

    fn what_to_do(self) -> &'static str {
        match self {
            Self::OldWord | Self::RichText | Self::OpenDocumentText | Self::OldOffice => {
                "Open it, save it as a Word document (.docx) or as a PDF, and use that file."
            }
            Self::Archive => "Open the archive, take the document out and use that file.",
            Self::Image => {
                "Ask the sender for the document as text (a Word document or a PDF), or type it out and keep the \
                 picture as evidence."
            }
            Self::Spreadsheet => {
                "Check that this is the document. Extracts and trackers are loaded as data, not read as instruments."
            }
            Self::WebArchive => "Save the page again as a web page (.html), or print it to PDF.",
            _ => {
                "Check that this is the right file. An instrument can be read from a PDF, a Word document (.docx), a \
                 web page or a text file."
            }
        }
    }
}

/// Why a file is not read. Nothing here quotes the file's contents.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum DocumentRefusal {
    /// The file has no bytes.
    #[error("file is empty")]
    Empty,
    /// The file, or the text in it, is only white space.
    #[error("no text: {kind:?} holds only white space")]
    Blank {
        /// The kind of the file.
        kind: Kind,
    },
    /// More bytes than may be taken in.
    #[error("file has {bytes} bytes, limit {limit}")]
    TooLarge {
        /// Bytes of the file.
        bytes: u64,
        /// The limit it is over.
        limit: u64,
    },
    /// More text than any instrument has.
    #[error("{kind:?} holds {bytes} bytes of text, limit {limit}")]
    TooMuchText {
        /// The kind of the file.
        kind: Kind,
        /// Bytes of text.
        bytes: u64,
        /// The limit it is over.
        limit: u64,
    },
    /// A recognised kind that is not read.
    #[error("not a kind that is read: {kind:?}")]
    OtherKind {
        /// What it is.
        kind: OtherKind,
    },
    /// The name promises one kind and the bytes are another.
    #[error("named .{extension}, but the bytes are {kind:?}")]
    Misnamed {
        /// The ending of the name.
        extension: String,
        /// What the bytes are.
        kind: Kind,
    },
    /// A Word document that opens only with a password.
    #[error("docx is encrypted")]
    WordPassword,
    /// An archive that may harm: paths, links, too many or too large entries, archives inside.
    #[error("unsafe archive: {why}")]
    UnsafeArchive {
        /// Which rule it breaks.
        why: String,
    },
    /// A part of a Word document that cannot be read.
    #[error("docx part {part} is damaged: {why}")]
    DamagedWord {
        /// The part by its name in the archive.
        part: String,
        /// What is wrong with it.
        why: String,
    },
    /// XML that may harm: a document type, nesting or attributes without end.
    #[error("unsafe XML in {part}: {why}")]
    UnsafeXml {
        /// The part by its name in the archive.
        part: String,
        /// Which rule it breaks.
        why: String,
    },
    /// A Word document whose pages are pictures.
    #[error("docx has no text but {pictures} pictures")]
    WordOfPictures {
        /// How many pictures stand in it.
        pictures: usize,
    },
    /// A PDF that opens only with a password.
    #[error("pdf is encrypted")]
    PdfPassword,
    /// A PDF whose pages are pictures.
    #[error("pdf has {pages} pages and no text layer")]
    PdfOfPictures {
        /// How many pages it has.
        pages: usize,
    },
    /// A PDF that cannot be read.
    #[error("pdf is damaged: {why}")]
    DamagedPdf {
        /// Where reading stopped.
        why: String,
    },
    /// A PDF with more pages than any instrument has.
    #[error("pdf has {pages} pages, limit {limit}")]
    TooManyPages {
        /// How many pages it has.
        pages: usize,
        /// The limit it is over.
        limit: usize,
    },
}

impl DocumentRefusal {
    /// The refusal in plain words.
    pub fn for_people(&self) -> PlainRefusal {
        let (what, where_, what_to_do) = self.sentences();
        PlainRefusal { what, where_, what_to_do: what_to_do.to_owned() }
    }

    fn sentences(&self) -> (String, String, &'static str) {
        const WHOLE: &str = "The whole file.";
        const AGAIN: &str =
            "Download or save the document again. If it still fails, ask the sender for another copy.";
        const PASSWORD: &str = "Open it with its password, save a copy without one, and use the copy.";
        match self {
            Self::Empty => ("The file is empty.".into(), "The whole file (0 bytes).".into(), AGAIN),
            Self::Blank { kind } => (
                format!("The {} has no words in it, only white space.", kind.in_plain_words()),
                WHOLE.into(),
                "Check that this is the right file, and that it was saved after it was written.",
            ),
            Self::TooLarge { bytes, limit } => (
                format!("The file is too large: {}, and the limit is {}.", size(*bytes), size(*limit)),
                WHOLE.into(),
                "Check that this is the right file. If it is, split it or save it without its pictures.",
            ),
            Self::TooMuchText { kind, bytes, limit } => (
                format!(
                    "The {} holds {} of text, and the limit is {}.",
                    kind.in_plain_words(),
                    size(*bytes),
                    size(*limit)
                ),
                WHOLE.into(),
                "An instrument is rarely over 1 MB of text. Check that this is the right file. If it is, split it.",
            ),
            Self::OtherKind { kind } => {
                (format!("The file is {}.", kind.in_plain_words()), WHOLE.into(), kind.what_to_do())
            }
            Self::Misnamed { extension, kind } => misnamed(extension, *kind),
            Self::WordPassword => {
                ("The Word document is protected by a password.".into(), WHOLE.into(), PASSWORD)
            }
            Self::UnsafeArchive { why } => (
                format!("The file could be harmful: {why}."),
                "The archive that makes up the file.".into(),
                "Do not open it. Ask the sender for the document as a PDF, and tell your security team.",
            ),
            Self::DamagedWord { part, why } => (
                format!("The Word document is damaged: {why}."),
                format!("The part “{part}” of the document."),
                AGAIN,
            ),
            Self::UnsafeXml { part, why } => (
                format!("The file could be harmful: {why}."),
                format!("The part “{part}” of the document."),
                "Do not open it. Ask the sender for the document as a PDF, and tell your security team.",
            ),
            Self::WordOfPictures { pictures } => (
                format!("The Word document has no text, only pictures ({pictures})."),
                WHOLE.into(),
                "It is probably a scan. Ask the sender for the original, or run text recognition over it first.",
            ),
            Self::PdfPassword => ("The PDF is protected by a password.".into(), WHOLE.into(), PASSWORD),
            Self::PdfOfPictures { pages } => (
                format!("The PDF has no text: its pages ({pages}) are pictures."),
                "Every page.".into(),
                "It is probably a scan. Ask the sender for the original, or run text recognition over it first.",
            ),
            Self::DamagedPdf { .. } => ("The PDF is damaged.".into(), WHOLE.into(), AGAIN),
            Self::TooManyPages { pages, limit } => (
                format!("The PDF has {pages} pages, and the limit is {limit}."),
                WHOLE.into(),
                "Check that this is the right file. If it is, split it and read the part that is needed.",
            ),
        }
    }
}

fn misnamed(extension: &str, kind: Kind) -> (String, String, &'static str) {
    let what = format!("The file's name ends in .{extension}, but it holds a {}.", kind.in_plain_words());
    let what_to_do = match kind {
        Kind::Html => {
            "Often this is an error or sign-in page that was saved in place of the document. Open the address in a \
             browser, download the document itself and try again. If the page is the document, save it as .html."
        }
        _ => "Check that this is the right file. If it is, give it the ending that fits what it holds.",
    };
    (what, "The whole file.".to_owned(), what_to_do)
}

/// A size in words, rounded up so that what is over a limit never reads like it.
fn size(bytes: u64) -> String {
    const MEGABYTE: u64 = 1_000_000;
    let tenths = bytes.div_ceil(MEGABYTE / 10);
    match bytes {
        MEGABYTE.. if tenths.is_multiple_of(10) => format!("{} MB", tenths / 10),
        MEGABYTE.. => format!("{}.{} MB", tenths / 10, tenths % 10),
        1000.. => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{bytes} bytes"),
    }
}
