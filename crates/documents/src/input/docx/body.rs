//! Walks the main part and the notes, paragraph by paragraph.

use std::collections::HashMap;

use super::super::flow::{Block, Flow};
use super::super::refusal::DocumentRefusal;
use super::super::xml::{Element, Step, Steps};
use super::changes::Changes;
use super::numbering::Numbering;
use super::styles::Styles;

/// The two sorts of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Note {
    Foot,
    End,
}

/// A paragraph while its runs are read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<u32>,
    level: Option<u32>,
    /// Its end was deleted, so that the next paragraph continues it.
    runs_on: bool,
    /// Paragraphs of text boxes anchored in it; they follow it.
    boxed: Vec<Block>,
}

/// The walk through a document.
pub(super) struct Body {
    pub(super) flow: Flow,
    pub(super) changes: Changes,
    pub(super) pictures: usize,
    pub(super) hidden_runs: usize,
    pub(super) embedded: usize,
    styles: Styles,
    numbering: Numbering,
    /// Names of the open elements.
    path: Vec<String>,
    /// Paragraphs being read: more than one inside a text box.
    paragraphs: Vec<Paragraph>,
    /// Depth of the open element whose content is left out.
    left_out: Option<usize>,
    hidden_run: bool,
    /// Label and text of a paragraph whose end was deleted.
    carried: String,
    notes: Vec<(Note, String)>,
    row_deleted: bool,
}

impl Body {
    pub(super) fn new(styles: Styles, numbering: Numbering) -> Self {
        Self {
            flow: Flow::default(),
            changes: Changes::default(),
            pictures: 0,
            hidden_runs: 0,
            embedded: 0,
            styles,
            numbering,
            path: Vec::new(),
            paragraphs: Vec::new(),
            left_out: None,
            hidden_run: false,
            carried: String::new(),
            notes: Vec::new(),
            row_deleted: false,
        }
    }

    /// Reads a part into `flow`.
    pub(super) fn read(&mut self, part: &str, xml: &str) -> Result<(), DocumentRefusal> {
        let mut steps = Steps::new(part, xml);
        while let Some(step) = steps.next()? {
            self.step(step);
        }
        self.end_of_part();
        Ok(())
    }

    /// The texts of the notes part by their ids.
    pub(super) fn read_notes(
        &mut self,
        note: Note,
        xml: &str,
    ) -> Result<HashMap<String, String>, DocumentRefusal> {
        let (part, element_name) = match note {
            Note::Foot => ("footnotes.xml", "footnote"),
            Note::End => ("endnotes.xml", "endnote"),
        };
        let mut steps = Steps::new(part, xml);
        let mut texts = HashMap::new();
        let mut id = None;
        while let Some(step) = steps.next()? {
            match &step {
                Step::Open(element) if element.name == element_name => {
                    id = element.attribute("id").map(str::to_owned);
                }
                Step::Close(name) if name == element_name => {
                    self.end_of_part();
                    let text = std::mem::take(&mut self.flow).finish();
                    texts.extend(id.take().map(|id| (id, text)));
                }
                _ => self.step(step),
            }
        }
        Ok(texts)
    }

    /// The notes the text refers to, in the order of their first mention.
    pub(super) fn take_notes(&mut self) -> Vec<(Note, String)> {
        std::mem::take(&mut self.notes)
    }

