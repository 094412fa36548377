//! Takes litter out of a line and keeps where each letter came from: marks of markdown, HTML and LaTeX, footnote
//! digits, curly quotes, ligatures, invisible letters.

/// Cleaned text that knows, for each of its bytes, the byte of the given text it came from.
#[derive(Clone, Debug, Default)]
pub struct Cleaned {
    /// The text with single spaces, straight quotes and no litter.
    pub text: String,
    /// For each byte of `text`, where its letter starts in the given text.
    pub origin: Vec<usize>,
}

impl Cleaned {
    fn push(&mut self, letter: char, origin: usize) {
        if letter == ' ' && (self.text.is_empty() || self.text.ends_with(' ')) {
            return;
        }
        self.text.push(letter);
        self.origin.extend(std::iter::repeat_n(origin, letter.len_utf8()));
    }

    fn push_all(&mut self, letters: &str, origin: usize) {
        letters.chars().for_each(|letter| self.push(letter, origin));
    }

    /// Appends another line, with a space between; a word broken by a hyphen at the line's end is closed up.
    pub fn join(&mut self, next: &Self) {
        let broken = self.text.ends_with('-')
            && self.text[..self.text.len() - 1].ends_with(|letter: char| letter.is_alphabetic())
            && next.text.starts_with(|letter: char| letter.is_lowercase());
        if !broken && let Some(first) = next.origin.first() {
            self.push(' ', *first);
        }
        self.text.push_str(&next.text);
        self.origin.extend_from_slice(&next.origin);
    }

    /// The part of this text from byte `from` to byte `to`.
    pub fn part(&self, from: usize, to: usize) -> Self {
        Self { text: self.text[from..to].to_owned(), origin: self.origin[from..to].to_vec() }
    }

    fn trim_end(&mut self) {
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        self.origin.truncate(kept);
    }
}

/// Cleans one line of the given text; `base` is where the line starts in it.
pub fn clean(line: &str, base: usize) -> Cleaned {
    let mut out = Cleaned::default();
    let mut at = 0;
    while let Some(letter) = line[at..].chars().next() {
        let skipped = litter(line, at, &out.text);
        if skipped > 0 {
            at += skipped;
            continue;
        }
        if letter == '&'
            && let Some((decoded, length)) = entity(&line[at..])
        {
            out.push_all(decoded, base + at);
            at += length;
            continue;
        }
        if letter == '|' && (out.text.is_empty() || line[at + 1..].trim().is_empty()) {
            at += 1;
            continue;
        }
        match plain(letter) {
            Plain::Same => out.push(letter, base + at),
            Plain::As(text) => out.push_all(text, base + at),
            Plain::Nothing => {}
        }
        at += letter.len_utf8();
    }
    out.trim_end();
    out
}

