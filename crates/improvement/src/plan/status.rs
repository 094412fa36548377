//! The status of an action, by one rule that is printed beside it. A worse status may be set by hand; a better one needs a
//! reason and a second person, and both stand beside each other.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Confidence, ManualStatus, PlanAction};
use crate::words::counted;

/// How long an action may run without a word before it counts as stalled.
pub const STALLED_AFTER_DAYS: i32 = 35;

/// Where an action stands, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Done, and somebody else verified it.
    Verified,
    /// Reported done; nobody else has looked.
    Waiting,
    /// Its first day has not come.
    NotStarted,
    /// It runs.
    OnTrack,
    /// Its lead is not sure, or something stands in the way.
    AtRisk,
    /// It runs, and nobody has said anything of it for a while.
    Stalled,
    /// Its day has passed, and it is not done.
    Overdue,
    /// It was verified, and somebody found later that it no longer holds.
    FellBack,
}

/// The rule as pages and reports print it.
pub const RULE: &str = "Fell back: verified once, and found later not to hold. Overdue: the day that counts has passed and it \
    is not reported done; a later day counts only once the board agreed to it. Stalled: running, and nothing was said of it \
    for 35 days. At risk: the lead’s confidence is not high, or something stands in the way. On track: running, and none of \
    these. Not started: its first day has not come. Done, waiting for verification: reported done, and nobody else has \
    looked. Done and verified: somebody who is neither the lead nor whoever reported it found that it holds.";

impl Status {
    /// Every status, the best first.
    pub const ALL: [Self; 8] = [
        Self::Verified,
        Self::Waiting,
        Self::NotStarted,
        Self::OnTrack,
        Self::AtRisk,
        Self::Stalled,
        Self::Overdue,
        Self::FellBack,
    ];

    /// The status as forms and files carry it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Waiting => "waiting",
            Self::NotStarted => "not-started",
            Self::OnTrack => "on-track",
            Self::AtRisk => "at-risk",
            Self::Stalled => "stalled",
            Self::Overdue => "overdue",
            Self::FellBack => "fell-back",
        }
    }

    /// The status in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Verified => "Done and verified",
            Self::Waiting => "Done, waiting for verification",
            Self::NotStarted => "Not started",
            Self::OnTrack => "On track",
            Self::AtRisk => "At risk",
            Self::Stalled => "Stalled",
            Self::Overdue => "Overdue",
            Self::FellBack => "Fell back",
        }
    }

    /// The status of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether it is a sign of slow progress, which the board is told of.
    pub fn is_slow(self) -> bool {
        matches!(self, Self::Stalled | Self::Overdue | Self::FellBack)
    }
}

/// What the rule says of an action on a day, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The status by the rule.
    pub status: Status,
    /// Why, in a sentence with its figures.
    pub why: String,
}

/// The status of an action on a day, by the rule alone.
pub fn by_rule(action: &PlanAction, today: Date) -> Told {
    let told = |status, why: String| Told { status, why };
    let due = action.due_now();
    let in_words = vocabulary::date::day_in_words;
    if let Some(done) = &action.done {
        return match action.newest_check() {
            Some(check) if !check.holds => {
                told(Status::FellBack, format!("Found on {} not to hold", in_words(check.on)))
            }
            Some(check) => told(Status::Verified, format!("Verified on {}", in_words(check.on))),
            None => told(Status::Waiting, format!("Reported done on {}, not verified", in_words(done.on))),
        };
    }
    if due < today {
        let late = counted((today - due).get_days(), "day", "days");
        return told(Status::Overdue, format!("Due by {}, {late} ago", in_words(due)));
    }
    if action.start > today {
        return told(Status::NotStarted, format!("Starts on {}", in_words(action.start)));
    }
    let newest = action.newest_progress();
    let said_on = newest.map_or(action.start, |said| said.on);
    let silent = (today - said_on).get_days();
    if silent > STALLED_AFTER_DAYS {
        return told(
            Status::Stalled,
            format!("Nothing was said of it for {}", counted(silent, "day", "days")),
        );
    }
    match newest {
        Some(said) if said.confidence != Confidence::High => told(
            Status::AtRisk,
            format!("The lead’s confidence is {} since {}", said.confidence.code(), in_words(said_on)),
        ),
        Some(said) if !said.barrier.is_empty() => {
            told(Status::AtRisk, format!("Something stands in the way since {}", in_words(said_on)))
        }
        _ => told(Status::OnTrack, format!("Due by {}", in_words(due))),
    }
}

/// The status shown: the one set by hand where it counts, else the rule's. A better one counts once a second person approved
/// it; one that is no better needs nobody.
pub fn shown(action: &PlanAction, today: Date) -> Status {
    let told = by_rule(action, today).status;
    match &action.manual {
        Some(manual) if counts(manual, told) => manual.status,
        _ => told,
    }
}

