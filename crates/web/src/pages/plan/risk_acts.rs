//! Raising a risk or an issue, looking at it again, closing it.

use axum::extract::Path;
use axum::response::Response;
use improvement::plan::{Risk, Score};
use jiff::ToSpan as _;
use service::acts::{CloseRisk, RaiseRisk, ReviewRisk, Seen};
use service::{Action, Programme, Refusal};
use vocabulary::id::{ObjectiveId, UserId};

use super::objective_acts::people;
use super::risks::find;
use crate::components::{Choices, DateInput, Problems, Select, Textarea};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::pages::duties::question::{
    Answers, QuestionPage, Sent, parts_of, programme_now, refused, send, typed_date,
};
use crate::viewer::Viewer;

const LIKELIHOODS: [&str; 5] =
    ["1: very unlikely", "2: unlikely", "3: possible", "4: likely", "5: almost certain, or happening"];
const IMPACTS: [&str; 5] = [
    "1: children hardly feel it",
    "2: children feel it for a while",
    "3: children wait or are let down",
    "4: children are left at risk",
    "5: children come to serious harm",
];

fn score(fields: &Fields, likelihood: &str, impact: &str) -> Option<Score> {
    Score::new(fields.number(likelihood)?, fields.number(impact)?)
}

/// Two questions that make a score.
fn ask_score(
    page: QuestionPage,
    (likelihood, impact): (&'static str, &'static str),
    when: &str,
    chosen: (String, String),
    problems: &Problems,
) -> QuestionPage {
    let select = |name: &'static str, words: String, options: [&str; 5], chosen: String| {
        let select = Select::new(name, words).option("", "Choose one");
        let numbered = (1..=5).zip(options);
        let select = numbered.fold(select, |select, (number, words)| select.option(number, words));
        select.chosen(chosen).problem_in(problems)
    };
    page.asks(select(likelihood, format!("How likely is it {when}?"), LIKELIHOODS, chosen.0)).asks(select(
        impact,
        format!("How bad is it for children {when}?"),
        IMPACTS,
        chosen.1,
    ))
}

fn kind_question(chosen: &str, problems: &Problems) -> Choices {
    Choices::radios("kind", "Has it come about?")
        .choice("risk", "No: it may happen")
        .choice("issue", "Yes: it is an issue now")
        .chosen(chosen)
        .problem_in(problems)
}

/// Asks for a new risk.
pub async fn ask(viewer: Viewer) -> Result<Response, Refused> {
    Ok(new_question(&viewer, &Fields::default(), Problems::default()).await?.show(&viewer))
}

/// Raises it.
pub async fn raise(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let episode = programme.current_episode().ok_or(Refusal::NotFound).map_err(refused(&viewer))?;
    let text = |name: &str| fields.text(name).to_owned();
    let act = RaiseRisk {
        episode: episode.id,
        is_issue: fields.text("kind") == "issue",
        what: text("what"),
        effect: text("effect"),
        objective: ObjectiveId::parse(fields.text("objective")),
        owner: UserId::parse(fields.text("owner")),
        now: score(&fields, "likelihood", "impact"),
        target: score(&fields, "target_likelihood", "target_impact"),
        control: text("control"),
        // A day that is missing is refused beside the other fields.
        review_by: fields.day("review_by").unwrap_or(jiff::civil::Date::MIN),
    };
    match send(&viewer, &fields, Ok(act)).await? {
        Sent::Done(id) => Ok(viewer.after(&format!("/plan/risks/{id}"), "risk-raised")),
        Sent::Again(problems) => Ok(new_question(&viewer, &fields, problems).await?.show(&viewer)),
    }
}

async fn new_question(viewer: &Viewer, typed: &Fields, problems: Problems) -> Result<QuestionPage, Refused> {
    let programme = viewer.programme().await.map_err(refused(viewer))?;
    let area = |name: &'static str, words: &str, hint: &str| {
        Textarea::new(name, words).hint(hint).rows(2).value(typed.text(name)).problem_in(&problems)
    };
    let none = Select::new("objective", "Which objective does it stand in the way of?")
        .option("", "None in particular");
    let objective = programme.objectives.iter().fold(none, |select, objective| {
        select.option(objective.id, format!("{}. {}", objective.number, objective.outcome))
    });
    let [day, month, year] = match typed.maybe("form_token") {
        Some(_) => typed_date(typed, "review_by"),
        None => parts_of(programme.as_at.saturating_add(1.months())),
    };
    let frame =
        super::frame(viewer, &programme, "Raise a risk or an issue", &[("Risks and issues", "/plan/risks")]);
    let typed_pair = |one: &str, other: &str| (typed.text(one).to_owned(), typed.text(other).to_owned());
    let page = QuestionPage::new(frame, viewer, "Raise it", "/plan/risks")
        .asks(kind_question(typed.maybe("kind").unwrap_or("risk"), &problems))
        .asks(area("what", "What may happen, or has, and why?", "Name no child."))
        .asks(area("effect", "What would that mean for children?", ""))
        .asks(objective.chosen(typed.text("objective")))
        .asks(people(viewer, "owner", typed.text("owner"), &problems).await?);
    let page =
        ask_score(page, ("likelihood", "impact"), "now", typed_pair("likelihood", "impact"), &problems);
    let targets = ("target_likelihood", "target_impact");
    let page = ask_score(page, targets, "to be", typed_pair(targets.0, targets.1), &problems);
    Ok(page
        .asks(area("control", "What holds it, and what more is done?", ""))
        .asks(
            DateInput::new("review_by", "By when is it looked at again?")
                .values(day, month, year)
                .problem_in(&problems),
        )
        .with_problems(problems))
}

