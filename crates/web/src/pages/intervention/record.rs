//! The Department's own forms: a decision about statutory powers, and the lifting of the intervention.

use axum::response::Response;
use service::acts::{RecordEscalation, RecordLifting, Seen};
use service::{Action, Programme, Refusal};

use crate::components::{DateInput, Input, Problems, Textarea, WarningText};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::layout::Frame;
use crate::pages::duties::question::{
    Answers, QuestionPage, Sent, parts_of, programme_now, refused, send, typed_date,
};
use crate::viewer::{Area, Viewer, breadcrumbs};
use improvement::register::Episode;

fn start(viewer: &Viewer, programme: &Programme, heading: &str, button: &'static str) -> QuestionPage {
    let frame = Frame {
        breadcrumbs: breadcrumbs(&[("Escalation and lifting", "/intervention")]),
        ..viewer.programme_frame(programme, heading, Area::Duties)
    };
    QuestionPage::new(frame, viewer, button, "/intervention")
}

fn current(programme: &Programme) -> Result<&Episode, Refusal> {
    programme.current_episode().ok_or(Refusal::NotFound)
}

/// Asks for a decision about statutory powers.
pub async fn ask_escalation(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let today = parts_of(programme.as_at);
    Ok(escalation(&viewer, &programme, &Fields::default(), today, Problems::default()).show(&viewer))
}

/// Records it.
pub async fn escalate(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let episode = current(&programme).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let act = RecordEscalation {
        episode: episode.id,
        ground: fields.text("ground").to_owned(),
        power: fields.text("power").to_owned(),
        decision: fields.text("decision").to_owned(),
        decided_on: answers.day(&fields, "decided_on"),
        result: fields.text("result").to_owned(),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(()) => Ok(viewer.after("/intervention", "escalated")),
        Sent::Again(problems) => {
            let typed = typed_date(&fields, "decided_on");
            Ok(escalation(&viewer, &programme, &fields, typed, problems).show(&viewer))
        }
    }
}

fn escalation(
    viewer: &Viewer,
    programme: &Programme,
    fields: &Fields,
    [day, month, year]: [String; 3],
    problems: Problems,
) -> QuestionPage {
    let text = |name: &'static str, words: &str, hint: &str| {
        Textarea::new(name, words).hint(hint).rows(3).value(fields.text(name)).problem_in(&problems)
    };
    start(viewer, programme, "Record a decision about powers", "Record the decision")
        .says("Only the Department records this. The council sees it.")
        .asks(text(
            "ground",
            "The ground",
            "For example, that progress is not satisfactory, or that an assessment date was missed",
        ))
        .asks(Input::new("power", "The power cited").value(fields.text("power")).problem_in(&problems))
        .asks(text("decision", "What was decided", "To use the power, or not to use it"))
        .asks(
            DateInput::new("decided_on", "The day of the decision")
                .values(day, month, year)
                .problem_in(&problems),
        )
        .asks(Input::new("result", "What came of it, if anything").value(fields.text("result")))
        .after_step_up(viewer, Action::RecordEscalation, "")
        .with_problems(problems)
}

/// Asks for the lifting.
pub async fn ask_lifting(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let episode = current(&programme).map_err(refused(&viewer))?;
    let today = parts_of(programme.as_at);
    Ok(lifting(&viewer, &programme, episode, &Fields::default(), today, Problems::default()).show(&viewer))
}

/// Records it. Every duty in force ends on that day.
pub async fn lift(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let episode = current(&programme).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let act = RecordLifting {
        episode: Seen { id: episode.id, version: fields.number("version").unwrap_or(0) },
        on: answers.day(&fields, "on"),
        letter: fields.text("letter").to_owned(),
        supervision_to: answers.take(fields.maybe_day("supervision_to")),
        supervision_terms: fields.text("supervision_terms").to_owned(),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(()) => Ok(viewer.after("/intervention", "lifted")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let episode = current(&programme).map_err(refused(&viewer))?;
            let typed = typed_date(&fields, "on");
            Ok(lifting(&viewer, &programme, episode, &fields, typed, problems).show(&viewer))
        }
    }
}

fn lifting(
    viewer: &Viewer,
    programme: &Programme,
    episode: &Episode,
    fields: &Fields,
    [day, month, year]: [String; 3],
    problems: Problems,
) -> QuestionPage {
    let [to_day, to_month, to_year] = typed_date(fields, "supervision_to");
    start(viewer, programme, "Record the lifting", "Record the lifting")
        .about(WarningText::new(format!(
            "Every duty of “{}” that is in force ends on the day of the letter.",
            episode.title
        )))
        .asks(DateInput::new("on", "The day of the letter").values(day, month, year).problem_in(&problems))
        .asks(
            Input::new("letter", "The letter that lifts the notice")
                .hint("Its title or reference")
                .value(fields.text("letter"))
                .problem_in(&problems),
        )
        .asks(
            DateInput::new("supervision_to", "The last day of supervision, if the letter sets one")
                .values(to_day, to_month, to_year)
                .problem_in(&problems),
        )
        .asks(
            Textarea::new("supervision_terms", "What is still asked in that period")
                .value(fields.text("supervision_terms"))
                .problem_in(&problems),
        )
        .sends("version", episode.version)
        .after_step_up(viewer, Action::RecordLifting, "")
        .with_problems(problems)
}
