//! The printed labels of clauses: `3.`, `2.1`, `a.`, `(iv)`, bullets; and what they say about depth.

/// The style of a label; two labels of one style stand at the same depth unless indented apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `3.` or `3)`.
    Number,
    /// `(3)`.
    BracketedNumber,
    /// `2.1`, with how many dots stand inside.
    Decimal(usize),
    /// `a.`, `a)` or `(a)`.
    Letter,
    /// `A.`.
    Capital,
    /// `(iv)`, `iv.`.
    Roman,
    /// A glyph, with its indentation in columns.
    Bullet(usize),
}

/// A label as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its style.
    pub style: Style,
    /// As printed, without a list glyph before it.
    pub printed: String,
    /// The name used in references: `3`, `a`, `(iv)`; empty for bullets, which are counted.
    pub name: String,
    /// Its place in a sequence, where it has one.
    pub order: Option<u32>,
}

/// Reads a label at the start of a line. Gives the label and how many bytes of the line it takes.
pub fn at_line_start(line: &str) -> Option<(Label, usize)> {
    let indent = line.len() - line.trim_start_matches([' ', '\t', '\u{a0}', '>']).len();
    let rest = &line[indent..];
    let emphasis = rest.len() - rest.trim_start_matches("**").len();
    if let Some(length) = glyph(rest) {
        let after = rest[length..].trim_start_matches([' ', '\t', '\u{a0}']);
        let skipped = rest.len() - after.len();
        if let Some((label, inner)) = enumerated(after) {
            return Some((label, indent + skipped + inner));
        }
        let printed = rest[..length].trim().to_owned();
        let label = Label { style: Style::Bullet(indent), printed, name: String::new(), order: None };
        return Some((label, indent + skipped));
    }
    let (label, length) = enumerated(&rest[emphasis..])?;
    Some((label, indent + emphasis + length))
}

/// A bullet glyph followed by white space, or a private-use letter that stands for one.
fn glyph(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    let length = first.len_utf8();
    let spaced = rest[length..].starts_with([' ', '\t', '\u{a0}']);
    match first {
        '-' | '*' | '+' | '\u{2013}' | '\u{2014}' | 'o' => spaced.then_some(length),
        '\u{2022}' | '\u{b7}' | '\u{25aa}' | '\u{25e6}' | '\u{25cf}' | '\u{25cb}' | '\u{2023}'
        | '\u{2043}' | '\u{25a0}' | '\u{27a2}' | '\u{2713}' | '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' => {
            Some(length)
        }
        _ => None,
    }
}

/// A number, letter or roman numeral in brackets or followed by a dot or bracket.
pub fn enumerated(rest: &str) -> Option<(Label, usize)> {
    let (core, opened, length) = core_of(rest)?;
    let after = &rest[length..];
    if !(after.is_empty() || after.starts_with([' ', '\t', '\u{a0}', '*'])) {
        return None;
    }
    let style = style_of(core, opened)?;
    let order = order_of(core, style);
    let name = match style {
        Style::Roman => format!("({core})"),
        _ => core.to_owned(),
    };
    Some((Label { style, printed: rest[..length].to_owned(), name, order }, length))
}

fn core_of(rest: &str) -> Option<(&str, bool, usize)> {
    let opened = rest.starts_with('(');
    let inner = &rest[usize::from(opened)..];
    let bare =
        inner.bytes().take(12).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.').count();
    let core = inner[..bare].trim_end_matches('.');
    let closing = &inner[core.len()..];
    let closed = closing.starts_with(['.', ')']);
    let decimal = core.contains('.') && core.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if core.is_empty() || (opened && !closing.starts_with(')')) || !(closed || decimal) {
        return None;
    }
    Some((core, opened, usize::from(opened) + core.len() + usize::from(closed)))
}

fn style_of(core: &str, opened: bool) -> Option<Style> {
    let digits = core.bytes().all(|byte| byte.is_ascii_digit());
    if digits && core.len() <= 3 {
        return Some(if opened { Style::BracketedNumber } else { Style::Number });
    }
    if core.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        let short = core.split('.').all(|part| !part.is_empty() && part.len() <= 2);
        let dots = core.matches('.').count();
        return (short && dots <= 3 && core.len() <= 8).then_some(Style::Decimal(dots));
    }
    if roman(core).is_some() && (core.len() > 1 || core == "i" || (opened && matches!(core, "v" | "x"))) {
        return Some(Style::Roman);
    }
    match core.as_bytes() {
        [letter] if letter.is_ascii_lowercase() => Some(Style::Letter),
        [letter] if letter.is_ascii_uppercase() && *letter != b'I' => Some(Style::Capital),
        _ => None,
    }
}

fn order_of(core: &str, style: Style) -> Option<u32> {
    match style {
        Style::Number | Style::BracketedNumber => core.parse().ok(),
        Style::Decimal(_) => core.rsplit('.').next()?.parse().ok(),
        Style::Letter => core.bytes().next().map(|letter| u32::from(letter - b'a') + 1),
        Style::Capital => core.bytes().next().map(|letter| u32::from(letter - b'A') + 1),
        Style::Roman => roman(core),
        Style::Bullet(_) => None,
    }
}

/// A lower-case roman numeral up to thirty-nine.
fn roman(core: &str) -> Option<u32> {
    const UNITS: &[&str] = &["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = core.bytes().take_while(|byte| *byte == b'x').count();
    let rest = &core[tens..];
    let units = UNITS.iter().position(|unit| *unit == rest)?;
    let value = tens * 10 + units;
    (1..40).contains(&value).then(|| u32::try_from(value).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_every_era_are_read() {
        let rows = [
            ("- 3. The council", "3", Style::Number),
            (" - a. The board", "a", Style::Letter),
            ("(iv) Ensure", "(iv)", Style::Roman),
            ("2.1 The council", "2.1", Style::Decimal(1)),
            ("(b) to co-operate", "b", Style::Letter),
            ("**4.** The", "4", Style::Number),
            ("\u{2022} Ensure", "", Style::Bullet(0)),
            ("  - Establish", "", Style::Bullet(2)),
        ];
        for (line, name, style) in rows {
            let (label, _) = at_line_start(line).expect(line);
            assert_eq!((label.name.as_str(), label.style), (name, style), "{line}");
        }
    }

    #[test]
    fn dates_years_and_words_are_no_labels() {
        for line in ["11 August 2016", "2012. The", "s497A. The", "e.g. this", "a plan", "I. Smith"] {
            assert_eq!(at_line_start(line), None, "{line}");
        }
    }
}
