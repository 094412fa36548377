//! What falls due, computed from the programme's facts as at a day: a schedule for each live duty, and whether bodies
//! meet as often as the document says.

use std::collections::{BTreeMap, HashMap};

use improvement::cadence::{
    Cadence, CadenceFacts, CadenceRule, CadenceStart, CadenceVariation, InquorateMeetings, Meeting, cadence,
};
use improvement::occurrence::{
    self, DutyFacts, Horizon, InForce, LocalInterval, Mark, OccurrenceKey, Revision, Rule, RuleSource,
    Schedule,
};
use improvement::register::{
    Event, EventKind, EventState, Obligation, ObligationState, Origin, VariationState,
};
use improvement::timing::{AnchorKind, Timing, TimingKind};
use jiff::civil::Date;
use vocabulary::id::{InstrumentId, ObligationId};
use vocabulary::party::Party;
use vocabulary::working_days::england_and_wales;

use crate::programme::Programme;
use crate::surroundings::london_day;

/// The computed calendar of a programme.
#[derive(Debug, Default)]
pub struct Calendar {
    /// What falls due of each duty that counts, and of each suggestion as a preview.
    pub schedules: HashMap<ObligationId, Schedule>,
    /// Whether the body of each meeting duty meets as often as it must.
    pub cadences: Vec<(ObligationId, Cadence)>,
}

impl Calendar {
    /// The calendar of a programme as at a day.
    pub fn of(programme: &Programme, as_at: Date) -> Self {
        let mut calendar = Self::default();
        for row in programme.obligations.iter().filter(|row| row.state.counts() || row.confirmed.is_none()) {
            let facts = Facts::of(programme, row);
            let schedule = facts.schedule(row, as_at);
            calendar.schedules.insert(row.id, schedule);
            if row.state.counts() && facts.performed_by == Some(occurrence::EventKind::Meeting) {
                calendar.cadences.push((row.id, facts.cadence(programme, row, as_at)));
            }
        }
        calendar.keep_rules_in_force(programme);
        calendar
    }

    /// A cadence that is only confirmed, not yet signed, says nothing while another is in force.
    fn keep_rules_in_force(&mut self, programme: &Programme) {
        let in_force = |id: ObligationId| {
            programme.obligation(id).is_some_and(|row| row.state == ObligationState::InForce)
        };
        if self.cadences.iter().any(|(row, _)| in_force(*row)) {
            self.cadences.retain(|(row, _)| in_force(*row));
        }
    }

    /// What falls due of a duty.
    pub fn schedule(&self, row: ObligationId) -> Option<&Schedule> {
        self.schedules.get(&row)
    }
}

/// The facts of one duty, gathered from the programme.
struct Facts {
    rules: Vec<Rule>,
    in_force: InForce,
    anchors: BTreeMap<AnchorKind, occurrence::Anchor>,
    events: Vec<occurrence::Event>,
    performed_by: Option<occurrence::EventKind>,
    local_intervals: Vec<LocalInterval>,
    revisions: Vec<Revision>,
    marks: BTreeMap<OccurrenceKey, Vec<Mark>>,
}

impl Facts {
    fn of(programme: &Programme, row: &Obligation) -> Self {
        let carrier = carrier(programme, row);
        let instrument = programme.instrument(carrier);
        let events = programme.events.iter().filter(|event| event.episode == row.episode);
        let anchors = anchors(programme, carrier);
        let issued = anchors.get(&AnchorKind::Issued).and_then(|anchor| anchor.on.day());
        Self {
            rules: rules(programme, row),
            in_force: InForce {
                // What happened before a document was issued is not for its duties, signed or not.
                from: instrument.and_then(|instrument| instrument.in_force_from).or(issued),
                to: instrument.and_then(|instrument| instrument.in_force_to),
            },
            anchors,
            events: events.map(event).collect(),
            performed_by: performed_by(row),
            local_intervals: local_intervals(programme, row),
            revisions: revisions(programme, row),
            marks: marks(programme, row),
        }
    }

