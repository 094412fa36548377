//! Walks through the blocks of a document in order and gathers its clauses, rows and passages.

use std::collections::HashSet;

use vocabulary::party::Party;

use super::chapeau::{self, Lead, Level, Levels};
use super::duty::{self, Place, origin_span};
use super::label::Style;
use super::modality;
use super::parties::Names;
use super::passages::Stretch;
use super::segment::{Block, BlockKind};
use super::sense::Sentence;
use super::sentence::sentences;
use crate::reading::source::LineIndex;
use crate::reading::{PassageKind, ReadClause, Span, SuggestedObligation};
use crate::timing::{Timing, TimingKind};

/// A sentence that was read, for the questions.
#[derive(Clone, Debug)]
pub struct Noted {
    /// Its block.
    pub block: usize,
    /// Its bytes in the block's cleaned text.
    pub from: usize,
    /// The byte after its last.
    pub to: usize,
    /// Its rows, as a range of the register.
    pub rows: (usize, usize),
}

/// What the walk gathers.
#[derive(Debug, Default)]
pub struct Register {
    /// Rows in order.
    pub rows: Vec<SuggestedObligation>,
    /// Clauses in order.
    pub clauses: Vec<ReadClause>,
    /// Stretches of text, for the passages.
    pub stretches: Vec<Stretch>,
    /// Sentences in order.
    pub sentences: Vec<Noted>,
}

/// Reads all blocks. `lowers` are the blocks' texts in lower case.
pub fn walk(given: &str, blocks: &[Block], lowers: &[String], names: &Names, lines: &LineIndex) -> Register {
    let mut walk = Walk {
        given,
        names,
        lines,
        register: Register::default(),
        heading: String::new(),
        counted: Counted::default(),
        levels: Levels::default(),
        open: None,
        after_lead_in: false,
        previous: Vec::new(),
        previous_timing: None,
        used: HashSet::new(),
    };
    for (at, block) in blocks.iter().enumerate() {
        walk.take(at, block, &lowers[at]);
    }
    walk.register
}

#[derive(Default)]
struct Counted {
    paragraphs: usize,
    bullets: usize,
}

struct Walk<'a> {
    given: &'a str,
    names: &'a Names,
    lines: &'a LineIndex,
    register: Register,
    heading: String,
    counted: Counted,
    levels: Levels,
    /// What the last unlabelled lead-in hands down.
    open: Option<Lead>,
    after_lead_in: bool,
    previous: Vec<Party>,
    previous_timing: Option<Timing>,
    used: HashSet<String>,
}

