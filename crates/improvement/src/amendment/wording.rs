//! A duty's text as words, and how alike two of them are.

/// The words of a text, lower case, without punctuation at their ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wording {
    all: Vec<String>,
    sorted: Vec<String>,
}

/// Beyond this many comparisons the order of words is not looked at.
const MOST_COMPARISONS: usize = 4_000_000;

impl Wording {
    pub(super) fn of(text: &str) -> Self {
        let all: Vec<String> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
        let mut sorted = all.clone();
        sorted.sort_unstable();
        Self { all, sorted }
    }

    pub(super) fn all(&self) -> &[String] {
        &self.all
    }

    /// Each word once.
    pub(super) fn distinct(&self) -> impl Iterator<Item = &str> {
        let words = &self.sorted;
        (0..words.len())
            .filter(|place| *place == 0 || words[place - 1] != words[*place])
            .map(|place| &*words[place])
    }

    /// Share of the words that stand in both in the same order, if it reaches `least`.
    pub(super) fn likeness(&self, other: &Self, least: f64) -> Option<f64> {
        let size = self.all.len() + other.all.len();
        if size == 0 {
            return Some(1.0);
        }
        // Counting shared words is quick and never below the share in order, so it rules out most pairs.
        let shared = shared(&self.sorted, &other.sorted);
        let at_most = ratio(shared, size);
        if at_most < least {
            return None;
        }
        if self.all.len().saturating_mul(other.all.len()) > MOST_COMPARISONS {
            return Some(at_most);
        }
        let likeness = ratio(in_order(&self.all, &other.all), size);
        (likeness >= least).then_some(likeness)
    }
}

/// The word as compared: lower case, without punctuation at its ends.
pub(super) fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

fn ratio(shared: usize, size: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a text has far fewer than 2^52 words")]
    let ratio = 2.0 * shared as f64 / size as f64;
    ratio
}

/// How many words two sorted lists share.
pub(super) fn shared(one: &[String], other: &[String]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}

/// The length of the longest common subsequence.
fn in_order(one: &[String], other: &[String]) -> usize {
    let mut row = vec![0usize; other.len() + 1];
    for word in one {
        let mut diagonal = 0;
        for (place, known) in other.iter().enumerate() {
            let above = row[place + 1];
            row[place + 1] = if word == known { diagonal + 1 } else { above.max(row[place]) };
            diagonal = above;
        }
    }
    row[other.len()]
}
