//! Signing a register that others confirmed: what is signed, what stays open, and who may not sign.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::register::{Instrument, Obligation, ObligationState};
use serde::Serialize;
use service::acts::{Seen, SignRegister};
use service::{Programme, Refusal};
use utoipa::ToSchema;

use super::questions::QuestionsView;
use super::uncovered;
use super::wording::{Linked, Progress, instrument_of, stamp_in_words};
use crate::components::{DateInput, Problems};
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// What is signed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignView {
    /// The document's id.
    pub instrument: String,
    /// The version shown.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// How far its rows are.
    pub progress: Progress,
    /// Confirmed rows that come into force by this signature.
    pub to_sign: usize,
    /// Rows in force already.
    pub in_force: usize,
    /// Sentences that nobody has settled.
    pub unsettled: usize,
    /// Questions that stay open.
    pub open_questions: Vec<Linked>,
    /// Who confirmed how many of the rows.
    pub confirmed_by: Vec<(String, usize)>,
    /// Whether the viewer is among them.
    pub by_viewer: bool,
    /// Who signed before and when.
    pub signed: Option<String>,
    /// The day its duties came into force, where it is settled.
    pub in_force_from: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/notices/sign.html")]
struct SignPage {
    frame: Frame,
    view: SignView,
    from: DateInput,
    stepped_up: bool,
    step_up: String,
}

impl SignView {
    /// Whether nothing but the signature is missing.
    fn ready(&self) -> bool {
        self.to_sign > 0 && self.progress.waiting == 0 && self.unsettled == 0
    }
}

/// Shows what would be signed.
pub async fn show(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let instrument = instrument_of(&programme, &id)?;
    let page = page(&viewer, &programme, instrument, None, Problems::default());
    Ok(viewer.show(&page, &page.view))
}

/// Signs the register.
pub async fn sign(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let instrument = instrument_of(&programme, &id)?;
    let version = fields.number("version").ok_or(Refusal::NotFound)?;
    let outcome = match fields.maybe_day("in_force_from") {
        Ok(in_force_from) => {
            let seen = Seen { id: instrument.id, version };
            viewer.perform(&fields, SignRegister { instrument: seen, in_force_from }).await
        }
        Err(problem) => Err(Refusal::Invalid(vec![problem])),
    };
    match outcome {
        Ok(_) => Ok(viewer.after(&format!("/notices/{id}"), "signed")),
        Err(refusal) => {
            let problems = beside_fields(refusal)?;
            let page = page(&viewer, &programme, instrument, Some(&fields), problems);
            Ok(viewer.show_problems(&page, &page.view))
        }
    }
}

fn page(
    viewer: &Viewer,
    programme: &Programme,
    instrument: &Instrument,
    typed: Option<&Fields>,
    problems: Problems,
) -> SignPage {
    let here = format!("/notices/{}/sign", instrument.id);
    SignPage {
        from: from_question(instrument, typed).problem_in(&problems),
        frame: Frame {
            breadcrumbs: breadcrumbs(&[
                ("Notices", "/notices"),
                (&instrument.title, &format!("/notices/{}", instrument.id)),
            ]),
            sub_navigation: duties_navigation("/notices"),
            history_href: Some(format!("/history/instrument/{}", instrument.id)),
            caption: Some(instrument.title.clone()),
            problems,
            ..viewer.programme_frame(programme, "Check and sign the register", Area::Duties)
        },
        view: SignView::of(programme, instrument, viewer),
        stepped_up: viewer.actor.stepped_up(),
        step_up: format!("/step-up?back={}", crate::guard::escape(&here)),
    }
}

fn from_question(instrument: &Instrument, typed: Option<&Fields>) -> DateInput {
    let question = DateInput::new("in_force_from", "From which day are its duties in force?")
        .hint("The day of issue, unless the document says another.");
    let issued = instrument.document.issued_on.and_then(vocabulary::date::PartialDate::day);
    match (typed, issued) {
        (Some(typed), _) => question.values(
            typed.text("in_force_from-day"),
            typed.text("in_force_from-month"),
            typed.text("in_force_from-year"),
        ),
        (None, Some(day)) => question.values(day.day(), day.month(), day.year()),
        (None, None) => question,
    }
}

