//! Risks and issues of the plan: what may go wrong or has, how likely and how bad it is now and is to be, what holds it, who
//! answers for it, and every review.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::id::{CouncilId, EpisodeId, ObjectiveId, RiskId, UserId};

use crate::register::Stamp;

/// How likely something is and how bad it would be, each from 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// From 1, very unlikely, to 5, almost certain or happened already.
    pub likelihood: u8,
    /// From 1, hardly felt by children, to 5, children come to serious harm.
    pub impact: u8,
}

impl Score {
    /// A score, if both numbers are from 1 to 5.
    pub fn new(likelihood: u8, impact: u8) -> Option<Self> {
        let known = |number: u8| (1..=5).contains(&number);
        (known(likelihood) && known(impact)).then_some(Self { likelihood, impact })
    }

    /// Both multiplied: from 1 to 25.
    pub fn product(self) -> u8 {
        self.likelihood * self.impact
    }

    /// The score in words: `12 (likelihood 3, impact 4)`.
    pub fn in_words(self) -> String {
        format!("{} (likelihood {}, impact {})", self.product(), self.likelihood, self.impact)
    }
}

/// A risk, or an issue: a risk that has come about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Risk {
    /// Its id.
    pub id: RiskId,
    /// The council.
    pub council: CouncilId,
    /// The intervention.
    pub episode: EpisodeId,
    /// Its number in the register, from 1.
    pub number: u32,
    /// Whether it has come about already.
    pub is_issue: bool,
    /// What may happen, or has, and why.
    pub what: String,
    /// What that would mean for children.
    pub effect: String,
    /// The objective it stands in the way of.
    pub objective: Option<ObjectiveId>,
    /// Who answers for it.
    pub owner: UserId,
    /// What it is to come down to.
    pub target: Score,
    /// What was found of it, the oldest first; the first when it was raised.
    pub reviews: Vec<RiskReview>,
    /// The day by which it is looked at again.
    pub review_by: Date,
    /// Why it was closed, and by whom.
    pub closed: Option<(String, Stamp)>,
    /// Edit version, from 1.
    pub version: i64,
    /// Who raised it.
    pub stamp: Stamp,
}

/// What somebody found of a risk on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskReview {
    /// The day.
    pub on: Date,
    /// How likely and how bad it is.
    pub score: Score,
    /// What holds it, and what more is done.
    pub control: String,
    /// Who looked.
    pub stamp: Stamp,
}

/// Which way a risk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// Looked at once: nothing to compare.
    New,
    /// Its score fell.
    Falling,
    /// Its score stayed.
    Steady,
    /// Its score rose.
    Rising,
}

impl Trend {
    /// The trend in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Falling => "Falling",
            Self::Steady => "Steady",
            Self::Rising => "Rising",
        }
    }
}

impl Risk {
    /// The score of the newest review; none of a risk that was never looked at, which no act makes.
    pub fn score(&self) -> Option<Score> {
        self.reviews.last().map(|review| review.score)
    }

    /// Which way it goes, by its two newest reviews.
    pub fn trend(&self) -> Trend {
        let mut newest = self.reviews.iter().rev().map(|review| review.score.product());
        match (newest.next(), newest.next()) {
            (Some(now), Some(before)) if now < before => Trend::Falling,
            (Some(now), Some(before)) if now > before => Trend::Rising,
            (Some(_), Some(_)) => Trend::Steady,
            _ => Trend::New,
        }
    }

    /// Whether it was to be looked at again before a day, and is open.
    pub fn review_is_late(&self, today: Date) -> bool {
        self.closed.is_none() && self.review_by < today
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn stamp() -> Stamp {
        Stamp { by: UserId(1), role: "programme manager".into(), at: jiff::Timestamp::UNIX_EPOCH }
    }

    fn risk(scores: &[(u8, u8)]) -> Risk {
        let review = |&(likelihood, impact)| RiskReview {
            on: date(2026, 5, 1),
            score: Score::new(likelihood, impact).expect("a score"),
            control: "Agency cover".into(),
            stamp: stamp(),
        };
        Risk {
            id: RiskId(1),
            council: CouncilId(1),
            episode: EpisodeId(1),
            number: 1,
            is_issue: false,
            what: "Social workers leave faster than they come".into(),
            effect: "Children lose the person they know".into(),
            objective: None,
            owner: UserId(1),
            target: Score::new(2, 3).expect("a score"),
            reviews: scores.iter().map(review).collect(),
            review_by: date(2026, 6, 1),
            closed: None,
            version: 1,
            stamp: stamp(),
        }
    }

    #[test]
    fn a_trend_compares_the_two_newest_reviews() {
        assert_eq!(risk(&[(4, 4)]).trend(), Trend::New);
        assert_eq!(risk(&[(4, 4), (4, 3)]).trend(), Trend::Falling);
        assert_eq!(risk(&[(2, 2), (4, 4), (4, 4)]).trend(), Trend::Steady);
        assert_eq!(risk(&[(4, 4), (2, 2), (5, 2)]).trend(), Trend::Rising);
    }

    #[test]
    fn a_score_has_two_numbers_from_one_to_five() {
        assert_eq!(Score::new(3, 4).map(Score::in_words).as_deref(), Some("12 (likelihood 3, impact 4)"));
        assert!(Score::new(0, 3).is_none() && Score::new(3, 6).is_none());
    }

    #[test]
    fn a_closed_risk_is_not_late_to_be_looked_at() {
        let mut late = risk(&[(4, 4)]);
        assert!(late.review_is_late(date(2026, 6, 2)) && !late.review_is_late(date(2026, 6, 1)));
        late.closed = Some(("Posts are filled".into(), stamp()));
        assert!(!late.review_is_late(date(2026, 6, 2)));
    }
}
