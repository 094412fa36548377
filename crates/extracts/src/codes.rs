//! Code sets of the returns: what a coded cell may hold, and the national code it stands for.
//!
//! Annex A cells come letter-prefixed (`q) 6: Police`), as the bare code, the bare label or a system's own spelling;
//! the returns to the Department hold bare codes only. `layout/codes.tsv` lists the sets; an alias that begins with
//! `=` is an official spelling, accepted in the returns too.

use std::collections::HashMap;

use crate::layout::Years;

/// How freely a set's codes may be spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Bare codes and official spellings only.
    Official,
    /// Letters, labels and systems' own spellings as well.
    Free,
}

/// One code.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The code as it is kept.
    pub code: &'static str,
    /// The years in which it may be used.
    pub years: Years,
}

/// A set of codes.
#[derive(Debug)]
pub struct CodeSet {
    /// Its name in the list of columns.
    pub name: &'static str,
    /// The codes; one that changed over the years stands more than once.
    pub codes: Vec<Code>,
    official: HashMap<String, u16>,
    free: HashMap<String, u16>,
    letters: HashMap<char, Option<u16>>,
}

/// The label of a national code in a set of the shipped list (`LEGAL`, `C2`: `Full care order`).
pub fn label(set: &str, code: &str) -> Option<&'static str> {
    let mut lines = include_str!("layout/codes.tsv").lines().skip(1);
    lines.find_map(|line| {
        let mut cells = line.split('\t');
        let found = cells.next() == Some(set) && cells.next() == Some(code);
        cells.next().filter(|label| found && !label.is_empty())
    })
}

impl CodeSet {
    /// The sets of these names, from the shipped list.
    pub fn shipped(names: &[&str]) -> Vec<Self> {
        names.iter().map(|name| Self::parse(name, include_str!("layout/codes.tsv"))).collect()
    }

    /// A set that a register declares: codes and their labels.
    pub fn declared(name: &'static str, codes: &[(&'static str, &'static str)]) -> Self {
        let mut set = Self::empty(name);
        for (code, label) in codes {
            set.add(&[name, code, label, "", "", "", ""]);
        }
        set
    }

    fn empty(name: &'static str) -> Self {
        Self {
            name,
            codes: Vec::new(),
            official: HashMap::new(),
            free: HashMap::new(),
            letters: HashMap::new(),
        }
    }

    fn parse(name: &str, text: &'static str) -> Self {
        let mut set = Self::empty("");
        for line in text.lines().skip(1) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            if cells[0] == name {
                set.name = cells[0];
                set.add(&cells);
            }
        }
        set
    }

    fn add(&mut self, cells: &[&'static str]) {
        let (code, label, letter) = (cells[1], cells[2], cells[3]);
        let number = u16::try_from(self.codes.len()).expect("a set has fewer codes than sixty thousand");
        let known = self.codes.iter().any(|other| other.code == code);
        self.codes.push(Code { code, years: Years::parse(cells[5], cells[6]) });
        // A second line of a code that is known holds its spelling in other years.
        if !known {
            self.official.insert(code.to_ascii_uppercase(), number);
            for spelling in [code.to_owned(), label.to_owned(), format!("{code}{label}")] {
                self.free.entry(plain(&spelling)).or_insert(number);
            }
        }
        for alias in cells[4].split('|').filter(|alias| !alias.is_empty()) {
            let spelling = alias.trim_start_matches('=');
            if alias.starts_with('=') {
                self.official.entry(spelling.to_ascii_uppercase()).or_insert(number);
            }
            self.free.entry(plain(spelling)).or_insert(number);
        }
        // Versions of a list disagree on some letters; those alone tell nothing.
        for letter in letter.chars() {
            self.letters.entry(letter).and_modify(|held| *held = None).or_insert(Some(number));
        }
    }

    /// The number of the code that a cell's text stands for.
    pub fn find(&self, text: &str, spelling: Spelling) -> Option<u16> {
        if let Some(&number) = self.official.get(&text.to_ascii_uppercase()) {
            return Some(number);
        }
        // Some programs write the code 6 as a number with a fraction.
        if let Some(whole) =
            text.strip_suffix(".0").filter(|whole| whole.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return self.find(whole, spelling);
        }
        if spelling == Spelling::Official {
            return None;
        }
        self.spelled(text).or_else(|| {
            let (letter, rest) = lettered(text)?;
            self.spelled(rest).or_else(|| self.letters.get(&letter).copied().flatten())
        })
    }

    fn spelled(&self, text: &str) -> Option<u16> {
        if text.is_empty() {
            return None;
        }
        let whole = self.free.get(&plain(text)).or_else(|| self.official.get(&text.to_ascii_uppercase()));
        whole.copied().or_else(|| self.led_by_code(text)).or_else(|| self.ended_by_code(text))
    }

    /// `N1 - Abuse or neglect`, `6: Police`.
    fn led_by_code(&self, text: &str) -> Option<u16> {
        let end = text.find(|letter: char| !letter.is_ascii_alphanumeric())?;
        let (token, rest) = text.split_at(end);
        let marked = rest.trim_start().starts_with([':', '-', '–', '—', '=']);
        let long = token.len() > 1;
        (long || marked).then(|| self.official.get(&token.to_ascii_uppercase()).copied()).flatten()
    }

    /// `Abuse or neglect (N1)`.
    fn ended_by_code(&self, text: &str) -> Option<u16> {
        let (_, inside) = text.strip_suffix(')')?.rsplit_once('(')?;
        self.official.get(&inside.trim().to_ascii_uppercase()).copied()
    }
}

