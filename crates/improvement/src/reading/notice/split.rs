//! Takes a sentence apart into duties that can be evidenced each on its own.
//!
//! Verb pairs that make and then use a thing, coordinated clauses, relative clauses that bind, purposes, aims, separate
//! objects and conditions become parts. A part borrows the words it needs to be read alone.

use super::modality::{Form, Head, as_somebody_may, modal_at};
use super::sense::Sentence;
use super::verbs::{is_ambiguous, is_base, is_gerund, is_making, is_participle, is_using};
use super::words::match_at;
use crate::reading::Modality;

/// No sentence gives more parts than this.
const MOST_PARTS: usize = 12;

/// What made a part.
#[derive(Clone, Debug)]
pub enum PartKind {
    /// The sentence's own clause.
    Main,
    /// A further verb of the same subject.
    Verb,
    /// A clause with its own binding word.
    Clause(Head),
    /// A relative clause that binds; the word before it is what it is about.
    Relative(Head),
    /// What a lead verb such as "ensure" is to see to, stated as a clause.
    Content,
    /// A separate object, recipient or occasion.
    Object,
    /// A purpose or way of working with a duty of its own.
    Purpose,
    /// A further condition.
    Condition,
}

/// One part, in word indexes.
#[derive(Clone, Debug)]
pub struct Part {
    /// What made it.
    pub kind: PartKind,
    /// Its first word.
    pub from: usize,
    /// The word after its last.
    pub to: usize,
    /// Words borrowed before it.
    pub before: Option<(usize, usize)>,
    /// Words borrowed after it.
    pub after: Option<(usize, usize)>,
}

/// Where a part ends and the next begins.
struct Cut {
    end: usize,
    start: usize,
    kind: PartKind,
    before: Option<(usize, usize)>,
    /// Whether the part before it borrows the words of this one after its own verb.
    shares_rest: Option<usize>,
}

impl Cut {
    fn new(end: usize, start: usize, kind: PartKind) -> Self {
        Self { end, start, kind, before: None, shares_rest: None }
    }

    fn borrowing(mut self, from: usize, to: usize) -> Self {
        self.before = Some((from, to));
        self
    }
}

/// The parts of a sentence whose binding word is known, the main one first.
pub fn parts(sentence: &Sentence<'_>, head: &Head) -> Vec<Part> {
    if let Some(parts) = subjects(sentence, head) {
        return parts;
    }
    let cuts = cuts(sentence, head);
    let last = sentence.words.len();
    let mut parts = vec![Part { kind: PartKind::Main, from: 0, to: last, before: None, after: None }];
    for cut in cuts {
        let rest = cut.shares_rest.map(|from| (from, last));
        if let Some(open) = parts.last_mut() {
            open.to = cut.end;
            open.after = rest;
        }
        parts.push(Part { kind: cut.kind, from: cut.start, to: last, before: cut.before, after: None });
    }
    parts
}

/// "The content of the plan, and a record of progress, must be kept": one verb, two things to keep.
fn subjects(sentence: &Sentence<'_>, head: &Head) -> Option<Vec<Part>> {
    let modal = head.cue.0;
    if head.form != Form::Modal || modal < 4 || sentence.word(modal - 1) != "," {
        return None;
    }
    let join =
        (head.clause..modal - 1).find(|at| sentence.word(*at) == "," && sentence.word(at + 1) == "and")?;
    let acting = sentence.mentions.iter().any(|mention| {
        mention.from >= join
            && mention.to + 1 >= modal - 1
            && mention.from <= join + 4
            && sentence.word(join + 2) != "of"
    });
    if acting && !head.passive {
        return None;
    }
    let rest = Some((modal, sentence.words.len()));
    let second =
        if sentence.word(join + 2) == "of" { nouns_before(sentence, head.clause, join) } else { None };
    Some(vec![
        Part { kind: PartKind::Main, from: 0, to: join, before: None, after: rest },
        Part { kind: PartKind::Object, from: join + 2, to: modal - 1, before: second, after: rest },
    ])
}

/// "the views" of "the views of frontline staff".
fn nouns_before(sentence: &Sentence<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    (from..to).find(|at| sentence.word(*at) == "of").map(|at| (from, at))
}

