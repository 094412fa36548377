//! Children's events taken out as a file: with a purpose, within the viewer's teams, 50 children at most, each written
//! down as read before the file leaves.

use std::collections::BTreeSet;

use documents::output::table as file;
use practice::outcome::Outcome;
use star_schema::{EventRow, Row};
use store::{DataClass, Scope};
use vocabulary::id::ChildId;
use vocabulary::records::Subject;
use vocabulary::words::name_in_words;

use super::{TakenOut, table};
use crate::Service;
use crate::actor::Actor;
use crate::children::Showing;
use crate::figures::Figures;
use crate::refusal::{Problems, Refusal};

/// A file of more children needs a second person, so nobody takes it out alone.
pub const MOST_CHILDREN: usize = 50;

const LONGEST_PURPOSE: usize = 500;
const SHORTEST_PURPOSE: usize = 10;

/// Who takes what out, and what for.
#[derive(Clone, Debug)]
pub struct Taking<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// What they may see.
    pub scope: &'a Scope,
    /// What for, as they typed it.
    pub purpose: &'a str,
    /// The route, without its values.
    pub route: &'a str,
    /// The request's id.
    pub request_id: &'a str,
}

impl Figures {
    /// Those of some events that are about a child of the scope's teams.
    pub fn of_children_in<'a>(&self, scope: &Scope, events: &[&'a Outcome]) -> Vec<&'a Outcome> {
        if !scope.allows(DataClass::PseudonymousChildren) || scope.council() != self.council {
            return Vec::new();
        }
        events.iter().copied().filter(|event| self.is_of_child_in(scope, event)).collect()
    }

    /// The children that some events are about.
    pub fn children_among(&self, events: &[&Outcome]) -> Vec<ChildId> {
        let words = &self.history.picture.words;
        let children: BTreeSet<ChildId> =
            events.iter().filter_map(|event| ChildId::parse(words.text(event.subject))).collect();
        children.into_iter().collect()
    }

    /// Whether an outcome is about a child, under a random id, of the scope's teams. What is sealed leaves in no file,
    /// whoever takes it out.
    pub(super) fn is_of_child_in(&self, scope: &Scope, outcome: &Outcome) -> bool {
        let words = &self.history.picture.words;
        let standard = &self.library.standards[usize::from(outcome.standard)];
        let kind = self.library.catalogue.kind(&standard.record);
        !standard.sealed
            && kind.is_some_and(|kind| kind.subject == Subject::Child)
            && ChildId::parse(words.text(outcome.subject)).is_some()
            && scope.holds_team(self.team_of(outcome))
    }
}

impl Service {
    /// The table of some events of children, once it stands in the log of reads whose they are, who reads them and what for.
    ///
    /// Refused without a purpose, without any child in scope, and for more than [`MOST_CHILDREN`].
    pub async fn take_out_events(
        &self,
        taking: &Taking<'_>,
        figures: &Figures,
        events: &[&Outcome],
        taken: &TakenOut,
    ) -> Result<file::Table, Refusal> {
        let scope = taking.scope;
        if !scope.allows(DataClass::PseudonymousChildren) || scope.council() != figures.council {
            return Err(Refusal::NotFound);
        }
        let events = figures.of_children_in(scope, events);
        let children = figures.children_among(&events);
        let purpose = taking.purpose.trim();
        allowed(purpose, children.len())?;
        let showing = Showing {
            purpose,
            classes: EventRow::TABLE.class().name(),
            route: taking.route,
            request_id: taking.request_id,
        };
        self.record_child_reads(taking.actor, &showing, &children).await?;
        let line = taken.line();
        let rows = events.iter().map(|event| event_row(figures, event, purpose, &line));
        Ok(table(&name_in_words(EventRow::TABLE.name), rows))
    }
}

fn allowed(purpose: &str, children: usize) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    problems.require_text(purpose, LONGEST_PURPOSE, "purpose", "what the file is for");
    let told = purpose.is_empty() || purpose.chars().count() >= SHORTEST_PURPOSE;
    problems.require(told, "purpose", "Say in a few words what the file is for, and who will use it.");
    problems.require(
        children > 0,
        "",
        "No child stands on this list for you, so there is nothing to take out.",
    );
    problems.require(
        children <= MOST_CHILDREN,
        "",
        format!(
            "This list has {children} children. A file of over {MOST_CHILDREN} children needs a second person. \
             Choose one standard or one team, so that it has {MOST_CHILDREN} or fewer."
        ),
    );
    problems.refuse_any()
}

fn event_row(figures: &Figures, event: &Outcome, purpose: &str, line: &str) -> EventRow {
    let words = &figures.history.picture.words;
    let standard = &figures.library.standards[usize::from(event.standard)];
    EventRow {
        child_id: words.text(event.subject).to_owned(),
        age_in_years: figures.age_of(event.subject).map(i64::from),
        standard: standard.code.clone(),
        title: standard.title.clone(),
        due_on: event.due_on,
        days: event.due_on.map_or(0, |due| i64::from(figures.as_at.days_since(due).abs())),
        status: event.status.code().to_owned(),
        team: figures.team_of(event).map(str::to_owned),
        as_at: figures.as_at,
        purpose: purpose.to_owned(),
        taken_out: line.to_owned(),
    }
}
