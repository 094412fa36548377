//! Tags and text of a page, in the forgiving way browsers take them apart.

/// An opening tag, its name in lower case.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) name: String,
    attributes: &'a str,
}

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open(Tag<'a>),
    Close(String),
    Text(&'a str),
}

/// Elements whose content is no markup; what stands in them is never shown as text of the page.
const RAW: &[&str] =
    &["script", "style", "title", "textarea", "noscript", "iframe", "template", "xmp", "svg", "math"];

const LONGEST_NAME: usize = 32;

/// Takes a page apart, each character looked at a bounded number of times.
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(page: &'a str) -> Self {
        Self { rest: page }
    }

    fn cut(&mut self, at: usize) -> &'a str {
        let (head, tail) = self.rest.split_at(at);
        self.rest = tail;
        head
    }

    /// Passes over a comment, declaration or processing instruction; one that never ends takes the rest.
    fn skip_declaration(&mut self) {
        let (from, end) = if self.rest.starts_with("<!--") { (4, "-->") } else { (2, ">") };
        let end = self.rest[from..].find(end).map_or(self.rest.len(), |at| from + at + end.len());
        self.cut(end);
    }

    fn open(&mut self) -> Tag<'a> {
        let whole = self.cut(tag_end(self.rest));
        let inner = whole.strip_suffix('>').unwrap_or(whole);
        let name_end = inner[1..]
            .find(|letter: char| letter.is_ascii_whitespace() || letter == '/')
            .map_or(inner.len(), |at| at + 1);
        let name = lower(&inner[1..name_end]);
        let attributes = &inner[name_end..];
        if RAW.contains(&name.as_str()) && !attributes.ends_with('/') {
            self.skip_raw(&name);
        }
        Tag { name, attributes }
    }

    /// Passes over the content of a raw element up to its closing tag, or all the rest.
    fn skip_raw(&mut self, name: &str) {
        let mut from = 0;
        while let Some(at) = self.rest[from..].find("</") {
            let start = from + at;
            let candidate = self.rest.as_bytes().get(start + 2..start + 2 + name.len());
            if candidate.is_some_and(|letters| letters.eq_ignore_ascii_case(name.as_bytes())) {
                self.cut(start);
                return;
            }
            from = start + 2;
        }
        self.cut(self.rest.len());
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Token::Text(self.cut(end)));
            }
            match self.rest.as_bytes().get(1) {
                Some(b'!' | b'?') => self.skip_declaration(),
                Some(b'/') => {
                    let whole = self.cut(tag_end(self.rest));
                    let name = whole[2..].trim_end_matches('>').split_ascii_whitespace().next().unwrap_or("");
                    return Some(Token::Close(lower(name)));
                }
                Some(letter) if letter.is_ascii_alphabetic() => return Some(Token::Open(self.open())),
                // "fewer than < 5" is text.
                _ => {
                    let end = self.rest[1..].find('<').map_or(self.rest.len(), |at| at + 1);
                    return Some(Token::Text(self.cut(end)));
                }
            }
        }
    }
}

/// Where a tag ends, past its `>`; one that never ends takes the rest.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b'>') => return at + 1,
            (None, _) => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    rest.len()
}

fn lower(name: &str) -> String {
    name[..name.floor_char_boundary(LONGEST_NAME)].to_ascii_lowercase()
}

impl<'a> Tag<'a> {
    /// The value of an attribute, without its quotes; of an attribute without a value, the empty text.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        const LOOKED_AT: usize = 64;
        let mut rest = self.attributes;
        for _ in 0..LOOKED_AT {
            rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == '/');
            if rest.is_empty() {
                return None;
            }
            let key_end = rest
                .char_indices()
                .skip(1)
                .find(|(_, letter)| letter.is_ascii_whitespace() || matches!(letter, '=' | '/'))
                .map_or(rest.len(), |(at, _)| at);
            let (key, after) = rest.split_at(key_end);
            let (value, after) = value(after);
            if key.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = after;
        }
        None
    }
}

fn value(after_key: &str) -> (&str, &str) {
    let Some(assigned) = after_key.trim_start().strip_prefix('=') else { return ("", after_key) };
    let assigned = assigned.trim_start();
    for quote in ['"', '\''] {
        if let Some(inside) = assigned.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    assigned.split_at(assigned.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(assigned.len()))
}
