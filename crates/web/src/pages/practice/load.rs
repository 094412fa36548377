//! One load: its files, its lists, what each rule found, what it changes; and whether it is to count.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;
use service::acts::{CommitSnapshot, Seen, SetSnapshotAside};
use service::{Action, Refusal};
use store::{Snapshot, SnapshotState};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::SnapshotId;

use super::loads::{LoadRow, state_tag};
use super::navigation;
use crate::components::{Cell, Heading, Input, Problems, SummaryList, Table};
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::viewer::{Viewer, breadcrumbs};

/// One load.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoadView {
    /// The load as in the list.
    pub load: LoadRow,
    /// The year of the specification it was read by.
    pub year: i16,
    /// Its files: name, bytes, SHA-256.
    pub files: Vec<(String, u64, String)>,
    /// Its lists: name, rows, records.
    pub lists: Vec<(String, usize, usize)>,
    /// What the rules found: code, severity, meaning, rows.
    pub findings: Vec<(String, String, String, usize)>,
    /// Rules that were asked.
    pub rules_run: usize,
    /// Records that are new, changed, vanished; events recorded late.
    pub changes: Option<[usize; 4]>,
    /// Why it was set aside.
    pub reason: String,
    /// Edit version.
    pub version: i64,
}

#[derive(Template)]
#[template(path = "pages/practice/load.html")]
struct LoadPage {
    frame: Frame,
    view: LoadView,
    summary: SummaryList,
    lists: Table,
    findings: Table,
    decide: Option<Input>,
}

/// Shows one load.
pub async fn show(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let snapshot = find(&viewer, &id).await?;
    let page = page(&viewer, &snapshot, &Fields::default(), Problems::default()).await?;
    Ok(viewer.show(&page, &page.view))
}

/// Makes a staged load count.
pub async fn commit(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let act = CommitSnapshot { snapshot: seen(&id, &fields)? };
    let done = viewer.perform(&fields, act).await;
    after(&viewer, &id, &fields, done, "load-counts").await
}

/// Sets a staged load aside.
pub async fn set_aside(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let act = SetSnapshotAside { snapshot: seen(&id, &fields)?, reason: fields.text("reason").to_owned() };
    let done = viewer.perform(&fields, act).await;
    after(&viewer, &id, &fields, done, "load-set-aside").await
}

fn seen(id: &str, fields: &Fields) -> Result<Seen<SnapshotId>, Refusal> {
    let id = SnapshotId::parse(id).ok_or(Refusal::NotFound)?;
    Ok(Seen { id, version: fields.number("version").unwrap_or_default() })
}

async fn find(viewer: &Viewer, id: &str) -> Result<Snapshot, Refusal> {
    let id = SnapshotId::parse(id).ok_or(Refusal::NotFound)?;
    let snapshots = viewer.service.snapshots(&viewer.scope).await?;
    snapshots.into_iter().find(|snapshot| snapshot.id == id).ok_or(Refusal::NotFound)
}

async fn after(
    viewer: &Viewer,
    id: &str,
    fields: &Fields,
    done: Result<(), Refusal>,
    code: &str,
) -> Result<Response, Refused> {
    let Err(refusal) = done else { return Ok(viewer.after(&format!("/loads/{id}"), code)) };
    let problems = beside_fields(refusal)?;
    let page = page(viewer, &find(viewer, id).await?, fields, problems).await?;
    Ok(viewer.show_problems(&page, &page.view))
}

async fn page(
    viewer: &Viewer,
    snapshot: &Snapshot,
    typed: &Fields,
    problems: Problems,
) -> Result<LoadPage, Refusal> {
    let view = LoadView::of(snapshot);
    let open = snapshot.state == SnapshotState::Staged && viewer.may(Action::LoadExtract);
    let reason = || {
        Input::new("reason", "Why it is set aside")
            .hint("For instance: the extract of the wrong month")
            .value(typed.text("reason"))
            .problem_in(&problems)
    };
    Ok(LoadPage {
        summary: view.summary(),
        lists: view.lists_table(),
        findings: view.findings_table(),
        decide: open.then(reason),
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Data loads and quality", "/loads")]),
            sub_navigation: navigation(viewer, "/loads"),
            history_href: Some(format!("/history/snapshot/{}", snapshot.id)),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            as_at: Some(day_in_words(snapshot.as_at)),
            problems,
            ..super::frame(viewer, &format!("{}, {}", view.load.title, view.load.as_at)).await?
        },
        view,
    })
}

