//! What a later document does to the duties of an earlier one, before it is applied: carried over, changed, new, not
//! continued.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::amendment::{ChangedField, FieldChange, WordRun};
use improvement::register::{Instrument, Obligation};
use serde::Serialize;
use service::acts::{ApplyAmendment, compare, compared_rows};
use service::{Action, Programme, Refusal};
use utoipa::ToSchema;

use super::document::DutyView;
use super::wording::{Linked, instrument_of};
use crate::components::Problems;
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// What became of each duty.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CompareView {
    /// The address of this comparison.
    pub address: String,
    /// The earlier document.
    pub old: Linked,
    /// The later document.
    pub new: Linked,
    /// Whether the register of the later document is signed.
    pub signed: bool,
    /// Duties in both, unchanged.
    pub carried: Vec<DutyView>,
    /// Duties in both, changed.
    pub changed: Vec<ChangedDuty>,
    /// Duties of the later document only.
    pub added: Vec<DutyView>,
    /// Duties of the earlier document only.
    pub removed: Vec<DutyView>,
    /// Live duties of the earlier document; none when an amendment was applied already.
    pub live: usize,
}

/// A duty found in both documents, with what changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangedDuty {
    /// As it is in the later document.
    pub duty: DutyView,
    /// Its reference in the earlier one.
    pub was: String,
    /// What changed.
    pub changes: Vec<ChangeView>,
}

/// One part that changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangeView {
    /// Which part.
    pub name: String,
    /// As it was.
    pub was: String,
    /// As it is.
    pub now: String,
    /// For wording, the runs in order: `same`, `removed` or `added`, and the words.
    pub words: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "pages/notices/compare.html")]
struct ComparePage {
    frame: Frame,
    view: CompareView,
    may_apply: bool,
}

/// Shows the difference.
pub async fn show(viewer: Viewer, Path((id, old)): Path<(String, String)>) -> Result<Response, Refused> {
    let refused = |refusal| Refused(refusal, viewer.format);
    let programme = viewer.programme().await.map_err(refused)?;
    let (new, old) = both(&programme, &id, &old).map_err(refused)?;
    let page = page(&viewer, &programme, old, new, Problems::default());
    Ok(viewer.show(&page, &page.view))
}

/// Applies the difference: what is carried over keeps its identity and history.
pub async fn apply(
    viewer: Viewer,
    Path((id, old_id)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let (new, old) = both(&programme, &id, &old_id)?;
    match viewer.perform(&fields, ApplyAmendment { old: old.id, new: new.id }).await {
        Ok(_) => Ok(viewer.after(&format!("/notices/{id}"), "amended")),
        Err(refusal) => {
            let problems = beside_fields(refusal)?;
            let page = page(&viewer, &programme, old, new, problems);
            Ok(viewer.show_problems(&page, &page.view))
        }
    }
}

fn both<'a>(
    programme: &'a Programme,
    new: &str,
    old: &str,
) -> Result<(&'a Instrument, &'a Instrument), Refusal> {
    let (new, old) = (instrument_of(programme, new)?, instrument_of(programme, old)?);
    if new.id == old.id || new.episode != old.episode { Err(Refusal::NotFound) } else { Ok((new, old)) }
}

fn page(
    viewer: &Viewer,
    programme: &Programme,
    old: &Instrument,
    new: &Instrument,
    problems: Problems,
) -> ComparePage {
    ComparePage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[
                ("Notices", "/notices"),
                (&new.title, &format!("/notices/{}", new.id)),
            ]),
            sub_navigation: duties_navigation("/notices"),
            history_href: Some(format!("/history/instrument/{}", new.id)),
            caption: Some(new.title.clone()),
            problems,
            ..viewer.programme_frame(programme, "What it changes", Area::Duties)
        },
        view: CompareView::of(programme, old, new),
        may_apply: viewer.may(Action::LinkInstruments),
    }
}

impl CompareView {
    /// The difference between two instruments.
    pub fn of(programme: &Programme, old: &Instrument, new: &Instrument) -> Self {
        let rows = |instrument: &Instrument| programme.obligations_of(instrument.id).cloned();
        let old_rows = compared_rows(rows(old), true);
        let new_rows = compared_rows(rows(new), false);
        let difference = compare(&old_rows, &new_rows);
        let at = |rows: &[Obligation], places: &[usize]| -> Vec<DutyView> {
            places.iter().map(|place| DutyView::of(&rows[*place])).collect()
        };
        let (changed, unchanged): (Vec<_>, Vec<_>) =
            difference.carried.iter().partition(|carried| !carried.changes.is_empty());
        Self {
            address: format!("/notices/{}/compare/{}", new.id, old.id),
            old: Linked::new(&old.title, format!("/notices/{}", old.id)),
            new: Linked::new(&new.title, format!("/notices/{}", new.id)),
            signed: new.signed.is_some(),
            carried: unchanged.iter().map(|carried| DutyView::of(&new_rows[carried.new])).collect(),
            changed: changed
                .iter()
                .map(|carried| ChangedDuty {
                    duty: DutyView::of(&new_rows[carried.new]),
                    was: old_rows[carried.old].reference.clone(),
                    changes: carried.changes.iter().map(ChangeView::of).collect(),
                })
                .collect(),
            added: at(&new_rows, &difference.added),
            removed: at(&old_rows, &difference.removed),
            live: old_rows.len(),
        }
    }
}

impl ChangeView {
    fn of(change: &FieldChange) -> Self {
        let name = match change.field {
            ChangedField::Reference => "Clause",
            ChangedField::Text => "Wording",
            ChangedField::Modality => "How strongly",
            ChangedField::Bearers => "Who must act",
            ChangedField::Timing => "When",
            ChangedField::Theme => "Theme",
        };
        let run = |run: &WordRun| match run {
            WordRun::Same(words) => ("same".to_owned(), words.clone()),
            WordRun::Removed(words) => ("removed".to_owned(), words.clone()),
            WordRun::Added(words) => ("added".to_owned(), words.clone()),
        };
        Self {
            name: name.to_owned(),
            was: change.was.clone(),
            now: change.now.clone(),
            words: change.words.iter().map(run).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use service::acts::{ConfirmObligations, Seen};

    use super::super::sample::{Sample, html};
    use super::*;

    #[tokio::test]
    async fn the_difference_shows_what_changed_word_by_word_and_waits_for_the_later_signature() {
        let sample = Sample::two_notices().await;
        let rows = sample.rows().await.iter().map(|row| Seen { id: row.id, version: row.version }).collect();
        sample.act(ConfirmObligations { rows }).await;
        let path = || Path((sample.later().to_string(), sample.notice().to_string()));
        let page = html(show(sample.manager().await, path()).await).await;
        assert!(page.contains("<del>") && page.contains("<ins>"), "{page}");
        assert!(page.contains("At least every 6 weeks") && page.contains("Not continued (1)"), "{page}");
        let page = html(apply(sample.manager().await, path(), Fields::default()).await).await;
        assert!(
            page.contains("Sign the later document"),
            "the old duties count until the new are signed: {page}"
        );
    }

    #[tokio::test]
    async fn a_document_is_not_compared_with_itself() {
        let sample = Sample::notice_read().await;
        let id = sample.notice().to_string();
        let answer = show(sample.manager().await, Path((id.clone(), id))).await;
        assert!(matches!(answer, Err(Refused(Refusal::NotFound, _))));
    }
}
