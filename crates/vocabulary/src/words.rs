//! Small things that are done to words everywhere.

/// The text with its first letter as a capital.
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A declared name as people read it: `missing_episode` is `Missing episode`.
pub fn name_in_words(name: &str) -> String {
    sentence_case(&name.replace(['-', '_'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_sentences_begin_with_a_capital() {
        assert_eq!(name_in_words("missing_episode"), "Missing episode");
        assert_eq!(sentence_case("élan"), "Élan");
        assert_eq!(sentence_case(""), "");
    }
}
