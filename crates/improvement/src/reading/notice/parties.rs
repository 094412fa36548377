//! Who is named where: the field's names for bodies and offices, and the names a document defines for itself.

use std::collections::HashMap;
use std::sync::OnceLock;

use vocabulary::party::Party;

use super::words::{Word, words};
use crate::reading::Span;

/// Printed names, without possessive endings, and the party they mean.
const NAMES: [(&str, &str); 146] = [
    ("council", "council"),
    ("borough council", "council"),
    ("county council", "council"),
    ("city council", "council"),
    ("local authority", "council"),
    ("authority", "council"),
    ("you", "council"),
    ("london borough", "council"),
    ("children services", ""),
    ("council partners", "partners"),
    ("partners of the council", "partners"),
    ("council and its partners", "council+partners"),
    ("partner agencies", "partners"),
    ("partners and agencies", "partners"),
    ("key partners", "partners"),
    ("partners", "partners"),
    ("strategic partners", "partners"),
    ("health partners", "health partners"),
    ("partner organisations", "partners"),
    ("local partners", "partners"),
    ("area partners", "partners"),
    ("improvement board", "board"),
    ("members of the improvement board", "board"),
    ("members of the board", "board"),
    ("safeguarding improvement board", "board"),
    ("improvement and assurance board", "board"),
    ("send improvement board", "board"),
    ("improvement partnership board", "board"),
    ("the board", "board"),
    ("each board", "board"),
    ("each improvement board", "board"),
    ("this board", "board"),
    ("children improvement board", "children's improvement board"),
    ("children partnership board", "children's partnership board"),
    ("children trust", "children's trust"),
    ("children trust board", "children's trust"),
    ("the trust", "children's trust"),
    ("local safeguarding children board", "lscb"),
    ("safeguarding children board", "lscb"),
    ("safeguarding board", "lscb"),
    ("lscb", "lscb"),
    ("safeguarding children partnership", "lscb"),
    ("local safeguarding partners", "lscb"),
    ("safeguarding partners", "lscb"),
    ("multi-agency safeguarding arrangements", "lscb"),
    ("chair of the lscb", "lscb chair"),
    ("lscb chair", "lscb chair"),
    ("chair of the local safeguarding children board", "lscb chair"),
    ("chair", "chair"),
    ("independent chair", "chair"),
    ("board chair", "chair"),
    ("improvement board chair", "chair"),
    ("chair of the board", "chair"),
    ("chair of the improvement board", "chair"),
    ("independent chair of the board", "chair"),
    ("independent chair of the improvement board", "chair"),
    ("conference chair", "conference chairs"),
    ("conference chairs", "conference chairs"),
    ("child protection conference chairs", "conference chairs"),
    ("adviser", "adviser"),
    ("advisor", "adviser"),
    ("advisers", "adviser"),
    ("advisors", "adviser"),
    ("improvement adviser", "adviser"),
    ("improvement advisor", "adviser"),
    ("dfe adviser", "adviser"),
    ("dfe improvement adviser", "adviser"),
    ("adviser from the department", "department"),
    ("adviser from the department for education", "department"),
    ("commissioner", "commissioner"),
    ("children services commissioner", "commissioner"),
    ("commissioner for children services", "commissioner"),
    ("department", "department"),
    ("department for education", "department"),
    ("department for children schools and families", "department"),
    ("dfe", "department"),
    ("dcsf", "department"),
    ("department officials", "department"),
    ("department for education officials", "department"),
    ("dfe officials", "department"),
    ("official from the department", "department"),
    ("officials from the department", "department"),
    ("official from the department for education", "department"),
    ("officials from the department for education", "department"),
    ("official", "department"),
    ("officials", "department"),
    ("case officer", "department"),
    ("case lead", "department"),
    ("nhs england", "nhs england"),
    ("department of health and social care", "department of health and social care"),
    ("secretary of state", "ministers"),
    ("secretary of state for education", "ministers"),
    ("ministers", "ministers"),
    ("minister", "ministers"),
    ("parliamentary under secretary of state", "ministers"),
    ("parliamentary under-secretary of state", "ministers"),
    ("parliamentary under secretary of state for children and families", "ministers"),
    ("leader of the council", "leader of the council"),
    ("council leader", "leader of the council"),
    ("the leader", "leader of the council"),
    ("lead member", "lead member"),
    ("lead member for children services", "lead member"),
    ("elected members", "elected members"),
    ("elected members of the council", "elected members"),
    ("councillors", "elected members"),
    ("director of children services", "director of children's services"),
    ("dcs", "director of children's services"),
    ("chief executive", "chief executive"),
    ("managers", "managers"),
    ("senior managers", "managers"),
    ("ofsted", "ofsted"),
    ("cqc", "cqc"),
    ("care quality commission", "cqc"),
    ("clinical commissioning group", "clinical commissioning group"),
    ("ccg", "clinical commissioning group"),
    ("integrated care board", "integrated care board"),
    ("icb", "integrated care board"),
    ("primary care trust", "primary care trust"),
    ("police", "police"),
    ("children in care council", "children in care council"),
    ("care leavers", "care leavers"),
    ("adult services", "adult services"),
    ("child and adolescent mental health service", "camhs"),
    ("child and adolescent mental health services", "camhs"),
    ("camhs", "camhs"),
    ("parent carer forum", "parent carer forum"),
    ("parents and carers", "parents and carers"),
    ("staff", "staff"),
    ("frontline staff", "staff"),
    ("front line staff", "staff"),
    ("social workers", "staff"),
    ("practitioners", "staff"),
    ("children", "children"),
    ("young people", "children"),
    ("children and young people", "children"),
    ("children and families", "children and families"),
    ("families", "families"),
    ("improvement partner", "improvement partner"),
    ("sector-led improvement partner", "improvement partner"),
    ("lead authority", "lead authority"),
    ("partner authority", "lead authority"),
    ("peer reviewers", "reviewers"),
    ("reviewers", "reviewers"),
    ("person conducting", "reviewers"),
    ("improvement panel", "board"),
    ("transformation board", "board"),
];

