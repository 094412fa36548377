//! Who must act: the grammatical subject, the agent after "by", the body a lead verb is to see to, or the lead-in's.

use vocabulary::party::Party;

use super::modality::{Form, Head};
use super::parties::{Mention, can_bear};
use super::sense::Sentence;
use super::split::{Part, PartKind};
use super::words::{find, match_at};
use crate::reading::BearerRule;

/// Who bears a part, and how we know.
#[derive(Clone, Debug)]
pub struct Bearers {
    /// They.
    pub parties: Vec<Party>,
    /// Any or all of them.
    pub rule: BearerRule,
    /// Whether the words name them here, or they come from a lead-in or from usage.
    pub inferred: bool,
    /// The words that name them, as a range.
    pub cue: Option<(usize, usize)>,
}

impl Bearers {
    fn named(parties: Vec<Party>, cue: (usize, usize)) -> Self {
        Self { parties, rule: BearerRule::All, inferred: false, cue: Some(cue) }
    }

    /// Bearers that stand outside the sentence.
    pub fn inherited(parties: Vec<Party>) -> Self {
        Self { parties, rule: BearerRule::All, inferred: true, cue: None }
    }
}

/// The bearers of the sentence's own clause. `above` are those of the lead-in; `before` those of the sentence before.
pub fn of_main(
    sentence: &Sentence<'_>,
    head: &Head,
    to: usize,
    above: &[Party],
    before: &[Party],
) -> Bearers {
    if let Some(found) = asking_leave(sentence, head) {
        return found;
    }
    match head.form {
        Form::Command | Form::Noun => {
            seen_to(sentence, head, to).unwrap_or_else(|| Bearers::inherited(above.to_vec()))
        }
        Form::Outcome => of_outcome(sentence, to).unwrap_or_else(|| Bearers::inherited(above.to_vec())),
        Form::Modal => of_clause(sentence, head, to, above, before),
    }
}

/// "If the board wishes to ..., this must first be agreed by the Department": the duty lies on who wishes.
fn asking_leave(sentence: &Sentence<'_>, head: &Head) -> Option<Bearers> {
    let agreed = matches!(sentence.word(head.verb), "agreed" | "approved" | "authorised" | "discussed");
    if !head.passive || !agreed || !matches!(sentence.word(0), "if" | "should" | "where") {
        return None;
    }
    let (wish, _) = find(
        &sentence.words,
        0,
        "wishes|wish|proposes|propose|wants|want|intends|intend|needs|need|seeks|seek",
    )?;
    let who = sentence.mentions.iter().rfind(|mention| mention.to <= wish && wish - mention.to <= 1)?;
    Some(Bearers::named(vec![who.party.clone()], (who.from, who.to)))
}

/// The bearers of a clause with a binding word of its own.
pub fn of_clause(
    sentence: &Sentence<'_>,
    head: &Head,
    to: usize,
    above: &[Party],
    before: &[Party],
) -> Bearers {
    if let Some(found) = receiving(sentence, head, to) {
        return found;
    }
    if head.passive {
        return acted_on(sentence, head, to, above, before);
    }
    if matches!(sentence.word(head.verb), "ensure" | "see" | "secure")
        && let Some(found) = seen_to(sentence, head, to)
    {
        return found;
    }
    directed(sentence, head)
        .or_else(|| subject(sentence, head.clause, head.cue.0))
        .or_else(|| source(sentence, head))
        .or_else(|| expected(sentence, head, to))
        .or_else(|| reviewing(sentence, head))
        .unwrap_or_else(|| fallback(sentence, head, above, before))
}

/// "Ministers must receive ... from the chair": the duty is the giver's.
fn receiving(sentence: &Sentence<'_>, head: &Head, to: usize) -> Option<Bearers> {
    if !matches!(sentence.word(head.verb), "receive" | "received") {
        return None;
    }
    let giver = sentence.mentions.iter().find(|mention| {
        mention.from > head.verb
            && mention.from < to
            && preposition(sentence, mention) == "from"
            && can_bear(&mention.party)
    })?;
    Some(Bearers::named(vec![giver.party.clone()], (giver.from, giver.to)))
}

