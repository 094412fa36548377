//! Makes blocks (headings, items, paragraphs) of lines: wrapped lines joined, text cut by a page or a footnote closed
//! up again, lists printed inside one paragraph taken apart.

use super::clean::Cleaned;
use super::label::{self, Label, Style};
use super::lines::{Line, LineKind};
use super::verbs;
use crate::reading::Span;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A labelled part.
    Item,
    /// A part without a label.
    Paragraph,
    /// The address block: to whom the document goes.
    Address,
    /// From the signature on.
    Signature,
    /// Furniture and footnotes.
    Noise,
}

/// A part of the document as the reader takes it in.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its label, for items.
    pub label: Option<Label>,
    /// Its words.
    pub cleaned: Cleaned,
    /// Where its lines stand in the given text, in order; noise between them is not included.
    pub pieces: Vec<Span>,
}

impl Block {
    /// From the first byte of the block to the last.
    pub fn span(&self) -> Span {
        let first = self.pieces.first().map_or(0, |piece| piece[0]);
        [first, self.pieces.last().map_or(first, |piece| piece[1])]
    }

    /// The block's text.
    pub fn text(&self) -> &str {
        &self.cleaned.text
    }
}

/// Makes blocks of lines.
pub fn blocks(lines: Vec<Line>) -> Vec<Block> {
    let mut maker = Maker { blocks: Vec::new(), current: None, broken: true, signed: false };
    let next_starts: Vec<bool> = (0..lines.len()).map(|at| starts_afresh(&lines, at + 1)).collect();
    for (line, next_fresh) in lines.into_iter().zip(next_starts) {
        maker.take(line, next_fresh);
    }
    maker.close();
    maker.blocks.into_iter().flat_map(inline_items).collect()
}

/// Whether the line after a possible heading starts something new.
fn starts_afresh(lines: &[Line], at: usize) -> bool {
    let titled = at > 0 && lines.get(at - 1).is_some_and(|line| is_title(&line.cleaned.text));
    titled
        || lines
            .get(at)
            .is_none_or(|line| !matches!(line.kind, LineKind::Text) || is_address(&line.cleaned.text))
}

/// A line that is nothing but the name of the document.
fn is_title(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    matches!(
        lower.as_str(),
        "improvement notice"
            | "revised improvement notice"
            | "statutory direction"
            | "direction"
            | "statutory notice"
    )
}

struct Maker {
    blocks: Vec<Block>,
    current: Option<Block>,
    /// Whether a blank line, a page's end or noise stood since the last line of text.
    broken: bool,
    signed: bool,
}

impl Maker {
    fn take(&mut self, line: Line, next_fresh: bool) {
        match line.kind {
            LineKind::Blank => self.broken = true,
            LineKind::Furniture | LineKind::Footnote => {
                self.broken = true;
                self.add(block(BlockKind::Noise, None, line));
            }
            LineKind::Signature => {
                self.signed = true;
                self.start(block(BlockKind::Signature, None, line));
            }
            _ if self.signed && self.still_signing(&line) => {
                self.start(block(BlockKind::Signature, None, line))
            }
            LineKind::MarkedHeading => self.start_heading(line),
            LineKind::Item(ref label) => {
                let label = label.clone();
                self.start(block(BlockKind::Item, Some(label), line));
            }
            LineKind::Row => self.start(block(BlockKind::Paragraph, None, line)),
            LineKind::Text => self.text(line, next_fresh),
        }
    }

    /// Names, dates and capacities after a signature; an annex ends it.
    fn still_signing(&mut self, line: &Line) -> bool {
        let lower = line.cleaned.text.to_ascii_lowercase();
        let annex = ["annex", "schedule", "appendix", "the steps"].iter().any(|word| lower.starts_with(word));
        let long = line.cleaned.text.split(' ').count() > 24;
        self.signed = !(annex || long);
        self.signed
    }

    fn start_heading(&mut self, line: Line) {
        let prose = line.cleaned.text.split(' ').count() > 14;
        let kind = if prose { BlockKind::Paragraph } else { BlockKind::Heading };
        self.start(block(kind, None, line));
    }

    fn text(&mut self, line: Line, next_fresh: bool) {
        if self.continues(&line) {
            if let Some(current) = &mut self.current {
                current.cleaned.join(&line.cleaned);
                current.pieces.push(line.span);
            }
            self.broken = false;
            return;
        }
        let open = self.current.as_ref().is_some_and(|current| !is_finished(current.text()));
        let kind = if is_address(&line.cleaned.text) {
            BlockKind::Address
        } else if (self.broken || !open) && next_fresh && looks_like_heading(&line.cleaned.text) {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        };
        self.start(block(kind, None, line));
    }

