//! The register as a file. The first columns are those by which a register can be read in again; their names are stable.

use axum::response::Response;
use documents::output::table::{Cell, Column, ColumnKind, Table};
use improvement::register::Obligation;
use improvement::words::status_in_words;
use service::Programme;
use vocabulary::party::Party;

use super::file::{Sheet, day, name_of};
use super::list::{filter, found};
use super::question::refused;
use super::standing::{notice_title, shown, sort_day, undated};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::viewer::Viewer;

const TEXT: ColumnKind = ColumnKind::Text;
const LONG: ColumnKind = ColumnKind::LongText;

/// The columns, in order. The last six are computed and are not read in again.
const COLUMNS: [(&str, ColumnKind); 23] = [
    ("ref", TEXT),
    ("text", LONG),
    ("bearers", TEXT),
    ("bearer_rule", TEXT),
    ("counterparties", TEXT),
    ("modality", TEXT),
    ("timing_kind", TEXT),
    ("timing_text", LONG),
    ("dates", TEXT),
    ("anchor", TEXT),
    ("offset", TEXT),
    ("every", TEXT),
    ("at_most", TEXT),
    ("evidence", LONG),
    ("theme", TEXT),
    ("state", TEXT),
    ("id", TEXT),
    ("notice", LONG),
    ("line", ColumnKind::Integer),
    ("owner", TEXT),
    ("due_on", ColumnKind::Date),
    ("status", LONG),
    ("same_as", TEXT),
];

/// Several values stand in one cell with this between them.
const BETWEEN: &str = "; ";

/// The register as CSV.
pub async fn csv(viewer: Viewer, Asked(fields): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme, &fields).csv(&viewer, &programme).await
}

/// The register as a workbook.
pub async fn xlsx(viewer: Viewer, Asked(fields): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme, &fields).xlsx(&viewer, &programme).await
}

fn sheet(programme: &Programme, fields: &Fields) -> Sheet {
    let filter = filter(fields);
    let rows = found(programme, &filter);
    Sheet {
        name: "duties",
        title: "Register of duties",
        filters: filter.in_words(programme),
        notes: vec![
            "Several values in one cell are parted by a semicolon. Dates are written as year-month-day, or year-month where the document gives only a month.".to_owned(),
            "Intervals are ISO 8601 durations: P4W is 4 weeks, P6M is 6 months. P20WD is 20 working days.".to_owned(),
            "The columns due_on and status are computed as at the day on the cover sheet.".to_owned(),
        ],
        table: Table {
            name: "Duties".to_owned(),
            columns: COLUMNS.map(|(title, kind)| Column::new(title, kind)).into(),
            rows: rows.into_iter().map(|row| cells(programme, row)).collect(),
        },
    }
}

fn cells(programme: &Programme, row: &Obligation) -> Vec<Cell> {
    let timing = &row.timing;
    let shown = shown(programme, row);
    let reason = undated(programme, row).map(|undated| undated.sentence.clone());
    let interval = |interval: Option<vocabulary::interval::Interval>| {
        interval.map_or(Cell::Empty, |interval| interval.to_string().into())
    };
    vec![
        row.reference.as_str().into(),
        row.text.as_str().into(),
        parties(&row.bearers),
        name_of(&row.bearer_rule).into(),
        parties(&row.counterparties),
        name_of(&row.modality).into(),
        name_of(&timing.kind).into(),
        timing.text.as_str().into(),
        joined(timing.dates.iter().map(ToString::to_string)),
        timing.anchor.map_or(Cell::Empty, |anchor| name_of(&anchor).into()),
        interval(timing.offset),
        interval(timing.every),
        if timing.at_most { "true" } else { "false" }.into(),
        joined(row.evidence.iter().cloned()),
        row.theme.as_str().into(),
        name_of(&row.state).into(),
        row.id.to_string().into(),
        notice_title(programme, row).into(),
        Cell::Integer(i64::try_from(row.line).unwrap_or(0)),
        row.owner.map_or(Cell::Empty, |owner| programme.name_of(owner).into()),
        day(shown.and_then(sort_day)),
        shown.map(status_in_words).or(reason).unwrap_or_default().into(),
        joined(row.same_as.iter().map(ToString::to_string)),
    ]
}

fn parties(parties: &[Party]) -> Cell {
    joined(parties.iter().map(ToString::to_string))
}

fn joined(values: impl Iterator<Item = String>) -> Cell {
    values.collect::<Vec<_>>().join(BETWEEN).into()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use documents::output::csv;

    #[test]
    fn the_file_holds_what_the_page_was_narrowed_to_under_stable_names() {
        let programme = sample::programme();
        let sheet = sheet(&programme, &Fields::parse(b"status=overdue"));
        assert_eq!(sheet.filters, "What is due: Overdue");
        let text = String::from_utf8(csv::write(&sheet.table)).unwrap();
        let mut lines = text.lines();
        assert!(lines.next().unwrap().starts_with(
            "ref,text,bearers,bearer_rule,counterparties,modality,timing_kind,timing_text,dates,anchor,offset,every,at_most,evidence,theme,state,id,"
        ));
        let row = lines.next().unwrap();
        assert!(row.starts_with("2,The council must publish its plan by May 2026,council,all,,must,one-off-absolute,by May 2026,2026-05,"));
        assert!(row.contains("2026-05-31,Overdue by 1 day."));
        assert!(lines.next().is_none());
    }

    #[test]
    fn a_cell_that_would_run_as_a_formula_is_made_harmless() {
        let mut programme = sample::programme();
        programme.obligations[1].text = "=1+1".to_owned();
        let text = String::from_utf8(csv::write(&sheet(&programme, &Fields::default()).table)).unwrap();
        assert!(text.contains(",'=1+1,"));
    }
}
