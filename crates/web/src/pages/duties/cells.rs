//! What the tables of duties put into their cells: links, lines under one another, and the tags of states.

use askama::Template;
use improvement::occurrence::State;
use improvement::register::ObligationState;
use improvement::words::state_in_words;

use crate::components::{AsContent, Content, Html, Tag, TagColour};

#[derive(Template)]
#[template(source = r#"<a class="govuk-link" href="{{ href }}">{{ words }}</a>"#, ext = "html")]
struct LinkCell<'a> {
    words: &'a str,
    href: &'a str,
}

/// A link in a cell or a list.
pub fn link(words: &str, href: &str) -> Html {
    Html::of(&LinkCell { words, href })
}

#[derive(Template)]
#[template(
    source = r#"{% for line in lines %}{% if !loop.first %}<br>{% endif %}{{ line }}{% endfor %}"#,
    ext = "html"
)]
struct Lines {
    lines: Vec<Content>,
}

/// Lines under one another; empty ones are left out.
pub fn lines(parts: &[&dyn AsContent]) -> Html {
    let lines = parts.iter().map(|part| part.as_content()).filter(|line| !line.is_empty()).collect();
    Html::of(&Lines { lines })
}

/// What a reference is called: "Clause 3.a", but "Recommendation 1" as it stands.
pub fn clause(reference: &str) -> String {
    let word = reference.chars().take_while(char::is_ascii_alphabetic).count();
    if word > 3 { reference.to_owned() } else { format!("Clause {reference}") }
}

#[derive(Template)]
#[template(source = r#"<p class="govuk-body">{{ words }}</p>"#, ext = "html")]
struct Paragraph<'a> {
    words: &'a str,
}

/// A paragraph.
pub fn paragraph(words: &str) -> Html {
    Html::of(&Paragraph { words })
}

/// The tag of a due date's state, by the word that `improvement::words` gives it.
pub fn due_tag(word: &str) -> Tag {
    let is = |state: State| word == state_in_words(state);
    let colour = if is(State::Overdue) {
        TagColour::Red
    } else if is(State::DueSoon) || is(State::DueThisMonth) {
        TagColour::Orange
    } else if is(State::MissedAim) || is(State::Open) || is(State::MetLate) {
        TagColour::Yellow
    } else if is(State::Met) {
        TagColour::Green
    } else {
        TagColour::Grey
    };
    Tag::new(word).colour(colour)
}

/// The tag of a duty's state in the register.
pub fn register_tag(word: &str) -> Tag {
    let is = |state: ObligationState| word == state.in_words();
    let colour = if is(ObligationState::InForce) {
        TagColour::Teal
    } else if is(ObligationState::Suggested) || is(ObligationState::Confirmed) {
        TagColour::Purple
    } else {
        TagColour::Grey
    };
    Tag::new(word).colour(colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_overdue_is_red() {
        assert!(due_tag("Overdue").to_string().contains("govuk-tag--red"));
        for state in [State::Upcoming, State::MetLate, State::MissedAim, State::NotUsed, State::Open] {
            assert!(!due_tag(state_in_words(state)).to_string().contains("govuk-tag--red"));
        }
    }

    #[test]
    fn a_recommendation_is_not_called_a_clause() {
        assert_eq!(clause("3.a/s1"), "Clause 3.a/s1");
        assert_eq!(clause("Recommendation 1"), "Recommendation 1");
    }

    #[test]
    fn words_in_a_cell_are_escaped() {
        assert!(link("<b>", "/duties").to_string().contains("&#60;b&#62;"));
        assert_eq!(lines(&[&"one", &"", &"two"]).to_string(), "one<br>two");
    }
}
