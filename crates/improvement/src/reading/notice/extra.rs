//! Duties and powers that stand in asides: "appointed by", "as agreed with", "as identified by", "until ... is satisfied".

use vocabulary::party::Party;

use super::parties::Mention;
use super::sense::Sentence;
use super::words::{find, match_at};
use crate::reading::Modality;
use crate::timing::TimingKind;

/// A duty or power found in an aside.
#[derive(Debug)]
pub struct Aside {
    /// Its words.
    pub words: (usize, usize),
    /// What it asks, made to stand alone.
    pub text: String,
    /// Who bears it.
    pub bearer: Party,
    /// The words that name the bearer.
    pub named: (usize, usize),
    /// How strongly it binds.
    pub modality: Modality,
    /// The kind of clock.
    pub kind: TimingKind,
    /// Whether it stands for the sentence's own clause ("the role will be undertaken by a person appointed by ...").
    pub replaces_main: bool,
}

/// All asides of a sentence, in order.
pub fn asides(sentence: &Sentence<'_>) -> Vec<Aside> {
    let mut found: Vec<Aside> =
        [appointed, agreed, identified, satisfied, asked].iter().filter_map(|rule| rule(sentence)).collect();
    found.sort_by_key(|aside| aside.words.0);
    found
}

fn mention_after<'s>(sentence: &'s Sentence<'_>, at: usize, reach: usize) -> Option<&'s Mention> {
    sentence.mentions.iter().find(|mention| mention.from >= at && mention.from <= at + reach)
}

/// "a person (or body) appointed by the Secretary of State".
fn appointed(sentence: &Sentence<'_>) -> Option<Aside> {
    let (from, by) = find(
        &sentence.words,
        0,
        "a|an ?independent person|body|individual|chair|adviser|advisor|commissioner ..3 appointed|nominated|selected|chosen by",
    )?;
    let who = mention_after(sentence, by, 2)?;
    let already = sentence.words[..from].iter().rev().take(4).any(|word| word.text == "if");
    let binding = sentence.words.iter().any(|word| matches!(word.text, "will" | "must" | "shall"));
    if already || !binding {
        return None;
    }
    let main = match_at(
        &sentence.words,
        from.saturating_sub(4),
        "..4 undertaken|filled|taken|held|performed ?on by a|an ..2 person|body|individual",
    )
    .is_some();
    let role =
        if main { sentence.printed(0, role_end(sentence, from)) } else { sentence.printed(from, by - 2) };
    Some(Aside {
        words: (from, who.to),
        text: format!("Appoint: {role} ({})", sentence.printed(by - 2, who.to)),
        bearer: who.party.clone(),
        named: (who.from, who.to),
        modality: Modality::Must,
        kind: TimingKind::None,
        replaces_main: main,
    })
}

fn role_end(sentence: &Sentence<'_>, from: usize) -> usize {
    (0..from).find(|at| matches!(sentence.word(*at), "will" | "must" | "shall")).unwrap_or(from)
}

/// "as agreed with the Department", "(and agreed with the board)".
fn agreed(sentence: &Sentence<'_>) -> Option<Aside> {
    let (from, to) = find(&sentence.words, 0, "as agreed|approved with|by")
        .or_else(|| find(&sentence.words, 0, "( and agreed|approved with|by"))?;
    let who = mention_after(sentence, to, 1)?;
    Some(Aside {
        words: (from, who.to),
        text: format!("Agree: {}", sentence.printed(from.saturating_sub(9), who.to)),
        bearer: who.party.clone(),
        named: (who.from, who.to),
        modality: Modality::Must,
        kind: if sentence.word(from) == "as" { TimingKind::Conditional } else { TimingKind::None },
        replaces_main: false,
    })
}

/// "as identified by the council", "who have been identified by the council as requiring".
fn identified(sentence: &Sentence<'_>) -> Option<Aside> {
    let (from, to) = find(&sentence.words, 0, "as identified|determined|chosen by")
        .or_else(|| find(&sentence.words, 0, "who have been identified by"))?;
    let who = mention_after(sentence, to, 1)?;
    let end = if sentence.word(who.to) == "as" { who.to + 3 } else { who.to };
    let start = (from.saturating_sub(6)..from)
        .find(|at| matches!(sentence.word(*at), "all" | "staff" | "its" | "partner" | "those"))
        .unwrap_or(from.saturating_sub(1));
    Some(Aside {
        words: (from, end.min(sentence.words.len())),
        text: format!("Identify: {}", sentence.printed(start, end)),
        bearer: who.party.clone(),
        named: (who.from, who.to),
        modality: Modality::May,
        kind: TimingKind::Conditional,
        replaces_main: false,
    })
}

/// "until such time that the Secretary of State is satisfied": who may end it.
fn satisfied(sentence: &Sentence<'_>) -> Option<Aside> {
    let (from, to) = find(&sentence.words, 0, "until ?such ?time ?as ?that")?;
    let who = mention_after(sentence, to, 1)?;
    let end = match_at(&sentence.words, who.to, "is|are satisfied")
        .or_else(|| match_at(&sentence.words, who.to, "decides|agrees|confirms|determines|notifies"))?;
    Some(Aside {
        words: (from, sentence.words.len().min(end + 8)),
        text: format!(
            "Decide that it may end: {}",
            sentence.printed(to, (end + 12).min(sentence.words.len()))
        ),
        bearer: who.party.clone(),
        named: (who.from, who.to),
        modality: Modality::May,
        kind: TimingKind::Conditional,
        replaces_main: false,
    })
}

/// "or at the specific request of the Department".
fn asked(sentence: &Sentence<'_>) -> Option<Aside> {
    let (from, to) = find(&sentence.words, 0, "or at ?the ?specific request of")?;
    let who = mention_after(sentence, to, 1)?;
    Some(Aside {
        words: (from + 1, who.to),
        text: format!("Ask for it at another time: {}", sentence.printed(from + 1, who.to)),
        bearer: who.party.clone(),
        named: (who.from, who.to),
        modality: Modality::May,
        kind: TimingKind::Conditional,
        replaces_main: false,
    })
}
