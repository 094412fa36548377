//! The label of a list item: a printed number, or one of the bullet glyphs that word processors leave behind.

/// What stands before an item's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// `24.` or `24)`; `dotted` is false for a bare `24`.
    Number {
        /// The number.
        number: u32,
        /// Whether a full stop or bracket follows it.
        dotted: bool,
    },
    /// A bullet of any shape.
    Bullet(char),
}

impl Label {
    /// Whether both are bullets of one shape, or both numbers.
    pub fn same_style(self, other: Self) -> bool {
        match (self, other) {
            (Self::Bullet(one), Self::Bullet(two)) => one == two,
            (Self::Number { dotted: one, .. }, Self::Number { dotted: two, .. }) => one == two,
            _ => false,
        }
    }
}

/// The label at the start of a line, and the words after it (which may stand on the next line).
pub(crate) fn label(text: &str) -> Option<(Label, &str)> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        return numbered(text);
    }
    let rest = &text[first.len_utf8()..];
    if is_bullet(first) {
        let rest = rest.trim_start_matches(is_private).trim_start();
        return Some((Label::Bullet(first), rest));
    }
    if is_plain(first)
        && rest.starts_with([' ', '\t'])
        && rest.trim_start().starts_with(char::is_alphanumeric)
    {
        return Some((Label::Bullet(first), rest.trim_start()));
    }
    None
}

/// Whether a character is one of the private-use glyphs of symbol fonts.
pub(crate) fn is_private(character: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&character)
}

/// Whether a bullet is a plain character that also stands in prose.
pub(crate) fn is_plain(glyph: char) -> bool {
    matches!(glyph, '-' | '–' | '—' | 'o' | '*')
}

fn is_bullet(character: char) -> bool {
    is_private(character)
        || matches!(
            character,
            '•' | '◼'
                | '■'
                | '▪'
                | '●'
                | '○'
                | '◦'
                | '□'
                | '▫'
                | '◾'
                | '⬛'
                | '❖'
                | '➢'
                | '►'
                | '▶'
                | '‣'
                | '⁃'
                | '∙'
                | '·'
        )
}

fn numbered(text: &str) -> Option<(Label, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    if digits.len() > 3 {
        return None;
    }
    let number = digits.parse().ok()?;
    if let Some(words) = rest.strip_prefix(['.', ')']) {
        let part_of_a_number = words.starts_with(|c: char| c.is_ascii_digit());
        return (!part_of_a_number).then(|| (Label::Number { number, dotted: true }, words.trim_start()));
    }
    let words = rest.trim_start();
    let bare = words.len() < rest.len() && words.starts_with(char::is_uppercase);
    bare.then_some((Label::Number { number, dotted: false }, words))
}
