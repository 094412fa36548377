//! Paragraphs, list items and headings of running text, over line and page breaks.

use super::joined::Joined;
use super::labels;
use super::lines::Line;

/// A paragraph, list item or heading.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Indices of its lines; furniture between them is left out.
    pub lines: Vec<usize>,
    /// Its words, without the label.
    pub words: Joined,
    /// The label as printed; empty for a paragraph without one.
    pub label: String,
    /// Whether it heads what follows.
    pub heading: bool,
}

/// The blocks of the lines in `from..to`.
pub(crate) fn blocks(lines: &[Line<'_>], from: usize, to: usize) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for index in from..to.min(lines.len()) {
        if !lines[index].is_prose() {
            continue;
        }
        match blocks.last_mut() {
            Some(block) if goes_on(block, lines, index) => {
                block.words.push(lines[index].text, lines[index].span[0]);
                block.lines.push(index);
            }
            _ => {
                if let Some(block) = blocks.last_mut() {
                    block.heading = is_heading(block);
                }
                blocks.push(begin(&lines[index], index));
            }
        }
    }
    if let Some(block) = blocks.last_mut() {
        block.heading = is_heading(block);
    }
    blocks
}

fn begin(line: &Line<'_>, index: usize) -> Block {
    let (label, rest) = match labels::label(line.text) {
        Some((_, rest)) => (line.text[..line.text.len() - rest.len()].trim(), rest),
        None => ("", line.text),
    };
    let mut words = Joined::default();
    words.push(rest, line.span[1] - rest.len());
    Block { lines: vec![index], words, label: label.to_owned(), heading: false }
}

/// A line goes on with its block unless a gap, a label or a heading parts them; a lower-case word mends a gap.
fn goes_on(block: &Block, lines: &[Line<'_>], index: usize) -> bool {
    let line = &lines[index];
    let last = &lines[block.lines[block.lines.len() - 1]];
    if block.words.text.is_empty() {
        return true;
    }
    let ended = block.words.text.ends_with(['.', '!', '?', ';', ':', '’', '”']);
    let lower = line.text.starts_with(char::is_lowercase);
    if labels::label(line.text).is_some() {
        let bare_number = line.text.starts_with(|c: char| c.is_ascii_digit()) && !line.blank_above && !ended;
        return bare_number
            && !matches!(labels::label(line.text), Some((labels::Label::Number { dotted: true, .. }, _)));
    }
    if super::headings::heading_at(lines, index).is_some() && (ended || line.blank_above) {
        return false;
    }
    if !line.blank_above {
        return !(is_heading(block) && !lower && last.text.len() < 70 && starts_paragraph(line));
    }
    !ended && (lower || (line.page != last.page && !is_heading(block)))
}

/// A full line after a short heading without a gap between them.
fn starts_paragraph(line: &Line<'_>) -> bool {
    line.text.len() > 70
}

fn is_heading(block: &Block) -> bool {
    let text = &block.words.text;
    let short = text.len() <= 120 && block.lines.len() <= 2;
    short
        && block.label.is_empty()
        && text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ',', ';', '!'])
        && text.split(' ').count() <= 20
}
