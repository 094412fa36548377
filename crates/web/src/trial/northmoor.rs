//! Northmoor's programme: a signed notice, one duty overdue, one due soon, one without its start, one row suggested, one
//! question, one variation that waits, one partner, two meetings.

use std::sync::Arc;

use improvement::reading::{BearerRule, Document, DocumentKind, Modality, Question, ReadClause};
use improvement::register::{
    Council, Episode, EpisodeState, Event, EventKind, EventState, Instrument, InstrumentState, Obligation,
    ObligationState, OccurrenceMark, OpenQuestion, Origin, Partner, Stamp, Variation, VariationState,
};
use improvement::timing::{AnchorKind, Timing, TimingKind};
use jiff::civil::{Date, date};
use service::{Calendar, Programme};
use vocabulary::date::PartialDate;
use vocabulary::id::{MeetingId, ObligationId, PartnerId, QuestionId, VariationId};
use vocabulary::interval::{Interval, Unit};
use vocabulary::party::Party;

use super::{COUNCIL, EPISODE, MAKER, NOTICE, TODAY};

fn stamp() -> Stamp {
    Stamp {
        by: MAKER,
        role: "programme manager".into(),
        at: "2026-01-05T09:00:00Z".parse().expect("a moment"),
    }
}

/// A duty of the notice, in force; tests change what they need.
fn duty(number: u128, reference: &str, text: &str, bearer: Party, timing: Timing) -> Obligation {
    Obligation {
        id: ObligationId(100 + number),
        council: COUNCIL,
        episode: EPISODE,
        instrument: NOTICE,
        position: i64::try_from(number).expect("a small number"),
        reference: reference.to_owned(),
        text: text.to_owned(),
        line: 1,
        span: [0, 10],
        bearers: vec![bearer],
        bearer_rule: BearerRule::All,
        counterparties: Vec::new(),
        modality: Modality::Must,
        timing,
        evidence: Vec::new(),
        theme: "governance".into(),
        confidence: 1.0,
        flags: Vec::new(),
        cues: Vec::new(),
        state: ObligationState::InForce,
        origin: Origin::Read,
        same_as: Vec::new(),
        reason: String::new(),
        owner: None,
        confirmed: Some(stamp()),
        former_timings: Vec::new(),
        version: 1,
        stamp: stamp(),
    }
}

/// Once, on a printed date.
fn on(day: PartialDate) -> Timing {
    Timing { kind: TimingKind::OneOffAbsolute, dates: vec![day], ..Timing::default() }
}

fn duties() -> Vec<Obligation> {
    let every_four_weeks = Timing {
        kind: TimingKind::Recurring,
        every: Some(Interval::new(4, Unit::Weeks)),
        at_most: true,
        ..Timing::default()
    };
    let after_receipt = Timing {
        kind: TimingKind::OneOffRelative,
        anchor: Some(AnchorKind::Received),
        offset: Some(Interval::new(6, Unit::Weeks)),
        ..Timing::default()
    };
    let july = PartialDate::Month { year: 2026, month: 7 };
    let mut suggested = duty(6, "6", "The council reviews its caseloads.", Party::COUNCIL, Timing::default());
    suggested.state = ObligationState::Suggested;
    suggested.confirmed = None;
    let plan = "The council agrees an improvement plan with its partners.";
    vec![
        duty(1, "1.a", "The board meets at least every 4 weeks.", Party::BOARD, every_four_weeks),
        duty(2, "2", plan, Party::COUNCIL, on(PartialDate::Day(date(2026, 3, 31)))),
        duty(
            3,
            "3",
            "Partners share what the board asks for.",
            Party::PARTNERS,
            on(PartialDate::Day(date(2026, 6, 25))),
        ),
        duty(4, "4", "The council appoints an adviser.", Party::COUNCIL, after_receipt),
        duty(5, "5", "The Department reviews progress in July.", Party::DEPARTMENT, on(july)),
        suggested,
    ]
}

/// The words of the notice.
pub const TEXT: &str = "1.a The board will meet at least every 4 weeks.\n2 An improvement plan will be agreed by 31 March 2026.\n";