/// Whether a status by hand counts beside what the rule says.
pub fn counts(manual: &ManualStatus, told: Status) -> bool {
    manual.status >= told || manual.approved.is_some()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use vocabulary::id::UserId;

    use super::super::{Check, DoneReport, Progress, Revision, RevisionAnswer, SuccessMeasure};
    use super::*;
    use crate::register::Stamp;

    fn stamp(day: &str) -> Stamp {
        let at = format!("{day}T12:00:00Z").parse().expect("a moment");
        Stamp { by: UserId(1), role: "head of service".into(), at }
    }

    fn action() -> PlanAction {
        PlanAction {
            id: vocabulary::id::PlanActionId(1),
            council: vocabulary::id::CouncilId(1),
            episode: vocabulary::id::EpisodeId(1),
            objective: vocabulary::id::ObjectiveId(1),
            number: 1,
            title: "Every strategy discussion has its health partner".into(),
            sources: Vec::new(),
            lead: UserId(1),
            post: "Head of safeguarding".into(),
            partner: None,
            start: date(2026, 3, 1),
            due: date(2026, 6, 30),
            revisions: Vec::new(),
            success: SuccessMeasure::default(),
            forum: "Improvement board".into(),
            progress: Vec::new(),
            done: None,
            checks: Vec::new(),
            manual: None,
            version: 1,
            stamp: stamp("2026-02-01"),
        }
    }

    fn said(confidence: Confidence, barrier: &str, day: &str) -> Progress {
        Progress {
            on: day.parse().expect("a day"),
            note: "Two trained".into(),
            confidence,
            barrier: barrier.into(),
            stamp: stamp(day),
        }
    }

    #[test]
    fn a_later_day_counts_only_once_the_board_agreed_to_it() {
        let today = date(2026, 7, 10);
        let mut late = action();
        assert_eq!(by_rule(&late, today).why, "Due by 30 June 2026, 10 days ago");
        late.revisions.push(Revision {
            to: date(2026, 9, 30),
            reason: "Two posts vacant".into(),
            asked: stamp("2026-06-20"),
            answer: None,
        });
        assert_eq!(by_rule(&late, today).status, Status::Overdue, "asked is not agreed");
        let answer = |agreed| RevisionAnswer { agreed, reason: "No".into(), stamp: stamp("2026-07-01") };
        late.revisions[0].answer = Some(answer(false));
        assert_eq!(by_rule(&late, today).status, Status::Overdue, "refused, it stays overdue");
        late.revisions[0].answer = Some(answer(true));
        late.progress.push(said(Confidence::High, "", "2026-07-05"));
        assert_eq!(by_rule(&late, today).status, Status::OnTrack);
        assert_eq!((late.due_now(), late.slipped_days()), (date(2026, 9, 30), 92));
        assert_eq!(late.due, date(2026, 6, 30), "the first day stays on record");
    }

    #[test]
    fn silence_low_confidence_and_barriers_are_told_apart() {
        let today = date(2026, 5, 10);
        let mut running = action();
        assert_eq!(by_rule(&running, today).why, "Nothing was said of it for 70 days");
        running.progress.push(said(Confidence::High, "", "2026-04-20"));
        assert_eq!(by_rule(&running, today).status, Status::OnTrack);
        running.progress.push(said(Confidence::Medium, "", "2026-05-02"));
        assert_eq!(by_rule(&running, today).why, "The lead’s confidence is medium since 2 May 2026");
        running.progress.push(said(Confidence::High, "The police cannot attend", "2026-05-04"));
        assert_eq!(by_rule(&running, today).status, Status::AtRisk);
        assert_eq!(by_rule(&running, date(2026, 2, 20)).status, Status::NotStarted);
    }

    #[test]
    fn done_is_not_verified_and_verified_may_fall_back() {
        let today = date(2026, 7, 10);
        let mut done = action();
        let on = date(2026, 6, 20);
        done.done = Some(DoneReport { on, evidence: "Rota of May".into(), stamp: stamp("2026-06-20") });
        assert_eq!(by_rule(&done, today).status, Status::Waiting);
        let check = |on, holds| Check { on, holds, finding: "Ten cases".into(), stamp: stamp("2026-07-01") };
        done.checks.push(check(date(2026, 7, 1), true));
        assert!(done.is_verified());
        assert_eq!(by_rule(&done, today).status, Status::Verified);
        done.checks.push(check(date(2026, 10, 1), false));
        assert_eq!(by_rule(&done, date(2026, 10, 2)).why, "Found on 1 October 2026 not to hold");
        assert!(!done.is_verified());
    }

    #[test]
    fn a_better_status_by_hand_needs_a_second_person_and_a_worse_one_nobody() {
        let today = date(2026, 7, 10);
        let mut late = action();
        let by_hand = |status, approved| ManualStatus {
            status,
            reason: "The partner was away".into(),
            stamp: stamp("2026-07-02"),
            approved,
        };
        late.manual = Some(by_hand(Status::OnTrack, None));
        assert_eq!(shown(&late, today), Status::Overdue);
        late.manual = Some(by_hand(Status::OnTrack, Some(stamp("2026-07-03"))));
        assert_eq!(shown(&late, today), Status::OnTrack);
        late.manual = Some(by_hand(Status::FellBack, None));
        assert_eq!(shown(&late, today), Status::FellBack);
    }

    #[test]
    fn every_status_reads_back_from_its_code_and_stands_in_the_printed_rule() {
        for status in Status::ALL {
            assert_eq!(Status::parse(status.code()), Some(status));
            assert!(RULE.contains(status.words()), "{}", status.words());
        }
    }
}
