//! Whether a text holds every word that was asked for, and the part of it to show, with the words marked.

use serde::Serialize;
use utoipa::ToSchema;

/// A piece of a text: marked if it is one of the words asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Piece {
    /// Its letters.
    pub words: String,
    /// Whether it was asked for.
    pub marked: bool,
}

/// What was asked for: every word must stand in a text, in any order, as a part of a word or whole.
#[derive(Clone, Debug, Default)]
pub struct Wanted(Vec<Vec<char>>);

/// An excerpt is about this long.
const LONGEST: usize = 240;
/// So much stands before the first marked word.
const BEFORE: usize = 80;

impl Wanted {
    /// The words of a query, at most ten of them; case does not matter.
    pub fn of(query: &str) -> Self {
        let words = query.split_whitespace().map(folded).filter(|word| !word.is_empty());
        Self(words.take(10).collect())
    }

    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every word stands in one of these texts.
    pub fn matches(&self, texts: &[&str]) -> bool {
        self.0.iter().all(|word| texts.iter().any(|text| holds(text, word)))
    }

    /// The part of a text around the first word that stands in it, with every word marked.
    pub fn excerpt(&self, text: &str) -> Vec<Piece> {
        let letters: Vec<char> = text.chars().collect();
        let (from, to) = self.window(&letters);
        let mut pieces = Vec::new();
        if from > 0 {
            push(&mut pieces, &['…'], false);
        }
        let mut at = from;
        while at < to {
            match self.next(&letters[..to], at) {
                Some((start, end)) => {
                    push(&mut pieces, &letters[at..start], false);
                    push(&mut pieces, &letters[start..end], true);
                    at = end;
                }
                None => {
                    push(&mut pieces, &letters[at..to], false);
                    at = to;
                }
            }
        }
        if to < letters.len() {
            push(&mut pieces, &['…'], false);
        }
        pieces
    }

    fn window(&self, letters: &[char]) -> (usize, usize) {
        if letters.len() <= LONGEST {
            return (0, letters.len());
        }
        let first = self.next(letters, 0).map_or(0, |(start, _)| start);
        let from = if first <= BEFORE { 0 } else { word_start(letters, first - BEFORE) };
        let to = (from + LONGEST).min(letters.len());
        (from, if to == letters.len() { to } else { word_start(letters, to) })
    }

    /// The next place where a word stands, the longest word first.
    fn next(&self, letters: &[char], from: usize) -> Option<(usize, usize)> {
        let folded: Vec<char> = letters.iter().map(|letter| fold(*letter)).collect();
        let places = self.0.iter().filter_map(|word| Some((find(&folded, word, from)?, word.len())));
        let (start, length) = places.min_by_key(|(start, length)| (*start, usize::MAX - length))?;
        Some((start, start + length))
    }
}

fn push(pieces: &mut Vec<Piece>, letters: &[char], marked: bool) {
    if !letters.is_empty() {
        pieces.push(Piece { words: letters.iter().collect(), marked });
    }
}

/// The start of the word that stands at or after a place; the place itself where there is none.
fn word_start(letters: &[char], at: usize) -> usize {
    let blank = letters[at..].iter().position(|letter| letter.is_whitespace());
    blank.map_or(at, |blank| at + blank + 1).min(letters.len())
}

/// Whether a folded word stands in a text. Most texts are plain letters, which need not be copied to be compared.
fn holds(text: &str, word: &[char]) -> bool {
    if !text.is_ascii() {
        return find(&folded(text), word, 0).is_some();
    }
    let same = |(byte, letter): (&u8, &char)| char::from(byte.to_ascii_lowercase()) == *letter;
    text.as_bytes().windows(word.len()).any(|window| window.iter().zip(word).all(same))
}

fn find(text: &[char], word: &[char], from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let first = word.first()?;
    let starts = rest.iter().enumerate().filter(|(_, letter)| *letter == first);
    starts.map(|(at, _)| from + at).find(|at| text[*at..].starts_with(word))
}

fn folded(text: &str) -> Vec<char> {
    text.chars().map(fold).collect()
}

/// One letter for one letter, so that places in the folded text are places in the text.
fn fold(letter: char) -> char {
    match letter {
        letter if letter.is_ascii() => letter.to_ascii_lowercase(),
        '’' | '‘' => '\'',
        '‑' | '–' => '-',
        letter => letter.to_lowercase().next().unwrap_or(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(query: &str, text: &str) -> Vec<String> {
        let pieces = Wanted::of(query).excerpt(text);
        pieces.into_iter().filter(|piece| piece.marked).map(|piece| piece.words).collect()
    }

    #[test]
    fn every_word_must_stand_somewhere_in_any_order_and_case() {
        let wanted = Wanted::of("WEEKS board");
        assert!(wanted.matches(&["The board meets", "every 4 weeks"]));
        assert!(!wanted.matches(&["The board meets"]));
        assert!(Wanted::of("council's").matches(&["The council’s plan"]));
    }

    #[test]
    fn words_are_marked_as_they_are_written() {
        assert_eq!(marked("board", "The Board and the boards"), ["Board", "board"]);
        assert_eq!(marked("meet meeting", "A meeting"), ["meeting"]);
        assert_eq!(marked("", "A meeting"), Vec::<String>::new());
    }

    #[test]
    fn a_long_text_is_shown_around_the_first_word() {
        let text = format!("{} the chair writes {}", "x ".repeat(300), "y ".repeat(300));
        let pieces = Wanted::of("chair").excerpt(&text);
        let shown: String = pieces.iter().map(|piece| piece.words.as_str()).collect();
        assert!(shown.starts_with('…') && shown.ends_with('…'));
        assert!(shown.contains("the chair writes"));
        assert!(shown.chars().count() < 300);
    }

    #[test]
    fn joining_the_pieces_gives_the_text_back() {
        for text in ["", "é", "Straße İstanbul board", "the board\nmeets"] {
            let pieces = Wanted::of("board s").excerpt(text);
            assert_eq!(pieces.into_iter().map(|piece| piece.words).collect::<String>(), text);
        }
    }
}
