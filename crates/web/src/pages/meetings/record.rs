//! Planning a meeting, review or visit, recording that it was held, and changing what is recorded.

use axum::extract::Path;
use axum::response::Response;
use improvement::register::{Event, EventKind, EventState};
use improvement::words::{party_in_words, sentence_case};
use service::acts::{ChangeEvent, RecordEvent, Seen};
use service::{Programme, Refusal};
use vocabulary::date::day_in_words;
use vocabulary::id::MeetingId;
use vocabulary::party::Party;

use crate::components::{Choices, DateInput, Problems, Select, Textarea};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::layout::Frame;
use crate::pages::duties::file::name_of;
use crate::pages::duties::question::{
    Answers, QuestionPage, Sent, parts_of, programme_now, refused, send, typed_date,
};
use crate::viewer::{Area, Viewer, breadcrumbs};

const KINDS: [EventKind; 3] = [EventKind::Meeting, EventKind::Review, EventKind::Visit];
const STATES: [EventState; 3] = [EventState::Planned, EventState::Held, EventState::Cancelled];
const BODIES: [Party; 4] = [Party::BOARD, Party::DEPARTMENT, Party::ADVISER, Party::OFSTED];

/// Asks for a new date.
pub async fn ask(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let page = start(&viewer, &programme, "Record or plan a date".to_owned(), "Save");
    let page = what(page, &Fields::default(), &Problems::default());
    let empty = [String::new(), String::new(), String::new()];
    Ok(when(page, &Fields::default(), empty, Problems::default()).show(&viewer))
}

/// Records it.
pub async fn record(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let episode = programme.current_episode().ok_or(Refusal::NotFound).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let kind = KINDS.into_iter().find(|kind| name_of(kind) == fields.text("kind"));
    let kind = answers.need(kind, "kind", "Choose what it is.").unwrap_or(EventKind::Meeting);
    let body = BODIES.into_iter().find(|body| body.as_str() == fields.text("body"));
    let act = RecordEvent {
        episode: episode.id,
        kind,
        body: answers.need(body, "body", "Choose who meets or reviews.").unwrap_or(Party::BOARD),
        on: answers.day(&fields, "on"),
        state: state(&fields, &mut answers),
        quorate: quorate(&fields),
        note: fields.text("note").to_owned(),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(_) => Ok(viewer.after("/meetings", "event")),
        Sent::Again(problems) => {
            let page = start(&viewer, &programme, "Record or plan a date".to_owned(), "Save");
            let page = what(page, &fields, &problems);
            Ok(when(page, &fields, typed_date(&fields, "on"), problems).show(&viewer))
        }
    }
}

fn state(fields: &Fields, answers: &mut Answers) -> EventState {
    let state = STATES.into_iter().find(|state| name_of(state) == fields.text("state"));
    let words = "Choose whether it is planned, was held or was cancelled.";
    answers.need(state, "state", words).unwrap_or(EventState::Planned)
}

fn quorate(fields: &Fields) -> Option<bool> {
    match fields.text("quorate") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn start(viewer: &Viewer, programme: &Programme, heading: String, button: &'static str) -> QuestionPage {
    let frame = Frame {
        breadcrumbs: breadcrumbs(&[("Meetings", "/meetings")]),
        ..viewer.programme_frame(programme, heading, Area::Board)
    };
    QuestionPage::new(frame, viewer, button, "/meetings")
}

fn what(page: QuestionPage, fields: &Fields, problems: &Problems) -> QuestionPage {
    let mut kind = Choices::radios("kind", "What is it?").chosen(fields.maybe("kind").unwrap_or("meeting"));
    for known in KINDS {
        kind = kind.choice(name_of(&known), known.in_words());
    }
    let mut body =
        Select::new("body", "Who meets or reviews").chosen(fields.maybe("body").unwrap_or("board"));
    for known in BODIES {
        body = body.option(known.as_str(), sentence_case(&party_in_words(&known)));
    }
    page.asks(kind.problem_in(problems)).asks(body.problem_in(problems))
}

fn when(
    page: QuestionPage,
    fields: &Fields,
    [day, month, year]: [String; 3],
    problems: Problems,
) -> QuestionPage {
    let mut state = Choices::radios("state", "Where does it stand?").chosen(fields.text("state"));
    for known in STATES {
        state = state.choice(name_of(&known), known.in_words());
    }
    let quorate = Choices::radios("quorate", "If a meeting was held: were enough members there?")
        .choice("yes", "Yes, it was quorate")
        .choice("no", "No")
        .choice("", "Not recorded")
        .chosen(fields.text("quorate"));
    let note = Textarea::new("note", "Note").hint("Do not name a child.").at_most_characters(500);
    page.asks(DateInput::new("on", "The day").values(day, month, year).problem_in(&problems))
        .asks(state.problem_in(&problems))
        .asks(quorate)
        .asks(note.value(fields.text("note")).problem_in(&problems))
        .with_problems(problems)
}

fn find<'a>(programme: &'a Programme, id: &str) -> Result<&'a Event, Refusal> {
    let id = MeetingId::parse(id).ok_or(Refusal::NotFound)?;
    programme.events.iter().find(|event| event.id == id).ok_or(Refusal::NotFound)
}

/// Asks what changes about a recorded date.
pub async fn ask_change(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let event = find(&programme, &id).map_err(refused(&viewer))?;
    let page =
        changing(&viewer, &programme, event, &standing(event), parts_of(event.on), Problems::default());
    Ok(page.show(&viewer))
}

/// What is recorded, as the form's fields.
fn standing(event: &Event) -> Fields {
    let quorate = match event.quorate {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let pairs =
        [("state", name_of(&event.state)), ("quorate", quorate.to_owned()), ("note", event.note.clone())];
    Fields(pairs.map(|(name, value)| (name.to_owned(), value)).into())
}

/// Changes it.
pub async fn change(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let seen = MeetingId::parse(&id).ok_or(Refusal::NotFound).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let act = ChangeEvent {
        event: Seen { id: seen, version: fields.number("version").unwrap_or(0) },
        on: answers.day(&fields, "on"),
        state: state(&fields, &mut answers),
        quorate: quorate(&fields),
        note: fields.text("note").to_owned(),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(()) => Ok(viewer.after("/meetings", "event-changed")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let event = find(&programme, &id).map_err(refused(&viewer))?;
            let typed = typed_date(&fields, "on");
            Ok(changing(&viewer, &programme, event, &fields, typed, problems).show(&viewer))
        }
    }
}

fn changing(
    viewer: &Viewer,
    programme: &Programme,
    event: &Event,
    fields: &Fields,
    typed: [String; 3],
    problems: Problems,
) -> QuestionPage {
    let heading = format!("{} on {}", event.kind.in_words(), day_in_words(event.on));
    let mut page = start(viewer, programme, heading, "Save the change");
    page.frame.history_href = Some(format!("/history/event/{}", event.id));
    let stands = match (event.state, event.quorate) {
        (EventState::Held, Some(true)) => "Recorded as held, quorate.",
        (EventState::Held, Some(false)) => "Recorded as held, not quorate.",
        (EventState::Held, None) => "Recorded as held.",
        (EventState::Planned, _) => "Recorded as planned.",
        (EventState::Cancelled, _) => "Recorded as cancelled.",
    };
    when(page.says(stands).sends("version", event.version), fields, typed, problems)
}