fn acted_on(sentence: &Sentence<'_>, head: &Head, to: usize, above: &[Party], before: &[Party]) -> Bearers {
    if let Some(found) = agent(sentence, head.verb, to) {
        return found;
    }
    if let Some(found) = expected_of(sentence, head) {
        return found;
    }
    if matches!(sentence.word(head.verb), "agreed" | "signed") {
        return agreeing(sentence, head, to, above);
    }
    reviewing(sentence, head).unwrap_or_else(|| fallback(sentence, head, above, before))
}

/// The parties after "by": `by the LSCB`, `by a report from the Leader`.
pub fn agent(sentence: &Sentence<'_>, from: usize, to: usize) -> Option<Bearers> {
    let appoints = |at: usize| {
        at > 0
            && matches!(
                sentence.word(at - 1),
                "appointed"
                    | "nominated"
                    | "identified"
                    | "chosen"
                    | "selected"
                    | "understood"
                    | "known"
                    | "felt"
                    | "needed"
                    | "used"
                    | "experienced"
                    | "owned"
                    | "valued"
            )
    };
    let by = (from..to).filter(|at| sentence.word(*at) == "by" && !appoints(*at)).find_map(|at| {
        let direct = sentence.mentions.iter().position(|mention| {
            mention.from > at
                && mention.from <= at + 3
                && can_bear(&mention.party)
                && !owned_thing(sentence, mention)
        });
        let through = || {
            match_at(&sentence.words, at, "by a|the report|reports ..4 from").and_then(|after| {
                sentence
                    .mentions
                    .iter()
                    .position(|mention| mention.from >= after && mention.from <= after + 2)
            })
        };
        let named_between = |place: usize| {
            !sentence.words[at + 1..sentence.mentions[place].from]
                .iter()
                .any(|word| matches!(word.text, "of" | "for" | "to"))
        };
        let first = |place: usize| {
            sentence
                .mentions
                .iter()
                .all(|other| other.from <= at || other.from >= sentence.mentions[place].from)
        };
        direct.filter(|place| named_between(*place) && first(*place)).or_else(through)
    })?;
    Some(group(sentence, by, to))
}

/// "The council is expected to", "is required to": the subject acts after all.
fn expected_of(sentence: &Sentence<'_>, head: &Head) -> Option<Bearers> {
    let asks = matches!(sentence.word(head.verb), "expected" | "required" | "encouraged" | "directed");
    asks.then(|| subject(sentence, head.clause, head.cue.0)).flatten()
}

/// "The plan should be agreed with all partners and the board": all who must agree.
fn agreeing(sentence: &Sentence<'_>, head: &Head, to: usize, above: &[Party]) -> Bearers {
    let mut parties = if above.is_empty() { vec![Party::COUNCIL] } else { above.to_vec() };
    let with = match_at(&sentence.words, head.verb, "agreed|signed ?off ..1 with").unwrap_or(usize::MAX);
    let others = sentence
        .mentions
        .iter()
        .position(|mention| mention.from >= with && mention.from <= with.saturating_add(3));
    if let Some(place) = others {
        for party in group(sentence, place, to).parties {
            let own_body = matches!(party.as_str(), "partners" | "board");
            if own_body && !parties.contains(&party) {
                parties.push(party);
            }
        }
    }
    Bearers::inherited(parties)
}

/// Progress reviews that "will be held" by nobody named are the Department's.
fn reviewing(sentence: &Sentence<'_>, head: &Head) -> Option<Bearers> {
    let words = &sentence.words[head.clause.min(head.cue.0)..head.cue.0];
    let review = words.iter().any(|word| matches!(word.text, "review" | "reviews"));
    let held = matches!(
        sentence.word(head.verb),
        "held" | "conducted" | "undertaken" | "carried" | "take" | "result" | "reviewed" | "scheduled"
    );
    let progress = matches!(sentence.word(head.verb), "reviewed")
        && words.iter().any(|word| matches!(word.text, "progress" | "notice" | "direction"));
    let practice = words.iter().any(|word| {
        matches!(
            word.text,
            "case" | "peer" | "file" | "audit" | "child" | "children" | "plan" | "plans" | "supervision"
        )
    });
    ((review && held && !practice) || progress).then(|| Bearers::inherited(vec![Party::DEPARTMENT]))
}

fn fallback(sentence: &Sentence<'_>, head: &Head, above: &[Party], before: &[Party]) -> Bearers {
    let pronoun = match sentence.word(head.clause) {
        "this" | "they" | "it" => head.cue.0 == head.clause + 1,
        "these" | "such" => head.cue.0 <= head.clause + 3,
        _ => false,
    };
    let parties = if pronoun && !before.is_empty() { before } else { above };
    Bearers::inherited(parties.to_vec())
}