fn cuts(sentence: &Sentence<'_>, head: &Head) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut from = head.verb;
    let mut at = head.cue.1.min(head.verb + 1).max(1);
    while at < sentence.words.len() && cuts.len() < MOST_PARTS {
        if let Some(cut) = cut_at(sentence, head, from, at).filter(|cut| cut.end > head.cue.0) {
            let bound = match &cut.kind {
                PartKind::Clause(own) | PartKind::Relative(own) => own.cue.1,
                _ => 0,
            };
            let next = bound.max(cut.start + 1).max(at + 1);
            from = cut.start;
            cuts.push(cut);
            at = next;
        } else {
            at += 1;
        }
    }
    conditions(sentence, head, &mut cuts);
    cuts
}

/// "Should A ..., or should B ..., C may": the second condition is a ground of its own.
fn conditions(sentence: &Sentence<'_>, head: &Head, cuts: &mut Vec<Cut>) {
    if head.clause == 0 || !matches!(sentence.word(0), "should" | "if") {
        return;
    }
    let second = (1..head.clause).find(|at| match_at(&sentence.words, *at, "or should|if|where").is_some());
    if let Some(at) = second
        && cuts.is_empty()
    {
        let cut = Cut {
            end: at,
            start: at + 1,
            kind: PartKind::Condition,
            before: None,
            shares_rest: Some(head.clause),
        };
        cuts.push(cut);
    }
}

fn cut_at(sentence: &Sentence<'_>, head: &Head, from: usize, at: usize) -> Option<Cut> {
    let word = sentence.word(at);
    match word {
        "which" | "who" | "the" => relative(sentence, head, at),
        "and" | "," | ";" | "but" | "or" => joined(sentence, head, from, at),
        _ => purpose(sentence, head, from, at),
    }
}

/// "which must include", "who will report", "which we expect will meet", "the result of which should be".
fn relative(sentence: &Sentence<'_>, head: &Head, at: usize) -> Option<Cut> {
    let words = &sentence.words;
    if sentence.word(at) == "the" {
        let modal = match_at(words, at, "the result|results|outcome|findings of which")?;
        let own = modal_at(sentence, modal)?;
        return Some(Cut::new(at, at, PartKind::Relative(Head { clause: at, ..own })));
    }
    let expecting = match_at(words, at, "which|who we expect");
    let own = modal_at(sentence, expecting.unwrap_or(at + 1))?;
    let who = sentence.word(at) == "who";
    let firm = matches!(sentence.word(own.cue.0), "must" | "should");
    let ensuring = sentence.word(own.verb) == "ensure";
    let binds = who || firm || own.passive || expecting.is_some() || ensuring;
    let aside = head.form == Form::Modal && head.modality == Modality::May;
    if !binds || aside {
        return None;
    }
    let modality = if expecting.is_some() { Modality::Expects } else { own.modality };
    let noun = antecedent(sentence, head, at);
    let kind = if ensuring && !firm {
        PartKind::Purpose
    } else {
        PartKind::Relative(Head { clause: at, modality, ..own })
    };
    let listed = noun > 0 && noun + 5 > at && matches!(sentence.word(noun - 1), "and" | ",") && firm;
    if listed {
        let end = noun - 1 - usize::from(noun > 1 && sentence.word(noun - 2) == ",");
        return Some(Cut::new(end, noun, kind));
    }
    let comma = usize::from(sentence.word(at - 1) == ",") + usize::from(sentence.word(at - 1) == "and");
    let start = if ensuring && !firm { own.verb } else { own.cue.0 };
    let cut = Cut::new(at - comma, start, kind);
    Some(if ensuring { cut } else { cut.borrowing(noun, at - comma) })
}

/// The first word of the noun a relative clause is about.
fn antecedent(sentence: &Sentence<'_>, head: &Head, at: usize) -> usize {
    let floor = at.saturating_sub(6).max(head.verb + 1).min(at);
    let stop = (floor..at.saturating_sub(1)).rev().find(|place| {
        matches!(
            sentence.word(*place),
            "," | "and" | "into" | "by" | "that" | "in" | "with" | "from" | "to" | "on"
        )
    });
    stop.map_or(floor, |place| place + 1)
}