enum Plain {
    Same,
    As(&'static str),
    Nothing,
}

fn plain(letter: char) -> Plain {
    match letter {
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => Plain::As("\""),
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '`' | '\u{b4}' => Plain::As("'"),
        '\u{2013}' | '\u{2014}' | '\u{2010}' | '\u{2011}' | '\u{2212}' => Plain::As("-"),
        '\u{2026}' => Plain::As("..."),
        '\u{fb00}' => Plain::As("ff"),
        '\u{fb01}' => Plain::As("fi"),
        '\u{fb02}' => Plain::As("fl"),
        '\u{fb03}' => Plain::As("ffi"),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{feff}'
        | '\u{2060}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fffd}' => Plain::Nothing,
        '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}' => Plain::Nothing,
        '|' => Plain::As(", "),
        _ if letter.is_whitespace() || letter.is_control() => Plain::As(" "),
        _ => Plain::Same,
    }
}

/// How many bytes of litter stand at `at`; `before` is what was kept so far.
fn litter(line: &str, at: usize, before: &str) -> usize {
    let rest = &line[at..];
    match rest.as_bytes()[0] {
        b'<' => tag(rest),
        b'$' => formula(rest),
        b'*' => rest.bytes().take_while(|byte| *byte == b'*').count(),
        b'_' if rest.starts_with("__") => rest.bytes().take_while(|byte| *byte == b'_').count(),
        b'\\' => usize::from(rest.len() == 1 || rest.as_bytes()[1].is_ascii_punctuation()),
        b'[' if link_text(rest).is_some() => 1,
        b']' if rest.starts_with("](") => within(rest, b')').unwrap_or(0),
        b'^' => 1,
        b'0'..=b'9' => footnote_digits(rest, before),
        _ => 0,
    }
}

fn within(rest: &str, close: u8) -> Option<usize> {
    rest.as_bytes().iter().take(600).position(|byte| *byte == close).map(|at| at + 1)
}

fn tag(rest: &str) -> usize {
    let next = rest.as_bytes().get(1).copied().unwrap_or(b' ');
    if !(next.is_ascii_alphabetic() || matches!(next, b'/' | b'!')) {
        return 0;
    }
    if rest.starts_with("<sup>")
        && let Some(close) = rest.as_bytes().iter().take(80).position(|byte| *byte == b'/')
        && rest.as_bytes()[..close].ends_with(b"<")
        && rest[close..].starts_with("/sup>")
    {
        return close + 5;
    }
    within(rest, b'>').unwrap_or(0)
}

/// A scrap of LaTeX, to its closing dollar or the line's end.
fn formula(rest: &str) -> usize {
    let next = rest.as_bytes().get(1).copied().unwrap_or(b' ');
    if !matches!(next, b'\\' | b'^' | b'<' | b'{' | b'_') {
        return 0;
    }
    within(&rest[1..], b'$').map_or(rest.len(), |length| length + 1)
}

fn link_text(rest: &str) -> Option<()> {
    let close = within(rest, b']')?;
    rest[close..].starts_with('(').then_some(())
}

/// A footnote's number glued to a word or a closing quote: one or two digits that end there.
fn footnote_digits(rest: &str, before: &str) -> usize {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let ends =
        rest.as_bytes().get(digits).is_none_or(|byte| matches!(byte, b' ' | b'.' | b',' | b';' | b'\r'));
    let word = before.bytes().rev().take_while(u8::is_ascii_lowercase).count();
    let glued = word >= 4
        || (before.ends_with(['"', '\''])
            && before.len() > 2
            && !before.ends_with(" '")
            && !before.ends_with(" \""));
    if digits <= 2 && ends && glued { digits } else { 0 }
}

fn entity(rest: &str) -> Option<(&'static str, usize)> {
    const NAMED: [(&str, &str); 14] = [
        ("&amp;", "&"),
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&lt;", ""),
        ("&gt;", ""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&rsquo;", "'"),
        ("&lsquo;", "'"),
        ("&ldquo;", "\""),
        ("&rdquo;", "\""),
        ("&ndash;", "-"),
        ("&bull;", ""),
    ];
    NAMED.iter().find(|(name, _)| rest.starts_with(name)).map(|(name, decoded)| (*decoded, name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn litter_goes_and_words_stay() {
        let rows = [
            ("**must** meet every\u{a0}4 weeks", "must meet every 4 weeks"),
            ("workers<sup>5</sup>. Next", "workers. Next"),
            ("Risk Assessment\u{201d}3. Ensuring", "Risk Assessment\". Ensuring"),
            ("a $<sup>^{\\mathrm{2}}$ b", "a b"),
            ("see [the guidance](https://example.invalid/x)", "see the guidance"),
            ("s17 of the Act and 11 August 2016", "s17 of the Act and 11 August 2016"),
            ("the council\u{2019}s  plan", "the council's plan"),
        ];
        for (given, expected) in rows {
            assert_eq!(clean(given, 0).text, expected, "{given}");
        }
    }

    #[test]
    fn each_letter_knows_where_it_came_from() {
        let cleaned = clean("**must** do", 10);
        assert_eq!(cleaned.origin[0], 12);
        assert_eq!(cleaned.text.len(), cleaned.origin.len());
    }
}