impl LoadView {
    fn of(snapshot: &Snapshot) -> Self {
        Self {
            load: LoadRow::of(snapshot),
            year: snapshot.year,
            files: snapshot
                .files
                .iter()
                .map(|file| (file.name.clone(), file.bytes, file.hash.clone()))
                .collect(),
            lists: snapshot.lists.iter().map(|list| (list.name.clone(), list.rows, list.records)).collect(),
            findings: snapshot
                .findings
                .iter()
                .map(|found| (found.code.clone(), found.severity.clone(), found.message.clone(), found.rows))
                .collect(),
            rules_run: snapshot.rules_run,
            changes: snapshot.changes.as_ref().map(|changes| {
                [
                    changes.new_records,
                    changes.changed_records,
                    changes.vanished_records,
                    changes.recorded_late,
                ]
            }),
            reason: snapshot.reason.clone(),
            version: snapshot.version,
        }
    }

    fn summary(&self) -> SummaryList {
        let mut list = SummaryList::default()
            .row("State", state_tag(&self.load.state))
            .row("Tells of", &self.load.as_at)
            .row("Specification", format!("Year ending 31 March {}", self.year))
            .row("Rows read", self.load.rows)
            .row("Children", self.load.children)
            .row("What changed", &self.load.changes)
            .row("Loaded", &self.load.loaded_on);
        for (name, bytes, hash) in &self.files {
            list =
                list.row("File", format!("{name}, {bytes} bytes, SHA-256 {}…", &hash[..hash.len().min(16)]));
        }
        if !self.reason.is_empty() {
            list = list.row("Why it was set aside", &self.reason);
        }
        list
    }

    fn lists_table(&self) -> Table {
        let rows = self.lists.iter().map(|(name, rows, records)| {
            vec![
                Cell::new(name),
                Cell::numeric(*rows),
                Cell::numeric(*records),
                Cell::numeric(rows.saturating_sub(*records)),
            ]
        });
        Table::new("Every row ends as a record or as a finding")
            .headings([
                Heading::new("List"),
                Heading::numeric("Rows read"),
                Heading::numeric("Records"),
                Heading::numeric("Rows without a record"),
            ])
            .rows(rows)
            .first_cell_is_heading()
            .stacks()
    }

    fn findings_table(&self) -> Table {
        let rows = self.findings.iter().map(|(code, severity, message, rows)| {
            vec![Cell::new(message), Cell::new(severity), Cell::numeric(*rows), Cell::new(code)]
        });
        Table::new(format!("What {} rules found", self.rules_run))
            .headings([
                Heading::new("Finding"),
                Heading::new("Severity"),
                Heading::numeric("Rows"),
                Heading::new("Rule"),
            ])
            .rows(rows)
            .stacks()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use improvement::register::Stamp;
    use store::{SnapshotFile, SnapshotFinding, SnapshotList};

    use super::*;
    use crate::trial;

    /// A load as a test wants it.
    pub fn snapshot() -> Snapshot {
        Snapshot {
            id: SnapshotId(9),
            council: trial::COUNCIL,
            collection: "annex-a".into(),
            year: 2026,
            as_at: jiff::civil::date(2026, 5, 31),
            state: SnapshotState::Staged,
            source_hash: "aa".into(),
            kept_hash: "bb".into(),
            files: vec![SnapshotFile {
                name: "<May>.xlsx".into(),
                bytes: 9,
                hash: "0123456789abcdef0".into(),
            }],
            lists: vec![SnapshotList { name: "List 4".into(), rows: 120, records: 119 }],
            findings: vec![SnapshotFinding {
                code: "day".into(),
                severity: "error".into(),
                message: "The cell is not a date.".into(),
                rows: 3,
            }],
            rules_run: 14,
            children: 80,
            changes: None,
            committed: None,
            reason: String::new(),
            version: 1,
            stamp: Stamp { by: trial::MAKER, role: "performance analyst".into(), at: trial::now() },
        }
    }

    #[test]
    fn a_row_without_a_record_is_counted_as_one() {
        let page = LoadView::of(&snapshot()).lists_table().to_string();
        assert!(page.contains("119<") && page.contains("1</td>"), "{page}");
    }

    #[test]
    fn a_files_name_is_words_and_never_markup() {
        let summary = LoadView::of(&snapshot()).summary().to_string();
        assert!(summary.contains("&#60;May&#62;.xlsx") && !summary.contains("<May>"), "{summary}");
    }
}
