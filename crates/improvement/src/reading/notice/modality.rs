//! Finds how a sentence binds: the modal verb or its stand-in, the subject before it and the verb after it.

use super::dates::is_month_of_may;
use super::parties::can_bear;
use super::sense::Sentence;
use super::verbs::{is_base, is_gerund, is_participle};
use super::words::{find, match_at};
use crate::reading::Modality;

/// How the binding word stands in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "must meet", "will provide".
    Modal,
    /// "Develop", "To improve", "Ensuring": a command that takes its strength from the lead-in above it.
    Command,
    /// A statement of how things are to be, under a lead-in.
    Outcome,
    /// A noun under a lead-in that lacks its object.
    Noun,
}

/// The binding word and its neighbourhood, in word indexes.
#[derive(Clone, Debug)]
pub struct Head {
    /// How strongly it binds.
    pub modality: Modality,
    /// How it stands.
    pub form: Form,
    /// The words that bind.
    pub cue: (usize, usize),
    /// Where the clause with the subject starts.
    pub clause: usize,
    /// The first word of the verb of duty.
    pub verb: usize,
    /// Whether the subject is acted on.
    pub passive: bool,
}

/// Stand-ins for a modal verb, with the words after which the verb of duty stands.
const STANDINS: [(&str, Modality); 22] = [
    ("is|are required of", Modality::Must),
    ("it is vital|essential|imperative|crucial that", Modality::Must),
    ("notice|direction is given|issued to address", Modality::Must),
    ("is|are required to", Modality::Must),
    ("is|are directed to", Modality::Must),
    ("is|are instructed to", Modality::Must),
    ("is|are obliged to", Modality::Must),
    ("has|have to", Modality::Must),
    ("needs|need to", Modality::Must),
    ("attention is to be", Modality::Must),
    ("directs ?that", Modality::Must),
    ("is|are to be", Modality::Must),
    ("will|would be expected to", Modality::Expects),
    ("is|are expected to", Modality::Expects),
    ("expects|expect that", Modality::Expects),
    ("expects|expect ..10 to", Modality::Expects),
    ("expects|expect", Modality::Expects),
    ("requires the commitment of", Modality::Expects),
    ("is|are to help", Modality::Expects),
    ("improvements would", Modality::Expects),
    ("is|are encouraged to", Modality::Should),
    ("it is important|recommended|advised that", Modality::Should),
];

/// The first binding word of a sentence, outside conditions and relative clauses.
pub fn head(sentence: &Sentence<'_>) -> Option<Head> {
    let standin = standin(sentence);
    let modal = modal_from(sentence, 0, true);
    match (standin, modal) {
        (Some(standin), Some(modal)) if standin.cue.0 < modal.cue.0 && !reported(sentence, standin.cue.0) => {
            Some(standin)
        }
        (_, Some(modal)) => Some(modal),
        (Some(standin), None) => Some(standin),
        (None, None) => None,
    }
    .filter(|head| !reported(sentence, head.cue.0) && !self_describing(sentence, head))
}

fn standin(sentence: &Sentence<'_>) -> Option<Head> {
    let words = &sentence.words;
    let found =
        STANDINS.iter().filter_map(|(pattern, modality)| find(words, 0, pattern).map(|at| (at, *modality)));
    let found = found.chain(told_to(sentence).map(|at| (at, Modality::Must)));
    let ((from, to), modality) = found.min_by_key(|((from, to), _)| (*from, usize::MAX - *to))?;
    let passive = sentence.word(from + 1) == "to"
        && sentence.word(from + 2) == "be"
        && is_participle(sentence.word(to));
    Some(Head {
        modality,
        form: Form::Modal,
        cue: (from, to),
        clause: clause_start(sentence, from),
        verb: to.min(words.len()),
        passive,
    })
}

