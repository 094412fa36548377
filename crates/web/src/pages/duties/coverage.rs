//! Coverage: each live duty against the plan and the evidence, so that a duty nobody acts on or shows stands out.

use askama::Template;
use axum::response::Response;
use documents::output::table::{Column, ColumnKind, Table as FileTable};
use improvement::plan::Source;
use improvement::register::Obligation;
use serde::Serialize;
use service::{Action, Programme};
use utoipa::ToSchema;

use super::cells::{due_tag, lines, link};
use super::file::{Sheet, count, downloads};
use super::filter::{By, DutyFilter};
use super::list::DutyRow;
use super::question::refused;
use super::standing::live;
use crate::components::{Cell, Filter, Heading, Select, Table};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

const BY: [By; 4] = [By::Notice, By::Bearer, By::Theme, By::Status];

/// The matrix of duties, plan and evidence.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CoverageView {
    /// What was asked for, in words.
    pub asked_for: String,
    /// Live duties looked at.
    pub duties: usize,
    /// Duties that no evidence answers.
    pub without_evidence: usize,
    /// Duties with evidence of which some is not verified.
    pub unverified: usize,
    /// Duties that nobody answers for.
    pub without_owner: usize,
    /// The rows shown.
    pub rows: Vec<CoverageRow>,
}

/// One duty of the matrix.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CoverageRow {
    /// The duty.
    pub duty: DutyRow,
    /// The objectives of the plan that answer it, in words; empty where none does.
    pub actions: String,
    /// Marks that say it was met.
    pub evidence: usize,
    /// Of those, how many a second person verified.
    pub verified: usize,
    /// What is missing, in words; empty when nothing is.
    pub gaps: Vec<String>,
}

impl CoverageRow {
    fn of(programme: &Programme, row: &Obligation) -> Self {
        let answering: Vec<_> = programme
            .marks
            .iter()
            .filter(|mark| mark.obligation == row.id || row.same_as.contains(&mark.obligation))
            .collect();
        let verified = answering.iter().filter(|mark| mark.verified.is_some()).count();
        let mut gaps = Vec::new();
        let mut note = |missing: bool, words: &str| {
            if missing {
                gaps.push(words.to_owned());
            }
        };
        note(answering.is_empty(), "no evidence");
        note(verified < answering.len(), "evidence not verified");
        note(row.owner.is_none(), "nobody answers for it");
        let actions = in_the_plan(programme, row);
        note(actions.is_empty(), "nothing in the plan answers it");
        Self { duty: DutyRow::of(programme, row), actions, evidence: answering.len(), verified, gaps }
    }
}

/// The objectives of the plan that answer a duty, in words; empty where none does.
fn in_the_plan(programme: &Programme, row: &Obligation) -> String {
    let objectives = programme.answering(&Source::Duty(row.id));
    let numbers: Vec<String> = objectives.iter().map(|number| format!("objective {number}")).collect();
    improvement::words::sentence_case(&improvement::words::joined(&numbers, "and"))
}

impl CoverageView {
    /// The matrix of the duties a filter asks for.
    pub fn of(programme: &Programme, filter: &DutyFilter) -> Self {
        let rows = live(programme).filter(|row| filter.matches(programme, row));
        let rows: Vec<CoverageRow> = rows.map(|row| CoverageRow::of(programme, row)).collect();
        let only_gaps = filter.kept("gaps") == Some("only");
        Self {
            asked_for: filter.in_words(programme),
            duties: rows.len(),
            without_evidence: rows.iter().filter(|row| row.evidence == 0).count(),
            unverified: rows.iter().filter(|row| row.verified < row.evidence).count(),
            without_owner: rows.iter().filter(|row| row.duty.owner.is_none()).count(),
            rows: rows.into_iter().filter(|row| !only_gaps || !row.gaps.is_empty()).collect(),
        }
    }

    fn table(&self) -> Table {
        let headings = ["Duty", "In the plan", "Evidence", "How it stands", "Gaps"];
        let rows = self.rows.iter().map(|row| {
            let evidence = match (row.evidence, row.verified) {
                (0, _) => "None".to_owned(),
                (all, verified) => format!("{all} marked as met, {verified} verified"),
            };
            let status = match &row.duty.due_state {
                Some(word) => lines(&[&due_tag(word), &row.duty.status]),
                None => lines(&[&row.duty.status]),
            };
            let gaps = improvement::words::sentence_case(&improvement::words::joined(&row.gaps, "and"));
            vec![
                Cell::new(lines(&[
                    &link(&super::cells::clause(&row.duty.reference), &format!("/duties/{}", row.duty.id)),
                    &row.duty.text,
                ])),
                Cell::new(if row.actions.is_empty() { "None" } else { &row.actions }),
                Cell::new(evidence),
                Cell::new(status),
                Cell::new(if gaps.is_empty() { "None".to_owned() } else { gaps }),
            ]
        });
        Table::new("Duties, plan and evidence").headings(headings.map(Heading::new)).rows(rows).stacks()
    }
}

