//! Which way a sentence of an inspector points.
//!
//! Cue words for praise and for criticism are counted with three corrections: a negation turns praise into criticism
//! ("not yet consistently good"), a word of prevention turns criticism into praise ("reducing delay"), and what is only
//! hoped for counts as neither ("to ensure that outcomes improve").

use crate::reading::Polarity;

/// A cue ending in `*` matches any word that begins with it; several words match in a row.
type Cues = &'static [&'static str];

const PRAISE: Cues = &[
    "well-*",
    "routinely",
    "delivering improvements",
    "effective",
    "effectively",
    "good",
    "strong",
    "stronger",
    "strengthened",
    "strength",
    "strengths",
    "strengthening",
    "improved",
    "improving",
    "improvement",
    "improvements",
    "improves",
    "progress",
    "comprehensive",
    "comprehensively",
    "timely",
    "well",
    "appropriate",
    "appropriately",
    "robust",
    "robustly",
    "clear",
    "clearly",
    "positive",
    "positively",
    "safer",
    "better",
    "imaginative",
    "creative",
    "child-centred",
    "child-focused",
    "consistent",
    "consistently",
    "confident",
    "committed",
    "thorough",
    "thoroughly",
    "regularly",
    "regular",
    "benefit",
    "benefits",
    "benefited",
    "high-quality",
    "relentless",
    "decisive",
    "skilled",
    "swift",
    "swiftly",
    "prompt",
    "promptly",
    "purposeful",
    "ambitious",
    "embedded",
    "established",
    "accessible",
    "individualised",
    "know children",
    "know their children",
    "understand children",
    "know what is happening",
    "sensitive",
    "sensitively",
    "valued",
    "proud",
    "tenacious",
    "impressive",
    "excellent",
    "outstanding",
    "exemplary",
    "enthusiastic",
    "supportive",
    "responsive",
    "proactive",
    "proactively",
    "quickly",
    "meaningful",
    "reduced",
    "reducing",
    "reduces",
    "manageable",
    "stable",
    "secure",
    "securely",
    "analytical",
    "helpful",
    "open and honest",
    "accurate",
    "accurately",
    "realistic",
    "passionate",
    "helping to protect",
    "is a strength",
    "making a difference",
    "no longer inadequate",
    "detailed",
    "rigorous",
    "rigorously",
    "suitable",
];

const CRITICISM: Cues = &[
    "inappropriate",
    "inappropriately",
    "detrimental",
    "unnecessary",
    "disproportionate",
    "harmful",
    "varies",
    "vary",
    "negatively",
    "little evidence",
    "limited evidence",
    "under developed",
    "over-use",
    "limits",
    "burden",
    "not soon enough",
    "inadequate",
    "inadequately",
    "poor",
    "poorer",
    "poorly",
    "insufficient",
    "insufficiently",
    "lack",
    "lacks",
    "lacked",
    "lacking",
    "weak",
    "weaker",
    "weakness",
    "weaknesses",
    "too many",
    "too few",
    "too often",
    "too long",
    "too slow",
    "too slowly",
    "too late",
    "too variable",
    "too much",
    "too little",
    "too reliant",
    "too vague",
    "too general",
    "not all",
    "delay",
    "delays",
    "delayed",
    "drift",
    "variable",
    "variability",
    "inconsistent",
    "inconsistently",
    "inconsistency",
    "unreliable",
    "failed",
    "fail",
    "fails",
    "failing",
    "failings",
    "failure",
    "failures",
    "was missing",
    "were missing",
    "is missing",
    "are missing",
    "ineffective",
    "ineffectively",
    "deteriorat*",
    "declin*",
    "worsen*",
    "gap",
    "gaps",
    "unallocated",
    "overdue",
    "limited",
    "unclear",
    "incomplete",
    "serious concerns",
    "significant concerns",
    "remain concerned",
    "serious",
    "widespread",
    "vague",
    "deficit",
    "deficits",
    "deficiencies",
    "shortfall",
    "shortfalls",
    "unacceptable",
    "unacceptably",
    "unsafe",
    "unsuitable",
    "unassessed",
    "unmet",
    "more work is required",
    "further work is",
    "more work is needed",
    "much more to do",
    "more to do",
    "more needs to be done",
    "work remains to be done",
    "remains to be done",
    "underdeveloped",
    "under-developed",
    "early stage",
    "early stages",
    "rarely",
    "absence of",
    "unable",
    "struggl*",
    "backlog",
    "untimely",
    "neither",
    "yet to",
    "slow",
    "slower",
    "superficial",
    "left at risk",
    "at risk of harm for too long",
    "high turnover",
    "turnover of",
    "vacancies",
    "high caseloads",
    "caseloads are too high",
    "overly optimistic",
    "over-optimistic",
    "out of date",
    "bureaucratic",
    "fragile",
    "legacy of",
    "legacy issues",
    "confusion",
    "confused",
    "repetitive",
    "process-driven",
    "reactive",
    "uneven",
    "patchy",
    "stalled",
    "hampered",
    "hinder*",
    "hampers",
    "undermin*",
    "concerning",
    "insufficiency",
    "breach",
    "do not know",
    "regressed",
    "less well",
    "less effective",
    "less consistent",
];