/// The parties that stand as subject between `from` and the binding word.
pub fn subject(sentence: &Sentence<'_>, from: usize, to: usize) -> Option<Bearers> {
    let first = sentence.mentions.iter().position(|mention| {
        mention.from >= from
            && mention.to <= to
            && !is_oblique(sentence, mention)
            && !owned_thing(sentence, mention)
            && can_bear(&mention.party)
    })?;
    Some(group(sentence, first, to))
}

fn preposition<'s>(sentence: &'s Sentence<'_>, mention: &Mention) -> &'s str {
    let mut at = mention.from;
    while at > 0 {
        at -= 1;
        if !matches!(
            sentence.word(at),
            "the" | "a" | "an" | "its" | "their" | "all" | "each" | "every" | "any" | "new" | "independent"
        ) {
            return sentence.word(at);
        }
    }
    ""
}

fn is_oblique(sentence: &Sentence<'_>, mention: &Mention) -> bool {
    let before = preposition(sentence, mention);
    if matches!(before, "," | "and" | "or") {
        let joined =
            sentence.mentions.iter().rfind(|other| other.to < mention.from && mention.from - other.to <= 2);
        return joined.is_some_and(|other| is_oblique(sentence, other));
    }
    matches!(
        before,
        "of" | "from"
            | "by"
            | "to"
            | "with"
            | "for"
            | "against"
            | "at"
            | "under"
            | "on"
            | "in"
            | "between"
            | "about"
    )
}

/// "the council's framework", "board meetings": the thing stands as subject, not its owner.
fn owned_thing(sentence: &Sentence<'_>, mention: &Mention) -> bool {
    let follower = sentence.word(mention.to);
    let thing = matches!(
        follower,
        "meeting"
            | "meetings"
            | "report"
            | "reports"
            | "papers"
            | "services"
            | "plan"
            | "plans"
            | "members"
            | "arrangements"
            | "process"
            | "progress"
            | "membership"
            | "minutes"
            | "review"
            | "reviews"
            | "agenda"
    );
    (mention.possessive && sentence.words.get(mention.to).is_some_and(|word| !word.is_mark()))
        || (thing && follower != "members")
}

/// The mention at `first` with those joined to it by "and", "or" or commas.
fn group(sentence: &Sentence<'_>, first: usize, to: usize) -> Bearers {
    let mut parties = vec![sentence.mentions[first].party.clone()];
    let start = sentence.mentions[first].from;
    let mut end = sentence.mentions[first].to;
    let mut rule = BearerRule::All;
    for mention in &sentence.mentions[first + 1..] {
        let between = if mention.from >= end { &sentence.words[end..mention.from] } else { &[] };
        let joined = between.len() <= 4
            && between.iter().any(|word| matches!(word.text, "and" | "or" | "," | "and/or"))
            && between.iter().all(|word| {
                matches!(
                    word.text,
                    "and"
                        | "or"
                        | ","
                        | "and/or"
                        | "the"
                        | "its"
                        | "their"
                        | "all"
                        | "an"
                        | "a"
                        | "improvement"
                )
            });
        if mention.to > to
            || !(joined || mention.from == start)
            || !can_bear(&mention.party)
            || owned_thing(sentence, mention)
        {
            break;
        }
        if between.iter().any(|word| matches!(word.text, "or" | "and/or")) {
            rule = BearerRule::Any;
        }
        if !parties.contains(&mention.party) {
            parties.push(mention.party.clone());
        }
        end = mention.to;
    }
    Bearers { parties, rule, inferred: false, cue: Some((start, end)) }
}

/// "directs the council to": the duty is not the minister's.
fn directed(sentence: &Sentence<'_>, head: &Head) -> Option<Bearers> {
    let asks = matches!(sentence.word(head.cue.0), "expects" | "expect" | "directs")
        || (head.cue.1 > head.cue.0 + 1 && sentence.word(head.cue.1 - 1) == "that");
    let place = sentence.mentions.iter().position(|mention| {
        mention.from > head.cue.0 && mention.from <= head.cue.1 + 2 && can_bear(&mention.party)
    })?;
    if !sentence.words[head.cue.1.min(sentence.mentions[place].from)..sentence.mentions[place].from]
        .iter()
        .all(|word| matches!(word.text, "the" | "that" | "all" | "each" | "every"))
    {
        return None;
    }
    asks.then(|| group(sentence, place, sentence.words.len()))
}

