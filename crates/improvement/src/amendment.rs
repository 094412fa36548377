//! What an amended notice changes: the duties of two registers matched, so that what is carried over keeps its
//! identity and history, and what changed keeps what it was.
//!
//! Matching is by words, never by position alone: a clause number that is used again for another duty is no match.

mod difference;
mod same_duty;
#[cfg(test)]
mod tests;
mod wording;

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use vocabulary::party::Party;

use crate::reading::{BearerRule, Modality};
use crate::timing::Timing;
use crate::words;

pub use difference::{WordRun, word_difference};
pub use same_duty::{SameDuty, same_duties};
use wording::Wording;

/// Likeness from which duties under one reference are the same duty reworded.
const SAME_PLACE: f64 = 0.5;
/// Likeness from which duties under different references are the same duty moved.
const MOVED: f64 = 0.75;
/// A word in more duties than this says too little to look for a moved duty by.
const COMMON_WORD: usize = 40;

/// What of a duty is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparable {
    /// The clause.
    pub reference: String,
    /// The duty's words.
    pub text: String,
    /// How strongly it binds.
    pub modality: Modality,
    /// Who must act.
    pub bearers: Vec<Party>,
    /// Any or all of them.
    pub bearer_rule: BearerRule,
    /// When.
    pub timing: Timing,
    /// Its theme.
    pub theme: String,
}

/// A part of a duty that may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangedField {
    /// It stands in another clause.
    Reference,
    /// Its words changed.
    Text,
    /// It binds more or less strongly.
    Modality,
    /// It falls on others.
    Bearers,
    /// It falls due otherwise.
    Timing,
    /// It was put under another theme.
    Theme,
}

/// One part that changed, in words for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which part.
    pub field: ChangedField,
    /// As it was.
    pub was: String,
    /// As it is now.
    pub now: String,
    /// For the duty's words, the runs that stayed, went and came; otherwise empty.
    pub words: Vec<WordRun>,
}

/// A duty found in both registers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Carried {
    /// Its place in the old register.
    pub old: usize,
    /// Its place in the new register.
    pub new: usize,
    /// Likeness of the words, from 0 to 1.
    pub likeness: f64,
    /// What changed; empty when nothing did.
    pub changes: Vec<FieldChange>,
}

/// What became of each duty. Every old duty is carried or removed, every new one carried or added.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Amendment {
    /// Duties in both, in the new order.
    pub carried: Vec<Carried>,
    /// Duties of the new register only.
    pub added: Vec<usize>,
    /// Duties of the old register only.
    pub removed: Vec<usize>,
}

struct Matching {
    old_free: Vec<bool>,
    new_free: Vec<bool>,
    pairs: Vec<(usize, usize, f64)>,
}

/// Matches the duties of two registers. The same registers always give the same answer.
pub fn amendment(old: &[Comparable], new: &[Comparable]) -> Amendment {
    let old_words: Vec<Wording> = old.iter().map(|duty| Wording::of(&duty.text)).collect();
    let new_words: Vec<Wording> = new.iter().map(|duty| Wording::of(&duty.text)).collect();
    let mut matching =
        Matching { old_free: vec![true; old.len()], new_free: vec![true; new.len()], pairs: vec![] };
    same_words(old, new, &old_words, &new_words, true, &mut matching);
    same_words(old, new, &old_words, &new_words, false, &mut matching);
    same_place(old, new, &old_words, &new_words, &mut matching);
    moved(&old_words, &new_words, &mut matching);
    matching.pairs.sort_by_key(|(_, new, _)| *new);
    let carried = matching.pairs.iter().map(|(o, n, likeness)| Carried {
        old: *o,
        new: *n,
        likeness: *likeness,
        changes: changes(&old[*o], &new[*n]),
    });
    Amendment {
        carried: carried.collect(),
        added: free(&matching.new_free),
        removed: free(&matching.old_free),
    }
}

fn free(flags: &[bool]) -> Vec<usize> {
    flags.iter().enumerate().filter_map(|(place, free)| free.then_some(place)).collect()
}

impl Matching {
    fn pair(&mut self, old: usize, new: usize, likeness: f64) {
        self.old_free[old] = false;
        self.new_free[new] = false;
        self.pairs.push((old, new, likeness));
    }

    /// Pairs the candidates best first; of equals, the earliest.
    fn pair_best_first(&mut self, mut candidates: Vec<(usize, usize, f64)>) {
        candidates.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)).then(a.1.cmp(&b.1)));
        for (old, new, likeness) in candidates {
            if self.old_free[old] && self.new_free[new] {
                self.pair(old, new, likeness);
            }
        }
    }
}

