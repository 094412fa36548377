//! The glossary: the words the product uses, from `docs/glossary.md`, which is part of the program.

use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::frame;
use crate::components::{Glossary, Link};
use crate::guard::Session;
use crate::layout::Frame;
use crate::viewer::Guest;

const TEXT: &str = include_str!("../../../../../docs/glossary.md");

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term in full.
    pub name: &'static str,
    /// Its abbreviation.
    pub short: Option<&'static str>,
    /// What it means, a sentence a line.
    pub meaning: Vec<&'static str>,
}

impl Term {
    /// The term's place on the page.
    pub fn anchor(&self) -> String {
        let letters = self.name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
        letters.collect::<String>().to_lowercase()
    }
}

/// Every term, in alphabetical order.
pub fn terms() -> &'static [Term] {
    static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| parse(TEXT));
    &TERMS
}

/// The abbreviations that pages write out at their first use.
pub fn glossary() -> Arc<Glossary> {
    static GLOSSARY: LazyLock<Arc<Glossary>> = LazyLock::new(|| {
        let short = terms().iter().filter_map(|term| Some((term.short?, term.name)));
        Arc::new(Glossary::new(short))
    });
    Arc::clone(&GLOSSARY)
}

fn parse(text: &'static str) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix("## ") {
            terms.push(Term { name, short: None, meaning: Vec::new() });
        } else if let Some(term) = terms.last_mut().filter(|_| !line.is_empty()) {
            match line.strip_prefix("Short form: ") {
                Some(short) => term.short = Some(short),
                None => term.meaning.push(line),
            }
        }
    }
    terms
}

#[derive(Template)]
#[template(path = "pages/help/glossary.html")]
struct GlossaryPage {
    frame: Frame,
    letters: Vec<(char, Vec<&'static Term>)>,
    jumps: Vec<Link>,
}

/// Shows the glossary.
pub async fn show(guest: Guest, session: Session) -> Response {
    let page = GlossaryPage::of(frame(&guest, &session, "Glossary"));
    Html(page.render().unwrap_or_default()).into_response()
}

impl GlossaryPage {
    fn of(frame: Frame) -> Self {
        let mut letters: Vec<(char, Vec<&'static Term>)> = Vec::new();
        for term in terms() {
            let first = term.name.chars().next().unwrap_or(' ');
            match letters.last_mut() {
                Some((letter, terms)) if *letter == first => terms.push(term),
                _ => letters.push((first, vec![term])),
            }
        }
        let jumps =
            letters.iter().map(|(letter, _)| Link::new(*letter, format!("#letter-{letter}"))).collect();
        Self { frame, letters, jumps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::FirstUses;

    #[test]
    fn terms_stand_in_alphabetical_order_each_once_with_a_meaning() {
        let names: Vec<String> = terms().iter().map(|term| term.name.to_lowercase()).collect();
        let mut sorted = names.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(names, sorted);
        assert!(names.len() > 80);
        for term in terms() {
            assert!(!term.meaning.is_empty(), "{} has no meaning", term.name);
            assert!(term.meaning.iter().all(|line| line.ends_with('.')), "{}", term.name);
            let longest = term.meaning.iter().map(|line| line.split_whitespace().count()).max();
            assert!(longest.unwrap_or(0) <= 30, "{} has a sentence that is too long", term.name);
        }
    }

    #[test]
    fn abbreviations_of_the_field_are_written_out() {
        let uses = FirstUses::new(glossary());
        let html = uses.expand("The DfE wrote to the DCS. The DfE will write again.").to_string();
        assert!(html.starts_with("The Department for Education (<abbr>DfE</abbr>) wrote"), "{html}");
        assert!(html.contains("Director of children&#39;s services (<abbr>DCS</abbr>)"), "{html}");
    }

    #[test]
    fn the_page_holds_every_term_under_its_letter() {
        let html = GlossaryPage::of(Frame::new("Glossary")).render().unwrap();
        assert!(html.contains("id=\"variation\""));
        assert!(html.contains("href=\"#letter-V\""));
        assert_eq!(html.matches("<dt ").count(), terms().len());
    }
}
