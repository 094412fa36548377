//! A small programme of an invented council, for the tests of these pages.

use improvement::reading::{BearerRule, Cue, Document, Modality};
use improvement::register::{
    Anchor, Council, Episode, EpisodeState, Event, EventKind, EventState, Instrument, InstrumentState,
    Obligation, ObligationState, OccurrenceMark, Origin, Stamp, Variation, VariationState,
};
use improvement::timing::{AnchorKind, Timing, TimingKind};
use jiff::civil::{Date, date};
use service::{Calendar, Programme};
use vocabulary::date::PartialDate;
use vocabulary::id::{
    AnchorId, CouncilId, EpisodeId, InstrumentId, MeetingId, ObligationId, UserId, VariationId,
};
use vocabulary::interval::{Interval, Unit};
use vocabulary::party::Party;

/// The day of the question.
pub const AS_AT: Date = date(2026, 6, 1);
const COUNCIL: CouncilId = CouncilId(1);
const EPISODE: EpisodeId = EpisodeId(2);
/// The notice.
pub const NOTICE: InstrumentId = InstrumentId(3);
const TEXT: &str = "1. The board must meet at least every 4 weeks. 1a. Before the board may alter how often it meets the Department has to agree. \
    2. The council must publish its plan by May 2026. 3. The council must report within 6 weeks of receipt. 4. The council should listen.";

/// Who recorded something, by number.
pub fn stamp(by: u128) -> Stamp {
    let at = "2026-03-02T09:00:00Z".parse().expect("a time");
    Stamp { by: UserId(by), role: "programme manager".to_owned(), at }
}

fn instrument() -> Instrument {
    Instrument {
        id: NOTICE,
        council: COUNCIL,
        episode: EPISODE,
        document: Document::default(),
        title: "Improvement notice, March 2026".to_owned(),
        state: InstrumentState::InForce,
        file_hash: String::new(),
        file_name: "notice.txt".to_owned(),
        file_kind: "txt".to_owned(),
        warnings: Vec::new(),
        clauses: Vec::new(),
        passages: Vec::new(),
        recommendations: Vec::new(),
        findings: Vec::new(),
        signed: Some(stamp(12)),
        in_force_from: Some(date(2026, 3, 2)),
        in_force_to: None,
        version: 1,
        stamp: stamp(11),
    }
}

fn duty(number: u128, reference: &str, words: &str, bearer: Party, timing: Timing) -> Obligation {
    let from = TEXT.find(words).expect("the words stand in the text");
    Obligation {
        id: ObligationId(100 + number),
        council: COUNCIL,
        episode: EPISODE,
        instrument: NOTICE,
        position: i64::try_from(number).expect("a small number"),
        reference: reference.to_owned(),
        text: words.to_owned(),
        line: 1,
        span: [from, from + words.len()],
        bearers: vec![bearer],
        bearer_rule: BearerRule::All,
        counterparties: Vec::new(),
        modality: Modality::Must,
        timing,
        evidence: vec!["minutes".to_owned()],
        theme: "governance".to_owned(),
        confidence: 0.9,
        flags: Vec::new(),
        cues: vec![Cue { field: "modality".to_owned(), text: "must".to_owned(), span: [from, from + 4] }],
        state: ObligationState::InForce,
        origin: Origin::Read,
        same_as: Vec::new(),
        reason: String::new(),
        owner: None,
        confirmed: Some(stamp(11)),
        former_timings: Vec::new(),
        version: 1,
        stamp: stamp(11),
    }
}

fn meeting(number: u128, on: Date, state: EventState) -> Event {
    Event {
        id: MeetingId(200 + number),
        council: COUNCIL,
        episode: EPISODE,
        kind: EventKind::Meeting,
        body: Party::BOARD,
        on,
        state,
        quorate: (state == EventState::Held).then_some(true),
        note: String::new(),
        version: 1,
        stamp: stamp(11),
    }
}