fn joined(sentence: &Sentence<'_>, head: &Head, from: usize, at: usize) -> Option<Cut> {
    if sentence.word(at - 1) == "(" {
        return None;
    }
    let mut next = at + 1;
    if sentence.word(at) == "," && matches!(sentence.word(next), "and" | "but") {
        next += 1;
    }
    clause(sentence, at, next)
        .or_else(|| pair(sentence, head, at, next))
        .or_else(|| verb(sentence, head, from, at, next))
        .or_else(|| participle(sentence, head, from, at, next))
        .or_else(|| content(sentence, head, at, next))
        .or_else(|| object(sentence, head, from, at, next))
        .or_else(|| way(sentence, head, at, next))
}

/// A coordinated clause with its own binding word, not far off.
fn clause(sentence: &Sentence<'_>, at: usize, next: usize) -> Option<Cut> {
    if matches!(sentence.word(next), "by" | "where" | "when" | "if" | "as") {
        return None;
    }
    for place in next..(next + 12).min(sentence.words.len()) {
        if matches!(
            sentence.word(place),
            "which" | "who" | "that" | "," | ";" | "where" | "what" | "whom" | "and" | "or" | "if"
        ) {
            return None;
        }
        if as_somebody_may(sentence, place) {
            return None;
        }
        if let Some(own) = modal_at(sentence, place) {
            let shared = place == next;
            let kind = PartKind::Clause(Head { clause: next, ..own });
            let own_subject = Cut::new(at, next, kind);
            return (!shared || sentence.word(at) != ",").then_some(own_subject);
        }
    }
    None
}

/// "develop and implement", "established, monitored and met": making a thing and using it.
fn pair(sentence: &Sentence<'_>, head: &Head, at: usize, next: usize) -> Option<Cut> {
    let (first, second) = (sentence.word(at - 1), sentence.word(next));
    let making = is_making(first) || (is_using(first) && is_using(second));
    if !(making && is_using(second)) || is_participle(first) != is_participle(second) {
        return None;
    }
    let after = sentence.word(next + 1);
    if after.is_empty() || (is_participle(second) && matches!(after, "by" | "with")) {
        // The last of the row: nothing to share.
        return is_participle(second)
            .then(|| Cut::new(at, next, PartKind::Verb).borrowing(subject_of(head), being(sentence, at)));
    }
    if is_participle(second) {
        return Some(Cut::new(at, next, PartKind::Verb).borrowing(subject_of(head), being(sentence, at)));
    }
    let mut cut = Cut::new(at, next, PartKind::Verb);
    cut.shares_rest = Some(next + 1);
    Some(cut)
}

/// Where the words before the first of several participles start.
fn subject_of(head: &Head) -> usize {
    if head.form == Form::Modal { head.clause } else { head.verb }
}

/// The word after the last "are", "is" or "be" before `at`.
fn being(sentence: &Sentence<'_>, at: usize) -> usize {
    (0..at)
        .rev()
        .take(30)
        .find(|place| matches!(sentence.word(*place), "are" | "is" | "be"))
        .map_or(at, |place| place + 1)
}

/// "... and ensure", "... and arrange training": another verb of the same subject.
fn verb(sentence: &Sentence<'_>, head: &Head, from: usize, at: usize, next: usize) -> Option<Cut> {
    let start = next + usize::from(matches!(sentence.word(next), "also" | "to" | "then"));
    let following = sentence.words.get(start + 1).map(|word| word.text);
    let noun_to =
        following == Some("to") && is_ambiguous(sentence.word(start)) && sentence.word(start) != "report";
    let place = match_at(&sentence.words, start, "take place").is_some();
    let base = is_base(sentence.word(start), following) && !noun_to && !place;
    let adjacent = at == head.verb + 1 || at == from + 1;
    let comma_only = sentence.word(at) == "," && next == at + 1;
    if !base || adjacent || comma_only || sentence.word(at) == "or" || in_purpose(sentence, from, at) {
        return None;
    }
    let subordinate =
        matches!(sentence.word(start + 1), "," | "and") && is_base(sentence.word(start), Some("x"));
    (!(subordinate && head.passive)).then(|| Cut::new(at, start, PartKind::Verb))
}

