//! The words of a sentence and the small patterns the rules are written in.
//!
//! A pattern is words with single spaces between: `a|b` either, `?a` may be missing, `#` a number, `@` a unit of time,
//! `..4` up to four words of any kind. Matching never looks further than its gaps allow, so it stays linear.

use vocabulary::interval::Unit;

/// A word or a mark of punctuation in a sentence.
#[derive(Clone, Debug)]
pub struct Word<'a> {
    /// Lower case, without a possessive ending.
    pub text: &'a str,
    /// Whether it ended in `'s` or `s'`.
    pub possessive: bool,
    /// Whether it started with a capital letter.
    pub capital: bool,
    /// First byte in the cleaned text.
    pub start: usize,
    /// Byte after the last in the cleaned text.
    pub end: usize,
}

impl Word<'_> {
    /// Whether this is a mark and not a word.
    pub fn is_mark(&self) -> bool {
        matches!(self.text, "," | ";" | ":" | "(" | ")" | "-")
    }
}

/// Cuts `lower[from..to]` into words; `cased` is the same text before lower-casing. Definitions in brackets and quotes,
/// such as ("the board"), are passed over: they interrupt the grammar of the sentence.
pub fn words<'a>(lower: &'a str, cased: &str, from: usize, to: usize) -> Vec<Word<'a>> {
    let bytes = lower.as_bytes();
    let mut found = Vec::new();
    let mut at = from;
    while at < to {
        let byte = bytes[at];
        if byte == b'('
            && let Some(end) = definition_end(bytes, at, to)
        {
            at = end;
        } else if matches!(byte, b',' | b';' | b':' | b'(' | b')') {
            found.push(Word {
                text: &lower[at..=at],
                possessive: false,
                capital: false,
                start: at,
                end: at + 1,
            });
            at += 1;
        } else if is_word_byte(byte) {
            let end = word_end(bytes, at, to);
            found.push(word(lower, cased, at, end));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'&' | b'%')
}

/// Words hold inner hyphens, apostrophes, slashes and the dots of dates and paragraph numbers.
fn word_end(bytes: &[u8], from: usize, to: usize) -> usize {
    let mut at = from;
    while at < to {
        let inner = matches!(bytes[at], b'-' | b'\'' | b'/' | b'.' | b'_');
        let joined = inner && at + 1 < to && is_word_byte(bytes[at + 1]);
        if !is_word_byte(bytes[at]) && !joined {
            break;
        }
        at += 1;
    }
    at
}

fn word<'a>(lower: &'a str, cased: &str, start: usize, end: usize) -> Word<'a> {
    let whole = &lower[start..end];
    let (text, mut possessive) =
        whole.strip_suffix("'s").filter(|stem| !stem.is_empty()).map_or((whole, false), |stem| (stem, true));
    possessive |= whole.ends_with('s') && lower.as_bytes().get(end) == Some(&b'\'');
    let capital = cased[start..].starts_with(|letter: char| letter.is_uppercase());
    Word { text, possessive, capital, start, end }
}

/// The end of a bracketed definition that opens at `at`: a bracket whose content starts with a quoted term.
fn definition_end(bytes: &[u8], at: usize, to: usize) -> Option<usize> {
    let window = &bytes[at..to.min(at + 90)];
    let close = window.iter().position(|byte| *byte == b')')?;
    let inside = window[1..close].trim_ascii_start();
    let quoted = |text: &[u8]| text.first().is_some_and(|byte| matches!(byte, b'"' | b'\''));
    let named = inside.strip_prefix(b"the ").is_some_and(quoted)
        || inside.starts_with(b"hereafter")
        || inside.starts_with(b"hereinafter");
    (quoted(inside) || named).then_some(at + close + 1)
}

