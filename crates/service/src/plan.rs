//! The plan as pages and reports show it: objectives with their actions and states, and what nothing in the plan answers.

use std::collections::BTreeSet;

use improvement::occurrence::State;
use improvement::plan::states::{Share, States, states};
use improvement::plan::{Objective, PlanAction, Source};
use improvement::reading::Polarity;
use improvement::register::Instrument;
use vocabulary::id::{ObjectiveId, PlanActionId};

use crate::programme::Programme;

/// Something in a document, with what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced {
    /// Where it stands.
    pub source: Source,
    /// The title of its document.
    pub document: String,
    /// Its label in the document.
    pub reference: String,
    /// What it says.
    pub text: String,
    /// The objectives that answer it, by number; none where nothing answers it.
    pub objectives: Vec<u32>,
}

impl Programme {
    /// The objective with this id.
    pub fn objective(&self, id: ObjectiveId) -> Option<&Objective> {
        self.objectives.iter().find(|objective| objective.id == id)
    }

    /// The action with this id.
    pub fn plan_action(&self, id: PlanActionId) -> Option<&PlanAction> {
        self.plan_actions.iter().find(|action| action.id == id)
    }

    /// The actions under an objective, in order.
    pub fn actions_of(&self, objective: ObjectiveId) -> impl Iterator<Item = &PlanAction> {
        self.plan_actions.iter().filter(move |action| action.objective == objective)
    }

    /// An objective's four states.
    pub fn states_of(&self, objective: &Objective) -> States {
        states(objective, self.actions_of(objective.id), self.duties_met(objective))
    }

    /// Of the duties that an objective and its actions serve, those of which nothing is overdue.
    fn duties_met(&self, objective: &Objective) -> Share {
        let own = objective.sources.iter();
        let of_actions = self.actions_of(objective.id).flat_map(|action| &action.sources);
        let duties: BTreeSet<_> = own
            .chain(of_actions)
            .filter_map(|source| if let Source::Duty(id) = source { Some(*id) } else { None })
            .collect();
        let met = duties.iter().filter(|id| {
            self.calendar.schedule(**id).is_some_and(|schedule| {
                !schedule.occurrences.iter().any(|occurrence| occurrence.state == State::Overdue)
            })
        });
        Share { are: met.count(), of: duties.len() }
    }

    /// Everything that a plan has to answer: duties that count, recommendations, and findings of weakness; each with the
    /// objectives that answer it.
    pub fn trace(&self) -> Vec<Sourced> {
        let mut all = Vec::new();
        for instrument in &self.instruments {
            let duties = self.obligations_of(instrument.id).filter(|row| row.state.counts());
            all.extend(duties.map(|row| Sourced {
                source: Source::Duty(row.id),
                document: instrument.title.clone(),
                reference: row.reference.clone(),
                text: row.text.clone(),
                objectives: Vec::new(),
            }));
            // A recommendation that a notice makes a duty stands among the duties.
            let as_duties: BTreeSet<&str> =
                self.obligations_of(instrument.id).map(|row| row.text.as_str()).collect();
            all.extend(said_in(instrument).filter(|said| !as_duties.contains(said.text.as_str())));
        }
        for sourced in &mut all {
            sourced.objectives = self.answering(&sourced.source);
        }
        all
    }

    /// The objectives that answer something in a document, by number.
    pub fn answering(&self, source: &Source) -> Vec<u32> {
        let answers = |objective: &&Objective| {
            objective.sources.contains(source)
                || self.actions_of(objective.id).any(|action| action.sources.contains(source))
        };
        self.objectives.iter().filter(answers).map(|objective| objective.number).collect()
    }
}

fn said_in(instrument: &Instrument) -> impl Iterator<Item = Sourced> {
    let recommendations = instrument.recommendations.iter().enumerate().map(|(place, said)| Sourced {
        source: Source::Recommendation(instrument.id, place),
        document: instrument.title.clone(),
        reference: format!("Recommendation {}", said.reference),
        text: said.text.clone(),
        objectives: Vec::new(),
    });
    let weak = |polarity: Polarity| matches!(polarity, Polarity::Weakness | Polarity::Mixed);
    let findings = instrument.findings.iter().enumerate().filter(move |(_, said)| weak(said.polarity));
    recommendations.chain(findings.map(|(place, said)| Sourced {
        source: Source::Finding(instrument.id, place),
        document: instrument.title.clone(),
        reference: format!("Finding {}", place + 1),
        text: said.text.clone(),
        objectives: Vec::new(),
    }))
}
