//! What each physical line of an instrument is: text, heading, list item, footnote, page furniture, signature, blank.

use std::collections::HashMap;

use super::clean::{Cleaned, clean};
use super::label::{self, Label, Style};
use crate::reading::Span;

/// What a line is before blocks are made of lines.
#[derive(Clone, Debug)]
pub enum LineKind {
    /// White space only.
    Blank,
    /// Page numbers, repeated headers, rules, link litter.
    Furniture,
    /// A footnote at the foot of a page.
    Footnote,
    /// A heading marked as such (markdown or HTML).
    MarkedHeading,
    /// The start of a list item.
    Item(Label),
    /// A row of a table.
    Row,
    /// Where the signature starts.
    Signature,
    /// Anything else.
    Text,
}

/// One physical line.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Its bytes in the given text, without the line feed.
    pub span: Span,
    /// Its words without label and litter.
    pub cleaned: Cleaned,
}

/// Cuts a text into lines at line feeds and form feeds and says what each is.
pub fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate().chain(std::iter::once((text.len(), b'\n'))) {
        if byte == b'\n' || byte == 0x0c {
            found.push(line(text, start, at));
            start = at + 1;
        }
    }
    mark_table_heads(&mut found, text);
    mark_bare_numbers(&mut found);
    mark_repeated(&mut found);
    mark_footnote_tails(&mut found, text);
    found
}

fn line(text: &str, start: usize, end: usize) -> Line {
    let raw = text[start..end].trim_end();
    let span = [start, start + raw.len()];
    let trimmed = raw.trim_start();
    if trimmed.is_empty() {
        return Line { kind: LineKind::Blank, span, cleaned: Cleaned::default() };
    }
    if starts_footnote(trimmed) {
        return Line { kind: LineKind::Footnote, span, cleaned: clean(raw, start) };
    }
    let marks = trimmed.bytes().take_while(|byte| *byte == b'#').count();
    let heading_tag = ["<h1", "<h2", "<h3", "<h4"].iter().any(|tag| trimmed.starts_with(tag));
    let body = raw.len() - trimmed.len() + marks;
    let found = if marks > 0 { None } else { label::at_line_start(raw) };
    let (label, skipped) = found.map_or((None, body), |(label, length)| (Some(label), length));
    let cleaned = clean(&raw[skipped..], start + skipped);
    let kind = kind_of(trimmed, &cleaned.text, label, marks > 0 || heading_tag);
    Line { kind, span, cleaned }
}

fn kind_of(trimmed: &str, cleaned: &str, label: Option<Label>, marked: bool) -> LineKind {
    if is_furniture(trimmed, cleaned) {
        LineKind::Furniture
    } else if is_signature(cleaned) {
        LineKind::Signature
    } else if let Some(label) = label {
        LineKind::Item(label)
    } else if marked {
        LineKind::MarkedHeading
    } else if trimmed.starts_with('|') {
        LineKind::Row
    } else {
        LineKind::Text
    }
}

fn starts_footnote(trimmed: &str) -> bool {
    let first = trimmed.chars().next().unwrap_or(' ');
    let superscript = matches!(first, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}');
    let marked = ["<sup>", "$<sup>", "$^", "[^"].iter().any(|start| trimmed.starts_with(start));
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let rest = trimmed[digits..].trim_start_matches(' ');
    let numbered = (1..=2).contains(&digits)
        && ["http", "www.", "See ", "see ", "Ibid", "As defined", "Available at"]
            .iter()
            .any(|start| rest.starts_with(start));
    superscript || marked || numbered
}

fn is_furniture(trimmed: &str, cleaned: &str) -> bool {
    let lower = cleaned.to_ascii_lowercase();
    let letters = cleaned.chars().filter(|letter| letter.is_alphabetic()).count();
    let address =
        ["http://", "https://", "www."].iter().any(|start| lower.trim_start_matches('<').starts_with(start));
    let lonely_link = (address || trimmed.starts_with("<http")) && !cleaned.contains(' ');
    let formula = trimmed.starts_with('$') && trimmed.contains('\\');
    letters == 0 || lonely_link || formula || is_page_mark(&lower) || is_protective_marking(&lower)
}

fn is_page_mark(lower: &str) -> bool {
    let core = lower.trim_matches(['-', ' ', '[', ']']);
    let rest = core.strip_prefix("page").unwrap_or("x");
    rest.len() < 14
        && rest.bytes().any(|byte| byte.is_ascii_digit())
        && rest.replace("of", "").bytes().all(|byte| matches!(byte, b'0'..=b'9' | b' ' | b'/' | b':'))
}

fn is_protective_marking(lower: &str) -> bool {
    matches!(
        lower.trim_matches(['-', ' ']),
        "official" | "official-sensitive" | "official sensitive" | "restricted" | "unclassified"
    )
}

/// "Signed:", "Signed on behalf of ...", with or without a date beside it; short, so that prose about signing is not taken.
fn is_signature(cleaned: &str) -> bool {
    let lower = cleaned.to_ascii_lowercase();
    let short = cleaned.len() <= 90;
    let starts = [
        "signed:",
        "signed by",
        "signed for",
        "signed on behalf",
        "signature:",
        "yours sincerely",
        "yours faithfully",
    ]
    .iter()
    .any(|start| lower.starts_with(start));
    let scribbled = lower.contains("signed:") && (lower.contains("date:") || lower.len() < 40);
    short && (starts || scribbled || lower == "signed" || lower == "signature")
}