/// Those who are served, worked with or told, but on whom a notice lays no duty of their own.
const NOT_BEARERS: &[&str] = &[
    "staff",
    "children",
    "families",
    "children and families",
    "care leavers",
    "children in care council",
    "conference chairs",
    "reviewers",
    "parents and carers",
    "adult services",
    "camhs",
];

/// Somebody named at a place in a sentence.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Who.
    pub party: Party,
    /// First word.
    pub from: usize,
    /// Word after the last.
    pub to: usize,
    /// Whether the name stands as owner of what follows ("the council's plan").
    pub possessive: bool,
}

/// A term the document defines for itself.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The term, lower case, without "the".
    pub term: String,
    /// The term as printed.
    pub printed: String,
    /// The party it means, if it means one.
    pub party: Option<Party>,
    /// Where it stands in the given text.
    pub span: Span,
}

/// All names that hold in one document.
#[derive(Debug, Default)]
pub struct Names {
    /// The document's own definitions, in order.
    pub definitions: Vec<Definition>,
    own: HashMap<String, Vec<(Vec<String>, Party)>>,
}

type Table = HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>;

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: Table = HashMap::new();
        for (name, party) in NAMES {
            let parts: Vec<&str> = name.split(' ').collect();
            table.entry(parts[0]).or_default().push((parts, party));
        }
        table
    })
}

impl Names {
    /// Adds the definition of a bracketed term that follows `before`.
    pub fn define(&mut self, printed: &str, before: &str, span: Span) {
        let lower = printed.to_ascii_lowercase();
        let term = lower.strip_prefix("the ").unwrap_or(&lower).trim().to_owned();
        let party = self.party_of_term(&lower).or_else(|| self.party_before(&term, before));
        if let Some(party) = &party {
            let spaced = term.replace("'s", "");
            let parts: Vec<String> = spaced.split(' ').map(str::to_owned).collect();
            self.own.entry(parts[0].clone()).or_default().push((parts, party.clone()));
        }
        self.definitions.push(Definition { term, printed: printed.to_owned(), party, span });
    }

    fn party_of_term(&self, lower: &str) -> Option<Party> {
        let cased = lower.to_owned();
        let with_article = if lower.starts_with("the ") { cased } else { format!("the {lower}") };
        let found = words(&with_article, &with_article, 0, with_article.len());
        let whole = self.longest(&found, 0).filter(|(length, _)| *length == found.len());
        let core = self.longest(&found, 1).filter(|(length, _)| *length + 1 == found.len());
        whole.or(core).map(|(_, party)| Party::named(party))
    }

