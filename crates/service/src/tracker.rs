//! Trackers as pages and files show them: rows of children for those who may see children, counts for everybody.

use std::collections::HashMap;

use practice::outcome::Outcome;
use practice::tracker::{State, TrackedChild, Tracker};
use store::{DataClass, Scope};
use vocabulary::date::day_in_words;
use vocabulary::day::Day;
use vocabulary::records::Word;

use crate::figures::Figures;

/// A tracker with how many children are on it.
#[derive(Clone, Debug)]
pub struct TrackerCount<'f> {
    /// The tracker.
    pub tracker: &'f Tracker,
    /// Children on it.
    pub children: usize,
    /// Of them, those with something past its day and not done.
    pub late: usize,
    /// Of them, those with something that can't be told.
    pub cannot_tell: usize,
}

/// What a standard says of the newest event of a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerView {
    /// What it comes to.
    pub state: State,
    /// In words, with its day.
    pub words: String,
}

/// A child on a tracker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackedRow {
    /// The child's random id.
    pub child: String,
    /// The day from which something has put it there.
    pub since: Option<Day>,
    /// Team, where an extract gives it.
    pub team: String,
    /// Worker, where an extract gives it.
    pub worker: String,
    /// For each column, what the standard says; none where there is no event of that sort.
    pub answers: Vec<Option<AnswerView>>,
    /// For each fact, what the newest record says.
    pub facts: Vec<String>,
}

/// A child whose record is in the extracts no longer, without a recorded end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DroppedRow {
    /// The child's random id.
    pub child: String,
    /// Team, where an extract gives it.
    pub team: String,
    /// The kind of record that is gone, in words.
    pub record: String,
    /// Its day.
    pub on: Option<Day>,
    /// The day of the first extract without it.
    pub gone_on: Day,
}

/// A tracker, opened.
#[derive(Clone, Debug)]
pub struct Tracked {
    /// Children on it, in the whole council.
    pub children: usize,
    /// For each column, how many answers there are of each state, in the whole council.
    pub counts: Vec<[usize; 6]>,
    /// The children of the viewer's teams, in the tracker's order; empty for those who may not see children.
    pub rows: Vec<TrackedRow>,
    /// Children of the viewer's teams who are no longer shown, without a recorded end.
    pub dropped: Vec<DroppedRow>,
    /// How many there are of them in the whole council.
    pub dropped_count: usize,
}

/// The states in the order in which they are counted.
const STATES: [State; 6] =
    [State::Late, State::Due, State::CannotTell, State::Missed, State::Met, State::NotApplicable];

impl Figures {
    /// Every tracker with its counts.
    pub fn tracker_counts(&self) -> Vec<TrackerCount<'_>> {
        self.library.trackers.iter().map(|tracker| self.count(tracker)).collect()
    }

    fn count<'f>(&'f self, tracker: &'f Tracker) -> TrackerCount<'f> {
        let children = tracker.children(&self.library, &self.history.picture, &self.outcomes);
        let with = |state: State| {
            let has = |child: &&TrackedChild| self.states(child).any(|answer| answer == Some(state));
            children.iter().filter(has).count()
        };
        TrackerCount {
            tracker,
            children: children.len(),
            late: with(State::Late),
            cannot_tell: with(State::CannotTell),
        }
    }

    fn states<'c>(&'c self, child: &'c TrackedChild) -> impl Iterator<Item = Option<State>> + 'c {
        child.answers.iter().map(|answer| answer.map(|place| State::of(&self.outcomes.outcomes[place])))
    }

    /// A tracker, opened for a viewer. The reads of the children shown are the caller's to write down.
    pub fn tracked(&self, tracker: &Tracker, scope: &Scope) -> Tracked {
        let children = tracker.children(&self.library, &self.history.picture, &self.outcomes);
        let mut counts = vec![[0; 6]; tracker.columns.len()];
        for child in &children {
            for (count, state) in counts.iter_mut().zip(self.states(child)) {
                if let Some(place) = STATES.iter().position(|known| Some(*known) == state) {
                    count[place] += 1;
                }
            }
        }
        let dropped = tracker.dropped(&self.library, &self.history, &children, self.as_at);
        let (count, dropped_count) = (children.len(), dropped.len());
        let words = &self.history.picture.words;
        let text = |word: Option<Word>| word.map(|word| words.text(word));
        let holder = |subject: Word| self.holders.get(&subject).copied().unwrap_or_default();
        let sees = |subject: Word| {
            let may = scope.allows(DataClass::PseudonymousChildren)
                && (!tracker.sealed || scope.allows(DataClass::SealedChildren));
            may && scope.holds_team(text(holder(subject).team))
        };
        let rows = children.into_iter().filter(|child| sees(child.subject)).map(|child| {
            let holder = holder(child.subject);
            TrackedRow {
                child: words.text(child.subject).to_owned(),
                since: child.since,
                team: text(holder.team).unwrap_or_default().to_owned(),
                worker: text(holder.worker).unwrap_or_default().to_owned(),
                answers: child.answers.iter().map(|answer| answer.map(|place| self.answer(place))).collect(),
                facts: child.facts,
            }
        });
        let rows = rows.collect();
        let dropped = dropped.into_iter().filter(|gone| sees(gone.subject)).map(|gone| DroppedRow {
            child: words.text(gone.subject).to_owned(),
            team: text(holder(gone.subject).team).unwrap_or_default().to_owned(),
            record: words.text(gone.kind).replace('_', " "),
            on: gone.on,
            gone_on: gone.gone_on,
        });
        Tracked { children: count, counts, rows, dropped: dropped.collect(), dropped_count }
    }

    fn answer(&self, place: usize) -> AnswerView {
        let outcome = &self.outcomes.outcomes[place];
        let reason = outcome.reason.map(|reason| self.outcomes.reasons[usize::from(reason)].as_str());
        AnswerView { state: State::of(outcome), words: in_words(outcome, reason) }
    }

    /// The team that holds each child, by random id.
    pub(crate) fn teams_by_child(&self) -> HashMap<&str, &str> {
        let words = &self.history.picture.words;
        let holders = self.holders.iter();
        holders.filter_map(|(child, holder)| Some((words.text(*child), words.text(holder.team?)))).collect()
    }
}