/// Whether `at` lies right inside "to sustain and build on" or "so that they understand and deliver".
fn in_purpose(sentence: &Sentence<'_>, from: usize, at: usize) -> bool {
    let floor = from.max(at.saturating_sub(6));
    let infinitive = (floor..at.saturating_sub(1)).any(|place| {
        sentence.word(place) == "to" && is_base(sentence.word(place + 1), Some("the")) && place > from
    });
    let so_that = (from..at).any(|place| match_at(&sentence.words, place, "so that|as").is_some());
    let what = (floor..at).any(|place| matches!(sentence.word(place), "which" | "that"));
    let understanding = sentence.word(at.saturating_sub(1)) == "understand";
    infinitive || so_that || what || understanding
}

/// "... recorded on files and used to inform", "are undertaken by ... and are carried out".
fn participle(sentence: &Sentence<'_>, head: &Head, from: usize, at: usize, next: usize) -> Option<Cut> {
    let auxiliary = matches!(sentence.word(next), "are" | "is" | "be");
    let start = next
        + usize::from(auxiliary)
        + usize::from(auxiliary && matches!(sentence.word(next + 1), "properly" | "also"));
    let adjacent =
        is_participle(sentence.word(at - 1)) || matches!(sentence.word(at - 1), "with" | "by" | "to");
    if !is_participle(sentence.word(start)) || (adjacent && !auxiliary) || sentence.word(at) == "or" {
        return None;
    }
    const TAILS: &[&str] =
        &["to", "by", "with", "through", "in", "on", "at", "for", "as", "from", "within", "", "and"];
    let governed = auxiliary
        || head.passive
        || (from..at).any(|place| matches!(sentence.word(place), "are" | "is" | "be"))
        || sentence.word(next + 1) == "presented";
    let verbal = auxiliary || TAILS.contains(&sentence.word(start + 1));
    let comma_only = sentence.word(at) == "," && next == at + 1;
    (governed && verbal && !comma_only).then(|| {
        let subject = subject_of(head);
        let to = if auxiliary { first_being(sentence, subject, at) } else { being(sentence, at) };
        Cut::new(at, next, PartKind::Content).borrowing(subject, to)
    })
}

/// The first "are" or "is" after `from`, or the finite verb's place.
fn first_being(sentence: &Sentence<'_>, from: usize, at: usize) -> usize {
    (from..at).find(|place| matches!(sentence.word(*place), "are" | "is" | "understand" | "be")).unwrap_or(at)
}

/// "... and that plans include", "... and independent audit confirms", "... and meets all".
fn content(sentence: &Sentence<'_>, head: &Head, at: usize, next: usize) -> Option<Cut> {
    if sentence.word(at) == "," && next == at + 1 {
        return None;
    }
    const STATEMENTS: &[&str] = &[
        "that these|they|this|their|there|each|all|it|management|practitioners|staff|plans|an|the|a",
        "reports its|their|the|any|on",
        "..6 confirms|confirm that|quality|this|the",
        "..11 presented to",
        "meets|meet all|the",
        "ensures|ensure|ensuring",
        "staff have",
        "partners ?of ?the ?council are|ensure|fulfil",
        "independent audit",
        "a|the report|reports|record of ..12 are|is",
        "have the opportunity to",
    ];
    let matched = STATEMENTS.iter().any(|pattern| match_at(&sentence.words, next, pattern).is_some());
    let open = matches!(sentence.word(head.verb), "ensure" | "ensuring")
        || head.form != Form::Modal
        || head.passive
        || head.cue.1 - head.cue.0 > 1
        || (head.verb..at).any(|place| sentence.word(place) == "ensure");
    (matched && open).then(|| Cut::new(at, next, PartKind::Content))
}

