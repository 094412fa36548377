//! Lead-ins: what a sentence that ends in a colon hands down to the list below it, and whether it asks for something
//! of its own.

use vocabulary::party::Party;

use super::bearer;
use super::label::{Label, Style};
use super::modality::{self, Head};
use super::sense::Sentence;
use super::timing;
use super::words::{find, has};
use crate::reading::Modality;
use crate::timing::Timing;

/// What a lead-in hands down.
#[derive(Clone, Debug)]
pub struct Lead {
    /// How strongly its items bind.
    pub modality: Modality,
    /// Who bears them unless they say otherwise.
    pub bearers: Vec<Party>,
    /// Words that an item lacking a verb borrows.
    pub phrase: String,
    /// Whether items are nouns that complete the phrase ("must include:").
    pub takes_nouns: bool,
    /// The time that holds for all items.
    pub timing: Option<Timing>,
    /// Where the binding words stand in the given text.
    pub cue: Option<(String, crate::reading::Span)>,
}

impl Lead {
    /// What holds for an item whose list has no lead-in of its own.
    pub fn usual() -> Self {
        Self {
            modality: Modality::Must,
            bearers: vec![Party::COUNCIL],
            phrase: String::new(),
            takes_nouns: false,
            timing: None,
            cue: None,
        }
    }
}

/// What a lead-in is.
#[derive(Debug)]
pub struct LeadIn {
    /// What it hands down, if it binds.
    pub lead: Option<Lead>,
    /// Where its own duty ends, if it states one.
    pub own_duty_to: Option<usize>,
}

/// Reads a sentence that ends in a colon.
pub fn lead_in(
    sentence: &Sentence<'_>,
    above: &Lead,
    previous: &[Party],
    previous_timing: Option<&Timing>,
) -> LeadIn {
    let last = sentence.words.len().saturating_sub(1);
    let head =
        modality::head(sentence).or_else(|| modality::command(sentence)).or_else(|| inverted(sentence));
    let when = timing::explicit(&sentence.words).map(|found| found.timing);
    let Some(head) = head else {
        return LeadIn { lead: without_verb(sentence, above, when), own_duty_to: None };
    };
    if head.passive && matches!(sentence.word(head.verb), "assessed" | "measured" | "judged" | "evaluated") {
        return LeadIn { lead: None, own_duty_to: None };
    }
    let (_, end) = sentence.without_marks(0, last);
    let tail = sentence.word(end.saturating_sub(1));
    let named = bearer::of_main(sentence, &head, end, &above.bearers, previous).parties;
    let bearers = strengthened(sentence, &head, end).unwrap_or(named);
    let takes_nouns = matches!(tail, "with" | "include" | "includes" | "including" | "of" | "for" | "cover")
        || has(&sentence.words, "but ..4 to|limited|exclusive");
    let pronoun = matches!(sentence.word(head.clause), "this" | "these" | "it" | "they");
    let timing =
        when.or_else(|| pronoun.then(|| previous_timing.cloned()).flatten()).or_else(|| above.timing.clone());
    let phrase = sentence.printed(phrase_start(sentence, &head), phrase_end(sentence, end)).to_owned();
    let lead = Lead { modality: head.modality, bearers, phrase, takes_nouns, timing, cue: None };
    LeadIn { own_duty_to: own_duty(sentence, &head, end), lead: Some(lead) }
}

/// "Failure to comply ... may lead to:" and the like, where no subject of the field stands before the verb.
fn inverted(sentence: &Sentence<'_>) -> Option<Head> {
    modality::modal_from(sentence, 1, false).filter(|head| head.modality == Modality::May)
}

/// "The following measures are needed for you to comply:", "Within three months:".
fn without_verb(sentence: &Sentence<'_>, above: &Lead, when: Option<Timing>) -> Option<Lead> {
    const ASKING: &[&str] = &[
        "measures|actions|steps ..4 needed|required|necessary",
        "following actions|measures|steps",
        "required to",
        "the council to",
        "directions|steps",
    ];
    let asks = ASKING.iter().any(|pattern| find(&sentence.words, 0, pattern).is_some());
    let short_time = when.is_some() && sentence.words.len() <= 9;
    (asks || short_time).then(|| Lead {
        timing: when,
        phrase: String::new(),
        takes_nouns: false,
        ..above.clone()
    })
}

fn phrase_start(sentence: &Sentence<'_>, head: &Head) -> usize {
    let pronoun = matches!(sentence.word(head.clause), "this" | "these" | "it");
    if pronoun || bearer::subject(sentence, head.clause, head.cue.0).is_some() {
        head.verb
    } else {
        head.clause.min(head.verb)
    }
}

fn phrase_end(sentence: &Sentence<'_>, end: usize) -> usize {
    find(&sentence.words, 0, ", but|although").map_or(end, |(from, _)| from)
}

/// "Strengthen the role of the safeguarding board ... to:": the items are that body's.
fn strengthened(sentence: &Sentence<'_>, head: &Head, end: usize) -> Option<Vec<Party>> {
    let enabling = matches!(
        sentence.word(head.verb),
        "strengthen" | "enable" | "support" | "strengthening" | "enabling" | "supporting"
    );
    let to = matches!(sentence.word(end.saturating_sub(1)), "to" | "by");
    let body = sentence
        .mentions
        .iter()
        .find(|mention| mention.from > head.verb && super::parties::can_bear(&mention.party))?;
    (enabling && to && body.party != Party::COUNCIL).then(|| vec![body.party.clone()])
}

