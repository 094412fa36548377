//! The rows in which one rule found something in one load: file, list, row, column. The places are for those who read
//! children's records; everybody else who reads loads sees how many there are.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;
use service::{Action, FindingRow, Refusal};
use store::{Snapshot, SnapshotFinding};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use super::{load, navigation};
use crate::components::{Cell, Heading, Pagination, Table};
use crate::errors::Refused;
use crate::fields::Asked;
use crate::layout::Frame;
use crate::viewer::{Viewer, breadcrumbs};

/// Rows on one page.
const PAGE: usize = 100;

/// What one rule found in one load.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoadFindingsView {
    /// The load.
    pub load: String,
    /// The rule's code.
    pub code: String,
    /// What it means.
    pub message: String,
    /// How much it matters.
    pub severity: String,
    /// Rows at fault.
    pub rows: usize,
    /// Where they stand, one page of them: file, list, data row from 1, column. None for those who see counts only.
    pub places: Option<Vec<(String, String, String, String)>>,
    /// How many places are kept: of a rule that finds very many, the first thousand.
    pub kept: usize,
    /// The page shown, from 1.
    pub page: usize,
    /// Pages of places.
    pub pages: usize,
}

#[derive(Template)]
#[template(path = "pages/practice/load_findings.html")]
struct LoadFindingsPage {
    frame: Frame,
    view: LoadFindingsView,
    places: Option<Table>,
    steps: Pagination,
}

/// Shows what one rule found.
pub async fn show(
    viewer: Viewer,
    Path((id, code)): Path<(String, String)>,
    Asked(asked): Asked,
) -> Result<Response, Refused> {
    let snapshot = load::find(&viewer, &id).await?;
    let finding = snapshot.findings.iter().find(|finding| finding.code == code).ok_or(Refusal::NotFound)?;
    // Which team a row's child belongs to is not known here, so who sees only some teams sees the count.
    let rows = match viewer.may(Action::ViewChildren) && viewer.scope.teams().is_none() {
        true => Some(viewer.service.kept(&viewer.scope, &snapshot)?.findings),
        false => None,
    };
    let view = LoadFindingsView::of(&snapshot, finding, rows.as_deref(), asked.number("page").unwrap_or(1));
    let title = format!("{}, {}", snapshot.title(), day_in_words(snapshot.as_at));
    let above = format!("/loads/{}", snapshot.id);
    let page = LoadFindingsPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Data loads and quality", "/loads"), (&title, &above)]),
            sub_navigation: navigation(&viewer, "/loads"),
            audience: Some(
                match rows {
                    Some(_) => "People who may read children’s records",
                    None => "People who may see figures before small numbers are removed",
                }
                .to_owned(),
            ),
            as_at: Some(day_in_words(snapshot.as_at)),
            ..super::frame(&viewer, &format!("Rule {}", view.code)).await?
        },
        places: view.table(),
        steps: Pagination::numbered(view.page, view.pages, |page| {
            format!("{above}/findings/{}?page={page}", view.code)
        }),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

impl LoadFindingsView {
    fn of(snapshot: &Snapshot, finding: &SnapshotFinding, rows: Option<&[FindingRow]>, page: usize) -> Self {
        let found: Option<Vec<&FindingRow>> =
            rows.map(|rows| rows.iter().filter(|row| row.code == finding.code).collect());
        let kept = found.as_ref().map_or(0, Vec::len);
        let pages = kept.div_ceil(PAGE).max(1);
        let page = page.clamp(1, pages);
        let place = |row: &&FindingRow| {
            let number = if row.column.is_empty() && row.list.is_empty() {
                String::new()
            } else {
                (row.row + 1).to_string()
            };
            (row.file.clone(), row.list.clone(), number, row.column.clone())
        };
        Self {
            load: snapshot.id.to_string(),
            code: finding.code.clone(),
            message: finding.message.clone(),
            severity: finding.severity.clone(),
            rows: finding.rows,
            places: found.map(|found| found.iter().skip((page - 1) * PAGE).take(PAGE).map(place).collect()),
            kept,
            page,
            pages,
        }
    }

    fn table(&self) -> Option<Table> {
        let rows = self.places.as_ref()?.iter().map(|(file, list, row, column)| {
            vec![Cell::new(file), Cell::new(list), Cell::numeric(row), Cell::new(column)]
        });
        Some(
            Table::new("Where it stands; rows are counted from 1, headings left out")
                .headings([
                    Heading::new("File"),
                    Heading::new("List"),
                    Heading::numeric("Row"),
                    Heading::new("Column"),
                ])
                .rows(rows)
                .stacks(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::load::tests::snapshot;
    use super::*;

    fn row(code: &str, row: u32) -> FindingRow {
        FindingRow {
            code: code.into(),
            file: "may.xlsx".into(),
            list: "List 4".into(),
            row,
            column: "Date of birth".into(),
            message: "The cell is not a date.".into(),
        }
    }

    #[test]
    fn a_rule_shows_its_own_rows_a_hundred_at_a_time() {
        let snapshot = snapshot();
        let mut rows: Vec<FindingRow> = (0..150).map(|number| row("day", number)).collect();
        rows.push(row("other", 7));
        let view = LoadFindingsView::of(&snapshot, &snapshot.findings[0], Some(&rows), 2);
        let places = view.places.as_ref().expect("places");
        assert_eq!((view.kept, view.pages, places.len()), (150, 2, 50));
        assert_eq!(places[0].2, "101");
    }

    #[test]
    fn who_may_not_see_children_sees_how_many_and_no_row() {
        let snapshot = snapshot();
        let view = LoadFindingsView::of(&snapshot, &snapshot.findings[0], None, 1);
        assert_eq!((view.rows, view.places.is_none()), (3, true));
        assert!(view.table().is_none());
    }
}
