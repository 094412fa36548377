//! Bringing a document in, linking it into the chain, and signing the register of its duties.

use improvement::reading::{BearerRule, Modality, Reading, SuggestedObligation};
use improvement::register::{
    Anchor, Episode, EpisodeState, Instrument, InstrumentLink, InstrumentState, Obligation, ObligationState,
    OpenQuestion, Origin, PassageDecision, Relation,
};
use improvement::timing::{AnchorKind, Timing, TimingKind};
use serde::Serialize;
use serde_json::json;
use vocabulary::date::PartialDate;
use vocabulary::id::{AnchorId, EpisodeId, InstrumentId, ObligationId, QuestionId};
use vocabulary::party::Party;

use super::{Seen, short};
use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};

/// Opens an intervention.
#[derive(Debug, Serialize)]
pub struct OpenEpisode {
    /// What people will call it.
    pub title: String,
}

impl Act for OpenEpisode {
    const KIND: &'static str = "open-episode";
    const ACTION: Action = Action::OpenEpisode;
    type Outcome = EpisodeId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<EpisodeId>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.title, 120, "title", "a title");
        problems.refuse_any()?;
        let episode = Episode {
            id: EpisodeId(performing.chance.id()?),
            council: performing.actor.council,
            title: self.title.trim().to_owned(),
            state: EpisodeState::Open,
            lifted: None,
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&episode).await?;
        Ok(Applied {
            outcome: episode.id,
            thing: "episode",
            thing_id: episode.id.to_string(),
            summary: format!("Opened the intervention “{}”", episode.title),
            detail: json!({ "title": episode.title }),
            happened_on: None,
        })
    }
}

/// Brings a document in: keeps its text for ever and its reading as suggestions.
#[derive(Debug, Serialize)]
pub struct BringInInstrument {
    /// The intervention.
    pub episode: EpisodeId,
    /// The file's name as uploaded.
    pub file_name: String,
    /// The file's kind by its content.
    pub file_kind: String,
    /// SHA-256 of its bytes, in hexadecimal; the bytes are kept under it.
    pub file_hash: String,
    /// The extracted text.
    pub text: String,
    /// What the extraction warned about.
    pub warnings: Vec<String>,
    /// The reading.
    #[serde(skip)]
    pub reading: Reading,
}

impl Act for BringInInstrument {
    const KIND: &'static str = "bring-in-instrument";
    const ACTION: Action = Action::BringInInstrument;
    type Outcome = InstrumentId;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<InstrumentId>, Refusal> {
        let episode: Episode = performing.find(self.episode).await?;
        let known: Vec<Instrument> = performing.transaction.list(performing.scope).await?;
        if let Some(same) = known.iter().find(|known| known.file_hash == self.file_hash) {
            return Err(Refusal::invalid(
                "file",
                format!(
                    "This file was brought in before, as “{}”. Reading it again changes nothing.",
                    same.title
                ),
            ));
        }
        let instrument = self.instrument(&episode, performing)?;
        performing.transaction.insert(&instrument).await?;
        performing.transaction.insert_text(instrument.id, &self.text).await?;
        for (position, suggested) in self.reading.obligations.iter().enumerate() {
            let row = suggested_row(suggested, &instrument, position, performing)?;
            performing.transaction.insert(&row).await?;
        }
        self.insert_questions(&instrument, performing).await?;
        self.insert_anchors(&instrument, performing).await?;
        Ok(Applied {
            outcome: instrument.id,
            thing: "instrument",
            thing_id: instrument.id.to_string(),
            summary: format!(
                "Brought in “{}”: {} duties suggested, {} questions",
                instrument.title,
                self.reading.obligations.len(),
                self.reading.questions.len()
            ),
            detail: json!({ "file_name": self.file_name, "file_hash": self.file_hash, "kind": instrument.document.kind }),
            happened_on: None,
        })
    }
}

impl BringInInstrument {
    fn instrument(&self, episode: &Episode, performing: &Performing<'_>) -> Result<Instrument, Refusal> {
        let document = self.reading.document.clone();
        let title = document.title.clone().filter(|title| !title.trim().is_empty());
        let mut title = title.unwrap_or_else(|| self.file_name.clone());
        if let Some(on) = document.issued_on.or(document.published_on) {
            title = format!("{title}, {}", on.in_words());
        }
        Ok(Instrument {
            id: InstrumentId(performing.chance.id()?),
            council: episode.council,
            episode: episode.id,
            document,
            title,
            state: InstrumentState::Draft,
            file_hash: self.file_hash.clone(),
            file_name: self.file_name.clone(),
            file_kind: self.file_kind.clone(),
            warnings: self.warnings.clone(),
            clauses: self.reading.clauses.clone(),
            passages: self.reading.passages.clone(),
            recommendations: self.reading.recommendations.clone(),
            findings: self.reading.findings.clone(),
            signed: None,
            in_force_from: None,
            in_force_to: None,
            version: 1,
            stamp: performing.stamp(),
        })
    }

