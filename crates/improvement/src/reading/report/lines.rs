//! Lines of extracted text, with what is page furniture marked: running footers, page numbers, footnotes, contents.
//!
//! Furniture stays in the text and in every span; it is only kept out of what is read from the lines.

use std::collections::{HashMap, HashSet};

use crate::reading::Span;

/// One line that is not blank.
#[derive(Clone, Debug)]
pub(crate) struct Line<'t> {
    /// The line without white space at its ends.
    pub text: &'t str,
    /// Where `text` stands.
    pub span: Span,
    /// Characters of white space before it.
    pub indent: usize,
    /// Page, from 0; a form feed begins the next one.
    pub page: usize,
    /// Line number, from 1.
    pub number: usize,
    /// Whether a blank line or a page break stands above it.
    pub blank_above: bool,
    /// Running header or footer, page number or footnote.
    pub furniture: bool,
    /// An entry of the table of contents.
    pub contents: bool,
}

impl Line<'_> {
    /// Whether the line says something of its own.
    pub fn is_prose(&self) -> bool {
        !self.furniture && !self.contents
    }
}

/// The lines of a text that are not blank, in order.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = split(text);
    mark_contents(&mut lines);
    mark_page_numbers(&mut lines);
    mark_running_text(&mut lines);
    mark_footnotes(&mut lines);
    lines
}

fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut page, mut number, mut at, mut blank_above) = (0, 1, 0, true);
    for piece in text.split_inclusive(['\n', '\u{c}']) {
        let trimmed = piece.trim();
        if trimmed.is_empty() {
            blank_above = true;
        } else {
            let before = piece.len() - piece.trim_start().len();
            let span = [at + before, at + before + trimmed.len()];
            let indent = piece[..before].chars().count();
            lines.push(Line {
                text: trimmed,
                span,
                indent,
                page,
                number,
                blank_above,
                furniture: false,
                contents: false,
            });
            blank_above = false;
        }
        at += piece.len();
        match piece.chars().next_back() {
            Some('\n') => number += 1,
            Some('\u{c}') => {
                page += 1;
                blank_above = true;
            }
            _ => {}
        }
    }
    lines
}

/// Entries of a table of contents end in a page number and stand in company.
fn mark_contents(lines: &mut [Line<'_>]) {
    const COMPANY: usize = 3;
    const NEIGHBOURS: usize = 4;
    let ends_in_number: Vec<bool> = lines.iter().map(|line| ends_in_page_number(line.text)).collect();
    for index in 0..lines.len() {
        let from = index.saturating_sub(NEIGHBOURS);
        let to = (index + NEIGHBOURS + 1).min(lines.len());
        let page = lines[index].page;
        let company = (from..to).filter(|other| ends_in_number[*other] && lines[*other].page == page).count();
        if ends_in_number[index] && company >= COMPANY {
            lines[index].contents = true;
        }
    }
    wrapped_entries(lines);
}

/// A contents entry over two lines has its number on the second.
fn wrapped_entries(lines: &mut [Line<'_>]) {
    for index in 1..lines.len().saturating_sub(1) {
        let between = lines[index - 1].contents && lines[index + 1].contents;
        if between && lines[index - 1].page == lines[index + 1].page && !lines[index].text.ends_with('.') {
            lines[index].contents = true;
        }
    }
}

fn ends_in_page_number(text: &str) -> bool {
    let words = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - words.len();
    let parted = words.ends_with([' ', '\t', '.', '\u{2026}']);
    let entry = words.trim_end_matches([' ', '\t', '.', '\u{2026}']);
    let starts_high = entry.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let after_month = entry.rsplit(' ').next().is_some_and(|word| super::dates::month(word).is_some());
    (1..=3).contains(&digits)
        && parted
        && entry.len() > 3
        && !after_month
        && (starts_high || entry.len() < 40)
}

fn page_edges(lines: &[Line<'_>]) -> Vec<(usize, bool)> {
    const TOP: usize = 2;
    const BOTTOM: usize = 4;
    let mut edges = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let page = lines[start].page;
        let end = start + lines[start..].iter().take_while(|line| line.page == page).count();
        for index in start..end {
            let (at_top, at_bottom) = (index < start + TOP, index + BOTTOM >= end);
            if at_top || at_bottom {
                edges.push((index, at_bottom));
            }
        }
        start = end;
    }
    edges
}

fn mark_page_numbers(lines: &mut [Line<'_>]) {
    let unpaged = lines.last().is_some_and(|line| line.page == 0);
    let edges: Vec<usize> = if unpaged {
        (0..lines.len()).collect()
    } else {
        page_edges(lines).into_iter().map(|(index, _)| index).collect()
    };
    for index in edges {
        if is_page_number(lines[index].text) {
            lines[index].furniture = true;
        }
    }
}

fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '|' | '[' | ']'));
    let bare = bare.strip_prefix("Page ").or_else(|| bare.strip_prefix("page ")).unwrap_or(bare);
    let mut parts = bare.split(" of ");
    let is_number =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(is_number) && parts.next().is_none_or(is_number) && parts.next().is_none()
}

