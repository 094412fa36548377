//! How a file is written: it opens by saying what it is, stays short, and leaves nothing unfinished.

use super::Fault;
use super::rust_source::Kind;
use super::tree::{File, Tree};

const LONGEST: usize = 700;

/// Rust files that don't open with `//!`.
pub fn opens_with_its_subject(tree: &Tree) -> Vec<Fault> {
    let silent = |file: &&File| {
        let opening = file.text.lines().next().and_then(|line| line.strip_prefix("//!"));
        opening.is_none_or(|words| words.trim().is_empty())
    };
    let offenders = tree.rust().filter(silent);
    offenders.map(|file| Fault::new(&file.path, 1, "should open with `//!` and what the file is")).collect()
}

/// Rust files too long to be one subject.
pub fn long_files(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.rust() {
        let length = file.text.lines().count();
        if length > LONGEST {
            let what = format!("{length} lines; over {LONGEST} it is more than one subject");
            faults.push(Fault { weight: length - LONGEST, ..Fault::new(&file.path, LONGEST + 1, what) });
        }
    }
    faults
}

/// Notes to finish later, in any file, and the macros that stand for unwritten code.
pub fn unfinished(tree: &Tree) -> Vec<Fault> {
    // Cut in two, so that this file doesn't break its own rule.
    let notes = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let macros = [concat!("db", "g!"), concat!("to", "do!"), concat!("unimple", "mented!")];
    let mut faults = Vec::new();
    for file in tree.own() {
        for (number, line) in file.lines() {
            if let Some(note) = notes.iter().find(|note| contains_word(line, note)) {
                faults.push(Fault::new(&file.path, number, format!("{note}: finish it, or file an issue")));
            }
        }
    }
    for (path, number, line) in code_lines(tree) {
        if let Some(name) = macros.iter().find(|name| contains_word(&line, name)) {
            faults.push(Fault::new(&path, number, format!("{name} is for work in hand")));
        }
    }
    faults
}

/// Tests that are written and not run.
pub fn ignored_tests(tree: &Tree) -> Vec<Fault> {
    let ignored = code_lines(tree).into_iter().filter(|(_, _, line)| line.contains("#[ignore"));
    ignored.map(|(path, number, _)| Fault::new(&path, number, "a test runs, or isn't there")).collect()
}

fn code_lines(tree: &Tree) -> Vec<(String, usize, String)> {
    let mut lines = Vec::new();
    for file in tree.rust() {
        for piece in file.pieces().iter().filter(|piece| piece.kind == Kind::Code) {
            for (offset, line) in piece.text.lines().enumerate() {
                lines.push((file.path.clone(), piece.line + offset, line.to_owned()));
            }
        }
    }
    lines
}

fn contains_word(line: &str, word: &str) -> bool {
    let in_a_word = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word).any(|(place, _)| {
        !line[..place].ends_with(in_a_word) && !line[place + word.len()..].starts_with(in_a_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(faults: &[Fault]) -> Vec<usize> {
        faults.iter().map(|fault| fault.line).collect()
    }

    #[test]
    fn every_rust_file_says_what_it_is_first() {
        let check = |text| opens_with_its_subject(&Tree::with_file("crates/web/build.rs", text)).len();
        assert_eq!(check("//! The notice, as read.\nfn main() {}"), 0);
        assert_eq!(check("fn main() {}"), 1);
        assert_eq!(check("//!\nfn main() {}"), 1);
        assert_eq!(check("/// Not of the file.\nfn main() {}"), 1);
        assert_eq!(opens_with_its_subject(&Tree::with_file("docs/notice.md", "# Notice")).len(), 0);
    }

    #[test]
    fn a_file_over_700_lines_weighs_as_much_as_it_is_over() {
        let file_of = |count: usize| Tree::with_file("crates/web/src/lib.rs", &"//! Long.\n".repeat(count));
        assert!(long_files(&file_of(700)).is_empty());
        assert_eq!(long_files(&file_of(712))[0].weight, 12);
    }

    #[test]
    fn work_left_for_later_is_found_in_prose_and_code() {
        let note = format!("First.\n{} write this.\n", concat!("TO", "DO"));
        assert_eq!(lines(&unfinished(&Tree::with_file("docs/notice.md", &note))), [2]);
        let left = concat!("    db", "g!(1);\n    to", "do!()\n");
        let code = &format!("//! A notice.\nfn f() {{\n{left}}}\n");
        assert_eq!(lines(&unfinished(&Tree::with_file("crates/web/src/lib.rs", code))), [3, 4]);
    }

    #[test]
    fn words_that_only_look_unfinished_pass() {
        let word = concat!("to", "do!");
        let code =
            &format!("//! No {word} here.\nfn f() {{ g(\"{word}\"); my_{word}(); let mastodon = 1; }}\n");
        assert!(unfinished(&Tree::with_file("crates/web/src/lib.rs", code)).is_empty());
    }

    #[test]
    fn an_ignored_test_is_refused() {
        let code = "//! Tests.\n#[test]\n#[ignore = \"slow\"]\nfn f() {}\n// #[ignore] in words is fine\n";
        assert_eq!(lines(&ignored_tests(&Tree::with_file("crates/web/src/tests.rs", code))), [3]);
    }
}