/// The head of a table is no row of it.
fn mark_table_heads(lines: &mut [Line], text: &str) {
    for at in 1..lines.len() {
        let rule = matches!(lines[at].kind, LineKind::Furniture)
            && text[lines[at].span[0]..].trim_start().starts_with('|');
        if rule && matches!(lines[at - 1].kind, LineKind::Row) {
            lines[at - 1].kind = LineKind::Furniture;
        }
    }
}

/// `4 The Department ...` after clause 3: a number whose dot was lost.
fn mark_bare_numbers(lines: &mut [Line]) {
    let starts = |with: &str| {
        let opens = |rest: &str| rest.starts_with(|letter: char| letter.is_uppercase()) && rest.contains(' ');
        let dated =
            |rest: &str| super::dates::month(&rest.split(' ').next().unwrap_or("").to_ascii_lowercase());
        lines.iter().any(|line| {
            let rest = line.cleaned.text.strip_prefix(with).unwrap_or("");
            matches!(line.kind, LineKind::Text) && opens(rest) && dated(rest).is_none()
        })
    };
    // Where no number has its dot, the first is taken for one when the second is there too.
    let all_bare = starts("1 ") && starts("2 ");
    let mut last = 0;
    for line in lines {
        match &line.kind {
            LineKind::Item(label) if matches!(label.style, Style::Number) => last = label.order.unwrap_or(0),
            LineKind::Text => {
                let text = &line.cleaned.text;
                let digits = text.bytes().take_while(u8::is_ascii_digit).count();
                let next = text.get(digits..).unwrap_or("").strip_prefix(' ').unwrap_or("");
                let word = next.split(' ').next().unwrap_or("").to_ascii_lowercase();
                let opens = next.starts_with(|letter: char| letter.is_uppercase())
                    && next.contains(' ')
                    && super::dates::month(&word).is_none();
                if (1..=2).contains(&digits)
                    && opens
                    && (last > 0 || all_bare)
                    && text[..digits].parse() == Ok(last + 1)
                {
                    last += 1;
                    let printed = text[..digits].to_owned();
                    line.cleaned = line.cleaned.part(digits + 1, text.len());
                    line.kind = LineKind::Item(Label {
                        style: Style::Number,
                        name: printed.clone(),
                        printed,
                        order: Some(last),
                    });
                }
            }
            _ => {}
        }
    }
}

/// A short line that stands on at least three pages is a running header or footer.
fn mark_repeated(lines: &mut [Line]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().filter(|line| matches!(line.kind, LineKind::Text | LineKind::MarkedHeading)) {
        // A line that starts low is an item or the rest of a sentence, however often a document says it.
        if line.cleaned.text.len() <= 80 && !line.cleaned.text.starts_with(char::is_lowercase) {
            *seen.entry(line.cleaned.text.clone()).or_default() += 1;
        }
    }
    for line in lines.iter_mut().filter(|line| matches!(line.kind, LineKind::Text | LineKind::MarkedHeading))
    {
        if seen.get(&line.cleaned.text).is_some_and(|count| *count >= 3) {
            line.kind = LineKind::Furniture;
        }
    }
}

/// The lines under a footnote belong to it until a blank line, and a link's tail after it.
fn mark_footnote_tails(lines: &mut [Line], text: &str) {
    let mut inside = false;
    for line in lines {
        match line.kind {
            LineKind::Footnote => inside = true,
            LineKind::Text if inside => line.kind = LineKind::Footnote,
            LineKind::Furniture if text[line.span[0]..line.span[1]].contains(['/', '\\']) => {}
            _ => inside = false,
        }
        if text.as_bytes().get(line.span[0].wrapping_sub(1)) == Some(&0x0c)
            && !matches!(line.kind, LineKind::Footnote)
        {
            inside = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        let name = |line: &Line| match line.kind {
            LineKind::Blank => "blank",
            LineKind::Furniture => "furniture",
            LineKind::Footnote => "footnote",
            LineKind::MarkedHeading => "heading",
            LineKind::Item(_) => "item",
            LineKind::Row => "row",
            LineKind::Signature => "signature",
            LineKind::Text => "text",
        };
        lines(text).iter().map(name).collect()
    }

    #[test]
    fn lines_are_told_apart() {
        let rows = [
            ("Page 2 of 5", "furniture"),
            ("- 4 -", "furniture"),
            ("OFFICIAL", "furniture"),
            ("\u{b9} Statutory guidance", "footnote"),
            ("<https://example.invalid/a>", "furniture"),
            ("## Plan", "heading"),
            ("- 4. The council must", "item"),
            ("Signed: Date:", "signature"),
            ("| Plan | 4 May 2020 |", "row"),
            ("The council must act.", "text"),
        ];
        for (line, expected) in rows {
            assert_eq!(names(line), [expected], "{line}");
        }
    }
}
