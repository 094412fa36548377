//! What a document leaves open. The reader never guesses: a person decides, and the reason is kept.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::register::{Instrument, OpenQuestion};
use improvement::words;
use serde::Serialize;
use service::acts::{DecideQuestion, Seen};
use service::{Action, Programme, Refusal};
use utoipa::ToSchema;
use vocabulary::id::QuestionId;

use super::wording::{Linked, instrument_of, line_at, shortened, stamp_in_words, words_at};
use crate::components::{Choice, Choices, Input, Problems, Textarea};
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// The value of the choice that the person writes out.
const OTHER: &str = "other";

/// The questions of a document, open ones first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuestionsView {
    /// The document.
    pub instrument: Linked,
    /// Those that wait.
    pub open: Vec<QuestionView>,
    /// Those that were decided.
    pub decided: Vec<QuestionView>,
}

/// One question.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuestionView {
    /// Its id.
    pub id: String,
    /// The version shown.
    pub version: i64,
    /// Its kind, in words.
    pub kind: String,
    /// The question.
    pub text: String,
    /// The words that raise it.
    pub words: String,
    /// Their line.
    pub line: usize,
    /// The document.
    pub instrument: Linked,
    /// Answers the document itself offers.
    pub candidates: Vec<String>,
    /// Where the date it asks for is entered.
    pub enter: Option<Linked>,
    /// What was decided.
    pub decision: Option<DecisionView>,
}

/// A decision with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DecisionView {
    /// The answer.
    pub answer: String,
    /// Why.
    pub reason: String,
    /// Who decided and when.
    pub by: String,
}

#[derive(Template)]
#[template(path = "pages/notices/questions.html")]
struct QuestionsPage {
    frame: Frame,
    view: QuestionsView,
    may_decide: bool,
}

#[derive(Template)]
#[template(path = "pages/notices/question.html")]
struct QuestionPage {
    frame: Frame,
    view: QuestionView,
    form: Option<DecisionForm>,
}

struct DecisionForm {
    answer: Choices,
    other: Input,
    reason: Textarea,
}

/// Lists the questions of a document.
pub async fn list(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let refused = |refusal| Refused(refusal, viewer.format);
    let programme = viewer.programme().await.map_err(refused)?;
    let instrument = instrument_of(&programme, &id).map_err(refused)?;
    let page = QuestionsPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[
                ("Notices", "/notices"),
                (&instrument.title, &format!("/notices/{}", instrument.id)),
            ]),
            sub_navigation: duties_navigation("/notices"),
            history_href: Some(format!("/history/instrument/{}", instrument.id)),
            caption: Some(instrument.title.clone()),
            ..viewer.programme_frame(&programme, "What the document leaves open", Area::Duties)
        },
        view: QuestionsView::of(&programme, instrument),
        may_decide: viewer.may(Action::DecideQuestion),
    };
    Ok(viewer.show(&page, &page.view))
}

/// Shows one question.
pub async fn show(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let refused = |refusal| Refused(refusal, viewer.format);
    let programme = viewer.programme().await.map_err(refused)?;
    let view = question_of(&programme, &id).map_err(refused)?;
    let page = page(&viewer, &programme, view, &Fields::default(), Problems::default());
    Ok(viewer.show(&page, &page.view))
}

/// Decides a question.
pub async fn decide(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let view = question_of(&programme, &id)?;
    let question = QuestionId::parse(&id).ok_or(Refusal::NotFound)?;
    let version = fields.number("version").ok_or(Refusal::NotFound)?;
    let act = DecideQuestion {
        question: Seen { id: question, version },
        answer: answer_of(&fields, &view),
        reason: fields.text("reason").to_owned(),
    };
    let refusal = match viewer.perform(&fields, act).await {
        Ok(()) => return Ok(viewer.after(&format!("{}/questions", view.instrument.href), "decided")),
        Err(refusal) => refusal,
    };
    let problems = match refusal {
        Refusal::Conflict { .. } => {
            let mut problems = Problems::default();
            problems.add("answer", "Somebody else decided this question while you had it open. Their decision stands on this page. Nothing of yours was saved: decide again only if theirs is wrong.");
            problems
        }
        refusal => beside_fields(refusal)?,
    };
    let page = page(&viewer, &programme, view, &fields, problems);
    Ok(viewer.show_problems(&page, &page.view))
}

/// The answer chosen among the document's own, or the one written out.
fn answer_of(fields: &Fields, view: &QuestionView) -> String {
    let chosen = fields.text("answer");
    let candidate = chosen.parse::<usize>().ok().and_then(|number| view.candidates.get(number));
    match candidate {
        Some(candidate) => candidate.clone(),
        None if chosen == OTHER => fields.text("answer_other").to_owned(),
        None => String::new(),
    }
}

fn question_of(programme: &Programme, id: &str) -> Result<QuestionView, Refusal> {
    let id = QuestionId::parse(id).ok_or(Refusal::NotFound)?;
    let question = programme.questions.iter().find(|question| question.id == id).ok_or(Refusal::NotFound)?;
    QuestionView::of(programme, question).ok_or(Refusal::NotFound)
}

fn page(
    viewer: &Viewer,
    programme: &Programme,
    view: QuestionView,
    typed: &Fields,
    problems: Problems,
) -> QuestionPage {
    let form = viewer.may(Action::DecideQuestion).then(|| decision_form(&view, typed, &problems));
    QuestionPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[
                ("Notices", "/notices"),
                (&view.instrument.words, &view.instrument.href),
                ("Questions", &format!("{}/questions", view.instrument.href)),
            ]),
            sub_navigation: duties_navigation("/notices"),
            history_href: Some(format!("/history/open_question/{}", view.id)),
            caption: Some(view.kind.clone()),
            problems,
            ..viewer.programme_frame(programme, &view.text, Area::Duties)
        },
        form,
        view,
    }
}

