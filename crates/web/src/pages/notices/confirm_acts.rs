//! What the forms beside a row do. Each is one act; what cannot stand is shown beside its question with all that was
//! typed, and so is a row that somebody else changed meanwhile.

use axum::extract::Path;
use axum::response::Response;
use improvement::register::{Obligation, ObligationState};
use service::acts::{
    ConfirmObligations, DutyFields, EditObligation, MarkSameDuty, MergeObligations, ReopenObligation, Seen,
    SetAside, SplitObligation,
};
use service::{Problem, Refusal};
use vocabulary::id::ObligationId;

use super::confirm::{address, show_problems};
use super::confirm_forms::{RowForm, Typed};
use super::fields_of_row;
use crate::components::Problems;
use crate::errors::Refused;
use crate::fields::Fields;
use crate::viewer::Viewer;

/// Where to go after an act.
enum Next {
    /// To the next row that waits.
    Waiting,
    /// Back to a row.
    Row(String),
}

/// Confirms one row, or several of a clause.
pub async fn confirm(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let rows: Vec<_> = fields.all("seen").filter_map(seen).collect();
    let outcome = viewer.perform(&fields, ConfirmObligations { rows }).await;
    let outcome = outcome.map(|_| Next::Waiting);
    answer(&viewer, &id, &fields, RowForm::Confirm, outcome, "confirmed").await
}

