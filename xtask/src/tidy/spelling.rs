//! British spelling, in what people read: prose, the text of pages, comments. Code keeps the spelling of its language.

use super::Fault;
use super::rust_source::Kind;
use super::tree::{File, Tree};

/// American spellings that have turned up, and ours. An ending may follow: `color` finds `colors` too.
const WORDS: &[(&str, &str)] = &[
    ("analyze", "analyse"),
    ("apologize", "apologise"),
    ("authorize", "authorise"),
    ("authorization", "authorisation"),
    ("behavior", "behaviour"),
    ("canceled", "cancelled"),
    ("canceling", "cancelling"),
    ("catalog ", "catalogue "),
    ("categorize", "categorise"),
    ("center", "centre"),
    ("color", "colour"),
    ("counselor", "counsellor"),
    ("customize", "customise"),
    ("defense", "defence"),
    ("emphasize", "emphasise"),
    ("enrollment", "enrolment"),
    ("favor", "favour"),
    ("finalize", "finalise"),
    ("fulfill ", "fulfil "),
    ("honor", "honour"),
    ("initialize", "initialise"),
    ("labeled", "labelled"),
    ("labor ", "labour "),
    ("minimize", "minimise"),
    ("modeling", "modelling"),
    ("neighbor", "neighbour"),
    ("normalize", "normalise"),
    ("optimize", "optimise"),
    ("organization", "organisation"),
    ("organize", "organise"),
    ("prioritize", "prioritise"),
    ("pseudonymize", "pseudonymise"),
    ("recognize", "recognise"),
    ("serialize", "serialise"),
    ("standardize", "standardise"),
    ("summarize", "summarise"),
    ("traveled", "travelled"),
    ("traveling", "travelling"),
    ("unauthorized", "unauthorised"),
    ("utilize", "use"),
];

/// Each American spelling in the words people read.
pub fn american(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.own() {
        for (number, line) in prose(file) {
            let line = format!("{} ", line.to_lowercase());
            for (theirs, ours) in WORDS {
                if starts_a_word(&line, theirs) {
                    let what = format!("{:?} is {:?} here", theirs.trim(), ours.trim());
                    faults.push(Fault::new(&file.path, number, what));
                }
            }
        }
    }
    faults
}

fn starts_a_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(place, _)| !line[..place].ends_with(|before: char| before.is_alphabetic()))
}

/// The lines of a file that are words for people, with what is code in them blanked.
fn prose(file: &File) -> Vec<(usize, String)> {
    match file.path.rsplit('.').next() {
        Some("md") => markdown(file),
        Some("html") => page(file),
        Some("rs") => comments(file),
        _ => Vec::new(),
    }
}

fn markdown(file: &File) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut fenced = false;
    for (number, line) in file.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push((number, outside(line, '`', '`')));
        }
    }
    lines
}

fn page(file: &File) -> Vec<(usize, String)> {
    file.lines().map(|(number, line)| (number, outside(&outside(line, '<', '>'), '{', '}'))).collect()
}

fn comments(file: &File) -> Vec<(usize, String)> {
    let pieces = file.pieces();
    let comments = pieces.iter().filter(|piece| piece.kind == Kind::Comment);
    comments
        .flat_map(|piece| piece.text.lines().enumerate().map(|(offset, line)| (piece.line + offset, line)))
        .map(|(number, line)| (number, outside(line, '`', '`')))
        .collect()
}

/// A line without what stands between two marks.
fn outside(line: &str, opening: char, closing: char) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for character in line.chars() {
        if inside {
            inside = character != closing;
        } else if character == opening {
            inside = true;
            kept.push(' ');
        } else {
            kept.push(character);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        american(&Tree::with_file(path, text)).iter().map(|fault| fault.line).collect()
    }

    #[test]
    fn american_spelling_is_found_in_prose_pages_and_comments() {
        assert_eq!(lines("docs/board.md", "One.\nThe Organization has a Color.\n"), [2, 2]);
        assert_eq!(lines("crates/web/templates/board.html", "<h1>Board</h1>\n<p>Its behavior</p>"), [2]);
        assert_eq!(lines("crates/web/src/board.rs", "//! The board.\nfn f() {} // its center\n"), [2]);
    }

    #[test]
    fn code_keeps_the_spelling_of_its_language() {
        assert!(lines("docs/board.md", "Set `color`.\n```\ncolor = 1\n```\n").is_empty());
        assert!(
            lines("crates/web/templates/board.html", "<p style=\"color: red\">{{ color }}</p>").is_empty()
        );
        assert!(
            lines("crates/web/src/board.rs", "//! Serde's `Serialize`.\nfn color() { f(\"center\") }")
                .is_empty()
        );
        assert!(lines("assets/board.css", "p { color: red }").is_empty());
    }

    #[test]
    fn british_words_that_begin_alike_pass() {
        assert!(
            lines("docs/a.md", "A catalogue, fulfilled; an enrolment; a labourer; a hospital's epicentre.")
                .is_empty()
        );
    }
}