    fn schedule(&self, row: &Obligation, as_at: Date) -> Schedule {
        let facts = DutyFacts {
            modality: row.modality,
            rules: &self.rules,
            in_force: self.in_force,
            anchors: &self.anchors,
            events: &self.events,
            performed_by: self.performed_by.clone(),
            tied_to: None,
            local_intervals: &self.local_intervals,
            revisions: &self.revisions,
            marks: &self.marks,
            calendar: england_and_wales(),
        };
        occurrence::schedule(&facts, as_at, Horizon::all_until_a_year_after(as_at))
    }

    fn cadence(&self, programme: &Programme, row: &Obligation, as_at: Date) -> Cadence {
        let agreed: Vec<CadenceVariation> = agreed_intervals(programme, row).collect();
        let own = self.rules.iter().filter(|rule| !matches!(rule.source, RuleSource::Variation(_)));
        let rules: Vec<CadenceRule> = own
            .filter_map(|rule| {
                Some(CadenceRule {
                    effective_from: rule.effective_from,
                    every: rule.timing.every?,
                    at_most: rule.timing.at_most,
                    source: rule.source,
                })
            })
            .collect();
        let meetings: Vec<Meeting> = board_meetings(programme, row).map(meeting).collect();
        cadence(
            &CadenceFacts {
                rules: &rules,
                variations: &agreed,
                start: self.start(),
                meetings: &meetings,
                inquorate: InquorateMeetings::Count,
                ended_on: self.in_force.to,
                calendar: england_and_wales(),
            },
            as_at,
        )
    }

    fn start(&self) -> Option<CadenceStart> {
        let known = [AnchorKind::Commenced, AnchorKind::Issued, AnchorKind::Dated];
        known.into_iter().find_map(|kind| {
            let anchor = self.anchors.get(&kind)?;
            Some(CadenceStart { on: anchor.on.day()?, anchor: kind, inferred: true })
        })
    }
}

/// The instrument whose clocks a duty runs on: for a recommendation, the notice that incorporates the report.
fn carrier(programme: &Programme, row: &Obligation) -> InstrumentId {
    match &row.origin {
        Origin::Incorporated { instrument } if programme.instrument(*instrument).is_some() => *instrument,
        _ => row.instrument,
    }
}

fn rules(programme: &Programme, row: &Obligation) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut from = None;
    let mut source = RuleSource::AsRead;
    for former in &row.former_timings {
        rules.push(Rule { effective_from: from, timing: former.timing.clone(), source });
        (from, source) = (Some(former.until), RuleSource::Edited);
    }
    rules.push(Rule { effective_from: from, timing: row.timing.clone(), source });
    for agreed in agreed_intervals(programme, row) {
        let timing = Timing { every: Some(agreed.every), ..row.timing.clone() };
        let effective_from = Some(agreed.effective_from);
        rules.push(Rule { effective_from, timing, source: RuleSource::Variation(agreed.id) });
    }
    rules
}

fn agreed_intervals<'a>(
    programme: &'a Programme,
    row: &'a Obligation,
) -> impl Iterator<Item = CadenceVariation> + 'a {
    agreed(programme, row).filter_map(|variation| {
        Some(CadenceVariation {
            id: variation.id,
            agreed_on: london_day(variation.answered.as_ref()?.at),
            effective_from: variation.effective_from?,
            every: variation.every?,
            at_most: row.timing.at_most,
        })
    })
}

fn agreed<'a>(
    programme: &'a Programme,
    row: &'a Obligation,
) -> impl Iterator<Item = &'a improvement::register::Variation> {
    let of_row = programme.variations.iter().filter(|variation| variation.obligation == row.id);
    of_row.filter(|variation| variation.state == VariationState::Agreed)
}