/// `a) Male` is the letter and the rest; a letter alone has no rest. A code that came later may have a number after its
/// letter (`p1) 5D: Early help`), which is no letter of its own.
fn lettered(text: &str) -> Option<(char, &str)> {
    let letter = text.chars().next().filter(char::is_ascii_alphabetic)?.to_ascii_lowercase();
    let rest = &text[1..];
    if rest.is_empty() {
        return Some((letter, ""));
    }
    let after_number = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    if let Some(rest) = after_number.strip_prefix(')').filter(|_| after_number.len() < rest.len()) {
        return Some(('?', rest.trim()));
    }
    let rest = rest.strip_prefix([')', '.', ':'])?;
    Some((letter, rest.trim()))
}

/// A spelling without case, spaces, quotes and punctuation.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter == '&' {
            plain.push_str("and");
        } else if letter.is_alphanumeric() {
            plain.extend(letter.to_lowercase());
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(set: &str, text: &str, spelling: Spelling) -> Option<&'static str> {
        let set = CodeSet::shipped(&[set]).pop().expect("one set");
        set.find(text, spelling).map(|number| set.codes[usize::from(number)].code)
    }

    #[test]
    fn the_spellings_councils_send_stand_for_one_code() {
        let cases = [
            ("GENDER", "a) Male", "M"),
            ("GENDER", "a)", "M"),
            ("GENDER", "Male", "M"),
            ("GENDER", "MALE", "M"),
            ("GENDER", "M", "M"),
            ("GENDER", "1", "M"),
            ("GENDER", "F", "F"),
            ("GENDER", "I", "U"),
            ("GENDER", "c) Not stated/recorded (or unborn)", "U"),
            ("GENDER", "9", "N"),
            ("SOURCE", "q) 6: Police", "6"),
            ("SOURCE", "Police", "6"),
            ("SOURCE", "p1) 5D: Council services, early help", "5D"),
            ("SOURCE", "6", "6"),
            ("SOURCE", "6.0", "6"),
            ("SOURCE", "1a", "1A"),
            ("SOURCE", "1A: Individual", "1A"),
            ("SOURCE", "2A", "2A"),
            ("NEED", "N1 - Abuse or neglect", "N1"),
            ("NEED", "Abuse or neglect (N1)", "N1"),
            ("NEED", "a) N1: Abuse, neglect or exploitation", "N1"),
            ("ETHNICITY", "White British", "WBRI"),
            ("ETHNICITY", "a) WBRI", "WBRI"),
            ("ETHNICITY", "A1", "WBRI"),
            ("ETHNICITY", "White & Asian", "MWAS"),
            ("ETHNICITY", "s) NOBT", "NOBT"),
            ("ETHNICITY", "t) NOBT", "NOBT"),
            ("ETHNICITY", "u) Unknown", "NOBT"),
            ("YESNO", "a) Yes", "yes"),
            ("YESNO", "0", "no"),
            ("YESNOUNK", "9", "unknown"),
            ("CEASED", "e) E4A Returned home to live with parents", "E4A"),
            ("ACCOM", "u) Independent living", "U"),
            ("ACCOM", "B1", "B"),
            ("CASESTATUS", "b) Child Protection plan", "protection plan"),
        ];
        for (set, text, code) in cases {
            assert_eq!(found(set, text, Spelling::Free), Some(code), "{set}: {text}");
        }
    }

    #[test]
    fn what_is_no_code_is_not_guessed_at() {
        let cases = [("YESNO", "CS Assessment Updated"), ("NEED", "Physical support"), ("ETHNICITY", "s)")];
        for (set, text) in
            cases.into_iter().chain([("GENDER", "Martian"), ("SOURCE", "1"), ("SOURCE", "q1) Nobody")])
        {
            assert_eq!(found(set, text, Spelling::Free), None, "{set}: {text}");
        }
    }

    #[test]
    fn returns_to_the_department_hold_bare_codes_only() {
        assert_eq!(found("ETHNICITY", "wbri", Spelling::Official), Some("WBRI"));
        assert_eq!(found("ETHNICITY", "White British", Spelling::Official), None);
        assert_eq!(found("SEX", "1", Spelling::Official), Some("M"));
        assert_eq!(found("TRUE_FALSE", "true", Spelling::Official), Some("yes"));
    }
}