    /// Whether a line of text goes on with the open block.
    fn continues(&self, line: &Line) -> bool {
        let Some(current) = &self.current else { return false };
        if is_address(&line.cleaned.text) || is_title(current.text()) {
            return false;
        }
        let text = current.text();
        match current.kind {
            BlockKind::Heading => !self.broken && !text.ends_with(':') && starts_lower(&line.cleaned.text),
            BlockKind::Address => !self.broken && !line.cleaned.text.starts_with("This "),
            BlockKind::Signature | BlockKind::Noise => false,
            BlockKind::Item | BlockKind::Paragraph if !self.broken => {
                let leads_in = is_finished(text)
                    && looks_like_heading(&line.cleaned.text)
                    && line.cleaned.text.ends_with(':');
                !(leads_in || self.starts_unlabelled_item(text, &line.cleaned.text))
            }
            BlockKind::Item | BlockKind::Paragraph => {
                !is_finished(text)
                    && (starts_lower(&line.cleaned.text) || hangs(text))
                    && !text.ends_with("and")
                    || (hangs(text) && starts_lower(&line.cleaned.text))
            }
        }
    }

    /// Under a line that ends in a colon, lines may be items that have lost their labels: each ends with a mark, or
    /// starts with a command.
    fn starts_unlabelled_item(&self, before: &str, next: &str) -> bool {
        let command = |text: &str| {
            let first = text.split(' ').next().unwrap_or("").to_ascii_lowercase();
            verbs::is_clear_imperative(&first)
        };
        if before.ends_with(':') {
            return starts_lower(next) || command(next);
        }
        let an_item = |block: &&Block| block.label.is_none() && starts_lower(block.text());
        let said = self.blocks.iter().rev().filter(|block| !matches!(block.kind, BlockKind::Noise));
        let listed = said.take(12).find(|block| !an_item(block));
        let in_list = self.current.as_ref().is_some_and(|current| current.label.is_none())
            && listed.is_some_and(|block| block.text().ends_with(':'));
        let marked = [";", "; and", "; or", ";and", ", and"].iter().any(|end| before.ends_with(end));
        in_list && (marked && starts_lower(next) || command(next) && starts_lower(next) && !hangs(before))
    }

    fn start(&mut self, block: Block) {
        self.close();
        self.broken = false;
        self.current = Some(block);
    }

    fn close(&mut self) {
        if let Some(block) = self.current.take() {
            self.blocks.push(block);
        }
    }

    /// Noise is put beside the open block without closing it.
    fn add(&mut self, block: Block) {
        self.blocks.push(block);
    }
}

fn block(kind: BlockKind, label: Option<Label>, line: Line) -> Block {
    Block { kind, label, cleaned: line.cleaned, pieces: vec![line.span] }
}

fn is_finished(text: &str) -> bool {
    let core = text.trim_end_matches(['"', '\'', ')', ' ']);
    core.ends_with(['.', ':', ';', '!', '?'])
}

fn starts_lower(text: &str) -> bool {
    text.trim_start_matches(['"', '\'', '(']).starts_with(|letter: char| letter.is_lowercase())
}

/// Whether the text breaks off on a word that must be followed by another.
fn hangs(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or("").to_ascii_lowercase();
    const HANGING: &[&str] = &[
        "the", "of", "and", "to", "by", "with", "a", "an", "in", "for", "or", "that", "their", "its", "from",
        "on", "at", "which", "as", "must", "will", "be",
    ];
    HANGING.contains(&last.as_str())
}

fn is_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let to = lower.strip_prefix("to:").or_else(|| lower.strip_prefix("to :")).map(str::trim_start);
    to.is_some_and(|rest| !rest.starts_with("the following"))
        || lower.starts_with("address ")
        || lower.starts_with("address:")
}