/// Pairs duties with the same words, in order; first within a reference, then anywhere.
fn same_words(
    old: &[Comparable],
    new: &[Comparable],
    old_words: &[Wording],
    new_words: &[Wording],
    in_place: bool,
    matching: &mut Matching,
) {
    let place = |duty: &Comparable| if in_place { duty.reference.trim().to_owned() } else { String::new() };
    let mut waiting: HashMap<(String, &[String]), std::collections::VecDeque<usize>> = HashMap::new();
    for (index, wording) in old_words.iter().enumerate().filter(|(index, _)| matching.old_free[*index]) {
        waiting.entry((place(&old[index]), wording.all())).or_default().push_back(index);
    }
    for (index, wording) in new_words.iter().enumerate() {
        if !matching.new_free[index] {
            continue;
        }
        let queue = waiting.get_mut(&(place(&new[index]), wording.all()));
        if let Some(found) = queue.and_then(std::collections::VecDeque::pop_front) {
            matching.pair(found, index, 1.0);
        }
    }
}

/// Pairs duties under the same reference whose words are alike.
fn same_place(
    old: &[Comparable],
    new: &[Comparable],
    old_words: &[Wording],
    new_words: &[Wording],
    matching: &mut Matching,
) {
    let mut by_reference: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, duty) in old.iter().enumerate().filter(|(index, _)| matching.old_free[*index]) {
        by_reference.entry(duty.reference.trim()).or_default().push(index);
    }
    let mut candidates = Vec::new();
    for (index, duty) in new.iter().enumerate().filter(|(index, _)| matching.new_free[*index]) {
        for found in by_reference.get(duty.reference.trim()).into_iter().flatten() {
            let likeness = old_words[*found].likeness(&new_words[index], SAME_PLACE);
            candidates.extend(likeness.map(|likeness| (*found, index, likeness)));
        }
    }
    matching.pair_best_first(candidates);
}

/// Pairs duties elsewhere that share uncommon words and are much alike.
fn moved(old_words: &[Wording], new_words: &[Wording], matching: &mut Matching) {
    let mut holding: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, wording) in old_words.iter().enumerate().filter(|(index, _)| matching.old_free[*index]) {
        for word in wording.distinct() {
            holding.entry(word).or_default().push(index);
        }
    }
    let mut candidates = Vec::new();
    for (index, wording) in new_words.iter().enumerate().filter(|(index, _)| matching.new_free[*index]) {
        let mut near: Vec<usize> = wording
            .distinct()
            .filter_map(|word| holding.get(word))
            .filter(|places| places.len() <= COMMON_WORD)
            .flatten()
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        for found in near {
            let likeness = old_words[found].likeness(wording, MOVED);
            candidates.extend(likeness.map(|likeness| (found, index, likeness)));
        }
    }
    matching.pair_best_first(candidates);
}

fn changes(old: &Comparable, new: &Comparable) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let mut add = |field, differs: bool, was: String, now: String| {
        if differs {
            let words = if field == ChangedField::Text { word_difference(&was, &now) } else { vec![] };
            changes.push(FieldChange { field, was, now, words });
        }
    };
    let (old_ref, new_ref) = (old.reference.trim().to_owned(), new.reference.trim().to_owned());
    add(ChangedField::Reference, old_ref != new_ref, old_ref, new_ref);
    let same_text = old.text.split_whitespace().eq(new.text.split_whitespace());
    add(ChangedField::Text, !same_text, old.text.clone(), new.text.clone());
    add(
        ChangedField::Modality,
        old.modality != new.modality,
        words::modality_in_words(old.modality).to_owned(),
        words::modality_in_words(new.modality).to_owned(),
    );
    add(
        ChangedField::Bearers,
        bearing(old) != bearing(new),
        words::bearers_in_words(&old.bearers, old.bearer_rule),
        words::bearers_in_words(&new.bearers, new.bearer_rule),
    );
    add(
        ChangedField::Timing,
        !same_clock(&old.timing, &new.timing),
        words::timing_in_words(&old.timing),
        words::timing_in_words(&new.timing),
    );
    let themes = (words::theme_title(&old.theme), words::theme_title(&new.theme));
    add(ChangedField::Theme, old.theme != new.theme, themes.0, themes.1);
    changes
}

/// Who bears a duty, whatever the order; any or all matters only among several.
fn bearing(duty: &Comparable) -> (Vec<&Party>, Option<BearerRule>) {
    let mut bearers: Vec<&Party> = duty.bearers.iter().collect();
    bearers.sort();
    bearers.dedup();
    let rule = (bearers.len() > 1).then_some(duty.bearer_rule);
    (bearers, rule)
}

/// Whether two timings give the same clock, however they are worded.
fn same_clock(old: &Timing, new: &Timing) -> bool {
    let unworded = |timing: &Timing| Timing { text: String::new(), ..timing.clone() };
    unworded(old) == unworded(new)
}
