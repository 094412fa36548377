//! What a search finds: duties, the words of documents, documents, questions, meetings, partners, terms.

use improvement::words::{bearers_in_words, sentence_case};
use serde::Serialize;
use service::Programme;
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use super::matching::{Piece, Wanted};
use crate::pages::help::glossary::terms;

/// Things of one kind that were found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Group {
    /// The kind, in words.
    pub title: String,
    /// How many were found.
    pub count: usize,
    /// Those shown.
    pub hits: Vec<Hit>,
}

impl Group {
    /// Whether more were found than are shown.
    pub fn is_cut(&self) -> bool {
        self.hits.len() < self.count
    }
}

/// One thing that was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Hit {
    /// Its title, with the words marked.
    pub title: Vec<Piece>,
    /// Where it opens.
    pub href: String,
    /// The part of it that holds the words.
    pub excerpt: Vec<Piece>,
}

/// So many of each kind are shown.
const SHOWN: usize = 20;

/// Everything that holds all the words, by kind; kinds without any are left out.
pub fn groups(programme: &Programme, wanted: &Wanted) -> Vec<Group> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let groups = [
        group("Duties", wanted, duties(programme)),
        group("In the words of documents", wanted, clauses(programme)),
        group("Documents", wanted, documents(programme)),
        group("Questions", wanted, questions(programme)),
        group("Meetings, reviews and visits", wanted, events(programme)),
        group("Partners", wanted, partners(programme)),
        group("Glossary", wanted, glossary()),
    ];
    groups.into_iter().filter(|group| group.count > 0).collect()
}

/// Something that can be found: its title, where it opens, and its words.
struct Candidate {
    title: String,
    href: String,
    words: String,
}

fn group(title: &str, wanted: &Wanted, candidates: Vec<Candidate>) -> Group {
    let found: Vec<Candidate> =
        candidates.into_iter().filter(|each| wanted.matches(&[&each.title, &each.words])).collect();
    let hit = |each: &Candidate| Hit {
        title: wanted.excerpt(&each.title),
        href: each.href.clone(),
        excerpt: wanted.excerpt(&each.words),
    };
    Group { title: title.to_owned(), count: found.len(), hits: found.iter().take(SHOWN).map(hit).collect() }
}

fn duties(programme: &Programme) -> Vec<Candidate> {
    let candidate = |row: &improvement::register::Obligation| {
        let bearers = bearers_in_words(&row.bearers, row.bearer_rule);
        let mut words = vec![
            format!("{}.", row.text.trim_end_matches('.')),
            format!("{bearers}."),
            format!("{}.", row.state.in_words()),
        ];
        if !row.evidence.is_empty() {
            words.push(format!("Evidence: {}.", row.evidence.join("; ")));
        }
        Candidate {
            title: format!("Duty {}", row.reference),
            href: format!("/duties/{}", row.id),
            words: words.join(" "),
        }
    };
    programme.obligations.iter().map(candidate).collect()
}

fn clauses(programme: &Programme) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for instrument in &programme.instruments {
        let text = programme.texts.get(&instrument.id).map(AsRef::as_ref).unwrap_or("");
        for clause in &instrument.clauses {
            // A span that does not fit the text is a damaged record; it is simply not found here.
            let words = text.get(clause.span[0]..clause.span[1]).unwrap_or("");
            candidates.push(Candidate {
                title: format!("{}, {}", clause.reference, instrument.title),
                href: format!("/notices/{}", instrument.id),
                words: words.split_whitespace().collect::<Vec<_>>().join(" "),
            });
        }
    }
    candidates
}

fn documents(programme: &Programme) -> Vec<Candidate> {
    let candidate = |instrument: &improvement::register::Instrument| {
        let printed = &instrument.document;
        let words = [Some(&instrument.file_name), printed.title.as_ref(), printed.signatory.as_ref()];
        Candidate {
            title: instrument.title.clone(),
            href: format!("/notices/{}", instrument.id),
            words: words.into_iter().flatten().cloned().collect::<Vec<_>>().join(". "),
        }
    };
    programme.instruments.iter().map(candidate).collect()
}

fn questions(programme: &Programme) -> Vec<Candidate> {
    let candidate = |question: &improvement::register::OpenQuestion| {
        let decision = question.decision.as_ref();
        Candidate {
            title: question.question.text.clone(),
            href: format!("/notices/{}", question.instrument),
            words: decision.map_or_else(
                || "Not decided yet.".to_owned(),
                |decision| format!("Decided: {}. {}", decision.answer, decision.reason),
            ),
        }
    };
    programme.questions.iter().map(candidate).collect()
}

fn events(programme: &Programme) -> Vec<Candidate> {
    let candidate = |event: &improvement::register::Event| Candidate {
        title: format!("{} on {}", event.kind.in_words(), day_in_words(event.on)),
        href: "/meetings".to_owned(),
        words: sentence_case(&format!("{}. {}", event.state.in_words(), event.note)),
    };
    programme.events.iter().rev().map(candidate).collect()
}

fn partners(programme: &Programme) -> Vec<Candidate> {
    let candidate = |partner: &improvement::register::Partner| Candidate {
        title: partner.name.clone(),
        href: "/partners".to_owned(),
        words: partner.basis.clone(),
    };
    programme.partners.iter().map(candidate).collect()
}

fn glossary() -> Vec<Candidate> {
    let candidate = |term: &crate::pages::help::glossary::Term| Candidate {
        title: term.short.map_or_else(|| term.name.to_owned(), |short| format!("{} ({short})", term.name)),
        href: format!("/glossary#{}", term.anchor()),
        words: term.meaning.join(" "),
    };
    terms().iter().map(candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial;

    fn found(query: &str) -> Vec<(String, usize)> {
        let groups = groups(&trial::programme(), &Wanted::of(query));
        groups.into_iter().map(|group| (group.title, group.count)).collect()
    }

    #[test]
    fn a_search_finds_every_kind_of_thing_and_counts_it() {
        let kinds: Vec<String> = found("board").into_iter().map(|(title, _)| title).collect();
        assert!(
            kinds.contains(&"Duties".to_owned()) && kinds.contains(&"In the words of documents".to_owned())
        );
        assert!(kinds.contains(&"Meetings, reviews and visits".to_owned()));
        assert!(kinds.contains(&"Glossary".to_owned()));
        assert_eq!(found("primary care"), [("Partners".to_owned(), 1)]);
        assert_eq!(found("receive notice council day")[0], ("Questions".to_owned(), 1));
    }

    #[test]
    fn nothing_asked_for_and_nothing_fitting_find_nothing() {
        assert!(found("").is_empty());
        assert!(found("board zebra").is_empty());
    }
}
