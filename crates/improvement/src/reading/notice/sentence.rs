//! Cuts a block's text into sentences, minding abbreviations, initials and quoted titles.

/// No sentence is longer than this many bytes; text without an end mark is cut here.
const LONGEST: usize = 4000;

/// The sentences of `text` as byte ranges without white space at their ends.
pub fn sentences(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    for at in 0..bytes.len() {
        if at < start {
            continue;
        }
        let overlong = at - start >= LONGEST && bytes[at] == b' ';
        if overlong || ends_here(text, at) {
            let end = if overlong { at } else { end_with_quotes(bytes, at + 1) };
            push(text, start, end.max(start), &mut found);
            start = end.max(start);
        }
    }
    push(text, start, text.len(), &mut found);
    found
}

fn push(text: &str, from: usize, to: usize, found: &mut Vec<(usize, usize)>) {
    if let Some([start, end]) = crate::reading::source::trimmed(text, from, to) {
        found.push((start, end));
    }
}

fn end_with_quotes(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && matches!(bytes[at], b'"' | b'\'' | b')') {
        at += 1;
    }
    at
}

fn ends_here(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    if !matches!(bytes[at], b'.' | b'?' | b'!') {
        return false;
    }
    let after = end_with_quotes(bytes, at + 1);
    if after >= bytes.len() || bytes[after] != b' ' {
        return false;
    }
    let next = text[after..].trim_start().trim_start_matches(['"', '\'', '(']);
    let opens = next.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit());
    opens && !(bytes[at] == b'.' && is_abbreviation(&text[..at]))
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit([' ', '(']).next().unwrap_or("");
    const SHORT: &[&str] = &[
        "e.g", "i.e", "etc", "no", "nos", "st", "mr", "mrs", "ms", "dr", "para", "paras", "s", "ss", "cf",
        "vs", "p", "pp", "art", "rt",
    ];
    let lower = word.to_ascii_lowercase();
    let initial = word.len() == 1 && word.starts_with(|letter: char| letter.is_ascii_uppercase());
    initial
        || SHORT.contains(&lower.as_str())
        || (word.len() <= 3
            && !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && before.len() == word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let rows = [
            ("The council must act. It must report.", 2),
            ("See s. 47 of the Act, e.g. The Board. Next one.", 2),
            ("Meet J. Smith at St. Nicholas Way.", 1),
            ("Under 'Working Together.' The board must meet.", 2),
            ("Version 2.5 applies. Done.", 2),
        ];
        for (text, count) in rows {
            assert_eq!(sentences(text).len(), count, "{text}");
        }
    }
}