/// "Reports from the chair will inform": the chair's.
fn source(sentence: &Sentence<'_>, head: &Head) -> Option<Bearers> {
    let giver = sentence.mentions.iter().position(|mention| {
        mention.from >= head.clause
            && mention.to <= head.cue.0
            && (preposition(sentence, mention) == "from"
                || mention.possessive && matches!(sentence.word(mention.to), "report" | "reports"))
            && can_bear(&mention.party)
    })?;
    let reports = sentence.words[head.clause..head.cue.0]
        .iter()
        .any(|word| matches!(word.text, "report" | "reports" | "information" | "updates"));
    reports.then(|| group(sentence, giver, head.cue.0))
}

fn expected(sentence: &Sentence<'_>, head: &Head, to: usize) -> Option<Bearers> {
    let asks = sentence.word(head.cue.1.saturating_sub(1)) == "of"
        || matches!(sentence.word(head.cue.0), "expect" | "expects" | "directs");
    let place = sentence
        .mentions
        .iter()
        .position(|mention| mention.from >= head.cue.1 && mention.to <= to && can_bear(&mention.party))?;
    let near = sentence.mentions[place].from <= head.cue.1 + 3;
    (asks && near).then(|| group(sentence, place, to))
}

/// "Ensure elected members understand", "ensure audits are undertaken by the LSCB": the body that is to act.
fn seen_to(sentence: &Sentence<'_>, head: &Head, to: usize) -> Option<Bearers> {
    if !matches!(sentence.word(head.verb), "ensure" | "ensuring" | "secure" | "see") {
        return agent_of_result(sentence, head, to);
    }
    let mut start = head.verb + 1;
    while matches!(sentence.word(start), "that" | "the" | "all" | "each" | "every" | "in" | "cases" | ",") {
        start += 1;
    }
    let proper =
        |from: usize| (start..from).all(|at| sentence.words[at].capital && !sentence.words[at].possessive);
    let place = sentence.mentions.iter().position(|mention| {
        mention.from >= start && mention.from <= start + 3 && proper(mention.from) && can_bear(&mention.party)
    });
    match place {
        Some(place) if !owned_thing(sentence, &sentence.mentions[place]) => {
            let found = group(sentence, place, to);
            let after = found.cue.map_or(start, |cue| cue.1);
            acts(sentence, after).then_some(found)
        }
        _ => agent_of_result(sentence, head, to),
    }
}

/// Whether the body acts itself: not "is able to", "are trained", "receives".
fn acts(sentence: &Sentence<'_>, mut at: usize) -> bool {
    if let Some(after) =
        match_at(&sentence.words, at, "on|of|at|in the ?improvement board|council|partnership")
    {
        at = after;
    }
    if matches!(sentence.word(at), "are" | "is") {
        return sentence.word(at + 1).ends_with("ing");
    }
    !matches!(
        sentence.word(at),
        "receives"
            | "receive"
            | "has"
            | "have"
            | ""
            | ","
            | "be"
            | "been"
            | "sets"
            | "remains"
            | "remain"
            | "feel"
    )
}

fn agent_of_result(sentence: &Sentence<'_>, head: &Head, to: usize) -> Option<Bearers> {
    if let Some(cue) = find(&sentence.words, head.verb, "subject to management").filter(|cue| cue.1 <= to) {
        return Some(Bearers::named(vec![Party::MANAGERS], (cue.1 - 1, cue.1)));
    }
    let result = (head.verb..to).find(|at| matches!(sentence.word(*at), "are" | "is"))?;
    agent(sentence, result, to).filter(|found| found.cue.is_some_and(|cue| cue.0 <= result + 9))
}

/// "Elected members of the council understand": an outcome told of a body is that body's.
fn of_outcome(sentence: &Sentence<'_>, to: usize) -> Option<Bearers> {
    let place = sentence.mentions.iter().position(|mention| {
        mention.from <= 1 && mention.to <= to && can_bear(&mention.party) && !owned_thing(sentence, mention)
    });
    match place {
        Some(place) => Some(group(sentence, place, to)),
        None => {
            let result = (0..to).find(|at| matches!(sentence.word(*at), "are" | "is"))?;
            agent(sentence, result, to)
        }
    }
}