/// Words that look like praise and are none.
const NEITHER: Cues = &[
    "clear evidence",
    "regular changes",
    "well-being",
    "wellbeing",
    "as well as",
    "as well",
    "progress against",
    "good or outstanding",
    "good or better",
];

const NEGATIONS: Cues = &[
    "yet",
    "not",
    "no",
    "nor",
    "never",
    "without",
    "lack",
    "lacks",
    "lacked",
    "lacking",
    "insufficient",
    "insufficiently",
    "less",
    "rarely",
    "neither",
    "cannot",
    "fail",
    "fails",
    "failed",
    "unable",
    "little",
    "limited",
    "absence",
    "few",
];

const PREVENTIONS: Cues = &[
    "prevent",
    "prevents",
    "preventing",
    "prevented",
    "reduce",
    "reduces",
    "reducing",
    "reduced",
    "avoid",
    "avoids",
    "avoiding",
    "avoided",
    "minimise",
    "minimises",
    "minimising",
    "address",
    "addresses",
    "addressing",
    "addressed",
    "tackle",
    "tackles",
    "tackling",
    "no",
    "without",
    "longer",
    "overcome",
    "eradicated",
    "rectify",
    "rectified",
    "remedy",
    "resolve",
    "resolved",
    "cleared",
    "identify",
    "identifies",
];

/// Words after which a sentence speaks of what is wanted, up to the next comma.
const HOPES: Cues = &[
    "to ensure",
    "to provide",
    "in order to",
    "so that",
    "intended to",
    "aim to",
    "aims to",
    "need to",
    "needs to",
    "required to",
    "to support",
    "to improve",
    "should be",
    "needed to",
    "why there are",
    "expected to",
];

/// The polarity of a sentence.
pub(crate) fn polarity(sentence: &str) -> Polarity {
    let words = words(sentence);
    let hoped = hoped(&words);
    let (mut praise, mut criticism) = (0, 0);
    let mut index = 0;
    while index < words.len() {
        if let Some(length) = matched(NEITHER, &words, index) {
            index += length;
        } else if let Some(length) = matched(CRITICISM, &words, index) {
            if prevented(&words, index) {
                praise += usize::from(!hoped[index]);
            } else {
                criticism += 1;
            }
            index += length;
        } else if let Some(length) = matched(PRAISE, &words, index) {
            if negated(&words, index) {
                criticism += 1;
            } else if !hoped[index] && !only_named(&words, index) {
                praise += 1;
            }
            index += length;
        } else {
            criticism += usize::from(bare_negation(&words, index));
            index += 1;
        }
    }
    verdict(&words, praise, criticism)
}

fn verdict(words: &[String], praise: usize, criticism: usize) -> Polarity {
    match (praise, criticism) {
        (0, 0) => Polarity::Neutral,
        (_, 0) => Polarity::Strength,
        (0, _) => Polarity::Weakness,
        _ if turns(words) || praise == criticism => Polarity::Mixed,
        _ if praise > 2 * criticism => Polarity::Mixed,
        _ => Polarity::Weakness,
    }
}

/// "However", "but", "while", "although": two sides are weighed.
fn turns(words: &[String]) -> bool {
    const TURNS: [&str; 8] =
        ["but", "while", "whilst", "although", "though", "despite", "nevertheless", "yet"];
    words.iter().any(|word| TURNS.contains(&word.as_str()))
}

fn words(sentence: &str) -> Vec<String> {
    sentence
        .split_whitespace()
        .map(|word| {
            let comma = word.ends_with([',', ';', ':']);
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            if comma { bare + "," } else { bare }
        })
        .collect()
}

fn matched(cues: Cues, words: &[String], index: usize) -> Option<usize> {
    let first = words[index].as_bytes().first();
    cues.iter()
        .filter(|cue| cue.as_bytes().first() == first)
        .filter_map(|cue| fits(cue, &words[index..]))
        .max()
}

