//! The order in which people confirm rows: what can go wrong worst first. Dates before bearers, bearers before splits,
//! then the rest; within each, what the reader was unsure of.

use improvement::register::{Obligation, ObligationState, Origin};
use improvement::timing::TimingKind;
use vocabulary::id::ObligationId;

/// What of a row deserves the first look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Risk {
    /// Its clock: a wrong day or interval makes a false breach, or hides a true one.
    Anchors,
    /// Who it falls on.
    Bearers,
    /// Whether one sentence was cut rightly.
    Splits,
    /// Everything else.
    Rest,
}

/// Which rows are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Queue {
    /// Every row.
    #[default]
    All,
    /// Rows of one risk.
    Of(Risk),
}

/// The queues in the order offered: their name in addresses and their words.
pub const QUEUES: [(Queue, &str, &str); 5] = [
    (Queue::All, "all", "All rows"),
    (Queue::Of(Risk::Anchors), "anchors", "Dates and intervals"),
    (Queue::Of(Risk::Bearers), "bearers", "Who must act"),
    (Queue::Of(Risk::Splits), "splits", "Split sentences"),
    (Queue::Of(Risk::Rest), "rest", "The rest"),
];

impl Queue {
    /// The queue of a name; all rows for any other.
    pub fn named(name: &str) -> Self {
        QUEUES.iter().find(|(_, known, _)| *known == name).map(|(queue, ..)| *queue).unwrap_or_default()
    }

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        QUEUES.iter().find(|(queue, ..)| *queue == self).map_or("all", |(_, name, _)| name)
    }

    fn holds(self, row: &Obligation) -> bool {
        match self {
            Self::All => true,
            Self::Of(risk) => risk_of(row) == risk,
        }
    }
}

/// What of a row deserves the first look.
pub fn risk_of(row: &Obligation) -> Risk {
    let flagged = |words: &[&str]| row.flags.iter().any(|flag| words.iter().any(|word| flag.contains(word)));
    let clock = matches!(
        row.timing.kind,
        TimingKind::Recurring | TimingKind::OneOffRelative | TimingKind::OneOffAbsolute
    );
    if clock || row.timing.anchor_inferred || flagged(&["anchor", "interval", "date", "deadline", "set-by"]) {
        Risk::Anchors
    } else if row.bearers.len() != 1 || flagged(&["bearer"]) {
        Risk::Bearers
    } else if row.reference.contains('/')
        || flagged(&["split", "optional-list"])
        || matches!(row.origin, Origin::SplitFrom { .. } | Origin::MergedFrom { .. })
    {
        Risk::Splits
    } else {
        Risk::Rest
    }
}

/// The rows of a queue, the riskiest first. Split rows are not among them: their parts are.
pub fn ordered<'a>(rows: impl IntoIterator<Item = &'a Obligation>, queue: Queue) -> Vec<&'a Obligation> {
    let mut rows: Vec<&Obligation> =
        rows.into_iter().filter(|row| row.state != ObligationState::Split && queue.holds(row)).collect();
    rows.sort_by(|one, other| {
        let key = |row: &Obligation| (risk_of(row), row.flags.is_empty());
        key(one)
            .cmp(&key(other))
            .then(tenths(one).cmp(&tenths(other)))
            .then(one.position.cmp(&other.position))
            .then(one.id.cmp(&other.id))
    });
    rows
}

/// Confidence in tenths: small differences of it do not reorder the document.
fn tenths(row: &Obligation) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 10")]
    let tenths = (row.confidence.clamp(0.0, 1.0) * 10.0).round() as u8;
    tenths
}

/// The row to show: the one asked for, else the first that waits, else the first.
pub fn current<'a>(queue: &[&'a Obligation], asked: Option<ObligationId>) -> Option<&'a Obligation> {
    let waiting = |row: &&&Obligation| row.state == ObligationState::Suggested;
    let chosen = asked.and_then(|id| queue.iter().find(|row| row.id == id));
    chosen.or_else(|| queue.iter().find(waiting)).or_else(|| queue.first()).copied()
}

/// The next row that waits after one, going round.
pub fn next_waiting(queue: &[&Obligation], after: ObligationId) -> Option<ObligationId> {
    let place = queue.iter().position(|row| row.id == after)?;
    let round = queue[place + 1..].iter().chain(&queue[..place]);
    round.into_iter().find(|row| row.state == ObligationState::Suggested).map(|row| row.id)
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[tokio::test]
    async fn rows_with_a_clock_come_first_and_nothing_is_left_out() {
        let rows = Sample::notice_read().await.rows().await;
        let all = ordered(&rows, Queue::All);
        assert_eq!(all.len(), rows.len());
        assert_eq!(risk_of(all[0]), Risk::Anchors);
        assert!(all.windows(2).all(|pair| risk_of(pair[0]) <= risk_of(pair[1])));
        let parts = QUEUES[1..].iter().map(|(queue, ..)| ordered(&rows, *queue).len()).sum::<usize>();
        assert_eq!(parts, all.len(), "each row is in exactly one queue");
    }

    #[tokio::test]
    async fn after_a_decision_the_next_waiting_row_follows_and_the_last_goes_round() {
        let mut rows = Sample::notice_read().await.rows().await;
        rows[1].state = ObligationState::Confirmed;
        let queue: Vec<&Obligation> = rows.iter().collect();
        assert_eq!(next_waiting(&queue, rows[0].id), Some(rows[2].id));
        assert_eq!(next_waiting(&queue, queue[queue.len() - 1].id), Some(rows[0].id));
        assert_eq!(current(&queue, Some(ObligationId(1))).map(|row| row.id), Some(rows[0].id));
    }
}