fn decision_form(view: &QuestionView, typed: &Fields, problems: &Problems) -> DecisionForm {
    let mut answer = Choices::radios("answer", "What is decided?").chosen(typed.text("answer"));
    for (number, candidate) in view.candidates.iter().enumerate() {
        answer = answer.choice(number, candidate);
    }
    if view.candidates.is_empty() {
        answer = answer.choice_part(Choice::new(OTHER, "In our own words").picked(true));
    } else {
        answer = answer
            .choice_part(Choice::divider("or"))
            .choice_part(Choice::new(OTHER, "Another answer, in our own words"));
    }
    DecisionForm {
        answer: answer.problem_in(problems),
        other: Input::new("answer_other", "The decision in our own words")
            .hint("Only if no answer above says it")
            .value(typed.text("answer_other"))
            .problem_in(problems),
        reason: Textarea::new("reason", "Why")
            .hint("Who was asked, and what the answer rests on. It is kept with the decision.")
            .rows(3)
            .value(typed.text("reason"))
            .problem_in(problems),
    }
}

impl QuestionsView {
    /// The questions of an instrument.
    pub fn of(programme: &Programme, instrument: &Instrument) -> Self {
        let questions = programme.questions.iter().filter(|question| question.instrument == instrument.id);
        let views: Vec<_> = questions.filter_map(|question| QuestionView::of(programme, question)).collect();
        let (open, decided) = views.into_iter().partition(|view| view.decision.is_none());
        Self {
            instrument: Linked::new(&instrument.title, format!("/notices/{}", instrument.id)),
            open,
            decided,
        }
    }
}

impl QuestionView {
    /// The view of a question.
    pub fn of(programme: &Programme, question: &OpenQuestion) -> Option<Self> {
        let instrument = programme.instrument(question.instrument)?;
        let text = programme.texts.get(&instrument.id).map(AsRef::as_ref).unwrap_or_default();
        let asked = &question.question;
        let decision = question.decision.as_ref().map(|decision| DecisionView {
            answer: decision.answer.clone(),
            reason: decision.reason.clone(),
            by: stamp_in_words(programme, &decision.stamp),
        });
        Some(Self {
            id: question.id.to_string(),
            version: question.version,
            kind: kind_in_words(&asked.kind),
            text: asked.text.clone(),
            words: shortened(&words_at(text, asked.span), 600),
            line: line_at(text, asked.span[0]),
            instrument: Linked::new(&instrument.title, format!("/notices/{}", instrument.id)),
            candidates: asked.candidates.clone(),
            enter: anchor_form(&asked.kind, &asked.text, instrument),
            decision,
        })
    }
}

/// Where the day that a question asks about is entered, for the kinds that are about such a day.
fn anchor_form(kind: &str, text: &str, instrument: &Instrument) -> Option<Linked> {
    let about_a_day = matches!(
        kind,
        "anchor-missing" | "several-anchors" | "anchor-inferred" | "partial-date" | "conflicting-dates"
    );
    let lower = text.to_lowercase();
    let named =
        [("receiv", "received"), ("publi", "published"), ("commenc", "commenced"), ("issue", "issued")];
    let day = named.iter().find(|(word, _)| lower.contains(word)).map_or("", |(_, name)| name);
    let query = if day.is_empty() { String::new() } else { format!("?anchor={day}") };
    about_a_day.then(|| {
        Linked::new("Enter the day itself", format!("/notices/{}{query}#anchor-form", instrument.id))
    })
}

fn kind_in_words(kind: &str) -> String {
    let words = match kind {
        "anchor-missing" => "A day is missing",
        "several-anchors" => "A time may run from several days",
        "anchor-inferred" => "The start of a time is our reading",
        "outside-consent" => "Somebody else must agree",
        "nominal-interval" => "How long a gap may be",
        "revised-timescales" => "Who may revise a date",
        "amendment" => "What an amendment changes",
        "undefined-body" => "A body is not defined",
        "several-names" => "One body has several names",
        "partial-date" => "A date is not complete",
        "conflicting-dates" => "Dates contradict each other",
        "target-after-last-review" => "A target lies after the last review",
        "no-bearer" => "Nobody is named",
        "interval-not-set" => "How often is left open",
        "set-by-another-body" => "Another body must set it",
        "incorporated-document" => "Another document is made part of it",
        "document-kind" => "What the document is",
        other => return words::theme_title(other),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, html};
    use super::*;

    #[tokio::test]
    async fn a_question_is_decided_with_a_reason_and_stands_among_the_decided() {
        let sample = Sample::notice_read().await;
        let question =
            sample.programme().await.questions.first().cloned().expect("the notice leaves something open");
        let path = || Path(question.id.to_string());
        let form = format!("version={}&answer=other&answer_other=Ask+the+adviser&reason=", question.version);
        let refused = decide(sample.manager().await, path(), Fields::parse(form.as_bytes())).await;
        let page = html(refused).await;
        assert!(page.contains("Enter the reason") && page.contains("Ask the adviser"), "{page}");
        let form = format!("{form}The+letter+names+her");
        decide(sample.manager().await, path(), Fields::parse(form.as_bytes())).await.expect("a way on");
        let page = html(list(sample.official().await, Path(sample.notice().to_string())).await).await;
        assert!(page.contains("The letter names her") && page.contains("programme manager"), "{page}");
        let again =
            decide(sample.manager().await, path(), Fields::parse(form.replace("Ask", "Tell").as_bytes()));
        let page = html(again.await).await;
        assert!(page.contains("Somebody else decided this question"), "an old page decides nothing: {page}");
    }
}
