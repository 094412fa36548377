//! One duty: the words of the notice, what was read from them, what fell due and falls due, and what may be done.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use service::{Action, Programme, Refusal};
use vocabulary::id::ObligationId;

use super::cells::{due_tag, lines, link, register_tag};
use super::duty_view::{OccurrenceView, OneDutyView};
use super::question::refused;
use super::standing::occurrences;
use crate::components::{
    AsContent as _, Button, Cell, Content, Heading, SummaryList, Table, Tag, Timeline, TimelineItem,
};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};
use improvement::register::{Obligation, ObligationState, VariationState};
use improvement::timing::TimingKind;

#[derive(Template)]
#[template(path = "pages/duties/one.html")]
struct DutyPage {
    frame: Frame,
    state: Tag,
    facts: SummaryList,
    timeline: Option<Timeline>,
    due_dates: Option<Table>,
    variations: Option<Table>,
    buttons: Vec<Button>,
    view: OneDutyView,
}

/// The duty of an address, if it is in the viewer's programme.
pub fn find<'a>(programme: &'a Programme, id: &str) -> Result<&'a Obligation, Refusal> {
    ObligationId::parse(id).and_then(|id| programme.obligation(id)).ok_or(Refusal::NotFound)
}

/// Shows a duty.
pub async fn show(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).map_err(refused(&viewer))?;
    let view = OneDutyView::of(&programme, row, &|action, named| viewer.may_as(action, named));
    let frame = frame(&viewer, &programme, row, super::cells::clause(&row.reference));
    let frame = Frame {
        caption: Some(view.notice.clone()),
        breadcrumbs: breadcrumbs(&[("Duties", "/duties")]),
        sub_navigation: duties_navigation("/duties"),
        history_href: Some(format!("/history/obligation/{}", row.id)),
        ..frame
    };
    let may = Buttons::of(&viewer, &programme, row);
    Ok(viewer.show(&page(frame, view.clone(), &may), &view))
}

/// The frame of a page about a duty.
pub fn frame(viewer: &Viewer, programme: &Programme, row: &Obligation, heading: impl Into<String>) -> Frame {
    Frame {
        breadcrumbs: breadcrumbs(&[
            ("Duties", "/duties"),
            (&super::cells::clause(&row.reference), &format!("/duties/{}", row.id)),
        ]),
        ..viewer.programme_frame(programme, heading.into(), Area::Duties)
    }
}

/// What the viewer may do with a duty.
#[derive(Clone, Debug, Default)]
struct Buttons {
    mark: bool,
    /// The marks that the viewer may verify: not their own, and not of a duty they answer for.
    verify: Vec<String>,
    own: bool,
    vary: bool,
    set_interval: bool,
    change_clock: bool,
}

impl Buttons {
    fn of(viewer: &Viewer, programme: &Programme, row: &Obligation) -> Self {
        let in_force = row.state == ObligationState::InForce;
        let waiting = programme
            .variations
            .iter()
            .any(|variation| variation.obligation == row.id && variation.state == VariationState::Asked);
        let setter = row.timing.set_by.as_ref().map_or("", vocabulary::party::Party::as_str);
        let any_open = occurrences(programme, row).iter().any(|occurrence| occurrence.met_on.is_none());
        Self {
            mark: in_force && any_open && viewer.may(Action::MarkOccurrence),
            verify: verifiable(viewer, programme, row),
            own: row.state.counts() && viewer.may(Action::EditObligation),
            vary: in_force && !waiting && varies(row) && viewer.may(Action::RequestVariation),
            set_interval: row.state.counts()
                && leaves_interval_open(row)
                && viewer.may_as(Action::SetInterval, setter),
            change_clock: row.state.counts() && viewer.may(Action::ChangeClock),
        }
    }
}

