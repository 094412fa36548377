//! Adding a duty that the reader missed: the words that carry it, by their line or from an unsettled sentence, and its
//! fields.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::reading::Span;
use improvement::register::{Instrument, InstrumentState};
use serde::Serialize;
use service::acts::AddObligation;
use service::{Problem, Programme, Refusal};
use utoipa::ToSchema;

use super::confirm;
use super::duty_form::DutyForm;
use super::fields_of_row;
use super::wording::{instrument_of, words_at};
use crate::components::{Content, Input, Problems, Textarea};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// How many lines after the one named are searched for the words.
const LINES_SEARCHED: usize = 60;

/// What the form about a missed duty shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AddView {
    /// The document's id.
    pub instrument: String,
    /// The document's title.
    pub title: String,
    /// The lines of the document, the first is line 1.
    pub lines: Vec<String>,
    /// Whether a duty can still be added.
    pub open: bool,
}

#[derive(Template)]
#[template(path = "pages/notices/add.html")]
struct AddPage {
    frame: Frame,
    view: AddView,
    line: Input,
    quote: Textarea,
    reference: Input,
    questions: Vec<Content>,
}

/// Asks for the words and the fields.
pub async fn show(viewer: Viewer, Path(id): Path<String>, Asked(asked): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let instrument = instrument_of(&programme, &id)?;
    let typed = prefilled(&programme, instrument, asked.number("at"));
    let page = page(&viewer, &programme, instrument, &typed, Problems::default());
    Ok(viewer.show(&page, &page.view))
}

/// Adds the duty; it is confirmed by whoever adds it.
pub async fn add(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let instrument = instrument_of(&programme, &id)?;
    let outcome = match described(&programme, instrument, &fields) {
        Ok(act) => viewer.perform(&fields, act).await,
        Err(problems) => Err(Refusal::Invalid(problems)),
    };
    let refusal = match outcome {
        Ok(row) => return Ok(viewer.after(&confirm::address(&id, "all", &row.to_string()), "added")),
        Err(refusal) => refusal,
    };
    let Refusal::Invalid(found) = refusal else { return Err(refusal.into()) };
    let mut problems = Problems::default();
    for problem in found {
        let own = matches!(problem.field, "line" | "quote" | "reference");
        let field = match problem.field {
            "span" | "" => "quote".to_owned(),
            field if own => field.to_owned(),
            "bearers" => "add-bearer".to_owned(),
            field => format!("add-{field}"),
        };
        problems.add(field, problem.message);
    }
    let page = page(&viewer, &programme, instrument, &fields, problems);
    Ok(viewer.show_problems(&page, &page.view))
}

fn described(
    programme: &Programme,
    instrument: &Instrument,
    fields: &Fields,
) -> Result<AddObligation, Vec<Problem>> {
    let text = programme.texts.get(&instrument.id).map(AsRef::as_ref).unwrap_or_default();
    let mut problems = Vec::new();
    let line = fields.number::<usize>("line").filter(|line| *line >= 1);
    if line.is_none() {
        problems.push(Problem::new("line", "Enter the number of the line on which the words start."));
    }
    let span = line.and_then(|line| find_words(text, line, fields.text("quote")));
    if line.is_some() && span.is_none() {
        problems.push(Problem::new(
            "quote",
            "Copy the words exactly as the document has them. They are looked for from the line you entered.",
        ));
    }
    if fields.text("reference").is_empty() {
        problems.push(Problem::new("reference", "Enter the clause, by its printed labels."));
    }
    let duty = fields_of_row::read(fields).map_err(|found| problems.extend(found)).ok();
    match (span, duty) {
        (Some(span), Some(fields_of_duty)) if problems.is_empty() => Ok(AddObligation {
            instrument: instrument.id,
            reference: fields.text("reference").to_owned(),
            span,
            fields: fields_of_duty,
        }),
        _ => Err(problems),
    }
}

/// Where the words stand, looked for from a line on; white space may differ.
fn find_words(text: &str, line: usize, quote: &str) -> Option<Span> {
    let wanted: Vec<&str> = quote.split_whitespace().collect();
    let (first, last) = (wanted.first()?, wanted.last()?);
    let start = match line {
        1 => 0,
        line => text.match_indices('\n').nth(line - 2).map(|(at, _)| at + 1)?,
    };
    let searched = &text[start..];
    let end = searched.match_indices('\n').nth(LINES_SEARCHED).map_or(searched.len(), |(at, _)| at);
    let searched = &searched[..end];
    let offset = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words: Vec<&str> = searched.split_whitespace().collect();
    if let [only] = wanted.as_slice() {
        let at = searched.find(only)?;
        return Some([start + at, start + at + only.len()]);
    }
    let fits = |window: &&[&str]| {
        let inner = window.len() - 1;
        window[0].ends_with(first) && window[inner].starts_with(last) && window[1..inner] == wanted[1..inner]
    };
    let found = words.windows(wanted.len()).find(fits)?;
    let begins = offset(found[0]) + found[0].len() - first.len();
    Some([begins, offset(found[found.len() - 1]) + last.len()])
}

