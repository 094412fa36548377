//! Lays a page's tokens out as blocks, with the labels of its lists.

use super::super::flow::{Block, Flow};
use super::super::labels::{letters, roman};
use super::entities::resolve_into;
use super::tokens::{Tag, Token, Tokens};

/// Which part of a page is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What stands in `main`.
    Main,
    /// All but the page's furniture.
    Body,
    /// All.
    Everything,
}

enum List {
    Bulleted,
    Numbered { next: i64, style: Style },
}

#[derive(Clone, Copy)]
enum Style {
    Decimal,
    Letters,
    Capitals,
    Roman,
    RomanCapitals,
}

/// The state of laying out one page.
pub(super) struct Page {
    part: Part,
    flow: Flow,
    lists: Vec<List>,
    line: String,
    label: Option<String>,
    /// Where a superscript started in `line`.
    superscript: Option<usize>,
    preformatted: bool,
    main_depth: usize,
    /// The element being passed over and how many of its name are open.
    hidden: Option<(String, usize)>,
}

const FURNITURE: &[&str] = &["nav", "footer", "aside", "form", "select", "button", "dialog"];
const WITHOUT_END: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
const DEEPEST_LIST: usize = 128;

impl Page {
    pub(super) fn new(part: Part) -> Self {
        Self {
            part,
            flow: Flow::default(),
            lists: Vec::new(),
            line: String::new(),
            label: None,
            superscript: None,
            preformatted: false,
            main_depth: 0,
            hidden: None,
        }
    }

    pub(super) fn lay_out(mut self, tokens: Tokens<'_>) -> String {
        for token in tokens {
            match token {
                Token::Open(tag) => self.open(&tag),
                Token::Close(name) => self.close(&name),
                Token::Text(text) => self.text(text),
            }
        }
        self.end_block();
        self.flow.finish()
    }

    fn open(&mut self, tag: &Tag<'_>) {
        if let Some((name, open)) = &mut self.hidden {
            *open += usize::from(*name == tag.name);
            return;
        }
        if self.hides(tag) {
            self.end_block();
            self.hidden = Some((tag.name.clone(), 1));
            return;
        }
        match tag.name.as_str() {
            "ul" | "menu" | "dir" => self.open_list(List::Bulleted),
            "ol" => self.open_list(numbered(tag)),
            "li" => self.open_item(tag),
            "br" => self.break_line(),
            "pre" => {
                self.end_block();
                self.preformatted = true;
            }
            "sup" => self.superscript = Some(self.line.len()),
            "table" => {
                self.end_block();
                self.flow.open_table();
            }
            "tr" => {
                self.end_block();
                self.flow.open_row();
            }
            "td" | "th" => {
                self.end_block();
                self.flow.open_cell();
            }
            "main" => {
                self.end_block();
                self.main_depth += 1;
            }
            name if is_block(name) => self.end_block(),
            _ => {}
        }
    }

    /// Furniture and what the page itself hides. A header inside the content carries the title, so it stays.
    fn hides(&self, tag: &Tag<'_>) -> bool {
        if self.part == Part::Everything || WITHOUT_END.contains(&tag.name.as_str()) {
            return false;
        }
        let name = tag.name.as_str();
        FURNITURE.contains(&name)
            || (name == "header" && self.part == Part::Body && tag.attribute("role") == Some("banner"))
            || tag.attribute("hidden").is_some()
            || tag.attribute("role") == Some("navigation")
    }