fn notice() -> Instrument {
    let clause = |reference: &str, from: usize, to: usize| ReadClause {
        reference: reference.to_owned(),
        label: reference.to_owned(),
        heading: None,
        span: [from, to],
        line: 1,
    };
    let line_end = TEXT.find('\n').expect("a first line");
    Instrument {
        id: NOTICE,
        council: COUNCIL,
        episode: EPISODE,
        document: Document { kind: DocumentKind::ImprovementNotice, ..Document::default() },
        title: "Improvement notice to Northmoor".into(),
        state: InstrumentState::InForce,
        file_hash: "00".repeat(32),
        file_name: "notice.pdf".into(),
        file_kind: "pdf".into(),
        warnings: Vec::new(),
        clauses: vec![clause("1.a", 0, line_end), clause("2", line_end + 1, TEXT.len() - 1)],
        passages: Vec::new(),
        recommendations: Vec::new(),
        findings: Vec::new(),
        signed: Some(stamp()),
        in_force_from: Some(date(2026, 1, 5)),
        in_force_to: None,
        version: 1,
        stamp: stamp(),
    }
}

fn meeting(id: u128, day: Date, state: EventState) -> Event {
    Event {
        id: MeetingId(id),
        council: COUNCIL,
        episode: EPISODE,
        kind: EventKind::Meeting,
        body: Party::BOARD,
        on: day,
        state,
        quorate: (state == EventState::Held).then_some(true),
        note: "Town hall".into(),
        version: 1,
        stamp: stamp(),
    }
}

/// Northmoor's programme: a signed notice, one duty overdue, one due soon, one without its start, one row suggested,
/// one question, one variation that waits, one partner, two meetings.
pub fn programme() -> Programme {
    let mut programme = Programme {
        council: Council {
            id: COUNCIL,
            name: "Northmoor Council".into(),
            contact: "improvement@northmoor.example".into(),
        },
        episodes: vec![Episode {
            id: EPISODE,
            council: COUNCIL,
            title: "Improvement notice, January 2026".into(),
            state: EpisodeState::Open,
            lifted: None,
            version: 1,
            stamp: stamp(),
        }],
        instruments: vec![notice()],
        texts: [(NOTICE, Arc::from(TEXT))].into(),
        links: Vec::new(),
        obligations: duties(),
        anchors: Vec::new(),
        questions: vec![question()],
        passage_decisions: Vec::new(),
        variations: vec![variation()],
        interval_settings: Vec::new(),
        marks: Vec::new(),
        events: vec![
            meeting(20, date(2026, 5, 20), EventState::Held),
            meeting(21, date(2026, 6, 16), EventState::Planned),
        ],
        objectives: Vec::new(),
        plan_actions: Vec::new(),
        risks: Vec::new(),
        partners: vec![partner()],
        escalations: Vec::new(),
        names: [(MAKER, "Priya Nair".to_owned())].into(),
        calendar: Calendar::default(),
        as_at: TODAY,
        generation: 0,
    };
    programme.calendar = Calendar::of(&programme, TODAY);
    programme
}

fn question() -> OpenQuestion {
    OpenQuestion {
        id: QuestionId(30),
        council: COUNCIL,
        episode: EPISODE,
        instrument: NOTICE,
        question: Question {
            kind: "anchor-missing".into(),
            text: "On which day did the council receive the notice?".into(),
            span: [0, 4],
            candidates: Vec::new(),
        },
        decision: None,
        version: 1,
        stamp: stamp(),
    }
}

fn variation() -> Variation {
    Variation {
        id: VariationId(40),
        council: COUNCIL,
        episode: EPISODE,
        obligation: ObligationId(101),
        from_rule: "At least every 4 weeks".into(),
        every: Some(Interval::new(6, Unit::Weeks)),
        due_on: None,
        reason: "The board asks to meet less often.".into(),
        asked_on: date(2026, 6, 1),
        approver: Party::DEPARTMENT,
        state: VariationState::Asked,
        effective_from: None,
        answer: String::new(),
        answered: None,
        version: 1,
        stamp: stamp(),
    }
}

/// A mark that a duty's date of 31 March was met, which nobody verified yet.
pub fn mark(duty: u128) -> OccurrenceMark {
    OccurrenceMark {
        id: format!("{}-date:2026-03-31", ObligationId(duty)),
        council: COUNCIL,
        episode: EPISODE,
        obligation: ObligationId(duty),
        occurrence: "date:2026-03-31".into(),
        met_on: date(2026, 3, 30),
        evidence: "Minute 4".into(),
        verified: None,
        version: 1,
        stamp: stamp(),
    }
}

fn partner() -> Partner {
    Partner {
        id: PartnerId(50),
        council: COUNCIL,
        episode: EPISODE,
        name: "Northmoor Primary Care Trust".into(),
        basis: "The chair’s choice".into(),
        on_board: true,
        from: date(2026, 1, 5),
        to: None,
        version: 1,
        stamp: stamp(),
    }
}
