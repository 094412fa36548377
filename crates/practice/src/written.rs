//! The shape of the library's files: front matter in TOML between two lines of `+++`, then prose.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};
use toml::value::Datetime;
use vocabulary::day::Day;

/// A file of the library, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryFile {
    /// Where it stands, as messages name it; its last folder called `standards`, `registers`, `indicators` or
    /// `trackers` says what it is.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// Something wrong with a file of the library.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub path: String,
    /// The line, from 1, where one can be named.
    pub line: Option<usize>,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.what),
            None => write!(f, "{}: {}", self.path, self.what),
        }
    }
}

/// A day as TOML writes it: `2023-12-15`, without quotes or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrittenDay(pub(crate) Day);

impl<'de> Deserialize<'de> for WrittenDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Datetime::deserialize(deserializer)?;
        let day = match (written.date, written.time) {
            (Some(_), None) => Day::parse(&written.to_string()),
            _ => None,
        };
        day.map(Self)
            .ok_or_else(|| D::Error::custom(format!("{written} is not a day; write it as 2023-12-15")))
    }
}

/// A file in its two parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) front: &'a str,
    pub(crate) prose: &'a str,
    /// The line of the file on which the prose begins.
    pub(crate) prose_line: usize,
}

const FENCE: &str = "+++";
/// The front matter begins on the file's second line.
const FRONT_LINE: usize = 2;

impl<'a> Parts<'a> {
    pub(crate) fn of(text: &'a str) -> Result<Self, (usize, String)> {
        let text = text.trim_start_matches('\u{feff}');
        let opened =
            text.strip_prefix(FENCE).and_then(|rest| rest.trim_start_matches('\r').strip_prefix('\n'));
        let front_on =
            opened.ok_or((1, "the file opens with a line `+++` before its front matter".to_owned()))?;
        let mut length = 0;
        for line in front_on.split_inclusive('\n') {
            if line.trim_end() == FENCE {
                let (front, prose) = (&front_on[..length], &front_on[length + line.len()..]);
                return Ok(Self { front, prose, prose_line: front.lines().count() + FRONT_LINE + 1 });
            }
            length += line.len();
        }
        Err((1, "the front matter is not closed by a second line `+++`".to_owned()))
    }

    /// Reads the front matter.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, (Option<usize>, String)> {
        toml::from_str(self.front).map_err(|error| {
            let line = error.span().map(|span| self.front[..span.start].matches('\n').count() + FRONT_LINE);
            (line.or_else(|| self.line_of(quoted(error.message())?)), plain(error.message()))
        })
    }

    /// The first line of the front matter that has this word.
    pub(crate) fn line_of(&self, word: &str) -> Option<usize> {
        self.front.lines().position(|line| has(line, word)).map(|place| place + FRONT_LINE)
    }

    /// The first line from a heading on that has this word.
    pub(crate) fn line_in(&self, heading: &str, word: &str) -> Option<usize> {
        let start = self.front.lines().position(|line| line.trim() == heading)?;
        let place = self.front.lines().skip(start).position(|line| has(line, word))?;
        Some(start + place + FRONT_LINE)
    }
}

fn has(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(place, _)| {
        let (before, after) = (&line[..place], &line[place + word.len()..]);
        !before.ends_with(in_a_word) && !after.starts_with(in_a_word)
    })
}

fn in_a_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// What a message puts between its first two backticks.
fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

/// A reader's message in the words of the how-to: keys, not fields.
pub(crate) fn plain(message: &str) -> String {
    let message = message.trim().replace('\n', " ");
    message
        .replace("unknown field", "unknown key")
        .replace("missing field", "missing key")
        .replace(", expected one of", "; there are")
        .replace(", expected `", "; there is `")
        .replace("unknown variant", "unknown word")
}
