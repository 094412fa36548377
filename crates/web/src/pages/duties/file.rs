//! A table taken out as CSV or as a workbook: the same columns and rows in both, with a sheet that says what it is.

use axum::response::Response;
use documents::output::csv;
use documents::output::table::{Cell, Table};
use documents::output::xlsx::Workbook;
use jiff::civil::Date;
use serde::Serialize;
use service::{Programme, Refusal};
use vocabulary::date::day_in_words;

use super::question::refused;
use crate::components::Link;
use crate::errors::Refused;
use crate::viewer::Viewer;

/// What is taken out.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The first part of the file's name.
    pub name: &'static str,
    /// What it is, as one line.
    pub title: &'static str,
    /// What was asked for, in words.
    pub filters: String,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// The rows.
    pub table: Table,
}

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl Sheet {
    /// Answers it as CSV, and records that it was taken out.
    pub async fn csv(self, viewer: &Viewer, programme: &Programme) -> Result<Response, Refused> {
        let name = format!("{}-{}.csv", self.name, programme.as_at);
        let answer = viewer.export("text/csv; charset=utf-8; header=present", &name, csv::write(&self.table));
        answer.await.map_err(refused(viewer))
    }

    /// Answers it as a workbook, and records that it was taken out.
    pub async fn xlsx(self, viewer: &Viewer, programme: &Programme) -> Result<Response, Refused> {
        let name = format!("{}-{}.xlsx", self.name, programme.as_at);
        let created = viewer.service.clock.now().to_zoned(service::london()).datetime();
        let written = self.workbook(viewer, programme).write(created);
        let bytes = written.map_err(|error| {
            tracing::error!(%error, "a workbook could not be written");
            refused(viewer)(Refusal::Unavailable(
                "The workbook could not be written. Take the CSV file.".into(),
            ))
        })?;
        viewer.export(WORKBOOK, &name, bytes).await.map_err(refused(viewer))
    }

    fn workbook(self, viewer: &Viewer, programme: &Programme) -> Workbook {
        let fact = |name: &str, value: String| (name.to_owned(), value);
        Workbook {
            title: self.title.to_owned(),
            about: vec![
                fact("Council", programme.council.name.clone()),
                fact("As at", day_in_words(programme.as_at)),
                fact("What was asked for", self.filters),
                fact("Handling", "OFFICIAL-SENSITIVE".to_owned()),
                fact("Taken out by", format!("{}, {}", viewer.actor.name, viewer.actor.role.name())),
                fact("Made by", format!("Headway {}", env!("CARGO_PKG_VERSION"))),
                fact("Entries in the log", programme.generation.to_string()),
            ],
            notes: self.notes,
            tables: vec![self.table],
        }
    }
}

/// The links to a page's files.
pub fn downloads(csv: &str, xlsx: &str) -> Vec<Link> {
    vec![Link::new("CSV", csv), Link::new("Excel workbook", xlsx)]
}

/// A day, or nothing.
pub fn day(day: Option<Date>) -> Cell {
    day.map_or(Cell::Empty, Cell::Date)
}

/// A whole number.
pub fn count(number: usize) -> Cell {
    Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The name by which a value of the register is stored and exchanged (`one-off-relative`).
pub fn name_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