fn verifiable(viewer: &Viewer, programme: &Programme, row: &Obligation) -> Vec<String> {
    let person = viewer.actor.person;
    if row.owner == Some(person) || !viewer.may(Action::VerifyOccurrence) {
        return Vec::new();
    }
    let answers = |id| id == row.id || row.same_as.contains(&id);
    let marks = programme.marks.iter().filter(|mark| answers(mark.obligation) && mark.stamp.by != person);
    marks.map(|mark| mark.id.clone()).collect()
}

/// Whether a duty's clock can be varied: it recurs at an interval, or is due once.
pub fn varies(row: &Obligation) -> bool {
    match row.timing.kind {
        TimingKind::Recurring => row.timing.every.is_some(),
        TimingKind::OneOffRelative | TimingKind::OneOffAbsolute => true,
        TimingKind::None | TimingKind::Continuous | TimingKind::Conditional => false,
    }
}

/// Whether the document leaves it to a body how often a duty recurs.
pub fn leaves_interval_open(row: &Obligation) -> bool {
    let timing = &row.timing;
    timing.kind == TimingKind::Recurring && timing.every.is_none() && timing.event.is_none()
}

fn page(frame: Frame, view: OneDutyView, may: &Buttons) -> DutyPage {
    let address = |what: &str| format!("/duties/{}/{what}", view.id);
    let mut buttons = Vec::new();
    if may.mark {
        buttons.push(Button::link("Mark as met", address("met")));
    }
    if may.vary {
        buttons.push(Button::link("Ask for a variation", address("variation")).secondary());
    }
    if may.set_interval {
        buttons.push(Button::link("Set how often", address("interval")).secondary());
    }
    if may.change_clock {
        buttons.push(Button::link("Correct the clock", address("clock")).secondary());
    }
    DutyPage {
        frame,
        state: register_tag(&view.state),
        facts: facts(&view, may.own),
        timeline: timeline(&view),
        due_dates: due_dates(&view, &may.verify),
        variations: variations(&view),
        buttons,
        view,
    }
}

fn facts(view: &OneDutyView, may_own: bool) -> SummaryList {
    let because = |field: &str| {
        let cues: Vec<&str> =
            view.because.iter().filter(|cue| cue.field == field).map(|cue| cue.words.as_str()).collect();
        if cues.is_empty() { String::new() } else { format!("Because of: “{}”", cues.join("”, “")) }
    };
    let with = |words: &str, field: &str| lines(&[&words, &because(field)]);
    let list = SummaryList::new()
        .row("What must be done", &view.text)
        .row("Who must act", with(&view.bearers, "bearer"))
        .row("Strength", lines(&[&view.modality, &view.modality_meaning, &because("modality")]))
        .row("When", with(&view.timing, "timing"))
        .row("To or with whom", with(or_none(&view.counterparties), "counterparty"))
        .row("Evidence asked for", with(or_none(&view.evidence), "evidence"))
        .row("Theme", with(&view.theme, "theme"));
    let owner = view.owner.as_deref().unwrap_or("Nobody yet");
    let list = if may_own {
        let href = format!("/duties/{}/owner", view.id);
        list.row_to_change("Answerable person", owner, href, "the answerable person")
    } else {
        list.row("Answerable person", owner)
    };
    let list = list.row("Where it comes from", &view.origin);
    let list = if view.confirmed.is_empty() { list } else { list.row("Confirmed", &view.confirmed) };
    let list = if view.look_at.is_empty() { list } else { list.row("To look at", view.look_at.join(". ")) };
    let same =
        view.same_as.iter().map(|other| link(&other.words, &format!("/duties/{}", other.id)).as_content());
    let same: Vec<Content> = same.collect();
    if same.is_empty() {
        list
    } else {
        let parts: Vec<&dyn crate::components::AsContent> =
            same.iter().map(|part| part as &dyn crate::components::AsContent).collect();
        list.row("The same duty stands in", lines(&parts))
    }
}

fn or_none(words: &str) -> &str {
    if words.is_empty() { "The document names none" } else { words }
}