/// "The council is to publish", said of a party itself: "the council's aim is to" asks for nothing.
fn told_to(sentence: &Sentence<'_>) -> Option<(usize, usize)> {
    let mentions = sentence.mentions.iter().filter(|mention| can_bear(&mention.party));
    mentions
        .filter_map(|mention| match_at(&sentence.words, mention.to, "is|are to").map(|to| (mention.to, to)))
        .find(|(_, to)| is_base(sentence.word(*to), sentence.words.get(to + 1).map(|next| next.text)))
}

/// The next modal verb at or after `from`; with `main`, relative clauses and conditions are passed over.
pub fn modal_from(sentence: &Sentence<'_>, from: usize, main: bool) -> Option<Head> {
    (from..sentence.words.len())
        .find_map(|at| modal_at(sentence, at).filter(|head| !main || stands_alone(sentence, head)))
}

/// The modal verb at word `at`, if one stands there.
pub fn modal_at(sentence: &Sentence<'_>, at: usize) -> Option<Head> {
    let modality = match sentence.word(at) {
        "must" | "shall" | "will" => Modality::Must,
        "should" if at > 0 && !inverted(sentence, at) => Modality::Should,
        "may" if at > 0 && !is_month_of_may(&sentence.words, at) => Modality::May,
        _ => return None,
    };
    let mut verb = at + 1;
    while matches!(
        sentence.word(verb),
        "also"
            | "then"
            | "first"
            | "not"
            | "therefore"
            | "normally"
            | "continue"
            | ","
            | "only"
            | "always"
            | "jointly"
    ) || (sentence.word(verb) == "to" && sentence.word(verb - 1) == "continue")
    {
        verb += 1;
    }
    let clause = clause_start(sentence, at);
    let mut head = Head { modality, form: Form::Modal, cue: (at, at + 1), clause, verb, passive: false };
    settle_passive(sentence, &mut head);
    soften(sentence, &mut head);
    Some(head)
}

/// "or should ministers not be satisfied": a condition, not advice.
fn inverted(sentence: &Sentence<'_>, at: usize) -> bool {
    let after_join = matches!(sentence.word(at - 1), "," | "or" | "and" | ";");
    let article =
        matches!(sentence.word(at + 1), "the" | "any" | "it" | "this" | "there" | "a" | "an" | "progress");
    after_join && (article || sentence.mentions.iter().any(|mention| mention.from == at + 1))
}

fn settle_passive(sentence: &Sentence<'_>, head: &mut Head) {
    if sentence.word(head.verb) != "be" {
        return;
    }
    let next = (head.verb + 1..head.verb + 4).find(|at| is_participle(sentence.word(*at)));
    let adverbs = next.is_some_and(|at| (head.verb + 1..at).all(|between| is_adverb(sentence.word(between))));
    if let Some(at) = next.filter(|_| adverbs) {
        head.passive = true;
        head.verb = at;
    }
}

fn is_adverb(word: &str) -> bool {
    word.ends_with("ly") || matches!(word, "first" | "also" | "then" | "further" | "not")
}

/// "may be required" binds as a power; "will be expected to" only expects.
fn soften(sentence: &Sentence<'_>, head: &mut Head) {
    if match_at(&sentence.words, head.verb, "expected to").is_some() {
        head.modality = Modality::Expects;
    }
}

/// Whether the modal is the sentence's own, not that of "which will ...", "that must be taken", "if ... should".
fn stands_alone(sentence: &Sentence<'_>, head: &Head) -> bool {
    let at = head.cue.0;
    let before = if at == 0 { "" } else { sentence.word(at - 1) };
    let relative = matches!(before, "that" | "which" | "who" | "whom" | "they" | "where" | "what");
    let opening = at == head.clause && at > 0;
    let pronoun = before == "they" && head.clause + 1 == at && at <= 1;
    (!relative || pronoun) && !opening && !in_condition(sentence, head) && !as_somebody_may(sentence, at)
}