    async fn insert_questions(
        &self,
        instrument: &Instrument,
        performing: &mut Performing<'_>,
    ) -> Result<(), Refusal> {
        for question in &self.reading.questions {
            let question = OpenQuestion {
                id: QuestionId(performing.chance.id()?),
                council: instrument.council,
                episode: instrument.episode,
                instrument: instrument.id,
                question: question.clone(),
                decision: None,
                version: 1,
                stamp: performing.stamp(),
            };
            performing.transaction.insert(&question).await?;
        }
        Ok(())
    }

    /// Dates that the document prints of itself; they wait for a person's confirmation like every reading.
    async fn insert_anchors(
        &self,
        instrument: &Instrument,
        performing: &mut Performing<'_>,
    ) -> Result<(), Refusal> {
        let document = &instrument.document;
        let printed = [
            (AnchorKind::Issued, document.issued_on),
            (AnchorKind::Dated, document.issued_on),
            (AnchorKind::Published, document.published_on),
            (AnchorKind::Visit, document.inspected_from.map(PartialDate::Day)),
        ];
        for (kind, on) in printed {
            let Some(on) = on else { continue };
            let anchor = Anchor {
                id: AnchorId(performing.chance.id()?),
                council: instrument.council,
                episode: instrument.episode,
                instrument: instrument.id,
                kind,
                on,
                source: "As printed in the document".into(),
                as_read: true,
                replaced: false,
                version: 1,
                stamp: performing.stamp(),
            };
            performing.transaction.insert(&anchor).await?;
        }
        Ok(())
    }
}

fn suggested_row(
    suggested: &SuggestedObligation,
    instrument: &Instrument,
    position: usize,
    performing: &Performing<'_>,
) -> Result<Obligation, Refusal> {
    Ok(Obligation {
        id: ObligationId(performing.chance.id()?),
        council: instrument.council,
        episode: instrument.episode,
        instrument: instrument.id,
        // Room between rows, so that the parts of a split stand in its place.
        position: i64::try_from(position).unwrap_or(i64::MAX / 2_000) * 1_000,
        reference: suggested.reference.clone(),
        text: suggested.text.clone(),
        line: suggested.line,
        span: suggested.span,
        bearers: suggested.bearers.clone(),
        bearer_rule: suggested.bearer_rule,
        counterparties: suggested.counterparties.clone(),
        modality: suggested.modality,
        timing: suggested.timing.clone(),
        evidence: suggested.evidence.clone(),
        theme: suggested.theme.clone(),
        confidence: suggested.confidence,
        flags: suggested.flags.clone(),
        cues: suggested.cues.clone(),
        state: ObligationState::Suggested,
        origin: Origin::Read,
        same_as: Vec::new(),
        reason: String::new(),
        owner: None,
        confirmed: None,
        former_timings: Vec::new(),
        version: 1,
        stamp: performing.stamp(),
    })
}

/// Links two instruments. A notice that incorporates a report makes each of its recommendations a suggested duty.
#[derive(Debug, Serialize)]
pub struct LinkInstruments {
    /// The later or outer instrument.
    pub from: InstrumentId,
    /// The earlier or inner one.
    pub to: InstrumentId,
    /// What it does.
    pub relation: Relation,
}

impl Act for LinkInstruments {
    const KIND: &'static str = "link-instruments";
    const ACTION: Action = Action::LinkInstruments;
    type Outcome = usize;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<usize>, Refusal> {
        let from: Instrument = performing.find(self.from).await?;
        let mut to: Instrument = performing.find(self.to).await?;
        let mut problems = Problems::default();
        problems.require(from.id != to.id, "to", "Choose another document: one cannot be linked to itself.");
        problems.require(from.episode == to.episode, "to", "Choose a document of the same intervention.");
        problems.refuse_any()?;
        let link = InstrumentLink {
            id: format!("{}-{}", from.id, to.id),
            council: from.council,
            episode: from.episode,
            from: from.id,
            to: to.id,
            relation: self.relation,
            version: 1,
            stamp: performing.stamp(),
        };
        performing.transaction.insert(&link).await?;
        let mut added = 0;
        match self.relation {
            Relation::Incorporates => added = incorporate(&from, &to, performing).await?,
            Relation::Replaces | Relation::Closes => {
                to.state = if self.relation == Relation::Replaces {
                    InstrumentState::Replaced
                } else {
                    InstrumentState::Ended
                };
                to.in_force_to = from.in_force_from.or(Some(performing.today));
                performing.transaction.update(&mut to).await?;
            }
            Relation::Amends | Relation::RunsBeside => {}
        }
        Ok(Applied {
            outcome: added,
            thing: "instrument",
            thing_id: from.id.to_string(),
            summary: format!("Recorded that “{}” {} “{}”", from.title, self.relation.verb(), to.title),
            detail: json!({ "to": to.id, "relation": self.relation, "duties_added": added }),
            happened_on: None,
        })
    }
}