/// What has happened, newest first: due dates that were met or missed.
fn timeline(view: &OneDutyView) -> Option<Timeline> {
    let mut past: Vec<&OccurrenceView> = view.due_dates.iter().filter(|due| due.met_on.is_some()).collect();
    past.sort_by(|one, other| other.met_on.cmp(&one.met_on));
    past.truncate(12);
    let item = |due: &OccurrenceView| {
        let on = due.met_on.as_deref().unwrap_or_default();
        let words = due.met_on_in_words.as_deref().unwrap_or_default();
        let item = TimelineItem::new(&due.state, on, words).content(lines(&[&due.status, &due.shown_by]));
        if due.marked_by.is_empty() { item } else { item.by(&due.marked_by) }
    };
    (!past.is_empty()).then(|| Timeline::new(past.into_iter().map(item)))
}

fn due_dates(view: &OneDutyView, may_verify: &[String]) -> Option<Table> {
    if view.due_dates.is_empty() {
        return None;
    }
    let headings = ["Due", "How it stands", "Why this date", "Shown by"];
    let rows = view.due_dates.iter().rev().map(|due| {
        let verify = due.mark.as_ref().filter(|mark| may_verify.contains(mark)).map(|_| {
            link("Verify", &format!("/duties/{}/verify?due={}", view.id, crate::guard::escape(&due.key)))
        });
        let verify = verify.map(|link| link.as_content()).unwrap_or_default();
        vec![
            Cell::new(&due.due).sorts_as(due.due_on.as_deref().unwrap_or("9999")),
            Cell::new(lines(&[&due_tag(&due.state), &due.status, &due.breach_words])),
            Cell::new(lines(&[&due.why, &format!("Rule: {}.", due.rule), &due.was_due, &due.assumption])),
            Cell::new(lines(&[&due.shown_by, &due.marked_by, &due.verified, &verify])),
        ]
    });
    Some(Table::new("Due dates, the latest first").headings(headings.map(Heading::new)).rows(rows).stacks())
}

fn variations(view: &OneDutyView) -> Option<Table> {
    if view.variations.is_empty() {
        return None;
    }
    let headings = ["Asked", "From and to", "Approver", "State"];
    let rows = view.variations.iter().map(|variation| {
        vec![
            Cell::new(link(&variation.asked_on, &format!("/variations/{}", variation.id))),
            Cell::new(format!("{} → {}", variation.from, variation.to)),
            Cell::new(&variation.approver),
            Cell::new(&variation.state),
        ]
    });
    Some(Table::new("Variations").headings(headings.map(Heading::new)).rows(rows).stacks())
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn html(programme: &Programme, at: usize, may: Buttons) -> String {
        let view = OneDutyView::of(programme, &programme.obligations[at], &|_, _| true);
        page(Frame::new("Clause"), view, &may).render().unwrap()
    }

    #[test]
    fn a_missed_date_says_by_how_much_and_that_it_is_a_breach() {
        let html = html(&sample::programme(), 1, Buttons { mark: true, ..Buttons::default() });
        assert!(html.contains("Overdue by 1 day."));
        assert!(html.contains("This is a breach of the notice."));
        assert!(html.contains("/met"));
        assert!(html.contains("Duty met: no"));
    }

    #[test]
    fn what_was_marked_as_met_offers_its_verification_only_to_those_who_may() {
        let programme = sample::marked();
        let shown = html(
            &programme,
            1,
            Buttons { verify: vec![programme.marks[0].id.clone()], ..Buttons::default() },
        );
        assert!(shown.contains("/verify?due=date%3A2026-05"));
        assert!(shown.contains("Published plan, version 1"));
        assert!(shown.contains("Not verified yet"));
        assert!(!html(&programme, 1, Buttons::default()).contains("/verify"));
    }

    #[test]
    fn a_duty_without_a_date_says_why_and_where_to_enter_it() {
        let html = html(&sample::programme(), 2, Buttons::default());
        assert!(html.contains("No date: the day the notice was received is not known."));
        assert!(html.contains("#anchors"));
    }
}
