//! XML returns: no document types, no entities but the five and characters, bounded depth and attributes.
//!
//! A walk through the file gives its elements as they end: those with text alone are leaves, the others are groups. What
//! a group means is for the return it belongs to (`census`, `care_return`).

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Gathered, Note, care_return, census};
use crate::NamedFile;
use crate::layout::Collection;
use crate::refusal::Refusal;

const DEEPEST: usize = 128;
const MOST_ATTRIBUTES: usize = 256;

/// An element's name, as a number among the names of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name(pub usize);

/// An element with text alone.
#[derive(Debug)]
pub struct Leaf<'a> {
    /// Its name.
    pub name: Name,
    /// Its text.
    pub text: Cow<'a, str>,
}

/// What hears of the elements of a file as they end.
pub trait Listener<'a> {
    /// An element began at a depth, from 0.
    fn opened(&mut self, names: &Names, name: Name, depth: usize);

    /// A leaf ended inside so many groups. It is given back when its group shall have it.
    fn leaf(&mut self, names: &Names, leaf: Leaf<'a>) -> Option<Leaf<'a>>;

    /// A group ended: its own depth from 0, and the leaves that stand in it, of which it may take any.
    fn group(&mut self, names: &Names, name: Name, depth: usize, leaves: &mut Vec<Leaf<'a>>, from: usize);
}

/// The names of a file's elements, each kept once.
#[derive(Debug, Default)]
pub struct Names {
    texts: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Names {
    fn number(&mut self, name: &str) -> Name {
        if let Some(&number) = self.numbers.get(name) {
            return Name(number);
        }
        self.texts.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.texts.len() - 1);
        Name(self.texts.len() - 1)
    }

    /// The text of a name.
    pub fn text(&self, name: Name) -> &str {
        &self.texts[name.0]
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }
}

/// Reads a file as the return of the collection, or notes that it is something else.
pub fn read(
    gathered: &mut Gathered,
    number: u32,
    file: &NamedFile<'_>,
    text: &str,
) -> Result<&'static str, Refusal> {
    let head: String = text.chars().take(1024).collect::<String>().to_ascii_lowercase();
    if head.contains("<!doctype html") || head.contains("<html") {
        gathered.note(Note::OtherKind, number, None, None, None);
        return Ok("a web page");
    }
    match gathered.layout.collection {
        Collection::ChildrenInNeed => {
            let mut listener = census::Census::new(gathered, number);
            walk(file.name, text, &mut listener)?;
            listener.finish();
        }
        Collection::Ssda903 => {
            let mut listener = care_return::CareReturn::new(gathered, number);
            walk(file.name, text, &mut listener)?;
            listener.finish();
        }
        Collection::AnnexA | Collection::Register(_) => {
            gathered.note(Note::UnknownSheet, number, None, None, None)
        }
    }
    Ok("an XML file")
}

struct Frame {
    name: Name,
    leaves_from: usize,
    is_group: bool,
}

/// Walks through a file. Anything that breaks its form refuses the whole: half a return is worse than none.
pub fn walk<'a>(file: &str, text: &'a str, listener: &mut impl Listener<'a>) -> Result<(), Refusal> {
    let mut walk = Walk {
        file,
        reader: Reader::from_str(text),
        names: Names::default(),
        frames: vec![],
        leaves: vec![],
    };
    let mut content: Cow<'a, str> = Cow::Borrowed("");
    loop {
        let event = walk.reader.read_event().map_err(|error| walk.broken(text, &error))?;
        match event {
            Event::Start(start) => {
                walk.open(listener, &start)?;
                content = Cow::Borrowed("");
            }
            Event::Empty(start) => {
                walk.open(listener, &start)?;
                walk.close(listener, Cow::Borrowed(""));
                content = Cow::Borrowed("");
            }
            Event::End(_) => walk.close(listener, std::mem::take(&mut content)),
            Event::Text(piece) => add(&mut content, piece.into_inner()),
            Event::CData(piece) => add(&mut content, piece.into_inner()),
            Event::GeneralRef(reference) => add(&mut content, Cow::Owned(walk.character(&reference)?)),
            Event::DocType(_) => return Err(walk.harmful("it declares a document type")),
            Event::Eof if walk.frames.is_empty() => return Ok(()),
            Event::Eof => return Err(walk.damaged(text, "it ends in the middle")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn add<'a>(content: &mut Cow<'a, str>, piece: Cow<'a, str>) {
    if content.is_empty() {
        *content = piece;
    } else {
        content.to_mut().push_str(&piece);
    }
}

struct Walk<'f, 'a> {
    file: &'f str,
    reader: Reader<&'a [u8]>,
    names: Names,
    frames: Vec<Frame>,
    leaves: Vec<Leaf<'a>>,
}

impl<'a> Walk<'_, 'a> {
    fn open(&mut self, listener: &mut impl Listener<'a>, start: &BytesStart<'_>) -> Result<(), Refusal> {
        if self.frames.len() >= DEEPEST {
            return Err(self.harmful(&format!("its elements are nested more than {DEEPEST} deep")));
        }
        if !start.attributes_raw().trim().is_empty() {
            let mut attributes = start.attributes();
            if attributes.with_checks(false).take(MOST_ATTRIBUTES + 1).count() > MOST_ATTRIBUTES {
                return Err(self.harmful(&format!("an element has more than {MOST_ATTRIBUTES} attributes")));
            }
        }
        if let Some(around) = self.frames.last_mut() {
            around.is_group = true;
        }
        let name = self.names.number(start.local_name().as_ref());
        listener.opened(&self.names, name, self.frames.len());
        self.frames.push(Frame { name, leaves_from: self.leaves.len(), is_group: false });
        Ok(())
    }

    fn close(&mut self, listener: &mut impl Listener<'a>, content: Cow<'a, str>) {
        // Tags that don't match have been refused by the reader.
        let Some(frame) = self.frames.pop() else { return };
        if frame.is_group {
            let depth = self.frames.len();
            listener.group(&self.names, frame.name, depth, &mut self.leaves, frame.leaves_from);
        } else {
            let leaf = Leaf { name: frame.name, text: content };
            self.leaves.extend(listener.leaf(&self.names, leaf));
        }
    }

    fn character(&self, reference: &BytesRef<'_>) -> Result<String, Refusal> {
        let character =
            reference.resolve_char_ref().map_err(|_| self.harmful("a character reference is malformed"))?;
        if let Some(character) = character {
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

    fn harmful(&self, why: &str) -> Refusal {
        Refusal::Unsafe { file: self.file.to_owned(), why: why.to_owned() }
    }

    /// The library's messages quote the file, and a refusal must not.
    fn broken(&self, text: &str, error: &quick_xml::Error) -> Refusal {
        let why = match error {
            quick_xml::Error::IllFormed(_) => "its tags do not match",
            _ => "its markup breaks off or is malformed",
        };
        self.damaged(text, why)
    }

    fn damaged(&self, text: &str, why: &str) -> Refusal {
        let at = usize::try_from(self.reader.error_position().max(self.reader.buffer_position()))
            .unwrap_or_default();
        let line = text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1;
        Refusal::Damaged { file: self.file.to_owned(), why: format!("{why}, at line {line}") }
    }
}
