//! The difference between two wordings, as runs of words that stayed, went and came.

use serde::Serialize;

/// Words in a row with one fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "text", rename_all = "kebab-case")]
pub enum WordRun {
    /// In both.
    Same(String),
    /// Only in the old wording.
    Removed(String),
    /// Only in the new wording.
    Added(String),
}

/// Beyond this many comparisons the differing middle is shown as one removal and one addition.
const MOST_COMPARISONS: usize = 4_000_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Same,
    Removed,
    Added,
}

/// How to get from one wording to another. White space is not compared; words are, with their punctuation.
///
/// The same and removed runs together give the old words, the same and added runs the new ones.
pub fn word_difference(was: &str, now: &str) -> Vec<WordRun> {
    let old: Vec<&str> = was.split_whitespace().collect();
    let new: Vec<&str> = now.split_whitespace().collect();
    let first = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let last = old[first..].iter().rev().zip(new[first..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_middle, new_middle) = (&old[first..old.len() - last], &new[first..new.len() - last]);
    let mut fates: Vec<(Fate, &str)> = old[..first].iter().map(|word| (Fate::Same, *word)).collect();
    fates.extend(middle(old_middle, new_middle));
    fates.extend(old[old.len() - last..].iter().map(|word| (Fate::Same, *word)));
    runs(&fates)
}

fn middle<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(Fate, &'a str)> {
    if old.len().saturating_mul(new.len()) > MOST_COMPARISONS {
        let removed = old.iter().map(|word| (Fate::Removed, *word));
        return removed.chain(new.iter().map(|word| (Fate::Added, *word))).collect();
    }
    // common[i][j]: the longest common subsequence of old[i..] and new[j..].
    let width = new.len() + 1;
    let mut common = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let mut fates = Vec::with_capacity(old.len() + new.len());
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            fates.push((Fate::Same, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if i < old.len()
            && (j == new.len() || common[(i + 1) * width + j] >= common[i * width + j + 1])
        {
            fates.push((Fate::Removed, old[i]));
            i += 1;
        } else {
            fates.push((Fate::Added, new[j]));
            j += 1;
        }
    }
    fates
}

/// Joins neighbours of one fate; between words that stayed, removals come before additions.
fn runs(fates: &[(Fate, &str)]) -> Vec<WordRun> {
    let mut runs = Vec::new();
    let (mut removed, mut added, mut same) = (Vec::new(), Vec::new(), Vec::new());
    for (fate, word) in fates {
        if *fate == Fate::Same {
            flush(&mut runs, &mut removed, WordRun::Removed);
            flush(&mut runs, &mut added, WordRun::Added);
            same.push(*word);
        } else {
            flush(&mut runs, &mut same, WordRun::Same);
            if *fate == Fate::Removed { removed.push(*word) } else { added.push(*word) }
        }
    }
    flush(&mut runs, &mut same, WordRun::Same);
    flush(&mut runs, &mut removed, WordRun::Removed);
    flush(&mut runs, &mut added, WordRun::Added);
    runs
}

fn flush(runs: &mut Vec<WordRun>, words: &mut Vec<&str>, run: fn(String) -> WordRun) {
    if !words.is_empty() {
        runs.push(run(words.join(" ")));
        words.clear();
    }
}