/// Whether `pattern` matches from word `at`; gives the index after the last word matched.
pub fn match_at(words: &[Word<'_>], at: usize, pattern: &str) -> Option<usize> {
    step(words, at, pattern)
}

fn step(words: &[Word<'_>], at: usize, pattern: &str) -> Option<usize> {
    if pattern.is_empty() {
        return Some(at);
    }
    let (first, rest) = pattern.split_once(' ').unwrap_or((pattern, ""));
    if let Some(gap) = first.strip_prefix("..") {
        let most: usize = gap.parse().unwrap_or(0);
        return (at..=(at + most).min(words.len())).find_map(|next| step(words, next, rest));
    }
    if let Some(optional) = first.strip_prefix('?') {
        let with =
            words.get(at).filter(|word| is_one_of(word, optional)).and_then(|_| step(words, at + 1, rest));
        return with.or_else(|| step(words, at, rest));
    }
    words.get(at).filter(|word| is_one_of(word, first)).and_then(|_| step(words, at + 1, rest))
}

fn is_one_of(word: &Word<'_>, choices: &str) -> bool {
    match choices {
        "#" => number(word.text).is_some(),
        "@" => unit(word.text).is_some(),
        _ => {
            word.text == choices
                || (choices.contains('|') && choices.split('|').any(|choice| choice == word.text))
        }
    }
}

/// The first match of `pattern` at or after word `from`, as a range of word indexes.
pub fn find(words: &[Word<'_>], from: usize, pattern: &str) -> Option<(usize, usize)> {
    find_from_initials(words, from, pattern, initials(pattern))
}

/// As [`find`], for a pattern whose [`initials`] are known.
pub fn find_from_initials(
    words: &[Word<'_>],
    from: usize,
    pattern: &str,
    initials: Option<u32>,
) -> Option<(usize, usize)> {
    (from..words.len())
        .filter(|at| initials.is_none_or(|initials| initials & initial(words[*at].text) != 0))
        .find_map(|at| step(words, at, pattern).map(|end| (at, end)))
}

/// The first letters a match of the pattern can start with, one bit each; nothing when it can start with any word.
pub fn initials(pattern: &str) -> Option<u32> {
    let mut letters = 0;
    for token in pattern.split(' ') {
        let plain = token.trim_start_matches('?');
        if plain.starts_with(['.', '#', '@']) {
            return None;
        }
        letters |= plain.split('|').map(initial).fold(0, |all, letter| all | letter);
        if plain.len() == token.len() {
            return Some(letters);
        }
    }
    None
}

/// The bit of a word's first letter; all that are no letters share one.
fn initial(word: &str) -> u32 {
    match word.bytes().next() {
        Some(letter @ b'a'..=b'z') => 1 << (letter - b'a'),
        _ => 1 << 26,
    }
}

/// Whether the words hold the pattern.
pub fn has(words: &[Word<'_>], pattern: &str) -> bool {
    find(words, 0, pattern).is_some()
}

/// A small number in digits or in words.
pub fn number(text: &str) -> Option<u16> {
    const WORDS: [(&str, u16); 22] = [
        ("one", 1),
        ("a", 1),
        ("an", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("thirteen", 13),
        ("fourteen", 14),
        ("fifteen", 15),
        ("sixteen", 16),
        ("eighteen", 18),
        ("twenty", 20),
        ("twenty-four", 24),
        ("thirty", 30),
    ];
    if text.bytes().next()?.is_ascii_digit() {
        return text.parse().ok().filter(|amount| (1..=999).contains(amount));
    }
    WORDS.iter().find(|(name, _)| *name == text).map(|(_, amount)| *amount)
}

/// A unit of time, singular or plural.
pub fn unit(text: &str) -> Option<Unit> {
    match text {
        "day" | "days" => Some(Unit::Days),
        "week" | "weeks" => Some(Unit::Weeks),
        "month" | "months" => Some(Unit::Months),
        "year" | "years" => Some(Unit::Years),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, pattern: &str) -> bool {
        let lower = text.to_ascii_lowercase();
        has(&words(&lower, text, 0, text.len()), pattern)
    }

    #[test]
    fn patterns_take_choices_gaps_and_numbers() {
        assert!(check("at least every 4 weeks", "at least every # @"));
        assert!(check("within six weeks of this Notice being issued", "within # @ of ..5 being issued"));
        assert!(check("the Council's partners", "council partners"));
        assert!(!check("within reason", "within # @"));
    }

    #[test]
    fn a_definition_does_not_interrupt_the_sentence() {
        assert!(check("the Improvement Board (\"the Board\") must meet", "improvement board must meet"));
    }
}
