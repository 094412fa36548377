//! Requests for another interval or date: those that wait first, and the answer of the party that the notice names.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::register::{Variation, VariationState};
use improvement::words::{party_in_words, sentence_case};
use serde::Serialize;
use service::acts::{AnswerVariation, Seen, WithdrawVariation};
use service::{Action, Programme, Refusal};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::VariationId;

use super::approver::approver;
use super::cells::{lines, link};
use super::duty_view::asked_for;
use super::question::{Answers, QuestionPage, Sent, programme_now, refused, send, typed_date};
use crate::components::{
    Cell, Choices, DateInput, Heading, Problems, SummaryList, Table, Tag, TagColour, Textarea,
};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// Requests for variations, those that wait first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VariationsView {
    /// How many wait for an answer.
    pub waiting: usize,
    /// The requests.
    pub variations: Vec<VariationView>,
}

/// One request.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VariationView {
    /// Its id.
    pub id: String,
    /// The duty's id.
    pub duty: String,
    /// The duty's clause.
    pub reference: String,
    /// What the duty asks.
    pub text: String,
    /// The rule when it was asked.
    pub from: String,
    /// The rule asked for.
    pub to: String,
    /// Why.
    pub reason: String,
    /// Who asked, and when.
    pub asked: String,
    /// Who may answer.
    pub approver: String,
    /// Why they may.
    pub approver_why: String,
    /// Where it stands.
    pub state: String,
    /// The first day the new rule counts, and who answered.
    pub answer: String,
}

impl VariationsView {
    /// The requests of a programme.
    pub fn of(programme: &Programme) -> Self {
        let mut variations: Vec<&Variation> = programme.variations.iter().collect();
        variations.sort_by_key(|variation| {
            (variation.state != VariationState::Asked, std::cmp::Reverse(variation.asked_on))
        });
        Self {
            waiting: variations.iter().filter(|variation| variation.state == VariationState::Asked).count(),
            variations: variations
                .into_iter()
                .map(|variation| VariationView::of(programme, variation))
                .collect(),
        }
    }

    fn table(&self) -> Table {
        let headings = ["Duty", "From", "To", "Why and who asked", "Who may agree", "Answer"];
        let rows = self.variations.iter().map(|variation| {
            vec![
                Cell::new(lines(&[
                    &link(
                        &super::cells::clause(&variation.reference),
                        &format!("/variations/{}", variation.id),
                    ),
                    &variation.text,
                ])),
                Cell::new(&variation.from),
                Cell::new(&variation.to),
                Cell::new(lines(&[&variation.reason, &variation.asked])),
                Cell::new(&variation.approver),
                Cell::new(lines(&[&tag(&variation.state), &variation.answer])),
            ]
        });
        Table::new("Requests, those that wait first").headings(headings.map(Heading::new)).rows(rows).stacks()
    }
}

fn tag(state: &str) -> Tag {
    let colour = if state == VariationState::Asked.in_words() {
        TagColour::Purple
    } else if state == VariationState::Agreed.in_words() {
        TagColour::Green
    } else {
        TagColour::Grey
    };
    Tag::new(state).colour(colour)
}

impl VariationView {
    fn of(programme: &Programme, variation: &Variation) -> Self {
        let row = programme.obligation(variation.obligation);
        let answered = variation.answered.as_ref().map(|stamp| {
            format!(
                "By {} on {}. {}",
                programme.name_of(stamp.by),
                day_in_words(service::london_day(stamp.at)),
                variation.answer
            )
        });
        let from = variation.effective_from.map(|day| format!("It counts from {}. ", day_in_words(day)));
        Self {
            id: variation.id.to_string(),
            duty: variation.obligation.to_string(),
            reference: row.map(|row| row.reference.clone()).unwrap_or_default(),
            text: row.map(|row| row.text.clone()).unwrap_or_default(),
            from: variation.from_rule.clone(),
            to: asked_for(variation),
            reason: variation.reason.clone(),
            asked: format!(
                "Asked by {} on {}",
                programme.name_of(variation.stamp.by),
                day_in_words(variation.asked_on)
            ),
            approver: sentence_case(&party_in_words(&variation.approver)),
            approver_why: row.map(|row| approver(programme, row).why).unwrap_or_default(),
            state: variation.state.in_words().to_owned(),
            answer: format!("{}{}", from.unwrap_or_default(), answered.unwrap_or_default()).trim().to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/duties/variations.html")]
struct VariationsPage {
    frame: Frame,
    table: Table,
    view: VariationsView,
}

/// Shows the requests.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let view = VariationsView::of(&programme);
    let frame = Frame {
        breadcrumbs: breadcrumbs(&[]),
        sub_navigation: duties_navigation("/variations"),
        ..viewer.programme_frame(&programme, "Variations", Area::Duties)
    };
    Ok(viewer.show(&VariationsPage { frame, table: view.table(), view: view.clone() }, &view))
}

fn find<'a>(programme: &'a Programme, id: &str) -> Result<&'a Variation, Refusal> {
    let id = VariationId::parse(id).ok_or(Refusal::NotFound)?;
    programme.variations.iter().find(|variation| variation.id == id).ok_or(Refusal::NotFound)
}

#[derive(Template)]
#[template(path = "pages/duties/variation.html")]
struct VariationPage {
    frame: Frame,
    facts: SummaryList,
    may_answer: bool,
    may_withdraw: bool,
    version: i64,
    view: VariationView,
}