/// "... and any", "... and those", "... and the analysis of", "and, when requested, to".
fn object(sentence: &Sentence<'_>, head: &Head, from: usize, at: usize, next: usize) -> Option<Cut> {
    let words = &sentence.words;
    let lead = (lead_of(head), head.verb + 1);
    let borrowing = |cut: Cut| cut.borrowing(lead.0, lead.1);
    if match_at(words, next, "more regularly|often|frequently").is_some()
        || match_at(words, next, ", when|where|if requested").is_some()
        || match_at(words, next, "when|if requested").is_some()
    {
        return Some(borrowing(Cut::new(at, next, PartKind::Object)));
    }
    if match_at(words, at, "and any|those|regular").is_some() && !followed_by_verb(sentence, next) {
        return Some(borrowing(Cut::new(at, next, PartKind::Object)));
    }
    if match_at(words, next, "further action being required").is_some() {
        return Some(borrowing(Cut::new(at, next, PartKind::Object)));
    }
    if let Some(cut) = other_source(sentence, from, at, next) {
        let named = (head.verb..at)
            .rfind(|place| matches!(sentence.word(*place), "identified" | "highlighted" | "raised"))
            .filter(|_| sentence.word(next) == "by");
        return Some(cut.borrowing(lead.0, named.map_or(lead.1, |place| place + 1)));
    }
    if match_at(words, at, "and those").is_some()
        && let Some(end) = infinitive_end(sentence, head.verb, at)
        && !followed_by_verb(sentence, next)
    {
        return Some(Cut::new(at, next, PartKind::Object).borrowing(lead.0, end));
    }
    if sentence.word(at) == "," && next == at + 1 {
        return listed(sentence, head, at, next);
    }
    second_object(sentence, head, from, at, next)
}

/// The word after "to address" or "to carry out" before `at`.
fn infinitive_end(sentence: &Sentence<'_>, from: usize, at: usize) -> Option<usize> {
    let to = (from..at)
        .rfind(|place| sentence.word(*place) == "to" && is_base(sentence.word(place + 1), Some("the")))?;
    Some(to + 2 + usize::from(matches!(sentence.word(to + 2), "out" | "up")))
}

/// "identified in the report and by the adviser", "against which ... and where".
fn other_source(sentence: &Sentence<'_>, from: usize, at: usize, next: usize) -> Option<Cut> {
    let named = sentence.mentions.iter().any(|mention| mention.from > next && mention.from <= next + 2);
    let found =
        (from..at).any(|place| matches!(sentence.word(place), "identified" | "highlighted" | "raised"));
    let source = sentence.word(next) == "by" && named && found;
    let which = (from..at).any(|place| match_at(&sentence.words, place, "against|in|on which").is_some());
    let place = matches!(sentence.word(next), "where") && which;
    (source || place).then(|| Cut::new(at, next, PartKind::Object))
}

/// "include analysis of ..., actions to ..., and revised timescales": a list whose items are phrases.
fn listed(sentence: &Sentence<'_>, head: &Head, at: usize, next: usize) -> Option<Cut> {
    let inclusive = matches!(sentence.word(head.verb), "include" | "cover" | "contain" | "incorporate")
        && head.modality != Modality::May;
    let consideration =
        (head.verb..at).any(|place| match_at(&sentence.words, place, "consideration of").is_some());
    if consideration && matches!(sentence.word(next), "the" | "any" | "all") {
        return Some(Cut::new(at, next, PartKind::Object).borrowing(lead_of(head), head.verb + 1));
    }
    let long_before = at >= head.verb + 4;
    let starts_noun = !matches!(
        sentence.word(next),
        "with"
            | "but"
            | "in"
            | "which"
            | "who"
            | "including"
            | "as"
            | "such"
            | "where"
            | "to"
            | "and"
            | "by"
            | "or"
            | "so"
            | "following"
            | "along"
    ) && !is_gerund(sentence.word(next));
    let end = (next..sentence.words.len())
        .find(|place| matches!(sentence.word(*place), "," | ";"))
        .unwrap_or(sentence.words.len());
    let more = (end..sentence.words.len()).any(|place| match_at(&sentence.words, place, ", and").is_some());
    (inclusive && long_before && starts_noun && end - next >= 3 && more)
        .then(|| Cut::new(at, next, PartKind::Object).borrowing(lead_of(head), head.verb + 1))
}