fn fits(cue: &str, words: &[String]) -> Option<usize> {
    let mut length = 0;
    for part in cue.split(' ') {
        let word = words.get(length)?.trim_end_matches(',');
        let same = part.strip_suffix('*').map_or(word == part, |stem| word.starts_with(stem));
        if !same {
            return None;
        }
        length += 1;
    }
    Some(length)
}

fn negated(words: &[String], index: usize) -> bool {
    const REACH: usize = 5;
    let before = &words[index.saturating_sub(REACH)..index];
    let after_comma =
        before.iter().rposition(|word| word.ends_with(',')).map_or(before, |at| &before[at + 1..]);
    let only = after_comma.windows(2).any(|pair| pair[0] == "not" && pair[1] == "only");
    !only && after_comma.iter().any(|word| NEGATIONS.contains(&word.as_str()))
}

fn prevented(words: &[String], index: usize) -> bool {
    const REACH: usize = 3;
    let before = &words[index.saturating_sub(REACH)..index];
    before.iter().any(|word| PREVENTIONS.contains(&word.trim_end_matches(',')))
}

/// "do not", "is not", "are not yet": a plain denial with no cue word near.
fn bare_negation(words: &[String], index: usize) -> bool {
    const REACH: usize = 4;
    const HELPING: [&str; 12] =
        ["is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "could", "been"];
    let denial = words[index] == "not" && index > 0 && HELPING.contains(&words[index - 1].as_str());
    let only = words.get(index + 1).is_some_and(|word| word == "only");
    let to = (index + 1 + REACH).min(words.len());
    denial
        && !only
        && (index + 1..to)
            .all(|next| matched(PRAISE, words, next).is_none() && matched(CRITICISM, words, next).is_none())
}

/// "their strengths", "areas for improvement", "improvement plans", "the quality of": named, not said.
fn only_named(words: &[String], index: usize) -> bool {
    let word = words[index].trim_end_matches(',');
    let before = index.checked_sub(1).map_or("", |at| words[at].trim_end_matches(','));
    let after = words.get(index + 1).map_or("", |word| word.trim_end_matches(','));
    let named = matches!(word, "improvement" | "improvements" | "progress")
        && (matches!(before, "for" | "of" | "s" | "review" | "further" | "the" | "and" | "impact")
            || matches!(after, "plan" | "plans" | "board" | "partner" | "notice" | "on" | "journey"));
    let slow = word == "progress"
        && words.iter().any(|word| word.starts_with("slow") || word.starts_with("insufficient"));
    named || slow || (word == "well" && matches!(after, "being" | "as"))
}

fn hoped(words: &[String]) -> Vec<bool> {
    let mut hoped = vec![false; words.len()];
    let mut until_comma = false;
    for index in 0..words.len() {
        until_comma |= matched(HOPES, words, index).is_some();
        hoped[index] = until_comma;
        if words[index].ends_with(',') {
            until_comma = false;
        }
    }
    hoped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: Polarity, sentences: &[&str]) {
        for sentence in sentences {
            assert_eq!(polarity(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn praise_is_a_strength_also_when_it_speaks_of_harm_prevented() {
        check(
            Polarity::Strength,
            &[
                "Managers act promptly, which prevents drift and delay.",
                "Plans are comprehensive and are reviewed at each session.",
                "The letters set out clearly why there are concerns and what must change.",
                "Weekly tracking is reducing delay for children.",
                "The service is no longer inadequate.",
            ],
        );
    }

    #[test]
    fn a_negation_turns_praise_into_criticism() {
        check(
            Polarity::Weakness,
            &[
                "Practice is not yet consistently good.",
                "Plans lacked sufficient detail.",
                "Supervision is too variable.",
                "The latest police report was often missing and was not recorded.",
                "Progress has been far too slow, and 15 children were unallocated.",
                "More work is required to ensure that outcomes improve.",
                "Children are not visited.",
            ],
        );
    }

    #[test]
    fn both_sides_in_one_sentence_are_mixed() {
        check(
            Polarity::Mixed,
            &[
                "While leaders have made good progress, too many plans are vague.",
                "Assessments are timely but supervision is weak.",
            ],
        );
    }

    #[test]
    fn a_wish_is_neither() {
        check(
            Polarity::Neutral,
            &[
                "The plans are intended to improve the quality of practice.",
                "Inspectors met the leader of the council.",
            ],
        );
    }
}
