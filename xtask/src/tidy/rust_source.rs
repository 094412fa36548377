//! Cuts Rust source into code, comments and string literals, so that a rule about one isn't misled by another.

/// What a stretch of source is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Neither of the others; character literals count as code.
    Code,
    /// A comment of any sort, with its marks.
    Comment,
    /// The inside of a string literal of any sort.
    Text,
}

/// One stretch of source.
#[derive(Debug, PartialEq)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its words.
    pub text: &'a str,
    /// The line it begins on, from 1.
    pub line: usize,
}

struct Cutter<'a> {
    source: &'a str,
    pieces: Vec<Piece<'a>>,
    code_from: usize,
    counted_to: usize,
    line: usize,
}

/// Cuts the source up.
pub fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut cutter = Cutter { source, pieces: Vec::new(), code_from: 0, counted_to: 0, line: 1 };
    let mut at = 0;
    while at < source.len() {
        at = cutter.step(at);
    }
    cutter.close_code(source.len());
    cutter.pieces
}

impl<'a> Cutter<'a> {
    /// Looks at one place and gives the next one to look at.
    fn step(&mut self, at: usize) -> usize {
        let rest = &self.source[at..];
        if rest.starts_with("//") {
            let end = rest.find('\n').map_or(self.source.len(), |length| at + length);
            return self.take(Kind::Comment, at, at, end, end);
        }
        if rest.starts_with("/*") {
            let end = at + block_comment_length(rest);
            return self.take(Kind::Comment, at, at, end, end);
        }
        if let Some((hashes, quote)) = self.raw_string_opening(at) {
            let closing = format!("\"{}", "#".repeat(hashes));
            let inside = quote + 1;
            let end =
                self.source[inside..].find(&closing).map_or(self.source.len(), |length| inside + length);
            return self.take(Kind::Text, at, inside, end, (end + closing.len()).min(self.source.len()));
        }
        if let Some(inside) = rest.strip_prefix('"') {
            let end = at + 1 + string_length(inside);
            return self.take(Kind::Text, at, at + 1, end, (end + 1).min(self.source.len()));
        }
        if rest.starts_with('\'') {
            return at + character_length(rest);
        }
        at + rest.chars().next().map_or(1, char::len_utf8)
    }

    /// Ends the code before `from`, records `inside..end`, and goes on after `after`.
    fn take(&mut self, kind: Kind, from: usize, inside: usize, end: usize, after: usize) -> usize {
        self.close_code(from);
        let line = self.line_at(inside);
        self.pieces.push(Piece { kind, text: &self.source[inside..end], line });
        self.code_from = after;
        after
    }

    fn close_code(&mut self, end: usize) {
        if self.code_from < end {
            let line = self.line_at(self.code_from);
            self.pieces.push(Piece { kind: Kind::Code, text: &self.source[self.code_from..end], line });
        }
    }

    fn line_at(&mut self, place: usize) -> usize {
        self.line += self.source[self.counted_to..place].matches('\n').count();
        self.counted_to = place;
        self.line
    }

    /// The number of hashes and the place of the quote, when a raw string opens here.
    fn raw_string_opening(&self, at: usize) -> Option<(usize, usize)> {
        let after = self.source[at..].strip_prefix('r')?;
        let before = &self.source[..at];
        let before = before.strip_suffix(['b', 'c']).unwrap_or(before);
        if before.ends_with(|character: char| character.is_alphanumeric() || character == '_') {
            return None;
        }
        let hashes = after.len() - after.trim_start_matches('#').len();
        after[hashes..].starts_with('"').then_some((hashes, at + 1 + hashes))
    }
}

fn block_comment_length(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of a string literal up to its closing quote.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (place, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return place,
            _ => {}
        }
    }
    text.len()
}

/// The length of a character literal, or 1 for the tick of a lifetime.
fn character_length(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match (characters.next(), characters.next()) {
        (Some((_, '\\')), Some((place, escaped))) => {
            let from = place + escaped.len_utf8();
            text[from..].find('\'').map_or(1, |length| from + length + 1)
        }
        (Some(_), Some((place, '\''))) => place + 1,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, kind: Kind, expected: &[(&str, usize)]) {
        let all = pieces(source);
        let found: Vec<(&str, usize)> =
            all.iter().filter(|piece| piece.kind == kind).map(|piece| (piece.text, piece.line)).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn strings_of_every_sort_are_text() {
        check(r#"f("a \" b", b"c")"#, Kind::Text, &[("a \\\" b", 1), ("c", 1)]);
        check("f(r#\"say \"yes\"\"#, br\"n\\\", r#type)", Kind::Text, &[("say \"yes\"", 1), ("n\\", 1)]);
        check("let a =\n  \"one\n two\";\nf(\"three\")", Kind::Text, &[("one\n two", 2), ("three", 4)]);
    }

    #[test]
    fn comments_end_where_they_should() {
        check("a // b \"c\"\nd", Kind::Comment, &[("// b \"c\"", 1)]);
        check("a /* b /* c */ d */ e", Kind::Comment, &[("/* b /* c */ d */", 1)]);
        check("f(\"// not one\")", Kind::Comment, &[]);
    }

    #[test]
    fn a_quote_in_a_character_or_a_lifetime_opens_nothing() {
        check("f('\"', '\\'', '\\u{22}', \"a\")", Kind::Text, &[("a", 1)]);
        check("fn f<'a>(x: &'a str) { g(\"b\") }", Kind::Text, &[("b", 1)]);
        check("f('é', \"c\")", Kind::Text, &[("c", 1)]);
    }

    #[test]
    fn nothing_is_lost_between_the_pieces() {
        check("a \"b\" c", Kind::Code, &[("a ", 1), (" c", 1)]);
        check("\"unclosed", Kind::Text, &[("unclosed", 1)]);
    }
}