/// "as the commissioner may require": said of something else than the sentence's duty.
pub fn as_somebody_may(sentence: &Sentence<'_>, at: usize) -> bool {
    let opening = (at.saturating_sub(6)..at).rfind(|place| sentence.word(*place) == "as");
    opening.is_some_and(|place| {
        let plain = sentence.words[place..at].iter().all(|word| !word.is_mark());
        let well = place > 0 && matches!(sentence.word(place - 1), "well" | "such")
            || sentence.word(place + 1) == "part";
        plain && !well && place + 1 < at && place > 0
    })
}

/// A modal inside "if ..." or "should ..." before the main clause.
fn in_condition(sentence: &Sentence<'_>, head: &Head) -> bool {
    let opens = matches!(sentence.word(head.clause), "if" | "unless" | "whether");
    opens
        && match_at(&sentence.words, head.cue.0.saturating_sub(1), "this must|will|should").is_none()
        && sentence.words[head.cue.0..].iter().any(|word| word.text == ",")
}

/// What inspectors or others are reported to have said.
fn reported(sentence: &Sentence<'_>, at: usize) -> bool {
    const SAYING: &[&str] = &[
        "found|concluded|judged|identified|stated|noted|reported|satisfied|recommended|considers|considered ..7 that",
    ];
    SAYING.iter().any(|pattern| {
        find(&sentence.words, 0, pattern).is_some_and(|(from, _)| from < at && !holds_until(sentence, from))
    })
}

fn holds_until(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.words[..at].iter().rev().take(8).any(|word| matches!(word.text, "until" | "unless" | "if"))
}

/// What the document says of itself, or of what will follow from acting.
fn self_describing(sentence: &Sentence<'_>, head: &Head) -> bool {
    let subject = head.clause;
    let words = &sentence.words;
    let itself = match_at(words, subject, "this|the ?improvement|statutory ?revised notice|direction")
        .is_some_and(|end| end >= head.cue.0);
    let remains = matches!(
        sentence.word(head.verb),
        "remain"
            | "cease"
            | "expire"
            | "take"
            | "be"
            | "come"
            | "apply"
            | "continue"
            | "replaced"
            | "published"
    );
    let effect =
        match_at(words, subject, "this|it|these will|should help|enable|support|allow|mean|provide|ensure")
            .is_some();
    let cannot = head.modality == Modality::May && sentence.word(head.verb) == "have";
    let past = head.modality == Modality::Should
        && sentence.word(head.verb) == "have"
        && is_participle(sentence.word(head.verb + 1));
    (itself && remains && head.modality != Modality::May) || effect || cannot || past
}

/// Where the clause of the modal at `at` starts: after an opening adverbial or condition, or a coordinated clause.
pub fn clause_start(sentence: &Sentence<'_>, at: usize) -> usize {
    const OPENERS: &[&str] = &[
        "if",
        "should",
        "where",
        "when",
        "whenever",
        "for",
        "prior",
        "from",
        "in",
        "to",
        "with",
        "as",
        "during",
        "following",
        "before",
        "after",
        "at",
        "once",
        "subject",
        "by",
        "on",
        "until",
        "unless",
        "while",
        "under",
        "within",
        "given",
        "having",
        "throughout",
        "including",
        "pursuant",
        "upon",
        "therefore",
        "accordingly",
        "however",
        "additionally",
        "further",
        "no",
    ];
    if !OPENERS.contains(&sentence.word(0)) || at == 0 {
        return 0;
    }
    if sentence.word(at - 1) == "," {
        return 0;
    }
    let comma = (0..at).rev().find(|place| sentence.word(*place) == ",");
    let bracketed = |place: usize| matches!(sentence.word(place + 1), "and" | "or" | "who" | "which" | "as");
    comma.filter(|place| !bracketed(*place)).map_or(0, |place| place + 1)
}