/// The same words at the edge of page after page (numbers aside) are a running header or footer.
fn mark_running_text(lines: &mut [Line<'_>]) {
    let pages = lines.last().map_or(0, |line| line.page + 1);
    let candidates: Vec<usize> = if pages > 1 {
        page_edges(lines)
            .into_iter()
            .filter(|(index, bottom)| (*bottom || lines[*index].page > 0) && may_run(&lines[*index]))
            .map(|(index, _)| index)
            .collect()
    } else {
        beside_page_numbers(lines)
    };
    let needed = if pages > 1 { (pages / 3).max(3).min(pages.saturating_sub(1)).max(2) } else { 3 };
    let mut seen: HashMap<String, HashSet<usize>> = HashMap::new();
    for index in &candidates {
        let place = if pages > 1 { lines[*index].page } else { *index };
        seen.entry(without_numbers(lines[*index].text)).or_default().insert(place);
    }
    for index in candidates {
        let key = without_numbers(lines[index].text);
        let running = seen.get(&key).is_some_and(|places| places.len() >= needed);
        if running && (4..=140).contains(&key.len()) {
            lines[index].furniture = true;
        }
    }
}

/// Items begin alike on several pages, and standing headings open one page after another: neither is a footer.
fn may_run(line: &Line<'_>) -> bool {
    !line.contents && super::labels::label(line.text).is_none() && !super::headings::is_standing(line.text)
}

fn beside_page_numbers(lines: &[Line<'_>]) -> Vec<usize> {
    const REACH: usize = 2;
    let mut near: Vec<usize> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.furniture {
            let from = index.saturating_sub(REACH).max(near.last().map_or(0, |last| last + 1));
            near.extend(
                (from..(index + REACH + 1).min(lines.len()))
                    .filter(|other| !lines[*other].furniture && may_run(&lines[*other])),
            );
        }
    }
    near
}

fn without_numbers(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| c.is_ascii_digit()));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A footnote begins with the number that hangs on a word above it and runs to the foot of the page.
fn mark_footnotes(lines: &mut [Line<'_>]) {
    const LONGEST: usize = 12;
    if lines.last().is_some_and(|line| line.page == 0) {
        return;
    }
    let mut start = 0;
    while start < lines.len() {
        let page = lines[start].page;
        let end = start + lines[start..].iter().take_while(|line| line.page == page).count();
        let hanging = hanging_numbers(&lines[start..end]);
        let from = end.saturating_sub(LONGEST).max(start);
        let first = (from..end)
            .find(|index| footnote_number(lines[*index].text).is_some_and(|n| hanging.contains(&n)));
        if let Some(first) = first {
            for line in &mut lines[first..end] {
                line.furniture = true;
            }
        }
        start = end;
    }
}

fn hanging_numbers(lines: &[Line<'_>]) -> HashSet<u32> {
    let mut numbers = HashSet::new();
    for word in lines.iter().flat_map(|line| line.text.split_whitespace()) {
        let bare = word.trim_end_matches(['.', ',', ';', ':', '?', ')']);
        let letters = bare.trim_end_matches(|c: char| c.is_ascii_digit());
        let mut back = letters.chars().rev().skip_while(|c| matches!(c, '?' | '.' | ':' | ')' | '’'));
        let hangs = back.next().is_some_and(char::is_lowercase);
        if hangs && (1..=2).contains(&(bare.len() - letters.len())) {
            numbers.extend(bare[letters.len()..].parse::<u32>().ok());
        }
    }
    numbers
}

fn footnote_number(text: &str) -> Option<u32> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    let body = rest.trim_start();
    let begins =
        body.is_empty() || body.starts_with(|c: char| c.is_uppercase() || matches!(c, '‘' | '“' | '\''));
    if !(1..=2).contains(&digits.len()) || !begins || (!rest.is_empty() && body.len() == rest.len()) {
        return None;
    }
    digits.parse().ok()
}