impl Walk<'_> {
    fn take(&mut self, at: usize, block: &Block, lower: &str) {
        match block.kind {
            BlockKind::Noise | BlockKind::Signature => self.set_aside(block, PassageKind::Noise),
            BlockKind::Address => self.set_aside(block, PassageKind::Context),
            BlockKind::Heading => self.heading(block, lower),
            BlockKind::Item => {
                let clause = self.item_clause(block);
                self.read(at, block, lower, &clause, true);
            }
            BlockKind::Paragraph => self.paragraph(at, block, lower),
        }
    }

    fn set_aside(&mut self, block: &Block, kind: PassageKind) {
        self.stretch(block, 0, block.text().len(), kind, String::new());
    }

    fn heading(&mut self, block: &Block, lower: &str) {
        self.set_aside(block, PassageKind::Chapeau);
        self.heading = block.text().trim_end_matches(':').to_owned();
        self.counted = Counted::default();
        self.levels.clear_bullets();
        self.after_lead_in = false;
        if block.text().ends_with(':') {
            let sentence = Sentence::new(block.text(), lower, 0, lower.len(), self.names);
            let command = modality::head(&sentence).is_none() && modality::command(&sentence).is_some();
            let lead = chapeau::lead_in(&sentence, &Lead::usual(), &self.previous, None).lead;
            if let Some(mut lead) = lead.filter(|_| !command) {
                lead.cue = Some((short(block.text()), block.span()));
                self.levels.clear();
                self.open = Some(lead);
                self.after_lead_in = true;
            }
        }
    }

    /// A part without a label: prose, a lead-in, or an item that lost its glyph.
    fn paragraph(&mut self, at: usize, block: &Block, lower: &str) {
        let first = sentences(block.text()).first().copied().unwrap_or((0, 0));
        let sentence = Sentence::new(block.text(), lower, first.0, first.1, self.names);
        let lead_in = block.text().ends_with(':');
        let bound = modality::head(&sentence).is_some();
        let command = !bound && modality::command(&sentence).is_some();
        let handed = self.open.is_some() || self.levels.lead().is_some();
        let lost_glyph =
            !lead_in && ((command && handed) || (!bound && self.open.is_some() && self.after_lead_in));
        let continues =
            !lead_in && !bound && handed && block.text().starts_with(|letter: char| letter.is_lowercase());
        if lost_glyph || continues {
            let clause = self.bullet_clause(block);
            self.read(at, block, lower, &clause, true);
            return;
        }
        self.levels.clear();
        if !lead_in {
            self.open = None;
        }
        self.counted.paragraphs += 1;
        let reference = match self.heading_word() {
            word if word.is_empty() => format!("\u{b6}{}", self.counted.paragraphs),
            word => format!("{word} \u{b6}{}", self.counted.paragraphs),
        };
        let clause = self.clause(block, reference);
        self.read(at, block, lower, &clause, false);
    }

    fn heading_word(&self) -> String {
        const SMALL: &[&str] =
            &["the", "a", "of", "and", "improving", "improvement", "to", "for", "in", "by", "with", "on"];
        let word = self.heading.split(' ').find(|word| {
            let lower = word.to_ascii_lowercase();
            !SMALL.contains(&lower.as_str()) && word.starts_with(|letter: char| letter.is_alphabetic())
        });
        word.unwrap_or_default().trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned()
    }

    fn item_clause(&mut self, block: &Block) -> String {
        let Some(label) = &block.label else { return self.bullet_clause(block) };
        let style = self.levels.descend(label);
        let nested = self.levels.parent().map(|parent| {
            parent.children += 1;
            (parent.reference.clone(), parent.children)
        });
        let reference = match (&nested, style) {
            (_, Style::Decimal(_)) => label.name.clone(),
            (Some((parent, count)), Style::Bullet(_)) => format!("{parent}.{count}"),
            (None, Style::Bullet(_)) => self.next_bullet(),
            (Some((parent, _)), _) => format!("{parent}.{}", label.name),
            (None, _) => label.name.clone(),
        };
        let reference = self.clause(block, reference);
        self.levels.push(Level {
            style,
            reference: reference.clone(),
            order: label.order,
            lead: None,
            children: 0,
        });
        reference
    }

    fn bullet_clause(&mut self, block: &Block) -> String {
        let reference = self.next_bullet();
        self.clause(block, reference)
    }

    fn next_bullet(&mut self) -> String {
        self.counted.bullets += 1;
        format!("{} \u{2022}{}", self.heading_word(), self.counted.bullets).trim_start().to_owned()
    }

    fn clause(&mut self, block: &Block, reference: String) -> String {
        let mut unique = reference.clone();
        let mut again = 2;
        while !self.used.insert(unique.clone()) {
            unique = format!("{reference} ({again})");
            again += 1;
        }
        let span = block.span();
        self.register.clauses.push(ReadClause {
            reference: unique.clone(),
            label: block.label.as_ref().map(|label| label.printed.clone()).unwrap_or_default(),
            heading: (!self.heading.is_empty()).then(|| self.heading.clone()),
            span,
            line: self.lines.line_of(span[0]),
        });
        unique
    }

    fn read(&mut self, at: usize, block: &Block, lower: &str, clause: &str, item: bool) {
        let ranges = sentences(block.text());
        let led = item && (self.levels.lead().is_some() || self.open.is_some());
        let lead = self.levels.lead().or(self.open.as_ref()).cloned().unwrap_or_else(Lead::usual);
        let mut handed: Option<Lead> = None;
        let first_row = self.register.rows.len();
        let count = ranges.len();
        let mut opens_list = false;
        for (order, (from, to)) in ranges.into_iter().enumerate() {
            let sentence = Sentence::new(block.text(), lower, from, to, self.names);
            let last = order + 1 == count;
            let closed = block.text()[from..to].trim_end().ends_with(['.', '!', '?']);
            let lead_in = last && (sentence.ends_open() || (!closed && Self::trails(&sentence)));
            let mut until = None;
            if lead_in {
                let found = chapeau::lead_in(&sentence, &lead, &self.previous, self.previous_timing.as_ref());
                handed = found.lead.map(|mut lead| {
                    let span = origin_span(block, self.given, from, to);
                    lead.cue = Some((short(&block.text()[from..to]), span));
                    lead
                });
                opens_list = true;
                until = found.own_duty_to;
            }
            let rows = if lead_in && until.is_none() {
                Vec::new()
            } else {
                self.rows(block, &sentence, &lead, led || item, order == 0, until)
            };
            let kind = if !rows.is_empty() {
                PassageKind::Duty
            } else if lead_in {
                PassageKind::Chapeau
            } else {
                PassageKind::Context
            };
            let stretch_from = if order == 0 { 0 } else { from };
            self.stretch(block, stretch_from, to, kind, clause.to_owned());
            self.add(rows, clause, order, count, &sentence, (at, from, to));
        }
        self.hand_down(item, opens_list, handed, &lead, first_row);
    }

    /// An item that ends in "must", "to" or "by" without its colon.
    fn trails(sentence: &Sentence<'_>) -> bool {
        sentence.words.last().is_some_and(|word| {
            matches!(word.text, "must" | "shall" | "by" | "to" | "include" | "following" | "that")
        })
    }

    fn rows(
        &self,
        block: &Block,
        sentence: &Sentence<'_>,
        lead: &Lead,
        led: bool,
        first: bool,
        until: Option<usize>,
    ) -> Vec<SuggestedObligation> {
        if sentence.words.is_empty() {
            return Vec::new();
        }
        let handed = self.levels.lead().is_some() || self.open.is_some();
        let place = Place {
            block,
            lines: self.lines,
            given: self.given,
            heading: &self.heading,
            lead,
            led: led && handed,
            previous: &self.previous,
            previous_timing: self.previous_timing.as_ref(),
            first,
            until,
        };
        duty::rows(sentence, &place)
    }

    fn add(
        &mut self,
        rows: Vec<SuggestedObligation>,
        clause: &str,
        order: usize,
        count: usize,
        sentence: &Sentence<'_>,
        at: (usize, usize, usize),
    ) {
        let start = self.register.rows.len();
        let several = rows.len() > 1;
        if let Some(first) = rows.first() {
            self.previous = first.bearers.clone();
            self.previous_timing = Some(first.timing.clone());
        } else if sentence.words.len() > 3 {
            self.previous_timing = None;
        }
        for (place, mut row) in rows.into_iter().enumerate() {
            let letter = if several { letter(place) } else { String::new() };
            row.reference = match (count > 1, several) {
                (true, _) => format!("{clause}/s{}{letter}", order + 1),
                (false, true) => format!("{clause}/{letter}"),
                (false, false) => clause.to_owned(),
            };
            self.register.rows.push(row);
        }
        let (block, from, to) = at;
        self.register.sentences.push(Noted { block, from, to, rows: (start, self.register.rows.len()) });
    }

    /// What later blocks take from this one.
    fn hand_down(
        &mut self,
        item: bool,
        opens_list: bool,
        handed: Option<Lead>,
        lead: &Lead,
        first_row: usize,
    ) {
        self.after_lead_in = opens_list && handed.is_some();
        if item && self.levels.parent().is_some() {
            let own = self.register.rows.get(first_row).map(|row| Lead {
                modality: row.modality,
                bearers: lead.bearers.clone(),
                ..Lead::usual()
            });
            let inherits = if opens_list { handed } else { own };
            self.levels.hand_down(inherits);
        } else if opens_list {
            self.open = handed;
        }
    }

    fn stretch(&mut self, block: &Block, from: usize, to: usize, kind: PassageKind, clause: String) {
        if block.text().is_empty() {
            for piece in &block.pieces {
                self.register.stretches.push(Stretch { span: *piece, kind, clause: clause.clone() });
            }
            return;
        }
        let [start, end] = origin_span(block, self.given, from, to);
        let whole = block.span();
        let start = if from == 0 { whole[0] } else { start };
        let end = if to >= block.text().len() { whole[1] } else { end };
        for piece in block.pieces.iter().filter(|piece| piece[1] > start && piece[0] < end) {
            let span: Span = [piece[0].max(start), piece[1].min(end)];
            self.register.stretches.push(Stretch { span, kind, clause: clause.clone() });
        }
    }
}

