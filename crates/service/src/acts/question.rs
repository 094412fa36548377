//! Deciding what the document leaves open: questions, sentences, the days that clocks run from.

use improvement::reading::PassageKind;
use improvement::register::{Anchor, Instrument, OpenQuestion, PassageDecision, QuestionDecision};
use improvement::timing::AnchorKind;
use serde::Serialize;
use serde_json::json;
use vocabulary::date::PartialDate;
use vocabulary::id::{AnchorId, InstrumentId, QuestionId};

use super::{Seen, short};
use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Decides a question, with a reason that is kept.
#[derive(Debug, Serialize)]
pub struct DecideQuestion {
    /// The question, as seen.
    pub question: Seen<QuestionId>,
    /// The answer.
    pub answer: String,
    /// Why.
    pub reason: String,
}

impl Act for DecideQuestion {
    const KIND: &'static str = "decide-question";
    const ACTION: Action = Action::DecideQuestion;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.answer, 500, "answer", "the decision");
        problems.require_text(&self.reason, 1_000, "reason", "the reason");
        problems.refuse_any()?;
        let mut question: OpenQuestion = performing.find_seen(&self.question, "This question").await?;
        let before = question.decision.clone();
        question.decision = Some(QuestionDecision {
            answer: self.answer.trim().to_owned(),
            reason: self.reason.trim().to_owned(),
            stamp: performing.stamp(),
        });
        performing.transaction.update(&mut question).await?;
        Ok(Applied {
            outcome: (),
            thing: "open_question",
            thing_id: question.id.to_string(),
            summary: format!("Decided a question: {}", short(&self.answer)),
            detail: json!({ "before": before, "answer": self.answer, "reason": self.reason }),
            happened_on: None,
        })
    }
}

/// Says what a sentence is, where the reading is wrong or silent.
#[derive(Debug, Serialize)]
pub struct ClassifyPassage {
    /// The document.
    pub instrument: InstrumentId,
    /// The passage's first byte.
    pub at: usize,
    /// What it is.
    pub kind: PassageKind,
    /// Why.
    pub reason: String,
}

impl Act for ClassifyPassage {
    const KIND: &'static str = "classify-passage";
    const ACTION: Action = Action::ClassifyPassage;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let instrument: Instrument = performing.find(self.instrument).await?;
        let passage = instrument.passages.iter().find(|passage| passage.span[0] == self.at);
        let passage = passage.ok_or(Refusal::NotFound)?;
        if self.kind == PassageKind::Duty {
            return Err(Refusal::invalid("kind", "Add the duty that the sentence carries instead."));
        }
        let mut problems = Problems::default();
        problems.require_text(&self.reason, 500, "reason", "the reason");
        problems.refuse_any()?;
        let key = format!("{}-{:08}", instrument.id, self.at);
        let standing: Option<PassageDecision> = performing.transaction.find(performing.scope, &key).await?;
        let line = passage.line;
        let decision = PassageDecision {
            id: key,
            council: instrument.council,
            episode: instrument.episode,
            instrument: instrument.id,
            at: self.at,
            kind: self.kind,
            reason: self.reason.trim().to_owned(),
            version: standing.as_ref().map_or(1, |standing| standing.version),
            stamp: performing.stamp(),
        };
        match standing {
            None => performing.transaction.insert(&decision).await?,
            Some(_) => performing.transaction.update(&mut { decision }).await?,
        }
        Ok(Applied {
            outcome: (),
            thing: "instrument",
            thing_id: instrument.id.to_string(),
            summary: format!("Settled the sentence on line {line}"),
            detail: json!({ "at": self.at, "kind": self.kind, "reason": self.reason }),
            happened_on: None,
        })
    }
}

/// Enters the day a clock runs from, with its evidence. A later entry takes the place of an earlier one.
#[derive(Debug, Serialize)]
pub struct EnterAnchor {
    /// The document whose clocks it starts.
    pub instrument: InstrumentId,
    /// Which event.
    pub kind: AnchorKind,
    /// The day, as exactly as it is known.
    pub on: PartialDate,
    /// Where the date comes from.
    pub source: String,
}

impl Act for EnterAnchor {
    const KIND: &'static str = "enter-anchor";
    const ACTION: Action = Action::EnterAnchor;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.source, 300, "source", "where the date comes from");
        problems.require(
            self.on.first_day().is_some(),
            "on",
            "Enter the year: a day without its year cannot start a clock.",
        );
        problems.require(
            self.on.first_day().is_none_or(|day| day <= performing.today) || self.kind == AnchorKind::Ended,
            "on",
            "Enter a day that has come: a clock runs from an event that happened.",
        );
        problems.refuse_any()?;
        let instrument: Instrument = performing.find(self.instrument).await?;
        let standing: Vec<Anchor> = performing.transaction.list(performing.scope).await?;
        let mut before = None;
        for mut anchor in standing {
            if anchor.instrument == instrument.id && anchor.kind == self.kind && !anchor.replaced {
                before = Some(anchor.on);
                anchor.replaced = true;
                performing.transaction.update(&mut anchor).await?;
            }
        }
        let anchor = Anchor {
            id: AnchorId(performing.chance.id()?),
            council: instrument.council,
            episode: instrument.episode,
            instrument: instrument.id,
            kind: self.kind,
            on: self.on,
            source: self.source.trim().to_owned(),
            as_read: false,
            replaced: false,
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&anchor).await?;
        Ok(Applied {
            outcome: (),
            thing: "instrument",
            thing_id: instrument.id.to_string(),
            summary: format!(
                "Entered {} as the day the document was {}",
                self.on.in_words(),
                anchor_word(self.kind)
            ),
            detail: json!({ "kind": self.kind, "before": before, "on": self.on, "source": self.source }),
            happened_on: self.on.day().filter(|day| *day <= performing.today),
        })
    }
}

/// What happened to the document on the anchor's day, after "the document was".
pub fn anchor_word(kind: AnchorKind) -> &'static str {
    match kind {
        AnchorKind::Issued => "issued",
        AnchorKind::Dated => "dated",
        AnchorKind::Received => "received",
        AnchorKind::Commenced => "commenced",
        AnchorKind::Published => "published",
        AnchorKind::Judged => "judged upon",
        AnchorKind::Visit => "followed by a visit",
        AnchorKind::Meeting => "first taken by the board",
        AnchorKind::Review => "reviewed",
        AnchorKind::Ended => "ended",
    }
}