/// Corrects a row and confirms it.
pub async fn edit(
    viewer: Viewer,
    Path((id, row)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refused> {
    let outcome = match corrected(&viewer, &row, &fields).await {
        Ok(act) => viewer.perform(&fields, act).await.map(|()| Next::Waiting),
        Err(refusal) => Err(refusal),
    };
    answer(&viewer, &id, &fields, RowForm::Edit, outcome, "edited").await
}

async fn corrected(viewer: &Viewer, row: &str, fields: &Fields) -> Result<EditObligation, Refusal> {
    let programme = viewer.programme().await?;
    let row_id = ObligationId::parse(row).ok_or(Refusal::NotFound)?;
    let standing = programme.obligation(row_id).ok_or(Refusal::NotFound)?;
    let duty = if standing.state == ObligationState::InForce {
        keeping_clock(fields, standing)?
    } else {
        fields_of_row::read(fields).map_err(Refusal::Invalid)?
    };
    let row = seen_row(fields)?;
    Ok(EditObligation { row, fields: duty, reason: fields.text("reason").to_owned() })
}

/// The fields typed for a row in force, whose form does not ask for the clock.
fn keeping_clock(fields: &Fields, standing: &Obligation) -> Result<DutyFields, Refusal> {
    let mut with_clock = fields.clone();
    with_clock.0.push(("clock".to_owned(), "none".to_owned()));
    let duty = fields_of_row::read(&with_clock).map_err(Refusal::Invalid)?;
    Ok(DutyFields { timing: standing.timing.clone(), ..duty })
}

/// Splits a row into parts.
pub async fn split(
    viewer: Viewer,
    Path((id, _)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refused> {
    let outcome = match seen_row(&fields) {
        Ok(row) => {
            let parts = fields.text("parts").lines().map(str::to_owned).collect();
            let parts = viewer.perform(&fields, SplitObligation { row, parts }).await;
            parts.map(|parts| parts.first().map_or(Next::Waiting, |part| Next::Row(part.to_string())))
        }
        Err(refusal) => Err(refusal),
    };
    answer(&viewer, &id, &fields, RowForm::Split, outcome, "split").await
}

/// Merges a row with others.
pub async fn merge(
    viewer: Viewer,
    Path((id, _)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refused> {
    let outcome = match seen_row(&fields) {
        Ok(row) => {
            let rows = std::iter::once(row).chain(fields.all("with").filter_map(seen)).collect();
            let act = MergeObligations { rows, text: fields.text("text").to_owned() };
            viewer.perform(&fields, act).await.map(|kept| Next::Row(kept.to_string()))
        }
        Err(refusal) => Err(refusal),
    };
    answer(&viewer, &id, &fields, RowForm::Merge, outcome, "merged").await
}

/// Marks a row as the same duty as another.
pub async fn same(
    viewer: Viewer,
    Path((id, row)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refused> {
    let outcome = match (seen_row(&fields), ObligationId::parse(fields.text("other"))) {
        (Ok(seen), Some(other)) => {
            let marked = viewer.perform(&fields, MarkSameDuty { row: seen, other }).await;
            marked.map(|()| Next::Row(row))
        }
        (Ok(_), None) => Err(Refusal::invalid("other", "Choose the row that asks the same.")),
        (Err(refusal), _) => Err(refusal),
    };
    answer(&viewer, &id, &fields, RowForm::Same, outcome, "same").await
}

/// Sets a row aside as no duty.
pub async fn set_aside(
    viewer: Viewer,
    Path((id, _)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refused> {
    let outcome = match seen_row(&fields) {
        Ok(row) => {
            let reason = fields.text("reason").to_owned();
            viewer.perform(&fields, SetAside { row, reason }).await.map(|()| Next::Waiting)
        }
        Err(refusal) => Err(refusal),
    };
    answer(&viewer, &id, &fields, RowForm::SetAside, outcome, "set-aside").await
}

/// Puts a row back among the suggestions.
pub async fn reopen(
    viewer: Viewer,
    Path((id, row)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refused> {
    let outcome = match seen_row(&fields) {
        Ok(seen) => viewer.perform(&fields, ReopenObligation { row: seen }).await.map(|()| Next::Row(row)),
        Err(refusal) => Err(refusal),
    };
    answer(&viewer, &id, &fields, RowForm::Reopen, outcome, "reopened").await
}

fn seen(text: &str) -> Option<Seen<ObligationId>> {
    let (id, version) = text.split_once(':')?;
    Some(Seen { id: ObligationId::parse(id)?, version: version.parse().ok()? })
}

fn seen_row(fields: &Fields) -> Result<Seen<ObligationId>, Refusal> {
    seen(fields.text("seen")).ok_or(Refusal::NotFound)
}

async fn answer(
    viewer: &Viewer,
    id: &str,
    fields: &Fields,
    form: RowForm,
    outcome: Result<Next, Refusal>,
    done: &str,
) -> Result<Response, Refused> {
    let queue = fields.text("queue");
    match outcome {
        Ok(Next::Waiting) => Ok(viewer.after(&address(id, queue, fields.text("next")), done)),
        Ok(Next::Row(row)) => Ok(viewer.after(&address(id, queue, &row), done)),
        Err(refusal) => {
            let problems = problems_of(refusal, form)?;
            let typed = Typed { form: Some(form), fields };
            Ok(show_problems(viewer, id, &typed, problems).await?)
        }
    }
}

/// The problems of a refused act under the ids of the form's questions.
fn problems_of(refusal: Refusal, form: RowForm) -> Result<Problems, Refusal> {
    let found = match refusal {
        Refusal::Invalid(found) => found,
        Refusal::Conflict { thing } => vec![Problem::new(
            "",
            format!(
                "{thing} was changed by somebody else while you had it open. Nothing of yours was saved. The row as it is now stands on this page, and what you typed stands in the form: check both and send it again."
            ),
        )],
        refusal => return Err(refusal),
    };
    let mut problems = Problems::default();
    for problem in found {
        let id = match (form, problem.field) {
            (RowForm::Confirm | RowForm::Reopen, _) => "row-heading".to_owned(),
            (_, "") => form.prefix().to_owned(),
            (RowForm::Edit, "bearers") => "edit-bearer".to_owned(),
            (RowForm::Edit, "timing") => "edit-clock".to_owned(),
            (_, field) => format!("{}-{field}", form.prefix()),
        };
        problems.add(id, problem.message);
    }
    Ok(problems)
}

#[cfg(test)]
mod tests {
    use super::super::confirm_forms::seen as shown;
    use super::super::fields_of_row::written;
    use super::super::sample::{Sample, html};
    use super::*;

    fn encoded(fields: &[(&str, &str)]) -> Fields {
        Fields(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn at(sample: &Sample, row: &Obligation) -> Path<(String, String)> {
        Path((sample.notice().to_string(), row.id.to_string()))
    }

    #[tokio::test]
    async fn a_confirmed_row_leads_to_the_next_that_waits() {
        let sample = Sample::notice_read().await;
        let (first, second) = (sample.row("1").await, sample.row("2").await);
        let fields = encoded(&[("seen", &shown(&first)), ("queue", "all"), ("next", &second.id.to_string())]);
        let path = Path(sample.notice().to_string());
        let answer = confirm(sample.manager().await, path, fields).await.expect("a way on");
        let on = answer.headers()["location"].to_str().unwrap().to_owned();
        assert!(on.contains(&second.id.to_string()) && on.ends_with("done=confirmed"), "{on}");
        assert_eq!(sample.row("1").await.state, ObligationState::Confirmed);
    }

    #[tokio::test]
    async fn a_correction_over_a_row_changed_meanwhile_keeps_what_was_typed_and_saves_nothing() {
        let sample = Sample::notice_read().await;
        let row = sample.row("2").await;
        let opened = shown(&row);
        sample.act(ConfirmObligations { rows: vec![seen(&opened).expect("a row")] }).await;
        let mut fields = written(&DutyFields { text: "Meet more often.".to_owned(), ..DutyFields::of(&row) });
        fields.0.push(("seen".to_owned(), opened));
        fields.0.push(("show_row".to_owned(), row.id.to_string()));
        let page = html(edit(sample.manager().await, at(&sample, &row), fields).await).await;
        assert!(page.contains("Meet more often.") && page.contains("changed by somebody else"), "{page}");
        assert!(page.contains(&shown(&sample.row("2").await)), "sent again, it is the version now shown");
        assert_ne!(sample.row("2").await.text, "Meet more often.");
    }

    #[tokio::test]
    async fn a_wrong_correction_names_each_field_and_opens_its_form() {
        let sample = Sample::notice_read().await;
        let row = sample.row("2").await;
        let fields = encoded(&[
            ("seen", &shown(&row)),
            ("show_row", &row.id.to_string()),
            ("text", ""),
            ("clock", "recurring"),
            ("every_amount", "four"),
        ]);
        let page = html(edit(sample.manager().await, at(&sample, &row), fields).await).await;
        for id in ["#edit-text", "#edit-bearer", "#edit-modality", "#edit-every_amount"] {
            assert!(page.contains(&format!("href=\"{id}\"")), "{id} in {page}");
            assert!(page.contains(&format!("id=\"{}\"", &id[1..])), "{id} leads to a question");
        }
        assert!(page.contains("id=\"edit\" open"));
    }

    #[tokio::test]
    async fn a_row_is_split_its_parts_merged_and_one_set_aside_and_put_back() {
        let sample = Sample::notice_read().await;
        let whole = sample.row("1").await;
        let fields = encoded(&[("seen", &shown(&whole)), ("parts", "Set up a board.\nAppoint a chair.")]);
        split(sample.manager().await, at(&sample, &whole), fields).await.expect("a way on");
        let (one, other) = (sample.row("1/a").await, sample.row("1/b").await);
        let fields = encoded(&[("seen", &shown(&one)), ("reason", "It only tells")]);
        set_aside(sample.manager().await, at(&sample, &one), fields).await.expect("a way on");
        assert_eq!(sample.row("1/a").await.state, ObligationState::NotADuty);
        let fields = encoded(&[("seen", &shown(&sample.row("1/a").await))]);
        reopen(sample.manager().await, at(&sample, &one), fields).await.expect("a way on");
        let one = sample.row("1/a").await;
        let fields =
            encoded(&[("seen", &shown(&one)), ("with", &shown(&other)), ("text", "Set up and appoint.")]);
        merge(sample.manager().await, at(&sample, &one), fields).await.expect("a way on");
        assert_eq!(sample.row("1/a").await.text, "Set up and appoint.");
        assert_eq!(sample.row("1/b").await.state, ObligationState::Merged);
    }

    #[tokio::test]
    async fn two_rows_are_marked_as_the_same_duty_from_both_sides() {
        let sample = Sample::notice_read().await;
        let (one, other) = (sample.row("1").await, sample.row("2").await);
        let fields = encoded(&[("seen", &shown(&one)), ("other", &other.id.to_string())]);
        same(sample.manager().await, at(&sample, &one), fields).await.expect("a way on");
        assert_eq!(sample.row("2").await.same_as, [one.id]);
        let none = encoded(&[("seen", &shown(&one)), ("show_row", &one.id.to_string())]);
        let page = html(same(sample.manager().await, at(&sample, &one), none).await).await;
        assert!(page.contains("Choose the row that asks the same."), "{page}");
    }
}
