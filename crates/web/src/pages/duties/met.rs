//! Saying that a due date was met, with what shows it; and a second person's verification.

use axum::extract::Path;
use axum::response::Response;
use improvement::occurrence::Occurrence;
use improvement::register::Obligation;
use improvement::words::{due_in_words, sentence_case, status_in_words};
use service::acts::{MarkMet, VerifyMet};
use service::{Action, Programme, Refusal};
use vocabulary::date::day_in_words;

use super::duty_view::mark_of;
use super::one::{find, frame};
use super::question::{Answers, QuestionPage, Sent, parts_of, programme_now, refused, send, typed_date};
use super::standing::occurrences;
use crate::components::{DateInput, Problems, Select, SummaryList, Textarea};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::viewer::Viewer;

/// Asks which due date was met, when and what shows it.
pub async fn ask(viewer: Viewer, Path(id): Path<String>, Asked(asked): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).map_err(refused(&viewer))?;
    let today = parts_of(programme.as_at);
    Ok(question(&viewer, &programme, row, &asked, today, Problems::default()).show(&viewer))
}

/// Marks a due date as met.
pub async fn mark(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let met_on = answers.day(&fields, "met_on");
    let key = fields.text("occurrence");
    let known = occurrences(&programme, row).iter().any(|occurrence| occurrence.key.to_string() == key);
    answers.need(known.then_some(()), "occurrence", "Choose which due date was met.");
    let act = MarkMet {
        obligation: row.id,
        occurrence: key.to_owned(),
        met_on,
        evidence: fields.text("evidence").to_owned(),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(()) => Ok(viewer.after(&format!("/duties/{}", row.id), "met")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let row = find(&programme, &id).map_err(refused(&viewer))?;
            let typed = typed_date(&fields, "met_on");
            Ok(question(&viewer, &programme, row, &fields, typed, problems).show(&viewer))
        }
    }
}

fn question(
    viewer: &Viewer,
    programme: &Programme,
    row: &Obligation,
    fields: &Fields,
    [day, month, year]: [String; 3],
    problems: Problems,
) -> QuestionPage {
    let open = |occurrence: &&Occurrence| occurrence.met_on.is_none();
    let mut due = Select::new("occurrence", "Which due date was met")
        .option("", "Choose a due date")
        .chosen(fields.text("occurrence"))
        .problem_in(&problems);
    for occurrence in occurrences(programme, row).iter().filter(open) {
        let words =
            format!("{}. {}", sentence_case(&due_in_words(&occurrence.due)), status_in_words(occurrence));
        due = due.option(&occurrence.key, words);
    }
    let met_on = DateInput::new("met_on", "When it was met")
        .hint("The day it was done, not the day you record it. For example, 4 6 2026")
        .values(day, month, year)
        .problem_in(&problems);
    let evidence = Textarea::new("evidence", "What shows it")
        .hint("A title, a reference or a minute. Do not name a child.")
        .at_most_characters(500)
        .value(fields.text("evidence"))
        .problem_in(&problems);
    QuestionPage::new(frame(viewer, programme, row, "Mark as met"), viewer, "Mark as met", back(row))
        .says(&format!("{}: {}", super::cells::clause(&row.reference), row.text))
        .says("Somebody else must verify it afterwards.")
        .asks(due)
        .asks(met_on)
        .asks(evidence)
        .with_problems(problems)
}

fn back(row: &Obligation) -> String {
    format!("/duties/{}", row.id)
}

/// Shows what was marked, for a second person to verify.
pub async fn ask_to_verify(
    viewer: Viewer,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).map_err(refused(&viewer))?;
    let page = verification(&viewer, &programme, row, asked.text("due")).map_err(refused(&viewer))?;
    Ok(page.show(&viewer))
}

/// Verifies that a due date was met.
pub async fn verify(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let act =
        VerifyMet { mark: fields.text("mark").to_owned(), version: fields.number("version").unwrap_or(0) };
    match send(&viewer, &fields, Ok(act)).await? {
        Sent::Done(()) => Ok(viewer.after(&format!("/duties/{id}"), "verified")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let row = find(&programme, &id).map_err(refused(&viewer))?;
            let page =
                verification(&viewer, &programme, row, fields.text("due")).map_err(refused(&viewer))?;
            Ok(page.with_problems(problems).show(&viewer))
        }
    }
}

fn verification(
    viewer: &Viewer,
    programme: &Programme,
    row: &Obligation,
    due: &str,
) -> Result<QuestionPage, Refusal> {
    let mark = mark_of(programme, row, due).ok_or(Refusal::NotFound)?;
    let occurrence = occurrences(programme, row).iter().find(|occurrence| occurrence.key.to_string() == due);
    let facts = SummaryList::new()
        .row("Duty", format!("{}: {}", super::cells::clause(&row.reference), row.text))
        .row("Due date", occurrence.map(status_in_words).unwrap_or_default())
        .row("Met on", day_in_words(mark.met_on))
        .row("What shows it", &mark.evidence)
        .row("Marked by", programme.name_of(mark.stamp.by));
    let query = format!("?due={}", crate::guard::escape(due));
    Ok(QuestionPage::new(frame(viewer, programme, row, "Verify that it was met"), viewer, "Verify", back(row))
        .about(facts)
        .says("Look at what shows it before you verify. You cannot verify what you marked, or a duty you answer for.")
        .sends("mark", &mark.id)
        .sends("version", mark.version)
        .sends("due", due)
        .after_step_up(viewer, Action::VerifyOccurrence, &query))
}
