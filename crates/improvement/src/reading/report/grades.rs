//! The words of a grade, whole or broken over lines: `requires improvement to` | `be good`.

/// Grades being read word by word.
#[derive(Clone, Debug, Default)]
pub(crate) struct GradeWords {
    words: Vec<String>,
}

impl GradeWords {
    /// Adds words and gives back the grades they complete, except for the last, which may go on.
    pub fn push(&mut self, words: &[&str]) -> Vec<String> {
        let mut complete = Vec::new();
        for word in words {
            let word = bare(word);
            if word.is_empty() {
                continue;
            }
            if !self.words.is_empty() && !self.may_go_on_with(&word) {
                complete.extend(self.take());
            }
            self.words.push(word);
        }
        complete
    }

    /// Whether `word` can follow the words so far in one grade.
    pub fn may_go_on_with(&self, word: &str) -> bool {
        const LONGEST: [&str; 5] = ["requires", "improvement", "to", "be", "good"];
        let count = self.words.len();
        match self.words.first().map(String::as_str) {
            Some("requires" | "require") => LONGEST.get(count) == Some(&word),
            Some("not") => {
                count == 1 && matches!(word, "judged" | "graded" | "applicable" | "given" | "inspected")
            }
            Some("grade") => match count {
                1 => matches!(word, "1" | "2" | "3" | "4"),
                2 => matches!(word, "outstanding" | "good" | "adequate" | "inadequate"),
                _ => false,
            },
            _ => false,
        }
    }

    /// The grade so far, if its words make one.
    pub fn take(&mut self) -> Option<String> {
        let words = std::mem::take(&mut self.words);
        named(&words.join(" "))
    }

    /// Whether words wait for their grade to end.
    pub fn is_open(&self) -> bool {
        !self.words.is_empty()
    }
}

/// A word without punctuation, lower case.
pub(crate) fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether a word opens a grade. In a table grades begin with a capital; in a sentence they need not.
pub(crate) fn opens_grade(word: &str) -> bool {
    matches!(
        bare(word).as_str(),
        "requires" | "require" | "inadequate" | "good" | "outstanding" | "adequate" | "not" | "grade"
    )
}

/// The grade that a phrase names, in the house spelling, or nothing.
pub(crate) fn named(phrase: &str) -> Option<String> {
    let grade = match phrase {
        "requires improvement" | "require improvement" => "requires improvement",
        "requires improvement to be good" | "require improvement to be good" => {
            "requires improvement to be good"
        }
        "inadequate" | "grade 4 inadequate" | "grade 4" => "inadequate",
        "adequate" | "grade 3 adequate" | "grade 3" => "adequate",
        "good" | "grade 2 good" | "grade 2" => "good",
        "outstanding" | "grade 1 outstanding" | "grade 1" => "outstanding",
        "not judged" => "not judged",
        "not graded" => "not graded",
        "not applicable" => "not applicable",
        "not inspected" => "not inspected",
        "not given" => "not given",
        _ => return None,
    };
    Some(grade.to_owned())
}

/// The grade at the start of a phrase ("requires improvement to be good because ..."), the longest that fits.
pub(crate) fn leading(phrase: &str) -> Option<String> {
    let mut words = GradeWords::default();
    let mut found = None;
    for word in phrase.split_whitespace().take(5) {
        let plain = bare(word);
        if words.is_open() && !words.may_go_on_with(&plain) {
            break;
        }
        words.push(&[word]);
        found = words.clone().take().or(found);
        if word.ends_with(['.', ',', ';']) {
            break;
        }
    }
    found
}

/// Splits a table line into the words of the name and the words of the grade at its end.
pub(crate) fn split_row<'t>(text: &'t str, open: &GradeWords) -> (Vec<&'t str>, Vec<&'t str>) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let goes_on = |from: usize| {
        let mut trial = open.clone();
        trial.is_open()
            && words[from..].iter().all(|word| {
                let fits = trial.may_go_on_with(&bare(word));
                trial.words.push(bare(word));
                fits
            })
    };
    let all_grades = |from: usize| {
        let mut trial = GradeWords::default();
        opens_grade(words[from])
            && (words[from].starts_with(char::is_uppercase) || from == 0)
            && words[from..].iter().all(|word| {
                let fits = trial.words.is_empty() || trial.may_go_on_with(&bare(word)) || opens_grade(word);
                if !trial.words.is_empty() && !trial.may_go_on_with(&bare(word)) {
                    trial.words.clear();
                }
                trial.words.push(bare(word));
                fits
            })
    };
    let at = (0..words.len()).find(|from| goes_on(*from) || all_grades(*from)).unwrap_or(words.len());
    let (name, grade) = words.split_at(at);
    (name.to_vec(), grade.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_is_read_to_its_last_word_and_no_further() {
        assert_eq!(
            leading("requires improvement to be good because").as_deref(),
            Some("requires improvement to be good")
        );
        assert_eq!(leading("require improvement. To be good").as_deref(), Some("requires improvement"));
        assert_eq!(leading("inadequate").as_deref(), Some("inadequate"));
        assert_eq!(leading("making progress"), None);
    }

    #[test]
    fn a_row_keeps_its_name_apart_from_its_grade() {
        let open = GradeWords::default();
        let (name, grade) =
            split_row("The impact of leaders on social work practice with    Requires improvement to", &open);
        assert_eq!(
            (name.join(" ").as_str(), grade.join(" ").as_str()),
            ("The impact of leaders on social work practice with", "Requires improvement to")
        );
        let mut open = GradeWords::default();
        open.push(&["Requires", "improvement", "to"]);
        let (name, grade) = split_row("children and families    be good", &open);
        assert_eq!((name.join(" ").as_str(), grade.join(" ").as_str()), ("children and families", "be good"));
    }
}