/// A command at the start of a sentence: imperative, to-infinitive or -ing form, after an opening adverbial.
pub fn command(sentence: &Sentence<'_>) -> Option<Head> {
    let start = command_start(sentence)?;
    let infinitive = usize::from(sentence.word(start) == "to");
    let verb = start + infinitive;
    let adverb = usize::from(sentence.word(verb).ends_with("ly") && sentence.word(verb) != "apply");
    let word = sentence.word(verb + adverb);
    let next = sentence.words.get(verb + adverb + 1).map(|word| word.text);
    let gerund = infinitive == 0 && is_gerund(word) && next.is_some();
    let coordinated = next.is_some_and(|next| matches!(next, "and" | ","))
        && is_base(sentence.word(verb + adverb + 2), Some("the"));
    (gerund
        || is_base(word, next)
        || opens_command(word, next)
        || (coordinated && is_base(word, Some("the"))))
    .then(|| Head {
        modality: Modality::Must,
        form: Form::Command,
        cue: (start, verb + adverb + 1),
        clause: start,
        verb: verb + adverb,
        passive: false,
    })
}

/// "Review processes": a word that can be a noun, at the start and before what it acts on.
fn opens_command(word: &str, next: Option<&str>) -> bool {
    let noun = next.is_none_or(|next| {
        matches!(
            next,
            "of" | "for"
                | "is"
                | "are"
                | "was"
                | "and"
                | "by"
                | "from"
                | "in"
                | "must"
                | "will"
                | "should"
                | "has"
                | "have"
                | ","
                | ":"
                | "("
                | ";"
                | "or"
        )
    });
    super::verbs::is_ambiguous(word) && !noun
}

fn command_start(sentence: &Sentence<'_>) -> Option<usize> {
    const BEFORE: &[&str] = &[
        "in particular ,",
        "as part of this ?,",
        "in addition ,",
        "to this end ,",
        "working with ..8 ,",
        "by|within|before|from ..8 ,",
        "in partnership with ..8 ,",
        "and|or|also",
    ];
    let after = BEFORE.iter().find_map(|pattern| match_at(&sentence.words, 0, pattern));
    [after, Some(0)].into_iter().flatten().find(|start| {
        let word = sentence.word(*start);
        let next = sentence.words.get(start + 1).map(|word| word.text);
        let adverb = word.ends_with("ly") && next.is_some_and(|next| is_base(next, Some("the")));
        word == "to"
            || is_gerund(word)
            || is_base(word, next)
            || opens_command(word, next)
            || is_base(word, Some("the"))
            || adverb
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::notice::parties::Names;

    fn check(text: &str) -> Option<(Modality, String)> {
        let lower = text.to_ascii_lowercase();
        let sentence = Sentence::new(text, &lower, 0, text.len(), &Names::default());
        let head = head(&sentence).or_else(|| command(&sentence))?;
        Some((head.modality, sentence.word(head.verb).to_owned()))
    }

    #[test]
    fn the_binding_word_is_found() {
        use Modality::{Expects, May, Must, Should};
        let rows = [
            ("The council must prepare a plan.", Some((Must, "prepare"))),
            (
                "If the board wishes to change this, it must first be agreed by the Department.",
                Some((Must, "agreed")),
            ),
            ("An official may attend any meeting.", Some((May, "attend"))),
            ("The plan should also be shared.", Some((Should, "shared"))),
            ("We expect the council to publish it.", Some((Expects, "publish"))),
            ("Ensure that plans set out the actions that must be taken.", Some((Must, "ensure"))),
            ("The inspection took place in May 2012.", None),
            ("Inspectors found that managers should act sooner.", None),
            ("This notice will remain in force until it is withdrawn.", None),
            ("The council is required to co-operate.", Some((Must, "co-operate"))),
        ];
        for (text, expected) in rows {
            let expected = expected.map(|(modality, verb)| (modality, verb.to_owned()));
            assert_eq!(check(text), expected, "{text}");
        }
    }
}
