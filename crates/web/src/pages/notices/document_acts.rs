//! What people do with one instrument: enter the days its clocks run from, and take its file and text out.

use axum::extract::Path;
use axum::response::Response;
use service::acts::EnterAnchor;
use service::{Problem, Refusal};

use super::document;
use super::wording::{anchor_named, instrument_of};
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::viewer::Viewer;

/// Enters or corrects the day a clock runs from.
pub async fn enter_anchor(
    viewer: Viewer,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let instrument = instrument_of(&programme, &id)?;
    let outcome = match anchor_of(&fields) {
        Ok((kind, on)) => {
            let source = fields.text("source").to_owned();
            viewer.perform(&fields, EnterAnchor { instrument: instrument.id, kind, on, source }).await
        }
        Err(problems) => Err(Refusal::Invalid(problems)),
    };
    match outcome {
        Ok(()) => Ok(viewer.after(&format!("/notices/{id}"), "anchor")),
        Err(refusal) => {
            let problems = beside_fields(refusal)?;
            Ok(document::show_problems(&viewer, &programme, instrument, &fields, problems))
        }
    }
}

type EnteredAnchor = (improvement::timing::AnchorKind, vocabulary::date::PartialDate);

fn anchor_of(fields: &Fields) -> Result<EnteredAnchor, Vec<Problem>> {
    let kind =
        anchor_named(fields.text("anchor")).ok_or_else(|| Problem::new("anchor", "Choose which day it is."));
    let on = fields.maybe_partial_date("on").and_then(|on| {
        on.ok_or_else(|| Problem::new("on", "Enter the date, such as 4 6 2026, or its month and year."))
    });
    match (kind, on) {
        (Ok(kind), Ok(on)) => Ok((kind, on)),
        (kind, on) => Err([kind.err(), on.err()].into_iter().flatten().collect()),
    }
}

/// Answers the file as it was uploaded, under a name of our own making.
pub async fn original(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let instrument = instrument_of(&programme, &id)?;
    let bytes = viewer.service.attachments.read(&instrument.file_hash)?;
    let (kind, ending) = match instrument.file_kind.as_str() {
        "pdf" => ("application/pdf", "pdf"),
        "docx" => ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        // A web page leaves as plain bytes, so that no browser opens it as one of our pages.
        "html" => ("application/octet-stream", "html"),
        "markdown" => ("text/plain; charset=utf-8", "md"),
        _ => ("text/plain; charset=utf-8", "txt"),
    };
    Ok(viewer.export(kind, &format!("instrument-{}.{ending}", instrument.id), bytes).await?)
}

/// Answers the text that was read, whose lines and offsets the register names.
pub async fn text(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let instrument = instrument_of(&programme, &id)?;
    let text = programme.texts.get(&instrument.id).ok_or(Refusal::NotFound)?;
    let name = format!("instrument-{}-as-read.txt", instrument.id);
    Ok(viewer.export("text/plain; charset=utf-8", &name, text.as_bytes().to_vec()).await?)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{NOTICE, Sample, html};
    use super::*;

    #[tokio::test]
    async fn a_day_is_entered_with_its_source_and_takes_the_place_of_the_reading() {
        let sample = Sample::notice_read().await;
        let id = sample.notice().to_string();
        let form = "anchor=received&on-day=6&on-month=3&on-year=2026&source=E-mail+of+the+Department";
        let answer =
            enter_anchor(sample.manager().await, Path(id.clone()), Fields::parse(form.as_bytes())).await;
        assert_eq!(answer.expect("a way on").headers()["location"], format!("/notices/{id}?done=anchor"));
        let programme = sample.programme().await;
        assert!(programme.anchors.iter().any(|anchor| anchor.source == "E-mail of the Department"));
    }

    #[tokio::test]
    async fn a_day_to_come_is_refused_and_what_was_typed_is_kept() {
        let sample = Sample::notice_read().await;
        let form = "anchor=received&on-day=6&on-month=3&on-year=2027&source=A+letter+of+ours";
        let path = Path(sample.notice().to_string());
        let answer = enter_anchor(sample.manager().await, path, Fields::parse(form.as_bytes())).await;
        let page = html(answer).await;
        assert!(page.contains("A letter of ours") && page.contains("Enter a day that has come"), "{page}");
    }

    #[tokio::test]
    async fn the_original_leaves_under_our_own_name_and_its_leaving_is_recorded() {
        let sample = Sample::notice_read().await;
        let path = Path(sample.notice().to_string());
        let answer = original(sample.official().await, path).await.expect("the file");
        let named = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
        assert!(named.starts_with("attachment; filename=\"instrument-") && !named.contains("notice.txt"));
        assert_eq!(html(Ok::<_, Refused>(answer)).await, NOTICE);
    }
}