/// Asks what is found of a risk now.
pub async fn ask_review(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let risk = find(&programme, &id).map_err(refused(&viewer))?;
    Ok(review_question(&viewer, &programme, risk, &Fields::default(), Problems::default()).show(&viewer))
}

/// Records it.
pub async fn review(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let risk = find(&programme, &id).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let act = ReviewRisk {
        risk: Seen { id: risk.id, version: fields.number("version").unwrap_or_default() },
        is_issue: fields.text("kind") == "issue",
        now: score(&fields, "likelihood", "impact"),
        control: fields.text("control").to_owned(),
        review_by: answers.day(&fields, "review_by"),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(_) => Ok(viewer.after(&format!("/plan/risks/{id}"), "risk-reviewed")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let risk = find(&programme, &id).map_err(refused(&viewer))?;
            Ok(review_question(&viewer, &programme, risk, &fields, problems).show(&viewer))
        }
    }
}

fn review_question(
    viewer: &Viewer,
    programme: &Programme,
    risk: &Risk,
    typed: &Fields,
    problems: Problems,
) -> QuestionPage {
    let was_sent = typed.maybe("form_token").is_some();
    let known = risk.reviews.last();
    let value = |name: &str, known: String| if was_sent { typed.text(name).to_owned() } else { known };
    let likelihood = known.map(|review| review.score.likelihood.to_string()).unwrap_or_default();
    let impact = known.map(|review| review.score.impact.to_string()).unwrap_or_default();
    let kind = value("kind", if risk.is_issue { "issue" } else { "risk" }.to_owned());
    let [day, month, year] = match was_sent {
        true => typed_date(typed, "review_by"),
        false => parts_of(programme.as_at.saturating_add(1.months())),
    };
    let frame = super::frame(viewer, programme, "Look at it again", &[("Risks and issues", "/plan/risks")]);
    let page = QuestionPage::new(frame, viewer, "Record what was found", format!("/plan/risks/{}", risk.id))
        .says(&risk.what)
        .asks(kind_question(&kind, &problems));
    let chosen = (value("likelihood", likelihood), value("impact", impact));
    let control = value("control", known.map(|review| review.control.clone()).unwrap_or_default());
    ask_score(page, ("likelihood", "impact"), "now", chosen, &problems)
        .asks(
            Textarea::new("control", "What holds it, and what more is done?")
                .rows(3)
                .value(control)
                .problem_in(&problems),
        )
        .asks(
            DateInput::new("review_by", "By when is it looked at again?")
                .values(day, month, year)
                .problem_in(&problems),
        )
        .sends("version", risk.version)
        .with_problems(problems)
}

/// Asks why a risk is closed.
pub async fn ask_close(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let risk = find(&programme, &id).map_err(refused(&viewer))?;
    Ok(close_question(&viewer, &programme, risk, &Fields::default(), Problems::default()).show(&viewer))
}

/// Closes it.
pub async fn close(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let risk = find(&programme, &id).map_err(refused(&viewer))?;
    let seen = Seen { id: risk.id, version: fields.number("version").unwrap_or_default() };
    let act = CloseRisk { risk: seen, reason: fields.text("reason").to_owned() };
    match send(&viewer, &fields, Ok(act)).await? {
        Sent::Done(_) => Ok(viewer.after(&format!("/plan/risks/{id}"), "risk-closed")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let risk = find(&programme, &id).map_err(refused(&viewer))?;
            Ok(close_question(&viewer, &programme, risk, &fields, problems).show(&viewer))
        }
    }
}

fn close_question(
    viewer: &Viewer,
    programme: &Programme,
    risk: &Risk,
    typed: &Fields,
    problems: Problems,
) -> QuestionPage {
    let frame = super::frame(viewer, programme, "Close it", &[("Risks and issues", "/plan/risks")]);
    QuestionPage::new(frame, viewer, "Close it", format!("/plan/risks/{}", risk.id))
        .says(&risk.what)
        .says("It stays in the register with its reviews and this reason. Whoever answers for it does not close it.")
        .asks(Textarea::new("reason", "Why is it closed?").at_most_characters(500).value(typed.text("reason")).problem_in(&problems))
        .sends("version", risk.version)
        .after_step_up(viewer, Action::VerifyPlan, "")
        .with_problems(problems)
}