/// What an unsettled sentence says of itself.
fn prefilled(programme: &Programme, instrument: &Instrument, at: Option<usize>) -> Fields {
    let passage = instrument.passages.iter().find(|passage| Some(passage.span[0]) == at);
    let Some(passage) = passage else { return Fields::default() };
    let text = programme.texts.get(&instrument.id).map(AsRef::as_ref).unwrap_or_default();
    let words = words_at(text, passage.span);
    let field = |name: &str, value: String| (name.to_owned(), value);
    Fields(vec![
        field("line", passage.line.to_string()),
        field("quote", words.clone()),
        field("reference", passage.clause.clone()),
        field("text", words),
        field("clock", "none".to_owned()),
    ])
}

fn page(
    viewer: &Viewer,
    programme: &Programme,
    instrument: &Instrument,
    typed: &Fields,
    problems: Problems,
) -> AddPage {
    let text = programme.texts.get(&instrument.id).map(AsRef::as_ref).unwrap_or_default();
    let form = DutyForm { prefix: "add", typed, problems: &problems, clock: true };
    AddPage {
        line: Input::number("line", "Line on which the words start")
            .value(typed.text("line"))
            .problem_in(&problems),
        quote: Textarea::new("quote", "The words that carry the duty")
            .hint("Copied from the document, so that the duty can always be traced to them.")
            .rows(3)
            .value(typed.text("quote"))
            .problem_in(&problems),
        reference: Input::new("reference", "Clause, by its printed labels")
            .hint("For instance: 3.a")
            .classes("govuk-input--width-10")
            .value(typed.text("reference"))
            .problem_in(&problems),
        questions: form.questions(),
        frame: Frame {
            breadcrumbs: breadcrumbs(&[
                ("Notices", "/notices"),
                (&instrument.title, &format!("/notices/{}", instrument.id)),
                ("Confirm the duties", &format!("/notices/{}/confirm", instrument.id)),
            ]),
            sub_navigation: duties_navigation("/notices"),
            history_href: Some(format!("/history/instrument/{}", instrument.id)),
            caption: Some(instrument.title.clone()),
            problems,
            ..viewer.programme_frame(programme, "Add a duty that the reader missed", Area::Duties)
        },
        view: AddView {
            instrument: instrument.id.to_string(),
            title: instrument.title.clone(),
            lines: text.lines().map(str::to_owned).collect(),
            open: !matches!(instrument.state, InstrumentState::Replaced | InstrumentState::Ended),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{NOTICE, Sample, html};
    use super::*;

    #[test]
    fn quoted_words_are_found_from_their_line_however_they_are_broken() {
        let text = "The council\nmust (within a year)\n  open its books.\nmust open its books.\n";
        let found = |line, quote| find_words(text, line, quote).map(|span| &text[span[0]..span[1]]);
        assert_eq!(found(1, "within a year"), Some("within a year"));
        assert_eq!(found(2, "year) open its  books"), Some("year)\n  open its books"));
        assert_eq!(found(4, "open"), Some("open"));
        assert_eq!(found(3, "within a year"), None);
        assert_eq!(found(9, "open"), None);
        assert_eq!(found(1, ""), None);
    }

    #[tokio::test]
    async fn a_missed_duty_is_added_over_its_words() {
        let sample = Sample::notice_read().await;
        let form = "line=1&quote=The+Old+Exchange&reference=Address&text=Keep+an+office&bearer=council&modality=must\
            &clock=none&theme=scope";
        let path = Path(sample.notice().to_string());
        let answer =
            add(sample.manager().await, path, Fields::parse(form.as_bytes())).await.expect("a way on");
        assert!(answer.headers()["location"].to_str().unwrap().ends_with("done=added"));
        let span = sample.row("Address").await.span;
        assert_eq!(&NOTICE[span[0]..span[1]], "The Old Exchange");
    }

    #[tokio::test]
    async fn words_that_the_document_does_not_have_are_refused_beside_the_question() {
        let sample = Sample::notice_read().await;
        let form = "line=1&quote=Nobody+wrote+this&reference=1&text=Keep+an+office";
        let path = Path(sample.notice().to_string());
        let page = html(add(sample.manager().await, path, Fields::parse(form.as_bytes())).await).await;
        assert!(page.contains("href=\"#quote\"") && page.contains("href=\"#add-bearer\""), "{page}");
        assert!(page.contains("Nobody wrote this") && page.contains("Keep an office"));
    }
}
