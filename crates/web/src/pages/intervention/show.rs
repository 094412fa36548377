//! Where each intervention stands and what happened in its life, newest first.

use askama::Template;
use axum::response::Response;
use improvement::register::{Episode, EpisodeState, VariationState};
use jiff::civil::Date;
use serde::Serialize;
use service::{Action, Programme};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use crate::components::{Button, Cell, Heading, Table, Timeline, TimelineItem};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::lines;
use crate::pages::duties::question::refused;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// The council's interventions, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InterventionsView {
    /// The interventions.
    pub interventions: Vec<LifeView>,
}

/// The life of one intervention.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LifeView {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Where it stands, in a sentence.
    pub state: String,
    /// The light duties of the supervision period.
    pub supervision_terms: String,
    /// Decisions about statutory powers, newest first.
    pub escalations: Vec<EscalationView>,
    /// What happened, newest first.
    pub events: Vec<LifeEvent>,
}

/// A decision about statutory powers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EscalationView {
    /// The day, in words.
    pub decided_on: String,
    /// Why.
    pub ground: String,
    /// The power cited.
    pub power: String,
    /// What was decided.
    pub decision: String,
    /// What came of it.
    pub result: String,
    /// Who recorded it.
    pub recorded_by: String,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LifeEvent {
    /// The day.
    pub on: String,
    /// The day in words.
    pub on_in_words: String,
    /// What happened.
    pub title: String,
    /// More about it.
    pub detail: String,
}

impl LifeEvent {
    fn new(on: Date, title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { on: on.to_string(), on_in_words: day_in_words(on), title: title.into(), detail: detail.into() }
    }
}

impl InterventionsView {
    /// The view of a programme.
    pub fn of(programme: &Programme) -> Self {
        let life = |episode| LifeView::of(programme, episode);
        Self { interventions: programme.episodes.iter().rev().map(life).collect() }
    }
}

impl LifeView {
    fn of(programme: &Programme, episode: &Episode) -> Self {
        let mut escalations: Vec<_> =
            programme.escalations.iter().filter(|escalation| escalation.episode == episode.id).collect();
        escalations.sort_by_key(|escalation| std::cmp::Reverse(escalation.decided_on));
        let escalations = escalations.into_iter().map(|escalation| EscalationView {
            decided_on: day_in_words(escalation.decided_on),
            ground: escalation.ground.clone(),
            power: escalation.power.clone(),
            decision: escalation.decision.clone(),
            result: escalation.result.clone(),
            recorded_by: programme.name_of(escalation.stamp.by).to_owned(),
        });
        Self {
            id: episode.id.to_string(),
            title: episode.title.clone(),
            state: state(episode, programme.as_at),
            supervision_terms: episode
                .lifted
                .as_ref()
                .map(|lifting| lifting.supervision_terms.clone())
                .unwrap_or_default(),
            escalations: escalations.collect(),
            events: life(programme, episode),
        }
    }

    fn escalations_table(&self) -> Table {
        let rows = self.escalations.iter().map(|escalation| {
            vec![
                Cell::new(lines(&[
                    &escalation.decided_on,
                    &format!("Recorded by {}", escalation.recorded_by),
                ])),
                Cell::new(&escalation.ground),
                Cell::new(&escalation.power),
                Cell::new(lines(&[&escalation.decision, &escalation.result])),
            ]
        });
        let headings = ["Day", "Ground", "Power", "Decision and what came of it"].map(Heading::new);
        Table::new("Decisions about statutory powers").headings(headings).rows(rows).stacks()
    }

    fn timeline(&self) -> Timeline {
        let item = |event: &LifeEvent| {
            TimelineItem::new(&event.title, &event.on, &event.on_in_words).content(&event.detail)
        };
        Timeline::new(self.events.iter().map(item))
    }
}

/// Where an intervention stands, in a sentence.
fn state(episode: &Episode, as_at: Date) -> String {
    let Some(lifting) = &episode.lifted else {
        return "Open: a notice or another document is being confirmed or is in force.".to_owned();
    };
    let lifted = format!("Lifted on {} by “{}”.", day_in_words(lifting.on), lifting.letter);
    match (episode.state, lifting.supervision_to) {
        (EpisodeState::Supervision, Some(to)) if to >= as_at => {
            format!("{lifted} Supervision and support until {}.", day_in_words(to))
        }
        (_, Some(to)) => format!("{lifted} Supervision ended on {}.", day_in_words(to)),
        (_, None) => format!("{lifted} The letter sets no period of supervision."),
    }
}