/// Whether the lead-in asks for something of its own besides its items, and up to which word.
fn own_duty(sentence: &Sentence<'_>, head: &Head, end: usize) -> Option<usize> {
    const EMPTY: &[&str] = &[
        "the",
        "following",
        "action",
        "actions",
        "step",
        "steps",
        "measure",
        "measures",
        "to",
        "by",
        "as",
        "follows",
        "with",
        "in",
        "this",
        "notice",
        "direction",
        "below",
        "out",
        "set",
        "take",
        "of",
        "and",
        "or",
        "a",
        "an",
        "all",
        "these",
        "it",
        "that",
        "which",
        "must",
        "should",
        "will",
        "may",
        "shall",
        "include",
        "includes",
        "including",
        "council",
        "improvement",
        "but",
        "is",
        "not",
        "limited",
        "are",
    ];
    let tail = sentence.word(end.saturating_sub(1));
    let together = ["working with", "working in partnership", "in partnership with", "together with"]
        .iter()
        .any(|pattern| find(&sentence.words, head.verb.min(end), pattern).is_some_and(|(at, _)| at < end));
    if together
        && (sentence.word(head.verb) == "the" || head.cue.1 == head.verb)
        && sentence.word(head.cue.1.saturating_sub(1)) == "of"
    {
        return Some(end);
    }
    let relative =
        (head.verb..end).rev().take(4).find(|at| matches!(sentence.word(*at), "which" | "that" | "and"));
    let modal_tail =
        matches!(tail, "must" | "should" | "will" | "may" | "shall" | "include" | "includes" | "that");
    let to = match tail {
        "by" | "to" | "through" => end - 1,
        "following" if matches!(sentence.word(end.saturating_sub(3)), "by" | "through") => end - 3,
        "following" if matches!(sentence.word(end.saturating_sub(2)), "by" | "through") => end - 2,
        "that" => return None,
        _ if modal_tail => relative?,
        _ => return None,
    };
    if to <= head.verb || matches!(sentence.word(head.verb), "include" | "includes" | "lead" | "result") {
        return None;
    }
    let object = sentence.words[head.verb + 1..to]
        .iter()
        .filter(|word| !word.is_mark() && !EMPTY.contains(&word.text))
        .count();
    (object > 0).then_some(to)
}

/// One open list level.
#[derive(Clone, Debug)]
pub struct Level {
    /// The style of its labels.
    pub style: Style,
    /// The reference of its open item.
    pub reference: String,
    /// The order of its open item.
    pub order: Option<u32>,
    /// What its open item hands down.
    pub lead: Option<Lead>,
    /// How many items stand below its open item.
    pub children: usize,
}

/// The open list levels at a point of the document.
#[derive(Debug, Default)]
pub struct Levels {
    open: Vec<Level>,
}

impl Levels {
    /// Closes all lists.
    pub fn clear(&mut self) {
        self.open.clear();
    }

    /// Closes bullet lists; numbering goes on across headings.
    pub fn clear_bullets(&mut self) {
        self.open.retain(|level| !matches!(level.style, Style::Bullet(_)));
        self.open.truncate(1);
    }

    /// Makes room for an item with this label; afterwards the open levels are its ancestors.
    pub fn descend(&mut self, label: &Label) -> Style {
        let style = self.settle(label);
        let place = self.open.iter().position(|level| same_depth(level.style, style));
        match place {
            Some(place) => self.open.truncate(place),
            None if matches!(style, Style::Number) && label.order.is_some_and(|order| order > 1) => {
                self.open.clear()
            }
            None => self.leave_deeper(style),
        }
        style
    }

    /// `i.` after `h.` is a letter.
    fn settle(&self, label: &Label) -> Style {
        let lettered = self.open.iter().any(|level| level.style == Style::Letter && level.order == Some(8));
        if label.style == Style::Roman && label.order == Some(1) && lettered {
            Style::Letter
        } else {
            label.style
        }
    }

    fn leave_deeper(&mut self, style: Style) {
        if let Style::Bullet(indent) = style {
            self.open.retain(|level| !matches!(level.style, Style::Bullet(other) if other >= indent));
        }
        if let Style::Decimal(dots) = style {
            self.open.retain(|level| {
                !matches!(level.style, Style::Decimal(other) if other >= dots)
                    && !matches!(level.style, Style::Bullet(_) | Style::Letter | Style::Roman)
            });
        }
    }

    /// The nearest ancestor.
    pub fn parent(&mut self) -> Option<&mut Level> {
        self.open.last_mut()
    }

    /// What the ancestors hand down, the nearest first.
    pub fn lead(&self) -> Option<&Lead> {
        self.open.iter().rev().find_map(|level| level.lead.as_ref())
    }

    /// Opens a level below the ancestors.
    pub fn push(&mut self, level: Level) {
        self.open.push(level);
    }

    /// Sets what the open item hands down.
    pub fn hand_down(&mut self, lead: Option<Lead>) {
        if let Some(level) = self.open.last_mut() {
            level.lead = lead;
        }
    }
}

fn same_depth(one: Style, other: Style) -> bool {
    match (one, other) {
        (Style::Bullet(one), Style::Bullet(other)) => one.abs_diff(other) < 1,
        (Style::Decimal(one), Style::Decimal(other)) => one == other,
        _ => one == other,
    }
}