/// What a standard says of an event, in words.
fn in_words(outcome: &Outcome, reason: Option<&str>) -> String {
    let day = |day: Day| day_in_words(day.date());
    let reason = reason.unwrap_or("the record does not say");
    match (State::of(outcome), outcome.met_on, outcome.due_on) {
        (State::Met, Some(met), _) => format!("Done on {}", day(met)),
        (State::Met, None, _) => match outcome.event_on {
            Some(on) => format!("Yes, {}", day(on)),
            None => "Yes".to_owned(),
        },
        (State::Due, _, Some(due)) => format!("Due by {}", day(due)),
        (State::Due, ..) => "Not yet due".to_owned(),
        (State::Late, _, Some(due)) => format!("Late: was due by {}, not done", day(due)),
        (State::Missed, Some(met), Some(due)) => {
            format!("Done late on {}: was due by {}", day(met), day(due))
        }
        (State::Missed, None, Some(due)) => format!("Never done: was due by {}", day(due)),
        (State::Missed | State::Late, ..) => match outcome.event_on {
            Some(on) => format!("No, {}", day(on)),
            None => "No".to_owned(),
        },
        (State::NotApplicable, ..) => format!("Not asked: {reason}"),
        (State::CannotTell, ..) => format!("Cannot tell: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use practice::outcome::Status;
    use vocabulary::records::Source;

    use super::*;

    #[test]
    fn every_answer_has_its_day_and_what_cannot_be_told_says_why() {
        let day = |text: &str| Day::parse(text);
        let open = Outcome {
            standard: 0,
            subject: Word(0),
            event_on: day("2026-03-02"),
            due_on: day("2026-05-02"),
            met_on: None,
            ended_on: None,
            status: Status::Missed,
            reason: None,
            team: None,
            worker: None,
            row: 0,
            source: Source { list: Word(0), row: 0 },
        };
        assert_eq!(in_words(&open, None), "Late: was due by 2 May 2026, not done");
        let done = Outcome { met_on: day("2026-05-20"), ..open };
        assert_eq!(in_words(&done, None), "Done late on 20 May 2026: was due by 2 May 2026");
        let ended = Outcome { ended_on: day("2026-05-09"), ..open };
        assert_eq!(in_words(&ended, None), "Never done: was due by 2 May 2026");
        let met = Outcome { status: Status::Met, met_on: day("2026-04-30"), ..open };
        assert_eq!(in_words(&met, None), "Done on 30 April 2026");
        let as_recorded = Outcome { status: Status::Missed, due_on: None, ..open };
        assert_eq!(in_words(&as_recorded, None), "No, 2 March 2026");
        let unclear = Outcome { status: Status::CannotTell, ..open };
        assert_eq!(in_words(&unclear, Some("the field is blank")), "Cannot tell: the field is blank");
    }
}