/// What happened in an intervention, newest first.
fn life(programme: &Programme, episode: &Episode) -> Vec<LifeEvent> {
    let mut events: Vec<LifeEvent> = Vec::new();
    for notice in programme.instruments.iter().filter(|notice| notice.episode == episode.id) {
        let brought_in = service::london_day(notice.stamp.at);
        events.push(LifeEvent::new(brought_in, format!("“{}” was brought in", notice.title), ""));
        events.extend(
            notice
                .in_force_from
                .map(|day| LifeEvent::new(day, format!("Duties of “{}” came into force", notice.title), "")),
        );
        events.extend(
            notice
                .in_force_to
                .map(|day| LifeEvent::new(day, format!("“{}” ended or was replaced", notice.title), "")),
        );
    }
    for link in programme.links.iter().filter(|link| link.episode == episode.id) {
        let title = |id| programme.instrument(id).map_or("a document", |notice| notice.title.as_str());
        let sentence = format!("“{}” {} “{}”", title(link.from), link.relation.verb(), title(link.to));
        events.push(LifeEvent::new(service::london_day(link.stamp.at), sentence, ""));
    }
    let agreed = |variation: &&improvement::register::Variation| {
        variation.episode == episode.id && variation.state == VariationState::Agreed
    };
    for variation in programme.variations.iter().filter(agreed) {
        let Some(day) = variation.effective_from else { continue };
        let clause = programme.obligation(variation.obligation).map_or("a duty", |row| &row.reference);
        events.push(LifeEvent::new(day, format!("A variation of clause {clause} counts"), &variation.reason));
    }
    for escalation in programme.escalations.iter().filter(|escalation| escalation.episode == episode.id) {
        let title = "A decision about statutory powers";
        events.push(LifeEvent::new(escalation.decided_on, title, &escalation.decision));
    }
    if let Some(lifting) = &episode.lifted {
        events.push(LifeEvent::new(lifting.on, "The intervention was lifted", &lifting.letter));
        events.extend(
            lifting
                .supervision_to
                .map(|day| LifeEvent::new(day, "Last day of supervision", &lifting.supervision_terms)),
        );
    }
    events.sort_by(|one, other| other.on.cmp(&one.on));
    events
}

#[derive(Template)]
#[template(path = "pages/intervention/show.html")]
struct InterventionPage {
    frame: Frame,
    lives: Vec<(LifeView, Option<Table>, Timeline)>,
    buttons: Vec<Button>,
}

/// Shows the life of the interventions.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let view = InterventionsView::of(&programme);
    let episode = programme.current_episode();
    let mut buttons = Vec::new();
    if episode.is_some() && viewer.may(Action::RecordEscalation) {
        buttons.push(Button::link("Record a decision about powers", "/intervention/escalation").secondary());
    }
    if episode.is_some_and(|episode| episode.lifted.is_none()) && viewer.may(Action::RecordLifting) {
        buttons.push(Button::link("Record the lifting", "/intervention/lifting").secondary());
    }
    let frame = Frame {
        breadcrumbs: breadcrumbs(&[]),
        sub_navigation: duties_navigation("/intervention"),
        history_href: episode.map(|episode| format!("/history/episode/{}", episode.id)),
        ..viewer.programme_frame(&programme, "Escalation and lifting", Area::Duties)
    };
    Ok(viewer.show(&page(frame, &view, buttons), &view))
}

fn page(frame: Frame, view: &InterventionsView, buttons: Vec<Button>) -> InterventionPage {
    let lives = view.interventions.iter().map(|life| {
        let escalations = (!life.escalations.is_empty()).then(|| life.escalations_table());
        (life.clone(), escalations, life.timeline())
    });
    InterventionPage { frame, lives: lives.collect(), buttons }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::duties::sample;
    use improvement::register::Lifting;
    use jiff::civil::date;

    #[test]
    fn a_lifted_intervention_says_by_which_letter_and_how_long_supervision_runs() {
        let mut programme = sample::programme();
        programme.episodes[0].state = EpisodeState::Supervision;
        programme.episodes[0].lifted = Some(Lifting {
            on: date(2026, 5, 4),
            letter: "Letter of 4 May 2026".to_owned(),
            supervision_to: Some(date(2027, 5, 4)),
            supervision_terms: "Two reviews".to_owned(),
            stamp: sample::stamp(12),
        });
        let view = InterventionsView::of(&programme);
        assert!(view.interventions[0].state.contains("Supervision and support until 4 May 2027."));
        let html = page(Frame::new("Escalation and lifting"), &view, Vec::new()).render().unwrap();
        assert!(html.find("Last day of supervision").unwrap() < html.find("was brought in").unwrap());
        assert!(html.contains("Two reviews"));
    }

    #[test]
    fn without_an_escalation_the_page_says_so() {
        let view = InterventionsView::of(&sample::programme());
        let html = page(Frame::new("Escalation and lifting"), &view, Vec::new()).render().unwrap();
        assert!(html.contains("No decision about statutory powers is recorded."));
        assert!(html.contains("Open: "));
    }
}