    fn end_of_part(&mut self) {
        while !self.paragraphs.is_empty() {
            self.close_paragraph();
        }
        let rest = std::mem::take(&mut self.carried);
        self.flow.push(Block::paragraph(rest));
        self.path.clear();
        self.left_out = None;
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Open(element) => {
                if self.left_out.is_none() {
                    self.open(&element);
                }
                self.path.push(element.name);
            }
            Step::Close(name) => {
                self.path.pop();
                match self.left_out {
                    Some(depth) if self.path.len() > depth => {}
                    Some(_) => self.left_out = None,
                    None => self.close(&name),
                }
            }
            Step::Text(text) => {
                if self.left_out.is_none() && self.path.last().is_some_and(|name| name == "t") {
                    self.add(&text);
                }
            }
        }
    }

    fn within(&self, name: &str) -> bool {
        self.path.last().is_some_and(|parent| parent == name)
    }

    fn open(&mut self, element: &Element) {
        match element.name.as_str() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => self.hidden_run = false,
            "tbl" => self.flow.open_table(),
            "tr" => {
                self.row_deleted = false;
                self.flow.open_row();
            }
            "tc" => self.flow.open_cell(),
            "ins" | "moveTo" => self.changes.note(element),
            "del" | "moveFrom" => self.deletion(element),
            // A fallback repeats, for older programs, what stands in the choice beside it.
            "Fallback" | "instrText" | "delText" | "delInstrText" | "sectPrChange" | "pPrChange"
            | "rPrChange" => {
                self.left_out = Some(self.path.len());
            }
            "altChunk" => self.embedded += 1,
            "blip" | "imagedata" => self.pictures += 1,
            "pStyle" | "numId" | "ilvl" => self.paragraph_property(element),
            "vanish" if self.within("rPr") && element.switched_on() => self.hide_run(),
            _ if self.within("r") => self.run_content(element),
            _ => {}
        }
    }

    fn hide_run(&mut self) {
        let in_run = self.path.iter().rev().nth(1).is_some_and(|name| name == "r");
        if in_run {
            self.hidden_run = true;
            self.hidden_runs += 1;
        }
    }

    /// Deleted text, a deleted paragraph end or a deleted table row.
    fn deletion(&mut self, element: &Element) {
        self.changes.note(element);
        if self.within("rPr") {
            if let Some(paragraph) = self.paragraphs.last_mut() {
                paragraph.runs_on = true;
            }
        } else if self.within("trPr") {
            self.row_deleted = true;
        } else {
            self.left_out = Some(self.path.len());
        }
    }

    fn paragraph_property(&mut self, element: &Element) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match element.name.as_str() {
            "pStyle" => paragraph.style = element.attribute("val").map(str::to_owned),
            "numId" => paragraph.list = element.number("val"),
            _ => paragraph.level = element.number("val"),
        }
    }

    fn run_content(&mut self, element: &Element) {
        match element.name.as_str() {
            "tab" | "ptab" => self.add("\t"),
            "br" if element.attribute("type") == Some("page") => self.add("\u{c}"),
            "br" | "cr" => self.add("\n"),
            "noBreakHyphen" => self.add("-"),
            "sym" => self.add(symbol(element)),
            "footnoteReference" => self.refer(Note::Foot, element),
            "endnoteReference" => self.refer(Note::End, element),
            _ => {}
        }
    }

    fn refer(&mut self, note: Note, element: &Element) {
        let Some(id) = element.attribute("id") else { return };
        self.notes.push((note, id.to_owned()));
        self.add(&format!("[{}]", self.notes.len()));
    }

    fn add(&mut self, text: &str) {
        if self.hidden_run {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            let letters = text.chars().filter(|letter| *letter != '\u{ad}');
            paragraph.text.extend(letters.map(|letter| if letter == '\u{a0}' { ' ' } else { letter }));
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.close_paragraph(),
            "r" => self.hidden_run = false,
            "tc" => self.flow.close_cell(),
            "tr" => {
                if std::mem::take(&mut self.row_deleted) {
                    self.flow.forget_row();
                }
                self.flow.close_row();
            }
            "tbl" => self.flow.close_table(),
            _ => {}
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let label = self.label(&paragraph);
        let carried = std::mem::take(&mut self.carried);
        let labelled = label.is_some();
        let mut text = carried;
        match label.filter(|label| !label.is_empty() && text.is_empty()) {
            Some(label) => text = format!("{label} {}", paragraph.text.trim_start()),
            None => text.push_str(&paragraph.text),
        }
        if paragraph.runs_on {
            self.carried = text;
        } else {
            let block = if labelled { Block::item(text) } else { Block::paragraph(text) };
            self.place(block);
        }
        for block in paragraph.boxed {
            self.place(block);
        }
    }

    /// A block goes to the flow, or behind the paragraph that anchors the text box it stands in.
    fn place(&mut self, block: Block) {
        match self.paragraphs.last_mut() {
            Some(anchor) => anchor.boxed.push(block),
            None => self.flow.push(block),
        }
    }

    /// An empty paragraph of a list prints no number that anyone refers to, but Word counts it.
    fn label(&mut self, paragraph: &Paragraph) -> Option<String> {
        let by_style = paragraph.style.as_deref().and_then(|style| self.styles.list_of(style));
        let list = paragraph.list.or(by_style.map(|(list, _)| list)).filter(|list| *list != 0)?;
        let level = paragraph
            .level
            .or_else(|| self.numbering.level_of_style(list, paragraph.style.as_deref()?))
            .or(by_style.and_then(|(_, level)| level))
            .unwrap_or(0);
        let label = self.numbering.next_label(list, level)?;
        (!paragraph.text.trim().is_empty()).then_some(label)
    }
}

/// Symbols from fonts without letters: most stand for a bullet or a tick box.
fn symbol(element: &Element) -> &'static str {
    let code = element.attribute("char").unwrap_or("").to_ascii_uppercase();
    match code.trim_start_matches("F0") {
        "B7" | "A7" | "D8" | "76" | "6C" | "6E" => "•",
        "FC" | "FE" => "✓",
        "A8" | "6F" => "☐",
        "2D" => "-",
        "2013" => "–",
        _ => "",
    }
}