fn duties() -> Vec<Obligation> {
    let four_weeks = Timing {
        kind: TimingKind::Recurring,
        text: "at least every 4 weeks".to_owned(),
        every: Some(Interval::new(4, Unit::Weeks)),
        at_most: true,
        anchor: Some(AnchorKind::Issued),
        ..Timing::default()
    };
    let by_may = Timing {
        kind: TimingKind::OneOffAbsolute,
        text: "by May 2026".to_owned(),
        dates: vec![PartialDate::Month { year: 2026, month: 5 }],
        ..Timing::default()
    };
    let on_receipt = Timing {
        kind: TimingKind::OneOffRelative,
        text: "within 6 weeks of receipt".to_owned(),
        anchor: Some(AnchorKind::Received),
        offset: Some(Interval::new(6, Unit::Weeks)),
        ..Timing::default()
    };
    let mut rows = vec![
        duty(1, "1", "The board must meet at least every 4 weeks", Party::BOARD, four_weeks),
        duty(2, "2", "The council must publish its plan by May 2026", Party::COUNCIL, by_may),
        duty(3, "3", "The council must report within 6 weeks of receipt", Party::COUNCIL, on_receipt),
        duty(4, "4", "The council should listen", Party::COUNCIL, Timing::default()),
        duty(
            5,
            "1a",
            "Before the board may alter how often it meets the Department has to agree",
            Party::BOARD,
            Timing { kind: TimingKind::Conditional, ..Timing::default() },
        ),
    ];
    rows[1].owner = Some(UserId(11));
    rows[3].state = ObligationState::Suggested;
    rows[3].confirmed = None;
    rows[4].counterparties = vec![Party::DEPARTMENT];
    rows[4].state = ObligationState::NotADuty;
    rows
}

fn variation() -> Variation {
    Variation {
        id: VariationId(300),
        council: COUNCIL,
        episode: EPISODE,
        obligation: ObligationId(101),
        from_rule: "At least every 4 weeks".to_owned(),
        every: Some(Interval::new(6, Unit::Weeks)),
        due_on: None,
        reason: "The chair is away in the summer".to_owned(),
        asked_on: date(2026, 5, 20),
        approver: Party::DEPARTMENT,
        state: VariationState::Asked,
        effective_from: None,
        answer: String::new(),
        answered: None,
        version: 1,
        stamp: stamp(11),
    }
}

/// One notice with a cadence, a missed date, an undated duty and a suggestion, as at 1 June 2026.
pub fn programme() -> Programme {
    let issued = Anchor {
        id: AnchorId(400),
        council: COUNCIL,
        episode: EPISODE,
        instrument: NOTICE,
        kind: AnchorKind::Issued,
        on: PartialDate::Day(date(2026, 3, 2)),
        source: "the letter".to_owned(),
        as_read: false,
        replaced: false,
        version: 1,
        stamp: stamp(11),
    };
    let mut programme = Programme {
        council: Council {
            id: COUNCIL,
            name: "Northmoor Council".to_owned(),
            contact: "clerk@example.org".to_owned(),
        },
        episodes: vec![Episode {
            id: EPISODE,
            council: COUNCIL,
            title: "Improvement notice, March 2026".to_owned(),
            state: EpisodeState::Open,
            lifted: None,
            version: 1,
            stamp: stamp(11),
        }],
        instruments: vec![instrument()],
        texts: [(NOTICE, TEXT.into())].into(),
        links: Vec::new(),
        obligations: duties(),
        anchors: vec![issued],
        questions: Vec::new(),
        passage_decisions: Vec::new(),
        variations: vec![variation()],
        interval_settings: Vec::new(),
        marks: Vec::new(),
        events: vec![
            meeting(1, date(2026, 3, 30), EventState::Held),
            meeting(2, date(2026, 4, 28), EventState::Held),
            meeting(3, date(2026, 5, 20), EventState::Held),
            meeting(4, date(2026, 6, 22), EventState::Planned),
        ],
        objectives: Vec::new(),
        plan_actions: Vec::new(),
        risks: Vec::new(),
        partners: Vec::new(),
        escalations: Vec::new(),
        names: [(UserId(11), "Asha Rowe".to_owned()), (UserId(12), "Ben Holt".to_owned())].into(),
        calendar: Calendar::default(),
        as_at: AS_AT,
        generation: 9,
    };
    programme.calendar = Calendar::of(&programme, AS_AT);
    programme
}

/// The programme with the missed date marked as met, not yet verified.
pub fn marked() -> Programme {
    let mut programme = programme();
    programme.marks.push(OccurrenceMark {
        id: format!("{}-date:2026-05", ObligationId(102)),
        council: COUNCIL,
        episode: EPISODE,
        obligation: ObligationId(102),
        occurrence: "date:2026-05".to_owned(),
        met_on: date(2026, 5, 29),
        evidence: "Published plan, version 1".to_owned(),
        verified: None,
        version: 1,
        stamp: stamp(11),
    });
    programme.calendar = Calendar::of(&programme, AS_AT);
    programme
}
