//! A council's programme as one read model: every fact of its interventions, read in one pass under the viewer's scope
//! and kept in memory until the log grows. Pages and files are views of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use improvement::plan::{Objective, PlanAction, Risk};
use improvement::register::{
    Anchor, Council, Episode, Escalation, Event, Instrument, InstrumentLink, IntervalSetting, Obligation,
    OccurrenceMark, OpenQuestion, Partner, PassageDecision, Variation,
};
use jiff::civil::Date;
use store::{DataClass, Scope};
use vocabulary::id::{CouncilId, InstrumentId, ObligationId, UserId};

use crate::Service;
use crate::calendar::Calendar;
use crate::refusal::Refusal;

/// Every fact of a council's programme.
#[derive(Debug)]
pub struct Programme {
    /// The council.
    pub council: Council,
    /// Its interventions, oldest first.
    pub episodes: Vec<Episode>,
    /// Instruments, oldest first.
    pub instruments: Vec<Instrument>,
    /// Their extracted texts.
    pub texts: HashMap<InstrumentId, Arc<str>>,
    /// How they are linked.
    pub links: Vec<InstrumentLink>,
    /// Duties in the order of their documents.
    pub obligations: Vec<Obligation>,
    /// Days that clocks run from.
    pub anchors: Vec<Anchor>,
    /// Questions and decisions.
    pub questions: Vec<OpenQuestion>,
    /// What people said of sentences.
    pub passage_decisions: Vec<PassageDecision>,
    /// Variations asked for.
    pub variations: Vec<Variation>,
    /// Intervals that bodies set.
    pub interval_settings: Vec<IntervalSetting>,
    /// Instances marked as met.
    pub marks: Vec<OccurrenceMark>,
    /// Meetings, reviews and visits.
    pub events: Vec<Event>,
    /// The objectives of the plan, in order.
    pub objectives: Vec<Objective>,
    /// The actions of the plan, in order under their objectives.
    pub plan_actions: Vec<PlanAction>,
    /// Risks and issues, in order of their numbers.
    pub risks: Vec<Risk>,
    /// Partner agencies.
    pub partners: Vec<Partner>,
    /// Decisions about statutory powers.
    pub escalations: Vec<Escalation>,
    /// The names of everybody who has or had a role in the council.
    pub names: HashMap<UserId, String>,
    /// What falls due, computed as at `as_at`.
    pub calendar: Calendar,
    /// The day the calendar was computed for.
    pub as_at: Date,
    /// The log's size when this was read.
    pub generation: i64,
}

impl Programme {
    /// The name of a person, for "who did this" lines.
    pub fn name_of(&self, person: UserId) -> &str {
        self.names.get(&person).map_or("Headway", String::as_str)
    }

    /// The instrument with this id.
    pub fn instrument(&self, id: InstrumentId) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.id == id)
    }

    /// The duty with this id.
    pub fn obligation(&self, id: ObligationId) -> Option<&Obligation> {
        self.obligations.iter().find(|obligation| obligation.id == id)
    }

    /// The duties of an instrument, in the order of its text.
    pub fn obligations_of(&self, instrument: InstrumentId) -> impl Iterator<Item = &Obligation> {
        self.obligations.iter().filter(move |obligation| obligation.instrument == instrument)
    }

    /// The intervention people mean when they name none: the newest.
    pub fn current_episode(&self) -> Option<&Episode> {
        self.episodes.last()
    }
}

/// Programmes already read, by council. One is current as long as the log has not grown and the day has not changed.
#[derive(Debug, Default)]
pub(crate) struct Programmes(std::sync::RwLock<BTreeMap<CouncilId, Arc<Programme>>>);

impl Programmes {
    fn current(&self, council: CouncilId, generation: i64, today: Date) -> Option<Arc<Programme>> {
        let kept = self.0.read().ok()?.get(&council).cloned()?;
        (kept.generation >= generation && kept.as_at == today).then_some(kept)
    }

    fn keep(&self, programme: &Arc<Programme>) {
        if let Ok(mut kept) = self.0.write() {
            kept.insert(programme.council.id, Arc::clone(programme));
        }
    }
}

impl Service {
    /// The programme of the scope's council, at least as new as `generation` (the log's size the caller has seen).
    pub async fn programme(&self, scope: &Scope, generation: i64) -> Result<Arc<Programme>, Refusal> {
        if !scope.allows(DataClass::Programme) {
            return Err(Refusal::NotFound);
        }
        let today = self.clock.today();
        let generation = generation.max(self.newest_written());
        if let Some(kept) = self.programmes.current(scope.council(), generation, today) {
            return Ok(kept);
        }
        let programme = Arc::new(self.read_programme(scope, today).await?);
        self.programmes.keep(&programme);
        Ok(programme)
    }

    /// The programme as it is now, whatever was read before.
    pub async fn programme_now(&self, scope: &Scope) -> Result<Arc<Programme>, Refusal> {
        let generation = self.store.log_size().await?;
        self.programme(scope, generation).await
    }

    async fn read_programme(&self, scope: &Scope, today: Date) -> Result<Programme, Refusal> {
        let mut transaction = self.store.snapshot().await?;
        let generation = transaction.log_size().await?;
        let council = transaction.find_council(scope.council()).await?.ok_or(Refusal::NotFound)?;
        let names = transaction.names(scope).await?.into_iter().collect();
        let texts = transaction.list_texts(scope).await?;
        let mut programme = Programme {
            council,
            episodes: transaction.list(scope).await?,
            instruments: transaction.list(scope).await?,
            texts: texts.into_iter().map(|(id, text)| (id, text.into())).collect(),
            links: transaction.list(scope).await?,
            obligations: transaction.list(scope).await?,
            anchors: transaction.list(scope).await?,
            questions: transaction.list(scope).await?,
            passage_decisions: transaction.list(scope).await?,
            variations: transaction.list(scope).await?,
            interval_settings: transaction.list(scope).await?,
            marks: transaction.list(scope).await?,
            events: transaction.list(scope).await?,
            objectives: transaction.list(scope).await?,
            plan_actions: transaction.list(scope).await?,
            risks: transaction.list(scope).await?,
            partners: transaction.list(scope).await?,
            escalations: transaction.list(scope).await?,
            names,
            calendar: Calendar::default(),
            as_at: today,
            generation,
        };
        transaction.commit().await?;
        programme.sort_by_document();
        programme.calendar = Calendar::of(&programme, today);
        Ok(programme)
    }
}

impl Programme {
    fn sort_by_document(&mut self) {
        let order: HashMap<_, _> = self.instruments.iter().enumerate().map(|(n, i)| (i.id, n)).collect();
        self.obligations.sort_by_key(|row| (order.get(&row.instrument).copied(), row.position, row.id));
        self.events.sort_by_key(|event| (event.on, event.id));
    }
}