/// A short line without an end mark and without a modal verb.
fn looks_like_heading(text: &str) -> bool {
    let count = text.split(' ').count();
    let lower = text.to_ascii_lowercase();
    let shouted = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let asking = ["what ", "how ", "who ", "why "].iter().any(|word| lower.starts_with(word)) && count <= 10;
    if (shouted && (2..=24).contains(&count) && !text.ends_with('.'))
        || (asking && !text.ends_with(['.', ';', ',']))
    {
        return true;
    }
    let modal = lower
        .split(' ')
        .any(|word| matches!(word, "must" | "should" | "shall" | "will" | "directs" | "is" | "are" | "was"));
    let ended = text.ends_with(['.', ';', ',']);
    let upper = text.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit());
    let first = lower.split(' ').next().unwrap_or("");
    let command = count >= 4 && verbs::is_clear_imperative(first);
    let most = if text.ends_with(':') { 14 } else { 12 };
    upper && !modal && !ended && !command && count <= most && !hangs(text)
}

/// Takes apart a list printed inside one paragraph: "must: (a) prepare ...; (b) appoint ...", or glyphs in a row.
fn inline_items(block: Block) -> Vec<Block> {
    if !matches!(block.kind, BlockKind::Item | BlockKind::Paragraph) {
        return vec![block];
    }
    let cuts = inline_labels(block.text());
    if cuts.is_empty() {
        return vec![block];
    }
    let mut parts = Vec::new();
    let text_length = block.text().len();
    let mut head = slice(&block, 0, cuts[0].0, None);
    head.label = block.label.clone();
    head.kind = block.kind;
    if let (Some(piece), Some(first)) = (head.pieces.first_mut(), block.pieces.first()) {
        piece[0] = first[0];
    }
    parts.push(head);
    for (at, (start, label, length)) in cuts.iter().enumerate() {
        let end = cuts.get(at + 1).map_or(text_length, |next| next.0);
        let mut part = slice(&block, start + length, end, Some(label.clone()));
        if let Some(piece) = part.pieces.first_mut() {
            piece[0] = block.cleaned.origin[*start];
        }
        parts.push(part);
    }
    parts
}

/// Where labels stand inside a text: byte, label, length.
fn inline_labels(text: &str) -> Vec<(usize, Label, usize)> {
    let mut cuts: Vec<(usize, Label, usize)> = Vec::new();
    let bytes = text.as_bytes();
    for at in 1..bytes.len() {
        if bytes[at - 1] != b' ' || !text.is_char_boundary(at) {
            continue;
        }
        let before = text[..at].trim_end();
        let Some((label, length)) = inline_label(&text[at..]) else { continue };
        let first = cuts.is_empty();
        let style_goes_on = cuts.last().is_some_and(|(_, last, _)| follows(last, &label));
        let opened = before.ends_with([':', '.']) && (label.order == Some(1) || label.order.is_none());
        if (first && opened) || (!first && style_goes_on) {
            cuts.push((at, label, length));
        }
    }
    if cuts.len() < 2 { Vec::new() } else { cuts }
}

fn inline_label(rest: &str) -> Option<(Label, usize)> {
    let head: &str = crate::reading::source::head(rest, 16);
    if head.starts_with('\u{2022}') {
        return label::at_line_start(head).map(|(label, length)| (label, length.min(rest.len())));
    }
    let (label, length) = label::enumerated(head)?;
    let bracketed =
        head.starts_with('(') || matches!(label.style, Style::Number) && head[length..].starts_with(' ');
    (bracketed && length < rest.len()).then_some((label, length))
}

fn follows(last: &Label, next: &Label) -> bool {
    let same = last.style == next.style
        || (matches!(last.style, Style::Letter | Style::Roman)
            && matches!(next.style, Style::Letter | Style::Roman));
    match (last.order, next.order) {
        (Some(before), Some(after)) => same && after == before + 1,
        (None, None) => matches!((last.style, next.style), (Style::Bullet(_), Style::Bullet(_))),
        _ => false,
    }
}

fn slice(block: &Block, from: usize, to: usize, label: Option<Label>) -> Block {
    let text = block.text();
    let kept_from = from + (text[from..to].len() - text[from..to].trim_start().len());
    let kept_to = kept_from + text[kept_from..to].trim_end().len();
    let cleaned = block.cleaned.part(kept_from, kept_to);
    let start = block.cleaned.origin.get(from).copied().unwrap_or(block.span()[1]);
    let end = block.cleaned.origin.get(to).copied().unwrap_or(block.span()[1]);
    let pieces = block
        .pieces
        .iter()
        .filter_map(|piece| {
            let clipped = [piece[0].max(start), piece[1].min(end)];
            (clipped[0] < clipped[1]).then_some(clipped)
        })
        .collect();
    Block { kind: BlockKind::Item, label, cleaned, pieces }
}