fn short(text: &str) -> String {
    crate::reading::source::head(text, 160).to_owned()
}

/// `a`, `b`, ... and numbers after `z`.
fn letter(place: usize) -> String {
    u8::try_from(place)
        .ok()
        .filter(|place| *place < 26)
        .map_or_else(|| place.to_string(), |place| char::from(b'a' + place).to_string())
}

/// Marks what another body must set the frequency of.
pub fn mark_frequencies(register: &mut Register, blocks: &[Block], lowers: &[String], names: &Names) {
    const SETTING: &str = "frequency of ..8 must|should|will ?also be agreed|set|determined|decided";
    for noted in register.sentences.clone() {
        let block = &blocks[noted.block];
        let sentence = Sentence::new(block.text(), &lowers[noted.block], noted.from, noted.to, names);
        if !super::words::has(&sentence.words, SETTING) || noted.rows.0 == noted.rows.1 {
            continue;
        }
        let row = &mut register.rows[noted.rows.0];
        let Some(party) = row.bearers.first().cloned() else { continue };
        row.timing.set_by = Some(party.clone());
        push_flag(row, "set-by-another-body");
        set_earlier(register, &noted, &party);
    }
}

fn set_earlier(register: &mut Register, noted: &Noted, party: &Party) {
    let earlier: Vec<(usize, usize)> = register
        .sentences
        .iter()
        .filter(|other| other.block == noted.block && other.to <= noted.from)
        .map(|other| other.rows)
        .collect();
    for row in earlier.into_iter().flat_map(|(from, to)| from..to) {
        let row = &mut register.rows[row];
        let lower = row.text.to_ascii_lowercase();
        if lower.contains("oversight") && row.timing.every.is_none() {
            row.timing.kind = TimingKind::Recurring;
            row.timing.set_by = Some(party.clone());
            push_flag(row, "set-by-another-body");
        }
    }
}

fn push_flag(row: &mut SuggestedObligation, flag: &str) {
    if !row.flags.iter().any(|known| known == flag) {
        row.flags.push(flag.to_owned());
    }
}