/// The bearers of a further part of the sentence.
pub fn of_part(sentence: &Sentence<'_>, part: &Part, main: &Bearers, above: &[Party]) -> Bearers {
    match &part.kind {
        PartKind::Clause(head) if head.clause == head.cue.0 => shared(sentence, head, part, main),
        PartKind::Clause(head) => {
            let found = of_clause(sentence, head, part.to, above, &main.parties);
            if found.inferred && !head.passive { main.clone() } else { found }
        }
        PartKind::Relative(head) => of_relative(sentence, head, part, main, above),
        PartKind::Content | PartKind::Verb | PartKind::Purpose => of_content(sentence, part, main, above),
        PartKind::Object | PartKind::Condition | PartKind::Main => main.clone(),
    }
}

fn shared(sentence: &Sentence<'_>, head: &Head, part: &Part, main: &Bearers) -> Bearers {
    let passive = head.passive.then(|| agent(sentence, head.verb, part.to)).flatten();
    passive.unwrap_or_else(|| main.clone())
}

fn of_relative(
    sentence: &Sentence<'_>,
    head: &Head,
    part: &Part,
    main: &Bearers,
    above: &[Party],
) -> Bearers {
    if head.passive {
        let found = agent(sentence, head.verb, part.to);
        let review = sentence.words[head.clause.saturating_sub(5)..head.clause]
            .iter()
            .any(|word| matches!(word.text, "review" | "reviews"));
        let usual = if review { vec![Party::DEPARTMENT] } else { above.to_vec() };
        return found.unwrap_or_else(|| Bearers::inherited(usual));
    }
    let first =
        (0..head.clause).find(|at| matches!(sentence.word(*at), "which" | "who")).unwrap_or(head.clause);
    let near = || {
        sentence
            .mentions
            .iter()
            .filter(|mention| mention.to <= first && first - mention.to <= 8 && can_bear(&mention.party))
            .rev()
    };
    let beside = near().find(|mention| first - mention.to <= 2);
    let with = beside
        .is_some_and(|mention| preposition(sentence, mention) == "with" && sentence.word(first - 1) == ",");
    let whom = if with {
        near().find(|mention| preposition(sentence, mention) != "with").or(beside)
    } else {
        beside
    };
    match whom {
        Some(mention)
            if preposition(sentence, mention) != "by"
                || sentence.word(head.clause.saturating_sub(1)) != "," =>
        {
            Bearers::named(vec![mention.party.clone()], (mention.from, mention.to))
        }
        Some(_) => main.clone(),
        None => Bearers::inherited(main.parties.clone()),
    }
}

/// "are trained", "that they are properly trained".
fn auxiliary_soon(sentence: &Sentence<'_>, part: &Part) -> bool {
    (part.from..part.from + 4).any(|at| matches!(sentence.word(at), "are" | "is"))
}

/// A further thing to see to keeps the bearer of the clause, unless it names who acts or speaks of those acted on.
fn of_content(sentence: &Sentence<'_>, part: &Part, main: &Bearers, above: &[Party]) -> Bearers {
    if matches!(sentence.word(part.from), "reports" | "carries" | "takes" | "shares" | "holds") {
        return main.clone();
    }
    if let Some(found) = agent(sentence, part.from, part.to)
        .filter(|found| found.cue.is_some_and(|cue| cue.0 <= part.from + 9))
    {
        return found;
    }
    if matches!(sentence.word(part.from), "meets" | "meet" | "provides" | "delivers" | "fulfils")
        && let Some(body) = sentence.mentions.iter().find(|mention| {
            mention.from <= 3
                && matches!(
                    sentence.word(mention.from.saturating_sub(1)),
                    "ensure" | "ensuring" | "that" | "the"
                )
        })
        && can_bear(&body.party)
    {
        return Bearers::named(vec![body.party.clone()], (body.from, body.to));
    }
    let seen_to = main.cue.is_some_and(|cue| {
        (1..5)
            .any(|back| cue.0 >= back && matches!(sentence.word(cue.0 - back), "ensure" | "ensuring" | "to"))
    });
    if matches!(part.kind, PartKind::Content) && seen_to && !auxiliary_soon(sentence, part) {
        return Bearers::inherited(above.to_vec());
    }
    let done_to = auxiliary_soon(sentence, part)
        && main.parties.iter().any(|party| party.as_str() == "elected members");
    if done_to { Bearers::inherited(above.to_vec()) } else { main.clone() }
}
