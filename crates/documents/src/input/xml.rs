//! Reads XML from outside: no document types, no entities but the five and characters, bounded depth and attributes.

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::refusal::DocumentRefusal;

const DEEPEST: usize = 128;
const MOST_ATTRIBUTES: usize = 256;

/// One step through a document. Names come without their prefix.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Open(Element),
    Close(String),
    Text(String),
}

/// An opening tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A number in an attribute; anything else counts as absent.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// A property such as `<w:vanish/>`, on unless its value says off.
    pub(super) fn switched_on(&self) -> bool {
        !matches!(self.attribute("val"), Some("0" | "false" | "off"))
    }
}

/// The bytes of a part as text.
pub(super) fn decode(part: &str, bytes: Vec<u8>) -> Result<String, DocumentRefusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if broken {
            Err(damaged(part, "its characters cannot be decoded"))
        } else {
            Ok(text.into_owned())
        };
    }
    String::from_utf8(bytes).map_err(|_| damaged(part, "its characters cannot be decoded"))
}

/// Steps through one part of a document.
pub(super) struct Steps<'a> {
    part: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
    closing: Option<String>,
}

impl<'a> Steps<'a> {
    pub(super) fn new(part: &'a str, text: &'a str) -> Self {
        Self { part, reader: Reader::from_str(text), depth: 0, closing: None }
    }

    /// The next step, or nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Step>, DocumentRefusal> {
        if let Some(name) = self.closing.take() {
            return Ok(Some(Step::Close(name)));
        }
        loop {
            let event =
                self.reader.read_event().map_err(|error| damaged(self.part, &what_is_wrong(&error)))?;
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(
                            self.harmful(&format!("its elements are nested more than {DEEPEST} deep"))
                        );
                    }
                    return self.element(&start).map(|element| Some(Step::Open(element)));
                }
                Event::Empty(start) => {
                    let element = self.element(&start)?;
                    self.closing = Some(element.name.clone());
                    return Ok(Some(Step::Open(element)));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Step::Close(end.local_name().as_ref().to_owned())));
                }
                Event::Text(text) => return Ok(Some(Step::Text(text.xml10_content().into_owned()))),
                Event::CData(text) => return Ok(Some(Step::Text(text.xml10_content().into_owned()))),
                Event::GeneralRef(reference) => {
                    return self.character(&reference).map(|text| Some(Step::Text(text)));
                }
                Event::DocType(_) => return Err(self.harmful("it declares a document type")),
                Event::Eof if self.depth > 0 => {
                    return Err(damaged(self.part, "it ends in the middle"));
                }
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn element(&self, start: &BytesStart<'_>) -> Result<Element, DocumentRefusal> {
        let mut element = Element { name: start.local_name().as_ref().to_owned(), attributes: Vec::new() };
        let mut attributes = start.attributes();
        // Looking for duplicates costs the square of their number, and the count is bounded here.
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|_| damaged(self.part, "an attribute is malformed"))?;
            if element.attributes.len() == MOST_ATTRIBUTES {
                return Err(self.harmful(&format!("an element has more than {MOST_ATTRIBUTES} attributes")));
            }
            let value = quick_xml::escape::unescape(&attribute.value)
                .map_err(|_| self.harmful("it refers to an entity it must not have"))?;
            element.attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        Ok(element)
    }

    fn character(&self, reference: &BytesRef<'_>) -> Result<String, DocumentRefusal> {
        if let Some(character) = reference
            .resolve_char_ref()
            .map_err(|_| damaged(self.part, "a character reference is malformed"))?
        {
            return Ok(character.to_string());
        }
        let text = match &**reference {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => return Err(self.harmful("it refers to an entity it must not have")),
        };
        Ok(text.to_owned())
    }

    fn harmful(&self, why: &str) -> DocumentRefusal {
        DocumentRefusal::UnsafeXml { part: self.part.to_owned(), why: why.to_owned() }
    }
}

fn damaged(part: &str, why: &str) -> DocumentRefusal {
    DocumentRefusal::DamagedWord { part: part.to_owned(), why: why.to_owned() }
}

/// The library's messages quote the document, and a refusal must not.
fn what_is_wrong(error: &quick_xml::Error) -> String {
    match error {
        quick_xml::Error::Syntax(_) => "its markup breaks off or is malformed",
        quick_xml::Error::IllFormed(_) => "its tags do not match",
        _ => "its markup cannot be read",
    }
    .to_owned()
}