#[derive(Template)]
#[template(path = "pages/duties/coverage.html")]
struct CoveragePage {
    frame: Frame,
    filter: Filter,
    table: Table,
    view: CoverageView,
}

fn asked_filter(fields: &Fields) -> DutyFilter {
    DutyFilter::asked("/coverage", fields, &BY, &["gaps"])
}

/// Shows the matrix.
pub async fn show(viewer: Viewer, Asked(fields): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let filter = asked_filter(&fields);
    let view = CoverageView::of(&programme, &filter);
    let files = downloads(&filter.address("/coverage.csv", &[]), &filter.address("/coverage.xlsx", &[]));
    let frame = Frame {
        breadcrumbs: breadcrumbs(&[]),
        sub_navigation: duties_navigation("/coverage"),
        downloads: if viewer.may(Action::ExportRegister) { files } else { Vec::new() },
        ..viewer.programme_frame(&programme, "Coverage", Area::Duties)
    };
    Ok(viewer.show(&page(frame, &programme, &filter, view.clone()), &view))
}

fn page(frame: Frame, programme: &Programme, filter: &DutyFilter, view: CoverageView) -> CoveragePage {
    let gaps = Select::new("gaps", "Show")
        .option("", "All duties")
        .option("only", "Only duties with gaps")
        .chosen(filter.kept("gaps").unwrap_or_default());
    let filter = filter.form(programme, "matrix", &BY).field(gaps);
    CoveragePage { frame, filter, table: view.table(), view }
}

/// The matrix as CSV.
pub async fn csv(viewer: Viewer, Asked(fields): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme, &asked_filter(&fields)).csv(&viewer, &programme).await
}

/// The matrix as a workbook.
pub async fn xlsx(viewer: Viewer, Asked(fields): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme, &asked_filter(&fields)).xlsx(&viewer, &programme).await
}

fn sheet(programme: &Programme, filter: &DutyFilter) -> Sheet {
    const COLUMNS: [(&str, ColumnKind); 9] = [
        ("ref", ColumnKind::Text),
        ("text", ColumnKind::LongText),
        ("bearers", ColumnKind::Text),
        ("actions", ColumnKind::LongText),
        ("evidence", ColumnKind::Integer),
        ("verified", ColumnKind::Integer),
        ("status", ColumnKind::LongText),
        ("gaps", ColumnKind::LongText),
        ("id", ColumnKind::Text),
    ];
    let view = CoverageView::of(programme, filter);
    let rows = view.rows.into_iter().map(|row| {
        vec![
            row.duty.reference.into(),
            row.duty.text.into(),
            row.duty.bearers.into(),
            row.actions.into(),
            count(row.evidence),
            count(row.verified),
            row.duty.status.into(),
            row.gaps.join("; ").into(),
            row.duty.id.into(),
        ]
    });
    Sheet {
        name: "coverage",
        title: "Coverage of duties by plan and evidence",
        filters: view.asked_for,
        notes: vec!["Evidence counts what people marked as meeting a due date; verified counts those a second person looked at.".to_owned()],
        table: FileTable {
            name: "Coverage".to_owned(),
            columns: COLUMNS.map(|(title, kind)| Column::new(title, kind)).into(),
            rows: rows.collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_duty_without_evidence_or_owner_is_a_gap_and_an_unverified_mark_is_another() {
        let programme = sample::marked();
        let filter = asked_filter(&Fields::default());
        let view = CoverageView::of(&programme, &filter);
        assert_eq!((view.duties, view.without_evidence, view.unverified, view.without_owner), (3, 2, 1, 2));
        assert_eq!(view.rows[1].gaps, ["evidence not verified", "nothing in the plan answers it"]);
        let html = page(Frame::new("Coverage"), &programme, &filter, view).render().unwrap();
        assert!(html.contains("1 marked as met, 0 verified"));
        assert!(
            html.contains("No evidence, nobody answers for it and nothing in the plan answers it"),
            "{html}"
        );
    }
}
