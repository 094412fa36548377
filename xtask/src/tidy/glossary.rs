//! The glossary decides the field's words, and is looked things up in: its terms stand in the order of the alphabet.

use super::Fault;
use super::tree::{File, Tree};

const PLACES: [&str; 2] = ["library/glossary.md", "docs/glossary.md"];

/// Terms that stand after one they should stand before.
pub fn out_of_order(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.files.iter().filter(|file| PLACES.contains(&file.path.as_str())) {
        let terms = terms(file);
        for pair in terms.windows(2) {
            let ((_, before), (line, term)) = (&pair[0], &pair[1]);
            if key(term) < key(before) {
                faults.push(Fault::new(
                    &file.path,
                    *line,
                    format!("{term:?} should stand before {before:?}"),
                ));
            }
        }
    }
    faults
}

/// Bold words that open a line or a list entry; where there are none, the second-level headings.
fn terms(file: &File) -> Vec<(usize, String)> {
    let bold = |line: &str| {
        let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line);
        let (term, _) = line.strip_prefix("**")?.split_once("**")?;
        Some(term.to_owned())
    };
    let heading = |line: &str| Some(line.strip_prefix("## ")?.trim().to_owned());
    let with_bold: Vec<_> = file.lines().filter_map(|(number, line)| Some((number, bold(line)?))).collect();
    if !with_bold.is_empty() {
        return with_bold;
    }
    file.lines().filter_map(|(number, line)| Some((number, heading(line)?))).collect()
}

/// Word by word, as indexes of books are; capitals don't count.
fn key(term: &str) -> String {
    term.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        out_of_order(&Tree::with_file(path, text)).iter().map(|fault| fault.line).collect()
    }

    #[test]
    fn a_term_out_of_order_is_found_however_terms_are_written() {
        assert_eq!(lines("library/glossary.md", "# Glossary\n\n**Board** - who\n**Action** - what\n"), [4]);
        assert_eq!(lines("library/glossary.md", "- **Board**: who\n- **Action**: what\n"), [2]);
        assert_eq!(lines("library/glossary.md", "## Board\nWho.\n## Action\nWhat.\n"), [3]);
    }

    #[test]
    fn capitals_and_hyphens_do_not_count() {
        assert!(
            lines("library/glossary.md", "**as-at** - day\n**AsB** - soon\n**Aspect** - part\n").is_empty()
        );
        assert!(lines("docs/other.md", "**B**\n**A**\n").is_empty());
    }
}