    fn close(&mut self, name: &str) {
        if let Some((hidden, open)) = &mut self.hidden {
            if hidden == name {
                *open -= 1;
                if *open == 0 {
                    self.hidden = None;
                }
            }
            return;
        }
        match name {
            "ul" | "ol" | "menu" | "dir" => {
                self.end_block();
                self.label = None;
                self.lists.pop();
            }
            "li" => {
                self.end_block();
                self.label = None;
            }
            "pre" => {
                self.end_block();
                self.preformatted = false;
            }
            "sup" => self.close_superscript(),
            "table" => {
                self.end_block();
                self.flow.close_table();
            }
            "tr" => {
                self.end_block();
                self.flow.close_row();
            }
            "td" | "th" => {
                self.end_block();
                self.flow.close_cell();
            }
            "main" => {
                self.end_block();
                self.main_depth = self.main_depth.saturating_sub(1);
            }
            name if is_block(name) => self.end_block(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden.is_some() || (self.part == Part::Main && self.main_depth == 0) {
            return;
        }
        let mut resolved = String::with_capacity(text.len());
        resolve_into(text, &mut resolved);
        for character in resolved.chars() {
            match character {
                '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' => {}
                '\n' if self.preformatted => self.line.push('\n'),
                other if other.is_whitespace() => self.space(),
                other => self.line.push(other),
            }
        }
    }

    fn space(&mut self) {
        if self.preformatted || !self.line.ends_with([' ', '\n']) {
            self.line.push(' ');
        }
    }

    fn break_line(&mut self) {
        self.line.truncate(self.line.trim_end_matches(' ').len());
        if !self.line.is_empty() {
            self.line.push('\n');
        }
    }

    /// A raised number or sign is a reference to a note; raised letters ("27th") are part of the word.
    fn close_superscript(&mut self) {
        let Some(from) = self.superscript.take() else { return };
        let Some(raised) = self.line.get(from..) else { return };
        let reference = raised.trim().trim_matches(['[', ']', '(', ')']).to_owned();
        let number = !reference.is_empty() && reference.chars().all(|letter| letter.is_ascii_digit());
        if number || matches!(reference.as_str(), "*" | "†" | "‡") {
            self.line.truncate(from);
            self.line.push_str(&format!("[{reference}]"));
        }
    }

    fn end_block(&mut self) {
        self.superscript = None;
        let text = self.line.trim();
        if text.is_empty() {
            self.line.clear();
            return;
        }
        let block = match self.label.take() {
            Some(label) => Block::item(format!("{label} {text}")),
            None => Block::paragraph(text),
        };
        self.flow.push(block);
        self.line.clear();
    }

    fn open_list(&mut self, list: List) {
        self.end_block();
        if self.lists.len() < DEEPEST_LIST {
            self.lists.push(list);
        }
    }

    fn open_item(&mut self, tag: &Tag<'_>) {
        self.end_block();
        self.label = Some(match self.lists.last_mut() {
            Some(List::Numbered { next, style }) => {
                if let Some(value) = tag.attribute("value").and_then(|value| value.trim().parse().ok()) {
                    *next = value;
                }
                let label = format!("{}.", printed(*next, *style));
                *next = next.saturating_add(1);
                label
            }
            _ => "•".to_owned(),
        });
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hr"
            | "html"
            | "legend"
            | "main"
            | "nav"
            | "option"
            | "p"
            | "section"
            | "summary"
            | "tbody"
            | "tfoot"
            | "thead"
    )
}

fn numbered(tag: &Tag<'_>) -> List {
    let style = match tag.attribute("type").map(str::trim) {
        Some("a") => Style::Letters,
        Some("A") => Style::Capitals,
        Some("i") => Style::Roman,
        Some("I") => Style::RomanCapitals,
        _ => Style::Decimal,
    };
    let next = tag.attribute("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
    List::Numbered { next, style }
}

fn printed(number: i64, style: Style) -> String {
    let Some(positive) = u32::try_from(number).ok().filter(|number| *number > 0) else {
        return number.to_string();
    };
    match style {
        Style::Decimal => number.to_string(),
        Style::Letters => letters(positive),
        Style::Capitals => letters(positive).to_ascii_uppercase(),
        Style::Roman => roman(positive),
        Style::RomanCapitals => roman(positive).to_ascii_uppercase(),
    }
}
