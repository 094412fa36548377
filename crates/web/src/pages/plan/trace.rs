//! What the plan answers and what it does not: every duty, recommendation and finding of weakness, with the objectives that
//! answer it; those that nothing answers first.

use askama::Template;
use axum::response::Response;
use documents::output::table::{Cell as FileCell, Column, ColumnKind, Table as FileTable};
use improvement::words::counted;
use serde::Serialize;
use service::{Programme, Sourced};
use utoipa::ToSchema;

use crate::components::{Cell, Heading, Table};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::clause;
use crate::pages::duties::file::{Sheet, downloads};
use crate::pages::duties::question::refused;
use crate::viewer::Viewer;

/// Everything that a plan has to answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TraceView {
    /// What nothing answers.
    pub unanswered: Vec<SourcedRow>,
    /// What something answers.
    pub answered: Vec<SourcedRow>,
}

/// Something in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourcedRow {
    /// The title of its document.
    pub document: String,
    /// Its label in the document.
    pub reference: String,
    /// What it says.
    pub text: String,
    /// The objectives that answer it, by number.
    pub objectives: Vec<u32>,
}

#[derive(Template)]
#[template(path = "pages/plan/trace.html")]
struct TracePage {
    frame: Frame,
    sentence: String,
    unanswered: Option<Table>,
    answered: Option<Table>,
}

/// Shows what the plan answers.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let view = TraceView::of(&programme);
    let table = |caption: &str, rows: &[SourcedRow]| (!rows.is_empty()).then(|| table(caption, rows));
    let page = TracePage {
        frame: Frame {
            downloads: downloads("/plan/trace.csv", "/plan/trace.xlsx"),
            ..super::frame(&viewer, &programme, "What the plan answers", &[])
        },
        sentence: view.sentence(),
        unanswered: table("Answered by nothing in the plan", &view.unanswered),
        answered: table("Answered", &view.answered),
    };
    Ok(viewer.show(&page, &view))
}

impl TraceView {
    /// The view of a programme.
    pub fn of(programme: &Programme) -> Self {
        let rows = programme.trace().into_iter().map(SourcedRow::of);
        let (unanswered, answered) = rows.partition(|row| row.objectives.is_empty());
        Self { unanswered, answered }
    }

    fn sentence(&self) -> String {
        match (self.unanswered.len(), self.answered.len()) {
            (0, 0) => "No document with duties, recommendations or findings is in force yet.".to_owned(),
            (0, all) => format!("All {all} duties, recommendations and findings are answered."),
            (unanswered, answered) => format!(
                "{} answered by nothing in the plan; {answered} of {} are answered.",
                counted(
                    unanswered,
                    "duty, recommendation or finding is",
                    "duties, recommendations and findings are"
                ),
                unanswered + answered
            ),
        }
    }
}

impl SourcedRow {
    fn of(sourced: Sourced) -> Self {
        let Sourced { document, reference, text, objectives, .. } = sourced;
        Self { document, reference, text, objectives }
    }

    fn answered_by(&self) -> String {
        let numbers: Vec<String> = self.objectives.iter().map(u32::to_string).collect();
        match numbers.as_slice() {
            [] => "Nothing".to_owned(),
            [one] => format!("Objective {one}"),
            several => format!("Objectives {}", several.join(", ")),
        }
    }
}

fn table(caption: &str, rows: &[SourcedRow]) -> Table {
    let rows = rows.iter().map(|row| {
        vec![
            Cell::new(clause(&row.reference)),
            Cell::new(&row.text),
            Cell::new(&row.document),
            Cell::new(row.answered_by()),
        ]
    });
    Table::new(caption)
        .headings(["Where", "What it says", "Document", "Answered by"].map(Heading::new))
        .rows(rows)
        .stacks()
}

/// Answers it as CSV.
pub async fn csv(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme).csv(&viewer, &programme).await
}

/// Answers it as a workbook.
pub async fn xlsx(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme).xlsx(&viewer, &programme).await
}

fn sheet(programme: &Programme) -> Sheet {
    let columns = [
        ("document", ColumnKind::Text),
        ("where", ColumnKind::Text),
        ("text", ColumnKind::LongText),
        ("objectives", ColumnKind::Text),
    ];
    let text = |text: &str| FileCell::Text(text.to_owned());
    let view = TraceView::of(programme);
    let rows = view.unanswered.iter().chain(&view.answered).map(|row| {
        let numbers: Vec<String> = row.objectives.iter().map(u32::to_string).collect();
        vec![text(&row.document), text(&row.reference), text(&row.text), text(&numbers.join(", "))]
    });
    Sheet {
        name: "plan-trace",
        title: "What the plan answers",
        filters: "Every duty in force, recommendation and finding of weakness".to_owned(),
        notes: vec!["An empty cell under objectives says that nothing in the plan answers it.".to_owned()],
        table: FileTable {
            name: "Trace".to_owned(),
            columns: columns.map(|(title, kind)| Column::new(title, kind)).to_vec(),
            rows: rows.collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial;

    #[test]
    fn every_duty_in_force_is_unanswered_until_an_objective_answers_it() {
        let programme = trial::programme();
        let view = TraceView::of(&programme);
        let counting = programme.obligations.iter().filter(|row| row.state.counts()).count();
        assert!(counting > 0 && view.unanswered.len() >= counting);
        assert!(view.answered.is_empty());
        assert!(view.sentence().contains("answered by nothing in the plan"), "{}", view.sentence());
    }
}