/// "and the analysis of any risk": the second thing to be set out, told or informed.
fn second_object(sentence: &Sentence<'_>, head: &Head, from: usize, at: usize, next: usize) -> Option<Cut> {
    const GOVERNING: &[&str] = &["detail", "inform", "include", "contain", "incorporate", "set"];
    let governor =
        (from.min(head.verb)..at).rev().find(|place| GOVERNING.contains(&sentence.word(*place)))?;
    let listed_before =
        (head.verb..at).any(|place| match_at(&sentence.words, place, "consideration of").is_some());
    let article = matches!(sentence.word(next), "the" | "a")
        || (sentence.word(at) == "," && sentence.word(next) == "revised");
    let set_out = sentence.word(governor) != "set"
        || (sentence.word(governor + 1) == "out" && sentence.word(governor.saturating_sub(1)) != "as");
    let short = !listed_before && at < governor + 4;
    let outcome =
        match_at(&sentence.words, next, "the|a ..3 of|to|for|which|should").is_some() || listed_before;
    (article && set_out && !short && outcome && !followed_by_verb(sentence, next)).then(|| {
        Cut::new(at, next, PartKind::Object)
            .borrowing(governor, governor + 1 + usize::from(sentence.word(governor) == "set"))
    })
}

/// Whether a finite verb follows soon, so that what starts here is a clause.
fn followed_by_verb(sentence: &Sentence<'_>, from: usize) -> bool {
    (from + 1..from + 5)
        .take_while(|at| !matches!(sentence.word(*at), "that" | "which" | "who" | "where" | ","))
        .any(|at| {
            matches!(
                sentence.word(at),
                "is" | "are" | "must" | "will" | "should" | "may" | "provide" | "confirms" | "confirm"
            )
        })
}

fn lead_of(head: &Head) -> usize {
    if head.form == Form::Modal { head.clause } else { head.cue.0 }
}

/// Ways of working joined by a comma or "and": ", commissioning updates", ", by carrying out", ", with independent oversight".
fn way(sentence: &Sentence<'_>, head: &Head, at: usize, next: usize) -> Option<Cut> {
    if head.modality == Modality::May {
        return None;
    }
    const WAYS: &[&str] = &[
        "commissioning|demonstrating|ensuring|evidencing|submitting|publishing|providing|seeking",
        "following the conceptual|framework|model|guidance|approach",
        "by carrying|ensuring|establishing|developing|implementing|providing",
        "with the aim of",
        "with independent",
        "with ..6 agreed by",
        "working with ..3 to",
        "actions to address",
    ];
    let matched = WAYS.iter().any(|pattern| match_at(&sentence.words, next, pattern).is_some());
    matched.then(|| Cut::new(at, next, PartKind::Purpose))
}

/// Purposes and ways that follow without a comma: "to ensure", "by ensuring", "supported by evidence", "followed by".
fn purpose(sentence: &Sentence<'_>, head: &Head, from: usize, at: usize) -> Option<Cut> {
    const PLAIN: &[&str] = &[
        "including ensuring",
        "by ensuring|carrying",
        "supported by evidence",
        "demonstrating how|that|the",
        "with the aim of",
        "with independent oversight|scrutiny|challenge",
        "to include consideration of",
        "to step up",
    ];
    if head.modality == Modality::May || at <= head.verb {
        return None;
    }
    if match_at(
        &sentence.words,
        at,
        "with a|an ?the final|further|second|third|initial|interim review|report",
    )
    .is_some()
    {
        return Some(Cut::new(at, at + 1, PartKind::Object));
    }
    if match_at(&sentence.words, at, "followed by").is_some() {
        return Some(Cut::new(at, at + 2, PartKind::Object).borrowing(lead_of(head), head.verb + 1));
    }
    let matched = PLAIN.iter().any(|pattern| match_at(&sentence.words, at, pattern).is_some());
    (matched || ensuring_purpose(sentence, head, from, at)).then(|| Cut::new(at, at, PartKind::Purpose))
}

/// "to ensure ..." with a state of affairs after it, where the main verb is not itself only a means to it.
fn ensuring_purpose(sentence: &Sentence<'_>, head: &Head, from: usize, at: usize) -> bool {
    if match_at(&sentence.words, at, "to ensure").is_none() {
        return false;
    }
    let means = matches!(
        sentence.word(head.verb),
        "review" | "monitor" | "work" | "working" | "implement" | "co-operate" | "cooperate"
    ) && !(head.verb..at).any(|place| matches!(sentence.word(place), "training" | "programme"));
    let systems = matches!(sentence.word(at - 1), "systems" | "partners" | "arrangements" | "procedures");
    let own = matches!(sentence.word(at + 2), "their" | "its" | "consistent");
    !(means || systems || own) && at > from + 2
}