async fn incorporate(
    notice: &Instrument,
    report: &Instrument,
    performing: &mut Performing<'_>,
) -> Result<usize, Refusal> {
    let first = performing.obligations_of(report).await?.len();
    for (offset, recommendation) in report.recommendations.iter().enumerate() {
        let line = report_line(report, recommendation.span[0]);
        let suggested = SuggestedObligation {
            reference: format!("Recommendation {}", recommendation.reference),
            text: recommendation.text.clone(),
            line,
            span: recommendation.span,
            bearers: vec![recommendation.addressee.clone().unwrap_or(Party::COUNCIL)],
            bearer_rule: BearerRule::All,
            counterparties: Vec::new(),
            modality: Modality::Must,
            timing: Timing { kind: TimingKind::Continuous, ..Timing::default() },
            evidence: Vec::new(),
            theme: "scope".into(),
            confidence: 0.9,
            flags: vec!["incorporated".into()],
            cues: Vec::new(),
        };
        let mut row = suggested_row(&suggested, report, first + offset, performing)?;
        row.origin = Origin::Incorporated { instrument: notice.id };
        performing.transaction.insert(&row).await?;
    }
    Ok(report.recommendations.len())
}

fn report_line(report: &Instrument, at: usize) -> usize {
    let before = report.passages.iter().take_while(|passage| passage.span[0] <= at).last();
    before.map_or(1, |passage| passage.line)
}

/// Signs the register of an instrument: the duties that others confirmed come into force.
#[derive(Debug, Serialize)]
pub struct SignRegister {
    /// The instrument, as seen.
    pub instrument: Seen<InstrumentId>,
    /// The first day its duties are in force.
    pub in_force_from: Option<jiff::civil::Date>,
}

impl Act for SignRegister {
    const KIND: &'static str = "sign-register";
    const ACTION: Action = Action::SignRegister;
    type Outcome = usize;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<usize>, Refusal> {
        let mut instrument: Instrument = performing.find_seen(&self.instrument, "The document").await?;
        let rows = performing.obligations_of(&instrument).await?;
        let waiting = rows.iter().filter(|row| row.state == ObligationState::Suggested).count();
        let confirmed: Vec<_> =
            rows.into_iter().filter(|row| row.state == ObligationState::Confirmed).collect();
        let open_passages = uncovered(&instrument, performing).await?;
        let mut problems = Problems::default();
        problems.require(
            waiting == 0,
            "rows",
            format!(
                "{waiting} suggested rows wait for a decision. Confirm or set aside each before signing."
            ),
        );
        problems.require(!confirmed.is_empty(), "rows", "No confirmed row waits for a signature.");
        problems.require(
            open_passages == 0,
            "passages",
            format!("{open_passages} sentences are not settled. Say for each what it is before signing."),
        );
        let from = self.in_force_from.unwrap_or(performing.today);
        problems.require(from <= performing.today, "in_force_from", "Enter a day that is not in the future.");
        problems.refuse_any()?;
        let by_signer = |row: &Obligation| {
            row.confirmed.as_ref().is_some_and(|stamp| stamp.by == performing.actor.person)
        };
        if confirmed.iter().any(by_signer) {
            return Err(Refusal::Separation(
                "You confirmed rows of this register, so somebody else must sign it.",
            ));
        }
        let count = confirmed.len();
        for mut row in confirmed {
            row.state = ObligationState::InForce;
            performing.transaction.update(&mut row).await?;
        }
        instrument.state = InstrumentState::InForce;
        instrument.in_force_from = Some(instrument.in_force_from.unwrap_or(from));
        instrument.signed = Some(performing.stamp());
        performing.transaction.update(&mut instrument).await?;
        Ok(Applied {
            outcome: count,
            thing: "instrument",
            thing_id: instrument.id.to_string(),
            summary: format!(
                "Signed the register of “{}”: {count} duties in force",
                short(&instrument.title)
            ),
            detail: json!({ "duties": count, "in_force_from": instrument.in_force_from }),
            happened_on: None,
        })
    }
}

/// Sentences that carry a duty by the reading but no row, and that nobody has settled.
async fn uncovered(instrument: &Instrument, performing: &mut Performing<'_>) -> Result<usize, Refusal> {
    let rows = performing.obligations_of(instrument).await?;
    let decisions: Vec<PassageDecision> = performing.transaction.list(performing.scope).await?;
    let decided: Vec<usize> =
        decisions.iter().filter(|d| d.instrument == instrument.id).map(|d| d.at).collect();
    Ok(crate::passages::unsettled(instrument, &rows, &decided).count())
}