impl SignView {
    fn of(programme: &Programme, instrument: &Instrument, viewer: &Viewer) -> Self {
        let rows: Vec<&Obligation> = programme.obligations_of(instrument.id).collect();
        let confirmed: Vec<&Obligation> =
            rows.iter().copied().filter(|row| row.state == ObligationState::Confirmed).collect();
        let mut confirmed_by: Vec<(String, usize)> = Vec::new();
        for stamp in confirmed.iter().filter_map(|row| row.confirmed.as_ref()) {
            let name = programme.name_of(stamp.by);
            match confirmed_by.iter_mut().find(|(known, _)| known == name) {
                Some((_, count)) => *count += 1,
                None => confirmed_by.push((name.to_owned(), 1)),
            }
        }
        let by_viewer =
            |row: &&Obligation| row.confirmed.as_ref().is_some_and(|stamp| stamp.by == viewer.actor.person);
        let questions = QuestionsView::of(programme, instrument);
        let link = |question: &super::questions::QuestionView| {
            Linked::new(&question.text, format!("/questions/{}", question.id))
        };
        Self {
            instrument: instrument.id.to_string(),
            version: instrument.version,
            title: instrument.title.clone(),
            progress: Progress::of(rows.iter().copied()),
            to_sign: confirmed.len(),
            in_force: rows.iter().filter(|row| row.state == ObligationState::InForce).count(),
            unsettled: uncovered::count_unsettled(programme, instrument),
            open_questions: questions.open.iter().map(link).collect(),
            by_viewer: confirmed.iter().any(by_viewer),
            confirmed_by,
            signed: instrument.signed.as_ref().map(|stamp| stamp_in_words(programme, stamp)),
            in_force_from: instrument.in_force_from.map(vocabulary::date::day_in_words),
        }
    }
}

#[cfg(test)]
mod tests {
    use service::acts::{ClassifyPassage, ConfirmObligations};

    use super::super::sample::{Sample, html};
    use super::*;

    async fn all_confirmed() -> Sample {
        let sample = Sample::notice_read().await;
        let rows = sample.rows().await.iter().map(|row| Seen { id: row.id, version: row.version }).collect();
        sample.act(ConfirmObligations { rows }).await;
        let programme = sample.programme().await;
        let instrument = &programme.instruments[0];
        let open: Vec<usize> =
            uncovered::bare(&programme, instrument).map(|passage| passage.span[0]).collect();
        for at in open {
            let kind = improvement::reading::PassageKind::Context;
            let reason = "It asks nothing".to_owned();
            sample.act(ClassifyPassage { instrument: instrument.id, at, kind, reason }).await;
        }
        sample
    }

    #[tokio::test]
    async fn nothing_is_signed_while_rows_wait() {
        let sample = Sample::notice_read().await;
        let path = || Path(sample.notice().to_string());
        let page = html(show(sample.official().await, path()).await).await;
        assert!(page.contains("wait") && !page.contains("method=\"post\" novalidate>\n<input"), "{page}");
        let refused =
            sign(sample.official().await, path(), Fields::parse(b"version=1")).await.expect("a page");
        assert_eq!(refused.status(), 422);
    }

    #[tokio::test]
    async fn somebody_who_confirmed_no_row_signs_and_the_duties_are_in_force() {
        let sample = all_confirmed().await;
        let path = || Path(sample.notice().to_string());
        let page = html(show(sample.official().await, path()).await).await;
        assert!(page.contains("value=\"2026\"") && page.contains("Sign the register"), "{page}");
        let version = sample.programme().await.instruments[0].version;
        let form =
            format!("version={version}&in_force_from-day=4&in_force_from-month=3&in_force_from-year=2026");
        sign(sample.official().await, path(), Fields::parse(form.as_bytes())).await.expect("a way on");
        assert_eq!(sample.row("2").await.state, ObligationState::InForce);
    }

    #[tokio::test]
    async fn who_confirmed_a_row_reads_why_they_cannot_sign() {
        let sample = all_confirmed().await;
        let viewer = crate::viewer::Viewer { actor: sample.manager().await.actor, ..sample.official().await };
        let page = html(show(viewer, Path(sample.notice().to_string())).await).await;
        assert!(page.contains("You confirmed rows of this register"), "{page}");
        assert!(!page.contains("Sign the register</button>"));
    }
}