    /// The party named right before the bracket, unless the term is plainly a paper.
    fn party_before(&self, term: &str, before: &str) -> Option<Party> {
        const PAPERS: &[&str] = &[
            "report",
            "reports",
            "framework",
            "notice",
            "plan",
            "act",
            "direction",
            "directions",
            "reports",
            "services",
            "area",
            "strategy",
            "judgement",
        ];
        if term.split(' ').any(|word| PAPERS.contains(&word)) {
            return None;
        }
        let lower = before.to_ascii_lowercase();
        let tail_start = lower.char_indices().rev().nth(120).map_or(0, |(at, _)| at);
        let found = words(&lower, before, tail_start, lower.len());
        let last = self.mentions(&found).into_iter().last()?;
        (found.len() - last.to <= 1).then_some(last.party)
    }

    /// Everyone named in a sentence, longest names first, from left to right.
    pub fn mentions(&self, words: &[Word<'_>]) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let later = if at + 1 < words.len() {
                self.longest(words, at + 1).map_or(0, |(length, _)| length)
            } else {
                0
            };
            if let Some((length, party)) =
                self.longest(words, at).filter(|(length, _)| !is_article(words[at].text) || later < *length)
            {
                self.note(words, at, length, &party, &mut found);
                at += length;
            } else {
                at += 1;
            }
        }
        found
    }

    fn note(&self, words: &[Word<'_>], at: usize, length: usize, party: &str, found: &mut Vec<Mention>) {
        let possessive = words[at + length - 1].possessive;
        for name in party.split('+').filter(|name| !name.is_empty()) {
            found.push(Mention {
                party: Party::named(name.to_owned()),
                from: at,
                to: at + length,
                possessive,
            });
        }
    }

    fn longest(&self, words: &[Word<'_>], at: usize) -> Option<(usize, String)> {
        let first = words[at].text;
        let fits = |parts: &[&str]| {
            parts.len() <= words.len() - at
                && parts.iter().zip(&words[at..]).all(|(part, word)| *part == word.text)
        };
        let printed = table().get(first).into_iter().flatten().filter(|(parts, _)| fits(parts));
        let known = printed
            .map(|(parts, party)| (parts.len(), (*party).to_owned()))
            .max_by_key(|(length, _)| *length);
        let own = self.own.get(first).into_iter().flatten();
        let defined = own
            .filter(|(parts, _)| fits(&parts.iter().map(String::as_str).collect::<Vec<_>>()))
            .map(|(parts, party)| (parts.len(), party.as_str().to_owned()))
            .max_by_key(|(length, _)| *length);
        let acronym = (first.len() == 4 && first.ends_with("scb")).then(|| (1, "lscb".to_owned()));
        let best = [known, defined, acronym].into_iter().flatten().max_by_key(|(length, _)| *length)?;
        Some(best)
    }
}

/// Words that open a name only where no longer name starts after them.
fn is_article(word: &str) -> bool {
    matches!(word, "the" | "each" | "this")
}

/// Whether a notice can lay a duty on the party.
pub fn can_bear(party: &Party) -> bool {
    !NOT_BEARERS.contains(&party.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &Names, text: &str) -> Vec<String> {
        let lower = text.to_ascii_lowercase();
        let found = words(&lower, text, 0, text.len());
        names.mentions(&found).iter().map(|mention| mention.party.to_string()).collect()
    }

    #[test]
    fn the_longest_name_wins() {
        let names = Names::default();
        let rows = [
            ("the Chair of the Improvement Board", vec!["chair"]),
            ("the Children's Improvement Board", vec!["children's improvement board"]),
            ("the Council's partners", vec!["partners"]),
            ("the Leader of the Council", vec!["leader of the council"]),
            ("the Children in Care Council", vec!["children in care council"]),
            ("an official from the Department for Education", vec!["department"]),
        ];
        for (text, expected) in rows {
            assert_eq!(named(&names, text), expected, "{text}");
        }
    }

    #[test]
    fn a_document_may_name_its_own_bodies() {
        let mut names = Names::default();
        names.define("the Children Board", "the work of the Local Safeguarding Children Board ", [0, 1]);
        names.define("the inspection report", "carried out by Ofsted ", [0, 1]);
        assert_eq!(named(&names, "remit of the Children Board"), ["lscb"]);
        assert_eq!(names.definitions[1].party, None);
    }
}