fn revisions(programme: &Programme, row: &Obligation) -> Vec<Revision> {
    let key = match row.timing.dates.first() {
        Some(date) if row.timing.kind == TimingKind::OneOffAbsolute => OccurrenceKey::Date(*date),
        _ => OccurrenceKey::Once,
    };
    let revision = |variation: &improvement::register::Variation| {
        Some(Revision {
            id: variation.id,
            key: key.clone(),
            agreed_on: london_day(variation.answered.as_ref()?.at),
            due: variation.due_on?,
        })
    };
    agreed(programme, row).filter_map(revision).collect()
}

fn anchors(programme: &Programme, instrument: InstrumentId) -> BTreeMap<AnchorKind, occurrence::Anchor> {
    let standing = programme.anchors.iter().filter(|a| a.instrument == instrument && !a.replaced);
    let known = |anchor: &improvement::register::Anchor| {
        let known =
            occurrence::Anchor { on: anchor.on, source: anchor.source.clone(), inferred: anchor.as_read };
        (anchor.kind, known)
    };
    standing.map(known).collect()
}

fn local_intervals(programme: &Programme, row: &Obligation) -> Vec<LocalInterval> {
    let of_row = programme.interval_settings.iter().filter(|setting| setting.obligation == row.id);
    let local = |setting: &improvement::register::IntervalSetting| LocalInterval {
        from: setting.decided_on,
        every: setting.every,
        at_most: false,
        set_by: improvement::words::party_in_words(&setting.set_by),
    };
    of_row.map(local).collect()
}

fn marks(programme: &Programme, row: &Obligation) -> BTreeMap<OccurrenceKey, Vec<Mark>> {
    let mut marks: BTreeMap<OccurrenceKey, Vec<Mark>> = BTreeMap::new();
    for mark in programme.marks.iter().filter(|mark| answers(row, mark.obligation)) {
        if let Some(key) = OccurrenceKey::parse(&mark.occurrence) {
            marks.entry(key).or_default().push(Mark::Met { on: mark.met_on, by: mark.id.clone() });
        }
    }
    marks
}

/// One piece of evidence answers every row marked as the same duty.
fn answers(row: &Obligation, marked: ObligationId) -> bool {
    row.id == marked || row.same_as.contains(&marked)
}

/// The kind of event that is the doing of a recurring duty.
fn performed_by(row: &Obligation) -> Option<occurrence::EventKind> {
    if row.timing.kind != TimingKind::Recurring || row.timing.event.is_some() || row.timing.every.is_none() {
        return None;
    }
    let words = row.text.to_lowercase();
    let falls_on = |party: Party| row.bearers.contains(&party);
    if falls_on(Party::BOARD) && words.contains("meet") {
        Some(occurrence::EventKind::Meeting)
    } else if words.contains("review") && (falls_on(Party::DEPARTMENT) || falls_on(Party::ADVISER)) {
        Some(occurrence::EventKind::Review)
    } else {
        None
    }
}

fn event(event: &Event) -> occurrence::Event {
    occurrence::Event {
        id: event.id.to_string(),
        kind: match event.kind {
            EventKind::Meeting => occurrence::EventKind::Meeting,
            EventKind::Review => occurrence::EventKind::Review,
            EventKind::Visit => occurrence::EventKind::Visit,
        },
        on: vocabulary::date::PartialDate::Day(event.on),
        state: state(event.state),
    }
}

fn state(state: EventState) -> occurrence::EventState {
    match state {
        EventState::Planned => occurrence::EventState::Planned,
        EventState::Held => occurrence::EventState::Held,
        EventState::Cancelled => occurrence::EventState::Cancelled,
    }
}

fn board_meetings<'a>(programme: &'a Programme, row: &'a Obligation) -> impl Iterator<Item = &'a Event> {
    let meetings = programme.events.iter().filter(|event| event.kind == EventKind::Meeting);
    meetings.filter(|event| event.episode == row.episode && event.body == Party::BOARD)
}

fn meeting(event: &Event) -> Meeting {
    Meeting { id: event.id.to_string(), on: event.on, state: state(event.state), quorate: event.quorate }
}