/// Shows one request.
pub async fn one(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let variation = find(&programme, &id).map_err(refused(&viewer))?;
    let view = VariationView::of(&programme, variation);
    let waits = variation.state == VariationState::Asked;
    let page = VariationPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Variations", "/variations")]),
            sub_navigation: duties_navigation("/variations"),
            history_href: Some(format!("/history/obligation/{}", variation.obligation)),
            ..viewer.programme_frame(
                &programme,
                format!("Variation of clause {}", view.reference),
                Area::Duties,
            )
        },
        facts: facts(&view),
        may_answer: waits && may_answer(&viewer, variation),
        may_withdraw: waits && viewer.may(Action::RequestVariation),
        version: variation.version,
        view: view.clone(),
    };
    Ok(viewer.show(&page, &view))
}

fn may_answer(viewer: &Viewer, variation: &Variation) -> bool {
    viewer.may_as(Action::AnswerVariation, variation.approver.as_str())
        && variation.stamp.by != viewer.actor.person
}

fn facts(view: &VariationView) -> SummaryList {
    let list = SummaryList::new()
        .row(
            "Duty",
            lines(&[
                &link(&super::cells::clause(&view.reference), &format!("/duties/{}", view.duty)),
                &view.text,
            ]),
        )
        .row("The rule when it was asked", &view.from)
        .row("The rule asked for", &view.to)
        .row("Why", &view.reason)
        .row("Who asked", &view.asked)
        .row("Who may agree", lines(&[&view.approver, &view.approver_why]))
        .row("State", tag(&view.state));
    if view.answer.is_empty() { list } else { list.row("Answer", &view.answer) }
}

/// Asks for the answer.
pub async fn ask(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let variation = find(&programme, &id).map_err(refused(&viewer))?;
    if !may_answer(&viewer, variation) {
        return Err(refused(&viewer)(Refusal::NotFound));
    }
    Ok(question(&viewer, &programme, variation, &Fields::default(), Problems::default()).show(&viewer))
}

/// Agrees or refuses.
pub async fn answer(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let seen = VariationId::parse(&id).ok_or(Refusal::NotFound).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let agreed = match fields.text("agreed") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let agreed = answers.need(agreed, "agreed", "Choose whether you agree.").unwrap_or(false);
    let act = AnswerVariation {
        variation: Seen { id: seen, version: fields.number("version").unwrap_or(0) },
        agreed,
        effective_from: answers.take(fields.maybe_day("effective_from")),
        answer: fields.text("answer").to_owned(),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(()) => {
            Ok(viewer.after(&format!("/variations/{id}"), if agreed { "agreed" } else { "refused" }))
        }
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let variation = find(&programme, &id).map_err(refused(&viewer))?;
            Ok(question(&viewer, &programme, variation, &fields, problems).show(&viewer))
        }
    }
}

fn question(
    viewer: &Viewer,
    programme: &Programme,
    variation: &Variation,
    fields: &Fields,
    problems: Problems,
) -> QuestionPage {
    let back = format!("/variations/{}", variation.id);
    let frame = Frame {
        breadcrumbs: breadcrumbs(&[("Variations", "/variations"), ("This request", &back)]),
        ..viewer.programme_frame(programme, "Answer the request", Area::Duties)
    };
    let [day, month, year] = typed_date(fields, "effective_from");
    QuestionPage::new(frame, viewer, "Send the answer", back)
        .about(facts(&VariationView::of(programme, variation)))
        .asks(
            Choices::radios("agreed", "Do you agree?")
                .choice("yes", "Yes, the new rule counts from its first day")
                .choice("no", "No, the rule of the notice counts")
                .chosen(fields.text("agreed"))
                .problem_in(&problems),
        )
        .asks(
            DateInput::new("effective_from", "The first day of the new rule")
                .hint("Today unless you enter a later day. What happened before is judged by the old rule.")
                .values(day, month, year)
                .problem_in(&problems),
        )
        .asks(
            Textarea::new("answer", "What you say to it")
                .hint("Needed when you refuse")
                .value(fields.text("answer"))
                .problem_in(&problems),
        )
        .sends("version", variation.version)
        .after_step_up(viewer, Action::AnswerVariation, "")
        .with_problems(problems)
}

/// Takes a request back.
pub async fn withdraw(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let seen = VariationId::parse(&id).ok_or(Refusal::NotFound).map_err(refused(&viewer))?;
    let version = fields.number("version").unwrap_or(0);
    let act = WithdrawVariation { variation: Seen { id: seen, version } };
    viewer.perform(&fields, act).await.map_err(refused(&viewer))?;
    Ok(viewer.after(&format!("/variations/{id}"), "withdrawn"))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_request_shows_both_rules_the_reason_and_who_may_agree() {
        let view = VariationsView::of(&sample::programme());
        assert_eq!(view.waiting, 1);
        let page = VariationsPage { frame: Frame::new("Variations"), table: view.table(), view };
        let html = page.render().unwrap();
        assert!(html.contains("At least every 4 weeks"));
        assert!(html.contains("Every 6 weeks"));
        assert!(html.contains("Asked by Asha Rowe on 20 May 2026"));
        assert!(html.contains("The Department"));
    }

    #[test]
    fn without_a_request_the_page_says_how_one_is_made() {
        let mut programme = sample::programme();
        programme.variations.clear();
        let view = VariationsView::of(&programme);
        let page = VariationsPage { frame: Frame::new("Variations"), table: view.table(), view };
        assert!(page.render().unwrap().contains("No variation has been asked for."));
    }
}
